"""What one fact lets a sentence say: its terms, each with the part it plays in the fact."""

from __future__ import annotations

from dataclasses import dataclass

from songstory.lexicon import DEGREES, ORDINAL_WORDS
from songstory.models import Fact
from songstory.names import forms, words
from songstory.vocabulary import PREDICATES

# One place, several customary names. Nothing here is more or less than another form of the same name.
REGIONS = {
    "the united kingdom": ("UK", "the UK", "Britain", "the British", "United Kingdom"),
    "the united states": ("US", "the US", "U.S.", "America", "United States", "American"),
}
# Chart names as people shorten them: the words of the short form are words of the full one.
CHARTS = {
    "billboard hot 100": ("Hot 100", "US Hot 100"),
    "uk singles chart": ("British singles chart",),
    "british singles chart": ("UK Singles Chart",),
}
_NAME_QUALIFIERS = {"artist", "by", "agent", "publication", "on"}
_SKIPPED = {"short", "date", "year", "weeks", "weeks_total", "degree", "hedge", "kind", "units", "result", "prep", "verb", "how"}


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
    predicate = PREDICATES[fact.predicate]
    found: list[Term] = []

    def add(sequences: set[tuple[str, ...]], part: str, name: bool = False) -> None:
        found.extend(Term(s, index, part, name) for s in sequences if s and not (name and s in ambiguous))

    if predicate.value == "name":
        people = fact.object_kind not in {"group", "label", "place", "release", "work"}
        add(forms((str(fact.value), *fact.names), people), "value", True)
    elif predicate.value in {"phrase", "act", "term", "quotation"}:
        add({words(str(fact.value))}, "value")
    if predicate.value == "act" and title and "it" in words(str(fact.value)):
        act = words(str(fact.value))
        at = act.index("it")
        add({(*act[:at], *title, *act[at + 1 :])}, "value")
    if predicate.value == "term":
        add(forms([str(fact.value)], False), "value")
    for key, raw in fact.qualifiers.items():
        if key in _SKIPPED:
            continue
        text = str(raw)
        named = key in _NAME_QUALIFIERS
        add(forms([text, *(fact.names if key == "agent" else ())], named and not text[:1].islower()), key, named)
        for table in (REGIONS, CHARTS):
            add({words(v) for v in table.get(text.casefold(), ())}, key)
    for key in ("verb", "how"):
        if key in fact.qualifiers:
            add({words(str(fact.qualifiers[key]))}, key)
    if short := fact.qualifiers.get("short"):
        add({words(str(short))}, "short")
    return found


def degree(fact: Fact) -> tuple[str, ...]:
    """Return the hedges of which one must stand wherever this fact is said; empty for a plain fact."""
    return DEGREES.get(str(fact.qualifiers.get("degree") or fact.qualifiers.get("note") or ""), ())


def numbers(fact: Fact) -> dict[str, float]:
    """Return the numbers of `fact` by kind: position, weeks, weeks_total, bpm, seconds, copies, year-free ordinals."""
    found: dict[str, float] = {}
    if isinstance(fact.value, int | float):
        kind = {
            "charted": "position",
            "ranked": "position",
            "tempo": "bpm",
            "duration": "seconds",
            "intro_length": "seconds",
            "sold": "copies",
        }
        found[kind.get(fact.predicate, "number")] = float(fact.value)
    for key in ("weeks", "weeks_total"):
        if key in fact.qualifiers:
            found[key] = float(fact.qualifiers[key])
    ordinal = str(fact.qualifiers.get("ordinal", ""))
    if ordinal in ORDINAL_WORDS:
        found["ordinal"] = float(ORDINAL_WORDS[ordinal])
    return found


def dates(fact: Fact) -> list[str]:
    """Return the ISO dates of `fact`, whole or partial."""
    found = [str(fact.qualifiers[k]) for k in ("date", "year") if k in fact.qualifiers]
    if PREDICATES[fact.predicate].value == "date":
        found.append(str(fact.value))
    return found
