"""Of which facts a person cleared a sensitive matter: it is flagged again when the sources that this took no longer say it."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cleared_flag",
        sa.Column("fact_id", KEY, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fact_id"], ["fact.id"], name=op.f("fk_cleared_flag_fact_id_fact")),
        sa.PrimaryKeyConstraint("fact_id", name=op.f("pk_cleared_flag")),
    )
    _of_the_log()


def _of_the_log() -> None:
    """Take over the acts of which the log tells what the flag was there for; it does not tell it of old ones."""
    columns = ("fact_id", KEY), ("note", sa.Text()), ("actor", sa.String()), ("at", sa.DateTime(timezone=True))
    table = sa.table("cleared_flag", *(sa.column(name, kind) for name, kind in columns))
    event = sa.table("event", *(sa.column(name) for name in ("seq", "object", "action", "actor", "at")), sa.column("data", sa.JSON()))
    fact = sa.table("fact", sa.column("id", KEY), sa.column("key"))
    asked = sa.select(fact.c.id, event.c.actor, event.c.at, event.c.data).join(event, event.c.object == fact.c.key)
    rows = {
        fact_id: {"fact_id": fact_id, "note": data["note"], "actor": actor, "at": datetime.fromisoformat(at)}
        for fact_id, actor, at, data in op.get_bind().execute(asked.where(event.c.action == "fact.clear_flag").order_by(event.c.seq))
        if data.get("flag") == "sensitive" and data.get("note")
    }
    if rows:
        op.bulk_insert(table, list(rows.values()))


def downgrade() -> None:
    op.drop_table("cleared_flag")
