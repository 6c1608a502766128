"""House tables: CSV, plain JSON lines and Parquet, with a small mapping from columns to what they say.

A mapping is a list of COLUMN=TARGET. A target is a field of the track (title, artist, isrc, mbid, length, released, id) or a
predicate of the vocabulary, with qualifiers in brackets: `UK peak=charted[chart=UK Singles Chart]`; a qualifier may take
another column: `weeks=charted[chart=UK Singles Chart].weeks_total`. Names in one cell are parted by ; | or /.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from songstory import values
from songstory.errors import BadRecord, ConfigError
from songstory.identifiers import normal
from songstory.models import Source
from songstory.names import words
from songstory.records import Passed, Recording, Statement
from songstory.sources import cells as cells_of
from songstory.sources import documents
from songstory.sources.layouts import Layout
from songstory.sources.shapes import entity, precision
from songstory.sources.sheets import rows
from songstory.vocabulary import PREDICATES, QUALIFIERS, by_term

MOST_PARTS = 200  # names in one cell
_PARTS = re.compile(r"[;|\n]| / ")
SERVICES = ("spotify", "apple", "deezer")  # each the scheme of its own identifiers
FIELDS = ("title", "artist", "isrc", "mbid", "length", "released", "id", *SERVICES)
_TARGET = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<qualifiers>[^\]]*)\])?(?:\.(?P<into>[a-z_]+))?")
_HEADERS = {
    "title": "title", "song": "title", "song title": "title", "track": "title", "track title": "title", "track name": "title", "name": "title",
    "artist": "artist", "artist name": "artist", "artists": "artist", "performer": "artist", "act": "artist", "artist credit": "artist",
    "main artist": "artist", "isrc": "isrc", "isrc code": "isrc", "mbid": "mbid", "recording mbid": "mbid", "musicbrainz id": "mbid",
    "length": "length", "duration": "length", "length sec": "length", "duration ms": "length", "time": "length", "track length": "length",
    "release date": "released", "released": "released", "year": "released", "release year": "released", "street date": "released",
    "songwriters": "writer", "songwriter": "writer", "writers": "writer", "written by": "writer", "authors": "writer", "composers": "composer",
    "producers": "producer", "produced by": "producer", "record label": "label", "imprint": "label", "bpm": "tempo", "simplified key": "key",
    "time signature": "time_signature", "intro length sec": "intro_length", "studio": "recorded_at", "recording studio": "recorded_at",
    "recording date": "recorded_on", "mix engineer": "mixer", "mixed by": "mixer", "mastered by": "mastering_engineer", "album": "track_on",
    "featured artists": "featured_artist", "featuring": "featured_artist", "genre": "genre", "lyricists": "lyricist", "engineer": "engineer",
}  # fmt: skip
_EMPTY = frozenset({"", "n/a", "na", "none", "null", "nan", "-", "unknown", "tbc", "?"})


@dataclass(frozen=True)
class Target:
    """What one column says: a field of the track, or a predicate with its qualifiers; `into` puts the cell in a qualifier."""

    name: str
    qualifiers: tuple[tuple[str, str], ...] = ()
    into: str = ""


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
    found: dict[str, Target] = {}
    for column in columns:
        if shown and all(str(row.get(column, "")).casefold() in {"0", "1", "0.0", "1.0", "yes", "no", "true", "false"} for row in shown):
            continue
        key = " ".join(words(column.replace("_", " ")))
        name = _HEADERS.get(key) or (known.name if (known := by_term(key)) else "")
        taken = {t.name for t in found.values()}
        if name and name not in taken and not (name in PREDICATES and PREDICATES[name].value in {"act", "ordinal", "quotation"}):
            found[column] = Target(name)
    return found


def first_look(path: Path, encoding: str = "utf-8", count: int = 5) -> tuple[list[str], list[dict[str, Any]], dict[str, Target]]:
    """Return the columns, the first rows and the guessed mapping of a table."""
    shown = [r[1] for r in islice(rows(path, encoding), count) if isinstance(r, tuple)]
    columns = list(dict.fromkeys(c for row in shown for c in row))
    return columns, shown, guess(columns, shown)


def parse(
    path: Path, source: Source, columns: Mapping[str, Target], layout: Layout | str = "utf-8"
) -> Iterator[Recording | Passed | BadRecord]:
    """Yield what each row says of its recording; a cell that does not fit its target is named, the rest of the row goes in."""
    for found in documents.fitted(rows(path, layout), {c: t.name for c, t in columns.items()}, FIELDS):
        if isinstance(found, BadRecord | Passed):
            yield found
            continue
        number, row = found
        shapeless = [
            c for c, t in columns.items() if isinstance(row.get(c), dict | bytes) or (t.name in FIELDS and isinstance(row.get(c), list))
        ]
        cells = {c: v for c in columns if c not in shapeless and (v := _text(row.get(c)))}
        fields = {t.name: cells[c] for c, t in columns.items() if t.name in FIELDS and c in cells and not t.into}
        if not fields.get("title") or not fields.get("artist"):
            missing = "title" if not fields.get("title") else "artist"
            what = "an empty cell" if not shapeless else "a list or an object"
            yield BadRecord(path.name, number, f"{missing}: expected the song's {missing}, found {what}")
            continue
        wrong = [BadRecord(path.name, number, f"{c}: expected text or a number, found {type(row[c]).__name__}") for c in shapeless]
        yield _recording(path.name, number, source, columns, cells, fields, wrong)
        yield from wrong


def _text(value: Any) -> str:
    if value is None or isinstance(value, dict):
        return ""
    text = "; ".join(str(v) for v in value) if isinstance(value, list) else value.isoformat() if hasattr(value, "isoformat") else str(value)
    text = " ".join(text.replace("\x00", "").split())
    return "" if text.casefold() in _EMPTY else text


def _recording(
    name: str,
    number: int,
    source: Source,
    columns: Mapping[str, Target],
    cells: Mapping[str, str],
    fields: Mapping[str, str],
    wrong: list[BadRecord],
) -> Recording:
    def bad(column: str, why: object) -> None:
        wrong.append(BadRecord(name, number, f"{column}: {why}"))

    def field(which: str, read: Callable[[str], Any], empty: Any) -> Any:
        try:
            return read(fields[which]) if which in fields else empty
        except ValueError as error:
            if which not in PREDICATES:  # those are read once more as what they state
                bad(next(c for c, t in columns.items() if t.name == which and not t.into), error)
            return empty

    released, length = field("released", cells_of.date, ""), field("length", cells_of.seconds, 0)
    isrc, mbid = field("isrc", partial(normal, "isrc"), ""), field("mbid", partial(normal, "musicbrainz"), "")
    said = [Statement(predicate="duration", value=length)] if length else []
    for column, target in columns.items():
        if target.name in PREDICATES and not target.into and column in cells:
            said += _statements(target, column, columns, cells, f"{name} row {number}", bad)
    ids = [("isrc", isrc)] if isrc else []
    ids += [("musicbrainz", mbid)] if mbid else []
    ids += [(source.key, fields["id"])] if "id" in fields else []
    ids += [(scheme, fields[scheme]) for scheme in SERVICES if scheme in fields]
    locator = f"row {fields.get('id') or isrc or number}"
    return Recording(
        source=source.key, locator=locator, title=fields["title"], artist_credit=fields["artist"], identifiers=tuple(ids),
        length_ms=length * 1000 or None, released=released, statements=tuple({s.model_dump_json(): s for s in said}.values()),
    )  # fmt: skip


def _statements(
    target: Target, column: str, columns: Mapping[str, Target], cells: Mapping[str, str], place: str, bad: Callable[[str, object], None]
) -> list[Statement]:
    """Return what one cell states, with the cells that qualify it; `bad` is told of each part that is no value, and of its column."""
    predicate = PREDICATES[target.name]
    more: dict[str, str | int | float] = dict(target.qualifiers)
    for other, into in columns.items():
        if into.into and (into.name, into.qualifiers) == (target.name, target.qualifiers) and other in cells:
            try:
                more[into.into] = _qualifier(into.into, cells[other])
                values.check_qualifiers(target.name, {into.into: more[into.into]})
            except ValueError as error:
                bad(other, error)
                return []
    parts = [p for p in _PARTS.split(cells[column]) if p.strip()] if predicate.value in {"name", "term", "phrase"} else [cells[column]]
    if len(parts) > MOST_PARTS:
        bad(column, f"expected up to {MOST_PARTS} names in one cell, found {len(parts):,}")
        return []
    told = []
    for part in (p.strip() for p in parts if p.strip().casefold() not in _EMPTY):
        try:
            found = _statement(target.name, predicate.value, part, more, place)
            if found.value != 0 or predicate.value != "seconds":  # an introduction of no seconds is no introduction
                values.check(found.predicate, found.value)
                told.append(found)
        except ValueError as error:
            bad(column, error)
    return told


def _qualifier(name: str, cell: str) -> str | int | float:
    """Return a cell as its qualifier holds it: a date, a number or words. Raise ValueError."""
    kind = QUALIFIERS.get(name, "words")
    if kind == "date":
        return cells_of.date(cell)
    if kind == "count":
        return cells_of.number(cell)
    whole = re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", cell)
    return int(whole[1]) if whole and kind != "words" else cell


def _statement(name: str, kind: str, part: str, more: dict[str, str | int | float], place: str) -> Statement:
    if kind == "date":
        date = cells_of.date(part)
        return Statement(predicate=name, value=date, precision=precision(date), qualifiers=more)
    if kind == "seconds":
        return Statement(predicate=name, value=cells_of.seconds(part, short=name == "intro_length"), qualifiers=more)
    if kind in {"number", "ordinal"}:
        return Statement(predicate=name, value=cells_of.number(part), qualifiers=more)
    if kind == "name":
        who = entity(f"n-{place}-{part}", "label" if name == "label" else "artist", part)
        return Statement(predicate=name, value=part, object=who, qualifiers=more)
    return Statement(predicate=name, value=part, qualifiers=more)
