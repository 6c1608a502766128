"""What a night works on and what it used: the attempts of the ledger, the plan before it starts, the items it made ready."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pydantic import Field

from songstory.models import Usage, Value, now
from songstory.prices import Most


class Try(Value):
    """One call of a writer: who answered and what that used, or what went wrong; `paid` when it may have been paid for."""

    model: str = ""
    usage: Usage = Usage()
    stop_reason: str = ""
    error: str = ""
    paid: bool = True


class Attempt(Value):
    """One call as the ledger keeps it. `name` is the fingerprint, `kind` first or repair.

    `model` is the one that answered and `asked` the one that was asked for; `most` is what was reserved, and `paid` is False for a
    call that was surely not paid for.
    """

    name: str
    kind: str
    model: str
    asked: str = ""
    most: Most | None = None
    paid: bool = True
    usage: Usage = Usage()
    stop_reason: str = ""
    error: str = ""
    trace: str = ""
    at: datetime = Field(default_factory=now)


class Purse(Value):
    """What a call is paid from: the run it is for, "" for none, and the limits in USD by run, day and month."""

    run: str = ""
    limits: dict[str, float] = Field(default_factory=dict)


class Item(Value):
    """One track of a night. `name` is the fingerprint it was asked for under."""

    id: int
    track: str
    status: str
    name: str = ""
    tries: int = 0
    batch: str = ""


class SentBatch(Value):
    """One message batch of a night; `remote` is its id at Anthropic, "" until it is known."""

    id: str
    remote: str
    kind: str
    requests: int
    at: datetime
    cursor: int = 0


class Terms(Value):
    """What every worker on a night holds to: how it writes and checks, for whom, and what it may spend in USD by run, day, month.

    `recipe` and `verifier` are compared, so that a worker of another version takes nothing of this night.
    """

    recipe: str
    verifier: str
    language: str = "en"
    market: str = "world"
    limits: dict[str, float] = Field(default_factory=dict)


class Part(Value):
    """A slice of a night as one worker holds it: until another claims it, which changes `epoch`. `tries` counts the claims."""

    id: int
    run: str
    number: int
    epoch: int
    tries: int
    mode: str
    writer: str
    terms: Terms


class WorkerSeen(Value):
    """A worker as it last said where it is. `rate` is stories a second; `quiet` how many seconds ago it was heard."""

    id: str
    host: str
    pid: int
    version: str
    slice: int | None = None
    done: int = 0
    rate: float = 0.0
    quiet: float = 0.0


class Progress(Value):
    """How far a run is. `slices` by state (waiting, at work, done, set_aside, closed), `counts` of items by status,
    `failures` the commonest causes; `rate` stories a second, `left` the seconds that may be left at this rate, None if unknown.
    """

    run: str
    status: str
    note: str = ""
    started_at: datetime
    total: int = 0
    ended: int = 0
    counts: dict[str, int] = Field(default_factory=dict)
    slices: dict[str, int] = Field(default_factory=dict)
    workers: tuple[WorkerSeen, ...] = ()
    calls: int = 0
    usd: float = 0.0
    rate: float = 0.0
    left: float | None = None
    failures: tuple[tuple[str, int], ...] = ()
    set_aside: tuple[tuple[int, str], ...] = ()


class Plan(Value):
    """What a night would do: tracks by cause, calls, and what they may cost; None is unknown, never 0.

    `prefix` and `own` are the tokens of a prompt's standing part and of the rest, `counted` by Claude or guessed from their
    length; `prefix_short` when the standing part is shorter than what the model caches.
    """

    causes: dict[str, int]
    tracks: int
    sampled: int = 0
    calls: int | None = None
    usd: float | None = None
    usd_live: float | None = None
    model: str = ""
    mode: str = ""
    prefix: int = 0
    own: int = 0
    counted: bool = False
    prefix_short: bool | None = None


class Run(Value):
    """One night, or one `generate --all`."""

    id: str
    writer: str
    status: str
    started_at: datetime
    finished_at: datetime | None = None
    counts: dict[str, int] = Field(default_factory=dict)
    kind: str = "generate"
    note: str = ""
    stop_asked: str = ""


class Served(NamedTuple):
    """What the read API answers with: the stored bytes, or `live` False for what was withdrawn. No model: it is made on every read."""

    body: bytes
    etag: str
    language: str
    live: bool = True


class RunItem(Value):
    """One request in a run; `custom_id` is the fingerprint."""

    run: str
    track: str
    status: str
    title: str = ""
    custom_id: str = ""
    error: str = ""
