"""Overview: how far the catalogue is covered, where stories wait, what nights made and cost, what is worth researching."""

from __future__ import annotations

from typing import Any

import altair as alt
import safe
import shared
import streamlit as st

import songstory as ss
from songstory import overview
from songstory.overview import Overview

GREEN, AMBER, RED, VIOLET = "#1F7A50", "#9A5B00", "#B82E25", "#5B3DF5"


@st.cache_data(ttl=60, show_spinner="Counting …")
def counted(_store: ss.Store, url: str) -> Overview:
    """Return how the house stands; counted anew after a minute."""
    return overview.overview(_store)


def chart(rows: list[dict[str, Any]], **encoded: Any) -> None:
    """Draw a bar chart of plain rows."""
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_bar(cornerRadius=3).encode(**encoded).properties(height=230)
    st.altair_chart(drawn, width="stretch")


def bars(rows: list[tuple[str, float]], *, colour: str, of: str, share: bool = False) -> None:
    """Draw horizontal bars in the order they come."""
    shown = [{"what": what, of: n} for what, n in rows]
    chart(
        shown, x=alt.X(f"{of}:Q", title=of, axis=alt.Axis(format="%" if share else "~s", tickMinStep=0 if share else 1)),
        y=alt.Y("what:N", sort=None, title=None, axis=alt.Axis(labelLimit=230)), color=alt.value(colour),
        tooltip=["what:N", f"{of}:Q"],
    )  # fmt: skip


def nights(found: Overview) -> None:
    """Draw what the runs made and what their stories cost."""
    rows = [
        {"run": f"{n.day} {n.run[-6:]}", "stories": count, "as": kind}
        for n in found.nights
        for kind, count in (("ready", n.ready), ("with problems", n.with_problems), ("failed", n.failed))
    ]
    chart(
        rows, x=alt.X("run:O", sort=None, title=None, axis=alt.Axis(labelAngle=-40, labelLimit=160)), y=alt.Y("stories:Q", title="Stories"),
        color=alt.Color("as:N", scale=alt.Scale(domain=["ready", "with problems", "failed"], range=[GREEN, AMBER, RED]),
                        legend=alt.Legend(title=None, orient="top")),
        tooltip=["run:O", "as:N", "stories:Q"],
    )  # fmt: skip


def draw() -> None:
    """Draw the page."""
    st.title("Overview")
    store = shared.store()
    found = counted(store, store.url)
    cover = found.coverage
    if not cover["tracks"]:
        return safe.lead("The catalogue is empty. Load one with: songstory import sample")
    waiting = sum(found.waiting.values())
    with st.container(horizontal=True):
        st.metric("Tracks", f"{cover['tracks']:,}")
        st.metric("With a story", f"{cover['written'] / cover['tracks']:.0%}")
        st.metric("Live", f"{cover['live']:,}")
        st.metric("Waiting in review", f"{waiting:,}")
        st.metric("Waiting over a week", f"{found.waiting['over a week']:,}")
    left, right = st.columns(2)
    with left:
        st.subheader("From the catalogue to the listener")
        bars([(k, v) for k, v in cover.items()], colour=VIOLET, of="tracks")
        st.subheader("What nights made")
        nights(found) if found.nights else safe.lead("No runs yet.")
        st.subheader("What a story cost")
        costs = [(f"{n.day} {n.run[-6:]}", n.usd) for n in found.nights if n.usd is not None]
        bars([(k, float(v or 0)) for k, v in costs], colour=AMBER, of="USD") if costs else safe.lead("Nothing was asked of Claude yet.")
    with right:
        st.subheader("How long stories wait in review")
        bars([(k, v) for k, v in found.waiting.items()], colour=AMBER, of="stories")
        st.subheader("Most wanted missing facts")
        bars([(k, v) for k, v in found.wanted.items()], colour=VIOLET, of="songs") if found.wanted else safe.lead("No song lacks facts.")
        st.subheader("How much people change")
        if found.edits:
            bars([(f"{day} ({n})", share) for day, share, n in found.edits], colour=GREEN, of="share of words", share=True)
        else:
            safe.lead("Nobody has edited a story yet.")
    return None


draw()
