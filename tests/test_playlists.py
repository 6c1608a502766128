"""Lists of songs in each form name the known tracks; they make none, state nothing, and name what they do not know."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_parsers_fuzz import PATIENT
from typer.testing import CliRunner

import songstory as ss
from songstory import known_tracks
from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import BadRecord, SongstoryError
from songstory.records import Passed, Recording
from songstory.sources import playlists
from songstory.store import Store, catalogue

MBID, ISRC = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae", "GBAYE8200014"
M3U = """#EXTM3U
#EXTINF:225,Ana Okafor - Night Bus
music/01 - Night Bus.mp3
#EXTINF:-1 tvg-id="a,b" group-title="x",Ida Berg - Blue Hour - Live
http://radio.example/blue.mp3?x=1
#EXTINF:12.5,Low Tide

#EXTART:Cara Lind
low.mp3
#EXTINF:7,Solo
solo.mp3
C:\\Music\\02. Tom Poe - Own Name.flac
file:///music/Tom%20Poe%20-%20Far_Away.mp3
track.mp3
music/01 - Night Bus.mp3
#EXTINF:225,Ana Okafor - Night Bus
again.mp3
"""
XSPF = f"""<?xml version="1.0"?><playlist version="1" xmlns="http://xspf.org/ns/0/"><title>p</title><trackList>
<track><title>Night Bus</title><creator>Ana Okafor</creator><duration>225000</duration><identifier>https://musicbrainz.org/recording/{MBID}</identifier></track>
<track><location>x.mp3</location></track></trackList></playlist>"""
JSPF = {"playlist": {"title": "p", "creator": "c", "track": [
    {"title": "Night Bus", "creator": "Ana Okafor", "duration": 225000, "identifier": [f"https://musicbrainz.org/recording/{MBID}"]},
    {"title": "Low Tide", "creator": "Cara", "identifier": "isrc:" + ISRC}, {"creator": "x"}, {"title": "Odd", "identifier": 7, "duration": "x"},
]}}  # fmt: skip
CUE = f"""REM GENRE Pop
PERFORMER "Ana Okafor"
TITLE "Harbour"
FILE "harbour.wav" WAVE
  TRACK 01 AUDIO
    TITLE "Night Bus"
    ISRC {ISRC}
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Low Tide"
    PERFORMER "Ana Okafor & Ben"
    INDEX 00 03:44:00
    INDEX 01 03:45:00
  TRACK 03 AUDIO
    INDEX 01 05:00:37
FILE "data.bin" BINARY
  TRACK 04 MODE1/2352
    TITLE "Data"
