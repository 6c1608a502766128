"""What one fact lets a sentence say: its terms, each with the part it plays in the fact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from songstory import values
from songstory.lexicon import COMPANY, ORDINAL_WORDS
from songstory.models import Fact
from songstory.names import forms, words
from songstory.vocabulary import BOUNDS, PREDICATES

# One place, several customary names. Nothing here is more or less than another form of the same name.
REGIONS = {
    "the united kingdom": ("UK", "the UK", "Britain", "the British", "United Kingdom", "British"),
    "the united states": ("US", "the US", "U.S.", "America", "United States", "American", "USA", "the States"),
    "ireland": ("Irish",),
    "australia": ("Australian",),
    "canada": ("Canadian",),
    "germany": ("German",),
    "france": ("French",),
    "japan": ("Japanese",),
    "new zealand": ("New Zealand",),
    "the netherlands": ("Dutch", "Netherlands", "Holland"),
    "sweden": ("Swedish",),
    "norway": ("Norwegian",),
    "denmark": ("Danish",),
    "italy": ("Italian",),
    "spain": ("Spanish",),
}
# The charts that a country's name stands for when somebody says "number one in Britain".
_NATIONAL = {
    "billboard hot 100": "the united states",
    "uk singles chart": "the united kingdom",
    "british singles chart": "the united kingdom",
    "irish singles chart": "ireland",
    "canadian hot 100": "canada",
    "aria singles chart": "australia",
    "dutch top 40": "the netherlands",
}
# Chart names as people shorten them: the words of the short form are words of the full one.
CHARTS = {
    "billboard hot 100": ("Hot 100", "US Hot 100", "US Billboard Hot 100", "Billboard's Hot 100"),
    "uk singles chart": ("British singles chart", "UK chart"),
    "british singles chart": ("UK Singles Chart",),
}
_NAME_QUALIFIERS = {"artist", "by", "agent", "publication", "on"}
_SKIPPED = {
    "short",
    "date",
    "year",
    "weeks",
    "weeks_total",
    "degree",
    "hedge",
    "kind",
    "units",
    "result",
    "prep",
    "verb",
    "how",
    "modifier",
    *BOUNDS,
}
_PEOPLE = frozenset({"covers", "covered_by", "remixed_by"})
_PLACES = frozenset({"recorded_at", "video_location", "performed_at", "label", "signed_to"})
_EDITION = re.compile(r"^(the )?\d+(st|nd|rd|th)( annual)? ", re.IGNORECASE)
_OWNER = re.compile(r"^[^,]*?['’]s? (?=[a-z])")


@dataclass(frozen=True)
class Term:
    """A word sequence that `fact` (its place among the cited facts) licenses, and as what."""

    words: tuple[str, ...]
    fact: int
    part: str
    name: bool = False


def terms(index: int, fact: Fact, ambiguous: set[tuple[str, ...]], title: tuple[str, ...] = ()) -> list[Term]:
    """Return all that `fact` licenses besides numbers and dates.

    Surnames in `ambiguous` are left out. In an account "it" stands for the song, so the song's `title` may stand there.
    """
    found: list[Term] = []

    def add(sequences: set[tuple[str, ...]], part: str, name: bool = False) -> None:
        found.extend(Term(s, index, part, name) for s in sequences if s and not (name and s in ambiguous))

    add(_values(fact, title), "value", PREDICATES[fact.predicate].value == "name")
    for key, raw in fact.qualifiers.items():
        if key in _SKIPPED:
            continue
        text = str(raw)
        named = key in _NAME_QUALIFIERS
        add(forms([text, *(fact.names if key == "agent" else ())], named and not text[:1].islower()), key, named)
        add(_customary(key, text), key)
    for key in ("verb", "how"):
        if key in fact.qualifiers:
            add({words(str(fact.qualifiers[key]))}, key)
    if short := fact.qualifiers.get("short"):
        add({words(str(short))}, "short")
    return found


def _values(fact: Fact, title: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return the forms of a fact's value."""
    predicate = PREDICATES[fact.predicate]
    value = str(fact.value)
    if predicate.value == "name":
        person = predicate.family == "credit" or fact.predicate in _PEOPLE
        found = forms((value, *fact.names), person and fact.object_kind not in {"group", "label", "place", "release", "work"})
    elif predicate.value == "term":
        found = forms([value, *fact.names], False)
    elif predicate.value in {"phrase", "act", "quotation"}:
        found = {words(v) for v in (value, *fact.names)}
    else:
        return set()
    if predicate.value == "act" and title and "it" in words(value):
        act = words(value)
        at = act.index("it")
        found.add((*act[:at], *title, *act[at + 1 :]))
    if fact.predicate in _PLACES:
        found |= _place(value)
    return found


