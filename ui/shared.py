"""What all pages share: the store, who is at the desk, and how an act is made."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import parts
import safe
import streamlit as st
from identity import identity, only_person

import songstory as ss
from songstory import authority
from songstory.errors import ConfigError, NotAllowed, SessionEnded
from songstory.models import Actor, Identity, Who
from songstory.settings import Settings, load_settings
from songstory.store import people
from songstory.store.heads import load_key
from songstory.store.places import Caps

_SHOWN = 6.0  # seconds for which a message stays when the page is drawn again
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@st.cache_resource
def settings() -> Settings:
    """Return the settings, read once."""
    return load_settings()


@st.cache_resource(show_spinner=False)
def store() -> ss.Store:
    """Return the one open store of this server."""
    secret = settings().audit_key
    key = load_key(secret.get_secret_value() if secret else "", settings().audit_key_file)
    return ss.open_store(settings().store, heads=settings().audit_heads, key=key)


# who is at the desk ---------------------------------------------------------------------------------------------------


def who() -> Who:
    """Return who acts: who signed in, or in solo mode the one local person. Raise NotAllowed or ConfigError."""
    if settings().oidc_metadata_url:
        return identity(dict(st.user)) if st.user.is_logged_in else ""
    if str(st.get_option("server.address") or "") not in _LOOPBACK:
        raise ConfigError(
            "without a sign-in provider the dashboard serves this machine only; set SONGSTORY_OIDC_METADATA_URL, or serve on 127.0.0.1"
        )
    return str(settings().actor or only_person(store()))


def enter() -> Actor | None:
    """Return who may come in, None when the sign-in page was drawn. Raise what is in the way: the store, the settings."""
    try:
        found = who()
        if found == "":
            door("About This Song, checked sentence by sentence.", "Sign in to review, change and publish stories.")
            return None
        return people.get_actor(store(), found)
    except SessionEnded as error:
        door(str(error), "What you typed is kept.", way="again")
    except NotAllowed as error:
        door(str(error), "", way="out" if settings().oidc_metadata_url else "")
    return None


_WAYS = {"in": "Sign in", "again": "Sign in again"}


def door(words: str, more: str, *, way: str = "in") -> None:
    """Draw the page of those who are not in: why, and the one button that helps; a provider that is out of reach is told."""
    parts.remember_address()
    with st.container(key="door"):
        st.title("songstory")
        safe.text(words)
        if more:
            safe.text(more)
        if way == "out":
            st.button("Sign out", on_click=st.logout, key="sign_out")
        elif way:
            where = urlsplit(settings().oidc_metadata_url).netloc
            if answers(settings().oidc_metadata_url):
                st.button(_WAYS[way], type="primary", on_click=st.login, key="sign_in")
                safe.quiet(f"You sign in at {where}. songstory never sees your password.")
            else:
                safe.message(f"The sign-in provider at {where} does not answer. Nothing is lost; try again in a minute.", good=False)
                if st.button("Try again", type="primary", key="try_again"):
                    answers.clear()
                    st.rerun()


@st.cache_data(ttl=20, show_spinner=False)
def answers(url: str) -> bool:
    """Whether the sign-in provider answers now; without this, who presses the button lands on a bare error."""
    try:
        return httpx.get(url, timeout=4).is_success
    except httpx.HTTPError:
        return False


def desk() -> Actor:
    """Return who is at the desk now. Raise NotAllowed."""
    return people.get_actor(store(), who())


def leave(*, everywhere: bool) -> None:
    """Sign out: what was signed in up to now is void, here and wherever a copy of its cookie lies."""
    found = who()
    if isinstance(found, Identity):
        if everywhere:
            authority.end_sessions(store(), people.get_actor(store(), found).name, actor=found)
        else:
            authority.sign_out(store(), found)
        st.logout()


def sidebar(person: Actor) -> None:
    """Say who is at the desk and as what, and offer the way out."""
    with st.sidebar:
        safe.who(person.name, str(person.role))
        with st.container(horizontal=True, key="desk_links"):
            st.button("Keys `?`", key="help_button", on_click=_ask_help, type="tertiary")
            if settings().oidc_metadata_url:
                st.button("Sign out", key="sign_out", on_click=leave, kwargs={"everywhere": False}, type="tertiary")
                st.button("Sign out everywhere", key="sign_out_all", on_click=leave, kwargs={"everywhere": True}, type="tertiary")


def _ask_help() -> None:
    st.session_state["help"] = True


# acts -----------------------------------------------------------------------------------------------------------------


def caps() -> Caps:
    """Return how many processes pages may start."""
    return Caps(person=settings().processes_person, house=settings().processes_house)


def make(act: Callable[..., Any], *arguments: Any, said: str, token: str = "", **named: Any) -> Any:
    """Make an act of the public API from a button's callback, keep what came of it for the next drawing, and return it.

    A button pressed twice before the page was drawn anew acts once: the second press of a used token says nothing.
    """
    if token:
        if token in st.session_state.setdefault("used_tokens", set()):
            return None
        st.session_state["used_tokens"].add(token)
        named["token"] = token
    try:
        result = act(store(), *arguments, actor=who(), **named)
    except ss.SongstoryError as error:
        tell(str(error), good=False)
        return None
    tell(said.format(result=result), good=True)
    return result


def field(key: str) -> str:
    """Return what stands in a field now. A callback reads it here: its arguments are from before the last keystrokes."""
    return str(st.session_state.get(key) or "")


def ask(what: str, *about: Any) -> None:
    """Ask once more before something is done: the page draws the question until it is answered."""
    st.session_state["asking"] = (what, about)


def asked(what: str) -> tuple[Any, ...] | None:
    """Return what the open question `what` is about, None when it is not asked."""
    found = st.session_state.get("asking")
    return found[1] if found and found[0] == what else None


def answered() -> None:
    """Close the open question."""
    st.session_state.pop("asking", None)


def tell(words: str, *, good: bool) -> None:
    """Keep a message for the next drawing, and for those that follow within some seconds: a reader must be able to read it."""
    st.session_state["said"] = (words, good, None)


def said() -> None:
    """Show what the last act came to."""
    words, good, first = st.session_state.get("said") or ("", True, None)
    if not words or (first is not None and time.monotonic() - first > _SHOWN):
        return silence()
    st.session_state["said"] = (words, good, first or time.monotonic())
    return safe.message(words, good=good)


def silence() -> None:
    """Drop the message: it was about another page or story."""
    st.session_state.pop("said", None)
