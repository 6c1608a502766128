"""Keeps answers: the ledger rows and drafts of a whole group in one transaction, with where each item stands then."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

from sqlmodel import Session

from songstory import calls, edge, grounding, telemetry
from songstory.errors import LeaseLost, StoreUnavailable, WriterError, WriterShut, WriterUnavailable
from songstory.models import Draft
from songstory.nightly.setup import PATIENCE, Night
from songstory.store import ledger, nights
from songstory.store.cache import get_draft, replace_draft
from songstory.store.nights import Mark
from songstory.work import Attempt, Item
from songstory.writers import answers

log = logging.getLogger(__name__)
TRIES = 4  # how often an item goes back in line
Also = Callable[[Session], None]
Came = tuple[str, str, dict[str, Any] | None, WriterError | None]  # fingerprint, kind, message, error


def keep(
    night: Night, group: Sequence[Came], waiting: dict[str, list[Item]], tries: Sequence[Attempt], batch: str = "",
    also: Also | None = None, back: Mapping[int, float] | None = None,
) -> dict[str, Draft]:  # fmt: skip
    """Keep a group of answers for the items that wait for them, and return the drafts of first answers; `back` is what was set aside.

    While the store is away the answers are held and no place is freed, so nothing more is asked. What was paid for is kept
    even when the slice is another's by then, which finds it; where its items stand is the other's to say. Raise LeaseLost.
    """
    drafts: dict[str, Draft] = {}
    marks: list[Mark] = []
    for name, kind, message, error in group:
        marks += _marks(night, name, kind, message, error, waiting.get(name, []), drafts)
    start = time.monotonic()
    for again in count():
        try:
            ours = _write(night, marks, drafts, tries if not again else _new(night, tries), batch, also, back)
            break
        except StoreUnavailable as away:
            if not night.waits_for(away) or time.monotonic() - start > PATIENCE or night.left.is_set():
                raise
            log.log(logging.WARNING if not again else logging.DEBUG, "%s; what came back is held until it answers", away)
            time.sleep(min(0.25 * 2**again, 5.0))
    if not ours:
        raise LeaseLost()
    return drafts


def _write(
    night: Night, marks: Sequence[Mark], drafts: dict[str, Draft], tries: Sequence[Attempt], batch: str, also: Also | None,
    back: Mapping[int, float] | None,
) -> bool:  # fmt: skip
    with night.writing, night.store.session() as session:
        ledger.keep(night.store, session, tries, list(drafts.items()), run=night.run, batch=batch, back=back)
        usd = sum(ledger.usd(t, batch=bool(batch)) or 0.0 for t in tries)
        ours = night.paid(session, len(tries), usd)
        if ours:
            nights.mark_each(session, marks, tries=1)
            if also:
                also(session)
    telemetry.count("cost", usd)
    return ours


def _new(night: Night, tries: Sequence[Attempt]) -> list[Attempt]:
    """Return those tries that the ledger has not: a store that went away may have kept a group and not said so."""
    with night.store.reading() as session:
        known = ledger.noted(session, [t.name for t in tries])
    return [t for t in tries if (t.name, t.kind, t.at) not in known]


def _marks(
    night: Night, name: str, kind: str, message: dict[str, Any] | None, error: WriterError | None, items: Sequence[Item],
    drafts: dict[str, Draft],
) -> list[Mark]:  # fmt: skip
    """Return where the items of one answer stand now; a draft that came is put into `drafts`."""
    back, given_up = ("pending", "failed") if kind == "first" else ("to_mend", "mended")  # what cannot be mended is written as it is
    try:
        if message is None:
            raise error or WriterUnavailable("no answer came")
        with edge.of_song(items[0].track if items else name, "read"):
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
    if draft.stop_reason != calls.COMPLETE:
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
    best, _ = calls.better(kept[0], verdicts, second.model_copy(update={"model": kept[0].model}), brief)
    with night.writing:
        replace_draft(night.store, name, best)
