"""Copies of a store on SQLite, made while others write, and checked before they are called done; and their way back."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from songstory import private_files
from songstory.errors import ConfigError, StoreError
from songstory.store import HEAD, Store, people

POSTGRESQL = (
    "a store on PostgreSQL is backed up with its own tools: pg_dump --format=custom --file=songstory.dump DATABASE, "
    "and back with: pg_restore --clean --if-exists --dbname=DATABASE songstory.dump"
)
_BEAT = 0.5
_NAME = re.compile(r"songs-\d{8}T\d{6}Z\.db")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Copied:
    """A checked copy: where, how many bytes, its schema version, the rows of each table, and the head of its audit log."""

    path: str
    bytes: int
    schema: str
    rows: dict[str, int]
    events: int
    head: str
    taken_at: datetime


def backup(store: Store, target: Path, progress: Progress | None = None) -> Copied:
    """Copy the store to `target` as it is at one moment, while others write, and check the copy.

    All that was committed before the call is in it. `progress` is told (bytes so far, bytes expected). The copy is put in
    place only when it is whole; a file that is there is not overwritten. Raise StoreError, ConfigError on PostgreSQL.
    """
    source = _file(store)
    if target.exists():
        raise StoreError(f"{target} exists; choose another name, or take it away first")
    part = target.with_name(target.name + ".part")
    try:
        _drop(part)
        os.close(private_files.create(part))
        with _watched(source, part, progress):
            _copy(source, part)
        found = _checked(part)
        _settle(part)
        part.replace(target)
        _drop(part)  # what SQLite laid beside it to read it
    except (OSError, sqlite3.Error) as error:
        _drop(part)
        raise StoreError(
            f"cannot write {target}: {_why(error)}; see that its folder is there, with room for {_size(source):,} bytes"
        ) from error
    return dataclasses.replace(found, path=str(target))


def name(at: datetime) -> str:
    """Return the name of a copy that was begun at a moment; names sort as the moments do."""
    return f"songs-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z.db"


def rotate(folder: Path, keep: int) -> list[Path]:
    """Take away all but the newest `keep` copies that `name` named, and return them; other files are left alone."""
    copies = sorted(p for p in folder.iterdir() if _NAME.fullmatch(p.name) and not p.is_symlink())
    gone = copies[: max(0, len(copies) - keep)]
    for copy in gone:
        copy.unlink()
    return gone


def keep_before_step(store_file: Path, schema: str) -> Path:
    """Keep a checked copy of a store beside it before its schema is changed, named by the schema it has; return its path.

    A copy that is there from an upgrade that failed is of the same store and is written anew. Raise StoreError where there
    is no room for it: the store is left as it is.
    """
    target = store_file.with_name(f"{store_file.name}.schema-{schema}")
    part = target.with_name(target.name + ".part")
    try:
        _drop(part)
        os.close(private_files.create(part))
        _copy(store_file, part)
        _checked(part)
        _settle(part)
        part.replace(target)
        _drop(part)  # what SQLite left beside it when it was checked
    except (OSError, sqlite3.Error) as error:
        _drop(part)
        raise StoreError(
            f"cannot keep {target.name} before the schema of {store_file} is changed: {_why(error)}; the store is as it was; "
            f"see that its folder has room for {_size(store_file):,} bytes"
        ) from error
    return target


def restore(copy: Path, store_file: Path, *, replace: bool = False) -> Copied:
    """Put a copy in the place of a store, after checking it; what was there is kept beside it as `.before-…`.

    Where `store_file` is a link, the file that it leads to is the one replaced. Nobody may have the store open.
    Raise StoreError for a copy that is damaged or too new, or when a store is there and `replace` is not given.
    """
    if not copy.is_file():
        raise StoreError(f"no backup at {copy}; give a file that songstory backup wrote")
    try:
        found = _checked(copy)
    except sqlite3.Error as error:
        raise StoreError(f"{copy} is damaged and was not restored: {_why(error)}; take another backup") from error
    if found.schema > HEAD:
        raise StoreError(f"{copy} is of a newer songstory (schema {found.schema}, this code knows up to {HEAD}); upgrade songstory first")
    store_file = store_file.resolve()  # behind a link, the file that it leads to is the store
    if store_file.exists() and not replace:
        raise StoreError(f"a store is there: {store_file}; to put the backup in its place: songstory restore {copy} --replace")
    part = store_file.with_name(store_file.name + ".restoring")
    try:
        _drop(part)
        os.close(private_files.create(part))
        _copy(copy, part)
        _settle(part)
        if store_file.exists():
            _set_aside(store_file)
        part.replace(store_file)
        _drop(part)
    except (OSError, sqlite3.Error) as error:
        _drop(part)
        raise StoreError(f"cannot write {store_file}: {_why(error)}; the store is as it was, or beside it as .before-…") from error
    return dataclasses.replace(found, path=str(store_file))


def ends_with(store_file: Path) -> tuple[int, str]:
    """Return the number and hash of the last event of a store that may be damaged, or not be there: (0, "") then."""
    try:
        with contextlib.closing(_open(store_file)) as connection:
            return connection.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
    except sqlite3.Error:
        return 0, ""


def witnessed(store: Store, done: Copied, *, actor: str = "") -> None:
    """Keep in the audit log that a copy was taken, where it lies and how its log ends."""
    with store.session() as session:
        data = {"path": str(Path(done.path).resolve()), "events": done.events, "head": done.head}
        people.record(session, action="store.backup", object_=Path(done.path).name, actor=actor or people.NIGHT, data=data)


def came_back(store: Store, done: Copied, copy: Path, lost: tuple[int, str], *, actor: str = "") -> None:
    """Keep in the audit log that it was put back to an older state, and how the log ended that was there before."""
    with store.session() as session:
        data = {"events": done.events, "head": done.head, "was": {"events": lost[0], "head": lost[1]}}
        people.record(session, action="store.restore", object_=copy.name, actor=actor or people.NIGHT, data=data)


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite's own backup in one step: it reads one snapshot of the WAL, and no writer waits for it or starts it anew."""
    with contextlib.closing(_open(source)) as reader, contextlib.closing(sqlite3.connect(target)) as writer:
        writer.execute("PRAGMA synchronous=OFF")  # it is synced once, when it is whole
        reader.backup(writer, pages=-1)


