"""The editors' dashboard: pages call the public API and draw. No SQL and no rules live here."""

from __future__ import annotations

import logging
import sys
import time
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))

import address
import parts
import safe
import shared
from keys import help_dialog
from menu import closed, navigation

import songstory as ss

HELP = {"?": {"button": "help_button", "label": "help"}}
log = logging.getLogger("songstory.ui")


def main() -> None:
    """Let in who may come in, and draw their page."""
    began = time.perf_counter()
    st.set_page_config(page_title="songstory", page_icon="🎧", layout="wide")
    safe.look()
    try:
        desk = shared.enter()
    except ss.SongstoryError as error:
        closed()
        safe.problem(error)
        return
    if desk is None:
        closed()
        return
    page = navigation(desk.role)
    if not st.session_state.setdefault("came_back", False):
        st.session_state["came_back"] = True
        parts.go_back()
    if address.enter(page.url_path):
        shared.silence()
    shared.sidebar(desk)
    if st.session_state.pop("help", False):
        help_dialog()
    if page.url_path not in {"", "queue", "story"}:  # these two listen to keys themselves
        with st.sidebar:
            parts.keys({"revision": page.url_path, "keys": HELP, "gate": 0, "turn": 0}, key="page_keys")
    try:
        page.run()
    except ss.SongstoryError as error:
        safe.problem(error, out="screens/queue.py" if page.url_path != "queue" else "")
    log.info("page drawn", extra={"page": page.url_path or "queue", "ms": round((time.perf_counter() - began) * 1e3, 1)})


main()
