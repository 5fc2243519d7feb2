const SEND_AGAIN_AFTER_MS = 10_000;

/**
 * One press, one request. A form that the browser itself is sending refuses to go again, until it is shown again from the
 * browser's memory or some time has passed (a download leaves the page as it is). htmx queues its own; the server refuses doubles.
 */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "true";
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), SEND_AGAIN_AFTER_MS);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(release));

/** Lets a form be sent again. @param {HTMLFormElement} form */
function release(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
}
