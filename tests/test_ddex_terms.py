"""What DDEX messages share: roles, instruments, titles and versions, sessions."""

from collections import Counter
from xml.etree.ElementTree import fromstring

import pytest

from songstory.records import Passed, Statement
from songstory.sources import ddex_terms as terms
from songstory.sources.shapes import entity

ANA = entity("a", "artist", "Ana Okafor")


def did(*roles: str, on: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    said = [s for s in terms.hands(ANA, roles, on, {}) if isinstance(s, Statement)]
    return [(s.predicate, str(next(iter(s.qualifiers.values()), ""))) for s in said]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Orchestra", ("performer", "")), ("Artist", ("performer", "")), ("DJ", ("performer", "")), ("Soloist", ("performer", "")),
        ("Guitarist", ("instrument", "guitar")), ("BackgroundVocalist", ("vocal", "background vocals")), ("ComposerLyricist", ("writer", "")),
        ("TrackingEngineer", ("engineer", "")), ("Co-Producer", ("co_producer", "")), ("Featured Artist", ("featured_artist", "")),
    ],
)  # fmt: skip
def test_a_role_is_read_by_its_letters(role: str, said: tuple[str, str]) -> None:
    assert did(role) == [said]


def test_a_soloist_with_an_instrument_is_told_by_it() -> None:
    assert did("Soloist", on=("harpsichord",)) == [("instrument", "harpsichord")]
    assert did("Producer", "Musician", on=("drum kit", "male voice")) == [("instrument", "drums"), ("vocal", "vocals"), ("producer", "")]


def test_a_role_that_is_not_known_is_counted_by_its_name() -> None:
    said = Counter(s.why for s in terms.hands(ANA, ["Editor", "Editor", "Musician"], (), {}) if isinstance(s, Passed))
    assert said == {"role 'Editor' is not known": 2, "role 'Musician' names no instrument": 1}


@pytest.mark.parametrize(
    ("xml", "called"),
    [
        ('<DisplayTitle><TitleText>Proud</TitleText><SubTitle SubTitleType="Version">Original Mix</SubTitle></DisplayTitle>', ("Proud", "Original Mix")),
        ("<ReferenceTitle><TitleText>Proud</TitleText><SubTitle>(Live)</SubTitle></ReferenceTitle>", ("Proud", "Live")),
        ("<DisplayTitle><TitleText>Side B</TitleText><SubTitle>Dope Song</SubTitle></DisplayTitle>", ("Side B (Dope Song)", "")),
        ("<DisplayTitle><TitleText>Proud</TitleText><VersionTitle>Demo</VersionTitle></DisplayTitle>", ("Proud", "Demo")),
        ("<DisplayTitleText>Proud</DisplayTitleText><VersionType>LiveVersion</VersionType>", ("Proud", "Live")),
        ("<DisplayTitle><TitleText><Title>Proud</Title></TitleText></DisplayTitle>", ("Proud", "")),
        ("<DisplayTitle/><DisplayTitleText/>", ("", "")),
    ],
)  # fmt: skip
def test_a_version_stands_beside_the_title(xml: str, called: tuple[str, str]) -> None:
    assert terms.called(fromstring(f"<R>{xml}</R>")) == called


def session(begin: str = "", end: str = "", kind: str = "", venue: str = "", flag: str = "") -> str:
    bounds = "".join(f"<{n}Date{flag}>{d}</{n}Date>" for n, d in (("Start", begin), ("End", end)) if d)
    return f"<S>{f'<SessionType>{kind}</SessionType>' if kind else ''}<Period>{bounds}</Period><Venue><VenueName>{venue}</VenueName></Venue></S>"


@pytest.mark.parametrize(
    ("sessions", "said"),
    [
        ([session("2019-05-02")], [("recorded_on", "2019-05-02")]),
        ([session("2019-05-02", "2019-05-09")], [("recorded_on", "2019-05")]),
        ([session("2019-05-02"), session("2019-11-30")], [("recorded_on", "2019")]),
        ([session("2018-12-30", "2019-01-02")], []),
        ([session("2019-05-02", flag=' IsApproximate="true"')], []),
        ([session("2019-05-02", kind="Mixing", venue="Pier")], []),
        ([session(kind="Tracking", venue="Pier"), session(kind="Overdub", venue="Dock")], [("recorded_at", "Pier")]),
        ([session("2019-05-02", kind="Recording", venue="Pier"), session()], [("recorded_at", "Pier")]),
    ],
)
def test_sessions_say_where_and_what_their_dates_share(sessions: list[str], said: list[tuple[str, str]]) -> None:
    found = terms.sessions([fromstring(s) for s in sessions])
    assert [(s.predicate, s.value) for s in found if isinstance(s, Statement)] == said


@pytest.mark.parametrize(("value", "words"), [("ElectricGuitar", "electric guitar"), ("R&B", "R&B"), ("Jazz", "jazz"), ("Medium Fast", "Medium Fast"), ("", "")])
def test_allowed_values_read_as_words(value: str, words: str) -> None:
    assert terms.spaced(value) == words


@pytest.mark.parametrize(("duration", "seconds"), [("PT3M45S", 225), ("PT1H2M3.5S", 3723), ("PT59S", 59), ("3:45", 0), ("", 0), ("PT" + "9" * 400, 0)])
def test_a_duration_is_read_to_the_second(duration: str, seconds: int) -> None:
    assert terms.seconds(duration) == seconds
