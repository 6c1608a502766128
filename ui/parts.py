"""The parts of the dashboard that are drawn in the browser: they are handed plain data and write text only, never markup."""

from __future__ import annotations

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


_STORY, _QUEUE, _COMPARE = _part("story"), _part("queue"), _part("compare")


def _nothing() -> None:
    """Stand for a callback: the value is read where the part was drawn."""


def story(data: dict[str, Any], *, key: str) -> Any:
    """Draw a story with its facts; return what was typed or saved in it, if anything."""
    return _STORY(data=data, key=key, on_typed_change=_nothing, on_save_change=_nothing)


def queue(data: dict[str, Any], *, key: str) -> Any:
    """Draw a page of the queue; return which story was opened and which are selected."""
    return _QUEUE(data=data, key=key, default={"ticked": []}, on_open_change=_nothing, on_ticked_change=_nothing)


def compare(data: dict[str, Any], *, key: str) -> None:
    """Draw two revisions as one text, what went struck out and what came underlined."""
    _COMPARE(data=data, key=key)
