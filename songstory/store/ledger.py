"""The ledger: what was asked of Claude, what came back, what it cost, and what may still be spent.

What a call may cost is set aside before it is asked, and given back in the transaction that writes what it did cost. What nobody
gave back within its time was lost with its process; it may have been paid, so it is counted in full.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_
from sqlmodel import Session, col, delete, select, update

from songstory import prices
from songstory.errors import BudgetSpent, StoreError
from songstory.models import Draft, now
from songstory.store import Store, clock
from songstory.store.stories import insert
from songstory.store.tables import AttemptRow, GenerationRow, ReservationRow, RunRow, SpendRow
from songstory.work import Attempt

_LOCK = 0x50E6_B0D6  # one reservation at a time on PostgreSQL; on SQLite the write lock does the same
NEVER_SETTLED = "never settled"  # what the ledger says of a reservation that nobody gave back
HOLD = 900.0  # seconds that live calls may take with all their tries; a night at work asks for more in time
HOLD_BATCH = 3 * 86_400.0  # a batch ends within a day, and is looked for by the nights after it


def keep(
    store: Store, session: Session, attempts: Sequence[Attempt], drafts: Sequence[tuple[str, Draft]], *, run: str = "", batch: str = "",
    back: Mapping[int, float] | None = None,
) -> None:  # fmt: skip
    """Write ledger rows and the drafts that were paid for, in the caller's transaction; of a batch nothing is written twice.

    `back` is what each reservation gives back, in USD: these calls are in the ledger now.
    """
    row = _run_row(store, session, run) if run else None
    if attempts:
        statement = insert(store, AttemptRow.__table__)  # type: ignore[attr-defined]
        session.connection().execute(statement.on_conflict_do_nothing() if batch else statement, [_row(a, row, batch) for a in attempts])
    if drafts:
        values = [
            {"fingerprint": n, "draft": d.model_dump(mode="json"), "checked": False, "created_at": now(), "recipe_id": None}
            for n, d in drafts
        ]
        session.connection().execute(insert(store, GenerationRow.__table__).on_conflict_do_nothing(), values)  # type: ignore[attr-defined]
    for reservation, usd in (back or {}).items():
        held = col(ReservationRow.id) == reservation
        session.execute(update(ReservationRow).where(held).values(usd=ReservationRow.usd - usd))


def pay(store: Store, reservation: int, attempts: Sequence[Attempt], *, run: str = "") -> None:
    """Write what calls cost and give back what was set aside for them, in one transaction."""
    with store.session() as session:
        keep(store, session, attempts, [], run=run)
        session.exec(delete(ReservationRow).where(col(ReservationRow.id) == reservation))


def _run_row(store: Store, session: Session, run: str) -> int | None:
    if run not in store.run_rows and (row := session.exec(select(RunRow.id).where(RunRow.uid == run)).first()):
        store.run_rows[run] = row
    return store.run_rows.get(run)


def usd(attempt: Attempt, *, batch: bool = False) -> float | None:
    """Return what a call counts as in USD; None for one that was not paid for, or of which no price is known."""
    asked = attempt.asked or attempt.model
    return prices.charged(asked, attempt.model, attempt.usage, attempt.most, batch=batch) if attempt.paid else None


def _row(attempt: Attempt, run: int | None, batch: str) -> dict[str, Any]:
    used = attempt.usage
    return {
        "fingerprint": attempt.name, "run_id": run, "model": attempt.model, "kind": attempt.kind, "input_tokens": used.input_tokens,
        "output_tokens": used.output_tokens, "cache_read_tokens": used.cache_read_tokens, "cache_write_tokens": used.cache_write_tokens,
        "cost_usd": usd(attempt, batch=bool(batch)), "request_id": used.request_id, "stop_reason": attempt.stop_reason,
        "error": attempt.error, "batch_id": batch, "trace_id": attempt.trace, "at": attempt.at,
    }  # fmt: skip


def noted(session: Session, names: Sequence[str]) -> set[tuple[str, str, datetime]]:
    """Return (fingerprint, kind, at) of the ledger rows of these fingerprints."""
    query = select(AttemptRow.fingerprint, AttemptRow.kind, AttemptRow.at).where(col(AttemptRow.fingerprint).in_(names))
    return {(name, kind, at) for name, kind, at in session.exec(query)}


# budgets --------------------------------------------------------------------------------------------------------------


def told(usd: float) -> str:
    """Return an amount as people read it, with the parts of a cent that it has."""
    return f"${usd:,.2f}" if round(usd, 2) == round(usd, 4) else f"${usd:,.4f}"


def reserve(
    store: Store, run: str, usd: float, limits: Mapping[str, float], *, what: str = "live", model: str = "", seconds: float = HOLD,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Set `usd` aside for a run under its limits (run, day, month; UTC) and return the reservation. Raise BudgetSpent.

    `what` tells reservations of one run apart: "live", or the batch they are for. What is not settled within `seconds` is
    counted in full.
    """
    with store.session() as session:
        _alone(store, session)
        _count(store, session, _late(store, at))
        used = _used(session, run, at or now())
        for name, limit in limits.items():
            if used[name] + usd > limit:
                raise BudgetSpent(
                    f"the budget of this {name} is {told(limit)}; {told(used[name])} is spent or set aside, and the next calls may cost "
                    f"{told(usd)}; raise it with SONGSTORY_BUDGET_{name.upper()}, or wait"
                )
        until = clock(store, at) + timedelta(seconds=seconds)
        row = ReservationRow(run=f"{run}#{what}", usd=usd, model=model, at=at or now(), until=until)
        session.add(row)
        session.flush()
        return int(row.id or 0)


