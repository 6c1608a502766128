"""What a stranger may cost the read API and the dashboard: bytes, seconds, places and memory, all asked over real sockets."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from itsdangerous import URLSafeTimedSerializer
from newsroom import SECRET, wait_for
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect

import songstory as ss
from songstory import assets, authority, serving
from songstory.sockets import Limited

ASK = b"GET /healthz HTTP/1.1\r\nhost: x\r\n"
STORY = b"GET /stories/in-bloom HTTP/1.1\r\nhost: x\r\n"


class Hasty(Limited):
    """The protocol with less patience."""

    patience, stalled, lingers, most_connections = 0.4, 0.4, 0.2, 40


@contextlib.contextmanager
def speaking(app: Any, protocol: type[Limited] = Hasty, ws: Any = "none") -> Iterator[int]:
    """Serve an application from a real socket; give its port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=protocol, ws=ws, access_log=False, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def api(empty: Path) -> Iterator[Any]:
    store = ss.open_store(f"sqlite:///{empty}")
    yield serving.make_app(store)
    store.close()


@pytest.fixture(scope="module")
def port(api: Any) -> Iterator[int]:
    with speaking(api) as number:
        yield number


def call(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def answer(wire: socket.socket) -> bytes:
    """Return all that comes until the other side closes."""
    got = b""
    with contextlib.suppress(ConnectionError):
        while piece := wire.recv(65_536):
            got += piece
    return got


def status(port: int, request: bytes) -> int:
    with call(port) as wire:
        wire.sendall(request)
        return int(wire.recv(64).split()[1])


def closes_within(wire: socket.socket, seconds: float) -> bool:
    """Return whether the other side closes in time."""
    wire.settimeout(seconds)
    try:
        answer(wire)
    except TimeoutError:
        return False
    return True


def resident() -> int:
    """Return the bytes of memory this process, and so the server in it, holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096


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


# the dashboard ----------------------------------------------------------------------------------------------------------

ISSUER = "https://id.example"
FORM = {"content-type": "multipart/form-data; boundary=B"}
PART = b'--B\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n%b\r\n--B--\r\n'


@dataclass
class Dashboard:
    """A dashboard with a sign-in provider that nobody has to reach: who is signed in has a cookie of ours."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cookie(self, who: str) -> str:
        claims = {"origin": self.url, "is_logged_in": True, "iss": ISSUER, "sub": who, "iat": int(time.time()) + 2}
        return "_streamlit_user=" + URLSafeTimedSerializer(SECRET, salt="_streamlit_user").dumps(json.dumps(claims))

    def resident(self) -> int:
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4_096

    def socket(self, who: str = "") -> ClientConnection:
        """Open the socket of a page, as `who` if it is signed in."""
        told = {"Cookie": self.cookie(who)} if who else {}
        return connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream", subprotocols=[Subprotocol("streamlit"), Subprotocol("x")], additional_headers=told
        )

    def session(self, wire: ClientConnection) -> str:
        """Let the page be drawn and return the name of its session, which an upload has to give."""
        asked, got = BackMsg(), ForwardMsg()
        asked.rerun_script.query_string = ""
        wire.send(asked.SerializeToString())
        while got.WhichOneof("type") != "new_session":
            got.ParseFromString(wire.recv(20))  # type: ignore[arg-type]
        return str(got.new_session.initialize.session_id)

    def put(self, path: str, body: Any, who: str = "", method: str = "PUT") -> int:
        """Send a body and return the status; 0 when the connection was cut before there was one."""
        xsrf = httpx.get(f"{self.url}/_stcore/health").cookies["_streamlit_xsrf"]
        told = {"x-xsrftoken": xsrf, "cookie": "; ".join((f"_streamlit_xsrf={xsrf}", self.cookie(who) if who else "a=b"))}
        try:
            return httpx.request(method, self.url + path, content=body, headers={**FORM, **told}, timeout=20).status_code
        except httpx.TransportError:
            return 0


