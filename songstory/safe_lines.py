"""Makes every text of a line safe before it becomes a row: hidden signs out, private data out of sight, what stays odd named.

Also what people type and models answer passes here: one place, so that no door is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from songstory import orders
from songstory.models import Card, Sentence
from songstory.privacy import mask, worth_a_look
from songstory.records import NAMES, EntityLine, FactLine, FlagLine, Line, PassageLine, SourceLine, TrackLine
from songstory.safe_text import clean
from songstory.vocabulary import PREDICATES, QUALIFIERS

L = TypeVar("L", SourceLine, PassageLine, EntityLine, TrackLine, FactLine, FlagLine, Line)

# The texts of each kind of line; those of the second row keep their line breaks.
_TEXTS: dict[type, tuple[str, ...]] = {
    FactLine: ("value", "locator", "credited_as"),
    TrackLine: ("title", "artist"),
    EntityLine: ("name",),
    PassageLine: ("locator", "revision"),
    SourceLine: ("name", "licence", "attribution"),
    FlagLine: ("note",),
}
_PROSE: dict[type, tuple[str, ...]] = {FactLine: ("quote", "cell", "reference"), PassageLine: ("text",)}
_ALL = {kind: (*names, *_PROSE.get(kind, ())) for kind, names in _TEXTS.items()}
_SAID = ("value", "quote", "cell", "reference", "credited_as")
_LONG_LOCATOR = 8  # characters below which a locator can hold no address of anybody
_COUNTED = re.compile(r"(?:row|line|page|record|item|entry|no\.?) ?\d{1,9}")
_ENTITIES = {"person": "name", "group": "name", "artist": "name", "label": "label", "place": "place"}
_PLACES = frozenset({"recorded_at", "performed_at", "video_location"})
_KINDS = {"name": "name", "phrase": "prose", "act": "prose", "quotation": "prose", "term": "title"}
_OF_PEOPLE = frozenset({"agent", "by", "artist"})


def is_plain(line: FactLine) -> bool:
    """Whether a fact that passed the border has plain signs only, and nothing that may be private: then it is safe as it is.

    One look at all of its texts: four million facts pass here in an import, and most of them are done with it.
    """
    cells = line.__dict__
    told = [cells["quote"], cells["cell"], cells["reference"], cells["credited_as"]]
    value, locator, rest = cells["value"], cells["locator"], ""
    if type(value) is str:
        if _KIND_OF.get(cells["predicate"], "locator") == "title":
            rest = value
        else:
            told.append(value)
    for name, found in cells["qualifiers"].items():
        if type(found) is str:
            if name in _MEASURED:
                rest += found
            else:
                told.append(found)
    words = " ".join(filter(None, told))
    signs = words + locator + rest
    return (
        signs.isascii()
        and signs.isprintable()
        and "@" not in rest
        and not worth_a_look(words)
        and (_is_place(locator) or not worth_a_look(locator))
    )


def _is_place(locator: str) -> bool:
    """Whether a locator only counts, as most do: "row 4711" is no house in a Row."""
    return len(locator) < _LONG_LOCATOR or _COUNTED.fullmatch(locator) is not None


def clean_line(line: Line) -> tuple[Line, str]:
    """Return a line without signs that carry nothing, and what is unusual about its texts still, "" for nothing."""
    kind = type(line)
    cells = line.__dict__  # read once: four million facts pass here in an import
    whole = " ".join([v for name in _ALL[kind] if type(v := cells[name]) is str] + _more(line))
    if whole.isascii() and whole.isprintable():
        return line, ""
    odd: list[str] = []

    def cleaned(text: Any, lines: bool = False) -> Any:
        if not isinstance(text, str):
            return text
        found, why = clean(text, lines=lines)
        odd.append(why or (orders.found(text) if found != text else ""))  # a sign taken out may have parted words
        return found

    changed: dict[str, Any] = {name: cleaned(getattr(line, name)) for name in _TEXTS[kind]}
    changed |= {name: cleaned(getattr(line, name), True) for name in _PROSE.get(kind, ())}
    if isinstance(line, FactLine):
        changed["qualifiers"] = {k: cleaned(v) for k, v in line.qualifiers.items()}
    if isinstance(line, EntityLine):
        for field in NAMES:
            names = (clean(n) for n in getattr(line, field))
            changed[field] = tuple(dict.fromkeys(name for name, why in names if name.strip() and not why))
    return line.model_copy(update=changed), next(filter(None, odd), "")


def _more(line: Line) -> list[str]:
    if isinstance(line, FactLine):
        return [v for v in line.qualifiers.values() if type(v) is str]
    return [n for field in NAMES for n in getattr(line, field)] if isinstance(line, EntityLine) else []


def mask_line(line: L, own: Callable[[], Iterable[str]] = tuple) -> tuple[L, str]:
    """Return a line with private data out of sight, and why it is private, "" where nothing is.

    `own` returns the titles that a fact may mention whatever they look like; it is asked only where something was found.
    """
    changed: dict[str, Any] = {}
    why: list[str] = []

    def masked(name: str, text: Any, kind: str) -> Any:
        if not isinstance(text, str) or not text:
            return text
        found, said = mask(text, kind)
        if said:
            found, said = mask(text, kind, tuple(own()))
        if said:
            why.append(said)
        if found != text:
            changed[name] = found
        return found

    match line:
        case FactLine():
            cells = line.__dict__
            if not _is_place(cells["locator"]):
                masked("locator", line.locator, "locator")
            if not worth_a_look(" ".join([v for n in _SAID if type(v := cells[n]) is str and v] + _more(line))):
                return (line.model_copy(update=changed) if changed else line), next(filter(None, why), "")
            masked("value", line.value, _kind(line.predicate))
            for name in ("quote", "cell", "reference"):
                masked(name, getattr(line, name), "prose")
            masked("credited_as", line.credited_as, "name")
            told = {k: masked("", v, "name" if k in _OF_PEOPLE else "prose") for k, v in line.qualifiers.items()}
            if changed.pop("", ""):
                changed["qualifiers"] = told
        case PassageLine():
            masked("text", line.text, "prose")
            masked("locator", line.locator, "locator")
        case EntityLine():
            kind = _ENTITIES.get(line.type, "title")
            masked("name", line.name, kind)
            for field in NAMES:
                if given := getattr(line, field):
                    changed[field] = tuple(dict.fromkeys(mask(n, kind)[0] for n in given))
        case TrackLine():
            masked("title", line.title, "title")
            masked("artist", line.artist, "name")
        case SourceLine():
            masked("name", line.name, "label")
            masked("attribution", line.attribution, "locator")
        case FlagLine():
            masked("note", line.note, "prose")
    return (line.model_copy(update=changed) if changed else line), next(filter(None, why), "")


def _kind(predicate: str) -> str:
    """Return as what the value of a predicate is looked at, for `privacy.mask`."""
    return _KIND_OF.get(predicate, "locator")


_KIND_OF = {
    name: "place" if name in _PLACES else "label" if name == "label" else _KINDS.get(p.value, "title") for name, p in PREDICATES.items()
}
_MEASURED = frozenset(name for name, kind in QUALIFIERS.items() if kind in {"date", "year", "count"})  # the border lets nothing else in


@lru_cache(maxsize=8192)
def holds_back(title: str, artist_credit: str) -> str:
    """Return why a song is held back until a person has looked: its title or credit reads as an order, or holds unusual signs."""
    for what, text in (("title", title), ("artist credit", artist_credit)):
        if why := clean(text)[1] or orders.found(text):
            return f"the song's {what}: {why}"
    return ""


def typed(text: str) -> str:
    """Return what a person typed as it may be kept: hidden signs out, private data out of sight, line breaks as they are."""
    return mask(clean(text, lines=True)[0])[0]


def safe_cards(cards: Iterable[Card], titles: tuple[str, ...] = ()) -> tuple[Card, ...]:
    """Return cards, typed or written by a model, with each sentence as it may be kept; `titles` stay whatever they look like."""

    def safe(sentence: Sentence) -> Sentence:
        text = mask(clean(sentence.text)[0], "prose", titles)[0]
        return sentence if text == sentence.text else sentence.model_copy(update={"text": text})

    return tuple(
        card.model_copy(update={"headline": safe(card.headline), "sentences": tuple(safe(s) for s in card.sentences)}) for card in cards
    )
