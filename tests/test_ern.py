"""What ERN messages say of their recordings, and of AI."""

from pathlib import Path

import pytest

from songstory.errors import BadRecord
from songstory.records import Passed, Recording
from songstory.sources import ddex

DATA = Path(__file__).parent / "data" / "ddex"


def recordings(name: str) -> list[Recording]:
    return [r for m in ddex.parse(DATA / name) if not isinstance(m, BadRecord) for r in m[1] if isinstance(r, Recording)]


def test_parties_roles_isrc_and_lines_are_read_through_their_references() -> None:
    first, second = recordings("ern-432_made.xml")
    assert first.identifiers[0] == ("isrc", "GBABC2400001") and first.length_ms == 225_000
    said = [(s.predicate, s.value, dict(s.qualifiers)) for s in first.statements]
    assert ("composer", "Ben Quill", {"ai": "partly"}) in said and ("instrument", "Ben Quill", {"instrument": "drums"}) in said
    assert ("contains_ai", "partly", {}) in said and not [v for p, v, _ in said if p == "label"]  # who owns it is not its label
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


def test_a_message_without_recordings_is_named() -> None:
    ((_, (bad,)),) = ddex.parse(DATA / "ern-382_basic_release.xml")
    assert "no sound recordings" in str(bad)


# small messages of either shape --------------------------------------------------------------------------------------

HEADER = "<MessageHeader><MessageId>{id}</MessageId><MessageSender><PartyId>{dpid}</PartyId><PartyName><FullName>{sender}</FullName></PartyName></MessageSender></MessageHeader>"
PARTIES = "".join(f"<Party><PartyReference>{r}</PartyReference><PartyName><FullName>{n}</FullName></PartyName></Party>" for r, n in (("P1", "Ana Okafor"), ("P2", "Blue Door"), ("P3", "John Smith")))


def read(tmp_path: Path, resources: str, releases: str = "", *, sender: str = "Harbour", dpid: str = "PADPIDA1", id: str = "m1") -> list[object]:
    lists = f"<PartyList>{PARTIES}</PartyList><ResourceList>{resources}</ResourceList><ReleaseList>{releases}</ReleaseList>"
    (tmp_path / "m.xml").write_text(f"<NewReleaseMessage>{HEADER.format(id=id, dpid=dpid, sender=sender)}{lists}</NewReleaseMessage>")
    return [r for m in ddex.parse(tmp_path / "m.xml") if not isinstance(m, BadRecord) for r in m[1]]


def track(reference: str, more: str = "", title: str = "<DisplayTitle><TitleText>Proud</TitleText></DisplayTitle>") -> str:
    return f"<SoundRecording><ResourceReference>{reference}</ResourceReference>{title}{more}</SoundRecording>"


def holds(reference: str, *tracks: str, more: str = "", kind: str = "Release") -> str:
    held = "".join(f"<ReleaseResourceReference>{t}</ReleaseResourceReference>" for t in tracks)
    return f"<{kind}><ReleaseReference>{reference}</ReleaseReference>{held}{more}</{kind}>"


BY_PARTY = "<ReleaseLabelReference>P2</ReleaseLabelReference>"
BY_NAME = "<ReleaseDetailsByTerritory><TerritoryCode>Worldwide</TerritoryCode><LabelName>Blue Door</LabelName></ReleaseDetailsByTerritory>"


@pytest.mark.parametrize("label", [BY_PARTY, BY_NAME])
def test_the_label_is_the_one_that_the_release_names(tmp_path: Path, label: str) -> None:
    line = "<PLine><Year>2024</Year><PLineText>2024 Universal Operations Limited, marketed by Others</PLineText></PLine>"
    first, second = read(tmp_path, track("A1", line) + track("A2", line), holds("R0", "A1", more=label))
    assert [s.value for s in first.statements if s.predicate == "label"] == ["Blue Door"]  # type: ignore[attr-defined]
    assert not [s for s in second.statements if s.predicate == "label"]  # type: ignore[attr-defined]


def test_a_label_reference_that_names_nobody_is_counted(tmp_path: Path) -> None:
    passed, _ = read(tmp_path, track("A1"), holds("R0", "A1", more="<ReleaseLabelReference>P9</ReleaseLabelReference>"))
    assert isinstance(passed, Passed) and "label reference" in passed.why


PRODUCER = "<Contributor><ContributorPartyReference>P3</ContributorPartyReference><Role>Producer</Role></Contributor>"


