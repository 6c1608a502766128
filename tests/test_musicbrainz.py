"""What MusicBrainz answers say: recorded genuine answers in, exact facts out."""

import json
from pathlib import Path

import httpx
import pytest

from songstory.errors import BadRecord
from songstory.importing import _xml_or_json, import_musicbrainz, search_musicbrainz
from songstory.records import Recording, Work
from songstory.sources import files, http, musicbrainz
from songstory.sources.relationships import artist
from songstory.sources.shapes import common, partial_date
from songstory.store import Store, catalogue

DATA = Path(__file__).parent / "data" / "musicbrainz"


def read(name: str) -> list[object]:
    number, value = next(files.documents(DATA / f"{name}.json"))
    return list(musicbrainz.parse(value, name, number))


def said(recording: object, predicate: str) -> list[tuple[object, dict[str, object]]]:
    assert isinstance(recording, Recording)
    return [(s.value, dict(s.qualifiers)) for s in recording.statements if s.predicate == predicate]


def test_a_recording_has_its_credit_identifiers_and_writers_from_its_work() -> None:
    (found,) = read("picard_recording")
    assert isinstance(found, Recording)
    assert (found.title, found.artist_credit, found.length_ms) == ("Thinking Out Loud", "Ed Sheeran", 281000)
    assert ("isrc", "GBAHS1400099") in found.identifiers
    assert said(found, "writer") == [("Ed Sheeran", {}), ("Amy Wadge", {})]
    assert said(found, "released") == [("2014-06-20", {})]


def test_roles_and_instruments_are_mapped_one_statement_each() -> None:
    (found,) = read("picard_recording_credits")
    assert said(found, "producer") == [("Benny Andersson", {}), ("Björn Ulvaeus", {})]
    assert said(found, "instrument")[:2] == [
        ("Lasse Wellander", {"instrument": "electric guitar"}),
        ("Rutger Gunnarsson", {"instrument": "bass"}),
    ]


def test_guests_follow_the_word_that_names_them() -> None:
    (found,) = read("picard_recording_multi_artists_1")
    assert [v for v, _ in said(found, "featured_artist")] == ["Meek Mill", "A Boogie Wit da Hoodie"]


def test_a_session_of_three_days_is_known_to_the_month_and_credited_as_is_kept() -> None:
    (found,) = read("picard_recording_composer")
    assert said(found, "recorded_on") == [("1991-05", {})]
    composer = next(s for s in found.statements if s.predicate == "composer")  # type: ignore[attr-defined]
    assert composer.credited_as == "Tchaikovsky" and composer.object.identifiers["musicbrainz"]


def test_pages_and_rights_are_kept_and_a_link_that_ended_is_not() -> None:
    pages = [("https://example.org/a", False), ("https://example.org/b", True), ("javascript:alert(1)", False)]
    relations = [
        *({"type": "free streaming", "target-type": "url", "ended": e, "url": {"resource": r}} for r, e in pages),
        {"type": "phonographic copyright", "target-type": "label", "begin": "1986", "label": {"id": "l", "name": "Geffen"}},
        {"type": "copyright", "target-type": "artist", "artist": {"id": "a", "name": "Peter Gabriel"}},
    ]
    (found,) = musicbrainz.parse({"id": "r", "title": "T", "relations": relations})
    assert said(found, "link") == [("https://example.org/a", {"type": "free streaming"})]
    assert said(found, "phonographic_copyright") == [("Geffen", {"year": "1986"})] and said(found, "copyright") == [("Peter Gabriel", {})]


def test_a_work_has_its_iswc_its_writers_and_its_recordings() -> None:
    written = {"type": "composer", "target-type": "artist", "artist": {"id": "a", "name": "Ana Okafor"}}
    heard = [
        {"type": "performance", "target-type": "recording", "attributes": a, "recording": {"id": i}}
        for i, a in (("r1", []), ("r2", ["medley"]))
    ]
    (found,) = musicbrainz.parse({"id": "w", "title": "T", "iswcs": ["T-070.246.800-1"], "language": "eng", "relations": [written, *heard]})
    assert isinstance(found, Work) and found.entity.identifiers == {"musicbrainz-work": "w", "iswc": "T0702468001"}
    assert found.recordings == (("musicbrainz", "r1"),) and [s.value for s in found.statements] == ["Ana Okafor"]


