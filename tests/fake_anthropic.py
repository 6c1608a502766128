"""A fake Anthropic API on a real socket: Messages, streaming, count_tokens, Message Batches, limits, caches and every fault.

In tests, each call takes the next answer of a script, and what was sent is kept in `requests`:

    server = FakeAnthropic(message('{"cards": ...}'), error(529, "overloaded_error"))
    claude = Claude(api_key="k", base_url=server.url)

Without a script it answers by itself: true cards for songstory's own prompts (what the composer would write from the
same facts), else an instance of the schema that was asked for. A team can test its own set-up with it:

    python tests/fake_anthropic.py --port 8765 --latency 0.2 --rate 150 --fault overloaded:0.1:2
    SONGSTORY_ANTHROPIC_BASE_URL=http://127.0.0.1:8765 SONGSTORY_ANTHROPIC_API_KEY=any songstory nightly --writer anthropic

`--fault NAME:SHARE:TIMES` refuses a share of the prompts so many times each; the names are those of FAULTS. The share is
chosen by a hash of prompt and seed, so a run can be repeated. `GET /stats` counts what was asked.

Tokens are counted as a fourth of the characters, a prefix marked with cache_control is cached from 1,024 tokens on.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

CLOSE = object()
MIN_CACHED = 1024
_PROMPT_FACT = re.compile(r"<fact (F\d+) (\w+)>\n(.*?)\n</fact \2>", re.DOTALL)
_SONG = re.compile(r'^Song: (".*") by (".*")$', re.MULTILINE)
_CARDS = re.compile(r"At most (\d+) cards")


class Raw:
    """Bytes sent as the body of a 200 answer, with this content type."""

    def __init__(self, body: bytes, content_type: str = "application/json") -> None:
        self.body, self.content_type = body, content_type


def message(text: str | None, stop_reason: str | None = "end_turn", **more: Any) -> dict[str, Any]:
    """Return a Messages answer holding `text`."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-test",
        "content": [] if text is None else [{"type": "text", "text": text}],
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 1500, "output_tokens": 300, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 1200},
        **more,
    }


