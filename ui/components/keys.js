export default function({parentElement, data}) {
  const root = parentElement.querySelector(".root");
  const state = root.__state ||= {used: new Set()};
  if (!root.querySelector(".note")) {
    const note = make(root, "div", "note");
    note.setAttribute("role", "status");
    note.setAttribute("aria-live", "assertive");
  }
  watch(root, state, data);
  const press = e => {
    if (!root.isConnected) return unlisten(press);
    if (!typing(e) && !busy() && !e.repeat) pressed(e, root, state, data);
  };
  listen(press);
  return () => unlisten(press);
}
