"""Runs pages of the dashboard without a browser, by Streamlit's own `AppTest`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from songstory import assets, authority
from songstory.store import Store

UI = assets.shipped("ui")
sys.path.insert(0, str(UI))
ISSUER = "https://id.example"

# Each run of a page reads the metadata of every installed package, to look for components: more than half of its time.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@contextmanager
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the dashboard show this store, with people who sign in."""
    for name, role in {"cleo": "publisher", "ben": "editor", "ada": "admin"}.items():
        authority.add_person(store, name, role, actor="ada", iss=ISSUER, sub=name)
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", ISSUER)
    monkeypatch.setenv("SONGSTORY_STORE", store.engine.url.render_as_string(hide_password=False))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    import shared

    shared.store().close()
    st.cache_resource.clear()


def opened(screen: str, who: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=60)
    app.user = {"is_logged_in": True, "iss": ISSUER, "sub": who, "iat": int(time.time()) + 2}
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"screens/{screen}.py").run()
    assert not app.exception, app.exception[0].value
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in app.text)


def pressed(app: AppTest, label: str) -> AppTest:
    """Press the button with this label; return the page after it."""
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, app.exception[0].value
    return app
