"""The store: one database, SQLite or PostgreSQL, brought to the newest schema when it is opened."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import DateTime, Engine, bindparam, create_engine, event, func, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import Session

from songstory import private_files
from songstory.errors import StoreError, StoreUnavailable
from songstory.storable import storable
from songstory.store import addresses, foreign, hearing
from songstory.store.heads import Head, HeadFile, Key, beside

BUSY_SECONDS = 30
HEAD = "0015"  # the newest schema version; a test holds it against the migrations
_PART = 900  # ids in one question
_LOCK_TIMEOUT = f"SELECT set_config('lock_timeout', '{BUSY_SECONDS}s', false) WHERE current_setting('lock_timeout') = '0'"


class Store:
    """An open store. Safe to share between threads; `session` lends one session for one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.heads: HeadFile | None = None  # where heads of the audit log are kept outside of the store
        self._uid = ""
        self.run_rows: dict[str, int] = {}  # the row of a run by its id; neither ever changes
        self._local = threading.local()
        self._kept: weakref.WeakSet[OwnConnection] = weakref.WeakSet()

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @property
    def url(self) -> str:
        """The address without its password."""
        return addresses.shown(self.engine.url)

    def reading(self) -> contextlib.AbstractContextManager[Session]:
        """Lend a session for reading; it waits for no writer and keeps none waiting."""
        return self.session(self.engine.execution_options(reading=True))

    @contextlib.contextmanager
    def session(self, engine: Engine | None = None) -> Iterator[Session]:
        """Lend a session for one transaction: committed when the block ends, rolled back when it raises.

        What it took down is served by nobody when this returns.
        """
        with Session(engine or self.engine, expire_on_commit=False) as session:
            try:
                yield session
                session.commit()
                self._keep_head(session)
                hearing.told(session)
            except foreign.errors() as error:
                with contextlib.suppress(*foreign.errors()):
                    session.rollback()
                raise foreign.in_words(error) from error
            except BaseException:
                session.rollback()
                raise

    def _keep_head(self, session: Session) -> None:
        """Append the end of the audit log to the file of heads, when this transaction wrote to it."""
        if self.heads is None or "head" not in session.info:
            return
        seq, digest, at = session.info.pop("head")
        if not self._uid:
            with self.engine.connect().execution_options(reading=True) as connection:
                self._uid = str(connection.execute(text("SELECT uid FROM store_identity")).scalar_one_or_none() or "")
        self.heads.append(Head(seq=seq, hash=digest, at=at, store=self._uid))

    def raw(self) -> Any:
        """Return this thread's kept driver connection for the one hot read; read only, never inside a transaction."""
        kept = getattr(self._local, "kept", None)
        if kept is None:
            kept = self._local.kept = self.own_connection()
        return kept.driver

    def own_connection(self) -> OwnConnection:
        """Open a driver connection outside of the pool, closed with the last who holds it or with the store."""
        own = OwnConnection(self.engine)
        self._kept.add(own)
        return own

    def forget_raw(self) -> None:
        """Give this thread's kept connection up; the next read opens another."""
        kept, self._local.kept = getattr(self._local, "kept", None), None
        if kept is not None:
            kept.close()

    def close(self) -> None:
        """Close all connections, those of other threads too."""
        for own in list(self._kept):
            own.close()
        self._local = threading.local()
        self.engine.dispose()


class OwnConnection:
    """A driver connection that commits each statement by itself.

    It never goes back to the pool, where the next session would work without a transaction. A store in memory has but one
    connection, which is lent and not closed.
    """

    def __init__(self, engine: Engine) -> None:
        lent = engine.raw_connection()
        driver: Any = lent.driver_connection
        self.driver = driver
        if isinstance(engine.pool, StaticPool):
            self.close: Callable[[], Any] = lent.close
            return
        lent.detach()
        self.close = weakref.finalize(self, driver.close)
        if engine.dialect.name != "sqlite":
            driver.autocommit = True


def open_store(url: str = "sqlite:///songstory.db", *, create: bool = True, heads: Path | None = None, key: Key | None = None) -> Store:
    """Open the store at `url` and bring its schema up to date, under a lock.

    `url` is an SQLAlchemy address: `sqlite:///file.db`, or `postgresql://user@host/name` with the extra `postgres`.
    `heads` is the file that the heads of the audit log are appended to, by default one beside a store on SQLite; `key` signs them.
    Raise StoreError when it is malformed, out of reach, not writable, made by a newer songstory, or missing with
    `create=False`.
    """
    address = addresses.read(url)
    _check_file(address, create)
    store = Store(_engine(address))
    kept = heads or _beside(address)
    store.heads = HeadFile(kept, key) if kept else None
    try:
        if not _up_to_date(store.engine):
            from songstory.store.migrate import upgrade  # loaded late: it takes a while, and is seldom needed

            upgrade(store.engine)
    except (DBAPIError, sqlite3.Error) as error:
        store.close()
        kind = StoreUnavailable if isinstance(error, foreign.AWAY) else StoreError
        raise kind(f"{store.url}: {foreign.first_line(error)}; check the address and that the database accepts connections") from error
    except StoreError:
        store.close()
        raise
    return store


