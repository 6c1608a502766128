"""Facts: what the sources say of a track, and what an editor decides about it."""

from __future__ import annotations

from typing import Any

import clearing
import safe
import shared
import streamlit as st

import songstory as ss
from songstory.conflicts import corroboration
from songstory.models import Fact, Role
from songstory.review import may
from songstory.sensitivity import marks
from songstory.store import catalogue, disputes, stories
from songstory.tellable import weigh
from songstory.vocabulary import PREDICATES

SIZE = 25
WIDTHS = {"Predicate": 105, "Value": 250, "Flags": 90, "Said by": 60, "Quote": 230, "Source": 230, "Licence": 90}
_NUMBERS = {"number", "ordinal", "seconds"}


def choose() -> ss.Track | None:
    """Draw the search and return the track that is looked at; the address names it."""
    store = shared.store()
    left, right = st.columns([2, 3])
    search = left.text_input(
        "Search", key="track_search", bind="query-params", placeholder="Title or artist", icon=":material/search:", max_chars=200
    )
    untold = left.toggle("Only songs without a story", key="untold", bind="query-params")
    asked = st.query_params.get("track", "")
    page = catalogue.list_tracks(store, search=search or "", untold=bool(untold), size=SIZE)
    known: dict[str, ss.Track] = {t.id: t for t in page.items}
    if asked and asked not in known and not search and not untold:
        known = {asked: catalogue.get_track(store, asked[:300]), **known}
    if not known:
        safe.lead("No track matches. Search for another, or load a catalogue on the page Sources.")
        return None
    ids = list(known)
    index = ids.index(asked) if asked in known else 0
    label = "Track" if page.total <= SIZE else "Track, of the first 25; search for others"
    named = {i: f"{safe.apart(t.title)}, {safe.apart(t.artist_credit)}" for i, t in known.items()}
    chosen = right.selectbox(label, ids, index=index, format_func=named.__getitem__, key=f"track-{asked}")
    if chosen != asked:
        st.query_params["track"] = str(chosen)
    return known[str(chosen)]


def silence(track: str) -> None:
    """Say why no story can be told of a track, and what is missing."""
    try:
        ss.brief_of(shared.store(), track)
    except ss.NotEnoughFacts as error:
        safe.notice(str(error))


def shown(fact: Fact, said_by: dict[str, int]) -> dict[str, Any]:
    """Return what the table shows of a fact."""
    known = PREDICATES.get(fact.predicate)
    details = "; ".join(f"{k.replace('_', ' ')}: {v}" for k, v in fact.qualifiers.items() if k != "short")
    return {
        "Predicate": known.title if known else fact.predicate, "Value": f"{fact.value} ({details})" if details else str(fact.value),
        "Flags": marks(fact), "Said by": said_by.get(fact.key, 0), "Quote": fact.quote,
        "Source": f"{fact.source_name}: {fact.locator}" + (f" ({fact.reference})" if fact.reference else ""),
        "Licence": fact.licence, "First seen": fact.first_seen,
    }  # fmt: skip


def conflicts(track: str) -> None:
    """Draw the open conflicts of the track: what each source says side by side, with the button that settles it."""
    for _, predicate, facts in disputes.conflicts(shared.store(), track):
        sides: dict[tuple[str, str], list[Fact]] = {}
        for fact in facts:
            sides.setdefault((fact.source_name, fact.locator), []).append(fact)
        with st.container(border=True):
            known = PREDICATES.get(predicate)
            safe.text(f"The sources disagree: {known.title if known else predicate}")
            for column, ((source, where), said) in zip(st.columns(len(sides)), sides.items(), strict=True):
                with column:
                    safe.heading("; ".join(str(f.value) for f in said))
                    safe.quiet("\n".join([f"{source}: {where}", *dict.fromkeys(n for f in said for n in f.notes)]))
                    st.button("This one is right", key=safe.css_key("resolve", said[0].key), on_click=resolve, args=(said[0].key,))


def resolve(fact: str) -> None:
    """Settle a conflict for a fact."""
    shared.make(ss.resolve_conflict, fact, said="Settled: this fact may be told, the others stay disputed.")


