"""What a person decides on facts: to add, retract or settle them, and whom to trust. Every decision is audited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from songstory import fallout
from songstory.blame import accuse
from songstory.errors import NotAllowed, ReviewError, StoreError
from songstory.models import LOW, Actor, Fact, Role, Who, now
from songstory.ownership import HOUSE, house
from songstory.records import EntityLine, FactLine, SourceLine
from songstory.review import may, who_may
from songstory.safe_lines import typed
from songstory.store import Store, catalogue, clearances, disputes, people
from songstory.store.bulk import content_hash, write_lines
from songstory.trust import clearance, tier, trusted
from songstory.vocabulary import PREDICATES, is_credit


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
        return fallout.of_facts(session, [fact_id], typed(comment), act=act)


def resolve_conflict(store: Store, fact: str, *, actor: Who, comment: str = "") -> None:
    """Decide a conflict for `fact`: it may be told again; the facts it contradicts stay disputed."""
    with store.session() as session:
        who = editor(session, actor, "resolve a conflict")
        disputes.decide(session, fact, actor=who.name, comment=typed(comment))
        people.record(session, action="fact.resolve_conflict", object_=fact, actor=who.name, comment=comment)


def clear_flag(store: Store, fact: str, flag: str, *, actor: Who, comment: str = "") -> None:
    """Take a flag off a fact. Raise StoreError when it does not carry it, NotAllowed where its sources or the actor do not suffice.

    What is sensitive needs trusted sources, and a grave matter a publisher: see `trust.clearance`. A dispute is an editor's; what
    is private, quarantined or flagged for a reason this version does not know is a publisher's, who says why.
    """
    with store.session() as session:
        who = editor(session, actor, "clear a flag")
        beside = catalogue.facts_beside(session, fact)
        found = next((f for f in beside if f.key == fact), None)
        if found is None or flag not in found.flags:
            raise StoreError(f"fact {fact} carries no flag {flag!r}")
        _may_clear(session, who, found, flag, beside, comment)
        note = dict(zip(found.flags, found.notes, strict=False)).get(flag, "")
        catalogue.clear_flag(session, fact, flag)
        if flag == "disputed":  # whoever lets it be told though another speaks against it has decided for it
            disputes.decide(session, fact, actor=who.name, comment=typed(comment))
        row = int(catalogue.fact_row(session, fact).id or 0)
        if flag == "sensitive":
            clearances.keep(session, row, note, actor=who.name, at=now())
        data = {"flag": flag, "note": note}
        act = people.record(session, action="fact.clear_flag", object_=fact, actor=who.name, comment=comment, data=data)
        fallout.of_facts(session, [row], "", act=act)
        disputes.unsettle(session, disputes.tracks_of(session, fact=fact))
    disputes.settle(store)  # what was set aside spoke against nobody, and may now


def barred(store: Store, fact: str, flag: str, *, actor: Who) -> str:
    """Return why `actor` may not take a flag off a fact, "" when they may (with a reason, where one is needed)."""
    with store.reading() as session:
        try:
            beside = catalogue.facts_beside(session, fact)
            found = next(f for f in beside if f.key == fact)
            _may_clear(session, editor(session, actor, "clear a flag"), found, flag, beside, "given later")
        except (NotAllowed, StoreError) as error:
            return str(error)
    return ""


def _may_clear(session: Session, who: Actor, fact: Fact, flag: str, beside: Sequence[Fact], comment: str) -> None:
    """Raise NotAllowed unless `who` may clear this flag of a fact, ReviewError where the reason is missing."""
    if flag == "disputed":
        return
    if flag == "sensitive":
        role, why = clearance(fact, beside, catalogue.sources_in(session))
        if role is None:
            raise NotAllowed(f"{why}; add one with: songstory add-fact, or raise a source's trust with: songstory trust")
        if not may(who, role):
            raise NotAllowed(f"{who.name} is {who.role}; {why} and {who_may(role)}")
        return
    if not may(who, Role.PUBLISHER):
        raise NotAllowed(f"{who.name} is {who.role}; to clear what is {flag} takes {who_may(Role.PUBLISHER)}")
    if not comment.strip():
        raise ReviewError(f"to clear what is {flag} needs a reason; give one with --comment")


def clear_blame(store: Store, track: str, first: str, second: str, *, actor: Who, comment: str) -> None:
    """Let two facts stand on one card of `track`, though together they accuse somebody. A publisher does, with a reason.

    Each account of the two must be told by two trusted sources that do not copy each other. Raise StoreError, NotAllowed.
    """
    with store.session() as session:
        who = _may_clear_pair(session, actor, track, first, second, comment)
        row = int(catalogue.track_row(session, track).id or 0)
        if not clearances.clear(session, row, first, second, actor=who.name, comment=comment.strip(), at=now()):
            raise StoreError(f"{first} and {second} were cleared before")
        data = {"track": track, "beside": second}
        act = people.record(session, action="fact.clear_blame", object_=first, actor=who.name, comment=comment, data=data)
        fallout.of_facts(session, [int(catalogue.fact_row(session, key).id or 0) for key in (first, second)], "", act=act)


def barred_pair(store: Store, track: str, first: str, second: str, *, actor: Who) -> str:
    """Return why `actor` may not let two facts stand on one card of `track`, "" when they may, with a reason."""
    with store.reading() as session:
        try:
            _may_clear_pair(session, actor, track, first, second, "given later")
        except (NotAllowed, StoreError) as error:
            return str(error)
    return ""


def _may_clear_pair(session: Session, actor: Who, track: str, first: str, second: str, comment: str) -> Actor:
    """Return who may clear this pair of facts. Raise NotAllowed, StoreError where nobody may, or the reason is missing."""
    who = people.find_actor(session, actor)
    if not may(who, Role.PUBLISHER):
        raise NotAllowed(f"{who.name} is {who.role}; to clear what accuses somebody takes {who_may(Role.PUBLISHER)}")
    if not comment.strip():
        raise StoreError("to clear what accuses somebody needs a reason; give one with --comment")
    if first == second:
        raise StoreError(f"{first} stands there twice; name the two facts that accuse together")
    facts = {f.key: f for f in catalogue.facts_in(session, track)}
    if missing := {first, second} - facts.keys():
        raise StoreError(f"{track!r} has no standing fact {min(missing)!r}; see: songstory facts {track}")
    if not accuse(facts[first], facts[second]):
        raise StoreError(f"{first} and {second} accuse nobody together; there is nothing to clear")
    for fact in (f for f in (facts[first], facts[second]) if not is_credit(f.predicate)):
        said = len(trusted(fact, list(facts.values()), catalogue.sources_in(session)))
        if said < 2:
            raise NotAllowed(f"{fact.key} needs two trusted sources that do not copy each other, found {said}")
    return who


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
        act = people.record(session, action="source.trust", object_=source, actor=who.name, comment=comment, data=said)
        if (before < LOW) != (trust < LOW):
            disputes.unsettle(session, disputes.tracks_of(session, source=source))
    disputes.settle(store)  # a source of low trust speaks against nobody
    # it, or whom it bears out, may tell alone no more, or may now; or what was cleared on its word is cleared no more
    if independent or tier(before) != tier(trust):
        fallout.of_source(store, source, f"{source} has a trust of {trust} now", act=act)
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
        found = catalogue.facts_by_key(session, [writer.last_key])[writer.last_key]
        key, added = found.key, {"track": track, "predicate": predicate, "value": found.value}  # as it was written: clean and masked
        first = [people.Record("source.declare", s.key, {"name": s.name, "trust": s.trust}) for s in writer.declared]
        people.record_many(session, [*first, people.Record("fact.add", key, added)], actor=who.name)
        return found
