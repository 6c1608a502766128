"""Which track a record speaks of: by identifier, else by title, artist and length; never by a name alone."""

import pytest

from songstory import intake
from songstory.errors import NotAllowed, StoreError
from songstory.matching import artist_key, best, same_thing, score, title_key
from songstory.models import Source, Track
from songstory.records import Recording, Statement
from songstory.store import Store, catalogue, finding

SOURCE = Source(key="chart", name="Chart", licence="facts")


def track(title: str, artist: str, length: int | None = None, uid: str = "t") -> Track:
    return Track(id=uid, recording=f"rec-{uid}", title=title, artist_credit=artist, length_ms=length)


@pytest.mark.parametrize(
    ("title", "artist", "listed", "by"),
    [
        ("Crazy In Love", "Beyonce Featuring Jay Z", "Crazy in Love", "Beyoncé feat. JAY-Z"),
        ("TiK ToK", "Ke$ha", "Tik Tok", "Kesha"),
        ("Private Eyes", "Daryl Hall John Oates", "Private Eyes", "Daryl Hall & John Oates"),
        ("Sherry", "The 4 Seasons", "Sherry", "Frankie Valli & the Four Seasons"),
        ("Help!", "The Beatles", "Help! (Remastered 2009)", "Beatles"),
        ("Bodak Yellow (Money Moves)", "Cardi B", "Bodak Yellow", "Cardi B"),
        ("Another Brick In The Wall (Part II)", "Pink Floyd", "Another Brick in the Wall, Pt. 2", "Pink Floyd"),
        ("Aquarius/Let The Sunshine In", "The 5th Dimension", "Aquarius", "The 5th Dimension"),
    ],
)
def test_spellings_of_one_recording_match(title: str, artist: str, listed: str, by: str) -> None:
    assert best(title, artist, None, [track(listed, by)])[0] == "found"


@pytest.mark.parametrize(
    ("title", "artist", "listed", "by"),
    [
        ("Help!", "The Beatles", "Help!", "Bananarama"),
        ("Help!", "The Beatles", "Help! (Live)", "The Beatles"),
        ("Around the World", "Daft Punk", "Around the World (Remix)", "Daft Punk"),
        ("Part 1", "Ana", "Part 2", "Ana"),
        ("Shine On, Pt. IV", "Ana", "Shine On, Part 5", "Ana"),
        ("1999", "Prince", "1998", "Prince"),
        ("Hello", "Adele", "Yellow", "Adele"),
    ],
)
def test_other_songs_versions_and_artists_do_not(title: str, artist: str, listed: str, by: str) -> None:
    assert best(title, artist, None, [track(listed, by)]) == ("none", [])


def test_the_length_tells_versions_apart() -> None:
    short, long = track("Hello", "Adele", 180_000, "short"), track("Hello", "Adele", 295_000, "long")
    where, found = best("Hello", "Adele", 296_000, [short, long])
    assert where == "found" and found[0].track.id == "long"
    assert score("Hello", "Adele", 240_000, short) == 0.0


def test_a_tie_goes_to_a_person() -> None:
    assert best("Hello", "Adele", None, [track("Hello", "Adele", uid="a"), track("Hello", "Adele", uid="b")])[0] == "ask"


def test_another_mbid_is_another_recording_and_a_shared_isrc_the_same() -> None:
    assert same_thing([("musicbrainz", "a")], [("musicbrainz", "b")]) is False
    assert same_thing([("isrc", "x"), ("musicbrainz", "a")], [("isrc", "x")]) is True
    assert same_thing([("isrc", "x")], [("isrc", "y")]) is None


def test_keys_fold_what_spelling_changes() -> None:
    assert title_key("The Tears of a Clown") == title_key("Tears Of A Clown") and artist_key("Beyoncé & JAY-Z") == artist_key(
        "Beyonce Featuring Jay Z"
    )


def record(title: str, artist: str = "Adele", locator: str = "1", **more: object) -> Recording:
    said = (Statement(predicate="tempo", value=79),)
    return Recording(source="chart", locator=locator, title=title, artist_credit=artist, statements=said, **more)  # type: ignore[arg-type]


def test_a_record_finds_its_track_by_isrc_whatever_its_title(any_store: Store) -> None:
    intake.import_records(any_store, SOURCE, [record("Hello", identifiers=(("isrc", "GBBKS1500214"),))])
    intake.import_records(any_store, SOURCE, [record("Bonjour", "A", "2", identifiers=(("isrc", "GBBKS1500214"),))])
    assert catalogue.list_tracks(any_store).total == 1


def test_a_waiting_record_is_loaded_when_a_person_places_it(desk: Store) -> None:
    lengths = {"1": 180_000, "2": 295_000}
    intake.import_records(desk, SOURCE, [record("Hello", locator=n, length_ms=ms) for n, ms in lengths.items()])
    assert intake.import_records(desk, SOURCE, [record("Hello", locator="3")]).cases == 1
    (case,) = finding.open_cases(desk)
    with pytest.raises(NotAllowed):
        intake.decide_match(desk, case.id, "new", actor="mara")
    chosen = case.candidates[0].track.id
    intake.decide_match(desk, case.id, chosen, actor="ben")
    assert finding.open_cases(desk) == [] and len(catalogue.facts_of(desk, chosen)) == 1
    with pytest.raises(StoreError, match="no open case"):
        intake.decide_match(desk, case.id, chosen, actor="ben")
    assert intake.import_records(desk, SOURCE, [record("Hello", locator="3")]).cases == 0  # the decision holds


def test_known_only_names_what_it_does_not_know(store: Store) -> None:
    done = intake.import_records(store, SOURCE, [record("Hello")], new_tracks=False)
    assert done.added.get("track") is None and "no track fits" in done.rejected[0]
