#!/usr/bin/env python3
"""Makes pairs.jsonl from the hand-written pairs.txt: {"id","a","b","verdict","why","origin"} a line."""
import json
import unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHOLE = {"length_ms", "year"}


def record(text):
    """"title ~ artist ~ key=value;..." as a dictionary; a leading "NFD:" asks for decomposed letters."""
    title, artist, *rest = (unicodedata.normalize("NFD", p[4:]) if p.startswith("NFD:") else p for p in text.strip().split(" ~ "))
    pairs = [p.split("=", 1) for p in rest[0].split(";")] if rest else []
    return {"title": title, "artist": artist, **{k: int(v) if k in WHOLE else v for k, v in pairs}}


lines = [x for x in (HERE / "pairs.txt").read_text("utf-8").splitlines() if x and x[0] != "#"]
with (HERE / "pairs.jsonl").open("w", encoding="utf-8", newline="\n") as out:
    for number, line in enumerate(lines, 1):
        verdict, origin, why, a, b = line.split("|")
        pair = {"id": f"P{number:03d}", "a": record(a), "b": record(b), "verdict": verdict, "why": why, "origin": origin}
        out.write(json.dumps(pair, ensure_ascii=False) + "\n")
