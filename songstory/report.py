"""The morning report: what a night made, what is wrong with it and why, what it cost, what is missing, what was pulled."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pydantic import Field
from sqlmodel import col, select

from songstory import assets
from songstory.errors import RunError
from songstory.models import Value
from songstory.store import Store, ledger, people, runs
from songstory.store.tables import RevisionRow, RunItemRow, RunRow, StoryRow, TrackRow
from songstory.work import Run

SHOWN = 25


class Report(Value):
    """One night as editors read it. Costs are USD, `unknown` calls have no known price, `wanted` counts the songs that lack a thing."""

    run: Run
    made: int
    counts: dict[str, int]
    problems: tuple[tuple[str, str, str], ...] = ()
    reasons: dict[str, int] = Field(default_factory=dict)
    failed: tuple[tuple[str, str], ...] = ()
    wanted: dict[str, int] = Field(default_factory=dict)
    waiting: tuple[tuple[str, str, str], ...] = ()
    stale: tuple[tuple[str, str], ...] = ()
    pulled: tuple[tuple[str, str], ...] = ()
    calls: int = 0
    cost_usd: float | None = None
    unknown: int = 0
    cache_share: float | None = None
    nights: tuple[tuple[str, int, int], ...] = ()


def morning(store: Store, run: str = "") -> Report:
    """Return the report of a night, the last one by default. Raise RunError when there was none."""
    known = [r for r in runs.list_runs(store, 200) if r.kind == "night" and (not run or r.id == run)]
    if not known:
        raise RunError(f"no night {run!r}; list them with: songstory runs" if run else "no night yet; start one with: songstory nightly")
    night = known[0]
    missing = _missing(store, night.id)
    cost = next((r for r in ledger.cost_table(store, by="run") if r["run"] == night.id), {})
    read, fresh = int(cost.get("cache_read_tokens") or 0), int(cost.get("cache_write_tokens") or 0) + int(cost.get("input_tokens") or 0)
    problems, reasons = _problems(store, night.id)
    return Report(
        run=night, counts=night.counts, made=night.counts.get("ready", 0) + night.counts.get("with_problems", 0), problems=problems,
        reasons=reasons, failed=tuple((t, why) for t, _, why in _items(store, night.id, "failed")[:SHOWN]), stale=_stale(store),
        wanted=dict(missing.most_common(12)), waiting=tuple(_items(store, night.id, "abstained")[:SHOWN]), pulled=_pulled(store, night),
        calls=int(cost.get("calls") or 0), cost_usd=cost.get("cost_usd"), unknown=int(cost.get("unknown") or 0),
        cache_share=read / (read + fresh) if read + fresh else None, nights=_nights(store),
    )  # fmt: skip


def _items(store: Store, run: str, status: str) -> list[tuple[str, str, str]]:
    """Return (track, title, why) of the items that ended so, the most wanted first."""
    with store.reading() as session:
        query = (
            select(TrackRow.uid, TrackRow.title, RunItemRow.error)
            .join(RunItemRow, col(RunItemRow.track_id) == TrackRow.id)
            .join(RunRow, col(RunRow.id) == RunItemRow.run_id)
            .where(RunRow.uid == run, RunItemRow.status == status)
        )
        return [(t, title, why) for t, title, why in session.exec(query.order_by(col(RunItemRow.priority).desc()).limit(5_000))]


def _missing(store: Store, run: str) -> Counter[str]:
    """Count what the abstained songs lack, as their reasons name it."""
    found: Counter[str] = Counter()
    for _, _, why in _items(store, run, "abstained"):
        _, sign, lacking = why.partition("missing: ")
        found.update(part.strip() for part in lacking.split(",")) if sign else found.update(
            ["a decision on a conflict"] * ("disputed" in why)
        )
    return found


def _problems(store: Store, run: str) -> tuple[tuple[tuple[str, str, str], ...], dict[str, int]]:
    """Return (track, sentence, why) of what was not supported, and how often each rule said so."""
    listed: list[tuple[str, str, str]] = []
    reasons: Counter[str] = Counter()
    with store.reading() as session:
        query = (
            select(TrackRow.uid, RevisionRow)
            .join(RunItemRow, col(RunItemRow.track_id) == TrackRow.id)
            .join(RunRow, col(RunRow.id) == RunItemRow.run_id)
            .join(StoryRow, col(StoryRow.track_id) == TrackRow.id)
            .join(RevisionRow, col(RevisionRow.id) == StoryRow.latest_revision_id)
            .where(RunRow.uid == run, RunItemRow.status == "with_problems")
            .order_by(col(RunItemRow.priority).desc())
        )
        for track, revision in session.exec(query):
            for verdict in revision.verdicts["verdicts"]:
                if verdict["label"] != "supported":
                    card = revision.cards["cards"][verdict["card"]]
                    text = card["headline"]["text"] if verdict["sentence"] < 0 else card["sentences"][verdict["sentence"]]["text"]
                    reasons.update(r["rule"] for r in verdict["reasons"])
                    listed.append((track, text, "; ".join(r["text"] for r in verdict["reasons"])))
    return tuple(listed[:SHOWN]), dict(reasons.most_common())


def _stale(store: Store) -> tuple[tuple[str, str], ...]:
    with store.reading() as session:
        query = select(StoryRow.uid, StoryRow.stale_reason).where(col(StoryRow.stale_since).is_not(None)).limit(SHOWN)
        return tuple((uid, why) for uid, why in session.exec(query))


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
    shares = [(name.replace("_", " "), count) for name, count in report.counts.items()]
    return assets.templates().get_template("reports/morning.v1.html.jinja").render(r=report, shares=shares, bars=_bars(report.nights))


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
