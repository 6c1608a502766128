"""Lists that name songs: M3U, XSPF, JSPF, CUE. Their entries are looked for among the tracks that are known; they state nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from songstory.errors import BadRecord, SourceError
from songstory.identifiers import normal
from songstory.records import Passed, Recording
from songstory.sources import documents, encodings, shapes, xml

MAX_BYTES = 32_000_000
MAX_LINE = 10_000  # characters that are looked at
STREAM = "a stream, and no song"
SHORT = "a length under a second, which no song has: the entry is read without it"
TWICE = "the same song again: one entry a song"
SUFFIXES = frozenset({".m3u", ".m3u8", ".xspf", ".jspf", ".cue"})
_DASHES = (" - ", " – ", " — ")
_EXTINF = re.compile(
    r"#EXTINF:\s{0,20}(-?[0-9]{1,7}(?:\.[0-9]{1,9})?)?"  # seconds
    r'(?:[^,"]{0,2000}+(?:"[^"]{0,2000}"[^,"]{0,2000}+){0,50}+),(.*)',  # attributes, whose values may hold commas; what is played
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?|rtsp|mms|icyx?)://", re.IGNORECASE)
_NUMBERED = re.compile(r"[0-9]{1,3}(?:[.)]\s{0,5}|\s{0,5}[-_]\s{1,5}|\s{1,5})")
_STREAM = ("#EXT-X-TARGETDURATION", "#EXT-X-STREAM-INF", "#EXT-X-MEDIA-SEQUENCE")
_WORD = re.compile(r'"([^"]{0,2000})"|(\S{1,2000})')
_INDEX = re.compile(r"([0-9]{1,4}):([0-5]?[0-9]):([0-9]{1,2})")
_MBID = re.compile(r"musicbrainz\.org/recording/([0-9A-Fa-f-]{36})")
_UTF8 = "utf-8-sig"


@dataclass(frozen=True)
class Entry:
    """A song that a list names, and where."""

    row: int
    title: str
    artist: str = ""
    seconds: float = 0.0
    isrc: str = ""
    mbid: str = ""


Found = Entry | Passed | BadRecord


def is_list(path: Path) -> bool:
    """Return whether a file is a list of songs: by its name, or as a JSON document by its shape. Raise SourceError when unreadable."""
    if path.suffix.casefold() != ".json":
        return path.suffix.casefold() in SUFFIXES and not path.is_dir()
    try:
        return bool(shapes.objs(shapes.obj(documents.read(path), "playlist"), "track"))
    except BadRecord:
        return False


def parse(path: Path, source: str, encoding: str = "") -> Iterator[Recording | Passed | BadRecord]:
    """Yield what a list names as recordings without statements, each once. Raise SourceError when unreadable."""
    seen: set[Recording] = set()
    for found in _entries(path, encoding):
        if not isinstance(found, Entry):
            yield found
        elif (record := _record(found, source)) in seen:
            yield Passed(TWICE)
        else:
            seen.add(record)
            yield record


def _entries(path: Path, encoding: str) -> Iterator[Found]:
    kind = path.suffix.casefold()
    if kind in {".jspf", ".json"}:
        return _jspf(path)
    if kind == ".xspf":
        return _xspf(path)
    lines = _lines(path, encoding)
    return _cue(lines, path.name) if kind == ".cue" else _m3u(lines, path.name)


def _record(entry: Entry, source: str) -> Recording:
    ids = [(scheme, value) for scheme, value in (("isrc", entry.isrc), ("musicbrainz", entry.mbid)) if value]
    where = f"{entry.artist} - {entry.title}" if entry.artist else entry.title  # its place in the list changes with every song before it
    return Recording(
        source=source, locator=where[:200], title=entry.title, artist_credit=entry.artist, identifiers=tuple(ids),
        length_ms=round(entry.seconds * 1000) or None,
    )  # fmt: skip


def _lines(path: Path, encoding: str) -> Sequence[str]:
    name = encoding or encodings.guess(path).name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(f"{path.name}: longer than {MAX_BYTES:,} bytes; expected a list of songs")
        text = path.read_bytes().decode(_UTF8 if name == "utf-8" else name, errors="replace")
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except LookupError as error:
        raise SourceError(f"--encoding {name!r} is not known; use utf-8, cp1252 or latin-1") from error
    return [line[:MAX_LINE].replace("\x00", "") for line in text.splitlines()]


# M3U ----------------------------------------------------------------------------------------------------------------


def _m3u(lines: Sequence[str], name: str) -> Iterator[Found]:
    """Yield the songs of an M3U: what #EXTINF says of the file below it, or the name of the file."""
    if any(line.startswith(_STREAM) for line in lines[:50]):
        raise SourceError(f"{name}: the playlist of a stream (HLS), and no list of songs")
    said: tuple[str, float] | None = None
    artist = ""
    for row, line in enumerate(map(str.strip, lines), start=1):
        if match := _EXTINF.fullmatch(line):
            said = (" ".join(match[2].split()), max(0.0, float(match[1] or 0)))
        elif line.upper().startswith("#EXTINF:"):
            said = (" ".join(line.partition(",")[2].split()), 0.0)
        elif line.upper().startswith("#EXTART:"):
            artist = line.partition(":")[2].strip()
        elif line and not line.startswith("#"):
            if said is not None and not said[1] and _URL.match(line) and not any(d in said[0] for d in _DASHES) and not artist:
                yield Passed(STREAM)  # a radio by its name: it has no length and no artist
            else:
                yield _named(row, *(said or (_stem(line), 0.0)), artist, name, exact=said is not None)
            said, artist = None, ""


