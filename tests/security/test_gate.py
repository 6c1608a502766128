"""The gate: what may be told is told at every door, what may not be told passes none."""

import pytest
from factories import ALL, TRACK, fact
from hypothesis import given
from hypothesis import strategies as st

from songstory import briefs, checking, grounding
from songstory.models import Fact, Label, Sentence, now
from songstory.tellable import STANDS, may_be_told, weigh
from songstory.trust import trusted, witnesses

SUBJECT = grounding.subject_names("Sledgehammer", "Peter Gabriel")
FLAGS = ("disputed", "private", "quarantined", "sensitive", "odd")
HOUSE = {"source": "house", "source_name": "House research", "independent_group": "house", "trust": 80}


def said(source: str, trust: int = 50, **more: object) -> Fact:
    return fact("about", "love", key=source, **{"source": source, "trust": trust, **more})


def house(locator: str, key: str = "house") -> Fact:
    return fact("about", "love", key=key, locator=locator, **HOUSE)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ({}, STANDS), ({"trust": 39}, "untrusted"), ({"trust": 39, "borne_out": True}, STANDS), ({"trust": 0, "flags": ("odd",)}, "odd"),
        ({"retracted_at": now(), "flags": ("private",)}, "retracted"), *(({"flags": (flag,)}, flag) for flag in FLAGS),
    ],
)  # fmt: skip
def test_a_fact_has_one_status_and_the_verifier_refuses_all_but_one(state: dict[str, object], status: str) -> None:
    cited = fact("writer", "Peter Gabriel", key="F1", **state)
    found = grounding.check_sentence(Sentence(text="Peter Gabriel wrote it.", cites=("F1",)), {"F1": cited}, SUBJECT)
    assert cited.status == status and found.supported == (status == STANDS)
    assert found.supported or ([r.rule for r in found.reasons] == [f"citation.{status}"] and found.reasons[0].repair)


@pytest.mark.parametrize("status", ["retracted", "untrusted", "disputed", "private", "quarantined", "sensitive"])
def test_a_claim_from_a_file_is_refused_by_the_status_of_its_evidence(status: str) -> None:
    claim = {"id": 1, "claim": "Ines Okafor wrote it.", "evidence": [{"predicate": "writer", "value": "Ines Okafor", "status": status}]}
    found = checking.check_claim(claim)
    assert found["label"] == Label.REFUTED and found["reasons"][0]["rule"] == f"citation.{status}"


@pytest.mark.parametrize("witness", [{"flags": (f,)} for f in FLAGS if f != "sensitive"] + [{"retracted_at": now()}])
def test_who_is_doubted_bears_nobody_out(witness: dict[str, object]) -> None:
    assert may_be_told([said("fan", 10), said("paper", 90)])[0].key == "fan"
    assert not may_be_told([said("fan", 10), said("paper", 90, **witness)])


@pytest.mark.parametrize(
    ("locator", "known"),
    [
        ("The Gossip Sheet, 3 May 1990, p. 4", "The Gossip Sheet"), ("Gossip Sheet", "gossip-sheet"), ("https://www.gossip.example/a", "Gossip"),
        ("page 3", "The Gossip Sheet"), ("GOSSIP SHEET (no. 12)", "Gossip Sheet"),
    ],
)  # fmt: skip
def test_a_house_fact_is_worth_the_source_it_names(locator: str, known: str) -> None:
    facts = [said("g", 10, source_name=known), house(locator)]
    assert may_be_told(facts) == facts[1:] and trusted(facts[0], facts) == set()


@pytest.mark.parametrize(
    ("one", "other", "groups"), [("The Times, 3 May 1990", "the times p. 7", 1), ("The Times", "https://guardian.example", 2)]
)
def test_two_house_facts_are_as_many_witnesses_as_the_sources_they_name(one: str, other: str, groups: int) -> None:
    facts = [house(one), house(other, "second")]
    assert len(trusted(facts[0], facts)) == len({g for g, _ in witnesses(facts).values()}) == groups


states = st.builds(
    lambda source, trust, flags, gone: said(source, trust, flags=tuple(sorted(flags)), retracted_at=now() if gone else None),
    st.sampled_from(["a", "b", "c"]), st.integers(0, 100), st.sets(st.sampled_from(FLAGS), max_size=2), st.booleans(),
)  # fmt: skip


@given(st.lists(states, max_size=3, unique_by=lambda f: f.key))
def test_the_brief_tells_what_the_gate_lets_pass_and_nothing_else(facts: list[Fact]) -> None:
    told = {f.value for f in weigh([*facts, *ALL]) if f.status == STANDS}
    assert {n.fact.value for n in briefs.make_brief(TRACK, [*facts, *ALL]).facts} == told
    assert all(n.fact.status == STANDS for n in briefs.make_brief(TRACK, [*facts, *ALL]).facts)
