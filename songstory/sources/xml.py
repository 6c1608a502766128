"""Walks large XML files an element at a time: no entities, no document types, memory and nesting bounded."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree as ET
from defusedxml.common import DefusedXmlException

from songstory.errors import BadRecord, SourceError

MAX_ELEMENT = 64_000_000  # bytes of one record; real ones stay under 2 MB
MAX_DEPTH = 200
RATIO = 200  # how many times larger a gzip file may be inside than outside; real dumps are about 10 times


class _Bounded:
    """A reader that stops a record without end, and a gzip file that is a bomb."""

    def __init__(self, file: IO[bytes], packed: int) -> None:
        self._file, self._packed = file, packed
        self.since = self.read_bytes = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, 65_536) if size > 0 else 65_536)
        self.since += len(data)
        self.read_bytes += len(data)
        if self.since > MAX_ELEMENT:
            raise ValueError(f"a record is longer than {MAX_ELEMENT:,} bytes")
        if self._packed and self.read_bytes > max(self._packed * RATIO, 10_000_000):
            raise ValueError(f"the file unpacks to more than {RATIO} times its size")
        return data


def records(path: Path, tags: frozenset[str]) -> Iterator[tuple[int, Any] | BadRecord]:
    """Yield (number, element) for each element of `tags`, freed after use; a BadRecord where the file breaks off.

    A tag counts without its namespace, at any depth but not inside another record. What came before a break is good.
    Raise SourceError when the file cannot be read.
    """
    number = 0
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            file: Any = gzip.GzipFile(fileobj=raw) if packed else raw
            reader = _Bounded(file, path.stat().st_size if packed else 0)
            try:
                for element in _walk(reader, tags):
                    number += 1
                    yield number, element
            except ParseError as error:
                yield BadRecord(
                    path.name, error.position[0], f"xml: expected well-formed XML ({error}); {number:,} records before it were read"
                )
            except DefusedXmlException as error:
                yield BadRecord(path.name, number + 1, f"xml: entities and document types are not read ({type(error).__name__})")
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                yield BadRecord(path.name, number + 1, f"gzip: the file is cut or damaged ({error})")
            except (ValueError, RecursionError, UnicodeError, LookupError) as error:
                yield BadRecord(path.name, number + 1, f"xml: {error}")
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error


def _walk(reader: _Bounded, tags: frozenset[str]) -> Iterator[Any]:
    inside: list[str] = []
    parents: list[Any] = []
    for event, element in ET.iterparse(reader, events=("start", "end"), forbid_dtd=True):
        name = local(element)
        if event == "start":
            inside += [name] if name in tags else []
            parents.append(element)
            if len(parents) > MAX_DEPTH:
                raise ValueError(f"elements are nested deeper than {MAX_DEPTH}")
            continue
        parents.pop()
        if name in tags:
            inside.pop()
            if not inside:
                yield element
                reader.since = 0
                element.clear()
                if parents:
                    parents[-1].remove(element)


def local(element: Any) -> str:
    """Return the tag of an element without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def child(element: Any, *path: str) -> Any:
    """Return the first descendant along a path of local names, None when there is none."""
    for name in path:
        element = next((c for c in element if local(c) == name), None) if element is not None else None
    return element


def children(element: Any, *path: str) -> list[Any]:
    """Return all elements of the last name, under the first along the path before it."""
    parent = child(element, *path[:-1]) if len(path) > 1 else element
    return [c for c in parent if local(c) == path[-1]] if parent is not None else []


def words(element: Any, *path: str) -> str:
    """Return the text at a path without outer blanks, "" when there is none."""
    found = child(element, *path)
    return " ".join((found.text or "").split()) if found is not None else ""
