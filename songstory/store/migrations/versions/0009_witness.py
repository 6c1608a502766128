"""Whose a source is, what was erased, and the name of the store itself: what the audit log is proven against."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IMPORTERS = ("musicbrainz", "wikidata", "wikipedia", "discogs")
SAMPLE = ("wikipedia-wikitext2", "wikipedia-2wiki", "billboard-number-ones")


def upgrade() -> None:
    op.create_table(
        "store_identity", sa.Column("uid", sa.String(), nullable=False), sa.PrimaryKeyConstraint("uid", name=op.f("pk_store_identity"))
    )
    op.execute(sa.text("INSERT INTO store_identity (uid) VALUES (:uid)").bindparams(uid=secrets.token_hex(8)))
    op.create_table(
        "erased",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("words", KEY, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "digest", name=op.f("pk_erased")),
    )
    # in place: making the table anew would cut what refers to it, its triggers among them
    for name in ("declared_by", "origin"):
        op.add_column("source", sa.Column(name, sa.String(), nullable=False, server_default=""))
    _own()


def _own() -> None:
    """Give every source that is there to the importer it came from: those of files to the file that brought it last."""
    connection = op.get_bind()
    source = sa.table("source", sa.column("id", KEY), sa.column("key"), sa.column("declared_by"), sa.column("origin"))
    intake = sa.table("intake", sa.column("id", KEY), sa.column("name"), sa.column("sources", sa.JSON()))
    files: dict[str, str] = {}
    for name, sources in connection.execute(sa.select(intake.c.name, intake.c.sources).order_by(intake.c.id)):
        files |= dict.fromkeys(sources or [], name)
    for row, key in list(connection.execute(sa.select(source.c.id, source.c.key))):
        if key == "house":
            owner, origin = "house", ""
        elif key in SAMPLE:
            owner, origin = "sample", ""
        elif key in IMPORTERS or key.startswith("ddex-"):
            owner, origin = f"importer {key}", ""
        else:
            owner, origin = f"file {files.get(key, key)}", "files"
        connection.execute(source.update().where(source.c.id == row).values(declared_by=owner, origin=origin))


def downgrade() -> None:
    for name in ("origin", "declared_by"):
        op.execute(f"ALTER TABLE source DROP COLUMN {name}")
    for table in ("erased", "store_identity"):
        op.drop_table(table)
