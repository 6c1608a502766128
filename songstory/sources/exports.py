"""The exports and answers of services whose shape is known, one row a shape: what their entries say, and which are no songs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord
from songstory.names import words
from songstory.records import Passed
from songstory.sources import documents

EPISODE, VIDEO, BOOK, NAMELESS = "an episode of a podcast", "a video", "a book or a part of one", "an entry that names no song"
BANNED, NOBODY = "hidden by the listener", "an entry that names no performer, only several artists"
AGAIN = "the same song again: one record a song"
# What services write where they know nothing. A title or an artist alone may be called so: only both together, or MusicBrainz'
# words for what is no music, say that no song is meant.
_UNKNOWN = frozenset({"unknown track", "unknown artist", "unknown title", "unknown", "[unknown]"})
_NO_SONG = frozenset({"[data track]", "[silence]"})
_SEVERAL = frozenset({"various artists", "various"})  # of an album: none of them is said to sing
_UNIT = {"ms": 1000, "s": 1}
_MOST_KEPT = 2_000_000  # songs of one file whose later plays are known as such
_SPOTIFY = re.compile(r"(?:spotify:track:|https?://open\.spotify\.com/(?:[a-z-]{1,12}/)?track/)?([A-Za-z0-9]{22})(?:\?.{0,200})?")


@dataclass(frozen=True)
class Shape:
    """One known shape: the paths that an entry has, what its paths say ("a|b": the first that is filled), which entries are no songs.

    `passed` are (path, values, why): an entry with one of these values there, or with any where none is named; `songs` the values of
    which one must stand at a path; `lists` are the other lists of the document, all of no songs.
    """

    name: str
    keys: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    passed: tuple[tuple[str, tuple[Any, ...], str], ...] = ()
    songs: tuple[str, tuple[str, ...]] = ("", ())
    lists: tuple[tuple[str, str], ...] = ()
    unit: str = "ms"

    def fits(self, rows: Iterable[dict[str, Any]]) -> bool:
        """Return whether one of some first entries has this shape."""
        return any(all(key in row for key in self.keys) for row in rows)

    def read(self, row: dict[str, Any]) -> dict[str, Any] | Passed:
        """Return the cells of an entry that are read, or why it is passed over."""
        for path, values, why in self.passed:
            cell = row.get(path)
            if cell in values if values else cell not in (None, "", {}):
                return Passed(why)
        where, values = self.songs
        if where and row.get(where) not in values:
            return Passed(_why(row.get(where)))
        cells = {path: _cell(row, path, target, self.unit) for path, target in self.says}
        title = next(path for path, target in self.says if target == "title")
        artist = next((cells[path] for path, target in self.says if target == "artist"), None)
        if cells[title] in (None, "") or _nothing(cells[title], artist):
            return Passed(NAMELESS)
        return Passed(NOBODY) if _plain(artist) in _SEVERAL else cells


def _plain(cell: Any) -> str:
    names = cell.names if isinstance(cell, documents.Objects) else [cell]
    return " ".join(str(names[0]).split()).casefold() if len(names) == 1 else ""


def _nothing(title: Any, artist: Any) -> bool:
    """Return whether an entry only says that nothing is known, or nothing is heard, in the words of a service."""
    return _plain(title) in _NO_SONG or (_plain(title) in _UNKNOWN and _plain(artist) in _UNKNOWN)


def _why(kind: Any) -> str:
    found = str(kind or "").casefold()
    if "podcast" in found or ("episode" in found and "tv" not in found):
        return EPISODE
    if "book" in found:
        return BOOK
    if any(part in found for part in ("video", "movie", "tv", "film")):
        return VIDEO
    return f"no song but: {' '.join(words(found))[:40] or 'of no kind that is named'}"


def _cell(row: dict[str, Any], path: str, target: str, unit: str) -> Any:
    for part in path.split("|"):
        cell = row.get(part)
        if cell in (None, "", [], 0, 0.0):
            continue
        if target == "length":
            return _clock(cell, "s" if part.endswith(".duration") else unit)
        if target == "spotify":
            return _spotify(cell)
        return None if target == "released" and _not_its_own(row, part, str(cell)) else cell
    return None


def _not_its_own(row: dict[str, Any], path: str, date: str) -> bool:
    """Return whether a date is none, or that of a compilation, which says nothing of when a song came out."""
    return date.startswith("0000") or row.get(path.replace("release_date", "album_type")) == "compilation"


def _clock(cell: Any, unit: str) -> Any:
    """Return a length as a clock shows it, which means one thing whatever its unit was."""
    found = str(cell)
    if isinstance(cell, bool) or not (found.isdecimal() or isinstance(cell, float)) or len(found) > 15:
        return cell
    minutes, second = divmod(round(float(cell) / _UNIT[unit]), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def _spotify(cell: Any) -> Any:
    match = _SPOTIFY.fullmatch(cell) if isinstance(cell, str) else None
    return match[1] if match else None  # a file of the listener's own has another form


def _tracks(before: str) -> tuple[tuple[str, str], ...]:
    """Return what a track says as Spotify's web interface writes it, below `before`."""
    return (
        (f"{before}name", "title"), (f"{before}artists", "artist"), (f"{before}album.name", "track_on"),
        (f"{before}album.release_date", "released"), (f"{before}external_ids.isrc", "isrc"), (f"{before}duration_ms", "length"),
        (f"{before}id|{before}uri", "spotify"),
    )  # fmt: skip


