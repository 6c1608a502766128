"""Two revisions word by word: what went, what came, what moved, which support was gained or lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from songstory.comparing import Comparison, changed_share, compare, pieces
from songstory.models import Card, Label, Revision, Sentence, Verdict, now


def revision(number: int, *cards: tuple[str, ...], bad: tuple[tuple[int, int], ...] = (), cites: tuple[str, ...] = ("f1",)) -> Revision:
    made = [
        Card(kind="people", headline=Sentence(text=c[0], cites=cites), sentences=tuple(Sentence(text=t, cites=cites) for t in c[1:]))
        for c in cards
    ]
    verdicts = tuple(
        Verdict(card=c, sentence=s, score=1.0, label=Label.NOT_ENOUGH_INFO if (c, s) in bad else Label.SUPPORTED)
        for c, card in enumerate(made)
        for s in range(-1, len(card.sentences))
    )
    base = {"story": "t", "track": "t", "author": "mara", "author_kind": "person", "created_at": now()}
    return Revision(id=f"t.{number}", number=number, cards=tuple(made), verdicts=verdicts, **base)


def told(found: Comparison) -> list[tuple[str, bool | None, bool | None]]:
    return [("".join(p.text for p in line.pieces), line.before, line.after) for line in found.lines if line.changed]


def test_a_changed_word_is_shown_within_its_sentence() -> None:
    found = compare(revision(1, ("Head", "It took four weeks to record.")), revision(2, ("Head", "It took two weeks to record.")))
    (line,) = [x for x in found.lines if x.changed]
    assert [(p.kind, p.text) for p in line.pieces if p.kind != "same"] == [("gone", "four"), ("new", "two")]


def test_a_sentence_that_came_or_went_stands_alone() -> None:
    assert told(compare(revision(1, ("Head", "One.")), revision(2, ("Head", "One.", "Quite another thing.")))) == [
        ("Quite another thing.", None, True)
    ]
    assert told(compare(revision(1, ("Head", "One.", "Gone it is.")), revision(2, ("Head", "One.")))) == [("Gone it is.", True, None)]


def test_support_gained_and_lost_is_counted() -> None:
    found = compare(revision(1, ("Head", "One.", "Two."), bad=((0, 0),)), revision(2, ("Head", "One.", "Two."), bad=((0, 1),)))
    assert (found.gained, found.lost, found.share) == (1, 1, 0.0)


def test_a_moved_card_is_told_once_where_it_is_now() -> None:
    found = compare(revision(1, ("A", "One."), ("B", "Two.")), revision(2, ("B", "Two."), ("A", "One.")))
    assert sum(line.moved for line in found.lines) == 2 and not [p for x in found.lines for p in x.pieces if p.kind != "same"]


def test_other_citations_are_a_change() -> None:
    found = compare(revision(1, ("Head", "One.")), revision(2, ("Head", "One."), cites=("f2",)))
    assert all((x.cites_gone, x.cites_new) == (("f1",), ("f2",)) for x in found.lines) and all(x.changed for x in found.lines)


def test_the_same_text_differs_in_nothing() -> None:
    assert told(compare(revision(1, ("Head", "One.")), revision(2, ("Head", "One.")))) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(p.text for p in found if p.kind != "new") == old and "".join(p.text for p in found if p.kind != "gone") == new


_CARDS = st.lists(st.lists(st.sampled_from(["One.", "Two words.", "Three more words.", ""]), min_size=2, max_size=4).map(tuple), max_size=4)


@given(_CARDS, _CARDS)
def test_no_sentence_is_lost_or_told_twice(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> None:
    found = compare(revision(1, *before), revision(2, *after))
    old = sorted("".join(p.text for p in x.pieces if p.kind != "new") for x in found.lines if x.before is not None)
    new = sorted("".join(p.text for p in x.pieces if p.kind != "gone") for x in found.lines if x.after is not None)
    assert old == sorted(t for c in before for t in c) and new == sorted(t for c in after for t in c)
    assert 0 <= changed_share(revision(1, *before).cards, revision(2, *after).cards) <= 1
