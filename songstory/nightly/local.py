"""A night without a model: the composer writes, here and now."""

from __future__ import annotations

from songstory import edge, generation
from songstory.errors import WriterError
from songstory.nightly import items
from songstory.nightly.items import Given, Settling
from songstory.nightly.setup import SLICE, Night
from songstory.store.nights import Mark


def step(night: Night) -> bool:
    """Write and check one slice; True while there is more."""
    found = night.items("pending", limit=SLICE)
    with Settling(night) as settling:
        for item, job in items.ready(night, found):
            try:
                with edge.of_song(item.track):
                    draft = night.writer.write(job.task)
            except WriterError as error:
                items.mark(night, [Mark(item, generation.ended(error), job.name, str(error))])
            else:
                settling.add(Given(item, job, draft, last=True))
    items.check_all(night, "answered")
    return bool(found)
