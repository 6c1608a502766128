"""What a MEAD message says that the vocabulary knows; the rest is counted."""

from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from songstory.errors import BadRecord
from songstory.records import Passed, Recording
from songstory.sources import ddex, mead

DATA = Path(__file__).parent / "data" / "ddex"


def read() -> tuple[Recording, Counter[str]]:
    ((source, found),) = ddex.parse(DATA / "mead-11_made.xml")  # type: ignore[misc]
    assert source.key == "ddex-harbour-records--mead" and "not validated" in ddex.notice(source)
    (recording,) = [r for r in found if isinstance(r, Recording)]
    return recording, Counter(r.why for r in found if isinstance(r, Passed))


def test_its_facts_are_read() -> None:
    recording, _ = read()
    assert (recording.title, recording.artist_credit, recording.identifiers[0]) == ("Night Ferry", "Ana Okafor", ("isrc", "GBABC2400001"))
    assert [(s.predicate, s.value, dict(s.qualifiers)) for s in recording.statements] == [
        ("performer", "Ana Okafor", {}),
        ("instrumentation", "electric guitar and drums", {}),
        ("recorded_at", "Pier Studios", {"date": "2023-05"}),
        ("recorded_on", "2023-05", {}),
        ("engineer", "Cara Lind", {}),
        ("genre", "jazz", {}),
        ("genre", "jazz funk", {}),
        ("genre", "Harbour soul", {}),
        ("time_signature", "6/8", {}),
        ("tempo", 120, {}),
        ("key", "C-sharp minor", {}),
        ("about", "Leaving home", {}),
        ("samples", "Low Tide", {"artist": "The Salt Choir"}),
        ("charted", 4, {"chart": "UK Singles Chart", "date": "2024-03-08", "weeks_total": 12}),
        ("award", "Song of the Year", {"result": "won", "event": "Harbour Music Awards", "year": "2025"}),
        ("writer", "Ben Quill", {}),
    ]
    assert recording.works[0].identifiers == {"iswc": "T0345246801"}


def test_all_else_is_counted() -> None:
    _, passed = read()
    assert set(passed) == {
        "MEAD Mood: the vocabulary has no word for it", "MEAD CommentaryNote: the vocabulary has no word for it",
        "MEAD Award: it does not say of what, or whether it was won", "MEAD ReleaseInformation: it speaks of no recording",
    }  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        "<Harmony><RootChordNote>C</RootChordNote></Harmony>",
        "<Harmony><RootChordNote>C</RootChordNote><Mode>Minor</Mode><Modulation/></Harmony>",
        "<BeatsPerMinute><Value>fast</Value></BeatsPerMinute>",
        "<TimeSignature><NoMeterAvailable>true</NoMeterAvailable></TimeSignature>",
        "<Sample><ContainsSamples>true</ContainsSamples></Sample>",
        "<HistoricChartingInformation><TopPosition>4</TopPosition></HistoricChartingInformation>",
        "<HistoricChartingInformation><ChartName>X</ChartName><TopPosition>²</TopPosition></HistoricChartingInformation>",
        "<ProgrammaticTheme><Value>Carnival</Value></ProgrammaticTheme>",
        "<Usage/>",
    ],
)
def test_what_does_not_say_it_all_is_passed_over(part: str) -> None:
    (found,) = mead._told(fromstring(f"<R>{part}</R>"))
    assert isinstance(found, Passed)


def test_a_resource_without_a_title_and_a_message_without_resources_are_named(tmp_path: Path) -> None:
    for body in ("<ResourceInformationList><ResourceInformation/></ResourceInformationList>", ""):
        (tmp_path / "m.xml").write_text(f"<MeadMessage>{body}</MeadMessage>")
        ((_, (bad,)),) = ddex.parse(tmp_path / "m.xml")  # type: ignore[misc]
        assert isinstance(bad, BadRecord)
