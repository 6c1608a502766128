"""Looks at the words of a fact at intake: sensitive matters, private contact data, and text that gives orders. It flags, it never drops.

The categories follow Wikipedia's rule on living persons (contentious and poorly sourced is left out at once) and the
moderation classes that music services use. A false flag costs an editor one click; a missed one may cost a person.
"""

from __future__ import annotations

from functools import lru_cache

from songstory import classifier, matters, orders, privacy
from songstory.models import Fact


@lru_cache(maxsize=8192)
def flags(text: str, told: bool = True, own: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Return (flag, note) for what `text` holds: sensitive with its kinds, quarantined for orders, private where it was masked.

    `told` is False for names, titles, dates and numbers: a song called "Killing Me Softly" is not sensitive. `own` are the
    names of the song and its artists, which say nothing either.
    """
    found = []
    if told and (kinds := _matters(text, own)):
        found.append(("sensitive", ", ".join(kinds)))
    if why := orders.found(text):
        found.append(("quarantined", why))
    if "[" in text and any(stand_in in text for stand_in in privacy.STAND_INS):
        found.append(("private", privacy.MASKED))
    return tuple(found)


def _matters(text: str, own: tuple[str, ...]) -> list[str]:
    """Return the kinds of sensitive matters that the rules name, unless its wording says that nothing is meant, or that it tells one."""
    kinds = matters.found(text, own)
    return (kinds or [classifier.PERSONAL]) if classifier.likely("personal", text, kinds) else []


def marks(fact: Fact) -> str:
    """Return the flags of a fact with what they are for, and whether it was retracted or may not be told alone, as people read them."""
    why = (*fact.notes, *("" for _ in fact.flags[len(fact.notes) :]))
    flagged = (f"{flag} ({note})" if note else flag for flag, note in zip(fact.flags, why, strict=True))
    return "; ".join((*flagged, *((fact.status,) if fact.status in {"retracted", "untrusted"} else ())))
