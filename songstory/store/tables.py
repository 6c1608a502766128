"""The rows: one table class per stored model. Rows never leave `store/`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Index, Integer, LargeBinary, MetaData, Text, UniqueConstraint, types
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata: MetaData = SQLModel.metadata

_KEY = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in INTEGER keys


class Moment(types.TypeDecorator[datetime]):
    """An aware UTC time. SQLite hands times back naive, so the zone is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time must be aware; use datetime.now(timezone.utc)")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _key() -> Any:
    return Field(default=None, sa_column=Column(_KEY, primary_key=True, autoincrement=True))


def _json() -> Any:
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def _text(default: str = "") -> Any:
    return Field(default=default, sa_column=Column(Text, nullable=False))


def _moment(nullable: bool = True, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Moment, nullable=nullable, index=index))


def _ref(target: str, nullable: bool = False, index: bool = True) -> Any:
    return Field(default=None, foreign_key=target, nullable=nullable, index=index, sa_type=_KEY)


class EntityRow(SQLModel, table=True):
    __tablename__ = "entity"
    id: int | None = _key()
    uid: str = Field(unique=True)
    kind: str


class EntityNameRow(SQLModel, table=True):
    __tablename__ = "entity_name"
    __table_args__ = (UniqueConstraint("entity_id", "name", "kind", "locale"),)
    id: int | None = _key()
    entity_id: int = _ref("entity.id")
    name: str
    kind: str = "primary"
    locale: str = ""


class EntityIdentifierRow(SQLModel, table=True):
    __tablename__ = "entity_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)
    id: int | None = _key()
    entity_id: int = _ref("entity.id")
    scheme: str
    value: str


class TrackRow(SQLModel, table=True):
    __tablename__ = "track"
    id: int | None = _key()
    uid: str = Field(unique=True)
    recording_id: int = _ref("entity.id")
    title: str
    artist_credit: str
    length_ms: int | None = None
    first_release_date: str = ""
    popularity: int = 0
    src_fp: str = ""
    done_fp: str = ""


class TrackEntityRow(SQLModel, table=True):
    __tablename__ = "track_entity"
    track_id: int = Field(primary_key=True, foreign_key="track.id", sa_type=_KEY)
    entity_id: int = Field(primary_key=True, foreign_key="entity.id", sa_type=_KEY, index=True)
    relation: str = Field(primary_key=True)


class SourceRow(SQLModel, table=True):
    __tablename__ = "source"
    id: int | None = _key()
    key: str = Field(unique=True)
    name: str
    licence: str
    licence_url: str = ""
    attribution: str = _text()
    url: str = ""
    trust: int = 50
    independent_group: str = ""


class SourceRecordRow(SQLModel, table=True):
    __tablename__ = "source_record"
    __table_args__ = (UniqueConstraint("source_id", "locator"),)
    id: int | None = _key()
    source_id: int = _ref("source.id")
    locator: str
    revision: str = ""
    content_hash: str = ""
    last_seen: datetime = _moment(nullable=False)


class PassageRow(SQLModel, table=True):
    __tablename__ = "passage"
    id: int | None = _key()
    source_record_id: int = _ref("source_record.id")
    hash: str = Field(unique=True)
    text: str = _text()
    licence: str = ""


class FactRow(SQLModel, table=True):
    __tablename__ = "fact"
    __table_args__ = (Index("ix_fact_subject_id_predicate", "subject_id", "predicate"),)
    id: int | None = _key()
    key: str = Field(unique=True)
    subject_id: int = _ref("entity.id", index=False)
    predicate: str
    object_id: int | None = _ref("entity.id", nullable=True)
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    precision: str = ""
    qualifiers: dict[str, Any] = _json()
    rank: str = "normal"
    quote: str = _text()
    credited_as: str = ""
    passage_id: int | None = _ref("passage.id", nullable=True)
    source_record_id: int = _ref("source_record.id")
    licence: str = ""
    first_seen: datetime = _moment(nullable=False)
    retracted_at: datetime | None = _moment()


class FactFlagRow(SQLModel, table=True):
    __tablename__ = "fact_flag"
    __table_args__ = (UniqueConstraint("fact_id", "flag"),)
    id: int | None = _key()
    fact_id: int = _ref("fact.id")
    flag: str
    note: str = _text()
    actor: str = ""
    at: datetime = _moment(nullable=False)


class ConflictDecisionRow(SQLModel, table=True):
    __tablename__ = "conflict_decision"
    __table_args__ = (UniqueConstraint("subject_id", "predicate", "chosen_fact_id"),)
    id: int | None = _key()
    subject_id: int = _ref("entity.id")
    predicate: str
    chosen_fact_id: int = _ref("fact.id")
    actor: str
    comment: str = _text()
    at: datetime = _moment(nullable=False)


class DirtyRow(SQLModel, table=True):
    """Tracks whose facts changed since they were last written; kept by triggers, never by code."""

    __tablename__ = "dirty"
    __table_args__ = {"sqlite_autoincrement": True}
    seq: int | None = _key()
    track_id: int = Field(foreign_key="track.id", unique=True, sa_type=_KEY)
    cause: str


class RecipeRow(SQLModel, table=True):
    __tablename__ = "recipe"
    id: int | None = _key()
    uid: str = Field(unique=True)
    prompt_hash: str
    schema_hash: str
    model: str
    options: dict[str, Any] = _json()


