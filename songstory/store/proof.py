"""Proves the audit log against heads kept outside, and tells what is wrong apart: cut, rewritten, restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from songstory.errors import AuditBroken
from songstory.store import Store, people
from songstory.store.audit_tables import StoreIdentityRow
from songstory.store.heads import Head
from songstory.store.people import Place
from songstory.store.tables import ActorRow, EventRow

RESTORED = "store.restore"  # the act by which a backup came back


@dataclass(frozen=True)
class Proof:
    """A log that holds: how many events, its last hash, how many heads agree, and how many speak of another store.

    `broken` names the lines of files, as FILE:LINE, that hold no head.
    """

    events: int
    head: str
    heads: int
    others: int = 0
    broken: tuple[str, ...] = ()


def store_uid(session: Session) -> str:
    """Return the name that the store keeps through backups."""
    return str(session.exec(select(StoreIdentityRow.uid)).first() or "")


def last_head(session: Session) -> Head | None:
    """Return the head of the log as it is now, None for an empty one."""
    row = session.exec(select(EventRow.seq, EventRow.hash, EventRow.at).order_by(col(EventRow.seq).desc()).limit(1)).first()
    return Head(seq=row[0], hash=row[1], at=row[2], store=store_uid(session)) if row else None


def verify(store: Store, heads: Sequence[Head] = ()) -> Proof:
    """Check every event of the log, then every head against it. Raise AuditBroken with what is wrong and where it begins.

    Of a head without a number (0) only its hash is looked for.
    """
    with store.reading() as session:
        own = store_uid(session)
    mine = [h for h in heads if h.store in {"", own}]
    log = people.walk(store, {h.seq for h in mine}, {h.hash for h in mine if not h.seq})
    _agree(log.count, log.places, mine, log.restored)
    if not log.count and _has_people(store):  # each of them was added by an act
        raise AuditBroken("cut", 1, "audit log cut: it is empty, and there are people here, whom only an act of its first events adds")
    for head in mine:
        if not head.seq and head.hash not in log.seen:
            raise AuditBroken(
                "lost", 0, f"audit log: the head {head.hash[:16]}… is not in the chain; its tail was cut off, it was rewritten, or an "
                "older state was put back; give the head as NUMBER:HASH to be told which",
            )  # fmt: skip
    if heads and not mine:
        raise AuditBroken("replaced", 1, f"audit log replaced: all heads are of the store {heads[-1].store}, and this is {own}")
    return Proof(log.count, log.head, len(mine), len(heads) - len(mine))


def _has_people(store: Store) -> bool:
    with store.reading() as session:
        return session.exec(select(ActorRow.id).where(ActorRow.kind != "service").limit(1)).first() is not None


def anchored(session: Session, heads: Sequence[Head]) -> None:
    """Check heads against the log without walking it. Raise AuditBroken."""
    own, last = store_uid(session), last_head(session)
    for head in heads:
        if head.store not in {"", own}:
            raise AuditBroken("replaced", 1, f"audit log replaced: a head is of the store {head.store}, and this is {own}")
    numbers = {h.seq for h in heads}
    rows = session.exec(select(EventRow.seq, EventRow.hash, EventRow.at).where(col(EventRow.seq).in_(numbers))).all()
    restored = session.exec(select(EventRow.seq).where(EventRow.action == RESTORED)).all()
    _agree(last.seq if last else 0, {seq: Place(digest, at) for seq, digest, at in rows}, heads, list(restored))


def _agree(count: int, places: Mapping[int, Place], heads: Sequence[Head], restored: Sequence[int]) -> None:
    """Raise AuditBroken unless each head is the hash at its place in a log of `count` events."""
    false = sorted((h for h in heads if h.seq and (h.seq not in places or places[h.seq].hash != h.hash)), key=lambda h: h.seq)
    if not false:
        return
    good = max((h.seq for h in heads if h.seq in places and places[h.seq].hash == h.hash and h.seq < false[0].seq), default=0)
    first = next((h for h in false if h.seq in places), None)
    if first is None:
        raise AuditBroken(
            "cut", count + 1, f"audit log cut: it ends with event {count}, and a head of {_when(false[-1])} is of event {false[-1].seq}; "
            f"{_events(count + 1, false[-1].seq)} missing",
        )  # fmt: skip
    where = f"event {first.seq}" if first.seq == good + 1 else f"event {good + 1} or one after it, up to {first.seq},"
    if _later(places[first.seq].at, first.at) or any(good < seq <= max(h.seq for h in false) for seq in restored):
        raise AuditBroken(
            "restored", good + 1, f"audit log restored: an older state was put back and went on differently; {where} is not what it was "
            f"on {_when(first)}, and up to event {false[-1].seq} what was known then is lost",
        )  # fmt: skip
    was = f"it was on {_when(first)}" if first.at else "the head says that it was"
    raise AuditBroken("rewritten", good + 1, f"audit log rewritten: {where} is not what {was}")


def _events(first: int, last: int) -> str:
    return f"event {first} is" if first == last else f"events {first} to {last} are"


def _later(now: str, then: str) -> bool:
    """Whether an event is of a later time than the head kept of its place: others were written after an older state."""
    try:
        return bool(then) and datetime.fromisoformat(now) > datetime.fromisoformat(then)
    except ValueError:
        return False


def _when(head: Head) -> str:
    return head.at[:19].replace("T", " ") if head.at else "a day that was not kept"
