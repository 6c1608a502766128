"""House files: a catalogue as JSON lines. `parse` is pure; a bad line is one clear sentence and the rest goes on.

Each line is an object with a `kind`: source, passage, entity, track, fact or flag. A line may only refer to lines above it
or to what the store already holds.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from songstory.errors import BadRecord, SourceError
from songstory.records import EntityLine, FactLine, FlagLine, Line, PassageLine, SourceLine, TrackLine

MAX_LINE = 1_000_000
MAX_DOCUMENT = 32_000_000  # bytes of one JSON document; the largest real one seen is 4 MB
BOM = codecs.BOM_UTF8
KINDS: dict[str, type[Line]] = {
    "source": SourceLine,
    "passage": PassageLine,
    "entity": EntityLine,
    "track": TrackLine,
    "fact": FactLine,
    "flag": FlagLine,
}


def digest(path: Path) -> str:
    """Return the hash of a file's bytes. Raise SourceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error


def read_lines(path: Path, position: int = 0, number: int = 0, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes, int]]:
    """Yield (line number, line, byte after it) from a byte on. Of a line longer than `limit` bytes only the beginning is kept.

    Raise SourceError when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(position)
            while line := file.readline(limit + 1):
                number += 1
                position += len(line)
                ended = line.endswith(b"\n")
                while not ended and (rest := file.readline(limit)):
                    position += len(rest)
                    ended = rest.endswith(b"\n")
                yield number, line.removeprefix(BOM) if number == 1 else line, position
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error


def fetch(path: Path) -> Iterator[bytes]:
    """Yield the lines of `path`. Raise SourceError when it cannot be read."""
    for _, line, _ in read_lines(path):
        yield line


def documents(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number, value) for a file of one JSON document or of one a line, and a BadRecord in place of each bad one.

    Raise SourceError when the file cannot be read.
    """
    lines = read_lines(path, limit=MAX_DOCUMENT)
    number, first, _ = next(lines, (1, b"", 0))
    value = _document(first, path.name, number)
    if not isinstance(value, BadRecord):
        yield number, value
        for number, raw, _ in lines:
            if raw.strip():
                yield number, _document(raw, path.name, number)
        return
    with path.open("rb") as file:
        yield 1, _document(file.read(MAX_DOCUMENT + 1).removeprefix(BOM), path.name, 1)


def _document(raw: bytes, name: str, number: int) -> Any:
    if len(raw) > MAX_DOCUMENT:
        return BadRecord(name, number, f"line: longer than {MAX_DOCUMENT:,} bytes")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return BadRecord(name, number + getattr(error, "lineno", 1) - 1, f"line: expected JSON ({error.msg})")


def parse(lines: Iterable[tuple[int, bytes, int]], name: str) -> Iterator[tuple[int, Line | BadRecord, int]]:
    """Yield (line number, record or BadRecord, byte after it); blank lines are passed over."""
    for number, raw, position in lines:
        if not raw.strip():
            continue
        try:
            yield number, parse_line(raw), position
        except ValueError as error:
            yield number, BadRecord(name, number, str(error)), position


def broken(error: orjson.JSONDecodeError) -> str:
    """Return why bytes are no JSON, in words for who saved the file."""
    return "it is not in UTF-8; save the file as UTF-8" if "UTF-8" in error.msg else error.msg


def parse_line(raw: bytes) -> Line:
    """Return the record of one line. Raise ValueError saying which field is wrong and what was expected."""
    if len(raw) > MAX_LINE:
        raise ValueError(f"line: longer than {MAX_LINE:,} bytes")
    try:
        data: Any = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"line: expected one JSON object ({broken(error)})") from error
    if not isinstance(data, dict):
        raise ValueError(f"line: expected one JSON object, found {type(data).__name__}")
    if (colons := raw.count(b'":')) != len(data) and colons + raw.count(b'" :') != _keys(data):
        _no_key_twice(raw)
    model = KINDS.get(str(data.get("kind")))
    if model is None:
        raise ValueError(f"kind: expected one of {', '.join(KINDS)}, found {data.get('kind')!r}")
    try:
        line = model.model_validate(data)
    except ValidationError as error:
        raise ValueError(_first(error)) from error
    return line


def _first(error: ValidationError) -> str:
    """Return what is wrong with the first bad field of a line, and what stands there."""
    first = error.errors(include_url=False)[0]
    place = [str(p)[:40] for p in first["loc"]]
    if place[-1] in {"str", "int", "float"}:  # one of the three that a value may be
        return f"{'.'.join(place[:-1])}: expected words or a number, found {_shown(first['input'])}"
    if first["type"] == "string_pattern_mismatch":
        return f"{'.'.join(place)}: expected letters, digits, - and _ only, found {_shown(first['input'])}"
    found = "" if first["type"] in {"missing", "extra_forbidden"} else f", found {_shown(first['input'])}"
    return f"{'.'.join(place)}: {first['msg']}{found}"


def _shown(value: Any) -> str:
    """Return a value as it stands in the file, cut short."""
    shown = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, str | int | float | None) else f"{type(value).__name__}"
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


def _keys(data: Any) -> int:
    """Count the keys of a parsed line, those of objects in it too."""
    if isinstance(data, dict):
        return len(data) + sum(_keys(v) for v in data.values() if isinstance(v, dict | list))
    return sum(_keys(v) for v in data if isinstance(v, dict | list))


def _no_key_twice(raw: bytes) -> None:
    """Raise ValueError when an object of the line has a key twice; the parser alone would keep the last in silence."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [k for k, _ in found]
        twice = next((k for k in names if names.count(k) > 1), None)
        if twice is not None:
            raise ValueError(f"{twice[:40]}: the key stands twice; keep one")
        return dict(found)

    json.loads(raw, object_pairs_hook=pairs)
