export default function({parentElement, data, setTriggerValue, setStateValue}) {
  const root = parentElement.querySelector(".root");
  const state = root.__state ||= {at: 0, ticked: new Set()};
  if (state.page !== data.page) Object.assign(state, {page: data.page, at: 0, ticked: new Set(data.ticked)});
  state.at = Math.min(state.at, data.rows.length - 1);
  state.sent = false;
  root.replaceChildren();
  const table = make(root, "table");
  table.setAttribute("aria-label", data.label);
  const head = make(make(table, "thead"), "tr");
  for (const [words, cls] of data.columns) { const th = make(head, "th", cls, words); th.scope = "col"; }
  const body = make(table, "tbody");
  data.rows.forEach((row, i) => draw(body, row, i));
  const hint = make(root, "p", "hint");
  [["J", "down"], ["K", "up"], ["Enter", "open"], ["X", "select"], ["?", "all keys"]].forEach(([key, words], i) => {
    if (i) hint.appendChild(document.createTextNode(" · "));
    make(hint, "kbd", "", key);
    hint.appendChild(document.createTextNode(` ${words}`));
  });
  const note = make(root, "div", "note");
  note.setAttribute("role", "status");
  note.setAttribute("aria-live", "polite");
  move(0);

  function draw(to, row, i) {
    const tr = make(to, "tr");
    tr.tabIndex = -1;
    tr.dataset.id = row.id;
    const pick = make(tr, "td");
    if (data.picks) {
      const box = make(pick, "input");
      box.type = "checkbox";
      box.checked = state.ticked.has(row.revision);
      box.disabled = !row.clean;
      box.setAttribute("aria-label", row.clean ? `Select ${row.title}` : `${row.title} must be read by itself: ${row.why}`);
      box.title = row.clean ? "" : `Must be read by itself: ${row.why}`;
      box.addEventListener("click", e => { e.stopPropagation(); tick(i); });
    }
    const song = make(tr, "td");
    for (const [cls, words] of [["song", row.title], ["by", row.artist], ["by", row.stale]]) if (words) make(make(song, "div", cls), "bdi", "", words);
    if (data.status) make(make(tr, "td", "wide"), "span", `badge ${row.tone}`, row.status);
    const good = make(make(tr, "td"), "div", `meter ${row.good < row.total ? "low" : ""}`);
    const track = make(good, "span", "track wide");
    make(track, "div", "fill").style.width = `${row.total ? 100 * row.good / row.total : 0}%`;
    make(good, "span", "", `${row.good} of ${row.total}`);
    make(make(tr, "td"), "span", row.risk ? "badge wait" : "quiet", row.risk || "–");
    make(tr, "td", "wide num quiet", row.number);
    make(tr, "td", "wide quiet", row.by);
    make(tr, "td", "wide num quiet", row.age);
    tr.addEventListener("click", () => { move(i - state.at); go(i); });
  }
  function move(by) {
    state.at = Math.max(0, Math.min(data.rows.length - 1, state.at + by));
    [...body.children].forEach((tr, i) => tr.setAttribute("aria-current", String(i === state.at)));
    const row = body.children[state.at];
    if (by && row) { row.focus({preventScroll: true}); row.scrollIntoView({block: "nearest"}); }
  }
  function go(i) {
    if (state.sent || !data.rows[i]) return;
    state.sent = true;
    setTriggerValue("open", data.rows[i].id);
  }
  function tick(i) {
    const row = data.rows[i];
    if (!data.picks) return say(root, "Only stories in review are approved together; choose “in review” above.");
    if (!row.clean) return say(root, `“${row.title}” must be read by itself: ${row.why}.`);
    state.ticked.has(row.revision) ? state.ticked.delete(row.revision) : state.ticked.add(row.revision);
    const box = body.children[i].querySelector("input");
    if (box) box.checked = state.ticked.has(row.revision);
    setStateValue("ticked", [...state.ticked]);
  }
  // all that may be selected on this page, or none when they are already
  function tickAll() {
    const clean = data.picks ? data.rows.filter(r => r.clean).map(r => r.revision) : [];
    if (!clean.length) return say(root, "Nothing on this page may be selected: only clean stories in review are approved together.");
    const all = clean.every(r => state.ticked.has(r));
    state.ticked = new Set(all ? [] : clean);
    data.rows.forEach((row, i) => { const box = body.children[i].querySelector("input"); if (box) box.checked = state.ticked.has(row.revision); });
    setStateValue("ticked", [...state.ticked]);
  }
  // Enter searches and Escape does not; either way the next key is for the list again
  function leaveSearch(e) {
    const field = e.composedPath()[0];
    if (field instanceof Element && field.closest(".st-key-search")) setTimeout(() => field.blur());
  }
  const acts = {J: () => move(1), K: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => go(state.at), X: () => tick(state.at)};
  function press(e) {
    if (!root.isConnected) return unlisten(press);
    if (e.key === "Escape" || e.key === "Enter") leaveSearch(e);
    if (typing(e) || busy()) return;
    const name = nameOf(e);
    if (name === "/") { const field = document.querySelector(".st-key-search input"); if (field) { e.preventDefault(); field.focus(); } return; }
    if (name === "G" && !e.repeat) { const b = buttonOf("generate"); if (b) { e.preventDefault(); b.click(); fieldOfDialog(); } return; }
    if (name === "Shift+X") { e.preventDefault(); return tickAll(); }
    if (name === "Shift+A") {
      const b = buttonOf("approve_many");
      e.preventDefault();
      return b ? b.click() : say(root, "Nothing is selected. Select stories with X first.");
    }
    if (name === "?" || e.key === "?") { const b = buttonOf("help_button"); if (b) { e.preventDefault(); b.click(); } return; }
    const at = e.composedPath()[0];
    if (name === "Enter" && at instanceof Element && at.matches("button,a,[role=button],[role=tab]")) return;
    if (acts[name] && data.rows.length) { e.preventDefault(); acts[name](); }
  }
  listen(press);
  return () => unlisten(press);
}
