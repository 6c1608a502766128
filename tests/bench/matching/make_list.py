#!/usr/bin/env python3
"""Makes list500.csv (500 songs as a magazine would publish them) and list500_answers.csv from the finished chart.

380 entries are in chart.csv (60 of them under another spelling of title or artist), 20 are traps (the chart has only
a wrong look-alike) and 100 are in no way on the chart. Real songs come from the number ones with their true credits
and from list_extra.txt; the credits of invented songs are invented.
list500_answers.csv: rank, song (recording in chart_answers.csv, or empty), kind, fair (join | other | ask).
"""
import csv
import re
import unicodedata
from datetime import date, timedelta

from invent import HERE, NUMBERS, SEED, TAKEN, W, core, names, new_act, new_title, pick, plain, rng
from make_chart import NUMBER_ONES

IN_CHART, RESPELT, TRAPS, TOTAL = 380, 60, 20, 500
REAL_IN_CHART, WITH_LOOKALIKE, WITH_REENTRY = 130, 45, 20
SUBTITLES = 10                                                   # respelt by leaving a bracket out: a librarian asks
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
LABELS = "Harbor, Redwing, Capstone, Blue Dial, Northgate, Parrot Hill, Sundown, Meteor, Kingsway, Tamarack".split(", ")


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def released(entered):
    day = date.fromisoformat(entered) - timedelta(days=rng.randint(10, 90))
    month = MONTHS[day.month - 1]
    return rng.choices([f"{month} {day.day}, {day.year}", f"{month} {day.year}", f"{day:%B} {day.day}, {day.year}", str(day.year)], [4, 4, 3, 1])[0]


def people(low, high):
    return ", ".join(f"{pick('first')} {pick('last')}" for _ in range(rng.randint(low, high)))


def respell(title, artist):
    """One other spelling that a magazine would use: (way, title, artist), or None if nothing fits."""
    bare = lambda x: "".join(c for c in unicodedata.normalize("NFKD", x) if not unicodedata.combining(c))
    guest = re.match(r"(.+) Featuring (.+)", artist)
    ways = [("the_dropped", title, re.sub(r"^The ", "", artist)), ("title_the", re.sub(r"^The ", "", title), artist),
            ("and", title, artist.replace(" & ", " and ") if " & " in artist else artist.replace(" And ", " & ")),
            ("title_and", title.replace(" And ", " & ").replace(" and ", " & "), artist), ("accent", bare(title), bare(artist)),
            ("ing", re.sub(r"in'(?= |$)", "ing", title), artist), ("apostrophe", title.replace("'", ""), artist),
            ("number", re.sub(r"^\d+", lambda m: NUMBERS.get(m[0], m[0]), title), artist),
            ("part", re.sub(r",? (\(Pt\. |- Part |Pt\. |\(Part |Part )(\d)\)?", r" (Part \2)", title), artist)]
    if guest:
        ways += [("feat_word", title, f"{guest[1]} feat. {guest[2]}"), ("feat_in_title", f"{title} [feat. {guest[2]}]", guest[1]),
                 ("with", title, f"{guest[1]} with {guest[2]}")]
    ways = [w for w in ways if (w[1], w[2]) != (title, artist) and (plain(w[1]), plain(w[2])) != (plain(title), plain(artist)) or w[0] == "accent" and w[1:] != (title, artist)]
    return rng.choice(ways) if ways else None


