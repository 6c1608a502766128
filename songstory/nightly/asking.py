"""What is asked of Claude for an item: the first answer, or single sentences anew; and the most that a call may cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, cast

from songstory import calls, grounding, prices
from songstory.generation import Job
from songstory.models import Task
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
    writer = cast(Requests, night.writer)
    for item, job in items.ready(night, found):
        body = writer.request(job.task)
        yield item, job, Ask(job.name, body, most=prices.most(body))


def repairs(night: Night, found: Sequence[Item]) -> Iterator[Asked]:
    """Yield the call that asks for the failing sentences of each item anew."""
    writer = cast(Requests, night.writer)
    for start in range(0, len(found), items.TOGETHER):
        part = found[start : start + items.TOGETHER]
        kept = get_drafts(night.store, [i.name for i in part])
        for item, prepared in zip(part, night.prepare([i.track for i in part]), strict=True):
            job = prepared.job
            if job is None or job.name != item.name or item.name not in kept:
                items.mark(night, [Mark(item, "pending", item.name)])  # looked at again from the start
                continue
            draft = kept[item.name][0]
            again = calls.repair_task(job.task, draft, grounding.check(draft, job.task.brief))
            if again is None:
                items.mark(night, [Mark(item, "mended", item.name)])
            else:
                body = writer.request(again)
                yield item, job, Ask(job.name, body, "repair", prices.most(body))


def most(night: Night, ask: Ask, *, batch: bool = False) -> float:
    """Return the most that one call may cost, in USD; 0 where its price is unknown, which no budget allows."""
    return prices.reserved(night.writer.model, ask.most or prices.MOST, batch=batch) or 0.0
