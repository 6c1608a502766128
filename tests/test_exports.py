"""The exports of services go in as they are: known by their keys, each song once, what is no song passed over with its reason."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_parsers_fuzz import ODD, PATIENT, places, replaced

from songstory import importing
from songstory.errors import BadRecord, SongstoryError
from songstory.models import Source
from songstory.records import Passed, Recording
from songstory.sources import exports, looks, tables
from songstory.store import Store, catalogue

DESK = Source(key="desk", name="desk", licence="house")
MBID, ISRC, SPOTIFY = "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae", "GBAYE8200014", "4uLU6hMCjMI75M1A2tKUQC"
URI = f"spotify:track:{SPOTIFY}"


def listen(title: str, **info: Any) -> dict[str, Any]:
    more = {"track_name": title, "artist_name": "Ana Okafor", "release_name": "Harbour", "additional_info": info}
    return {"listened_at": 1700000000, "user_name": "x", "recording_msid": "m", "track_metadata": more}


def played(title: str | None, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("episode_name", "episode_show_name", "spotify_episode_uri", "audiobook_title", "audiobook_chapter_uri"))
    names = {"master_metadata_track_name": title, "master_metadata_album_artist_name": title and "Ana Okafor", "master_metadata_album_album_name": title and "Harbour"}
    return {"ts": "2023-01-01T00:00:00Z", "ms_played": 1000, "ip_addr": "1.2.3.4", **names, "spotify_track_uri": title and URI, **empty, **more}


def track(title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": SPOTIFY, "name": title, "type": "track", "uri": URI, "duration_ms": 9500, "artists": [{"name": "Ana Okafor"}, {"name": "Ben"}],
        "album": {"name": "Harbour", "album_type": "album", "release_date": "2021-05", "artists": [{"name": "Ana Okafor"}]}, "external_ids": {"isrc": ISRC}, **more,
    }  # fmt: skip


def itunes(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "wrapperType": "track", "kind": kind, "trackId": 1440, "artistName": "Ana Okafor", "trackName": "Night Bus", "collectionName": "Harbour",
        "trackTimeMillis": 225400, "releaseDate": "2021-05-11T07:00:00Z", **more,
    }  # fmt: skip


def deezer(**more: Any) -> dict[str, Any]:
    return {
        "id": 31, "title": "Night Bus", "duration": 225, "rank": 5, "isrc": ISRC, "type": "track",
        "artist": {"id": 1, "name": "Ana Okafor"}, "album": {"id": 2, "title": "Harbour"}, **more,
    }  # fmt: skip


def brainz(**more: Any) -> dict[str, Any]:
    credit = [{"name": "Ana Okafor", "joinphrase": " feat. ", "artist": {"name": "Ana"}}, {"name": "Ben", "artist": {"name": "B"}}]
    return {"id": MBID, "score": 100, "title": "Night Bus", "length": 225400, "artist-credit": credit, "isrcs": [ISRC, "GBAYE8200015"], "first-release-date": "2021", **more}


SPOTIFY_IDS = {("isrc", ISRC), ("spotify", SPOTIFY)}
CASES: dict[str, tuple[Any, dict[str, Any], dict[str, int]]] = {
    "listens": (
        {"payload": {"count": 3, "listens": [listen("Night Bus", isrc=ISRC, duration_ms=9500, spotify_id=f"https://open.spotify.com/track/{SPOTIFY}", recording_mbid=MBID)] * 3}},
        {"length_ms": 10_000, "ids": {*SPOTIFY_IDS, ("musicbrainz", MBID)}, "album": "Harbour"}, {exports.AGAIN: 2},
    ),
    "dump lines": ([listen("Night Bus", duration=225)] * 2, {"length_ms": 225_000, "album": "Harbour"}, {exports.AGAIN: 1}),
    "library": (
        {"tracks": [{"artist": "Ana Okafor", "album": "Harbour", "track": "Night Bus", "uri": URI}], "albums": [{"artist": "a", "album": "b", "uri": "c"}],
         "shows": [], "episodes": [{"name": "e", "show": "s", "uri": "u"}] * 2, "artists": [{"name": "x", "uri": "y"}], "bannedTracks": []},
        {"ids": {("spotify", SPOTIFY)}, "album": "Harbour"}, {exports.EPISODE: 2, "an album": 1, "an artist": 1},
    ),
    "playlists": (
        {"playlists": [{"name": "p", "items": [
            {"track": {"trackName": "Night Bus", "artistName": "Ana Okafor", "albumName": "Harbour", "trackUri": URI}, "episode": None, "localTrack": None},
            {"track": None, "episode": {"episodeName": "e", "showName": "s"}, "localTrack": None},
        ]}]},
        {"ids": {("spotify", SPOTIFY)}, "album": "Harbour"}, {exports.EPISODE: 1},
    ),
    "history": ([{"endTime": "2022-12-05 16:52", "artistName": "Ana Okafor", "trackName": "Night Bus", "msPlayed": n} for n in (1, 2)], {}, {exports.AGAIN: 1}),
    "extended": (
        [played(None, episode_name="e", spotify_episode_uri="spotify:episode:1"), played("Night Bus"), played("Night Bus", ms_played=3),
         played(None, audiobook_title="b", audiobook_chapter_uri="c"), played(None)],
        {"ids": {("spotify", SPOTIFY)}, "album": "Harbour"}, {exports.EPISODE: 1, exports.AGAIN: 1, exports.BOOK: 1, exports.NAMELESS: 1},
    ),
    "saved": (
        {"href": "h", "items": [{"added_at": "x", "track": track("Night Bus")}, {"track": None}, {"track": track("e", type="episode", artists=[])}], "total": 3},
        {"artist": "Ana Okafor, Ben", "length_ms": 10_000, "ids": SPOTIFY_IDS, "album": "Harbour", "released": "2021-05"}, {exports.NAMELESS: 1, exports.EPISODE: 1},
    ),
    "playlist": (
        {"name": "p", "owner": {"id": "o"}, "tracks": {"items": [{"track": track("Night Bus", album={"name": "Now", "album_type": "compilation", "release_date": "2024"})}]}},
        {"artist": "Ana Okafor, Ben", "length_ms": 10_000, "ids": SPOTIFY_IDS, "album": "Now", "released": ""}, {},
    ),
    "new playlist": ({"name": "p", "items": {"items": [{"item": track("Night Bus")}]}}, {"artist": "Ana Okafor, Ben", "ids": SPOTIFY_IDS, "length_ms": 10_000, "album": "Harbour", "released": "2021-05"}, {}),
    "tracks": ({"tracks": [track("Night Bus", id=None, uri="spotify:local:x")]}, {"artist": "Ana Okafor, Ben", "ids": {("isrc", ISRC)}, "length_ms": 10_000, "album": "Harbour", "released": "2021-05"}, {}),
    "itunes": (
        {"resultCount": 5, "results": [itunes("podcast"), itunes("song"), itunes("music-video"), itunes("feature-movie"), {"wrapperType": "audiobook", "artistName": "x", "collectionName": "y"}]},
        {"length_ms": 225_000, "ids": {("apple", "1440")}, "album": "Harbour", "released": "2021-05-11"}, {exports.EPISODE: 1, exports.VIDEO: 2, exports.BOOK: 1},
    ),
    "apple music": (
        {"data": [{"id": "9", "type": "songs", "attributes": {"name": "Night Bus", "artistName": "Ana Okafor", "albumName": "Harbour", "durationInMillis": 225400, "isrc": ISRC}}]},
        {"length_ms": 225_000, "ids": {("isrc", ISRC), ("apple", "9")}, "album": "Harbour"}, {},
    ),
    "deezer playlist": ({"id": 1, "title": "p", "creator": {"name": "c"}, "tracks": {"data": [deezer()]}}, {"length_ms": 225_000, "ids": {("isrc", ISRC), ("deezer", "31")}, "album": "Harbour"}, {}),
    "deezer search": ({"data": [deezer(isrc=None)], "total": 1}, {"length_ms": 225_000, "ids": {("deezer", "31")}, "album": "Harbour"}, {}),
    "deezer track": (deezer(release_date="0000-00-00", contributors=[{"name": "x", "id": 1}]), {"length_ms": 225_000, "ids": {("isrc", ISRC), ("deezer", "31")}, "album": "Harbour"}, {}),
    "musicbrainz": (
        {"created": "x", "count": 2, "recordings": [brainz(), brainz(video=True)]},
        {"artist": "Ana Okafor feat. Ben", "length_ms": 225_000, "ids": {("musicbrainz", MBID), ("isrc", ISRC)}, "released": "2021"}, {exports.VIDEO: 1},
    ),
}  # fmt: skip


def read(path: Path) -> list[Recording | Passed | BadRecord]:
    look = looks.look(path)
    assert look.remarks and look.remarks[0].startswith("its shape is known")
    return list(tables.parse(path, DESK, look.mapping, look.layout))


@pytest.mark.parametrize("form", ["pretty", "one line", "lines"])
@pytest.mark.parametrize("name", CASES)
def test_an_export_says_its_songs_and_why_the_rest_is_passed_over(tmp_path: Path, name: str, form: str) -> None:
    value, says, passed = CASES[name]
    if form == "lines" and not isinstance(value, list):
        pytest.skip("a document")
    path = tmp_path / "t.json"
    path.write_text("\n".join(map(json.dumps, value)) if form == "lines" else json.dumps(value, indent=2 if form == "pretty" else None))
    assert not importing.is_catalogue(path)
    found = read(path)
    (song,) = [r for r in found if not isinstance(r, Passed)]
    assert isinstance(song, Recording), song
    assert (song.title, song.artist_credit) == ("Night Bus", says.get("artist", "Ana Okafor"))
    assert (song.length_ms, song.released, set(song.identifiers)) == (says.get("length_ms"), says.get("released", ""), says.get("ids", set()))
    assert [s.value for s in song.statements if s.predicate == "track_on"] == ([says["album"]] if "album" in says else [])
    assert Counter(r.why for r in found if isinstance(r, Passed)) == passed


def test_an_isrc_search_is_known_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "isrc.csv"
    path.write_text("Artist,Track Title,Version,ISRC,Duration,Release Name\nAna,Night Bus,Live,GB-AYE-82-00014,3:50,Harbour\n")
    assert exports.columns(["Artist", "Track Title", "Recording Version", "ISRC"])["Recording Version"] == "version"
    assert exports.columns(["Artist", "Track Title", "ISRC"]) == {}
    look = looks.look(path)
    (song,) = tables.parse(path, DESK, look.mapping, look.layout)
    assert isinstance(song, Recording) and song.identifiers == (("isrc", ISRC),) and song.length_ms == 230_000


def test_a_history_makes_one_track_of_many_plays(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "Streaming_History_Audio_2023.json"
    path.write_text(json.dumps([played("Night Bus"), played("Night Bus"), played(None, episode_name="e")]))
    done = importing.import_table(store, path, source="listener")
    assert done.added["track"] == 1 and not done.rejected and done.passed == {exports.AGAIN: 1, exports.EPISODE: 1}
    assert [t.title for t in catalogue.list_tracks(store).items] == ["Night Bus"]
    assert not [f for f in catalogue.facts_of(store, catalogue.track_ids(store)[0]) if "1.2.3.4" in str(f)]


@pytest.mark.parametrize("name", CASES)
@PATIENT
@given(data=st.data())
def test_an_export_with_odd_parts_is_read_or_named(tmp_path: Path, name: str, data: st.DataObject) -> None:
    value = CASES[name][0]
    for _ in range(2):
        value = replaced(value, data.draw(st.sampled_from(list(places(value))[:200])), data.draw(ODD))
    path = tmp_path / "t.json"
    path.write_text(json.dumps(value))
    try:
        look = looks.look(path)
        assert all(str(r) for r in tables.parse(path, DESK, look.mapping, look.layout))
    except SongstoryError as error:
        assert "\n" not in str(error)


def test_what_a_service_writes_where_it_knows_nothing_is_no_song(tmp_path: Path) -> None:
    plays = [(t, a) for t in ("Unknown Track", "Night Bus") for a in ("Unknown Artist", "Ana Okafor", "Various Artists")]
    history = [{"endTime": "2024-01-01 10:00", "msPlayed": 1, "trackName": t, "artistName": a} for t, a in plays]
    brainz_says = [brainz(title="[silence]"), brainz(title="[data track]"), brainz(title="[untitled]")]
    found = []
    for name, value in (("h", history), ("m", {"recordings": brainz_says})):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
        found += read(tmp_path / f"{name}.json")
    titles = [r.title for r in found if isinstance(r, Recording)]
    assert titles == ["Unknown Track", "Night Bus", "Night Bus", "[untitled]"]
    assert Counter(r.why for r in found if isinstance(r, Passed)) == {exports.NAMELESS: 3, exports.NOBODY: 2}


def test_what_a_listener_hides_is_no_second_list_of_songs(tmp_path: Path) -> None:
    entry = {"artist": "Ana Okafor", "album": "Harbour", "track": "Night Bus", "uri": URI}
    path = tmp_path / "library.json"
    path.write_text(json.dumps({"tracks": [entry], "bannedTracks": [{**entry, "track": "Low Tide"}], "bannedArtists": []}))
    song, hidden = read(path)
    assert isinstance(song, Recording) and song.title == "Night Bus" and hidden == Passed(exports.BANNED)
