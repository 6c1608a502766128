"""The menu: which page is for which role."""

from __future__ import annotations

import safe
import streamlit as st

from songstory.models import Role

_ICONS = {
    "queue": "inbox", "story": "auto_stories", "facts": "fact_check", "sources": "source", "runs": "nightlight", "overview": "monitoring",
    "audit": "history", "people": "group",
}  # fmt: skip
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


def closed() -> None:
    """Know every address and show no page: who is not in and opens a link sees the door, not that there is no such page."""
    pages = [st.Page(_nothing, title="songstory", url_path=name, default=name == "queue") for name in PAGES]
    st.navigation(pages, position="hidden")


def _nothing() -> None:
    """Draw nothing."""


def navigation(role: Role) -> st.Page:
    """Return the page of the address; pages of other roles are there, say so, and stay out of the menu."""
    sections: dict[str, list[st.Page]] = {}
    for name, (title, section, roles) in PAGES.items():
        mine = role in roles
        source = f"screens/{name}.py" if mine else (lambda title=title: not_for_you(title))
        icon = f":material/{_ICONS[name]}:"
        page = st.Page(source, title=title, icon=icon, url_path=name, default=name == "queue", visibility="visible" if mine else "hidden")
        sections.setdefault(section if mine else "Work", []).append(page)
    return st.navigation(sections)
