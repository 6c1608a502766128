"""A folder of audio files is a table of their tags, in each of the forms in which tags are written."""

import json
import sys
from pathlib import Path

import pytest
from audio import flac, mp3, mp4, ogg
from hypothesis import given
from hypothesis import strategies as st
from test_parsers_fuzz import PATIENT
from typer.testing import CliRunner

from songstory import importing
from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import BadRecord, ConfigError
from songstory.models import Source
from songstory.records import Recording
from songstory.sources import looks, tables, tags
from songstory.store import Store, catalogue

DESK = Source(key="desk", name="desk", licence="house")
ISRC, MBID = "GBAYE8200014", "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"
VORBIS = {
    "TITLE": ["Night Bus"], "ARTIST": ["Ana Okafor"], "ALBUM": ["Harbour"], "ISRC": [ISRC], "MUSICBRAINZ_TRACKID": [MBID], "DATE": ["2021-05-11"],
    "COMPOSER": ["Ben Quill", "Cara Lind"], "PRODUCER": ["Jonas Brandt"], "LABEL": ["Quay"], "MUSICBRAINZ_RELEASETRACKID": [MBID[::-1]],
}  # fmt: skip
ID3 = {
    "TIT2": ["Night Bus"], "TPE1": ["Ana Okafor"], "TALB": ["Harbour"], "TSRC": [ISRC], "TDRC": ["2021-05-11"], "TCOM": ["Ben Quill", "Cara Lind"],
    "TPUB": ["Quay"],
}  # fmt: skip
ATOMS = {"\xa9nam": ["Night Bus"], "\xa9ART": ["Ana Okafor"], "\xa9alb": ["Harbour"], "\xa9day": ["2021-05-11"], "\xa9wrt": ["Ben Quill; Cara Lind"]}
FILES = {
    "a.mp3": mp3(ID3, {"PRODUCER": ["Jonas Brandt"]}, ufid=MBID),
    "b.mp3": mp3({**ID3, "TIPL": ["producer", "Jonas Brandt"]}, {"MusicBrainz Track Id": [MBID]}),
    "c.flac": flac(VORBIS),
    "d.ogg": ogg(VORBIS),
    "e.m4a": mp4(ATOMS, {"ISRC": [ISRC], "MusicBrainz Track Id": [MBID], "PRODUCER": ["Jonas Brandt"], "LABEL": ["Quay"]}),
}


def read(folder: Path) -> list[Recording | BadRecord]:
    look = looks.look(folder)
    return list(tables.parse(folder, DESK, look.mapping, look.layout))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FILES)
def test_the_tags_of_a_file_say_who_made_the_song(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    (song,) = read(tmp_path)
    assert isinstance(song, Recording), song
    assert (song.title, song.artist_credit, song.released, song.length_ms) == ("Night Bus", "Ana Okafor", "2021-05-11", 2_000)
    assert set(song.identifiers) == {("isrc", ISRC), ("musicbrainz", MBID)}
    said = {p: [s.value for s in song.statements if s.predicate == p] for p in ("composer", "producer", "label", "track_on")}
    assert said == {"composer": ["Ben Quill", "Cara Lind"], "producer": ["Jonas Brandt"], "label": ["Quay"], "track_on": ["Harbour"]}


def test_files_are_read_below_a_folder_and_those_without_a_title_are_named(tmp_path: Path) -> None:
    (tmp_path / "cd 1").mkdir()
    (tmp_path / "cd 1" / "x.flac").write_bytes(flac({"TITLE": ["A"], "ALBUMARTIST": ["Ana"], "DATE": ["2024"], "ORIGINALDATE": ["1999"]}))
    (tmp_path / "none.flac").write_bytes(flac({"ARTIST": ["Ana"]}))
    (tmp_path / "who.flac").write_bytes(flac({"TITLE": ["B"]}))
    (tmp_path / "cut.m4a").write_bytes(mp4(ATOMS)[:60])
    (tmp_path / "._hidden.mp3").write_bytes(b"x")
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "link.mp3").symlink_to(tmp_path / "who.flac")
    song, *bad = sorted(read(tmp_path), key=lambda r: isinstance(r, BadRecord))
    assert isinstance(song, Recording) and (song.title, song.artist_credit, song.released) == ("A", "Ana", "1999")
    assert sorted(str(b).split(":")[0] for b in bad) == ["cut.m4a", "none.flac", "who.flac"]
    assert any("none.flac:1: title: expected a tag with the song's title, found none" in str(b) for b in bad)


def test_a_folder_goes_into_the_store_once(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    for name in ("a.mp3", "c.flac"):
        (folder / name).write_bytes(FILES[name])
    assert importing.import_table(store, folder, source="shelf").added["track"] == 1
    assert importing.import_table(store, folder, source="shelf").added == {}
    assert "producer" in {f.predicate for f in catalogue.facts_of(store, catalogue.track_ids(store)[0])}


def test_the_command_takes_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'cli.db'}")
    settings.cache_clear()
    folder = tmp_path / "music"
    folder.mkdir()
    (folder / "a.mp3").write_bytes(FILES["a.mp3"])
    CliRunner().invoke(app, ["init"])
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(app, ["import", "files", ".", "--json"])
    settings.cache_clear()
    assert done.exit_code == 0 and json.loads(done.stdout)["added"]["track"] == 1


def test_a_folder_without_audio_or_without_tinytag_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="no audio files"):
        read(tmp_path)
    (tmp_path / "a.mp3").write_bytes(FILES["a.mp3"])
    monkeypatch.setitem(sys.modules, "tinytag", None)
    with pytest.raises(ConfigError, match=r"songstory\[tags\]"):
        read(tmp_path)


@pytest.mark.parametrize("name", FILES)
@PATIENT
@given(data=st.data())
def test_a_garbled_file_is_read_or_named(tmp_path: Path, name: str, data: st.DataObject) -> None:
    body = bytearray(FILES[name][:2_000])
    for _ in range(data.draw(st.integers(0, 4))):
        body[data.draw(st.integers(0, min(len(body), 600) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / name).write_bytes(bytes(body[: data.draw(st.integers(0, len(body)))]))
    found = tags.read(tmp_path / name, name)
    assert isinstance(found, dict) or str(found).startswith(f"{name}:1: tags: ")
