"""Runs: start one, watch it, stop it, and read what each track came to."""

from __future__ import annotations

from collections import Counter

import asking
import safe
import shared
import streamlit as st

import songstory as ss
from songstory import launches, report
from songstory.errors import RunError
from songstory.models import Role
from songstory.nightly import Night, dry_run, launching
from songstory.review import may
from songstory.store import progress, roster, rules, runs
from songstory.work import Plan, Progress, Run
from songstory.writers import open_writer

SIZE = 50
MODES = {"local": "Composer: no model, free", "batch": "Claude by batch: half the price, within a day", "live": "Claude now, at full price"}
ENDED = ("failed", "with_problems", "abstained", "ready", "unchanged", "skipped")


def begin() -> None:
    """Draw the form of a new run with what it would cost."""
    with st.expander("Start a run", expanded=not runs.list_runs(shared.store(), 1)):
        mode = str(st.radio("Writer", list(MODES), format_func=MODES.__getitem__, key="run_mode"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input("At most so many tracks; 0 for all that changed", 0, 10_000_000, 0, key="run_limit", width=330)
            st.number_input("Spend at most, USD", 0.0, 1e6, 20.0, key="run_cap", width=200, disabled=mode == "local")
        number = roster.alive(shared.store())
        if number:  # on one machine there is nothing to choose
            st.checkbox(f"Hand it to the workers ({number} now)", True, key="run_cluster")
        with st.container(horizontal=True):
            st.button("What would it write and cost?", key="dry_run", on_click=price)
            st.button("Start the run", type="primary", key="start_run", on_click=start)
        plan = st.session_state.get("plan")
        if plan:
            safe.text(plan)


def price() -> None:
    """Say what the run in the form would write and cost."""
    try:
        st.session_state["plan"] = priced(str(st.session_state["run_mode"]), int(st.session_state["run_limit"]))
    except ss.SongstoryError as error:
        st.session_state["plan"] = str(error)


def priced(mode: str, limit: int) -> str:
    """Return in words what a run would write and cost; nothing is asked of Claude but to count tokens."""
    chosen = shared.settings()
    key = chosen.anthropic_api_key.get_secret_value() if chosen.anthropic_api_key else ""
    if mode == "local":
        night = Night(shared.store(), open_writer("composer"), language=chosen.language, market=chosen.market)
    elif not key:
        return "Claude needs a key: set SONGSTORY_ANTHROPIC_API_KEY where the dashboard runs, and start it again."
    else:
        writer = open_writer("anthropic", api_key=key, model=chosen.model, base_url=chosen.anthropic_base_url or None)
        night = Night(
            shared.store(),
            writer,
            mode=mode,
            api_key=key,
            base_url=chosen.anthropic_base_url,
            language=chosen.language,
            market=chosen.market,
        )
    return told(dry_run(night, limit=limit), mode)


def told(plan: Plan, mode: str) -> str:
    """Return a plan in words."""
    if not plan.tracks:
        return "Nothing changed since the last run; there is nothing to write."
    causes = ", ".join(f"{n:,} {cause.replace('_', ' ')}" for cause, n in plan.causes.items())
    words = f"{safe.counted(plan.tracks, 'track')} to look at ({causes})."
    if mode == "local":
        return f"{words} The composer costs nothing."
    usd = "of unknown price" if plan.usd is None else safe.money(plan.usd)
    return f"{words} About {plan.calls:,} calls to {plan.model}, {usd}."


def start() -> None:
    """Start the run in the form, in a process of its own."""
    mode = str(st.session_state["run_mode"])
    cap = None if mode == "local" else float(st.session_state["run_cap"])
    launch(mode, int(st.session_state["run_limit"]), cap, cluster=bool(st.session_state.get("run_cluster")))


def launch(mode: str, limit: int, cap: float | None, *, cluster: bool = False) -> None:
    """Start a run in a process of its own, or hand it to the workers."""
    st.session_state.pop("plan", None)
    shared.make(
        launching.launch,
        mode,
        limit=limit,
        budget=cap,
        cluster=cluster,
        caps=shared.caps(),
        said="The run has begun. It goes on when this page is closed.",
    )


def stop(run: str) -> None:
    """Ask a run to stop."""
    shared.make(launching.stop, run, said="The run stops before its next calls; what came back is kept.")


@st.fragment(run_every="2s")
def under_way(may_stop: bool) -> None:
    """Draw the runs that are under way, from the store; when one ends, the whole page is drawn anew."""
    launches.start_waiting(shared.store(), shared.caps())  # in the place of one that was killed
    asking.line()
    current = [r for r in runs.under_way(shared.store()) if r.status == "running"]
    was = st.session_state.get("running")
    st.session_state["running"] = [r.id for r in current]
    if was and was != st.session_state["running"]:
        st.rerun()
    for run in current:
        with st.container(border=True):
            found = progress.progress(shared.store(), run.id)
            begun = safe.age(run.started_at)
            safe.text(f"{run.kind.capitalize()} {run.id} with {run.writer}: {found.ended:,} of {found.total:,} tracks, begun {begun}")
            st.progress(found.ended / found.total if found.total else 0.0)
            safe.text(", ".join(f"{n:,} {s.replace('_', ' ')}" for s, n in found.counts.items()))
            if found.slices:
                on_many(found)
            if run.stop_asked:
                safe.text(f"{run.stop_asked} asked it to stop.")
            elif may_stop and run.kind == "night":
                st.button("Stop this run", key=f"stop-{run.id}", on_click=stop, args=(run.id,))


def on_many(found: Progress) -> None:
    """Draw what a night on many machines tells beside: its slices, rate, spend, time left, workers, what went wrong."""
    with st.container(horizontal=True):
        done, all_of_it = found.slices.get("done", 0), sum(found.slices.values())
        st.metric("Slices done", f"{done:,} of {all_of_it:,}")
        st.metric("Workers", f"{len(found.workers):,}")
        st.metric("Stories a second", f"{found.rate:,.0f}")
        st.metric("Calls", f"{found.calls:,}")
        st.metric("Spent", safe.money(found.usd))
        st.metric("Time left", "not known yet" if found.left is None else safe.span(found.left))
    safe.text("Slices: " + ", ".join(f"{n:,} {s.replace('_', ' ')}" for s, n in sorted(found.slices.items())) + ".")
    if not found.workers:
        safe.notice("No worker is at it. Start one on any machine: songstory worker")
    rows = [
        {
            "Worker": w.id, "Version": w.version, "Slice": w.slice, "Stories": w.done, "A second": round(w.rate, 1),
            "Heard of": f"{w.quiet:.0f} s ago",
        }
        for w in found.workers
    ]  # fmt: skip
    if rows:
        safe.table(rows, key=f"workers-{found.run}")
    for cause, n in found.failures:
        safe.text(f"{n:,} failed: {cause}")
    for number, why in found.set_aside:
        safe.text(f"Slice {number} was set aside: {why}")


def listed(found: list[Run]) -> None:
    """Draw the table of runs."""
    rows = [
        {
            "Run": r.id, "Kind": r.kind, "Writer": r.writer, "Status": r.status, "Began": r.started_at, "Ended": r.finished_at,
            **{s.replace("_", " ").capitalize(): r.counts.get(s, 0) for s in ENDED[:4]}, "Note": r.note,
        }
        for r in found
    ]  # fmt: skip
    safe.table(rows, key="runs", height=min(37 + 33 * len(rows), 300))


def morning(run: Run) -> None:
    """Draw the head of the morning report of a night."""
    try:
        found = report.morning(shared.store(), run.id)
    except RunError:
        return
    with st.container(horizontal=True):
        st.metric("Stories made", f"{found.made:,}")
        st.metric("With problems", f"{found.counts.get('with_problems', 0):,}")
        st.metric("Calls", f"{found.calls:,}")
        st.metric("Cost", safe.money(found.cost_usd))
        st.metric("Stories outdated", f"{found.outdated:,}")
    if found.unsettled_usd:
        safe.notice(safe.never_settled(found.unsettled_usd))
    if found.pulled:
        safe.text("Pulled by policy: " + "; ".join(f"{what} ({why})" for what, why in found.pulled))
    st.download_button("Morning report as a page", report.html(found), f"morning-{run.id}.html", "text/html", key="morning")


def items(run: Run) -> None:
    """Draw what each track of a run came to, the failures by cause first."""
    offered = [s for s in ENDED if run.counts.get(s)]
    if not offered:
        return safe.text("No track of this run has ended yet.")
    status = st.segmented_control(
        "Items", offered, default=offered[0], key=f"items-{run.id}", required=True, label_visibility="collapsed",
        format_func=lambda s: f"{s.replace('_', ' ')} {run.counts[s]:,}",
    )  # fmt: skip
    store = shared.store()
    if status in {"failed", "abstained"}:
        sample = runs.run_items(store, run.id, status=str(status), size=2_000).items
        causes = Counter(i.error.split(": ", 1)[-1].split(";")[0] for i in sample).most_common(8)
        safe.table([{"Cause": cause, "Tracks": n} for cause, n in causes], key=f"causes-{status}")
    page = runs.run_items(store, run.id, status=str(status), page=int(st.session_state.get("items_page") or 1), size=SIZE)
    safe.table([{"Song": i.title, "Track": i.track, "Why": i.error} for i in page.items], key=f"items-{status}-{page.page}")
    safe.pages(page.total, SIZE, "items_page")
    return None


def draw() -> None:
    """Draw the page."""
    st.title("Runs")
    shared.said()
    store = shared.store()
    editor = may(shared.desk(), Role.EDITOR)
    off = [r for r in rules.read(store).values() if not r.on]
    for rule in off:
        safe.notice(f"{rule.actor} switched {rule.name} off. {rule.comment}")
    if editor:
        begin()
    under_way(editor)
    found = runs.list_runs(store)
    if not found:
        return safe.lead("No runs yet. Start one above, or by night: songstory nightly")
    listed(found)
    by_id = {r.id: r for r in found}
    chosen = by_id[str(st.selectbox("Run", list(by_id), key="run", bind="query-params", width=320))]
    if chosen.kind == "night":
        morning(chosen)
    if editor and chosen.counts.get("failed") and chosen is found[0]:
        mode = "local" if chosen.writer == "composer" else "batch"
        st.button("Retry what failed", key="retry", on_click=launch, args=(mode, 0, None))
    return items(chosen)


draw()