def error(status: int, kind: str, **headers: str) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Return an error answer in the shape of the API."""
    return status, {"type": "error", "error": {"type": kind, "message": kind}}, {k.replace("_", "-"): v for k, v in headers.items()}


# Every fault of the wire that a client must end in a named state.
FAULTS: dict[str, Any] = {
    "rate_limit": error(429, "rate_limit_error", retry_after="1"),
    "spend_cap": error(429, "rate_limit_error"),
    "overloaded": error(529, "overloaded_error"),
    "internal": error(500, "api_error"),
    "unavailable": error(503, "api_error"),
    "invalid": error(400, "invalid_request_error"),
    "unauthorised": error(401, "authentication_error"),
    "too_large": error(413, "request_too_large"),
    "close": CLOSE,
    "cut": Raw(b'{"id": "msg_1", "type": "mess'),
    "html": Raw(b"<html>proxy</html>", "text/html"),
    "empty": message(None),
    "refusal": message(None, "refusal"),
    "max_tokens": message('{"cards": [', "max_tokens"),
    "unknown_stop": message("{}", "tired"),
    "null_text": message(None, content=[{"type": "text", "text": None}]),
    "no_stop": message('{"cards": []}', None),
    "prose": message("Here is a story."),
    "unknown_fact": message(
        '{"cards":[{"kind":"people","headline":{"text":"A song","cites":["F99"]},"sentences":[{"text":"It is a song.","cites":["F99"]}]}]}'
    ),
    "extra_key": message('{"cards":[],"status":"published"}'),
    "huge": message('{"cards":[{"kind":"people","headline":{"text":"' + "a" * 1_000_000 + '","cites":["F1"]},"sentences":[]}]}'),
}


def true_cards(body: dict[str, Any]) -> str | None:
    """Return the cards that the composer writes from the facts in one of our prompts; None for any other prompt."""
    from songstory.errors import SongstoryError
    from songstory.models import Brief, Fact, Limits, NumberedFact, Prompt, Task, Track
    from songstory.writers.composer import Composer

    content = str(body["messages"][-1]["content"])
    song, facts, cards = _SONG.search(content), _PROMPT_FACT.findall(content), _CARDS.search(content)
    if not song or not facts:
        return None
    track = Track(id="t", recording="r", title=json.loads(song[1]), artist_credit=json.loads(song[2]))
    told = []
    for number, fence, text in facts:
        data = json.loads(text)
        fact = Fact(
            key=fence + number, subject="r", source="s", **{k: data[k] for k in ("predicate", "value", "qualifiers", "quote") if k in data}
        )
        told.append(NumberedFact(number=number, fact=fact))
    brief = Brief(track=track, facts=tuple(told), card_kinds=(), limits=Limits(cards=int(cards[1]) if cards else 3))
    try:
        draft = Composer().write(Task(brief=brief, prompt=Prompt(system="", user="", output_schema={})))
    except SongstoryError:
        return None
    return json.dumps({"cards": [c.model_dump(mode="json", include={"kind", "headline", "sentences"}) for c in draft.cards]})


def filled(schema: dict[str, Any]) -> Any:
    """Return the plainest instance of a schema."""
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        return {k: filled(v) for k, v in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [filled(schema.get("items", {}))]
    return {"integer": 1, "number": 1.0, "boolean": True}.get(str(schema.get("type")), "It is a song.")


class FakeAnthropic:
    """Serve on 127.0.0.1 in a thread; `url` is the base address, `requests` what came in.

    `latency` is seconds per answer; `rate` requests a second with a bucket of `burst`; `faults` (name, share, times) each;
    `keys` the keys that are let in (None: any); `batch_seconds` how long a batch takes; `write` makes the text of an answer
    from the request's body. `batch_result(custom_id, try)` may name another end: errored, expired, canceled, invalid or unknown.
    `cut_results` cuts so many answers to a look at results in the middle. `answer` makes whole answers from the request's body.
    """

    def __init__(
        self,
        *script: Any,
        latency: float = 0.0,
        rate: float = 0.0,
        burst: float = 50.0,
        faults: tuple[tuple[str, float, int], ...] = (),
        keys: set[str] | None = None,
        models: set[str] | None = None,
        write: Callable[[dict[str, Any]], str | None] = true_cards,
        batch_seconds: float = 0.0,
        batch_result: Callable[[str, int], str] = lambda custom_id, tries: "succeeded",
        cut_results: int = 0,
        seed: int = 0,
        port: int = 0,
        answer: Callable[[dict[str, Any]], Any] | None = None,
    ) -> None:
        self.answer = answer
        self.script, self.requests, self.batches = list(script), [], {}  # type: ignore[var-annotated]
        self.latency, self.rate, self.burst, self.faults, self.keys, self.models = latency, rate, burst, faults, keys, models
        self.write, self.batch_seconds, self.batch_result, self.seed = write, batch_seconds, batch_result, seed
        self.scripted, self.cut_results = bool(script), cut_results
        self.answered: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.first = self.last = 0.0
        self._tries: Counter[tuple[str, str]] = Counter()
        self._batch_tries: Counter[str] = Counter()
        self._cached: set[str] = set()
        self._texts: dict[str, str] = {}
        self._tokens, self._at, self._number, self._in_flight = burst, time.monotonic(), 0, 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, args=(port,), daemon=True)
        self.thread.start()
        self._ready.wait()

    def _run(self, port: int) -> None:
        asyncio.set_event_loop(self._loop)
        self._connections: set[asyncio.StreamWriter] = set()
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", port, backlog=1024, limit=2**26))
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def close(self) -> None:
        """Stop serving."""

        def stop() -> None:
            self._server.close()
            for writer in self._connections:
                writer.close()
            self._loop.call_later(0.01, self._loop.stop)

        if self.thread.is_alive():
            self._loop.call_soon_threadsafe(stop)
            self.thread.join()

    def learn(self, bodies: Iterable[dict[str, Any]]) -> None:
        """Write the answers to these calls before they come, so that a benchmark does not measure the writing."""
        for body in bodies:
            prompt = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()
            self._texts[prompt] = self.write(body) or "It is a song."

    def stats(self) -> dict[str, Any]:
        """Return how many requests came, were answered and refused, and how often one prompt was answered again."""
        repeats = sum(n - 1 for n in self.answered.values())
        return {**self.counts, "answered": sum(self.answered.values()), "repeats": repeats, "span": self.last - self.first}

    # the wire --------------------------------------------------------------------------------------------------------

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.add(writer)
        try:
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                lines = head.decode("latin-1").split("\r\n")
                method, path, _ = lines[0].split(" ", 2)
                headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
                raw = await self._body(reader, headers)
                answer = await self._answer(method, path, headers, raw)
                if answer is CLOSE:
                    break
                self._send(writer, answer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(writer)
            writer.close()

    async def _body(self, reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "") != "chunked":
            return await reader.readexactly(int(headers.get("content-length", 0)))
        parts = []
        while size := int(await reader.readline(), 16):
            parts.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(parts)

    def _send(self, writer: asyncio.StreamWriter, answer: Any) -> None:
        if isinstance(answer, Raw):
            status, body, kind, headers = 200, answer.body, answer.content_type, {}
        else:
            status, value, headers = answer if isinstance(answer, tuple) else (200, answer, {})
            body, kind = json.dumps(value).encode(), "application/json"
        self._number += 1
        sent = {"content-type": kind, "content-length": str(len(body)), "request-id": f"req_{self._number}", **self._limits(), **headers}
        head = "".join(f"{k}: {v}\r\n" for k, v in sent.items())
        writer.write(f"HTTP/1.1 {status} X\r\n{head}\r\n".encode("latin-1") + body)

    def _limits(self) -> dict[str, str]:
        if not self.rate:
            return {}
        left = {"limit": str(int(self.rate * 60)), "remaining": str(max(0, int(self._tokens))), "reset": "2026-01-01T00:00:00Z"}
        return {f"anthropic-ratelimit-requests-{k}": v for k, v in left.items()}

    # the API ---------------------------------------------------------------------------------------------------------

    async def _answer(self, method: str, path: str, headers: dict[str, str], raw: bytes) -> Any:
        path, _, query = path.partition("?")
        if path == "/stats":
            return self.stats()
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            return error(400, "invalid_request_error")
        self.requests.append({"path": path, "headers": headers, "body": body, "method": method})
        key = headers.get("authorization", "").removeprefix("Bearer ") or headers.get("x-api-key", "")
        if self.keys is not None and key not in self.keys:
            return error(401, "authentication_error")
        if not headers.get("anthropic-version"):
            return error(400, "invalid_request_error")
        if path == "/v1/messages/count_tokens":
            return {"input_tokens": _tokens(body.get("system")) + _tokens(body.get("messages"))}
        if path.startswith("/v1/messages/batches"):
            return self._batch(method, path.removeprefix("/v1/messages/batches").strip("/"), query, body)
        self.counts["requests"] += 1
        self._in_flight += 1
        self.counts["peak"] = max(self.counts["peak"], self._in_flight)
        try:
            return await self._message(body)
        finally:
            self._in_flight -= 1

    async def _message(self, body: dict[str, Any]) -> Any:
        now = time.monotonic()
        self.first = self.first or now
        self.scripted = self.scripted or bool(self.script)
        if self.scripted:
            answer = self.script.pop(0) if self.script else error(500, "api_error")
            await asyncio.sleep(self.latency)
            return self._streamed(answer) if body.get("stream") else answer
        prompt = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()
        if (refused := self._refused(body, prompt, now)) is not None:
            return refused
        await asyncio.sleep(self.latency)
        self.answered[prompt] += 1
        self.last = time.monotonic()
        answer = self._written(body, prompt)
        return self._streamed(answer) if body.get("stream") else answer

    def _refused(self, body: dict[str, Any], prompt: str, now: float) -> Any:
        """Return what the API would refuse by itself, then what the faults ask for; None when the call is good."""
        if {"temperature", "top_p", "top_k"} & set(body) or not body.get("max_tokens"):
            return error(400, "invalid_request_error")
        if self.models is not None and body.get("model") not in self.models:
            return error(404, "not_found_error")
        if self.rate:
            self._tokens = min(self.burst, self._tokens + (now - self._at) * self.rate)
            self._at = now
            if self._tokens < 1:
                self.counts["refused"] += 1
                return error(429, "rate_limit_error", retry_after="1")
            self._tokens -= 1
        for name, share, times in self.faults:
            chosen = int(hashlib.sha256(f"{self.seed}{name}{prompt}".encode()).hexdigest()[:8], 16) / 2**32 < share
            if chosen and self._tries[(name, prompt)] < times:
                self._tries[(name, prompt)] += 1
                self.counts["refused"] += 1
                return FAULTS[name]
        return None

    def _written(self, body: dict[str, Any], prompt: str) -> Any:
        if self.answer is not None:
            return self.answer(body)
        if prompt not in self._texts:
            schema = ((body.get("output_config") or {}).get("format") or {}).get("schema")
            self._texts[prompt] = self.write(body) or (json.dumps(filled(schema)) if schema else "It is a song.")
        text = self._texts[prompt]
        return message(text, model=body["model"], usage=self._usage(body, text))

    def _usage(self, body: dict[str, Any], text: str) -> dict[str, int]:
        system = body.get("system") or []
        marked = isinstance(system, list) and any(b.get("cache_control") for b in system)
        prefix, rest = _tokens(system), _tokens(body["messages"])
        cached = marked and prefix >= MIN_CACHED
        name = hashlib.sha256(f"{body['model']}{json.dumps(system)}".encode()).hexdigest()
        hit = cached and name in self._cached
        if cached:
            self._cached.add(name)
        return {
            "input_tokens": rest + (0 if cached else prefix),
            "output_tokens": _tokens(text),
            "cache_read_input_tokens": prefix if hit else 0,
            "cache_creation_input_tokens": prefix if cached and not hit else 0,
        }

    def _streamed(self, answer: Any) -> Any:
        if not isinstance(answer, dict):
            return answer
        text = "".join(b.get("text") or "" for b in answer["content"])
        events = [
            ("message_start", {"message": {**answer, "content": [], "stop_reason": None}}),
            ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
            ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": text}}),
            ("content_block_stop", {"index": 0}),
            ("message_delta", {"delta": {"stop_reason": answer["stop_reason"], "stop_sequence": None}, "usage": answer["usage"]}),
            ("message_stop", {}),
        ]
        return Raw("".join(f"event: {n}\ndata: {json.dumps({'type': n, **d})}\n\n" for n, d in events).encode(), "text/event-stream")

    # Message Batches -------------------------------------------------------------------------------------------------

    def _batch(self, method: str, path: str, query: str, body: dict[str, Any]) -> Any:
        uid, _, verb = path.partition("/")
        if method == "POST" and not path:
            return self._new_batch(body)
        if method == "GET" and not path:
            return {"data": [self._shown(b) for b in reversed(self.batches.values())], "has_more": False, "first_id": None, "last_id": None}
        if uid not in self.batches:
            return error(404, "not_found_error")
        batch = self.batches[uid]
        if verb == "cancel":
            batch["canceled"] = True
        if verb == "results":
            if self._shown(batch)["processing_status"] != "ended":
                return error(400, "invalid_request_error")
            lines = "".join(json.dumps(r) + "\n" for r in self._results(batch)).encode()
            cut, self.cut_results = self.cut_results > 0, self.cut_results - 1
            return Raw(lines[: len(lines) // 2] if cut else lines, "application/x-jsonl")
        return self._shown(batch)

    def _new_batch(self, body: dict[str, Any]) -> Any:
        asked = body.get("requests") or []
        ids = [r["custom_id"] for r in asked]
        if not asked or len(set(ids)) != len(ids) or len(asked) > 100_000 or any(not re.fullmatch(r"[\w-]{1,64}", i) for i in ids):
            return error(400, "invalid_request_error")
        self.counts["batches"] += 1
        uid = f"msgbatch_{len(self.batches) + 1}"
        self.batches[uid] = {"id": uid, "requests": asked, "at": time.time(), "canceled": False, "results": None}
        return self._shown(self.batches[uid])

    def _shown(self, batch: dict[str, Any]) -> dict[str, Any]:
        ended = batch["canceled"] or time.time() >= batch["at"] + self.batch_seconds
        counts = Counter(r["result"]["type"] for r in self._results(batch)) if ended else Counter(processing=len(batch["requests"]))
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(batch["at"]))
        return {
            "id": batch["id"],
            "type": "message_batch",
            "processing_status": "ended" if ended else "in_progress",
            "request_counts": {k: counts.get(k, 0) for k in ("processing", "succeeded", "errored", "canceled", "expired")},
            "created_at": stamp,
            "expires_at": stamp,
            "ended_at": stamp if ended else None,
            "archived_at": None,
            "cancel_initiated_at": None,
            "results_url": f"{self.url}/v1/messages/batches/{batch['id']}/results" if ended else None,
        }

    def _results(self, batch: dict[str, Any]) -> list[dict[str, Any]]:
        if batch["results"] is None:
            found = [self._result(r, batch["canceled"]) for r in batch["requests"]]
            batch["results"] = sorted(found, key=lambda r: hashlib.sha256(r["custom_id"].encode()).hexdigest())  # any order but ours
        return list(batch["results"])

    def _result(self, asked: dict[str, Any], canceled: bool) -> dict[str, Any]:
        end = "canceled" if canceled else self.batch_result(asked["custom_id"], self._batch_tries[asked["custom_id"]])
        self._batch_tries[asked["custom_id"]] += 1
        if end in {"expired", "canceled"}:
            return {"custom_id": asked["custom_id"], "result": {"type": end}}
        if end in {"errored", "invalid", "unknown"}:
            kind = {"invalid": "invalid_request_error", "unknown": "not_found_error"}.get(end, "api_error")
            return {"custom_id": asked["custom_id"], "result": {"type": "errored", "error": error(400, kind)[1]}}
        body = asked["params"]
        prompt = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()
        self.answered[prompt] += 1
        return {"custom_id": asked["custom_id"], "result": {"type": "succeeded", "message": self._written(body, prompt)}}


def _tokens(value: Any) -> int:
    return len(value if isinstance(value, str) else json.dumps(value)) // 4


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds per answer")
    parser.add_argument("--rate", type=float, default=0.0, help="requests a second that are let in; 0: all")
    parser.add_argument("--batch-seconds", type=float, default=5.0)
    parser.add_argument("--fault", action="append", default=[], metavar="NAME:SHARE:TIMES", help=f"one of {', '.join(FAULTS)}")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    faults = tuple((n, float(s), int(t)) for n, s, t in (f.split(":") for f in given.fault))
    server = FakeAnthropic(
        latency=given.latency, rate=given.rate, faults=faults, batch_seconds=given.batch_seconds, seed=given.seed, port=given.port
    )
    print(f"Serving on {server.url}; stop with Ctrl-C.", flush=True)
    try:
        server.thread.join()
    except KeyboardInterrupt:
        server.close()


if __name__ == "__main__":
    main()
