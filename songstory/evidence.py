"""What is known of a track today, weighed by the gate, and the verdicts on cards against it: the same in every act and on every page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from songstory import grounding
from songstory.models import Card, Fact, Track, Verdict
from songstory.store import Store, catalogue, clearances
from songstory.tellable import weigh


def facts_of(session: Session, track: str) -> dict[str, Fact]:
    """Return all that was ever said of a track by key, each fact with whether it may be told now, and beside what. Raise TrackNotFound."""
    facts = weigh(catalogue.facts_in(session, track, retracted=True))
    row = int(catalogue.track_row(session, track).id or 0)
    return {f.key: f for f in clearances.noted(session, {row: facts})[row]}


def known(store: Store, track: str) -> dict[str, Fact]:
    """Return what `facts_of` does, read by itself. Raise TrackNotFound."""
    with store.reading() as session:
        return facts_of(session, track)


def verdicts(track: Track, facts: dict[str, Fact], cards: Sequence[Card]) -> tuple[Verdict, ...]:
    """Return the verdicts on `cards`, whose cites are fact keys, against the weighed facts of `track`."""
    return grounding.check_cards(cards, facts, grounding.subject_names(track.title, track.artist_credit))


def cited(cards: Sequence[Card]) -> set[str]:
    """Return the keys of the facts that cards cite."""
    return {k for c in cards for s in (c.headline, *c.sentences) for k in s.cites}
