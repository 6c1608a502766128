"""Planted errors M1 to M20: from a true sentence, its facts and the song's facts, a sentence that no fact of the song says.

Each operator yields (text, evidence, song) or nothing. What could still be true is left out by looking at the typed facts,
never by asking the verifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from .sentences import MONTHS, SMALL, Claim, Teller, listed, spoken_date
from .world import CHARTS, CREDITS, CRITICS, QUOTES, Song

EVALUATION = """stunning gorgeous forgettable timeless groundbreaking infectious lush bleak seminal underrated controversial iconic tender
raucous effortlessly brilliantly sadly surprisingly notoriously famously allegedly quietly simply arguably undeniably predictably
evocative muscular shimmering soulful gritty haunting danceable ambitious lazy overlong polished legendary award-winning catchy""".split()
QUANTITY = ["only", "first", "most", "best-selling", "all", "every", "the only", "the first", "highest-charting", "longest", "last", "sole"]
CAUSES = """
 because the label demanded a hit
, inspired by a broken engagement
, which led to a world tour
 in order to please the radio
 as a result of a lost bet
 so that the band could pay its debts
, prompted by a family row
 thanks to a television advert
, which made the group famous
 to get back at a rival
""".strip("\n").splitlines()
PRIZES = """
 and won a Grammy Award
 and was certified diamond in Brazil
 and was nominated for a Mercury Prize
 and topped the French chart
 and received an Ivor Novello Award
, and went gold in Norway
, and entered the Rock and Roll Hall of Fame
 and reached number one in Belgium
, winning a Brit Award
 and was named single of the year
""".strip("\n").splitlines()
Mutant = tuple[str, list[dict[str, Any]], Song]
Operator = Callable[["Bench", Claim], Iterator[Mutant]]


@dataclass
class Bench:
    songs: list[Song]
    dice: Random

    def other(self, song: Song, predicate: str) -> dict[str, Any] | None:
        choices = [f for s in self.dice.sample(self.songs, 8) if s is not song for f in s.of(predicate)]
        return self.dice.choice(choices) if choices else None


def said(claim: Claim, fact: dict[str, Any]) -> str:
    """Return the form of a fact's name that the sentence uses, an empty text where it uses none."""
    return next((n for n in [str(fact["value"]), *fact["aliases"]] if n in claim.text), "")


def holders(song: Song, name: str) -> set[str]:
    return {f["predicate"] for f in song.facts if f["value"] == name}


def people_of(claim: Claim) -> list[tuple[dict[str, Any], str]]:
    return [(f, said(claim, f)) for f in claim.facts if f["predicate"] in CREDITS and said(claim, f)]


def own(claim: Claim, text: str) -> Mutant:
    return text, list(claim.facts), claim.song


def swap_person_out(b: Bench, c: Claim) -> Iterator[Mutant]:
    for fact, form in people_of(c):
        other = b.other(c.song, fact["predicate"])
        if other and fact["predicate"] not in holders(c.song, other["value"]):
            yield own(c, c.text.replace(form, other["value"], 1))


def swap_person_in(b: Bench, c: Claim) -> Iterator[Mutant]:
    named = people_of(c)
    for i, (fa, a) in enumerate(named):
        for fb, d in named[i + 1 :]:
            same = fa["predicate"] == fb["predicate"] and fa["qualifiers"] == fb["qualifiers"]
            if (
                a == d
                or same
                or a in d
                or d in a
                or holders(c.song, fa["value"]) & {fb["predicate"]}
                or (holders(c.song, fb["value"]) & {fa["predicate"]} and fa["predicate"] != "instrument")
            ):
                continue
            yield own(c, c.text.replace(a, "\0").replace(d, a).replace("\0", d))


CONFUSED = [
    ("wrote", "produced", "producer"),
    ("produced", "wrote", "writer"),
    ("written", "produced", "producer"),
    ("penned", "produced", "producer"),
    ("mixed", "mastered", "mastering_engineer"),
    ("mastered", "mixed", "mixer"),
    ("engineered", "produced", "producer"),
    ("produced", "engineered", "engineer"),
    ("produced", "co-produced", "co_producer"),
    ("co-produced", "produced", "producer"),
    ("executive producer", "producer", "producer"),
    ("produced", "executive-produced", "executive_producer"),
    ("directed", "produced", "producer"),
    ("arranged", "conducted", "conductor"),
    ("conducted", "arranged", "arranger"),
    ("producer", "engineer", "engineer"),
    ("songwriter", "producer", "producer"),
    ("writer", "producer", "producer"),
    ("remixed", "mixed", "mixer"),
    ("mixing", "mastering", "mastering_engineer"),
    ("lyrics", "music", "composer"),
    ("composed", "arranged", "arranger"),
    ("lyricist", "producer", "producer"),
    ("mix", "arrangement", "arranger"),
    ("features", "was produced by", "producer"),
    ("sings", "wrote", "writer"),
    ("plays", "produced", "producer"),
]


