#!/usr/bin/env python3
"""Checks chart, list and pairs against their answers and prints what is odd; exit 1 if something must be mended."""
import csv
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from invent import core, names, plain

HERE = Path(__file__).resolve().parent
MEANT = {"namesake", "same_act_two_songs", "rerecording"}


def read(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


chart, answers, bad = read("chart.csv"), read("chart_answers.csv"), []
if [a["row"] for a in answers] != [str(n) for n in range(1, len(chart) + 1)]:
    bad.append("chart answers do not cover every row")
pairs = {frozenset((int(a["row"]), int(a["with"]))) for a in answers if a["with"]}
song = {int(a["row"]): a["song"] for a in answers}
for a in answers:
    if a["with"] and a["kind"].startswith("re_") and a["kind"] != "rerecording":
        if song[int(a["row"])] != song[int(a["with"])]:
            bad.append(f"row {a['row']}: re-entry of another song")
    elif a["with"] and song[int(a["row"])] == song[int(a["with"])]:
        bad.append(f"row {a['row']}: {a['kind']} is the same song")
exact, titles = defaultdict(list), defaultdict(list)
for n, r in enumerate(chart, 1):
    exact[plain(r["title"]), plain(r["artist"])].append(n)
    titles[core(r["title"])].append(n)
for key, rows in exact.items():
    if len({song[n] for n in rows}) > 1 and not {answers[n - 1]["kind"] for n in rows} & MEANT:
        print("same words, other truth:", [(chart[n - 1]["title"], chart[n - 1]["artist"], answers[n - 1]["kind"]) for n in rows])
unmarked = 0
for rows in titles.values():
    for i, n in enumerate(rows):
        for m in rows[:i]:
            if frozenset((n, m)) not in pairs and names(chart[n - 1]["artist"]) & names(chart[m - 1]["artist"]):
                if answers[n - 1]["with"] != answers[m - 1]["with"]:
                    unmarked += 1
                    if "-v" in sys.argv:
                        print("unmarked:", *(f"{chart[k - 1]['title']} / {chart[k - 1]['artist']} {chart[k - 1]['entered'][:4]} {answers[k - 1]['kind']} {song[k]} |" for k in (m, n)))
print("unmarked look-alikes (same title, a word of the name shared):", unmarked)
kinds = Counter((a["kind"], a["fair"]) for a in answers)
special = sum(1 for a in answers if a["with"])
print(len(chart), "rows,", len(set(song.values())), "recordings,", special, f"special ({special / len(chart):.1%})")
print(" ".join(f"{k}/{f}:{n}" for (k, f), n in sorted(kinds.items())))
print("fair of the specials:", Counter(a["fair"] for a in answers if a["with"]), "shared titles:", sum(len(v) for v in titles.values() if len(v) > 1))
if (HERE / "list500.csv").exists():
    rows, truth = read("list500.csv"), read("list500_answers.csv")
    if [r["rank"] for r in rows] != [t["rank"] for t in truth]:
        bad.append("list answers do not cover every rank")
    here = defaultdict(set)
    for n, r in enumerate(chart, 1):
        here[core(r["title"])].add(n)
    for r, t in zip(rows, truth):
        near = [n for n in here[core(r["title"])] if names(r["artist"]) & names(chart[n - 1]["artist"])]
        if not t["song"] and near and "-v" in sys.argv:
            print("list", t["kind"], r["title"], "/", r["artist"], "| chart:", [(chart[n - 1]["title"], chart[n - 1]["artist"]) for n in near])
        if t["song"] and t["song"] not in song.values():
            bad.append(f"rank {r['rank']}: no such song")
        if t["song"] and not near and t["kind"] == "same_spelling":
            bad.append(f"rank {r['rank']}: not in the chart by that spelling")
    print("list:", len(rows), dict(Counter(t["kind"] for t in truth)), "in chart:", sum(bool(t["song"]) for t in truth))
if (HERE / "pairs.jsonl").exists():
    got = [json.loads(line) for line in (HERE / "pairs.jsonl").read_text("utf-8").splitlines()]
    if len({p["id"] for p in got}) != len(got) or {p["verdict"] for p in got} - {"same", "other", "ask"}:
        bad.append("pairs: an id twice or a strange verdict")
    print("pairs:", len(got), dict(Counter((p["origin"], p["verdict"]) for p in got)))
print(*bad, sep="\n")
sys.exit(bool(bad))
