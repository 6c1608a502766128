"""MusicBrainz: recordings, releases, works and artists, from the web service's JSON or XML and from the lines of its JSON dumps.

Only core data is read (CC0); tags, genres, ratings and annotations are under another licence and are passed over.
Relationship types and attributes are those of musicbrainz.org/relationships.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.records import Recording, Statement, Work
from songstory.sources import http
from songstory.sources.relationships import WORK_ROLES, Works, artist, credit, performed, statements, whole, work_entity, written
from songstory.sources.shapes import number, obj, objs, partial_date, precision, text, texts

log = logging.getLogger(__name__)

SOURCE = Source(
    key="musicbrainz", name="MusicBrainz", licence="CC0 1.0", licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="MusicBrainz contributors", url="https://musicbrainz.org/", trust=80, independent_group="musicbrainz",
)  # fmt: skip
API = "https://musicbrainz.org/ws/2"
INCLUDES = "artist-credits+isrcs+releases+artist-rels+work-rels+recording-rels+place-rels+label-rels+url-rels+work-level-rels+aliases"
PAUSE = 1.0  # seconds between requests, as the web service asks


def fetch(client: http.Client, *, isrc: str = "", mbid: str = "", query: str = "") -> Any:
    """Return the web service's answer on one recording, those of an ISRC, or a search. Raise SourceError, SourceUnavailable."""
    if mbid:
        return client.json(f"{API}/recording/{http.path(mbid)}", {"fmt": "json", "inc": INCLUDES}, pause=PAUSE)
    if isrc:
        found = client.json(f"{API}/isrc/{http.path(isrc)}", {"fmt": "json", "inc": "artist-credits"}, pause=PAUSE)
        return [fetch(client, mbid=text(r, "id")) for r in objs(found, "recordings")[:5] if text(r, "id")]
    return client.json(f"{API}/recording", {"fmt": "json", "query": _plain(query), "limit": "5"}, pause=PAUSE)


def _plain(query: str) -> str:
    """Return a query whose signs are text to Lucene, the query language of the search."""
    return re.sub(r'([+\-&|!(){}\[\]^"~*?:\\/])', r"\\\1", query)


def parse(
    data: Any, name: str = "musicbrainz", line: int = 1, works: Works | None = None
) -> Iterator[Recording | Entity | Work | BadRecord]:
    """Yield what an answer or a dump line says: recordings of a recording, release, search or list; artists by name; works.

    `works` gives the relations of a work by its MBID, for dumps, whose recordings only name their works.
    """
    if isinstance(data, list):
        for item in data:
            yield from parse(item, name, line, works)
        return
    if not isinstance(data, dict):
        yield BadRecord(name, line, f"line: expected a JSON object of MusicBrainz, found {type(data).__name__}")
        return
    data = _tidy(data)
    for shape, read in _SHAPES:
        if shape in data and data[shape] is not None:
            yield from read(data, name, line, works)
            return
    keys = ", ".join(sorted(map(str, data))[:6])
    yield BadRecord(name, line, f"line: expected recordings, works, or the names of an artist; found an answer with {keys}")


def _tidy(value: Any) -> Any:
    """Return the one shape of all known ones: hyphens in keys, relations in one flat list."""
    if isinstance(value, list):
        return [_tidy(v) for v in value]
    if not isinstance(value, dict):
        return value
    found = {str(k).replace("_", "-"): _tidy(v) for k, v in value.items()}
    nested = [r for group in objs(found, "relation-list") for r in objs(group, "relations")]
    kinds = [k for k in found if k.endswith("-relations") and isinstance(found[k], list)]
    typed = [{"target-type": k.removesuffix("-relations"), **r} for k in kinds for r in objs(found, k)]
    if nested or typed:
        found["relations"] = [*objs(found, "relations"), *nested, *typed]
    return found


# one reader for each shape of an answer ------------------------------------------------------------------------------


