"""Runs the server of the dashboard: Streamlit's application under our bounds, at the address and port it is given."""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from streamlit.web import bootstrap

from songstory.settings import load_settings
from songstory.sockets import Limited


class Pages(Limited):
    """The protocol of the dashboard: what it takes in is looked at by `visitors`, and a sign-in's cookies are long."""

    largest_fields = 32_768
    takes_bodies = True


def options(public: str, address: str, port: int) -> dict[str, Any]:
    """Return Streamlit's options that are not a matter of taste."""
    host = urlsplit(public).hostname or "127.0.0.1"
    return {
        "server.address": address,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,
        "server.xsrfCookieSameSite": "strict",
        "server.allowedHosts": list(dict.fromkeys((host, "127.0.0.1", "localhost"))),
        "server.maxUploadSize": 50,
        "server.maxWidgetStateSize": 1,
        "browser.gatherUsageStats": False,
        "runner.magicEnabled": False,
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
    }


def main(address: str, port: int) -> None:
    """Serve until stopped."""
    bootstrap.load_config_options(options(load_settings().public_url, address, port))
    from main import app
    from visitors import PERSON

    uvicorn.run(
        app, host=address, port=port, http=Pages, ws="websockets-sansio", ws_max_size=PERSON.message, ws_per_message_deflate=False,
        ws_ping_interval=30, ws_ping_timeout=30, access_log=False, log_level="warning", server_header=False, timeout_graceful_shutdown=10,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
