"""The only place where text from facts, models and people meets Streamlit. Such text goes to sinks that show characters as they are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from songstory.errors import SongstoryError
from songstory.models import Status, now
from songstory.safe_text import visible
from songstory.vocabulary import PREDICATES

STATUSES: dict[str, tuple[str, str]] = {
    Status.DRAFT: ("draft", ""),
    Status.IN_REVIEW: ("in review", "wait"),
    Status.CHANGES_REQUESTED: ("changes requested", "bad"),
    Status.APPROVED: ("approved", "good"),
    Status.PUBLISHED: ("published", "good"),
    Status.WITHDRAWN: ("withdrawn", "bad"),
    Status.DISCARDED: ("discarded", ""),
}

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # what a cell begins with that a spreadsheet computes, as OWASP has it
_LOOK = "<style>" + (Path(__file__).parent / "components" / "page.css").read_text(encoding="utf-8") + "</style>"


def look() -> None:
    """Put the look on the page that the theme cannot."""
    st.html(_LOOK)


def seen(value: object) -> str:
    """Return text as people should see it: signs that are hidden or only look like others are shown as marks such as ⟦U+202E⟧."""
    return visible(str(value))


def apart(value: object) -> str:
    """Return `seen` text that stands among other words of a line: letters that run from right to left take none of those along."""
    shown = seen(value)
    return f"\u2068{shown}\u2069" if _RIGHT_TO_LEFT.search(shown) else shown  # the first strong letter says where to, until the end


def text(value: object) -> None:
    """Show text as it is."""
    st.text(seen(value))


def heading(value: object) -> None:
    """Show text from strangers as the heading of a page."""
    with st.container(key=css_key("heading", str(value))):
        st.text(seen(value))


def lead(value: object) -> None:
    """Show the sentence that says what a page is for, or what to do on an empty one."""
    with st.container(key=css_key("lead", str(value))):
        st.text(seen(value))


def message(value: str, *, good: bool) -> None:
    """Show what came of an act, in a fixed frame around plain text."""
    with st.container(key=css_key("good" if good else "bad", value)):
        st.text(("✓  " if good else "✕  ") + seen(value))


def notice(value: str) -> None:
    """Show what a reader should know before they act."""
    with st.container(key=css_key("notice", value)):
        st.text(seen(value))


def quiet(value: object) -> None:
    """Show a remark that is there for who looks for it."""
    with st.container(key=css_key("quiet", str(value))):
        st.text(seen(value))


def problem(error: SongstoryError, *, out: str = "") -> None:
    """Show what stands in the way of a page, and the way out: to try again, or to the page `out`."""
    st.title("This page cannot be shown")
    message(str(error), good=False)
    with st.container(horizontal=True):
        if st.button("Try again", key="try_again", type="primary"):
            st.rerun()
        if out and st.button("Open the review queue", key="way_out"):
            st.switch_page(out)


def money(usd: float | None) -> str:
    """Return USD in words: cents where they say something, else four digits; a dash where nobody knows."""
    return "–" if usd is None else f"${usd:,.2f}" if usd >= 1 or usd == 0 else f"${usd:.4f}"


def never_settled(usd: float) -> str:
    """Say how much of a cost was set aside for calls that may have been paid for."""
    return f"{money(usd)} of it was set aside for calls that never told their end (never settled), and is counted in full."


def who(name: str, role: str) -> None:
    """Show who is at the desk."""
    with st.container(key="who"):
        st.text(seen(f"{name}\n{role}"))


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


def span(seconds: float) -> str:
    """Return how long something takes, in words."""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min" if minutes else "under a minute"


def counted(count: int, noun: str) -> str:
    """Return "1 story" or "2 stories"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def titles_of(predicates: Sequence[str]) -> str:
    """Return the titles of predicates in one line: "producer, writer"."""
    return ", ".join(PREDICATES[p].title.lower() for p in predicates if p in PREDICATES)


def cell(value: object) -> Any:
    """Return what a table shows of a value: numbers and times are themselves, and no text is taken for a formula where it is downloaded."""
    if isinstance(value, datetime | int | float | bool | None):
        return value
    shown = seen(value)
    return f"'{shown}" if shown.startswith(_FORMULAS) or shown.lstrip().startswith(_FORMULAS) else shown


def table(
    rows: Sequence[Mapping[str, Any]], *, key: str, height: int | None = None, select: bool = False, widths: Mapping[str, int] | None = None
) -> list[int]:
    """Show rows as a table of plain cells, times to the minute, and return which row is selected. `widths` are of columns, in pixels."""
    times = {name for row in rows for name, value in row.items() if isinstance(value, datetime)}
    shown = [{str(cell(k)): cell(v) for k, v in row.items()} for row in rows]
    look: dict[str, Any] = {
        "hide_index": True,
        "width": "stretch",
        "height": height or min(37 + 33 * len(rows), 560),
        "column_config": {name: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", timezone="UTC") for name in times}
        | {name: st.column_config.Column(width=pixels) for name, pixels in (widths or {}).items()},
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
