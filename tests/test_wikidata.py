"""What Wikidata items say: ranks, qualifiers, partial dates and names."""

from pathlib import Path
from typing import Any

from songstory.errors import BadRecord
from songstory.models import Entity
from songstory.records import Recording
from songstory.sources import files, wikidata

DATA = Path(__file__).parent / "data" / "wikidata"


def claim(value: Any, rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    snaks = {p: [{"snaktype": "value", "datavalue": {"value": v}}] for p, v in qualifiers.items()}
    return {"rank": rank, "mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "qualifiers": snaks}


def time(text: str, precision: int) -> dict[str, Any]:
    return {"time": text, "precision": precision}


def song(**claims: list[dict[str, Any]]) -> Recording:
    item = {"id": "Q1", "labels": {"en": {"value": "Night Bus"}}, "claims": {"P31": [claim({"id": "Q7366"})], **claims}}
    (found,) = wikidata.parse({"entities": {"Q1": item}}, labels={"Q2": "Ana Okafor", "Q3": "Ben Quill"})
    assert isinstance(found, Recording)
    return found


def values(found: Recording, predicate: str) -> list[object]:
    return [s.value for s in found.statements if s.predicate == predicate]


def test_a_group_has_its_names_in_all_languages_and_its_identifiers() -> None:
    _, value = next(files.documents(DATA / "Q1299.json"))
    (found,) = wikidata.parse(value)
    assert isinstance(found, Entity) and found.name == "The Beatles" and found.kind == "group"
    assert {"Fab Four", "ビートルズ"} <= {n.name for n in found.names}
    assert found.identifiers["musicbrainz"] == "b10bbbfc-cf9e-42e0-be17-e2c3e1d2600d"


def test_deprecated_claims_say_nothing_and_a_preferred_one_stands_alone() -> None:
    assert values(song(P162=[claim({"id": "Q2"}, "deprecated"), claim({"id": "Q3"})]), "producer") == ["Ben Quill"]
    assert values(song(P162=[claim({"id": "Q2"}, "preferred"), claim({"id": "Q3"})]), "producer") == ["Ana Okafor"]


def test_a_claim_that_has_ended_or_has_no_label_is_passed_over() -> None:
    assert values(song(P162=[claim({"id": "Q2"}, P582=time("+1990-00-00T00:00:00Z", 9)), claim({"id": "Q99"})]), "producer") == []


def test_a_date_is_as_precise_as_it_is_known() -> None:
    assert values(song(P577=[claim(time("+1986-04-00T00:00:00Z", 10))]), "released") == ["1986-04"]
    assert values(song(P577=[claim(time("+1986-01-01T00:00:00Z", 9))]), "released") == ["1986"]
    assert values(song(P577=[claim(time("+1980-00-00T00:00:00Z", 8))]), "released") == []  # a decade is no year


def test_qualifiers_are_kept() -> None:
    found = song(P361=[claim({"id": "Q2"}, P1545="4", P585=time("+1986-00-00T00:00:00Z", 9))])
    assert dict(found.statements[0].qualifiers) == {"position": "track 4", "date": "1986"}


def test_references_say_where_a_claim_is_from() -> None:
    def snak(value: Any) -> list[dict[str, Any]]:
        return [{"snaktype": "value", "datavalue": {"value": value}}]

    stated = {"P248": snak({"id": "Q2"}), "P854": snak("https://example.org/a"), "P813": snak(time("+2016-07-12T00:00:00Z", 11))}
    bad = {"P854": snak("javascript:alert(1)"), "P143": snak({"id": "Q99"})}
    found = song(P826=[{**claim({"id": "Q3"}), "references": [{"snaks": stated}, {"snaks": bad}]}, claim({"id": "Q2"})])
    said = [s.reference for s in found.statements]
    assert said == ["stated in Ana Okafor, https://example.org/a, read 2016-07-12; imported from Q99", ""]


def test_the_entities_of_references_are_looked_up_too() -> None:
    stated = {"P248": [{"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}]}
    item = {"claims": {"P577": [{**claim(time("+1986-00-00T00:00:00Z", 9)), "references": [{"snaks": stated}]}]}}
    assert wikidata.mentioned(item) == ["Q5"]


def test_what_is_no_song_person_or_group_is_named() -> None:
    (found,) = wikidata.parse({"id": "P434", "claims": {}})
    assert isinstance(found, BadRecord)
