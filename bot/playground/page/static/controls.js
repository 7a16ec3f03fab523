// Buttons, menus and inputs of blocks: what they hold, and what pressing them sends.
import { element, send, state, toast, upload } from "./api.js";

const read = (text) => JSON.parse(text ?? "null");

// where a control stands: a view (modal, home) or a message
export function container(node) {
  const view = node.closest("[data-view]");
  if (view) return { view: view.dataset.view };
  const message = node.closest("[data-ts]");
  return message ? { channel: message.dataset.channel, ts: message.dataset.ts } : null;
}

// the state of every field in a form or message, in the shape of view.state.values
export function collect(root) {
  const values = {};
  for (const field of root.querySelectorAll("[data-field]")) {
    const { block, action } = field.dataset;
    (values[block] ??= {})[action] = { type: field.dataset.field, [field.dataset.key]: value(field) };
  }
  return values;
}

function value(field) {
  const many = "many" in field.dataset;
  const combo = field.querySelector("[data-combo]");
  if (combo) {
    const chosen = [...combo.querySelectorAll(".chip")].map((chip) => read(chip.dataset.value));
    return many ? chosen : chosen[0] ?? null;
  }
  const ticks = field.querySelectorAll("input[type=checkbox], input[type=radio]");
  if (ticks.length) {
    const chosen = [...ticks].filter((tick) => tick.checked).map((tick) => read(tick.dataset.value));
    return many ? chosen : chosen[0] ?? null;
  }
  const input = field.querySelector("select, input, textarea");
  if (input.tagName === "SELECT") return read(input.selectedOptions[0]?.dataset.value);
  if (input.type === "file") return input.held ?? [];
  if (input.type === "datetime-local") return input.value ? Math.floor(new Date(input.value).getTime() / 1000) : null;
  return input.value || null;
}

async function act(node, block, action, given, confirm) {
  const where = container(node);
  if (!where || (confirm && !(await ask(confirm)))) return;
  const root = node.closest("[data-view], [data-ts]");
  node.setAttribute("aria-busy", "true");
  await send("act", { ...where, block, action, given, state: collect(root) });
  node.removeAttribute("aria-busy");
}

// the confirm dialogue: resolves to whether the person goes on
export function ask(confirm) {
  const dialog = document.getElementById("confirm");
  const words = (part) => part?.text ?? "";
  const go = element("button", { type: "submit", value: "yes", class: `button ${confirm.style ?? "primary"}` }, words(confirm.confirm));
  const stay = element("button", { type: "submit", value: "no", class: "button", autofocus: true }, words(confirm.deny));
  const form = element("form", { method: "dialog", class: "modal" },
    element("header", {}, element("h2", { id: "confirm-title" }, words(confirm.title))),
    element("div", { class: "modal-body" }, words(confirm.text)),
    element("footer", {}, element("span", { class: "by" }), stay, go));
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}

export function closeMenus(except = null) {
  for (const opener of document.querySelectorAll("[aria-haspopup=menu][aria-expanded=true]")) {
    if (opener === except) continue;
    opener.setAttribute("aria-expanded", "false");
    opener.parentElement.querySelector(".menu").hidden = true;
  }
}

export function toggleMenu(opener) {
  const menu = opener.parentElement.querySelector(".menu");
  const opening = menu.hidden;
  closeMenus(opener);
  menu.hidden = !opening;
  opener.setAttribute("aria-expanded", String(opening));
  if (!opening) return;
  menu.classList.remove("upward");
  const edge = opener.closest("#messages, #thread-messages, .modal-body, body").getBoundingClientRect();
  if (menu.getBoundingClientRect().bottom > Math.min(edge.bottom, innerHeight)) menu.classList.add("upward");
  menu.querySelector("[role^=menuitem]")?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-menu]");
  if (opener) return toggleMenu(opener);
  const pressed = event.target.closest("[data-act]");
  if (!event.target.closest(".menu") || pressed) closeMenus();
  const chipButton = event.target.closest(".chip button");
  if (chipButton) {
    const field = chipButton.closest("[data-field]");
    chipButton.closest(".chip").remove();
    return changed(field);
  }
  if (!pressed) return;
  const { act: kind, block, action } = pressed.dataset;
  if (kind === "feedback_buttons") {
    for (const one of pressed.parentElement.children) one.setAttribute("aria-pressed", String(one === pressed));
  }
  act(pressed, block, action, read(pressed.dataset.given) ?? {}, read(pressed.dataset.confirm));
});

