"""Two databases, many people, one story: exactly one wins each round, and nobody loses a word in silence."""

from __future__ import annotations

import pytest
import races

from songstory.store import Store, people

ROUNDS = 2  # `make stress` runs many more


def test_of_a_hundred_who_save_one_wins_and_the_others_keep_their_words(any_desk: Store) -> None:
    names = races.crowd(any_desk)
    for round_ in range(ROUNDS):
        races.everybody_saves(any_desk, names, round_)
    people.verify_chain(any_desk)


@pytest.mark.parametrize("race", [races.one_token_pressed_by_all, races.approval_meets_an_edit])
def test_a_button_acts_once_and_on_what_was_read(any_desk: Store, race: object) -> None:
    for round_ in range(ROUNDS):
        race(any_desk, round_)  # type: ignore[operator]
    people.verify_chain(any_desk)
