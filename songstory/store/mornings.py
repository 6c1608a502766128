"""What the morning report asks of the store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sql_select
from sqlmodel import col, select

from songstory.models import Verdict
from songstory.store import Store
from songstory.store.tables import RevisionRow, RunItemRow, RunRow, StoryRow, TrackRow


@dataclass(frozen=True)
class Ended:
    """One item of a night that ended: its track, the song in words, and why it ended so."""

    track: str
    song: str
    why: str


def _of(run: str, status: str, *columns: Any) -> Any:
    return (
        sql_select(*columns)
        .join(RunItemRow, col(RunItemRow.track_id) == TrackRow.id)
        .join(RunRow, col(RunRow.id) == RunItemRow.run_id)
        .where(col(RunRow.uid) == run, col(RunItemRow.status) == status)
        .order_by(col(RunItemRow.priority).desc(), col(RunItemRow.id))
    )


def ended(store: Store, run: str, status: str, *, limit: int = 0) -> Iterator[Ended]:
    """Yield the items of a night that ended with `status`, the most wanted first; all of them, or the first `limit`."""
    query = _of(run, status, TrackRow.uid, TrackRow.title, TrackRow.artist_credit, RunItemRow.error)
    with store.reading() as session:
        rows = session.connection().execution_options(yield_per=1_000).execute(query.limit(limit) if limit else query)
        for track, title, artist, why in rows:
            yield Ended(track, f"{title} – {artist}", why.removeprefix(f"{title}: "))


def unsupported(store: Store, run: str) -> Iterator[tuple[str, str, str, Verdict]]:
    """Yield (track, song, sentence, verdict) for each sentence of a night that is not supported, the most wanted songs first."""
    query = (
        _of(run, "with_problems", TrackRow.uid, TrackRow.title, TrackRow.artist_credit, RevisionRow.cards, RevisionRow.verdicts)
        .join(StoryRow, col(StoryRow.track_id) == TrackRow.id)
        .join(RevisionRow, col(RevisionRow.id) == StoryRow.latest_revision_id)
    )
    with store.reading() as session:
        for track, title, artist, cards, verdicts in session.connection().execution_options(yield_per=200).execute(query):
            for given in verdicts["verdicts"]:
                if given["label"] != "supported":
                    card = cards["cards"][given["card"]]
                    sentence = card["headline"] if given["sentence"] < 0 else card["sentences"][given["sentence"]]
                    yield track, f"{title} – {artist}", sentence["text"], Verdict.model_validate(given)


def stale(store: Store, limit: int) -> tuple[int, list[tuple[str, str]]]:
    """Return how many stories need another look because their facts changed, and the first of them with the reason."""
    with store.reading() as session:
        where = col(StoryRow.stale_since).is_not(None)
        total = session.exec(select(func.count()).select_from(StoryRow).where(where)).one()
        query = select(StoryRow.uid, StoryRow.stale_reason).where(where).order_by(col(StoryRow.stale_since).desc()).limit(limit)
        return total, [(uid, why) for uid, why in session.exec(query)]
