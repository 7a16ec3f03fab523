// The box in which people write: completion of commands, people and channels, files, shortcuts.
import { element, send, state, toast, upload } from "./api.js";
import { closeMenus, toggleMenu } from "./controls.js";

const drafts = new Map();

export function makeComposer(form, { thread = false }) {
  const hold = { files: [], at: -1, choices: [] };
  const name = thread ? "thread-composer" : "composer";
  const text = element("textarea", { id: `${name}-text`, rows: "1", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${name}-list`, "aria-label": "Message" });
  const list = element("div", { id: `${name}-list`, class: "listbox completion", role: "listbox", "aria-label": "Completions", hidden: true });
  const hint = element("div", { class: "hint-line", "aria-live": "polite" });
  const files = element("div", { class: "held" });
  const picker = element("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files", onchange: () => { hold.files.push(...picker.files); picker.value = ""; showFiles(); } });
  const plus = element("button", { type: "button", class: "plus", "aria-label": "Add a file or run a shortcut", "aria-haspopup": "menu", "aria-expanded": "false" }, "+");
  const menu = element("span", { class: "menu upward", role: "menu", hidden: true });
  const go = element("button", { type: "submit", class: "send", "aria-label": "Send" }, "➤");
  form.replaceChildren(files, text, list, element("div", { class: "bar" }, element("span", { class: "with-menu" }, plus, menu), picker, hint, go));

  plus.addEventListener("click", (event) => {
    event.stopPropagation();
    const items = [element("button", { type: "button", role: "menuitem", onclick: () => { closeMenus(); picker.click(); } }, "Upload a file…")];
    for (const shortcut of state.boot.shortcuts.filter((one) => one.type === "global")) {
      items.push(element("button", { type: "button", role: "menuitem", onclick: () => { closeMenus(); send("shortcut", { id: shortcut.id }); } }, `⚡ ${shortcut.name}`));
    }
    menu.replaceChildren(...items);
    toggleMenu(plus);
  });

  function showFiles() {
    files.replaceChildren(...hold.files.map((file, number) =>
      element("span", { class: "chip" }, file.name, element("button", { type: "button", "aria-label": `Remove ${file.name}`, onclick: () => { hold.files.splice(number, 1); showFiles(); } }, "×"))));
    text.focus();
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 220)}px`;
    go.classList.toggle("ready", Boolean(text.value.trim() || hold.files.length));
  }

  // what the word before the cursor may become
  function choices() {
    const before = text.value.slice(0, text.selectionStart);
    const { boot } = state;
    if (!thread && /^\/\S*$/.test(before)) {
      return boot.commands.filter((one) => one.name.startsWith(before)).map((one) => ({ from: 0, put: `${one.name} `, label: one.name, note: one.hint, about: one.about }));
    }
    const word = /(^|\s)([@#])([\w.-]*)$/.exec(before);
    if (!word) return [];
    const from = before.length - word[3].length - 1;
    const starts = (one) => one.name.toLowerCase().startsWith(word[3].toLowerCase());
    const found = word[2] === "@" ? [boot.bot, ...boot.people] : boot.channels;
    return found.filter(starts).map((one) => ({ from, put: `${word[2]}${one.name} `, label: `${word[2]}${one.name}`, about: one.real ?? one.topic }));
  }

  function complete() {
    hold.choices = choices();
    hold.at = hold.choices.length ? 0 : -1;
    list.replaceChildren(...hold.choices.map((one, number) => element("div",
      { role: "option", id: `${name}-option-${number}`, "aria-selected": String(number === hold.at), onmousedown: (event) => { event.preventDefault(); take(number); } },
      element("b", {}, one.label), one.note ? element("code", {}, one.note) : null, one.about ? element("small", {}, one.about) : null)));
    list.hidden = !hold.choices.length;
    text.setAttribute("aria-expanded", String(!list.hidden));
    point();
    const typed = /^(\/\S+)\s/.exec(text.value);
    const command = typed && state.boot.commands.find((one) => one.name === typed[1]);
    hint.textContent = command ? `${command.name} ${command.hint}` : thread && text.value.startsWith("/") ? "Slash commands do not work in threads; mention the app." : text.value ? "" : thread ? "@ to mention" : "/ for commands · @ to mention · drop a file to share it";
  }

  function point() {
    [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === hold.at)));
    if (hold.at >= 0) {
      text.setAttribute("aria-activedescendant", `${name}-option-${hold.at}`);
      list.children[hold.at].scrollIntoView({ block: "nearest" });
    } else text.removeAttribute("aria-activedescendant");
  }

  function take(number) {
    const choice = hold.choices[number];
    const after = text.value.slice(text.selectionStart);
    const kept = text.value.slice(0, choice.from);
    text.value = kept + choice.put + after;
    text.selectionStart = text.selectionEnd = (kept + choice.put).length;
    complete();
    grow();
  }

  async function post() {
    const typed = text.value.trim();
    const channel = thread ? state.thread.channel : state.place.id;
    if (!typed && !hold.files.length) return;
    const command = !thread && /^(\/[\w-]+)(?:\s+([\s\S]*))?$/.exec(typed);
    text.value = "";
    drafts.delete(channel);
    complete();
    grow();
    if (hold.files.length) {
      const sent = hold.files.splice(0);
      showFiles();
      await upload(sent, { channel, text: typed, thread: thread ? state.thread.ts : "" });
    } else if (command) {
      await send("command", { channel, name: command[1], text: command[2] ?? "" });
    } else {
      const said = await send("say", { channel, text: typed, thread: thread ? state.thread.ts : null });
      if (said.error) text.value = typed;
    }
  }

  text.addEventListener("input", () => { grow(); complete(); if (!thread) drafts.set(state.place.id, text.value); });
  text.addEventListener("blur", () => setTimeout(() => { list.hidden = true; text.setAttribute("aria-expanded", "false"); }, 150));
  text.addEventListener("keydown", (event) => {
    if (!list.hidden) {
      const exact = hold.choices.length === 1 && hold.choices[0].put.trim() === text.value.trim();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        hold.at = (hold.at + (event.key === "ArrowDown" ? 1 : hold.choices.length - 1)) % hold.choices.length;
        return point();
      }
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !exact)) {
        event.preventDefault();
        return take(hold.at);
      }
      if (event.key === "Escape") {
        event.stopPropagation();
        list.hidden = true;
        return;
      }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      post();
    }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); post(); });

  return {
    put(words) { text.value = words; text.focus(); text.selectionStart = text.selectionEnd = words.length; grow(); complete(); },
    focus() { text.focus(); },
    add(dropped) { hold.files.push(...dropped); showFiles(); grow(); },
    enter(channel, words, disabled) {
      text.value = thread ? "" : drafts.get(channel) ?? "";
      text.placeholder = words;
      text.disabled = disabled;
      complete();
      list.hidden = true;
      grow();
    },
  };
}

export function dropFiles(target, composer) {
  target.addEventListener("dragover", (event) => { event.preventDefault(); target.classList.add("dropping"); });
  target.addEventListener("dragleave", (event) => { if (!target.contains(event.relatedTarget)) target.classList.remove("dropping"); });
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    target.classList.remove("dropping");
    if (event.dataTransfer.files.length) composer.add(event.dataTransfer.files);
    else toast("Drop a file here.");
  });
}
