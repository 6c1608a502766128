"""The one polite client: a contact in the User-Agent, a pause between requests, retries with backoff, a cache on disk.

It goes to public addresses only: a name is resolved once, refused when any address is private, and the connection is made
to the address that was checked, so that a name that changes its mind between check and call gains nothing. Redirects are
followed by hand under the same checks, without cookies; an answer is bounded in size, packed or not, in time and in type.
"""

from __future__ import annotations

import hashlib
import random
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import httpx
import orjson

from songstory import private_files
from songstory.errors import ConfigError, SourceError, SourceUnavailable
from songstory.sources.addresses import is_public
from songstory.sources.timed import Deadline
from songstory.sources.timed import transport as timed

MAX_BYTES = 32_000_000
TIMEOUT = 30.0  # seconds for one answer, all of it
BUDGET = 60.0  # seconds for one request with its redirects, its tries and the waits between them
LONGEST_HOST = 253  # characters, RFC 1035
REDIRECTS = 3
TRIES = 4
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds; doubled at each try, full jitter
_LATER = {408, 425, 429, 500, 502, 503, 504}
Resolve = Callable[[str, int], list[str]]


def path(part: str) -> str:
    """Return `part` safe as one segment of a path."""
    return quote(part, safe="")


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raise SourceUnavailable when it has none."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise SourceUnavailable(f"{host} was not found ({error.strerror}); check the network, then try again") from error
    except UnicodeError as error:
        raise SourceError(f"{host[:80]} is no name of a host; check the address") from error


