"""The one place where a database's own errors become ours: one line, the way out in it, and no statement or value of it."""

from __future__ import annotations

import sqlite3
import sys

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from songstory.errors import Crossed, StoreError, StoreUnavailable

AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)  # gone, restarting, read-only, out of connections, locked
_RAISED = (StatementError, PoolTimeout, UnicodeEncodeError, OverflowError, sqlite3.Error)
_UNFIT = (UnicodeError, OverflowError, TypeError, ValueError)  # what a driver says of a value that it cannot write
_DAMAGED = ("malformed", "not a database", "disk image")
_REFUSED = ("22", "23", "54")  # what came is no value of its kind, breaks a rule of the table, or is over a limit
_ACTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_SCHEMA = ("no such table", "no such column", "has no column")

# What PostgreSQL's codes mean, by their longest known beginning. The words end in the way out.
_CODES: dict[str, tuple[type[StoreError], str]] = {
    "22": (StoreError, "the store cannot hold this: {why}; take the unusual out and try again"),
    "23": (Crossed, "somebody wrote the same at this moment; look again, then repeat what is still to do"),
    "40": (StoreUnavailable, "somebody else was writing here: {why}; try again"),
    "42501": (StoreError, "the database does not allow this to who is connected: {why}; {grant}, see: songstory doctor"),
    "42": (StoreError, "the store's tables are not as this version needs them: {why}; run: songstory init"),
    "53": (StoreUnavailable, "the database has no room or connection left: {why}; free some, then try again"),
    "54": (StoreError, "the store cannot hold this: {why}; make it shorter and try again"),
    "55P03": (StoreUnavailable, "another session holds what this needs: {why}; wait for it to end, or end it, then try again"),
}
_AWAY = (StoreUnavailable, "the store did not answer: {why}; try again, or run: songstory doctor")


def errors() -> tuple[type[BaseException], ...]:
    """Return the classes of all that a database or its driver may raise, wrapped by SQLAlchemy or not."""
    postgres = getattr(sys.modules.get("psycopg"), "Error", None)  # where it was never loaded it raises nothing
    return (*_RAISED, postgres) if postgres else _RAISED


def refuses(error: BaseException) -> bool:
    """Whether a database, or its driver, will not take what it was given, whoever gives it and whenever."""
    raw = getattr(error, "orig", None) or error
    if code := str(getattr(raw, "sqlstate", None) or ""):
        return code[:2] in _REFUSED
    return isinstance(raw, _UNFIT) or any(c.__name__ in {"DataError", "IntegrityError"} for c in type(raw).__mro__)


def in_words(error: BaseException) -> StoreError:
    """Return a foreign error as one of ours. Raise it again when it is no word of the database but a fault of this code."""
    kind, text = _read(error)
    return kind(text.format(why=first_line(error), grant=_grant(error)))


def _read(error: BaseException) -> tuple[type[StoreError], str]:
    raw = getattr(error, "orig", None) or error
    code = str(getattr(raw, "sqlstate", None) or "")
    known = next((_CODES[code[:n]] for n in (5, 2) if code[:n] in _CODES), None)
    if known is not None:
        return known
    names = {c.__name__ for c in type(raw).__mro__}  # drivers name their errors alike
    said = str(raw).lower()
    if "IntegrityError" in names:
        return _CODES["23"]
    if "DataError" in names or isinstance(raw, _UNFIT):
        return _CODES["22"]
    if any(word in said for word in _DAMAGED):
        return StoreError, "the store's file is damaged: {why}; restore a backup: songstory restore"
    if any(word in said for word in _SCHEMA):
        return _CODES["42"]
    if isinstance(error, AWAY) or names & {"OperationalError", "InterfaceError", "InternalError"}:
        return _AWAY
    if "DatabaseError" in names:
        return StoreError, "the database refused this: {why}; run: songstory doctor"
    raise error


def _grant(error: BaseException) -> str:
    """Return which grant is missing, as far as the database names the thing and the statement tells the act."""
    thing = first_line(error).removeprefix("permission denied for ")
    statement = str(getattr(error, "statement", None) or "")
    locks = " FOR UPDATE" in statement or " FOR SHARE" in statement  # a read that locks takes the grant of an update
    act = "UPDATE" if locks else statement.lstrip().partition(" ")[0].upper()
    if act == "CREATE" or not thing.startswith(("table ", "sequence ")):
        return "have its owner run songstory init"
    name = thing.removeprefix("table ")
    return f"have its owner run GRANT {act if act in _ACTS else ', '.join(_ACTS)} ON {name} TO this role"


def first_line(error: BaseException) -> str:
    """Return the first line of what a database says, without the statement."""
    text = str(getattr(error, "orig", None) or error).strip()
    return text.splitlines()[0] if text else type(error).__name__
