"""Asking a writer for one story, or for a change of one: the composer answers at once, Claude in a process of its own."""

from __future__ import annotations

import safe
import shared
import streamlit as st

import songstory as ss
from songstory import launches
from songstory.changing import LONGEST
from songstory.errors import TrackNotFound
from songstory.models import Revision, now
from songstory.nightly import single
from songstory.store import catalogue, places, runs
from songstory.store.places import Place
from songstory.writers import open_writer

SIZE = 25
WRITERS = {"composer": "Composer: no model, at once", "anthropic": "Claude: some seconds, some cents"}


def has_claude() -> bool:
    """Whether this dashboard may ask Claude."""
    return shared.settings().anthropic_api_key is not None


def generate() -> None:
    """Ask which song a story is wanted of, and by whom it is written."""

    @st.dialog("Generate a story", width="medium", on_dismiss=shared.answered)
    def question() -> None:
        if shared.asked("generate") is None:
            st.rerun()
        search = st.text_input("Title or artist", key="song_search", icon=":material/search:", max_chars=200)
        page = catalogue.list_tracks(shared.store(), search=search or "", size=SIZE)
        named = {t.id: f"{safe.apart(t.title)}, {safe.apart(t.artist_credit)}" for t in page.items}
        if not named:
            return safe.text("No song matches.")
        st.selectbox("Song", list(named), format_func=named.__getitem__, key="song")
        offered = list(WRITERS) if has_claude() else ["composer"]
        first = shared.settings().writer if shared.settings().writer in offered else "composer"
        st.radio("Writer", offered, index=offered.index(first), format_func=WRITERS.__getitem__, key="song_writer")
        with st.container(horizontal=True):
            st.button("Write it", type="primary", key="write_it", on_click=write)
            st.button("Not now", key="not_now", on_click=shared.answered)
        return None

    question()


def write() -> None:
    """Write the chosen story, or begin to, and lead to it."""
    track = shared.field("song")
    shared.answered()
    if shared.field("song_writer") == "anthropic":
        run = shared.make(
            single.launch_story,
            track,
            model=shared.settings().model,
            caps=shared.caps(),
            said="Claude writes; the text is here when it is checked.",
        )
        if run is not None:
            st.session_state["lead_to"] = track
        return
    found = shared.make(ss.generate, track, open_writer("composer"), said="Written and checked: revision {result.number}.")
    if found is not None:
        st.session_state["lead_to"] = found.story


def change(revision: Revision) -> None:
    """Draw the field of an instruction, and what came of the last one."""
    if not has_claude():
        return safe.lead(
            "Claude changes a text as you say, within its facts. For that the dashboard needs a key: "
            "set SONGSTORY_ANTHROPIC_API_KEY where it runs, and start it again."
        )
    safe.lead("Say what should change. Claude rewrites within the facts, and every sentence is checked as always: no wish lifts a check.")
    st.text_area("What should change", key="instruction", max_chars=LONGEST, placeholder="Shorter, and begin with the studio", height=100)
    st.button("Ask Claude", type="primary", key="ask_claude", on_click=ask, args=(revision.id,))
    return None


def ask(revision: str) -> None:
    """Let Claude change the text on screen."""
    words = shared.field("instruction")
    run = shared.make(
        single.launch_change, revision, words, model=shared.settings().model, caps=shared.caps(), said="Claude is asked; you may read on."
    )
    if run is not None:
        st.session_state["instruction"] = ""


def wait(track: str) -> bool:
    """Follow the text of this track that is being written, and return whether one is."""
    try:
        last = runs.last_of(shared.store(), track)
    except TrackNotFound:
        return False
    if last is None or not single.at_work(last[0]):
        return False
    follow(track)
    return True


@st.fragment(run_every="2s")
def follow(track: str) -> None:
    """Draw that a text is being written; when it is there the page is drawn anew, and a failure is told."""
    launches.start_waiting(shared.store(), shared.caps())  # in the place of one that was killed
    last = runs.last_of(shared.store(), track)
    assert last is not None
    run, item = last
    if run.status == "waiting":
        safe.text(f"{run.note}. {turn(places.listed(shared.store()), run.id)}")
        return
    if single.at_work(run):
        safe.text(f"{run.note}. Begun {safe.age(run.started_at)}.")
        st.progress(min(0.95, (now() - run.started_at).total_seconds() / 30))
        return
    if item.error:
        shared.tell(f"Claude wrote nothing: {item.error}", good=False)
    else:
        shared.tell("The text that was asked for is here. Read it, then submit it.", good=item.status == "ready")
    st.rerun()


_KINDS = {"story": "a story", "change": "a change", "night": "a night", "import": "an import"}


def turn(listed: list[Place], run: str) -> str:
    """Say which place a run has in line, and who asked before."""
    runs_in_line = [p.run for p in listed if p.waiting]
    if run not in runs_in_line:
        return "It is about to begin."
    number = runs_in_line.index(run)
    ahead = list(dict.fromkeys(p.who for p in [*(p for p in listed if not p.waiting), *[p for p in listed if p.waiting][:number]]))
    behind = f" Before it: what {', '.join(ahead)} asked for." if ahead else ""
    return f"It waits for its turn, number {number + 1} in line.{behind}"


def line() -> None:
    """Draw the asks that have a process and those that wait for one, in their order, each with who asked."""
    listed = places.listed(shared.store())
    waiting = [p for p in listed if p.waiting]
    if not waiting:
        return
    caps = shared.caps()
    begun = len(listed) - len(waiting)
    safe.text(f"{len(waiting):,} in line, {begun:,} under way; at most {caps.person:,} for each person and {caps.house:,} for the house.")
    rows = [
        {"Place": n, "What": _KINDS.get(p.kind, p.kind), "Of": named(p), "Asked by": p.who, "Asked": safe.age(p.asked_at)}
        for n, p in enumerate(waiting, 1)
    ]
    safe.table(rows, key="line")


def named(place: Place) -> str:
    """Return what an ask is about: the song's or the revision's id, or nothing."""
    return str(place.given.get("track") or place.given.get("revision") or "")
