// The page: who looks, where, and what has changed since.
import { element, page, send, state, toast } from "./api.js";
import { makeComposer, dropFiles } from "./composer.js";
import { closeMenus, toggleMenu } from "./controls.js";
import { forgetModal, showModal } from "./modal.js";
import { patch } from "./patch.js";

const $ = (id) => document.getElementById(id);
const unread = new Set();
let stream = null;
let composer = null;
let threadComposer = null;

async function boot() {
  state.boot = await (await fetch("/page/boot")).json();
  const wanted = sessionStorage.getItem("person");
  state.person = state.boot.people.find((one) => one.id === wanted) ?? state.boot.people[0];
}

// places: #/channel/C1 and #/channel/C1/1700.1 (a thread), #/app/home, #/app/messages, #/app/about
function go(hash) {
  if (location.hash === hash) return enter();
  location.hash = hash;
}

function readPlace() {
  const [, kind, id, thread] = location.hash.split("/");
  if (kind === "app") return { place: { kind: "app", tab: id || "messages", id: state.person.direct }, thread: thread ?? null };
  const found = state.boot.channels.find((one) => one.id === id) ?? state.boot.channels.find((one) => one.name === "press-review") ?? state.boot.channels[0];
  return { place: { kind: "channel", id: found.id, channel: found }, thread: id === found.id ? thread ?? null : null };
}

async function enter() {
  const { place, thread } = readPlace();
  const moved = state.place?.id !== place.id || state.place?.tab !== place.tab;
  state.place = place;
  unread.delete(place.id);
  document.body.classList.remove("side-open");
  $("burger").setAttribute("aria-expanded", "false");
  drawSide();
  drawHead();
  if (moved) {
    $("messages").replaceChildren();
    composer.enter(place.id, placeholder(), place.kind === "channel" && place.channel.archived);
    if (place.kind === "app") send("open-home", { tab: place.tab === "home" ? "home" : "messages" });
  }
  await refresh(moved);
  await openThread(thread);
}

function placeholder() {
  if (state.place.kind === "app") return `Message ${state.boot.bot.real}`;
  return state.place.channel.archived ? "This channel is archived" : `Message #${state.place.channel.name}`;
}

async function refresh(atEnd = false) {
  const list = $("messages");
  const { place } = state;
  const chat = !(place.kind === "app" && place.tab !== "messages");
  $("composer").hidden = !chat;
  list.setAttribute("role", chat ? "log" : "tabpanel");
  if (!chat) {
    const html = place.tab === "home" ? await page("/page/home") : about();
    if (html !== list.shown) list.innerHTML = list.shown = html;
    return;
  }
  list.shown = null;
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  const html = await page(`/page/channel/${place.id}`);
  if (place !== state.place) return;
  patch(list, html || "");
  if (!list.children.length) list.innerHTML = `<p class="empty" data-key="empty">Nothing here yet. Type / to see the commands.</p>`;
  if (atEnd || near) showEnd(list);
}

// the end of the list; of a last message that is taller than the list, its beginning
function showEnd(list) {
  list.scrollTop = list.scrollHeight;
  const last = list.querySelector("article:last-child");
  if (last && last.offsetHeight > list.clientHeight - 40) list.scrollTop = last.offsetTop - list.offsetTop - 12;
}

function about() {
  const box = element("div", { class: "home about" }, element("h3", {}, state.boot.bot.real), element("p", {}, state.boot.bot.about || "An app in this local workspace."),
    element("h3", {}, "Commands"),
    element("dl", {}, ...state.boot.commands.flatMap((one) => [element("dt", {}, element("code", {}, `${one.name} ${one.hint}`.trim())), element("dd", {}, one.about)])));
  return box.outerHTML;
}

// threads

async function openThread(ts) {
  state.thread = ts ? { channel: state.place.id, ts } : null;
  $("thread").hidden = !ts;
  document.body.classList.toggle("thread-open", Boolean(ts));
  if (!ts) return;
  showGuide(false);
  $("thread-messages").replaceChildren();
  threadComposer.enter(ts, "Reply…", false);
  await refreshThread();
}

async function refreshThread() {
  if (!state.thread) return;
  const { channel, ts } = state.thread;
  const list = $("thread-messages");
  const added = patch(list, await page(`/page/thread/${channel}/${ts}`));
  if (added) showEnd(list);
}

function placeHash() {
  return state.place.kind === "app" ? `#/app/${state.place.tab}` : `#/channel/${state.place.id}`;
}

// the shell

