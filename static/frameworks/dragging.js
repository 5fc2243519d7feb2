// Themes and questions of a draft can be dragged by a handle. The buttons “Up” and “Down” stay the way by keyboard; a drop presses
// one of them, with the place where the thing lies now.

const EDGE = 90; // px from the window's edge in which it scrolls along
const STEP = 14; // px each time

/** @param {HTMLElement} item @returns {HTMLElement[]} what can change places with it, in order */
function siblings(item) {
    const all = [...(item.parentElement?.children ?? [])];
    return all.filter((one) => one instanceof HTMLElement && one.dataset.drag === item.dataset.drag).map((one) => /** @type {HTMLElement} */ (one));
}

/**
 * Put an item between others. They are moved and it is not: what leaves the page for a moment loses the pointer.
 * @param {HTMLElement} item @param {HTMLElement[]} order all in the order wanted
 */
function arrange(item, order) {
    const place = order.indexOf(item);
    item.before(...order.slice(0, place));
    item.after(...order.slice(place + 1));
}

/** @param {HTMLElement} item @param {number} y put it where the pointer is */
function follow(item, y) {
    const order = siblings(item);
    const others = order.filter((one) => one !== item);
    const place = others.filter((one) => {
        const box = one.getBoundingClientRect();
        return y > box.top + box.height / 2;
    }).length;
    if (place !== order.indexOf(item)) arrange(item, [...others.slice(0, place), item, ...others.slice(place)]);
    if (y < EDGE) window.scrollBy(0, -STEP);
    if (y > window.innerHeight - EDGE) window.scrollBy(0, STEP);
}

/** @param {HTMLElement} item @param {PointerEvent} begun @param {HTMLElement} handle */
function drag(item, begun, handle) {
    const before = siblings(item);
    const kind = `app-dragging-${item.dataset.drag}`;
    const over = new AbortController();
    handle.setPointerCapture(begun.pointerId);
    document.body.classList.add(kind);
    item.classList.add("app-dragged");
    item.scrollIntoView({ block: "nearest" });

    const end = () => {
        over.abort();
        document.body.classList.remove(kind);
        item.classList.remove("app-dragged");
    };
    const back = () => {
        end();
        arrange(item, before);
    };
    const drop = () => {
        end();
        const place = siblings(item).indexOf(item);
        const button = item.querySelector(".app-moves button");
        if (place === before.indexOf(item) || !(button instanceof HTMLButtonElement)) return;
        button.value = String(place);
        button.click();
    };
    handle.addEventListener("pointermove", (event) => follow(item, event.clientY), { signal: over.signal });
    handle.addEventListener("pointerup", drop, { signal: over.signal });
    handle.addEventListener("pointercancel", back, { signal: over.signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && back(), { signal: over.signal });
}

for (const handle of document.querySelectorAll("[data-handle]")) {
    const item = handle.closest("[data-drag]");
    if (!(handle instanceof HTMLElement) || !(item instanceof HTMLElement) || siblings(item).length < 2) continue;
    handle.hidden = false;
    handle.addEventListener("pointerdown", (event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        drag(item, event, handle);
    });
}
