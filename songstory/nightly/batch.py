"""A night by message batches, at half the price: sent whole, found again after a crash, collected in any order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from songstory import prices, telemetry
from songstory.errors import BatchNotFound, BudgetSpent, WriterShut, WriterUnavailable
from songstory.models import Usage
from songstory.nightly import asking, items, keeping
from songstory.nightly.setup import SLICE, Night
from songstory.store import ledger, sent
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
    unsure = [_find(night, client, lost) for lost in sent.batches(night.store, night.run, "intent", night.number)]
    out = sent.batches(night.store, night.run, "submitted", night.number)
    collected = sum(_look(night, client, b) for b in out)
    items.check_all(night, "answered")
    items.check_all(night, "mended")
    more = _send(night, client, "first", asking.first) + _send(night, client, "repair", asking.repairs)
    waits = bool(out or any(unsure))
    if waits and not (collected or more):
        night.sleep(night.poll)
    return bool(waits or more or any(night.items(s, limit=1) for s in ("pending", "answered", "mended")))


def _look(night: Night, client: Batches, batch: SentBatch) -> bool:
    """Collect a batch if it has ended; one that is not known any more is given up, and what it carried goes back in line."""
    try:
        if not client.ended(batch.remote):
            return False
        with telemetry.span("batch.collect", batch=batch.remote, requests=batch.requests):
            _collect(night, client, batch)
    except BatchNotFound as error:
        log.warning("batch %s: %s", batch.remote, error)
        _set(night, batch, "lost", back_to=BACK[batch.kind])
        ledger.settle_all(night.store, night.run, batch.id)
    return True


def _find(night: Night, client: Batches, lost: SentBatch) -> bool:
    """Find a batch whose id was not written down before the crash: of ours in number, and it answers for our fingerprints.

    Return True while that cannot be told: batches of this number are still under way, and their results tell whose they are.
    """
    names = {i.name for i in night.items(AWAY[lost.kind], limit=MOST_REQUESTS, batch=lost.id)}
    unsure, known = False, sent.known_remote(night.store)
    for remote, requests in client.since(lost.at):
        if remote in known or requests != lost.requests:
            continue
        if not client.ended(remote):
            unsure = True
        elif next((name in names for name, _, _ in client.results(remote)), False):
            _set(night, lost, "submitted", remote=remote)
            return False
    if not unsure:
        _set(night, lost, "lost", back_to=BACK[lost.kind])
        ledger.settle_all(night.store, night.run, lost.id)
    return unsure


def _set(night: Night, batch: SentBatch, status: str, *, remote: str | None = None, back_to: str = "") -> None:
    sent.set_batch(night.store, batch.id, status, fence=night.fence, remote=remote, back_to=back_to)


def _send(night: Night, client: Batches, kind: str, make: Make) -> int:
    """Send what waits in batches within the limits of number, bytes and budget; return how many calls were sent."""
    total = 0
    while found := night.items(BACK[kind], limit=MOST_REQUESTS if kind == "first" else SLICE * 4):
        asked, names, worst = _gather(night, make(night, found))
        if not asked:
            if not night.items(BACK[kind], limit=1):
                return total
            tally = night.tally()
            left = sum(tally.get(s, 0) for s in BACK.values())
            raise BudgetSpent(f"the budget has no room for another call; {left} stories wait for the next run")
        night.go_on()
        batch = sent.intend(night.store, night.run, kind, names, requests=len(asked), part=night.number, fence=night.fence)
        _reserve(night, worst, batch, kind)
        with telemetry.span("batch.send", requests=len(asked), kind=kind):
            remote = client.send(list(asked.values()))
        sent.set_batch(night.store, batch, "submitted", fence=night.fence, remote=remote)
        total += len(asked)
    return total


def _gather(night: Night, work: Iterator[asking.Asked]) -> tuple[dict[str, dict[str, Any]], dict[int, str], float]:
    """Return the requests of one batch by fingerprint, the items it carries, and the most it may cost."""
    asked: dict[str, dict[str, Any]] = {}
    names: dict[int, str] = {}
    room = ledger.room(night.store, night.run, night.limits) if night.limits else float("inf")
    held, worst = 0, 0.0
    for item, job, ask in work:
        if ask.name not in asked:
            size, price = len(str(ask.body)) + 200, asking.most(night, ask, batch=True)
            if held + size > MOST_BYTES or len(asked) >= MOST_REQUESTS or worst + price > room:
                break
            held, worst = held + size, worst + price
            asked[ask.name] = {"custom_id": ask.name, "params": ask.body}
        names[item.id] = job.name
    return asked, names, worst


def _reserve(night: Night, usd: float, batch: str, kind: str) -> None:
    try:
        ledger.reserve(night.store, night.run, usd, night.limits, what=batch, model=night.writer.model, seconds=ledger.HOLD_BATCH)
    except BudgetSpent:
        sent.set_batch(night.store, batch, "lost", fence=night.fence, back_to=BACK[kind])
        raise


def _collect(night: Night, client: Batches, batch: SentBatch) -> None:
    """Take in the results of a batch, in any order, from where the last worker stopped; safe to repeat.

    What still waits after that is looked for from the beginning before it goes back in line: results may come in another order.
    """
    waiting: dict[str, list[Item]] = {}
    for item in night.items(AWAY[batch.kind], limit=MOST_REQUESTS, batch=batch.id):
        waiting.setdefault(item.name, []).append(item)
    met, shut = _take_in(night, client, batch, waiting, batch.cursor)
    if batch.cursor and len(met) < len(waiting):
        more, again = _take_in(night, client, batch, {n: i for n, i in waiting.items() if n not in met}, 0)
        met, shut = met | more, shut or again
    _set(night, batch, "collected" if met or not waiting else "lost", back_to=BACK[batch.kind])
    ledger.settle_all(night.store, night.run, batch.id)
    if shut is not None:
        raise shut


def _take_in(
    night: Night, client: Batches, batch: SentBatch, waiting: dict[str, list[Item]], start: int
) -> tuple[set[str], WriterShut | None]:
    """Read results from line `start` on and keep those that are waited for; return which, and what shut the run if anything did."""
    met: set[str] = set()
    shut: WriterShut | None = None
    lines = enumerate(client.results(batch.remote), 1)
    for group in iter(lambda: list(islice(lines, SLICE)), []):
        came = [(name, batch.kind, message, error) for n, (name, message, error) in group if n > start and name in waiting]
        shut = next((e for *_, e in came if isinstance(e, WriterShut)), shut)
        met |= {name for name, *_ in came}
        _keep(night, came, waiting, batch, cursor=group[-1][0])
    return met, shut


def _keep(night: Night, group: Sequence[keeping.Came], waiting: dict[str, list[Item]], batch: SentBatch, cursor: int) -> None:
    tries = [
        Attempt(
            name=name, kind=kind, model=answers.word(message or {}, "model") or night.writer.model, asked=night.writer.model,
            most=prices.MOST, paid=message is not None, usage=answers.usage(message) if message else Usage(),
            stop_reason=answers.word(message or {}, "stop_reason"), error=str(error) if error else "", trace=telemetry.ids()[0],
        )
        for name, kind, message, error in group
    ]  # fmt: skip
    keeping.keep(night, group, waiting, tries, batch=batch.remote, also=lambda session: sent.set_cursor(session, batch.id, cursor))
