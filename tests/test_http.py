"""The polite client: where it goes, how often, and what it takes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from songstory.errors import ConfigError, SourceError, SourceUnavailable
from songstory.sources import http

Handler = Callable[[httpx.Request], httpx.Response]


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at, self.slept = 0.0, []  # type: ignore[var-annotated]

    def __call__(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def client(handler: Handler, clock: Clock | None = None, addresses: list[str] | None = None, **more: object) -> http.Client:
    clock = clock or Clock()
    return http.Client(
        "desk@example.org", transport=httpx.MockTransport(handler), resolve=lambda host, port: addresses or ["93.184.216.34"], clock=clock, sleep=clock.sleep,
        jitter=lambda: 1.0, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def json(value: object = None, **more: object) -> Handler:
    return lambda request: httpx.Response(200, json=value or {"ok": 1}, **more)  # type: ignore[arg-type]


def test_the_contact_is_told_and_the_name_is_kept_while_the_address_is_pinned() -> None:
    seen: list[httpx.Request] = []
    client(lambda r: (seen.append(r), httpx.Response(200, json={}))[1]).json("https://musicbrainz.org/ws/2/x")
    (request,) = seen
    assert "desk@example.org" in request.headers["user-agent"] and request.headers["host"] == "musicbrainz.org"
    assert request.url.host == "93.184.216.34" and request.extensions["sni_hostname"] == "musicbrainz.org"


@pytest.mark.parametrize("contact", ["", "nobody", "a@b\nX: y"])
def test_without_a_contact_nothing_is_fetched(contact: str) -> None:
    with pytest.raises(ConfigError, match="CONTACT"):
        http.Client(contact)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.5",
        "192.168.1.1",
        "169.254.169.254",
        "172.16.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "100.64.0.1",
        "224.0.0.1",
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    with pytest.raises(SourceError, match="public internet"):
        client(json(), addresses=[address]).json("https://innocent.example/x")


def test_one_private_address_among_public_ones_is_refused_and_a_named_mirror_is_not() -> None:
    with pytest.raises(SourceError, match="public internet"):
        client(json(), addresses=["93.184.216.34", "10.0.0.1"]).json("https://two.example/x")
    assert client(json(), addresses=["10.0.0.1"], private=frozenset({"mirror"})).json("http://mirror/x") == {"ok": 1}


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.example/", "gopher://x.example", "https://user:pw@x.example/", "https:///x"]
)
def test_odd_schemes_are_refused(url: str) -> None:
    with pytest.raises(SourceError, match="web address"):
        client(json()).json(url)


def test_a_redirect_is_checked_like_the_first_address() -> None:
    def hop(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "file:///etc/passwd"})

    with pytest.raises(SourceError, match="web address"):
        client(hop).json("https://x.example/")
    with pytest.raises(SourceError, match="redirects more than"):
        client(lambda r: httpx.Response(302, headers={"location": "https://x.example/again"})).json("https://x.example/")


def test_a_name_is_resolved_once_so_that_it_cannot_change_its_mind() -> None:
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    found = http.Client("a@b.org", transport=httpx.MockTransport(json()), resolve=lambda h, p: next(answers))
    assert found.json("https://x.example/") == {"ok": 1}


def test_a_busy_source_is_asked_again_later_and_says_when() -> None:
    answers: Iterator[httpx.Response] = iter(
        [httpx.Response(503), httpx.Response(503, headers={"retry-after": "7"}), httpx.Response(200, json={"ok": 1})]
    )
    clock = Clock()
    assert client(lambda r: next(answers), clock).json("https://x.example/") == {"ok": 1}
    assert clock.slept == [1.0, 7.0]
    with pytest.raises(SourceUnavailable, match="503"):
        client(lambda r: httpx.Response(503)).json("https://x.example/")


def test_requests_to_one_host_keep_their_pause() -> None:
    clock = Clock()
    found = client(json(), clock)
    found.json("https://x.example/1", pause=1.0)
    found.json("https://x.example/2", pause=1.0)
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("handler", "says"),
    [
        (lambda r: httpx.Response(200, text="<html>", headers={"content-type": "text/html"}), "expected JSON"),
        (lambda r: httpx.Response(200, content=b"{cut", headers={"content-type": "application/json"}), "did not answer with JSON"),
        (lambda r: httpx.Response(404), "404"),
        (
            lambda r: httpx.Response(200, content=b"[" + b" " * (http.MAX_BYTES + 1), headers={"content-type": "application/json"}),
            "more than",
        ),
    ],
)
def test_a_wrong_answer_is_one_line(handler: Handler, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        client(handler).json("https://x.example/")


def test_a_slow_answer_ends_in_time() -> None:
    clock = Clock()

    class Drip(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(1000):
                clock.at += 1
                yield b" " * 65_536

    with pytest.raises(SourceUnavailable, match="longer than"):
        client(lambda r: httpx.Response(200, stream=Drip(), headers={"content-type": "application/json"}), clock).json("https://x.example/")


def test_an_answer_is_kept_on_disk(tmp_path: Path) -> None:
    calls = []
    found = client(lambda r: (calls.append(1), httpx.Response(200, json={"ok": 1}))[1], cache=tmp_path)
    assert found.json("https://x.example/") == found.json("https://x.example/") == {"ok": 1} and len(calls) == 1
