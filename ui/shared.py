"""What all pages share: the store, who is at the desk, and how an act is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import safe
import streamlit as st

import songstory as ss
from songstory.settings import Settings, load_settings
from songstory.store import people


@st.cache_resource
def settings() -> Settings:
    """Return the settings, read once."""
    return load_settings()


@st.cache_resource
def store() -> ss.Store:
    """Return the one open store of this server."""
    return ss.open_store(settings().store)


def sidebar() -> None:
    """Ask who is at the desk. Sign-in comes with its own issue; until then the dashboard serves this machine only."""
    names = [p.name for p in people.list_people(store()) if p.kind == "person" and not p.disabled]
    with st.sidebar:
        if not names:
            st.info("Nobody works here yet. Add the first person with: songstory people add NAME --role admin")
            return
        start = names.index(settings().actor) if settings().actor in names else 0
        st.selectbox("You are", names, index=start, key="actor", persist_state="session")


def actor() -> str:
    """Return the name of who is at the desk."""
    return str(st.session_state.get("actor", ""))


def make(act: Callable[..., Any], *arguments: Any, said: str, **named: Any) -> None:
    """Call an act of the public API from a button's callback and keep what came of it for the next drawing."""
    try:
        result = act(store(), *arguments, actor=actor(), **named)
    except ss.SongstoryError as error:
        st.session_state["said"] = (str(error), False)
    else:
        st.session_state["said"] = (said.format(result=result), True)


def said() -> None:
    """Show what the last act came to, once."""
    words = st.session_state.pop("said", None)
    if words:
        safe.message(words[0], good=words[1])