def _no_tracks(before: str) -> tuple[tuple[str, tuple[Any, ...], str], ...]:
    return (
        (f"{before}type", ("episode", "show"), EPISODE), (f"{before}type", ("audiobook", "chapter"), BOOK),
        (f"{before}type", ("artist", "album", "playlist", "single", "compilation"), "no song but a list or an artist"),
    )  # fmt: skip


_LISTEN = "track_metadata."
_INFO = "track_metadata.additional_info."
_LASTING = ("spotify_episode_uri", "episode_name"), ("audiobook_title", "audiobook_uri", "audiobook_chapter_uri", "audiobook_chapter_title")

SHAPES: tuple[Shape, ...] = (
    Shape(
        "ListenBrainz listens", (f"{_LISTEN}track_name", f"{_LISTEN}artist_name"),
        (
            (f"{_LISTEN}track_name", "title"), (f"{_LISTEN}artist_name", "artist"), (f"{_LISTEN}release_name", "track_on"),
            (f"{_INFO}isrc", "isrc"), (f"{_LISTEN}mbid_mapping.recording_mbid|{_INFO}recording_mbid|recording_mbid", "mbid"),
            (f"{_INFO}duration_ms|{_INFO}duration", "length"), (f"{_INFO}spotify_id", "spotify"),
        ),
    ),
    Shape(
        "ListenBrainz statistics", ("track_name", "artist_name", "listen_count"),
        (("track_name", "title"), ("artist_name", "artist"), ("release_name", "track_on"), ("recording_mbid", "mbid")),
    ),
    Shape(
        "Spotify library", ("artist", "track", "uri"),
        (("track", "title"), ("artist", "artist"), ("album", "track_on"), ("uri", "spotify")),
        lists=(
            ("episodes", EPISODE), ("shows", "a podcast"), ("audiobooks", BOOK), ("albums", "an album"), ("artists", "an artist"),
            ("bannedTracks", BANNED), ("bannedArtists", BANNED),
        ),
    ),
    Shape(
        "Spotify playlists", ("track.trackName", "track.artistName"),
        (("track.trackName", "title"), ("track.artistName", "artist"), ("track.albumName", "track_on"), ("track.trackUri", "spotify")),
        (("episode", (), EPISODE), ("audiobook", (), BOOK)),
    ),
    Shape("Spotify history", ("endTime", "artistName", "trackName"), (("trackName", "title"), ("artistName", "artist"))),
    Shape(
        "Spotify podcast history", ("endTime", "podcastName", "episodeName"), (("trackName", "title"), ("artistName", "artist")),
        (("episodeName", (), EPISODE), ("podcastName", (), EPISODE)),
    ),
    Shape(
        "Spotify extended history", ("ts", "master_metadata_track_name"),
        (
            ("master_metadata_track_name", "title"), ("master_metadata_album_artist_name", "artist"),
            ("master_metadata_album_album_name", "track_on"), ("spotify_track_uri", "spotify"),
        ),
        (*((path, (), EPISODE) for path in _LASTING[0]), *((path, (), BOOK) for path in _LASTING[1])),
    ),
    Shape("Spotify tracks", ("track.name", "track.artists", "track.duration_ms"), _tracks("track."), _no_tracks("track.")),
    Shape("Spotify tracks", ("item.name", "item.artists", "item.duration_ms"), _tracks("item."), _no_tracks("item.")),
    Shape("Spotify tracks", ("name", "artists", "duration_ms"), _tracks(""), _no_tracks("")),
    Shape(
        "iTunes search", ("wrapperType", "artistName"),
        (
            ("trackName", "title"), ("artistName", "artist"), ("collectionName", "track_on"), ("releaseDate", "released"),
            ("trackTimeMillis", "length"), ("trackId", "apple"),
        ),
        (("wrapperType", ("audiobook",), BOOK), ("wrapperType", ("collection",), "an album"), ("wrapperType", ("artist",), "an artist")),
        songs=("kind", ("song",)),
    ),
    Shape(
        "Apple Music", ("attributes.name", "attributes.artistName", "type"),
        (
            ("attributes.name", "title"), ("attributes.artistName", "artist"), ("attributes.albumName", "track_on"),
            ("attributes.releaseDate", "released"), ("attributes.isrc", "isrc"), ("attributes.durationInMillis", "length"),
            ("attributes.playParams.catalogId|id", "apple"),
        ),
        songs=("type", ("songs", "library-songs")),
    ),
    Shape(
        "Deezer", ("title", "artist.name", "duration", "album.title"),
        (
            ("title", "title"), ("artist.name", "artist"), ("album.title", "track_on"), ("release_date", "released"), ("isrc", "isrc"),
            ("duration", "length"), ("id", "deezer"),
        ),
        (("type", ("episode", "podcast"), EPISODE), ("type", ("audiobook", "chapter"), BOOK)),
        unit="s",
    ),
    Shape(
        "MusicBrainz recordings", ("id", "title", "artist-credit"),
        (
            ("title", "title"), ("artist-credit", "artist"), ("first-release-date", "released"), ("isrcs", "isrc"), ("length", "length"),
            ("id", "mbid"),
        ),
        (("video", (True,), VIDEO),),
    ),
)  # fmt: skip

