"""What ERN messages say of their recordings, and of AI."""

from pathlib import Path

import pytest

from songstory.errors import BadRecord
from songstory.records import Recording
from songstory.sources import ddex

DATA = Path(__file__).parent / "data" / "ddex"


def recordings(name: str) -> list[Recording]:
    return [r for m in ddex.parse(DATA / name) if not isinstance(m, BadRecord) for r in m[1] if isinstance(r, Recording)]


def test_parties_roles_isrc_and_lines_are_read_through_their_references() -> None:
    first, second = recordings("ern-432_made.xml")
    assert first.identifiers[0] == ("isrc", "GBABC2400001") and first.length_ms == 225_000
    said = [(s.predicate, s.value, dict(s.qualifiers)) for s in first.statements]
    assert ("composer", "Ben Quill", {"ai": "partly"}) in said and ("instrument", "Ben Quill", {"instrument": "drums"}) in said
    assert ("label", "Harbour Records", {}) in said and ("contains_ai", "partly", {}) in said
    assert second.title == "Silent Pier"


RELEASE = """<ReleaseList><Release><ReleaseResourceReference>%s</ReleaseResourceReference>
<CLine><Year>2025</Year><CLineText>2025 Harbour Music</CLineText></CLine></Release></ReleaseList></ern:NewReleaseMessage>"""


@pytest.mark.parametrize(("holds", "lines"), [("A1", [("2025 Harbour Music", {"year": "2025", "of": "release"})]), ("A9", [])])
def test_lines_of_rights_are_kept_as_they_stand(tmp_path: Path, holds: str, lines: list[object]) -> None:
    text = (DATA / "ern-432_made.xml").read_text().replace("</ern:NewReleaseMessage>", RELEASE % holds)
    (tmp_path / "m.xml").write_text(text)
    ((_, (first, _)),) = ddex.parse(tmp_path / "m.xml")
    said = [(s.predicate, s.value, dict(s.qualifiers)) for s in first.statements]
    assert ("phonographic_copyright", "2024 Harbour Records", {"year": "2024"}) in said
    assert [(v, q) for p, v, q in said if p == "copyright"] == lines


def test_what_says_nothing_of_ai_is_unknown_not_none() -> None:
    assert not [s for s in recordings("ern-432_made.xml")[1].statements if s.predicate == "contains_ai"]


@pytest.mark.parametrize(("stated", "value"), [("All", "all"), ("Partly", "partly"), ("None", "none"), ("Perhaps", None), ("", None)])
def test_the_disclosure_is_kept_as_stated(tmp_path: Path, stated: str, value: str | None) -> None:
    text = (DATA / "ern-4.3_simple_release.xml").read_text()
    (tmp_path / "m.xml").write_text(text.replace("</SoundRecording>", f"<ContainsAI>{stated}</ContainsAI></SoundRecording>"))
    ((_, (recording,)),) = ddex.parse(tmp_path / "m.xml")
    assert [s.value for s in recording.statements if s.predicate == "contains_ai"] == ([value] if value else [])


def test_a_generative_contributor_alone_does_not_say_how_far(tmp_path: Path) -> None:
    text = (DATA / "ern-432_made.xml").read_text().replace("<ContainsAI>Partly</ContainsAI>", "")
    (tmp_path / "m.xml").write_text(text)
    ((_, (first, _)),) = ddex.parse(tmp_path / "m.xml")
    assert [s.value for s in first.statements if s.predicate == "contains_ai"] == ["unspecified"]


def test_the_sender_is_the_source() -> None:
    ((source, _),) = ddex.parse(DATA / "ern-4.3_simple_release.xml")
    assert source.key == "ddex-test-sender"


def test_a_message_without_recordings_and_a_bomb_are_named() -> None:
    ((_, (bad,)),) = ddex.parse(DATA / "ern-382_basic_release.xml")
    assert "no sound recordings" in str(bad)
    (bomb,) = ddex.parse(DATA / "billion-laughs.xml")
    assert isinstance(bomb, BadRecord) and "entities" in str(bomb)
