"""The gate: what may be told is told at every door, what may not be told passes none."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import LINES, add_people
from factories import ALL, TRACK, fact
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

import songstory as ss
from songstory import briefs, checking, grounding
from songstory.models import Card, Fact, Label, Sentence, now
from songstory.store import Store, catalogue, stories
from songstory.tellable import STANDS, may_be_told, weigh
from songstory.trust import trusted, witnesses

SUBJECT = grounding.subject_names("Sledgehammer", "Peter Gabriel")
FLAGS = ("disputed", "private", "quarantined", "sensitive", "odd")
HOUSE = {"source": "house", "source_name": "House research", "independent_group": "house", "trust": 80}


def said(source: str, trust: int = 50, **more: object) -> Fact:
    return fact("about", "love", key=source).model_copy(update={"source": source, "trust": trust, **more})


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
    ("low", "paper", "told"),
    [
        ({"agent": "Ana Okafor"}, {"agent": "Ana Okafor"}, True), ({"agent": "Ana Okafor"}, {"agent": "Ben Quill"}, False),
        ({"agent": "Ana Okafor"}, {}, False), ({"date": "1986"}, {}, False), ({}, {"date": "1986"}, True), ({"kind": "story"}, {}, True),
    ],
)  # fmt: skip
def test_a_witness_says_the_same_of_the_same_person(low: dict[str, str], paper: dict[str, str], told: bool) -> None:
    facts = [said("fan", 10, qualifiers=low), said("paper", 90, qualifiers=paper)]
    assert ("fan" in {f.key for f in may_be_told(facts)}) == told and (len(trusted(facts[0], facts)) == 1) == told


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


# every state of a fact at every door ----------------------------------------------------------------------------------

STATES = st.fixed_dictionaries(
    {
        "flags": st.sets(st.sampled_from(("disputed", "private", "quarantined", "sensitive", "odd")), max_size=2), "trust": st.sampled_from((0, 39, 40, 90)),
        "retracted": st.booleans(), "witness": st.sampled_from(("", "same group", "independent")),
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def newsroom(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all states; each state is set on the same fact."""
    folder = tmp_path_factory.mktemp("gate")
    store = ss.open_store(f"sqlite:///{shutil.copy(empty, folder / 'gate.db')}")
    (folder / "small.jsonl").write_bytes(LINES)
    ss.import_file(store, folder / "small.jsonl")
    add_people(store)
    for source in ("gossip", "paper"):
        line = {"kind": "fact", "track": "sledgehammer", "predicate": "key", "value": "E-flat major", "source": source, "locator": source}
        lines = [{"kind": "source", "key": source, "name": source, "licence": "CC0", "trust": 50}, line]
        (folder / f"{source}.jsonl").write_text("\n".join(json.dumps(x) for x in lines))
        assert not ss.import_file(store, folder / f"{source}.jsonl", actor="ben").rejected
    ss.generate(store, "sledgehammer", ss.open_writer())
    yield store
    store.close()


def put(store: Store, state: dict[str, Any]) -> str:
    """Bring the gossip's fact into a state, as if by other hands; return its key."""
    said = {f.source: f.key for f in catalogue.facts_of(store, "sledgehammer", retracted=True) if f.predicate == "key"}
    gone = "2026-01-01 00:00:00.000000"
    with store.session() as session:
        session.execute(text("DELETE FROM fact_flag"))
        session.execute(text("UPDATE source SET origin = '', independent_group = ''"))
        session.execute(text("UPDATE source SET trust = :t WHERE key = 'gossip'"), {"t": state["trust"]})
        group = "gossip" if state["witness"] == "same group" else ""
        session.execute(text("UPDATE source SET trust = 50, independent_group = :g WHERE key = 'paper'"), {"g": group})
        for source, away in (("gossip", state["retracted"]), ("paper", not state["witness"])):
            session.execute(text("UPDATE fact SET retracted_at = :a WHERE key = :k"), {"a": gone if away else None, "k": said[source]})
        for flag in state["flags"]:
            catalogue.set_flag(session, said["gossip"], flag)
    return said["gossip"]


def passes(call: Callable[[], object]) -> bool:
    try:
        call()
    except ss.Unsupported:
        return False
    return True


def stand(store: Store, status: str) -> None:
    with store.session() as session:
        session.execute(text("UPDATE story SET status = :s, live_revision_id = NULL, risk = 0, stale_since = NULL"), {"s": status})


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(state=STATES)
def test_every_door_lets_pass_what_may_be_told_and_nothing_else(newsroom: Store, state: dict[str, Any]) -> None:
    key = put(newsroom, state)
    told = not state["flags"] and not state["retracted"] and (state["trust"] >= 40 or state["witness"] == "independent")
    line = Sentence(text="The song is in E-flat major.", cites=(key,))
    stand(newsroom, "draft")
    base = stories.get_revision(newsroom, "sledgehammer").id
    edited = ss.edit(newsroom, base, (Card(kind="sound", headline=line, sentences=(line,)),), actor="mara")
    assert (not edited.problems) == told == all(v.supported for v in ss.check_revision(newsroom, edited.id))
    assert passes(lambda: ss.submit(newsroom, edited.id, actor="mara")) == told
    stand(newsroom, "draft")
    assert passes(lambda: ss.submit(newsroom, edited.id, actor="night")) == told
    stand(newsroom, "in_review")
    assert passes(lambda: ss.approve(newsroom, edited.id, actor="ben")) == told
    stand(newsroom, "in_review")
    assert told or not isinstance(ss.approve_many(newsroom, [edited.id], actor="bea")[0][1], ss.Story)
    stand(newsroom, "approved")
    assert passes(lambda: ss.publish(newsroom, edited.id, actor="cleo")) == told
    used = {n.fact.key for n in ss.brief_of(newsroom, "sledgehammer").facts}
    assert told or key not in used
