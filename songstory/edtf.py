"""Dates as ISO 8601-2 writes them: flat ones of the calendar, and what is less exact, each with the days between which it lies.

A flat date (a year, a month, a day) may be told. What is about, between, before or perhaps a date is kept as it was said, and is
told by nobody. Only the forms below are read: one meaning, one way to write it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

FLAT = {4: "year", 7: "month", 10: "day"}  # the length of a flat date says its precision
LESS = ("circa", "decade", "range", "either", "uncertain", "season", "century", "before", "after")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_SEASON = re.compile(r"([0-9]{4})-2([1-4])")
_UNSAID = re.compile(r"([0-9]{2})([0-9]X|XX)")
_SIGNS = {"~": "circa", "?": "uncertain"}
_MOST = 6  # dates of one choice
# Where a season begins and ends, by the calendar of the weather and by that of the sky, north of the equator; winter spans two years.
_SEASONS = {"1": ("03-01", "06-21"), "2": ("06-01", "09-23"), "3": ("09-01", "12-21")}


class Dated(NamedTuple):
    """What a date says, how exactly, and the first and the last day that it may mean: "" where nothing bounds it."""

    value: str
    precision: str
    earliest: str
    latest: str


def flat(text: str) -> bool:
    """Return whether a text is a date of the calendar, whole or partial, which may be told as it stands."""
    return bool(_days(text))


@lru_cache(maxsize=65_536)
def read(text: str) -> Dated | None:
    """Return what a date says, None for what is none, or no form that is kept."""
    if days := _days(text):
        return Dated(text, FLAT[len(text)], *days)
    if text[-1:] in _SIGNS and (days := _days(text[:-1])):
        return Dated(text, _SIGNS[text[-1]], *days)
    if unsaid := _UNSAID.fullmatch(text):
        first, last = text.replace("X", "0"), text.replace("X", "9")
        found = Dated(text, "century" if unsaid[2] == "XX" else "decade", f"{first}-01-01", f"{last}-12-31")
        return found if int(last) >= 1_000 else None
    return _season(text) or _between(text) or _choice(text)


def span(text: str) -> tuple[str, str] | None:
    """Return the first and the last day that a date may mean, those of all time where it is open; None for what is no date."""
    found = read(text)
    return (found.earliest or "0001-01-01", found.latest or "9999-12-31") if found else None


def _days(text: str) -> tuple[str, str] | tuple[()]:
    """Return the first and the last day of a flat date, nothing for what is none."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "0000":
        return ()
    year, month, day = match[1], match[2] or "01", match[3] or "01"
    if not 1 <= int(month) <= 12 or not 1 <= int(day) <= (days := monthrange(int(year), int(month))[1]):
        return ()
    if match[3]:
        return text, text
    return (f"{text}-01", f"{text}-{days}") if match[2] else (f"{year}-01-01", f"{year}-12-31")


def _season(text: str) -> Dated | None:
    match = _SEASON.fullmatch(text)
    if match is None or match[1] in {"0000", "9999"}:
        return None
    year = match[1]
    if match[2] == "4":  # "winter 1969" may be the one that ends in it, and the one that begins
        return Dated(text, "season", f"{int(year) - 1:04d}-12-01", f"{int(year) + 1:04d}-03-20")
    first, last = _SEASONS[match[2]]
    return Dated(text, "season", f"{year}-{first}", f"{year}-{last}")


def _between(text: str) -> Dated | None:
    """Return what "1969/1970" says, and "../1969" and "1969/..", where one end is open."""
    first, slash, last = text.partition("/")
    begin, end = _days(first), _days(last)
    if not slash or not (begin or end):
        return None
    if first == ".." and end:
        return Dated(text, "before", "", end[1])
    if last == ".." and begin:
        return Dated(text, "after", begin[0], "")
    return Dated(text, "range", begin[0], end[1]) if begin and end and begin[0] <= end[0] and begin[1] <= end[1] else None


def _choice(text: str) -> Dated | None:
    """Return what "[1969,1970]" says: one of them, in the order of time."""
    members = text[1:-1].split(",") if text[:1] == "[" and text[-1:] == "]" else []
    days = [found for m in members if (found := _days(m))]
    if not 1 < len(members) <= _MOST or len(days) != len(members) or any(b <= a for a, b in pairwise(members)):
        return None
    return Dated(text, "either", days[0][0], max(d[1] for d in days))
