"""The fixtures of the browser: a real chromium, a real sign-in provider, a dashboard that is served."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import DESK, INSTALL, House, chromium_path, provider_runs
from playwright.sync_api import Browser, sync_playwright

import songstory as ss
from songstory import authority
from songstory.store import queue


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if not path and os.environ.get("CI"):
        pytest.fail(f"no chromium; install it with: {INSTALL}")
    if not path:
        pytest.skip(f"no chromium; install it with: {INSTALL}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    """A sign-in provider of this session."""
    with provider_runs() as url:
        yield url


@pytest.fixture(scope="module")
def house(chromium: Browser, provider: str, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The bundled catalogue with every story handed in, and five people who sign in."""
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
