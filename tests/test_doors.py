"""The doors of the dashboard: false tokens, stolen and broken cookies, foreign pages, pages of other roles. A22 to A29 and A33."""

from __future__ import annotations

import base64
import http.server
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from false_provider import OTHER, FalseProvider, none_signed
from itsdangerous import URLSafeTimedSerializer
from newsroom import SECRET, USER, House, free_port, says, story_shown
from playwright.sync_api import Page

import songstory as ss
from songstory import authority
from songstory.models import Role
from songstory.store import Store, people

# the provider lies ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def liar(house: House) -> Iterator[tuple[FalseProvider, House, str]]:
    """A dashboard whose provider lies, and the address that begins a sign-in there."""
    provider = FalseProvider()
    store = ss.open_store(house.store.engine.url.render_as_string(hide_password=False))
    authority.add_person(store, "cleo-of-liars", "publisher", actor="ada", iss=provider.url, sub="cleo")
    served = House(store, house.browser, provider.url)
    served.start()
    yield provider, served, served.login()
    served.stop()
    store.close()
    provider.close()


def cookies_of(login: str) -> set[str]:
    """Go through the sign-in as a browser does; return the names of the cookies that came of it."""
    with httpx.Client(follow_redirects=True, timeout=20) as client:
        client.get(login)
        return {c.name for c in client.cookies.jar}


def changed(**other: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {**claims, **other}


@pytest.mark.parametrize(
    ("name", "twist", "sign"),
    [
        ("wrong issuer", changed(iss="https://evil.example"), None), ("wrong audience", changed(aud="another"), None),
        ("wrong nonce", changed(nonce="old"), None), ("no nonce", lambda c: {k: v for k, v in c.items() if k != "nonce"}, None),
        ("expired", changed(exp=int(time.time()) - 4_000), None), ("unsigned", changed(), none_signed),
        ("signed by another", changed(), lambda claims: FalseProvider.signed(None, claims, OTHER)),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_a_false_token_lets_nobody_in(liar: Any, name: str, twist: Any, sign: Any) -> None:
    provider, _, login = liar
    provider.twist, provider.sign = changed(), provider.signed
    assert USER in cookies_of(login), "the control: the true token of this provider lets its person in"
    provider.twist, provider.sign = twist, sign or provider.signed
    assert USER not in cookies_of(login), name


@pytest.mark.parametrize("sub", ["unverified", "twin", "stranger"])
def test_an_account_is_not_taken_over_by_its_address(house: House, sub: str) -> None:
    page = house.signed_in(sub, "/story?id=in-bloom", form=True)
    says(page, "not verified" if sub == "unverified" else "nobody here signs in")
    assert page.locator("h1").all_inner_texts() == ["songstory"] and page.locator(".card").count() == 0
    house.leave(page)


# cookies --------------------------------------------------------------------------------------------------------------


def with_cookie(house: House, page: Page, value: str) -> str:
    """What a browser sees that brings this cookie and no other: the door, or whose desk it is."""
    page.goto(f"{house.url}/healthz")
    page.context.clear_cookies()
    page.context.add_cookies([{**house.cookie("cleo"), "value": value}])  # type: ignore[list-item]
    page.goto(house.url)
    door_or_name = page.locator("[data-testid=stText]").filter(has_text=re.compile("Sign in to review|cleo|ada"))
    return door_or_name.first.inner_text()  # waits: the side bar stands before the name in it


def test_a_broken_cookie_is_no_sign_in(house: House) -> None:
    good, other = house.cookie("cleo")["value"], house.cookie("ada")["value"]
    told, at, signature = good.rsplit(".", 2)
    claims = URLSafeTimedSerializer(SECRET, salt=USER).loads(good)
    bad = {
        "cut": good[:-12], "tampered": ".".join([told[:-3] + ("AAA" if told[-3:] != "AAA" else "BBB"), at, signature]),
        "swapped": ".".join([other.rsplit(".", 2)[0], at, signature]), "empty": "x",
        "another key": URLSafeTimedSerializer("0" * 32, salt=USER).dumps(claims),
    }  # fmt: skip
    page = house.signed_in("cleo")
    for how, value in bad.items():
        assert "Sign in to review" in with_cookie(house, page, value), how
    assert "cleo" in with_cookie(house, page, good), "the control: the whole cookie is a sign-in"
    house.leave(page)


def test_a_cookie_that_was_signed_out_opens_nothing_elsewhere(house: House) -> None:
    authority.add_person(house.store, "dora", "editor", actor="ada", iss=house.provider, sub="stranger")
    page = house.signed_in("stranger", form=True)
    stolen = next(c for c in page.context.cookies() if c["name"] == USER)
    thief = house.page("/", storage_state={"cookies": [stolen], "origins": []})
    says(thief, "dora")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="End session").click()  # the provider's own page
    says(page, "Sign in to review")
    thief.reload()
    says(thief, "this session of dora was ended")
    assert thief.locator("tr[data-id]").count() == 0
    house.leave(page)
    house.leave(thief)
    with house.store.session() as session:
        people.set_actor(session, "dora", iss=None, sub=None)


# foreign pages --------------------------------------------------------------------------------------------------------


def test_no_other_page_frames_the_dashboard(house: House) -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{house.url}/"></iframe>'.encode())

        def log_message(self, *words: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = house.browser.new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text))
    page.goto(f"http://localhost:{server.server_address[1]}/")
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in t for t in refused) and not page.frames[-1].url.startswith(house.url)
    page.close()
    server.shutdown()
    server.server_close()


