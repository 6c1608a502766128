"""Undo: each act by who made it; nothing is unwritten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from races import text_of

import songstory as ss
from songstory import undoing
from songstory.errors import IllegalMove, NotAllowed, StaleRevision
from songstory.store import Store, people, stories

TRACK = "sledgehammer"


@pytest.fixture
def story(desk: Store) -> ss.Revision:
    return ss.generate(desk, TRACK, ss.open_writer())


def edit(store: Store, revision: str) -> None:
    ss.edit(store, revision, text_of(stories.get_revision(store, revision).cards, "worse"), actor="ben")


def sent_back(store: Store, revision: str) -> None:
    ss.submit(store, revision, actor="mara")
    ss.request_changes(store, revision, actor="ben")


def approved(store: Store, revision: str) -> None:
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="ben")


def withdrawn(store: Store, revision: str) -> None:
    approved(store, revision)
    ss.publish(store, revision, actor="cleo")
    ss.withdraw(store, revision, actor="cleo")


@pytest.mark.parametrize(
    ("act", "who", "says", "status", "number"),
    [
        (edit, "ben", "Undo the edit", "draft", 3),
        (lambda s, r: ss.submit(s, r, actor="ben"), "ben", "Take it back to draft", "draft", 2),
        (sent_back, "ben", "Put it back in review", "in_review", 1),
        (approved, "ben", "Take the approval back", "changes_requested", 1),
        (lambda s, r: ss.discard(s, r, actor="ben", comment="why"), "ben", "Bring it back", "draft", 1),
        (withdrawn, "cleo", "Bring it back as a draft", "draft", 1),
    ],
)  # fmt: skip
def test_an_act_is_taken_back(
    desk: Store, story: ss.Revision, act: Callable[[Store, str], None], who: str, says: str, status: str, number: int
) -> None:
    act(desk, story.id)
    before = people.events(desk).total
    assert undoing.undoable(desk, TRACK, who) == says and not undoing.undoable(desk, TRACK, "bea")
    found = undoing.undo(desk, TRACK, actor=who)
    assert (found.status, found.number) == (status, number) and people.events(desk).total > before
    assert stories.get_revision(desk, TRACK).cards == story.cards


def test_another_does_not_undo_it(desk: Store, story: ss.Revision) -> None:
    edit(desk, story.id)
    with pytest.raises(NotAllowed, match="ben's"):
        undoing.undo(desk, TRACK, actor="bea")


def test_what_is_published_is_withdrawn_not_undone(desk: Store, story: ss.Revision) -> None:
    approved(desk, story.id)
    ss.publish(desk, story.id, actor="cleo")
    with pytest.raises(IllegalMove, match="withdraw it"):
        undoing.undo(desk, TRACK, actor="cleo")


def test_a_refused_act_is_nothing_to_undo(desk: Store, story: ss.Revision) -> None:
    with pytest.raises(NotAllowed):
        ss.publish(desk, story.id, actor="ben")
    with pytest.raises(IllegalMove):
        undoing.undo(desk, TRACK, actor="ben")


def test_a_token_undoes_once(desk: Store, story: ss.Revision) -> None:
    edit(desk, story.id)
    token = people.issue_token(desk, actor="ben", action=f"edit:{TRACK}.2")
    undoing.undo(desk, TRACK, actor="ben", token=token)
    with pytest.raises(StaleRevision, match="pressed before"):
        undoing.undo(desk, TRACK, actor="ben", token=token)
