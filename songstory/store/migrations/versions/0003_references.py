"""References: where a source itself has a fact from, in its own words. The keys of titles in parts, made alike: "Pt. II" and "Part 2"."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("fact", sa.Column("reference", sa.Text(), nullable=False, server_default=""))
    from songstory.matching import title_key

    track = sa.table("track", sa.column("id"), sa.column("title"), sa.column("title_key"))
    parted = sa.or_(*(sa.func.lower(track.c.title).like(f"%{word}%") for word in ("part", "pt")))
    connection = op.get_bind()
    for row in connection.execute(sa.select(track.c.id, track.c.title).where(parted)).all():
        connection.execute(sa.update(track).where(track.c.id == row.id).values(title_key=title_key(row.title)))
