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
