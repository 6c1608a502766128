"""What Discogs dumps say: tracks, messy roles, ranges, name variations."""

from pathlib import Path

from songstory.errors import BadRecord
from songstory.records import Passed, Recording
from songstory.sources import discogs, xml

DATA = Path(__file__).parent / "data" / "discogs"
ROW = "<releases><release id='9'><title>Tidal</title><artists><artist><id>1</id><name>Mothlight (2)</name></artist></artists>{}</release></releases>"


def release(tmp_path: Path, body: str) -> list[Recording]:
    path = tmp_path / "r.xml"
    path.write_text(ROW.format(body))
    return [r for r in discogs.parse(path) if isinstance(r, Recording)]


def credits(role: str, tracks: str = "") -> str:
    return f"<extraartists><artist><id>5</id><name>Ana Okafor</name><anv>A. Okafor</anv><role>{role}</role><tracks>{tracks}</tracks></artist></extraartists>"


TRACKS = "<tracklist><track><position>A1</position><title>One</title></track><track><position>A2</position><title>Two</title><duration>3:05</duration></track></tracklist>"


def roles(recording: Recording) -> list[str]:
    return [s.predicate for s in recording.statements if s.object and s.predicate != "label"]


def test_the_genuine_releases_give_their_tracks_and_headings_are_none() -> None:
    found = [r for r in discogs.parse(DATA / "releases.xml") if isinstance(r, Recording)]
    assert "1984" not in {r.title for r in found} and {"Östermalm", "Blues For L.W.", "Adagio"} <= {r.title for r in found}


def test_the_name_variation_is_kept_and_the_namesake_number_is_not(tmp_path: Path) -> None:
    first, second = release(tmp_path, credits("Written-By") + TRACKS)
    assert first.artist_credit == "Mothlight" and first.statements[0].credited_as == "A. Okafor" and second.length_ms == 185_000


def test_a_range_of_tracks_is_followed(tmp_path: Path) -> None:
    assert [roles(r) for r in release(tmp_path, credits("Producer", "A2") + TRACKS)] == [[], ["producer"]]
    assert [roles(r) for r in release(tmp_path, credits("Producer", "A1 to A2") + TRACKS)] == [["producer"], ["producer"]]


def test_a_note_we_do_not_know_takes_the_role_away(tmp_path: Path) -> None:
    for role, expected in {
        "Producer [Additional]": ["additional_producer"],
        "Engineer [Assistant]": [],
        "Music By [All Tracks By]": ["composer"],
        "Producer, Mixed By": ["producer", "mixer"],
        "Photography By": [],
    }.items():
        assert roles(release(tmp_path, credits(role, "A1") + TRACKS)[0]) == expected


def test_a_guest_of_the_release_is_no_guest_of_every_track(tmp_path: Path) -> None:
    assert roles(release(tmp_path, credits("Guitar") + TRACKS)[0]) == []


def test_artists_give_their_names_and_masters_are_counted() -> None:
    (artist,) = discogs.parse(DATA / "artist.xml")
    assert artist.identifiers["discogs"]  # type: ignore[union-attr]
    assert isinstance(next(discogs.parse(DATA / "master.xml")), Passed)


def test_what_came_before_a_cut_is_good(tmp_path: Path) -> None:
    whole = ROW.format(TRACKS)
    path = tmp_path / "cut.xml"
    path.write_text(whole.replace("</releases>", "<release id='10'><title>Cut"))
    found = list(discogs.parse(path))
    assert len([r for r in found if isinstance(r, Recording)]) == 2
    assert isinstance(found[-1], BadRecord) and "well-formed" in str(found[-1])


def test_nesting_and_endless_records_are_refused(tmp_path: Path, monkeypatch: object) -> None:
    path = tmp_path / "deep.xml"
    path.write_text("<releases>" + "<a>" * 5_000)
    assert "nested deeper" in str(next(xml.records(path, discogs.TAGS)))
