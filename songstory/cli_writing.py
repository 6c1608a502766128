"""The commands that write: one story or all, or a change by instruction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from songstory import changing, generation
from songstory.cli_shared import (
    AsOption,
    JsonOption,
    LanguageOption,
    MarketOption,
    actor,
    caps,
    err,
    print_json,
    say,
    settings,
    store,
    warn,
)
from songstory.errors import ConfigError, NotEnoughFacts
from songstory.models import Revision
from songstory.nightly import single
from songstory.store import Store, catalogue, people, rules, stories
from songstory.vocabulary import CARD_KINDS
from songstory.work import Purse, RunItem
from songstory.writers import Writer, open_writer

WriterOption = Annotated[str, typer.Option("--writer", help="composer (no model, free) or anthropic (Claude).")]
RunOption = Annotated[str, typer.Option("--run", hidden=True, help="The run on which the dashboard waits.")]


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on `app`."""
    app.command("generate")(generate)
    app.command("change")(change)


def writer(name: str) -> Writer:
    """Open the writer called `name` with the settings' key and model."""
    chosen = name or settings().writer
    if chosen != "anthropic":
        if chosen == "scripted":
            raise ConfigError("the scripted writer is for tests; choose composer or anthropic")
        return open_writer(chosen)
    key = settings().anthropic_api_key
    return open_writer(
        "anthropic", api_key=key.get_secret_value() if key else None, model=settings().model, base_url=settings().anthropic_base_url or None
    )


def generate(
    track: Annotated[str, typer.Argument(help="A track; leave out with --all.")] = "",
    every: Annotated[bool, typer.Option("--all", help="All tracks.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="With --all: at most so many tracks.")] = 0,
    writer_name: WriterOption = "",
    as_name: AsOption = "",
    language: LanguageOption = "en",
    market: MarketOption = "world",
    run: RunOption = "",
    as_json: JsonOption = False,
) -> None:
    """Write and verify a story, or all. Example: songstory generate west-end-girls; songstory generate --all"""
    if bool(track) == every:
        raise typer.BadParameter("name a track, or say --all")
    opened, chosen, who = store(), writer(writer_name), as_name or settings().actor or people.NIGHT
    if not every:
        revision = noted(
            run, track, lambda: generation.generate(opened, track, chosen, actor=who, language=language, market=market, purse=purse(run))
        )
        return print_json(revision) if as_json else show_revision(revision)
    wanted = catalogue.track_ids(opened)[: limit or None]
    if not wanted:
        raise NotEnoughFacts("the catalogue is empty; load one with: songstory import sample")
    items = run_all(opened, chosen, wanted, who, quiet=as_json, language=language, market=market, limits=purse().limits)
    counts: dict[str, int] = {}
    for item in items:
        counts[item.status] = counts.get(item.status, 0) + 1
    if as_json:
        return print_json({"counts": counts, "items": items})
    say(", ".join(f"{n} {status.replace('_', ' ')}" for status, n in sorted(counts.items())))
    warn(*(f"{i.track}: {i.error}" for i in items if i.status == "failed"))
    if counts.get("failed"):
        raise typer.Exit(1)
    return None


def change(
    revision: Annotated[str, typer.Argument(help="The revision that was read, as TRACK.NUMBER.")],
    instruction: Annotated[str, typer.Argument(help="What should change, in your words.")],
    writer_name: WriterOption = "",
    as_name: AsOption = "",
    run: RunOption = "",
    as_json: JsonOption = False,
) -> None:
    """Let Claude change a text as you say, within its facts. Example: songstory change help.1 "shorter, the studio first" --as ben"""
    chosen, who = writer(writer_name), actor(as_name)
    track = stories.get_story(store(), stories.get_revision(store(), revision).story).track
    found = noted(run, track, lambda: changing.change(store(), revision, instruction, chosen, actor=who, purse=purse(run)))
    return print_json(found) if as_json else show_revision(found)


def noted(run: str, track: str, call: Callable[[], Revision]) -> Revision:
    """Make a call; when a person at the dashboard asked for it, note on their run how it went."""
    return single.noted(store(), run, track, call, caps()) if run else call()


def purse(run: str = "") -> Purse:
    """Return what calls are paid from: what the house and this machine let a day and a month cost."""
    set_here = {"day": settings().budget_day, "month": settings().budget_month}
    limits = {k: v for k, v in set_here.items() if v is not None} | {k: v for k, v in rules.budgets(store()).items() if k != "run"}
    return Purse(run=run, limits=limits)


def run_all(
    opened: Store, chosen: Writer, wanted: list[str], who: str, *, quiet: bool = False, language: str = "en", market: str = "world",
    limits: Mapping[str, float] | None = None,
) -> list[RunItem]:  # fmt: skip
    """Generate all of `wanted` with a progress bar on stderr; return how each went."""
    items: list[RunItem] = []
    with Progress(TextColumn("Stories"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err, disable=quiet) as progress:
        bar = progress.add_task("stories", total=len(wanted))

        def step(item: RunItem) -> None:
            items.append(item)
            progress.advance(bar)

        generation.generate_all(opened, chosen, actor=who, tracks=wanted, language=language, market=market, progress=step, limits=limits)
    return items


def show_revision(revision: Revision) -> None:
    """Print a story as it reads, with its citations and, below, its problems."""
    keys = list(dict.fromkeys(k for c in revision.cards for s in (c.headline, *c.sentences) for k in s.cites))
    for card in revision.cards:
        say("", f"{CARD_KINDS.get(card.kind, card.kind)} · {card.headline.text}")
        say(" ".join(f"{s.text} [{', '.join(str(keys.index(k) + 1) for k in s.cites)}]" for s in card.sentences))
    say(
        "", f"{revision.id} by {revision.author}; {len(revision.verdicts)} sentences and headlines, {len(revision.problems)} with problems."
    )
    warn(*revision.problems)
