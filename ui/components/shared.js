const make = (to, tag, cls, text) => {
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  if (text !== undefined && text !== null) e.textContent = String(text);
  if (to) to.appendChild(e);
  return e;
};
const typing = e => {
  const at = e.composedPath()[0];
  return at instanceof Element && (at.matches("input:not([type=checkbox]),textarea,select") || at.isContentEditable);
};
const busy = () => document.querySelector('[role="dialog"]') !== null;
const nameOf = e => {
  if (e.ctrlKey || e.metaKey || e.altKey) return "";
  const key = e.key.length === 1 ? e.key.toUpperCase() : e.key;
  return e.shiftKey && /^[A-Z]$/.test(key) ? `Shift+${key}` : key;
};
// one listener a page: a part that is drawn anew takes the place of the one before
const listen = handler => {
  if (window.__songstoryKeys) document.removeEventListener("keydown", window.__songstoryKeys, true);
  window.__songstoryKeys = handler;
  document.addEventListener("keydown", handler, true);
};
const unlisten = handler => {
  document.removeEventListener("keydown", handler, true);
  if (window.__songstoryKeys === handler) window.__songstoryKeys = null;
};
const buttonOf = cls => document.querySelector(`.st-key-${CSS.escape(cls)} button`);
const say = (root, words) => {
  const box = root.querySelector(".note");
  box.textContent = "";
  box.textContent = words;
  clearTimeout(box.__gone);
  box.__gone = setTimeout(() => { box.textContent = ""; }, 4000);
};
// text with its failing words marked; every piece is set as text, never as markup
const marked = (to, text, spans) => {
  const found = spans.filter(s => s && text.includes(s)).map(s => [text.indexOf(s), text.indexOf(s) + s.length]).sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [start, end] of found) {
    if (start < at) continue;
    if (start > at) to.appendChild(document.createTextNode(text.slice(at, start)));
    make(to, "mark", "", text.slice(start, end));
    at = end;
  }
  to.appendChild(document.createTextNode(text.slice(at)));
};
