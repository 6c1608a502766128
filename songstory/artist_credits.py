"""Reads an artist credit: the act as a whole, the names that it joins, and its guests; and says whether two credits are one act.

"Drake Featuring Rihanna" is the act `drake` with a guest; "Peter, Paul & Mary" is one act of three names, none of which is it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from songstory.song_titles import GUEST, READ_KEPT, Grade, key_words, slip

JOINTS = re.compile(r"\b(?:featuring|feat|ft|with|presents|pres|versus|vs|and|und|et|y|con|x)\b\.?|[&+,;/·、]", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|starring|introducing|w/)(?=\s)", re.IGNORECASE)
_BAND = re.compile(
    r"(?:,|&|\band\b|\bwith\b|\bund\b)\s*+(?:his|her|their|the|sein|seine|son)\s++(?:\w++\s++){0,3}+"
    r"(?:orchestra|orchester|orchestre|band|combo|trio|quartet|chorus|singers|strings|group)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!\s)\s*+\(\d{1,4}\)")  # "John Smith (2)", as Discogs tells namesakes apart: a house number, no name
_ONE_COMMA = re.compile(r"[^,;&+/]++,[^,;&+/]++")  # "Cash, Johnny"
_LETTER_SIGN = re.compile(r"(?<=\w)!(?=\w)")  # P!nk
ANYBODY = frozenset({"various artists", "various", "va", "unknown artist", "unknown", "verschiedene interpreten", "varios artistas"})


@dataclass(frozen=True)
class Credit:
    """An artist credit as read: the act in one string, the names it joins in order, its guests.

    `turned` is the act where "Cash, Johnny" may be one name; `anybody` says that nobody is named.
    """

    act: str
    names: tuple[tuple[str, ...], ...]
    guests: frozenset[tuple[str, ...]]
    anybody: bool = False
    turned: str = ""


@lru_cache(maxsize=READ_KEPT)
def read(credit: str, guests: tuple[str, ...] = ()) -> Credit:
    """Return a credit as read; `guests` are those that the title names."""
    text = _LETTER_SIGN.sub("i", _BAND.sub(" ", _NUMBERED.sub("", credit)))
    main, invited = _main(text)
    names = _names(main) or (key_words(credit) or (credit.casefold().strip(),),)
    more = frozenset(n for part in (*invited, *guests) for n in _names(part))
    turned = "".join(w for n in names[::-1] for w in n) if len(names) == 2 and len(names[0]) == 1 and _ONE_COMMA.fullmatch(main) else ""
    return Credit("".join(w for n in names for w in n), names, more - set(names), " ".join(names[0]) in ANYBODY, turned)


def _main(text: str) -> tuple[str, list[str]]:
    """Return what stands before the first guest, and the guests."""
    starts = [m for m in (GUEST.search(text), _WITH.search(text)) if m and text[: m.start()].strip(" (")]
    if not starts:
        return text, []
    first = min(starts, key=lambda m: m.start())
    return text[: first.start()].rstrip(" ([,"), [text[first.end() :].rstrip(" )]")]


def _names(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(name for part in JOINTS.split(text) if (name := key_words(part)))


def compare(own: Credit, other: Credit) -> tuple[Grade, str]:
    """Return whether two credits are one act, and in words what differs where that is for a person to weigh."""
    if own.anybody or other.anybody:
        return Grade.NEAR, "no artist is named"
    if own.act == other.act or (own.names[0] == other.names[0] and _everybody(own) == _everybody(other)):
        return _guests(own, other)
    if set(own.names) == set(other.names):
        return Grade.SAME, ""
    if own.names[0] == other.names[0]:
        return _joined(own, other)
    if _everybody(own) == _everybody(other):
        return Grade.ASK, "the act and its guest have changed places"
    return _alike(own, other)


def _everybody(credit: Credit) -> frozenset[tuple[str, ...]]:
    return frozenset(credit.names) | credit.guests


def _guests(own: Credit, other: Credit) -> tuple[Grade, str]:
    """Return SAME for the same guests; NEAR, which a length may make good, where one side names none."""
    if own.guests == other.guests or _everybody(own) == _everybody(other):
        return Grade.SAME, ""
    some = own.guests <= _everybody(other) or other.guests <= _everybody(own)
    return (Grade.NEAR, "a guest is named on one side only") if some else (Grade.ASK, "other guests")


def _joined(own: Credit, other: Credit) -> tuple[Grade, str]:
    """Compare two credits that begin with the same name: a length may make good that the others are missing on one side."""
    short, long = sorted((own, other), key=lambda c: len(c.names))
    if not set(short.names) <= _everybody(long):
        return Grade.OTHER, ""
    if not short.guests <= _everybody(long):
        return Grade.ASK, "other guests"
    return Grade.NEAR, "one side names only the first of several"


def _alike(own: Credit, other: Credit) -> tuple[Grade, str]:
    """Compare two credits that begin with other names: letters may be mistyped, and a first name or a leader may be missing."""
    if own.turned == other.act or other.turned == own.act:
        return Grade.SAME, ""
    if len(own.names) == len(other.names):
        grades = [slip(a, b) for a, b in zip(own.names, other.names, strict=True)]
        if min(grades) is Grade.SAME:
            return _guests(own, other)
        if min(grades) is Grade.NEAR and len(own.act) > 5:
            return Grade.NEAR, "the artists are spelled differently"
    short, long = sorted((own.names[0], other.names[0]), key=len)
    partial = len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short) and sum(map(len, short)) > 3
    within = own.names[0] in other.names or other.names[0] in own.names
    return (Grade.ASK, "the artist is named only in part") if partial or within else (Grade.OTHER, "")
