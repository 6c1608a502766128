"""Which two facts a publisher let stand on one card of a song, though together they accuse somebody."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cleared_pair",
        sa.Column("track_id", KEY, nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["track.id"], name=op.f("fk_cleared_pair_track_id_track")),
        sa.PrimaryKeyConstraint("track_id", "first", "second", name=op.f("pk_cleared_pair")),
    )


def downgrade() -> None:
    op.drop_table("cleared_pair")