def _named(row: int, text: str, seconds: float, artist: str, name: str, *, exact: bool) -> Found:
    """Return the song that a line names, the artist before the dash; of a file's own name nothing is taken without one."""
    dash = next((d for d in _DASHES if d in text), "")
    before, _, after = text.partition(dash) if dash else ("", "", text)
    if artist:
        own = before.strip().casefold() == artist.casefold() and after.strip()
        return Entry(row, after.strip() if own else text, artist, seconds)
    if text and before.strip() and after.strip():
        return Entry(row, after.strip(), before.strip(), seconds)
    if exact and text.strip(" -–—"):
        return Entry(row, text.strip(" -–—"), "", seconds)
    return BadRecord(name, row, f"entry: expected #EXTINF:seconds,Artist - Title before it, found {text[:60]!r}")


def _stem(line: str) -> str:
    """Return the name of a file without its folders, its ending and its number in the album."""
    path = unquote(line.partition("?")[0]) if "://" in line else line
    last = re.split(r"[\\/]", path.rstrip("\\/"))[-1]
    stem = last.rpartition(".")[0] or last
    match = _NUMBERED.match(stem)
    return " ".join((stem[match.end() :] if match and match.end() < len(stem) else stem).replace("_", " ").split())


# XSPF and JSPF ------------------------------------------------------------------------------------------------------


def _xspf(path: Path) -> Iterator[Found]:
    for found in xml.records(path, frozenset({"track"})):
        if isinstance(found, BadRecord):
            yield found
            continue
        row, element = found
        ids = [" ".join((i.text or "").split()) for i in xml.children(element, "identifier")]
        length = xml.words(element, "duration")
        yield from _told(path.name, row, xml.words(element, "title"), xml.words(element, "creator"), length, ids)


def _jspf(path: Path) -> Iterator[Found]:
    tracks = shapes.objs(shapes.obj(documents.read(path), "playlist"), "track")
    if not tracks:
        yield BadRecord(path.name, 1, "playlist: expected an object with a list of tracks, found none")
    for row, track in enumerate(tracks, start=1):
        one = shapes.text(track, "identifier")
        ids = [one] if one else shapes.texts(track, "identifier")
        length = str(shapes.number(track, "duration"))
        yield from _told(path.name, row, shapes.text(track, "title"), shapes.text(track, "creator"), length, ids)