// a menu answers to the arrow keys and Escape
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu");
  if (!menu) return;
  const items = [...menu.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    items[(at + step + items.length) % items.length].focus();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    const opener = menu.parentElement.querySelector("[aria-haspopup]");
    closeMenus();
    opener.focus();
  }
});

document.addEventListener("change", async (event) => {
  const field = event.target.closest("[data-field]");
  if (!field || field.querySelector("[data-combo]")) return;
  if (event.target.type === "file") {
    const said = await upload(event.target.files, { hold: "1" });
    event.target.held = said.files ?? [];
  }
  changed(field);
});

function changed(field) {
  if (!("acts" in field.dataset)) return;
  const given = { [field.dataset.key]: value(field) };
  act(field, field.dataset.block, field.dataset.action, given, read(field.dataset.confirm));
}

// comboboxes: chips for what is chosen, a list below for what there is

let asking = 0;

async function offers(combo, typed) {
  if (combo.dataset.source !== "app") {
    const wanted = typed.toLowerCase();
    return read(combo.dataset.options).filter((one) => one.text.toLowerCase().includes(wanted));
  }
  if (typed.length < Number(combo.dataset.least)) return [];
  const field = combo.closest("[data-field]");
  const turn = (asking += 1);
  await new Promise((done) => setTimeout(done, 150));
  if (turn !== asking) return null;
  const said = await send("suggest", { ...container(combo), action: field.dataset.action, text: typed });
  return (said.options ?? []).map((option) => ({ text: option.text.text, value: option }));
}

async function show(input) {
  const combo = input.closest("[data-combo]");
  const list = combo.querySelector("[role=listbox]");
  const found = await offers(combo, input.value.trim());
  if (found === null) return;
  const chosen = new Set([...combo.querySelectorAll(".chip")].map((chip) => chip.dataset.value));
  const items = found.filter((one) => !chosen.has(JSON.stringify(one.value))).slice(0, 100).map((one, number) =>
    element("div", { role: "option", id: `${list.id}-${number}`, "data-value": JSON.stringify(one.value), "aria-selected": "false" }, one.text));
  if (!items.length && (input.value || combo.dataset.source !== "app")) items.push(element("div", { class: "none" }, "No results"));
  list.replaceChildren(...items);
  list.hidden = !items.length;
  if (!list.hidden) list.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function hide(input) {
  input.closest("[data-combo]").querySelector("[role=listbox]").hidden = true;
  input.setAttribute("aria-expanded", "false");
}

function choose(input, option) {
  const combo = input.closest("[data-combo]");
  const chips = combo.querySelector(".chips");
  if (combo.dataset.combo === "one") chips.replaceChildren();
  if (chips.children.length >= Number(combo.dataset.most)) return toast(`At most ${combo.dataset.most} can be chosen.`);
  chips.append(element("span", { class: "chip", "data-value": option.dataset.value }, option.textContent,
    element("button", { type: "button", "aria-label": `Remove ${option.textContent}` }, "×")));
  input.value = "";
  hide(input);
  changed(combo.closest("[data-field]"));
}

document.addEventListener("input", (event) => event.target.matches?.("[role=combobox]") && event.target.closest("[data-combo]") && show(event.target));
document.addEventListener("focusin", (event) => event.target.matches?.("[data-combo] input") && show(event.target));
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-combo] input")) setTimeout(() => hide(event.target), 150);
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("[data-combo] [role=option]");
  if (!option) return;
  event.preventDefault();
  choose(option.closest("[data-combo]").querySelector("input"), option);
});
document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-combo] input")) return;
  const combo = input.closest("[data-combo]");
  const options = [...combo.querySelectorAll("[role=option]")];
  const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = options[(at + (event.key === "ArrowDown" ? 1 : options.length - 1 + (at < 0 ? 1 : 0))) % options.length];
    options.forEach((one) => one.setAttribute("aria-selected", String(one === next)));
    if (next) {
      input.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    }
  } else if (event.key === "Enter") {
    event.preventDefault();
    const option = options[Math.max(0, at)];
    if (option && !combo.querySelector("[role=listbox]").hidden) choose(input, option);
  } else if (event.key === "Escape" && input.getAttribute("aria-expanded") === "true") {
    event.preventDefault();
    event.stopPropagation();
    hide(input);
  } else if (event.key === "Backspace" && !input.value) {
    combo.querySelector(".chip:last-child")?.remove();
    changed(combo.closest("[data-field]"));
  }
});
