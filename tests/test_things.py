"""What several sources say alike is one thing; what only looks alike is not."""

from typing import Any

import pytest
from factories import fact

from songstory import things
from songstory.conflicts import contradicted
from songstory.models import Fact


def said(predicate: str, value: Any, source: str = "a", **more: Any) -> Fact:
    more.setdefault("object", f"per-{source}-{value}" if predicate in {"writer", "producer"} else None)
    return fact(predicate, value, key=f"{predicate}-{value}-{source}-{len(more)}-{sorted(more.items(), key=str)}", source=source, **more)


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("Beyoncé", "Beyonce"), ("Bob Dylan", "Dylan"), ("Jeff Barry", "J. Barry"), ("Paul A. Rothchild", "Paul Rothchild"),
        ("John Winston Lennon", "John Lennon"), ("Robert 'Mutt' Lange", "Mutt Lange"), ("Smith, John", "John Smith"),
        ("Sammy Davis, Jr.", "Sammy Davis Jr"),
    ],
)  # fmt: skip
def test_one_name_cut_short_or_spelled_otherwise_is_one_writer(own: str, other: str) -> None:
    (thing,) = things.of([said("writer", other, "b"), said("writer", own)])
    assert {thing.fact.value, *(f.value for f in thing.also)} == {own, other}


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("Hank Williams", "Hank Williams Jr."), ("Bob Dylan", "Jakob Dylan"), ("Brian Wilson", "Carl Wilson"),
        ("Lennon-McCartney", "John Lennon"), ("Elton John & Bernie Taupin", "Bernie Taupin"),
    ],
)  # fmt: skip
def test_a_son_a_brother_and_one_of_a_pair_are_other_things(own: str, other: str) -> None:
    assert len(things.of([said("writer", own), said("writer", other, "b")])) == 2


def test_a_source_knows_whom_it_means_by_two_names() -> None:
    assert len(things.of([said("writer", "Bob Dylan"), said("writer", "Dylan")])) == 2


def test_a_pair_and_one_of_it_contradict_nobody() -> None:
    assert contradicted([said("writer", "Lennon-McCartney"), said("writer", "John Lennon", "b"), said("writer", "Paul McCartney", "b")]) == {}


def test_lines_of_one_chart_are_one_and_of_two_are_two() -> None:
    hot = [said("charted", 1, "a", chart="US Billboard Hot 100"), said("charted", 1, "b", chart="Hot 100", date="1984-05-12")]
    (thing,) = things.of(hot)
    assert thing.fact.qualifiers["date"] == "1984-05-12" and len(thing.also) == 1
    singles = [said("charted", 1, "a", chart="UK Singles Chart"), said("charted", 1, "b", chart="US Singles Chart")]
    assert len(things.of(singles)) == 2


def test_what_parts_two_facts_is_not_folded() -> None:
    first, japan = said("released", "1969"), said("released", "1969", "b", region="Japan")
    assert len(things.of([first, japan])) == 2
    assert len(things.of([said("account", "wrote it", agent="Ana"), said("account", "wrote it", "b", agent="Bea")])) == 2
    assert len(things.of([said("instrument", "Ana Lu", instrument="bass"), said("instrument", "Ana Lu", "b", instrument="guitar")])) == 2


def test_a_date_and_its_beginning_are_one_and_a_vague_one_says_no_year() -> None:
    (thing,) = things.of([said("released", "1982"), said("released", "1982-05-03", "b")])
    assert thing.fact.value == "1982-05-03"
    assert len(things.of([said("recorded_on", "1975"), said("recorded_on", "197X", "b")])) == 2


def test_the_verifier_keeps_what_only_one_fact_says() -> None:
    weeks, dated = (said("charted", 1, s, chart="Hot 100", **q) for s, q in (("a", {"weeks": 3}), ("b", {"date": "1984-05-12"})))
    assert things.once([weeks, dated]) == [weeks, dated] and len(things.of([weeks, dated])) == 1
    bare = said("charted", 1, "c", chart="Hot 100")
    assert things.once([bare, weeks]) == [weeks]


def test_two_runs_on_a_chart_and_low_or_set_aside_sources_contradict_nobody() -> None:
    runs = [said("charted", n, s, chart="Hot 100", year=y) for n, s, y in ((1, "a", 1962), (10, "b", 1973))]
    assert contradicted(runs) == {} and len(contradicted([f.model_copy(update={"qualifiers": {"chart": "Hot 100"}}) for f in runs])) == 2
    true, false = said("tempo", 90), said("tempo", 140, "b")
    assert len(contradicted([true, false])) == 2
    assert contradicted([true, false.model_copy(update={"flags": ("quarantined",)})]) == {}
    assert contradicted([true, false.model_copy(update={"trust": 20})]) == {}
