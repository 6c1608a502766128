"""Looks at the words of a fact at intake: sensitive matters, private contact data, and text that gives orders. It flags, it never drops.

The categories follow Wikipedia's rule on living persons (contentious and poorly sourced is left out at once) and the
moderation classes that music services use. A false flag costs an editor one click; a missed one may cost a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from songstory import matters, orders
from songstory.models import Fact

_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_PHONE = re.compile(
    r"(?<![\w.,:/-])(?:\+|00)\d[\d ()./-]{7,18}\d(?!\w)"
    r"|(?<![\w.,:/-])\(?0\d{2,4}\)?[ /-]\d{3,4}[ -]?\d{3,5}(?!\w)"
    r"|\b\d{3}-\d{3}-\d{4}\b|\(\d{3}\)\s?\d{3}-\d{4}\b"
)
_STREET = re.compile(
    r"\b(?:lives? at|home address|resides at|address(?: is)?:?)\s+\d{1,5}\s+[A-Z][\w.']*(?:\s+[A-Z][\w.']*){0,3}", re.IGNORECASE
)
_MASKS = ((_EMAIL, "[e-mail]"), (_PHONE, "[telephone]"), (_STREET, "[address]"))
_CONTACT = re.compile(r"@|\d{3}[^\d]?\d|address|lives? at|resides", re.IGNORECASE)


def mask(text: str) -> str:
    """Return `text` with e-mail addresses, telephone numbers and home addresses put out of sight."""
    if not _CONTACT.search(text):
        return text
    for pattern, stand_in in _MASKS:
        text = pattern.sub(stand_in, text)
    return text


@lru_cache(maxsize=8192)
def flags(text: str, told: bool = True, own: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Return (flag, note) for what `text` holds: sensitive with its kinds, quarantined for orders, private where it was masked.

    `told` is False for names, titles, dates and numbers: a song called "Killing Me Softly" is not sensitive. `own` are the
    names of the song and its artists, which say nothing either.
    """
    found = []
    if told and (kinds := matters.found(text, own)):
        found.append(("sensitive", ", ".join(kinds)))
    if why := orders.found(text):
        found.append(("quarantined", why))
    if any(stand_in in text for _, stand_in in _MASKS):
        found.append(("private", "contact data was masked"))
    return tuple(found)


def marks(fact: Fact) -> str:
    """Return the flags of a fact with what they are for, and whether it was retracted or may not be told alone, as people read them."""
    why = (*fact.notes, *("" for _ in fact.flags[len(fact.notes) :]))
    flagged = (f"{flag} ({note})" if note else flag for flag, note in zip(fact.flags, why, strict=True))
    return "; ".join((*flagged, *((fact.status,) if fact.status in {"retracted", "untrusted"} else ())))
