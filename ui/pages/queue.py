"""Review queue: what waits, where it stands, one page at a time."""

from __future__ import annotations

import safe
import shared
import streamlit as st

from songstory.models import Status
from songstory.store import stories

SIZE = 25
EVERY = "all"
SORTS = {"risk": "Riskiest first", "newest": "Newest first", "title": "By title"}

st.title("Review queue")
shared.said()
store = shared.store()
counts = stories.status_counts(store)
counts[EVERY] = sum(counts.values())
options = [EVERY, *(s for s in Status if counts.get(s))]


def with_count(status: str) -> str:
    """Return a status in words with how many stories stand there."""
    return f"{status.replace('_', ' ')} {counts.get(status, 0):,}"


status = st.segmented_control(
    "Status", options, format_func=with_count, default=EVERY, key="status", bind="query-params", required=True, label_visibility="collapsed"
)
left, middle, right = st.columns([3, 1, 1])
search = left.text_input("Title or artist", key="search", bind="query-params", placeholder="Title or artist", label_visibility="collapsed")
grounding = middle.selectbox(
    "Grounding", ["Any grounding", "With problems", "All supported"], key="grounding", bind="query-params", label_visibility="collapsed"
)
sort = right.selectbox("Order", list(SORTS), format_func=SORTS.__getitem__, key="sort", bind="query-params", label_visibility="collapsed")

problems = {"Any grounding": None, "With problems": True, "All supported": False}[grounding]
wanted = "" if status == EVERY else str(status)
found = stories.list_stories(store, status=wanted, search=search, problems=problems, sort=sort, page=1, size=SIZE)
last = max(1, -(-found.total // SIZE))
if last > 1:
    number = st.pagination(last, key="page", bind="query-params")
    if number > 1:
        found = stories.list_stories(store, status=wanted, search=search, problems=problems, sort=sort, page=min(number, last), size=SIZE)

if not found.items:
    if counts[EVERY]:
        st.info("No story matches. Clear the search or choose another status.")
    else:
        st.info("No stories yet. Load a catalogue and write the first ones: songstory import sample, then songstory generate --all")
else:
    rows = [
        {
            "Track": s.title,
            "Artist": s.artist_credit,
            "Status": s.status.replace("_", " "),
            "Supported": f"{s.sentences - s.problems} of {s.sentences}",
            "Stale": s.stale_reason if s.stale_since else "",
            "Revision": s.number,
            "By": s.author,
            "Updated": s.updated_at,
        }
        for s in found.items
    ]
    chosen = safe.table(rows, key="stories", select=True, height=38 + 35 * len(rows))
    st.caption("Select a row to open its story.")
    if chosen:
        st.session_state["open_story"] = found.items[chosen[0]].id
        st.switch_page("pages/story.py", query_params={"id": found.items[chosen[0]].id})
