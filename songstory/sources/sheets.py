"""Reads house tables row by row, whatever their form: CSV, Excel, JSON, Parquet, a folder of audio files.

What a column means is none of its business.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.records import Passed
from songstory.sources import documents, encodings, exports, headers, parquet, tags, workbooks
from songstory.sources.files import BOM
from songstory.sources.headers import Row
from songstory.sources.layouts import Layout, form

MAX_CELL = 100_000
MAX_ROW = 1_000_000  # characters of one line
_SNIFFED = 20  # lines by which the sign between cells is told


def rows(path: Path, layout: Layout | str = "utf-8") -> Iterator[Row | BadRecord | Passed]:
    """Yield (row number, cells by column) for each row, a BadRecord for each bad one and Passed for
    what is no song. Raise SourceError when unreadable.

    `layout` says where in the file the table stands, or only its encoding.
    """
    layout = layout if isinstance(layout, Layout) else Layout(encoding=layout)
    kind = form(path)
    if kind == "parquet":
        yield from parquet.rows(path)
    elif kind == "folder":
        yield from tags.rows(path)
    elif kind == "json" and layout.export:
        yield from exports.rows(path, layout.export, layout.list_at)
    elif kind == "json":
        yield from ((r[0], documents.cells(r[1])) if isinstance(r, tuple) else r for r in documents.objects(path, layout.list_at))
    else:
        yield from headers.rows(grid(path, layout), layout, path.name, ragged=kind == "workbook")


def grid(path: Path, layout: Layout) -> headers.Grid:
    """Yield the rows of a CSV or a workbook as they stand in it, titles and blank ones too, each with its number."""
    return workbooks.grid(path, layout.sheet) if form(path) == "workbook" else _csv(path, layout.encoding)


def _csv(path: Path, encoding: str) -> Iterator[tuple[int, list[str]] | BadRecord]:
    try:
        with path.open("rb") as file:
            head = file.read(64_000)
            encoding = encodings.MARKED.get(head[:2], encoding)
            delimiter, told = _delimiter(head.removeprefix(BOM).decode(encoding, errors="replace"))
            file.seek(0)
            text = io.TextIOWrapper(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape", newline="")
            csv.field_size_limit(MAX_CELL)
            reader = csv.reader(_lines(text), delimiter=delimiter, strict=False)
            if told:
                next(reader, None)
            yield from _read(reader, path.name)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except LookupError as error:
        raise ConfigError(f"--encoding {encoding!r} is not known; use utf-8, cp1252 or latin-1") from error
    except UnicodeError as error:
        raise SourceError(f"{path.name}: not {encoding} ({error}); name its encoding with --encoding") from error


def _read(reader: Any, name: str) -> Iterator[tuple[int, list[str]] | BadRecord]:
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield BadRecord(name, reader.line_num, f"row: {error}")
            continue
        if row is None:
            return
        yield reader.line_num, row


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a table; of an endless one only the beginning, which then is a bad row."""
    while line := text.readline(MAX_ROW):
        whole = line.endswith(("\n", "\r"))
        yield line
        while not whole and len(line) == MAX_ROW and (rest := text.readline(MAX_ROW)):
            whole = rest.endswith(("\n", "\r")) or len(rest) < MAX_ROW


def _delimiter(head: str) -> tuple[str, bool]:
    """Return the sign that parts the cells of most lines alike, and whether the first line does nothing but name it, as Excel writes."""
    lines = [line for line in head.splitlines()[:_SNIFFED] if line.strip()]
    first = lines[0].strip().strip('"').casefold() if lines else ""
    if first.startswith("sep=") and len(first) == 5:
        return first[4], True
    return max(",;\t|", key=lambda sign: _alike(lines, sign)), False


def _alike(lines: list[str], sign: str) -> tuple[int, int]:
    """Return how many lines a sign parts into the same number of cells, and into how many."""
    try:
        parted = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
    except csv.Error:
        parted = Counter(line.count(sign) + 1 for line in lines if sign in line)
    return max(((count, cells) for cells, count in parted.items()), default=(0, 0))