def _alone(store: Store, session: Session) -> None:
    if store.dialect == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _used(session: Session, run: str, moment: datetime) -> dict[str, float]:
    """Return what is spent or set aside, in USD, by limit. Calls of unknown cost count nothing."""
    today = moment.astimezone(UTC).strftime("%Y-%m-%d")  # whatever the clocks of the place do
    month = f"{today[:8]}01"
    own = select(RunRow.id).where(RunRow.uid == run).scalar_subquery()
    sums = [_sum(SpendRow.run_id == own), _sum(SpendRow.day >= today), _sum(SpendRow.day >= month)]
    of_run, of_day, of_month = session.exec(select(*sums).where(or_(col(SpendRow.day) >= month, col(SpendRow.run_id) == own))).one()
    held = dict(session.exec(select(ReservationRow.run, func.sum(ReservationRow.usd)).group_by(ReservationRow.run)).all())
    aside = sum(float(usd or 0) for usd in held.values())
    return {
        "run": of_run + sum(float(usd or 0) for key, usd in held.items() if key.split("#")[0] == run),
        "day": of_day + aside,
        "month": of_month + aside,
    }


def _sum(which: Any) -> Any:
    return func.coalesce(func.sum(case((which, SpendRow.usd), else_=0.0)), 0.0)


def room(store: Store, run: str, limits: Mapping[str, float], *, at: datetime | None = None) -> float:
    """Return how many USD the tightest of the limits still has room for."""
    count_late(store, at=at)
    with store.reading() as session:
        used = _used(session, run, at or now())
    return min((limit - used[name] for name, limit in limits.items()), default=float("inf"))


def calls_of(session: Session, run: str) -> tuple[int, float]:
    """Return how many calls a run made, and what they cost in USD."""
    query = select(func.coalesce(func.sum(SpendRow.calls), 0), func.coalesce(func.sum(SpendRow.usd), 0.0))
    calls, usd = session.exec(query.join(RunRow, col(RunRow.id) == SpendRow.run_id).where(RunRow.uid == run)).one()
    return int(calls), float(usd)


def held(store: Store, run: str) -> float:
    """Return how many USD a run has set aside and not settled."""
    with store.reading() as session:
        query = select(func.coalesce(func.sum(ReservationRow.usd), 0.0)).where(col(ReservationRow.run).startswith(f"{run}#"))
        return float(session.exec(query).one())


def settle(store: Store, *reservations: int) -> None:
    """Give back what reservations still hold: their calls are in the ledger, or were never made."""
    if reservations:
        with store.session() as session:
            session.exec(delete(ReservationRow).where(col(ReservationRow.id).in_(reservations)))


def settle_all(store: Store, run: str, what: str) -> None:
    """Give back what a run still holds for one batch, whose answers are in the ledger or will never be."""
    with store.session() as session:
        session.exec(delete(ReservationRow).where(col(ReservationRow.run) == f"{run}#{what}"))