def swap_role(b: Bench, c: Claim) -> Iterator[Mutant]:
    for word, other, predicate in b.dice.sample(CONFUSED, len(CONFUSED)):
        if (
            re.search(rf"\b{word}\b(?! s)", c.text)
            and not any(predicate in holders(c.song, f["value"]) for f, _ in people_of(c))
            and people_of(c)
        ):
            if word == "lyrics" and "music" in c.text:
                continue
            yield own(c, re.sub(rf"\b{word}\b", other, c.text, count=1))
            return


REVERSED = """
samples | "{sample}" by {sampleartist} samples {it}.
samples | {sampleartist} sampled it in "{sample}".
samples | {It} is sampled in "{sample}" by {sampleartist}.
samples | "{sample}" contains a sample of {it}.
samples | {sampleartist} borrowed from it for "{sample}".
sampled_by | {It} samples "{sampling}" by {sampler}.
sampled_by | {It} contains a sample of "{sampling}" by {sampler}.
sampled_by | "{sampling}" by {sampler} is sampled in it.
covers | {original} covered {it}.
covers | {It} was covered by {original}.
covers | A cover by {original} exists.
covers | {original} recorded a cover version of {it}.
covered_by | {It} is a cover of a song by {coverer}.
covered_by | The original is by {coverer}.
covered_by | {It} covers {coverer}.
covered_by | {coverer} recorded the original.
remixed_by | {It} remixed {mixer}.
remixed_by | {It} is a remix of a song by {mixer}.
named_after | {namesake} was named after {it}.
named_after | {namesake} takes its name from {it}.
signed_to | {signer} signed to {artist}.
signed_to | {artist} signed {signer}.
"""


def reverse(b: Bench, c: Claim) -> Iterator[Mutant]:
    for fact in c.facts:
        for predicate, _, template in (line.partition(" | ") for line in REVERSED.strip().splitlines()):
            if predicate == fact["predicate"]:
                yield own(c, Teller(c.song, b.dice).fill(template))


def years(b: Bench, c: Claim) -> Iterator[Mutant]:
    known = {d[:4] for f in c.song.facts for d in [str(f["value"]), *map(str, f["qualifiers"].values())] if re.match(r"\d{4}", d)}
    for m in re.finditer(r"\b(?:19|20)\d\d\b", c.text):
        y = m.group()
        for new in sorted({str(int(y) + b.dice.choice([-1, 1, -10, 10])), y[:2] + y[3] + y[2]} - known):
            yield own(c, c.text[: m.start()] + new + c.text[m.end() :])
    for name in MONTHS:
        if re.search(rf"\b{name}\b", c.text):
            months = {
                d[5:7] for f in c.facts for d in [str(f["value"]), str(f["qualifiers"].get("date", ""))] if re.match(r"\d{4}-\d\d", d)
            }
            wrong = b.dice.choice([m for i, m in enumerate(MONTHS, 1) if f"{i:02d}" not in months])
            yield own(c, re.sub(rf"\b{name}\b", wrong, c.text, count=1))


def swap_dates(b: Bench, c: Claim) -> Iterator[Mutant]:
    rel, rec = c.song.of("released")[0], c.song.of("recorded_on")[0]
    swapped = [
        ("{It} was released on {rec}.", "rec"),
        ("{It} came out on {rec}.", "rec"),
        ("{It} was recorded on {rel}.", "rel"),
        ("Recorded on {rel}, {it} was released on {rec}.", "both"),
        ("The recording was made on {rel}.", "rel"),
    ]
    template, _ = b.dice.choice(swapped)
    if any(f["predicate"] in {"released", "recorded_on"} for f in c.facts) and rel["value"] != rec["value"]:
        text = Teller(c.song, b.dice).fill(
            template.replace("{rec}", spoken_date(b.dice, rec["value"])).replace("{rel}", spoken_date(b.dice, rel["value"]))
        )
        yield text, [rel, rec], c.song


