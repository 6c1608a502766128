"""What a fact is flagged for at intake: its words are looked at once, before its row is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from songstory import sensitivity
from songstory.vocabulary import PREDICATES

# Predicates whose value tells something; the others hold names, titles, dates and numbers.
_PLACES = frozenset({"recorded_at", "performed_at", "video_location", "genre", "instrumentation", "structure"})
_TOLD = frozenset(name for name, p in PREDICATES.items() if p.value in {"phrase", "act", "quotation"}) - _PLACES


def screen(
    predicate: str, value: object, qualifiers: dict[str, Any], quote: str, own: Callable[[], tuple[str, ...]] = tuple
) -> Iterator[tuple[str, str]]:
    """Yield the flags a fact gets at intake for what its words hold, each once. `own` returns the names of its song and artist."""
    texts = [t for t in (value, *qualifiers.values()) if isinstance(t, str)]
    told, agent = predicate in _TOLD, qualifiers.get("agent")
    readings = [" ".join(texts)] if texts else []
    if told and isinstance(agent, str):  # who did it, then what: "the takings" and "were missing" say something only in this order
        readings.append(f"{agent} {value}")
    found = _read(readings, told)
    if "sensitive" in found:  # few are, so only then the names are asked for
        found = _read(readings, True, own())
    if quote and quote != value:
        found |= dict(sensitivity.flags(quote, False))
    yield from found.items()


def _read(readings: list[str], told: bool, own: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the flags that any of these readings of one fact gets, each with its notes."""
    notes: dict[str, dict[str, None]] = {}
    for text in readings:
        for flag, note in sensitivity.flags(text, told, own):
            notes.setdefault(flag, {}).update(dict.fromkeys(note.split(", ") if flag == "sensitive" else [note]))
    return {flag: ", ".join(kinds) for flag, kinds in notes.items()}
