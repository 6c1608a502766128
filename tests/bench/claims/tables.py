"""Made-up infobox tables with sentences about them, labelled by construction: what the weights for tables are trained on.

Nothing here comes from a data set: entities, values and wordings are our own, and the label follows from the table.
"""

from __future__ import annotations

from random import Random
from typing import Any

from .world import ALBUMS, BANDS, CITIES, FIRST, LABELS, LAST, STUDIOS

MONTHS = "January February March April May June July August September October November December".split()
GENRES = [
    "Indie rock",
    "soul",
    "folk rock",
    "synth-pop",
    "country",
    "hip hop",
    "heavy metal",
    "jazz",
    "reggae",
    "house",
    "punk rock",
    "disco",
    "R&B",
]
COUNTRIES = ["England", "Sweden", "Canada", "Ireland", "Australia", "Norway", "Japan", "California, U.S.", "Texas, U.S."]
JOBS = ["Singer", "songwriter", "record producer", "actor", "guitarist", "dancer", "rapper"]
TOOLS = ["Vocals", "guitar", "piano", "drums", "bass", "violin", "keyboards"]
EXTRA = [
    "has toured the world many times",
    "is among the most successful acts of the decade",
    "won several awards",
    "was influenced by gospel music",
    "is known for energetic live shows",
    "has a large following in South America",
    "grew up in a musical family",
    "sold millions of records",
    "prefers to work at night",
    "was a critical success",
    "is often compared to better known acts",
    "donated money to charity",
    "had trouble with the record company",
    "received mixed reviews from critics",
    "is considered a classic",
    "was almost cancelled by the label",
    "inspired a whole generation",
    "is popular with teenagers",
    "studied law before turning to music",
    "was written during a difficult time",
]
Example = tuple[list[str], str, bool]


def number(dice: Random, n: int) -> str:
    words = "zero one two three four five six seven eight nine ten eleven twelve".split()
    return words[n] if n <= 12 and dice.random() < 0.5 else str(n)


def listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def wrong(dice: Random, pool: list[str], right: list[str]) -> str:
    return dice.choice([p for p in pool if p.lower() not in {r.lower() for r in right}])


def artist(dice: Random) -> tuple[str, dict[str, Any], list[str]]:
    person = dice.random() < 0.6
    name = f"{dice.choice(FIRST)} {dice.choice(LAST)}" if person else dice.choice(BANDS)
    start = dice.randint(1958, 2012)
    born = start - dice.randint(14, 32)
    end = None if dice.random() < 0.6 else start + dice.randint(3, 30)
    t: dict[str, Any] = {
        "name": name, "person": person, "start": start, "end": end, "born": born, "month": dice.randint(1, 12), "day": dice.randint(1, 28),
        "genres": dice.sample(GENRES, dice.randint(1, 5)), "labels": dice.sample(LABELS, dice.randint(1, 4)),
        "origin": f"{dice.choice(CITIES)}, {dice.choice(COUNTRIES)}", "acts": dice.sample([b for b in BANDS if b != name], dice.randint(1, 4)),
        "jobs": dice.sample(JOBS, dice.randint(1, 4)), "tools": dice.sample(TOOLS, dice.randint(1, 4)), "children": dice.randint(1, 5),
        "spouse": f"{dice.choice(FIRST)} {dice.choice(LAST)}", "married": start + dice.randint(1, 6),
    }  # fmt: skip
    rows = []
    if person:
        age = f" (age {2019 - born})" if end is None else ""
        rows.append(f"{name} | Born | {MONTHS[t['month'] - 1]} {t['day']}, {born}{age} {t['origin']}")
        if dice.random() < 0.6:
            rows.append(f"{name} | Occupation | {'; '.join(t['jobs'])}")
        rows.append(f"{name} | Instruments | {'; '.join(t['tools'])}")
        if dice.random() < 0.5:
            rows += [f"{name} | Spouse(s) | {t['spouse']} (m. {t['married']})", f"{name} | Children | {t['children']}"]
            t["family"] = True
    else:
        rows.append(f"{name} | Origin | {t['origin']}")
        if dice.random() < 0.5:
            t["members"] = [f"{dice.choice(FIRST)} {dice.choice(LAST)}" for _ in range(dice.randint(2, 6))]
            rows.append(f"{name} | Members | {'; '.join(t['members'])}")
    rows += [
        f"{name} | Genres | {'; '.join(t['genres'])}",
        f"{name} | Years active | {start}-{end or 'present'}",
        f"{name} | Labels | {'; '.join(t['labels'])}",
        f"{name} | Associated acts | {'; '.join(t['acts'])}",
    ]
    return name, t, rows


