"""A worker: takes slices of the night, one at a time, on any number of machines over one PostgreSQL.

Procrastinate hands the slices out; the lease and the epoch in our own rows decide who may write. A worker that is killed
loses its slice when the lease runs out, and whoever takes it goes on from the rows; one that comes back from the dead can
write nothing more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from songstory import generation, nightly, telemetry
from songstory.errors import (
    BudgetSpent,
    ConfigError,
    LeaseLost,
    RunStopped,
    SongstoryError,
    StoreUnavailable,
    SwitchedOff,
    WriterShut,
    WriterUnavailable,
)
from songstory.nightly import Night
from songstory.nightly.checkers import Checkers
from songstory.store import Store, addresses, ledger, nights, roster, slices
from songstory.store.watching import Watch
from songstory.work import Part, WorkerSeen
from songstory.workers import planning
from songstory.workers.pace import SharedPacer

log = logging.getLogger(__name__)
BEAT = 0.3  # seconds between two looks for slices that nobody holds, and for ones handed out again: both fit into the second of a takeover
SEEN = 4.0  # seconds between two words that we are there
STUCK = 2  # leases that one statement may take before its connection is cut
STILL = 4  # leases within which the work on a slice must have moved
WORTH_WAITING = 2.0  # seconds until a budget is looked at again that others have set something aside of


class _Later(Exception):
    """The slice waits for something outside; it is given back so that others may look, and others' slices be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


