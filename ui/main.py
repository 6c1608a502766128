"""The dashboard as a server: the script, the security headers around it, a health route, and the sign-in provider."""

from __future__ import annotations

import logging
import secrets
import sys
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).parent))

import headers
import visitors

from songstory.errors import ConfigError
from songstory.log import set_up
from songstory.settings import Settings, load_settings

log = logging.getLogger("songstory.ui")


def sign_in(settings: Settings) -> dict[str, Any]:
    """Return the provider as Streamlit wants it told; nothing in solo mode. Raise ConfigError when something is missing."""
    if not settings.oidc_metadata_url:
        return {}
    secret, cookie = settings.oidc_client_secret, settings.cookie_secret
    if not settings.oidc_client_id or secret is None or cookie is None or len(cookie.get_secret_value()) < 32:
        raise ConfigError(
            "sign-in needs SONGSTORY_OIDC_CLIENT_ID, SONGSTORY_OIDC_CLIENT_SECRET and SONGSTORY_COOKIE_SECRET (32 characters or more); "
            "make a cookie secret with: python -c 'import secrets; print(secrets.token_hex(32))'"
        )
    provider = {
        "redirect_uri": f"{settings.public_url.rstrip('/')}/oauth2callback",
        "cookie_secret": cookie.get_secret_value(),
        "client_id": settings.oidc_client_id,
        "client_secret": secret.get_secret_value(),
        "server_metadata_url": settings.oidc_metadata_url,
    }
    return {"auth": provider}


async def health(request: Request) -> JSONResponse:
    """Say that the server answers; the store is asked by the pages."""
    return JSONResponse({"status": "ok"})


def on_error(error: Exception) -> bool:
    """Show a number instead of a traceback; the log has the rest under that number."""
    number = secrets.token_hex(4)
    log.error("error %s", number, exc_info=error)
    import safe

    safe.message(
        f"Something went wrong on our side. Nothing was saved. Reload the page; if it stays, tell the operators {number}.", good=False
    )
    return True


_settings = load_settings()
set_up(_settings.log_level, _settings.log_format)
app = st.App(
    Path(__file__).parent / "app.py",
    secrets=sign_in(_settings),
    routes=[Route("/healthz", health)],
    middleware=[
        Middleware(headers.Headers, public_url=_settings.public_url, provider=_settings.oidc_metadata_url),
        Middleware(visitors.Visitors),
    ],
    on_script_error=on_error,
)
