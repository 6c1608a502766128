"""What is said of tracks that are known already: lists name them, counts of listens rank them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from songstory import witness
from songstory.errors import BadRecord
from songstory.intake import Intake, Progress, import_records
from songstory.models import Source, Who
from songstory.records import Passed
from songstory.sources import playlists
from songstory.sources import popularity as counts
from songstory.store import Store, people, popularity

NO_TRACK = "a recording that is no track here"


def import_list(
    store: Store,
    path: Path,
    *,
    source: str,
    licence: str = "house",
    trust: int = 50,
    encoding: str = "",
    new_tracks: bool = False,
    progress: Progress | None = None,
    actor: Who = "",
) -> Intake:
    """Look for the songs of an M3U, XSPF, JSPF or CUE among the known tracks; those that are none are named, or made with `new_tracks`.

    Raise SourceError for a file that cannot be read, NotAllowed when the source is another's.
    """
    said = Source(key=source, name=source, licence=licence, trust=trust)
    who, read_from = witness.loader(store, actor), witness.hashes([path])
    door = who.file(path, read_from[path.name])
    return import_records(
        store, said, playlists.parse(path, source, encoding), name=path.name, new_tracks=new_tracks, progress=progress,
        read_from=read_from, door=replace(door, most=100) if who.vouched else door,
    )  # fmt: skip


def import_popularity(store: Store, path: Path, *, actor: Who = "") -> Intake:
    """Set how much the known tracks are heard, by their MBIDs, as ListenBrainz counts it. Raise SourceError, NotAllowed."""
    who, read_from = witness.loader(store, actor), witness.hashes([path])
    heard: dict[str, int] = {}
    bad: list[str] = []
    passed: Counter[str] = Counter()
    for found in counts.parse(path):
        if isinstance(found, BadRecord):
            bad.append(str(found))
        elif isinstance(found, Passed):
            passed[found.why] += 1
        else:
            heard[found[0]] = found[1]
    with store.session() as session:
        changed, same = popularity.set_popularity(session, heard)
        data = {"files": read_from, "popularity": changed, "rejected": len(bad)}
        people.record(session, action="import", object_=path.name, actor=who.name, data=data)
    passed[NO_TRACK] += max(0, len(heard) - changed - same)
    return Intake(added={"popularity": changed} if changed else {}, unchanged=same, rejected=tuple(bad), passed=dict(+passed))
