"""Story: the cards as listeners see them, each sentence beside its facts and verdict, and every act."""

from __future__ import annotations

import address
import asking
import clearing
import parts
import safe
import shared
import streamlit as st
import telling
import trail
from acts import GATE_MS, bar, set_mode
from menu import PAGES

import songstory as ss
from songstory import comparing, editing, evidence, review
from songstory.errors import ReviewError, StoryNotFound
from songstory.models import Actor, Card, Revision, Status, Story
from songstory.review import MOVES
from songstory.store import disputes, people, stories, working
from songstory.store.working import WorkingCopy
from songstory.tellable import REFUSED

_BY_A_FACT = {f"citation.{status}" for status in REFUSED}
VIEWS = {"read": "Cards and facts", "change": "Change by instruction", "compare": "Compare revisions", "history": "History"}


def read_or_edit(story: Story, revision: Revision, person: Actor, mode: str, pressed: dict[str, dict[str, object]]) -> None:
    """Draw the cards with their facts; while editing, keep what is typed and check it at once."""
    store = shared.store()
    known = evidence.known(store, story.track)
    facts = list(known.values())
    copy = working.find(store, story.id, actor=person.name) if mode == "edit" else None
    cards, verdicts = revision.cards, revision.verdicts
    if copy is not None and copy.revision == revision.id:
        cards = copy.cards
        verdicts = telling.checked(store, story, cards)
    elif clearing.accused(verdicts):  # a pair may have been cleared since: the verdicts kept are from before
        verdicts = telling.checked(store, story, cards)
    clearing.pairs(story.track, verdicts, known)
    typed = st.session_state.get("typed", {})
    data = telling.page(story, revision, cards, verdicts, facts, trail.place(story.id)) | {
        "mode": mode, "keys": pressed, "gate": GATE_MS, "next": story.number + 1, "turn": st.session_state["turn"],
        "base": f"{revision.id}/{st.session_state.get('nonce', 0)}",
        "seq": typed.get("seq", 0) if typed.get("revision") == revision.id else 0,
        "kept": f"Kept {safe.age(copy.updated_at)}; nobody else sees it before you save." if copy else "Nothing changed yet.",
    }  # fmt: skip
    parts.story(data, key="story", typed=keep, save=save)


def keep() -> None:
    """Keep what was typed in the store, so that nothing is lost with the tab."""
    sent = parts.sent("story", "typed")
    revision = str(sent.get("revision"))[:300]
    try:
        editing.keep(shared.store(), revision, telling.cards_from(sent.get("cards")), actor=shared.who())
        st.session_state["typed"] = {"seq": sent.get("seq", 0), "revision": revision}
    except ss.SongstoryError as error:
        shared.tell(str(error), good=False)


def save() -> None:
    """Save what was typed as a new revision. When somebody else saved meanwhile, it is kept and both texts are shown."""
    sent = parts.sent("story", "save")
    revision = str(sent.get("revision"))[:300]
    try:
        cards = telling.cards_from(sent.get("cards"))
        editing.keep(shared.store(), revision, cards, actor=shared.who())
    except ss.SongstoryError as error:
        return shared.tell(str(error), good=False)
    return saved(revision, cards)


def saved(revision: str, cards: tuple[Card, ...]) -> None:
    """Save a text as a new revision and say how it stands."""
    found = shared.make(editing.edit, revision, cards, said="Saved as revision {result.number}; every sentence was checked again.")
    if found is not None:
        st.session_state["mode"] = "read"
        if found.problems:
            shared.tell(f"Saved as revision {found.number}. {safe.counted(len(found.problems), 'sentence')} not supported yet.", good=False)


def unsaved(story: Story, revision: Revision, copy: WorkingCopy) -> None:
    """Say that there is typed text that was not saved, and offer what can be done with it."""
    with st.container(border=True, key="unsaved"):
        safe.text(f"You changed this text {safe.age(copy.updated_at)} and did not save it. It is kept.")
        with st.container(horizontal=True):
            st.button("Go on editing", key="go_on", type="primary", on_click=set_mode, args=("edit",))
            st.button("Save as a new revision", key="save_kept", on_click=saved, args=(revision.id, copy.cards))
            st.button("Discard the changes", key="discard_kept", on_click=forget, args=(story.id,))