def hold_on(store: Store, session: Session, run: str, what: str = "live", seconds: float = HOLD) -> None:
    """Hold what a run has set aside for longer, in the caller's transaction: its calls are still under way."""
    until = clock(store) + timedelta(seconds=seconds)
    session.execute(update(ReservationRow).where(col(ReservationRow.run) == f"{run}#{what}").values(until=until))


def abandon(store: Store, run: str, what: str = "live") -> None:
    """Count in full what a run holds for calls whose process is gone: they may have been paid for, and nobody will tell."""
    with store.session() as session:
        _alone(store, session)
        _count(store, session, col(ReservationRow.run) == f"{run}#{what}")


def count_late(store: Store, *, at: datetime | None = None) -> None:
    """Count in full, once, what nobody gave back within its time, as whoever looks at the spend does.

    Where nothing can be written it waits.
    """
    with store.reading() as session:
        if session.exec(select(ReservationRow.id).where(_late(store, at)).limit(1)).first() is None:
            return
    with contextlib.suppress(StoreError), store.session() as session:
        _alone(store, session)
        _count(store, session, _late(store, at))


def _late(store: Store, at: datetime | None) -> Any:
    moment = clock(store, at)
    before = and_(col(ReservationRow.until).is_(None), col(ReservationRow.at) < moment - timedelta(seconds=HOLD_BATCH))  # of older code
    return or_(col(ReservationRow.until) < moment, before)


def _count(store: Store, session: Session, which: Any) -> None:
    """Put reservations into the ledger at their full amount and on the day they were made, and take them away; alone, so only once."""
    for row in session.exec(select(ReservationRow).where(which).with_for_update()).all():
        run = row.run.split("#")[0]
        if row.usd > 1e-9:
            lost = AttemptRow(
                fingerprint=row.run, run_id=_run_row(store, session, run) if run else None, model=row.model, kind="reserved",
                cost_usd=row.usd, error=NEVER_SETTLED, at=row.at,
            )  # fmt: skip
            session.add(lost)
        session.delete(row)


def usual(store: Store) -> tuple[int, int, int, int] | None:
    """Return the tokens of a usual first call: standing part, own part, answer, and how many calls say so.

    Only a cached standing part is told apart from the rest, so None until one was.
    """
    cached = func.coalesce(AttemptRow.cache_read_tokens, 0) + func.coalesce(AttemptRow.cache_write_tokens, 0)
    query = select(func.avg(cached), func.avg(AttemptRow.input_tokens), func.avg(AttemptRow.output_tokens), func.count())
    with store.reading() as session:
        prefix, own, out, calls = session.exec(query.where(AttemptRow.kind == "first", AttemptRow.error == "", cached > 0)).one()
    return (round(prefix), round(own or 0), round(out or 0), calls) if calls else None


def cost_table(store: Store, *, by: str = "day") -> list[dict[str, Any]]:
    """Return calls, tokens and cost by day, model, kind (first, repair, by batch) or run, the newest first.

    `unsettled` is the part of the cost that was set aside for calls of which nobody told the end.
    """
    keys: dict[str, Any] = {
        "day": func.substr(cast(AttemptRow.at, String), 1, 10),
        "model": AttemptRow.model,
        "kind": AttemptRow.kind,
        "run": RunRow.uid,
    }
    name = keys[by]
    lost = case((col(AttemptRow.error) == NEVER_SETTLED, col(AttemptRow.cost_usd)), else_=0.0)
    totals = [
        func.count(), func.sum(AttemptRow.input_tokens), func.sum(AttemptRow.output_tokens), func.sum(AttemptRow.cache_read_tokens),
        func.sum(AttemptRow.cache_write_tokens), func.sum(AttemptRow.cost_usd),
        func.sum(_unknown()), func.sum(lost),
    ]  # fmt: skip
    query = select(name, *totals).join(RunRow, col(RunRow.id) == AttemptRow.run_id, isouter=True).group_by(name).order_by(name.desc())
    names = ("calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cost_usd", "unknown", "unsettled")
    count_late(store)
    with store.reading() as session:
        return [{by: row[0] or "", **dict(zip(names, row[1:], strict=True))} for row in session.execute(query)]


def _unknown() -> Any:
    return case((and_(col(AttemptRow.cost_usd).is_(None), col(AttemptRow.error) == ""), 1), else_=0)
