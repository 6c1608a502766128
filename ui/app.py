"""The editors' dashboard: pages call the public API and draw. No SQL and no rules live here."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))

import shared

st.set_page_config(page_title="songstory", page_icon="🎧", layout="wide")

pages = {
    "Work": [
        st.Page("pages/queue.py", title="Review queue", url_path="queue", default=True),
        st.Page("pages/story.py", title="Story", url_path="story"),
        st.Page("pages/facts.py", title="Facts", url_path="facts"),
    ],
    "Insight": [st.Page("pages/runs.py", title="Runs", url_path="runs")],
}
page = st.navigation(pages)
shared.sidebar()
page.run()
