/** Starts what a page needs beyond HTML. Everything still works when this file never arrives. */
import { initAll } from "../vendor/govuk/govuk-frontend.min.js";
import "./once.js";
import "./tablet.js";
import { t } from "./words.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();

/** New parts of the page need their components started, and only those: starting twice is an error. */
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx?.target;
  const scope = target?.isConnected ? target : document;
  initAll({ scope: scope.parentElement ?? scope, onError: () => {} });
});

/** Says in words that nothing was saved, when the server or the network failed. */
function sayTrouble(text) {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = text;
  place.hidden = false;
}

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status < 500) return;
  sayTrouble(t("Something broke on our side. What you typed is still here. Please try again in a minute."));
});

document.addEventListener("htmx:error", () => {
  sayTrouble(t("We could not reach the office. What you typed is still here. Please try again."));
});

document.addEventListener("htmx:before:request", () => {
  const place = document.getElementById("trouble");
  if (place) place.hidden = true;
});
