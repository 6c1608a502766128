"""What an admin set for the whole house: switches that stop generation or publishing, and budgets."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from songstory.errors import SwitchedOff
from songstory.models import Value, now
from songstory.store import Store
from songstory.store.desk_tables import SettingRow

SWITCHES = ("generation", "publishing")
BUDGETS = ("run", "day", "month")
STALE_DAYS = "stale_days"
DAYS = 14  # how long a live story that today's rules refuse stays up before the night pulls it, unless an admin says otherwise


class Rule(Value):
    """One thing an admin set: whether a switch is on, or how many USD may be spent; None where the environment decides."""

    name: str
    on: bool = True
    usd: float | None = None
    days: int | None = None
    comment: str = ""
    actor: str = ""
    at: datetime | None = None


def read(store: Store) -> dict[str, Rule]:
    """Return every switch and budget by name (`generation`, `budget_day` ...)."""
    with store.reading() as session:
        return _read(session)


def _read(session: Session) -> dict[str, Rule]:
    rules = {name: Rule(name=name) for name in (*SWITCHES, *(f"budget_{b}" for b in BUDGETS), STALE_DAYS)}
    for row in session.exec(select(SettingRow).where(col(SettingRow.name).in_(list(rules)))):
        rules[row.name] = Rule(name=row.name, actor=row.actor, at=row.at, **row.value)
    return rules


def budgets(store: Store) -> dict[str, float]:
    """Return the budgets an admin set, in USD by run, day and month."""
    found = read(store)
    return {b: usd for b in BUDGETS if (usd := found[f"budget_{b}"].usd) is not None}


def stale_days(store: Store) -> int:
    """Return for how many days a live story stays up that today's rules refuse."""
    days = read(store)[STALE_DAYS].days
    return DAYS if days is None else days


def is_on(store: Store, name: str) -> bool:
    """Return whether a switch is on; all are until an admin turns them off."""
    return read(store)[name].on


def must_be_on(session: Session, name: str) -> None:
    """Raise SwitchedOff when an admin turned the switch off."""
    rule = _read(session)[name]
    if not rule.on:
        why = f": {rule.comment}" if rule.comment else ""
        raise SwitchedOff(f"{rule.actor} switched {name} off{why}; an admin can switch it on again: songstory switch {name} on")


def put(session: Session, rule: Rule) -> None:
    """Keep a rule in place of what it was."""
    value = {"on": rule.on, "usd": rule.usd, "days": rule.days, "comment": rule.comment}
    session.merge(SettingRow(name=rule.name, value=value, actor=rule.actor, at=rule.at or now()))
