"""A file speaks for its own sources: not for the house, an importer or another file, and not for its own trust."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import copied
from sqlalchemy import text

import songstory as ss
from songstory import decisions, importing, importing_apart, intake
from songstory.errors import NotAllowed
from songstory.models import Source
from songstory.records import Recording, Statement
from songstory.store import Store, catalogue, people
from songstory.trust import TRUSTED, clearance

TRACK = {"kind": "track", "id": "night-bus", "title": "Night Bus", "artist": "Ana Okafor"}


def source(key: str, **more: Any) -> dict[str, Any]:
    return {"kind": "source", "key": key, "name": key.title(), "licence": "CC0", **more}


def said(key: str, value: str = "Ines Vale", predicate: str = "about", locator: str = "l0") -> dict[str, Any]:
    return {"kind": "fact", "track": "night-bus", "predicate": predicate, "value": value, "source": key, "locator": locator}


def file(folder: Path, name: str, *lines: dict[str, Any]) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def by_importer(store: Store, folder: Path, key: str) -> None:
    record = Recording(source=key, locator="l0", title="Night Bus", statements=(Statement(predicate="about", value="Ines Vale"),))
    ss.import_file(store, file(folder, "tracks.jsonl", TRACK))
    intake.import_records(store, Source(key=key, name=key, licence="CC0"), [record.model_copy(update={"artist_credit": "Ana Okafor"})])


def standing(store: Store) -> list[tuple[str, object]]:
    return [(f.source, f.value) for f in catalogue.facts_of(store, "night-bus")] if "night-bus" in catalogue.track_ids(store) else []


# who may speak ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["musicbrainz", "wikidata", "wikipedia", "discogs", "ddex-harbour", "house", "desk-plugin"])
def test_a_foreign_file_takes_nothing_back_that_an_importer_said(desk: Store, tmp_path: Path, key: str) -> None:
    if key == "house":
        ss.import_file(desk, file(tmp_path, "tracks.jsonl", TRACK))
        ss.add_fact(desk, "night-bus", "about", "Ines Vale", actor="ben", locator="l0")
    else:
        by_importer(desk, tmp_path, key)
    before = standing(desk)
    track = before and catalogue.track_ids(desk)
    foreign = file(tmp_path, "foreign.jsonl", TRACK, source(key), said(key, "somebody else"), said(key, "Sheffield", "recorded_at"))
    done = ss.import_file(desk, foreign)
    assert done.retracted == 0 and len(done.rejected) == 3 and track == catalogue.track_ids(desk)
    assert standing(desk) == before


@pytest.mark.parametrize("key", ["musicbrainz", "wikidata", "wikipedia", "discogs", "ddex-harbour", "house"])
def test_the_key_of_an_importer_is_kept_for_it_before_it_ever_spoke(desk: Store, tmp_path: Path, key: str) -> None:
    done = ss.import_file(desk, file(tmp_path, "first.jsonl", source(key, trust=100), TRACK, said(key)))
    assert len(done.rejected) == 2 and "--as NAME" in done.rejected[0] + "--as NAME" * (key == "house")
    assert key not in {s.key for s in catalogue.sources(desk)}


def test_nobody_loads_a_file_that_speaks_as_the_house_whoever_they_are(desk: Store, tmp_path: Path) -> None:
    for actor in ("", "mara", "ben", "cleo", "ada"):
        done = ss.import_file(desk, file(tmp_path, f"h{actor}.jsonl", source("house", trust=100), TRACK, said("house")), actor=actor)
        assert len(done.rejected) == 2 and "add-fact" in done.rejected[0]


@pytest.mark.parametrize(
    ("first", "second", "name", "let_in"),
    [
        ("", "", "feed.jsonl", True),  # the next version of the same file
        ("", "", "other.jsonl", False),
        ("", "", "elsewhere/feed.jsonl", False),
        ("mara", "mara", "other.jsonl", True),  # a person goes on for what they declared, whatever the file is called
        ("mara", "", "feed.jsonl", False),
        ("mara", "", "other.jsonl", False),
        ("", "mara", "other.jsonl", False),
        ("ben", "mara", "other.jsonl", False),
        ("mara", "ben", "other.jsonl", True),  # an editor answers for it
        ("", "cleo", "other.jsonl", True),
        ("", "ada", "other.jsonl", False),  # an admin decides nothing on facts
    ],
)
def test_whose_word_a_file_may_change(desk: Store, tmp_path: Path, first: str, second: str, name: str, let_in: bool) -> None:
    ss.import_file(desk, file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label")), actor=first)
    done = ss.import_file(desk, file(tmp_path, name, source("label"), TRACK, said("label", "the last bus")), actor=second)
    assert (done.retracted, bool(done.rejected)) == ((1, False) if let_in else (0, True))
    assert standing(desk) == [("label", "the last bus" if let_in else "Ines Vale")]


def test_an_editor_may_load_the_very_file_that_was_refused(desk: Store, tmp_path: Path) -> None:
    ss.import_file(desk, file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label")))
    other = file(tmp_path, "other.jsonl", said("label", "the last bus"))
    assert ss.import_file(desk, other).rejected and ss.import_file(desk, other, actor="mara").skipped
    assert ss.import_file(desk, other, actor="ben").retracted == 1


def test_where_nobody_works_yet_files_go_on_for_one_another_but_for_no_importer(store: Store, tmp_path: Path) -> None:
    ss.import_file(store, file(tmp_path, "a.jsonl", source("label"), TRACK, said("label")))
    assert ss.import_file(store, file(tmp_path, "b.jsonl", said("label", "the last bus"))).retracted == 1
    assert ss.import_file(store, file(tmp_path, "c.jsonl", source("wikipedia"), said("wikipedia"))).rejected


@pytest.mark.parametrize("key", ["label", "wikipedia", "house"])
def test_a_table_is_a_file_too(desk: Store, tmp_path: Path, key: str) -> None:
    ss.import_file(desk, file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label")))
    table = tmp_path / "t.csv"
    table.write_text("title,artist,about\nNight Bus,Ana Okafor,somebody else\n")
    with pytest.raises(NotAllowed, match="source: "):
        importing.import_table(desk, table, source=key)
    assert standing(desk) == [("label", "Ines Vale")]


def test_a_name_that_nobody_has_loads_nothing(desk: Store, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="nobody here is called 'eve'"):
        ss.import_file(desk, file(tmp_path, "a.jsonl", TRACK), actor="eve")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ({"kind": "flag", "track": "night-bus", "predicate": "about", "flag": "private"}, "belongs to"),
        ({**TRACK, "title": "Ignore the bus"}, "belongs to"),
        ({**TRACK, "artist": "Somebody Else"}, "belongs to"),
    ],
)
def test_a_foreign_file_neither_flags_nor_renames_what_others_brought(desk: Store, tmp_path: Path, line: dict[str, Any], says: str) -> None:
    ss.import_file(desk, file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label")))
    (why,) = ss.import_file(desk, file(tmp_path, "other.jsonl", line)).rejected
    assert says in why and catalogue.get_track(desk, "night-bus").title == "Night Bus"
    assert not catalogue.facts_of(desk, "night-bus")[0].flags


# trust and independence ---------------------------------------------------------------------------------------------

GRAVE = "was arrested for cocaine possession"
Loading = Callable[[Store, Path], None]


def two_files(store: Store, folder: Path, actor: str = "") -> None:
    for name in ("one", "two"):
        ss.import_file(store, file(folder, f"{name}.jsonl", source(name, trust=90), TRACK, said(name, GRAVE)), actor=actor)


def one_file(store: Store, folder: Path, actor: str = "ben") -> None:
    both = [line for name in ("one", "two") for line in (source(name, trust=90, independent_group=name), said(name, GRAVE))]
    ss.import_file(store, file(folder, "both.jsonl", TRACK, *both), actor=actor)


def two_tables(store: Store, folder: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.csv").write_text(f"title,artist,about\nNight Bus,Ana Okafor,{GRAVE}\n")
        importing.import_table(store, folder / f"{name}.csv", source=name, trust=90)


@pytest.mark.parametrize(
    "load", [two_files, one_file, two_tables, lambda s, f: two_files(s, f, "mara")], ids=["files", "one file", "tables", "a writer's files"]
)
def test_two_sources_that_declare_themselves_are_one_witness_of_ordinary_trust(desk: Store, tmp_path: Path, load: Loading) -> None:
    load(desk, tmp_path)
    (track,) = catalogue.list_tracks(desk, search="Night Bus").items
    facts = catalogue.facts_of(desk, track.id)
    assert len(facts) == 2 and all(f.trust < TRUSTED for f in facts)
    for name in ("one", "two"):
        decisions.set_trust(desk, name, 90, actor="ben")
    facts = catalogue.facts_of(desk, track.id)
    assert clearance(facts[0], facts)[0] is None
    decisions.set_trust(desk, "two", 90, actor="ben", independent=True)
    facts = catalogue.facts_of(desk, track.id)
    assert clearance(facts[0], facts)[0] is ss.Role.PUBLISHER


def test_a_source_of_low_trust_is_not_borne_out_by_another_of_nobody(desk: Store, tmp_path: Path) -> None:
    for name in ("one", "two"):
        ss.import_file(desk, file(tmp_path, f"{name}.jsonl", source(name, trust=10), TRACK, said(name, "a night bus")))
    with pytest.raises(ss.NotEnoughFacts):
        ss.brief_of(desk, "night-bus")


def test_sources_of_files_still_contradict_one_another_whatever_group_they_name(desk: Store, tmp_path: Path) -> None:
    for name, tempo in (("one", 90), ("two", 140)):
        line = {**said(name, predicate="tempo"), "value": tempo}
        ss.import_file(desk, file(tmp_path, f"{name}.jsonl", source(name, independent_group="wikimedia"), TRACK, line))
    assert all(f.disputed for f in catalogue.facts_of(desk, "night-bus"))


def test_an_import_says_what_trust_a_source_asked_for_and_did_not_get(desk: Store, tmp_path: Path) -> None:
    done = ss.import_file(desk, file(tmp_path, "a.jsonl", source("label", trust=95), TRACK, said("label")))
    assert done.alerts == ("label asks for a trust of 95 and has 50; an editor may give it more: songstory trust label 95 --as NAME",)


def test_the_bundled_catalogue_keeps_the_trust_it_gives(bundled: Path, tmp_path: Path) -> None:
    sample = copied(bundled, tmp_path)
    assert {s.declared_by for s in catalogue.sources(sample)} == {"sample"}
    assert max(s.trust for s in catalogue.sources(sample)) == 60
    sample.close()


# witnesses ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("actor", "kept"), [("", people.NIGHT), ("ben", "ben")])
def test_every_import_leaves_its_witness(any_desk: Store, tmp_path: Path, actor: str, kept: str) -> None:
    path = file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label"))
    ss.import_file(any_desk, path, actor=actor)
    file(tmp_path, "feed.jsonl", source("label"), TRACK, said("label", "the last bus"))
    ss.import_file(any_desk, path, actor=actor)
    events = [e for e in people.events(any_desk).items if e.object in {"feed.jsonl", "label"}]
    assert [e.action for e in events] == ["import.retract", "import", "import", "source.declare"] and {e.actor for e in events} == {kept}
    assert all(len(e.data["files"]["feed.jsonl"]) == 64 for e in events[1:]) and len(events[0].data["facts"]) == 1
    assert events[1].data["added"] == {"fact": 1} and events[0].act_id == events[1].act_id
    people.verify_chain(any_desk)


def test_each_door_has_its_witness(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("title,artist,bpm\nNight Bus,Ana Okafor,92\n")
    importing.import_table(desk, tmp_path / "t.csv", source="desk", actor="mara")
    data = Path(__file__).parents[1] / "data"
    importing.import_musicbrainz(desk, [next((data / "musicbrainz").glob("*.json"))], actor="ben")
    intake.import_sample(desk, actor="cleo")
    found = [(e.actor, e.data["by"], len(e.data["files"])) for e in people.events(desk, action="import", size=3).items]
    assert found == [("cleo", "sample", 1), ("ben", "importer musicbrainz", 1), ("mara", "person mara", 1)]


def test_an_upload_is_of_the_editor_who_sent_it(desk: Store, tmp_path: Path) -> None:
    from factories import join_apart

    lines = "\n".join(json.dumps(line) for line in (source("label"), TRACK, said("label")))
    importing_apart.launch(desk, "upload.jsonl", lines.encode(), actor="ben")
    join_apart()
    (event,) = people.events(desk, action="import", actor="ben").items
    assert event.object == "upload.jsonl" and standing(desk) == [("label", "Ines Vale")]


def test_a_store_of_the_step_before_knows_whose_its_sources_are(any_desk: Store, tmp_path: Path) -> None:
    from test_store import migrated

    by_importer(any_desk, tmp_path, "wikidata")
    migrated(any_desk, "0008", "head")
    assert {s.key: (s.declared_by, s.origin) for s in catalogue.sources(any_desk)} == {
        "sheet": ("file small.jsonl", "files"),
        "wikidata": ("importer wikidata", ""),
    }
    with any_desk.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM store_identity")).scalar_one() == 1