def main():
    chart, answers = read(HERE / "chart.csv"), read(HERE / "chart_answers.csv")
    ones = {(r["song"], r["artist"].replace(" ft. ", " Featuring ")): r for r in read(NUMBER_ONES)}
    rng.seed(SEED + 1)
    by_core, mates, groups = {}, {}, {}
    for r, a in zip(chart, answers):
        r.update(song=a["song"], kind=a["kind"])
        by_core.setdefault(core(r["title"]), []).append(r)
        TAKEN.update((plain(r["artist"]), plain(re.sub("^The ", "", r["artist"]))))
        if a["with"]:
            mates.setdefault(int(a["with"]) - 1, []).append(a)
    for i, r in enumerate(chart):
        kin = mates.get(i, [])
        if r["kind"] not in ("plain", "number_one", "real_base") or any(k["fair"] == "ask" for k in kin):
            continue
        what = "plain" if not kin else "reentry_in_chart" if all(k["song"] == r["song"] for k in kin) else "lookalike_in_chart"
        if what == "lookalike_in_chart" and any(k["song"] == r["song"] for k in kin):
            continue
        groups.setdefault(("real " if r["kind"] == "number_one" else "") + what, []).append(r)
    picked = [(r, "lookalike_in_chart") for r in rng.sample(groups["lookalike_in_chart"], WITH_LOOKALIKE)]
    picked += [(r, "reentry_in_chart") for r in rng.sample(groups["reentry_in_chart"], WITH_REENTRY)]
    picked += [(r, "same_spelling") for r in rng.sample(groups["real plain"], REAL_IN_CHART)]
    pool = rng.sample(groups["plain"], len(groups["plain"]))
    out = []

    def put(title, artist, entered, song, kind, fair, credits=None):
        writers, producers, when, label = credits or (people(1, 3), people(1, 2), released(entered), rng.choice(LABELS))
        out.append(([title, artist, writers, producers, when, label], [song, kind, fair]))

    def credit(r):
        one = ones.get((r["title"], r["artist"]))
        return one and (one["songwriters"].replace(";", ", "), one["producers"].replace(";", ", "), released(r["entered"]), one["label"].replace(";", "/"))

    respelt = subtitles = 0
    queue = picked + [(r, "same_spelling") for r in pool]
    for r, kind in rng.sample(picked, len(picked)) + queue[len(picked):]:
        if len(out) == IN_CHART:
            break
        way = respell(r["title"], r["artist"]) if kind == "same_spelling" and respelt < RESPELT - SUBTITLES and rng.random() < .45 else None
        cut = re.sub(r" ?\([^)]*\) ?", "", r["title"])
        if kind == "same_spelling" and not way and cut != r["title"] and "Pa" not in r["title"] and "Pt" not in r["title"] and subtitles < SUBTITLES:
            put(cut, r["artist"], r["entered"], r["song"], "respelt_subtitle", "ask", credit(r))
            subtitles += 1
        elif way:
            put(way[1], way[2], r["entered"], r["song"], "respelt_" + way[0], "join", credit(r))
            respelt += 1
        else:
            put(r["title"], r["artist"], r["entered"], r["song"], kind, "join", credit(r))
    spare = iter(pool[-3000:])
    extra = [line.split("|") for line in (HERE / "list_extra.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    for kind, title, artist, *credits in extra:
        put(title, artist, "", "", kind, "other", credits)
    traps = sum(e[0] == "trap" for e in extra)
    makers = [lambda r: (r["title"] + " (Live)", r["artist"]), lambda r: (r["title"], f"{pick('first')} {r['artist'].split()[-1]}"),
              lambda r: (r["title"], f"{r['artist'].split()[0]} {pick('last')}"), lambda r: (r["title"] + "!", new_act(1990))]
    while traps < TRAPS:                                          # invented traps: the chart has only r
        r = next(spare)
        if re.fullmatch(r"\S+ \S+", r["artist"]) and r["artist"].split()[0] in W["first"] and "(" not in r["title"]:
            title, artist = makers[traps % 4](r)
            if title != r["title"] or not any(names(artist) & names(o["artist"]) for o in by_core[core(title)] if o is not r):
                put(title, artist, r["entered"], "", "trap", "other")
                traps += 1
    while len(out) < TOTAL:
        title, year = new_title(1985), rng.randint(1960, 2015)
        if core(title) not in by_core or rng.random() < .2:
            put(title, new_act(year), f"{year}-06-15", "", "absent", "other")
    rng.shuffle(out)
    with (HERE / "list500.csv").open("w", encoding="utf-8", newline="") as rows, (HERE / "list500_answers.csv").open("w", encoding="utf-8", newline="") as truth:
        rows, truth = csv.writer(rows, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        rows.writerow("rank title artist writers producers released label".split())
        truth.writerow("rank song kind fair".split())
        for rank, (row, answer) in enumerate(out, 1):
            rows.writerow([rank, *row])
            truth.writerow([rank, *answer])


if __name__ == "__main__":
    main()
