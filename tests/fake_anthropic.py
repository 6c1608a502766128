"""A fake Anthropic Messages API on a real socket. Each call takes the next answer of a script; what was sent is kept.

Answers: `message(...)` for a whole message, `(status, body, headers)` for an error, `Raw(bytes)` for what proxies and broken
connections do, `CLOSE` to hang up before answering.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CLOSE = object()


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


class FakeAnthropic:
    """Serve on 127.0.0.1 in a thread; `url` is the base address, `requests` what came in."""

    def __init__(self, *script: Any) -> None:
        self.script, self.requests = list(script), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                outer.requests.append(
                    {
                        "path": self.path,
                        "headers": {k.lower(): v for k, v in self.headers.items()},
                        "body": json.loads(self.rfile.read(length)),
                    }
                )
                answer = outer.script.pop(0) if outer.script else error(500, "api_error")
                if answer is CLOSE:
                    self.close_connection = True
                    self.connection.close()
                elif isinstance(answer, Raw):
                    self._send(200, answer.body, answer.content_type, {})
                else:
                    status, body, headers = answer if isinstance(answer, tuple) else (200, answer, {})
                    self._send(status, json.dumps(body).encode(), "application/json", headers)

            def _send(self, status: int, body: bytes, content_type: str, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {
                    "content-type": content_type,
                    "content-length": str(len(body)),
                    "request-id": "req_1",
                    **headers,
                }.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
