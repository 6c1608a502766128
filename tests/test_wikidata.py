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


def circa() -> dict[str, Any]:
    return {"P1480": {"id": "Q5727902"}}


def test_a_date_that_its_claim_calls_circa_or_bounds_is_no_flat_date() -> None:
    def released(precision: int = 9, **qualifiers: Any) -> tuple[object, str, dict[str, object], str]:
        found = song(P577=[claim(time("+1969-00-00T00:00:00Z", precision), **qualifiers)])
        (said,) = found.statements
        return said.value, said.precision, dict(said.qualifiers), found.released

    first, last = time("+1969-00-00T00:00:00Z", 9), time("+1970-05-00T00:00:00Z", 10)
    assert released(**circa()) == ("1969~", "circa", {"earliest": "1969-01-01", "latest": "1969-12-31"}, "")
    assert released(P1480={"id": "Q18122778"})[:2] == ("1969?", "uncertain")
    assert released(P1319=first, P1326=last) == ("1969/1970-05", "range", {"earliest": "1969-01-01", "latest": "1970-05-31"}, "")
    assert released(P1319=first)[:2] == ("1969/..", "after") and released(P1326=last)[:2] == ("../1970-05", "before")
    assert released(8, P1319=first, P1326=last)[0] == "1969/1970-05"
    assert released(P1480={"id": "Q1"}) == ("1969", "year", {}, "1969")


def test_a_claim_that_is_circa_gives_no_date_to_what_it_says() -> None:
    found = song(P162=[claim({"id": "Q2"}, P585=time("+1969-00-00T00:00:00Z", 9), **circa())])
    assert dict(found.statements[0].qualifiers) == {}


def test_what_has_no_english_label_goes_by_its_native_one() -> None:
    title = [claim({"text": "上を向いて歩こう", "language": "ja"})]
    for labels, claims, name in (
        ({"ja": {"value": "上を向いて歩こう"}}, {}, "上を向いて歩こう"),
        ({"zh": {"value": "昂首向前走"}, "ja": {"value": "x"}}, {"P1476": title}, "上を向いて歩こう"),
        ({"ru": {"value": "Ночь"}, "de": {"value": "Nacht"}}, {}, "Nacht"),
        ({}, {"P1476": title}, "上を向いて歩こう"),
    ):
        item = {"id": "Q1", "labels": labels, "claims": {"P31": [claim({"id": "Q7366"})], **claims}}
        (found,) = wikidata.parse({"entities": {"Q1": item}})
        assert isinstance(found, Recording) and found.title == name


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
