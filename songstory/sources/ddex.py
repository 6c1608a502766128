"""DDEX: messages of a file, each to the reader of its standard by its root element: ERN, MEAD or RIN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord
from songstory.models import Source
from songstory.records import Passed, Recording
from songstory.sources import ern, mead, rin, xml
from songstory.sources.ddex_terms import Message
from songstory.sources.xml import local

Read = list[Recording | Passed | BadRecord]
_READ: dict[str, Callable[[Any, str, int], tuple[Message, Read]]] = {ern.ROOT: ern.parse, mead.ROOT: mead.parse, rin.ROOT: rin.parse}
NOTICE = (
    "{} messages are read as its public documentation has them and not validated: no schema was at hand, and no message of a delivery "
    "was seen yet; look at what came of them before you tell it"
)


def parse(path: Path) -> Iterator[tuple[Source, Read] | BadRecord]:
    """Yield for each message in a file who sent it and what it says of its recordings. Raise SourceError when unreadable."""
    found = False
    for item in xml.records(path, frozenset(_READ)):
        if isinstance(item, BadRecord):
            yield item
            return
        found = True
        number, element = item
        message, read = _READ[local(element)](element, path.name, number)
        yield message.who, read
    if not found:
        yield BadRecord(path.name, 1, "message: expected a NewReleaseMessage of DDEX ERN, or one of MEAD or RIN, found another document")


def notice(source: Source) -> str:
    """Return what is to be known of the standard that a source's messages are of, "" for ERN."""
    return next((NOTICE.format(s.upper()) for s in ("mead", "rin") if source.key.endswith(f"--{s}")), "")
