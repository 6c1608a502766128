"""Which track a record speaks of: by identifier, else by title, artist and length; never by a name alone."""

import pytest

from songstory import intake
from songstory.errors import NotAllowed, StoreError
from songstory.matching import Known, artist_key, best, title_key
from songstory.models import Source, Track
from songstory.records import Recording, Statement
from songstory.store import Store, catalogue, finding

SOURCE = Source(key="chart", name="Chart", licence="facts")


def track(title: str, artist: str, length: int | None = None, uid: str = "t") -> Track:
    return Track(id=uid, recording=f"rec-{uid}", title=title, artist_credit=artist, length_ms=length)


def record(title: str, artist: str = "Adele", locator: str = "1", **more: object) -> Recording:
    said = (Statement(predicate="genre", value=f"{title} {locator}"[:40]),)
    return Recording(source="chart", locator=locator, title=title, artist_credit=artist, statements=said, **more)  # type: ignore[arg-type]


def known(title: str, artist: str, length: int | None = None, uid: str = "t", years: tuple[int, ...] = (), **ids: str) -> Known:
    return Known(track(title, artist, length, uid), tuple(ids.items()), years)


def asked(title: str, artist: str, *tracks: Known, **more: object) -> str:
    return best(record(title, artist, **more), tracks)[0]


SAME = [
    ("Crazy In Love", "Beyonce Featuring Jay Z", "Crazy in Love", "Beyoncé feat. JAY-Z"),
    ("Crazy in Love (feat. JAY-Z)", "Beyoncé", "Crazy In Love", "Beyoncé feat. JAY-Z"),
    ("TiK ToK", "Ke$ha", "Tik Tok", "Kesha"),
    ("So What", "P!nk", "So What", "Pink"),
    ("Private Eyes", "Daryl Hall John Oates", "Private Eyes", "Daryl Hall & John Oates"),
    ("Shining Star", "Earth Wind and Fire", "Shining Star", "Earth, Wind & Fire"),
    ("Help!", "The Beatles", "Help! (Remastered 2009)", "Beatles"),
    ("Hurt", "Cash, Johnny", "Hurt", "Johnny Cash"),
    ("Moon River", "Ben Ardo And His Orchestra", "Moon River", "Ben Ardo"),
    ("Another Brick In The Wall (Part II)", "Pink Floyd", "Another Brick in the Wall, Pt. 2", "Pink Floyd"),
    ("Livin' on a Prayer", "Bon Jovi", "Living On A Prayer", "Bon Jovi"),
    ("Escape - The Piña Colada Song", "Rupert Holmes", "Escape (The Pina Colada Song)", "Rupert Holmes"),
    ("Freak, Le", "Chic", "Le Freak", "Chic"),
    ('Lovefool (From "Romeo + Juliet")', "The Cardigans", "Lovefool", "Cardigans"),
    ("Fifty Ways", "Ana Ruiz", "50 Ways", "Ana Ruiz"),
    ("ﾗﾌﾞ", "小田和正", "ラブ", "小田和正"),
]
OTHER = [
    ("Help!", "The Beatles", "Help!", "Bananarama"),
    ("Help!", "The Beatles", "Help! (Live)", "The Beatles"),
    ("Around the World", "Daft Punk", "Around the World (Remix)", "Daft Punk"),
    ("X (Poem)", "Ana", "X", "Ana"),
    ("X (Sped Up)", "Ana", "X", "Ana"),
    ("X (en español)", "Ana", "X", "Ana"),
    ("X - VIP", "Ana", "X", "Ana"),
    ("X feat. Vika Extended Mix", "Ana", "X (feat. Vika)", "Ana"),
    ("Part 1", "Ana", "Part 2", "Ana"),
    ("I Need A Girl (Part One)", "Ana", "I Need A Girl (Part Two)", "Ana"),
    ("Hymn (1959)", "Ana", "Hymn (1954)", "Ana"),
    ("Shine On, Pt. IV", "Ana", "Shine On, Part 5", "Ana"),
    ("1999", "Prince", "1998", "Prince"),
    ("Hello", "Adele", "Yellow", "Adele"),
    ("Guitar Boogie Shuffle", "Ana", "Guitar Boogie Twist", "Ana"),
    ("Amen", "Mill Meeks Featuring Dray", "Amen", "Dray Featuring Teez Ochoa"),
    ("Happy", "Peter, Paul & Mary", "Happy", "Peter And Gordon"),
    ("Moon River", "Ben Ardo And His Orchestra", "Moon River", "Sam Kay And His Orchestra"),
    ("Macarena", "Los Del Mar", "Macarena", "Los Del Rio"),
    ("Get Back", "Bill Presley", "Get Back", "The Lanterns With Bill Presley"),
    ("???", "The Lanterns", "!!!", "The Lanterns"),
]
ASK = [
    ("X (David Foster Vers.)", "Ana", "X", "Ana", "version"),
    ("X (Money Moves)", "Ana", "X", "Ana", "note on one side only: money moves"),
    ("X (Part 1)", "Ana", "X", "Ana", "part 1 on one side only"),
    ("X (Live at Wembley)", "Ana", "X (Live)", "Ana", "version: live and live wembley"),
    ("X (Radio Edit)", "Ana", "X", "Ana", "edit and no cut"),
    ("X (Mono)", "Ana", "X (Stereo)", "Ana", "mono and stereo"),
    ("Aquarius/Let The Sunshine In", "The Five", "Let the Sunshine In", "The Five", "only a part of the other"),
    ("Bohemian Rapsody", "Ana", "Bohemian Rhapsody", "Ana", "spelled differently"),
    ("Without You", "Nilsson", "Without You", "Harry Nilsson", "named only in part"),
    ("Refugee", "Tom Petty", "Refugee", "Tom Petty & The Heartbreakers", "only the first of several"),
    ("Savage", "Ana", "Savage", "Ana feat. Bea", "guest is named on one side only"),
    ("Savage", "Ana feat. Cea", "Savage", "Ana feat. Bea", "other guests"),
    ("Amen", "Ana feat. Bea", "Amen", "Bea feat. Ana", "changed places"),
    ("Intro", "Various Artists", "Intro", "Various Artists", "no artist is named"),
]


