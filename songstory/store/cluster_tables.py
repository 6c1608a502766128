"""The rows of leases, and of a night on many machines: its slices, the workers, the shared pace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from songstory.store.columns import KEY, json_column, key, moment, ref, text_column


class SliceRow(SQLModel, table=True):
    """A part of a night. One worker at a time holds it by a lease; `epoch` counts the holders, and only the last may write."""

    __tablename__ = "slice"
    __table_args__ = (UniqueConstraint("run_id", "number"), Index("ix_slice_state", "state", "ready_at"))
    id: int | None = key()
    run_id: int = ref("run.id", index=False)
    number: int = Field(sa_type=KEY)
    state: str  # open, done, set_aside, closed
    owner: str = ""
    epoch: int = Field(default=0, sa_type=KEY)
    tries: int = Field(default=0, sa_type=KEY)
    lease_until: datetime | None = moment()
    ready_at: datetime = moment(nullable=False)
    queued_at: datetime = moment(nullable=False)
    job_id: int | None = Field(default=None, sa_type=KEY)
    items: int = Field(default=0, sa_type=KEY)
    counts: dict[str, Any] = json_column()
    tracks: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))  # until its items are written
    calls: int = Field(default=0, sa_type=KEY)
    usd: float = 0.0
    error: str = text_column()


class LeaseRow(SQLModel, table=True):
    """Who holds the one place of a thing, such as the night of one machine; `until` is None when nobody does."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    owner: str = ""
    epoch: int = Field(default=0, sa_type=KEY)
    until: datetime | None = moment()


class PlaceRow(SQLModel, table=True):
    """A process that a page asked for: in line, or started and where it runs. `until` is when it is given up."""

    __tablename__ = "place"
    id: int | None = key()
    kind: str
    who: str
    run: str = ""
    given: dict[str, Any] = json_column()
    owner: str = ""
    asked_at: datetime = moment(nullable=False)
    started_at: datetime | None = moment()
    until: datetime = moment(nullable=False)


class WorkerRow(SQLModel, table=True):
    """A worker as it last said where it is; who has been silent for long is gone."""

    __tablename__ = "worker"
    uid: str = Field(primary_key=True)
    host: str
    pid: int = Field(sa_type=KEY)
    version: str
    started_at: datetime = moment(nullable=False)
    seen_at: datetime = moment(nullable=False)
    slice_id: int | None = Field(default=None, sa_type=KEY)
    done: int = Field(default=0, sa_type=KEY)
    rate: float = 0.0


class BucketRow(SQLModel, table=True):
    """The pace that all workers share: calls a second, and when (seconds of the database's clock) the next one may start."""

    __tablename__ = "bucket"
    name: str = Field(primary_key=True)
    rate: float
    next_at: float


class SchemaNoteRow(SQLModel, table=True):
    """One row: the oldest schema version whose code may work on this store, so that machines can be upgraded one by one."""

    __tablename__ = "schema_note"
    oldest: str = Field(primary_key=True)
