"""Figures of the dashboard: a real browser before a store of 100,000 stories. `make bench-ui` prints them; nothing here is a timed test.

SONGSTORY_BENCH_STORIES says how many stories there are (default 100,000).
"""

from __future__ import annotations

import math
import os
import random
import re
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from factories import PEOPLE, feed
from newsroom import DESK, FLAGS, INSTALL, House, chromium_path, provider_runs, story_shown
from playwright.sync_api import Page, sync_playwright

import songstory as ss
from songstory import authority

pytestmark = pytest.mark.bench
STORIES = int(os.environ.get("SONGSTORY_BENCH_STORIES", "100000"))
TIMES = int(os.environ.get("SONGSTORY_BENCH_TIMES", "40"))
MOVES = ("in_review", "in_review", "in_review", "draft", "changes_requested", "approved", "published", "withdrawn")


def stories(path: Path, count: int) -> None:
    """Write a store of so many stories, each of one card that cites the facts of its own track."""
    store = ss.open_store(f"sqlite:///{path}")
    ss.import_file(store, str(feed(path.parent / "feed.jsonl", range(count))))
    store.close()
    database = sqlite3.connect(path)
    produced = dict(database.execute("SELECT t.id, f.key FROM fact f JOIN track_entity e ON e.entity_id = f.subject_id JOIN track t ON "
                                     "t.id = e.track_id WHERE f.predicate = 'producer' AND e.relation = 'recording'"))  # fmt: skip
    now, dice = datetime.now(UTC), random.Random(1)
    rows, texts = [], []
    for track, key in sorted(produced.items()):
        bad, at = dice.random() < 0.06, (now - timedelta(minutes=dice.randrange(60 * 24 * 40))).isoformat(sep=" ")
        uid, name = f"t{track - 1:07d}", PEOPLE[(track - 1) % len(PEOPLE)]
        told = [f"Produced by {name}", f"{name} produced it.", *(["It is a classic."] if bad else [])]
        sentences = [{"text": text, "cites": [key]} for text in told]
        cards = {"schema": 1, "cards": [{"kind": "people", "headline": sentences[0], "sentences": sentences[1:]}]}
        verdicts = [
            {"card": 0, "sentence": i - 1, "label": "supported", "score": 1.0, "reasons": [], "verifier": "bench"} for i in range(len(told))
        ]
        if bad:
            verdicts[-1] |= {
                "label": "not_enough_info",
                "reasons": [{"rule": "licence", "span": "classic", "text": "no cited fact says 'classic'"}],
            }
        rows.append(
            (track, uid, track, dice.choice(MOVES), 1 if dice.random() < 0.03 else 0, dice.randrange(1000), int(bad), len(told), track, at)
        )
        texts.append(
            (track, f"{uid}.1", track, orjson.dumps(cards).decode(), orjson.dumps({"schema": 1, "verdicts": verdicts}).decode(), at)
        )
    database.execute("PRAGMA foreign_keys=OFF")
    database.executemany(
        "INSERT INTO story (id, uid, track_id, collection_id, language, market, status, stale_reason, risk, priority, problems, sentences, "
        "latest_revision_id, updated_at) VALUES (?, ?, ?, 0, 'en', 'world', ?, '', ?, ?, ?, ?, ?, ?)", rows,
    )  # fmt: skip
    database.executemany(
        "INSERT INTO revision (id, uid, story_id, number, cards, verdicts, author, author_kind, facts_fingerprint, generation, comment, created_at) "
        "VALUES (?, ?, ?, 1, ?, ?, 'night', 'composer', '', '', '', ?)", texts,
    )  # fmt: skip
    database.executescript("""
        INSERT INTO revision_fact (revision_id, fact_id) SELECT r.id, f.id FROM revision r
            JOIN fact f ON f.key = json_extract(r.cards, '$.cards[0].headline.cites[0]');
        INSERT INTO story_source (story_id, source_id) SELECT id, 1 FROM story;
        UPDATE story SET live_revision_id = latest_revision_id WHERE status = 'published';
        ANALYZE;
    """)
    database.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if not chromium_path():
        pytest.skip(f"no chromium; install it with: {INSTALL}")
    path = tmp_path_factory.mktemp("many") / "songs.db"
    began = time.monotonic()
    stories(path, STORIES)
    print(f"\na store of {STORIES:,} stories, {path.stat().st_size / 2**20:,.0f} MiB, made in {time.monotonic() - began:.0f} s")
    with provider_runs() as provider, sync_playwright() as playwright:
        store = ss.open_store(f"sqlite:///{path}")
        for name, role in DESK.items():
            authority.add_person(store, name, role, actor="ada", iss=provider, sub=name)
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        served = House(store, browser, provider)
        served.start(SONGSTORY_LOG_LEVEL="INFO")
        try:
            yield served
        finally:
            served.stop()
            store.close()


class Wire:
    """What came over the page's socket."""

    def __init__(self, page: Page) -> None:
        self.bytes, self.sent = 0, 0
        page.on("websocket", lambda w: (w.on("framereceived", self._came), w.on("framesent", self._went)))

    def _came(self, payload: Any) -> None:
        self.bytes += len(payload)

    def _went(self, payload: Any) -> None:
        self.sent += 1


