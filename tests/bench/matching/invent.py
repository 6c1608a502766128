"""Names and titles for make_chart.py: word lists, invented acts and songs, and what counts as one word in common.

One random generator, `rng`, is shared by both files, so that one seed settles everything.
"""
import random
import re
import unicodedata
from pathlib import Path

SEED = 1717
HERE = Path(__file__).resolve().parent
STOP = set("the and a of his her their featuring feat ft with orchestra cast band brothers boyz young lil big dj mc "
           "x singers chorus trio y los las top harmony".split())
NUMBERS = {"2": "Two", "3": "Three", "4": "Four", "5": "Five", "7": "Seven", "9": "Nine", "10": "Ten", "100": "Hundred"}
rng = random.Random(SEED)
ACTS = {}      # invented act -> how its name is made, and the year of its start
TAKEN = set()  # names in use, the real ones of the number ones too


def plain(text):
    """Letters and digits in lower case, without accents; "&" reads "and"."""
    text = unicodedata.normalize("NFKD", text.replace("$", "s").replace("&", " and "))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower().replace("'", "").replace("’", "")
    return " ".join(re.findall(r"\w+", text))


def core(title):
    """The title without brackets, dash notes and "the": what look-alikes have in common."""
    bare = re.sub(r"\([^)]*\)|\[[^]]*\]| - .*$", " ", title)
    return " ".join(w for w in plain(bare).split() if w != "the") or plain(title)


def names(artist):
    return {w for w in plain(artist).split() if w not in STOP and len(w) > 1}


def words():
    found, lists = None, {}
    for line in (HERE / "words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            found = lists.setdefault(line.strip("[]"), [])
        elif line and line[0] != "#":
            found += [w.strip() for w in line.split(", ") if w.strip() not in found]
    return lists


W = words()


def many(noun):
    """The plural of a made-up name's noun."""
    odd = {"Man": "Men", "Woman": "Women", "Boy": "Boys", "Eyes": "Eyes", "Arms": "Arms", "Lips": "Lips", "Shoes": "Shoes"}
    if noun.endswith(("s", "ss", "sh", "ch", "tch")) and noun not in odd:
        return noun + "es"
    return odd.get(noun) or (noun[:-1] + "ies" if noun.endswith("y") and noun[-2:] not in ("ay", "ey", "oy") else noun + "s")


def pick(name):
    return rng.choice(W[name])


def new_act(year, first=None, last=None):
    """A new name in the manner of its years; its make is kept in ACTS."""
    for _ in range(200):
        f, l, n = first or pick("first"), last or pick("last"), pick("noun")
        roll = rng.random()
        if first or last or roll < .42:
            name, make = f"{f} {l}", dict(make="solo", first=f, last=l)
        elif year < 1975:
            name, make = rng.choice([
                (f"The {many(n)}", dict(make="band", word=n)), (f"The {pick('adj')} {many(n)}", dict(make="band", word=n)),
                (f"{f} {l} & The {many(n)}", dict(make="front", first=f, last=l)),
                (f"{f} {l} And The {many(n)}", dict(make="front", first=f, last=l)),
                (f"{f} & {pick('first')}", dict(make="duo", last=f)), (f"{l} & {pick('last')}", dict(make="duo", last=l)),
                (f"The {pick('place')} {many(n)}", dict(make="band", word=n)), (f"The {l} Brothers", dict(make="band", word=l))])
        elif year < 1992:
            name, make = rng.choice([
                (f"{pick('adj')} {n}", dict(make="band", word=n)), (f"The {many(n)}", dict(make="band", word=n)),
                (f"{pick('place')} {n}", dict(make="band", word=n)), (pick("mono"), dict(make="mono")),
                (f"{f} {l} & The {many(n)}", dict(make="front", first=f, last=l)), (f"{l} & {pick('last')}", dict(make="duo", last=l))])
        else:
            name, make = rng.choice([
                (pick("mono"), dict(make="mono")), (f"Lil {pick('rap')}", dict(make="rap")), (f"Young {pick('rap')}", dict(make="rap")),
                (f"{pick('rap')} {pick('mono')}", dict(make="rap")), (f"DJ {pick('rap')}", dict(make="rap")),
                (f"{pick('adj')} {many(n)}", dict(make="band", word=n)), (f"{pick('adj')} {n}", dict(make="band", word=n)),
                (f"{f[0]}. {l}", dict(make="rap")), (f"{pick('place')} {pick('rap')}", dict(make="rap"))])
        if not any(plain(x) in TAKEN for x in (name, name.replace("The ", ""))):
            TAKEN.update((plain(name), plain(name.replace("The ", ""))))
            ACTS[name] = dict(make, year=year)
            return name
    raise SystemExit("no names left")


def new_title(year):
    a, n, m, v = pick("tadj"), pick("tnoun"), pick("tnoun"), pick("verb")
    form = rng.choice([
        f"{a} {n}", f"{a} {n}", f"{n} {many(m)}", f"The {n} Of {m}", f"{v} Me {rng.choice(['Tonight', 'Again', 'Now', 'Like That', 'Forever', 'Slowly'])}",
        f"Don't {v} My {n}", f"I {v} Your {n}", f"{pick('gerund')} In The {n}", f"{pick('gerund')} To {pick('place_t')}",
        f"Back To {pick('place_t')}", f"{pick('place_t')} {n}", f"What A {a} {n}", f"Ain't No {n}", f"How Do You {v} A {n}",
        f"{rng.choice(list(NUMBERS))} {many(n)}", f"When The {n} Comes", f"No {n}, No {m}", f"{v} The {n}", f"My {a} {n}",
        f"{n} On My {m}", f"Who's Gonna {v} My {n}", f"You {v} Me Like A {n}", f"The {a} {n}", f"{n} And {m}",
        f"{pick('gerund')} With A {a} {n}", f"Never {v} A {n}", f"Let's {v} The {n}", f"{n} In {pick('place_t')}"])
    if rng.random() < .07:
        form = rng.choice([f"{form} ({v} My {m})", f"({v} Me) {form}", f"{form} ({pick('gerund')} On)"])
    elif 1962 < year < 1980 and rng.random() < .02:
        form += rng.choice([" (Pt. 1)", " - Part 1", " Pt. 2", " (Part 2)"])
    elif year > 2016 and rng.random() < .12:
        form = form.lower() if rng.random() < .6 else form.upper()
    return form
