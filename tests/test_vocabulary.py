import pytest

from songstory.lexicon import CAUSES, NEGATIONS, NEUTRAL, SUPERLATIVES
from songstory.vocabulary import CARD_KINDS, PREDICATES, by_term


def test_every_predicate_belongs_to_a_card() -> None:
    assert {p.card for p in PREDICATES.values()} <= set(CARD_KINDS)


def test_what_may_be_said_can_be_said() -> None:
    assert [p.name for p in PREDICATES.values() if not p.words] == ["account"]


@pytest.mark.parametrize("words", [NEGATIONS, SUPERLATIVES, CAUSES])
def test_no_neutral_word_denies_ranks_or_causes(words: frozenset[str]) -> None:
    assert not NEUTRAL & words


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("producers", "producer"),
        ("songwriter", "writer"),
        ("P162", "producer"),
        ("recorded at", "recorded_at"),
        ("Written by", "writer"),
        ("no such term", None),
    ],
)
def test_a_source_term_means_one_predicate(term: str, name: str | None) -> None:
    found = by_term(term)
    assert (found.name if found else None) == name


@pytest.mark.parametrize("name", ["samples", "interpolates", "covers", "remixer", "written_for", "inspired_by", "key", "tempo", "duration", "structure",
                                  "video_director", "performed_at", "contains_ai", "award", "certified", "charted", "instrument", "vocal"])  # fmt: skip
def test_the_vocabulary_of_the_issue_is_there(name: str) -> None:
    assert name in PREDICATES
