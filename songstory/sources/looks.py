"""A first look at a file that holds a table: where it stands, what its columns seem to say, and what a person should know or decide."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from songstory.errors import ConfigError
from songstory.sources import documents, encodings, exports, headers, sheets, tables, tags, workbooks
from songstory.sources.encodings import Encoding
from songstory.sources.layouts import Layout, form
from songstory.sources.tables import Target
from songstory.vocabulary import PREDICATES

SHOWN = 5  # rows
UTF8 = Encoding("utf-8")
_SONG = frozenset({"title", "artist"})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_AROUND = frozenset("item track song recording data node entry attributes fields resource object content".split())  # keys that say nothing
_TRACKS = frozenset("tracks songs recordings items track".split())
_IDS = frozenset({"id", "uid", "uuid", "uri", "url", "href", "key", "gid", "mbid", "slug"})
_BARE = frozenset({"name", "title", "value", "text", "display name"})  # keys that say nothing without the key around them


def _one_line(text: str) -> str:
    """Return a message in one line, whatever the keys of a document hold that it names."""
    return " ".join(text.split())


class Several(ConfigError):
    """A file holds several tables; one has to be named. `choices` are what --table takes, each with what it is."""

    def __init__(self, detail: str, choices: Mapping[str, str]) -> None:
        super().__init__(_one_line(detail))
        self.choices = choices


@dataclass(frozen=True)
class Asked:
    """What was said of a file beforehand: its encoding, sheet, header and table, and the columns of a mapping."""

    encoding: str = ""
    sheet: str = ""
    header_row: int = 0
    table: str = ""
    columns: tuple[str, ...] = ()


ANYTHING = Asked()


@dataclass(frozen=True)
class Look:
    """A table as it was found: its columns, its first rows, the mapping that they suggest, what is unusual about it."""

    names: list[str]
    shown: list[dict[str, Any]]
    mapping: dict[str, Target]
    layout: Layout
    remarks: tuple[str, ...] = ()
    encoding: Encoding = UTF8


def look(path: Path, asked: Asked = ANYTHING) -> Look:
    """Return what a file holds. Raise Several where it holds more than one table, ConfigError or SourceError where it cannot be read."""
    kind = form(path)
    if kind == "json":
        return _document(path, asked)
    if kind == "folder":
        return Look(list(tags.COLUMNS), _first(path, Layout()), _targets(tags.targets()), Layout())
    return _seen(path, Layout()) if kind == "parquet" else _sheet(path, asked, kind)


def _seen(path: Path, layout: Layout, remarks: Sequence[str] = ()) -> Look:
    shown = _first(path, layout)
    names = list(dict.fromkeys(c for row in shown for c in row))
    return Look(names, shown, tables.guess(names, shown), layout, tuple(remarks))


def _first(path: Path, layout: Layout) -> list[dict[str, Any]]:
    """Return the first rows that are good, of those that a person would look through."""
    found = islice(sheets.rows(path, layout), documents.MOST_ELEMENTS)
    return list(islice((r[1] for r in found if isinstance(r, tuple)), SHOWN))


# sheets -------------------------------------------------------------------------------------------------------------


def _sheet(path: Path, asked: Asked, kind: str) -> Look:
    encoding = Encoding(asked.encoding) if asked.encoding else encodings.guess(path) if kind == "text" else UTF8
    layout = Layout(encoding.name, asked.sheet)
    remarks = _other_sheets(path) if kind == "workbook" and not asked.sheet else []
    found = headers.blocks(sheets.grid(path, layout), lambda names: _header(names, asked.columns), asked.header_row)
    if not found:
        return Look([], [], {}, layout, tuple(remarks), encoding)
    block = found[_chosen(path, asked, found)]
    if block.header > 1:
        remarks.append(f"the header is in row {block.header}")
    layout = replace(layout, header_row=block.header, last_row=block.last)
    beside = [""] * (block.width - len(block.names)) if kind == "workbook" else []
    seen = _seen(path, layout, [*remarks, *headers.remarks([*block.names, *beside])])
    names = [n for n in headers.columns(block.names) if n]
    known = _targets(exports.columns(names))
    return replace(seen, names=names, mapping=known or tables.guess(names, seen.shown), encoding=encoding)


def _header(names: Sequence[str], wanted: Sequence[str]) -> int:
    """Return how surely some cells are a header: by the columns that a mapping names, and by what we would guess."""
    if not any(names):
        return 0
    own = len(set(wanted) & set(names))
    targets = {t.name for t in tables.guess([n for n in names if n]).values()}
    whole = own == len(set(wanted)) if own else targets >= _SONG
    return (headers.FULL if whole else 0) + max(own, len(targets))


def _other_sheets(path: Path) -> list[str]:
    visible = workbooks.sheets(path)
    others = ", ".join(repr(s) for s in visible[1:11])
    return [f"of its {len(visible)} sheets {visible[0]!r} is read; the others: {others}; choose one with --sheet NAME"] if others else []


def _chosen(path: Path, asked: Asked, found: Sequence[headers.Block]) -> int:
    """Return which table of a sheet was asked for. Raise Several where that has to be said."""
    choices = {str(n): f"table {n}, {_block(b)}" for n, b in enumerate(found, start=1)}
    if asked.table in choices:
        return int(asked.table) - 1
    if asked.table:
        raise ConfigError(f"{path.name}: no table {asked.table!r}; it has {'; '.join(choices.values())}")
    if len(found) == 1 or asked.header_row:
        return 0
    listed = "; ".join(choices.values())
    raise Several(f"{path.name}: {len(found)} tables in one sheet: {listed}; name one with --table, such as --table 1", choices)


def _block(block: headers.Block) -> str:
    named = ", ".join(t for t in block.names if t)[:60]
    return f"its header in row {block.header} ({named}), {block.rows:,} row{'' if block.rows == 1 else 's'}"


# documents ----------------------------------------------------------------------------------------------------------


def _document(path: Path, asked: Asked) -> Look:
    value = documents.read(path)
    if value is documents.LINES:
        first = [r[1] for r in islice(documents.lines(path), documents.SAMPLE) if isinstance(r, tuple)]
        return _list(path, "", first, asked)
    found = dict(documents.lists(value))
    likely = _likely(value, found)
    if asked.table:
        listed = likely if likely and len(likely) > 1 else list(found)  # as a question lists them
        list_at = asked.table if asked.table in found else dict(enumerate(listed, start=1)).get(_number(asked.table))
        if list_at is None:
            raise ConfigError(f"{path.name}: no list {asked.table!r}; it has {', '.join(k or 'the whole' for k in found) or 'none'}")
        return _list(path, list_at, found[list_at], asked)
    if likely is None:
        return _list(path, "", [value], asked)
    if len(likely) > 1 and asked.columns:
        likely = [k for k in likely if _has(found[k], asked.columns)] or likely
    if len(likely) > 1:
        raise _several(path, likely, found)
    if not likely:
        return _list(path, "", [value] if isinstance(value, dict) else [], asked)
    return _list(path, likely[0], found[likely[0]], asked, more=[k for k in _outer(list(found)) if k != likely[0]])


def _likely(value: Any, found: Mapping[str, list[dict[str, Any]]]) -> list[str] | None:
    """Return the lists that may be of songs, those of a known shape first; None where the document itself is one song."""
    for fits in (_known, _songs, _titled):
        if likely := [k for k, elements in found.items() if fits(elements)]:
            if fits is _known:
                likely = [k for k in likely if k not in exports.NO_SONGS] or likely
            return _outer(likely)
        if isinstance(value, dict) and fits([value]) and (fits is _known or not any(_tracks(k, e) for k, e in found.items())):
            return None
    return _outer(list(found))


def _outer(lists: Sequence[str]) -> list[str]:
    """Return the lists that are not in the elements of another one."""
    return [k for k in lists if not any(k != other and k.startswith(f"{other}[]") for other in lists)]


def _number(table: str) -> int:
    return int(table) if table.isascii() and table.isdecimal() and len(table) < 4 else 0


def _known(elements: Sequence[dict[str, Any]]) -> bool:
    return exports.known(_sample(elements)) is not None


def _songs(elements: Sequence[dict[str, Any]]) -> bool:
    return _says(elements) >= _SONG


def _titled(elements: Sequence[dict[str, Any]]) -> bool:
    return "title" in _says(elements)


def _tracks(list_at: str, elements: Sequence[dict[str, Any]]) -> bool:
    """Return whether a list within a song is rather that of an album's tracks: more than people by their names."""
    return list_at.rpartition(".")[2] in _TRACKS or any("title" in str(key).casefold() for e in elements[: documents.SAMPLE] for key in e)


