"""Starts the processes that pages ask for: a few at once for each person and for the house, the rest in line, started by whoever ends."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import IO, Any

from songstory import apart, processes
from songstory.errors import StoreError
from songstory.store import Store, places
from songstory.store.places import Caps, Place

UPLOAD = "songstory-upload-"  # how the folders of uploaded files begin
_LONGEST = {"story": timedelta(minutes=10), "change": timedelta(minutes=10)}  # of others, while their process lives
_LONG = timedelta(days=2)
MODES: dict[str, tuple[str, ...]] = {
    "local": ("--writer", "composer"),
    "live": ("--writer", "anthropic", "--live"),
    "batch": ("--writer", "anthropic"),
}
# the child removes the file when it is done, so that nothing uploaded stays behind
_IMPORT = """
import os, shutil, sys
import songstory as ss
from songstory import launches
try:
    from songstory.cli_shared import caps, store
    ss.import_file(store(), sys.argv[1], actor=sys.argv[2])
finally:
    shutil.rmtree(os.path.dirname(sys.argv[1]))
    launches.ended(store(), caps(), place=int(sys.argv[3]))
"""


def _one(place: Place, *words: str) -> list[str]:
    # what a person wrote stands after the dashes
    options = ["--writer", "anthropic", "--as", place.who, "--run", place.run, "--json", "--"]
    return ["-m", "songstory", "generate" if place.kind == "story" else "change", *options, *words]


def _night(place: Place) -> list[str]:
    given = place.given
    spend = () if given["budget"] is None else ("--budget", str(float(given["budget"])))
    more = ["--limit", str(int(given["limit"])), *spend, *(["--cluster"] * bool(given["cluster"]))]
    return ["-m", "songstory", "nightly", "--json", *MODES[given["mode"]], *more, "--place", str(place.id)]


def _import(place: Place) -> list[str]:
    path = Path(str(place.given["path"]))
    if path.parent.parent != Path(tempfile.gettempdir()) or not path.parent.name.startswith(UPLOAD):  # the child removes its folder
        raise StoreError(f"{path.name} is no uploaded file; hand it in again")
    return ["-c", _IMPORT, str(path), place.who, str(place.id)]


# What a process is told, by kind: rows of the store say what is wanted and never which command is run.
_WORDS: dict[str, Callable[[Place], list[str]]] = {
    "story": lambda place: _one(place, str(place.given["track"])),
    "change": lambda place: _one(place, str(place.given["revision"]), str(place.given["instruction"])),
    "night": _night,
    "import": _import,
}


def start_waiting(store: Store, caps: Caps = Caps(), *, said: Mapping[int, IO[Any]] | None = None) -> dict[int, Popen[bytes]]:  # noqa: B008
    """Start who waits and has a place now, and return their processes; `said` is where each writes what it says."""
    started = {}
    for place in places.give(store, caps):
        try:
            words = _WORDS[place.kind](place)
        except (KeyError, ValueError, TypeError, StoreError):  # a row that this code did not write
            places.leave(store, place=place.id)
            continue
        process = apart.start(store.engine.url, words, said=(said or {}).get(place.id))
        places.take(store, place.id, processes.named(process.pid), _LONGEST.get(place.kind, _LONG))
        started[place.id] = process
    return started


def ended(store: Store, caps: Caps = Caps(), *, place: int = 0, run: str = "") -> None:  # noqa: B008  it is frozen
    """Give this process's place back, and start who is next in line."""
    with contextlib.suppress(StoreError):  # it is free as soon as this process is gone
        places.leave(store, place=place, run=run)
        start_waiting(store, caps)
