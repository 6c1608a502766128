"""What is asked of Claude for an item: the first answer, or single sentences anew; and the most that a call may cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, cast

from songstory import calls, edge, grounding, prices
from songstory.errors import WriterError
from songstory.generation import Job
from songstory.models import Draft, Task
from songstory.nightly import items
from songstory.nightly.setup import Night
from songstory.store.cache import get_drafts
from songstory.store.nights import Mark
from songstory.work import Item
from songstory.writers.fanout import Ask

Asked = tuple[Item, Job, Ask]


class Requests(Protocol):
    """A writer whose calls can be sent by others: the fan-out, a batch."""

    def request(self, task: Task) -> dict[str, Any]:
        """Return the body of the call that a task makes."""
        ...


def first(night: Night, found: Sequence[Item]) -> Iterator[Asked]:
    """Yield the first call of each item that needs one."""
    for item, job in items.ready(night, found):
        if (body := _request(night, item, job.task, job.name)) is not None:
            yield item, job, Ask(job.name, body, most=prices.most(body))


def _request(night: Night, item: Item, task: Task, name: str) -> dict[str, Any] | None:
    """Return the body of the call that a task makes; None where it breaks the writer, which is kept on the item."""
    try:
        with edge.of_song(item.track):
            return cast(Requests, night.writer).request(task)
    except WriterError as error:
        items.mark(night, [Mark(item, "failed", name, str(error))])
        return None


def repairs(night: Night, found: Sequence[Item]) -> Iterator[Asked]:
    """Yield the call that asks for the failing sentences of each item anew."""
    for start in range(0, len(found), items.TOGETHER):
        part = found[start : start + items.TOGETHER]
        kept = get_drafts(night.store, [i.name for i in part])
        for item, prepared in zip(part, night.prepare([i.track for i in part]), strict=True):
            job = prepared.job
            if job is None or job.name != item.name or item.name not in kept:
                items.mark(night, [Mark(item, "pending", item.name)])  # looked at again from the start
                continue
            again = _again(night, item, job, kept[item.name][0])
            if again is not None and (body := _request(night, item, again, item.name)) is not None:
                yield item, job, Ask(job.name, body, "repair", prices.most(body))


def _again(night: Night, item: Item, job: Job, draft: Draft) -> Task | None:
    """Return the task of mending a draft; None where nothing is left to mend, or where it breaks the verifier."""
    try:
        with edge.of_song(item.track, "checked"):
            again = calls.repair_task(job.task, draft, grounding.check(draft, job.task.brief))
    except WriterError as error:
        items.mark(night, [Mark(item, "failed", item.name, str(error))])
        return None
    if again is None:
        items.mark(night, [Mark(item, "mended", item.name)])
    return again


def most(night: Night, ask: Ask, *, batch: bool = False) -> float:
    """Return the most that one call may cost, in USD; 0 where its price is unknown, which no budget allows."""
    return prices.reserved(night.writer.model, ask.most or prices.MOST, batch=batch) or 0.0
