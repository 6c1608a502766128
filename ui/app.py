"""The editors' dashboard: pages call the public API and draw. No SQL and no rules live here."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))

import safe
import shared
from keys import help_dialog

import songstory as ss
from songstory.models import Role

# page: (title, section, who sees it)
PAGES: dict[str, tuple[str, str, frozenset[Role]]] = {
    "queue": ("Review queue", "Work", frozenset(Role) - {Role.SERVICE}),
    "story": ("Story", "Work", frozenset(Role) - {Role.SERVICE}),
    "facts": ("Facts", "Work", frozenset({Role.WRITER, Role.EDITOR, Role.PUBLISHER})),
    "sources": ("Sources", "Work", frozenset({Role.EDITOR, Role.PUBLISHER})),
    "runs": ("Runs", "Insight", frozenset({Role.EDITOR, Role.PUBLISHER, Role.ADMIN})),
    "overview": ("Overview", "Insight", frozenset({Role.EDITOR, Role.PUBLISHER, Role.ADMIN})),
    "audit": ("Audit log", "House", frozenset({Role.PUBLISHER, Role.ADMIN})),
    "people": ("People and switches", "House", frozenset({Role.ADMIN})),
}


def not_for_you(title: str) -> None:
    """Say that a page is for others; the service would refuse its acts all the same."""
    st.title("Not your page")
    safe.text(f"{title} is for other roles. An admin can give you another role.")


def navigation(role: Role) -> st.Page:
    """Return the page of the address; pages of other roles are there, say so, and stay out of the menu."""
    sections: dict[str, list[st.Page]] = {}
    for name, (title, section, roles) in PAGES.items():
        mine = role in roles
        source = f"screens/{name}.py" if mine else (lambda title=title: not_for_you(title))
        page = st.Page(source, title=title, url_path=name, default=name == "queue", visibility="visible" if mine else "hidden")
        sections.setdefault(section if mine else "Work", []).append(page)
    return st.navigation(sections)


def main() -> None:
    """Let in who may come in, and draw their page."""
    st.set_page_config(page_title="songstory", page_icon="🎧", layout="wide")
    safe.look()
    try:
        desk = shared.enter()
    except ss.SongstoryError as error:
        st.navigation([st.Page(lambda: None, title="songstory", url_path="queue", default=True)], position="hidden")
        safe.problem(error)
        return
    if desk is None:
        st.navigation([st.Page(lambda: None, title="songstory", url_path="queue", default=True)], position="hidden")
        return
    page = navigation(desk.role)
    shared.sidebar(desk)
    if st.session_state.pop("help", False):
        help_dialog()
    try:
        page.run()
    except ss.SongstoryError as error:
        safe.problem(error)


main()
