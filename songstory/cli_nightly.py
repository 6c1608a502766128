"""The commands of the night: run it, read its report, see what it cost."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from songstory import briefs, launches, nightly, prices, private_files, report
from songstory.cli_shared import JsonOption, caps, counted, err, print_json, say, settings, store, table, warn
from songstory.errors import ConfigError, SongstoryError, StoreError
from songstory.nightly import Night
from songstory.nightly.checkers import collect_seldom
from songstory.nightly.planning import CHARS_PER_TOKEN
from songstory.store import ledger, nights, progress, rules
from songstory.work import Plan
from songstory.workers import planning
from songstory.writers import open_writer


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("nightly")(run_nightly)
    app.command("report")(show_report)
    app.command("cost")(show_cost)


def run_nightly(
    writer_name: Annotated[str, typer.Option("--writer", help="composer (no model, free) or anthropic (Claude).")] = "",
    live: Annotated[bool, typer.Option("--live", help="Ask Claude at once, at full price, instead of by batch.")] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help="Count and price, write nothing.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Only finish the night that was cut off.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many tracks; 0: all.")] = 0,
    budget: Annotated[float | None, typer.Option(min=0.0, help="USD this night may spend; default: SONGSTORY_BUDGET_RUN.")] = None,
    cluster: Annotated[bool, typer.Option("--cluster", help="Hand it to the workers on many machines instead.")] = False,
    size: Annotated[int, typer.Option("--slice", min=0, help="With --cluster: tracks in a slice; 0: as fits the mode.")] = 0,
    page: Annotated[Path | None, typer.Option("--report", help="Write the morning report here, as a page.")] = None,
    place: Annotated[int, typer.Option("--place", hidden=True, help="The place that a page took for this process.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write what changed since last night; cut off anywhere, the next call goes on.

    \b
    Examples:
      songstory nightly --dry-run
      songstory nightly --writer anthropic --budget 20 --report morning.html
      songstory nightly --cluster --writer anthropic --live
    """
    if place:
        with contextlib.ExitStack() as at_the_end:
            at_the_end.callback(lambda: launches.ended(store(), caps(), place=place))
            return run_nightly(writer_name, live, dry, resume, limit, budget, cluster, size, page, 0, as_json)
    night = _night(writer_name, live, budget)
    if dry:
        return _show_plan(nightly.dry_run(night, limit=limit), as_json)
    if cluster:
        return _hand_out(night, size, limit, as_json)
    collect_seldom()
    with Progress(TextColumn("Stories"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, disable=as_json) as progress:
        bar = progress.add_task("stories", total=None)

        def step(counts: dict[str, int]) -> None:
            total = sum(counts.values())
            progress.update(bar, total=total, completed=total - sum(counts.get(s, 0) for s in nights.OPEN))

        night.progress = step
        done = nightly.run_night(night, limit=limit, resume_only=resume)
    found = report.morning(night.store, done.id)
    if page:
        _write(page, report.html(found))
    if as_json:
        print_json(found)
    else:
        _say(found)
    if done.status != "finished" or done.counts.get("failed"):
        raise typer.Exit(1)
    return None


def _hand_out(night: Night, size: int, limit: int, as_json: bool) -> None:
    run = planning.hand_out(night, size=size, limit=limit)
    found = progress.progress(night.store, run.id)
    if as_json:
        return print_json(found)
    if found.status != "running":
        return say("Nothing changed; there is nothing to write.")
    say(f"Night {run.id}: {counted(found.total, 'track')} in {counted(sum(found.slices.values()), 'slice')}.")
    say("The workers have it: songstory worker; watch it with: songstory runs --watch")
    return None


def _night(writer_name: str, live: bool, budget: float | None) -> Night:
    chosen = settings()
    name = writer_name or chosen.writer
    asked = {"run": chosen.budget_run if budget is None else budget, "day": chosen.budget_day, "month": chosen.budget_month}
    limits = {k: v for k, v in asked.items() if v is not None}
    limits |= {k: v for k, v in rules.budgets(store()).items() if k != "run" or budget is None}
    if name != "anthropic":
        return Night(store(), open_writer(name), language=chosen.language, market=chosen.market)
    key = chosen.anthropic_api_key.get_secret_value() if chosen.anthropic_api_key else ""
    url = chosen.anthropic_base_url
    writer = open_writer("anthropic", api_key=key, model=chosen.model, base_url=url or None)
    return Night(
        store(), writer, mode="live" if live else "batch", api_key=key, base_url=url, limits=limits, language=chosen.language,
        market=chosen.market,
    )  # fmt: skip


def _show_plan(plan: Plan, as_json: bool) -> None:
    if as_json:
        return print_json(plan)
    if not plan.tracks:
        say("Nothing changed; there is nothing to write.")
        return None
    say(f"{counted(plan.tracks, 'track')} to look at: {', '.join(f'{n:,} {c.replace(chr(95), chr(32))}' for c, n in plan.causes.items())}.")
    if plan.mode != "local":
        live = "" if plan.mode == "live" else f" by batch, {_usd(plan.usd_live)} live"
        say(f"About {plan.calls:,} calls to {plan.model}, {_usd(plan.usd)}{live}; judged by {counted(plan.sampled, 'track')}.")
        how = "as Claude counts them" if plan.counted else "guessed from their length"
        say(f"A prompt has {plan.prefix:,} standing tokens and {plan.own:,} of its own, {how}.")
        if plan.prefix_short:
            warn(f"{plan.model} caches no prefix of {plan.prefix:,} tokens; it is too short.")
    return None


def _usd(amount: float | None) -> str:
    return "of unknown price" if amount is None else f"${amount:,.4f}"


def _say(found: report.Report) -> None:
    counts = ", ".join(f"{n:,} {s.replace('_', ' ')}" for s, n in found.counts.items()) or "nothing to do"
    say(f"Night {found.run.id} {found.run.status}: {counts}.")
    if found.run.note:
        warn(found.run.note)
    if found.calls:
        cached = "" if found.cache_share is None else f", {found.cache_share:.0%} of the input from the cache"
        say(f"{counted(found.calls, 'call')}, {_usd(found.cost_usd)}{cached}.")
        if not found.cache_share:
            warn("The prompt's standing part was never read from the cache; it may be shorter than the model's minimum.")
    if found.unsettled_usd:
        warn(f"${found.unsettled_usd:,.4f} of this was set aside by calls that never told their end, and is counted in full.")
    if found.wanted:
        say("Worth researching: " + ", ".join(f"{what} ({n})" for what, n in list(found.wanted.items())[:5]) + ".")
    warn(*(f"{track}: {why}" for track, _, why in found.failed))
    say(f"More with: songstory report {found.run.id}")


def _write(path: Path, text: str) -> None:
    try:
        private_files.write(path, text.encode())
    except OSError as error:
        raise SongstoryError(f"cannot write {path}: {error.strerror}; choose another place for the report") from error


def show_report(
    run: Annotated[str, typer.Argument(help="A night; default: the last.")] = "",
    page: Annotated[Path | None, typer.Option("--html", help="Write it here, as a page.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how a night went. Example: songstory report; songstory report --html morning.html"""
    found = report.morning(store(), run)
    if page:
        _write(page, report.html(found))
        return say(f"Written to {page}.")
    if as_json:
        return print_json(found)
    _say(found)
    table(("story", "song", "sentence", "why"), found.problems, "No problems.")
    rows = [*((t, f"pulled: {why}") for t, why in found.pulled), *found.stale]
    if rows:
        table(("live story", "why it needs a look"), rows, "")
    return None


def show_cost(
    by: Annotated[str, typer.Option(help="day, model, kind or run.")] = "day",
    forecast: Annotated[int, typer.Option(min=0, help="Instead: what so many stories would cost, by model.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Show what Claude cost. Example: songstory cost --by model; songstory cost --forecast 1000000"""
    if forecast:
        return _show_forecast(forecast, as_json)
    if by not in {"day", "model", "kind", "run"}:
        raise ConfigError(f"cannot show cost by {by!r}; choose day, model, kind or run")
    found = ledger.cost_table(store(), by=by)
    if as_json:
        return print_json(found)
    lost = sum(r["unsettled"] or 0.0 for r in found)
    if lost:
        warn(f"${lost:,.4f} of this was set aside by calls that never told their end (killed, or cut off), and is counted in full.")
    rows = [
        (r[by], f"{r['calls']:,}", f"{r['input_tokens'] or 0:,}", f"{r['output_tokens'] or 0:,}", f"{r['cache_read_tokens'] or 0:,}",
         "" if r["cost_usd"] is None else f"${r['cost_usd']:,.4f}", r["unknown"] or "")
        for r in found
    ]  # fmt: skip
    table((by, "calls", "input", "output", "from cache", "cost", "unknown price"), rows, "Nothing was asked of Claude yet.")
    return None


OWN, OUTPUT = 600, 350  # tokens of a usual story's own facts and of its cards, until the ledger knows better


def _sizes() -> tuple[int, int, int, str]:
    """Return the tokens of the standing part, of a story's own part and of its answer, and where these figures are from."""
    try:
        known = ledger.usual(store())
    except StoreError:
        known = None
    if known is None:
        return int(len(briefs.system_prompt()) / CHARS_PER_TOKEN), OWN, OUTPUT, "guessed, until calls of this store tell"
    return *known[:3], f"as {known[3]:,} calls of this store had"


def _show_forecast(stories: int, as_json: bool) -> None:
    prefix, own, output, source = _sizes()
    rows: list[dict[str, Any]] = []
    for model in prices.table()["models"]:
        sizes = {"prefix": prefix, "own": own, "output": output, "calls": stories}
        least = (prices.of(model) or {}).get("cache_minimum")
        void = least is not None and least > prefix
        rows.append(
            {
                "model": model,
                "plain": prices.estimate(model, **sizes, batch=False),
                "batch": prices.estimate(model, **sizes, batch=True),
                "batch_60": None if void else prices.estimate(model, **sizes, batch=True, hits=0.6),
                "batch_98": None if void else prices.estimate(model, **sizes, batch=True, hits=0.98),
            }
        )
    if as_json:
        sizes = {"stories": stories, "prefix": prefix, "own": own, "output": output}
        return print_json({"dated": prices.table()["dated"], **sizes, "models": rows})
    shown = [(r["model"], _short(r["plain"]), *(_short(r[k], r["plain"]) for k in ("batch", "batch_60", "batch_98"))) for r in rows]
    table(("model", "plain", "batch", "batch, 60 % cached", "batch, 98 % cached"), shown, "")
    say(f"{stories:,} stories of {prefix:,} standing and {own:,} own tokens in and {output:,} out ({source}).")
    say(f"Prices of {prices.table()['dated']}.")
    return None


def _short(amount: float | None, plain: float | None = None) -> str:
    times = f" ({plain / amount:.2f}x cheaper)" if plain and amount else ""
    return "prefix too short" if amount is None else f"${amount:,.2f}{times}"