class Client:
    """Fetch JSON from public sources. `transport`, `resolve`, `clock`, `sleep`, `jitter` and `budget` (seconds) are given by tests.

    `private` names hosts of your own network that may be called, such as a mirror of MusicBrainz.
    """

    def __init__(
        self,
        contact: str,
        *,
        cache: Path | None = None,
        private: frozenset[str] = frozenset(),
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        budget: float = BUDGET,
    ) -> None:
        if "@" not in contact and "://" not in contact:
            raise ConfigError("the sources ask for a contact; set SONGSTORY_CONTACT to an e-mail address or a web page")
        if not contact.isprintable() or not contact.isascii():
            raise ConfigError("SONGSTORY_CONTACT must be plain printable text")
        self._agent = f"songstory/0.1 ({contact})"
        self._cache, self._private, self._resolve = cache, private, resolve
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._budget, self._deadline = budget, Deadline(clock)
        self._transport = transport or timed(self._deadline)  # no client of httpx above it: that would keep cookies by address
        self._last: dict[str, float] = {}

    def json(self, url: str, params: Mapping[str, str] | None = None, *, pause: float = 0.0) -> Any:
        """Return the JSON at `url`. Raise SourceError for a bad answer, SourceUnavailable after the last try."""
        full = str(_url(url, dict(params or {})))
        if (kept := self._kept(full)) is not None:
            return orjson.loads(kept)
        body = self._get(full, pause)
        try:
            value = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise SourceError(f"{_short(full)} did not answer with JSON; try again later") from error
        self._keep(full, body)
        return value

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _get(self, url: str, pause: float) -> bytes:
        self._deadline.begin(self._budget)
        for attempt in range(1, TRIES + 1):
            try:
                return self._follow(url, pause)
            except SourceUnavailable as error:
                if attempt == TRIES:
                    raise
                told = getattr(error, "retry_after", None)
                wait = told if told is not None else min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * self._jitter()
                if wait >= self._deadline.left():
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable: the last try raises")

    def _follow(self, url: str, pause: float) -> bytes:
        for _ in range(REDIRECTS + 1):
            answer = self._once(_url(url), pause)
            if isinstance(answer, bytes):
                return answer
            url = str(_url(url).join(_url(answer)))
        raise SourceError(f"{_short(url)} redirects more than {REDIRECTS} times")

    def _once(self, url: httpx.URL, pause: float) -> bytes | str:
        """Return the body of an answer, or where it redirects to."""
        request = self._request(url)
        self._wait(url.host, pause)
        until = self._clock() + min(TIMEOUT, self._deadline.left())
        try:
            response = self._transport.handle_request(request)
        except httpx.HTTPError as error:
            raise SourceUnavailable(f"{_short(str(url))} did not answer ({type(error).__name__}); try again later") from error
        try:
            if response.is_redirect:
                return str(response.headers.get("location", ""))
            self._sound(response, url)
            return self._read(response, url, until)
        finally:
            response.close()

    def _request(self, url: httpx.URL) -> httpx.Request:
        """Return a request to the address that was checked, under the name that was asked for."""
        if url.scheme not in {"http", "https"} or not url.host or url.userinfo or len(url.host) > LONGEST_HOST:
            raise SourceError(f"{_short(str(url))} is not a web address that songstory fetches; only http and https")
        port = url.port or (443 if url.scheme == "https" else 80)
        address = self._public(url.host, port)
        headers = {"User-Agent": self._agent, "Accept": "application/json", "Accept-Encoding": "gzip", "Host": url.netloc.decode()}
        waits = httpx.Timeout(TIMEOUT).as_dict()
        return httpx.Request("GET", url.copy_with(host=address), headers=headers, extensions={"sni_hostname": url.host, "timeout": waits})

    def _public(self, host: str, port: int) -> str:
        addresses = self._resolve(host, port)
        if host not in self._private:
            for address in addresses:
                if not is_public(address):
                    raise SourceError(f"{host} is not on the public internet; songstory does not fetch from {address}")
        if not addresses:
            raise SourceUnavailable(f"{host} was not found; check the network, then try again")
        return addresses[0]

    def _wait(self, host: str, pause: float) -> None:
        ready = self._last.get(host, float("-inf")) + pause
        if (left := ready - self._clock()) > 0:
            self._sleep(left)
        self._last[host] = self._clock()

    def _sound(self, response: httpx.Response, url: httpx.URL) -> None:
        status = response.status_code
        if status in _LATER:
            error = SourceUnavailable(f"{_short(str(url))} answered {status}; try again later")
            after = response.headers.get("retry-after", "")
            error.retry_after = min(float(after), LONGEST_WAIT) if after.isdecimal() else None
            raise error
        if status == 404:
            raise SourceError(f"{_short(str(url))} is not there (404); check the identifier")
        if status != 200:
            raise SourceError(f"{_short(str(url))} answered {status}")
        kind = response.headers.get("content-type", "").split(";")[0].strip().casefold()
        if "json" not in kind:
            raise SourceError(f"{_short(str(url))} answered with {kind or 'no type'}, expected JSON")

    def _read(self, response: httpx.Response, url: httpx.URL, until: float) -> bytes:
        body, packed = bytearray(), response.headers.get("content-encoding", "identity").strip().casefold()
        if packed not in {"identity", "gzip", "x-gzip"}:
            raise SourceError(f"{_short(str(url))} answered packed as {packed[:40]!r}, expected gzip or nothing")
        unpack = zlib.decompressobj(zlib.MAX_WBITS + 16) if packed != "identity" else None
        try:
            for piece in cast("Iterable[bytes]", response.stream):
                room = MAX_BYTES + 1 - len(body)  # no more than this is ever unpacked, however small it came
                body += unpack.decompress(piece, room) if unpack else piece
                if len(body) > MAX_BYTES:
                    raise SourceError(f"{_short(str(url))} answered with more than {MAX_BYTES:,} bytes")
                if self._clock() > until:
                    raise SourceUnavailable(f"{_short(str(url))} took longer than {TIMEOUT:.0f} s; try again later")
        except zlib.error as error:
            raise SourceError(f"{_short(str(url))} answered with damaged gzip; try again later") from error
        except httpx.HTTPError as error:
            raise SourceUnavailable(f"{_short(str(url))} broke off ({type(error).__name__}); try again later") from error
        return bytes(body)

    def _place(self, url: str) -> Path | None:
        return self._cache / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.json" if self._cache else None

    def _kept(self, url: str) -> bytes | None:
        place = self._place(url)
        return place.read_bytes() if place is not None and place.exists() else None

    def _keep(self, url: str, body: bytes) -> None:
        place = self._place(url)
        if place is not None:
            private_files.folder(place.parent)
            private_files.write(place, body)


def _url(text: str, params: Mapping[str, str] | None = None) -> httpx.URL:
    """Return an address as a value. Raise SourceError for what is none."""
    try:
        return httpx.URL(text, params=dict(params)) if params is not None else httpx.URL(text)
    except (httpx.InvalidURL, ValueError) as error:  # a UnicodeError is a ValueError
        raise SourceError(f"{_short(text)} is no web address ({str(error)[:80]}); check it") from error


def _short(url: str) -> str:
    return url.split("?", maxsplit=1)[0][:120]
