"""How risky a text is, and which sources it rests on: reckoned when it is written, so that the queue can be sorted and filtered by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete

from songstory.models import LOW, Card
from songstory.sensitivity import flags
from songstory.store import by_id
from songstory.store.desk_tables import StorySourceRow
from songstory.store.tables import FactFlagRow, FactRow, RevisionFactRow, SourceRecordRow, SourceRow
from songstory.vocabulary import RISKS

_LOW, _DISPUTED, _SENSITIVE, _ = range(1, len(RISKS))  # the last is for texts that were let pass once
_FLAGS = {"disputed": _DISPUTED, "sensitive": _SENSITIVE, "quarantined": _SENSITIVE, "private": _SENSITIVE}


def of(session: Session, texts: Mapping[int, Sequence[Card]], accusing: Iterable[int] = ()) -> dict[int, int]:
    """Return the risk of revisions by row, as the numbers of `vocabulary.RISKS`; those at none are left out.

    `accusing` are the rows of those in which facts accuse somebody together, cleared or not: no sentence of them says so alone.
    """
    risks = dict.fromkeys(accusing, _SENSITIVE)
    risks |= {row: _SENSITIVE for row, cards in texts.items() if any(_sensitive(s.text) for c in cards for s in (c.headline, *c.sentences))}
    for row, risk in (*_low(session, texts), *_flagged(session, texts)):
        risks[row] = max(risk, risks.get(row, 0))
    return risks


def _sensitive(text: str) -> bool:
    return any(flag != "private" for flag, _ in flags(text))


def _low(session: Session, revisions: Iterable[int]) -> list[tuple[int, int]]:
    query = (
        sql_select(RevisionFactRow.revision_id)  # type: ignore[call-overload]
        .join(FactRow, col(FactRow.id) == RevisionFactRow.fact_id)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .join(SourceRow, col(SourceRow.id) == SourceRecordRow.source_id)
        .where(col(SourceRow.trust) < LOW)
    )
    return [(int(row), _LOW) for (row,) in by_id(session, query, col(RevisionFactRow.revision_id), revisions)]


def _flagged(session: Session, revisions: Iterable[int]) -> list[tuple[int, int]]:
    query = sql_select(RevisionFactRow.revision_id, FactFlagRow.flag).join(  # type: ignore[call-overload]
        FactFlagRow, col(FactFlagRow.fact_id) == RevisionFactRow.fact_id
    )
    found = by_id(session, query, col(RevisionFactRow.revision_id), revisions)
    return [(int(row), _FLAGS.get(flag, 0)) for row, flag in found]


def note_sources(session: Session, stories: Mapping[int, int]) -> None:
    """Write which sources the newest texts cite; `stories` gives the story's row by the revision's."""
    session.exec(delete(StorySourceRow).where(col(StorySourceRow.story_id).in_(list(stories.values()))))
    query: Any = (
        sql_select(RevisionFactRow.revision_id, SourceRecordRow.source_id)  # type: ignore[call-overload]
        .join(FactRow, col(FactRow.id) == RevisionFactRow.fact_id)
        .join(SourceRecordRow, col(SourceRecordRow.id) == FactRow.source_record_id)
        .distinct()
    )
    found = by_id(session, query, col(RevisionFactRow.revision_id), stories)
    rows = [{"story_id": stories[row], "source_id": source} for row, source in found]
    if rows:
        session.connection().execute(insert(StorySourceRow), rows)
