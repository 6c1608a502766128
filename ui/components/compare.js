export default function({parentElement, data}) {
  const root = parentElement.querySelector(".root");
  root.replaceChildren();
  make(root, "p", "sum", data.summary);
  data.lines.forEach(line => {
    const row = make(root, "div", "line");
    const side = make(row, "div");
    make(side, "div", "where", line.where);
    if (line.verdict) make(side, "span", `badge ${line.tone}`, line.verdict);
    const main = make(row, "div");
    const words = make(main, "div", "words");
    words.dir = "auto";
    line.pieces.forEach(p => make(words, {same: "span", gone: "del", new: "ins"}[p.kind] || "span", "", p.text));
    if (line.cites) make(main, "div", "cites", line.cites);
  });
  if (!data.lines.length) make(root, "p", "quiet", "No sentence differs.");
}