function drawSide() {
  const here = state.place;
  const row = (label, hash, current, classes, sign) => element("a", { href: hash, class: classes, "aria-current": current ? "page" : null }, element("span", { class: "sign", "aria-hidden": "true" }, sign), label);
  const channels = state.boot.channels.map((one) => element("li", {}, row(one.name, `#/channel/${one.id}`, here.id === one.id,
    [unread.has(one.id) ? "unread" : "", one.archived ? "archived" : "", one.bot ? "" : "without"].join(" "), one.archived ? "▣" : "#")));
  const bot = element("li", {}, row(state.boot.bot.real, "#/app/messages", here.kind === "app", unread.has(state.person.direct) ? "unread" : "", "“"));
  if (!state.boot.installed) bot.append(element("small", {}, "uninstalled"));
  const drawn = element("div", {},
    element("p", { class: "team" }, state.boot.team),
    element("h2", {}, "Channels"), element("ul", {}, ...channels),
    element("h2", {}, "Apps"), element("ul", {}, bot),
    element("p", { class: "foot" }, "A local stand-in for Slack, made of our own parts. Not Slack."));
  const side = $("side");
  if (side.textContent !== drawn.textContent) return side.replaceChildren(...drawn.childNodes);
  // the same places: only their looks change, and a press that has begun on one of them still ends on it
  const links = [...drawn.querySelectorAll("a")];
  side.querySelectorAll("a").forEach((link, at) => {
    link.className = links[at].className;
    const current = links[at].getAttribute("aria-current");
    if (current) link.setAttribute("aria-current", current);
    else link.removeAttribute("aria-current");
    link.setAttribute("href", links[at].getAttribute("href"));
  });
}

function drawHead() {
  const { place, boot } = state;
  const app = place.kind === "app";
  $("room-name").textContent = app ? boot.bot.real : `# ${place.channel.name}`;
  $("room-about").textContent = app ? "App" : [place.channel.topic, `${place.channel.members} members`, place.channel.bot ? "" : "Entente is not here", place.channel.archived ? "archived" : ""].filter(Boolean).join(" · ");
  $("tabs").hidden = !app;
  $("tabs").replaceChildren(...(app ? ["home", "messages", "about"] : []).map((tab) =>
    element("a", { role: "tab", href: `#/app/${tab}`, "aria-selected": String(place.tab === tab) }, tab[0].toUpperCase() + tab.slice(1))));
  document.title = `${$("room-name").textContent} · Entente, local try-out`;
}

function drawTop() {
  const { boot, person } = state;
  $("me").replaceChildren(element("span", { class: `avatar small shade-${person.shade}`, "aria-hidden": "true" }, person.real.split(" ").map((word) => word[0]).join("")), person.real);
  $("people-menu").replaceChildren(...boot.people.map((one) => element("button",
    { type: "button", role: "menuitemradio", "aria-checked": String(one.id === person.id), onclick: () => become(one) }, one.real, element("small", {}, one.tz.replace("_", " ")))));
  $("drill-menu").replaceChildren(...boot.drills.map((one) => element("button",
    { type: "button", role: "menuitem", onclick: async () => { closeMenus(); const said = await send("drill", { drill: one.id, channel: state.place.id }); if (said.done) toast(said.done); } }, one.name)));
  $("steps").replaceChildren(...boot.guide.map((step) => element("li", {}, element("b", {}, step.title), element("p", {}, step.why),
    step.type ? element("button", { type: "button", class: "button", onclick: () => trial(step) }, step.type.trim()) : null)));
  showProgress(boot.progress);
  showLamp(boot.connected);
}

async function trial(step) {
  const channel = boot_channel(step.where);
  const hash = step.where === "@bot" ? "#/app/messages" : channel ? `#/channel/${channel.id}` : placeHash();
  if (location.hash !== hash) {
    location.hash = hash;
    await new Promise((done) => setTimeout(done, 60));
  }
  if (innerWidth < 900) showGuide(false);
  composer.put(step.type);
}

const boot_channel = (name) => state.boot.channels.find((one) => one.name === name);

async function become(person) {
  closeMenus();
  state.person = person;
  sessionStorage.setItem("person", person.id);
  forgetModal();
  unread.clear();
  state.place = null;
  drawTop();
  listen(state.boot.number);
  await enter();
  await showModal();
}

function showLamp(connected) {
  $("lamp").className = `lamp ${connected ? "on" : "off"}`;
  $("lamp").setAttribute("aria-label", connected ? "The app is connected" : "The app is not connected");
  $("lamp").title = connected ? "The app is connected" : "The app is not connected";
}

function showProgress(progress) {
  $("progress").hidden = !progress?.total;
  if (!progress?.total) return;
  $("progress-words").textContent = progress.words;
  $("progress-bar").max = progress.total;
  $("progress-bar").value = progress.done;
}

function showGuide(open) {
  $("guide").hidden = !open;
  $("guide-button").setAttribute("aria-pressed", String(open));
  localStorage.setItem("guide", open ? "open" : "closed");
}

