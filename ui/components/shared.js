const make = (to, tag, cls, text) => {
  const e = document.createElement(tag);
  if (cls) e.className = cls;
  if (text !== undefined && text !== null) e.textContent = String(text);
  if (to) to.appendChild(e);
  return e;
};
// words from several hands on one line: each keeps its own direction and takes none of the others along
const apart = (to, tag, cls, words) => {
  const e = make(to, tag, cls);
  words.forEach((w, i) => { if (i) e.appendChild(document.createTextNode(" · ")); make(e, "bdi", "", w); });
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
// when a story came on screen: keys that came before were meant for another one
const watch = (root, state, data) => {
  if (state.turn !== data.turn) Object.assign(state, {turn: data.turn, used: new Set()});
  if (state.revision === data.revision) return;
  Object.assign(state, {revision: data.revision, shownAt: 0, used: new Set()});
  delete root.dataset.shown;
  const seen = new IntersectionObserver(found => {
    if (!found.some(f => f.isIntersecting) || state.revision !== data.revision) return;
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => { state.shownAt = performance.now(); root.dataset.shown = data.revision; }));
  });
  seen.observe(root);
};
const pressed = (e, root, state, data) => {
  const name = e.key === "?" ? "?" : nameOf(e), key = data.keys[name];
  if (!key) return false;
  e.preventDefault();
  const age = state.shownAt ? performance.now() - state.shownAt : -1;
  const tell = words => { say(root, words); return true; };
  if ((age < 0 && name !== "?") || (key.act && age < data.gate)) return tell("Not so fast: this story had just come on screen. Nothing was done; press again.");
  if (state.used.has(name)) return tell(`${key.label}: already sent.`);
  const button = buttonOf(key.button);
  if (!button || button.disabled) return tell(key.absent || `${key.label} is not offered here.`);
  if (key.once) state.used.add(name);
  button.click();
  if (key.asks) fieldOfDialog();
  return true;
};
// who asked by a key writes on without a mouse: the field of the question is theirs as soon as it is there
const fieldOfDialog = (left = 60) => {
  const field = document.querySelector('[role="dialog"] input, [role="dialog"] textarea');
  if (field) return field.focus();
  if (left) setTimeout(() => fieldOfDialog(left - 1), 50);
};