def test_two_senders_never_join_people_by_name(tmp_path: Path) -> None:
    ids = set()
    for dpid, sender, id in (("PADPIDA1", "A", "1"), ("PADPIDA2", "B", "1"), ("", "C", "1"), ("PADPIDA1", "A", "2")):
        (found,) = read(tmp_path, track("A1", PRODUCER), dpid=dpid, sender=sender, id=id)
        ids |= {s.object.id for s in found.statements if s.object}  # type: ignore[attr-defined]
    assert len(ids) == 3  # and one sender's next message speaks of the same person


def test_two_parties_of_one_name_in_a_message_stay_two(tmp_path: Path) -> None:
    twin = PARTIES + PARTIES.replace("P3", "P4")
    both = PRODUCER + PRODUCER.replace("P3", "P4")
    text = f"<NewReleaseMessage>{HEADER.format(id=1, dpid='D', sender='S')}<PartyList>{twin}</PartyList><ResourceList>{track('A1', both)}</ResourceList></NewReleaseMessage>"
    (tmp_path / "m.xml").write_text(text)
    ((_, (found,)),) = ddex.parse(tmp_path / "m.xml")
    assert len({s.object.id for s in found.statements if s.object}) == 2  # type: ignore[union-attr]


USES = "<RelatedResource><ResourceRelationshipType>HasContentFrom</ResourceRelationshipType><ResourceRelatedResourceReference>A2</ResourceRelatedResourceReference></RelatedResource>"


@pytest.mark.parametrize(
    ("resources", "releases", "kept"),
    [
        (track("A1", USES) + track("A2"), holds("R0", "A1"), 1),
        (track("A1", USES) + track("A2"), holds("R0", "A1", "A2"), 2),
        (track("A1", USES) + track("A2"), "", 1),
        (track("A1") + track("A2").replace("<SoundRecording>", '<SoundRecording IsSupplemental="true">'), "", 1),
        (track("A1") + track("A2", "<Type>SoundRecordingPreview</Type>"), holds("R0", "A1", "A2"), 1),
        (track("A1") + track("A2"), holds("R0", "A1") + holds("R1", "A2", kind="ClipRelease"), 1),
        (track("A1"), holds("R0", "A1", more="<ReleaseType>RingtoneRelease</ReleaseType>"), 0),
        (track("A1") + track("A2"), "", 2),
    ],
)
def test_what_a_mix_uses_and_what_is_a_part_makes_no_recording(tmp_path: Path, resources: str, releases: str, kept: int) -> None:
    found = read(tmp_path, resources, releases)
    assert len([r for r in found if isinstance(r, Recording)]) == kept
    assert len([r for r in found if isinstance(r, Passed)]) == resources.count("<ResourceReference>") - kept


def test_the_tracks_of_a_release_say_that_they_stand_on_it(tmp_path: Path) -> None:
    releases = holds("R0", "A1", "A2") + holds("R1", "A1", kind="TrackRelease") + holds("R2", "A2", kind="TrackRelease")
    first, second, third = read(tmp_path, track("A1") + track("A2") + track("A3"), releases)
    assert first.release == second.release == "ddex-harbour m1 R0" != third.release  # type: ignore[attr-defined]
    (other,) = read(tmp_path, track("A1"), holds("R0", "A1"), id="m2")
    assert other.release != first.release  # type: ignore[attr-defined]


def test_sessions_of_recording_are_read_and_an_approximate_date_is_none(tmp_path: Path) -> None:
    session = "<LocationAndDateOfSession><SessionType>Recording</SessionType><Period><StartDate>2019-05-02</StartDate><EndDate>2019-05-09</EndDate></Period><Venue><VenueName>Pier Studios</VenueName></Venue></LocationAndDateOfSession>"
    first, second = read(tmp_path, track("A1", session) + track("A2", '<FirstPublicationDate IsApproximate="true">2019</FirstPublicationDate>'))
    said = [(s.predicate, s.value) for s in first.statements]  # type: ignore[attr-defined]
    assert ("recorded_at", "Pier Studios") in said and ("recorded_on", "2019-05") in said
    assert not second.statements  # type: ignore[attr-defined]


def test_a_file_name_joins_no_recordings(tmp_path: Path) -> None:
    """A delivery calls its message as the last one did, and the first recording of each is A1."""
    found = [read(tmp_path, track("A1"), id=i)[0] for i in ("m1", "m2")]
    assert found[0].identifiers != found[1].identifiers  # type: ignore[attr-defined]