def _place(value: str) -> set[tuple[str, ...]]:
    """Return a place without what only says more exactly where: "home studio at X" for "Lennon's home studio at X, England"."""
    plain = value.split(",", maxsplit=1)[0]
    found = forms([plain, _OWNER.sub("", plain)], False)
    bare = words(value)
    if len(bare) > 1 and bare[-1] in COMPANY:
        found |= forms([" ".join(bare[:-1])], False)
    return found


def _customary(key: str, text: str) -> set[tuple[str, ...]]:
    """Return the customary other names of a region, a chart or an event."""
    low = text.casefold()
    found = {words(v) for table in (REGIONS, CHARTS) for v in table.get(low, ())}
    if key == "chart":
        found |= (
            {words(low.removesuffix(" chart").removesuffix(" charts"))} if low.endswith(("chart", "charts")) else {words(low + " chart")}
        )
        if country := _NATIONAL.get(low):
            found |= {words(v) for v in (country, country.removeprefix("the "), *REGIONS.get(country, ()))}
    if key == "event":
        plain = _EDITION.sub("", text)
        short = re.sub(r"(?<!\s)\s++Awards?$", "", plain)
        found |= forms([plain, re.sub(r"Awards$", "Award", plain), *([short, short + "s"] if short != plain else [])], False)
    return found


_KINDS = {"charted": "position", "ranked": "position", "tempo": "bpm", "duration": "seconds", "intro_length": "seconds", "sold": "copies"}


def numbers(fact: Fact) -> dict[str, float]:
    """Return the numbers of `fact` by kind: position, weeks, weeks_total, bpm, seconds, copies, year-free ordinals."""
    found: dict[str, float] = {}
    if isinstance(fact.value, int | float):
        found[_KINDS.get(fact.predicate, "number")] = float(fact.value)
    for key in ("weeks", "weeks_total", "units"):
        raw = fact.qualifiers.get(key)
        if isinstance(raw, int | float) or str(raw or "").isdecimal():
            found["copies" if key == "units" else key] = float(raw)  # type: ignore[arg-type]
    ordinal = str(fact.qualifiers.get("ordinal", "")).casefold()
    if ordinal in ORDINAL_WORDS:
        found["ordinal"] = float(ORDINAL_WORDS[ordinal])
    if match := re.fullmatch(r"(?:track )?(\d+)(?:st|nd|rd|th)?(?: track| song)?", str(fact.qualifiers.get("position", "")).casefold()):
        found["ordinal"] = found["track"] = float(match.group(1))
    elif (head := str(fact.qualifiers.get("position", "")).casefold().split(" ")[0]) in ORDINAL_WORDS:
        found["ordinal"] = found["track"] = float(ORDINAL_WORDS[head])
    return found


def dates(fact: Fact) -> list[str]:
    """Return the ISO dates of `fact`, whole or partial. One that is no flat date ("197X") bears out none: it says no year."""
    found = [str(fact.qualifiers[k]) for k in ("date", "year") if k in fact.qualifiers]
    if PREDICATES[fact.predicate].value == "date" and values.flat(fact.value):
        found.insert(0, str(fact.value))
    return found
