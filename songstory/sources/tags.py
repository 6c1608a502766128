"""Tags of audio files: a folder is a table with a row for each file, whose columns are what ID3, Vorbis comments and MP4 atoms say."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord, ConfigError
from songstory.sources.layouts import AUDIO

MOST_FILES = 200_000
MAX_BYTES = 8_000_000_000  # of one file; only its tags are read
MAX_TAG = 10_000  # characters of one tag that are kept
# What each column says: a target of a mapping. In each the first tag that is there counts.
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "title": ("title", ("title",)),
    "artist": ("artist", ("artist", "albumartist")),
    "album": ("track_on", ("album",)),
    "isrc": ("isrc", ("isrc", "tsrc")),
    "recording mbid": ("mbid", ("musicbrainz_trackid", "musicbrainz_recordingid", "musicbrainz track id", "musicbrainz/track id", "ufid")),
    "length": ("length", ("duration",)),
    "date": ("released", ("originaldate", "tdor", "original date", "originalyear", "tory", "year")),
    "composer": ("composer", ("composer",)),
    "lyricist": ("lyricist", ("lyricist", "text")),
    "producer": ("producer", ("producer",)),
    "arranger": ("arranger", ("arranger",)),
    "mixer": ("mixer", ("mixer", "djmixer")),
    "engineer": ("engineer", ("engineer",)),
    "conductor": ("conductor", ("conductor",)),
    "remixer": ("remixer", ("remixer", "tpe4")),
    "label": ("label", ("label", "organization", "publisher")),
}  # fmt: skip
_ONE = frozenset({"title", "artist", "album", "date", "length"})  # of these the first counts; names and identifiers may be several
_MBID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_PAIRS = ("involvedpeople", "tipl", "ipls")  # ID3: "producer", a name, "mix", a name, all parted by NUL
_ROLES = {"producer": "producer", "mix": "mixer", "mixer": "mixer", "engineer": "engineer", "arranger": "arranger"}
_BROKEN = (
    OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError, struct.error, ArithmeticError, MemoryError,
)  # fmt: skip


def targets() -> dict[str, str]:
    """Return what each column of a folder says."""
    return {column: target for column, (target, _) in COLUMNS.items()}


def audio_files(folder: Path) -> list[Path]:
    """Return the audio files of a folder and those below it, by name; links are not followed."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        paths = (Path(place) / n for n in sorted(names) if n.casefold().endswith(AUDIO) and not n.startswith("."))
        found += islice((p for p in paths if p.is_file() and not p.is_symlink()), MOST_FILES + 1 - len(found))
    if not found:
        raise ConfigError(f"{folder}: no audio files in this folder; expected some of {', '.join(AUDIO[:8])} and the like")
    if len(found) > MOST_FILES:
        raise ConfigError(f"{folder}: more than {MOST_FILES:,} audio files; import its folders one by one")
    return found


def rows(folder: Path) -> Iterator[tuple[int, dict[str, Any]] | BadRecord]:
    """Yield (number, tags by column) for each audio file, a BadRecord for one without a title or that cannot be read.

    Raise ConfigError without tinytag, or for a folder without audio files.
    """
    for number, path in enumerate(audio_files(folder), start=1):
        name = str(path.relative_to(folder))
        found = read(path, name)
        if isinstance(found, BadRecord):
            yield found
        elif not found.get("title") or not found.get("artist"):
            missing = "artist" if found.get("title") else "title"
            yield BadRecord(name, 1, f"{missing}: expected a tag with the song's {missing}, found none")
        else:
            yield number, found


def read(path: Path, name: str) -> dict[str, Any] | BadRecord:
    """Return the tags of one file by column."""
    try:
        from tinytag import TinyTag, TinyTagException
    except ModuleNotFoundError:
        raise ConfigError('tags of audio files need tinytag; install it with: pip install "songstory[tags]"') from None
    try:
        if (size := path.stat().st_size) > MAX_BYTES:
            return BadRecord(name, 1, f"file: expected up to {MAX_BYTES:,} bytes, found {size:,}")
        found = TinyTag.get(path, image=False).as_dict()
    except (TinyTagException, *_BROKEN) as error:
        return BadRecord(name, 1, f"tags: they cannot be read ({type(error).__name__}: {' '.join(str(error).split())[:80]})")
    return _columns({str(key).casefold(): value for key, value in found.items()})


def _columns(tags: Mapping[str, Any]) -> dict[str, Any]:
    tags = {**tags, **_people(tags)}
    row: dict[str, Any] = {}
    for column, (_, names) in COLUMNS.items():
        texts = next((found for name in names if (found := _texts(tags.get(name)))), [])
        if column == "length":
            texts = [_clock(float(tags["duration"]))] if isinstance(tags.get("duration"), int | float) and tags["duration"] >= 1 else []
        if column == "recording mbid":
            texts = [m[0] for text in texts if (m := _MBID.search(text))][:1]
        row[column] = (texts[0] if texts else "") if column in _ONE or len(texts) < 2 else texts
    return row


def _texts(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value] if isinstance(value, str | int) else []
    return [text for part in parts for text in [" ".join(str(part)[:MAX_TAG].replace("\x00", " ").split())] if text]


def _people(tags: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return who an ID3 list of involved people names, by the role."""
    found: dict[str, list[str]] = {}
    for value in (v for name in _PAIRS for v in (tags.get(name) or [])):
        parts = [p.strip() for p in str(value)[:MAX_TAG].split("\x00")]
        for role, who in zip(parts[::2], parts[1::2], strict=False):
            if (column := _ROLES.get(role.casefold())) and who and column not in tags:
                found.setdefault(column, []).append(who)
    return found


def _clock(seconds: float) -> str:
    if not 1 <= seconds < 1_000_000:
        return ""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
