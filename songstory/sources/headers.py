"""Finds the tables of a sheet: the row of names below its titles, the rows that belong to it, and what each of its columns is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from songstory.errors import BadRecord
from songstory.sources.layouts import Layout

FIRST = 20  # rows in which the header is looked for
MOST_COLUMNS = 1_000
Row = tuple[int, dict[str, Any]]
Grid = Iterable[tuple[int, Sequence[Any]] | BadRecord]  # the rows of a sheet as they stand in it, each with its number
Known = Callable[[Sequence[str]], int]  # how surely names are a header: 0 not known, then more, FULL when it names title and artist
FULL = 1_000


@dataclass
class Block:
    """A table of a sheet: the row of its header, its last row (0: the end of the sheet), and the names in its header."""

    header: int
    names: list[str]
    last: int = 0
    rows: int = 0
    width: int = 0  # cells of its longest row, which may be more than its header names


@dataclass
class _Walk:
    """Where the walk through a sheet stands: rows before the header, the tables found, whether a blank row was just passed."""

    known: Known
    head: list[tuple[int, list[str]]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    blank: bool = False
    before: int = 0  # the last filled row before the blank one

    def step(self, number: int, texts: list[str]) -> None:
        """Take the next row below the header; one that follows a blank row may be another header."""
        block = self.blocks[-1]
        if not any(texts):
            self.blank = True
            return
        if self.blank and texts != block.names and not _numbers(texts) and self.known(texts) > 1:
            block.last = self.before
            self.blocks.append(Block(number, texts))
            self.blank = False
            return
        if not self.blank or sum(map(bool, texts)) > 1:  # one cell alone after a blank row may be the title of the next table
            self.take(number, len(texts))

    def take(self, number: int, width: int) -> None:
        """Take a row of the last table."""
        self.blank, self.before = False, number
        self.blocks[-1].width = max(self.blocks[-1].width, width)
        self.blocks[-1].rows += 1


def blocks(grid: Grid, known: Known, header_row: int = 0) -> list[Block]:
    """Return the tables of a sheet, each with its header; `header_row` says where the first one is."""
    walk = _Walk(known)
    for row in grid:
        if isinstance(row, BadRecord):
            continue
        number, cells = row
        if walk.blocks and not walk.blank and _filled(cells):  # nearly every row
            walk.take(number, len(cells))
            continue
        texts = [text(c) for c in cells]
        if walk.blocks:
            walk.step(number, texts)
        elif header_row and number >= header_row:
            walk.blocks.append(Block(number, texts))
        elif not header_row:
            walk.head.append((number, texts))
            if len(walk.head) == FIRST:
                _begin(walk)
    if not walk.blocks:
        _begin(walk)
    return walk.blocks


def _begin(walk: _Walk) -> None:
    """Choose the header among the first rows, and walk on from it."""
    if (chosen := _header(walk.head, walk.known)) is None:
        return
    number, texts = walk.head[chosen]
    walk.blocks.append(Block(number, texts))
    walk.before = number
    for later, below in walk.head[chosen + 1 :]:
        walk.step(later, below)


def _header(head: Sequence[tuple[int, list[str]]], known: Known) -> int | None:
    """Return which row names the columns: the first that is known to, else the first below the titles, each of one cell."""
    ranks = [known(texts) if any(texts) else 0 for _, texts in head]
    if max(ranks, default=0) >= FULL:
        return next(i for i, r in enumerate(ranks) if r >= FULL)
    filled = [sum(map(bool, texts)) for _, texts in head]
    wide = [i for i, count in enumerate(filled) if count > 1 and 2 * count >= max(filled)]
    several = [i for i in wide if ranks[i] > 1 and ranks[i] == max(ranks) and filled[i] > max(filled[:i], default=0)]
    return next(iter([*several, *wide, *(i for i, count in enumerate(filled) if count)]), None)


def _filled(cells: Sequence[Any]) -> bool:
    return any(c is not None and c != "" and not (isinstance(c, str) and c.isspace()) for c in cells)


def _numbers(texts: Sequence[str]) -> bool:
    return any(t.replace(".", "", 1).replace(",", "", 1).replace(":", "", 2).isdecimal() for t in texts)


def text(cell: Any) -> str:
    """Return a cell of a header as a name."""
    return " ".join(str(cell).split()) if cell is not None else ""


def columns(cells: Sequence[Any]) -> list[str]:
    """Return what each column is called: "" for one without a name, "Name (2)" for the second of two."""
    names: list[str] = []
    seen, taken, count = set(), {text(c) for c in cells}, dict[str, int]()
    for name in map(text, cells):
        own = name
        if name and name in seen:
            number = count.get(name, 2)
            while (own := f"{name} ({number})") in taken:
                number += 1
            count[name] = number + 1
            taken.add(own)
        seen.add(name)
        names.append(own)
    return names


def remarks(cells: Sequence[Any]) -> list[str]:
    """Return in words what is unusual about a header: names that stand twice, columns without one."""
    names = columns(cells)
    told = [
        f"the name {text(c)!r} stands twice in the header; this one is called {n!r}"
        for c, n in zip(cells, names, strict=True)
        if text(c) != n
    ]
    nameless = names.count("")
    return [*told, f"{nameless} column{'s' if nameless > 1 else ''} without a name in the header: not read"] if nameless else told


def rows(grid: Grid, layout: Layout, name: str, *, ragged: bool = False) -> Iterator[Row | BadRecord]:
    """Yield the rows of one table, cells by column; a row that does not fit its header is a BadRecord.

    The rows of a `ragged` sheet end with their last filled cell; none of its cells can slip, so what stands beside the table is left.
    """
    names: list[str] | None = None
    for row in grid:
        if isinstance(row, BadRecord):
            yield row
            continue
        number, cells = row
        if number < layout.header_row:
            continue
        if layout.last_row and number > layout.last_row:
            return
        if names is None:
            if not any(map(text, cells)):
                continue
            if len(cells) > MOST_COLUMNS:
                yield BadRecord(name, number, f"header: expected at most {MOST_COLUMNS:,} columns, found {len(cells):,}")
                return
            names, header = columns(cells), [text(c) for c in cells]
        elif any(map(text, cells)):
            same = [text(c) for c in cells] == header
            cells = [*cells[: len(names)], *[None] * (len(names) - len(cells))] if ragged else cells
            yield BadRecord(name, number, "row: the header again") if same else _row(cells, names, name, number)


def _row(cells: Sequence[Any], names: Sequence[str], file: str, number: int) -> Row | BadRecord:
    missing, more = names[len(cells) :], cells[len(names) :]
    if any(missing) or any(map(text, more)):
        return BadRecord(file, number, f"row: expected {len(names)} cells, found {len(cells)}")
    found = {n: c for n, c in zip(names, cells, strict=False) if n}
    for column, cell in found.items():
        if isinstance(cell, str) and (why := _unreadable(cell)):
            return BadRecord(file, number, f"{column}: {why}")
    return number, found


def _unreadable(cell: str) -> str:
    if not cell.isascii() and any(0xDC80 <= ord(x) <= 0xDCFF for x in cell):
        return "not UTF-8; save the file as UTF-8, or name its encoding with --encoding cp1252"
    return "expected text, found a NUL byte" if "\x00" in cell else ""
