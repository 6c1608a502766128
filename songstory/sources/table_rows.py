"""A row of a house table on its way to a record: each cell read as its column's target says, what does not fit named. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from songstory import identifiers, values
from songstory.edtf import Dated
from songstory.errors import BadRecord
from songstory.models import Source
from songstory.names import words
from songstory.records import Recording, Statement
from songstory.sources import cells as cells_of
from songstory.sources import column_names, credits, dates
from songstory.sources.column_names import FIELDS, SERVICES
from songstory.sources.columns import Column
from songstory.sources.reports import Report, shown
from songstory.sources.shapes import entity
from songstory.sources.shares import is_share
from songstory.vocabulary import PREDICATES, QUALIFIERS, is_credit

MOST_PARTS = 200  # names in one cell
LONGEST_NAME = 200  # bytes of a title, an artist or a name in what a record is known by; what is longer ends in its hash
_PARTS = re.compile(r"[;|\n]| / ")
_IDS = {"isrc": "isrc", "mbid": "musicbrainz", "wikidata": "wikidata", **{scheme: scheme for scheme in SERVICES}}
_STAND = frozenset({"title", "artist", "album_artist"})  # fields whose words for nothing are names: a song is called "None"


@dataclass(frozen=True)
class Target:
    """What one column says: a field of the track, or a predicate with its qualifiers; `into` puts the cell in a qualifier."""

    name: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    into: str = ""


def digest(text: str) -> bytes:
    """Return the hash by which two texts are known for equal."""
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


class Table:
    """What is the same for all rows of a table."""

    def __init__(self, name: str, source: Source, columns: Mapping[str, Target], known: Mapping[str, Column], report: Report) -> None:
        self.name, self.source, self.columns, self.known, self.report = name, source, columns, known, report
        self.fields = {t.name: c for c, t in columns.items() if t.name in FIELDS and not t.into}
        for column, target in columns.items():
            report.names(column, f"{target.name}.{target.into}" if target.into else target.name)

    def shows(self, column: str) -> Column:
        """Return what a column shows."""
        return self.known.get(column) or Column()


@dataclass
class Row:
    """One row on its way to a record; `wrong` gathers its cells that do not fit."""

    table: Table
    number: int
    row: Mapping[str, Any]
    wrong: list[BadRecord] = field(default_factory=list)
    cells: dict[str, str | tuple[str, ...]] = field(default_factory=dict)

    def recording(self) -> Recording | None:
        """Return what the row says of its recording, None where it names none."""
        for column, target in self.table.columns.items():
            self._take(column, target)
        title, artist = self._text("title"), self._text("artist")
        if not title or not artist:
            missing = "artist" if title else "title"
            shapeless = any(isinstance(self.row.get(c), dict | list) for c in self.table.columns)
            what = "a list or an object" if shapeless else "an empty cell"
            self.wrong[:] = [BadRecord(self.table.name, self.number, f"{missing}: expected the song's {missing}, found {what}")]
            return None
        ids, version = self._ids(), self._text("version")
        locator = _locator(title, artist, version, next((v for _, v in ids), ""))
        length = self._field("length", lambda cell: self._length(self.table.fields["length"], cell)) or 0
        released = self._field("released", lambda cell: self._date(self.table.fields["released"], cell).value) or ""
        said = [Statement(predicate="duration", value=round(length / 1_000))] if length >= 500 else []
        for column, target in self.table.columns.items():
            if target.name in PREDICATES and not target.into and column in self.cells:
                said += self._statements(target, column, locator)
        album = self._album()
        return Recording(
            source=self.table.source.key, locator=locator, title=title, artist_credit=artist, identifiers=tuple(ids),
            length_ms=length or None, released=released if values.flat(released) else "", version=version,
            release=f"{album}, {self._text('album_artist') or artist}" if album else "",
            statements=tuple({_said(s): s for s in said}.values()),
        )  # fmt: skip

    # cells ----------------------------------------------------------------------------------------------------------

    def _take(self, column: str, target: Target) -> None:
        """Take the content of one cell, unless it is empty, holds shares alone, or is no text at all."""
        stands = target.name in _STAND and not target.into
        try:
            found = cells_of.content(self.row.get(column), stands=stands)
            if isinstance(found, tuple) and (target.name in FIELDS and target.name not in {"artist", "album_artist", "isrc"}):
                raise ValueError("expected text or a number, found list")
        except ValueError as error:
            self._bad(column, error, type(self.row[column]).__name__)
            return
        if found and is_share(column) and not any(c.isalpha() for c in str(found)):
            self.table.report.left_out(column, self.number, "", column_names.CONFIDENTIAL)
        elif found:
            self.cells[column] = found

    def _bad(self, column: str, why: object, cell: str | tuple[str, ...] = "") -> None:
        target = self.table.columns[column].name
        self.wrong.append(BadRecord(self.table.name, self.number, f"{column}: {why}"))
        self.table.report.left_out(column, self.number, shown(cell, credit=is_credit(target)), str(why))

    def _text(self, name: str) -> str:
        """Return a field in one line; several artists are joined as one credit."""
        cell = self.cells.get(self.table.fields.get(name, ""), "")
        text = " & ".join(cell) if isinstance(cell, tuple) else " ".join(cell.split())
        if text and name not in PREDICATES:
            self.table.report.read(self.table.fields[name])
        return text

    def _field(self, name: str, read: Callable[[str], Any]) -> Any:
        """Return a field as `read` reads it, None where it is empty or does not fit."""
        column = self.table.fields.get(name, "")
        if not (cell := self.cells.get(column)):
            return None
        try:
            found = read(cell if isinstance(cell, str) else "; ".join(cell))
        except ValueError as error:
            if name not in PREDICATES:  # those are read once more as what they state
                self._bad(column, error, cell)
            return None
        if name not in PREDICATES:
            self.table.report.read(column)
        return found

    def _ids(self) -> list[tuple[str, str]]:
        found = [(scheme, v) for name, scheme in _IDS.items() for v in self._field(name, partial(identifiers.read, scheme)) or ()]
        own = self._text("id")
        return [*found, *([(self.table.source.key, own)] if own else [])]

    def _album(self) -> str:
        column = next((c for c, t in self.table.columns.items() if t.name == "track_on" and not t.into), "")
        cell = self.cells.get(column, "")
        return " ".join(cell.split()) if isinstance(cell, str) else ""

    def _date(self, column: str, cell: str) -> Dated:
        shows = self.table.shows(column)
        return dates.read(cell, shows.order, serials=shows.serials)

    def _length(self, column: str, cell: str, *, short: bool = False) -> int:
        shows = self.table.shows(column)
        if not shows.hours and cell.endswith(":00") and cell.count(":") == 2 and not cell.startswith(("0:", "00:")):
            raise ValueError(f"expected minutes and seconds, or hours that no spreadsheet made of them, found {cell[:40]!r}")
        return cells_of.milliseconds(
            cell, shows.unit, short=short, fractions=shows.fractions, decimals=shows.decimals, hours=shows.hours
        )

    # statements -----------------------------------------------------------------------------------------------------

    def _statements(self, target: Target, column: str, locator: str) -> list[Statement]:
        """Return what one cell states, with the cells that qualify it; a cell that is unsure states nothing."""
        more = self._qualifiers(target)
        if more is None:
            return []
        cell = self.cells[column]
        try:
            found = list(self._stated(target.name, column, cell, more, locator))
        except ValueError as error:
            self._bad(column, error, cell)
            return []
        told = []
        for said in found:
            try:
                values.check(said.predicate, said.value)
                told.append(said)
            except ValueError as error:
                self._bad(column, error, cell)
        if len(told) == len(found):
            self.table.report.read(column)
        return told

    def _qualifiers(self, target: Target) -> dict[str, str | int | float] | None:
        """Return what qualifies the statements of a target, None where a cell of it does not fit."""
        more: dict[str, str | int | float] = dict(target.qualifiers)
        for other, into in self.table.columns.items():
            if into.into and (into.name, into.qualifiers) == (target.name, target.qualifiers) and other in self.cells:
                cell = self.cells[other]
                try:
                    more[into.into] = self._qualifier(other, into.into, cell if isinstance(cell, str) else "; ".join(cell))
                    values.check_qualifiers(target.name, {into.into: more[into.into]})
                except ValueError as error:
                    self._bad(other, error, cell)
                    return None
                self.table.report.read(other)
        return more

    def _qualifier(self, column: str, name: str, cell: str) -> str | int | float:
        """Return a cell as its qualifier holds it: a date, a number or words. Raise ValueError."""
        kind = QUALIFIERS.get(name, "words")
        if kind == "date":
            value = self._date(column, cell).value
            if not values.flat(value):
                raise ValueError(f"expected a year, a month or a day, found {cell[:40]!r}")
            return value
        if kind == "count":
            return cells_of.number(cell)
        whole = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", cell)
        return int(whole[1]) if whole and kind != "words" else " ".join(cell.split())

    def _stated(
        self, name: str, column: str, cell: str | tuple[str, ...], more: dict[str, str | int | float], locator: str
    ) -> Iterator[Statement]:
        """Yield what a cell states. Raise ValueError for one that is none of its kind, or unsure."""
        kind = PREDICATES[name].value
        if kind == "name":
            yield from self._credits(name, column, cell, more, locator)
        elif kind in {"term", "phrase"}:
            parts = [p for c in ([cell] if isinstance(cell, str) else cell) for p in (_PARTS.split(c) if isinstance(cell, str) else [c])]
            if len(parts) > MOST_PARTS:
                raise ValueError(f"expected up to {MOST_PARTS} names in one cell, found {len(parts):,}")
            bare = (" ".join(p.split()) for p in parts)
            yield from (Statement(predicate=name, value=p, qualifiers=more) for p in bare if p.casefold() not in cells_of.EMPTY)
        else:
            yield from self._value(name, column, cell if isinstance(cell, str) else "; ".join(cell), more)

    def _credits(
        self, name: str, column: str, cell: str | tuple[str, ...], more: dict[str, str | int | float], locator: str
    ) -> Iterator[Statement]:
        for credit in _credited(cell, name, self.table.shows(column).commas):
            label = credit.predicate == "label"
            uid = _key("n-label" if label else "n", self.table.source.key, locator, " ".join(words(credit.name)) or credit.name.casefold())
            yield Statement(
                predicate=credit.predicate, value=credit.name, object=entity(uid, "label" if label else "artist", credit.name),
                qualifiers={**(more if credit.predicate == name else {}), **dict(credit.qualifiers)}, credited_as=credit.credited_as,
            )  # fmt: skip

    def _value(self, name: str, column: str, cell: str, more: dict[str, str | int | float]) -> Iterator[Statement]:
        kind = PREDICATES[name].value
        if kind == "date":
            found = self._date(column, cell)
            bounds = {} if values.flat(found.value) else {"earliest": found.earliest, "latest": found.latest}
            yield Statement(
                predicate=name, value=found.value, precision=found.precision, qualifiers={**more, **{k: v for k, v in bounds.items() if v}}
            )
        elif kind == "seconds":
            length = round(self._length(column, cell, short=name == "intro_length") / 1_000)
            if length:  # an introduction of no seconds is no introduction
                yield Statement(predicate=name, value=length, qualifiers=more)
        elif kind in {"number", "ordinal"}:
            yield Statement(predicate=name, value=cells_of.number(cell), qualifiers=more)
        else:
            yield Statement(predicate=name, value=" ".join(cell.split()), qualifiers=more)


@lru_cache(maxsize=4_096)
def _credited(cell: str | tuple[str, ...], name: str, commas: str) -> tuple[credits.Credit, ...]:
    """Return the names of a cell; the same few people made most of a catalogue."""
    return tuple(credits.read(cell, name, commas))


def _said(statement: Statement) -> tuple[object, ...]:
    who = statement.object.id if statement.object else ""
    return statement.predicate, statement.value, who, statement.credited_as, *sorted(statement.qualifiers.items())


def _locator(title: str, artist: str, version: str, identifier: str) -> str:
    """Return by what a record is known in its source: by what it says, and by no place in a file, which the next sheet sorts anew."""
    found = f"{_short(title)}, {_short(artist)}" + (f" [{_short(version)}]" if version else "")
    return f"{found} ({_short(identifier)})" if identifier else found


def _key(*parts: str) -> str:
    return "-".join(_short(p) if i > 2 else p for i, p in enumerate(parts))


def _short(text: str) -> str:
    """Return a text as a part of a key: whole, or so much of it as an index holds, and its hash."""
    if len(text) <= LONGEST_NAME // 2 or len(text.encode(errors="replace")) <= LONGEST_NAME:
        return text
    return f"{text[: LONGEST_NAME // 4]}… {digest(text).hex()[:12]}"