_COUNT = re.compile(r"(?<![\w.,:\0])(\d{1,3})(?![\w,:%\0]|\.\d| (?:" + "|".join(MONTHS) + "))")


def figures(b: Bench, c: Claim) -> Iterator[Mutant]:
    known = {float(v) for f in c.facts for v in [f["value"], *f["qualifiers"].values()] if isinstance(v, int | float)}
    text = re.sub(r"\b(?:1[5-9]|20)\d\d\b", lambda m: "\0" * 4, c.text)
    protected = " ".join(
        [c.song.title, c.song.artist, *(str(v) for f in c.facts for v in [f["value"], *f["qualifiers"].values()] if isinstance(v, str))]
    )
    for m in _COUNT.finditer(text):
        before = text[max(0, m.start() - 12) : m.start()]
        if m.group() in protected or any(month in before for month in MONTHS):
            continue
        n = int(m.group())
        for new in {n + b.dice.choice([-1, 1]), n * 10}:
            if new > 0 and float(new) not in known:
                yield own(c, c.text[: m.start()] + str(new) + c.text[m.end() :])
    for i, w in enumerate(SMALL[1:12], 1):
        if re.search(rf"(?<![-\w]){w}(?![-\w])", text) and w not in protected.lower() and not re.search(rf"\b{w} of\b", text):
            new = i + 1 if i == 1 else i + b.dice.choice([-1, 1])
            if float(new) not in known:
                yield own(c, re.sub(rf"(?<![-\w]){w}(?![-\w])", SMALL[new], c.text, count=1))
    for m in re.finditer(r"\b(\d+):(\d\d)\b", c.text):
        yield own(c, c.text[: m.start()] + f"{m.group(1)}:{(int(m.group(2)) + 1) % 60:02d}" + c.text[m.end() :])
    for m in re.finditer(r"\b\d+(?:\.\d)? million\b|\b\d{3},000\b", c.text):
        yield own(c, c.text.replace(m.group(), "7.5 million", 1))


def chart_name(b: Bench, c: Claim) -> Iterator[Mutant]:
    mine = [f for f in c.facts if f["predicate"] == "charted" and f["qualifiers"]["chart"] in c.text]
    for f in mine:
        for other, _ in b.dice.sample(CHARTS, 3):
            twin = [g for g in c.song.of("charted") if g["qualifiers"]["chart"] == other]
            if other != f["qualifiers"]["chart"] and other not in c.text and not any(g["value"] == f["value"] for g in twin):
                evidence = list(c.facts) + [g for g in twin if g not in c.facts]
                yield c.text.replace(f["qualifiers"]["chart"], other, 1), evidence, c.song


def negation(b: Bench, c: Claim) -> Iterator[Mutant]:
    swaps = [
        (" was ", " was not "),
        (" is ", " is not "),
        (" were ", " were never "),
        (" has ", " has never "),
        (" wrote ", " never wrote "),
        (" produced ", " did not produce "),
        (" reached ", " never reached "),
        (" peaked ", " never peaked "),
        (" with ", " without "),
        (" plays ", " never plays "),
        (" samples ", " never samples "),
        (" won ", " never won "),
        (" came ", " never came "),
        (" topped ", " never topped "),
        (" features ", " does not feature "),
        (" runs ", " never runs "),
        (" released ", " never released "),
    ]
    for old, new in b.dice.sample(swaps, len(swaps)):
        if old in c.text:
            yield own(c, c.text.replace(old, new, 1))
            return


def insert(c: Claim, dice: Random, word: str) -> str:
    quoted = [(m.start(), m.end()) for m in re.finditer(r'"[^"]*"', c.text)]
    spots = [m.start() for m in re.finditer(" ", c.text) if not any(a <= m.start() < z for a, z in quoted)]
    at = dice.choice(spots)
    return c.text[:at] + " " + word + c.text[at:]


def quantity(b: Bench, c: Claim) -> Iterator[Mutant]:
    yield own(c, insert(c, b.dice, b.dice.choice(QUANTITY)))
    if (m := re.search(r"\b(\d+|two|three|four|five|six|seven|eight|nine) (weeks|beats|minutes)", c.text)) is not None:
        yield own(c, c.text[: m.start()] + "more than " + c.text[m.start() :])


