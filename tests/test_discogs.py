"""What Discogs dumps say: tracks, messy roles, ranges, name variations."""

from pathlib import Path

import pytest

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


def positions(*names: str) -> str:
    return "<tracklist>" + "".join(f"<track><position>{n}</position><title>T{i}</title></track>" for i, n in enumerate(names)) + "</tracklist>"


@pytest.mark.parametrize(
    ("order", "tracks", "places"),
    [
        ("1-1 1-2 1-3 2-1", "1-1 to 1-3", [0, 1, 2]),
        ("1-1 1-2 1-3 2-1", "1-2, 2-1", [1, 3]),
        ("1-1 1-2 1-3 2-1", "1-2-2-1", [1, 2, 3]),
        ("1-1 1-2 1-3 2-1", "1-1 - 1-2", [0, 1]),
        ("1-01 1-02 1-03", "1-1 to 1-2", [0, 1]),
        ("CD1-1 CD1-2 DVD-1", "CD1-1 to CD1-2; DVD-1", [0, 1, 2]),
        ("1 2 3 4", "1 to 2, 4", [0, 1, 3]),
        ("A1 A2 B1", "A1-A2", [0, 1]),
        ("A1 A2 B1", "A", [0, 1]),
        ("1 2a 2b 3", "2", [1, 2]),
        ("A1 A2", "C1 to C3", []),
        ("A1 A2", "Gyula", []),
        ("A1 A2", "-" * 9_000, []),
    ],
)
def test_ranges_are_followed_over_discs_and_sides(order: str, tracks: str, places: list[int]) -> None:
    assert sorted(discogs._places(tracks, order.split())) == places


def everything(tmp_path: Path, body: str) -> list[object]:
    (tmp_path / "r.xml").write_text(ROW.format(body))
    return list(discogs.parse(tmp_path / "r.xml"))


def test_a_credit_for_tracks_that_are_not_listed_is_counted(tmp_path: Path) -> None:
    assert [r for r in everything(tmp_path, credits("Producer", "C1") + TRACKS) if isinstance(r, Passed)] == [Passed("credit for tracks that the release does not list")]


FORMAT = "<formats><format><descriptions><description>{}</description></descriptions></format></formats>"


@pytest.mark.parametrize(
    ("kind", "role", "tracks", "said"),
    [
        ("Compilation", "Written-By", "", [[], []]),
        ("Mixed", "Mixed By", "", [[], []]),
        ("Compilation", "Written-By", "A2", [[], ["writer"]]),
        ("Compilation", "Music By [All Tracks By]", "", [["composer"], ["composer"]]),
        ("Album", "Written-By", "", [["writer"], ["writer"]]),
    ],
)
def test_who_is_credited_on_a_compilation_without_tracks_made_none_of_them(tmp_path: Path, kind: str, role: str, tracks: str, said: list[list[str]]) -> None:
    found = everything(tmp_path, credits(role, tracks) + TRACKS + FORMAT.format(kind))
    assert [roles(r) for r in found if isinstance(r, Recording)] == said
    assert len([r for r in found if isinstance(r, Passed)]) == (not any(said))


def test_on_a_release_of_various_the_release_says_nothing_of_a_track(tmp_path: Path) -> None:
    body = "<artists><artist><id>194</id><name>Various</name></artist></artists>" + credits("Written-By") + TRACKS
    (tmp_path / "r.xml").write_text(f"<releases><release id='9'>{body}</release></releases>")
    assert [roles(r) for r in discogs.parse(tmp_path / "r.xml") if isinstance(r, Recording)] == [[], []]


def test_a_role_that_is_not_known_is_counted_once_a_credit(tmp_path: Path) -> None:
    found = [r.why for r in everything(tmp_path, credits("Design, Engineer [Assistant]") + TRACKS) if isinstance(r, Passed)]
    assert found == ["role 'design' is not known", "role 'engineer' with a note that may take from it"]


def test_html_in_titles_and_names_is_resolved(tmp_path: Path) -> None:
    track = "<tracklist><track><position>A1</position><title>&amp;nbsp;N&lt;br&gt;</title></track><track><position>A2</position><title>&lt;COPING&gt; 3 &lt; 4</title></track></tracklist>"
    person = "<extraartists><artist><id>5</id><name>Tom &amp;amp; Ann Poe</name><role>Written-By</role></artist></extraartists>"
    first, second = release(tmp_path, person + track)
    assert (first.title, second.title) == ("N", "<COPING> 3 < 4") and first.statements[0].value == "Tom & Ann Poe"


def test_the_tracks_of_a_release_say_that_they_stand_on_it(tmp_path: Path) -> None:
    assert [r.release for r in release(tmp_path, TRACKS)] == ["release 9", "release 9"]
