"""What a stranger may cost the read API: bytes, seconds, places and memory, all asked over real sockets."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from wires import Hasty, answer, call, closes_within, resident, speaking, status

import songstory as ss
from songstory import serving
from songstory.sockets import Limited

ASK = b"GET /healthz HTTP/1.1\r\nhost: x\r\n"
STORY = b"GET /stories/in-bloom HTTP/1.1\r\nhost: x\r\n"


@pytest.fixture(scope="module")
def api(empty: Path) -> Iterator[Any]:
    store = ss.open_store(f"sqlite:///{empty}")
    yield serving.make_app(store)
    store.close()


@pytest.fixture(scope="module")
def port(api: Any) -> Iterator[int]:
    with speaking(api) as number:
        yield number


# how much ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [b"accept-language", b"accept-encoding", b"cookie", b"x-anything", b"if-none-match"])
def test_a_header_without_end_is_refused_before_it_is_read(port: int, name: bytes) -> None:
    flood = ASK + name + b": " + b"aa," * 10_000_000
    before, sent = resident(), 0
    with call(port) as wire:
        with contextlib.suppress(ConnectionError):
            while sent < len(flood):
                sent += wire.send(flood[sent : sent + 65_536])
        assert answer(wire).startswith(b"HTTP/1.1 431") and sent < len(flood) / 2
    assert resident() - before < 8_000_000


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (ASK + b"x: " + b"a" * 8_000 + b"\r\n\r\n", 200), (ASK + b"x: " + b"a" * 8_200 + b"\r\n\r\n", 431),
        (ASK + b"".join(b"x-%d: 1\r\n" % i for i in range(1_000)) + b"\r\n", 431), (ASK + b"a" * 20_000, 431),
        (b"GET /healthz?" + b"a" * 8_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n", 200), (b"GET /healthz?" + b"a" * 8_200 + b" HTTP/1.1\r\nhost: x\r\n\r\n", 414),
        (b"GET /" + b"a" * 300_000, 414), (ASK + b"content-length: 5\r\n\r\nhello", 413), (ASK + b"transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 413),
        (ASK.replace(b"GET", b"HEAD") + b"content-length: 7\r\n\r\n", 413), (ASK + b"content-length: 0\r\n\r\n", 200),
        (STORY.replace(b"GET", b"POST") + b"content-length: 9\r\n\r\n", 405),
    ],
)  # fmt: skip
def test_a_head_is_eight_thousand_bytes_and_a_reader_sends_no_body(port: int, request_: bytes, told: int) -> None:
    assert status(port, request_) == told


@pytest.mark.parametrize("size", [1, 7, 100, 8_191, 8_192, 8_193])
def test_it_is_all_one_in_which_pieces_a_head_comes(port: int, size: int) -> None:
    for length, told in ((2_000, b"200"), (8_200, b"431")):
        request = ASK + b"x: " + b"a" * length + b"\r\nconnection: close\r\n\r\n"
        pieces = [request[at : at + size] for at in range(0, len(request), size)]
        with call(port) as wire, contextlib.suppress(ConnectionError):
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                wire.sendall(piece)
            assert answer(wire)[9:12] == told


def test_requests_in_one_piece_are_answered_in_turn_and_a_large_one_among_them_is_not(port: int) -> None:
    with call(port) as wire:
        wire.sendall((ASK + b"\r\n") * 400 + ASK + b"connection: close\r\n\r\n")
        assert answer(wire).count(b"HTTP/1.1 200") == 401
    with call(port) as wire:
        wire.sendall((ASK + b"\r\n") * 100 + ASK + b"x: " + b"a" * 9_000 + b"\r\n\r\n" + (ASK + b"\r\n") * 10)
        assert answer(wire).count(b"HTTP/1.1 200") <= 100


def test_what_came_after_a_body_nobody_reads_is_no_request(port: int) -> None:
    with call(port) as wire:
        wire.sendall(STORY.replace(b"GET", b"POST") + b"content-length: 900\r\n\r\n" + ASK + b"\r\n")
        got = answer(wire)
        assert got.count(b"HTTP/1.1") == 1 and b"connection: close" in got


@pytest.mark.parametrize(("header", "cache"), [(b"accept-language", serving._chain), (b"accept-encoding", serving._takes_gzip)])
def test_the_caches_keep_what_was_read_and_no_more(header: bytes, cache: Any) -> None:
    known = cache.cache_info().misses
    for i in range(50):
        headers = {header: b"gzip, en, " + b"fr;q=0.1," * 30 + b"x%d" % i * 900}
        list(serving._wanted(b"", headers, "en"))
        serving._takes_gzip(serving._begin(headers.get(b"accept-encoding", b"")))
    assert cache.cache_info().misses - known <= 1
    assert max(len(serving._begin(b"en," + b"x" * n)) for n in (10, 500, 8_000)) <= 200


def test_a_long_query_is_kept_nowhere() -> None:
    before = serving._chain.cache_info().currsize
    for i in range(50):
        wanted = list(serving._wanted(b"language=" + b"a-" * 900 + b"%d&market=" % i + b"b" * 500, {}, "en"))
        assert wanted == [("en", "world")]
    assert serving._chain.cache_info().currsize == before


# how long ---------------------------------------------------------------------------------------------------------------


SILENT = (b"", b"G", ASK, ASK + b"x: y\r\n", b"\r\n\r\n", ASK + b"\r\n", ASK + b"\r\n" + ASK)


def test_who_says_nothing_more_is_dropped(api: Any) -> None:
    class Short(Hasty):
        def __init__(self, *arguments: object, **named: object) -> None:
            super().__init__(*arguments, **named)
            self.timeout_keep_alive = 0.4  # type: ignore[assignment]

    with speaking(api, Short) as number, contextlib.ExitStack() as open_:
        wires = [open_.enter_context(call(number)) for _ in SILENT]
        for wire, said in zip(wires, SILENT, strict=True):
            wire.sendall(said)
        assert [said for wire, said in zip(wires, SILENT, strict=True) if not closes_within(wire, 3)] == []


def test_a_head_that_drips_is_not_waited_for(port: int) -> None:
    began = time.monotonic()

    def drip(drop: bytes) -> float:
        with call(port) as wire, contextlib.suppress(ConnectionError):
            wire.sendall(ASK if drop != b"\r\n" else b"\r\n")
            while time.monotonic() - began < 3:
                wire.sendall(drop)
                time.sleep(0.05)
        return time.monotonic() - began

    with ThreadPoolExecutor() as pool:
        assert max(pool.map(drip, [b"a", b"\r\n", b"x: y\r\n"])) < 2


def test_a_reader_that_takes_nothing_is_dropped() -> None:
    gone = threading.Event()

    async def long(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(100):
                await send({"type": "http.response.body", "body": b"a" * 1_000_000, "more_body": True})
            await receive()
            gone.set()

    with speaking(long) as number, call(number) as wire:
        wire.sendall(ASK + b"\r\n")
        assert gone.wait(5), "the answer was never given up"


# how many ---------------------------------------------------------------------------------------------------------------


def test_six_hundred_that_wait_are_dropped_and_nobody_else_waits(api: Any) -> None:
    class Patient(Limited):
        patience = 1.0

    with speaking(api, Patient) as number:
        idle = [call(number) for _ in range(600)]
        for wire in idle[::2]:
            wire.sendall(ASK)
        took = []
        for _ in range(20):
            began = time.perf_counter()
            assert status(number, ASK + b"\r\n") == 200
            took.append(time.perf_counter() - began)
        assert sorted(took)[10] < 0.2
        assert all(closes_within(wire, 5) for wire in idle)
        [wire.close() for wire in idle]


def test_who_comes_when_all_places_are_taken_gets_that_of_one_who_only_waits(port: int) -> None:
    crowd = [call(port) for _ in range(Hasty.most_connections * 2)]
    assert status(port, ASK + b"\r\n") == 200
    [wire.close() for wire in crowd]


def test_when_all_are_at_work_one_is_told_to_come_again() -> None:
    over = threading.Event()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        import asyncio

        if scope["type"] == "http":
            await asyncio.to_thread(over.wait, 10)
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

    class Few(Hasty):
        most_connections = 3

    with speaking(slow, Few) as number:
        busy = [call(number) for _ in range(3)]
        [wire.sendall(ASK + b"\r\n") for wire in busy]
        time.sleep(0.1)
        with call(number) as wire:
            told = answer(wire)
        over.set()
        assert told.startswith(b"HTTP/1.1 503") and b"retry-after: 1" in told
        assert all(wire.recv(64).startswith(b"HTTP/1.1 200") for wire in busy)
        [wire.close() for wire in busy]
