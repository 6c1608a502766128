"""What each visitor may cost the server of the dashboard: who is not signed in reads the door, and nothing of theirs is kept.

Streamlit takes uploads, long messages and any number of sockets from whoever speaks its protocol; this layer stands before it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson
from headers import Asgi, Message, Receive, Send
from identity import identity, only_person
from menu import PAGES
from starlette.requests import HTTPConnection
from streamlit import runtime
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

import songstory as ss
from songstory.errors import SongstoryError
from songstory.models import Actor
from songstory.settings import Settings, load_settings
from songstory.store import people

UPLOADS = "/_stcore/upload_file/"
LARGEST_FILE = 50_000_000  # bytes of a catalogue, as the page of sources says
LARGEST_HELD = 100_000_000  # bytes of uploads that one person may have in the server's memory at once
_FRAME = 10_000  # bytes of a form around a file
_PIECE = 30.0  # seconds between two pieces of an upload


@dataclass(frozen=True)
class Bounds:
    """What a socket may do: how many there are of one kind, how long each stays, and what it may say."""

    sockets: int
    seconds: float
    message: int  # bytes
    messages: int


STRANGERS = Bounds(sockets=40, seconds=600, message=8_000, messages=200)  # of all strangers together; a sign-in takes one, and a minute
PERSON = Bounds(sockets=40, seconds=86_400, message=1_000_000, messages=1_000_000)


@dataclass
class Upload:
    """A file that one person handed in, for as long as the server holds it."""

    session: str
    file: str
    size: int
    under_way: bool = True

    def held(self) -> bool:
        """Whether its bytes are still in memory."""
        uploads = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
        return self.under_way or bool(uploads and uploads.get_files(self.session, [self.file]))


@dataclass
class Visitors:
    """Stands before the dashboard: refuses bodies and uploads of strangers, and bounds what a socket may say."""

    app: Asgi
    strangers: Bounds = STRANGERS
    person: Bounds = PERSON
    held: dict[str, list[Upload]] = field(default_factory=dict)
    sockets: dict[str, deque[asyncio.Event]] = field(default_factory=dict)  # by person, "" those of strangers, oldest first

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass on what may be asked, and refuse the rest before any of it is read."""
        if scope["type"] == "websocket":
            return await self._talk(scope, receive, send)
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        told = {k.lower(): v for k, v in scope["headers"]}
        if scope["path"].startswith(UPLOADS) and scope["method"] in {"PUT", "DELETE"}:
            return await self._upload(scope, receive, send, told.get(b"content-length", b""))
        if b"transfer-encoding" in told or told.get(b"content-length", b"0").strip(b" 0"):
            return await _refuse(send, 413, "nothing but a catalogue is taken in here")
        return await self.app(scope, receive, send)

    # uploads --------------------------------------------------------------------------------------------------------------

    async def _upload(self, scope: Message, receive: Receive, send: Send, length: bytes) -> None:
        person = await visitor(scope)
        if person is None or person.role not in PAGES["sources"][2]:
            return await _refuse(send, 403, "sign in as an editor or a publisher to hand in a file")
        if scope["method"] == "DELETE":
            return await self.app(scope, receive, send)
        session, _, file = scope["path"].removeprefix(UPLOADS).partition("/")
        if not length.isdigit() or not file:
            return await _refuse(send, 411, "say how long the file is")
        mine = [u for u in self.held.pop(person.name, []) if u.held()]
        if mine:
            self.held[person.name] = mine
        size = int(length)
        if size > LARGEST_FILE + _FRAME or sum(u.size for u in mine) + size > LARGEST_HELD:
            return await _refuse(send, 413, f"a file holds up to {LARGEST_FILE:,} bytes, all that you have open {LARGEST_HELD:,}")
        upload = Upload(session, file, size)
        self.held.setdefault(person.name, []).append(upload)

        async def soon() -> Message:
            return await asyncio.wait_for(receive(), _PIECE)

        try:
            await self.app(scope, soon, send)
        except TimeoutError:
            await _refuse(send, 408, "the file did not come")
        finally:
            upload.under_way = False
        return None

    # sockets --------------------------------------------------------------------------------------------------------------

    async def _talk(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a socket speak within its bounds; one too many takes the place of the oldest, so that nobody is kept out for long."""
        person = await visitor(scope)
        bounds = self.strangers if person is None else self.person
        places = self.sockets.setdefault(person.name if person else "", deque())
        if len(places) >= bounds.sockets:
            places.popleft().set()
        leave = asyncio.Event()
        places.append(leave)
        try:
            await self.app(scope, _Bounded(receive, send, bounds, leave), send)
        finally:
            if leave in places:
                places.remove(leave)
            if not places:
                self.sockets.pop(person.name if person else "", None)


class _Bounded:
    """Hands on what a socket says until it says too much, stays too long, or has to leave."""

    def __init__(self, receive: Receive, send: Send, bounds: Bounds, leave: asyncio.Event) -> None:
        self.receive, self.send, self.bounds, self.leave = receive, send, bounds, leave
        self.until, self.said = time.monotonic() + bounds.seconds, -1  # the first is that it connects

    async def __call__(self) -> Message:
        """Return the next message, or the end."""
        next_, leaves = asyncio.ensure_future(self.receive()), asyncio.ensure_future(self.leave.wait())
        try:
            await asyncio.wait({next_, leaves}, timeout=max(0.0, self.until - time.monotonic()), return_when=asyncio.FIRST_COMPLETED)
            if not next_.done():
                return await self._end(1013)  # try again later
        finally:
            leaves.cancel()
            next_.cancel()
        message = next_.result()
        self.said += 1
        if len(message.get("bytes") or b"") + len(message.get("text") or "") > self.bounds.message:
            return await self._end(1009)
        return message if self.said <= self.bounds.messages else await self._end(1008)

    async def _end(self, code: int) -> Message:
        await self.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


# who it is ----------------------------------------------------------------------------------------------------------------


async def visitor(scope: Message) -> Actor | None:
    """Return who asks: the person of the signed cookie, or in solo mode the one local person; None for a stranger."""
    return await asyncio.to_thread(_visitor, HTTPConnection(scope).cookies)


def _visitor(cookies: Mapping[str, str]) -> Actor | None:
    try:
        settings, store = _house()
        if not settings.oidc_metadata_url:  # this machine only: who is here is who works here
            return people.get_actor(store, settings.actor or only_person(store))
        told = get_cookie_with_chunks(lambda name: _signed(cookies, name), USER_COOKIE_NAME)
        claims = json.loads(told) if told else {}
        return people.get_actor(store, identity(claims)) if claims.get("is_logged_in") else None
    except (SongstoryError, ValueError):  # not signed in, signed out since, or no person of this house
        return None


@lru_cache(maxsize=1)
def _house() -> tuple[Settings, ss.Store]:
    """Return the settings and a store that no page shares: this is asked where no page is drawn."""
    settings = load_settings()
    return settings, ss.open_store(settings.store)


def _signed(cookies: Mapping[str, str], name: str) -> bytes | None:
    value = cookies.get(name)
    return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None


async def _refuse(send: Send, status: int, why: str) -> None:
    """Answer without reading what was sent, and close."""
    body = orjson.dumps({"type": "about:blank", "status": status, "detail": why})
    length = str(len(body)).encode()
    about: list[Any] = [(b"content-type", b"application/problem+json"), (b"content-length", length), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": body})
