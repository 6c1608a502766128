"""The night: write what changed, and nothing else. It plans, asks, checks and saves; cut off anywhere, the next one goes on."""

from __future__ import annotations

import logging
import time
from itertools import count

from songstory import calls, generation, rechecking
from songstory.errors import BudgetSpent, ConfigError, LeaseLost, RunStopped, StoreUnavailable, SwitchedOff, WriterShut, WriterUnavailable
from songstory.nightly import batch, live, local
from songstory.nightly.planning import dry_run
from songstory.nightly.setup import PATIENCE, Night
from songstory.store import ledger, nights, people, runs, sent, slices
from songstory.work import Run

log = logging.getLogger(__name__)
__all__ = ["Night", "dry_run", "run_night", "work"]
_STEPS = {"local": local.step, "live": live.step, "batch": batch.step}


def run_night(night: Night, *, limit: int = 0, resume_only: bool = False) -> Run:
    """Write what changed and return the run. A night that was cut off is taken up where it stood. Raise RunInProgress, ConfigError."""
    calls.affordable(night.writer.model, {} if night.mode == "local" else night.limits)
    with nights.only_one(night.store) as night.lease:
        generation.allowed(night.store, people.NIGHT)
        _open(night)
        night.lease.also = lambda session: ledger.hold_on(night.store, session, night.run)
        try:
            rechecking.nightly(night.store)  # before the plan, so that what it flags is written anew in this night
            if not resume_only:
                nights.plan(night.store, night.run, night.recipe(), night.language, night.market, limit)
            work(night)
        except LeaseLost:  # how it ends is for the other to write
            raise
        except (BudgetSpent, RunStopped, SwitchedOff, WriterShut, WriterUnavailable) as stopped:
            nights.close_night(night.store, night.run, "stopped", str(stopped), lease=night.lease)
        except BaseException as error:
            nights.close_night(night.store, night.run, "stopped", f"cut off: {type(error).__name__}", lease=night.lease)
            raise
        else:
            nights.close_night(night.store, night.run, "finished", lease=night.lease)
        finally:
            night.pool.close()
    return next(r for r in runs.list_runs(night.store) if r.id == night.run)


def _open(night: Night) -> None:
    store = night.store
    night.run = nights.open_night(store, night.writer.model, night.mode)
    with store.session() as session:
        slices.back_to_one(session, night.run)
    ledger.abandon(store, night.run)
    if night.mode != "batch" and any(sent.batches(store, night.run, s) for s in ("intent", "submitted")):
        nights.close_night(store, night.run, "stopped", "its batches are out")
        raise ConfigError("this night has batches out; finish it in batch mode: songstory nightly --resume")


def work(night: Night) -> None:
    """Work through the items of a night, or of one slice of it, until all have ended."""
    tally = night.tally()
    night.pool.start(sum(tally.get(s, 0) for s in nights.OPEN), night.checkers)
    while _step(night):
        night.show()
        night.go_on()
    night.show(last=True)


def _step(night: Night) -> bool:
    """Go one step; one that met no answer from the store is gone again when it answers, from what the rows say by then."""
    start = time.monotonic()
    for again in count():
        try:
            return _STEPS[night.mode](night)
        except StoreUnavailable as away:
            if night.part or not night.waits_for(away) or time.monotonic() - start > PATIENCE:
                raise
            log.log(logging.WARNING if not again else logging.DEBUG, "%s; waiting for it", away)
            night.sleep(min(0.25 * 2**again, 5.0))
    raise AssertionError("unreachable: the loop has no end")
