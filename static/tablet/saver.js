// @ts-check
/**
 * Saves a form by itself into the outbox, and says how safe its words are. Whatever ``input`` reports is kept, however
 * it came: by key, by dictation, by pasting. Until it is kept, the page warns whoever leaves it.
 */
import { currentKey, keyOf } from "./crypt.js";
import { add, discard, subscribe } from "./outbox.js";
import { send } from "./sender.js";
import { inWords } from "./store.js";
import { tellAnswer, tellNotSafe, tellSafe, tellSending, tellSignedOut, tellWriting } from "./telling.js";

const PAUSE_BEFORE_WRITING_MS = 120;
const PAUSE_BEFORE_SENDING_MS = 900;
const LOOK_AGAIN_MS = 3_000;
/** So long a press on "Next" waits for the office; the words are safe on this tablet all the same. */
const WAIT_FOR_OFFICE_MS = 400;

/** @typedef {Omit<import("./outbox.js").Wish, "id" | "replaces">} Said */
/** @typedef {{toEntry: (form: HTMLFormElement, begun: boolean) => Said | null, fresh?: boolean, kept?: import("./outbox.js").Entry | null, onKept?: () => void}} Way */

/**
 * Saves a form from now on. ``toEntry`` reads it (null: nothing worth keeping, and nothing ``begun``); ``kept`` is the entry whose words
 * were put into it; ``fresh`` says that its fields do not stand at the office as they are now; ``onKept`` is told of each entry.
 * @param {HTMLFormElement} form @param {Way} way
 */
export function saveThrough(form, way) {
  return new Saver(form, way);
}

class Saver {
  /** @param {HTMLFormElement} form @param {Way} way */
  constructor(form, { toEntry, fresh = false, kept = null, onKept = () => {} }) {
    this.form = form;
    this.toEntry = toEntry;
    this.onKept = onKept;
    /** @type {string | null} what this page has put into the outbox and is not at the office yet */
    this.waiting = kept?.state === "needs" ? kept.id : null; // mended here, it need not stay
    /** @type {string | null} */
    this.watched = kept?.id ?? null;
    this.safe = fresh ? null : this.content();
    this.stopped = false;
    /** Whether this tablet would not keep the words the last time. */
    this.refused = false;
    /** @type {Promise<boolean> | null} */
    this.writing = null;
    /** @type {any} */
    this.answer = null;
    form.dataset.listens = "";
    for (const name of ["input", "compositionend"]) form.addEventListener(name, () => this.soon(PAUSE_BEFORE_WRITING_MS));
    form.addEventListener("change", () => this.afterSeen());
    form.addEventListener("focusout", () => this.soon(0));
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    document.addEventListener("visibilitychange", () => this.soon(0));
    addEventListener("pagehide", () => this.soon(0));
    addEventListener("beforeunload", (event) => this.isSafe() || event.preventDefault());
    addEventListener("pageshow", (event) => event.persisted && this.checkOwner());
    setInterval(() => this.soon(0), LOOK_AGAIN_MS); // some keyboards change a field and say nothing
    subscribe((news) => this.hear(news));
    /** @type {string | undefined} */
    this.person = undefined;
    currentKey().then((held) => (this.person = held?.person), () => {});
    if (kept) tellSafe(kept.state, kept.answer);
    this.soon(0);
  }

  content() {
    return JSON.stringify(this.toEntry(this.form, this.waiting !== null)?.content ?? null);
  }

  isSafe() {
    return this.stopped || this.content() === this.safe;
  }

  /** @param {number} wait */
  soon(wait) {
    if (this.isSafe()) return;
    clearTimeout(this.timer);
    if (!this.refused) tellWriting(); // from now on the form says more than what is safe
    if (wait) this.timer = setTimeout(() => this.keep(), wait);
    else this.keep();
  }

  /** Writes when what was chosen has been shown: locking and writing take a slow tablet long enough to be felt. */
  afterSeen() {
    requestAnimationFrame(() => setTimeout(() => this.soon(0)));
    setTimeout(() => this.soon(0), PAUSE_BEFORE_WRITING_MS); // where nothing is drawn, because the page is hidden
  }

