"""What was spent, summed by day and run as the ledger grows; on PostgreSQL, who serves publications is told that one changed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# on PostgreSQL each connection adds to a lane of its own: two that add to one row would wait for each other's commit
SUM = """INSERT INTO spend (day, run_id, lane, calls, usd)
VALUES ({day}, coalesce(NEW.run_id, 0), {lane}, 1, coalesce(NEW.cost_usd, 0))
ON CONFLICT (day, run_id, lane) DO UPDATE SET calls = spend.calls + 1, usd = spend.usd + excluded.usd;"""


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "spend",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("lane", KEY, nullable=False),
        sa.Column("calls", KEY, nullable=False),
        sa.Column("usd", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("day", "run_id", "lane", name=op.f("pk_spend")),
    )
    op.create_index("ix_spend_run_id", "spend", ["run_id"])
    day = "to_char({}at AT TIME ZONE 'UTC', 'YYYY-MM-DD')" if postgres else "substr({}at, 1, 10)"
    if postgres:
        body = SUM.format(day=day.format("NEW."), lane="pg_backend_pid() % 64")
        op.execute(f"CREATE FUNCTION attempt_spent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
        op.execute("CREATE TRIGGER attempt_spent AFTER INSERT ON attempt FOR EACH ROW EXECUTE FUNCTION attempt_spent()")
        # some stores have this trigger from the step before, in a form of it that was never released
        op.execute(
            "CREATE OR REPLACE FUNCTION publication_changed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_notify('songstory_publication', ''); RETURN NULL; END $$"
        )
        op.execute(
            "CREATE OR REPLACE TRIGGER publication_changed AFTER INSERT OR UPDATE OR DELETE ON publication "
            "FOR EACH STATEMENT EXECUTE FUNCTION publication_changed()"
        )
    else:
        op.execute(f"CREATE TRIGGER attempt_spent AFTER INSERT ON attempt BEGIN {SUM.format(day=day.format('NEW.'), lane=0)} END")
    # after the trigger, whose lock keeps those out who write meanwhile: what is written is counted by one of the two, and once
    op.execute(
        "INSERT INTO spend (day, run_id, lane, calls, usd) "
        f"SELECT {day.format('')}, coalesce(run_id, 0), 0, count(*), coalesce(sum(cost_usd), 0) FROM attempt GROUP BY 1, 2"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER attempt_spent ON attempt")
        op.execute("DROP FUNCTION attempt_spent()")
    else:
        op.execute("DROP TRIGGER attempt_spent")
    op.drop_table("spend")
