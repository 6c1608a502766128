"""Traces, metrics and JSON logs: what they tell, and what they must never tell. Each runs as a command, as an operator would."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import begin, songstory
from fake_anthropic import FakeAnthropic
from postgres import fresh_database

import songstory as ss
from songstory import prices
from songstory.errors import ConfigError
from songstory.log import set_up, without_secrets
from songstory.store import Store

KEY = "sk-ant-api03-canary-canary-canary"
CANARY = "zebrafinch quarrel"
LINES = f"""
{{"kind":"source","key":"s","name":"S","licence":"CC0"}}
{{"kind":"track","id":"song","title":"Plain Song","artist":"Nobody"}}
{{"kind":"fact","track":"song","predicate":"producer","value":"Ana {CANARY}","source":"s","locator":"1"}}
{{"kind":"fact","track":"song","predicate":"recorded_at","value":"{CANARY} Studios","source":"s","locator":"2"}}
{{"kind":"fact","track":"song","predicate":"charted","value":1,"qualifiers":{{"chart":"UK Singles Chart"}},"source":"s","locator":"3"}}
""".strip()


@pytest.fixture
def fake() -> Iterator[FakeAnthropic]:
    with contextlib.closing(FakeAnthropic(latency=0.02)) as server:
        yield server


def canaries(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "c.jsonl").write_text(LINES)
    assert not ss.import_file(store, tmp_path / "c.jsonl").rejected
    return store


def run(store: Store, fake: FakeAnthropic, *words: str, **env: str) -> str:
    """Run a command, or several parted by "+", and return what was said on stderr."""
    given = {
        **os.environ, "SONGSTORY_STORE": store.engine.url.render_as_string(hide_password=False), "SONGSTORY_ANTHROPIC_API_KEY": KEY,
        "SONGSTORY_ANTHROPIC_BASE_URL": fake.url, "SONGSTORY_LOG_LEVEL": "DEBUG", **env,
    }  # fmt: skip
    return "".join(songstory(*command.split(), env=given).stderr for command in " ".join(words).split(" + "))


def told(text: str) -> list[dict[str, Any]]:
    """Return the spans that the console exporter wrote among other lines."""
    reader, found, at = json.JSONDecoder(), [], text.find("{\n")
    while at >= 0:
        one, length = reader.raw_decode(text[at:])
        found.append(one)
        at = text.find("{\n", at + length)
    return found


def traces(store: Store) -> list[str]:
    from sqlalchemy import text

    with store.reading() as session:
        return [str(t) for (t,) in session.connection().execute(text("SELECT trace_id FROM attempt"))]


def test_one_story_is_one_trace(store: Store, fake: FakeAnthropic, tmp_path: Path) -> None:
    canaries(store, tmp_path)
    said = run(store, fake, "generate", "song", "--writer", "anthropic", SONGSTORY_OTEL="console")
    spans = {s["name"]: s for s in told(said)}
    chat = spans["chat claude-haiku-5-5"]["attributes"]
    assert {"generate", "brief", "write", "check", "save"} <= set(spans) and len({s["context"]["trace_id"] for s in spans.values()}) == 1
    assert spans["chat claude-haiku-5-5"]["parent_id"] == spans["write"]["context"]["span_id"]
    assert (chat["gen_ai.operation.name"], chat["gen_ai.provider.name"], chat["gen_ai.request.model"]) == ("chat", "anthropic", "claude-haiku-5-5")
    assert chat["gen_ai.usage.input_tokens"] > 0 and chat["gen_ai.response.finish_reasons"] == ["end_turn"]
    top = spans["generate"]["attributes"]
    assert (top["songstory.prompt.version"], top["songstory.verifier.version"]) == ("story.v1", "rules-5")
    assert {f"0x{t}" for t in traces(store)} == {spans["generate"]["context"]["trace_id"]}
    assert CANARY not in said and KEY not in said


def test_a_night_tells_each_call_and_its_ledger_row_the_trace(store: Store, fake: FakeAnthropic, tmp_path: Path) -> None:
    canaries(store, tmp_path)
    fake.faults = (("overloaded", 1.0, 1),)
    said = run(store, fake, "nightly", "--writer", "anthropic", "--live", SONGSTORY_OTEL="console", SONGSTORY_LOG_FORMAT="json")
    calls = [s for s in told(said) if s["name"].startswith("chat ")]
    assert sorted(f"0x{t}" for t in traces(store)) == sorted(s["context"]["trace_id"] for s in calls) and len(calls) == 2
    assert [s["attributes"].get("error.type") for s in calls] == ["WriterUnavailable", None]
    assert CANARY not in said and KEY not in said


@pytest.mark.parametrize("fault", ["cut", "html", "unauthorised", "unknown_fact"])
def test_no_log_line_holds_a_key_or_a_fact(store: Store, fake: FakeAnthropic, tmp_path: Path, fault: str) -> None:
    canaries(store, tmp_path)
    fake.faults = ((fault, 1.0, 2),)
    commands = "nightly --writer anthropic --live + generate song --writer anthropic + nightly"
    said = run(store, fake, commands, SONGSTORY_LOG_FORMAT="json")
    assert CANARY not in said and KEY not in said
    logged = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert all({"at", "level", "logger", "message"} <= set(line) for line in logged) and (logged or fault != "unknown_fact")


def test_a_log_line_puts_secrets_out() -> None:
    for text in (f"key {KEY}", "postgresql://ann:hunter2@host/db", "authorization: Bearer abc.def-123"):
        assert not any(secret in without_secrets(text) for secret in (KEY, "hunter2", "abc.def"))
    assert without_secrets("sledgehammer at 10:30@studio") == "sledgehammer at 10:30@studio"


def test_wrong_settings_are_one_line(store: Store, fake: FakeAnthropic) -> None:
    for name, value in (("SONGSTORY_OTEL", "splunk"), ("SONGSTORY_LOG_FORMAT", "xml"), ("SONGSTORY_LOG_LEVEL", "loud")):
        said = run(store, fake, "runs", **{name: value})
        assert said.startswith(f"songstory: {name}") and said.count("\n") == 1
    with pytest.raises(ConfigError):
        set_up("INFO", "xml")


def test_without_it_nothing_of_opentelemetry_is_loaded(store: Store, fake: FakeAnthropic, tmp_path: Path) -> None:
    canaries(store, tmp_path)
    code = """import contextlib, sys, songstory as ss
