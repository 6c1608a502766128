"""The night: write what changed, and nothing else. It plans, asks, checks and saves; cut off anywhere, the next one goes on."""

from __future__ import annotations

from songstory import generation, prices
from songstory.errors import BudgetSpent, ConfigError, RunStopped, SwitchedOff, WriterShut, WriterUnavailable
from songstory.nightly import batch, live, local
from songstory.nightly.planning import dry_run
from songstory.nightly.setup import Night
from songstory.store import ledger, nights, people, runs, sent, slices
from songstory.work import Run

__all__ = ["Night", "dry_run", "run_night", "work"]
_STEPS = {"local": local.step, "live": live.step, "batch": batch.step}


def run_night(night: Night, *, limit: int = 0, resume_only: bool = False) -> Run:
    """Write what changed and return the run. A night that was cut off is taken up where it stood. Raise RunInProgress, ConfigError."""
    if night.limits and night.mode != "local" and prices.of(night.writer.model) is None:
        raise ConfigError(
            f"the price of {night.writer.model!r} is unknown, so no budget can be kept; add it to prices.json or take the budget away"
        )
    with nights.only_one(night.store):
        generation.allowed(night.store, people.NIGHT)
        _open(night, limit, resume_only)
        try:
            work(night)
        except (BudgetSpent, RunStopped, SwitchedOff, WriterShut, WriterUnavailable) as stopped:
            nights.close_night(night.store, night.run, "stopped", str(stopped))
        except BaseException as error:
            nights.close_night(night.store, night.run, "stopped", f"cut off: {type(error).__name__}")
            raise
        else:
            nights.close_night(night.store, night.run, "finished")
        finally:
            night.pool.close()
            ledger.settle_all(night.store, night.run)
    return next(r for r in runs.list_runs(night.store) if r.id == night.run)


def _open(night: Night, limit: int, resume_only: bool) -> None:
    store = night.store
    night.run = nights.open_night(store, night.writer.model, night.mode)
    with store.session() as session:
        slices.back_to_one(session, night.run)
    ledger.settle_all(store, night.run)
    if night.mode != "batch" and any(sent.batches(store, night.run, s) for s in ("intent", "submitted")):
        nights.close_night(store, night.run, "stopped", "its batches are out")
        raise ConfigError("this night has batches out; finish it in batch mode: songstory nightly --resume")
    if not resume_only:
        nights.plan(store, night.run, night.recipe(), night.language, night.market, limit)


def work(night: Night) -> None:
    """Work through the items of a night, or of one slice of it, until all have ended."""
    tally = night.tally()
    night.pool.start(sum(tally.get(s, 0) for s in nights.OPEN), night.checkers)
    while _STEPS[night.mode](night):
        night.show()
        night.go_on()
    night.show(last=True)
