"""The bar of acts under a story: which are offered, with which one-use tokens, and which key presses which button."""

from __future__ import annotations

from typing import Any

import safe
import shared
import streamlit as st
import trail
from keys import KEYS

import songstory as ss
from songstory import review, undoing
from songstory.models import Actor, Revision, Status, Story
from songstory.review import MOVES
from songstory.store import people

LABELS = {
    "publish": "Publish", "approve": "Approve", "submit": "Submit", "request_changes": "Request changes", "withdraw": "Withdraw",
    "discard": "Discard", "reopen": "Reopen",
}  # fmt: skip
DONE = {
    "submit": "Handed in for review.", "approve": "Approved.", "request_changes": "Changes requested.",
    "publish": "Published. It is live now.",
    "withdraw": "Withdrawn. It is no longer live.", "discard": "Discarded.", "reopen": "Reopened as a draft.",
}  # fmt: skip
# acts that ask for words first: the question, and what the words are
CONFIRMED = {
    "withdraw": ("Withdraw this story?", "Reason"), "discard": ("Discard this story?", "Reason"),
    "request_changes": ("Request changes", "What should change; its writer reads it on the story"),
}  # fmt: skip
ICONS = {"approve": ":material/check:", "publish": ":material/public:", "request_changes": ":material/edit_note:"}
GATE_MS = 600  # a story must have been on screen for so long before a key acts on it


def offered(story: Story, person: Actor, known: bool) -> list[str]:
    """Return the acts that the story's status and the person's role allow; the service decides again when one is pressed."""
    found = []
    for name in LABELS:
        move = MOVES[name]
        fits = story.status in move.was and review.may(person, move.role)
        if fits and known and (name != "withdraw" or story.live_revision) and not (name == "discard" and story.live_revision):
            found.append(name)
    return found


def tokens(names: list[str], person: Actor) -> dict[str, str]:
    """Return a one-use token for each act on screen; they are made anew when one was used up, also by an act that was refused."""
    kept = st.session_state.get("tokens")
    used: set[str] = st.session_state.get("used_tokens", set())
    if kept is None or kept["for"] != (person.name, names) or used & set(kept["by"].values()):
        kept = {"for": (person.name, names), "by": people.issue_tokens(shared.store(), actor=person.name, actions=names)}
        st.session_state["tokens"] = kept
    return dict(kept["by"])


def act(name: str, revision: str, token: str, comment: str = "") -> None:
    """Make one act of review on the revision that was on screen."""
    more = {"solo": shared.settings().solo} if name == "approve" else {}
    shared.make(getattr(ss, name), revision, said=DONE[name], token=token, comment=comment, **more)


def confirm(name: str, revision: str, token: str) -> None:
    """Ask once more, and for the words that go with the act, before it is made; Enter makes it."""

    @st.dialog(CONFIRMED[name][0], on_dismiss=shared.answered)
    def question() -> None:
        if shared.asked(name) is None:
            st.rerun()
        with st.form(f"ask_{name}", border=False):
            st.text_input(CONFIRMED[name][1], key=f"reason_{name}", max_chars=500)
            more: dict[str, Any] = {"on_click": confirmed, "args": (name, revision, token)}
            st.form_submit_button(LABELS[name], type="primary", key=f"confirm_{name}", **more)
        st.button("Not now", key=f"keep_{name}", on_click=shared.answered, type="tertiary")

    question()


def confirmed(name: str, revision: str, token: str) -> None:
    """Make an act that asked for words."""
    shared.answered()
    act(name, revision, token, shared.field(f"reason_{name}"))


def go(story: str, step: int) -> None:
    """Lead to the story before or after on the trail."""
    shared.silence()
    there = trail.neighbour(story, step)
    if there:
        st.query_params.clear()
        st.query_params["id"] = there
    else:
        shared.tell("That was the last story of the queue." if step > 0 else "This is the first story of the queue.", good=True)


