"""The first schema: catalogue, facts, stories, cache, ledger, people, audit log, runs, and the triggers of the dirty set."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "action_token",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("revision_id", KEY, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_action_token")),
    )
    op.create_table(
        "actor",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("iss", sa.String(), nullable=True),
        sa.Column("sub", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("sessions_valid_after", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("iss", "sub", name=op.f("uq_actor_iss_sub")),
        sa.UniqueConstraint("name", name=op.f("uq_actor_name")),
    )
    op.create_table(
        "entity",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sa.UniqueConstraint("uid", name=op.f("uq_entity_uid")),
    )
    op.create_table(
        "event",
        sa.Column("seq", KEY, nullable=False),
        sa.Column("act_id", sa.String(), nullable=False),
        sa.Column("object", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_act_id"), "event", ["act_id"], unique=False)
    op.create_index(op.f("ix_event_object"), "event", ["object"], unique=False)
    op.create_table(
        "recipe",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("prompt_hash", sa.String(), nullable=False),
        sa.Column("schema_hash", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        sa.UniqueConstraint("uid", name=op.f("uq_recipe_uid")),
    )
    op.create_table(
        "source",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("licence_url", sa.String(), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("trust", sa.Integer(), nullable=False),
        sa.Column("independent_group", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("key", name=op.f("uq_source_key")),
    )
    op.create_table(
        "entity_identifier",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("entity_id", KEY, nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_entity_identifier_entity_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_identifier")),
        sa.UniqueConstraint("scheme", "value", name=op.f("uq_entity_identifier_scheme_value")),
    )
    op.create_index(op.f("ix_entity_identifier_entity_id"), "entity_identifier", ["entity_id"], unique=False)
    op.create_table(
        "entity_name",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("entity_id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_entity_name_entity_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_name")),
        sa.UniqueConstraint("entity_id", "name", "kind", "locale", name=op.f("uq_entity_name_entity_id_name_kind_locale")),
    )
    op.create_index(op.f("ix_entity_name_entity_id"), "entity_name", ["entity_id"], unique=False)
    op.create_table(
        "generation",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("recipe_id", KEY, nullable=True),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name=op.f("fk_generation_recipe_id_recipe")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_generation")),
    )
    op.create_index(op.f("ix_generation_recipe_id"), "generation", ["recipe_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("recipe_id", KEY, nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name=op.f("fk_run_recipe_id_recipe")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        sa.UniqueConstraint("uid", name=op.f("uq_run_uid")),
    )
    op.create_index(op.f("ix_run_recipe_id"), "run", ["recipe_id"], unique=False)
    op.create_table(
        "source_record",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("revision", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_record_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_record")),
        sa.UniqueConstraint("source_id", "locator", name=op.f("uq_source_record_source_id_locator")),
    )
    op.create_index(op.f("ix_source_record_source_id"), "source_record", ["source_id"], unique=False)
    op.create_table(
        "track",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("recording_id", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("artist_credit", sa.String(), nullable=False),
        sa.Column("length_ms", sa.Integer(), nullable=True),
        sa.Column("first_release_date", sa.String(), nullable=False),
        sa.Column("popularity", sa.Integer(), nullable=False),
        sa.Column("src_fp", sa.String(), nullable=False),
        sa.Column("done_fp", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["recording_id"], ["entity.id"], name=op.f("fk_track_recording_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track")),
        sa.UniqueConstraint("uid", name=op.f("uq_track_uid")),
    )
    op.create_index(op.f("ix_track_recording_id"), "track", ["recording_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("run_id", KEY, nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=True),
        sa.Column("output_tokens", sa.Integer(), nullable=True),
        sa.Column("cache_read_tokens", sa.Integer(), nullable=True),
        sa.Column("cache_write_tokens", sa.Integer(), nullable=True),
        sa.Column("cost_usd", sa.Float(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("stop_reason", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_attempt_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_fingerprint"), "attempt", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_attempt_run_id"), "attempt", ["run_id"], unique=False)
    op.create_table(
        "dirty",
        sa.Column("seq", KEY, autoincrement=True, nullable=False),
        sa.Column("track_id", KEY, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_dirty_track_id_track")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_dirty")),
        sa.UniqueConstraint("track_id", name=op.f("uq_dirty_track_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "passage",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source_record_id", KEY, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_record_id"], ["source_record.id"], name=op.f("fk_passage_source_record_id_source_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("hash", name=op.f("uq_passage_hash")),
    )
    op.create_index(op.f("ix_passage_source_record_id"), "passage", ["source_record_id"], unique=False)
    op.create_table(
        "run_item",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("track_id", KEY, nullable=False),
        sa.Column("custom_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_item_run_id_run")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_run_item_track_id_track")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_item")),
        sa.UniqueConstraint("run_id", "track_id", name=op.f("uq_run_item_run_id_track_id")),
    )
    op.create_index(op.f("ix_run_item_custom_id"), "run_item", ["custom_id"], unique=False)
    op.create_index(op.f("ix_run_item_run_id"), "run_item", ["run_id"], unique=False)
    op.create_index("ix_run_item_status", "run_item", ["run_id", "status"], unique=False)
    op.create_index(op.f("ix_run_item_track_id"), "run_item", ["track_id"], unique=False)
    op.create_table(
        "story",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("track_id", KEY, nullable=True),
        sa.Column("collection_id", KEY, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("stale_since", MOMENT, nullable=True),
        sa.Column("stale_reason", sa.Text(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("recipe_id", KEY, nullable=True),
        sa.Column("latest_revision_id", KEY, nullable=True),
        sa.Column("live_revision_id", KEY, nullable=True),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name=op.f("fk_story_recipe_id_recipe")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_story_track_id_track")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("track_id", "collection_id", "language", "market", name="uq_story_subject"),
        sa.UniqueConstraint("uid", name=op.f("uq_story_uid")),
    )
    op.create_index(op.f("ix_story_recipe_id"), "story", ["recipe_id"], unique=False)
    op.create_index("ix_story_status_updated_at", "story", ["status", "updated_at"], unique=False)
    op.create_index(op.f("ix_story_track_id"), "story", ["track_id"], unique=False)
    op.create_table(
        "track_entity",
        sa.Column("track_id", KEY, nullable=False),
        sa.Column("entity_id", KEY, nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_track_entity_entity_id_entity")),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_track_entity_track_id_track")),
        sa.PrimaryKeyConstraint("track_id", "entity_id", "relation", name=op.f("pk_track_entity")),
    )
    op.create_index(op.f("ix_track_entity_entity_id"), "track_entity", ["entity_id"], unique=False)
    op.create_table(
        "fact",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("predicate", sa.String(), nullable=False),
        sa.Column("object_id", KEY, nullable=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("precision", sa.String(), nullable=False),
        sa.Column("qualifiers", sa.JSON(), nullable=False),
        sa.Column("rank", sa.String(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("credited_as", sa.String(), nullable=False),
        sa.Column("passage_id", KEY, nullable=True),
        sa.Column("source_record_id", KEY, nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("retracted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["object_id"], ["entity.id"], name=op.f("fk_fact_object_id_entity")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_fact_passage_id_passage")),
        sa.ForeignKeyConstraint(["source_record_id"], ["source_record.id"], name=op.f("fk_fact_source_record_id_source_record")),
        sa.ForeignKeyConstraint(["subject_id"], ["entity.id"], name=op.f("fk_fact_subject_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
        sa.UniqueConstraint("key", name=op.f("uq_fact_key")),
    )
    op.create_index(op.f("ix_fact_object_id"), "fact", ["object_id"], unique=False)
    op.create_index(op.f("ix_fact_passage_id"), "fact", ["passage_id"], unique=False)
    op.create_index(op.f("ix_fact_source_record_id"), "fact", ["source_record_id"], unique=False)
    op.create_index("ix_fact_subject_id_predicate", "fact", ["subject_id", "predicate"], unique=False)
    op.create_table(
        "revision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("base_id", KEY, nullable=True),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("verdicts", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("author_kind", sa.String(), nullable=False),
        sa.Column("recipe_id", KEY, nullable=True),
        sa.Column("facts_fingerprint", sa.String(), nullable=False),
        sa.Column("generation", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["revision.id"], name=op.f("fk_revision_base_id_revision")),
        sa.ForeignKeyConstraint(["recipe_id"], ["recipe.id"], name=op.f("fk_revision_recipe_id_recipe")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_revision_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("story_id", "number", name=op.f("uq_revision_story_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_revision_uid")),
    )
    op.create_index(op.f("ix_revision_recipe_id"), "revision", ["recipe_id"], unique=False)
    op.create_index(op.f("ix_revision_story_id"), "revision", ["story_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_approval_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("revision_id", "actor", name=op.f("uq_approval_revision_id_actor")),
    )
    op.create_index(op.f("ix_approval_revision_id"), "approval", ["revision_id"], unique=False)
    op.create_table(
        "conflict_decision",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("predicate", sa.String(), nullable=False),
        sa.Column("chosen_fact_id", KEY, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["chosen_fact_id"], ["fact.id"], name=op.f("fk_conflict_decision_chosen_fact_id_fact")),
        sa.ForeignKeyConstraint(["subject_id"], ["entity.id"], name=op.f("fk_conflict_decision_subject_id_entity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_decision")),
        sa.UniqueConstraint(
            "subject_id", "predicate", "chosen_fact_id", name=op.f("uq_conflict_decision_subject_id_predicate_chosen_fact_id")
        ),
    )
    op.create_index(op.f("ix_conflict_decision_chosen_fact_id"), "conflict_decision", ["chosen_fact_id"], unique=False)
    op.create_index(op.f("ix_conflict_decision_subject_id"), "conflict_decision", ["subject_id"], unique=False)
    op.create_table(
        "fact_flag",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("fact_id", KEY, nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_fact_flag_fact_id_fact")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_flag")),
        sa.UniqueConstraint("fact_id", "flag", name=op.f("uq_fact_flag_fact_id_flag")),
    )
    op.create_index(op.f("ix_fact_flag_fact_id"), "fact_flag", ["fact_id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("track_uid", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("market", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_publication_story_id_story")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_index("ix_publication_read", "publication", ["track_uid", "language", "market", "live"], unique=False)
    op.create_index(op.f("ix_publication_revision_id"), "publication", ["revision_id"], unique=False)
    op.create_index(op.f("ix_publication_story_id"), "publication", ["story_id"], unique=False)
    op.create_table(
        "revision_fact",
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("fact_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_revision_fact_fact_id_fact")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_fact_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "fact_id", name=op.f("pk_revision_fact")),
    )
    op.create_index(op.f("ix_revision_fact_fact_id"), "revision_fact", ["fact_id"], unique=False)
    # ### end Alembic commands ###
    for statement in _sqlite_triggers() if op.get_bind().dialect.name == "sqlite" else _postgres_triggers():
        op.execute(sa.text(statement.replace(":", "\\:")) if ":" in statement else sa.text(statement))


def _sqlite_triggers() -> list[str]:
    def mark(name: str, table: str, when: str, row: str, tracks: str, condition: str = "") -> str:
        return f"""CREATE TRIGGER dirty_{name} AFTER {when} ON {table} {condition}
        BEGIN
            DELETE FROM dirty WHERE track_id IN ({tracks.format(row=row)});
            INSERT INTO dirty (track_id, cause) SELECT id, '{name}' FROM track WHERE id IN ({tracks.format(row=row)});
        END"""

    return [mark(name, table, when, row, tracks) for name, table, when, row, tracks in TRIGGERS]


def _postgres_triggers() -> list[str]:
    made = []
    for name, table, when, row, tracks in TRIGGERS:
        made.append(f"""CREATE FUNCTION dirty_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO dirty (track_id, cause) SELECT id, '{name}' FROM track WHERE id IN ({tracks.format(row=row)})
            ON CONFLICT (track_id) DO UPDATE SET seq = nextval(pg_get_serial_sequence('dirty', 'seq')), cause = excluded.cause;
            RETURN NULL;
        END $$""")
        made.append(f"CREATE TRIGGER dirty_{name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION dirty_{name}()")
    return made


# What makes a track dirty: facts, flags, decisions, names and links. {row} is NEW or OLD.
_BY_FACT = "SELECT te.track_id FROM track_entity te WHERE te.entity_id IN ({row}.subject_id, {row}.object_id)"
_BY_FLAG = "SELECT te.track_id FROM track_entity te JOIN fact f ON te.entity_id IN (f.subject_id, f.object_id) WHERE f.id = {row}.fact_id"
_BY_NAME = "SELECT te.track_id FROM track_entity te WHERE te.entity_id = {row}.entity_id"
_BY_SUBJECT = "SELECT te.track_id FROM track_entity te WHERE te.entity_id = {row}.subject_id"
_BY_LINK = "SELECT {row}.track_id"
TRIGGERS = [
    ("fact_added", "fact", "INSERT", "NEW", _BY_FACT),
    ("fact_changed", "fact", "UPDATE", "NEW", _BY_FACT),
    ("flag_set", "fact_flag", "INSERT", "NEW", _BY_FLAG),
    ("flag_cleared", "fact_flag", "DELETE", "OLD", _BY_FLAG),
    ("decided", "conflict_decision", "INSERT", "NEW", _BY_SUBJECT),
    ("undecided", "conflict_decision", "DELETE", "OLD", _BY_SUBJECT),
    ("name_added", "entity_name", "INSERT", "NEW", _BY_NAME),
    ("name_changed", "entity_name", "UPDATE", "NEW", _BY_NAME),
    ("name_removed", "entity_name", "DELETE", "OLD", _BY_NAME),
    ("linked", "track_entity", "INSERT", "NEW", _BY_LINK),
    ("unlinked", "track_entity", "DELETE", "OLD", _BY_LINK),
]