def evaluation(b: Bench, c: Claim) -> Iterator[Mutant]:
    yield own(c, insert(c, b.dice, b.dice.choice(EVALUATION)))


def ending(*tails: str) -> Operator:
    def operate(b: Bench, c: Claim) -> Iterator[Mutant]:
        yield own(c, c.text.rstrip(".") + b.dice.choice(tails) + ".")

    return operate


def move_citation(b: Bench, c: Claim) -> Iterator[Mutant]:
    values = {str(f["value"]) for f in c.facts}
    others = [
        f
        for f in c.song.facts
        if f not in c.facts and str(f["value"]) not in values and f["predicate"] not in {g["predicate"] for g in c.facts}
    ]
    yield c.text, [b.dice.choice(others)], c.song


def drop_citation(b: Bench, c: Claim) -> Iterator[Mutant]:
    if len(c.facts) > 1:
        gone = b.dice.choice(c.facts)
        rest = [f for f in c.facts if f is not gone]
        twins = {(f["predicate"] in CREDITS, str(f["value"])) for f in rest}
        if (gone["predicate"] in CREDITS, str(gone["value"])) not in twins:
            yield c.text, rest, c.song


def wrong_song(b: Bench, c: Claim) -> Iterator[Mutant]:
    wanted = [f["predicate"] for f in c.facts]
    for s in b.dice.sample(b.songs, 10):
        evidence = [f for p in dict.fromkeys(wanted) for f in s.of(p)]
        mine = {(f["predicate"], str(f["value"]), str(f["qualifiers"])) for f in c.facts}
        if (
            s is not c.song
            and {f["predicate"] for f in evidence} == set(wanted)
            and not mine & {(f["predicate"], str(f["value"]), str(f["qualifiers"])) for f in evidence}
        ):
            numbers = [f for f in c.facts if any(f["value"] == g["value"] for g in evidence)]
            if not numbers:
                renamed = [{**f, "subject": c.song.title} for f in evidence]
                yield c.text, renamed, c.song
                return


def merge_people(b: Bench, c: Claim) -> Iterator[Mutant]:
    named = people_of(c)
    for fact, form in named:
        parts = form.split()
        if len(parts) == 2 and form == fact["value"]:
            yield own(c, c.text.replace(form, b.dice.choice(["Lionel", "Agnes", "Roscoe", "Beatrix"]) + " " + parts[1], 1))
        for other in c.song.facts:
            shared = fact["predicate"] in holders(c.song, other["value"]) or fact["predicate"] in {"vocal", "instrument"}
            if other["predicate"] in CREDITS and not shared and not any(n in c.text for n in [other["value"], *other["aliases"]]):
                yield c.text.replace(form, f"{form} and {other['value']}", 1), [*c.facts, other], c.song
                break


def alone(b: Bench, c: Claim) -> Iterator[Mutant]:
    for predicate in sorted({f["predicate"] for f in c.facts} & CREDITS):
        several = [(f, form) for f, form in people_of(c) if f["predicate"] == predicate]
        if len(several) > 1 and predicate not in {"instrument"}:
            joined = re.compile(
                "(?:"
                + "|".join(re.escape(form) for _, form in several)
                + ")(?:(?:, and |, | and )(?:"
                + "|".join(re.escape(form) for _, form in several)
                + "))+"
            )
            if m := joined.search(c.text):
                kept = b.dice.choice(several)[1]
                yield own(c, c.text[: m.start()] + kept + " alone" + c.text[m.end() :])
    named = [(f, form) for f, form in people_of(c) if len(holders(c.song, f["value"])) == 1]
    for fa, a in named:
        for fb, d in named:
            if (
                fa["predicate"] != fb["predicate"]
                and fa["predicate"] not in holders(c.song, fb["value"])
                and fa["predicate"] not in {"instrument", "vocal"}
                and a not in d
                and d not in a
            ):
                yield own(c, c.text.replace(a, listed(b.dice, [a, d]), 1))
                return


ORDERED = [
    "{It} was recorded on {rec}, before it was released on {rel}.",
    "{It} was released on {rel}, after it was recorded on {rec}.",
    "Recorded on {rec}, {it} was released later, on {rel}.",
    "Before it was released on {rel}, it was recorded on {rec}.",
    "After it was recorded on {rec}, it came out on {rel}.",
    "It was recorded on {rec} and released on {rel}, which was later.",
]
TURN = {"before": "after", "after": "before", "Before": "After", "After": "Before", "later": "earlier", "earlier": "later"}