def undo(story: str, token: str) -> None:
    """Take the last act back."""
    shared.make(undoing.undo, story, said="Undone. The story is {result.status} now.", token=token)


def set_mode(mode: str) -> None:
    """Begin or end editing."""
    st.session_state["mode"] = mode


def bar(story: Story, revision: Revision, person: Actor, mode: str, newest: bool) -> dict[str, dict[str, object]]:
    """Draw the bar of acts, and return which key presses which button. Each act names the revision on screen."""
    names = offered(story, person, newest)
    targets = {n: str(story.live_revision if n == "withdraw" else revision.id) for n in names}
    back = undoing.undoable(shared.store(), story.id, person.name) if newest else ""
    given = tokens([*(f"{n}:{t}" for n, t in targets.items()), f"edit:{revision.id}"], person)
    may_edit = newest and review.may(person, MOVES["submit"].role) and story.status not in {Status.WITHDRAWN, Status.DISCARDED}
    drawn: dict[str, str] = {}

    def button(name: str, label: str, **more: object) -> bool:
        drawn[name] = safe.css_key(name, f"{revision.id}")
        return bool(st.button(label, key=drawn[name], **more))  # type: ignore[arg-type]

    with st.bottom, st.container(horizontal=True, key="acts", vertical_alignment="center"):
        with st.container(horizontal=True, width="content"):
            for name in names if mode == "read" else []:
                first = name in {"approve", "publish", "submit"} and not revision.problems
                more: dict[str, object] = {"type": "primary" if first and name == _main(names) else "secondary", "icon": ICONS.get(name)}
                token = given[f"{name}:{targets[name]}"]
                if name in CONFIRMED:
                    more |= {"on_click": shared.ask, "args": (name,)}
                else:
                    more |= {"on_click": act, "args": (name, targets[name], token)}
                button(f"act-{name}", _with_key(LABELS[name], f"act-{name}"), **more)
            if may_edit:
                label = "Edit" if mode == "read" else "Done editing"
                button("edit", _with_key(label, "edit"), on_click=set_mode, args=("edit" if mode == "read" else "read",))
            if back and mode == "read":
                button("undo", _with_key(back, "undo"), on_click=undo, args=(story.id, given[f"edit:{revision.id}"]))
        with st.container(horizontal=True, width="content"):
            button("previous", _with_key("Previous", "previous"), type="tertiary", on_click=go, args=(story.id, -1))
            button("next", _with_key("Next", "next"), on_click=go, args=(story.id, 1))
            if button("to_queue", _with_key("Queue", "to_queue"), type="tertiary"):
                st.switch_page("screens/queue.py")
    for name in (n for n in names if n in CONFIRMED and shared.asked(n) is not None):
        confirm(name, targets[name], given[f"{name}:{targets[name]}"])
    drawn["help_button"] = "help_button"
    return keys(drawn, story, revision)


def _main(names: list[str]) -> str:
    return next((n for n in ("publish", "approve", "submit") if n in names), "")


def _with_key(label: str, button: str) -> str:
    key = next((k for k, (_, _, pressed) in KEYS.items() if pressed == button), "")
    return f"{label} `{key.replace('Backspace', '⌫').replace('Shift+', '⇧')}`" if key else label


def keys(drawn: dict[str, str], story: Story, revision: Revision) -> dict[str, dict[str, object]]:
    """Return what each key does on this page: the button it presses, and what is said where there is none."""
    found: dict[str, dict[str, object]] = {}
    status = str(story.status).replace("_", " ")
    for key, (_, what, button) in KEYS.items():
        if button:
            moves = button.startswith(("act-", "undo"))
            absent = f"{what[:1].upper()}{what[1:]} is not offered: the story is {status}, or it is not yours to do." if moves else ""
            found[key] = {
                "button": drawn.get(button, "none"),
                "label": what,
                "act": moves,
                "once": button != "help_button",
                "asks": button.removeprefix("act-") in CONFIRMED,
                "absent": absent,
            }
    return found
