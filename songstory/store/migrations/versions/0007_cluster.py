"""Many machines: a night in slices, who works on them, the shared pace, trace ids; and how old code may be on this schema."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "slice",
        sa.Column("id", KEY, nullable=False, autoincrement=True),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("number", KEY, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False, server_default=""),
        sa.Column("epoch", KEY, nullable=False, server_default="0"),
        sa.Column("tries", KEY, nullable=False, server_default="0"),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("ready_at", MOMENT, nullable=False),
        sa.Column("queued_at", MOMENT, nullable=False),
        sa.Column("job_id", KEY, nullable=True),
        sa.Column("items", KEY, nullable=False, server_default="0"),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("tracks", sa.JSON(), nullable=True),
        sa.Column("calls", KEY, nullable=False, server_default="0"),
        sa.Column("usd", sa.Float(), nullable=False, server_default="0"),
        sa.Column("error", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_slice_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slice")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_slice_run_id_number")),
    )
    op.create_index("ix_slice_state", "slice", ["state", "ready_at"])
    op.create_table(
        "worker",
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", KEY, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("slice_id", KEY, nullable=True),
        sa.Column("done", KEY, nullable=False, server_default="0"),
        sa.Column("rate", sa.Float(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_worker")),
    )
    op.create_table(
        "bucket",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rate", sa.Float(), nullable=False),
        sa.Column("next_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bucket")),
    )
    op.create_table(
        "schema_note", sa.Column("oldest", sa.String(), nullable=False), sa.PrimaryKeyConstraint("oldest", name=op.f("pk_schema_note"))
    )
    op.execute("INSERT INTO schema_note (oldest) VALUES ('0007')")
    op.add_column("run", sa.Column("terms", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("run_item", sa.Column("slice", KEY, nullable=False, server_default="0"))
    op.add_column("batch", sa.Column("slice", KEY, nullable=False, server_default="0"))
    op.add_column("batch", sa.Column("cursor", KEY, nullable=False, server_default="0"))
    op.add_column("attempt", sa.Column("trace_id", sa.String(), nullable=False, server_default=""))
    op.drop_index("ix_run_item_status", "run_item")
    op.create_index("ix_run_item_status", "run_item", ["run_id", "slice", "status", sa.text("priority DESC"), "id"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":  # it stays as long as code may listen to it
        op.execute("DROP TRIGGER IF EXISTS publication_changed ON publication")
        op.execute("DROP FUNCTION IF EXISTS publication_changed()")
    op.drop_index("ix_run_item_status", "run_item")
    op.create_index("ix_run_item_status", "run_item", ["run_id", "status", sa.text("priority DESC"), "id"])
    for table, columns in {"attempt": ["trace_id"], "batch": ["slice", "cursor"], "run_item": ["slice"], "run": ["terms"]}.items():
        for column in columns:  # in place: making the table anew would cut what refers to it
            op.execute(f'ALTER TABLE {table} DROP COLUMN "{column}"')
    for table in ("schema_note", "bucket", "worker", "slice"):
        op.drop_table(table)
