"""What the sources hand over: recordings with their statements, entities, and the lines of a house file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import orjson
from pydantic import Field, Strict

from songstory.models import Entity, Source, Track, Value

Scalar = Annotated[str, Strict()] | Annotated[int, Strict()] | Annotated[float, Strict()]  # true is no number


def clock(length_ms: int) -> str:
    """Return a length as people read it: 225,000 milliseconds are "3:45"."""
    minutes, rest = divmod(round(length_ms / 1_000), 60)
    return f"{minutes}:{rest:02d}"


class Match(Value):
    """A track that a record may speak of: how alike their letters are, 0 to 100, what agrees, and what differs."""

    track: Track
    score: float
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class Excerpt(Value):
    """A passage of a source as a record brings it; `key` is its name within the record."""

    key: str
    text: str
    locator: str
    licence: str = ""
    revision: str = ""


class Statement(Value):
    """One thing a record says of its recording, not yet a fact: who or what it names is an entity under the source's ids.

    `reference` is where the source itself has it from, in its own words, as Wikidata's claims say.
    """

    predicate: str
    value: str | int | float
    object: Entity | None = None
    qualifiers: dict[str, str | int | float] = Field(default_factory=dict)
    precision: str = ""
    rank: str = "normal"
    quote: str = ""
    excerpt: str = ""
    credited_as: str = ""
    reference: str = ""


class Recording(Value):
    """All that one record of a source (a page, an element, a row) says of one recording.

    `identifiers` are (scheme, value) pairs such as ("isrc", "GBAHS1400099"); `locator` names the record in its source;
    `works` are those it performs as a whole. `version` is what the source says beside the title, such as "Live" or "2014 Remaster";
    `release` names the release that it stands on, whose other tracks are other recordings.
    """

    source: str
    locator: str
    title: str
    artist_credit: str = ""
    artists: tuple[Entity, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    length_ms: int | None = None
    released: str = ""
    revision: str = ""
    statements: tuple[Statement, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    works: tuple[Entity, ...] = ()
    version: str = ""
    release: str = ""


def content_of(record: Recording) -> str:
    """Return the hash by which a record is known again, wherever it stands in its file: of all that tells which recording it speaks of."""
    said = [
        record.title, record.artist_credit, record.version, sorted(record.identifiers), record.length_ms, record.released, record.release,
        years_of(record),
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(said)).hexdigest()[:24]


def years_of(record: Recording) -> tuple[int, ...]:
    """Return the years in which a record hears of its song: that of its release, and those of its charts."""
    charts = [s.qualifiers for s in record.statements if s.predicate == "charted"]
    said = [record.released, *(str(c[q]) for c in charts for q in ("date", "year") if q in c)]
    return tuple(sorted({int(d[:4]) for d in said if d[:4].isdecimal() and len(d) >= 4}))


class Work(Value):
    """All that one record says of a work: who wrote it, and which recordings perform the whole of it, by (scheme, value).

    What it states is stated of every recording that performs it, those known from before too.
    """

    source: str
    locator: str
    entity: Entity
    recordings: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()


class LeftOut(Value):
    """Why cells of a column were left out, how many, and up to three of them as (row, what stood there)."""

    why: str
    count: int
    examples: tuple[tuple[int, str], ...] = ()

    @property
    def told(self) -> str:
        """Return the reason in one line, with its examples."""
        shown = ", ".join(f"row {row}: {cell}" if cell else f"row {row}" for row, cell in self.examples)
        return f"{self.why} ({shown})" if shown else self.why


class ColumnReport(Value):
    """What became of a column of a table: `target` is what it says, "" where it was not read; then `reasons` tell why."""

    column: str
    target: str
    read: int = 0
    left_out: int = 0
    reasons: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Passed:
    """A good record that says nothing of a recording; reports count them by their reason."""

    why: str


class MatchCase(Value):
    """A record that waits for a person to say which track it speaks of; `says` is what else it says of itself."""

    id: int
    source: str
    locator: str
    title: str
    artist_credit: str
    says: tuple[str, ...] = ()
    candidates: tuple[Match, ...]
    at: datetime


class DeclaredSource(Source):
    """A source as the store knows it: `declared_by` is the door it first came through, `origin` what it does not corroborate."""

    declared_by: str = ""
    origin: str = ""

    def plain(self) -> Source:
        """Return the source as its own importer says it."""
        return Source.model_validate(self.model_dump(include=set(Source.model_fields)))


class SourceLine(Source):
    kind: Literal["source"]
    key: str = Field(min_length=1)


class PassageLine(Value):
    kind: Literal["passage"]
    key: str = Field(min_length=1)
    source: str
    locator: str
    text: str
    licence: str = ""
    revision: str = ""


# The fields of names beside the first, and the kind that each gives. A legal or a former name finds and erases somebody; it is never told.
NAMES = {"aliases": "alias", "legal": "legal", "former": "former"}
UNTOLD = frozenset({"legal", "former"})


class EntityLine(Value):
    kind: Literal["entity"]
    key: str = Field(min_length=1)
    type: str
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    legal: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    identifiers: dict[str, str] = Field(default_factory=dict)

    @classmethod
    def of(cls, entity: Entity) -> EntityLine:
        """Return the line that writes an entity, each of its names in the field of its kind."""
        names: dict[str, dict[str, None]] = {field: {} for field in NAMES}
        for other in (n for n in entity.names if n.name != entity.name):
            names[other.kind if other.kind in UNTOLD else "aliases"][other.name] = None
        more = {field: tuple(found) for field, found in names.items()}
        return cls(kind="entity", key=entity.id, type=entity.kind, name=entity.name, identifiers=entity.identifiers, **more)


class TrackLine(Value):
    kind: Literal["track"]
    id: str = Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")
    title: str = Field(min_length=1)
    artist: str = Field(min_length=1)
    artist_entity: str | None = None
    recording: str | None = None
    length_ms: int | None = Field(default=None, ge=0)
    released: str = ""
    popularity: int = 0
    tier: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    works: tuple[str, ...] = ()


class FactLine(Value):
    kind: Literal["fact"]
    track: str
    predicate: str
    value: Scalar
    object: str | None = None
    qualifiers: dict[str, Scalar] = Field(default_factory=dict)
    precision: str = ""
    rank: str = "normal"
    quote: str = ""
    passage: str | None = None
    source: str | None = None
    locator: str = ""
    cell: str = ""
    credited_as: str = ""
    reference: str = ""


class FlagLine(Value):
    kind: Literal["flag"]
    track: str
    predicate: str
    flag: str
    note: str = ""


Line = SourceLine | PassageLine | EntityLine | TrackLine | FactLine | FlagLine
