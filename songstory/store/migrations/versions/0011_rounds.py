"""Approvals in rounds: a text that is submitted again may be approved again, by the same person too."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

MOMENT = sa.DateTime(timezone=True)
# a newest text that waits for its review was approved before, if at all: changes were asked for since, or it was reopened
WAITS = """UPDATE approval SET voided_at = at WHERE revision_id IN (
SELECT latest_revision_id FROM story WHERE status IN ('draft', 'in_review', 'changes_requested'))"""
# of one person's approvals of one text the step before knows but one
TWICE = "DELETE FROM approval WHERE id NOT IN (SELECT max(id) FROM approval GROUP BY revision_id, actor)"


def upgrade() -> None:
    with op.batch_alter_table("approval") as table:
        table.drop_constraint("uq_approval_revision_id_actor", type_="unique")
        table.add_column(sa.Column("voided_at", MOMENT, nullable=True))
    where = sa.text("voided_at IS NULL")
    op.create_index("uq_approval_standing", "approval", ["revision_id", "actor"], unique=True, sqlite_where=where, postgresql_where=where)
    op.execute(WAITS)


def downgrade() -> None:
    op.drop_index("uq_approval_standing", "approval")
    op.execute(TWICE)
    with op.batch_alter_table("approval") as table:
        table.drop_column("voided_at")
        table.create_unique_constraint("uq_approval_revision_id_actor", ["revision_id", "actor"])
