"""Keeps answers: the ledger rows and drafts of a whole group in one transaction, with where each item stands then."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from songstory import generation, grounding
from songstory.errors import WriterError, WriterShut, WriterUnavailable
from songstory.models import Draft
from songstory.nightly.setup import Night
from songstory.store import ledger, nights
from songstory.store.cache import get_draft, replace_draft
from songstory.store.nights import Mark
from songstory.work import Attempt, Item
from songstory.writers import answers

log = logging.getLogger(__name__)
TRIES = 4  # how often an item goes back in line
Came = tuple[str, str, dict[str, Any] | None, WriterError | None]  # fingerprint, kind, message, error


def keep(
    night: Night, group: Sequence[Came], waiting: dict[str, list[Item]], tries: Sequence[Attempt], batch: str = ""
) -> dict[str, Draft]:
    """Keep a group of answers for the items that wait for them, and return the drafts of first answers."""
    drafts: dict[str, Draft] = {}
    marks: list[Mark] = []
    for name, kind, message, error in group:
        marks += _marks(night, name, kind, message, error, waiting.get(name, []), drafts)
    with night.writing, night.store.session() as session:
        ledger.keep(night.store, session, tries, list(drafts.items()), run=night.run, batch=batch)
        nights.mark_each(session, marks, tries=1)
    return drafts


def _marks(
    night: Night, name: str, kind: str, message: dict[str, Any] | None, error: WriterError | None, items: Sequence[Item],
    drafts: dict[str, Draft],
) -> list[Mark]:  # fmt: skip
    """Return where the items of one answer stand now; a draft that came is put into `drafts`."""
    back, given_up = ("pending", "failed") if kind == "first" else ("to_mend", "mended")  # what cannot be mended is written as it is
    try:
        if message is None:
            raise error or WriterUnavailable("no answer came")
        if kind == "first":
            drafts[name] = _whole(answers.draft(message))
            return [Mark(i, "answered", name) for i in items]
        _mend(night, name, message, items)
        return [Mark(i, "mended", name) for i in items]
    except WriterShut as shut:
        return [Mark(i, back, name, str(shut)) for i in items]
    except WriterUnavailable as late:
        return [Mark(i, back if i.tries + 1 < TRIES else given_up, name, str(late)) for i in items]
    except WriterError as never:
        return [Mark(i, given_up, name, str(never)) for i in items]


def _whole(draft: Draft) -> Draft:
    if draft.stop_reason != generation.COMPLETE:
        raise WriterError(f"the writer stopped early ({draft.stop_reason}); nothing was kept")
    return draft


def _mend(night: Night, name: str, message: dict[str, Any], items: Sequence[Item]) -> None:
    """Put the mended sentences into the kept draft, unless that made it no better."""
    kept = get_draft(night.store, name)
    (prepared,) = night.prepare([items[0].track]) if items else (None,)
    if kept is None or prepared is None or prepared.job is None:
        return
    brief = prepared.job.task.brief
    verdicts = grounding.check(kept[0], brief)
    wanted = {(r.card, r.sentence) for r in grounding.repairs(kept[0], verdicts)}
    try:
        second = answers.mended(message, kept[0].cards, wanted)
    except WriterError as error:
        log.info("nothing mended", extra={"generation": name, "why": str(error)})
        return
    best, _ = generation.better(kept[0], verdicts, second.model_copy(update={"model": kept[0].model}), brief)
    with night.writing:
        replace_draft(night.store, name, best)
