"""One command takes every file of the house: what it cannot know it asks, and with -y or --json says in one line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from typer.testing import CliRunner

from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import ConfigError, SourceError

Run = Callable[..., Result]
TWO = "Song,Artist\nNight Bus,Ana\n\nTitle,Performer\nLow Tide,Ida\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'cli.db'}")
    settings.cache_clear()
    runner = CliRunner()
    runner.invoke(app, ["init"])
    yield lambda path, *words, **more: runner.invoke(app, ["import", "files", str(path), *words], **more)
    settings.cache_clear()


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_a_text_that_is_not_utf8_is_asked_about_first(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Song;Artist\nFähre;Jörg\n", "cp1252")
    asked = run(path, input="n\n")
    assert "not UTF-8; as cp1252 it reads: Fähre;Jörg" in asked.output and "--encoding cp1252" in str(asked.exception)
    assert "among ;" not in asked.output and run(path, input="y\ny\n").exit_code == 0
    assert run(path, "-y").exit_code == 0 and run(path, "--json").exit_code == 0
    assert "Song: not UTF-8" in run(path, "-y", "--encoding", "utf-8").output


def test_a_text_in_an_encoding_that_nobody_can_tell_is_one_line(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Song;Artist\nПривет;мир\n", "cp1251")
    failed = run(path, "-y")
    assert isinstance(failed.exception, SourceError) and "t.csv:2: not UTF-8" in str(failed.exception)
    assert run(path, "-y", "--encoding", "cp1251").exit_code == 0


@pytest.mark.parametrize("words", [["-y"], ["--json"]])
def test_two_tables_end_with_a_line_where_nobody_is_asked(run: Run, tmp_path: Path, words: list[str]) -> None:
    failed = run(written(tmp_path / "t.csv", TWO), *words)
    assert failed.exit_code == 1 and isinstance(failed.exception, ConfigError)
    assert "row 1" in str(failed.exception) and "row 4" in str(failed.exception) and "--table" in str(failed.exception)


def test_two_tables_are_asked_about(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", TWO)
    assert "Low Tide" in run(path, input="2\ny\n").output
    assert json.loads(run(path, "--table", "1", "--json").stdout)["added"]["track"] == 1
    assert isinstance(run(path, input="7\n").exception, ConfigError)


def test_two_lists_in_a_document_are_asked_about(run: Run, tmp_path: Path) -> None:
    song = {"title": "Night Bus", "artist": "Ana"}
    path = written(tmp_path / "t.json", json.dumps({"mine": [song], "yours": [{**song, "title": "Low Tide"}]}, indent=1))
    assert "mine (1 entry), yours (1 entry)" in str(run(path, "-y").exception)
    assert "Low Tide" in run(path, input="2\ny\n").output and run(path, "-y", "--table", "mine").exit_code == 0


def test_what_is_not_read_is_always_said(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Catalogue,,,\nSong,Artist,Mood,\nNight Bus,Ana,blue,\n")
    for words in (["-y"], ["--map", "Song=title", "--map", "artist=Artist"]):
        done = run(path, *words)
        assert done.exit_code == 0 and "Not read: Mood (its name says nothing known" in done.output and "the header is in row 2" in done.output
        assert "1 column without a name" in done.output


def test_a_sheet_is_chosen_by_name_and_its_header_by_its_row(run: Run, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["Song", "Artist"])
    made.active.append(["Night Bus", "Ana"])
    other = made.create_sheet("2024")
    for row in (["Was", "Wer"], ["x", "y"], ["Lied", "Wer"], ["Low Tide", "Ida"]):
        other.append(row)
    made.save(tmp_path / "t.xlsx")
    assert json.loads(run(tmp_path / "t.xlsx", "--json").stdout)["added"]["track"] == 1
    words = ["--sheet", "2024", "--header-row", "3", "--map", "Lied=title", "--map", "Wer=artist"]
    done = run(tmp_path / "t.xlsx", *words, "--json")
    assert json.loads(done.stdout)["added"]["track"] == 1 and not json.loads(done.stdout)["rejected"]
    assert "'Sheet', '2024'" in str(run(tmp_path / "t.xlsx", "--sheet", "x", "-y").exception)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("t.csv", "", "no table in it"),
        ("t.csv", "Rank,When\n1,2\n", "no column looks like the title or the artist among Rank, When.*--map.*--header-row"),
        ("t.json", "[1, 2]", "no table in it"),
        ("t.json", "[]", "no table in it"),
        ("t.json", '{"items": [{"x": 1}]}', "among x; name them"),
        ("t.json", "{\n oops", "expected one JSON object"),
    ],
)
def test_what_holds_no_songs_is_one_line(run: Run, tmp_path: Path, name: str, text: str, says: str) -> None:
    failed = run(written(tmp_path / name, text), "-y")
    with pytest.raises((ConfigError, SourceError), match=f"(?s){says}"):
        raise failed.exception or AssertionError(failed.output)
    assert failed.exit_code == 1 and "\n" not in str(failed.exception)


def test_an_export_goes_in_with_one_confirm(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "h.json", json.dumps([{"endTime": "x", "artistName": "Ana", "trackName": "Night Bus", "msPlayed": 1}] * 3))
    done = run(path, input="y\n")
    assert done.exit_code == 0 and "its shape is known: Spotify history" in done.output and "2 passed over" in done.output
    assert "1 track" in done.output


def test_a_mapping_of_a_column_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Track Title,Recording Artist\nNight Bus,Ana\n")
    done = run(path, "-y", "--map", "Sonng=title", "--map", "Recording Artist=artist")
    assert "no column 'Sonng'; there are: Track Title, Recording Artist" in str(done.exception)
    assert run(path, "-y").exit_code == 0
