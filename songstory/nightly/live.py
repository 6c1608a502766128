"""A night live: many calls at once, each answer kept before its place is free, checked while the next are away."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice

from songstory.errors import LeaseLost, StoreUnavailable, WriterShut
from songstory.generation import Job
from songstory.models import Draft
from songstory.nightly import asking, items, keeping
from songstory.nightly.items import Given, Settling
from songstory.nightly.setup import SLICE, Night
from songstory.store import ledger
from songstory.work import Item
from songstory.writers import fanout


def step(night: Night) -> bool:
    """Ask for one slice, check it, mend it; True while there is more."""
    items.check_all(night, "answered")
    found = night.items("pending", limit=SLICE * 4)
    if found:
        _Asking(night).run(asking.first(night, found))
    items.check_all(night, "answered")
    to_mend = night.items("to_mend", limit=SLICE * 4)
    if to_mend:
        _Asking(night).run(asking.repairs(night, to_mend))
    items.check_all(night, "mended")
    return bool(found or to_mend)


WARM = 240.0  # seconds after an answer for which the prefix is surely cached: a cache lives for five minutes


class _Asking:
    """One round of calls: who waits for which answer, and what is set aside for them."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self.waiting: dict[str, Item] = {}
        self.asked: set[str] = set()
        self.jobs: dict[str, Job] = {}
        self.drafts: dict[str, Draft] = {}
        self.held: dict[str, int] = {}  # the reservation that each call is part of
        self.kept = True  # whether every answer that came is in the ledger

    def run(self, work: Iterator[asking.Asked]) -> None:
        """Ask, keep and check. Raise WriterShut when the spending limit is reached, BudgetSpent."""
        stopped = None
        made = fanout.write_many(
            self._asks(work),
            self._keep,
            api_key=self.night.api_key,
            base_url=self.night.base_url or None,
            limit=self.night.in_flight,
            pacer=self.night.pacer,
            stir=self.night.stir,
            warm=time.monotonic() - self.night.warm.get(self.night.writer.model, float("-inf")) < WARM,
        )
        try:
            with closing(made), Settling(self.night) as settling:
                for answer in made:
                    name = answer.ask.name
                    item, job, draft = self.waiting.pop(name), self.jobs.pop(name), self.drafts.pop(name, None)
                    if draft is not None:
                        settling.add(Given(item, job, draft, last=False))
                    if isinstance(answer.error, WriterShut):
                        stopped = answer.error
        finally:
            if self.kept:  # what is left was set aside for calls that were never made; where an answer was lost it is counted by its age
                with contextlib.suppress(StoreUnavailable), self.night.writing:
                    ledger.settle(self.night.store, *set(self.held.values()))
        if stopped is not None:
            raise stopped

    def _asks(self, work: Iterator[asking.Asked]) -> Iterator[fanout.Ask]:
        """Yield the calls, a handful at a time: as many as may be under way at once are set aside for together."""
        fresh = self._fresh(work)
        while group := list(islice(fresh, self.night.in_flight)):
            self.night.go_on()
            self._reserve([ask for *_, ask in group])
            for item, job, ask in group:
                self.waiting[ask.name], self.jobs[ask.name] = item, job
                yield ask

    def _fresh(self, work: Iterator[asking.Asked]) -> Iterator[asking.Asked]:
        for asked in work:
            name = asked[2].name
            if name not in self.asked:  # equal fingerprints are asked for once; the next round finds the answer in the cache
                self.asked.add(name)
                yield asked

    def _reserve(self, group: Sequence[fanout.Ask]) -> None:
        """Set the most aside that the next calls may cost; each gives its part back with its answer."""
        night, usd = self.night, sum(asking.most(self.night, ask) for ask in group)
        with night.writing:
            held = ledger.reserve(night.store, night.run, usd, night.limits, what=night.purse, model=night.writer.model)
        self.held |= {ask.name: held for ask in group}

    def _keep(self, group: Sequence[fanout.Answer]) -> None:
        came = [(a.ask.name, a.ask.kind, a.message, a.error) for a in group]
        waiting = {a.ask.name: [self.waiting[a.ask.name]] for a in group}
        if any(a.message for a in group):
            self.night.warm[self.night.writer.model] = time.monotonic()
        back: dict[int, float] = defaultdict(float)
        for a in group:
            back[self.held[a.ask.name]] += asking.most(self.night, a.ask)
        try:
            self.drafts |= keeping.keep(self.night, came, waiting, [t for a in group for t in a.tries], back=back)
        except LeaseLost:  # where the items stand is another's to say; what was paid is kept
            raise
        except BaseException:
            self.kept = False
            raise
