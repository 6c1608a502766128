"""What a person decides on facts: to add, retract or settle them, and whom to trust. Every decision is audited."""

from __future__ import annotations

from sqlmodel import Session

from songstory.errors import NotAllowed, StoreError
from songstory.models import Actor, Fact, Role, Status, Who, now
from songstory.ownership import HOUSE, house
from songstory.records import EntityLine, FactLine, SourceLine
from songstory.review import may, who_may
from songstory.store import Store, catalogue, people, stories
from songstory.store.bulk import content_hash, write_lines
from songstory.store.tables import RevisionRow
from songstory.trust import clearance
from songstory.vocabulary import PREDICATES


def editor(session: Session, actor: Who, what: str) -> Actor:
    """Return who acts, an editor or above. Raise NotAllowed."""
    who = people.find_actor(session, actor)
    if not may(who, Role.EDITOR):
        raise NotAllowed(f"{who.name} is {who.role}; to {what} takes {who_may(Role.EDITOR)}")
    return who


def retract(store: Store, fact: str, *, actor: Who, comment: str = "") -> list[str]:
    """Let a fact stop standing. Live stories that cite it are pulled by policy, the others marked stale; return their ids."""
    with store.session() as session:
        who = editor(session, actor, "retract a fact")
        fact_id = catalogue.retract(session, fact)
        act = people.record(session, action="fact.retract", object_=fact, actor=who.name, comment=comment)
        return pull(session, fact_id, fact, comment, actor=people.NIGHT, act=act)


def pull(session: Session, fact_id: int, fact: str, why: str, *, actor: str, act: str = "") -> list[str]:
    """Mark the stories that cite a fallen fact stale, and withdraw the live ones by policy; return their ids."""
    touched = stories.mark_stale(session, fact_id, f"a cited fact was retracted: {why}".rstrip(": "))
    for story in touched:
        live = session.get(RevisionRow, story.live_revision_id) if story.live_revision_id else None
        if live is not None and fact in stories.fallen_facts(session, live):
            stories.retire(session, story, now())
            story.live_revision_id, story.status = None, Status.WITHDRAWN
            session.add(story)
            people.record(
                session,
                action="story.withdraw",
                object_=live.uid,
                actor=actor,
                comment="policy: a cited fact was retracted",
                data={"fact": fact},
                act_id=act,
            )
    return [s.uid for s in touched]


def resolve_conflict(store: Store, fact: str, *, actor: Who, comment: str = "") -> None:
    """Decide a conflict for `fact`: it may be told again; the facts it contradicts stay disputed."""
    with store.session() as session:
        who = editor(session, actor, "resolve a conflict")
        catalogue.decide(session, fact, actor=who.name, comment=comment)
        people.record(session, action="fact.resolve_conflict", object_=fact, actor=who.name, comment=comment)


def clear_flag(store: Store, fact: str, flag: str, *, actor: Who, comment: str = "") -> None:
    """Take a flag off a fact. Raise StoreError when it does not carry it, NotAllowed where its sources or the actor do not suffice.

    What is sensitive needs trusted sources, and a grave matter a publisher: see `trust.clearance`.
    """
    with store.session() as session:
        who = editor(session, actor, "clear a flag")
        if flag == "sensitive":
            _cleared(session, fact, who)
        if not catalogue.clear_flag(session, fact, flag):
            raise StoreError(f"fact {fact} carries no flag {flag!r}")
        people.record(session, action="fact.clear_flag", object_=fact, actor=who.name, comment=comment, data={"flag": flag})


def _cleared(session: Session, key: str, who: Actor) -> None:
    """Raise NotAllowed unless `who` may clear the sensitive flag of a fact, and enough trusted sources say it."""
    facts = catalogue.facts_beside(session, key)
    role, why = clearance(next(f for f in facts if f.key == key), facts)
    if role is None:
        raise NotAllowed(f"{why}; add one with: songstory add-fact, or raise a source's trust with: songstory trust")
    if not may(who, role):
        raise NotAllowed(f"{who.name} is {who.role}; {why} and {who_may(role)}")


def set_trust(store: Store, source: str, trust: int, *, actor: Who, comment: str = "", independent: bool = False) -> int:
    """Give a source a trust of 0 to 100; the tracks it speaks of become dirty. Return how many. An editor does. Raise StoreError.

    `independent` says that it does not copy the other sources of the file it came with: from now on they corroborate one another.
    """
    if not 0 <= trust <= 100:
        raise StoreError(f"trust is a number from 0 to 100, found {trust}")
    with store.session() as session:
        who = editor(session, actor, "set the trust of a source")
        before, touched = catalogue.set_trust(session, source, trust, independent=independent)
        said = {"was": before, "trust": trust, **({"independent": True} if independent else {})}
        people.record(session, action="source.trust", object_=source, actor=who.name, comment=comment, data=said)
        return touched


def add_fact(
    store: Store,
    track: str,
    predicate: str,
    value: str | int | float,
    *,
    actor: Who,
    locator: str,
    quote: str = "",
    qualifiers: dict[str, str | int | float] | None = None,
    licence: str = "house",
) -> Fact:
    """Add a house fact with its source; `locator` says where it stands (a page, a letter, an interview). Return the fact."""
    known = PREDICATES.get(predicate)
    if known is None:
        raise StoreError(f"{predicate!r} is not in the vocabulary; see: songstory vocabulary")
    if not locator.strip():
        raise StoreError("a house fact needs its source: say where it stands")
    if known.value in {"number", "ordinal", "seconds"} and isinstance(value, str):
        raise StoreError(f"{predicate} takes a number, found {value!r}")
    with store.session() as session:
        who = editor(session, actor, "add a house fact")
        source = SourceLine(kind="source", key=HOUSE, name="House research", licence=licence, trust=80, independent_group=HOUSE)
        person = f"house-{content_hash(f'{track}/{value}')[:16]}" if known.value == "name" else None
        named = [EntityLine(kind="entity", key=person, type="person", name=str(value))] if person else []
        fact = FactLine(
            kind="fact", track=track, predicate=predicate, value=value, object=person, qualifiers=dict(qualifiers or {}), quote=quote,
            source=HOUSE, locator=locator,
        )  # fmt: skip
        try:
            writer = write_lines(session.connection(), [source, *named, fact], now(), house(who.name))
        except ValueError as error:
            raise StoreError(str(error)) from error
        key, added = writer.last_key, {"track": track, "predicate": predicate, "value": value}
        first = [people.Record("source.declare", s.key, {"name": s.name, "trust": s.trust}) for s in writer.declared]
        people.record_many(session, [*first, people.Record("fact.add", key, added)], actor=who.name)
        return catalogue.facts_by_key(session, [key])[key]
