"""What a source's trust decides: what is told alone, who clears what is sensitive, when a flood is called out."""

import json
from pathlib import Path

import pytest
from factories import ALL, TRACK, fact

import songstory as ss
from songstory import briefs, decisions, importing
from songstory.errors import NotAllowed, StoreError
from songstory.models import Fact, Role
from songstory.store import Store, catalogue, changes, people
from songstory.tellable import may_be_told
from songstory.trust import clearance, tier


def said(trust: int, source: str, value: str = "love", **more: object) -> Fact:
    return fact("about", value, key=f"{source}-{value}", source=source, trust=trust, **more)


@pytest.mark.parametrize(
    ("trust", "name"), [(100, "trusted"), (60, "trusted"), (59, "ordinary"), (40, "ordinary"), (39, "low"), (0, "low")]
)
def test_a_trust_has_a_tier(trust: int, name: str) -> None:
    assert tier(trust) == name


def test_a_source_of_low_trust_is_not_told_alone_but_with_another() -> None:
    low, other, copy = said(20, "fan"), said(20, "blog"), said(20, "mirror", independent_group="fan")
    assert may_be_told([low]) == [] and [f.key for f in may_be_told([low, other])] == [low.key, other.key]
    assert may_be_told([low.model_copy(update={"independent_group": "fan"}), copy]) == []
    assert low.key not in {n.fact.key for n in briefs.make_brief(TRACK, [*ALL, low]).facts}


def test_of_equal_statements_the_most_trusted_is_told() -> None:
    known, better = said(50, "desk"), said(80, "label")
    chosen = {n.fact.key for n in briefs.make_brief(TRACK, [*ALL, known, better]).facts}
    assert better.key in chosen and known.key not in chosen


@pytest.mark.parametrize(
    ("note", "trusts", "role"),
    [
        ("crime", (60, 80), Role.PUBLISHER),
        ("crime", (60,), None),
        ("crime", (60, 50), None),
        ("death, health", (90,), None),
        ("death", (60,), Role.EDITOR),
        ("death", (50, 50), None),
        ("", (60,), Role.EDITOR),
    ],
)
def test_who_may_clear_a_sensitive_flag(note: str, trusts: tuple[int, ...], role: Role | None) -> None:
    facts = [said(t, f"s{i}", flags=("sensitive",), notes=(note,)) for i, t in enumerate(trusts)]
    assert clearance(facts[0], facts)[0] is role


def test_two_sources_of_one_group_are_one_witness() -> None:
    facts = [said(80, s, flags=("sensitive",), notes=("crime",), independent_group="wikimedia") for s in ("wikidata", "wikipedia")]
    assert clearance(facts[0], facts) == (None, "a matter of crime needs two trusted sources that do not copy each other, found 1")


def table(path: Path, rows: int, about: str = "night buses") -> Path:
    path.write_text("title,artist,about\n" + "\n".join(f"Song {i},Ana Okafor,{about}" for i in range(rows)))
    return path


def test_a_grave_matter_waits_for_a_second_trusted_source_and_a_publisher(desk: Store, tmp_path: Path) -> None:
    for rows, name, trust in ((1, "first", 70), (2, "second", 50)):  # two names over one and the same file are one witness
        file = table(tmp_path / f"{name}.csv", rows, "the murder of a friend")
        importing.import_table(desk, file, source=name, trust=trust, actor="ben")
    (track,) = (t.id for t in catalogue.list_tracks(desk, search="Song 0").items)
    key = catalogue.facts_of(desk, track)[0].key
    with pytest.raises(NotAllowed, match="needs two trusted sources"):
        decisions.clear_flag(desk, key, "sensitive", actor="cleo")
    decisions.set_trust(desk, "second", 60, actor="ben")
    with pytest.raises(NotAllowed, match="publisher"):
        decisions.clear_flag(desk, key, "sensitive", actor="ben")
    decisions.clear_flag(desk, key, "sensitive", actor="cleo")
    assert not catalogue.facts_of(desk, track)[0].flags


def test_a_flood_from_a_source_of_low_trust_is_called_out_and_kept_in_the_audit(store: Store, tmp_path: Path) -> None:
    assert importing.import_table(store, table(tmp_path / "a.csv", 201), source="desk", trust=40).alerts == ()
    done = importing.import_table(store, table(tmp_path / "b.csv", 201), source="fan", trust=20)
    assert done.alerts == ("fan, a source of low trust, says 201 new things of Ana Okafor; look at them before you trust it",)
    assert people.events(store, object_="fan").items[0].data == {"artist": "Ana Okafor", "facts": 201}


def test_a_new_trust_makes_its_tracks_dirty_and_is_audited(any_store: Store, tmp_path: Path) -> None:
    ss.add_person(any_store, "ben", "editor")
    importing.import_table(any_store, table(tmp_path / "a.csv", 3), source="desk")
    with any_store.session() as session:
        changes.clean(session, [seq for seq, _, _ in changes.dirty(any_store)])
    assert decisions.set_trust(any_store, "desk", 50, actor="ben") == 0 == changes.dirty_count(any_store)
    assert decisions.set_trust(any_store, "desk", 20, actor="ben", comment="copied") == 3 == changes.dirty_count(any_store)
    assert people.events(any_store, object_="desk").items[0].data == {"was": 50, "trust": 20}
    assert json.loads(catalogue.sources(any_store)[0].model_dump_json())["trust"] == 20


@pytest.mark.parametrize(("source", "trust"), [("nobody", 50), ("desk", 101), ("desk", -1)])
def test_trust_is_a_number_of_a_known_source(desk: Store, source: str, trust: int) -> None:
    with pytest.raises(StoreError):
        decisions.set_trust(desk, source, trust, actor="ben")
