// Talking to the local server: everything goes to the address that the page came from.
export const state = { boot: null, person: null, place: null, thread: null };

export async function page(path, query = {}) {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries({ person: state.person.id, ...query })) address.searchParams.set(name, value);
  const answer = await fetch(address);
  return answer.ok ? answer.text() : "";
}

export async function send(deed, body = {}) {
  const answer = await fetch(`/page/${deed}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Playground": "1" },
    body: JSON.stringify({ person: state.person.id, ...body }),
  });
  return settle(answer);
}

export async function upload(files, fields) {
  const form = new FormData();
  form.set("person", state.person.id);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const file of files) form.append("file", file);
  return settle(await fetch("/page/upload", { method: "POST", headers: { "X-Playground": "1" }, body: form }));
}

async function settle(answer) {
  const said = await answer.json().catch(() => ({ error: "The local server has ended." }));
  if (said.error) toast(said.error);
  return said;
}

export function toast(words) {
  const note = document.createElement("div");
  note.className = "toast";
  note.textContent = words;
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 5000);
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}
