"""The rows: one table class per stored model. Rows never leave `store/`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from songstory.store.columns import KEY, json_column, key, moment, ref, text_column

_STANDING = text("voided_at IS NULL")


class EntityRow(SQLModel, table=True):
    __tablename__ = "entity"
    id: int | None = key()
    uid: str = Field(unique=True)
    kind: str


class EntityNameRow(SQLModel, table=True):
    __tablename__ = "entity_name"
    __table_args__ = (UniqueConstraint("entity_id", "name", "kind", "locale"),)
    id: int | None = key()
    entity_id: int = ref("entity.id")
    name: str
    kind: str = "primary"
    locale: str = ""


class EntityIdentifierRow(SQLModel, table=True):
    __tablename__ = "entity_identifier"
    __table_args__ = (UniqueConstraint("scheme", "value"),)
    id: int | None = key()
    entity_id: int = ref("entity.id")
    scheme: str
    value: str


class TrackRow(SQLModel, table=True):
    __tablename__ = "track"
    __table_args__ = (Index("ix_track_keys", "title_key", "artist_key"),)
    id: int | None = key()
    uid: str = Field(unique=True)
    recording_id: int = ref("entity.id")
    title: str
    artist_credit: str
    length_ms: int | None = None
    first_release_date: str = ""
    popularity: int = 0
    src_fp: str = ""
    done_fp: str = ""
    title_key: str = ""
    artist_key: str = Field(default="", index=True)


class TrackEntityRow(SQLModel, table=True):
    __tablename__ = "track_entity"
    track_id: int = Field(primary_key=True, foreign_key="track.id", sa_type=KEY)
    entity_id: int = Field(primary_key=True, foreign_key="entity.id", sa_type=KEY, index=True)
    relation: str = Field(primary_key=True)


class SourceRow(SQLModel, table=True):
    __tablename__ = "source"
    id: int | None = key()
    key: str = Field(unique=True)
    name: str
    licence: str
    licence_url: str = ""
    attribution: str = text_column()
    url: str = ""
    trust: int = 50
    independent_group: str = ""
    declared_by: str = ""  # the door it first came through; see ownership
    origin: str = ""  # sources of one origin do not corroborate one another; "" for those of an importer


class SourceRecordRow(SQLModel, table=True):
    __tablename__ = "source_record"
    __table_args__ = (UniqueConstraint("source_id", "locator"),)
    id: int | None = key()
    source_id: int = ref("source.id")
    locator: str
    revision: str = ""
    content_hash: str = ""
    last_seen: datetime = moment(nullable=False)


class PassageRow(SQLModel, table=True):
    __tablename__ = "passage"
    id: int | None = key()
    source_record_id: int = ref("source_record.id")
    hash: str = Field(unique=True)
    text: str = text_column()
    licence: str = ""


class FactRow(SQLModel, table=True):
    __tablename__ = "fact"
    __table_args__ = (Index("ix_fact_subject_id_predicate", "subject_id", "predicate"),)
    id: int | None = key()
    key: str = Field(unique=True)
    subject_id: int = ref("entity.id", index=False)
    predicate: str
    object_id: int | None = ref("entity.id", nullable=True)
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    precision: str = ""
    qualifiers: dict[str, Any] = json_column()
    rank: str = "normal"
    quote: str = text_column()
    credited_as: str = ""
    reference: str = text_column()
    passage_id: int | None = ref("passage.id", nullable=True)
    source_record_id: int = ref("source_record.id")
    licence: str = ""
    first_seen: datetime = moment(nullable=False)
    retracted_at: datetime | None = moment()


class FactFlagRow(SQLModel, table=True):
    __tablename__ = "fact_flag"
    __table_args__ = (UniqueConstraint("fact_id", "flag"),)
    id: int | None = key()
    fact_id: int = ref("fact.id")
    flag: str
    note: str = text_column()
    actor: str = ""
    at: datetime = moment(nullable=False)


class ConflictDecisionRow(SQLModel, table=True):
    __tablename__ = "conflict_decision"
    __table_args__ = (UniqueConstraint("subject_id", "predicate", "chosen_fact_id"),)
    id: int | None = key()
    subject_id: int = ref("entity.id")
    predicate: str
    chosen_fact_id: int = ref("fact.id")
    actor: str
    comment: str = text_column()
    at: datetime = moment(nullable=False)


class DirtyRow(SQLModel, table=True):
    """Tracks whose facts changed since they were last written; kept by triggers, never by code."""

    __tablename__ = "dirty"
    __table_args__ = {"sqlite_autoincrement": True}
    seq: int | None = key()
    track_id: int = Field(foreign_key="track.id", unique=True, sa_type=KEY)
    cause: str


class RecipeRow(SQLModel, table=True):
    __tablename__ = "recipe"
    id: int | None = key()
    uid: str = Field(unique=True)
    prompt_hash: str
    schema_hash: str
    model: str
    options: dict[str, Any] = json_column()


class GenerationRow(SQLModel, table=True):
    __tablename__ = "generation"
    fingerprint: str = Field(primary_key=True)
    recipe_id: int | None = ref("recipe.id", nullable=True)
    draft: dict[str, Any] = json_column()
    checked: bool = True  # False: paid for and kept, not yet looked at
    created_at: datetime = moment(nullable=False)


class AttemptRow(SQLModel, table=True):
    """The ledger: one row for every call that may have been paid for. An unknown cost is null, never 0."""

    __tablename__ = "attempt"
    id: int | None = key()
    fingerprint: str = Field(index=True)
    run_id: int | None = ref("run.id", nullable=True)
    model: str
    kind: str = "first"
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_read_tokens: int | None = None
    cache_write_tokens: int | None = None
    cost_usd: float | None = None
    request_id: str = ""
    stop_reason: str = ""
    error: str = text_column()
    batch_id: str = ""
    trace_id: str = ""
    at: datetime = moment(nullable=False, index=True)
    __table_args__ = (
        Index(
            "uq_attempt_batch", "batch_id", "fingerprint", "kind", unique=True,
            sqlite_where=text("batch_id <> ''"), postgresql_where=text("batch_id <> ''"),
        ),
    )  # fmt: skip


class SpendRow(SQLModel, table=True):
    """The ledger's sums by UTC day and run (0: of none), kept by a trigger; a lane is one of several rows that add up."""

    __tablename__ = "spend"
    day: str = Field(primary_key=True)
    run_id: int = Field(sa_type=KEY, primary_key=True, index=True)
    lane: int = Field(sa_type=KEY, primary_key=True)
    calls: int = Field(sa_type=KEY)
    usd: float


