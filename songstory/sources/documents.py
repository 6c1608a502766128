"""Rows of JSON: one object a line, one array, or one document with a list inside. A value within an object is a cell by its path.

A path is the keys to a value, parted by dots; `[]` after a key takes every element of its list: `track.artists[].name`.
"""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from songstory.errors import BadRecord, SourceError
from songstory.sources.files import BOM, MAX_DOCUMENT, broken, read_lines

MAX_DEPTH = 8  # keys of a path
MOST_CELLS = 1_000  # of one object
MOST_ELEMENTS = 1_000  # of one list in a cell
SAMPLE = 20  # objects by which a list is known
_MOST_LISTS = 50
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class _Lines:
    """A file of one object a line, and no document."""


LINES = _Lines()


def read(path: Path) -> Any:
    """Return the value of a file that is one JSON document, LINES for one object a line. Raise BadRecord for what is neither."""
    lines = ((n, raw) for n, raw, _ in read_lines(path, limit=MAX_DOCUMENT) if raw.strip())
    number, first = next(lines, (1, b""))
    if not first:
        return LINES
    value = _loads(first)
    if not isinstance(value, orjson.JSONDecodeError):
        return value if next(lines, None) is None else LINES
    if first.lstrip().startswith(b"{") and first.rstrip().endswith(b"}"):
        return LINES  # a broken line among others
    whole = _whole(path)
    value = _loads(whole)
    if not isinstance(value, orjson.JSONDecodeError):
        return value
    if any(isinstance(_loads(raw), dict) for _, raw in islice(lines, SAMPLE)):
        return LINES
    if len(whole) > MAX_DOCUMENT:
        raise BadRecord(path.name, number, f"longer than {MAX_DOCUMENT:,} bytes; expected one object a line, as jq -c '.[]' makes")
    raise BadRecord(path.name, value.lineno, f"line: expected one JSON object ({broken(value)})")


