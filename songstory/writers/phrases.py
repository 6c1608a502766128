"""Small pieces of English: lists, dates, numbers, durations."""

from __future__ import annotations

from collections.abc import Sequence

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def series(items: Sequence[str]) -> str:
    """Return "A", "A and B" or "A, B and C"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def number(value: float) -> str:
    """Return words to nine and figures from ten, thousands with commas."""
    whole = int(value)
    if whole >= 1_000_000 and whole % 1_000_000 == 0:
        return f"{whole // 1_000_000} million"
    return _WORDS[whole] if 0 <= whole < 10 else f"{whole:,}"


def position(value: float) -> str:
    """Return "number one"."""
    return f"number {number(value)}"


def weeks(count: int) -> str:
    """Return "a week" or "two weeks"."""
    return "a week" if count == 1 else f"{number(count)} weeks"


def clock(seconds: float) -> str:
    """Return a length as "4:54"; under a minute as "44 seconds"."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}" if minutes else f"{number(rest)} seconds"


def date(iso: str) -> str:
    """Return a whole or partial ISO date as read aloud: "26 July 1986", "July 1986", "1986"."""
    parts = iso.split("-")
    if len(parts) == 1:
        return parts[0]
    month = _MONTHS[int(parts[1])]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def on_date(iso: str) -> str:
    """Return "on 26 July 1986", "in July 1986" or "in 1986"."""
    return f"{'on' if iso.count('-') == 2 else 'in'} {date(iso)}"


def capital(text: str) -> str:
    """Return `text` with its first letter raised; a quotation keeps its own first letter."""
    return text[:1].upper() + text[1:]


def article(word: str) -> str:
    """Return "a" or "an" before `word`."""
    return "an" if word[:1].lower() in "aeio" or word[:3].lower() == "r&b" else "a"


def plural(what: str) -> bool:
    """Whether a noun phrase such as "the lyrics" takes a plural verb."""
    last = what.rsplit(maxsplit=1)[-1].lower() if what else ""
    return last in {"lyrics", "words", "strings", "vocals", "notes", "sessions"}


_IDIOMS = frozenset("killed nailed smashed crushed slayed rocked aced owned murdered blew lost faked winged fumbled".split())
_MUSICAL = frozenset(
    """
    write wrote written writing record recorded recording sing sang sung singing perform performed performing play played playing
    compose composed produce produced release released cover covered sample sampled mix mixed arrange arranged
    """.split()
)
_NAMING = frozenset("the a an his her their its this that".split())


def means_the_song(before: Sequence[str]) -> bool:
    """Whether the "it" behind these words of an act is the song: not so in "killed it on stage" and "cut the tape and glued it".

    Behind a word of music it always is: "used his mother's guitar to write it".
    """
    verb = before[-1].casefold() if before else ""
    return verb in _MUSICAL or (verb not in _IDIOMS and _NAMING.isdisjoint(before))
