"""Who works here and what stops the house: people and their roles, sign-ins and sessions, switches and budgets. An admin's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from songstory.errors import AuditBroken, NotAllowed, ReviewError, StoreError
from songstory.models import Actor, Identity, Page, Role, Who, now
from songstory.store import Store, heads, people, proof, rules
from songstory.store.heads import Head, Key
from songstory.store.rules import Rule


def add_person(store: Store, name: str, role: Role | str, *, actor: Who = "", iss: str = "", sub: str = "") -> Actor:
    """Add a person, or give them another role. An admin does; the first person may add themselves.

    `iss` and `sub` are the issuer and subject that their sign-in provider gives them; without, they work by name only, at
    the command line and in solo mode. A new role ends their sessions.
    """
    wanted = _role(role)
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise ReviewError("a person needs a printable name of up to 100 characters and a role of writer, editor, publisher or admin")
    if people.reserved(name):
        raise ReviewError(f"{name} is the name of the service user that writes by night; choose another")
    if bool(iss) != bool(sub):
        raise ReviewError("a sign-in is an issuer and a subject; give both, or neither")
    with store.session() as session:
        first = not people.has_people(session)
        by = name if first else admin(session, actor, "add people").name
        known = {p.name: p for p in people.list_in(session)}.get(name)
        if known is not None and known.kind != "person":
            raise ReviewError(f"{name} is the name of a service user; choose another")
        if known is not None and known.role is Role.ADMIN and wanted is not Role.ADMIN:
            _not_the_last(session, name)
        if people.put_actor(session, name, wanted) and known is not None:
            people.set_actor(session, name, sessions_valid_after=_from_now())
        if iss:
            people.set_actor(session, name, iss=iss.strip(), sub=sub.strip())
        data = {"role": wanted, "first": first, **({"iss": iss, "sub": sub} if iss else {})}
        people.record(session, action="people.add", object_=name, actor=by, data=data)
        return people.find_actor(session, name)


def _role(role: Role | str) -> Role:
    try:
        wanted = Role(role)
    except ValueError:
        raise ReviewError(f"no role {role!r}; choose one of: {', '.join(r for r in Role if r is not Role.SERVICE)}") from None
    if wanted is Role.SERVICE:
        raise ReviewError("a person needs a role of writer, editor, publisher or admin")
    return wanted


def admin(session: Session, actor: Who, what: str) -> Actor:
    """Return who acts, an admin. Raise NotAllowed."""
    who = people.find_actor(session, actor)
    if who.role is not Role.ADMIN or who.kind != "person":
        raise NotAllowed(f"{who.name} is {who.role}; to {what} takes an admin")
    return who


def _not_the_last(session: Session, name: str) -> None:
    if people.admins(session) == [name]:
        raise ReviewError(f"{name} is the last admin; make somebody else one first")


def disable(store: Store, name: str, *, actor: Who, comment: str = "") -> Actor:
    """Keep a person out from now on; what they did stays. An admin does, and never to the last admin."""
    with store.session() as session:
        who = admin(session, actor, "keep people out")
        _not_the_last(session, name)
        return _change(session, who, "people.disable", name, comment, disabled=True, sessions_valid_after=_from_now())


def enable(store: Store, name: str, *, actor: Who, comment: str = "") -> Actor:
    """Let a disabled person in again. An admin does."""
    with store.session() as session:
        return _change(session, admin(session, actor, "let people in"), "people.enable", name, comment, disabled=False)


def end_sessions(store: Store, name: str, *, actor: Who) -> Actor:
    """Sign a person out everywhere: every sign-in up to now is void. Everybody may do so for themselves, an admin for all."""
    with store.session() as session:
        who = people.find_actor(session, actor)
        who = who if who.name == name else admin(session, actor, "sign others out")
        return _change(session, who, "people.end_sessions", name, "", sessions_valid_after=_from_now())


def sign_out(store: Store, actor: Identity) -> None:
    """Make this sign-in, and older ones, void: a copy of its cookie is worth nothing any more. What ended already stays so."""
    with store.session() as session:
        try:
            who = people.find_actor(session, actor)
        except NotAllowed:
            return
        ends = actor.signed_in_at.replace(microsecond=0) + timedelta(seconds=1)
        _change(session, who, "people.sign_out", who.name, "", sessions_valid_after=max(ends, who.sessions_valid_after or ends))


def _from_now() -> Any:
    """Return the next full second: providers tell the time of a sign-in in whole seconds."""
    return now().replace(microsecond=0) + timedelta(seconds=1)


def _change(session: Session, who: Actor, action: str, name: str, comment: str, **values: Any) -> Actor:
    changed = people.set_actor(session, name, **values)
    people.record(session, action=action, object_=name, actor=who.name, comment=comment)
    return changed


# switches and budgets -------------------------------------------------------------------------------------------------


def switch(store: Store, name: str, on: bool, *, actor: Who, comment: str = "") -> Rule:
    """Turn generation or publishing off for the whole house, or on again. An admin does."""
    if name not in rules.SWITCHES:
        raise ReviewError(f"no switch {name!r}; choose one of: {', '.join(rules.SWITCHES)}")
    with store.session() as session:
        who = admin(session, actor, f"switch {name}")
        rule = Rule(name=name, on=on, comment=comment.strip(), actor=who.name, at=now())
        return _keep(session, rule, f"house.switch_{'on' if on else 'off'}", {})


def set_budget(store: Store, period: str, usd: float | None, *, actor: Who, comment: str = "") -> Rule:
    """Set what a run, day or month may spend, in USD; None leaves it to the environment. An admin does."""
    if period not in rules.BUDGETS or (usd is not None and not 0 <= usd < 1e9):
        raise ReviewError(f"a budget is for a {', '.join(rules.BUDGETS)} and not below 0, found {period!r} and {usd}")
    with store.session() as session:
        who = admin(session, actor, "set a budget")
        rule = Rule(name=f"budget_{period}", usd=usd, comment=comment.strip(), actor=who.name, at=now())
        return _keep(session, rule, "house.budget", {"usd": usd})


def set_stale_days(store: Store, days: int | None, *, actor: Who, comment: str = "") -> Rule:
    """Set for how many days a live story stays up that today's rules refuse; None goes back to the usual. An admin does."""
    if days is not None and not 0 <= days <= 3650:
        raise ReviewError(f"a story stays up for 0 to 3650 days, found {days}")
    with store.session() as session:
        who = admin(session, actor, "set a policy")
        rule = Rule(name=rules.STALE_DAYS, days=days, comment=comment.strip(), actor=who.name, at=now())
        return _keep(session, rule, "house.policy", {"days": days})


