"""Figures of the read API: beside a bare handler that returns the same bytes from memory, each server on one core.

SONGSTORY_BENCH_SERVE says how many seconds each is asked (default 4), in three interleaved rounds.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
import uvloop
from postgres import fresh_database

import songstory as ss
from songstory.store import Store

pytestmark = pytest.mark.bench
SECONDS = float(os.environ.get("SONGSTORY_BENCH_SERVE", "4"))
CONNECTIONS = 64
TRACK = "in-bloom"
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = open(sys.argv[2], "rb").read()
async def story(request): return Response(body, media_type="application/json")
uvicorn.run(Starlette(routes=[Route("/stories/{track}", story)]), port=int(sys.argv[1]), access_log=False, log_level="warning")
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], **env: str) -> Iterator[None]:
    """Run a server on the first core; who asks runs on the others."""
    port = int(next(w for w in command if w.isdigit()))
    server = subprocess.Popen(command, env={**os.environ, **env}, stderr=subprocess.DEVNULL)
    os.sched_setaffinity(server.pid, {min(os.sched_getaffinity(0))})
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


async def _ask(port: int, headers: str) -> tuple[list[float], set[bytes]]:
    request = f"GET /stories/{TRACK} HTTP/1.1\r\nhost: x\r\n{headers}\r\n".encode()
    took, statuses, end = list[float](), set[bytes](), time.perf_counter() + SECONDS

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            start = time.perf_counter()
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            at = head.find(b"content-length:")
            if at > 0 and head[9:12] == b"200":
                await reader.readexactly(int(head[at + 15 : head.index(b"\r\n", at)]))
            took.append(time.perf_counter() - start)
            statuses.add(head[9:12])
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return sorted(took), statuses


def asked(port: int, headers: str = "") -> tuple[float, float]:
    """Return requests a second and the 99th percentile in ms, of 64 connections that ask again as soon as they have the answer."""
    took, statuses = uvloop.run(_ask(port, headers))
    assert statuses <= {b"200", b"304"}
    return len(took) / SECONDS, took[int(len(took) * 0.99)] * 1e3


def published(store: Store) -> tuple[bytes, str]:
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(store, f"{TRACK}.1", actor=who)
    from songstory.store.reading import Reader

    found = Reader(store).live(TRACK, "en", "world")
    assert found
    return found.body, found.etag


def compare(store: Store, tmp_path: Path, what: str) -> None:
    body, etag = published(store)
    (tmp_path / "body").write_bytes(body)
    ours, bare = free_port(), free_port()
    url = store.engine.url.render_as_string(hide_password=False)
    with (
        running([sys.executable, "-m", "songstory", "serve", "--port", str(ours)], SONGSTORY_STORE=url),
        running([sys.executable, "-c", BARE, str(bare), str(tmp_path / "body")]),
    ):
        kinds = {"bare": (bare, ""), "200": (ours, ""), "304": (ours, f'if-none-match: "{etag}"\r\n'), "gzip": (ours, "accept-encoding: gzip\r\n")}
        rounds = [{k: asked(*given) for k, given in kinds.items()} for _ in range(3)]
    rate = {k: median(r[k][0] for r in rounds) for k in kinds}
    slowest = {k: max(r[k][1] for r in rounds) for k in kinds}
    print(f"\n{what}, {len(body):,} bytes, {CONNECTIONS} connections, one core:")
    for k in kinds:
        print(f"  {k:>4}: {rate[k]:>8,.0f} a second, {rate[k] / rate['bare']:.2f} of bare (>= 0.6), p99 {slowest[k]:.1f} ms (<= 20)")


def test_serving_from_sqlite(sample: Store, tmp_path: Path) -> None:
    compare(sample, tmp_path, "SQLite")


def test_serving_from_postgresql(postgres: str, tmp_path: Path) -> None:
    store = ss.open_store(fresh_database(postgres, "serve"))
    ss.import_sample(store)
    for name, role in {"ada": "admin", "mara": "writer", "ben": "editor", "cleo": "publisher"}.items():
        ss.add_person(store, name, role, actor="ada")
    ss.generate(store, TRACK, ss.open_writer())
    compare(store, tmp_path, "PostgreSQL")
    store.close()