@pytest.fixture(scope="module")
def dashboard(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    path = shutil.copy(empty, tmp_path_factory.mktemp("dashboard") / "songs.db")
    store = ss.open_store(f"sqlite:///{path}")
    for name, role in {"ada": "admin", "mara": "writer", "ben": "editor", "cleo": "publisher"}.items():
        authority.add_person(store, name, role, actor="ada", iss=ISSUER, sub=name)
    store.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    environment = {
        **os.environ, "SONGSTORY_STORE": f"sqlite:///{path}", "SONGSTORY_PUBLIC_URL": f"http://127.0.0.1:{number}", "SONGSTORY_OIDC_CLIENT_ID": "a",
        "SONGSTORY_OIDC_METADATA_URL": f"{ISSUER}/config", "SONGSTORY_OIDC_CLIENT_SECRET": "b", "SONGSTORY_COOKIE_SECRET": SECRET,
    }  # fmt: skip
    folder = assets.shipped("ui")
    command = [sys.executable, str(folder / "serve.py"), "127.0.0.1", str(number)]  # what `songstory ui` becomes
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{number}/healthz", process)
        yield Dashboard(number, process)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("who", ["", "mara", "ada", "nobody"])
def test_who_is_not_signed_in_with_a_role_that_imports_uploads_nothing(dashboard: Dashboard, who: str) -> None:
    with dashboard.socket() as page:
        session = dashboard.session(page)
        assert dashboard.put(f"/_stcore/upload_file/{session}/f", PART % b"small", who) == 403
        assert dashboard.put(f"/_stcore/upload_file/{session}/g", PART % (b"a" * 12_000_000), who) in {0, 403}
        before = dashboard.resident()  # what the first of each takes is its code, loaded once
        for file in range(4):
            assert dashboard.put(f"/_stcore/upload_file/{session}/{file}", PART % (b"a" * 12_000_000), who) in {0, 403}
        assert dashboard.resident() - before < 12_000_000


@pytest.mark.parametrize(
    "path",
    ["/", "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/health", "//_stcore/upload_file/a/b", "/healthz", "/oauth2callback"],
)
@pytest.mark.parametrize("how", ["length", "chunks"])
def test_no_other_address_takes_a_body(dashboard: Dashboard, path: str, how: str) -> None:
    body = b"a" * 2_000 if how == "length" else iter([b"a" * 1_000] * 2)
    assert dashboard.put(path, body, "ben", method="POST") == 413


def test_an_upload_says_how_long_it_is(dashboard: Dashboard) -> None:
    assert dashboard.put("/_stcore/upload_file/a/b", iter([b"a" * 1_000] * 2), "ben") == 411


def test_what_one_person_uploads_is_bounded_and_what_is_taken_back_counts_no_more(dashboard: Dashboard) -> None:
    with dashboard.socket("ben") as page:
        address = f"/_stcore/upload_file/{dashboard.session(page)}"
        large = PART % (b"a" * 45_000_000)
        assert [dashboard.put(f"{address}/{file}", large, "ben") for file in range(2)] == [204, 204]
        assert dashboard.put(f"{address}/2", large, "ben") in {0, 413}
        assert dashboard.put(f"{address}/0", b"", "mara", method="DELETE") == 403
        assert [dashboard.put(f"{address}/{file}", b"", "ben", method="DELETE") for file in range(2)] == [204, 204]
        assert dashboard.put(f"{address}/2", large, "ben") == 204
        assert dashboard.put(f"{address}/3", PART % (b"a" * 60_000_000), "ben") in {0, 413}


def test_a_stranger_says_little_and_a_person_says_more(dashboard: Dashboard) -> None:
    said = BackMsg()
    said.rerun_script.query_string = "a" * 20_000
    with dashboard.socket() as stranger, dashboard.socket("ben") as person:
        for wire in (stranger, person):
            wire.send(said.SerializeToString())
        with pytest.raises(ConnectionClosed) as closed:
            [stranger.recv(5) for _ in range(200)]
        assert closed.value.rcvd and closed.value.rcvd.code == 1009 and dashboard.session(person)


def test_a_message_that_nobody_may_say_is_not_read(dashboard: Dashboard) -> None:
    before = dashboard.resident()
    with dashboard.socket("ben") as person, contextlib.suppress(ConnectionClosed):
        person.send(b"a" * 30_000_000)
        [person.recv(5) for _ in range(200)]
    assert dashboard.resident() - before < 20_000_000


def test_strangers_have_so_many_sockets_and_the_newest_gets_one(dashboard: Dashboard) -> None:
    with contextlib.ExitStack() as open_:
        person, *crowd = [open_.enter_context(dashboard.socket(who)) for who in ["ben", *[""] * 60]]
        assert dashboard.session(crowd[-1]) and dashboard.session(person)
        for wire in crowd:
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                [wire.recv(0.001) for _ in range(200)]
        assert sum(wire.state is State.OPEN for wire in crowd) <= 40


@pytest.mark.parametrize("bounds", ["seconds", "messages"])
def test_a_stranger_leaves_after_so_long_and_so_many_words(bounds: str, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sys.path.insert(0, str(assets.shipped("ui")))
    import visitors

    async def listens(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket" and (await receive())["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
            while (await receive())["type"] != "websocket.disconnect":
                pass

    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{empty}")
    short = visitors.Bounds(sockets=2, seconds=0.8 if bounds == "seconds" else 60, message=100, messages=5)
    app = visitors.Visitors(listens, strangers=short, person=short)
    with speaking(app, ws="websockets-sansio") as number, connect(f"ws://127.0.0.1:{number}/") as wire:
        began = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(5 if bounds == "seconds" else 7):
                wire.send(b"a")
            wire.recv(5)
        assert bounds == "messages" or time.monotonic() - began > Hasty.patience, "a socket outlives the patience with heads"
        assert closed.value.rcvd and closed.value.rcvd.code == {"seconds": 1013, "messages": 1008}[bounds]
