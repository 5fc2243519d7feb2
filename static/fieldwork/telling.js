// @ts-check
/** Says whether the words are safe, and asks where only a person can help. */
import { t } from "../js/words.js";

/** @param {"office" | "tablet" | "trouble"} state @param {string} text */
export function tell(state, text) {
  const line = document.getElementById("safe-line");
  if (!line) return;
  line.className = `app-safe app-safe--${state}`;
  const words = line.querySelector(".app-safe__text");
  if (words && words.textContent !== text) words.textContent = text;
  const sign = document.querySelector(`[data-sign="${state}"] svg`);
  if (sign) line.querySelector("svg")?.replaceWith(sign.cloneNode(true));
}

/** Puts a panel above the form, in place of the one that is there. @param {HTMLFormElement} form @param {string} text */
export function panelAbove(form, text) {
  document.getElementById("saving-panel")?.remove();
  const panel = document.createElement("section");
  panel.id = "saving-panel";
  panel.className = "app-signed-out";
  panel.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = text;
  panel.append(words);
  form.before(panel);
  return panel;
}

/** @param {string} text @param {string} look */
function button(text, look = "") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `govuk-button ${look}`;
  made.textContent = text;
  return made;
}

/** Asks somebody to sign in again, in another tab, so that this page and its words stay. @param {HTMLFormElement} form */
export function askForSignIn(form) {
  const panel = panelAbove(form, t("You are signed out. Your words are still on this page."));
  const link = document.createElement("a");
  link.href = form.dataset.signIn ?? "/sign-in";
  link.target = "_blank";
  link.className = "govuk-button";
  link.textContent = t("Sign in here (opens a new tab)");
  const done = button(t("I have signed in"), "govuk-button--secondary");
  const row = document.createElement("div");
  row.className = "app-row";
  row.append(link, done);
  panel.append(row);
  const control = {
    onReady: () => {},
    close: () => panel.remove(),
    say: (/** @type {string} */ text) => panel.querySelector("p")?.replaceChildren(text),
  };
  done.addEventListener("click", () => control.onReady());
  return control;
}

/**
 * Shows what somebody else saved meanwhile, and lets one choose where theirs stands on top.
 * @param {HTMLFormElement} form @param {{shown: boolean, below?: boolean, words: string, reason: string}} answer @param {() => void} keepMine
 * @param {() => void} keepTheirs
 */
export function showBoth(form, answer, keepMine, keepTheirs = () => location.assign(location.pathname)) {
  const words = [answer.words, answer.reason].filter(Boolean).join(". ");
  const theirWords = t("Somebody else saved this: %(words)s", { words });
  const said = answer.shown ? [theirWords, answer.below ? t("What you wrote stands on top now.") : ""].filter(Boolean).join(" ") : "";
  const panel = panelAbove(form, said || t("There is another answer already. What you typed is kept beside it."));
  if (!answer.shown || answer.below) return;
  const mine = button(t("Put mine on top"));
  const theirs = button(t("Keep what stands"), "govuk-button--secondary");
  mine.addEventListener("click", () => {
    panel.remove();
    keepMine();
  });
  theirs.addEventListener("click", keepTheirs);
  const row = document.createElement("div");
  row.className = "app-row";
  row.append(mine, theirs);
  panel.append(row);
}
