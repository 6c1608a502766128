"""How often recordings are heard is set on the tracks that are known, by their MBIDs."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import songstory as ss
from songstory import known_tracks
from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import NotAllowed
from songstory.sources import popularity
from songstory.store import Store, catalogue

MBID, OTHER, THIRD = (f"8f3471b5-7e6a-48da-86a9-c1c07a0f47{n}" for n in ("aa", "ab", "ac"))
TRACK = {"kind": "track", "id": "night-bus", "title": "Night Bus", "artist": "Ana", "identifiers": [["musicbrainz", MBID], ["musicbrainz", THIRD]], "popularity": 3}


def counted(mbid: Any, count: Any) -> dict[str, Any]:
    return {"recording_mbid": mbid, "total_listen_count": count, "total_user_count": 2}


def filled(store: Store, tmp_path: Path) -> Store:
    (tmp_path / "c.jsonl").write_text(json.dumps(TRACK) + "\n")
    ss.import_file(store, tmp_path / "c.jsonl")
    return store


COUNTS = [counted(MBID, 70), counted(OTHER, 5), counted(THIRD, None)]


@pytest.mark.parametrize("form", ["array", "lines", "inside"])
def test_popularity_is_set_on_known_tracks(any_store: Store, tmp_path: Path, form: str) -> None:
    store, path = filled(any_store, tmp_path), tmp_path / "popularity.json"
    path.write_text({"array": json.dumps(COUNTS, indent=1), "lines": "\n".join(map(json.dumps, COUNTS)), "inside": json.dumps({"payload": COUNTS})}[form])
    assert popularity.is_popularity(path)
    done = known_tracks.import_popularity(store, path)
    assert done.added == {"popularity": 1} and done.passed == {known_tracks.NO_TRACK: 1, popularity.UNHEARD: 1} and not done.rejected
    assert catalogue.get_track(store, "night-bus").popularity == 70
    again = known_tracks.import_popularity(store, path)
    assert again.added == {} and again.unchanged == 1


def test_of_several_counts_of_one_track_the_largest_is_kept(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps([counted(THIRD, 90), counted(MBID, 70)]))
    known_tracks.import_popularity(filled(store, tmp_path), path)
    assert catalogue.get_track(store, "night-bus").popularity == 90


@pytest.mark.parametrize(
    ("row", "says"),
    [(counted("x", 5), "recording_mbid: expected an MBID"), (counted(MBID, "many"), "total_listen_count: expected a number"), (counted(MBID, -1), "found '-1'"),
     (counted(MBID, 10**12), "expected a number up to"), (counted(MBID, True), "found 'True'"), (counted(None, 4), "recording_mbid: expected")],
)  # fmt: skip
def test_a_count_that_is_none_is_one_line(store: Store, tmp_path: Path, row: dict[str, Any], says: str) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps([row]))
    done = known_tracks.import_popularity(filled(store, tmp_path), path)
    assert len(done.rejected) == 1 and done.rejected[0].startswith("p.json:1: ") and says in done.rejected[0]
    assert catalogue.get_track(store, "night-bus").popularity == 3


def test_who_is_not_known_sets_nothing(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(json.dumps(COUNTS))
    with pytest.raises(NotAllowed):
        known_tracks.import_popularity(desk, tmp_path / "p.json", actor="stranger")


def test_the_command_knows_it_by_its_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'cli.db'}")
    settings.cache_clear()
    runner = CliRunner()
    (tmp_path / "c.jsonl").write_text(json.dumps(TRACK) + "\n")
    (tmp_path / "p.json").write_text(json.dumps(COUNTS))
    for words in (["init"], ["import", "files", str(tmp_path / "c.jsonl")]):
        assert runner.invoke(app, words).exit_code == 0
    done = runner.invoke(app, ["import", "files", str(tmp_path / "p.json")])
    settings.cache_clear()
    assert done.exit_code == 0 and "1 popularity" in done.output and known_tracks.NO_TRACK in done.output