@dataclass
class Worker:
    """What a worker is made of. `night` makes the night of a slice: its writer, key, limits; `lease` is in seconds.

    `until_done` ends it when no slice is left; a slice that failed rests `back_off` seconds a try. `refused` says why it cannot
    go on, as when the night is of another version.
    """

    store: Store
    night: Callable[[Part], Night]
    lease: float = 30.0
    until_done: bool = False
    version: str = ""
    checkers: int = 0
    back_off: float = 5.0
    refused: str = ""
    done: int = 0
    left: threading.Event = field(default_factory=threading.Event)
    part: Part | None = None
    pool: Checkers = field(default_factory=Checkers)
    warm: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.uid = f"{socket.gethostname()}-{os.getpid()}-{time.time_ns() % 1_000_000:06d}"
        self._over: asyncio.Event | None = None
        self._moved, self._let_go = time.monotonic(), 0
        self._lately: deque[tuple[float, int]] = deque(maxlen=64)

    # the slice ---------------------------------------------------------------------------------------------------------

    def take(self, slice_id: int) -> None:
        """Work on a slice, if it is still to be had, until it is done or given back. This is the edge of a slice: nothing passes it."""
        part = None
        try:
            found = slices.look(self.store, slice_id)
            night = self._night(found) if found else None
            part = slices.claim(self.store, found, self.uid, self.lease) if found and night else None
            if part and night:
                about = {"run": part.run, "slice": part.number, "epoch": part.epoch, **generation.versions()}
                with telemetry.span("slice", **about):
                    self._work(part, night)
        except StoreUnavailable as away:
            log.warning("%s; the slice waits", away)
        except Exception as error:
            log.error(
                "slice failed",
                extra={"slice": slice_id, "why": str(error) if isinstance(error, SongstoryError) else type(error).__name__},
                exc_info=not isinstance(error, SongstoryError),
            )
            with contextlib.suppress(StoreUnavailable):
                if part:
                    slices.release(self.store, part, later=self.back_off * part.tries, error=_said(error), counted=True)
        finally:
            self.part = None

    def _night(self, part: Part) -> Night | None:
        """Return the night of a slice, None when this worker may not work on it, which it then says."""
        try:
            night = self.night(part)
        except ConfigError as error:  # a key or a model is missing here; other workers may have it
            self.refused = str(error)
            self._end()
            return None
        mine = planning.terms(night)
        if (mine.recipe, mine.verifier) != (part.terms.recipe, part.terms.verifier):
            self.refused = (
                f"night {part.run} writes as {part.terms.recipe} and checks as {part.terms.verifier}, this worker ({self.version}) as "
                f"{mine.recipe} and {mine.verifier}; bring it to the same version, then start it again"
            )
            self._end()
            return None
        night.run, night.left, night.pool, night.checkers, night.sleep = part.run, self.left, self.pool, self.checkers, _later
        night.warm, night.stir = self.warm, self._stir
        name = night.writer.model
        night.pacer = lambda clock: SharedPacer(clock, self.store, name)
        return night

    def _work(self, part: Part, night: Night) -> None:
        if part.tries > slices.TRIES:
            why = slices.last_error(self.store, part) or "its workers ended every time"
            log.error("slice set aside", extra={"night": part.run, "slice": part.number, "why": why})
            return slices.set_aside(self.store, part, f"slice {part.number} failed {slices.TRIES} times: {why}")
        self._stir()
        self.part = night.part = part
        night.progress = self._count(_ended(night.tally()))
        ledger.abandon(self.store, part.run, night.purse)  # of who held it before, and is gone
        try:
            night.go_on()
            slices.open_up(self.store, part)
            nightly.work(night)
            slices.finish(self.store, part)
            telemetry.count("slices", end="done")
        except LeaseLost:
            log.warning("slice taken over", extra={"night": part.run, "slice": part.number})
        except _Later as later:
            slices.release(self.store, part, later=later.seconds)
        except BudgetSpent as spent:
            self._out_of_money(part, night, spent)
        except (SwitchedOff, WriterShut, WriterUnavailable) as stopped:
            slices.halt(self.store, part.run, str(stopped))
        except RunStopped:
            slices.release(self.store, part)
        return None

    def _out_of_money(self, part: Part, night: Night, spent: BudgetSpent) -> None:
        """Stop the night, unless others have set something aside: what they do not spend is there again in a moment."""
        if ledger.held(self.store, part.run):
            slices.release(self.store, part, later=WORTH_WAITING)
        else:
            slices.halt(self.store, part.run, str(spent))

    def _count(self, ended: int) -> Callable[[dict[str, int]], None]:
        """Return what counts the stories of a slice as they end, beyond those that had ended when it was taken."""
        before = self.done - ended

        def step(counts: dict[str, int]) -> None:
            self.done = before + _ended(counts)
            self._lately.append((time.monotonic(), self.done))

        return step

    @property
    def rate(self) -> float:
        """Stories a second, over the last minute."""
        recent = [(at, n) for at, n in self._lately if at > time.monotonic() - 60]
        if len(recent) < 2 or self.part is None:
            return 0.0
        (start, first), (end, last) = recent[0], recent[-1]
        return (last - first) / (end - start) if end > start else 0.0

    # beside the slice ----------------------------------------------------------------------------------------------------

    def _beat(self) -> None:
        """Hold the slice, say that we are there, and hand out again what others lost; until the worker ends."""
        renewed, seen, away = time.monotonic(), time.monotonic(), False
        while not self._ended.wait(BEAT):
            try:
                if time.monotonic() - renewed >= self.lease / 3:
                    self._renew()
                    renewed = time.monotonic()
                if time.monotonic() - seen >= SEEN:
                    self._tell()
                    seen = time.monotonic()
                slices.rescue(self.store)
                if self.until_done and not self.part and not slices.any_open(self.store):
                    self._end()
                away = False
            except StoreUnavailable as error:
                if not away:
                    log.warning("%s; waiting for it", error)
                away = True

    def _stir(self, thread: str = "") -> None:
        """Note that the work moves: a statement came through that is none of the beat's own, or calls are waited for."""
        if thread != "beat":
            self._moved = time.monotonic()

    def _moves(self) -> bool:
        return time.monotonic() - self._moved <= self.lease * STILL

    def _renew(self) -> None:
        """Hold the slice for longer, while the work on it moves; what hangs is left to others, and fenced off when it wakes."""
        part = self.part
        if part and not self._moves():
            if part.id != self._let_go:
                log.error("the work on a slice does not move; it is let go", extra={"night": part.run, "slice": part.number})
            self._let_go = part.id
        elif part:
            with contextlib.suppress(LeaseLost):  # the next write of the slice meets it too, and ends the work on it
                slices.renew(self.store, part, self.lease)

    def _tell(self) -> None:
        part = self.part
        roster.seen(
            self.store,
            WorkerSeen(
                id=self.uid, host=socket.gethostname(), pid=os.getpid(), version=self.version, slice=part.id if part else None,
                done=self.done, rate=self.rate,
            ),
        )  # fmt: skip

    def run(self) -> None:
        """Work until told to end (SIGTERM, SIGINT), or until all is done. Raise ConfigError when it may not go on.

        A store that goes away is waited for. What is under way when the worker is told to end is brought home and kept, and
        its slice given back.
        """
        self._ended = threading.Event()
        beat = threading.Thread(target=self._beat, daemon=True, name="beat")
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what it tells is told here, in one line
        planning.ready(self.store)
        addresses.reach(self.store)
        self._tell()
        watch = Watch(self.store, self.lease * STUCK, self._stir)
        beat.start()
        try:
            with self._signals(), watch:
                asyncio.run(self._serve())
        finally:
            self.left.set()
            self._ended.set()
            beat.join()
            self.pool.close()
            with contextlib.suppress(StoreUnavailable):
                roster.gone(self.store, self.uid)
        if self.refused:
            raise ConfigError(self.refused)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        over = asyncio.create_task(self._over.wait())
        while not self._over.is_set():
            serving = asyncio.create_task(self._engine())
            await asyncio.wait({serving, over}, return_when=asyncio.FIRST_COMPLETED)
            if self._over.is_set():
                serving.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):  # the store went away; what waits there waits in our rows too
                await serving
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(over), 1.0)
        over.cancel()

    async def _engine(self) -> None:
        """Take jobs from Procrastinate until it ends, as it does when the store goes away."""
        import procrastinate

        app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=addresses.conninfo(self.store.engine), min_size=1, max_size=4)
        )

        @app.task(name=slices.TASK, queue=slices.QUEUE)
        def work(slice: int) -> None:
            if not self.left.is_set():
                self.take(slice)

        async with app.open_async():
            await app.run_worker_async(
                queues=[slices.QUEUE], name=self.uid, concurrency=1, install_signal_handlers=False, delete_jobs="always",
                fetch_job_polling_interval=BEAT,
            )  # fmt: skip

    def _end(self) -> None:
        """Take no more slices, and give back the one we hold."""
        self.left.set()
        if self._over is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: who asked for the end came after it
                self._loop.call_soon_threadsafe(self._over.set)

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {s: signal.signal(s, lambda *_: self._end()) for s in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _ended(counts: dict[str, int]) -> int:
    return sum(n for status, n in counts.items() if status not in nights.OPEN)


def _later(seconds: float) -> None:
    raise _Later(seconds)


def _said(error: BaseException) -> str:
    return str(error) if isinstance(error, SongstoryError) else f"{type(error).__name__}: {error}"
