"""Actors, their one-use tokens, and the audit log: a hash chain from its first row."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import CursorResult, func, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from songstory.errors import AuditBroken, NotAllowed, SessionEnded, StaleRevision, StoreError
from songstory.models import Actor, Event, Identity, Page, Role, Who, now
from songstory.safe_lines import typed
from songstory.storable import storable, storable_data
from songstory.store import Store
from songstory.store.columns import by_signs
from songstory.store.paging import turned
from songstory.store.tables import ActionTokenRow, ActorRow, EventRow, RevisionRow, StoryRow

NIGHT = "night"  # the service user of the night and of `generate --all`
SESSION = timedelta(hours=12)  # how long one sign-in is good for
_CLOCK = timedelta(minutes=5)  # how far a provider's clock may be ahead
_CHAIN_LOCK = 0x50E6_A0D1
FIRST = "0" * 64
ERASE = "erase"  # the act that takes words away, in the log too; it says what it left


def _actor(row: ActorRow) -> Actor:
    return Actor(
        name=row.name,
        role=Role(row.role),
        kind=row.kind,
        iss=row.iss or "",
        sub=row.sub or "",
        disabled=row.disabled,
        sessions_valid_after=row.sessions_valid_after,
    )


def find_actor(session: Session, who: Who, at: datetime | None = None) -> Actor:
    """Return the actor called so, or who signed in so. Raise NotAllowed when there is none or they are disabled, SessionEnded."""
    if isinstance(who, Identity):
        return _signed_in(session, who, at or now())
    row = session.exec(select(ActorRow).where(ActorRow.name == who)).first()
    if row is None:
        raise NotAllowed(f"nobody here is called {who!r}; see: songstory people, or add them with: songstory people add {who} --role ROLE")
    return _let_in(row)


def _let_in(row: ActorRow) -> Actor:
    if row.disabled:
        raise NotAllowed(f"{row.name} is disabled; an admin can let them in again")
    return _actor(row)


def _signed_in(session: Session, who: Identity, at: datetime) -> Actor:
    """Authority is looked up by issuer and subject each time, never by e-mail; an old sign-in, or one that was ended, is none."""
    row = session.exec(select(ActorRow).where(ActorRow.iss == who.iss, ActorRow.sub == who.sub)).first()
    if row is None:
        raise NotAllowed(f"nobody here signs in as {who.sub!r} at {who.iss}; ask an admin to add you with these two words")
    if not at - SESSION <= who.signed_in_at <= at + _CLOCK:
        raise SessionEnded(f"{row.name} signed in more than {SESSION // timedelta(hours=1)} hours ago; sign in again")
    if row.sessions_valid_after is not None and who.signed_in_at < row.sessions_valid_after:
        raise SessionEnded(f"this session of {row.name} was ended; sign in again")
    return _let_in(row)


def get_actor(store: Store, who: Who) -> Actor:
    """Return the actor called so, or who signed in so. Raise NotAllowed when there is none or they are disabled, SessionEnded."""
    with store.reading() as session:
        return find_actor(session, who)


def name_of(session: Session, who: Who) -> str:
    """Return under which name an act of `who` is kept, whether or not they may act."""
    if isinstance(who, str):
        return who
    known = session.exec(select(ActorRow.name).where(ActorRow.iss == who.iss, ActorRow.sub == who.sub)).first()
    return known or f"{who.sub} at {who.iss}"


def set_actor(session: Session, name: str, **values: Any) -> Actor:
    """Change what is known of a person. Raise NotAllowed for a name that is not there, StoreError for a sign-in that is another's."""
    row = session.exec(select(ActorRow).where(ActorRow.name == name, ActorRow.kind == "person").with_for_update()).first()
    if row is None:
        raise NotAllowed(f"nobody here is called {name!r}; see: songstory people")
    if values.get("iss"):
        other = session.exec(select(ActorRow.name).where(ActorRow.iss == values["iss"], ActorRow.sub == values["sub"])).first()
        if other not in {None, name}:
            raise StoreError(f"{other} signs in as {values['sub']!r} at {values['iss']} already; one sign-in is one person")
    for key, value in values.items():
        setattr(row, key, value)
    session.add(row)
    session.flush()
    return _actor(row)


def admins(session: Session) -> list[str]:
    """Return the admins who may come in."""
    query = select(ActorRow.name).where(ActorRow.role == Role.ADMIN, ActorRow.kind == "person", col(ActorRow.disabled).is_(False))
    return list(session.exec(query.order_by(ActorRow.name)))


def list_people(store: Store) -> list[Actor]:
    """Return all actors by name."""
    with store.reading() as session:
        return list_in(session)


def list_in(session: Session) -> list[Actor]:
    """Return what `list_people` does, within a transaction that is open."""
    return [_actor(r) for r in session.exec(select(ActorRow).order_by(by_signs(ActorRow.name)))]