def handshake(house: House, **headers: str) -> int:
    """Ask for the socket of the pages as a page of some origin would; return the status of the answer."""
    where = urlsplit(house.url)
    told = {
        "Host": where.netloc, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(), **headers,
    }  # fmt: skip
    lines = "".join(f"{k}: {v}\r\n" for k, v in told.items())
    with socket.create_connection(("127.0.0.1", where.port or 80), timeout=10) as wire:
        wire.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{lines}\r\n".encode())
        return int(wire.recv(200).split()[1])


def test_the_socket_is_for_our_own_pages(house: House) -> None:
    assert handshake(house, Origin=house.url) == 101, "the control"
    assert handshake(house, Origin="https://evil.example") == 403 and handshake(house, Origin="null") == 403
    assert handshake(house, Origin="http://evil.example", Host="evil.example") == 403


def test_nothing_is_uploaded_without_the_token_of_a_page(house: House) -> None:
    answer = httpx.put(f"{house.url}/_stcore/upload_file/session/file", files={"file": b"{}"}, timeout=10)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/", "/story?id=x", "/healthz", "/oauth2callback", "/no-such-page", "/app/static/inter-latin-wght-normal.woff2"]
)
def test_every_answer_carries_the_headers(house: House, path: str) -> None:
    told = httpx.get(house.url + path, timeout=10).headers
    policy = told["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "default-src 'self'" in policy and "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert (told["x-content-type-options"], told["x-frame-options"], told["referrer-policy"]) == ("nosniff", "DENY", "same-origin")


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/app/static/../app.py",
        "/app/static/%2e%2e/shared.py",
        "/screens/people.py",
        "/app.py",
        "/.streamlit/config.toml",
    ],
)
def test_no_file_but_fonts_and_scripts_of_the_page_is_served(house: House, path: str) -> None:
    answer = httpx.get(house.url + path, timeout=10)
    assert answer.status_code >= 400 or ("def " not in answer.text and "[server]" not in answer.text)
    assert "songstory" not in answer.text.replace("songstory_", "") or answer.status_code >= 400 or "<title>Streamlit" in answer.text


def test_a_cookie_travels_over_https_only_where_the_dashboard_does() -> None:
    import sys

    from songstory import assets

    sys.path.insert(0, str(assets.shipped("ui")))
    import headers

    plain, secure = headers.Headers(None, "http://127.0.0.1:1"), headers.Headers(None, "https://desk.example")  # type: ignore[arg-type]
    assert secure._cookie(b"set-cookie", b"a=b; Path=/") == b"a=b; Path=/; Secure" and plain._cookie(b"set-cookie", b"a=b") == b"a=b"
    assert secure._cookie(b"content-type", b"text/html") == b"text/html"
    assert "wss://desk.example" in headers.policy("https://desk.example", "https://id.example/x")


# pages of other roles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "path"), [("mara", "/people"), ("mara", "/audit"), ("mara", "/sources"), ("ben", "/people"), ("ada", "/facts")]
)
def test_a_page_of_another_role_is_not_drawn(house: House, who: str, path: str) -> None:
    page = house.signed_in(who, path)
    says(page, "Not your page")
    assert page.locator("[data-testid=stDataFrame]").count() == 0
    house.leave(page)


def test_an_unknown_story_is_a_page_with_the_way_out(house: House) -> None:
    page = house.signed_in("ben")
    for uid in ("no-such-story", "<img src=x onerror=alert(1)>", "in-bloom.1", "../../etc/passwd", "' OR 1=1 --", "%00"):
        page.goto(f"{house.url}/story?id={uid}")
        says(page, "This page cannot be shown")
    page.get_by_role("button", name="Open the review queue").click()
    page.locator("tr[data-id]").first.wait_for()
    house.leave(page)
    assert house.heard == []


# when something is out of reach ---------------------------------------------------------------------------------------


def test_a_provider_that_does_not_answer_is_told_at_the_door(house: House) -> None:
    served = House(house.store, house.browser, f"http://127.0.0.1:{free_port()}")
    served.start()
    try:
        page = served.page("/story?id=in-bloom")
        says(page, "does not answer")
        page.get_by_role("button", name="Try again").wait_for()
        assert page.get_by_role("button", name="Sign in").count() == 0
        page.close()
    finally:
        served.stop()


def test_a_role_that_changed_holds_on_the_next_act(house: House) -> None:
    authority.add_person(house.store, "bea", "editor", actor="ada")
    page = house.signed_in("bea", "/story?id=in-bloom")
    story_shown(page)
    page.keyboard.press("e")
    page.get_by_role("dialog").locator("input:focus").wait_for()
    demoted(house.store)
    page.keyboard.press("Enter")
    says(page, "bea is writer")
    with house.store.session() as session:
        people.set_actor(session, "bea", role=Role.EDITOR)
    house.leave(page)


def demoted(store: Store) -> None:
    with store.session() as session:
        people.set_actor(session, "bea", role=Role.WRITER)
