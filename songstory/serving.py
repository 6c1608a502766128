"""The read API: the stored bytes of what is live, over HTTP. It writes nothing and needs no key.

Every answer is what the store holds, so what was withdrawn is gone the moment `withdraw` returned; a reader
that asks again with the ETag it has gets 304. A language falls back by its tags (RFC 4647, lookup), then to the house's own; a
market to the world.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import orjson

from songstory.store import Store
from songstory.store.reading import Reader
from songstory.work import Served

log = logging.getLogger(__name__)
WORLD = "world"
LONGEST_ID = 300
READERS = 8  # threads, each with a connection, that read from PostgreSQL
LEAST_ZIPPED = 512  # bytes below which compressing does not pay
LONGEST_QUERY = 8_192  # bytes, what most servers take; more is 414
LONGEST_TAG = 35  # characters of a language tag, as RFC 5646 (4.4.1) has it for who needs a bound; a market is shorter
_READ = 200  # bytes of an Accept header that are read: ten languages with their weights
_VARY = (b"vary", b"Accept-Encoding, Accept-Language")  # of every answer on a story: whether it is there is a question of language too
Headers = dict[bytes, bytes]


def make_app(store: Store, *, language: str = "en", max_age: int = 0) -> Any:
    """Return the ASGI application: `/stories/{track}`, `/healthz`, `/readyz`.

    `language` is that of the house, the last to be tried; `max_age` is how many seconds a cache between may answer by itself,
    and so how long a withdrawn story may still be read there.
    """
    from starlette.applications import Starlette
    from starlette.routing import Route

    stories = Stories(store, language, max_age)

    @contextlib.asynccontextmanager
    async def until_closed(_: Any) -> AsyncIterator[None]:
        yield
        stories.close()

    return Starlette(
        lifespan=until_closed,
        routes=[
            Route("/stories/{track}", stories, methods=["GET", "HEAD"]),
            Route("/healthz", _Plain(stories.alive)),
            Route("/readyz", _Plain(stories.ready)),
        ],
        exception_handlers={404: _no_such_page, 405: _no_such_page},
    )


class Stories:
    """Serves `/stories/{track}?language=&market=`; without a language, Accept-Language says which is wanted."""

    def __init__(self, store: Store, language: str, max_age: int) -> None:
        self.reader = Reader(store)
        self.language, self.inline = language, store.dialect == "sqlite"
        self.threads = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self.caching = b"no-cache" if max_age == 0 else f"public, max-age={max_age}".encode()

    def close(self) -> None:
        """End the reading threads, and with each its connection."""
        self.threads.shutdown()
        self.reader.close()

    async def alive(self) -> tuple[int, str]:
        """Say that this process answers, whatever the store does."""
        return 200, "serving"

    async def ready(self) -> tuple[int, str]:
        """Say whether the store answers; asked in a reading thread, so that it takes no connection of its own."""
        answers = await asyncio.get_running_loop().run_in_executor(self.threads, self.reader.answers)
        return (200, "ready") if answers else (503, "the store does not answer")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request: 200, 304, 404, 410 for a story that was withdrawn, 503 while the store is away."""
        if scope["method"] not in {"GET", "HEAD"}:
            return await _problem(send, 405, "only GET and HEAD are served here", [(b"allow", b"GET, HEAD")])
        if len(scope["query_string"]) > LONGEST_QUERY:
            return await _problem(send, 414, f"the query holds more than {LONGEST_QUERY:,} bytes", [])
        headers = dict(scope["headers"])
        track = scope["path_params"]["track"]
        try:
            wanted = list(_wanted(scope["query_string"], headers, self.language))
            found = self._read(track, wanted) if self.inline else self.reader.remembered(track, *wanted[0])
            if found is None and not self.inline:
                found = await asyncio.get_running_loop().run_in_executor(self.threads, self._read, track, wanted)
        except Exception as error:  # noqa: BLE001  the edge of a request: whatever the driver raises, the reader is told to come again
            log.warning("the store did not answer", extra={"why": type(error).__name__})
            return await _problem(send, 503, "the store does not answer; try again", [(b"retry-after", b"1")])
        if found is None:
            return await _problem(send, 404, f"no story of {track[:LONGEST_ID]!r} is published", [(b"cache-control", self.caching), _VARY])
        if not found.live:
            return await _problem(send, 410, "this story was withdrawn", [(b"cache-control", self.caching), _VARY])
        return await _send(send, found, headers, self.caching, body=scope["method"] == "GET")

    def _read(self, track: str, wanted: list[tuple[str, str]]) -> Served | None:
        if len(track) > LONGEST_ID or not track.isprintable():
            return None
        return self.reader.live(track, *wanted[0]) or self.reader.best(track, wanted)


