// Fresh HTML into a list, touching only what has changed: focus, typed text and open menus survive.
export function patch(list, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  let at = list.firstElementChild;
  let added = 0;
  for (const child of [...fresh.content.children]) {
    const old = known.get(child.dataset.key);
    known.delete(child.dataset.key);
    if (old && old.dataset.version === child.dataset.version && old.className === child.className) {
      if (old !== at) list.insertBefore(old, at);
      else at = at.nextElementSibling;
      continue;
    }
    if (old) {
      const focused = old.contains(document.activeElement);
      if (old === at) at = at.nextElementSibling;
      old.replaceWith(child);
      if (focused) child.focus({ preventScroll: true });
    } else {
      child.classList.add("fresh");
      list.insertBefore(child, at);
      added += 1;
    }
  }
  for (const gone of known.values()) gone.remove();
  return added;
}
