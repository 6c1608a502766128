"""Audit log: who did what and when, and whether the chain of events is whole."""

from __future__ import annotations

import orjson
import safe
import shared
import streamlit as st

from songstory import authority

SIZE = 50


def export(**wanted: str) -> bytes:
    """Return the events that are shown as JSON lines; no spreadsheet takes them for formulas."""
    rows, number = [], 1
    while True:
        page = authority.audit_log(shared.store(), actor=shared.who(), page=number, size=1_000, **wanted)
        rows += [orjson.dumps(e.model_dump(mode="json")) for e in page.items]
        if number * page.size >= page.total or number >= 100:
            return b"\n".join(rows)
        number += 1


def draw() -> None:
    """Draw the page."""
    st.title("Audit log")
    shared.said()
    store = shared.store()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        about = st.text_input("Revision, fact or person", key="about", bind="query-params", width=300, max_chars=200)
        action = st.text_input("Act, such as story.approve", key="act", bind="query-params", width=240, max_chars=100)
        by = st.text_input("Who", key="by", bind="query-params", width=200, max_chars=200)
        if st.button("Check the chain", key="verify"):
            count, head = authority.check_log(store, actor=shared.who())
            safe.message(f"{count:,} events; none was changed, removed or added in between. Head: {head[:16]}…", good=True)
    wanted = {"object_": about or "", "action": action or "", "who": by or ""}
    page = authority.audit_log(store, actor=shared.who(), page=int(st.session_state.get("audit_page") or 1), size=SIZE, **wanted)
    if not page.items:
        return safe.lead("No event matches." if any(wanted.values()) else "Nothing was done yet.")
    rows = [
        {"#": e.seq, "When": e.at, "Who": e.actor, "Act": e.action, "What": e.object, "Comment": e.comment or str(e.data.get("why", ""))}
        for e in page.items
    ]
    safe.table(rows, key="events", height=600)
    safe.pages(page.total, SIZE, "audit_page")
    if page.total > 100_000:
        safe.quiet("The export holds the newest 100,000 events; songstory audit --json has them all.")
    st.download_button("Export as JSON lines", lambda: export(**wanted), "audit.jsonl", "application/x-ndjson", key="export")
    return None


draw()