def about_artist(dice: Random) -> Example:
    name, t, rows = artist(dice)
    he = "They" if not t["person"] else dice.choice(["He", "She"])
    who = dice.choice([name, name, he])
    kind = dice.choice(["good", "good", "bad", "bad", "open"])
    good = kind == "good"
    length = (t["end"] or 2019) - t["start"]
    options: list[str] = []
    y = t["start"] if good else t["start"] + dice.choice([-9, -4, -2, 3, 5, 11])
    options += [
        f"{who} has been active since {y}." if t["end"] is None else f"{who} started performing in {y}.",
        f"{who} began a career in music in {y}.",
    ]
    d = (t["start"] if good else t["start"] + dice.choice([-20, -10, 10, 20])) // 10 * 10
    options += [f"{who} started out in the {d}s.", f"{name} began performing in the {d}s."]
    over = max(1, length - dice.randint(1, 8)) if good else length + dice.randint(4, 20)
    options += [f"{name} has been making music for over {over} years.", f"{who} was active for more than {over} years."]
    under = length + dice.randint(3, 15) if good else max(1, length - dice.randint(4, 15))
    options += [f"{name} was active for less than {under} years."]
    for noun, key in (("genres", "genres"), ("labels", "labels"), ("associated acts", "acts")):
        n = len(t[key])
        options += [f"{name} has {number(dice, n if good else n + dice.choice([1, 2, 3]))} {noun}."]
        options += [f"{name} has more than {number(dice, n - 1 if good else n + 1)} {noun}."] if n > 1 else []
        options += [f"{name} has had multiple {noun}."] if (n > 1) == good else []
    g = dice.sample(t["genres"], min(2, len(t["genres"])))
    if not good:
        g[-1] = wrong(dice, GENRES, t["genres"])
    options += [
        f"{name} plays {listed(g)}.",
        f"{name} is a {g[-1]} act.",
        f"{who} makes {g[-1]} music.",
        f"One genre of {name} is {g[-1]}.",
    ]
    label = dice.choice(t["labels"]) if good else wrong(dice, LABELS, t["labels"])
    options += [f"{name} was signed to {label}.", f"{who} released music under {label}."]
    place = t["origin"].split(",")[0] if good else wrong(dice, CITIES, [t["origin"].split(",")[0]])
    options += [f"{name} is from {place}.", f"{name} comes from {place}."] + ([f"{name} was born in {place}."] if t["person"] else [])
    act = dice.choice(t["acts"]) if good else wrong(dice, BANDS, [*t["acts"], name])
    options += [f"{name} has worked with {act}.", f"{act} is associated with {name}."]
    if t["person"]:
        b = t["born"] if good else t["born"] + dice.choice([-10, -3, 2, 7])
        options += [f"{name} was born in {b}.", f"{who} was born in {MONTHS[(t['month'] - 1 + (0 if good else 3)) % 12]}."]
        age = t["start"] - t["born"] + (0 if good else dice.choice([-7, 6, 12]))
        options += [f"{name} was {age} years old when {he.lower()} began performing.", f"{name} started a career at age {age}."]
        tool = dice.choice(t["tools"]) if good else wrong(dice, TOOLS, t["tools"])
        options += [
            f"{name} plays {tool.lower()}.",
            f"{who} can play {number(dice, len(t['tools']) if good else len(t['tools']) + 2)} instruments.",
        ]
        if t.get("family"):
            kids = t["children"] + (0 if good else dice.choice([1, 2]))
            options += [
                f"{name} has {number(dice, kids)} children.",
                f"{name} married {t['spouse'] if good else 'Lorna Fitch'} in {t['married']}.",
            ]
    if t["end"]:
        options += [
            f"{name} stopped performing in {t['end'] if good else t['end'] + dice.choice([-5, 4])}.",
            f"{name} is {'no longer' if good else 'still'} active.",
        ]
    if not good:
        options += [
            f"{name} never had a label.",
            f"{name} was never associated with {dice.choice(t['acts'])}.",
            f"{name} does not play {dice.choice(t['genres'])}.",
        ]
    text = dice.choice(options)
    if kind == "open":
        return rows, dice.choice([f"{name} {dice.choice(EXTRA)}.", f"{who} {dice.choice(EXTRA)}.", mixed(dice, name, t)]), False
    return rows, text, good


