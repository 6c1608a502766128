"""What a fact is flagged for at intake: its words are looked at once, before its row is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from songstory import sensitivity
from songstory.vocabulary import PREDICATES

# Predicates whose value tells something; the others hold names, titles, dates and numbers.
_PLACES = frozenset({"recorded_at", "performed_at", "video_location", "genre", "instrumentation", "structure"})
_TOLD = frozenset(name for name, p in PREDICATES.items() if p.value in {"phrase", "act", "quotation"}) - _PLACES


def screen(
    predicate: str, value: object, qualifiers: dict[str, Any], quote: str, own: Callable[[], tuple[str, ...]] = tuple
) -> dict[str, str]:
    """Return the flags a fact gets at intake for what its words hold, and why. `own` returns the names of its song and artist."""
    told = predicate in _TOLD
    texts = [value] if type(value) is str else []
    if qualifiers:
        texts += [q for name, q in qualifiers.items() if type(q) is str and not (told and name == "agent")]
        # Who did it, then what: "the takings" and "were missing" say something only in this order.
        if told and type(agent := qualifiers.get("agent")) is str:
            texts.insert(0, agent)
    text = " ".join(texts)
    found = dict(sensitivity.flags(text, told)) if text else {}
    if "sensitive" in found:  # few are, so only then the names are asked for
        found = dict(sensitivity.flags(text, True, own()))
    if quote and quote != value:
        found |= dict(sensitivity.flags(quote, False))
    return found