def _keep(session: Session, rule: Rule, action: str, data: dict[str, Any]) -> Rule:
    rules.put(session, rule)
    people.record(session, action=action, object_=rule.name, actor=rule.actor, comment=rule.comment, data=data)
    return rule


# the audit log --------------------------------------------------------------------------------------------------------


def audit_log(store: Store, *, actor: Who, object_: str = "", action: str = "", who: str = "", page: int = 1, size: int = 50) -> Page:
    """Return one page of the audit log, the newest first. A publisher or an admin reads it."""
    _may_read(store, actor)
    return people.events(store, object_=object_, action=action, actor=who, page=page, size=size)


def check_log(store: Store, *, actor: Who, head: str = "") -> tuple[int, str]:
    """Check the audit log from its first row, and against the store's file of heads. A publisher or an admin does. Raise AuditBroken."""
    _may_read(store, actor)
    files = [store.heads.path] if store.heads and store.heads.path.exists() else []
    found = prove(store, files, [head] if head else [], key=store.heads.key if store.heads else None)
    return found.events, found.head


def prove(store: Store, files: Sequence[Path] = (), typed: Sequence[str] = (), *, key: Key | None = None) -> proof.Proof:
    """Check the audit log from its first row, and against the heads in files and those that were typed.

    With a `key` the signatures in the files are checked too. Raise AuditBroken with what is wrong and where it begins.
    """
    kept: list[Head] = []
    broken: list[str] = []
    for path in files:
        found, torn = heads.read(path)
        broken += [f"{path}:{number}" for number in torn]
        if not found:
            raise StoreError(f"{path} holds no head, so it proves nothing; heads that were there were taken away, or none was ever kept")
        if key and (bad := heads.unsigned(found, key)):
            raise AuditBroken("unsigned", bad.seq, f"{path}: the head of event {bad.seq} is not signed by the house's key; it was changed")
        kept += found
    return replace(proof.verify(store, [*kept, *(heads.given(text, kept) for text in typed)]), broken=tuple(broken))


def keep_head(store: Store) -> Head:
    """Append the head of the audit log to the store's file of heads. Raise StoreError where there is none, or it cannot be written."""
    with store.reading() as session:
        head = proof.last_head(session)
    if head is None:
        raise StoreError("the audit log is empty; it has no head yet")
    if store.heads:
        try:
            store.heads.put(head)
        except OSError as error:
            where = f"{store.heads.path}: {error.strerror}; check the path"
            raise StoreError(f"the head {head.seq}:{head.hash} was not kept in {where}") from error
    return head


def _may_read(store: Store, actor: Who) -> None:
    who = people.get_actor(store, actor)
    if who.role not in {Role.PUBLISHER, Role.ADMIN}:
        raise NotAllowed(f"{who.name} is {who.role}; to read the audit log takes a publisher or an admin")
