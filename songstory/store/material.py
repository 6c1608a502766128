"""What a slice of tracks needs to be written, read in a handful of questions however long the slice is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from songstory.models import Fact, Status, Track
from songstory.store import Store, by_id, catalogue, clearances
from songstory.store.tables import DirtyRow, EntityRow, RevisionRow, StoryRow, TrackRow


@dataclass(frozen=True)
class Current:
    """The newest text of a story: its id, the fingerprint of its facts, and its generation."""

    revision: str
    facts: str
    generation: str


@dataclass(frozen=True)
class Material:
    """One track with its facts, the number of its last change, and where its story stands."""

    track: Track
    facts: list[Fact]
    seq: int | None
    story: str
    status: Status | None
    current: Current | None


def read(store: Store, tracks: Sequence[str], language: str, market: str) -> dict[str, Material]:
    """Return what is known of `tracks`, as of one moment; a track that is not there is left out."""
    with store.reading() as session:
        rows = list(_rows(session, tracks, language, market))
        facts = clearances.noted(session, catalogue.facts_of_many(session, [r.id for r in rows]))
    return {
        r.uid: Material(
            track=catalogue.track_value(r, r.recording),
            facts=facts[r.id],
            seq=r.seq,
            story=r.story or "",
            status=Status(r.status) if r.status else None,
            current=Current(r.revision, r.facts_fingerprint, r.generation) if r.revision else None,
        )
        for r in rows
    }


_COLUMNS: tuple[Any, ...] = (
    TrackRow.id, TrackRow.uid, TrackRow.title, TrackRow.artist_credit, TrackRow.length_ms, TrackRow.first_release_date,
    TrackRow.popularity, EntityRow.uid.label("recording"), DirtyRow.seq, StoryRow.uid.label("story"), StoryRow.status,  # type: ignore[attr-defined]
    RevisionRow.uid.label("revision"), RevisionRow.facts_fingerprint, RevisionRow.generation,  # type: ignore[attr-defined]
)  # fmt: skip


def _rows(session: Any, tracks: Sequence[str], language: str, market: str) -> Iterator[Any]:
    own = (col(StoryRow.track_id) == TrackRow.id) & (col(StoryRow.collection_id) == 0)
    query = (
        select(*_COLUMNS)
        .join(EntityRow, col(EntityRow.id) == TrackRow.recording_id)
        .join(DirtyRow, col(DirtyRow.track_id) == TrackRow.id, isouter=True)
        .join(StoryRow, own & (col(StoryRow.language) == language) & (col(StoryRow.market) == market), isouter=True)
        .join(RevisionRow, col(RevisionRow.id) == StoryRow.latest_revision_id, isouter=True)
    )
    return by_id(session, query, col(TrackRow.uid), tracks)
