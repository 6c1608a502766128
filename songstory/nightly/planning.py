"""What a night would do and what it may cost, before it starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from songstory import prices
from songstory.errors import WriterError
from songstory.models import Prompt
from songstory.nightly.setup import Night
from songstory.store import nights
from songstory.store.cache import get_drafts
from songstory.work import Plan

SAMPLE = 40  # stories made ready to estimate a price
EXPECTED_OUTPUT = 600  # tokens of a story, for the estimate; reservations count with the most there can be
CHARS_PER_TOKEN = 3.5
COUNTED = 5  # prompts whose tokens Claude is asked to count


def dry_run(night: Night, *, limit: int = 0) -> Plan:
    """Return what a night would do and what it may cost, and write nothing. The price is scaled from a sample of the tracks."""
    recipe = night.recipe()
    causes = nights.count_wanted(night.store, recipe, night.language, night.market)
    tracks = min(sum(causes.values()), limit or sum(causes.values()))
    sample = nights.wanted_tracks(night.store, recipe, night.language, night.market, min(SAMPLE, tracks))
    jobs = [p.job for p in night.prepare(sample) if p.job is not None and not p.job.unchanged]
    kept = get_drafts(night.store, [j.name for j in jobs])
    prompts = [j.task.prompt for j in jobs if j.name not in kept]
    calls = round(tracks * len(prompts) / len(sample)) if sample else 0
    plan = Plan(causes=causes, tracks=tracks, sampled=len(sample), mode=night.mode, model=night.writer.model)
    if night.mode == "local" or not calls:
        return plan.model_copy(update={"calls": 0 if night.mode == "local" else calls, "usd": 0.0, "usd_live": 0.0})
    prefix, own, counted = _tokens(night, prompts)
    sizes = {"prefix": prefix, "own": own, "output": EXPECTED_OUTPUT, "calls": calls}
    priced = {k: prices.estimate(plan.model, **sizes, batch=b) for k, b in (("usd", night.mode == "batch"), ("usd_live", False))}
    least = (prices.of(plan.model) or {}).get("cache_minimum")
    short = None if least is None else prefix < least
    return plan.model_copy(update={"calls": calls, "prefix": prefix, "own": own, "counted": counted, "prefix_short": short, **priced})


def _tokens(night: Night, prompts: list[Prompt]) -> tuple[int, int, bool]:
    """Return the tokens of the standing part, those of a usual prompt's own part, and whether Claude counted them or they are guessed."""
    count: Callable[[Prompt], int] | None = getattr(night.writer, "count_tokens", None)
    few = prompts[:COUNTED]
    if count is not None:
        try:
            whole: Any = [count(p) for p in few]
            bare = count(few[0].model_copy(update={"user": "."}))
        except WriterError:
            pass  # a plan is made without a key or a network too
        else:
            return bare, max(sum(whole) // len(few) - bare, 1), True
    own = sum(len(p.user) for p in prompts) / len(prompts)
    return int(len(prompts[0].system) / CHARS_PER_TOKEN), int(own / CHARS_PER_TOKEN), False
