"""Asks Claude for many answers at once: the one asynchronous room of the house, on the SDK's aiohttp transport.

A call frees its place only when its answer is kept: `keep` commits whole groups of answers, so that a crash repeats no
more than what was in flight. A 429 parks its own call only; one without a time to come back is the spending limit and
stops the run, and so does an outage that outlasts `PATIENCE`; what was not asked stays with the caller.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import queue
import random
import threading
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from songstory import telemetry
from songstory.errors import ConfigError, WriterError, WriterShut, WriterUnavailable
from songstory.prices import Most
from songstory.work import Attempt
from songstory.writers import answers
from songstory.writers.pacing import Breaker, Pacer

TRIES = 5  # for faults; a call that is told when to come back may come back oftener
RETURNS = 50
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
LONGEST_PARK = 3_600.0  # told to come back later than this is an end
PATIENCE = 1_800.0  # seconds of outage after which a run stops
AHEAD = 256  # calls made ready before their turn
STIR = 2.0  # seconds that nothing is done at most
GATHER = 0.005  # seconds that answers are gathered before they are kept: fewer transactions, for little of the time of a call


@dataclass(frozen=True)
class Ask:
    """One call: its fingerprint, its kind (first or repair), the body of the request and the most tokens it may use."""

    name: str
    body: dict[str, Any]
    kind: str = "first"
    most: Most | None = None


@dataclass(frozen=True)
class Answer:
    """What became of a call: the message, or the error; and a ledger row for every try."""

    ask: Ask
    message: dict[str, Any] | None
    error: WriterError | None
    tries: tuple[Attempt, ...]


@dataclass(order=True)
class _Work:
    due: float
    number: int
    ask: Ask = field(compare=False)
    tries: list[Attempt] = field(default_factory=list, compare=False)
    faults: int = field(default=0, compare=False)


Keep = Callable[[Sequence[Answer]], None]
_END = object()


def write_many(
    asks: Iterable[Ask],
    keep: Keep,
    *,
    api_key: str,
    base_url: str | None = None,
    limit: int = 64,
    timeout: float = 60.0,
    jitter: Callable[[], float] = random.random,
    pacer: Callable[[Callable[[], float]], Pacer] = Pacer,
    warm: bool = False,
    stir: Callable[[], None] = lambda: None,
) -> Generator[Answer, None, None]:
    """Yield the answers to `asks` as they come, each kept before it is yielded; at most `limit` calls are under way.

    `asks` is read by a thread of its own, a little ahead; `pacer` makes what says how fast to ask, given the clock; `warm` says
    that the prefix is cached and the limits are known, so that no call need come before all others; `stir` is called now and then
    while calls are waited for. Stops early, with what is
    under way brought home, at the spending limit or a long outage: the last answer then carries that error. Raise what `keep`
    or `asks` raise, ConfigError without a key.
    """
    if not api_key:
        raise ConfigError("no key for Claude; set SONGSTORY_ANTHROPIC_API_KEY, or write with the composer: --writer composer")
    room = _Room(asks, keep, limit, jitter, pacer, warm, stir)
    thread = threading.Thread(target=room.run, args=(api_key, base_url, timeout), daemon=True)
    thread.start()
    try:
        while (item := room.out.get()) is not _END:
            yield item
    finally:
        room.stop()
        thread.join()
    if room.broken is not None:
        raise room.broken


class _Room:
    """The state of one fan-out. All but `keep` and the reading of `asks` happens on its own event loop."""

    def __init__(
        self,
        asks: Iterable[Ask],
        keep: Keep,
        limit: int,
        jitter: Callable[[], float],
        pacer: Callable[[Callable[[], float]], Pacer],
        warm: bool,
        stir: Callable[[], None] = lambda: None,
    ) -> None:
        self.stir = stir
        self.asks, self.keep, self.limit, self.jitter, self.new_pacer, self.warm = asks, keep, limit, jitter, pacer, warm
        self.out: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.broken: BaseException | None = None
        self.stopping = False
        self._answered: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._parked: list[_Work] = []
        self._ahead = threading.Semaphore(AHEAD)
        self._under_way = self._number = 0
        self._all_read = False

    def stop(self) -> None:
        """Ask for nothing more; what is under way comes home."""
        self.stopping = True
        self._ahead.release()

    def run(self, api_key: str, base_url: str | None, timeout: float) -> None:
        """Serve until every call has its answer or the run stops."""
        try:
            asyncio.run(self._main(api_key, base_url, timeout))
        except BaseException as error:  # noqa: BLE001  handed to the caller's thread, which raises it
            self.broken = self.broken or error
        self.out.put(_END)

    async def _main(self, api_key: str, base_url: str | None, timeout: float) -> None:
        import anthropic
        import httpx2  # the SDK's own

        self.sdk, self.http, self.loop = anthropic, httpx2, asyncio.get_running_loop()
        self.ready: asyncio.Queue[_Work] = asyncio.Queue()
        self.pacer, self.breaker = self.new_pacer(self.loop.time), Breaker(self.loop.time)
        self.moved = asyncio.Event()
        client = anthropic.AsyncAnthropic(
            api_key=api_key,
            base_url=base_url or None,
            max_retries=0,
            timeout=timeout,
            http_client=anthropic.DefaultAioHttpClient(),
            **answers.own_tracing_off(anthropic.AsyncAnthropic),
        )
        self.client = client
        threads = [threading.Thread(target=t, daemon=True) for t in (self._read, self._commit)]
        for thread in threads:
            thread.start()
        try:
            async with client:
                if not self.warm:
                    await self._first_alone()
                await asyncio.gather(*(self._worker() for _ in range(self.limit)))
        finally:
            self.pacer.close()
        self.stop()
        self._answered.put(_END)
        await asyncio.gather(*(asyncio.to_thread(t.join) for t in threads))

    # threads beside the loop -----------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read `asks` a little ahead of the calls."""
        try:
            for ask in self.asks:
                self._ahead.acquire()
                if self.stopping:
                    break
                self._number += 1
                self.loop.call_soon_threadsafe(self._put, _Work(0.0, self._number, ask))
        except BaseException as error:  # noqa: BLE001  raised again in the caller's thread
            self._break(error)
        self.loop.call_soon_threadsafe(self._read_all)

    def _read_all(self) -> None:
        self._all_read = True
        self._wake()

    def _put(self, work: _Work) -> None:
        self.ready.put_nowait(work)
        self._wake()

    def _commit(self) -> None:
        """Keep whatever answers wait, all in one group, then free their places; the next group gathers meanwhile."""
        while (first := self._answered.get()) is not _END:
            group = [first]
            try:  # all of it: a thread that died without a word would leave every place taken for ever
                self._gather(group)
                self.keep([answer for answer, _ in group])
            except BaseException as error:  # noqa: BLE001  raised again in the caller's thread
                self._break(error)
            else:
                for answer, _ in group:
                    self.out.put(answer)
            self.loop.call_soon_threadsafe(self._free, [done for _, done in group])

    def _gather(self, group: list[Any]) -> None:
        """Add to a group what comes within a moment."""
        time.sleep(GATHER)
        while not self._answered.empty() and len(group) < 1_000:
            if (item := self._answered.get()) is _END:
                self._answered.put(_END)
                break
            group.append(item)

    def _free(self, places: list[asyncio.Future[None]]) -> None:
        for place in places:
            place.set_result(None)

    def _break(self, error: BaseException) -> None:
        self.broken = self.broken or error
        self.stopping = True
        self._ahead.release()

    # on the loop -----------------------------------------------------------------------------------------------------

    def _wake(self) -> None:
        self.moved.set()

    async def _first_alone(self) -> None:
        """Let one answer come before all others start: it tells the limits, and the prefix is cached for the rest."""
        while not self.stopping and not (self._all_read and not self._pending):
            if (work := self._next()) is not None:
                await self._do(work)
                return
            await self._pause(None)

    async def _worker(self) -> None:
        while True:
            if self.stopping or (self._all_read and not self._pending and not self._under_way):
                self._wake()
                return
            if self._pending and not self.breaker.closed and not self.breaker.may_probe():
                if self.breaker.down_for > PATIENCE:
                    self.stopping = True
                await self._pause(0.2)
                continue
            work = self._next()
            if work is None:
                await self._pause(max(self._parked[0].due - self.loop.time(), 0.001) if self._parked else None)
                continue
            self._under_way += 1
            await self.pacer.turn()
            self._under_way -= 1
            await self._do(work)

    @property
    def _pending(self) -> int:
        return self.ready.qsize() + len(self._parked)

    def _next(self) -> _Work | None:
        if self._parked and self._parked[0].due <= self.loop.time():
            return heapq.heappop(self._parked)
        return None if self.ready.empty() else self.ready.get_nowait()

    async def _pause(self, longest: float | None) -> None:
        """Wait until something moved, or so many seconds."""
        self.stir()
        self.moved.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.moved.wait(), STIR if longest is None else min(longest, STIR))

    async def _do(self, work: _Work) -> None:
        self._under_way += 1
        try:
            message, error = await self._call(work)
            if isinstance(error, WriterUnavailable) and self._again(work, error):
                return
            if isinstance(error, WriterShut):
                self.stopping = True
            self._ahead.release()
            place = self.loop.create_future()
            self._answered.put((Answer(work.ask, message, error, tuple(work.tries)), place))
            await place
        finally:
            self._under_way -= 1
            self._wake()

    async def _call(self, work: _Work) -> tuple[dict[str, Any] | None, WriterError | None]:
        with telemetry.call(work.ask.body, generation=work.ask.name, kind=work.ask.kind) as call:
            return await self._told(work, call)

    async def _told(self, work: _Work, call: telemetry.Call) -> tuple[dict[str, Any] | None, WriterError | None]:
        ask = work.ask
        try:
            answer = await self._post(orjson.dumps(ask.body))
            self.pacer.read(answer.headers)
            message = answers.decode(answer.content, answer.headers.get("request-id", ""))
        except WriterError as error:
            return None, self._failed(work, error, call)
        except Exception as error:  # noqa: BLE001  the one border at which the SDK's faults are sorted
            response = getattr(error, "response", None)
            if response is not None:
                self.pacer.read(response.headers)
            return None, self._failed(work, answers.fault(error, self.sdk), call)
        self.breaker.well()
        used = answers.usage(message)
        self.pacer.used((used.input_tokens or 0) + (used.cache_write_tokens or 0), used.output_tokens or 0)
        model, stop = answers.word(message, "model") or str(ask.body["model"]), answers.word(message, "stop_reason")
        call.answered(message, used)
        work.tries.append(
            Attempt(
                name=ask.name, kind=ask.kind, model=model, asked=str(ask.body["model"]), most=ask.most, usage=used,
                stop_reason=stop, trace=call.trace,
            )
        )  # fmt: skip
        return message, None

    async def _post(self, body: bytes) -> Any:
        """Send a body as it is. `messages.create` would copy it field by field and build a model of the answer, which nobody reads."""
        headers = {"content-type": "application/json"}
        return await self.client.post("/v1/messages", cast_to=self.http.Response, content=body, options={"headers": headers})

    def _failed(self, work: _Work, error: WriterError, call: telemetry.Call) -> WriterError:
        call.failed(error)
        ask, model = work.ask, str(work.ask.body["model"])
        work.tries.append(
            Attempt(
                name=ask.name, kind=ask.kind, model=model, asked=model, most=ask.most, error=str(error), paid=error.paid,
                trace=call.trace,
            )
        )  # fmt: skip
        if isinstance(error, WriterUnavailable) and error.retry_after is None and not isinstance(error, WriterShut):
            self.breaker.fault()
        return error

    def _again(self, work: _Work, error: WriterUnavailable) -> bool:
        """Park a call that may come back; False when it has come back often enough, or the run is over."""
        if self.stopping or isinstance(error, WriterShut):
            return False
        if error.retry_after is not None:
            if error.retry_after > LONGEST_PARK or len(work.tries) >= RETURNS:
                return False
            wait = error.retry_after
        else:
            work.faults += 1
            if work.faults >= TRIES:
                return False
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (work.faults - 1)) * self.jitter()
        work.due = self.loop.time() + wait
        heapq.heappush(self._parked, work)
        return True