def forget(story: str) -> None:
    """Drop what was typed."""
    working.forget(shared.store(), story, actor=shared.desk().name)
    st.session_state["nonce"] = st.session_state.get("nonce", 0) + 1
    shared.tell("Your unsaved changes are gone.", good=True)


def conflict(story: Story, newest: Revision, copy: WorkingCopy) -> None:
    """Show both texts when somebody saved while this person was typing. Nothing was overwritten; the person decides."""
    safe.heading("Two of you changed this story")
    safe.lead(
        f"{newest.author} saved revision {newest.number} {safe.age(newest.created_at)}, while you were typing on "
        f"{copy.revision}. Nothing was overwritten. Struck out is theirs only, underlined is yours only."
    )
    mine = newest.model_copy(update={"id": "yours", "cards": copy.cards, "verdicts": telling.checked(shared.store(), story, copy.cards)})
    parts.compare(telling.comparison(comparing.compare(newest, mine)), key="conflict")
    with st.bottom, st.container(horizontal=True, key="acts"):
        label = f"Save mine on top of revision {newest.number}"
        st.button(label, type="primary", key="save_mine", on_click=saved, args=(newest.id, copy.cards))
        st.button("Keep theirs, drop mine", key="keep_theirs", on_click=forget, args=(story.id,))
        st.button("Go on editing mine", key="edit_mine", on_click=carry_over, args=(newest.id, copy.cards))


def carry_over(revision: str, cards: tuple[Card, ...]) -> None:
    """Put what was typed on top of the newest revision and go on editing."""
    editing.keep(shared.store(), revision, cards, actor=shared.who())
    st.session_state["mode"] = "edit"


def compare(story: Story, newest: Revision) -> None:
    """Draw any two revisions as one text."""
    numbers = list(range(1, story.number + 1))
    if len(numbers) < 2:
        return safe.lead("There is one revision so far. Edit a sentence, and compare here.")
    with st.container(horizontal=True):
        old = st.selectbox("From revision", numbers, index=len(numbers) - 2, key=f"from-{story.id}-{story.number}", width=180)
        new = st.selectbox("To revision", numbers, index=len(numbers) - 1, key=f"to-{story.id}-{story.number}", width=180)
    found = [stories.get_revision(shared.store(), f"{story.id}.{n}") for n in (old, new)]
    return parts.compare(telling.comparison(comparing.compare(*found)), key="compare")


def history(story: Story, newest: Revision, person: Actor) -> None:
    """Draw all revisions with a way back to each, and all that was done."""
    past = stories.history(shared.store(), story.id)
    closed = story.status in {Status.WITHDRAWN, Status.DISCARDED}
    for r in past:
        with st.container(horizontal=True, vertical_alignment="center"):
            good = len(r.verdicts) - len(r.problems)
            words = f"Revision {r.number} by {r.author}, {safe.age(r.created_at)}. {good} of {len(r.verdicts)} supported."
            safe.text(words + (f" “{r.comment}”" if r.comment else ""))
            if r.id != newest.id:
                st.button("Read it", key=safe.css_key("read", r.id), on_click=read, args=(r.number,))
            if r.id != newest.id and not closed and review.may(person, MOVES["submit"].role):
                st.button("Bring it back", key=safe.css_key("revert", r.id), on_click=revert, args=(newest.id, r.id))
    found = [e for r in past for e in people.events(shared.store(), object_=r.id).items]
    rows = [
        {"When": e.at, "Who": e.actor, "Act": e.action.removeprefix("story.").replace("_", " "), "Revision": e.object, "Comment": e.comment}
        for e in sorted(found, key=lambda e: -e.seq)
    ]
    safe.table(rows, key="events")


def read(number: int) -> None:
    """Show a revision; 0 the newest."""
    if number:
        st.query_params["rev"] = str(number)
    else:
        st.query_params.pop("rev", None)
    st.session_state["view"] = "read"


def revert(newest: str, to: str) -> None:
    """Bring an old text back as a new revision."""
    shared.make(editing.revert, newest, to, said="Brought back as revision {result.number}, and checked again.")


