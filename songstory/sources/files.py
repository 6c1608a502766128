"""House files: a catalogue as JSON lines. `parse` is pure; a bad line is one clear sentence and the rest goes on.

Each line is an object with a `kind`: source, passage, entity, track, fact or flag. A line may only refer to lines above it
or to what the store already holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import orjson
from pydantic import Field, ValidationError

from songstory.errors import BadRecord, SourceError
from songstory.models import Source, Value
from songstory.vocabulary import ENTITY_KINDS, FLAGS, PREDICATES

MAX_LINE = 1_000_000
Scalar = str | int | float


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


class EntityLine(Value):
    kind: Literal["entity"]
    key: str = Field(min_length=1)
    type: str
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = Field(default_factory=dict)


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


class FlagLine(Value):
    kind: Literal["flag"]
    track: str
    predicate: str
    flag: str
    note: str = ""


Line = SourceLine | PassageLine | EntityLine | TrackLine | FactLine | FlagLine
KINDS: dict[str, type[Line]] = {
    "source": SourceLine,
    "passage": PassageLine,
    "entity": EntityLine,
    "track": TrackLine,
    "fact": FactLine,
    "flag": FlagLine,
}


def fetch(path: Path) -> Iterator[bytes]:
    """Yield the lines of `path`. Raise SourceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error


def parse(lines: Iterable[bytes], name: str) -> Iterator[tuple[int, Line] | BadRecord]:
    """Yield (line number, record) for each good line and a BadRecord for each bad one; blank lines are passed over."""
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            yield number, parse_line(raw)
        except ValueError as error:
            yield BadRecord(name, number, str(error))


def parse_line(raw: bytes) -> Line:
    """Return the record of one line. Raise ValueError saying which field is wrong and what was expected."""
    if len(raw) > MAX_LINE:
        raise ValueError(f"line: longer than {MAX_LINE:,} bytes")
    try:
        data: Any = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"line: expected one JSON object ({error.msg})") from error
    if not isinstance(data, dict):
        raise ValueError(f"line: expected one JSON object, found {type(data).__name__}")
    model = KINDS.get(str(data.get("kind")))
    if model is None:
        raise ValueError(f"kind: expected one of {', '.join(KINDS)}, found {data.get('kind')!r}")
    try:
        line = model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(str(p) for p in first['loc'])}: {first['msg']}") from error
    _check(line)
    return line


def _check(line: Line) -> None:
    if isinstance(line, EntityLine) and line.type not in ENTITY_KINDS:
        raise ValueError(f"type: expected one of {', '.join(ENTITY_KINDS)}, found {line.type!r}")
    if isinstance(line, FlagLine) and line.flag not in FLAGS:
        raise ValueError(f"flag: expected one of {', '.join(FLAGS)}, found {line.flag!r}")
    if isinstance(line, FactLine):
        predicate = PREDICATES.get(line.predicate)
        if predicate is None:
            raise ValueError(f"predicate: {line.predicate!r} is not in the vocabulary; see: songstory vocabulary")
        if predicate.value in {"number", "ordinal", "seconds"} and isinstance(line.value, str):
            raise ValueError(f"value: expected a number for {line.predicate}, found {line.value!r}")
        if line.passage is None and line.source is None:
            raise ValueError("source: a fact needs a passage, or a source with a locator")
