"""Cells of house tables, read strictly: what could mean two things is refused in words, never guessed. Pure."""

from __future__ import annotations

import re

from songstory.values import year_of

_DATE = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9][0-9:.,Z+-]*)?")
_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?")  # 1,250,000
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,4}")  # 1.250.000
_DECIMAL_COMMA = re.compile(r"[0-9]{1,12},[0-9]{1,2}")  # 120,5
_SURE = 30  # seconds: a decimal number below it may as well be minutes, or the part of a day that a spreadsheet makes of a time
_MILLISECONDS = 10_000  # from here on a whole number of nothing else is taken for milliseconds


def date(cell: str) -> str:
    """Return the date of a cell, whole or partial, without a time of day; a month or day "00" is not known. Raise ValueError."""
    match = _DATE.fullmatch(cell)
    found = match[1].replace("-00", "") if match else ""
    if not year_of(found):
        raise ValueError(f"expected a date such as 1986, 1986-04 or 1986-04-21, found {cell[:40]!r}")
    return found


def seconds(cell: str, *, short: bool = False) -> int:
    """Return a length in seconds from "3:45", "225", "225.4" or milliseconds; with `short` also from "12.5". Raise ValueError."""
    if match := _CLOCK.fullmatch(cell):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    value = float(cell) if _PLAIN.fullmatch(cell) else -1.0
    if value < 0 or ("." in cell and value < _SURE and value and not short):
        raise ValueError(f"expected a length such as 3:45 or 225 seconds, found {cell[:40]!r}")
    return round(value / 1000 if value >= _MILLISECONDS else value)


def number(cell: str) -> int | float:
    """Return the number of a cell, whose thousands may be parted by commas or dots. Raise ValueError for "12,5000" and the like."""
    if _PLAIN.fullmatch(cell):
        bare = cell
    elif _GROUPED.fullmatch(cell):
        bare = cell.replace(",", "")
    elif _DOTTED.fullmatch(cell):
        bare = cell.replace(".", "")
    elif _DECIMAL_COMMA.fullmatch(cell):
        bare = cell.replace(",", ".")
    else:
        raise ValueError(f"expected a number, found {cell[:40]!r}")
    value = float(bare)
    return int(value) if value.is_integer() else value