s = ss.open_store(sys.argv[1])
with contextlib.suppress(ss.SongstoryError):  # three facts make no story
    ss.generate(s, 'song', ss.open_writer())
print('opentelemetry.sdk.trace' in sys.modules)"""
    url = store.engine.url.render_as_string()
    assert subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, timeout=60).stdout.strip() == "False"


def test_spans_reach_a_collector(store: Store, fake: FakeAnthropic, tmp_path: Path) -> None:
    canaries(store, tmp_path)
    got: list[tuple[str, bytes]] = []

    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    where = f"http://127.0.0.1:{server.server_address[1]}"
    run(store, fake, "generate", "song", "--writer", "anthropic", SONGSTORY_OTEL="otlp", OTEL_EXPORTER_OTLP_ENDPOINT=where)
    server.shutdown()
    server.server_close()
    paths = {path for path, _ in got}
    assert paths == {"/v1/traces", "/v1/metrics"} and any(b"gen_ai.usage.input_tokens" in body for _, body in got)
    assert not any(CANARY.encode() in body or KEY.encode() in body for _, body in got)


def test_a_worker_serves_what_it_counts(postgres: str, fake: FakeAnthropic, tmp_path: Path) -> None:
    store = canaries(ss.open_store(fresh_database(postgres, "metrics")), tmp_path)
    run(store, fake, "nightly", "--cluster", "--writer", "anthropic", "--live")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ, "SONGSTORY_STORE": store.engine.url.render_as_string(hide_password=False), "SONGSTORY_ANTHROPIC_API_KEY": KEY,
        "SONGSTORY_ANTHROPIC_BASE_URL": fake.url,
    }  # fmt: skip
    worker = begin("worker", "--metrics", f"127.0.0.1:{port}", env=env)
    text, until = "", time.monotonic() + 60
    while "songstory_slices" not in text and time.monotonic() < until:
        time.sleep(0.2)
        with contextlib.suppress(OSError):
            text = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5).read().decode()
    store.close()
    worker.terminate()
    worker.join(30)
    assert worker.exitcode == 0
    assert "songstory_stories_total{" in text and 'outcome="ready"' in text and "gen_ai_client_token_usage" in text and "songstory_cost_total" in text
    assert CANARY not in text and KEY not in text and prices.of("claude-haiku-5-5")
