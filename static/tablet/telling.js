// @ts-check
/** Says how safe the words of a form are: safe on this tablet, sending, safe at the office, or needs its person. */
import { askForSignIn, panelAbove, showBoth, tell } from "../fieldwork/telling.js";
import { send } from "./sender.js";
import { t } from "../js/words.js";

/** @type {{close: () => void, say: (text: string) => void, onReady: () => void} | null} */
let signIn = null;

export function tellWriting() {
  tell("tablet", t("Saving…"));
}

export function tellSending() {
  tell("tablet", t("Sending…"));
}

/** @param {string} state @param {any} [answer] */
export function tellSafe(state, answer) {
  if (state === "needs") tell("trouble", answer?.sentence ? t("Needs you: %(why)s", { why: t(answer.sentence) }) : t("Needs you: the office did not take it."));
  else tell("tablet", t("Safe on this tablet"));
}

/** Says why words are not kept on this tablet. @param {HTMLFormElement} form @param {string} sentence */
export function tellNotSafe(form, sentence) {
  tell("trouble", t("Not safe yet"));
  panelAbove(form, `${sentence} ${t("Your words are not safe yet. They are still on this page.")}`);
}

/** @param {HTMLFormElement} form @param {"out" | "other"} why */
export function tellSignedOut(form, why) {
  if (!document.getElementById("saving-panel")) signIn = null;
  signIn ??= askForSignIn(form);
  signIn.onReady = () => send();
  signIn.say(why === "out"
    ? t("You are signed out. Your words are safe on this tablet. Sign in, and they go to the office.")
    : t("Somebody else is signed in now. Your words are safe on this tablet. They go to the office when you sign in.")); // prettier-ignore
}

/**
 * Says what the office made of an entry.
 * @param {HTMLFormElement} form @param {any} answer @param {{read: () => Promise<void>, mine: () => void}} ways
 */
export function tellAnswer(form, answer, { read, mine }) {
  signIn?.close();
  signIn = null;
  if (answer.state === "two") {
    tell("trouble", t("Somebody else saved this too. Both are kept."));
    showBoth(form, answer, () => read().then(mine), () => read().then(() => location.assign(location.pathname)));
  } else if (answer.state === "kept") tell("trouble", t("Too late: %(why)s", { why: answer.sentence }));
  else if (answer.state === "different") tell("office", t("Safe at the office, beside other words of yours"));
  else tell("office", answer.at ? t("Safe at the office, %(time)s", { time: clock(form, answer.at) }) : t("Safe at the office"));
}

/** @param {HTMLFormElement} form @param {string} at */
function clock(form, at) {
  const zone = { hour: /** @type {const} */ ("numeric"), minute: /** @type {const} */ ("2-digit"), timeZone: form.dataset.zone || undefined };
  return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(new Date(at));
}