  /** Writes until what is kept is what the form says. @returns {Promise<boolean>} whether it is safe on this tablet */
  keep() {
    clearTimeout(this.timer);
    this.writing ??= this.write().finally(() => (this.writing = null));
    return this.writing;
  }

  async write() {
    while (!this.isSafe()) {
      const said = this.toEntry(this.form, this.waiting !== null);
      const content = JSON.stringify(said?.content ?? null);
      if (!said) {
        this.safe = content;
        return true;
      }
      tellWriting();
      try {
        const { id } = await add({ ...said, replaces: this.waiting });
        this.took(id, content);
      } catch (error) {
        if (await this.hasKeyAgain()) continue;
        this.refused = true;
        tellNotSafe(this.form, inWords(error).sentence);
        this.fallBack();
        return false;
      }
    }
    clearTimeout(this.sendTimer);
    this.sendTimer = setTimeout(() => send(), PAUSE_BEFORE_SENDING_MS);
    return true;
  }

  /** @param {string} id @param {string} content */
  took(id, content) {
    this.refused = false;
    this.waiting = this.watched = id;
    this.safe = content;
    this.answer = null;
    this.field("revision").value = id;
    this.onKept();
    if (this.isSafe()) tellSafe("waiting");
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {any} */ (this.form.elements.namedItem(name)) ?? document.createElement("input");
  }

  /** @param {import("./outbox.js").News} news */
  hear(news) {
    if (news.state === "out" || news.state === "other") return tellSignedOut(this.form, news.state);
    if (!news.id || news.id !== this.watched) return;
    if (news.state !== "sending") this.answer = news.answer ?? null;
    if (news.state === "safe") return this.arrived(news.id, news.answer);
    if (!this.isSafe()) return; // the line tells of words that are newer
    if (news.state === "sending") tellSending();
    if (news.state === "waiting" || news.state === "needs") tellSafe(news.state, news.answer);
  }

  /** What comes next is based on what the office has now. @param {string} id @param {any} answer */
  arrived(id, answer) {
    if (this.waiting === id) this.waiting = null;
    if (answer.state === "safe" || answer.state === "older") this.field("based_on").value = answer.revision ?? id;
    if (answer.state === "kept") this.stopped = true;
    if (!this.isSafe()) return this.soon(0);
    tellAnswer(this.form, answer, {
      read: () => discard(id),
      mine: () => {
        this.field("based_on").value = answer.top ?? "";
        this.safe = null;
        return this.keep().then(() => send());
      },
    });
  }

  /** A browser that cleared its store took the key along: the office gives it to the same person again. */
  async hasKeyAgain() {
    if (!this.person || (await currentKey().catch(() => undefined)) !== null) return false;
    return Boolean(await keyOf(this.person).catch(() => null));
  }

  /** Where this tablet keeps nothing, the office may still be there: then words go straight to it. */
  fallBack() {
    if ("blank" in document.documentElement.dataset || !("autosave" in this.form.dataset)) return;
    // From then on that file looks after them; until then, and without a network, this page keeps trying.
    import("../fieldwork/autosave.js").then(() => (this.stopped = true), () => {});
  }

  /** A page that comes back from the browser's memory shows its words to their owner alone. */
  async checkOwner() {
    const held = await currentKey().catch(() => null);
    if (held?.person !== this.person) location.reload();
  }

  /** Goes on when the words are safe on this tablet, so that a lost connection never costs one. @param {SubmitEvent} event */
  async beforeSubmit(event) {
    if (this.stopped) return;
    const way = event.submitter?.dataset.href ?? this.form.dataset.href;
    event.preventDefault();
    if (!(await this.keep())) return;
    if (this.waiting && navigator.onLine) {
      send();
      await Promise.race([this.settled(), new Promise((resolve) => setTimeout(resolve, WAIT_FOR_OFFICE_MS))]);
    }
    if (["wrong", "two", "kept"].includes(this.answer?.state)) return; // there is something to read here
    this.stopped = true;
    if (way) location.assign(way);
    else this.form.requestSubmit(/** @type {HTMLElement | null} */ (event.submitter));
  }

  /** Resolves when the office has answered. */
  settled() {
    return new Promise((resolve) => subscribe((news) => news.id === this.watched && news.answer && resolve(null)));
  }
}
