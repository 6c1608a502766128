"""The walk of an item: made ready, checked, written or sent back. An answer is kept before anything is done with it.

pending -> (submitted ->) answered -> (to_mend -> mending -> mended ->) and the end: ready, with_problems, unchanged,
abstained, skipped or failed.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from sqlmodel import Session

from songstory import calls, edge, generation, review, telemetry
from songstory.errors import RunError, StoreError, StoreUnavailable, WriterError
from songstory.generation import Checked, Job, Outcome
from songstory.models import Draft
from songstory.nightly.checkers import Answer, Verdicts
from songstory.nightly.setup import SLICE, Night
from songstory.store import changes, nights, people
from songstory.store.cache import get_drafts
from songstory.store.nights import Mark
from songstory.store.revisions import Saved
from songstory.work import Item

TOGETHER = 128  # tracks read, or stories written, in one transaction
CHECKED_TOGETHER = 8  # drafts handed to a checker at once
UNDER_WAY = 64  # such handfuls that wait to be checked


def ready(night: Night, items: Sequence[Item]) -> Iterator[tuple[Item, Job]]:
    """Yield the items that must be asked for; all that can be decided without a call is done at once, for a whole slice."""
    for start in range(0, len(items), TOGETHER):
        part = items[start : start + TOGETHER]
        prepared = night.prepare([i.track for i in part])
        asked = [p.job.name for p in prepared if p.job is not None and not p.job.unchanged]
        kept = get_drafts(night.store, asked)
        marks, cleaned = [], []
        left: list[tuple[Item, Job]] = []
        for item, found in zip(part, prepared, strict=True):
            job = found.job
            if job is None:
                assert found.error is not None
                marks.append(Mark(item, generation.ended(found.error), error=str(found.error)))
                cleaned += [found.seq] * (marks[-1].status == "abstained")  # silence is an answer too: it holds until the facts change
            elif job.unchanged:
                marks.append(Mark(item, "unchanged", job.name))
                cleaned.append(found.seq)
            elif job.name in kept:
                marks.append(Mark(item, "answered", job.name))
            else:
                left.append((item, job))
        mark(night, marks, cleaned)
        yield from left


def mark(night: Night, marks: Sequence[Mark], cleaned: Sequence[int | None] = ()) -> None:
    """Write where items stand, and take the changes that were dealt with off the dirty set."""
    if marks:
        with night.writing, night.store.session() as session:
            nights.mark_each(session, marks)
            changes.clean(session, cleaned)
            night.fence(session)


@dataclass(frozen=True)
class Given:
    """An answer to check: its item, job and draft; `last` when it cannot be mended any more."""

    item: Item
    job: Job
    draft: Draft
    last: bool


class Settling:
    """Checks drafts on all cores and writes them in groups, while more come in. Used as a context: all is written when it ends."""

    def __init__(self, night: Night) -> None:
        self.night = night
        self._gathered: list[Given] = []
        self._under_way: deque[tuple[list[Given], Future[list[Answer]]]] = deque()
        self._checked: list[tuple[Given, Answer]] = []

    def __enter__(self) -> Settling:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            self._send()
            self._collect(all_of_it=True)
            self._write()

    def add(self, given: Given) -> None:
        """Take one more draft in."""
        self._gathered.append(given)
        if len(self._gathered) >= CHECKED_TOGETHER:
            self._send()
            self._collect()
            if len(self._checked) >= TOGETHER:
                self._write()

    def _send(self) -> None:
        if self._gathered:
            group, self._gathered = self._gathered, []
            self._under_way.append((group, self.night.pool.submit([(g.draft, g.job.task.brief) for g in group])))

    def _collect(self, *, all_of_it: bool = False) -> None:
        while self._under_way and (all_of_it or self._under_way[0][1].done() or len(self._under_way) > UNDER_WAY):
            group, found = self._under_way.popleft()
            self._checked += zip(group, found.result(), strict=True)

    def _write(self) -> None:
        found, self._checked = self._checked, []
        mark(self.night, [Mark(g.item, "failed", g.job.name, broke) for g, broke in found if isinstance(broke, str)])
        sound = [(g, verdicts) for g, verdicts in found if not isinstance(verdicts, str)]
        for start in range(0, len(sound), TOGETHER):
            settle(self.night, sound[start : start + TOGETHER])
        if found:
            self.night.show()


def settle(night: Night, group: Sequence[tuple[Given, Verdicts]]) -> None:
    """Write what is whole and hand it in; what fails waits to be mended once. One that cannot be written holds up no other."""
    try:
        with edge.of_song(group[0][0].item.track):
            _settle(night, group)
    except (StoreUnavailable, RunError):
        raise
    except (StoreError, WriterError) as error:
        if len(group) == 1:
            mark(night, [Mark(group[0][0].item, "failed", group[0][0].job.name, str(error))])
        for one in group if len(group) > 1 else ():
            settle(night, [one])


def _settle(night: Night, group: Sequence[tuple[Given, Verdicts]]) -> None:
    to_mend, whole, items = [], [], {}
    ends: list[Mark] = []
    for given, verdicts in group:
        if not given.last and calls.repair_task(given.job.task, given.draft, verdicts) is not None:
            to_mend.append(Mark(given.item, "to_mend", given.job.name))
        else:
            whole.append(Checked(given.job, given.draft, verdicts))
            items[given.job.track] = given.item

    def also(session: Session, outcomes: Sequence[tuple[Checked, Outcome]]) -> None:
        same = changes.unchanged(session, {c.job.track: c.job.seq for c, _ in outcomes})
        clean = [o for c, o in outcomes if isinstance(o, Saved) and not o.problems and c.job.track in same]
        review.hand_in(session, clean, actor=people.NIGHT)
        ends.extend(_end(items[c.job.track], c.job.name, o) for c, o in outcomes)
        nights.mark_each(session, ends)
        night.fence(session)

    mark(night, to_mend)
    if whole:
        with night.writing, telemetry.span("save", stories=len(whole)):
            generation.finish_many(night.store, whole, night.writer, actor=people.NIGHT, also=also)
    for status, n in Counter(m.status for m in ends).items():
        telemetry.count("stories", n, outcome=status)


def _end(item: Item, name: str, outcome: Outcome) -> Mark:
    if isinstance(outcome, Saved):
        return Mark(item, "with_problems" if outcome.problems else "ready", name)
    return Mark(item, generation.ended(outcome), name, str(outcome))


def check_all(night: Night, status: str) -> int:
    """Check and write all answers that wait at `status`, answered or mended; return how many there were."""
    count = 0
    while found := night.items(status, limit=SLICE):
        kept = get_drafts(night.store, [i.name for i in found])
        marks: list[Mark] = []
        cleaned: list[int | None] = []
        with Settling(night) as settling:
            for start in range(0, len(found), TOGETHER):
                part = found[start : start + TOGETHER]
                for item, prepared in zip(part, night.prepare([i.track for i in part]), strict=True):
                    job = prepared.job
                    if job is None:
                        assert prepared.error is not None
                        marks.append(Mark(item, generation.ended(prepared.error), item.name, str(prepared.error)))
                        cleaned += [prepared.seq] * (marks[-1].status == "abstained")
                    elif job.name != item.name:  # the facts changed while it was away; what was paid for stays in the cache
                        marks.append(Mark(item, "pending", item.name))
                    elif item.name not in kept:
                        marks.append(Mark(item, "failed", item.name, str(WriterError("the answer is no longer kept"))))
                    else:
                        draft, checked = kept[item.name]
                        settling.add(Given(item, job, draft, checked or status == "mended" or night.mode == "local"))
        mark(night, marks, cleaned)
        count += len(found)
    return count
