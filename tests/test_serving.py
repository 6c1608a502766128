"""The read API: what is live, as it is stored; fallbacks, ETags, withdrawals, and a store that goes away."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy import text
from typer.testing import CliRunner

import songstory as ss
from songstory import serving
from songstory.cli import app as cli
from songstory.store import Store, hearing, stories
from songstory.store.reading import Reader

TRACK = "in-bloom"


@contextlib.contextmanager
def served(store: Store, **how: Any) -> Iterator[httpx.Client]:
    """Serve the store from a real socket."""
    server = uvicorn.Server(uvicorn.Config(serving.make_app(store, **how), port=0, access_log=False, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join()


def publish(store: Store, track: str) -> str:
    revision = f"{track}.1"
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="ben")
    ss.publish(store, revision, actor="cleo")
    return revision


def put(store: Store, language: str, market: str, body: bytes, *, live: bool = True) -> None:
    """Put a publication in, as a story of another language or market would."""
    with store.session() as session:
        session.connection().execute(
            text(
                "INSERT INTO publication (story_id, revision_id, track_uid, language, market, live, body, etag, published_at) "
                "SELECT story_id, revision_id, track_uid, :l, :m, :live, :b, :e, :at FROM publication WHERE track_uid = :t LIMIT 1"
            ),
            {"l": language, "m": market, "live": live, "b": body, "e": f"{language}-{market}", "t": TRACK, "at": datetime.now(UTC)},
        )


@pytest.fixture
def live(sample: Store) -> Iterator[tuple[Store, httpx.Client]]:
    publish(sample, TRACK)
    with served(sample) as client:
        yield sample, client


def test_the_stored_bytes_are_served_as_they_are(live: tuple[Store, httpx.Client]) -> None:
    store, client = live
    got = client.get(f"/stories/{TRACK}", headers={"accept-encoding": "identity"})
    assert got.status_code == 200 and got.content == ss.published_json(store, TRACK)
    assert got.headers["content-type"] == "application/json" and got.headers["content-language"] == "en"
    assert got.headers["cache-control"] == "no-cache" and got.headers["vary"] == "Accept-Encoding, Accept-Language"


def test_what_a_reader_has_is_not_sent_again(live: tuple[Store, httpx.Client]) -> None:
    _, client = live
    for encoding in ("identity", "gzip"):
        etag = client.get(f"/stories/{TRACK}", headers={"accept-encoding": encoding}).headers["etag"]
        for told in (etag, f'"other", {etag}', f"W/{etag}", "*"):
            again = client.get(f"/stories/{TRACK}", headers={"accept-encoding": encoding, "if-none-match": told})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag), told
    assert client.get(f"/stories/{TRACK}", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize(("accepted", "zipped"), [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("gzip;q=x", False), ("", False)])
def test_gzip_where_it_is_taken(live: tuple[Store, httpx.Client], accepted: str, zipped: bool) -> None:
    store, client = live
    with client.stream("GET", f"/stories/{TRACK}", headers={"accept-encoding": accepted}) as got:
        raw = b"".join(got.iter_raw())
        assert (got.headers.get("content-encoding") == "gzip") is zipped and int(got.headers["content-length"]) == len(raw)
    assert (gzip.decompress(raw) if zipped else raw) == ss.published_json(store, TRACK)


@pytest.mark.parametrize(
    ("query", "accepted", "found"),
    [
        ("language=de&market=DE", "", "de DE"), ("language=de&market=AT", "", "de world"), ("language=de-AT&market=AT", "", "de world"),
        ("language=de-at-1996&market=FR", "", "de world"), ("language=fr&market=FR", "", "en"), ("", "fr;q=0.9, de;q=0.8", "de world"),
        ("market=DE", "de", "de DE"), ("language=DE_de&market=DE", "", "de DE"), ("", "*", "en"), ("", "de;q=0", "en"), ("", ";;;,=", "en"),
    ],
)  # fmt: skip
def test_language_and_market_fall_back(live: tuple[Store, httpx.Client], query: str, accepted: str, found: str) -> None:
    store, client = live
    put(store, "de", "world", b"de world")
    put(store, "de", "DE", b"de DE")
    got = client.get(f"/stories/{TRACK}?{query}", headers={"accept-language": accepted})
    assert (got.text if found != "en" else got.headers["content-language"]) == found


def test_a_withdrawal_is_seen_by_the_next_request(live: tuple[Store, httpx.Client]) -> None:
    store, client = live
    etag = client.get(f"/stories/{TRACK}").headers["etag"]
    ss.withdraw(store, f"{TRACK}.1", actor="cleo", comment="the label asked")
    got = client.get(f"/stories/{TRACK}", headers={"if-none-match": etag})
    assert got.status_code == 410 and got.json()["detail"] == "this story was withdrawn" and "label" not in got.text
    put(store, "en", "world", b"again")
    assert client.get(f"/stories/{TRACK}").text == "again"


def test_a_story_withdrawn_in_one_language_is_read_in_another(live: tuple[Store, httpx.Client]) -> None:
    store, client = live
    put(store, "de", "world", b"", live=False)
    assert client.get(f"/stories/{TRACK}?language=de").headers["content-language"] == "en"


@pytest.mark.parametrize("track", ["nothing", "a%00b", "..%2f..%2fetc", "x" * 5_000, "' OR 1=1 --", "%F0%9F%8E%B5", "sledgehammer"])
def test_what_is_not_published_is_not_found(live: tuple[Store, httpx.Client], track: str) -> None:
    got = live[1].get(f"/stories/{track}")
    assert got.status_code == 404 and got.headers["content-type"] == "application/problem+json" and len(got.content) < 600


def test_nothing_is_written_and_nothing_else_is_served(live: tuple[Store, httpx.Client]) -> None:
    _, client = live
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, f"/stories/{TRACK}").status_code == 405
    assert client.head(f"/stories/{TRACK}").content == b"" and client.get("/").status_code == 404
    assert [client.get(p).status_code for p in ("/healthz", "/readyz")] == [200, 200]


def test_a_cache_may_be_allowed_to_answer(sample: Store) -> None:
    publish(sample, TRACK)
    with served(sample, max_age=60) as client:
        assert client.get(f"/stories/{TRACK}").headers["cache-control"] == "public, max-age=60"


def test_publishes_and_withdrawals_under_way_are_always_whole(live: tuple[Store, httpx.Client]) -> None:
    store, client = live
    body = ss.published_json(store, TRACK)
    seen: set[int] = set()
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(base_url=client.base_url, trust_env=False) as own:
            while not over.is_set():
                got = own.get(f"/stories/{TRACK}", headers={"accept-encoding": "identity"})
                seen.add(got.status_code)
                assert got.status_code != 200 or got.content in {body, b"new"}

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [t.start() for t in threads]
    for _ in range(20):
        put(store, "en", "world", b"new")
        with store.session() as session:
            stories.retire(session, stories.find_story(session, TRACK), datetime.now(UTC))
    over.set()
    [t.join() for t in threads]
    assert seen == {200, 410}


def test_both_databases_serve_and_a_broken_connection_is_mended(any_desk: Store) -> None:
    ss.generate(any_desk, "sledgehammer", ss.open_writer(), actor="night")
    publish(any_desk, "sledgehammer")
    with served(any_desk) as client:
        assert client.get("/stories/sledgehammer").status_code == 200
        if any_desk.dialect == "postgresql":
            with any_desk.session() as session:
                session.connection().execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                )
        assert client.get("/stories/sledgehammer").status_code == 200 and client.get("/readyz").status_code == 200


@pytest.fixture
def asked(any_desk: Store) -> Iterator[tuple[Store, httpx.Client]]:
    """Both databases, asked for a story that is live."""
    ss.generate(any_desk, "sledgehammer", ss.open_writer(), actor="night")
    publish(any_desk, "sledgehammer")
    with served(any_desk) as client:
        yield any_desk, client


class Spinning:
    """Clients that ask again as soon as they have the answer, and count each 200 begun while the story was down."""

    def __init__(self, client: httpx.Client, count: int) -> None:
        self.stage = self.answers = self.late = 0  # the stage is odd while the story is down
        self.statuses: set[int] = set()
        self.over, self.at = threading.Event(), (client.base_url.host, client.base_url.port)
        self.threads = [threading.Thread(target=self._spin) for _ in range(count)]
        [t.start() for t in self.threads]

    def _spin(self) -> None:
        wire = http.client.HTTPConnection(*self.at)
        while not self.over.is_set():
            begun = self.stage
            wire.request("GET", "/stories/sledgehammer")
            got = wire.getresponse()
            got.read()
            self.statuses.add(got.status)
            self.late += begun % 2 == 1 and begun == self.stage and got.status == 200
            self.answers += 1
        wire.close()

    def asked(self, more: int) -> None:
        """Wait until so many more answers came."""
        wanted = self.answers + more
        while self.answers < wanted:
            time.sleep(0.001)

    def end(self) -> None:
        self.over.set()
        [t.join() for t in self.threads]


@pytest.mark.filterwarnings("error")
def test_nothing_withdrawn_is_answered_from_the_moment_withdraw_returned(asked: tuple[Store, httpx.Client]) -> None:
    store, client = asked
    clients = Spinning(client, 4)
    for _ in range(8):
        clients.asked(20)
        ss.withdraw(store, "sledgehammer.1", actor="cleo", comment="asked")
        clients.stage += 1
        clients.asked(20)
        clients.stage += 1
        ss.reopen(store, "sledgehammer.1", actor="ben")
        publish(store, "sledgehammer")
    clients.end()
    assert clients.late == 0 and clients.statuses == {200, 410}


@pytest.mark.filterwarnings("error")
def test_what_was_read_is_remembered_until_it_is_taken_down(any_desk: Store) -> None:
    ss.generate(any_desk, "sledgehammer", ss.open_writer(), actor="night")
    publish(any_desk, "sledgehammer")
    reader, until = Reader(any_desk), time.monotonic() + 20
    while not reader.remembered("sledgehammer", "en", "world"):
        assert reader.live("sledgehammer", "en", "world") and time.monotonic() < until
        time.sleep(0.01)
    ss.withdraw(any_desk, "sledgehammer.1", actor="cleo", comment="asked")
    assert reader.remembered("sledgehammer", "en", "world") is None and reader.live("sledgehammer", "en", "world") is None
    reader.close()


def test_who_hangs_keeps_no_withdrawal_waiting_for_long_and_who_died_none(asked: tuple[Store, httpx.Client]) -> None:
    store, _ = asked
    hung = store.own_connection()
    if store.dialect == "postgresql":
        hearing.hold(hung.driver)
    start = time.monotonic()
    ss.withdraw(store, "sledgehammer.1", actor="cleo", comment="asked")
    took = time.monotonic() - start
    assert took >= hearing.SILENT if store.dialect == "postgresql" else took < hearing.SILENT
    hung.close()
    ss.reopen(store, "sledgehammer.1", actor="ben")
    publish(store, "sledgehammer")
    start = time.monotonic()
    ss.withdraw(store, "sledgehammer.1", actor="cleo", comment="asked")
    assert time.monotonic() - start < hearing.SILENT


def test_a_store_that_is_away_is_503_and_come_again(sample: Store) -> None:
    with served(sample) as client:
        with sample.session() as session:
            session.connection().execute(text("ALTER TABLE publication RENAME TO elsewhere"))
        got = client.get(f"/stories/{TRACK}")
        assert (got.status_code, got.headers["retry-after"]) == (503, "1") and client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200 and "elsewhere" not in got.text


def test_serving_a_store_that_is_not_there_is_one_line(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from songstory import cli_shared

    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'none.db'}")
    cli_shared.settings.cache_clear()
    assert "songstory init" in str(CliRunner().invoke(cli, ["serve"]).exception)
    cli_shared.settings.cache_clear()