def test_a_recording_names_the_works_it_performs() -> None:
    (found,) = read("picard_recording")
    assert isinstance(found, Recording) and [w.name for w in found.works] == ["Thinking Out Loud"]


def test_a_search_for_works_gives_each(tmp_path: Path) -> None:
    found = [w for w in musicbrainz.parse({"works": [{"id": "a", "title": "A"}, {"id": "", "title": "B"}]})]
    assert isinstance(found[0], Work) and isinstance(found[1], BadRecord)


def test_a_search_shows_what_can_be_loaded_and_its_signs_are_text() -> None:
    asked: list[httpx.Request] = []
    (_, answer), *_ = _xml_or_json(DATA / "search-recording.xml")

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json=answer)

    client = http.Client(
        "desk@example.org", transport=httpx.MockTransport(handler), resolve=lambda h, p: ["93.184.216.34"], sleep=lambda s: None
    )
    assert search_musicbrainz("Thief: of (Hearts)", client)[0].artist_credit == "Dynamo Go"
    assert asked[0].url.params["query"] == r"Thief\: of \(Hearts\)"


def test_an_instrumental_has_no_lyricist() -> None:
    (found,) = read("picard_recording_instrumental")
    assert said(found, "composer") and not said(found, "lyricist")


def test_samples_keep_their_direction() -> None:
    (found,) = read("recording_samples_subset")
    assert said(found, "sampled_by") == [("Octopus’s Garden", {})] and not said(found, "samples")


def test_a_release_gives_its_recordings_and_their_album() -> None:
    found = read("picard_release")
    assert len(found) == 10 and said(found[0], "track_on") == [("The Dark Side of the Moon", {"year": "1973"})]


def test_underscored_keys_and_grouped_relations_are_the_same_answer() -> None:
    (found,) = read("beets_official_release")
    assert said(found, "lyricist") == [("幾田りら", {})]


@pytest.mark.parametrize("name", ["picard_recording_null", "search_url_pre_solr10"])
def test_an_answer_without_a_recording_is_named(name: str) -> None:
    (found,) = read(name)
    assert isinstance(found, BadRecord) and "\n" not in str(found)


def test_a_track_names_its_recording_not_itself() -> None:
    (found,) = read("picard_track")
    assert isinstance(found, Recording) and found.locator == "bef3fddb-5aca-49f5-b2fd-d56a23268d63"


@pytest.mark.parametrize("attribute", ["assistant", "additional"])
def test_an_attribute_that_takes_from_a_role_is_not_the_role(attribute: str) -> None:
    relation = {"type": "mix", "target-type": "artist", "attributes": [attribute], "artist": {"id": "a", "name": "A"}}
    (found,) = musicbrainz.parse({"id": "r", "title": "T", "relations": [relation]})
    assert not said(found, "mixer")


def test_additional_and_executive_production_are_roles_of_their_own() -> None:
    relations = [
        {"type": "producer", "target-type": "artist", "attributes": [a], "artist": {"id": a, "name": a}}
        for a in ("additional", "executive", "co")
    ]
    (found,) = musicbrainz.parse({"id": "r", "title": "T", "relations": relations})
    assert {s.predicate for s in found.statements} == {"additional_producer", "executive_producer", "co_producer"}  # type: ignore[union-attr]


def test_dump_lines_take_their_writers_from_the_work_dump() -> None:
    written = {"type": "writer", "target-type": "artist", "attributes": [], "artist": {"id": "a1", "name": "Ana Okafor"}}
    index = musicbrainz.WorkIndex([(1, {"id": "w1", "title": "T", "relations": [written]})])
    line = {"id": "r", "title": "T", "relations": [{"type": "performance", "target-type": "work", "work": {"id": "w1"}}]}
    (found,) = musicbrainz.parse(line, works=index)
    assert said(found, "writer") == [("Ana Okafor", {})]
    index.close()


def test_the_older_xml_says_the_same() -> None:
    (number, value), *_ = _xml_or_json(DATA / "recording.xml")
    (found,) = musicbrainz.parse(value, "recording.xml", number)
    assert said(found, "producer") == [("Tom Jung", {}), ("Billy Barber", {})]


