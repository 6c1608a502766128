"""The columns that the tables are made of: keys, moments, texts and references, the same on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Integer, MetaData, Text, types
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING
metadata: MetaData = SQLModel.metadata

KEY = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in INTEGER keys


class by_signs(FunctionElement[str]):
    """Order a text by the code points of its signs on both databases, whatever collation a PostgreSQL was made with."""

    inherit_cache = True
    type = types.String()


@compiles(by_signs)
def _plain(element: Any, compiler: Any, **how: Any) -> str:
    return str(compiler.process(element.clauses, **how))


@compiles(by_signs, "postgresql")
def _collated(element: Any, compiler: Any, **how: Any) -> str:
    return f'{compiler.process(element.clauses, **how)} COLLATE "C"'


class Moment(types.TypeDecorator[datetime]):
    """An aware UTC time. SQLite hands times back naive, so the zone is put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a stored time must be aware; use datetime.now(timezone.utc)")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def key() -> Any:
    """Return a column that counts up by itself."""
    return Field(default=None, sa_column=Column(KEY, primary_key=True, autoincrement=True))


def json_column() -> Any:
    """Return a column of JSON, an empty object by default."""
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def text_column(default: str = "") -> Any:
    """Return a column of text of any length."""
    return Field(default=default, sa_column=Column(Text, nullable=False))


def moment(nullable: bool = True, index: bool = False) -> Any:
    """Return a column that holds an aware time."""
    return Field(default=None, sa_column=Column(Moment, nullable=nullable, index=index))


def ref(target: str, nullable: bool = False, index: bool = True) -> Any:
    """Return a column that refers to a row of another table."""
    return Field(default=None, foreign_key=target, nullable=nullable, index=index, sa_type=KEY)
