"""Brings a store to the newest schema: migrations ship in the package and run under a lock."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from songstory.errors import StoreError
from songstory.store import backups, is_step

log = logging.getLogger(__name__)
_WAY_OUT = "restore a backup, or write the version of the songstory that last opened it into the table alembic_version"
FOLDER = Path(__file__).parent / "migrations"
_LOCK = 0x50E6_5707  # the advisory lock of songstory's migrations on PostgreSQL


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def head() -> str:
    """Return the newest schema version this code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def version(connection: Connection) -> str | None:
    """Return the schema version of the store behind `connection`, None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def _found(connection: Connection) -> str | None:
    """Return the schema version of a store that this code may bring up. Raise StoreError for one that it does not know."""
    heads = MigrationContext.configure(connection).get_current_heads()
    known = {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}
    if not heads and inspect(connection).has_table("track"):  # bringing it up from nothing would fail midway
        raise StoreError(f"this store does not say of which version it is; {_WAY_OUT}")
    if len(heads) > 1 or any(h not in known and not is_step(h) for h in heads):
        raise StoreError(f"this store says that it is of version {', '.join(map(repr, heads))}, which no songstory has; {_WAY_OUT}")
    found = heads[0] if heads else None
    if found is not None and found not in known:
        raise StoreError(
            f"this store is of a newer songstory (schema {found}, this code knows up to {head()}); upgrade songstory to open it"
        )
    return found


def upgrade(engine: Engine) -> None:
    """Bring the store to the newest schema in one transaction, after a copy of an SQLite file was kept beside it.

    A store on PostgreSQL is in other hands' care: the steps are one transaction there too, so what fails leaves it as it was.
    Raise StoreError when it is newer than this code, or when there is no room for the copy.
    """
    with engine.connect().execution_options(reading=True) as connection:
        if MigrationContext.configure(connection).get_current_heads() == (head(),):
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '10min'"))  # another machine may be bringing a large store up
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _found(connection)
        if found != head():
            if found is not None and engine.url.database not in {None, "", ":memory:"} and engine.dialect.name == "sqlite":
                kept = backups.keep_before_step(Path(str(engine.url.database)), found)
                log.warning("the schema is brought up; a copy of the store as it was is kept", extra={"schema": found, "copy": str(kept)})
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
