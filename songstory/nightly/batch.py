"""A night by message batches, at half the price: sent whole, found again after a crash, collected in any order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from songstory import prices
from songstory.errors import BatchNotFound, BudgetSpent, WriterShut, WriterUnavailable
from songstory.models import Usage
from songstory.nightly import asking, items, keeping
from songstory.nightly.setup import SLICE, Night
from songstory.store import ledger, nights
from songstory.work import Attempt, Item, SentBatch
from songstory.writers import answers
from songstory.writers.batches import MOST_BYTES, MOST_REQUESTS, Batches

Make = Callable[[Night, Sequence[Item]], Iterator[asking.Asked]]
log = logging.getLogger(__name__)
PATIENCE = 20  # looks in a row that meet no answer
BACK = {"first": "pending", "repair": "to_mend"}
AWAY = {"first": "submitted", "repair": "mending"}


def step(night: Night) -> bool:
    """Go one round; True while there is more. What does not answer is asked again later, up to `PATIENCE` times in a row."""
    client = Batches(api_key=night.api_key, base_url=night.base_url or None)
    try:
        more = _round(night, client)
        night.faults = 0
    except WriterUnavailable as error:
        night.faults += 1
        if isinstance(error, WriterShut) or night.faults >= PATIENCE:
            raise
        log.warning("%s; trying again in %d s", error, night.poll)
        night.sleep(night.poll)
        return True
    finally:
        client.close()
    return more


def _round(night: Night, client: Batches) -> bool:
    """Find what was sent and lost, collect what ended, check it, send what waits."""
    for lost in nights.batches(night.store, night.run, "intent"):
        _find(night, client, lost)
    sent = nights.batches(night.store, night.run, "submitted")
    collected = sum(_look(night, client, b) for b in sent)
    items.check_all(night, "answered")
    items.check_all(night, "mended")
    more = _send(night, client, "first", asking.first) + _send(night, client, "repair", asking.repairs)
    if not (collected or more) and sent:
        night.sleep(night.poll)
    return bool(sent or more or any(nights.items(night.store, night.run, s, limit=1) for s in ("pending", "answered", "mended")))


def _look(night: Night, client: Batches, batch: SentBatch) -> bool:
    """Collect a batch if it has ended; one that is not known any more is given up, and what it carried goes back in line."""
    try:
        if not client.ended(batch.remote):
            return False
        _collect(night, client, batch)
    except BatchNotFound as error:
        log.warning("batch %s: %s", batch.remote, error)
        nights.set_batch(night.store, batch.id, "lost", back_to=BACK[batch.kind])
        ledger.settle_all(night.store, night.run, batch.id)
    return True


def _find(night: Night, client: Batches, lost: SentBatch) -> None:
    """Find a batch whose id was not written down before the crash: one of ours is of its size and holds its fingerprints."""
    known = nights.known_remote(night.store)
    for remote, requests in client.since(lost.at):
        if remote not in known and requests == lost.requests:
            nights.set_batch(night.store, lost.id, "submitted", remote=remote)
            return
    nights.set_batch(night.store, lost.id, "lost", back_to=BACK[lost.kind])


def _send(night: Night, client: Batches, kind: str, make: Make) -> int:
    """Send what waits in batches within the limits of number, bytes and budget; return how many calls were sent."""
    total = 0
    while found := nights.items(night.store, night.run, BACK[kind], limit=MOST_REQUESTS if kind == "first" else SLICE * 4):
        asked, names, worst = _gather(night, make(night, found))
        if not asked:
            if not nights.items(night.store, night.run, BACK[kind], limit=1):
                return total
            tally = nights.tally(night.store, night.run)
            left = sum(tally.get(s, 0) for s in BACK.values())
            raise BudgetSpent(f"the budget has no room for another call; {left} stories wait for the next run")
        batch = nights.intend(night.store, night.run, kind, names, requests=len(asked))
        _reserve(night, worst, batch, kind)
        remote = client.send(list(asked.values()))
        nights.set_batch(night.store, batch, "submitted", remote=remote)
        total += len(asked)
    return total


def _gather(night: Night, work: Iterator[asking.Asked]) -> tuple[dict[str, dict[str, Any]], dict[int, str], float]:
    """Return the requests of one batch by fingerprint, the items it carries, and the most it may cost."""
    asked: dict[str, dict[str, Any]] = {}
    names: dict[int, str] = {}
    room = ledger.room(night.store, night.run, night.limits) if night.limits else float("inf")
    half, held, worst = float(prices.table()["batch_factor"]), 0, 0.0
    for item, job, ask in work:
        if ask.name not in asked:
            size, price = len(str(ask.body)) + 200, asking.most(night, ask.body) * half
            if held + size > MOST_BYTES or len(asked) >= MOST_REQUESTS or worst + price > room:
                break
            held, worst = held + size, worst + price
            asked[ask.name] = {"custom_id": ask.name, "params": ask.body}
        names[item.id] = job.name
    return asked, names, worst


def _reserve(night: Night, usd: float, batch: str, kind: str) -> None:
    if not night.limits:
        return
    try:
        ledger.reserve(night.store, night.run, usd, night.limits, what=batch)
    except BudgetSpent:
        nights.set_batch(night.store, batch, "lost", back_to=BACK[kind])
        raise


def _collect(night: Night, client: Batches, batch: SentBatch) -> None:
    """Take in the results of a batch, in any order; safe to repeat, whatever was taken in before."""
    waiting: dict[str, list[Item]] = {}
    for item in nights.items(night.store, night.run, AWAY[batch.kind], limit=MOST_REQUESTS, batch=batch.id):
        waiting.setdefault(item.name, []).append(item)
    group: list[keeping.Came] = []
    met, shut = 0, None
    for name, message, error in client.results(batch.remote):
        met += name in waiting
        shut = error if isinstance(error, WriterShut) else shut
        group.append((name, batch.kind, message, error))
        if len(group) >= SLICE:
            _keep(night, group, waiting, batch)
            group = []
    _keep(night, group, waiting, batch)
    nights.set_batch(night.store, batch.id, "collected" if met or not waiting else "lost", back_to=BACK[batch.kind])
    ledger.settle_all(night.store, night.run, batch.id)
    if shut is not None:
        raise shut


def _keep(night: Night, group: Sequence[keeping.Came], waiting: dict[str, list[Item]], batch: SentBatch) -> None:
    tries = [
        Attempt(
            name=name, kind=kind, model=str((message or {}).get("model") or night.writer.model),
            usage=answers.usage(message) if message else Usage(),
            stop_reason=str((message or {}).get("stop_reason") or ""), error=str(error) if error else "",
        )
        for name, kind, message, error in group
        if name in waiting
    ]  # fmt: skip
    keeping.keep(night, [g for g in group if g[0] in waiting], waiting, tries, batch=batch.remote)
