"""What a stranger may cost the dashboard: bytes, words, seconds and places, all asked over real sockets."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from itsdangerous import URLSafeTimedSerializer
from newsroom import SECRET, wait_for
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State
from websockets.sync.client import ClientConnection, connect
from wires import Hasty, speaking

import songstory as ss
from songstory import assets, authority

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
