"""Reservations end, and say for which model they are; the one place of a night is held by a lease, and by no connection."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("reservation", sa.Column("model", sa.String(), nullable=False, server_default=""))
    op.add_column("reservation", sa.Column("until", MOMENT, nullable=True))
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("epoch", KEY, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    # code before this step keeps another lock: a night of it would run beside one of ours
    op.execute("UPDATE schema_note SET oldest = '0010'")


def downgrade() -> None:
    op.execute("UPDATE schema_note SET oldest = '0007'")
    op.drop_table("lease")
    for column in ("until", "model"):  # in place, as in 0007
        op.execute(f'ALTER TABLE reservation DROP COLUMN "{column}"')