def turn_order(b: Bench, c: Claim) -> Iterator[Mutant]:
    text = Teller(c.song, b.dice).fill(b.dice.choice(ORDERED[:5]))
    evidence = [c.song.of("recorded_on")[0], c.song.of("released")[0]]
    yield re.sub(r"\b(before|after|Before|After|later|earlier)\b", lambda m: TURN[m.group()], text, count=1), evidence, c.song


def quote(b: Bench, c: Claim) -> Iterator[Mutant]:
    for fact in c.facts:
        if fact["predicate"] != "described_as":
            continue
        words = fact["value"].split()
        at = b.dice.randrange(len(words))
        yield own(
            c, c.text.replace(fact["value"], " ".join([*words[:at], b.dice.choice(["never", "loud", "bread", "seven"]), *words[at + 1 :]]))
        )
        yield own(c, c.text.replace(fact["value"], b.dice.choice([q for q in QUOTES if q != fact["value"]])))
        critic = fact["qualifiers"]["by"]
        yield own(c, c.text.replace(critic, b.dice.choice([n for n, _ in CRITICS if n != critic])))
        other = b.dice.choice([f for f in c.song.facts if f["predicate"] in CREDITS])
        yield c.text.replace(critic, other["value"]), [*c.facts, other], c.song


def status(b: Bench, c: Claim) -> Iterator[Mutant]:
    at = b.dice.randrange(len(c.facts))
    yield (
        c.text,
        [{**f, "status": b.dice.choice(["disputed", "disputed", "retracted"])} if i == at else f for i, f in enumerate(c.facts)],
        c.song,
    )
    for fact in c.facts:
        if fact["predicate"] == "inspired_by":
            yield (
                c.text,
                [{**f, "qualifiers": {**f["qualifiers"], "degree": b.dice.choice(["partly", "reportedly"])}} for f in c.facts],
                c.song,
            )


def compound(b: Bench, c: Claim) -> Iterator[Mutant]:
    operators = [swap_person_out, swap_role, years, figures, evaluation, quantity, ending(*CAUSES), ending(*PRIZES), negation]
    for first in b.dice.sample(operators, 3):
        bad = next(first(b, c), None)
        if bad is None:
            continue
        spoiled = Claim(c.song, bad[0], tuple(bad[1]), c.kind, c.template)
        worse = next(b.dice.choice(operators)(b, spoiled), None)
        text = (worse or bad)[0]
        label = next((f for f in c.song.of("label") if f not in c.facts), None)
        if label and b.dice.random() < 0.5:
            yield f"{label['value']} released it; {text}", [*c.facts, label], c.song
        else:
            yield own(c, text)
        return


OPERATORS: dict[str, list[Operator]] = {
    "M1 swap-person-out": [swap_person_out],
    "M2 swap-person-in": [swap_person_in],
    "M3 swap-role": [swap_role],
    "M4 reverse-relation": [reverse],
    "M5 year/date": [years, swap_dates],
    "M6 number": [figures, chart_name],
    "M7 negation": [negation],
    "M8 quantifier": [quantity],
    "M9 evaluation": [evaluation],
    "M10 cause": [ending(*CAUSES)],
    "M11 award": [ending(*PRIZES)],
    "M12 citation-move": [move_citation],
    "M13 citation-drop": [drop_citation],
    "M14 wrong-song": [wrong_song],
    "M15 merge-people": [merge_people],
    "M16 split/widen list": [alone],
    "M17 temporal order": [turn_order],
    "M18 quote": [quote],
    "M19 status": [status],
    "M20 compound": [compound],
}


def mutants(songs: list[Song], claims: list[Claim], seed: int, cap: int = 400) -> dict[str, list[Mutant]]:
    """Return at most `cap` planted errors of each class."""
    found: dict[str, list[Mutant]] = {}
    for name, operators in OPERATORS.items():
        bench = Bench(songs, Random(seed))
        made = [m for c in claims for operate in operators for m in operate(bench, c) if m[0] != c.text or m[1] != list(c.facts)]
        bench.dice.shuffle(made)
        found[name] = made[:cap]
    return found