def put_actor(session: Session, name: str, role: Role, *, kind: str = "person", iss: str | None = None, sub: str | None = None) -> bool:
    """Add an actor, or give them another role. Return whether anything changed."""
    row = session.exec(select(ActorRow).where(ActorRow.name == name)).first()
    if row is None:
        try:
            with session.begin_nested():
                session.add(ActorRow(name=name, role=role, kind=kind, iss=iss, sub=sub))
            return True
        except IntegrityError:  # added twice at one moment is added once: who comes second finds what the first wrote
            row = session.exec(select(ActorRow).where(ActorRow.name == name)).one()
    if row.role == role and not row.disabled:
        return False
    row.role, row.disabled = role, False
    session.add(row)
    session.flush()
    return True


def reserved(name: str) -> bool:
    """Whether a name is, or looks like, that of the service user, which no person may have."""
    return unicodedata.normalize("NFKC", name).strip().casefold() == NIGHT


def ensure_service(store: Store, name: str = NIGHT) -> None:
    """Make sure the service user exists. Raise StoreError where a person of an older store has its name: they keep their role."""
    with store.session() as session:
        if session.exec(select(ActorRow.id).where(ActorRow.name == name, ActorRow.kind == "person")).first() is not None:
            raise StoreError(f"a person here is called {name}, which is the name of the service user; give them another in the table actor")
        put_actor(session, name, Role.SERVICE, kind="service")


def has_people(session: Session) -> bool:
    """Whether any person was added yet."""
    return session.exec(select(ActorRow.id).where(ActorRow.kind == "person")).first() is not None


# one-use tokens -----------------------------------------------------------------------------------------------------


def issue_token(store: Store, *, actor: str, action: str, minutes: int = 60) -> str:
    """Return a token for one act on one revision, good once and for `minutes`."""
    return issue_tokens(store, actor=actor, actions=[action], minutes=minutes)[action]


def issue_tokens(store: Store, *, actor: str, actions: Sequence[str], minutes: int = 60) -> dict[str, str]:
    """Return a token for each of `actions` (`approve:sledgehammer.1`), each good once and for `minutes`; what ran out is swept away."""
    at = now()
    tokens = {action: secrets.token_urlsafe(24) for action in actions}
    with store.session() as session:
        session.exec(delete(ActionTokenRow).where(col(ActionTokenRow.expires_at) < at - timedelta(days=1)))
        ends = at + timedelta(minutes=minutes)
        session.add_all(ActionTokenRow(token=t, actor=actor, action=a, expires_at=ends) for a, t in tokens.items())
    return tokens


def use_token(session: Session, token: str, *, actor: str, action: str) -> None:
    """Use a token up. Raise StaleRevision when it was used, has run out, or is for another act."""
    statement = (
        update(ActionTokenRow)
        .where(
            col(ActionTokenRow.token) == token,
            col(ActionTokenRow.actor) == actor,
            col(ActionTokenRow.action) == action,
            col(ActionTokenRow.used_at).is_(None),
            col(ActionTokenRow.expires_at) > now(),
        )
        .values(used_at=now())
    )
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise StaleRevision("this button was pressed before or has run out; look at the story again, then press once")


# the audit log ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Record:
    """One thing that was done: the act, to what, and what goes with it."""

    action: str
    object: str
    data: dict[str, Any] = field(default_factory=dict)
    comment: str = ""


def record(
    session: Session,
    *,
    action: str,
    object_: str,
    actor: str,
    comment: str = "",
    data: dict[str, Any] | None = None,
    act_id: str = "",
    at: datetime | None = None,
) -> str:
    """Append an event to the chain, in the caller's transaction. Return the act id."""
    return record_many(session, [Record(action, object_, data or {}, comment)], actor=actor, act_id=act_id, at=at)[0]