def retract(fact: Fact) -> None:
    """Show which stories a fact carries before it is retracted, and ask for the reason."""
    touched = stories.stories_touched(shared.store(), fact.key)

    @st.dialog("Retract this fact?", width="medium", on_dismiss=shared.answered)
    def question() -> None:
        if shared.asked("retract") is None:
            st.rerun()
        safe.text(f"{fact.predicate.replace('_', ' ')}: {fact.value}")
        if not touched:
            st.text("No story cites it.")
        for _, title, status in touched:
            pulled = " It is pulled at once." if status == "published" else ""
            safe.text(f"•  {safe.apart(title)} ({status.replace('_', ' ')}) cites it.{pulled}")
        st.text_input("Reason", key="retract_reason", max_chars=500)
        with st.container(horizontal=True):
            st.button("Retract it", type="primary", key="confirm_retract", on_click=retract_now, args=(fact.key, len(touched)))
            st.button("Keep it", key="keep_fact", on_click=shared.answered)

    question()


def retract_now(fact: str, touched: int) -> None:
    """Retract a fact."""
    shared.answered()
    reason = shared.field("retract_reason")
    shared.make(ss.retract, fact, comment=reason, said=f"Retracted. {safe.counted(touched, 'story')} touched.")


def decide(facts: list[Fact]) -> None:
    """Draw what can be decided about one fact."""
    standing = {f.key: f for f in facts if f.stands}
    if not standing:
        return safe.lead("Nothing stands here to decide about.")
    named = {k: f"{f.predicate}: {safe.apart(f.value)}" for k, f in standing.items()}
    key = st.selectbox("Fact", list(named), format_func=named.__getitem__, key="fact")
    fact = standing[str(key)]
    st.button("Retract …", key="retract", on_click=shared.ask, args=("retract",))
    clearing.offer(fact)
    if shared.asked("retract") is not None:
        retract(fact)
    return None


def add(track: str) -> None:
    """Draw the fields of a house fact; it needs its source."""
    predicate = str(st.selectbox("Predicate", list(PREDICATES), format_func=lambda p: PREDICATES[p].title, key="new_predicate"))
    known = PREDICATES[predicate]
    st.text_input("Value", key="new_value", max_chars=1000)
    for qualifier in known.qualifiers:
        st.text_input(qualifier.replace("_", " ").capitalize(), key=f"new_{predicate}_{qualifier}", max_chars=300)
    st.text_input("Source: where it stands", key="new_locator", max_chars=500, placeholder="Session sheet of 12 May 1984, page 2")
    st.text_input("The words it rests on", key="new_quote", max_chars=2000)
    st.button("Add the fact", key="add_fact", type="primary", on_click=add_now, args=(track,))


def add_now(track: str) -> None:
    """Add a house fact from the fields."""
    predicate, value = shared.field("new_predicate"), shared.field("new_value").strip()
    if not value:
        return shared.tell("A fact needs a value.", good=False)
    number = PREDICATES[predicate].value in _NUMBERS
    given: str | float = float(value) if number and value.replace(".", "", 1).isdecimal() else value
    said = {q: shared.field(f"new_{predicate}_{q}").strip() for q in PREDICATES[predicate].qualifiers}
    more = {k: int(v) if v.isdecimal() and k in {"weeks", "weeks_total"} else v for k, v in said.items() if v}
    locator, quote = shared.field("new_locator"), shared.field("new_quote")
    found = shared.make(ss.add_fact, track, predicate, given, locator=locator, quote=quote, qualifiers=more, said="Added as {result.key}.")
    if found is not None:
        for key in ("new_value", "new_locator", "new_quote"):
            st.session_state[key] = ""
    return None


def draw() -> None:
    """Draw the facts of one track."""
    st.title("Facts")
    shared.said()
    track = choose()
    if track is None:
        return
    facts = weigh(catalogue.facts_of(shared.store(), track.id, retracted=True))
    silence(track.id)
    editor = may(shared.desk(), Role.EDITOR)
    if editor:
        conflicts(track.id)
    if facts:
        said_by = corroboration(facts)
        safe.table([shown(f, said_by) for f in facts], key="facts", widths=WIDTHS)
    else:
        safe.lead("No source says anything about this track yet. Add a house fact below.")
    if not editor:
        return
    about, new = st.tabs(["Decide about a fact", "Add a house fact"])
    with about:
        decide(facts)
    with new:
        add(track.id)


draw()