"""


def read(tmp_path: Path, name: str, text: str | bytes) -> list[tuple[str, str, int | None] | str]:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    assert playlists.is_list(path)
    found = list(playlists.parse(path, "list"))
    assert not [r for r in found if isinstance(r, Recording) and r.statements]
    return [
        (r.artist_credit, r.title, r.length_ms) if isinstance(r, Recording) else r.why if isinstance(r, Passed) else str(r) for r in found
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_m3u_names_the_artist_before_the_dash(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "l.m3u8", M3U.encode(encoding))
    assert found[:6] == [
        ("Ana Okafor", "Night Bus", 225_000), ("Ida Berg", "Blue Hour - Live", None), ("Cara Lind", "Low Tide", 12_500), ("", "Solo", 7_000),
        ("Tom Poe", "Own Name", None), ("Tom Poe", "Far Away", None),
    ]  # fmt: skip
    assert "l.m3u8:14: entry: expected #EXTINF:seconds,Artist - Title before it, found 'track'" in found[6]
    assert "found 'Night Bus'" in found[7] and found[8:] == [playlists.TWICE]


def test_a_list_of_old_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, "l.m3u", "#EXTINF:1,Björk – Jóga\nx.mp3\n".encode("cp1252")) == [("Björk", "Jóga", 1_000)]


@pytest.mark.parametrize(("name", "text"), [("l.xspf", XSPF), ("l.jspf", json.dumps(JSPF)), ("l.json", json.dumps(JSPF, indent=1))])
def test_xspf_and_jspf_name_title_creator_and_recording(tmp_path: Path, name: str, text: str) -> None:
    found = read(tmp_path, name, text)
    assert found[0] == ("Ana Okafor", "Night Bus", 225_000) and sum("expected the song's title" in str(f) for f in found) == 1
    records = [r for r in playlists.parse(tmp_path / name, "list") if isinstance(r, Recording)]
    assert records[0].identifiers == (("musicbrainz", MBID),)
    assert name == "l.xspf" or records[1].identifiers == (("isrc", ISRC),)


def test_a_cue_sheet_knows_how_long_its_tracks_are(tmp_path: Path) -> None:
    found = read(tmp_path, "l.cue", CUE)
    assert found[:2] == [("Ana Okafor", "Night Bus", 225_000), ("Ana Okafor & Ben", "Low Tide", 75_493)]
    assert found[2:] == ["l.cue:14: title: expected the track's title, found none", "a track of data"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("l.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nseg1.ts\n", "HLS"),
        ("l.xspf", '<!DOCTYPE x [<!ENTITY a "b">]><playlist/>', "document types are not read"),
        ("l.xspf", "<playlist><track>", "well-formed"),
        ("l.jspf", '{"playlist": {"track": []}}', "expected an object with a list of tracks"),
        ("l.jspf", "{", "expected one JSON object"),
        ("l.cue", "hello", "expected TRACK 01"),
    ],
)
def test_what_is_no_list_is_one_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    try:
        (found,) = read(tmp_path, name, text)
    except SongstoryError as error:
        found = str(error)
    assert says in str(found) and name in str(found)


@pytest.mark.parametrize("name", ["l.m3u", "l.xspf", "l.jspf", "l.cue"])
@PATIENT
@given(data=st.data())
def test_a_garbled_list_is_read_or_named(tmp_path: Path, name: str, data: st.DataObject) -> None:
    body = bytearray({"l.m3u": M3U, "l.xspf": XSPF, "l.jspf": json.dumps(JSPF), "l.cue": CUE}[name].encode())
    for _ in range(data.draw(st.integers(0, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    (tmp_path / name).write_bytes(bytes(body[: data.draw(st.integers(0, len(body)))]))
    try:
        assert all(isinstance(r, Recording | Passed | BadRecord) for r in playlists.parse(tmp_path / name, "list"))
    except SongstoryError as error:
        assert "\n" not in str(error)


def test_a_list_is_placed_on_known_tracks_and_makes_none(desk: Store, tmp_path: Path) -> None:
    path = tmp_path / "l.m3u"
    path.write_text("#EXTINF:225,Peter Gabriel - Sledgehammer\na.mp3\n#EXTINF:9,Nobody Known - Not Here\nb.mp3\n")
    before, facts = catalogue.track_ids(desk), catalogue.facts_of(desk, "sledgehammer")
    done = known_tracks.import_list(desk, path, source="list")
    assert catalogue.track_ids(desk) == before and catalogue.facts_of(desk, "sledgehammer") == facts
    assert len(done.rejected) == 1 and "no track fits 'Not Here' by 'Nobody Known'" in done.rejected[0]
    assert known_tracks.import_list(desk, path, source="list", new_tracks=True).added["track"] == 1


def test_the_command_places_a_list_unless_new_tracks_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'cli.db'}")
    settings.cache_clear()
    runner, path = CliRunner(), tmp_path / "l.m3u"
    path.write_text("#EXTINF:9,Nobody Known - Not Here\nb.mp3\n")
    runner.invoke(app, ["init"])
    known = runner.invoke(app, ["import", "files", str(path)])
    assert known.exit_code == 1 and "no track fits" in known.output
    assert json.loads(runner.invoke(app, ["import", "files", str(path), "--new-tracks", "--json"]).stdout)["added"]["track"] == 1
    settings.cache_clear()


def test_the_public_name_is_untouched(lines: Path, store: Store) -> None:
    assert ss.import_file(store, lines).added["track"] == 2 and not playlists.is_list(lines)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("l.cue", 'TRACK 01 AUDIO\nTITLE "The ""Pier"" Song"\nPERFORMER "Ana"', [("Ana", 'The "Pier" Song', None)]),
        ("l.cue", 'TRACK 01 AUDIO\nTITLE "The "Pier" Song"\nPERFORMER "Ana"', [("Ana", 'The "Pier" Song', None)]),
        ("l.m3u8", "#EXTINF:-1,Pier Radio\nhttps://pier.example/live\n", [playlists.STREAM]),
        ("l.m3u8", "#EXTINF:-1,Ana - Low Tide\nhttps://pier.example/7\n", [("Ana", "Low Tide", None)]),
        ("l.jspf", '{"playlist": {"track": [{"title": "Low Tide", "creator": "Ana", "duration": 212}]}}', [playlists.SHORT, ("Ana", "Low Tide", None)]),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_read_or_named(tmp_path: Path, name: str, text: str, said: list[object]) -> None:
    assert read(tmp_path, name, text) == said
