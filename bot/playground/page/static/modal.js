// The modal on top of the stack.
import { page, send, state } from "./api.js";
import { collect } from "./controls.js";

const dialog = document.getElementById("modal");
let shown = null;

export async function showModal() {
  const html = await page("/page/modal");
  if (html === shown) return;
  shown = html;
  if (!html) return dialog.close();
  const before = dialog.querySelector("[data-view]");
  const kept = before ? { view: before.dataset.view, focus: document.activeElement?.id, scroll: dialog.querySelector(".modal-body").scrollTop } : null;
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  const form = dialog.querySelector("form");
  if (kept?.view === form.dataset.view) {
    dialog.querySelector(".modal-body").scrollTop = kept.scroll;
    const wrong = dialog.querySelector("[aria-invalid=true]");
    (wrong ?? document.getElementById(kept.focus) ?? form).focus?.();
  } else {
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector(".modal-body :is(input, select, textarea, button)"))?.focus();
  }
}

dialog.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("[type=submit]");
  if (!button || button.disabled) return;
  button.disabled = true;
  form.setAttribute("aria-busy", "true");
  shown = null;
  await send("submit", { view: form.dataset.view, state: collect(form) });
  await showModal();
  button.disabled = false;
  form.removeAttribute("aria-busy");
});

dialog.addEventListener("click", (event) => {
  const closing = event.target.closest("[data-close]");
  if (closing) close(closing.dataset.close === "all");
});

dialog.addEventListener("cancel", (event) => {
  if (event.target !== dialog) return;
  event.preventDefault();
  close(false);
});

async function close(all) {
  const form = dialog.querySelector("[data-view]");
  await send("close", { view: form.dataset.view, all });
  await showModal();
}

export function forgetModal() {
  shown = null;
  if (dialog.open) dialog.close();
}