class ActorRow(SQLModel, table=True):
    __tablename__ = "actor"
    __table_args__ = (UniqueConstraint("iss", "sub"),)
    id: int | None = key()
    name: str = Field(unique=True)
    iss: str | None = None
    sub: str | None = None
    role: str
    kind: str = "person"
    disabled: bool = False
    sessions_valid_after: datetime | None = moment()


class ActionTokenRow(SQLModel, table=True):
    __tablename__ = "action_token"
    token: str = Field(primary_key=True)
    actor: str
    action: str
    revision_id: int | None = Field(default=None, sa_type=KEY)
    expires_at: datetime = moment(nullable=False)
    used_at: datetime | None = moment()


class StoryRow(SQLModel, table=True):
    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("track_id", "collection_id", "language", "market", name="uq_story_subject"),
        Index("ix_story_status_updated_at", "status", "updated_at"),
        Index("ix_story_queue", "status", text("risk DESC"), text("problems DESC"), text("priority DESC"), "id"),
        Index("ix_story_risk", text("risk DESC"), text("problems DESC"), text("priority DESC"), "id"),
        Index("ix_story_updated_at", "updated_at"),
    )
    id: int | None = key()
    uid: str = Field(unique=True)
    track_id: int | None = ref("track.id", nullable=True)
    collection_id: int = Field(default=0, sa_type=KEY)  # 0: the subject is a track; collections come with their own table
    language: str = "en"
    market: str = "world"
    status: str
    stale_since: datetime | None = moment()
    stale_reason: str = text_column()
    risk: int = 0
    priority: int = 0
    problems: int = 0
    sentences: int = 0
    recipe_id: int | None = ref("recipe.id", nullable=True)
    latest_revision_id: int | None = Field(default=None, sa_type=KEY)
    live_revision_id: int | None = Field(default=None, sa_type=KEY)
    updated_at: datetime = moment(nullable=False)


