"""What was cleared on two sources is held again, and what is live with it pulled, once one of them no longer says it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from accusing import beside, house
from conftest import add_people
from sqlalchemy import text
from test_store import migrated

import songstory as ss
from songstory import fallout
from songstory.decisions import clear_blame, clear_flag, retract, set_trust
from songstory.errors import NotAllowed, Unsupported
from songstory.models import Card, Sentence
from songstory.store import Store, catalogue, people, stories

Act = Callable[[Store, str, Path], object]


def feed(path: Path, key: str, says: bool = True) -> Path:
    """Write the file of a paper, with or without what it says of an arrest."""
    lines = [
        {"kind": "source", "key": key, "name": f"The {key}", "licence": "CC0"},
        {"kind": "track", "id": "x", "title": "Low Water", "artist": "Orrin Vale"},
        {"kind": "fact", "track": "x", "predicate": "tempo", "value": 92, "source": key, "locator": "p2"},
    ]
    if says:
        lines.append(
            {"kind": "fact", "track": "x", "predicate": "account", "value": "was arrested for theft", "qualifiers": {"agent": "Orrin Vale"}, "source": key, "locator": "p1"}
        )  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def told(store: Store, folder: Path) -> tuple[str, str]:
    """Publish a grave matter as it may be: two papers, a publisher. Return the key of the fact it cites, and that of the other paper's."""
    add_people(store)
    for key in ("herald", "courier"):
        ss.import_file(store, feed(folder / f"{key}.jsonl", key))
        set_trust(store, key, 80, actor="ben", independent=True)
    keys = {f.source: f.key for f in catalogue.facts_of(store, "x") if f.predicate == "account"}
    clear_flag(store, keys["herald"], "sensitive", actor="cleo", comment="read both")
    line = Sentence(text="Orrin Vale was arrested for theft.", cites=(keys["herald"],))
    made = ss.edit(store, stand_in(store), (Card(kind="people", headline=line, sentences=(line,)),), actor="mara")
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(store, made.id, actor=who)
    return keys["herald"], keys["courier"]


def stand_in(store: Store) -> str:
    """Write a first text of other facts, and return its revision."""
    lines = [{"kind": "source", "key": "sheet", "name": "Sheet", "licence": "CC0"}, {"kind": "track", "id": "x", "title": "Low Water", "artist": "Orrin Vale"}]  # fmt: skip
    plain = {"writer": "Zoe Orr", "producer": "Bo Quill", "genre": "folk", "recorded_at": "Harbour Studios"}
    lines += [{"kind": "fact", "track": "x", "predicate": p, "value": v, "source": "sheet", "locator": p} for p, v in plain.items()]
    path = Path("sheet.jsonl")
    path.write_text("\n".join(map(json.dumps, lines)))
    ss.import_file(store, path)
    return ss.generate(store, "x", ss.open_writer()).id


def taken_back(store: Store, other: str, folder: Path) -> object:
    return ss.import_file(store, feed(folder / "courier.jsonl", "courier", says=False), full=True)


def flagged(store: Store, other: str, folder: Path) -> object:
    with store.session() as session:
        catalogue.set_flag(session, other, "private", note="telephone number", actor="night")
        run = session.connection().execute
        run(text("INSERT INTO dirty (track_id, seq) SELECT id, 1000 FROM track WHERE uid = 'x' AND id NOT IN (SELECT track_id FROM dirty)"))
    return fallout.of_dirty(store)


WAYS: dict[str, Act] = {
    "taken back by its file": taken_back,
    "retracted by an editor": lambda store, other, folder: retract(store, other, actor="ben", comment="a misprint"),
    "trusted no more": lambda store, other, folder: set_trust(store, "courier", 50, actor="ben", comment="they copy"),
    "erased": lambda store, other, folder: ss.erase(store, actor="ada", comment="a letter", fact=other),
    "set aside": flagged,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_grave_matter_is_held_again_once_one_of_two_sources_no_longer_says_it(any_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.chdir(tmp_path)
    cited, other = told(any_store, tmp_path)
    assert ss.published(any_store, "x")
    WAYS[way](any_store, other, tmp_path)
    (fact,) = [f for f in catalogue.facts_of(any_store, "x") if f.key == cited]
    assert fact.flags == ("sensitive",) and stories.get_story(any_store, "x").status == "withdrawn"
    assert [e.comment[:6] for e in people.events(any_store, object_=cited, action="fact.flag").items] == ["policy"]
    with pytest.raises(NotAllowed, match=r"found [01]"):
        clear_flag(any_store, cited, "sensitive", actor="cleo", comment="still true")


def test_it_is_cleared_again_when_another_source_says_it(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cited, other = told(store, tmp_path)
    retract(store, other, actor="ben", comment="a misprint")
    ss.import_file(store, feed(tmp_path / "c.jsonl", "chronicle"))
    set_trust(store, "chronicle", 75, actor="ben", independent=True)
    clear_flag(store, cited, "sensitive", actor="cleo", comment="another paper")
    assert "sensitive" not in next(f for f in catalogue.facts_of(store, "x") if f.key == cited).flags
    people.verify_chain(store)


def test_what_has_its_sources_stays_cleared(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cited, _ = told(store, tmp_path)
    ss.import_file(store, feed(tmp_path / "courier.jsonl", "courier"), full=True)
    set_trust(store, "courier", 70, actor="ben")
    set_trust(store, "sheet", 10, actor="ben")
    assert fallout.of_dirty(store) == [] and ss.published(store, "x")
    assert not people.events(store, object_=cited, action="fact.flag").total


def test_a_pair_is_parted_again_once_one_of_two_sources_no_longer_says_it(any_store: Store, tmp_path: Path) -> None:
    keys = house(any_store, tmp_path / "x.jsonl", sources=2)
    revision = beside(any_store, keys)
    clear_blame(any_store, "x", *keys, actor="cleo", comment="both papers say so")
    ss.check_revision(any_store, revision)
    set_trust(any_store, "s1", 40, actor="ben")
    assert people.events(any_store, object_=min(keys), action="fact.blame").total + people.events(any_store, object_=max(keys), action="fact.blame").total == 1
    with pytest.raises(Unsupported):
        ss.approve(any_store, revision, actor="ben")


def test_a_store_of_the_step_before_knows_what_was_cleared(any_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, other = told(any_store, tmp_path)
    migrated(any_store, "0013", "head")
    retract(any_store, other, actor="ben", comment="a misprint")
    assert stories.get_story(any_store, "x").status == "withdrawn"
