"""The rows of imports: where a file stands, what it stated again, and the records that wait for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from songstory.store.columns import KEY, json_column, key, moment


class IntakeRow(SQLModel, table=True):
    """Where the import of one file stands; `position` is the byte after the last line that is safely in."""

    __tablename__ = "intake"
    id: int | None = key()
    name: str
    hash: str = Field(index=True)
    sources: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    position: int = Field(default=0, sa_type=KEY)
    line: int = Field(default=0, sa_type=KEY)
    added: dict[str, int] = json_column()
    rejected: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    started_at: datetime = moment(nullable=False)
    finished_at: datetime | None = moment()


class IntakeFactRow(SQLModel, table=True):
    """The facts that were there before and that a running import states again."""

    __tablename__ = "intake_fact"
    intake_id: int = Field(primary_key=True, foreign_key="intake.id", sa_type=KEY)
    fact_id: int = Field(primary_key=True, sa_type=KEY)


class MatchCaseRow(SQLModel, table=True):
    """A record that fits more than one track, or one not well enough; it waits for a person."""

    __tablename__ = "match_case"
    __table_args__ = (UniqueConstraint("source", "locator"),)
    id: int | None = key()
    source: str
    locator: str
    title: str
    artist_credit: str
    candidates: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    record: dict[str, Any] = json_column()
    track: str = ""
    actor: str = ""
    at: datetime = moment(nullable=False)
