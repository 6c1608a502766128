"""The rows of the editors' desk: texts under way, what an admin set, and which sources a story rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from songstory.store.columns import KEY, json_column, moment, text_column


class WorkingCopyRow(SQLModel, table=True):
    """What one person has typed and not saved yet, on top of the revision they read."""

    __tablename__ = "working_copy"
    story_id: int = Field(primary_key=True, foreign_key="story.id", sa_type=KEY)
    actor: str = Field(primary_key=True)
    revision_id: int = Field(foreign_key="revision.id", sa_type=KEY)
    cards: dict[str, Any] = json_column()
    updated_at: datetime = moment(nullable=False)


class SettingRow(SQLModel, table=True):
    """What an admin set for the whole house: a switch that is off, a budget."""

    __tablename__ = "setting"
    name: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    actor: str
    at: datetime = moment(nullable=False)


class StorySourceRow(SQLModel, table=True):
    """Which sources the newest text of a story cites; the queue is filtered by it."""

    __tablename__ = "story_source"
    __table_args__ = (Index("ix_story_source_source_id", "source_id", "story_id"),)
    story_id: int = Field(primary_key=True, foreign_key="story.id", sa_type=KEY)
    source_id: int = Field(primary_key=True, foreign_key="source.id", sa_type=KEY)


class ClearedFlagRow(SQLModel, table=True):
    """A fact of which a person cleared the flag of a sensitive matter, and the note that the flag had: for what it was there."""

    __tablename__ = "cleared_flag"
    fact_id: int = Field(primary_key=True, foreign_key="fact.id", sa_type=KEY)
    note: str = text_column()
    actor: str
    at: datetime = moment(nullable=False)


class ClearedPairRow(SQLModel, table=True):
    """Two facts that a publisher let stand on one card of a song, though together they accuse somebody."""

    __tablename__ = "cleared_pair"
    track_id: int = Field(primary_key=True, foreign_key="track.id", sa_type=KEY)
    first: str = Field(primary_key=True)
    second: str = Field(primary_key=True)
    actor: str
    comment: str = text_column()
    at: datetime = moment(nullable=False)
