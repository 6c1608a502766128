"""How a night works: its store, writer, mode and limits; what all its parts are handed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from sqlmodel import Session

from songstory import generation
from songstory.errors import RunStopped, StoreUnavailable
from songstory.generation import Prepared
from songstory.nightly.checkers import Checkers
from songstory.store import Store, leases, nights, rules, runs, slices
from songstory.store.cache import recipe_id
from songstory.store.leases import Lease
from songstory.work import Item, Part
from songstory.writers import Writer
from songstory.writers.pacing import Pacer

SLICE = 500  # items made ready at a time
PATIENCE = 600.0  # seconds that a night waits, with its answers, for a store that is away
Progress = Callable[[dict[str, int]], None]


@dataclass
class Night:
    """How to work: the writer, the mode (local, live or batch), the key, the limits in USD by run, day and month.

    `checkers` is how many processes check sentences, 0 for one a core. `poll` is how many seconds lie between two looks at a batch.
    """

    store: Store
    writer: Writer
    mode: str = "local"
    api_key: str = ""
    base_url: str = ""
    limits: dict[str, float] = field(default_factory=dict)
    language: str = "en"
    market: str = "world"
    in_flight: int = 64
    poll: float = 30.0
    progress: Progress | None = None
    sleep: Callable[[float], None] = time.sleep
    checkers: int = 0
    run: str = ""
    part: Part | None = None  # the slice of the night that is worked on; None: all of it, on this machine
    lease: Lease | None = None  # on the place of the night of one machine
    left: threading.Event = field(default_factory=threading.Event)  # set: give the slice back at the next chance
    pacer: Callable[[Callable[[], float]], Pacer] = Pacer
    stir: Callable[[], None] = lambda: None  # called while calls are waited for
    faults: int = 0
    next_count: float = 0.0
    pool: Checkers = field(default_factory=Checkers)
    warm: dict[str, float] = field(default_factory=dict)  # when each model last answered, by the monotonic clock

    def __post_init__(self) -> None:
        # on SQLite the threads of a night write in turn, not against each other; on PostgreSQL no answer waits for stories to be written
        self.writing: AbstractContextManager[object] = threading.Lock() if self.store.dialect == "sqlite" else nullcontext()

    def prepare(self, tracks: Sequence[str]) -> list[Prepared]:
        """Make tracks ready to be written in this night's language and market."""
        return list(generation.prepare_many(self.store, tracks, self.writer, language=self.language, market=self.market))

    def recipe(self) -> int:
        """Return the row of the way this night writes."""
        with self.store.session() as session:
            return recipe_id(self.store, session, generation.recipe(self.writer))

    @property
    def number(self) -> int:
        """The number of the slice, 0 without one."""
        return self.part.number if self.part else 0

    @property
    def purse(self) -> str:
        """What this night's reservations are kept under, apart from those of other workers."""
        return f"live-{self.number}" if self.part else "live"

    def items(self, status: str, *, limit: int = SLICE, batch: str = "") -> list[Item]:
        """Return the next items of one status that are ours to work on, the most wanted first."""
        return nights.items(self.store, self.run, status, limit=limit, batch=batch, part=self.number)

    def tally(self) -> dict[str, int]:
        """Return how many of our items have each status."""
        return nights.tally(self.store, self.run, self.part.number if self.part else None)

    def fence(self, session: Session) -> None:
        """Make sure, until the transaction ends, that what we work on is still ours. Raise LeaseLost."""
        if self.part:
            slices.fence(session, self.part)
        elif self.lease:
            leases.fence(session, self.lease)

    def paid(self, session: Session, calls: int, usd: float) -> bool:
        """Add what was paid for our slice, and return whether what we work on is still ours, as it is until the transaction ends."""
        if self.part:
            return slices.paid(session, self.part, calls, usd)
        return self.lease is None or leases.ours(session, self.lease)

    def go_on(self) -> None:
        """Raise RunStopped or SwitchedOff when a person wants no more calls, LeaseLost when our slice is another's."""
        with self.store.reading() as session:
            rules.must_be_on(session, "generation")
            if self.part:
                slices.still(session, self.part)
            else:
                self.fence(session)
        if self.left.is_set():
            raise RunStopped("this worker is leaving; another goes on with its slice")
        if who := runs.stop_asked(self.store, self.run):
            raise RunStopped(f"{who} stopped it; the next night goes on where it stood")

    def waits_for(self, away: StoreUnavailable) -> bool:
        """Whether a store that does not answer is waited for: a server comes back, a full disk or a locked file is for a person."""
        return self.part is not None or self.store.dialect == "postgresql"

    def show(self, *, last: bool = False) -> None:
        """Tell how far the night is; counting may take a twentieth of the time, so a long line is counted less often."""
        if self.progress and (last or time.monotonic() >= self.next_count):
            start = time.monotonic()
            counts = self.tally()
            self.next_count = time.monotonic() + 20 * (time.monotonic() - start)
            self.progress(counts)