class RevisionRow(SQLModel, table=True):
    """Never changed once written."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("story_id", "number"),)
    id: int | None = key()
    uid: str = Field(unique=True)
    story_id: int = ref("story.id")
    number: int
    base_id: int | None = ref("revision.id", nullable=True, index=False)
    cards: dict[str, Any] = json_column()
    verdicts: dict[str, Any] = json_column()
    author: str
    author_kind: str
    recipe_id: int | None = ref("recipe.id", nullable=True)
    facts_fingerprint: str = ""
    generation: str = ""
    comment: str = text_column()
    created_at: datetime = moment(nullable=False)


class RevisionFactRow(SQLModel, table=True):
    __tablename__ = "revision_fact"
    revision_id: int = Field(primary_key=True, foreign_key="revision.id", sa_type=KEY)
    fact_id: int = Field(primary_key=True, foreign_key="fact.id", sa_type=KEY, index=True)


class ApprovalRow(SQLModel, table=True):
    __tablename__ = "approval"
    __table_args__ = (
        Index("uq_approval_standing", "revision_id", "actor", unique=True, sqlite_where=_STANDING, postgresql_where=_STANDING),
    )
    id: int | None = key()
    revision_id: int = ref("revision.id")
    actor: str
    comment: str = text_column()
    at: datetime = moment(nullable=False)
    voided_at: datetime | None = moment()  # a new round of review voids those before it, and who approved may do so again


class PublicationRow(SQLModel, table=True):
    """The exact bytes served. Withdrawal leaves the row as a tombstone."""

    __tablename__ = "publication"
    id: int | None = key()
    story_id: int = ref("story.id")
    revision_id: int = ref("revision.id")
    track_uid: str
    language: str
    market: str
    live: bool = True
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    etag: str
    published_at: datetime = moment(nullable=False)
    withdrawn_at: datetime | None = moment()
    __table_args__ = (Index("ix_publication_read", "track_uid", "language", "market", "live"),)


class EventRow(SQLModel, table=True):
    """The audit log: append only, a hash chain from its first row."""

    __tablename__ = "event"
    seq: int = Field(primary_key=True, sa_type=KEY)
    act_id: str = Field(index=True)
    object: str = Field(index=True)
    action: str
    actor: str
    comment: str = text_column()
    data: dict[str, Any] = json_column()
    at: str
    prev_hash: str
    hash: str = Field(unique=True)


class RunRow(SQLModel, table=True):
    __tablename__ = "run"
    id: int | None = key()
    uid: str = Field(unique=True)
    writer: str
    recipe_id: int | None = ref("recipe.id", nullable=True)
    status: str
    started_at: datetime = moment(nullable=False)
    finished_at: datetime | None = moment()
    kind: str = "generate"
    mode: str = "live"
    note: str = text_column()
    stop_asked: str = ""  # who asked for the run to stop
    terms: dict[str, Any] = json_column()  # of a night in slices: what every worker on it must hold to


class RunItemRow(SQLModel, table=True):
    __tablename__ = "run_item"
    __table_args__ = (
        UniqueConstraint("run_id", "track_id"),
        Index("ix_run_item_status", "run_id", "slice", "status", text("priority DESC"), "id"),
    )
    id: int | None = key()
    run_id: int = ref("run.id")
    track_id: int = ref("track.id")
    custom_id: str = Field(default="", index=True)
    batch_id: str = Field(default="", index=True)
    status: str
    tries: int = 0
    error: str = text_column()
    priority: int = Field(default=0, sa_type=KEY)
    seq: int | None = Field(default=None, sa_type=KEY)
    cause: str = ""
    slice: int = Field(default=0, sa_type=KEY)  # the number of its slice; 0 in a night on one machine


class BatchRow(SQLModel, table=True):
    """One message batch. It is written before it is sent, so that one whose id was lost can be found again."""

    __tablename__ = "batch"
    id: int | None = key()
    run_id: int = ref("run.id")
    remote_id: str = ""
    kind: str = "first"
    status: str  # intent, submitted, collected, lost
    requests: int = Field(sa_type=KEY)
    slice: int = Field(default=0, sa_type=KEY)
    cursor: int = Field(default=0, sa_type=KEY)  # how many of its results were taken in
    created_at: datetime = moment(nullable=False)


class ReservationRow(SQLModel, table=True):
    """What a run may still spend and has not spent yet; who has not settled it by `until` is gone, and it counts in full."""

    __tablename__ = "reservation"
    id: int | None = key()
    run: str
    usd: float
    model: str = ""
    at: datetime = moment(nullable=False)
    until: datetime | None = moment()