class GenerationRow(SQLModel, table=True):
    __tablename__ = "generation"
    fingerprint: str = Field(primary_key=True)
    recipe_id: int | None = _ref("recipe.id", nullable=True)
    draft: dict[str, Any] = _json()
    created_at: datetime = _moment(nullable=False)


class AttemptRow(SQLModel, table=True):
    """The ledger: one row for every call that may have been paid for. An unknown cost is null, never 0."""

    __tablename__ = "attempt"
    id: int | None = _key()
    fingerprint: str = Field(index=True)
    run_id: int | None = _ref("run.id", nullable=True)
    model: str
    kind: str = "first"
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost_usd: float | None = None
    request_id: str = ""
    stop_reason: str = ""
    error: str = _text()
    at: datetime = _moment(nullable=False)


class ActorRow(SQLModel, table=True):
    __tablename__ = "actor"
    __table_args__ = (UniqueConstraint("iss", "sub"),)
    id: int | None = _key()
    name: str = Field(unique=True)
    iss: str | None = None
    sub: str | None = None
    role: str
    kind: str = "person"
    disabled: bool = False
    sessions_valid_after: datetime | None = _moment()


class ActionTokenRow(SQLModel, table=True):
    __tablename__ = "action_token"
    token: str = Field(primary_key=True)
    actor: str
    action: str
    revision_id: int | None = Field(default=None, sa_type=_KEY)
    expires_at: datetime = _moment(nullable=False)
    used_at: datetime | None = _moment()


class StoryRow(SQLModel, table=True):
    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("track_id", "collection_id", "language", "market", name="uq_story_subject"),
        Index("ix_story_status_updated_at", "status", "updated_at"),
    )
    id: int | None = _key()
    uid: str = Field(unique=True)
    track_id: int | None = _ref("track.id", nullable=True)
    collection_id: int = Field(default=0, sa_type=_KEY)  # 0: the subject is a track; collections come with their own table
    language: str = "en"
    market: str = "world"
    status: str
    stale_since: datetime | None = _moment()
    stale_reason: str = _text()
    risk: int = 0
    priority: int = 0
    problems: int = 0
    sentences: int = 0
    recipe_id: int | None = _ref("recipe.id", nullable=True)
    latest_revision_id: int | None = Field(default=None, sa_type=_KEY)
    live_revision_id: int | None = Field(default=None, sa_type=_KEY)
    updated_at: datetime = _moment(nullable=False)


class RevisionRow(SQLModel, table=True):
    """Never changed once written."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("story_id", "number"),)
    id: int | None = _key()
    uid: str = Field(unique=True)
    story_id: int = _ref("story.id")
    number: int
    base_id: int | None = _ref("revision.id", nullable=True, index=False)
    cards: dict[str, Any] = _json()
    verdicts: dict[str, Any] = _json()
    author: str
    author_kind: str
    recipe_id: int | None = _ref("recipe.id", nullable=True)
    facts_fingerprint: str = ""
    generation: str = ""
    comment: str = _text()
    created_at: datetime = _moment(nullable=False)


class RevisionFactRow(SQLModel, table=True):
    __tablename__ = "revision_fact"
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", sa_type=_KEY)
    fact_id: int = Field(primary_key=True, foreign_key="fact.id", sa_type=_KEY, index=True)


class ApprovalRow(SQLModel, table=True):
    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("revision_id", "actor"),)
    id: int | None = _key()
    revision_id: int = _ref("revision.id")
    actor: str
    comment: str = _text()
    at: datetime = _moment(nullable=False)


class PublicationRow(SQLModel, table=True):
    """The exact bytes served. Withdrawal leaves the row as a tombstone."""

    __tablename__ = "publication"
    id: int | None = _key()
    story_id: int = _ref("story.id")
    revision_id: int = _ref("revision.id")
    track_uid: str
    language: str
    market: str
    live: bool = True
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    etag: str
    published_at: datetime = _moment(nullable=False)
    withdrawn_at: datetime | None = _moment()
    __table_args__ = (Index("ix_publication_read", "track_uid", "language", "market", "live"),)


class EventRow(SQLModel, table=True):
    """The audit log: append only, a hash chain from its first row."""

    __tablename__ = "event"
    seq: int = Field(primary_key=True, sa_type=_KEY)
    act_id: str = Field(index=True)
    object: str = Field(index=True)
    action: str
    actor: str
    comment: str = _text()
    data: dict[str, Any] = _json()
    at: str
    prev_hash: str
    hash: str = Field(unique=True)


class RunRow(SQLModel, table=True):
    __tablename__ = "run"
    id: int | None = _key()
    uid: str = Field(unique=True)
    writer: str
    recipe_id: int | None = _ref("recipe.id", nullable=True)
    status: str
    started_at: datetime = _moment(nullable=False)
    finished_at: datetime | None = _moment()


class RunItemRow(SQLModel, table=True):
    __tablename__ = "run_item"
    __table_args__ = (UniqueConstraint("run_id", "track_id"), Index("ix_run_item_status", "run_id", "status"))
    id: int | None = _key()
    run_id: int = _ref("run.id")
    track_id: int = _ref("track.id")
    custom_id: str = Field(default="", index=True)
    batch_id: str = ""
    status: str
    tries: int = 0
    error: str = _text()
