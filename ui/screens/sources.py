"""Sources: whom we trust how far, what was imported and what was left out, and the facts that wait for a person."""

from __future__ import annotations

import address
import clearing
import safe
import shared
import streamlit as st

from songstory import importing_apart
from songstory.decisions import set_trust
from songstory.import_undo import undo_import
from songstory.models import Role
from songstory.review import may
from songstory.store import catalogue, flagged, intakes
from songstory.trust import tier
from songstory.vocabulary import FLAGS, PREDICATES

SIZE = 25
TABS = {"waiting": "Facts that wait", "imports": "Imports", "sources": "Sources"}


def waiting() -> None:
    """Draw the facts that are quarantined, sensitive, private or disputed."""
    store = shared.store()
    counts = flagged.counts(store)
    if not counts:
        return safe.lead("No fact waits for a person.")
    flag = st.segmented_control(
        "Flag", [f for f in FLAGS if counts.get(f)], format_func=lambda f: f"{f} {counts.get(f, 0):,}", default=next(iter(counts)),
        required=True, key="flag", label_visibility="collapsed",
    )  # fmt: skip
    page = flagged.listed(store, str(flag), page=int(st.session_state.get("flag_page") or 1), size=SIZE)
    rows = [
        {
            "Song": title, "Predicate": PREDICATES[f.predicate].title if f.predicate in PREDICATES else f.predicate, "Value": str(f.value),
            "Why": "; ".join(f.notes), "Quote": f.quote, "Source": f"{f.source_name}: {f.locator}",
        }
        for _, title, f in page.items
    ]  # fmt: skip
    chosen = safe.table(rows, key=f"waiting-{flag}", select=True)
    safe.pages(page.total, SIZE, "flag_page")
    if not chosen:
        return safe.text("Select a row to decide about it.")
    track, _, fact = page.items[chosen[0]]
    clearing.offer(fact)
    if st.button("Open the facts of this song", key="open_facts"):
        st.switch_page("screens/facts.py", query_params={"track": track})
    return None


def imports() -> None:
    """Draw the upload, and what came of earlier imports."""
    given = st.file_uploader("A catalogue: JSON lines, up to 50 MB", type=["jsonl", "json"], key="upload", max_upload_size=50)
    if given is not None:
        st.button("Import this file", key="import_file", type="primary", on_click=start, args=(given.name, given.getvalue()))
    log()


@st.fragment(run_every="3s")
def log() -> None:
    """Draw the import log; it follows an import that runs."""
    found = intakes.recent(shared.store())
    if not found:
        return safe.lead("Nothing was imported from a file yet.")
    rows = [
        {
            "Import": i.id, "File": i.name, "Began": i.started_at, "State": i.state,
            "Came in": ", ".join(f"{n:,} {what}" for what, n in i.added.items() if n), "Left out": len(i.rejected),
            "Sources": ", ".join(i.sources),
        }
        for i in found
    ]  # fmt: skip
    chosen = safe.table(rows, key="imports", select=True)
    if chosen:
        one(found[chosen[0]])
    else:
        safe.text("Select an import to see what became of each column, or to take it back.")
    out = [line for i in found for line in i.rejected][:200]
    if out:
        with st.expander("Rows that were left out, and why"):
            safe.text("\n".join(out))
    return None


def one(found: intakes.Import) -> None:
    """Draw what became of each column of one import, and the button that takes it back."""
    columns = [
        {
            "Column": c.column, "Says": c.target or "not read", "Read": c.read, "Left out": c.left_out,
            "Why": "; ".join(r.told for r in c.reasons),
        }
        for c in found.columns
    ]  # fmt: skip
    if columns:
        safe.table(columns, key=f"columns-{found.id}")
    if found.state == "done" and may(shared.desk(), Role.EDITOR):
        with st.popover("Take this import back"):
            safe.text("What it added stands no longer, what it let fall stands again.")
            safe.text("A story that it pulled lives again if a publisher takes it back, and waits in the queue otherwise.")
            st.button("Take it back", key=f"undo-{found.id}", on_click=take_back, args=(found.id,))


def take_back(number: int) -> None:
    """Take an import back and say what came of it."""
    shared.make(undo_import, number, said=f"Import {number} was taken back.")


def start(name: str, data: bytes) -> None:
    """Import an uploaded file in a process of its own."""
    shared.make(importing_apart.launch, name, data, caps=shared.caps(), said="The import runs; the log below follows it.")


def trusted() -> None:
    """Draw the sources with how far each is trusted, and the way to change it."""
    found = catalogue.sources(shared.store())
    if not found:
        return safe.lead("No sources yet. Load a catalogue with: songstory import sample")
    rows = [
        {
            "Key": s.key,
            "Name": s.name,
            "Trust": s.trust,
            "Tier": tier(s.trust),
            "Licence": s.licence,
            "Group": s.independent_group,
            "URL": s.url,
        }
        for s in found
    ]
    safe.table(rows, key="sources")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox("Source", [s.key for s in found], format_func=safe.seen, key="trust_source", width=260)
        st.number_input("Trust, 0 to 100", 0, 100, next(s.trust for s in found if s.key == key), key=f"trust-{key}", width=160)
        st.text_input("Reason", key="trust_reason", width=320, max_chars=500)
        st.button("Set the trust", key="set_trust", on_click=change, args=(str(key),))
    return None


def change(key: str) -> None:
    """Give a source another trust."""
    trust = int(st.session_state.get(f"trust-{key}", 50))
    shared.make(
        set_trust, key, trust, comment=shared.field("trust_reason"), said="Set. {result:,} tracks are looked at again by the next night."
    )


def draw() -> None:
    """Draw the page."""
    st.title("Sources")
    shared.said()
    address.read("part", TABS, "waiting")
    st.segmented_control("Part", list(TABS), format_func=TABS.__getitem__, key="part", required=True, label_visibility="collapsed")
    {"waiting": waiting, "imports": imports, "sources": trusted}[address.note("part", "waiting")]()


draw()
