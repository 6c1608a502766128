"""The editors' desk: texts under way, what an admin set, the sources of a story, and the queue in the order it is read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ORDER = [sa.text("risk DESC"), sa.text("problems DESC"), sa.text("priority DESC"), "id"]


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("revision_id", KEY, nullable=False),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_working_copy_story_id_story")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_working_copy_revision_id_revision")),
        sa.PrimaryKeyConstraint("story_id", "actor", name=op.f("pk_working_copy")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "story_source",
        sa.Column("story_id", KEY, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_story_source_story_id_story")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_story_source_source_id_source")),
        sa.PrimaryKeyConstraint("story_id", "source_id", name=op.f("pk_story_source")),
    )
    op.create_index("ix_story_source_source_id", "story_source", ["source_id", "story_id"])
    op.execute(
        "INSERT INTO story_source (story_id, source_id) SELECT DISTINCT s.id, r.source_id FROM story s "
        "JOIN revision_fact c ON c.revision_id = s.latest_revision_id JOIN fact f ON f.id = c.fact_id "
        "JOIN source_record r ON r.id = f.source_record_id"
    )
    op.create_index("ix_story_queue", "story", ["status", *ORDER])
    op.create_index("ix_story_risk", "story", ORDER)
    op.create_index("ix_story_updated_at", "story", ["updated_at"])
    op.add_column("run", sa.Column("stop_asked", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.execute("ALTER TABLE run DROP COLUMN stop_asked")  # in place: making the table anew would cut what refers to it
    for name in ("ix_story_queue", "ix_story_risk", "ix_story_updated_at"):
        op.drop_index(name, "story")
    for table in ("story_source", "setting", "working_copy"):
        op.drop_table(table)
