"""House tables: CSV, plain JSON lines and Parquet, with a small mapping from columns to what they say.

A mapping is a list of COLUMN=TARGET. A target is a field of the track (title, artist, version, isrc, mbid, length, released, id ...) or a
predicate of the vocabulary, with qualifiers in brackets: `UK peak=charted[chart=UK Singles Chart]`; a qualifier may take
another column: `weeks=charted[chart=UK Singles Chart].weeks_total`. How names are parted in one cell says `credits`.

What a row says of its recording is its content: it is known by its title, its artist, its version and its identifiers, wherever in the
table it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord, ConfigError
from songstory.models import Source
from songstory.records import ColumnReport, Passed, Recording
from songstory.sources import column_names, dates, documents
from songstory.sources.column_names import FIELDS
from songstory.sources.columns import Column, kind_of, ordered, survey
from songstory.sources.layouts import Layout
from songstory.sources.reports import Report
from songstory.sources.sheets import rows
from songstory.sources.table_rows import Row, Table, Target, digest
from songstory.vocabulary import PREDICATES

__all__ = [
    "FIELDS", "ORDERS", "Column", "ColumnReport", "Report", "Target", "first_look", "guess", "look", "mapping", "parse", "question",
    "undecided", "unread",
]  # fmt: skip
ORDERS = dates.ORDERS
_TARGET = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<qualifiers>[^\]]*)\])?(?:\.(?P<into>[a-z_]+))?")
_UNREAD_ROWS = 5  # rows by which a column is judged that a mapping leaves out


def mapping(pairs: Sequence[str]) -> dict[str, Target]:
    """Return the mapping of COLUMN=TARGET pairs, of TARGET=COLUMN too where only that makes sense.

    Raise ConfigError naming the pair that is wrong and what is allowed.
    """
    found = {}
    for pair in pairs:
        column, _, said = pair.partition("=")
        first, _, last = pair.rpartition("=")
        if (match := _target(said)) is None and (match := _target(first)) is not None:
            column = last
        if match is None or not column.strip():
            raise ConfigError(
                f"--map {pair!r}: expected COLUMN=TARGET with one of {', '.join(FIELDS)} or a predicate (songstory vocabulary)"
            )
        found[column.strip()] = _checked(match, pair)
    return found


def _target(said: str) -> re.Match[str] | None:
    match = _TARGET.fullmatch(said.strip())
    return match if match and (match["name"] in FIELDS or match["name"] in PREDICATES) else None


def _checked(match: re.Match[str], pair: str) -> Target:
    """Return the target that was written. Raise ConfigError for a qualifier that it does not have."""
    name = match["name"]
    qualifiers = tuple((k.strip(), v.strip()) for part in (match["qualifiers"] or "").split(",") if part for k, _, v in [part.partition("=")])
    allowed = PREDICATES[name].qualifiers if name in PREDICATES else ()
    wrong = next((q for q in [*(k for k, _ in qualifiers), match["into"]] if q and q not in allowed), None)
    if wrong:
        raise ConfigError(f"--map {pair!r}: {name} has no qualifier {wrong!r}; it has: {', '.join(allowed) or 'none'}")
    return Target(name, qualifiers, match["into"] or "")


def guess(columns: Sequence[str], shown: Sequence[Mapping[str, Any]] = ()) -> dict[str, Target]:
    """Return the mapping that the column names and the first rows suggest; a yes-or-no column says nothing we can tell."""
    return {column: Target(name) for column, name in column_names.guess(columns, shown).items()}


def first_look(
    path: Path, layout: Layout | str = "utf-8", count: int = _UNREAD_ROWS
) -> tuple[list[str], list[dict[str, Any]], dict[str, Target]]:
    """Return the columns, the first rows and the guessed mapping of a table."""
    shown = [r[1] for r in islice(rows(path, layout), count) if isinstance(r, tuple)]
    columns = list(dict.fromkeys(c for row in shown for c in row))
    return columns, shown, guess(columns, shown)


def unread(path: Path, columns: Mapping[str, Target], layout: Layout | str = "utf-8") -> dict[str, str]:
    """Return the columns of a table that a mapping does not read, each with why."""
    names, shown, _ = first_look(path, layout)
    return column_names.unread(names, columns, shown)


def look(path: Path, columns: Mapping[str, Target], layout: Layout | str = "utf-8", order: str = "") -> dict[str, Column]:
    """Return what each column shows over the whole table; `order` is that of day and month where a column leaves it open."""
    return ordered(survey(_fitted(path, columns, layout), {c: kind_of(t.name, t.into) for c, t in columns.items()}), order)


def _fitted(path: Path, columns: Mapping[str, Target], layout: Layout | str) -> Iterator[Any]:
    return documents.fitted(rows(path, layout), {c: t.name for c, t in columns.items()}, FIELDS)


def undecided(known: Mapping[str, Column]) -> tuple[tuple[str, str], ...]:
    """Return the columns whose order of day and month nobody knows, each with a cell of it."""
    return tuple((c, k.open) for c, k in known.items() if k.open)


def question(open_ones: Sequence[tuple[str, str]]) -> str:
    """Return what must be asked of columns that are undecided, in words that name one cell of the first."""
    columns = " and ".join(c for c, _ in open_ones)
    return f"column {columns}: in {open_ones[0][1]!r} the day may come first, or the month"


def parse(
    path: Path,
    source: Source,
    columns: Mapping[str, Target],
    layout: Layout | str = "utf-8",
    *,
    known: Mapping[str, Column] | None = None,
    report: Report | None = None,
) -> Iterator[Recording | Passed | BadRecord]:
    """Yield what each row says of its recording; a cell that does not fit its target is named, the rest of the row goes in.

    `known` is what the columns show, as `look` returns it; `report` is told what became of each cell. The same row twice is one record.
    """
    table = Table(path.name, source, columns, known if known is not None else look(path, columns, layout), report or Report())
    for column, why in unread(path, columns, layout).items():
        table.report.unread(column, why)
    seen: set[bytes] = set()
    for found in _fitted(path, columns, layout):
        if isinstance(found, BadRecord | Passed):
            yield found
            continue
        row = Row(table, *found)
        record = row.recording()
        if record is not None and (said := digest(record.model_dump_json())) not in seen:
            seen.add(said)
            yield record
        yield from row.wrong
