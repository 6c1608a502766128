"""Databases on a PostgreSQL for tests: made like another one, and put back to that."""

from __future__ import annotations

import psycopg
from psycopg import sql


def fresh_database(uri: str, name: str, like: str = "template1") -> str:
    """Make a database on the server, empty or `like` another one, and return its address."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like)))
    return uri.replace("/postgres?", f"/{name}?")


_SHAPE = """
    SELECT format('%s %s %s %s', c.relname, c.relkind, c.relacl, a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped
    UNION ALL SELECT format('%s %s %s', tgrelid, tgname, tgenabled) FROM pg_trigger
    UNION ALL SELECT format('%s %s', conname, convalidated) FROM pg_constraint
    UNION ALL SELECT format('%s %s', setrole, setconfig) FROM pg_db_role_setting
"""


class LikeNew:
    """A database that is put back to what it began as: to make one anew costs a PostgreSQL half a second, for all its files."""

    def __init__(self, uri: str, like: str) -> None:
        self.uri, self.like, self.name = uri, like, f"new_{like}"
        self.url = self.make()

    def make(self) -> str:
        self.url = fresh_database(self.uri, self.name, self.like)
        with psycopg.connect(self.url) as connection:
            self.shape = sorted(connection.execute(_SHAPE).fetchall())
            self.rows = {name: self.copied(connection, name) for name in self.filled(connection)}
            self.counters = connection.execute("SELECT sequencename, last_value, start_value FROM pg_sequences").fetchall()
        return self.url

    def filled(self, connection: psycopg.Connection) -> list[str]:
        """The tables that hold rows."""
        names = [n for (n,) in connection.execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")]
        asked = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(n), sql.Identifier(n)) for n in names
        )
        return [n for (n,) in connection.execute(asked)]

    def copied(self, connection: psycopg.Connection, name: str) -> bytes:
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))) as rows:
            return b"".join(rows)

    def put_back(self) -> str:
        """Return its address, with what it began with in it and nobody at it; what changed its tables has it made anew."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (self.name,))
        with psycopg.connect(self.url) as connection:
            same = sorted(connection.execute(_SHAPE).fetchall()) == self.shape
        if not same:
            return self.make()
        with psycopg.connect(self.url) as connection:
            connection.execute("SET session_replication_role = replica")  # rows of the log may go too
            for name in self.filled(connection):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            for name, rows in self.rows.items():
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(name))) as copy:
                    copy.write(rows)
            for name, last, start in self.counters:
                connection.execute("SELECT setval(%s::regclass, %s, %s)", (f'"{name}"', last or start, last is not None))
        return self.url
