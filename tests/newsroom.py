"""A real browser, a real server, a real sign-in provider, all on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_anthropic import FakeAnthropic
from joserfc import jwt
from joserfc.jwk import OctKey
from playwright.sync_api import Browser, BrowserContext, Page, expect

import songstory as ss
from songstory.models import Card, Sentence
from songstory.nightly import Night, run_night
from songstory.store import Store, disputes, queue, stories

INSTALL = "apt-get install --yes chromium"
DESK = {"ada": "admin", "mara": "writer", "ben": "editor", "bea": "editor", "cleo": "publisher"}
# as root, without a screen, with nothing of its own to ask of the network, and with nothing made ready or compiled in advance
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--process-per-site", "--renderer-process-limit=1", "--num-raster-threads=1",
    "--js-flags=--no-opt --no-maglev --single-threaded",
]  # fmt: skip
USER = "_streamlit_user"
SECRET = "0123456789abcdef0123456789abcdef"


def chromium_path() -> str:
    return next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), "")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, f"the server of {url} ended"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def put_user(url: str, sub: str, claims: dict[str, Any]) -> None:
    request = urllib.request.Request(f"{url}/users/{sub}", json.dumps(claims).encode(), {"content-type": "application/json"}, method="PUT")
    urllib.request.urlopen(request, timeout=5).close()


@contextlib.contextmanager
def provider_runs() -> Iterator[str]:
    """Run a sign-in provider; everybody of the desk has a verified address there, and so has a stranger."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://localhost:{port}"
    try:
        wait_for(f"{url}/.well-known/openid-configuration", process)
        for sub in [*DESK, "stranger"]:
            put_user(url, sub, {"email": f"{sub}@label.example", "email_verified": True})
        put_user(url, "unverified", {"email": "cleo@label.example", "email_verified": False})
        put_user(url, "twin", {"email": "cleo@label.example", "email_verified": True})
        yield url
    finally:
        process.terminate()
        process.wait()


@dataclass
class House:
    """A dashboard that is served: its store, its address, and the browser that looks at it."""

    store: Store
    browser: Browser
    provider: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    heard: list[str] = field(default_factory=list)
    claude: FakeAnthropic | None = None
    cookies: dict[str, Any] = field(default_factory=dict)  # of each person who signed in
    free: list[Page] = field(default_factory=list)  # tabs that were left; what they loaded and compiled need not be again

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, **more: str) -> None:
        if self.claude is not None:
            more |= {"SONGSTORY_ANTHROPIC_API_KEY": "k", "SONGSTORY_ANTHROPIC_BASE_URL": self.claude.url}
        log = Path(str(self.store.engine.url.database)).parent / "server.log"
        environment = {
            **os.environ, "SONGSTORY_STORE": f"sqlite:///{self.store.engine.url.database}", "SONGSTORY_PUBLIC_URL": self.url,
            "SONGSTORY_OIDC_METADATA_URL": f"{self.provider}/.well-known/openid-configuration", "SONGSTORY_OIDC_CLIENT_ID": "songstory",
            "SONGSTORY_OIDC_CLIENT_SECRET": "secret", "SONGSTORY_COOKIE_SECRET": SECRET, **more,
        }  # fmt: skip
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "songstory", "ui", "--port", str(self.port)], env=environment, stdin=subprocess.DEVNULL,
                stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip
        wait_for(f"{self.url}/healthz", self.process)

    def stop(self) -> None:
        """Stop the server as a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def page(self, path: str = "/", **options: Any) -> Page:
        """A page of a browser of its own; whatever it asks of any other address is kept in `heard`."""
        return self.opened(self.browser.new_context(**{"viewport": {"width": 1360, "height": 950}, **options}), path)

    def opened(self, context: BrowserContext, path: str) -> Page:
        context.set_default_timeout(20_000)
        page = context.new_page()
        listen(page, self)
        page.goto(self.url + path)
        return page

    def signed_in(self, sub: str, path: str = "/", *, form: bool = False, fresh: bool = False, **options: Any) -> Page:
        """A page at whose desk `sub` sits; by the provider's own `form`, or in a `fresh` browser, when asked to."""
        page = self.page("/healthz", **options) if fresh or options or not self.free else self.free.pop()
        page.context.clear_cookies()
        if not form:
            page.context.add_cookies([self.cookie(sub)])  # type: ignore[list-item]
            page.goto(self.url + path)
            return page
        page.goto(self.url + path)
        page.get_by_role("button", name="Sign in").click()
        page.locator("input[name=sub]").fill(sub)
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_url(f"{self.url}/**")
        page.locator("[data-testid=stSidebar], .st-key-door").first.wait_for(state="attached")
        if page.locator(".st-key-door").count() == 0:
            page.wait_for_url(self.url + path)  # after the sign-in one comes to what one opened
        return page

    def leave(self, page: Page) -> None:
        """Let the next page be opened in this tab, whoever's it is."""
        self.free.append(page)

    def cookie(self, sub: str) -> dict[str, Any]:
        """The cookie of a person who signed in once, by the same requests as a page sends."""
        if sub not in self.cookies:
            context = self.browser.new_context()
            form = context.request.get(self.login())
            assert context.request.post(form.url, form={"sub": sub}).ok
            self.cookies[sub] = next(c for c in context.cookies() if c["name"] == USER)
            context.close()
        return dict(self.cookies[sub])

    def login(self) -> str:
        """The address that the button of the door leads to, good for ten minutes."""
        claims = {"provider": "default", "exp": int(time.time()) + 600}
        return f"{self.url}/auth/login?provider={jwt.encode({'alg': 'HS256'}, claims, OctKey.import_key(SECRET))}"