def record_many(session: Session, records: Sequence[Record], *, actor: str, act_id: str = "", at: datetime | None = None) -> list[str]:
    """Append events to the chain in their order, in the caller's transaction. Return their act ids."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    last = session.exec(select(EventRow.seq, EventRow.hash).order_by(col(EventRow.seq).desc()).limit(1)).first()
    first, prev = last or (0, FIRST)
    moment, rows = (at or now()).isoformat(), []
    for seq, done in enumerate(records, start=first + 1):
        row = {
            "seq": seq, "act_id": act_id or secrets.token_hex(8), "object": storable(done.object), "action": done.action, "actor": actor,
            "comment": storable(typed(done.comment)), "data": storable_data(done.data), "at": moment, "prev_hash": prev,
        }  # fmt: skip
        row["hash"] = prev = _hash(row)
        rows.append(row)
    if rows:
        session.connection().execute(EventRow.__table__.insert(), rows)  # type: ignore[attr-defined]
        session.info["head"] = (rows[-1]["seq"], prev, moment)  # kept outside as well, once this is committed
    return [str(row["act_id"]) for row in rows]


_HASHED = ("seq", "act_id", "object", "action", "actor", "comment", "data", "at", "prev_hash")


def _hash(row: dict[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps([row[name] for name in _HASHED], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _event(row: EventRow) -> Event:
    return Event(
        seq=row.seq,
        act_id=row.act_id,
        object=row.object,
        action=row.action,
        actor=row.actor,
        comment=row.comment,
        data=row.data,
        at=datetime.fromisoformat(row.at),
        prev_hash=row.prev_hash,
        hash=row.hash,
    )


def events(store: Store, *, object_: str = "", action: str = "", actor: str = "", page: int = 1, size: int = 50) -> Page:
    """Return one page of the audit log, the newest first; `object_` keeps one revision, fact or person, `action` one act, `actor` one."""
    with store.reading() as session:
        where = [EventRow.object == object_] if object_ else []
        where += [EventRow.action == action] if action else []
        where += [EventRow.actor == actor] if actor else []
        total = session.exec(select(func.count()).select_from(EventRow).where(*where)).one()
        rows = session.exec(turned(select(EventRow).where(*where).order_by(col(EventRow.seq).desc()), page, size)).all()
        return Page(items=tuple(_event(r) for r in rows), total=total, page=page, size=size)


def last_on(session: Session, object_: str, action: str) -> Event | None:
    """Return the last event of one act on one object."""
    query = select(EventRow).where(EventRow.object == object_, EventRow.action == action)
    row = session.exec(query.order_by(col(EventRow.seq).desc())).first()
    return _event(row) if row else None


def last_act(store: Store, story: str) -> Event | None:
    """Return the last act of review that was made on any revision of a story; refused ones do not count."""
    revisions = select(RevisionRow.uid).join(StoryRow, col(StoryRow.id) == RevisionRow.story_id).where(StoryRow.uid == story)
    made = col(EventRow.action).like("story.%") & col(EventRow.action).not_like("%.refused")
    with store.reading() as session:
        row = session.exec(select(EventRow).where(col(EventRow.object).in_(revisions), made).order_by(col(EventRow.seq).desc())).first()
        return _event(row) if row else None


@dataclass(frozen=True)
class Place:
    """What stands at one place of the log: its hash, and when it was written."""

    hash: str
    at: str


@dataclass
class Walked:
    """A log walked from its first row: its length and last hash, and what was looked for on the way."""

    count: int = 0
    head: str = FIRST
    places: dict[int, Place] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    restored: list[int] = field(default_factory=list)


def walk(store: Store, places: Collection[int] = (), hashes: Collection[str] = ()) -> Walked:
    """Check the audit log from its first row; note what stands at some places and which of some hashes are met.

    A row whose words were erased must be what the erasure, a later event, says that it left. Raise AuditBroken naming the
    first row that was changed, removed or added.
    """
    log, changed, left = Walked(), dict[int, str](), dict[int, str]()
    with store.reading() as session:
        while rows := session.exec(select(EventRow).where(col(EventRow.seq) > log.count).order_by(col(EventRow.seq)).limit(1000)).all():
            for row in rows:
                if row.seq != log.count + 1:
                    raise AuditBroken("rewritten", log.count + 1, f"audit log rewritten: event {log.count + 1} is missing")
                if row.prev_hash != log.head:  # a row that is whole says that the one before it was changed
                    raise _changed(log.count if log.count and row.hash == _hash(row.model_dump()) else row.seq)
                if row.hash != _hash(row.model_dump()):
                    changed[row.seq] = remains(row.model_dump())
                if row.action == ERASE:
                    left |= {int(seq): str(digest) for seq, digest in row.data.get("events", {}).items()}
                if row.action == "store.restore":
                    log.restored.append(row.seq)
                if row.seq in places:
                    log.places[row.seq] = Place(row.hash, row.at)
                if row.hash in hashes:
                    log.seen.add(row.hash)
                log.count, log.head = row.seq, row.hash
            session.expunge_all()
    if false := [seq for seq, digest in changed.items() if left.get(seq) != digest]:
        raise _changed(min(false))
    return log


def _changed(seq: int) -> AuditBroken:
    return AuditBroken("rewritten", seq, f"audit log rewritten: event {seq} was changed after it was written")


def remains(row: dict[str, Any]) -> str:
    """Return the hash of an event as an erasure leaves it, its own kept hash among the rest."""
    return hashlib.sha256(orjson.dumps([row[name] for name in (*_HASHED, "hash")], option=orjson.OPT_SORT_KEYS)).hexdigest()


def verify_chain(store: Store, *, head: str = "") -> tuple[int, str]:
    """Check the audit log from its first row; return how many events it has and the hash of the last.

    `head` is a hash kept outside: it must still be in the chain, which a cut tail is not. Against a file of heads the log is
    proven by `proof.verify`. Raise AuditBroken.
    """
    log = walk(store, hashes={head} - {""})
    if head and not log.seen:
        raise AuditBroken("lost", 0, f"audit log: the head {head[:16]}… is not in the chain; its tail was cut off, or it was rewritten")
    return log.count, log.head


def chain_head(store: Store) -> tuple[int, str]:
    """Return the number and hash of the last event."""
    with store.reading() as session:
        last = session.exec(select(EventRow.seq, EventRow.hash).order_by(col(EventRow.seq).desc()).limit(1)).first()
    return (last[0], last[1]) if last else (0, FIRST)
