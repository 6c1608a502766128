"""Intake: keys to find a track by, where a file's import stands, what it stated again, and matches that wait for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("track", sa.Column("title_key", sa.String(), nullable=False, server_default=""))
    op.add_column("track", sa.Column("artist_key", sa.String(), nullable=False, server_default=""))
    _fill_keys()
    op.create_index("ix_track_title_key", "track", ["title_key"])
    op.create_index("ix_track_artist_key", "track", ["artist_key"])
    op.create_table(
        "intake",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("position", KEY, nullable=False),
        sa.Column("line", KEY, nullable=False),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_hash"), "intake", ["hash"])
    op.create_table(
        "intake_fact",
        sa.Column("intake_id", KEY, nullable=False),
        sa.Column("fact_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_intake_fact_intake_id_intake")),
        sa.PrimaryKeyConstraint("intake_id", "fact_id", name=op.f("pk_intake_fact")),
    )
    op.create_table(
        "match_case",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("locator", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("artist_credit", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_case")),
        sa.UniqueConstraint("source", "locator", name=op.f("uq_match_case_source_locator")),
    )


def _fill_keys() -> None:
    """Give every track of an older store its keys; `matching` names how they are made, and a later change refills them."""
    from songstory.matching import artist_key, title_key

    track = sa.table(
        "track", sa.column("id"), sa.column("title"), sa.column("artist_credit"), sa.column("title_key"), sa.column("artist_key")
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(track.c.id, track.c.title, track.c.artist_credit)).all():
        keys = {"title_key": title_key(row.title), "artist_key": artist_key(row.artist_credit)}
        connection.execute(sa.update(track).where(track.c.id == row.id).values(**keys))
