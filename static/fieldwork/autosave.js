// @ts-check
/**
 * Saves a form by itself, and says whether it is safe. It posts the same fields to the same address as the form
 * without script does. Words live in this page's memory only, never in the device's storage; until they are safe,
 * the page warns whoever leaves it, tries again, and waits for its person to sign in again.
 */
import { deviceId, newId, nextSequence } from "./identity.js";
import { askForSignIn, showBoth, tell } from "./telling.js";
import { t } from "../js/words.js";

const PAUSE_WHILE_TYPING_MS = 900;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 30_000;
const SIGN_IN_CHECK_MS = 5_000;
/** Fields that say how a state came, as opposed to what it says. */
const ENVELOPE = new Set(["csrf_token", "revision", "based_on", "device", "sequence", "captured_at"]);

/** What became of one save: safe, wrong, two, kept, out, token, refused or lost. @typedef {{state: string, [key: string]: any}} Answer */

/** Returns a form as the office sent it, whatever somebody typed before this file arrived. @param {HTMLFormElement} form */
function asItCame(form) {
  const copy = /** @type {HTMLFormElement} */ (form.cloneNode(true));
  copy.reset();
  return copy;
}

/** Returns what the office says, or null when it is a page of somebody else's network. @param {Response} response @returns {Promise<any>} */
async function jsonOf(response) {
  return response.headers.get("Content-Type")?.startsWith("application/json") ? response.json() : null;
}

