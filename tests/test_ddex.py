"""Messages of a file go to the reader of their standard; what is none is named."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from songstory import importing
from songstory.errors import BadRecord
from songstory.records import Recording
from songstory.sources import ddex
from songstory.sources.ddex_terms import source
from songstory.store import Store, catalogue

DATA = Path(__file__).parent / "data" / "ddex"
MADE = ["ern-432_made.xml", "mead-11_made.xml", "rin-21_made.xml"]


def test_the_sender_is_the_source() -> None:
    ((found, _),) = ddex.parse(DATA / "ern-4.3_simple_release.xml")
    assert found.key == "ddex-test-sender" and ddex.notice(found) == ""


def test_a_bomb_is_named() -> None:
    (bomb,) = ddex.parse(DATA / "billion-laughs.xml")
    assert isinstance(bomb, BadRecord) and "entities" in str(bomb)


@pytest.mark.parametrize("root", ["UpdateReleaseMessage", "MeadMessages", "html"])
def test_another_document_is_named(tmp_path: Path, root: str) -> None:
    (tmp_path / "m.xml").write_text(f"<{root}/>")
    (bad,) = ddex.parse(tmp_path / "m.xml")
    assert "expected a NewReleaseMessage of DDEX ERN, or one of MEAD or RIN" in str(bad)


def test_a_sender_of_several_standards_is_several_sources_that_count_once() -> None:
    """A message of one standard is all its sender says in it: it takes back nothing that another says."""
    ern, mead, rin = source("Harbour"), source("Harbour", "MEAD"), source("Harbour", "RIN")
    assert len({s.key for s in (ern, mead, rin, source("Harbour mead"))}) == 4
    assert {s.independent_group or s.key for s in (ern, mead, rin)} == {"ddex-harbour"}


def test_each_standard_adds_to_the_same_track_and_what_is_not_validated_is_said(store: Store) -> None:
    done = importing.import_ddex(store, [DATA / name for name in MADE])
    assert done.rejected == () and done.retracted == 0 and done.added["track"] == 2
    assert [a.split()[0] for a in done.alerts] == ["MEAD", "RIN"] and all("not validated" in a for a in done.alerts)
    assert "MEAD Mood: the vocabulary has no word for it" in done.passed
    (track,) = [t for t in catalogue.track_ids(store) if t.startswith("night-ferry")]
    assert {f.source for f in catalogue.facts_of(store, track)} >= {"ddex-harbour-records--mead", "ddex-harbour-records--rin"}


@pytest.mark.parametrize("name", [*MADE, "rin-10_made.xml"])
def test_the_empty_twin_of_a_message_is_named(tmp_path: Path, name: str) -> None:
    """Every text is taken out, and every attribute: the elements alone say nothing."""
    root = ElementTree.parse(DATA / name).getroot()
    for element in root.iter():
        element.text = None
        element.attrib.clear()
    ElementTree.ElementTree(root).write(tmp_path / "m.xml")
    ((_, found),) = ddex.parse(tmp_path / "m.xml")  # type: ignore[misc]
    assert isinstance(found[0], BadRecord) and not any(isinstance(r, Recording) for r in found)
