"""Whether a store can be worked on by who is connected: asked of the database itself, by a write that is rolled back and by its grants."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from songstory.errors import StoreError
from songstory.store import Store
from songstory.store.columns import metadata

_GRANTS = """
SELECT c.relname, p.name FROM pg_class c CROSS JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) p(name)
WHERE c.oid = ANY(ARRAY(SELECT to_regclass(n) FROM unnest(CAST(:tables AS text[])) n)) AND NOT has_table_privilege(c.oid, p.name)
ORDER BY c.relname, p.name
"""
_TOLD = 6  # missing grants that are named


def check(store: Store) -> list[tuple[str, bool, str]]:
    """Return what was looked at, whether it is well, and what it is or how to mend it."""
    found = [("store writes", *_write(store))]
    if store.dialect == "postgresql":
        found += [("store grants", *_grants(store)), ("cluster", *_cluster(store))]
    return found


def _write(store: Store) -> tuple[bool, str]:
    """Try a write and take it back."""
    try:
        with store.session() as session:
            session.execute(text("INSERT INTO lease (name, owner, epoch) VALUES ('doctor', '', 0)"))
            session.rollback()
    except StoreError as error:
        return False, str(error)
    return True, "a write was tried and taken back"


def _grants(store: Store) -> tuple[bool, str]:
    names = sorted({*metadata.tables, "alembic_version", "procrastinate_jobs", "procrastinate_events", "procrastinate_workers"})
    with store.reading() as session:
        rows: list[Any] = list(session.execute(text(_GRANTS), {"tables": names}))
    if not rows:
        return True, "every table may be read and written"
    more = f" and {len(rows) - _TOLD} more" if len(rows) > _TOLD else ""
    missing = ", ".join(f"{grant} on {table}" for table, grant in rows[:_TOLD])
    return False, f"missing: {missing}{more}; the owner: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ROLE"


def _cluster(store: Store) -> tuple[bool, str]:
    with store.reading() as session:
        there = session.execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar_one() is not None
    return True, "the tables of many machines are there" if there else "not made; for many machines the owner runs: songstory init"