@pytest.mark.parametrize(("title", "artist", "listed", "by"), SAME)
def test_spellings_of_one_recording_match_from_both_sides(title: str, artist: str, listed: str, by: str) -> None:
    assert asked(title, artist, known(listed, by)) == asked(listed, by, known(title, artist)) == "found"


@pytest.mark.parametrize(("title", "artist", "listed", "by"), OTHER)
def test_other_songs_versions_and_artists_do_not(title: str, artist: str, listed: str, by: str) -> None:
    assert asked(title, artist, known(listed, by)) == asked(listed, by, known(title, artist)) == "none"


@pytest.mark.parametrize(("title", "artist", "listed", "by", "why"), ASK)
def test_what_speaks_against_a_match_is_asked_and_told(title: str, artist: str, listed: str, by: str, why: str) -> None:
    where, (match,) = best(record(title, artist), [known(listed, by)])
    assert where == "ask" and why in "; ".join(match.differs) and f"title: {listed}" in match.agrees


def test_a_length_makes_good_a_slip_of_the_pen_or_a_missing_guest() -> None:
    for title, artist in [("Bohemian Rapsody", "Ana"), ("Bohemian Rhapsody", "Ana feat. Bea"), ("Bohemian Rhapsody (Radio Edit)", "Ana")]:
        listed = known("Bohemian Rhapsody", "Ana", 354_000)
        assert asked(title, artist, listed, length_ms=355_000) == "found"
        assert asked(title, artist, listed, length_ms=370_000) == "ask"


