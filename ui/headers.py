"""The headers of every answer: what a page may load, who may frame it, and cookies that travel over https only."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]


def inline_hashes() -> str:
    """Return the hashes of the scripts that stand in Streamlit's own page, so that these, and no others, may run inline."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    tags = [script.partition("</script>")[0].partition(">") for script in page.split("<script")[1:]]
    found = [text for attributes, _, text in tags if "src=" not in attributes]
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in found if t.strip())


def policy(public_url: str, provider: str = "") -> str:
    """Return the content security policy: nothing from outside, no frames, and forms to the sign-in provider only."""
    here = urlsplit(public_url)
    socket = f"{'wss' if here.scheme == 'https' else 'ws'}://{here.netloc}"
    there = urlsplit(provider)
    signs_in = f" {there.scheme}://{there.netloc}" if there.netloc else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval' blob: {inline_hashes()}".rstrip(),  # charts compile their own expressions
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {socket}",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action 'self'{signs_in}",
            "frame-ancestors 'none'",
            "worker-src 'self' blob:",
        )
    )


class Headers:
    """Adds the headers to every answer, and Secure to cookies where the dashboard is reached over https."""

    def __init__(self, app: Asgi, public_url: str, provider: str = "") -> None:
        self.app = app
        self.secure = urlsplit(public_url).scheme == "https"
        fixed = {
            "content-security-policy": policy(public_url, provider),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        if self.secure:
            fixed["strict-transport-security"] = "max-age=31536000"
        self.fixed = [(k.encode(), v.encode()) for k, v in fixed.items()]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on; what is no web page, such as the socket, passes untouched."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["path"].rstrip("/").endswith("/_stcore/metrics"):
            await send({"type": "http.response.start", "status": 404, "headers": []})
            return await send({"type": "http.response.body", "body": b""})

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {k for k, _ in self.fixed}
                kept = [(k, self._cookie(k, v)) for k, v in message.get("headers", []) if k.lower() not in names]
                message["headers"] = [*kept, *self.fixed]
            await send(message)

        return await self.app(scope, receive, with_headers)

    def _cookie(self, name: bytes, value: bytes) -> bytes:
        secure = self.secure and name.lower() == b"set-cookie" and b"secure" not in value.lower()
        return value + b"; Secure" if secure else value
