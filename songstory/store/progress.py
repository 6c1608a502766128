"""How far a run is, from its own rows: cheap enough to be looked at every second, however many slices it has."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
from sqlalchemy import text
from sqlmodel import select

from songstory.errors import RunError
from songstory.store import Store, ledger, nights, roster, runs
from songstory.store.tables import RunRow
from songstory.work import Progress

_CAUSES = 8  # causes shown
_LOOKED_AT = 2_000  # failures whose causes are counted

_SLICES = """
SELECT CASE WHEN s.state = 'open' AND s.lease_until > clock_timestamp() THEN 'at work'
            WHEN s.state = 'open' THEN 'waiting' ELSE s.state END AS state,
    s.counts::text AS counts, count(*) AS n, sum(items) AS items, sum(calls) AS calls, sum(usd) AS usd
FROM slice s JOIN run r ON r.id = s.run_id WHERE r.uid = :run GROUP BY 1, 2
"""
_FAILED = """
SELECT error, count(*) FROM (SELECT i.error FROM run_item i JOIN run r ON r.id = i.run_id
    WHERE r.uid = :run AND i.status = 'failed' LIMIT :most) f GROUP BY error ORDER BY 2 DESC
"""
_ASIDE = """
SELECT s.number, s.error FROM slice s JOIN run r ON r.id = s.run_id WHERE r.uid = :run AND s.state = 'set_aside' ORDER BY s.number LIMIT 8
"""


def last_night(store: Store) -> str:
    """Return the id of the newest night. Raise RunError when there was none."""
    known = [r.id for r in runs.list_runs(store, 50) if r.kind == "night"]
    if not known:
        raise RunError("no night yet; start one with: songstory nightly")
    return known[0]


def progress(store: Store, run: str) -> Progress:
    """Return how far a run is. Of a night in slices no item is counted: each slice tells how its own stand. Raise RunError."""
    with store.reading() as session:
        row = session.exec(select(RunRow).where(RunRow.uid == run)).first()
        if row is None:
            raise RunError(f"no run {run!r}; list them with: songstory runs")
        connection = session.connection()
        failures = _causes(connection.execute(text(_FAILED), {"run": run, "most": _LOOKED_AT}))
        base = {"run": run, "status": row.status, "note": row.note, "started_at": row.started_at, "failures": failures}
        if row.terms:
            return _in_slices(connection, base)
    return _on_one(store, base)


def _in_slices(connection: Any, base: dict[str, Any]) -> Progress:
    run = {"run": base["run"]}
    states, counts = Counter[str](), Counter[str]()
    total = calls = 0
    usd = 0.0
    for row in connection.execute(text(_SLICES), run).mappings():
        states[row["state"]] += row["n"]
        for status, n in orjson.loads(row["counts"]).items():
            counts[status] += n * row["n"]
        total, calls, usd = total + int(row["items"]), calls + int(row["calls"]), usd + row["usd"]
    ended = sum(n for status, n in counts.items() if status not in nights.OPEN)
    counts["pending"] += total - sum(counts.values())  # of slices that nobody has taken yet
    working = base["status"] == "running"
    workers = tuple(roster.listed(connection)) if working else ()
    rate = sum(w.rate for w in workers)
    aside = tuple((int(n), str(why)) for n, why in connection.execute(text(_ASIDE), run))
    return Progress(
        **base, total=total, ended=ended, counts={s: n for s, n in sorted(counts.items()) if n}, slices=dict(states), workers=workers,
        calls=calls, usd=usd, rate=rate, left=(total - ended) / rate if rate and working else None, set_aside=aside,
    )  # fmt: skip


def _on_one(store: Store, base: dict[str, Any]) -> Progress:
    counts = nights.tally(store, base["run"])
    total, waiting = sum(counts.values()), sum(counts.get(s, 0) for s in nights.OPEN)
    with store.reading() as session:
        calls, usd = ledger.calls_of(session, base["run"])
    return Progress(**base, total=total, ended=total - waiting, counts=counts, calls=calls, usd=usd)


def _causes(rows: Any) -> tuple[tuple[str, int], ...]:
    """Return the commonest causes: an error without the name of the song it begins with, and without the advice at its end."""
    found: Counter[str] = Counter()
    for error, n in rows:
        found[str(error).split(": ", 1)[-1].split(";")[0]] += int(n)
    return tuple(found.most_common(_CAUSES))
