"""Addresses of stores: read, shown without their secrets, and handed to drivers whatever signs they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from songstory.errors import StoreError, StoreUnavailable
from songstory.store import foreign

if TYPE_CHECKING:
    from songstory.store import Store

_FORMS = "use sqlite:///file.db or postgresql://user@host/name"
_SECRET = ("pass", "secret", "token", "key")  # in the name of an option whose value is not shown
# A connection that the network lost is given up within half a minute, and one that cannot be made within ten seconds.
_PATIENCE = {
    "connect_timeout": 10, "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}  # fmt: skip


def read(url: str) -> URL:
    """Return the address that `url` writes. Raise StoreError in one line that shows nothing of a malformed one: it may hold a password."""
    _, _, rest = url.partition("://")
    try:
        if not url.isprintable():
            raise ValueError("signs that no address has")
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        shown = f"{url!r} is" if not set(url) & set("@:?=") else "this is"
        raise StoreError(f"{shown} no database address; {_FORMS}; {_encode()}") from error
    if rest.partition("?")[0].count("@") > 1 or "@" in (address.host or ""):
        raise StoreError(f"the address has more than one @; {_encode()}")
    if address.drivername in {"postgresql", "postgres"}:
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(f"{address.get_backend_name()!r} is not supported; {_FORMS}")
    return address


def _encode() -> str:
    return "in a user or password write @ as %40, : as %3A and / as %2F"


def shown(address: URL) -> str:
    """Return an address without its password, wherever it stands in it."""
    hidden = {name: "***" for name in address.query if any(word in name.lower() for word in _SECRET)}
    return address.update_query_dict(hidden).render_as_string(hide_password=True)


def options(address: URL) -> dict[str, Any]:
    """Return what a driver is told beside the address; what the address says itself stands."""
    told = {**_PATIENCE, "client_encoding": "utf8"} if address.get_backend_name() == "postgresql" else {}
    return {name: value for name, value in told.items() if name not in address.query}


def conninfo(engine: Engine) -> str:
    """Return the address as libpq writes it, for who connects by itself."""
    from psycopg.conninfo import make_conninfo

    _, given = engine.dialect.create_connect_args(engine.url)
    given.pop("context", None)  # SQLAlchemy's own
    return make_conninfo("", **{**options(engine.url), **given})


def reach(store: Store) -> None:
    """Connect once as libpq does. Raise StoreUnavailable in one line when that cannot be."""
    import psycopg

    try:
        psycopg.connect(conninfo(store.engine)).close()
    except psycopg.Error as error:
        raise StoreUnavailable(f"{store.url}: {foreign.first_line(error)}; the worker cannot connect; run: songstory doctor") from error