def _whole(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            found = file.read(MAX_DOCUMENT + 1)
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    return found.decode("utf-16", errors="replace").encode() if found[:2] in _WIDE else found.removeprefix(BOM)


def _loads(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return error


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Yield (line number, object) for each line, a BadRecord for what is none."""
    for number, raw, _ in read_lines(path):
        if not raw.strip():
            continue
        value = _loads(raw)
        if isinstance(value, orjson.JSONDecodeError):
            yield BadRecord(path.name, number, f"line: expected one JSON object ({broken(value)})")
        elif isinstance(value, dict):
            yield number, value
        else:
            yield BadRecord(path.name, number, f"line: expected an object, found {type(value).__name__}")


def objects(path: Path, list_at: str = "") -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Yield (number, object) for each line, or for each element of the list at a path of the document; "" is the document itself."""
    value = read(path)
    if value is LINES:
        yield from lines(path)
        return
    found = at(value, list_at)
    for number, element in enumerate(found if isinstance(found, list) else [found], start=1):
        if isinstance(element, dict):
            yield number, element
        elif element is not None:
            yield BadRecord(path.name, number, f"element: expected an object, found {type(element).__name__}")


def at(value: Any, path: str) -> Any:
    """Return the value at a path, None when there is none; a path through lists gives one list of what is in all of them."""
    if not path:
        return value
    key, _, rest = path.partition(".")
    if key.endswith("[]"):
        elements = _inside(value, key[:-2]) if key != "[]" else value
        found = [at(e, rest) for e in elements] if isinstance(elements, list) else []
        return [x for f in found if f is not None for x in (f if isinstance(f, list) else [f])]
    return at(_inside(value, key), rest)


def _inside(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def lists(value: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the lists of objects in a document by their paths, those in the elements of others too."""
    return list(islice(_lists(value, ""), _MOST_LISTS))


def _lists(value: Any, path: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if path.count(".") >= MAX_DEPTH:
        return
    if isinstance(value, list):
        elements = [e for e in value if isinstance(e, dict)]
        if elements:
            yield path, elements
            merged = {k: v for e in reversed(elements[:SAMPLE]) for k, v in e.items() if isinstance(v, dict | list) and v}
            yield from _lists(merged, f"{path}[]" if path else "[]")
    elif isinstance(value, dict):
        for key, inner in islice(value.items(), MOST_CELLS):
            if isinstance(inner, dict | list) and "." not in key:
                yield from _lists(inner, f"{path}.{key}" if path else key)


def cells(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object as a row: each text, number or list of them by its path, and under its own key what holds them."""
    row: dict[str, Any] = {}
    _fill(row, value, "", 0)
    return row


def _fill(row: dict[str, Any], value: dict[str, Any], before: str, depth: int) -> None:
    for key, inner in value.items():
        if len(row) >= MOST_CELLS:
            return
        path = f"{before}{key}"
        if isinstance(inner, dict):
            row.setdefault(path, inner)
            if depth < MAX_DEPTH:
                _fill(row, inner, f"{path}.", depth + 1)
        elif isinstance(inner, list) and any(isinstance(e, dict) for e in inner):
            elements = [e for e in inner[:MOST_ELEMENTS] if isinstance(e, dict)]
            row.setdefault(path, Objects(elements))
            if depth < MAX_DEPTH:
                _gather(row, elements, f"{path}[].", depth + 1)
        else:
            row[path] = inner[:MOST_ELEMENTS] if isinstance(inner, list) else inner


def _gather(row: dict[str, Any], elements: Iterable[dict[str, Any]], before: str, depth: int) -> None:
    """Put what the elements of a list hold into lists, path by path; as credits are written, their names stand joined under "[]"."""
    for element in elements:
        inner: dict[str, Any] = {}
        _fill(inner, element, before, depth)
        for path, cell in inner.items():
            if cell is None or isinstance(cell, dict):
                continue
            found = row.setdefault(path, []) if len(row) < MOST_CELLS else row.get(path)
            if isinstance(found, list):
                found += (cell if isinstance(cell, list) else [cell])[: max(0, MOST_ELEMENTS - len(found))]


class Objects(dict[str, Any]):
    """A list of objects: no cell, but where names are asked for it is theirs, and where a credit, that with its joining words."""

    def __init__(self, elements: list[dict[str, Any]]) -> None:
        super().__init__()
        self.names = [e["name"] for e in elements if isinstance(e.get("name"), str)]
        if len(self.names) < len(elements):
            self.names = []
        joined = any(isinstance(e.get("joinphrase"), str) for e in elements)
        self.credit = "".join(f"{e.get('name')}{e.get('joinphrase') or ''}" for e in elements) if joined and self.names else ""


def shapeless(cell: Any) -> bool:
    """Return whether a cell holds objects, which are read by the paths of what is in them."""
    return isinstance(cell, dict)


def fitted(rows: Iterable[Any], wanted: Mapping[str, str], fields: Collection[str]) -> Iterator[Any]:
    """Yield rows whose cells fit what they are `wanted` for, by column: of lists and objects their texts; a column "a|b" is the first
    of the two that is filled. `fields` are the targets that hold one text."""
    for found in rows:
        if not isinstance(found, tuple):
            yield found
            continue
        row = found[1]
        changed = {c: new for c, target in wanted.items() if (new := _fit(row, c, target, fields)) is not row.get(c)}
        yield (found[0], {**row, **changed}) if changed else found


def _fit(row: dict[str, Any], column: str, target: str, fields: Collection[str]) -> Any:
    cell = row.get(column)
    if cell is None and "|" in column:
        cell = next((c for part in column.split("|") if (c := row.get(part.strip())) not in (None, "", [])), None)
    if isinstance(cell, Objects):
        cell = (cell.credit if target == "artist" else "") or cell.names or cell
    elif isinstance(cell, dict) and isinstance(cell.get("name"), str):
        cell = cell["name"]
    if not isinstance(cell, list) or target not in fields or not all(isinstance(c, str | int) for c in cell):
        return cell
    if target == "artist":
        return ", ".join(dict.fromkeys(str(c) for c in cell))
    return (cell[0] if cell else None) if len(cell) < 2 or target not in {"title", "released", "length"} else cell
