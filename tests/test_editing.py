"""Editing: what a browser may send, what a save does, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from races import text_of

import songstory as ss
from songstory import editing
from songstory.errors import IllegalMove, NotAllowed, ReviewError, StaleRevision
from songstory.models import Card, Sentence
from songstory.safe_lines import safe_cards
from songstory.store import Store, stories, working

TRACK = "sledgehammer"


@pytest.fixture
def story(desk: Store) -> ss.Revision:
    return ss.generate(desk, TRACK, ss.open_writer())


LINE = {"text": "Peter Gabriel wrote it.", "cites": ["f1"]}


@pytest.mark.parametrize(
    "sent",
    [
        None, "cards", [1], [{"kind": "people"}], [{"kind": "people", "headline": LINE, "sentences": "x"}],
        [{"kind": "no-such-kind", "headline": LINE, "sentences": [LINE]}], [{"kind": "people", "headline": LINE, "sentences": [LINE] * 13}],
        [{"kind": "people", "headline": LINE, "sentences": [LINE]}] * 21,
        [{"kind": "people", "headline": {"text": 1, "cites": []}, "sentences": [LINE]}],
        [{"kind": "people", "headline": {**LINE, "supported": True}, "sentences": [LINE]}],
        [{"kind": "people", "headline": LINE, "sentences": [LINE], "status": "published"}],
    ],
)  # fmt: skip
def test_what_no_card_is_is_refused_in_words(sent: Any) -> None:
    with pytest.raises(ReviewError):
        editing.cards_from(sent)


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001, "x" * 10_000])
def test_a_sentence_has_words_and_an_end(desk: Store, story: ss.Revision, words: str) -> None:
    with pytest.raises(ReviewError):
        ss.edit(desk, story.id, text_of(story.cards, words), actor="mara")
    assert stories.get_revision(desk, TRACK) == story


@pytest.mark.parametrize("words", ["🎧🔥 Peter Gabriel", "\u202eleirbaG", "כתב את השיר", "<b>bold</b> **bold**", "a\u2028b", "x\0y"])
def test_any_text_is_kept_as_it_may_be_and_judged(any_desk: Store, words: str) -> None:
    story = ss.generate(any_desk, TRACK, ss.open_writer())
    cards = text_of(story.cards, words)
    working.keep(any_desk, story.id, cards, actor="mara")
    assert working.find(any_desk, TRACK, actor="mara").cards == cards  # type: ignore[union-attr]
    new = ss.edit(any_desk, story.id, cards, actor="mara")
    assert new.cards == safe_cards(cards) and [v.sentence for v in new.problems] == [-1]


def test_a_save_forgets_what_was_typed_of_its_author_only(desk: Store, story: ss.Revision) -> None:
    for who in ("mara", "ben"):
        working.keep(desk, story.id, text_of(story.cards, who), actor=who)
    ss.edit(desk, story.id, text_of(story.cards, "mara"), actor="mara")
    assert working.find(desk, TRACK, actor="mara") is None
    assert [who for who, _ in working.others(desk, TRACK, actor="mara")] == ["ben"]


def test_who_comes_second_is_told_and_keeps_what_they_typed(desk: Store, story: ss.Revision) -> None:
    working.keep(desk, story.id, text_of(story.cards, "mine"), actor="ben")
    ss.edit(desk, story.id, story.cards, actor="mara")
    with pytest.raises(StaleRevision, match=r"mara saved sledgehammer.2.*nothing was overwritten"):
        ss.edit(desk, story.id, text_of(story.cards, "mine"), actor="ben")
    assert working.find(desk, TRACK, actor="ben").cards[0].headline.text == "mine"  # type: ignore[union-attr]


def test_what_was_typed_outlives_the_server(desk: Store, story: ss.Revision) -> None:
    working.keep(desk, story.id, text_of(story.cards, "typed"), actor="mara")
    again = ss.open_store(desk.engine.url.render_as_string(hide_password=False))
    found = working.find(again, TRACK, actor="mara")
    assert found is not None and found.cards[0].headline.text == "typed"
    again.close()


def test_cards_are_reordered_dropped_and_added(desk: Store, story: ss.Revision) -> None:
    first, *rest = story.cards
    line = Sentence(text="Peter Gabriel wrote it.", cites=first.headline.cites)
    new = ss.edit(desk, story.id, (*rest, Card(kind="people", headline=line, sentences=(line,))), actor="mara")
    assert [c.kind for c in new.cards] == [*(c.kind for c in rest), "people"] and len(new.verdicts) == sum(
        1 + len(c.sentences) for c in new.cards
    )


def test_a_revert_is_a_new_revision_checked_anew(desk: Store, story: ss.Revision) -> None:
    ss.edit(desk, story.id, text_of(story.cards, "worse"), actor="mara")
    back = ss.revert(desk, f"{TRACK}.2", story.id, actor="ben")
    assert (back.number, back.cards, back.author, back.problems) == (3, story.cards, "ben", ())


def test_a_revert_stays_within_its_story(sample: Store) -> None:
    with pytest.raises(IllegalMove):
        ss.revert(sample, "in-bloom.1", "west-end-girls.1", actor="ben")


def test_a_closed_story_is_not_edited(desk: Store, story: ss.Revision) -> None:
    ss.discard(desk, story.id, actor="ben", comment="why")
    with pytest.raises(IllegalMove, match="reopen"):
        ss.edit(desk, story.id, story.cards, actor="mara")


@pytest.mark.parametrize("who", ["ada", "night", "stranger"])
def test_who_may_not_edit_keeps_nothing_either(desk: Store, story: ss.Revision, who: str) -> None:
    with pytest.raises(NotAllowed):
        editing.keep(desk, story.id, text_of(story.cards, "typed"), actor=who)
    assert working.others(desk, TRACK, actor="nobody") == []


def test_a_text_typed_back_to_what_it_was_is_nothing_to_keep(desk: Store, story: ss.Revision) -> None:
    editing.keep(desk, story.id, text_of(story.cards, "typed"), actor="mara")
    editing.keep(desk, story.id, story.cards, actor="mara")
    assert working.find(desk, TRACK, actor="mara") is None


def test_what_is_typed_without_end_is_not_kept(desk: Store, story: ss.Revision) -> None:
    with pytest.raises(ReviewError, match="take some out"):
        editing.keep(desk, story.id, text_of(story.cards, "x" * 200_001), actor="mara")