@pytest.mark.parametrize("length", ["²", "٣٠٠٠", "1e9", "-5", " ", "9" * 40, True, float("inf")])
def test_a_length_that_is_no_number_of_ours_is_read_or_left_out(length: object) -> None:
    (found,) = musicbrainz.parse({"id": "r", "title": "T", "length": length})
    assert isinstance(found, Recording)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [("1999-03-00", "1999-03"), ("1999", "1999"), ("+1960-00-00T00:00:00Z", "1960"), ("0000", ""), ("x", ""), ("1999-13-01", "1999")],
)
def test_a_partial_date_keeps_what_is_given(raw: str, kept: str) -> None:
    assert partial_date(raw) == kept


def test_two_dates_have_in_common_what_both_say() -> None:
    assert common("1991-05-29", "1991-05-31") == "1991-05" and common("1991", "1992") == "" and common("1991-05", "") == ""


NAMED = {"id": "5f3471b5-7e6a-48da-86a9-c1c07a0f47ae", "name": "Dana New"}


@pytest.mark.parametrize(
    ("alias", "kind"),
    [
        ({"name": "Dana Old", "type": "Legal name", "ended": True}, "legal"),
        ({"name": "Dana Old", "type": "Legal name"}, "legal"),
        ({"name": "Dana Old", "type": "Artist name", "ended": True}, "former"),
        ({"name": "Dana Old", "type": None, "end": "1990"}, "former"),
        ({"name": "Dana N.", "type": "Artist name", "ended": False}, "alias"),
        ({"name": "Danna New", "type": "Search hint"}, None),
        ({"name": None, "type": 7, "ended": "yes"}, None),
    ],
)
@pytest.mark.parametrize("credited", ["", "Dana Old"])
def test_a_name_of_the_papers_or_of_before_is_no_alias(alias: dict[str, object], kind: str | None, credited: str) -> None:
    found = artist({**NAMED, "aliases": [alias]}, credited)
    assert found is not None and found.name == "Dana New"
    assert dict((n.name, n.kind) for n in found.names).get(str(alias["name"])) == kind


def test_the_older_xml_says_the_kinds_of_aliases_too(tmp_path: Path) -> None:
    alias = '<alias-list><alias type="Legal name">Dana Old</alias><alias end-date="1990">D. Old</alias></alias-list>'
    (tmp_path / "a.xml").write_text(f'<metadata><artist id="a"><name>Dana</name><sort-name>Dana</sort-name>{alias}</artist></metadata>')
    ((_, value),) = _xml_or_json(tmp_path / "a.xml")
    (found,) = musicbrainz.parse(value)
    assert [(n.name, n.kind) for n in found.names[1:]] == [("Dana Old", "legal"), ("D. Old", "former")]  # type: ignore[union-attr]


@pytest.mark.parametrize(("credit", "names"), [("", ("Dana New", "D. New")), ("Dana Old", ("Dana New", "D. New", "Dana Old"))])
def test_only_its_own_credit_lets_a_fact_say_a_name_of_before(store: Store, tmp_path: Path, credit: str, names: tuple[str, ...]) -> None:
    aliases = [{"name": "Dana Old", "type": "Legal name", "ended": True}, {"name": "D. New", "type": "Artist name"}]
    producer = {"type": "producer", "target-type": "artist", "target-credit": credit, "artist": {**NAMED, "aliases": aliases}}
    other = {**producer, "type": "mix", "target-credit": ""}
    recording = {"id": "6f3471b5-7e6a-48da-86a9-c1c07a0f47ae", "title": "T", "relations": [producer, other]}
    (tmp_path / "r.json").write_text(json.dumps(recording))
    assert not import_musicbrainz(store, [tmp_path / "r.json"]).rejected
    (track,) = catalogue.track_ids(store)
    assert {f.predicate: f.names for f in catalogue.facts_of(store, track)} == {"producer": names, "mixer": ("Dana New", "D. New")}
    known = catalogue.get_entity(store, f"mb-{NAMED['id']}")
    assert ("Dana Old", "legal") in {(n.name, n.kind) for n in known.names}
