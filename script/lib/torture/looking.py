"""What is looked at on a page, as scripts that run in it; each returns sentences about what is not as it must be."""

from __future__ import annotations

TARGET = 48
"""Pixels that a finger needs, in both directions."""

AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map(
  one => `${one.id}: ${one.help} (${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')})`)"""

WIDE = """() => document.documentElement.scrollWidth > window.innerWidth
  ? [`is ${document.documentElement.scrollWidth} pixels wide`] : []"""

_COMMON = """
const seen = (one) => one.checkVisibility({ visibilityProperty: true });
const name = (one) => {
  const words = one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || one.name || one.id;
  return `${one.tagName.toLowerCase()} “${words.trim().replace(/\\s+/g, " ").slice(0, 40)}”`;
};
const all = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => seen(one) && !one.disabled);
"""

TARGETS = (
    "(least) => {"
    + _COMMON
    + """
  // A link inside a sentence is as high as the sentence: WCAG leaves it out, and so does a finger's reach.
  const words = (near) => near.nodeType === Node.TEXT_NODE && near.textContent.trim();
  const isInSentence = (one) => one.tagName === "A" && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((near) => near !== one && words(near));
  const hits = (one, x, y) => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (one.contains(there) || there.closest("label")?.control === one);
  };
  const reach = (one) => {
    const boxes = [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect());
    const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
    const top = Math.min(...boxes.map((box) => box.top)), bottom = Math.max(...boxes.map((box) => box.bottom));
    return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
  };
  return all().filter((one) => !isInSentence(one) && !one.matches(".govuk-skip-link")).flatMap((one) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = reach(one);
    if (Math.min(width, height) >= least - 0.5) return [];
    // What lies around it may belong to it too: try the points at the edges of a finger.
    const half = least / 2 - 1;
    const edges = [[half, 0], [-half, 0], [0, half], [0, -half]];
    const whole = edges.every(([right, down]) => hits(one, x + right, y + down));
    return whole ? [] : [`${name(one)} is ${Math.round(width)} × ${Math.round(height)}`];
  });
}"""
)

TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
"""Puts the keyboard's beginning at the top, also where a page has put it into a field."""

REACHABLE = (
    "() => {"
    + _COMMON
    + """
  const group = (one) => one.type === "radio" ? `radio ${one.form?.id} ${one.name}` : null;
  const wanted = new Map();
  for (const one of all()) if (one.tabIndex >= 0) wanted.set(group(one) ?? one, name(one));
  window.wanted = wanted;
  window.group = group;
  return wanted.size;
}"""
)
"""Notes what the Tab key must reach, a group of radios once; returns how much that is."""

HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.wanted.delete(window.group(one) ?? one);
  const parts = [one, ...(one.labels ?? []), one.parentElement];
  const look = (part, pseudo) => getComputedStyle(part, pseudo);
  const marked = parts.some((part) => part && [undefined, "::before", "::after"].some((pseudo) => {
    const style = look(part, pseudo);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  }));
  const words = (one.innerText || one.name || "").trim().slice(0, 40);
  return marked ? "" : `${one.tagName.toLowerCase()} “${words}” shows no focus`;
}"""
"""Notes where the key has come to; returns a sentence where one cannot see it, null outside of the page."""

LEFT = "() => [...window.wanted.values()].map((one) => `${one} is not reached by the Tab key`)"

EDGES = (
    "() => {"
    + _COMMON
    + """
  return all().filter((one) => one.matches("button, .govuk-button")).flatMap((one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none" ? [] : [`${name(one)} has no edge`];
  });
}"""
)
"""In forced colours a button's fill is gone: only its edge shows where it is."""
