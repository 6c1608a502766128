#!/usr/bin/env python3
"""Makes chart.csv (a song-level weekly chart, about 30,000 rows) and chart_answers.csv (the truth).

Written without sight of the program under test. Standard library only; the same seed (invent.py) gives the same bytes.
Sources: the real number ones (a CSV that is named), real look-alikes by hand (real_pairs.txt), word lists (words.txt);
all other songs and acts are invented. Steps: number ones, hand-written look-alikes, invented careers, then the
specials, each made from one base row. A guard keeps rows that look alike by accident out, so that every
look-alike in the file is a meant one with a known answer.

chart_answers.csv: row (from 1, header not counted), song (true recording), kind, fair, with.
  kind  "plain", "number_one", "real_base", or what makes the row special; "re_..." = true re-entry.
  fair  what a careful librarian does who sees this row and the row named in `with`:
        join = clearly the same; other = must not join (new track or a case are both fine); ask = cannot be told.
"""
import csv
import sys
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

from invent import ACTS, NUMBERS, TAKEN, W, core, names, new_act, new_title, pick, plain, rng

PLAIN_TARGET = 26600                     # invented plain rows; the whole file comes to about 30,000
FIRST, LAST = date(1958, 8, 4), date(2024, 12, 28)
JOIN_YEARS = 10                          # same spelling, further apart than this: a librarian asks
HERE = Path(__file__).resolve().parent
NUMBER_ONES = Path(sys.argv[1] if len(sys.argv) > 1 else "billboard_number_ones.csv")  # Billboard Hot 100 number ones, as a CSV
DENSITY = [(1958, 1969, 13), (1970, 1979, 9), (1980, 1999, 7), (2000, 2011, 7), (2012, 2024, 10)]
CAREERS = [((1, 1), 45), ((2, 2), 17), ((3, 3), 9), ((4, 6), 12), ((7, 12), 9), ((13, 25), 5), ((26, 50), 2.2), ((51, 100), .8)]
RESPELL = {"re_same": 48, "re_feat_word": 25, "re_the": 15, "re_part": 6, "re_number": 8, "re_apostrophe": 14,
           "re_accent": 8, "re_from_film": 10, "re_remaster": 10, "re_radio_edit": 8, "re_guest_left_out": 12,
           "re_case": 12, "re_and": 10, "re_subtitle": 6, "re_typo": 5}
SPECIAL = {"cover": 420, "cast_cover": 115, "guest_common": 110, "first_name": 110, "one_word": 130,
           "name_in_name": 90, "tribute": 60, "solo_and_band": 80, "namesake": 40, "same_act_two_songs": 18,
           "rerecording": 30, "live": 80, "remix": 90, "poem": 8, "part": 30, "year_note": 10, "spanish": 25,
           "own_version": 25, "vip": 8, "sped_up": 15, "acoustic": 25, "instrumental": 20, "medley": 30,
           "near_title_same": 45, "near_title_other": 70}
ORCHESTRA_THEMES = 44                    # each theme by 3 to 5 orchestras within a year


def main_act(artist):
    return artist.split(" Featuring ")[0]


ROWS, BY_CORE, OWN = [], {}, {}   # rows; rows by title; titles by act


def add(title, artist, day, kind, song=None, fair="other", mate=None):
    row = dict(title=title, artist=artist, day=day, kind=kind, song=song or object(), fair=fair, mate=mate)
    ROWS.append(row)
    BY_CORE.setdefault(core(title), []).append(row)
    OWN.setdefault(main_act(artist), []).append({w.rstrip("s") for w in core(title).split()})
    return row


def clashes(title, artist, mate=None):
    """Does another row (not `mate`, nor one compared with it) have this title and a word of this name?"""
    mine = names(artist)
    return any(mine & names(r["artist"]) for r in BY_CORE.get(core(title), ())
               if r is not mate and (mate is None or r["mate"] is not mate))


def chart_day(year):
    day = date(year, 1, 1) + timedelta(days=rng.randrange(365))
    day += timedelta(days=(5 - day.weekday()) % 7)
    return min(max(day, FIRST + timedelta(days=5)), LAST)


