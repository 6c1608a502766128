"""Nights: how a run works and what it may cost, which drafts were checked, message batches, and reservations of a budget."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("run", sa.Column("kind", sa.String(), nullable=False, server_default="generate"))
    op.add_column("run", sa.Column("mode", sa.String(), nullable=False, server_default="live"))
    op.add_column("run", sa.Column("note", sa.Text(), nullable=False, server_default=""))
    op.add_column("run_item", sa.Column("priority", KEY, nullable=False, server_default="0"))
    op.add_column("run_item", sa.Column("seq", KEY, nullable=True))
    op.add_column("run_item", sa.Column("cause", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_run_item_batch_id", "run_item", ["batch_id"])
    op.add_column("generation", sa.Column("checked", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("attempt", sa.Column("batch_id", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_attempt_at", "attempt", ["at"])
    op.create_index(
        "uq_attempt_batch", "attempt", ["batch_id", "fingerprint", "kind"], unique=True,
        sqlite_where=sa.text("batch_id <> ''"), postgresql_where=sa.text("batch_id <> ''"),
    )  # fmt: skip
    op.create_table(
        "batch",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("remote_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("requests", KEY, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_batch_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_run_id"), "batch", ["run_id"])
    op.create_table(
        "reservation",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("usd", sa.Float(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