def _beside(address: URL) -> Path | None:
    in_file = address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:"
    return beside(Path(address.database or "")) if in_file else None


def _up_to_date(engine: Engine) -> bool:
    """Whether this code may work on the store as it is: of the newest schema, or of a newer one that says old code is welcome."""
    try:
        with engine.connect().execution_options(reading=True) as connection:
            told = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
            if told == [HEAD]:
                return True
            newer = len(told) == 1 and is_step(told[0]) and told[0] > HEAD
            return newer and bool(connection.execute(text("SELECT max(oldest) FROM schema_note")).scalar_one() <= HEAD)
    except DBAPIError:  # what cannot be asked, such as an empty database, has no schema
        return False


def is_step(version: str) -> bool:
    """Whether this is the name of a step of our schema, known or not: four digits."""
    return len(version) == 4 and version.isascii() and version.isdecimal()


def _check_file(address: URL, create: bool) -> None:
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return
    path = Path(address.database)
    if not create and not path.exists():
        raise StoreError(f"no store at {path}; make one with: songstory init")
    if not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} does not exist; create it, or choose another path")
    try:
        if not path.exists():  # SQLite would make it as the umask has it, and gives its log the mode of the file
            with contextlib.suppress(FileExistsError):
                os.close(private_files.create(path.resolve()))
        private_files.close_to_others(path)
    except OSError as error:
        raise StoreError(f"cannot make {path}: {error.strerror}; choose a folder you may write to") from error


def _engine(address: URL) -> Engine:
    options: dict[str, Any] = {"hide_parameters": True, "json_serializer": _json, "json_deserializer": _from_json}
    if address.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        if not address.database or address.database == ":memory:":
            options["poolclass"] = StaticPool
    else:
        options |= {"pool_pre_ping": True, "connect_args": addresses.options(address)}
    try:
        engine = create_engine(address, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError('the PostgreSQL driver is missing; install it with: pip install "songstory[postgres]"') from error
    (_tune_sqlite if engine.dialect.name == "sqlite" else _tune_postgres)(engine)
    _clean(engine)
    return engine


def _clean(engine: Engine) -> None:
    """Take out of whatever is asked or written one by one what no database keeps; what comes in bulk has passed the border."""

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def execute(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> tuple[str, Any]:
        if many or not parameters:
            return statement, parameters
        if isinstance(parameters, dict):
            odd = {k: storable(v) for k, v in parameters.items() if isinstance(v, str) and (not v.isascii() or "\0" in v)}
            return statement, {**parameters, **odd} if odd else parameters
        if any(isinstance(v, str) and (not v.isascii() or "\0" in v) for v in parameters):
            return statement, tuple(storable(v) if isinstance(v, str) else v for v in parameters)
        return statement, parameters


def _tune_postgres(engine: Engine) -> None:
    """Wait for a foreign lock no longer than SQLite does, where the house set nothing itself; refuse a database that is not UTF-8."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: ConnectionPoolEntry) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(f"the database is encoded in {encoding}, which cannot hold every text; make the database with ENCODING 'UTF8'")
        connection.execute(_LOCK_TIMEOUT)
        connection.commit()


def _tune_sqlite(engine: Engine) -> None:
    """WAL, FULL, foreign keys on every connection; writers take the lock at BEGIN, so a read never has to be upgraded."""

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def clock(store: Store, at: datetime | None = None) -> Any:
    """Return the moment that leases and reservations go by: the database's own, so that machines whose clocks differ agree."""
    return at or (func.clock_timestamp(type_=DateTime(timezone=True)) if store.dialect == "postgresql" else datetime.now(UTC))


def by_id(session: Session, query: Any, column: Any, ids: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows of `query` whose `column` is one of `ids`, asked for in parts: databases limit the length of a list."""
    asked = query.where(column.in_(bindparam("ids", expanding=True)))  # one statement for lists of any length
    for part in parts(ids):
        yield from session.connection().execute(asked, {"ids": part})


def parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield ids in order, in lists of a length that every database takes."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), _PART):
        yield wanted[start : start + _PART]


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _from_json(text: Any) -> Any:
    return text if isinstance(text, int | float) else orjson.loads(text)  # SQLite keeps a lone number as a number
