"""The parts of the dashboard that are drawn in the browser: they are handed plain data and write text only, never markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent / "components"


def _part(name: str) -> Any:
    """Register a part; each has its script and its look in a file, and what all share comes first."""
    shared = {end: (_FOLDER / f"shared.{end}").read_text(encoding="utf-8") for end in ("js", "css")}
    own = {end: (_FOLDER / f"{name}.{end}").read_text(encoding="utf-8") for end in ("js", "css")}
    html = '<div class="root"></div>'
    return st.components.v2.component(f"songstory_{name}", html=html, css=shared["css"] + own["css"], js=f"{shared['js']}\n{own['js']}")


_STORY, _QUEUE, _COMPARE, _KEYS, _BACK = _part("story"), _part("queue"), _part("compare"), _part("keys"), _part("back")


def _nothing() -> None:
    """Stand for a callback: the value is read where the part was drawn."""


def story(data: dict[str, Any], *, key: str, typed: Callable[[], None], save: Callable[[], None]) -> None:
    """Draw a story with its facts; `typed` and `save` are called with what was sent in `sent(key, name)`."""
    _STORY(data=data, key=key, on_typed_change=typed, on_save_change=save)


def sent(key: str, name: str) -> dict[str, Any]:
    """Return what a part sent; nothing that came from a browser is trusted."""
    found = st.session_state.get(key)
    value = found.get(name) if found is not None else None
    return value if isinstance(value, dict) else {}


def keys(data: dict[str, Any], *, key: str) -> None:
    """Listen to keys on a page that has no part of its own that does."""
    _KEYS(data=data, key=key)


def remember_address() -> None:
    """Keep the address that was opened, in this browser tab, until its reader has signed in."""
    _BACK(data={"keep": True}, key="back")


def go_back() -> None:
    """Lead to the address that was opened before the sign-in."""
    _BACK(data={"keep": False}, key="back")


def queue(data: dict[str, Any], *, key: str) -> Any:
    """Draw a page of the queue; return which story was opened and which are selected."""
    return _QUEUE(data=data, key=key, default={"ticked": []}, on_open_change=_nothing, on_ticked_change=_nothing)


def compare(data: dict[str, Any], *, key: str) -> None:
    """Draw two revisions as one text, what went struck out and what came underlined."""
    _COMPARE(data=data, key=key)
