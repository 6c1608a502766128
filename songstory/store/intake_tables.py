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
    made: list[list[int]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))  # ranges of track ids
    report: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    act: str = ""  # that joins the events of its end
    started_at: datetime = moment(nullable=False)
    finished_at: datetime | None = moment()
    undone_at: datetime | None = moment()


class IntakeFactRow(SQLModel, table=True):
    """The facts that were there before and that a running import states again."""

    __tablename__ = "intake_fact"
    intake_id: int = Field(primary_key=True, foreign_key="intake.id", sa_type=KEY)
    fact_id: int = Field(primary_key=True, sa_type=KEY)


class MatchCaseRow(SQLModel, table=True):
    """A record that fits more than one track, or one not well enough; it waits for a person. `content` is what it says of itself."""

    __tablename__ = "match_case"
    __table_args__ = (UniqueConstraint("source", "content"),)
    id: int | None = key()
    source: str
    locator: str
    content: str
    title: str
    artist_credit: str
    candidates: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    record: dict[str, Any] = json_column()
    track: str = ""
    actor: str = ""
    intake_id: int = Field(default=0, sa_type=KEY)  # the import by which it was loaded once it was decided
    at: datetime = moment(nullable=False)


class PlacementRow(SQLModel, table=True):
    """To which track a record without identifiers was given, by what it says of itself: the same record goes there again."""

    __tablename__ = "placement"
    source: str = Field(primary_key=True)
    content: str = Field(primary_key=True)
    track_id: int = Field(foreign_key="track.id", index=True, sa_type=KEY)
    intake_id: int = Field(default=0, index=True, sa_type=KEY)  # the import that put it there


class UnsettledRow(SQLModel, table=True):
    """Tracks of which something new was said, and whose sources were not compared yet; written with the facts themselves."""

    __tablename__ = "unsettled"
    track_id: int = Field(primary_key=True, foreign_key="track.id", sa_type=KEY)
