"""Starts the editors' dashboard: on this machine only, unless there is a sign-in provider."""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import sys
from collections.abc import Callable
from pathlib import Path

from songstory import assets
from songstory.errors import ConfigError
from songstory.settings import Settings


def serve(settings: Settings, *, store: str, port: int, address: str = "127.0.0.1", actor: str = "", say: Callable[..., None]) -> None:
    """Serve the dashboard until it is stopped. `actor` names who works here when there is no sign-in provider.

    Raise ConfigError when streamlit is not installed, or when others could reach a dashboard that asks nobody to sign in.
    """
    if importlib.util.find_spec("streamlit") is None or importlib.util.find_spec("httptools") is None:
        raise ConfigError('the dashboard needs streamlit; install it with: pip install "songstory[ui]"')
    if not settings.oidc_metadata_url and not _loopback(address):
        raise ConfigError(
            f"without a sign-in provider the dashboard serves this machine only, not {address}; set SONGSTORY_OIDC_METADATA_URL first"
        )
    public = settings.public_url if settings.oidc_metadata_url else f"http://127.0.0.1:{port}"
    who = f" as {actor or settings.actor}" if not settings.oidc_metadata_url and (actor or settings.actor) else ""
    say("", f"Dashboard: {public}{who}  (stop with Ctrl-C)")
    sys.stdout.flush()
    environment = {**os.environ, "SONGSTORY_STORE": absolute(store), "SONGSTORY_PUBLIC_URL": public}
    if actor:
        environment["SONGSTORY_ACTOR"] = actor
    folder = assets.shipped("ui")
    arguments = [sys.executable, str(folder / "serve.py"), address, str(port)]
    os.chdir(folder)  # its .streamlit folder holds the look
    os.execve(sys.executable, arguments, environment)  # noqa: S606 - a fixed command, no shell


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def absolute(store: str) -> str:
    """Return a store address that means the same from any folder."""
    head, sign, path = store.partition(":///")
    return f"{head}:///{Path(path).resolve()}" if sign and head == "sqlite" and path else store