def later(base, low, high):
    """A chart day from `low` to `high` years after the base row, or None past the end of the chart."""
    days = int(rng.uniform(low, high) * 365.25)
    day = base["day"] + timedelta(days=days - days % 7)
    return day if day <= LAST else None


def careers():
    """Invented acts with 1 to 100 songs each, until the plain rows are full."""
    years = [y for low, high, weight in DENSITY for y in range(low, high + 1) for _ in range(weight)]
    made, active = 0, {}
    while made < PLAIN_TARGET:
        start = rng.choice(years)
        act = new_act(start)
        low, high = rng.choices([c for c, _ in CAREERS], [w for _, w in CAREERS])[0]
        songs = rng.randint(low, high)
        span = rng.uniform(.3, 1.2) * songs ** .75 + .5
        active.setdefault(start // 6, []).append(act)
        for _ in range(songs):
            year = min(2024, start + int(rng.uniform(0, span)))
            for _ in range(60):
                title = pick("common") if rng.random() < .15 else new_title(year)
                stems = {w.rstrip("s") for w in core(title).split()}
                if not clashes(title, act) and not any(stems <= o or o <= stems for o in OWN.get(act, ())):
                    break
            else:
                continue
            credit, guest = act, rng.choice(active[start // 6])
            chance = .26 if year > 1995 else .02
            if rng.random() < chance and not names(guest) & names(act) and "&" not in guest and not clashes(title, guest):
                credit = f"{act} {'Featuring' if rng.random() < .8 and year > 1988 else '&'} {guest}"
            row = add(title, credit, chart_day(year), "plain")
            if main_act(credit) != act:
                OWN.setdefault(act, []).append({w.rstrip("s") for w in core(row["title"]).split()})
            made += 1


# ---- true re-entries: base row -> (title, artist, day, fair) or None -----------------------------------------------

def respell(kind, b):
    t, a = b["title"], b["artist"]
    day = later(b, .2, 3) if rng.random() < .8 else later(b, 2, 28)
    fair = "join"
    if kind == "re_same":
        day = later(b, .4, 9) if rng.random() < .7 else later(b, 11, 32)
    elif kind == "re_feat_word" and " Featuring " in a:
        who, guest = a.split(" Featuring ", 1)
        how = rng.choice([" Feat. ", " ft. ", " With ", " & ", " feat. ", "title"])
        t, a = (f"{t} (feat. {guest})", who) if how == "title" else (t, who + how + guest)
    elif kind == "re_the":
        a = a[4:] if a.startswith("The ") else a
        t = t[4:] if a == b["artist"] and t.startswith("The ") else t
    elif kind == "re_part":
        t = re.sub(r" (\(Pt\. |- Part |Pt\. |\(Part )(\d)\)?", lambda m: rng.choice([f" Part {m[2]}", f" (Part {m[2]})", f", Pt. {m[2]}", " (Part " + "_ One Two".split()[int(m[2])] + ")"]), t)
    elif kind == "re_number":
        t = re.sub(r"^\d+", lambda m: NUMBERS.get(m[0], m[0]), t)
    elif kind == "re_apostrophe":
        t = re.sub(r"in'(?= |$)", rng.choice(["in’", "in", "ing"]), t) if "in' " in t + " " else t.replace("'", rng.choice(["’", ""]))
    elif kind == "re_accent":
        t, a = ("".join(c for c in unicodedata.normalize("NFKD", x) if not unicodedata.combining(c)) for x in (t, a))
    elif kind == "re_from_film":
        t += f' (From "{pick("tadj")} {pick("tnoun")}")'
    elif kind == "re_remaster":
        day = chart_day(rng.randint(2009, 2023)) if b["day"].year < 2000 else None
        t += day and rng.choice([" - Remastered {0}", " ({0} Remaster)", " - {0} Remaster", " (Remastered {0})"]).format(day.year - rng.randint(0, 2)) or ""
    elif kind == "re_radio_edit":
        t, fair = t + rng.choice([" (Radio Edit)", " - Radio Edit", " (Single Version)", " [Edit]"]), "ask"
    elif kind == "re_guest_left_out":
        a, fair = main_act(a), "ask"
    elif kind == "re_case":
        t = rng.choice([t.upper(), t.lower(), t + "!", t.replace(",", "").replace(".", ""), t.upper() + "."])
    elif kind == "re_and":
        a = a.replace(" & ", " And ") if " & " in a else a.replace(" And ", " & ")
    elif kind == "re_subtitle":
        t, fair = re.sub(r" ?\([^)]*\) ?", "", t) if "Pa" not in t and "Pt" not in t else t, "ask"
    elif kind == "re_typo" and ACTS.get(a, {}).get("make") == "solo":
        at = rng.randrange(len(a) - 3, len(a) - 1)
        a, fair = a[:at] + rng.choice([a[at + 1] + a[at] + a[at + 2:], a[at] + a[at:], a[at + 1:]]), "ask"
    if not day or (kind != "re_same" and (t, a) == (b["title"], b["artist"])):
        return None
    far = (day - b["day"]).days > JOIN_YEARS * 365 and "hristmas" not in t and kind != "re_remaster"
    return t, a, day, "ask" if far else fair


# ---- other recordings that look alike: base row -> (title, artist, day, fair) or None -------------------------------

NOTES = {  # kind -> notes behind the title of another recording by the same act
    "live": [" (Live)", " - Live", " (Live At The Apollo)", " [Live]", " (Live From {place})", " (Unplugged)", " (In Concert)"],
    "remix": [" (Remix)", " - Remix", " (Remixes)", " ({mono} Remix)", " ({mono} Club Mix)", " (Extended Mix)", " - {mono} Remix", " (Remixed)"],
    "poem": [" (Poem)", " (Spoken)", " (A Prayer)"], "vip": [" - VIP", " (VIP Mix)"],
    "spanish": [" (en español)", " (Spanish Version)", " (Versión En Español)", " (Deutsche Version)", " (French Version)"],
    "sped_up": [" (Sped Up)", " - Sped Up", " (Slowed + Reverb)", " (Sped Up Version)"],
    "acoustic": [" (Acoustic)", " - Acoustic", " (Acoustic Version)", " (Piano Version)"],
    "instrumental": [" (Instrumental)", " - Instrumental"], "own_version": [" ({first}'s Version)"],
    "year_note": [" ({year})"]}


def special(kind, b):
    t, a, act = b["title"], b["artist"], main_act(b["artist"])
    make, year = ACTS.get(act, {}), b["day"].year
    if kind in NOTES:
        first = make.get("first") or act.split()[0]
        note = rng.choice(NOTES[kind]).format(place=pick("place"), mono=pick("mono"), first=first, year=year + rng.choice([0, 0, -5, 3]))
        if kind == "own_version" and make.get("make") not in ("solo", "mono"):
            return None
        eras = {"sped_up": 2020, "vip": 2010, "remix": 1984, "own_version": 1995, "acoustic": 1990}
        day = later(b, .02, .5) if rng.random() < .5 else later(b, .5, 14)
        day = None if day and day.year < eras.get(kind, 0) else day
        return day and (t + note, a, day, "ask" if kind == "year_note" else "other")
    if kind == "cover":
        day = later(b, 8, 45)
        return day and (t if rng.random() < .85 else t.replace("in'", "ing").replace("The ", ""), new_act(day.year) if rng.random() < .5 else other_act(day.year), day, "other")
    if kind == "cast_cover":
        day = chart_day(rng.randint(2007, 2016))
        guest = f" Featuring {act}" if rng.random() < .15 else ""
        return (t, pick("casts") + guest, day, "other") if b["day"] < day else None
    if kind == "guest_common" and " Featuring " in a:
        day, guest = later(b, .5, 12), a.split(" Featuring ")[1]
        return day and (t, rng.choice([f"{other_act(day.year)} Featuring {guest}"] * 3 + [guest, f"{guest} Featuring {other_act(day.year)}"]), day, "other")
    if kind == "first_name" and make.get("make") == "solo":
        day = later(b, .5, 40)
        return day and (t, rng.choice([new_act(day.year, first=make["first"]), f"{make['first']} & {pick('first')}"]), day, "other")
    if kind == "one_word" and make.get("make") == "solo":
        day = later(b, .5, 45)
        return day and (t, new_act(day.year, last=make["last"]) + (" And His Steel Guitar" if rng.random() < .1 else ""), day, "other")
    if kind == "one_word" and make.get("make") == "band":
        day = later(b, .5, 45)
        return day and (t, f"{pick('adj')} {make['word']} {pick('noun')}", day, "other")
    if kind == "name_in_name" and make.get("make") in ("mono", "rap") and " " not in act:
        day = later(b, -30, 20)
        return day and day > FIRST and (t, rng.choice([f"{pick('first')} {act}", f"{act} {pick('last')}", f"{act} & The {pick('noun')}s"]), day, "other")
    if kind == "tribute":
        day = later(b, 3, 40)
        return day and (t, rng.choice([f"A Tribute To {act}", f"The {act} Tribute Band", f"Almost {act}", f"{act} Revisited", f"{pick('place')} Plays {act}"]), day, "other")
    if kind == "solo_and_band" and make.get("make") == "front":
        day = later(b, 2, 25)
        return day and (t, f"{make['first']} {make['last']}", day, "ask")
    if kind == "solo_and_band" and make.get("make") == "duo":
        day = later(b, 2, 25)
        return day and (t, f"{pick('first')} {make['last']}" if make["last"] in W["last"] else f"{make['last']} {pick('last')}", day, "other")
    if kind == "namesake":
        day = later(b, 20, 55) if make.get("make") in ("band", "mono", "solo") and a == act else None
        return day and (t, a, day, "ask")
    if kind == "same_act_two_songs":
        day = later(b, 6, 28) if core(t) in {core(c) for c in W["common"]} else None
        return day and (t, a, day, "ask" if (day - b["day"]).days > JOIN_YEARS * 365 else "join")
    if kind == "rerecording":
        day = later(b, 12, 35)
        note = rng.choice(["", "", " (Re-recorded)", f" ({day.year if day else 0} Version)", " (Re-Recorded Version)"])
        return day and (t + note, a, day, "other" if note else "ask")
    if kind == "part":
        day, part = later(b, .05, 1.5), re.search(r"(Pt\. |Part )(\d)", t)
        if part:
            return day and (t.replace(part[0], part[1] + ("2" if part[2] == "1" else "1")), a, day, "other")
        return day and rng.random() < .01 and (t + rng.choice([" (Part Two)", " Pt. 2", " (Part 2)"]), a, day, "other")
    if kind == "medley":
        day, t2 = later(b, .5, 12), new_title(year)
        return day and rng.choice([(f"Medley: {t} / {t2}", a, day, "other"), (f"{t}/{t2}", a, day, "other"),
                                   (f"{t} / {t2} Medley", other_act(day.year), day, "other")])
    if kind == "near_title_same":
        day, parts = later(b, .3, 10), t.split()
        near = rng.choice([t + "s" if t[-1].isalpha() else t, t + " Tonight", t + " Again", "Oh " + t,
                           t.replace("The ", "My "), t.replace(" A ", " My "), t.replace("in'", "")])
        return day and near != t and (near, a, day, "ask" if near in (t + "s", t.replace("in'", "")) else "other")
    if kind == "near_title_other":
        day = later(b, .3, 40)
        near = rng.choice([t + "!", t + "s", t[:-1], t + " " + rng.choice(["Twist", "Shuffle", "Boogie", "Now"]), "Oh " + t, t + "?"])
        return day and (near, other_act(day.year), day, "other")
    return None


def other_act(year):
    """An act already on the chart in those years."""
    for _ in range(400):
        name = rng.choice(ALL_ACTS)
        if abs(ACTS[name]["year"] - year) < 7:
            return name
    return new_act(year)


ALL_ACTS = []


def specials(table, maker):
    bases = [r for r in ROWS if r["kind"] in ("plain", "number_one") and not r.get("used")]
    for kind, wanted in table.items():
        tries = made = 0
        while made < wanted and tries < 60000:
            tries += 1
            b = rng.choice(bases)
            if b.get("used") or (b["kind"] != "plain" and kind not in ("cover", "cast_cover", "tribute", "re_same", "re_case")):
                continue
            got = maker(kind, b)
            if not got or clashes(got[0], got[1], b) or (not kind.startswith("re_") and names(got[1]) == set()):
                continue
            if kind in ("cover", "near_title_other") and names(got[1]) & names(b["artist"]):
                continue
            add(got[0], got[1], got[2], kind, b["song"] if kind.startswith("re_") else None, got[3], b)
            b["used"] = True
            made += 1
        print(kind, made, "" if made == wanted else f"(of {wanted})")


def orchestras():
    for theme in W["themes"][:ORCHESTRA_THEMES]:
        base, day = None, chart_day(rng.randint(1958, 1966))
        for leader in rng.sample(W["leaders"], rng.randint(3, 5)):
            credit = rng.choice(["{} And His Orchestra"] * 5 + ["{} & His Orchestra", "{} And His Chorus And Orchestra", "The {} Orchestra", "{}"]).format(leader)
            row = add(theme, credit, day + timedelta(days=7 * rng.randint(0, 40) * bool(base)), "orchestra" if base else "plain", mate=base)
            base = base or row


def real_rows():
    """The number ones, then the hand-written look-alikes that hang on them."""
    path = NUMBER_ONES
    for r in csv.DictReader(path.open(encoding="utf-8-sig")):
        day = date.fromisoformat(r["date"]) - timedelta(days=7 * rng.randint(1, 12))
        add(r["song"], r["artist"].replace(" ft. ", " Featuring "), max(day, FIRST), "number_one")
        TAKEN.update(plain(n) for n in re.split(r" ft\. | & |, ", r["artist"]))
    known = {(r["title"], r["artist"]): r for r in ROWS}
    for line in (HERE / "real_pairs.txt").read_text("utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        kind, fair, truth, *records = line.split("|")
        base = None
        for title, artist, year in (r.split(" ~ ") for r in records):
            row = known.get((title, artist))
            if not row or base and row is base:
                day = chart_day(int(year)) if not base else max(chart_day(int(year)), base["day"] + timedelta(days=21)) if truth == "same" else chart_day(int(year))
                judged = ("ask" if day and base and (day - base["day"]).days > JOIN_YEARS * 365 else "join") if fair == "AUTO" else fair
                row = add(title, artist, day, kind if base else "real_base", base["song"] if base and truth == "same" else None, judged if base else "other", base)
                known.setdefault((title, artist), row)
            row["used"] = True
            base = base or row


def write():
    ROWS.sort(key=lambda r: (r["day"], plain(r["title"]), plain(r["artist"]), r["kind"]))
    songs = {}
    for number, r in enumerate(ROWS, 1):
        r["row"] = number
        r["id"] = songs.setdefault(id(r["song"]), f"S{len(songs) + 1:05d}")
    with (HERE / "chart.csv").open("w", encoding="utf-8", newline="") as chart, (HERE / "chart_answers.csv").open("w", encoding="utf-8", newline="") as answers:
        rows, truth = csv.writer(chart, lineterminator="\n"), csv.writer(answers, lineterminator="\n")
        rows.writerow("title artist entered peak weeks debut".split())
        truth.writerow("row song kind fair with".split())
        for r in ROWS:
            peak = 1 if r["kind"] == "number_one" else min(100, max(2, int(rng.triangular(1, 101, 62))))
            debut = rng.randint(max(peak, 40), 100) if rng.random() < .85 else rng.randint(peak, 100)
            rows.writerow([r["title"], r["artist"], r["day"].isoformat(), peak, max(1, int((101 - peak) / 5 * rng.uniform(.4, 1.5))), debut])
            truth.writerow([r["row"], r["id"], r["kind"], r["fair"], r["mate"]["row"] if r["mate"] else ""])
    print(len(ROWS), "rows,", len(songs), "recordings")


if __name__ == "__main__":
    real_rows()
    orchestras()
    careers()
    ALL_ACTS.extend(ACTS)
    specials(RESPELL, respell)
    specials(SPECIAL, special)
    write()