def _checked(path: Path) -> Copied:
    """Check every page and index of a copy, and count its rows. Raise sqlite3.DatabaseError for one that is not whole."""
    with contextlib.closing(_open(path)) as copy:
        said = [str(row[0]) for row in copy.execute("PRAGMA integrity_check(3)")]
        if said != ["ok"]:
            raise sqlite3.DatabaseError("; ".join(said))
        tables = [r[0] for r in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        if "alembic_version" not in tables:
            raise sqlite3.DatabaseError("it is not a songstory store")
        rows = {t: int(copy.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]) for t in sorted(tables)}  # noqa: S608  names of its own tables
        (schema,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        last = copy.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone() or (0, "")
    return Copied(str(path), path.stat().st_size, str(schema), rows, int(last[0]), str(last[1]), datetime.now(UTC))


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30, isolation_level=None)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a file that is no database says so here
    return connection


def _set_aside(store_file: Path) -> None:
    """Keep the store that was there, with the log that belongs to it, under another name; an old log must not meet a new file."""
    with contextlib.closing(sqlite3.connect(store_file, timeout=5)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")  # somebody at work says so here, as "database is locked"
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stamp = f".before-{datetime.now(UTC):%Y%m%dT%H%M%S}"
    for ending in ("-wal", "-shm", ""):
        path = store_file.with_name(store_file.name + ending)
        if path.exists():
            path.replace(store_file.with_name(store_file.name + stamp + ending))


def _settle(path: Path) -> None:
    """See that the file is on the disk, whatever happens to the power."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextlib.contextmanager
def _watched(source: Path, part: Path, progress: Progress | None) -> Iterator[None]:
    """Tell how large the copy is while it grows."""
    over = threading.Event()

    def look() -> None:
        while progress and not over.wait(_BEAT):
            progress(_size(part), _size(source))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _file(store: Store) -> Path:
    if store.dialect != "sqlite":
        raise ConfigError(POSTGRESQL)
    return Path(str(store.engine.url.database))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _drop(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _why(error: BaseException) -> str:
    return " ".join(str(getattr(error, "strerror", None) or error).split())
