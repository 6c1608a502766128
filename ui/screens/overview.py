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


def chart(rows: list[dict[str, Any]], height: int = 230, thick: int = 34, **encoded: Any) -> None:
    """Draw a bar chart of plain rows, its bars `thick` pixels."""
    drawn = alt.Chart(alt.InlineData(values=rows)).mark_bar(cornerRadius=3, size=thick).encode(**encoded).properties(height=height)
    st.altair_chart(drawn.configure_view(strokeWidth=0).configure_axis(grid=False), width="stretch")


def bars(rows: list[tuple[str, float]], *, colour: str, of: str) -> None:
    """Draw horizontal bars in the order they come, each with its number beside its name."""
    told = [{"what": f"{what}  {n:,.0f}", of: n} for what, n in rows]
    chart(
        told, 34 * len(rows) + 10, 20, x=alt.X(f"{of}:Q", title=None, axis=None), color=alt.value(colour), tooltip=["what:N"],
        y=alt.Y("what:N", sort=None, title=None, axis=alt.Axis(labelLimit=250, labelFontSize=13, domain=False, ticks=False)),
    )  # fmt: skip


def bar(days: int) -> int:
    """Return how many pixels wide the column of a day is, so that many fit and a single one is no wall."""
    return max(4, min(34, 330 // max(days, 1)))


DAY = alt.X("day:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", domain=False, ticks=False))


def columns(rows: list[tuple[str, float]], *, colour: str, title: str, form: str) -> None:
    """Draw one column a day."""
    told = [{"day": day[5:], "n": n} for day, n in rows]
    chart(
        told, thick=bar(len(rows)), x=DAY, y=alt.Y("n:Q", title=title, axis=alt.Axis(format=form, tickCount=4)), color=alt.value(colour),
        tooltip=["day:O", alt.Tooltip("n:Q", format=form, title=title)],
    )  # fmt: skip


def nights(found: Overview) -> None:
    """Draw what the runs of each day made."""
    rows = [
        {"day": n.day[5:], "stories": count, "as": kind}
        for n in found.nights
        for kind, count in (("ready", n.ready), ("with problems", n.with_problems), ("failed", n.failed))
    ]
    y = alt.Y("sum(stories):Q", title="stories", axis=alt.Axis(tickCount=4))
    scale = alt.Scale(domain=["ready", "with problems", "failed"], range=[GREEN, AMBER, RED])
    thick = bar(len({n.day for n in found.nights}))
    chart(
        rows, thick=thick, x=DAY, y=y, tooltip=["day:O", "as:N", "sum(stories):Q"],
        color=alt.Color("as:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
    )  # fmt: skip


def costs(found: Overview) -> None:
    """Draw what a story cost, a column a day on which Claude was asked."""
    days: dict[str, list[float]] = {}
    for night in found.nights:
        if night.usd is not None:
            days.setdefault(night.day, []).append(night.usd)
    if days:
        columns([(day, 1000 * sum(n) / len(n)) for day, n in days.items()], colour=AMBER, title="USD for 1,000 stories", form="$,.2f")
    else:
        safe.lead("Nothing was asked of Claude yet.")
    if found.unsettled_usd:
        safe.notice("Of all that was spent: " + safe.never_settled(found.unsettled_usd))


def rechecked(found: Overview) -> None:
    """Say what the last recheck pulled and made stale, each with its way to the queue, and whether one is due."""
    if found.recheck_due:
        safe.notice(
            "The rules changed since what stands and is live was judged. The next night rechecks it; to do it now: songstory recheck "
            "(with --dry-run it only counts)."
        )
    last = found.rechecked
    if last is None:
        return
    words = f"Rechecked {safe.age(last.at)} by {last.rules}: {safe.counted(last.flagged, 'flag')} set"
    with st.container(horizontal=True, vertical_alignment="center"):
        safe.text(f"{words}, {safe.counted(last.pulled, 'story')} pulled, {last.stale:,} to be read again.")
        if last.pulled and st.button("Show what is withdrawn", key="show_pulled", type="tertiary"):
            st.switch_page("screens/queue.py", query_params={"status": "withdrawn", "sort": "newest"})
        if last.stale and st.button("Show what is to be read again", key="show_stale", type="tertiary"):
            st.switch_page("screens/queue.py", query_params={"status": "all", "risk": "stale"})


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
    rechecked(found)
    left, right = st.columns(2)
    with left:
        st.subheader("From the catalogue to the listener")
        bars([(k, v) for k, v in cover.items()], colour=VIOLET, of="tracks")
        st.subheader("What nights made")
        nights(found) if found.nights else safe.lead("No runs yet.")
        st.subheader("What a story cost")
        costs(found)
    with right:
        st.subheader("How long stories wait in review")
        bars([(k, v) for k, v in found.waiting.items()], colour=AMBER, of="stories")
        st.subheader("Most wanted missing facts")
        bars([(k, v) for k, v in found.wanted.items()], colour=VIOLET, of="songs") if found.wanted else safe.lead("No song lacks facts.")
        st.subheader("How much people change")
        if found.edits:
            columns([(day, share) for day, share, _ in found.edits], colour=GREEN, title="words changed by an edit", form=".0%")
        else:
            safe.lead("Nobody has edited a story yet.")
    return None


draw()