def test_the_length_tells_versions_apart() -> None:
    short, long = known("Hello", "Adele", 180_000, "short"), known("Hello", "Adele", 295_000, "long")
    where, found = best(record("Hello", "Adele", length_ms=296_000), [short, long])
    assert where == "found" and found[0].track.id == "long"
    assert [asked("Hello", "Adele", short, length_ms=ms) for ms in (186_000, 200_000, 250_000)] == ["found", "ask", "none"]


def test_years_far_apart_are_asked_about_unless_the_title_says_why() -> None:
    listed = known("Hello", "Adele", years=(1964,))
    assert asked("Hello", "Adele", listed, released="1969") == "found" and asked("Hello", "Adele", listed, released="1984-05") == "ask"
    assert asked("Hello (Remastered 2011)", "Adele", listed, released="2011") == "found"
    assert asked("Hello", "Anna Adele", listed, released="1984") == "none"  # a namesake's cousin, not a case


def test_the_version_that_a_source_says_beside_the_title_counts() -> None:
    assert asked("Hello", "Adele", known("Hello", "Adele"), version="Live") == "none"
    assert asked("Hello", "Adele", known("Hello (Live)", "Adele"), version="Live") == "found"
    assert asked("Hello", "Adele", known("Hello", "Adele"), version="2014 Remaster") == "found"


def test_a_tie_goes_to_a_person() -> None:
    assert asked("Hello", "Adele", known("Hello", "Adele", uid="a"), known("Hello", "Adele", uid="b")) == "ask"


def test_another_identifier_is_a_case_and_another_recording_where_more_differs() -> None:
    isrc, mbid = (("isrc", "GBBKS1500214"),), (("musicbrainz", "b"),)
    listed = known("Hello", "Adele", 180_000, isrc="GBBKS1500999", musicbrainz="a")
    assert asked("Hello", "Adele", listed, identifiers=isrc, length_ms=181_000) == "ask"
    assert asked("Hello", "Adele", listed, identifiers=isrc, length_ms=190_000) == "none"
    assert asked("Hello", "Adele", listed, identifiers=mbid) == "ask"
    theirs = record("Hello", "Adele", identifiers=mbid).model_copy(update={"source": "musicbrainz"})
    assert best(theirs, [listed])[0] == "none"  # MusicBrainz itself parts the two


def test_one_identifier_on_two_songs_is_asked_about() -> None:
    ids = (("isrc", "GBBKS1500214"),)
    listed = known("Hello", "Adele", 180_000, isrc="GBBKS1500214")
    assert asked("Hello!", "ADELE", listed, identifiers=ids) == asked("Hello", "", listed, identifiers=ids) == "found"
    assert asked("Yellow", "Adele", listed, identifiers=ids) == asked("Hello", "Bananarama", listed, identifiers=ids) == "ask"
    assert asked("Hello (Live)", "Adele", listed, identifiers=ids) == asked("Hello", "Adele", listed, identifiers=ids, length_ms=300_000) == "ask"
    assert asked("Hello", "アデル", listed, identifiers=ids) == "found"


def test_keys_fold_what_spelling_changes() -> None:
    assert title_key("The Tears of a Clown") == title_key("Tears Of A Clown") and artist_key("Beyoncé & JAY-Z") == artist_key(
        "Beyonce Featuring Jay Z"
    )


def tracks_of(store: Store, *records: Recording) -> int:
    intake.import_records(store, SOURCE, records)
    return catalogue.list_tracks(store).total


def test_one_isrc_on_two_songs_waits_for_a_person(any_store: Store) -> None:
    ids = (("isrc", "GBBKS1500214"),)
    assert tracks_of(any_store, record("Hello", identifiers=ids), record("Bonjour", "Adele", "2", identifiers=ids)) == 1
    (case,) = finding.open_cases(any_store)
    assert case.says == ("isrc GBBKS1500214",) and case.candidates[0].differs == ("title: 'Bonjour' and 'Hello'",)