def _releases(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Recording | BadRecord]:
    tracks = [t for m in objs(data, "media") for t in [*objs(m, "tracks"), obj(m, "pregap")] if obj(t, "recording")]
    for track in tracks:
        credit = track.get("artist-credit") or data.get("artist-credit")
        merged = {"artist-credit": credit, "length": track.get("length"), **obj(track, "recording")}
        yield from _recording(merged, name, line, works, release=data, position=text(track, "number"))
    if not tracks:
        yield BadRecord(name, line, "media: the release lists no recordings; ask for it with inc=recordings")


def _medium(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Recording | BadRecord]:
    yield from _releases({"media": [data]}, name, line, works)


def _track(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Recording | BadRecord]:
    merged = {"artist-credit": data.get("artist-credit"), "length": data.get("length"), **obj(data, "recording")}
    yield from _recording(merged, name, line, works)


def _search(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Recording | BadRecord]:
    for found in objs(data, "recordings"):
        yield from _recording(found, name, line, works)


def _recording(
    data: dict[str, Any], name: str, line: int, works: Works | None, release: dict[str, Any] | None = None, position: str = ""
) -> Iterator[Recording | BadRecord]:
    mbid, title = text(data, "id"), text(data, "title")
    if not mbid or not title:
        what = "id: expected the recording's MBID" if not mbid else "title: expected the recording's title"
        yield BadRecord(name, line, f"{what}, found none")
        return
    shown, artists, guests = credit(data)
    released = partial_date(text(data, "first-release-date"))
    length = number(data, "length")
    said = [
        *(Statement(predicate="featured_artist", value=g.name, object=g) for g in guests),
        *statements(data, works),
        *([Statement(predicate="released", value=released, precision=precision(released))] if released else []),
        *([Statement(predicate="duration", value=round(length / 1000))] if length else []),
        *_on_releases([release] if release else objs(data, "releases"), position),
    ]
    yield Recording(
        source=SOURCE.key, locator=mbid, title=title, artist_credit=shown, artists=artists, released=released,
        identifiers=(("musicbrainz", mbid), *(("isrc", i.replace("-", "").upper()) for i in texts(data, "isrcs"))),
        length_ms=length or None, statements=_once(said), works=performed(data),
    )  # fmt: skip


