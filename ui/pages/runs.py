"""Runs: how the writing went, and what each track came to."""

from __future__ import annotations

import safe
import shared
import streamlit as st

from songstory.store import runs

SIZE = 50
st.title("Runs")
store = shared.store()
listed = runs.list_runs(store)
if not listed:
    st.info("No runs yet. Start one with: songstory generate --all")
    st.stop()
safe.table(
    [
        {
            "Run": r.id,
            "Writer": r.writer,
            "Status": r.status,
            "Started": r.started_at,
            "Finished": r.finished_at,
            **{
                s.replace("_", " ").capitalize(): r.counts.get(s, 0) for s in ("ready", "with_problems", "unchanged", "abstained", "failed")
            },
        }
        for r in listed
    ],
    key="runs",
)
run = st.selectbox("Run", [r.id for r in listed], key="run", bind="query-params")
status = st.segmented_control(
    "Items",
    ["abstained", "failed", "with_problems", "ready", "unchanged", "skipped"],
    default="abstained",
    key="item_status",
    format_func=lambda s: s.replace("_", " "),
)
found = runs.run_items(store, str(run), status=status or "", size=SIZE)
last = max(1, -(-found.total // SIZE))
if last > 1:
    number = st.pagination(last, key="items_page")
    found = runs.run_items(store, str(run), status=status or "", page=min(number, last), size=SIZE)
if found.items:
    safe.table([{"Track": i.title, "Id": i.track, "Status": i.status.replace("_", " "), "Why": i.error} for i in found.items], key="items")
else:
    st.info("No item has this status.")