// what the server says has changed

function listen(since) {
  stream?.close();
  stream = new EventSource(`/page/changes?person=${state.person.id}&since=${since}`);
  const due = new Set();
  const soon = (work) => {
    if (due.has(work)) return;
    due.add(work);
    setTimeout(() => { due.delete(work); work(); }, 30);
  };
  const room = () => refresh();
  const reboot = async () => { const person = state.person; await boot(); state.person = person; const { place } = readPlace(); state.place = { ...state.place, ...place }; drawSide(); drawHead(); composer.enter(place.id, placeholder(), place.kind === "channel" && place.channel.archived); };
  stream.onmessage = (event) => {
    const change = JSON.parse(event.data);
    if (change.number) state.boot.number = change.number;
    if (change.kind === "connected") return showLamp(change.is);
    if (change.kind === "progress") return showProgress(change.what);
    if (change.kind === "channels" || change.kind === "people") return soon(reboot);
    if (change.kind === "view") {
      soon(showModal);
      return soon(room);
    }
    if (change.channel === state.place?.id) {
      soon(room);
      soon(refreshThread);
    } else if (change.kind === "message" && change.user !== state.person.id) {
      unread.add(change.channel);
      soon(drawSide);
    }
  };
  stream.onerror = () => showLamp(false);
}

// clicks on messages

document.addEventListener("click", async (event) => {
  const message = event.target.closest("[data-ts]");
  const opening = event.target.closest("[data-open-thread]");
  if (opening) return go(`${placeHash()}/${opening.dataset.openThread}`);
  const reaction = event.target.closest("[data-react]");
  if (reaction) return send("react", { channel: message.dataset.channel, ts: message.dataset.ts, name: reaction.dataset.react });
  if (event.target.closest("[data-dismiss]")) return send("dismiss", { channel: message.dataset.channel, ts: message.dataset.ts });
  const more = event.target.closest("[data-message-menu]");
  if (more) {
    more.parentElement.querySelector(".menu")?.remove();
    const link = new URL(message.querySelector(".moment")?.getAttribute("href") ?? `/archives/${message.dataset.channel}/p${message.dataset.ts.replace(".", "")}`, location.origin);
    const items = state.boot.shortcuts.filter((one) => one.type === "message").map((one) =>
      element("button", { type: "button", role: "menuitem", onclick: () => { closeMenus(); send("message-shortcut", { channel: message.dataset.channel, ts: message.dataset.ts, id: one.id }); } }, `⚡ ${one.name}`));
    items.push(element("button", { type: "button", role: "menuitem", onclick: () => { closeMenus(); navigator.clipboard?.writeText(link.href); toast("Link copied"); } }, "Copy link"));
    more.parentElement.append(element("span", { class: "menu leftward", role: "menu", hidden: true }, ...items));
    more.setAttribute("aria-expanded", "false");
    return toggleMenu(more);
  }
});

document.addEventListener("keydown", (event) => {
  const message = event.target.closest?.("article.message");
  if (message && event.target === message) {
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (next) {
      event.preventDefault();
      let other = message[next];
      while (other && !other.matches("article")) other = other[next];
      other?.focus();
    } else if (event.key === "t" && message.dataset.kind === "message") go(`${placeHash()}/${message.dataset.thread}`);
  }
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const rows = [...document.querySelectorAll("#side a")];
    const at = rows.findIndex((row) => row.hasAttribute("aria-current"));
    rows[(at + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length].click();
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
    closeMenus();
    if (state.thread) go(placeHash());
  }
});

$("thread-close").addEventListener("click", () => go(placeHash()));
$("guide-close").addEventListener("click", () => showGuide(false));
$("guide-button").addEventListener("click", () => { if (state.thread) go(placeHash()); showGuide($("guide").hidden); });
$("burger").addEventListener("click", () => {
  const open = document.body.classList.toggle("side-open");
  $("burger").setAttribute("aria-expanded", String(open));
});
$("shade").addEventListener("click", () => {
  const dark = document.documentElement.dataset.shade ? document.documentElement.dataset.shade === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.shade = dark ? "light" : "dark";
  localStorage.setItem("shade", document.documentElement.dataset.shade);
});

document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); composer.focus(); });

if (localStorage.getItem("shade")) document.documentElement.dataset.shade = localStorage.getItem("shade");
await boot();
composer = makeComposer($("composer"), { thread: false });
threadComposer = makeComposer($("thread-composer"), { thread: true });
dropFiles($("room"), composer);
dropFiles($("thread"), threadComposer);
drawTop();
showGuide(localStorage.getItem("guide") !== "closed" && innerWidth > 1100);
addEventListener("hashchange", enter);
listen(state.boot.number);
await enter();
await showModal();
composer.focus();
document.body.dataset.ready = "yes";