class Saver {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    /** @type {any} */
    this.field = form.elements;
    /** @type {string | null} */
    this.addressed = null;
    /** @type {string | null} */
    this.safe = this.content(asItCame(form));
    this.failures = 0;
    /** @type {Promise<Answer> | null} */
    this.sending = null;
    this.stopped = false;
    form.dataset.listens = "";
    form.addEventListener("input", () => this.later(PAUSE_WHILE_TYPING_MS));
    form.addEventListener("change", () => this.later(0));
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.later(0));
    document.addEventListener("visibilitychange", () => this.later(0));
    window.addEventListener("beforeunload", (event) => this.isSafe() || event.preventDefault());
    this.later(0); // somebody was quicker than this file
  }

  /** What a form says, without its envelope. */
  content(form = this.form) {
    const fields = [...new FormData(form)].filter(([name]) => !ENVELOPE.has(name));
    return JSON.stringify(fields.map(([name, value]) => [name, String(value).trim()]));
  }

  isSafe() {
    return this.stopped || this.content() === this.safe;
  }

  /** @param {number} wait */
  later(wait) {
    clearTimeout(this.timer);
    if (this.isSafe()) return;
    if (wait) tell("tablet", t("Saving…"));
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** Sends what is not safe yet; one save at a time. @returns {Promise<Answer>} */
  async save() {
    clearTimeout(this.timer);
    if (this.sending) await this.sending;
    if (this.isSafe()) return { state: "safe" };
    tell("tablet", t("Saving…"));
    this.sending = this.post();
    const answer = await this.sending;
    this.sending = null;
    this.take(answer);
    return answer;
  }

  /** @returns {Promise<Answer>} */
  async post() {
    const content = this.content();
    this.addressTo(content);
    const body = new FormData(this.form);
    const headers = { "X-Outbox": "1", Accept: "application/json" };
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers, redirect: "error" });
      return { ...((await jsonOf(response)) ?? { state: "lost" }), content };
    } catch {
      return { state: "lost", content };
    }
  }

  /** Writes a new envelope for a new state; what is sent again keeps the one it had, so that twice is once. @param {string} content */
  addressTo(content) {
    if (this.addressed === content) return;
    this.addressed = content;
    this.field.revision.value = newId();
    this.field.device.value = deviceId();
    this.field.sequence.value = String(nextSequence());
    this.field.captured_at.value = new Date().toISOString();
  }

  /** @param {Answer} answer */
  take(answer) {
    if (answer.state !== "lost") this.failures = 0;
    /** @type {Record<string, () => unknown>} */
    const ways = {
      safe: () => this.wasSaved(answer),
      older: () => this.wasSaved(answer),
      wrong: () => tell("trouble", t("Not saved yet: %(why)s", { why: answer.sentence })),
      two: () => this.meetsAnother(answer),
      kept: () => this.wasTooLate(answer),
      out: () => this.waitForSignIn(),
      other: () => tell("trouble", t("Not saved: somebody else is signed in now. Ask the person who wrote this.")),
      token: () => this.renewToken(),
      lost: () => this.tryAgain(),
    };
    (ways[answer.state] ?? (() => tell("trouble", t("Not saved: this page is not for you to change."))))();
  }

  /** @param {Answer} answer */
  wasSaved(answer) {
    this.safe = answer.content;
    if (answer.revision) {
      this.field.based_on.value = answer.revision;
      this.field.revision.value = answer.revision;
    }
    if (!this.isSafe()) return this.later(0);
    document.getElementById("saving-panel")?.remove(); // it said that they were not
    tell("office", answer.at ? t("Safe at the office, %(time)s", { time: this.clock(answer.at) }) : t("Safe at the office"));
  }

  /** @param {string} at */
  clock(at) {
    const zone = { hour: /** @type {const} */ ("numeric"), minute: /** @type {const} */ ("2-digit"), timeZone: this.form.dataset.zone };
    return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(new Date(at));
  }

  /** @param {Answer} answer */
  meetsAnother(answer) {
    this.safe = answer.content; // both are kept at the office
    tell("trouble", t("Somebody else saved this too. Both are kept."));
    showBoth(this.form, /** @type {any} */ (answer), () => {
      this.field.based_on.value = answer.revision ?? "";
      this.addressed = this.safe = null;
      return this.save();
    });
  }

  /** @param {Answer} answer */
  wasTooLate(answer) {
    this.safe = answer.content;
    this.stopped = true;
    tell("trouble", t("Not saved: %(why)s", { why: answer.sentence }));
  }

  tryAgain() {
    this.failures += 1;
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.failures - 1));
    tell("trouble", t("Not saved: no connection. Your words are on this page. We keep trying."));
    this.timer = setTimeout(() => this.save(), wait);
  }

  waitForSignIn() {
    tell("trouble", t("Not saved: you are signed out"));
    const panel = askForSignIn(this.form);
    this.timer = setTimeout(() => this.renewToken(panel), SIGN_IN_CHECK_MS);
    panel.onReady = () => this.renewToken(panel);
  }

  /** Fetches a token for the new sign-in, and goes on when it is the same person's. @param {ReturnType<typeof askForSignIn> | null} panel */
  async renewToken(panel = null) {
    clearTimeout(this.timer);
    const headers = { "X-Outbox": "1", Accept: "application/json" };
    const response = await fetch(this.form.dataset.token ?? "", { headers, cache: "no-store" }).catch(() => null);
    if (response?.status === 401) return this.waitForSignIn();
    const { token, person } = (response && (await jsonOf(response).catch(() => null))) ?? {};
    if (!token) return this.tryAgain();
    if (person !== this.field.person.value) {
      panel?.say(t("Somebody else is signed in now. Ask the person who wrote this to sign in."));
      this.timer = setTimeout(() => this.renewToken(panel), SIGN_IN_CHECK_MS);
      return;
    }
    panel?.close();
    if (this.field.csrf_token) this.field.csrf_token.value = token;
    await this.save();
  }

  /** Goes on only when everything is safe, so that a lost connection never costs a word. @param {SubmitEvent} event */
  async beforeSubmit(event) {
    if (this.goes || this.isSafe()) return;
    event.preventDefault();
    const answer = await this.save();
    if (!["safe", "older", "wrong"].includes(answer.state)) return;
    this.goes = true;
    this.stopped = true;
    this.form.requestSubmit(/** @type {HTMLElement | null} */ (event.submitter));
  }
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Saver(/** @type {HTMLFormElement} */ (form)));
