"""A clearance lasts as long as the sources that it took: what they say no longer, or are trusted for no longer, is held again.

A publisher clears a grave matter on two trusted sources that do not copy each other. When one of them takes it back, loses its
trust or is itself set aside, the other stands alone, and the matter is as uncleared as it was before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import Session

from songstory.models import Fact
from songstory.store import catalogue, clearances, people
from songstory.store.clearances import Cleared, Pair
from songstory.trust import clearance, trusted
from songstory.vocabulary import is_credit

WHY = "policy: the trusted sources that it was cleared on no longer all say it"


def of_facts(session: Session, facts: Collection[int], *, act: str = "") -> list[int]:
    """Hold again what was cleared beside these facts and may stand no longer; return the rows of the facts that are held."""
    return _held(session, *clearances.near_facts(session, facts), act)


def of_source(session: Session, source: str, *, act: str = "") -> list[int]:
    """Hold again what was cleared where a source speaks and may stand no longer; return the rows of the facts that are held."""
    return _held(session, *clearances.near_source(session, source), act)


def of_dirty(session: Session, *, act: str = "") -> list[int]:
    """Hold again what was cleared on tracks that changed and may stand no longer; return the rows of the facts that are held."""
    return _held(session, *clearances.near_dirty(session), act)


def _held(session: Session, cleared: Sequence[Cleared], pairs: Sequence[Pair], act: str) -> list[int]:
    held = [one.fact for one in cleared if _flagged(session, one, act)]
    for pair in pairs:
        held += _parted(session, pair, act)
    return held


def _flagged(session: Session, one: Cleared, act: str) -> bool:
    """Put the flag back on a fact whose clearance would not be given today; return whether it was put back."""
    beside = catalogue.facts_beside(session, one.key)
    fact = next(f for f in beside if f.key == one.key)
    known = catalogue.sources_in(session)
    if clearance(fact.model_copy(update={"flags": ("sensitive",), "notes": (one.note,)}), beside, known)[0] is not None:
        return False
    catalogue.set_flag(session, one.key, "sensitive", note=one.note, actor=people.NIGHT)
    clearances.forget(session, one.fact)
    data = {"flag": "sensitive", "note": one.note}
    people.record(session, action="fact.flag", object_=one.key, actor=people.NIGHT, comment=WHY, data=data, act_id=act)
    return True


def _parted(session: Session, pair: Pair, act: str) -> list[int]:
    """Take back that two facts may stand on one card, where it would not be given today; return the rows of the two."""
    row, track, first, second = pair
    facts = {f.key: f for f in catalogue.facts_in(session, track)}
    known = catalogue.sources_in(session)

    def borne_out(fact: Fact) -> bool:
        return is_credit(fact.predicate) or len(trusted(fact, list(facts.values()), known)) > 1

    if all(key not in facts or borne_out(facts[key]) for key in (first, second)):
        return []
    clearances.forget_pair(session, row, first, second)
    data = {"track": track, "beside": second}
    people.record(session, action="fact.blame", object_=first, actor=people.NIGHT, comment=WHY, data=data, act_id=act)
    return [int(catalogue.fact_row(session, key).id or 0) for key in (first, second)]
