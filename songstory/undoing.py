"""Undo: takes back the last act on a story by who made it. Nothing is unwritten; each undo is an act of the table, or a new revision."""

from __future__ import annotations

from collections.abc import Callable

from songstory import editing, review
from songstory.errors import IllegalMove, NotAllowed
from songstory.models import Event, Revision, Story, Who
from songstory.store import Store, people, stories

Undo = Callable[[Store, Revision, Who, str], object]


def _revert(store: Store, revision: Revision, actor: Who, token: str) -> object:
    if revision.base is None:
        raise IllegalMove(f"{revision.id} is the first text of its story; there is nothing to go back to")
    return editing.revert(store, revision.id, revision.base, actor=actor, comment=f"undo of revision {revision.number}", token=token)


def _take_back(store: Store, revision: Revision, actor: Who, token: str) -> object:
    return editing.edit(store, revision.id, revision.cards, actor=actor, comment="taken back", token=token)


# act: how it is taken back, and in which words the button says so
UNDO: dict[str, tuple[str, Undo]] = {
    "story.edit": ("Undo the edit", _revert),
    "story.change": ("Undo the change", _revert),
    "story.submit": ("Take it back to draft", _take_back),
    "story.approve": ("Take the approval back", lambda s, r, a, t: review.request_changes(s, r.id, actor=a, comment="approval taken back")),
    "story.request_changes": ("Put it back in review", lambda s, r, a, t: review.submit(s, r.id, actor=a, comment="request taken back")),
    "story.discard": ("Bring it back", lambda s, r, a, t: review.reopen(s, r.id, actor=a, comment="discard taken back")),
    "story.withdraw": ("Bring it back as a draft", lambda s, r, a, t: review.reopen(s, r.id, actor=a, comment="withdrawal taken back")),
}


def undoable(store: Store, story: str, actor: str) -> str:
    """Return what the button that undoes the last act on `story` says, "" when `actor` did not make it or it cannot be undone."""
    last = people.last_act(store, story)
    return UNDO[last.action][0] if last is not None and last.actor == actor and last.action in UNDO else ""


def undo(store: Store, story: str, *, actor: Who, token: str = "") -> Story:
    """Take back the last act on `story`. Raise NotAllowed when it is another's, IllegalMove when it cannot be undone."""
    with store.reading() as session:
        name = people.find_actor(session, actor).name
    last = people.last_act(store, story)
    if last is None or last.action not in UNDO:
        raise IllegalMove(_why(last))
    if last.actor != name:
        raise NotAllowed(f"the last act on {story} is {last.actor}'s; only they undo it")
    UNDO[last.action][1](store, stories.get_revision(store, story), actor, token)
    return stories.get_story(store, story)


def _why(last: Event | None) -> str:
    if last is not None and last.action == "story.publish":
        return "what is published is not undone; withdraw it instead"
    return "there is nothing to undo on this story"