# Lists beside the songs that may look like them, such as those of a library that its owner hides.
NO_SONGS = frozenset(path for shape in SHAPES for path, _ in shape.lists)
_IDS = frozenset({"isrc", "mbid", "spotify", "apple", "deezer"})

# An export of the ISRC search as a table; its columns by the words of their names.
_COLUMNS = {
    "track title": "title", "recording title": "title", "title": "title", "artist": "artist", "artists": "artist", "artist name": "artist",
    "artist name s": "artist", "recording artist": "artist", "main artist": "artist", "main artists": "artist", "isrc": "isrc",
    "version": "version", "recording version": "version", "version title": "version", "title version": "version", "duration": "length",
    "playing time": "length", "release name": "track_on", "release title": "track_on", "release date": "released",
}  # fmt: skip


def known(rows: Sequence[dict[str, Any]]) -> Shape | None:
    """Return the shape of a list by its first entries, as `documents.cells` reads them."""
    return next((shape for shape in SHAPES if shape.fits(rows)), None)


def columns(names: Sequence[str]) -> dict[str, str]:
    """Return what the columns of an ISRC search say, {} for another table."""
    found: dict[str, str] = {}
    for name in names:
        target = _COLUMNS.get(" ".join(words(name)))
        if target and target not in found.values():
            found[name] = target
    return found if {"title", "artist", "isrc", "version"} <= set(found.values()) else {}


def rows(path: Path, name: str, list_at: str) -> Iterator[tuple[int, dict[str, Any]] | BadRecord | Passed]:
    """Yield the songs of an export, each once, and what is passed over."""
    shapes = [shape for shape in SHAPES if shape.name == name]
    seen: set[int] = set()
    for found in documents.objects(path, list_at):
        if isinstance(found, BadRecord):
            yield found
            continue
        row = documents.cells(found[1])
        shape = next((s for s in shapes if s.fits([row])), shapes[0])
        cells = shape.read(row)
        if isinstance(cells, Passed):
            yield cells
        elif (own := _song(shape, cells)) in seen:
            yield Passed(AGAIN)
        else:
            if len(seen) < _MOST_KEPT:
                seen.add(own)
            yield found[0], cells
    whole = documents.read(path) if list_at and shapes[0].lists else None
    for other, why in shapes[0].lists if list_at else ():
        held = documents.at(whole, other)
        yield from (Passed(why) for _ in held) if isinstance(held, list) else ()


def _song(shape: Shape, cells: dict[str, Any]) -> int:
    """Return by what a song is known when it is named again: its identifiers, else its title and artist."""
    ids = [cells[path] for path, target in shape.says if target in _IDS and cells[path]]
    names = [cells[path] for path, target in shape.says if target in {"title", "artist"}]
    return hash(repr(ids or [str(n.names if isinstance(n, documents.Objects) else n).casefold() for n in names]))
