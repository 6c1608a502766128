"""The ledger: what was asked of Claude, what came back, what it cost, and what may still be spent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_
from sqlmodel import Session, col, delete, select

from songstory import prices
from songstory.errors import BudgetSpent
from songstory.models import Draft, now
from songstory.store import Store
from songstory.store.stories import insert
from songstory.store.tables import AttemptRow, GenerationRow, ReservationRow, RunRow, SpendRow
from songstory.work import Attempt

_LOCK = 0x50E6_B0D6  # one reservation at a time on PostgreSQL; on SQLite the write lock does the same


def keep(
    store: Store, session: Session, attempts: Sequence[Attempt], drafts: Sequence[tuple[str, Draft]], *, run: str = "", batch: str = ""
) -> None:
    """Write ledger rows and the drafts that were paid for, in the caller's transaction; of a batch nothing is written twice."""
    row = _run_row(store, session, run) if run else None
    if attempts:
        statement = insert(store, AttemptRow.__table__)  # type: ignore[attr-defined]
        session.connection().execute(statement.on_conflict_do_nothing() if batch else statement, [_row(a, row, batch) for a in attempts])
    if drafts:
        moment = now()
        values = [
            {"fingerprint": n, "draft": d.model_dump(mode="json"), "checked": False, "created_at": moment, "recipe_id": None}
            for n, d in drafts
        ]
        session.connection().execute(insert(store, GenerationRow.__table__).on_conflict_do_nothing(), values)  # type: ignore[attr-defined]


def _run_row(store: Store, session: Session, run: str) -> int | None:
    if run not in store.run_rows and (row := session.exec(select(RunRow.id).where(RunRow.uid == run)).first()):
        store.run_rows[run] = row
    return store.run_rows.get(run)


def _row(attempt: Attempt, run: int | None, batch: str) -> dict[str, Any]:
    used = attempt.usage
    return {
        "fingerprint": attempt.name, "run_id": run, "model": attempt.model, "kind": attempt.kind, "input_tokens": used.input_tokens,
        "output_tokens": used.output_tokens, "cache_read_tokens": used.cache_read_tokens, "cache_write_tokens": used.cache_write_tokens,
        "cost_usd": prices.cost(attempt.model, used, batch=bool(batch)), "request_id": used.request_id, "stop_reason": attempt.stop_reason,
        "error": attempt.error, "batch_id": batch, "trace_id": attempt.trace, "at": attempt.at,
    }  # fmt: skip


def noted(session: Session, names: Sequence[str]) -> set[tuple[str, str, datetime]]:
    """Return (fingerprint, kind, at) of the ledger rows of these fingerprints."""
    query = select(AttemptRow.fingerprint, AttemptRow.kind, AttemptRow.at).where(col(AttemptRow.fingerprint).in_(names))
    return {(name, kind, at) for name, kind, at in session.exec(query)}


# budgets --------------------------------------------------------------------------------------------------------------


def reserve(store: Store, run: str, usd: float, limits: dict[str, float], *, what: str = "live", at: datetime | None = None) -> int:
    """Set `usd` aside for a run under its limits (run, day, month; UTC) and return the reservation. Raise BudgetSpent.

    `what` tells reservations of one run apart: "live", or the batch they are for.
    """
    with store.session() as session:
        if store.dialect == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        used = _used(session, run, at or now())
        for name, limit in limits.items():
            if used[name] + usd > limit:
                raise BudgetSpent(
                    f"the budget of this {name} is ${limit:,.2f}; ${used[name]:,.4f} is spent or set aside, and the next calls may cost "
                    f"${usd:,.4f}; raise it with SONGSTORY_BUDGET_{name.upper()}, or wait"
                )
        row = ReservationRow(run=f"{run}#{what}", usd=usd, at=at or now())
        session.add(row)
        session.flush()
        return int(row.id or 0)


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


def room(store: Store, run: str, limits: dict[str, float], *, at: datetime | None = None) -> float:
    """Return how many USD the tightest of the limits still has room for."""
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


def settle(store: Store, reservation: int) -> None:
    """Give back what a reservation still holds: what was spent of it stands in the ledger now."""
    with store.session() as session:
        session.exec(delete(ReservationRow).where(col(ReservationRow.id) == reservation))


def settle_all(store: Store, run: str, what: str = "live") -> None:
    """Give back what a run still holds for its live calls, or for one batch."""
    with store.session() as session:
        session.exec(delete(ReservationRow).where(col(ReservationRow.run) == f"{run}#{what}"))


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
    """Return calls, tokens and cost by day, model, kind (first, repair, by batch) or run, the newest first."""
    keys: dict[str, Any] = {
        "day": func.substr(cast(AttemptRow.at, String), 1, 10),
        "model": AttemptRow.model,
        "kind": AttemptRow.kind,
        "run": RunRow.uid,
    }
    name = keys[by]
    totals = [
        func.count(), func.sum(AttemptRow.input_tokens), func.sum(AttemptRow.output_tokens), func.sum(AttemptRow.cache_read_tokens),
        func.sum(AttemptRow.cache_write_tokens), func.sum(AttemptRow.cost_usd),
        func.sum(_unknown()),
    ]  # fmt: skip
    query = select(name, *totals).join(RunRow, col(RunRow.id) == AttemptRow.run_id, isouter=True).group_by(name).order_by(name.desc())
    names = ("calls", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cost_usd", "unknown")
    with store.reading() as session:
        return [{by: row[0] or "", **dict(zip(names, row[1:], strict=True))} for row in session.execute(query)]


def _unknown() -> Any:
    return case((and_(col(AttemptRow.cost_usd).is_(None), col(AttemptRow.error) == ""), 1), else_=0)
