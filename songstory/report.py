"""The morning report: what a night made, what is wrong with it and why, what it cost, what is missing, what was pulled."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pydantic import Field

from songstory import assets
from songstory.errors import RunError
from songstory.models import Value
from songstory.store import Store, ledger, mornings, people, runs
from songstory.work import Run

SHOWN = 25


class Report(Value):
    """One night as editors read it. Costs are USD, `unknown` calls have no known price, `unsettled_usd` was counted in full for calls
    that never told their end, `wanted` counts the songs that lack a thing,
    `outdated` the stories whose facts changed since they were written; lists hold the first of each kind."""

    run: Run
    made: int
    counts: dict[str, int]
    problems: tuple[tuple[str, str, str, str], ...] = ()
    reasons: dict[str, int] = Field(default_factory=dict)
    failed: tuple[tuple[str, str, str], ...] = ()
    wanted: dict[str, int] = Field(default_factory=dict)
    waiting: tuple[tuple[str, str, str], ...] = ()
    outdated: int = 0
    stale: tuple[tuple[str, str], ...] = ()
    pulled: tuple[tuple[str, str], ...] = ()
    calls: int = 0
    cost_usd: float | None = None
    unknown: int = 0
    unsettled_usd: float = 0.0
    cache_share: float | None = None
    nights: tuple[tuple[str, int, int], ...] = ()


def morning(store: Store, run: str = "") -> Report:
    """Return the report of a night, the last one by default. Raise RunError when there was none."""
    known = [r for r in runs.list_runs(store, 200) if r.kind == "night" and (not run or r.id == run)]
    if not known:
        raise RunError(f"no night {run!r}; list them with: songstory runs" if run else "no night yet; start one with: songstory nightly")
    night = known[0]
    cost = next((r for r in ledger.cost_table(store, by="run") if r["run"] == night.id), {})
    read, fresh = int(cost.get("cache_read_tokens") or 0), int(cost.get("cache_write_tokens") or 0) + int(cost.get("input_tokens") or 0)
    problems, reasons = _problems(store, night.id)
    outdated, stale = mornings.stale(store, SHOWN)
    return Report(
        run=night, counts=night.counts, made=night.counts.get("ready", 0) + night.counts.get("with_problems", 0), problems=problems,
        reasons=reasons, failed=tuple((i.track, i.song, i.why) for i in mornings.ended(store, night.id, "failed", limit=SHOWN)),
        outdated=outdated, stale=tuple(stale), wanted=dict(missing(store, night.id).most_common(12)),
        waiting=tuple((i.track, i.song, i.why) for i in mornings.ended(store, night.id, "abstained", limit=SHOWN)),
        pulled=_pulled(store, night), calls=int(cost.get("calls") or 0), cost_usd=cost.get("cost_usd"),
        unknown=int(cost.get("unknown") or 0),
        unsettled_usd=float(cost.get("unsettled") or 0.0),
        cache_share=read / (read + fresh) if read + fresh else None, nights=_nights(store),
    )  # fmt: skip


def missing(store: Store, run: str) -> Counter[str]:
    """Count what the abstained songs of a run lack, as their reasons name it."""
    found: Counter[str] = Counter()
    for item in mornings.ended(store, run, "abstained"):
        _, sign, lacking = item.why.partition("missing: ")
        if sign:
            found.update(part.strip() for part in lacking.split(","))
        elif "disputed" in item.why:
            found["a decision on a conflict"] += 1
    return found


def _problems(store: Store, run: str) -> tuple[tuple[tuple[str, str, str, str], ...], dict[str, int]]:
    """Return (track, song, sentence, why) of what was not supported, and how often each rule said so."""
    listed: list[tuple[str, str, str, str]] = []
    reasons: Counter[str] = Counter()
    for track, song, sentence, verdict in mornings.unsupported(store, run):
        reasons.update(r.rule for r in verdict.reasons)
        if len(listed) < SHOWN:
            listed.append((track, song, sentence, "; ".join(r.text for r in verdict.reasons)))
    return tuple(listed), dict(reasons.most_common())


def _pulled(store: Store, night: Run) -> tuple[tuple[str, str], ...]:
    """Return what policy took down since the night before this one began."""
    found = people.events(store, action="story.withdraw", size=200).items
    return tuple((e.object, e.comment) for e in found if e.actor == people.NIGHT and e.at >= night.started_at)[:SHOWN]


def _nights(store: Store) -> tuple[tuple[str, int, int], ...]:
    """Return (night, made, with problems) of the last fourteen, the oldest first."""
    last = [r for r in runs.list_runs(store, 60) if r.kind == "night"][:14]
    return tuple((r.id, r.counts.get("ready", 0), r.counts.get("with_problems", 0)) for r in reversed(last))


def html(report: Report) -> str:
    """Return the report as one page that needs nothing from elsewhere."""
    return assets.templates().get_template("reports/morning.v1.html.jinja").render(r=report, bars=_bars(report.nights))


def _bars(nights: tuple[tuple[str, int, int], ...]) -> list[dict[str, Any]]:
    """Return the bars of the chart, in a box of 560 by 120."""
    highest = max((made + bad for _, made, bad in nights), default=0) or 1
    wide = 560 / max(len(nights), 1)
    return [
        {
            "x": i * wide + 3,
            "w": min(wide - 6, 60),
            "made": 110 * made / highest,
            "bad": 110 * bad / highest,
            "label": f"{name}: {made} clean, {bad} with problems",
        }
        for i, (name, made, bad) in enumerate(nights)
    ]
