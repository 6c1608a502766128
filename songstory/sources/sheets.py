"""Reads house tables row by row, whatever their form: CSV, JSON lines, Parquet. What a column means is none of its business."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.sources import parquet
from songstory.sources.files import BOM, broken, read_lines

MAX_CELL = 100_000
MAX_ROW = 1_000_000  # characters of one line


def rows(path: Path, encoding: str = "utf-8") -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Yield (row number, cells by column) for each row, a BadRecord for each bad one. Raise SourceError when unreadable."""
    suffix = path.suffix.casefold()
    if suffix in {".parquet", ".pq"}:
        yield from parquet.rows(path)
    elif suffix in {".jsonl", ".ndjson", ".json"}:
        yield from _json_lines(path)
    else:
        yield from _csv(path, encoding)


def _csv(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    try:
        with path.open("rb") as file:
            head = file.read(64_000)
            if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                encoding = "utf-16"
            delimiter = _delimiter(head.removeprefix(BOM).decode(encoding, errors="replace"))
            file.seek(0)
            text = io.TextIOWrapper(file, encoding="utf-8-sig" if encoding == "utf-8" else encoding, errors="surrogateescape", newline="")
            csv.field_size_limit(MAX_CELL)
            reader = csv.reader(_lines(text), delimiter=delimiter, strict=False)
            yield from _cells(reader, path.name)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except LookupError as error:
        raise ConfigError(f"--encoding {encoding!r} is not known; use utf-8, cp1252 or latin-1") from error
    except UnicodeError as error:
        raise SourceError(f"{path.name}: not {encoding} ({error}); name its encoding with --encoding") from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a table; of an endless one only the beginning, which then is a bad row."""
    while line := text.readline(MAX_ROW):
        whole = line.endswith(("\n", "\r"))
        yield line
        while not whole and len(line) == MAX_ROW and (rest := text.readline(MAX_ROW)):
            whole = rest.endswith(("\n", "\r")) or len(rest) < MAX_ROW


def _delimiter(head: str) -> str:
    line = next((part for part in head.splitlines() if part.strip()), "")
    return max(",;\t|", key=line.count)


def _cells(reader: Any, name: str) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    columns: list[str] | None = None
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield BadRecord(name, reader.line_num, f"row: {error}")
            continue
        if row is None:
            return
        if columns is None:
            columns = [c.strip() for c in row]
            if len(set(columns)) != len(columns) or not any(columns):
                yield BadRecord(name, 1, "header: expected one row of column names, each once")
                return
        elif [c.strip() for c in row] == columns:
            yield BadRecord(name, reader.line_num, "row: the header again")
        elif any(cell.strip() for cell in row):
            yield _row(row, columns, name, reader.line_num)


def _row(row: list[str], columns: list[str], name: str, number: int) -> tuple[int, dict[str, Any]] | BadRecord:
    if len(row) != len(columns):
        return BadRecord(name, number, f"row: expected {len(columns)} cells, found {len(row)}")
    broken = next((c for c, cell in zip(columns, row, strict=True) if any(0xDC80 <= ord(x) <= 0xDCFF for x in cell)), None)
    if broken is not None:
        return BadRecord(name, number, f"{broken}: not UTF-8; save the file as UTF-8, or name its encoding with --encoding cp1252")
    zero = next((c for c, cell in zip(columns, row, strict=True) if "\x00" in cell), None)
    if zero is not None:
        return BadRecord(name, number, f"{zero}: expected text, found a NUL byte")
    return number, dict(zip(columns, row, strict=True))


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    for number, raw, _ in read_lines(path):
        if not raw.strip():
            continue
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            yield BadRecord(path.name, number, f"line: expected one JSON object ({broken(error)})")
            continue
        yield (
            (number, value)
            if isinstance(value, dict)
            else BadRecord(path.name, number, f"line: expected an object, found {type(value).__name__}")
        )
