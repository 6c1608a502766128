"""Facts: what the sources say of a track, and what an editor decides about it."""

from __future__ import annotations

import safe
import shared
import streamlit as st

import songstory as ss
from songstory.conflicts import corroboration
from songstory.decisions import clear_flag
from songstory.sensitivity import marks
from songstory.store import catalogue, stories
from songstory.vocabulary import PREDICATES

SIZE = 25
st.title("Facts")
shared.said()
store = shared.store()
search = st.text_input("Title or artist", key="track_search", bind="query-params", placeholder="Title or artist")
page = catalogue.list_tracks(store, search=search, size=SIZE)
if page.total > SIZE:
    st.caption("The first 25 tracks are listed; search for others.")
names = {t.id: f"{t.title}, {t.artist_credit}" for t in page.items}
track = st.selectbox("Track", list(names), format_func=names.__getitem__, key="track")
if track is None:
    st.info("No track matches. Load a catalogue with: songstory import sample")
    st.stop()

facts = catalogue.facts_of(store, track, retracted=True)
said_by = corroboration(facts)
rows = [
    {
        "Predicate": f.predicate,
        "Value": str(f.value),
        "Flags": marks(f),
        "Qualifiers": "; ".join(f"{k}: {v}" for k, v in f.qualifiers.items()),
        "Quote": f.quote,
        "Said by": said_by.get(f.key, 0),
        "Source": f"{f.source_name}: {f.locator}" + (f" ({f.reference})" if f.reference else ""),
        "Licence": f.licence,
        "First seen": f.first_seen,
    }
    for f in facts
]
if rows:
    safe.table(rows, key="facts")
else:
    st.info("No facts yet. Add one below.")

decide, add = st.tabs(["Decide about a fact", "Add a house fact"])
with decide:
    labels = {f.key: f"{f.predicate}: {f.value}" for f in facts if f.stands}
    key = st.selectbox("Fact", list(labels), format_func=labels.__getitem__, key="fact")
    if key is not None:
        touched = stories.stories_touched(store, key)
        st.text("No story cites it." if not touched else "One story cites it." if len(touched) == 1 else f"{len(touched)} stories cite it.")
        comment = st.text_input("Reason", key="fact_comment")
        with st.container(horizontal=True):
            st.button(
                "Retract",
                on_click=shared.make,
                args=(ss.retract, key),
                kwargs={"comment": comment, "said": "Retracted. Stories touched: {result}"},
                key="retract",
            )
            disputed = any(f.key == key and f.disputed for f in facts)
            st.button(
                "Resolve the conflict for this fact",
                on_click=shared.make,
                args=(ss.resolve_conflict, key),
                kwargs={"comment": comment, "said": "The fact stands undisputed."},
                disabled=not disputed,
                key="resolve",
            )
            for flag in next((f.flags for f in facts if f.key == key), ()):
                if flag != "disputed":
                    st.button(
                        f"Clear the flag {flag}",
                        on_click=shared.make,
                        args=(clear_flag, key, flag),
                        kwargs={"comment": comment, "said": "The flag is cleared."},
                        key=f"clear_{flag}",
                    )
with add, st.form("house_fact", border=False):
    predicate = st.selectbox("Predicate", list(PREDICATES), key="new_predicate")
    value = st.text_input("Value", key="new_value")
    locator = st.text_input("Source: where it stands", key="new_locator")
    quote = st.text_input("The words it rests on", key="new_quote")
    if st.form_submit_button("Add the fact"):
        number = (
            predicate is not None
            and PREDICATES[predicate].value in {"number", "ordinal", "seconds"}
            and value.replace(".", "", 1).isdigit()
        )
        shared.make(
            ss.add_fact, track, predicate, float(value) if number else value, locator=locator, quote=quote, said="Added as {result.key}."
        )
        st.rerun()
