"""Rows of an Excel workbook as they show, without trusting its claims: what unpacks beyond measure, or brings entities, is not read."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from songstory.errors import BadRecord, ConfigError, SourceError

MAX_ROWS = 1_048_576  # of a sheet, as Excel has it
MAX_CELLS = 50_000_000  # of a sheet, the empty ones before a filled one too
MAX_ENTRIES = 10_000
MAX_TOTAL = 2_000_000_000  # bytes unpacked; the sheet is walked, never held
MAX_PART = 200_000_000  # bytes of the texts, the styles: these are held
MAX_RATIO = 200  # as of archives
LEAST_BUDGET = 64_000_000
_ROWS = 200  # read at once
_BROKEN = (
    ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, IndexError,
    AttributeError, OverflowError, NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel writes a sign that XML does not hold
_LETTERS = re.compile(r'\[(h|m|s)+\]|"[^"]{0,100}"|\\.|\[[^\]]{0,50}\]', re.IGNORECASE)


def grid(path: Path, sheet: str = "") -> Iterator[tuple[int, list[Any]] | BadRecord]:
    """Yield (row number, cells) of a sheet, the first visible one by default. Raise ConfigError, SourceError."""
    why = _unfit(path)
    if why:
        yield BadRecord(path.name, 1, f"workbook: {why}")
        return
    number = cells = 0
    book = None
    try:
        book = _open(path)
        found = _sheet(book, sheet, path.name)
        found.reset_dimensions()  # what it says of its size may be wrong
        walk = found.iter_rows()
        while batch := _quietly(walk):
            for row in batch:
                number += 1
                cells += len(row)
                if number > MAX_ROWS or cells > MAX_CELLS:
                    yield BadRecord(path.name, number, f"sheet: more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells; the rest is left out")
                    return
                yield number, [_value(c) for c in row]
    except _BROKEN as error:
        yield BadRecord(path.name, number + 1, f"workbook: it is damaged ({type(error).__name__}: {' '.join(str(error).split())[:100]})")
    finally:
        if book is not None:
            book.close()


def sheets(path: Path) -> list[str]:
    """Return the names of the visible sheets. Raise ConfigError without openpyxl, SourceError for what is no workbook."""
    if why := _unfit(path):
        raise BadRecord(path.name, 1, f"workbook: {why}")
    try:
        book = _open(path)
        try:
            return [s.title for s in book.worksheets if s.sheet_state == "visible"]
        finally:
            book.close()
    except _BROKEN as error:
        raise SourceError(f"{path.name}: the workbook is damaged ({type(error).__name__})") from error


def _open(path: Path) -> Any:
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise ConfigError('a workbook needs openpyxl; install it with: pip install "songstory[excel]"; or save the sheet as CSV') from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and checks that nobody reads here
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)


def _sheet(book: Any, name: str, file: str) -> Any:
    visible = [s for s in book.worksheets if s.sheet_state == "visible"]
    if not name and visible:
        return visible[0]
    found = next((s for s in book.worksheets if s.title.casefold().strip() == name.casefold().strip()), None)
    if name and found is not None:
        return found
    listed = ", ".join(repr(s.title) for s in visible[:20]) or "none"
    raise ConfigError(f"{file}: no sheet {name!r}; its visible sheets: {listed}; choose one with --sheet NAME")


def _quietly(walk: Iterator[Any]) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return list(islice(walk, _ROWS))


def _unfit(path: Path) -> str:
    """Return why a workbook is not read at all: what it unpacks to is counted, not believed."""
    try:
        budget = min(MAX_TOTAL, max(LEAST_BUDGET, MAX_RATIO * path.stat().st_size))
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                return f"expected at most {MAX_ENTRIES:,} parts, found {len(entries):,}"
            for entry in entries:
                if not entry.filename.endswith((".xml", ".rels")):
                    continue  # pictures and the like are never opened
                most = budget if "worksheets/" in entry.filename else min(budget, MAX_PART)
                size, why = _measured(archive, entry, most)
                budget -= size
                if why:
                    return f"{entry.filename[:80]!r} {why}"
    except FileNotFoundError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except _BROKEN as error:
        return f"it is cut or damaged ({' '.join(str(error).split())[:100]})"
    return ""


def _measured(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[int, str]:
    """Return how many bytes a part unpacks to, and why it is not read."""
    size, last = 0, b""
    with archive.open(entry) as part:
        while chunk := part.read(1_000_000):
            size += len(chunk)
            if size > most:
                return size, f"unpacks to more than {most:,} bytes"
            if b"<!DOCTYPE" in last + chunk or b"<!ENTITY" in last + chunk or chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                return size, "has a document type or entities, which are not read"
            last = chunk[-10:]
    return size, ""


# what a cell shows --------------------------------------------------------------------------------------------------


def _value(cell: Any) -> Any:
    """Return a cell as it shows: a date in ISO form, a time as its format has it, an error as nothing."""
    value = cell.value
    if value is None or isinstance(value, int | float):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if isinstance(value, str):
        if cell.data_type == "e":
            return None
        return _ESCAPE.sub(_sign, value) if "_x" in value else value
    return shown(value, str(cell.number_format or ""))


def _sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0xD800 else ""


def shown(value: Any, number_format: str) -> Any:
    """Return a date or a time in words: "1986-04" where no day is shown, "3:45" for a length of minutes and seconds."""
    letters = _LETTERS.sub(lambda m: m[0].strip("[]") if m[1] else " ", number_format).casefold()
    if isinstance(value, timedelta):
        return _clock(value, letters)
    if isinstance(value, time):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond), letters)
    if isinstance(value, datetime):
        if "y" not in letters and "d" not in letters and ("h" in letters or "s" in letters):
            return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond), letters)
        return _day(value.date(), letters) if value.time() == time() or "h" not in letters else value.isoformat(timespec="seconds")
    return _day(value, letters) if isinstance(value, date) else value


def _day(value: date, letters: str) -> str:
    day = value.isoformat()
    if "y" not in letters:
        return day
    return day if "d" in letters else day[:7] if "m" in letters else day[:4]


def _clock(value: timedelta, letters: str) -> str:
    """Return a time as its format shows it; a length beyond a day keeps its hours."""
    hundredths = round(value.total_seconds() * 100)
    seconds, rest = divmod(hundredths, 100) if "0" in letters else (round(value.total_seconds()), 0)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    part = f".{rest:02}" if rest else ""
    if "h" in letters:
        return f"{hours}:{minute:02}:{second:02}{part}" if "s" in letters else f"{hours}:{minute:02}"
    return f"{minutes}:{second:02}{part}" if "m" in letters else f"{seconds}{part}"
