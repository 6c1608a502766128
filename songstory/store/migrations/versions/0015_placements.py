"""Records are known by what they say of themselves, not by their row; what is to be settled between sources is kept until it is."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

# whoever opens the store next settles them: an import that was cut off before left disputes without a flag
SEVERAL = """INSERT INTO unsettled (track_id) SELECT t.id FROM track t JOIN fact f ON f.subject_id = t.recording_id
JOIN source_record r ON r.id = f.source_record_id WHERE f.retracted_at IS NULL GROUP BY t.id HAVING count(DISTINCT r.source_id) > 1"""
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "placement",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("track_id", KEY, nullable=False),
        sa.Column("intake_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_placement_track_id_track")),
        sa.PrimaryKeyConstraint("source", "content", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_track_id", "placement", ["track_id"])
    op.create_index("ix_placement_intake_id", "placement", ["intake_id"])
    op.create_table(
        "unsettled",
        sa.Column("track_id", KEY, nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_unsettled_track_id_track")),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_unsettled")),
    )
    with op.batch_alter_table("intake") as table:
        table.add_column(sa.Column("made", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("report", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("act", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_track_title_key", "track")
    op.create_index("ix_track_keys", "track", ["title_key", "artist_key"])
    with op.batch_alter_table("match_case") as table:
        table.add_column(sa.Column("content", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("intake_id", KEY, nullable=False, server_default="0"))
    _by_content()
    with op.batch_alter_table("match_case") as table:
        table.drop_constraint("uq_match_case_source_locator", type_="unique")
        table.create_unique_constraint("uq_match_case_source_content", ["source", "content"])
    op.execute(SEVERAL)
    op.execute("UPDATE schema_note SET oldest = '0015'")  # code before it would look for waiting records by their row


def _by_content() -> None:
    """Know every case by what its record says of itself; of two that say the same, a decided one stays."""
    from songstory.records import Recording, content_of

    case = sa.table("match_case", *(sa.column(name) for name in ("id", "source", "locator", "record", "track", "content")))
    connection = op.get_bind()
    seen: dict[tuple[str, str], Any] = {}
    for row in connection.execute(sa.select(case).order_by(case.c.track == "", case.c.id)).all():
        record = json.loads(row.record) if isinstance(row.record, str) else row.record
        try:
            content = content_of(Recording.model_validate(record))
        except ValueError:
            content = f"locator {row.locator}"
        if (row.source, content) in seen:
            connection.execute(sa.delete(case).where(case.c.id == row.id))
            continue
        seen[row.source, content] = row.id
        connection.execute(sa.update(case).where(case.c.id == row.id).values(content=content))


def downgrade() -> None:
    op.execute("UPDATE schema_note SET oldest = '0010'")
    with op.batch_alter_table("match_case") as table:
        table.drop_constraint("uq_match_case_source_content", type_="unique")
    op.execute("DELETE FROM match_case WHERE id NOT IN (SELECT max(id) FROM match_case GROUP BY source, locator)")
    with op.batch_alter_table("match_case") as table:
        table.drop_column("content")
        table.drop_column("intake_id")
        table.create_unique_constraint("uq_match_case_source_locator", ["source", "locator"])
    op.drop_index("ix_track_keys", "track")
    op.create_index("ix_track_title_key", "track", ["title_key"])
    with op.batch_alter_table("intake") as table:
        for name in ("made", "report", "act", "undone_at"):
            table.drop_column(name)
    op.drop_table("unsettled")
    op.drop_table("placement")