def asked_for(story: Story) -> None:
    """Say what an editor wants changed."""
    last = people.last_act(shared.store(), story.id)
    if last is not None and last.action == "story.request_changes":
        words = f": “{last.comment}”" if last.comment else "."
        safe.notice(f"{last.actor} asked for changes {safe.age(last.at)}{words}")


def wanted() -> tuple[Story, Revision, bool] | None:
    """Return the story and revision of the address, and whether it is the newest; None for an address without one."""
    uid = st.query_params.get("id", "")
    if not uid:
        return None
    story = stories.get_story(shared.store(), uid[:300])
    if story.latest_revision is None:
        raise ReviewError(f"the story of {story.title!r} has no text yet; generate it from the review queue")
    asked = st.query_params.get("rev", "")
    revision = stories.get_revision(
        shared.store(), f"{story.id}.{asked}" if asked.isdecimal() and len(asked) < 8 else story.latest_revision
    )
    return story, revision, revision.id == story.latest_revision


def notices(story: Story, revision: Revision, person: Actor) -> None:
    """Say what a reader should know before they act."""
    if revision.id != story.latest_revision:
        safe.notice(f"You read revision {revision.number}; the newest is {story.number}. Acts are for the newest.")
        st.button("Read the newest", key="read_newest", on_click=read, args=(0,))
    if story.status == Status.CHANGES_REQUESTED:
        asked_for(story)
    if story.stale_since:
        safe.notice(f"Read it again: {story.stale_reason}")
    if left := disputes.withheld(shared.store(), [story.track]).get(story.track):
        safe.notice(f"Left out, for sources dispute it: {safe.titles_of(left)}. One decision each would let the story tell it.")
        if st.button("Decide it", key="open_conflicts"):
            st.switch_page("screens/facts.py", query_params={"track": story.track})
    if any(r.rule in _BY_A_FACT for p in revision.problems for r in p.reasons) and person.role in PAGES["facts"][2]:
        safe.notice("What refuses a sentence here is the state of a fact it cites; the way out is on the page of the facts.")
        if st.button("Open the facts of this song", key="open_facts"):
            st.switch_page("screens/facts.py", query_params={"track": story.track})
    for who, since in working.others(shared.store(), story.id, actor=person.name):
        safe.text(f"{who} has unsaved changes on this story, {safe.age(since)}.")


def draw() -> None:
    """Draw the page of the story named in the address."""
    st.session_state["turn"] = st.session_state.get("turn", 0) + 1
    try:
        found = wanted()
    except StoryNotFound:
        if asking.wait(st.query_params.get("id", "")[:300]):
            return
        raise
    if found is None:
        st.title("Story")
        safe.lead("Choose a story in the review queue.")
        if st.button("Open the review queue", type="primary", key="open_queue"):
            st.switch_page("screens/queue.py")
        return
    story, revision, newest = found
    person = shared.desk()
    if st.session_state.get("mode_of") != story.id:
        st.session_state.update(mode_of=story.id, mode="read", typed={})
    shared.said()
    copy = working.find(shared.store(), story.id, actor=person.name)
    if copy is not None and newest and copy.revision != revision.id:
        return conflict(story, revision, copy)
    mode = st.session_state["mode"] if newest else "read"
    if copy is not None and mode == "read":
        unsaved(story, revision, copy)
    notices(story, revision, person)
    asking.wait(story.track)
    pressed = bar(story, revision, person, mode, newest)
    view = "read"
    if mode == "read":
        view = address.read("view", VIEWS, "read")
    if view in {"read", "change"}:
        read_or_edit(story, revision, person, mode, pressed)
    else:
        safe.heading(story.title)
        parts.keys({"revision": revision.id, "keys": pressed, "gate": GATE_MS, "turn": st.session_state["turn"]}, key="keys")
    if mode == "read":
        st.segmented_control("View", list(VIEWS), format_func=VIEWS.__getitem__, key="view", required=True, label_visibility="collapsed")
        address.note("view", "read")
    if view == "change":
        asking.change(revision)
    elif view == "compare":
        compare(story, revision)
    elif view == "history":
        history(story, revision, person)
    return None


draw()