def _once(said: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple({s.model_dump_json(): s for s in said}.values())


def _artists(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Entity | BadRecord]:
    found = artist(data)
    yield found or BadRecord(name, line, "id: expected the artist's MBID and name, found none")


def _urls(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Recording | BadRecord]:
    found = [obj(r, "recording") for url in objs(data, "urls") for r in objs(url, "relations") if obj(r, "recording")]
    for recording in found:
        yield from _recording(recording, name, line, works)
    if not found:
        yield BadRecord(name, line, "urls: none of them is of a recording")


def _work(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Work | BadRecord]:
    """Yield a work with its writers, its ISWC and the recordings it names as performing the whole of it."""
    found = work_entity(data)
    if found is None:
        yield BadRecord(name, line, "id: expected the work's MBID and title, found none")
        return
    performing = [r for r in objs(data, "relations") if whole(r) and "instrumental" not in texts(r, "attributes")]
    recordings = tuple(("musicbrainz", mbid) for r in performing if (mbid := text(obj(r, "recording"), "id")))
    statements = _once(written(objs(data, "relations")))
    yield Work(source=SOURCE.key, locator=text(data, "id"), entity=found, recordings=recordings, statements=statements)


def _works(data: dict[str, Any], name: str, line: int, works: Works | None) -> Iterator[Work | BadRecord]:
    for found in objs(data, "works"):
        yield from _work(found, name, line, works)


def _on_releases(releases: list[dict[str, Any]], position: str) -> Iterator[Statement]:
    """Yield the first official album that holds the recording; a single or a later collection says less."""
    albums = [
        r
        for r in releases
        if text(obj(r, "release-group"), "primary-type") == "Album"
        and not texts(obj(r, "release-group"), "secondary-types")
        and text(r, "status") in {"Official", ""}
        and text(r, "title")
    ]
    for album in sorted(albums, key=lambda r: text(r, "date") or "9999")[:1]:
        year = partial_date(text(obj(album, "release-group"), "first-release-date"))[:4]
        qualifiers: dict[str, str | int | float] = {"position": f"track {position}"} if position.isdecimal() else {}
        yield Statement(predicate="track_on", value=text(album, "title"), qualifiers=qualifiers | ({"year": year} if year else {}))


_SHAPES: tuple[tuple[str, Any], ...] = (
    ("media", _releases),
    ("tracks", _medium),
    ("recording", _track),
    ("recordings", _search),
    ("urls", _urls),
    ("sort-name", _artists),
    ("works", _works),
    ("iswcs", _work),
    ("languages", _work),
    ("language", _work),
    ("artist-credit", _recording),
    ("isrcs", _recording),
    ("length", _recording),
    ("relations", _recording),
)


# dumps ---------------------------------------------------------------------------------------------------------------


class WorkIndex:
    """The writers of the works of a dump, in a file of its own, so that memory does not grow with the dump."""

    def __init__(self, lines: Iterable[tuple[int, Any]]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="songstory-works")
        self._rows = sqlite3.connect(Path(self._folder.name) / "works.db")
        self._rows.execute("CREATE TABLE work (id TEXT PRIMARY KEY, relations BLOB) WITHOUT ROWID")
        self.bad: list[BadRecord] = []
        self._rows.executemany("INSERT OR REPLACE INTO work VALUES (?, ?)", self._read(lines))
        self._rows.commit()

    def _read(self, lines: Iterable[tuple[int, Any]]) -> Iterator[tuple[str, bytes]]:
        for _, work in lines:
            if isinstance(work, BadRecord):
                self.bad.append(work)
            elif mbid := text(work, "id"):
                written = [r for r in objs(_tidy(work), "relations") if text(r, "type") in WORK_ROLES]
                if written:
                    yield mbid, orjson.dumps(written)

    def __call__(self, work: str) -> list[dict[str, Any]]:
        found = self._rows.execute("SELECT relations FROM work WHERE id = ?", (work,)).fetchone()
        return list(orjson.loads(found[0])) if found else []

    def close(self) -> None:
        """Take the file away."""
        self._rows.close()
        self._folder.cleanup()


# the older XML answers -----------------------------------------------------------------------------------------------


def from_xml(root: Any) -> Any:
    """Return an XML answer of the web service in the shape of its JSON: "x-list" becomes "xs", a relation knows its target."""
    found = from_xml_element(root)
    return next((v for v in found.values() if isinstance(v, dict)), found)


def from_xml_element(element: Any) -> dict[str, Any]:
    """Return one element as an object: attributes and leaves by name, lists under their plural."""
    found: dict[str, Any] = {k.rsplit("}", 1)[-1]: v for k, v in element.attrib.items()}
    for child in element:
        tag = child.tag.rsplit("}", 1)[-1]
        if tag == "artist-credit":
            found[tag] = [from_xml_element(c) for c in child]
        elif tag == "relation-list":
            target = child.get("target-type", "")
            found.setdefault("relations", []).extend({"target-type": target, **from_xml_element(c)} for c in child)
        elif tag in {"isrc-list", "iswc-list", "attribute-list"}:
            found[tag.removesuffix("-list") + "s"] = [c.get("id") or c.text for c in child]
        elif tag == "alias-list":
            found["aliases"] = [{"name": c.text, "type": c.get("type"), "end": c.get("end-date")} for c in child]
        elif tag == "medium-list":
            found["media"] = [from_xml_element(c) for c in child if c.tag.endswith("medium")]
        elif tag.endswith("-list"):
            found[tag.removesuffix("-list") + "s"] = [from_xml_element(c) for c in child]
        else:
            found[tag] = from_xml_element(child) if len(child) or child.attrib else child.text
    if isinstance(found.get("length"), str) and found["length"].isdecimal():
        found["length"] = int(found["length"])
    return found
