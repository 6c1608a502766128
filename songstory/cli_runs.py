"""The commands of the runs: how they went, how far one is, stopping it; and a worker of a night on many machines."""

from __future__ import annotations

import time
from importlib.metadata import version
from typing import Annotated

import typer
from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from songstory import telemetry
from songstory.cli_shared import AsOption, JsonOption, PageOption, actor, clean, counted, err, out, print_json, say, settings, store, table
from songstory.errors import ConfigError, StoreUnavailable
from songstory.nightly import Night, launching
from songstory.nightly.checkers import collect_seldom
from songstory.store import progress, rules, runs
from songstory.work import Part, Progress
from songstory.workers import Worker, planning
from songstory.writers import open_writer


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("runs")(list_runs)
    app.command("worker")(work)
    app.command("stop")(stop)


def list_runs(
    run: Annotated[str, typer.Argument(help="One run, to see its items.")] = "",
    status: Annotated[str, typer.Option(help="Keep items of one status.")] = "",
    page: PageOption = 1,
    watching: Annotated[bool, typer.Option("--watch", help="Follow it, the last night by default, until it ends.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show how the runs went. Example: songstory runs; songstory runs RUN --status abstained; songstory runs --watch"""
    if watching:
        return watch(run, as_json=as_json)
    opened = store()
    if run:
        found = runs.run_items(opened, run, status=status, page=page)
        if as_json:
            return print_json(found)
        table(("track", "status", "why"), [(i.track, i.status, i.error) for i in found.items], "No items.")
        return None
    listed = runs.list_runs(opened)
    if as_json:
        return print_json(listed)
    rows = [
        (r.id, r.writer, r.status, f"{r.started_at:%Y-%m-%d %H:%M}", ", ".join(f"{n} {s.replace('_', ' ')}" for s, n in r.counts.items()))
        for r in listed
    ]
    table(("run", "writer", "status", "started (UTC)", "items"), rows, "No runs yet. Start one with: songstory generate --all")
    return None


def work(
    in_flight: Annotated[int, typer.Option(min=1, help="Calls under way at once.")] = 64,
    lease: Annotated[float, typer.Option(min=3.0, help="Seconds after which others take over from a worker that is gone.")] = 30.0,
    checkers: Annotated[int, typer.Option(min=0, help="Processes that check sentences; 0: one a core.")] = 0,
    metrics: Annotated[str, typer.Option(help="Serve what is counted as Prometheus text on HOST:PORT.", metavar="HOST:PORT")] = "",
    until_done: Annotated[bool, typer.Option("--until-done", help="End when no slice is left.")] = False,
) -> None:
    """Work on the night, on any number of machines over one PostgreSQL, until told to end (SIGTERM, Ctrl-C).

    \b
    Examples:
      songstory worker --in-flight 32 --metrics 127.0.0.1:9464
      songstory nightly --cluster --writer anthropic && songstory worker --until-done
    """
    collect_seldom()
    opened = store()
    planning.ready(opened)
    worker = Worker(
        opened, lambda part: night_of(part, in_flight), lease=lease, until_done=until_done, version=version("songstory"), checkers=checkers
    )
    end = telemetry.serve_metrics(metrics, version=worker.version) if metrics else None
    err.print(f"Worker {worker.uid} waits for slices; Ctrl-C ends it.")
    try:
        worker.run()
    finally:
        if end:
            end()
    err.print(f"Worker {worker.uid} ended: {counted(worker.done, 'story')}.")


def night_of(part: Part, in_flight: int) -> Night:
    """Return the night of a slice as this machine's settings and the night's own terms say. Raise ConfigError without a key."""
    chosen, terms = settings(), part.terms
    limits = terms.limits | {k: v for k, v in rules.budgets(store()).items() if k != "run" or "run" not in terms.limits}
    if part.mode == "local":
        return Night(store(), open_writer("composer"), language=terms.language, market=terms.market)
    key = chosen.anthropic_api_key.get_secret_value() if chosen.anthropic_api_key else ""
    if not key:
        raise ConfigError("no key for Claude on this worker; set SONGSTORY_ANTHROPIC_API_KEY")
    writer = open_writer("anthropic", api_key=key, model=part.writer, base_url=chosen.anthropic_base_url or None)
    return Night(
        store(), writer, mode=part.mode, api_key=key, base_url=chosen.anthropic_base_url, limits=limits, language=terms.language,
        market=terms.market, in_flight=in_flight,
    )  # fmt: skip


def stop(run: Annotated[str, typer.Argument(help="The run, as `songstory runs` lists it.")], as_name: AsOption = "") -> None:
    """Stop a night before its next calls; what came back is kept. Example: songstory stop 20260101-a1b2c3 --as ben"""
    launching.stop(store(), run, actor=actor(as_name))
    say(f"Run {run} stops before its next calls; the next night goes on where it stood.")


def watch(run: str, *, as_json: bool) -> None:
    """Show how far a run is, anew each second, until it ends; as JSON, one line a second."""
    opened = store()
    run = run or progress.last_night(opened)
    if as_json or not out.is_terminal:
        return print_json(progress.progress(opened, run))
    with Live(console=out, auto_refresh=False) as live:
        while True:
            try:
                found = progress.progress(opened, run)
            except StoreUnavailable as away:
                live.update(Text(clean(away)), refresh=True)
            else:
                live.update(drawn(found), refresh=True)
                if found.status != "running":
                    return None
            time.sleep(1.0)


def drawn(found: Progress) -> Group:
    """Return how far a run is, as it is shown."""
    left = "" if found.left is None else f", about {_span(found.left)} left"
    lines: list[Text | Table | ProgressBar] = [
        Text(f"Run {found.run} {found.status}: {found.ended:,} of {found.total:,} tracks, {found.rate:,.0f} a second{left}"),
        ProgressBar(total=max(found.total, 1), completed=found.ended, width=60),
        Text(", ".join(f"{n:,} {s.replace('_', ' ')}" for s, n in found.counts.items())),
        Text(f"{counted(found.calls, 'call')}, ${found.usd:,.4f}"),
    ]
    if found.slices:
        lines.append(Text("Slices: " + ", ".join(f"{n:,} {s.replace('_', ' ')}" for s, n in sorted(found.slices.items()))))
    if found.workers:
        shown = Table("worker", "version", "slice", "stories", "a second", "heard", box=None, pad_edge=False, header_style="bold")
        for w in found.workers:
            shown.add_row(
                Text(clean(w.id)), w.version, "" if w.slice is None else f"{w.slice:,}", f"{w.done:,}", f"{w.rate:,.1f}", f"{w.quiet:.0f} s"
            )
        lines.append(shown)
    lines += [Text(clean(f"{n:,} failed: {cause}")) for cause, n in found.failures]
    lines += [Text(clean(f"Slice {number} was set aside: {why}")) for number, why in found.set_aside]
    if found.note:
        lines.append(Text(clean(found.note)))
    return Group(*lines)


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min" if minutes else f"{seconds:.0f} s"
