"""What is fetched has one time for everything, one measure unpacked, no cookies, and comes from public addresses only."""

from __future__ import annotations

import contextlib
import gzip
import socket
import socketserver
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator

import httpx
import pytest

from songstory import serving
from songstory.errors import SourceError, SourceUnavailable
from songstory.sources import addresses, http
from songstory.store import Store

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
Speaks = Callable[[socket.socket, bytes], None]


class Server(socketserver.ThreadingTCPServer):
    """A server that says what a test tells it to, and keeps what it was asked."""

    daemon_threads, allow_reuse_address = True, True
    speaks: Speaks

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        super().__init__(("127.0.0.1", 0), self._answer)  # type: ignore[arg-type]

    def _answer(self, connection: socket.socket, address: object, server: object) -> None:
        asked = connection.recv(65_536)
        self.asked.append(asked)
        with contextlib.suppress(OSError):
            self.speaks(connection, asked)

    @property
    def url(self) -> str:
        return f"http://mirror:{self.server_address[1]}/x"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
        yield made
        made.shutdown()


def client(budget: float = 0.4) -> http.Client:
    hosts = frozenset({"mirror", "other"})
    return http.Client("a@b.org", private=hosts, resolve=lambda host, port: ["127.0.0.1"], budget=budget, jitter=lambda: 0.0)


def drips(before: bytes) -> Speaks:
    """Say `before`, then a byte at a time for ever."""

    def speak(connection: socket.socket, asked: bytes) -> None:
        connection.sendall(before)
        while True:
            connection.sendall(b" ")
            time.sleep(0.02)

    return speak


def late(answer: bytes) -> Speaks:
    """Say the whole of an answer, each time a little late."""

    def speak(connection: socket.socket, asked: bytes) -> None:
        time.sleep(0.15)
        connection.sendall(answer)

    return speak


SLOW: dict[str, Speaks] = {
    "a status line": drips(b""),
    "headers": drips(HEAD + b"X-A: "),
    "a body": drips(HEAD + b"Content-Length: 1000000\r\n\r\n["),
    "a body in chunks": drips(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
    "silence": lambda connection, asked: time.sleep(2),
    "redirects": late(b"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n"),
    "failures": late(b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", SLOW)
def test_no_answer_takes_longer_than_the_time_of_the_request(what: str, server: Server) -> None:
    server.speaks = SLOW[what]
    start = time.monotonic()
    with pytest.raises((SourceUnavailable, SourceError)):
        client().json(server.url)
    assert time.monotonic() - start < 1.8  # 0.4 s, and what a busy machine adds; a drip would go on for ever


def test_what_unpacks_beyond_measure_is_never_unpacked(server: Server) -> None:
    body = gzip.compress(b" " * (http.MAX_BYTES * 8), compresslevel=1)
    server.speaks = lambda connection, asked: connection.sendall(HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + body)
    tracemalloc.start()
    with pytest.raises(SourceError, match="more than 32,000,000 bytes"):
        client(60).json(server.url)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * http.MAX_BYTES


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "x"])
def test_an_answer_packed_in_another_way_is_refused(encoding: str, server: Server) -> None:
    server.speaks = lambda connection, asked: connection.sendall(
        HEAD + f"Content-Encoding: {encoding}\r\nContent-Length: 2\r\n\r\n[]".encode()
    )
    with pytest.raises(SourceError, match="packed as"):
        client(5).json(server.url)


def test_what_is_packed_honestly_is_read(server: Server) -> None:
    body = gzip.compress(b'{"ok":1}')
    server.speaks = lambda connection, asked: connection.sendall(
        HEAD + f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    assert client(5).json(server.url) == {"ok": 1} and b"accept-encoding: gzip\r\n" in server.asked[0].lower()


@pytest.mark.parametrize("cookie", ["a=1", "a=1; Path=/", "a=1; Domain=127.0.0.1", "a=1; Max-Age=9999; SameSite=None"])
def test_no_cookie_goes_to_any_host_nor_back(cookie: str, server: Server) -> None:
    port = server.server_address[1]

    def speak(connection: socket.socket, asked: bytes) -> None:
        if b"host: mirror" in asked.lower() and len(server.asked) == 1:
            where = f"HTTP/1.1 302 Found\r\nSet-Cookie: {cookie}\r\nLocation: http://other:{port}/y\r\nContent-Length: 0\r\n\r\n"
            return connection.sendall(where.encode())
        return connection.sendall(HEAD + b"Content-Length: 2\r\n\r\n[]")

    server.speaks, asking = speak, client(5)
    asking.json(server.url)
    asking.json(server.url + "2")
    assert len(server.asked) == 3 and not [a for a in server.asked if b"\ncookie:" in a.lower()]


@pytest.mark.parametrize(
    "place",
    [
        "http://" + "a" * 300 + "/",
        "http://" + "a." * 150 + "example/",
        "http://[::1",
        "http://a b/",
        "http://xn--\u00df.example:99999/",
        "//",
    ],
)
def test_a_redirect_to_no_address_is_one_clear_line(place: str) -> None:
    def hop(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": place.encode()})  # type: ignore[dict-item]

    asking = http.Client(
        "a@b.org", transport=httpx.MockTransport(hop), resolve=lambda h, p: http.resolve(h, p) if len(h) > 40 else ["93.184.216.34"]
    )
    with pytest.raises(SourceError) as caught:
        asking.json("https://x.example/")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "address",
    [
        "::127.0.0.1", "::10.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:7f00:1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:7f00:1::1", "2a00::5efe:a00:1", "fec0::1", "fe80::1%eth0", "ff02::1", "240.0.0.1", "::",
    ],
)  # fmt: skip
def test_an_address_that_carries_a_private_one_is_private(address: str) -> None:
    assert not addresses.is_public(address)
    with pytest.raises(SourceError, match="public internet"):
        http.Client("a@b.org", resolve=lambda host, port: [address]).json("http://innocent.example/")


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::"])
def test_an_address_that_carries_a_public_one_is_public(address: str) -> None:
    assert addresses.is_public(address)


@pytest.mark.parametrize("track", ["nobody-knows-it", "sledgehammer"])
def test_what_is_not_there_varies_as_what_is(track: str, desk: Store) -> None:
    from starlette.testclient import TestClient

    with TestClient(serving.make_app(desk, max_age=60)) as reader:
        answer = reader.get(f"/stories/{track}")
    assert answer.status_code == 404 and answer.headers["vary"] == "Accept-Encoding, Accept-Language"
    assert answer.headers["cache-control"] == "public, max-age=60"