def listen(page: Page, house: House) -> None:
    """Hear whatever the dashboard asks of another address, and each dialog and error; the provider's own pages are its own matter."""
    own = (house.url, house.url.replace("http", "ws"), house.provider, "data:", "blob:")

    def seen(url: str, asked_by: str = "") -> None:
        if not url.startswith(own) and not asked_by.startswith(house.provider):
            house.heard.append(url)

    page.on("request", lambda r: seen(r.url, r.headers.get("referer", "")))
    page.on("websocket", lambda w: seen(w.url))
    page.on("dialog", lambda d: (house.heard.append(f"dialog {d.message}"), d.dismiss()))
    page.on("pageerror", lambda e: house.heard.append(f"error {e}"))


def story_shown(page: Page, revision: str = "") -> str:
    """Wait until a story, or just this revision, was on screen for long enough that a key acts on it. Return its title."""
    page.locator(f".root[data-shown='{revision}']" if revision else ".root[data-shown]").first.wait_for()
    page.wait_for_timeout(700)
    return page.locator("h1").first.inner_text()


# a newsroom at work ---------------------------------------------------------------------------------------------------


def with_sentence(cards: tuple[Card, ...], text: str) -> tuple[Card, ...]:
    """The cards with one more sentence, which cites what the sentence before it does."""
    first = cards[0]
    more = Sentence(text=text, cites=first.sentences[-1].cites)
    return (first.model_copy(update={"sentences": (*first.sentences, more)}), *cards[1:])


def furnish(store: Store) -> dict[str, str]:
    """Let the desk work for some days on the bundled catalogue; return stories of note by what they show."""
    nights(store)
    found = sorted(queue.list_stories(store, status="in_review", size=500).items, key=lambda s: -s.sentences)
    latest = {s.id: str(s.latest_revision) for s in found}
    edited, bad, *rest = [s.id for s in found]
    cards = stories.get_revision(store, edited).cards
    ss.edit(store, latest[edited], with_sentence(cards, "It won a Grammy."), actor="mara")
    ss.edit(store, f"{edited}.2", (*cards[1:], cards[0]), actor="ben", comment="no source for the Grammy")
    ss.submit(store, f"{edited}.3", actor="ben")
    ss.edit(
        store, latest[bad], with_sentence(stories.get_revision(store, bad).cards, "Critics called it the song of the decade."), actor="mara"
    )
    ss.submit(store, f"{bad}.2", actor="mara")
    for story in rest[1:25]:
        ss.approve(store, latest[story], actor="ben")
    for story in rest[1:13]:
        ss.publish(store, latest[story], actor="cleo")
    for story in rest[25:28]:
        ss.request_changes(store, latest[story], actor="bea", comment="the second card says the same as the first")
    ss.discard(store, latest[rest[28]], actor="ben", comment="too little to tell")
    fallen = stories.get_revision(store, rest[1]).cards[0].sentences[0].cites[0]
    ss.retract(store, fallen, actor="ben", comment="the label took the sheet back")
    return {"clean": rest[0], "bad": bad, "edited": edited, "asked": rest[25], "conflict": disputes.conflicts(store)[0][0]}


def nights(store: Store) -> None:
    """Run seven nights, the last two with Claude's stand-in, each a part of the catalogue; date them one day apart."""
    with contextlib.closing(FakeAnthropic()) as fake:
        for night in range(7):
            claude = {"api_key": "k", "base_url": fake.url}
            writer = ss.open_writer("anthropic", model="claude-haiku-5-5", **claude) if night > 4 else ss.open_writer()
            run_night(Night(store, writer, mode="live" if night > 4 else "local", **(claude if night > 4 else {})), limit=21)
    database = sqlite3.connect(str(store.engine.url.database))
    database.execute("UPDATE run SET started_at = datetime(started_at, '-' || ((SELECT max(id) FROM run) - id) || ' days')")
    database.execute(
        "UPDATE story SET updated_at = datetime(updated_at, '-' || (abs(id * 7919) % 12) || ' days', '-' || (id % 23) || ' hours')"
    )
    database.commit()
    database.close()


def says(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=30_000)
