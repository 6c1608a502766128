"""The overview: how far the catalogue is covered, where stories wait, what nights made and cost, how much people change."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from songstory import rechecking, report
from songstory.comparing import changed_share
from songstory.models import Value
from songstory.store import Store, ledger, people, runs, standing
from songstory.work import Run

NIGHTS = 30


class Night(Value):
    """One night in a row of them. `usd` is what a story of it cost, None where a price is unknown or nothing was asked."""

    run: str
    day: str
    ready: int
    with_problems: int
    abstained: int
    failed: int
    usd: float | None


class Rechecked(Value):
    """What the last recheck came to: when, by which rules, flags set on facts, stories pulled and stories to be read again."""

    at: datetime
    rules: str
    flagged: int
    pulled: int
    stale: int


class Overview(Value):
    """How the house stands. `edits` is (day, share of words changed, revisions), `wanted` how many songs lack a thing.

    `unsettled_usd` was set aside for calls that never told their end, and is counted in full; `rechecked` is the last recheck.
    """

    coverage: dict[str, int]
    waiting: dict[str, int]
    nights: tuple[Night, ...]
    edits: tuple[tuple[str, float, int], ...]
    wanted: dict[str, int]
    unsettled_usd: float = 0.0
    rechecked: Rechecked | None = None
    recheck_due: bool = False


def overview(store: Store) -> Overview:
    """Return how the house stands now; lists are the oldest first."""
    listed = [r for r in runs.list_runs(store, 10 * NIGHTS) if r.kind != runs.ONE][:NIGHTS]
    costs = ledger.cost_table(store, by="run")
    spent = {r["run"]: r["cost_usd"] for r in costs}
    nights = tuple(_night(run, spent.get(run.id)) for run in reversed(listed))
    last = next((r.id for r in listed if r.counts.get("abstained")), "")
    wanted = dict(report.missing(store, last).most_common(10)) if last else {}
    return Overview(
        coverage=standing.coverage(store), waiting=standing.waiting(store), nights=nights, edits=_edits(store), wanted=wanted,
        unsettled_usd=sum(r["unsettled"] or 0.0 for r in costs), rechecked=_rechecked(store), recheck_due=bool(rechecking.due(store)),
    )  # fmt: skip


def _rechecked(store: Store) -> Rechecked | None:
    last = next(iter(people.events(store, action=rechecking.ACT, size=1).items), None)
    if last is None:
        return None
    told = last.data
    flagged = sum(told["flagged"].values())
    return Rechecked(at=last.at, rules=told["rules"], flagged=flagged, pulled=told["pulled"], stale=told["stale"])


def _night(run: Run, usd: float | None) -> Night:
    counts = run.counts
    made = counts.get("ready", 0) + counts.get("with_problems", 0)
    told = {name: counts.get(name, 0) for name in ("ready", "with_problems", "abstained", "failed")}
    return Night(run=run.id, day=f"{run.started_at:%Y-%m-%d}", usd=usd / made if usd and made else None, **told)


def _edits(store: Store) -> tuple[tuple[str, float, int], ...]:
    days: dict[str, list[float]] = defaultdict(list)
    for at, before, after in standing.edits(store):
        days[f"{at:%Y-%m-%d}"].append(changed_share(before, after))
    return tuple((day, sum(shares) / len(shares), len(shares)) for day, shares in sorted(days.items()))