def _told(name: str, row: int, title: str, artist: str, milliseconds: str, ids: Sequence[str]) -> Iterator[Found]:
    if not title:
        yield BadRecord(name, row, "title: expected the song's title, found none")
        return
    length = int(milliseconds) / 1000 if milliseconds.isascii() and milliseconds.isdecimal() and len(milliseconds) < 9 else 0.0
    if 0 < length < 1:  # seconds where milliseconds belong, most likely: not for us to say
        yield Passed(SHORT)
        length = 0.0
    mbid = next((m[1] for i in ids[:20] if (m := _MBID.search(i[:300]))), "")
    isrc = next((i.strip() for i in ids[:20] if i.strip().upper().startswith("ISRC")), "")
    yield Entry(row, title, artist, length, _sound("isrc", isrc[4:].strip(": ")), _sound("musicbrainz", mbid))


def _sound(scheme: str, value: str) -> str:
    """Return an identifier in its own form, "" for what is none: the song is known by its name then."""
    try:
        return normal(scheme, value) if value else ""
    except ValueError:
        return ""


# CUE ----------------------------------------------------------------------------------------------------------------


@dataclass
class _Track:
    row: int
    audio: bool
    file: int
    title: str = ""
    artist: str = ""
    isrc: str = ""
    begins: float = -1.0


def _cue(lines: Sequence[str], name: str) -> Iterator[Found]:
    """Yield the tracks of a CUE sheet; where the next one begins in the same file its length is known."""
    tracks: list[_Track] = []
    files, album_artist = 0, ""
    for row, line in enumerate(lines, start=1):
        word, _, rest = line.strip().partition(" ")
        command, said = word.upper(), _quoted(rest)
        files += command == "FILE"
        if command == "TRACK":
            tracks.append(_Track(row, rest.strip().upper().endswith("AUDIO"), files))
        elif tracks:
            _CUE.get(command, _nothing)(tracks[-1], said, rest.strip())
        elif command == "PERFORMER":
            album_artist = said
    if not tracks:
        yield BadRecord(name, 1, "track: expected TRACK 01 AUDIO with its title, found none")
    for track, after in zip_longest(tracks, tracks[1:]):
        if not track.audio:
            yield Passed("a track of data")
        elif not track.title:
            yield BadRecord(name, track.row, "title: expected the track's title, found none")
        else:
            ends = after.begins if after and after.file == track.file and track.begins >= 0 else 0.0
            length = max(0.0, ends - track.begins) if ends else 0.0  # without its INDEX nothing is known
            yield Entry(track.row, track.title, track.artist or album_artist, length, _sound("isrc", track.isrc))


def _quoted(rest: str) -> str:
    rest = rest.strip()
    if len(rest) > 1 and rest[0] == rest[-1] == '"':  # a quotation within is doubled by some programs, and left as it is by others
        return " ".join(rest[1:-1].replace('""', '"').split())
    match = _WORD.match(rest)
    said = (match[1] if match[1] is not None else rest.strip()) if match else ""
    return " ".join(said.split())


def _nothing(track: _Track, said: str, rest: str) -> None:
    """Take nothing from a line."""


def _title(track: _Track, said: str, rest: str) -> None:
    track.title = said


def _performer(track: _Track, said: str, rest: str) -> None:
    track.artist = said


def _isrc(track: _Track, said: str, rest: str) -> None:
    track.isrc = said


def _index(track: _Track, said: str, rest: str) -> None:
    number, _, time = rest.partition(" ")
    if number == "01" and (match := _INDEX.fullmatch(time.strip())):
        track.begins = int(match[1]) * 60 + int(match[2]) + int(match[3]) / 75  # frames of a CD


_CUE: dict[str, Callable[[_Track, str, str], Any]] = {"TITLE": _title, "PERFORMER": _performer, "ISRC": _isrc, "INDEX": _index}