def _says(elements: Sequence[dict[str, Any]]) -> set[str]:
    rows = _sample(elements)
    return {t.name for t in _guess(_names(rows), rows).values()}


def _has(elements: Sequence[dict[str, Any]], wanted: Sequence[str]) -> bool:
    return set(wanted) <= {c for row in _sample(elements) for c in row}


def _sample(elements: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [documents.cells(e) for e in elements[: documents.SAMPLE]]


def _several(path: Path, likely: Sequence[str], found: Mapping[str, Sequence[Any]]) -> Several:
    choices = {k: f"{k or 'the whole'} ({len(found[k]):,} entr{'y' if len(found[k]) == 1 else 'ies'})" for k in likely[:20]}
    listed = ", ".join(choices.values())
    return Several(f"{path.name}: {len(likely)} lists in one document: {listed}; name one with --table, as --table {likely[0]}", choices)


def _list(path: Path, list_at: str, elements: Sequence[dict[str, Any]], asked: Asked, more: Sequence[str] = ()) -> Look:
    """Return the look at one list of objects; one whose shape is known needs no guess."""
    shape = None if asked.columns else exports.known(_sample(elements))
    if shape:
        layout = Layout(list_at=list_at, export=shape.name)
        rows = _sample(elements)
        says = {c: target for s in exports.SHAPES if s.name == shape.name and s.fits(rows) for c, target in s.says}
        return Look(list(says), _first(path, layout), _targets(says), layout, (f"its shape is known: {shape.name}",))
    layout = Layout(list_at=list_at)
    shown = _first(path, layout)
    names = _names(shown)
    remarks = (f"the list at {list_at!r} is read; the others: {', '.join(more)[:200]}",) if more else ()
    return Look(names, shown, _guess(names, shown), layout, remarks)


def _targets(says: Mapping[str, str]) -> dict[str, Target]:
    return {column: Target(name) for column, name in says.items() if name in tables.FIELDS or name in PREDICATES}


def _names(shown: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(c for row in shown for c, cell in row.items() if not documents.shapeless(cell)))


def _guess(names: Sequence[str], shown: Sequence[Mapping[str, Any]]) -> dict[str, Target]:
    """Return the mapping that paths suggest: by the last key, or by the one around it where the last is only a name."""
    found: dict[str, Target] = {}
    for name in sorted(names, key=lambda n: n.count(".")):
        for label in _labels(name):
            target = tables.guess([label], [{label: row.get(name, "")} for row in shown]).get(label)
            several = "[]" in name and target and target.name != "artist" and target.name in tables.FIELDS
            if target and not several and target.name not in {t.name for t in found.values()}:
                found[name] = target
                break
    return found


def _labels(path: str) -> list[str]:
    parts = [_HUMP.sub(" ", part.removesuffix("[]").replace("_", " ").replace("-", " ")).strip() for part in path.split(".")]
    parts = [part for part in parts[:-1] if part.casefold() not in _AROUND] + parts[-1:]
    last, around = parts[-1], parts[-2] if len(parts) > 1 else ""
    if not around:
        return [path, last]
    if last.casefold() in _IDS:  # the key of an artist is no artist
        return [f"{around} {last}"]
    return [f"{around} {last}", around] if last.casefold() in _BARE else [last, f"{around} {last}"]

