"""An import taken back whole, what a sheet lets fall and when, and what is said before anything is written."""

import json
from pathlib import Path

import pytest

import songstory as ss
from songstory import import_preview, importing, intake
from songstory.errors import IllegalMove, NotAllowed, StoreError
from songstory.import_undo import undo_import
from songstory.sources import tables
from songstory.store import Store, catalogue, disputes, finding, intakes, people, proof, stories

HEAD = "title,artist,writer,producer,studio,bpm\n"
ROWS = [
    "Glass Bird,Ines Okafor,Ines Okafor;Tom Ek,Jonas Brandt,Studio Nord,120",
    "Paper Moon Road,Lia Voss,Lia Voss,Ada Renn,Blue Room,96",
]
COLUMNS = tables.mapping(["title=title", "artist=artist", "writer=writer", "producer=producer", "studio=recorded_at", "bpm=tempo"])


def sheet(folder: Path, *rows: str, name: str = "desk.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def load(store: Store, path: Path, source: str = "desk", *, full: bool = False) -> importing.Intake:
    return importing.import_table(store, path, source=source, columns=COLUMNS, full=full, actor="ben")


def track_of(store: Store, title: str) -> str:
    (found,) = catalogue.list_tracks(store, search=title).items
    return str(found.id)


def published(store: Store, track: str) -> str:
    revision = ss.generate(store, track, ss.open_writer(), actor="night")
    for act, actor in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(store, revision.id, actor=actor)
    return str(revision.id)


def story_of(store: Store, track: str) -> ss.Story:
    return stories.get_story(store, stories.story_id(track, "en", "world"))


def standing(store: Store, track: str) -> set[str]:
    return {f.key for f in catalogue.facts_of(store, track)}


def test_a_sheet_lets_nothing_fall_unless_it_is_all_its_source_says(any_desk: Store, tmp_path: Path) -> None:
    load(any_desk, sheet(tmp_path, *ROWS))
    track = track_of(any_desk, "Glass Bird")
    before, revision = standing(any_desk, track), published(any_desk, track)
    for rows in (ROWS[1:], ROWS[::-1], ["Other Song,Nobody Known,A B,,,"]):
        assert load(any_desk, sheet(tmp_path, *rows)).retracted == 0
    assert standing(any_desk, track) == before and ss.published(any_desk, track)["revision"] == revision
    seen = importing.preview_table(any_desk, sheet(tmp_path, *ROWS[1:]), source="desk", columns=COLUMNS)
    assert before <= set(seen.facts) and len(seen.stories) == 1 and (seen.read, seen.joined, seen.new_tracks) == (1, 1, 0)
    assert load(any_desk, sheet(tmp_path, *ROWS[1:]), full=True).retracted == len(seen.facts)
    assert standing(any_desk, track) == set()


def test_an_import_taken_back_leaves_the_store_as_it_was(any_desk: Store, tmp_path: Path) -> None:
    load(any_desk, sheet(tmp_path, ROWS[0]))
    track = track_of(any_desk, "Glass Bird")
    before, revision = standing(any_desk, track), published(any_desk, track)
    tracks = catalogue.list_tracks(any_desk).total
    done = load(any_desk, sheet(tmp_path, ROWS[1], "Glass Bird (Part 1),Ines Okafor,,,,", "Nine Lamps,Lia Voss,,,,"), full=True)
    assert story_of(any_desk, track).status == "withdrawn" and len(finding.open_cases(any_desk)) == 1
    undone = undo_import(any_desk, done.id, actor="cleo", comment="the wrong sheet")
    assert undone.live and not undone.waiting and standing(any_desk, track) == before
    assert ss.published(any_desk, track)["revision"] == revision and story_of(any_desk, track).status == "published"
    assert catalogue.list_tracks(any_desk).total == tracks and finding.open_cases(any_desk) == []
    assert people.events(any_desk, action="story.restore").total == 1 and proof.verify(any_desk).events > 0
    assert load(any_desk, sheet(tmp_path, ROWS[1])).added["track"] == 1  # and it may come again


def test_a_story_lives_again_only_by_a_publisher_and_as_it_was(desk: Store, tmp_path: Path) -> None:
    load(desk, sheet(tmp_path, ROWS[0]))
    track = track_of(desk, "Glass Bird")
    published(desk, track)
    done = load(desk, sheet(tmp_path, ROWS[1]), full=True)
    with pytest.raises(NotAllowed):
        undo_import(desk, done.id, actor="mara")
    undone = undo_import(desk, done.id, actor="ben")
    assert not undone.live and "publisher" in undone.waiting[0][1] and story_of(desk, track).status == "in_review"
    assert ss.published(desk, track) is None


def test_a_dispute_that_an_import_made_ends_with_it(desk: Store, tmp_path: Path) -> None:
    load(desk, sheet(tmp_path, ROWS[0]))
    track = track_of(desk, "Glass Bird")
    published(desk, track)
    done = load(desk, sheet(tmp_path, "Glass Bird,Ines Okafor,Someone Else,,,", name="other.csv"), "other")
    assert len(disputes.conflicts(desk)) == 1 and story_of(desk, track).stale_reason
    assert undo_import(desk, done.id, actor="ben").fallen == ()
    assert disputes.conflicts(desk) == [] and not story_of(desk, track).stale_reason and ss.published(desk, track)


def test_what_cannot_be_taken_back_says_why(desk: Store, tmp_path: Path) -> None:
    first = load(desk, sheet(tmp_path, ROWS[0]))
    second = load(desk, sheet(tmp_path, ROWS[1]))
    with pytest.raises(IllegalMove, match=f"import {second.id} .* read the same source since"):
        undo_import(desk, first.id, actor="ben")
    undo_import(desk, second.id, actor="ben")
    with pytest.raises(IllegalMove, match="before"):
        undo_import(desk, second.id, actor="ben")
    with pytest.raises(StoreError, match="songstory import log"):
        undo_import(desk, 999, actor="ben")
    assert [i.state for i in intakes.recent(desk)][:2] == ["taken back", "done"]


def test_what_was_taken_back_comes_and_goes_again(any_desk: Store, tmp_path: Path) -> None:
    tracks = catalogue.list_tracks(any_desk).total
    for _ in range(2):
        done = load(any_desk, sheet(tmp_path, *ROWS))
        undone = undo_import(any_desk, done.id, actor="ben")
        assert undone.facts > 5 and undone.tracks == 2 and catalogue.list_tracks(any_desk).total == tracks


def test_a_case_decided_waits_again_when_what_it_loaded_is_taken_back(desk: Store, tmp_path: Path) -> None:
    load(desk, sheet(tmp_path, ROWS[0]))
    load(desk, sheet(tmp_path, "Glass Bird (Part 1),Ines Okafor,,,,101", name="other.csv"), "other")
    (case,) = finding.open_cases(desk)
    loaded = intake.decide_match(desk, case.id, case.candidates[0].track.id, actor="ben")
    assert finding.open_cases(desk) == []
    undo_import(desk, loaded.id, actor="ben")
    assert [c.id for c in finding.open_cases(desk)] == [case.id]


def test_a_catalogue_says_too_what_would_fall(desk: Store, tmp_path: Path) -> None:
    lines = [
        {"kind": "source", "key": "s", "name": "S", "licence": "CC0"}, {"kind": "track", "id": "t", "title": "T", "artist": "A"},
        *({"kind": "fact", "track": "t", "predicate": p, "value": v, "source": "s"} for p, v in (("tempo", 90), ("genre", "pop"))),
    ]  # fmt: skip
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    ss.import_file(desk, path)
    path.write_text("\n".join(map(json.dumps, lines[:-1])))
    seen = import_preview.preview_file(desk, path)
    assert len(seen.facts) == 1 and (seen.joined, seen.new_tracks) == (1, 0) and len(standing(desk, "t")) == 2
    assert ss.import_file(desk, path, full=True).retracted == 1