def mixed(dice: Random, name: str, t: dict[str, Any]) -> str:
    """Return a sentence that begins with what the table says and ends with what it does not."""
    return dice.choice([
        f"{name}, who plays {dice.choice(t['genres'])}, {dice.choice(EXTRA)}.",
        f"{name} has been on {dice.choice(t['labels'])} since {t['start']} and {dice.choice(EXTRA)}.",
        f"{name} worked with {dice.choice(t['acts'])} and {dice.choice(EXTRA)}.",
        f"{name} is best known for {dice.choice(t['genres'])}.",
        f"{name} recorded most songs for {dice.choice(t['labels'])}.",
        f"{name} formed {dice.choice(t['acts'])}.",
        f"{name} left {dice.choice(t['labels'])} after a dispute.",
        f"{dice.choice(t['acts'])} toured with {name} for years.",
    ])  # fmt: skip


def about_album(dice: Random) -> Example:
    name = dice.choice(ALBUMS)
    year, month, day = dice.randint(1961, 2018), dice.randint(1, 12), dice.randint(1, 28)
    begun, took = year - dice.choice([0, 1, 1]), dice.randint(1, 14)
    first = dice.randint(1, 12)
    last_year, last = divmod(begun * 12 + first - 1 + took, 12)
    if (last_year, last + 1) >= (year, month):
        begun, first, last_year, last = year - 2, 3, year - 2, 2 + took % 9
    minutes, secs = dice.randint(24, 79), dice.randint(0, 59)
    genres, producers = (
        dice.sample(GENRES, dice.randint(1, 3)),
        [f"{dice.choice(FIRST)} {dice.choice(LAST)}" for _ in range(dice.randint(1, 4))],
    )
    label, studio = dice.choice(LABELS), dice.choice(STUDIOS)
    rows = [
        f"{name} | Released | {MONTHS[month - 1]} {day}, {year}",
        f"{name} | Recorded | {MONTHS[first - 1]} {begun} - {MONTHS[last]} {last_year}",
        f"{name} | Studio | {studio}, {dice.choice(CITIES)}",
        f"{name} | Genre | {'; '.join(genres)}",
        f"{name} | Length | {minutes}:{secs:02d}",
        f"{name} | Label | {label}",
        f"{name} | Producer | {'; '.join(producers)}",
    ]
    kind = dice.choice(["good", "good", "bad", "bad", "open"])
    good = kind == "good"
    off = 0 if good else dice.choice([-5, -2, 1, 3])
    long = minutes - dice.randint(1, 9) if good else minutes + dice.randint(2, 15)
    span = (last_year - begun) * 12 + last + 1 - first
    options = [
        f"{name} was released in {year + off}.", f"{name} came out in the {(year + off * 10) // 10 * 10}s.", f"The album was released in {MONTHS[(month - 1 + (0 if good else 4)) % 12]}.",
        f"{name} was released on {MONTHS[month - 1]} {day if good else day % 28 + 1}, {year}.", f"{name} was recorded in {begun + (0 if good else dice.choice([-4, 5]))}.",
        f"{name} is over {long} minutes long.", f"{name} is less than {minutes + 5 if good else minutes - 4} minutes long.", f"The album runs for {minutes + (0 if good else 7)} minutes.",
        f"{name} was produced by {dice.choice(producers) if good else 'Selma Brandt'}.", f"{name} had {number(dice, len(producers) + (0 if good else 1))} producers.",
        f"{name} had more than one producer." if (len(producers) > 1) == good else f"{dice.choice(producers) if good else 'Oscar Fenn'} produced {name}.",
        f"{name} was released by {label if good else wrong(dice, LABELS, [label])}.", f"{name} is a {dice.choice(genres) if good else wrong(dice, GENRES, genres)} album.",
        f"{name} was recorded at {studio if good else wrong(dice, STUDIOS, [studio])}.", f"It took more than {max(1, span - 2) if good else span + 3} months to record {name}.",
        f"{name} was {'recorded before it was released' if good else 'released before it was recorded'}.", f"{name} is {'longer' if (minutes >= 60) == good else 'shorter'} than an hour.",
        f"{name} was not produced by {'Selma Brandt' if good else producers[0]}.",
    ]  # fmt: skip
    if kind == "open":
        return rows, f"{dice.choice([name, 'The album'])} {dice.choice(EXTRA)}." if dice.random() < 0.5 else dice.choice([
            f"{name} was the best-selling album on {label}.", f"{producers[0]} wrote most of {name}.", f"{name} is the first album recorded at {studio}.",
            f"The recording of {name} was delayed by a strike.", f"{name} was promoted with a tour in {year}.", f"{label} paid a lot for {name}.",
            f"{name} sold well in {year}.", f"{producers[0]} had worked at {studio} before."]), False  # fmt: skip
    return rows, dice.choice(options), good


def examples(seed: int, count: int) -> list[Example]:
    """Return `count` tables, sentences and whether the table supports them."""
    dice = Random(seed)
    return [dice.choice([about_artist, about_artist, about_album])(dice) for _ in range(count)]
