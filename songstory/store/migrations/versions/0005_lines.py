"""The line of a night in the order it is worked off: the next items are found without sorting all that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

COLUMNS = ["run_id", "status", sa.text("priority DESC"), "id"]


def upgrade() -> None:
    op.drop_index("ix_run_item_status", "run_item")
    op.create_index("ix_run_item_status", "run_item", COLUMNS)


def downgrade() -> None:
    op.drop_index("ix_run_item_status", "run_item")
    op.create_index("ix_run_item_status", "run_item", ["run_id", "status"])
