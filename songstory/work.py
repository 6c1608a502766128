"""What a night works on and what it used: the attempts of the ledger, the plan before it starts, the items it made ready."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from songstory.models import Usage, Value, now


class Attempt(Value):
    """One call that may have been paid for, as the ledger keeps it. `name` is the fingerprint, `kind` first or repair."""

    name: str
    kind: str
    model: str
    usage: Usage = Usage()
    stop_reason: str = ""
    error: str = ""
    at: datetime = Field(default_factory=now)


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


class RunItem(Value):
    """One request in a run; `custom_id` is the fingerprint."""

    run: str
    track: str
    status: str
    title: str = ""
    custom_id: str = ""
    error: str = ""