def test_tracks_of_one_release_never_join(any_store: Store) -> None:
    assert tracks_of(any_store, record("Intro", release="Album"), record("Intro", locator="2", length_ms=9_000, release="Album")) == 2
    assert tracks_of(any_store, record("Intro", locator="3", length_ms=9_500, release="Best of")) == 2


def test_one_record_of_a_release_told_twice_is_one_track(any_store: Store) -> None:
    """A song of one album that was on a chart in two years stands in two rows of a sheet, and on one place of the album."""
    rows = [record("Hello", locator="Hello, Adele", release="25", released=year) for year in ("2015", "2016")]
    assert tracks_of(any_store, *rows) == 1


def test_a_case_shows_lengths_as_people_read_them() -> None:
    _, (match,) = best(record("Hello", "Adele", length_ms=225_000), [known("Hello", "Adele", 209_600)])
    assert match.differs == ("length: 3:45 and 3:30",)


def test_a_waiting_record_is_loaded_when_a_person_places_it(desk: Store) -> None:
    lengths = {"1": 180_000, "2": 295_000}
    intake.import_records(desk, SOURCE, [record("Hello", locator=n, length_ms=ms) for n, ms in lengths.items()])
    assert intake.import_records(desk, SOURCE, [record("Hello", locator="3")]).cases == 1
    (case,) = finding.open_cases(desk)
    with pytest.raises(NotAllowed):
        intake.decide_match(desk, case.id, "new", actor="mara")
    chosen = case.candidates[0].track.id
    intake.decide_match(desk, case.id, chosen, actor="ben")
    assert finding.open_cases(desk) == [] and len(catalogue.facts_of(desk, chosen)) == 2
    with pytest.raises(StoreError, match="no open case"):
        intake.decide_match(desk, case.id, chosen, actor="ben")
    assert intake.import_records(desk, SOURCE, [record("Hello", locator="3")]).cases == 0  # the decision holds


def test_a_decision_holds_for_that_content_alone(desk: Store) -> None:
    """The next file's third row is another song; it does not go where a person put this one's."""
    lengths = {"1": 180_000, "2": 295_000}
    intake.import_records(desk, SOURCE, [record("Hello", locator=n, length_ms=ms) for n, ms in lengths.items()])
    intake.import_records(desk, SOURCE, [record("Hello", locator="row 3")])
    (case,) = finding.open_cases(desk)
    intake.decide_match(desk, case.id, case.candidates[0].track.id, actor="ben")
    done = intake.import_records(desk, SOURCE, [record("Completely Other", "Nobody Known", "row 3"), record("Hello", released="2015")])
    assert done.added["track"] == 1 and done.cases == 1


def test_the_same_records_in_any_order_move_nothing(any_store: Store) -> None:
    records = [
        record("Hello", released="1964"), record("Hello", released="1999"), record("Hello (Part 1)"), record("Hello", "Adele feat. Bea"),
        record("Hello"), record("Hullo"),
    ]  # fmt: skip
    first = intake.import_records(any_store, SOURCE, records)
    before = {f.key for t in catalogue.track_ids(any_store) for f in catalogue.facts_of(any_store, t)}
    for again in (records[::-1], records[2:], [record("Goodbye"), *records]):
        done = intake.import_records(any_store, SOURCE, again)
        assert set(done.added) <= {"entity", "name", "track", "link", "fact"} and done.added.get("fact", 0) == (again[0].title == "Goodbye")
        assert before <= {f.key for t in catalogue.track_ids(any_store) for f in catalogue.facts_of(any_store, t)}
    assert len(finding.open_cases(any_store)) == first.cases == 4


def test_known_only_names_what_it_does_not_know(store: Store) -> None:
    done = intake.import_records(store, SOURCE, [record("Hello")], new_tracks=False)
    assert done.added.get("track") is None and "no track fits" in done.rejected[0]
