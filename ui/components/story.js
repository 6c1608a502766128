export default function({parentElement, data, setTriggerValue}) {
  const root = parentElement.querySelector(".root");
  const state = root.__state ||= {used: new Set()};
  if (state.revision !== data.revision) state.pinned = null;
  watch(root, state, data);
  const numbers = new Map(data.facts.map(f => [f.key, f.n]));
  const keepDom = data.mode === "edit" && state.mode === "edit" && state.base === data.base;
  if (keepDom) verdicts(); else draw();
  state.mode = data.mode;
  state.base = data.base;

  function draw() {
    clearTimeout(state.timer);
    const was = root.querySelector(".deck");
    const scrolled = was && state.drawn === data.revision ? was.scrollLeft : 0;
    state.drawn = data.revision;
    root.replaceChildren();
    root.classList.toggle("edit", data.mode === "edit");
    root.classList.toggle("read", data.mode !== "edit");
    const top = make(root, "div", "top");
    make(top, "h1", "", data.title).dir = "auto";
    const badges = make(top, "div", "badges");
    data.badges.forEach(b => make(badges, "span", `badge ${b.tone}`, b.text));
    apart(root, "p", "meta quiet", data.meta);
    if (data.mode === "edit") sheet();
    const body = make(root, "div", "body");
    const left = make(body, "div");
    const deck = make(left, "div", "deck");
    deck.tabIndex = 0;
    deck.setAttribute("role", "region");
    deck.setAttribute("aria-label", "Story cards; left and right arrows go from card to card");
    deck.addEventListener("keydown", swipe);
    if (data.mode === "edit") { state.cards = structuredClone(data.cards); editCards(deck); }
    else { data.cards.forEach((card, i) => readCard(deck, card, i)); dots(left, deck); }
    facts(body);
    deck.scrollTo({left: scrolled, behavior: "instant"});
    const note = make(root, "div", "note");
    note.setAttribute("role", "status");
    note.setAttribute("aria-live", "assertive");
  }

  // reading -----------------------------------------------------------------------------------------------------------
  function shell(deck, i, count) {
    const box = make(deck, "article", "card");
    box.style.setProperty("--hue", (data.hue + 47 * i) % 360);
    box.setAttribute("aria-label", `Card ${i + 1} of ${count}`);
    return box;
  }
  function readCard(deck, card, i) {
    const box = shell(deck, i, data.cards.length);
    make(box, "p", "kicker", data.kinds[card.kind] || "Card");
    card.lines.forEach((line, k) => {
      const p = make(box, k ? "p" : "h2", `line ${k ? "" : "head"} ${line.ok ? "" : "bad"}`);
      p.style.marginTop = 0;
      p.__cites = line.cites;
      p.dir = "auto";
      marked(make(p, "bdi"), line.seen, line.ok ? [] : line.why.map(w => w.span));
      line.cites.forEach(key => {
        const chip = make(p, "button", "chip", numbers.get(key) || "?");
        chip.type = "button";
        chip.setAttribute("aria-pressed", "false");
        chip.setAttribute("aria-label", `Cites ${numbers.get(key) || "a fact that is gone"}`);
        chip.addEventListener("click", () => pin(line, chip, key));
      });
      if (!line.ok) line.why.forEach(w => make(p, "div", "why", w.repair ? `${w.text}. ${w.repair}` : w.text).dir = "auto");
      p.addEventListener("dblclick", () => { state.want = `${i}-${k}`; const b = buttonOf(data.keys.W.button); if (b) b.click(); });
      p.addEventListener("mouseenter", () => light(line.cites, p));
      p.addEventListener("mouseleave", () => light(state.pinned, null));
      p.addEventListener("focusin", () => light(line.cites, p));
      p.addEventListener("focusout", () => light(state.pinned, null));
    });
    const foot = make(box, "div", "foot");
    make(foot, "span", "", data.artist).dir = "auto";
    make(foot, "span", "", `${i + 1} / ${data.cards.length}`);
  }
  function light(cites, line) {
    const side = root.querySelector(".facts");
    root.querySelectorAll(".line.on").forEach(e => e.classList.remove("on"));
    if (line) line.classList.add("on");
    side.classList.toggle("lit", Boolean(cites));
    let first = null;
    side.querySelectorAll(".fact").forEach(e => {
      const on = Boolean(cites) && cites.includes(e.dataset.key);
      e.classList.toggle("on", on);
      if (on) first ||= e;
    });
    if (first) side.scrollTo({top: first.offsetTop - side.offsetTop - 8, behavior: "smooth"});
  }
  function pin(line, chip, key) {
    const on = chip.getAttribute("aria-pressed") !== "true";
    root.querySelectorAll(".chip").forEach(c => c.setAttribute("aria-pressed", "false"));
    chip.setAttribute("aria-pressed", String(on));
    state.pinned = on ? [key] : null;
    light(state.pinned, null);
    const target = [...root.querySelectorAll(".fact")].find(e => e.dataset.key === key);
    if (on && target && getComputedStyle(root.querySelector(".body")).gridTemplateColumns.split(" ").length === 1) {
      target.scrollIntoView({block: "nearest"});
    }
  }
  function step() { return root.querySelector(".card").offsetWidth + 16; }
  function swipe(e) {
    const by = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    if (!by || typing(e)) return;
    root.querySelector(".deck").scrollBy({left: by * step()});
    e.preventDefault();
  }
  function dots(left, deck) {
    const box = make(left, "div", "dots");
    data.cards.forEach((_, i) => {
      const dot = make(box, "button", "dot");
      dot.type = "button";
      dot.setAttribute("aria-label", `Go to card ${i + 1}`);
      dot.addEventListener("click", () => deck.scrollTo({left: i * step()}));
    });
    const show = () => {
      const end = deck.scrollLeft + deck.clientWidth >= deck.scrollWidth - 4 && deck.scrollLeft > 4;
      const at = end ? data.cards.length - 1 : Math.round(deck.scrollLeft / step());
      [...box.children].forEach((d, i) => d.setAttribute("aria-current", String(i === at)));
    };
    deck.addEventListener("scroll", show, {passive: true});
    show();
  }

  // facts -------------------------------------------------------------------------------------------------------------
  function facts(body) {
    const side = make(body, "section", "facts");
    side.tabIndex = 0;
    side.setAttribute("aria-label", data.mode === "edit" ? "Facts; press one to cite it in the sentence you are in" : "Facts");
    data.facts.forEach(f => {
      const box = make(side, data.mode === "edit" ? "button" : "article", `fact ${f.stands ? "" : "gone"}`);
      if (data.mode === "edit") {
        box.type = "button";
        box.addEventListener("mousedown", e => e.preventDefault());
        box.addEventListener("click", () => cite(f.key));
      }
      box.dataset.key = f.key;
      if (data.mode === "edit") make(box, "b", "", `${f.n} ${f.kind}`);
      else name(box, f);
      make(box, "p", "", f.text).dir = "auto";
      if (f.quote) make(box, "p", "quiet", `“${f.quote}”`).dir = "auto";
      apart(box, "p", "src", f.source);
      if (f.marks) make(box, "p", "src", f.marks);
    });
    if (!data.facts.length) make(side, "p", "quiet", "No facts on this track yet.");
  }

  // a fact opens to all of its words, and shows which sentences rest on it
  function name(box, f) {
    const b = make(box, "button", "name", `${f.n} ${f.kind}`);
    b.type = "button";
    b.setAttribute("aria-expanded", "false");
    b.addEventListener("click", () => {
      const open = box.classList.toggle("open");
      b.setAttribute("aria-expanded", String(open));
      root.querySelectorAll(".line").forEach(p => p.classList.toggle("on", open && p.__cites.includes(f.key)));
      const first = open && root.querySelector(".line.on");
      if (first) root.querySelector(".deck").scrollTo({left: first.closest(".card").offsetLeft - root.querySelector(".deck").offsetLeft});
    });
  }

  // editing -----------------------------------------------------------------------------------------------------------
  function sheet() {
    const bar = make(root, "div", "sheet");
    const save = make(bar, "button", "save", `Save as revision ${data.next}`);
    save.type = "button";
    save.title = "Ctrl+S";
    save.addEventListener("click", sendSave);
    make(bar, "span", "quiet saved", data.kept);
  }
  function editCards(deck) {
    deck.replaceChildren();
    state.cards.forEach((card, i) => editCard(deck, card, i));
    const box = make(deck, "div", "add");
    const kind = choose(box, "", "Kind of the new card");
    const add = make(box, "button", "plain", "Add a card");
    add.type = "button";
    add.addEventListener("click", () => {
      state.cards.push({kind: kind.value, lines: [{text: "", cites: []}, {text: "", cites: []}]});
      editCards(deck);
      changed();
      deck.scrollTo({left: deck.scrollWidth});
    });
    verdicts();
    const wanted = state.want && root.querySelector(`.row[data-at="${state.want}"] textarea`);
    if (wanted) wanted.focus();
    state.want = "";
  }
  function choose(to, value, label) {
    const select = make(to, "select");
    select.setAttribute("aria-label", label);
    Object.entries(data.kinds).forEach(([key, words]) => { make(select, "option", "", words).value = key; });
    if (value) select.value = value;
    return select;
  }
  function tool(to, words, label, act, off) {
    const b = make(to, "button", "tool", words);
    b.type = "button";
    b.disabled = Boolean(off);
    b.setAttribute("aria-label", label);
    b.title = label;
    b.addEventListener("click", () => { act(); editCards(root.querySelector(".deck")); changed(); });
  }
  function swap(list, i, j) { [list[i], list[j]] = [list[j], list[i]]; }
  function editCard(deck, card, i) {
    const box = shell(deck, i, state.cards.length);
    const bar = make(box, "div", "bar");
    const kind = choose(bar, card.kind, `Kind of card ${i + 1}`);
    kind.addEventListener("change", () => { card.kind = kind.value; changed(); });
    tool(bar, "←", "Move this card to the left", () => swap(state.cards, i, i - 1), i === 0);
    tool(bar, "→", "Move this card to the right", () => swap(state.cards, i, i + 1), i === state.cards.length - 1);
    tool(bar, "Drop", "Drop this card", () => state.cards.splice(i, 1), state.cards.length === 1);
    card.lines.forEach((line, k) => editLine(box, card, i, line, k));
    tool(make(box, "div", "bar"), "+ sentence", "Add a sentence", () => card.lines.push({text: "", cites: []}));
  }
  function editLine(box, card, i, line, k) {
    const row = make(box, "div", "row");
    row.dataset.at = `${i}-${k}`;
    const area = make(row, "textarea");
    area.value = line.text;
    area.dir = "auto";
    area.rows = 2;
    area.maxLength = 20000;
    area.setAttribute("aria-label", `Card ${i + 1}, ${k ? `sentence ${k}` : "headline"}`);
    area.addEventListener("input", () => { line.text = area.value; changed(); });
    area.addEventListener("focus", () => { state.focus = line; light(line.cites, null); });
    area.addEventListener("blur", flush);
    const bar = make(row, "div", "bar");
    chips(bar, line);
    if (k) {
      tool(bar, "↑", "Move this sentence up", () => swap(card.lines, k, k - 1), k === 1);
      tool(bar, "↓", "Move this sentence down", () => swap(card.lines, k, k + 1), k === card.lines.length - 1);
      tool(bar, "✕", "Take this sentence out", () => card.lines.splice(k, 1), card.lines.length === 2);
    }
    make(row, "div", "says").setAttribute("aria-live", "polite");
  }
  function chips(bar, line) {
    const box = make(bar, "span", "cites");
    line.cites.forEach(key => {
      const chip = make(box, "button", "chip", `${numbers.get(key) || "?"} ✕`);
      chip.type = "button";
      chip.setAttribute("aria-label", `No longer cite ${numbers.get(key) || "a fact that is gone"}`);
      chip.addEventListener("click", () => { line.cites = line.cites.filter(k => k !== key); box.remove(); refill(bar, line); changed(); });
    });
    const pick = make(box, "select");
    pick.setAttribute("aria-label", "Cite a fact");
    make(pick, "option", "", "+ fact").value = "";
    data.facts.filter(f => f.stands && !line.cites.includes(f.key)).forEach(f => {
      make(pick, "option", "", `${f.n} ${f.kind}: ${f.text}`.slice(0, 90)).value = f.key;
    });
    pick.style.maxWidth = "110px";
    pick.addEventListener("change", () => { line.cites.push(pick.value); box.remove(); refill(bar, line); changed(); });
  }
  function refill(bar, line) {
    const rest = [...bar.children];
    bar.replaceChildren();
    chips(bar, line);
    rest.forEach(e => bar.appendChild(e));
    light(line.cites, null);
  }
  function cite(key) {
    const line = state.focus;
    if (!line) return say(root, "Click into a sentence first, then on the fact it rests on.");
    line.cites = line.cites.includes(key) ? line.cites.filter(k => k !== key) : [...line.cites, key];
    root.querySelectorAll(".row").forEach(row => {
      const [i, k] = row.dataset.at.split("-").map(Number);
      if (state.cards[i].lines[k] === line) { const bar = row.querySelector(".bar"); bar.querySelector(".cites").remove(); refill(bar, line); }
    });
    changed();
  }
  function plain() { return state.cards.map(c => ({kind: c.kind, lines: c.lines.map(l => ({text: l.text, cites: l.cites}))})); }
  function changed() {
    state.dirty = true;
    label("Checking …");
    clearTimeout(state.timer);
    state.timer = setTimeout(flush, 450);
  }
  function flush() {
    clearTimeout(state.timer);
    if (!state.dirty) return;
    state.dirty = false;
    state.seq = (state.seq || 0) + 1;
    setTriggerValue("typed", {seq: state.seq, revision: data.revision, cards: plain()});
  }
  function sendSave() {
    clearTimeout(state.timer);
    state.dirty = false;
    label("Saving …");
    setTriggerValue("save", {revision: data.revision, cards: plain()});
  }
  function label(words) { const e = root.querySelector(".saved"); if (e) e.textContent = words; }
  function verdicts() {
    if (data.seq && data.seq !== state.seq) return;
    if (!state.dirty) label(data.kept);
    root.querySelectorAll(".row").forEach(row => {
      const [i, k] = row.dataset.at.split("-").map(Number);
      const found = data.cards[i] && data.cards[i].lines[k];
      if (!found || found.text !== state.cards[i].lines[k].text) return;
      row.classList.toggle("bad", found.ok === false);
      row.classList.toggle("good", found.ok === true);
      const says = row.querySelector(".says");
      says.replaceChildren();
      if (found.seen !== found.text) make(says, "div", "", `Holds signs that nobody sees, or that only look like others: ${found.seen}`).dir = "auto";
      if (found.ok === true) make(says, "div", "", "✓ supported");
      if (found.ok === false) {
        found.why.forEach(w => {
          const p = make(says, "div");
          if (w.span) { make(p, "mark", "", w.span); p.appendChild(document.createTextNode(" ")); }
          p.appendChild(document.createTextNode(w.repair ? `${w.text}. ${w.repair}` : w.text));
        });
      }
    });
  }

  // keys --------------------------------------------------------------------------------------------------------------
  const press = e => {
    if (!root.isConnected) return unlisten(press);
    if (data.mode === "edit" && (e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "s") { e.preventDefault(); return sendSave(); }
    if (typing(e) || busy() || e.repeat) return;
    if (pressed(e, root, state, data)) return;
    const name = nameOf(e);
    if ((name === "ArrowRight" || name === "ArrowLeft") && !e.composedPath().includes(root)) swipe(e);
  };
  listen(press);
  return () => unlisten(press);
}
