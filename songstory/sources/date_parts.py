"""The pieces of dates as people write them: a year, a month and a day, in words or in figures, in whatever order. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from songstory import edtf
from songstory.sources import date_words as say

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
ORDERS = (DAY_FIRST, MONTH_FIRST)
OPEN = "open"  # what a cell says of the order whose day and month may change places
LONGEST = 100  # characters; no date has more

_HYPHENS = str.maketrans({**dict.fromkeys("‐‑‒", "-"), **dict.fromkeys("–—―−〜", "–"), **dict.fromkeys("’‘ʼ`´", "'")})
_WORD = re.compile(r"([a-zß']{1,20})\.?")
_ORDINAL = re.compile(r"\b([0-9]{1,2})(?:(?:st|nd|rd|th|ere|er|eme|ste|e|o|a)\b|°)")
_GAPS = re.compile(r"[ .,/'-]{1,4}")
_EAST = re.compile(
    r"(?:([0-9]{4}) ?[年년] ?)?(?:([0-9]{1,2}) ?[月월] ?(?:([0-9]{1,2}) ?[日일])?)?(?: ?\([日月火水木金土일월화수목금토]\))?"
)
_YEAR = re.compile(r"([0-9]{4})(?:\.0)?")
_WHOLE = re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}|\?\?|xx) ?\2 ?([0-9]{1,2}|\?\?|xx)")
_YEAR_MONTH = re.compile(r"([0-9]{4})(?:[-/]([0-9]{1,2}|\?\?|xx)|\.([0-9]{2}))")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_THREE = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\.?")
_DAY_YEAR = re.compile(r"([0-9]{1,2}),? ([0-9]{4})")
_DAY = re.compile(r"([0-9]{1,2})\.?")
_ANY_THREE = re.compile(r"(?<![0-9/.-])([0-9]{1,2})([/-])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9/-])")


class Undecided(ValueError):
    """A cell whose day and month may change places."""


class Part(NamedTuple):
    """What a piece of a date names; 0 for what it does not."""

    year: int = 0
    month: int = 0
    day: int = 0


def order_of(cell: str) -> str:
    """Return which order of day and month a cell shows: one of `ORDERS`, OPEN where both would do, "" where it shows none."""
    shown = {_shown(int(m[1]), int(m[3])) for m in _ANY_THREE.finditer(plain(cell)[:LONGEST])}
    return next((o for o in (DAY_FIRST, MONTH_FIRST, OPEN) if o in shown), "")


def _shown(first: int, second: int) -> str:
    if first > 31 or second > 31 or first == second:
        return ""
    return DAY_FIRST if first > 12 >= second else MONTH_FIRST if second > 12 >= first else OPEN if max(first, second) <= 12 else ""


def plain(cell: str) -> str:
    """Return a cell in small letters without accents, its dashes and apostrophes of one kind each."""
    letters = unicodedata.normalize("NFKD", cell[: LONGEST + 1].translate(_HYPHENS)).casefold()
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))
    return " ".join(bare.translate(_HYPHENS).split())


def part(text: str, order: str) -> Part | None:
    """Return what a piece of a date names, None for what is no plain one. Raise ValueError for what may be two, or is no day."""
    if east := _EAST.fullmatch(text):
        return Part(*(int(g or 0) for g in east.groups())) if any(east.groups()) else None
    if any("a" <= c <= "z" for c in text) and not text.endswith("xx"):
        return _named(text)
    return _numbered(text, order)


def _named(text: str) -> Part | None:
    """Return a date with the name of its month: "1 July 1982", "July 1, 1982", "12-Mar-98", "1 de julio de 1982"."""
    months: list[int] = []

    def word(match: re.Match[str]) -> str:
        found = match[1].strip("'")
        if month := say.MONTHS.get(found):
            months.append(month)
            return " @ "
        return " " if found in say.FILLERS or not found else " ! "

    pieces = [p for p in _GAPS.split(_WORD.sub(word, _ORDINAL.sub(r"\1", text))) if p]
    if len(months) != 1 or not all(p == "@" or (p.isascii() and p.isdecimal()) for p in pieces):
        return None
    sizes = "".join("@" if p == "@" else "y" if len(p) == 4 else "d" if len(p) < 3 else "!" for p in pieces)
    numbers = {s: int(p) for s, p in zip(sizes, pieces, strict=True) if s != "@"}
    if sizes in {"@", "@y", "y@", "d@", "@d", "d@y", "@dy", "y@d", "yd@"}:
        long_ago = _century(numbers.get("d", 0)) if sizes == "@d" else 0  # "March 98" is no day
        return Part(long_ago or numbers.get("y", 0), months[0], 0 if long_ago else numbers.get("d", 0))
    if sizes in {"d@d", "@dd"}:
        day, year = (int(p) for p in pieces if p != "@")
        return Part(_century(year, text), months[0], day)
    return None


def _century(year: int, text: str = "") -> int:
    """Return the year that two digits mean where only one can be meant: "98" is 1998. Of "21" nobody can say, and 30 may be a day."""
    if 32 <= year <= 99:
        return 1_900 + year
    if text:
        raise ValueError(f"expected a year of four digits, found {text!r}")
    return 0


def _numbered(text: str, order: str) -> Part | None:
    """Return a date in figures: "1999-3-2", "20240501", "12.11.2021", "05/11/2021", "07/1982"; of a range also "29." and "29.5."."""
    if match := _WHOLE.fullmatch(text):
        year, month, day = int(match[1]), *(int(g) if g.isdecimal() else 0 for g in match.group(3, 4))
        return Part(year, month, day if month else 0)
    if match := _COMPACT.fullmatch(text):
        return Part(*map(int, match.groups()))
    if match := _YEAR.fullmatch(text):
        return Part(int(match[1]))
    if match := _YEAR_MONTH.fullmatch(text):
        return _year_and_month(match, text)
    if match := _MONTH_YEAR.fullmatch(text):
        return Part(int(match[2]), int(match[1])) if int(match[1]) <= 12 else None
    if match := _THREE.fullmatch(text):
        return _in_order(match, text, order)
    for pattern, names in ((_DAY_MONTH, ("day", "month")), (_DAY_YEAR, ("day", "year")), (_DAY, ("day",))):
        if match := pattern.fullmatch(text):
            return Part(**dict(zip(names, map(int, match.groups()), strict=True)))
    return None


def _year_and_month(match: re.Match[str], text: str) -> Part | None:
    """Return "1969-07" and "1969/07". "2008/09" may be September, or the winter between two years; "1969-70" is no month."""
    year, month = int(match[1]), int(g) if (g := match[2] or match[3]).isdecimal() else 0
    if "/" in text and month == (year + 1) % 100 and 1 <= month <= 12:
        raise ValueError(f"expected a month such as {year}-{month:02d} or a range such as {year}–{year + 1}, found {text!r}")
    return Part(year, month) if month <= 12 else None


def _in_order(match: re.Match[str], text: str, order: str) -> Part:
    """Return three figures as a date: points put the day first, a figure above 12 is no month, else the column's order decides."""
    first, second = int(match[1]), int(match[3])
    year = int(match[4]) if len(match[4]) == 4 else _century(int(match[4]), text)
    shown = _shown(first, second)
    if shown == OPEN:
        shown = DAY_FIRST if match[2] == "." else order
    if not shown and first != second and 0 not in {first, second}:
        if max(first, second) <= 12:
            raise Undecided(f"expected to know whether the day or the month comes first (--dates {' or '.join(ORDERS)}), found {text!r}")
        raise ValueError(f"expected a day and a month, found {text!r}")
    month, day = (first, second) if shown == MONTH_FIRST else (second, first)
    return Part(year, month, day if month else 0)


def iso(named: Part, cell: str) -> str:
    """Return a date of the calendar as ISO 8601 has it. Raise ValueError for a day or a month that there is not."""
    year, month, day = named
    text = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    if not edtf.flat(text) or (day and not month):
        raise ValueError(f"expected a day that the calendar has, such as 1966-02-28, found {cell[:40]!r}")
    return text
