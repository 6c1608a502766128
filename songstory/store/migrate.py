"""Brings a store to the newest schema: migrations ship in the package and run under a lock."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from songstory.errors import StoreError

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


def upgrade(engine: Engine) -> None:
    """Bring the store to the newest schema in one transaction. Raise StoreError when it is newer than this code."""
    with engine.connect().execution_options(reading=True) as connection:
        if version(connection) == head():
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = version(connection)
        known = {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}
        if found is not None and found not in known:
            raise StoreError(
                f"this store is of a newer songstory (schema {found}, this code knows up to {head()}); upgrade songstory to open it"
            )
        if found != head():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
