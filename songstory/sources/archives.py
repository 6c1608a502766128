"""Opens ZIP deliveries without trusting them: names, counts, sizes and ratios are checked, and what is streamed is counted."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from songstory.errors import BadRecord

MAX_ENTRIES = 10_000
MAX_TOTAL = 4_000_000_000  # bytes unpacked, all entries together
MAX_RATIO = 200


def files(path: Path, suffix: str) -> Iterator[Path | BadRecord]:
    """Yield `path` itself, or each file of that suffix in a ZIP, one at a time in a folder that is taken away again.

    An entry that climbs out of the archive, unpacks beyond measure or is damaged is a BadRecord; the others are read.
    """
    if not zipfile.is_zipfile(path):
        yield path
        return
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="songstory-zip") as folder:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        total = sum(e.file_size for e in entries)
        if len(entries) > MAX_ENTRIES or total > MAX_TOTAL:
            what = f"{len(entries):,} entries of {total:,} bytes"
            yield BadRecord(path.name, 0, f"zip: expected at most {MAX_ENTRIES:,} entries and {MAX_TOTAL:,} bytes, found {what}")
            return
        for number, entry in enumerate(entries, start=1):
            if why := _unsafe(entry):
                yield BadRecord(path.name, number, f"zip: {why}")
            elif entry.filename.casefold().endswith(suffix):
                yield _unpacked(archive, entry, Path(folder), path.name, number)


def _unsafe(entry: zipfile.ZipInfo) -> str:
    place = PurePosixPath(entry.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        return f"entry {entry.filename[:80]!r} points outside the archive"
    if entry.file_size > 1_000_000 and entry.file_size > entry.compress_size * MAX_RATIO:
        return f"entry {entry.filename[:80]!r} unpacks to more than {MAX_RATIO} times its size"
    return ""


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, name: str, number: int) -> Path | BadRecord:
    target = folder / f"{number:05d}-{PurePosixPath(entry.filename).name}"
    try:
        with archive.open(entry) as source, target.open("wb") as file:
            left = entry.file_size
            while chunk := source.read(min(1_000_000, left + 1)):
                left -= len(chunk)
                if left < 0:
                    return BadRecord(name, number, f"zip: entry {entry.filename[:80]!r} is longer than it says")
                file.write(chunk)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, shutil.Error) as error:
        return BadRecord(name, number, f"zip: entry {entry.filename[:80]!r} cannot be read ({str(error)[:80]})")
    return target
