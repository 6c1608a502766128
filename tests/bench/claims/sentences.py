"""True sentences: templates over a song's facts. `{W}` lists all facts of a predicate, `{W1}` is the first of them.

Half of the first templates, by a hash of their text, were looked at while the verifier was built; the other half were
held out until then. `FREE` to `EIGHTH` are free sentences, each batch written before it was ever run: when first read 70, 50,
16, 36, 32, 32, 42 and 40 % of them were refused. What a refusal taught was then mended for its class, so none of them says any
more how a ninth would fare; the run of the first looks does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from .templates import EIGHTH, FIFTH, FOURTH, FREE, GROUPS, SECOND, SEVENTH, SIXTH, THIRD
from .world import Song

MONTHS = "January February March April May June July August September October November December".split()
LETTERS = {
    "W": "writer",
    "C": "composer",
    "L": "lyricist",
    "P": "producer",
    "E": "engineer",
    "X": "mixer",
    "A": "mastering_engineer",
    "R": "arranger",
    "V": "video_director",
    "F": "featured_artist",
    "I": "instrument",
    "S": "vocal",
    "K": "co_producer",
    "Z": "executive_producer",
    "U": "remixer",
    "Q": "conductor",
}

# What the templates need beside names: {rel} release date, {rec} recording date, {n} {chart} of a chart fact, and so on.


@dataclass(frozen=True)
class Claim:
    """A true sentence about a song and the facts it cites; `kind` is P1 to P6 or "free"."""

    song: Song
    text: str
    facts: tuple[dict[str, Any], ...]
    kind: str
    template: str


def templates(free: bool = False) -> list[tuple[str, str]]:
    if free:
        return [("free", line) for line in (FREE + SECOND + THIRD + FOURTH + FIFTH + SIXTH + SEVENTH + EIGHTH).strip().splitlines()]
    return [(line[:2], line[3:]) for block in GROUPS.values() for line in block.strip().splitlines()]


def held_out(template: str) -> bool:
    """Whether a template belongs to the half that nobody looked at while building."""
    if template in (SECOND + THIRD + FOURTH + FIFTH + SIXTH + SEVENTH + EIGHTH).splitlines():
        return True
    return hashlib.sha256(template.encode()).digest()[0] % 2 == 1


def listed(dice: Random, names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + (dice.choice([", and ", " and "]) if len(names) > 2 else " and ") + names[-1]


def spoken_date(dice: Random, iso: str) -> str:
    year, month, day = iso.split("-")
    name, number = MONTHS[int(month) - 1], int(day)
    suffix = "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return dice.choice(
        [
            f"{number} {name} {year}",
            f"{name} {number}, {year}",
            f"{number}{suffix} {name} {year}",
            f"{name} {number}{suffix}, {year}",
            f"the {number}{suffix} of {name} {year}",
        ]
    )


SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()


def counted(dice: Random, number: int) -> str:
    return SMALL[number] if number <= 12 and dice.random() < 0.6 else str(number)


def clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def spoken(dice: Random, seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    tail = f"{counted(dice, rest)} second{'s' if rest != 1 else ''}"
    head = f"{counted(dice, minutes)} minutes"
    return head if not rest else f"{head} {dice.choice(['and ', ''])}{tail}"


def month(iso: str) -> str:
    return f"{MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


class Teller:
    """Fills one template from one song; remembers which facts it used."""

    def __init__(self, song: Song, dice: Random) -> None:
        self.song, self.dice = song, dice
        self.used: list[dict[str, Any]] = []

    def fact(self, predicate: str, where: Callable[[dict[str, Any]], bool] = lambda f: True, at: int = 0) -> dict[str, Any]:
        found = [f for f in self.song.of(predicate) if where(f)]
        if at >= len(found):
            raise LookupError(predicate)
        if found[at] not in self.used:
            self.used.append(found[at])
        return found[at]

    def name(self, fact: dict[str, Any]) -> str:
        return self.dice.choice([fact["value"]] * 3 + fact["aliases"])

    def names(self, letter: str) -> str:
        found = self.song.of(LETTERS[letter])
        if not found:
            raise LookupError(letter)
        self.used += [f for f in found if f not in self.used]
        found = self.dice.sample(found, len(found))
        return listed(self.dice, [self.name(f) for f in found])

    def fill(self, template: str) -> str:
        text = re.sub(r"\{(\w+)\}", lambda m: self.slot(m.group(1), template), template)
        return text[0].upper() + text[1:]

    def slot(self, slot: str, template: str) -> str:
        if slot in LETTERS:
            return self.names(slot)
        if slot in {"I1", "I2"}:
            return self.name(self.fact("instrument", at=int(slot[1]) - 1))
        if slot in {"it", "It"}:
            said = self.dice.choice([f'"{self.song.title}"', self.song.title, "the song", "the track", "it"])
            return said if slot == "it" else said[0].upper() + said[1:]
        if slot in {"is", "was", "are"}:
            letter = re.search(r"\{([WP])\}", template)
            many = letter is not None and len(self.song.of(LETTERS[letter.group(1)])) > 1
            return {"is": "are", "was": "were", "are": "are"}[slot] if many else {"is": "is", "was": "was", "are": "is"}[slot]
        if slot in {"writer", "producer"}:
            return slot + ("s" if len(self.song.of(slot)) > 1 else "")
        return str(SLOTS[slot](self))


def chart(where: Callable[[dict[str, Any]], bool] = lambda f: True, at: int = 0) -> Callable[[Teller], dict[str, Any]]:
    return lambda t: t.fact("charted", where, at)


ONE = chart()
TWO = chart(at=1)
TOP = chart(lambda f: f["value"] == 1)
WEEKS = chart(lambda f: "weeks" in f["qualifiers"])
TOTAL = chart(lambda f: "weeks_total" in f["qualifiers"])


def q(predicate: str, key: str = "", where: Callable[[dict[str, Any]], bool] = lambda f: True) -> Callable[[Teller], Any]:
    def get(t: Teller) -> Any:
        fact = t.fact(predicate, where)
        if key and key not in fact["qualifiers"]:
            raise LookupError(key)
        return fact["qualifiers"][key] if key else fact["value"]

    return get


def _won(f: dict[str, Any]) -> bool:
    return bool(f["qualifiers"].get("result") == "won")


def _lost(f: dict[str, Any]) -> bool:
    return not _won(f)


def _chart_for(template_needs: Callable[[Teller], dict[str, Any]], key: str) -> Callable[[Teller], Any]:
    return lambda t: template_needs(t)["qualifiers"][key]


SLOTS: dict[str, Callable[[Teller], Any]] = {
    "artist": lambda t: t.song.artist,
    "i1": lambda t: t.fact("instrument", at=0)["qualifiers"]["instrument"],
    "i2": lambda t: t.fact("instrument", at=1)["qualifiers"]["instrument"],
    "s1": q("vocal", "part"),
    "rel": lambda t: spoken_date(t.dice, t.fact("released")["value"]),
    "relmonth": lambda t: month(t.fact("released")["value"]),
    "relyear": lambda t: t.fact("released")["value"][:4],
    "rec": lambda t: spoken_date(t.dice, t.fact("recorded_on")["value"]),
    "recmonth": lambda t: month(t.fact("recorded_on")["value"]),
    "label": q("label"),
    "studio": q("recorded_at"),
    "studiomonth": lambda t: month(t.fact("recorded_at")["qualifiers"]["date"]),
    "n": lambda t: counted(t.dice, ONE(t)["value"]),
    "chart": _chart_for(ONE, "chart"),
    "region": _chart_for(ONE, "region"),
    "n2": lambda t: counted(t.dice, TWO(t)["value"]),
    "chart2": _chart_for(TWO, "chart"),
    "chartdate": lambda t: spoken_date(t.dice, _dated_one(t)["qualifiers"]["date"]),
    "chartmonth": lambda t: month(_dated_one(t)["qualifiers"]["date"]),
    "topchart": _chart_for(TOP, "chart"),
    "weekchart": _chart_for(WEEKS, "chart"),
    "weeks": lambda t: counted(t.dice, WEEKS(t)["qualifiers"]["weeks"]),
    "totalchart": _chart_for(TOTAL, "chart"),
    "total": lambda t: counted(t.dice, TOTAL(t)["qualifiers"]["weeks_total"]),
    "tn": lambda t: counted(t.dice, TOTAL(t)["value"]),
    "level": q("certified"),
    "body": q("certified", "by"),
    "certregion": q("certified", "region"),
    "certdate": lambda t: spoken_date(t.dice, q("certified", "date")(t)),
    "prize": q("award", "", _won),
    "event": q("award", "event", _won),
    "prizeyear": q("award", "year", _won),
    "nprize": q("award", "", _lost),
    "nevent": q("award", "event", _lost),
    "sold": lambda t: f"{t.fact('sold')['value']:,}" if t.dice.random() < 0.5 else _millions(t.fact("sold")["value"]),
    "ranker": q("ranked", "by"),
    "rank": q("ranked"),
    "ranklist": q("ranked", "list"),
    "rankyear": q("ranked", "year"),
    "bpm": q("tempo"),
    "key": q("key"),
    "genre": q("genre"),
    "clock": lambda t: clock(t.fact("duration")["value"]),
    "spoken": lambda t: spoken(t.dice, t.fact("duration")["value"]),
    "album": lambda t: t.fact("single_from" if any(f["predicate"] == "single_from" for f in t.used) else "track_on")["value"],
    "albumyear": q("track_on", "year"),
    "ordinal": q("single_from", "ordinal"),
    "bside": q("b_side_of"),
    "namesake": q("named_after"),
    "signer": q("signed_to"),
    "sample": q("samples"),
    "sampleartist": q("samples", "artist"),
    "sampleyear": q("samples", "year"),
    "sampling": q("sampled_by"),
    "sampler": q("sampled_by", "artist"),
    "samplingyear": q("sampled_by", "year"),
    "original": q("covers"),
    "coveredyear": q("covers", "year"),
    "coverer": q("covered_by"),
    "coveryear": q("covered_by", "year"),
    "mixer": q("remixed_by"),
    "mixyear": q("remixed_by", "year"),
    "critic": q("described_as", "by"),
    "paper": q("described_as", "publication"),
    "quote": q("described_as"),
    "film": q("featured_in"),
    "filmyear": q("featured_in", "year"),
    "forfilm": q("written_for"),
    "city": q("video_location"),
    "theme": q("about"),
    "spark": q("inspired_by"),
    "venue": q("performed_at"),
    "gigdate": lambda t: spoken_date(t.dice, q("performed_at", "date")(t)),
}


def _dated_one(t: Teller) -> dict[str, Any]:
    fact = ONE(t)
    if "date" not in fact["qualifiers"]:
        raise LookupError("date")
    return fact


def _millions(copies: int) -> str:
    return f"{copies / 1e6:g} million" if copies >= 1e6 else f"{copies:,}"


def tell(song: Song, kind: str, template: str, dice: Random) -> Claim | None:
    """Return the sentence a template makes of a song, None where the song lacks a fact."""
    teller = Teller(song, dice)
    if "{ordinal}" in template:
        teller.fact("single_from")
    try:
        text = teller.fill(template)
    except LookupError:
        return None
    if "song by" in template and not teller.used:
        return None
    return Claim(song, text, tuple(teller.used), kind, template)


def claims(songs: list[Song], seed: int, *, free: bool = False, half: bool | None = None, per: int = 6) -> list[Claim]:
    """Return about `per` sentences a template; `half` keeps only the held-out templates (True) or only the others (False)."""
    dice = Random(seed)
    found = []
    for kind, template in templates(free):
        if half is not None and held_out(template) != half:
            continue
        made = 0
        for song in dice.sample(songs, min(len(songs), per * 6)):
            if made < per and (claim := tell(song, kind, template, dice)) is not None:
                found.append(claim)
                made += 1
    return found
