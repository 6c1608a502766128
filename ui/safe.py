"""The only place where text from facts, models and people meets Streamlit. Such text goes to sinks that show characters as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from songstory.errors import SongstoryError
from songstory.models import Status, now

STATUSES: dict[str, tuple[str, str]] = {
    Status.DRAFT: ("draft", ""),
    Status.IN_REVIEW: ("in review", "wait"),
    Status.CHANGES_REQUESTED: ("changes requested", "bad"),
    Status.APPROVED: ("approved", "good"),
    Status.PUBLISHED: ("published", "good"),
    Status.WITHDRAWN: ("withdrawn", "bad"),
    Status.DISCARDED: ("discarded", ""),
}

_LOOK = """<style>
.stMainBlockContainer{padding-top:2.4rem;padding-bottom:2rem;max-width:1400px}
[data-testid="stText"]{font-family:Inter,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere}
[class*="st-key-heading-"] [data-testid="stText"]{font:500 2rem/1.2 Newsreader,serif}
.st-key-who [data-testid="stText"]{font-size:.95rem;line-height:1.35}
.st-key-door{max-width:34rem;margin:12vh auto 0}
.st-key-door [data-testid="stText"],[class*="st-key-lead-"] [data-testid="stText"]{font-size:1.05rem}
[class*="st-key-good-"]{border-left:5px solid #1F7A50}
[class*="st-key-bad-"]{border-left:5px solid #B82E25}
[class*="st-key-good-"],[class*="st-key-bad-"]{padding:.55rem .9rem;border-radius:.5rem;background:var(--st-secondary-background-color)}
.st-key-acts button:disabled{opacity:.45}
button:focus-visible,input:focus-visible,a:focus-visible,
[role="radio"]:focus-visible{outline:3px solid #5B3DF5!important;outline-offset:2px}
@media (max-width:640px){.stMainBlockContainer{padding:3.9rem 1rem 2rem}}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
</style>"""


def look() -> None:
    """Put the look on the page that the theme cannot."""
    st.html(_LOOK)


def text(value: object) -> None:
    """Show text as it is."""
    st.text(str(value))


def heading(value: object) -> None:
    """Show text from strangers as the heading of a page."""
    with st.container(key=css_key("heading", str(value))):
        st.text(str(value))


def lead(value: object) -> None:
    """Show the sentence that says what a page is for, or what to do on an empty one."""
    with st.container(key=css_key("lead", str(value))):
        st.text(str(value))


def message(value: str, *, good: bool) -> None:
    """Show what came of an act, in a fixed frame around plain text."""
    with st.container(key=css_key("good" if good else "bad", value)):
        st.text(("✓  " if good else "✕  ") + value)


def problem(error: SongstoryError) -> None:
    """Show what stands in the way of a page, and the way out."""
    st.title("This page cannot be shown")
    message(str(error), good=False)
    safe_to_try = st.button("Try again", key="try_again", type="primary")
    if safe_to_try:
        st.rerun()


def door(value: str) -> None:
    """Show the page of those who are not in."""
    with st.container(key="door"):
        st.title("songstory")
        st.text(value)


def who(name: str, role: str) -> None:
    """Show who is at the desk."""
    with st.container(key="who"):
        st.text(f"{name}\n{role}")


def css_key(name: str, about: str) -> str:
    """Return a key for a widget that is about one thing, safe as a CSS class whatever the thing is called."""
    return f"{name}-{hashlib.sha256(about.encode()).hexdigest()[:10]}"


def age(moment: datetime | None) -> str:
    """Return how long ago something was, in words."""
    if moment is None:
        return ""
    seconds = max(0, int((now() - moment).total_seconds()))
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = seconds // size
            return f"{count:,} {word}{'s' if count > 1 else ''} ago"
    return "just now"


def counted(count: int, noun: str) -> str:
    """Return "1 story" or "2 stories"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def table(rows: Sequence[Mapping[str, Any]], *, key: str, height: int | None = None, select: bool = False) -> list[int]:
    """Show rows as a table of plain cells, times to the minute, and return which row is selected."""
    times = {name for row in rows for name, value in row.items() if isinstance(value, datetime)}
    shown = [{k: v if isinstance(v, datetime | int | float | bool | None) else str(v) for k, v in row.items()} for row in rows]
    look: dict[str, Any] = {
        "hide_index": True,
        "width": "stretch",
        "height": height or min(38 + 35 * len(rows), 560),
        "column_config": {name: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", timezone="UTC") for name in times},
    }
    if not select:
        st.dataframe(shown, key=key, **look)
        return []
    event = st.dataframe(shown, key=key, on_select="rerun", selection_mode="single-row", **look)
    return list(event.selection.rows)


def pages(total: int, size: int, key: str) -> int:
    """Offer the pages of a long list and return the one chosen; the address remembers it."""
    last = max(1, -(-total // size))
    if last == 1:
        return 1
    asked = st.session_state.get(key)
    if isinstance(asked, int) and asked > last:
        st.session_state[key] = last
    return int(st.pagination(last, key=key, bind="query-params"))