async def _send(send: Any, found: Served, headers: Headers, caching: bytes, *, body: bool) -> None:
    zipped = len(found.body) >= LEAST_ZIPPED and _takes_gzip(_begin(headers.get(b"accept-encoding", b"")))
    plain, small = f'"{found.etag}"'.encode(), f'"{found.etag}-gzip"'.encode()
    about = [
        (b"etag", small if zipped else plain), (b"cache-control", caching), _VARY,
        (b"content-language", found.language.encode()),
    ]  # fmt: skip
    if _knows(headers.get(b"if-none-match", b""), plain, small):
        await send({"type": "http.response.start", "status": 304, "headers": about})
        await send({"type": "http.response.body", "body": b""})
        return
    data = _zipped(found.etag, found.body) if zipped else found.body
    about += [
        (b"content-type", b"application/json"), (b"content-length", str(len(data)).encode()), (b"x-content-type-options", b"nosniff"),
    ]  # fmt: skip
    if zipped:
        about.append((b"content-encoding", b"gzip"))
    await send({"type": "http.response.start", "status": 200, "headers": about})
    await send({"type": "http.response.body", "body": data if body else b""})


@lru_cache(maxsize=4_096)
def _zipped(etag: str, body: bytes) -> bytes:
    """Return the body compressed; the same bytes for the same ETag."""
    return gzip.compress(body, compresslevel=6, mtime=0)


@lru_cache(maxsize=1_024)
def _takes_gzip(accepted: bytes) -> bool:
    if b"gzip" not in accepted:
        return False
    return any(name == "gzip" and q > 0 for name, q in _weighed(accepted))


def _knows(told: bytes, *tags: bytes) -> bool:
    """Whether If-None-Match names one of the tags; weak ones count, as RFC 9110 has it for GET."""
    return bool(told) and (told.strip() == b"*" or any(t.strip().removeprefix(b"W/") in tags for t in told.split(b",")))


def _weighed(header: bytes) -> Iterator[tuple[str, float]]:
    """Yield the names of an Accept header with their weights; what cannot be read weighs nothing."""
    for part in header.decode("latin-1").lower().split(","):
        name, *parameters = (p.strip() for p in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            yield name, float(weight)
        except ValueError:
            yield name, 0.0


def _wanted(query: bytes, headers: Headers, own: str) -> Iterator[tuple[str, str]]:
    """Yield (language, market) in the order they are tried."""
    chain = _chain if len(query) <= _READ else _chain.__wrapped__  # nobody's long query is kept
    return iter(chain(query, _begin(headers.get(b"accept-language", b"")), own))


def _begin(header: bytes) -> bytes:
    """Return as much of an Accept header as is read, up to a comma: the caches keep what was read and no more."""
    return header if len(header) <= _READ else header[:_READ].rpartition(b",")[0]


@lru_cache(maxsize=1_024)
def _chain(query: bytes, accepted: bytes, own: str) -> tuple[tuple[str, str], ...]:
    asked = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=False)) if query else {}
    if "language" in asked:
        languages = [asked["language"]]
    else:
        languages = [name for name, q in sorted(_weighed(accepted), key=lambda n: -n[1]) if q > 0 and name not in {"", "*"}]
    tags = [tag for language in [*languages[:10], own] if len(language) <= LONGEST_TAG for tag in _shorter(language)]
    markets = dict.fromkeys(m for m in (asked.get("market", WORLD), WORLD) if len(m) <= LONGEST_TAG)
    return tuple(dict.fromkeys((tag, market) for tag in tags for market in markets))


def _shorter(language: str) -> Iterator[str]:
    """Yield a tag, then without its last part and so on, as RFC 4647 looks one up; written as BCP 47 recommends."""
    parts = language.replace("_", "-").split("-")[:4]
    written = [parts[0].lower(), *(p.upper() if len(p) == 2 else p.title() if len(p) == 4 else p.lower() for p in parts[1:])]
    for count in range(len(written), 0, -1):
        yield "-".join(written[:count])


class _Plain:
    """Answers with a word, read anew each time."""

    def __init__(self, answer: Callable[[], Awaitable[tuple[int, str]]]) -> None:
        self.answer = answer

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        status, word = await self.answer()
        await _answer(send, status, b"text/plain; charset=utf-8", f"{word}\n".encode(), [(b"cache-control", b"no-store")])


async def _no_such_page(request: Any, error: Any) -> Any:
    from starlette.responses import Response

    body = _told(error.status_code, "read a story at /stories/TRACK")
    return Response(body, error.status_code, media_type="application/problem+json", headers=error.headers)


def _told(status: int, detail: str) -> bytes:
    return orjson.dumps({"type": "about:blank", "status": status, "detail": detail})


async def _problem(send: Any, status: int, detail: str, headers: list[tuple[bytes, bytes]]) -> None:
    """Answer with what is wrong, as RFC 9457 writes it."""
    await _answer(send, status, b"application/problem+json", _told(status, detail), headers)


async def _answer(send: Any, status: int, kind: bytes, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    about = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"x-content-type-options", b"nosniff"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": body})
