"""What the cells of a column show together: the order of day and month, the unit of lengths, what a comma does between names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from songstory.names import words
from songstory.sources import cells, credits, dates
from songstory.vocabulary import PREDICATES, QUALIFIERS

_TURNABLE = re.compile(r"[0-9] ?[/-] ?[0-9]")
_WHOLE = re.compile(r"[0-9]{1,9}(?:\.0)?")
_DECIMAL = re.compile(r"[0-9]{1,6}[.,]([0-9]{1,20})")
_SURELY_MS = 86_400  # a whole number above, and the column is in milliseconds: no song lasts longer than a day
_MOSTLY = 5  # times as many cells that show one thing, and the few that show the other are read alike
_SURELY_SECONDS = 60  # between, most are seconds: no song lasts an hour of them in minutes
_ORDER_HEADS = (  # as in "Released (DD/MM/YYYY)", "Datum (TT.MM.JJJJ)"
    (dates.DAY_FIRST, re.compile(r"\b(?:dd?|tt?|jj)[./ -]mm?\b")),
    (dates.MONTH_FIRST, re.compile(r"\bmm?[./ -]dd?\b")),
)
_SINCE_1904 = re.compile(r"\b1904\b")  # old Macintosh workbooks count their days from then
_DATE_HEADS = frozenset(
    """
    date datum released release veroffentlicht veroffentlichung erschienen erscheinungsdatum veroffentlichungsdatum recorded aufgenommen
    aufnahmedatum vo fecha data sortie parution lanzamiento lancamento uscita releasedatum day tag on
    """.split()
)


@dataclass(frozen=True)
class Column:
    """What a column shows. `order` is that of day and month; `open` is a cell of which it must be known and is not.

    Without `hours` all its lengths of three figures end in ":00": a spreadsheet makes "3:45:00" of a 3:45 that was typed.
    """

    order: str = ""
    open: str = ""
    serials: bool = False
    unit: str = ""
    fractions: bool = False
    decimals: bool = False
    hours: bool = True
    commas: str = ""


@dataclass
class _Seen:
    """What was counted in a column: votes by kind, and the first cell of each."""

    votes: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, kind: str, cell: str) -> None:
        if kind:
            self.votes[kind] += 1
            self.first.setdefault(kind, cell)


def kind_of(name: str, into: str = "") -> str:
    """Return what a column with this target holds that its other cells may explain: dates, lengths or people; "" for nothing."""
    if into:
        return "date" if QUALIFIERS.get(into) == "date" else ""
    if name == "length":
        return "length"
    known = PREDICATES.get(name)
    if known is None:
        return ""
    if known.value == "name":
        return "" if name in credits.ACTS else "people"
    return {"date": "date", "seconds": "length"}.get(known.value, "")


def survey(found_rows: Iterable[Any], kinds: Mapping[str, str]) -> dict[str, Column]:
    """Return what each column of a kind shows over the whole file; a file without such columns is not read."""
    looked = {c: k for c, k in kinds.items() if k}
    seen = {c: _Seen() for c in looked}
    for found in found_rows if looked else ():
        if isinstance(found, tuple):
            for column, kind in looked.items():
                for cell in _cells(found[1].get(column)):
                    _LOOK[kind](seen[column], cell)
    return {c: _TELL[kind](c, seen[c]) for c, kind in looked.items()}


def ordered(known: Mapping[str, Column], order: str) -> dict[str, Column]:
    """Return columns, those whose order is open with the order that a person names."""
    return {c: replace(k, order=order, open="") if order and k.open else k for c, k in known.items()}


def _cells(value: Any) -> tuple[str, ...]:
    try:
        found = cells.content(value)
    except ValueError:
        return ()
    return found if isinstance(found, tuple) else (found,) if found else ()


def _look_at_date(seen: _Seen, cell: str) -> None:
    if _TURNABLE.search(cell):
        seen.add(dates.order_of(cell), cell)
    elif dates.is_serial(cell):
        seen.add("serial", cell)
    elif cell.isdecimal() and len(cell) not in {4, 8}:
        seen.add("number", cell)


def _date(column: str, seen: _Seen) -> Column:
    votes = seen.votes
    shown = [o for o in dates.ORDERS if votes[o]]
    named_so = next((o for o, head in _ORDER_HEADS if head.search(column.casefold())), "")
    order = named_so or (shown[0] if len(shown) == 1 else "")
    named = not _DATE_HEADS.isdisjoint(words(column.replace("_", " ")))
    serials = votes["serial"] > 0 == votes["number"] and (named or votes["serial"] > 1) and not _SINCE_1904.search(column)
    return Column(order=order, open="" if order else seen.first.get(dates.OPEN, ""), serials=serials)


def _look_at_length(seen: _Seen, cell: str) -> None:
    if _WHOLE.fullmatch(cell):
        number = int(cell.removesuffix(".0"))
        seen.add("ms" if number > _SURELY_MS else "s" if number > _SURELY_SECONDS else "low", cell)
    elif match := _DECIMAL.fullmatch(cell):
        below = cells.FRACTION.fullmatch(cell) is not None
        seen.add("fraction" if below else "hundredths" if len(match[1]) != 2 or int(match[1]) > 59 else "clock", cell)
    elif cell.count(":") == 2 and not cell.startswith(("0:", "00:")):  # less than an hour shows nothing of what may last more
        seen.add("no seconds" if cell.endswith(":00") else "seconds", cell)


def _length(column: str, seen: _Seen) -> Column:
    votes, unit = seen.votes, cells.unit_of(column)
    decimals = votes["hundredths"] > 0
    if not unit and votes["ms"]:
        unit = "ms"
    elif not unit and votes["s"] > 1 and not (votes["clock"] or votes["hundredths"]):
        unit = "s"
    fractions = not unit and votes["fraction"] > 0 and (votes["fraction"] > 1 or cells.is_time(column))
    return Column(unit=unit, decimals=decimals, fractions=fractions, hours=not votes["no seconds"] or votes["seconds"] > 0)


def _look_at_people(seen: _Seen, cell: str) -> None:
    if "," in cell:
        seen.add(credits.commas_of(cell), cell)


def _people(column: str, seen: _Seen) -> Column:
    """Tell what commas do in a column of people. "Madonna, Patrick Leonard" may be a turned name by itself; among lists it is a list."""
    parts, turned = seen.votes[credits.PARTS], seen.votes[credits.TURNED]
    if parts >= _MOSTLY * turned and parts:
        return Column(commas=credits.PARTS)
    return Column(commas=credits.TURNED if turned >= _MOSTLY * parts and turned else "")


_LOOK = {"date": _look_at_date, "length": _look_at_length, "people": _look_at_people}
_TELL = {"date": _date, "length": _length, "people": _people}