# from the click to the moment when other rows are on screen and the script has ended
CHANGED = """async (selector) => {
  const rows = () => { const host = document.querySelector(".st-key-stories [data-testid], .st-key-stories *");
    const find = n => n.querySelector("table") || [...n.querySelectorAll("*")].map(e => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
    const table = find(document); return table ? table.textContent : ""; };
  for (let i = 0; i < 200 && !window.__target(selector); i++) await new Promise(requestAnimationFrame);
  const was = rows(), start = performance.now();
  window.__target(selector).click();
  for (;;) {
    await new Promise(requestAnimationFrame);
    const idle = document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning";
    if (idle && rows() !== was) return performance.now() - start;
    if (performance.now() - start > 20000) throw new Error("nothing changed: " + selector);
  }
}"""
TARGET = """window.__target = words => [...document.querySelectorAll("[data-testid=stMain] button")].find(b =>
  (b.textContent || "").trim().startsWith(words) || b.getAttribute("aria-label") === words)"""


def p95(found: list[float]) -> float:
    return sorted(found)[max(0, math.ceil(len(found) * 0.95) - 1)]


def told(name: str, found: list[float], bar: str) -> None:
    print(f"{name:42} p50 {statistics.median(found):7.0f}   p95 {p95(found):7.0f}   max {max(found):7.0f}   ({bar}; n = {len(found)})")


def memory(pid: int) -> float:
    """Return the resident MiB of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024  # type: ignore[index]
    return own + sum(memory(int(c)) for c in children)


def drawn(house: House, page: str) -> list[float]:
    """Return how long the scripts of a page took, by the server's log."""
    log = Path(str(house.store.engine.url.database)).parent / "server.log"
    return [float(ms) for ms in re.findall(rf"page drawn ms=([\d.]+) page='{page}'", log.read_text(errors="replace"))]


def interact(page: Page, choose: Callable[[int], str], times: int) -> list[float]:
    found = []
    for i in range(times):
        found.append(float(page.evaluate(CHANGED, choose(i))))
        page.wait_for_timeout(120)
    return found


def test_the_dashboard_before_many_stories(house: House) -> None:
    page = house.signed_in("bea")
    page.locator("tr[data-id]").nth(20).wait_for()
    wire = Wire(page)
    page.reload()
    page.locator("tr[data-id]").nth(20).wait_for()
    page.evaluate(TARGET)
    before = len(drawn(house, "queue"))
    segments = ["draft", "in review", "approved", "published", "all"]
    interact(page, lambda i: segments[i % 5], 10)
    sizes, filtered, turned = [], [], []
    for i in range(TIMES):
        came = wire.bytes
        filtered += interact(page, lambda _, i=i: segments[i % 5], 1)  # type: ignore[misc]
        sizes.append((wire.bytes - came) / 1024)
    page.evaluate(CHANGED, "in review")
    for i in range(TIMES):
        turned += interact(page, lambda _, i=i: "Next page" if i % 4 < 2 else "Previous page", 1)  # type: ignore[misc]
    scripts, searched = drawn(house, "queue")[before:], []
    for i in range(TIMES // 2):
        page.locator(".st-key-search input").fill(f"Song {100 + i}")
        began = time.perf_counter()
        page.keyboard.press("Enter")
        page.locator("tr[data-id]", has_text=f"Song {100 + i}").first.wait_for()
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        searched.append((time.perf_counter() - began) * 1e3)
    told("filter, ms", filtered, "bar 600")
    told("page turn, ms", turned, "bar 500")
    told("search, ms", searched, "no bar")
    told("script of the queue, ms", scripts, "bar 120")
    told("script of a search, ms", drawn(house, "queue")[before + len(scripts) :], "bar 120")
    told("bytes of a queue rerun, KiB", sizes, "bar 32")

    reloads = []
    for _ in range(15):
        start = time.perf_counter()
        page.reload()
        page.locator("tr[data-id]").nth(20).wait_for()
        reloads.append((time.perf_counter() - start) * 1e3)
    told("warm reload, ms", reloads, "bar 2000")


def test_reading_and_approving(house: House) -> None:
    page = house.signed_in("bea", "/?problems=no&risk=no&sort=oldest")
    wire = Wire(page)
    page.reload()
    page.locator("tr[data-id]").nth(20).wait_for()
    page.keyboard.press("Enter")
    story_shown(page)
    page.wait_for_timeout(1000)
    sent = wire.sent
    for chip in page.locator(".line .chip").all() * 10:
        chip.hover()
        page.mouse.move(5, 5)
    print(f"{'messages to the server by hovering':42} {wire.sent - sent} (bar 0)")
    before, both = len(drawn(house, "story")), []
    for _ in range(TIMES):
        shown = page.locator("h1").first.inner_text()
        start = time.perf_counter()
        page.keyboard.press("a")
        page.get_by_text("Approved.").first.wait_for()
        page.keyboard.press("j")
        page.locator("h1", has_not_text=re.compile(rf"^{re.escape(shown)}$")).first.wait_for()
        both.append((time.perf_counter() - start) * 1e3)
        story_shown(page)
    told("approve, and the next on screen: 2 keys, ms", both, "two keys")
    told("script of a story, ms", drawn(house, "story")[before:], "")


def test_memory_stays_flat(house: House) -> None:
    page = house.signed_in("ben")
    page.locator("tr[data-id]").nth(20).wait_for()
    page.evaluate(TARGET)
    assert house.process is not None
    segments, seen = ["draft", "approved", "published", "all", "in review"], {}
    for i in range(500):
        page.evaluate(CHANGED, segments[i % 5])
        if i + 1 in {50, 100, 200, 300, 400, 500}:
            seen[i + 1] = memory(house.process.pid)
    print(f"{'server memory by interactions, MiB':42} " + ", ".join(f"{n}: {m:.0f}" for n, m in seen.items()))
