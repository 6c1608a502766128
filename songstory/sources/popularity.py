"""How often recordings are heard, as ListenBrainz counts it: an MBID and its numbers, and no word on the song."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord, ConfigError
from songstory.identifiers import normal
from songstory.records import Passed
from songstory.sources import documents, shapes
from songstory.sources.layouts import form

MOST = 2_000_000_000  # what a column of the store holds
UNHEARD = "a recording that nobody has heard"
_KEYS = frozenset({"recording_mbid", "total_listen_count"})


def is_popularity(path: Path) -> bool:
    """Return whether a file counts how often recordings are heard. Raise SourceError when unreadable."""
    try:
        return form(path) == "json" and _where(path) is not None
    except (BadRecord, ConfigError):
        return False


def parse(path: Path) -> Iterator[tuple[str, int] | Passed | BadRecord]:
    """Yield (MBID, times heard) for each recording, a BadRecord for what is none."""
    for found in documents.objects(path, _where(path) or ""):
        if isinstance(found, BadRecord):
            yield found
            continue
        number, counted = found
        if counted.get("total_listen_count") is None:
            yield Passed(UNHEARD)
            continue
        try:
            mbid = normal("musicbrainz", shapes.text(counted, "recording_mbid"))
        except ValueError as error:
            yield BadRecord(path.name, number, f"recording_mbid: {error}")
            continue
        count = counted["total_listen_count"]
        if type(count) is int and 0 <= count <= MOST:
            yield mbid, count
        else:
            yield BadRecord(path.name, number, f"total_listen_count: expected a number up to {MOST:,}, found {str(count)[:40]!r}")


def _where(path: Path) -> str | None:
    """Return the path of the list in the document, "" for the whole or for lines, None for another file."""
    value = documents.read(path)
    if value is documents.LINES:
        return "" if _counts(r[1] for r in islice(documents.lines(path), documents.SAMPLE) if isinstance(r, tuple)) else None
    if isinstance(value, dict) and _counts([value]):
        return ""
    return next((where for where, elements in documents.lists(value) if _counts(elements[: documents.SAMPLE])), None)


def _counts(elements: Any) -> bool:
    return any(element.keys() >= _KEYS for element in elements)
