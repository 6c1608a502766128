"""Values are validated once, at the border: what is bad is one line that names it, the rest goes in, from every door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import songstory as ss
from songstory import border, values
from songstory.errors import StoreError
from songstory.identifiers import normal
from songstory.records import EntityLine, FactLine, Line, TrackLine
from songstory.sources import files
from songstory.store import Store, catalogue
from songstory.vocabulary import PREDICATES, QUALIFIERS

SOURCE = {"kind": "source", "key": "s", "name": "S", "licence": "CC0"}
TRACK = {"kind": "track", "id": "a", "title": "Night Bus", "artist": "Ana Okafor"}


def fact(predicate: str, value: Any, **qualifiers: Any) -> dict[str, Any]:
    return {
        "kind": "fact",
        "track": "a",
        "predicate": predicate,
        "value": value,
        "qualifiers": qualifiers,
        "source": "s",
        "locator": "p. 1",
    }


def refusal(line: dict[str, Any]) -> str:
    """Return what parser and border say of one line, "" where it may go in."""
    try:
        bad: list[str] = []
        border.admit(files.parse_line(json.dumps(line).encode()), bad)
    except ValueError as error:
        return str(error)
    return "; ".join(bad)


DATES = ["1987-13-01", "1986-02-29", "1990-04-31", "1987-Q2", "1987-1-5", "87", "spring 1990", "1990/05/01", "0000-01-01", "1700-01-01",
         "2990-05-05", "1987-05-05T10:00", "１９８７", "1985-1986", " 1987", "1987 ", "", -1987, 87.5, True]  # fmt: skip


@pytest.mark.parametrize("value", DATES)
def test_a_date_is_one_of_the_calendar(value: Any) -> None:
    assert refusal(fact("recorded_on", value)).startswith("value: expected")


@pytest.mark.parametrize("value", ["1986", "1986-04", "1988-02-29", "2000-02-29", "1857", 1986])
def test_a_partial_date_stays_as_it_is(value: Any) -> None:
    assert refusal(fact("recorded_on", value)) == ""


NUMBERS = [("tempo", v) for v in (0, -1, 1e9, 9.9, "fast", "NaN", False)] + [("duration", v) for v in (0, -5, 1e12, 10**15)] + [
    (p, v) for p in ("charted", "ranked") for v in (0, -3, 2.5, 10**7, "1st", True)] + [("sold", v) for v in (-1, 0, 1.5, 10**14)] + [
    ("intro_length", 0), ("intro_length", 50_000)]  # fmt: skip


@pytest.mark.parametrize(("predicate", "value"), NUMBERS)
def test_a_number_is_within_the_range_of_its_predicate(predicate: str, value: Any) -> None:
    assert refusal(fact(predicate, value)).startswith("value: expected")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 10**400])
def test_what_is_no_number_is_refused_where_json_is_not_the_door(value: Any) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        values.check("tempo", value)


@pytest.mark.parametrize(("predicate", "value"), [("tempo", 91.5), ("duration", 40_000), ("charted", 200), ("sold", 1), ("charted", 3.0)])
def test_unusual_numbers_are_numbers(predicate: str, value: Any) -> None:
    assert refusal(fact(predicate, value)) == ""


@pytest.mark.parametrize(("taken", "refused"), [(48_212, 86_401), (86_400, 172_800), (1, 215_000)])  # 215,000 are milliseconds
def test_a_recording_lasts_a_day_at_most(taken: int, refused: int) -> None:
    assert refusal(fact("duration", taken)) == ""
    assert "from 1 to 86,400 for duration" in refusal(fact("duration", refused))


def test_no_stay_on_a_chart_is_longer_than_any_known_by_far() -> None:
    assert refusal(fact("charted", 1, weeks=1_600, weeks_total=2_600)) == ""


QUALIFIED = [("charted", 1, "date", "1990-13-01"), ("charted", 1, "weeks", "many"), ("charted", 1, "weeks", -1), ("charted", 1, "weeks", 2.5),
             ("charted", 1, "weeks_total", 10**9), ("charted", 1, "weeks", 4_000), ("charted", 1, "weeks_total", 2_601), ("charted", 1, "year", "'90"), ("charted", 1, "chart", "  "), ("charted", 1, "chart", 40),
             ("charted", 1, "nation", "France"), ("charted", 1, "instrument", "drums"), ("certified", "gold", "units", "lots"),
             ("recorded_at", "Harbour", "date", "1987-Q3"), ("track_on", "Tides", "position", "x" * 200), ("track_on", "Tides", "position", 0),
             ("single_from", "Tides", "ordinal", "-2"), ("award", "a prize", "year", 19), ("born", "1950", "agent", "\x00"),
             ("covered_by", "Ben Quill", "date", "2999"), ("account", "wrote it", "agent", "\u200b")]  # fmt: skip


@pytest.mark.parametrize(("predicate", "value", "name", "found"), QUALIFIED)
def test_a_bad_qualifier_is_named(predicate: str, value: Any, name: str, found: Any) -> None:
    assert refusal(fact(predicate, value, **{name: found})).startswith(f"qualifiers.{name}: ")


def test_qualifiers_agree_with_one_another() -> None:
    assert refusal(fact("charted", 1, weeks=9, weeks_total=4)).startswith("qualifiers.weeks: ")
    assert refusal(fact("writer", "Ana", begin="1990-05", end="1989")).startswith("qualifiers.end: ")
    assert refusal(fact("writer", "Ana", begin="1990-05", end="1990")) == ""


TEXTS = ["", "   ", "\u200b\u2060", "La\x00bel", "\ud800", 42, True, None, ["Ana"], {"name": "Ana"}, "x" * 501]


@pytest.mark.parametrize("value", TEXTS, ids=lambda v: ascii(v)[:20])
def test_a_name_is_words_that_show_something(value: Any) -> None:
    assert refusal(fact("writer", value)).split(":")[0] in {"value", "line"}  # what is no JSON is named as a line


@pytest.mark.parametrize("value", ["!!!", "1999", "Ø", "4AD", "Жанна", "نجمة", "李", "R&B", "A" * 500])
def test_unusual_names_are_names(value: str) -> None:
    assert refusal(fact("writer", value)) == ""


@pytest.mark.parametrize(("predicate", "good", "bad"), [("key", "C-flat major", "C-flat fine"), ("key", "F♯ minor", "440 Hz"), ("key", "a-moll", "J major"),
                         ("time_signature", "13/8", "4/0"), ("time_signature", "4/4, 6/8", "0/4"), ("time_signature", "free time", "4 by 4")])  # fmt: skip
def test_keys_and_metres_have_a_form(predicate: str, good: str, bad: str) -> None:
    assert refusal(fact(predicate, good)) == "" and refusal(fact(predicate, bad)).startswith("value: expected a")


IDENTIFIERS = [("isrc", "gb-aye-82-00014", "GBAYE8200014"), ("iswc", "T-034.524.680-1", "T0345246801"), ("isni", "0000 0001 2150 090X", "000000012150090X"),
               ("wikidata", "q1299", "Q1299"), ("musicbrainz", "8F3471B5-7E6A-48DA-86A9-C1C07A0F47AE", "8f3471b5-7e6a-48da-86a9-c1c07a0f47ae"),
               ("discogs", "108713", "108713"), ("our-own", "Row 7 / b", "Row 7 / b")]  # fmt: skip


@pytest.mark.parametrize(("scheme", "given", "kept"), IDENTIFIERS)
def test_an_identifier_is_kept_in_the_one_form_of_its_scheme(scheme: str, given: str, kept: str) -> None:
    assert normal(scheme, given) == kept


@pytest.mark.parametrize(("scheme", "found"), [("isrc", "GBAYE820001"), ("isrc", "1.23E+11"), ("iswc", "T-034.524.680-2"), ("iswc", "0345246801"),
                         ("isni", "0000000121500901"), ("wikidata", "1299"), ("mbid", "8f3471b5"), ("discogs", "r108713"), ("isrc", "ＧＢAYE8200014"),
                         ("wikidata", "Q٣")])  # fmt: skip
def test_an_identifier_of_another_form_is_left_out_and_the_rest_goes_in(scheme: str, found: str) -> None:
    bad: list[str] = []
    line = TrackLine(kind="track", id="a", title="T", artist="A", released="1987-13", length_ms=10**12, popularity=10**12,
                     identifiers=((scheme, found), ("isrc", "GBAYE8200014")))  # fmt: skip
    kept = border.admit(line, bad)
    assert isinstance(kept, TrackLine) and kept.identifiers == (("isrc", "GBAYE8200014"),)
    assert (kept.released, kept.length_ms, kept.popularity) == ("", None, 0)
    assert [b.split(":")[0] for b in bad] == ["released", "length_ms", "popularity", f"identifiers.{scheme}"]


LONG = [TRACK | {"title": "x" * 1_001}, TRACK | {"artist": "é" * 1_001}, TRACK | {"title": "李" * 900}, TRACK | {"recording": "r" * 9_000},
        SOURCE | {"key": "k" * 5_000}, SOURCE | {"url": "u" * 5_000}, fact("about", "sea " * 500), fact("writer", "Ana") | {"locator": "l" * 9_000},
        fact("writer", "Ana") | {"quote": "q" * 9_000}, fact("writer", "Ana") | {"object": "o" * 9_000}, fact("writer", "Ana", short="s" * 600),
        fact("writer", "Ana") | {"rank": "x" * 9_000}, fact("writer", "Ana") | {"precision": "vague"},
        {"kind": "entity", "key": "e" * 2_001, "type": "person", "name": "E"}, {"kind": "entity", "key": "e", "type": "person", "name": "n" * 600},
        {"kind": "flag", "track": "a", "predicate": "writer", "flag": "private", "note": "n" * 2_000},
        {"kind": "passage", "key": "p", "source": "s", "locator": "l", "text": "t" * 200_001}]  # fmt: skip


@pytest.mark.parametrize("line", LONG, ids=lambda line: f"{line['kind']}-{max(line, key=lambda k: len(str(line[k])))}")
def test_every_text_has_a_cap(line: dict[str, Any]) -> None:
    assert "expected" in refusal(line) and len(refusal(line)) < 300


def test_many_aliases_identifiers_and_qualifiers_are_bounded() -> None:
    bad: list[str] = []
    line = EntityLine(kind="entity", key="e", type="person", name="E", aliases=(*(f"n{i}" for i in range(3_000)), "\x00"),
                      identifiers={f"own-{i}": "1" for i in range(900)})  # fmt: skip
    kept = border.admit(line, bad)
    assert isinstance(kept, EntityLine) and (len(kept.aliases), len(kept.identifiers), len(bad)) == (2_000, 500, 2)
    assert refusal(fact("writer", "Ana", **{f"q{i}": 1 for i in range(30)})).startswith("qualifiers: expected up to 20")


BAD_ROWS: list[dict[str, Any]] = [TRACK | {"id": "b", "title": "Nul\x00"}, SOURCE | {"key": "k" * 20_000}, TRACK | {"id": "c", "identifiers": [["own", "v" * 20_000]]},
            {"kind": "entity", "key": "e" * 20_000, "type": "person", "name": "E"}, fact("label", "La\x00bel"), fact("writer", "Ana", note="n\x00"),
            TRACK | {"id": "d", "title": "𝄞" * 900}]  # fmt: skip


def test_a_bad_row_is_one_line_on_both_databases_and_the_rest_goes_in(any_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in (SOURCE, TRACK, *BAD_ROWS, fact("writer", "Ana Okafor"))))
    done = ss.import_file(any_store, path)
    assert [int(r.split(":")[1]) for r in done.rejected] == list(range(3, 3 + len(BAD_ROWS)))
    assert sorted(catalogue.track_ids(any_store)) == ["a", "c"]
    assert [f.value for f in catalogue.facts_of(any_store, "a")] == ["Ana Okafor"]


def test_what_is_not_there_is_named_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lost = [fact("writer", f"Ana {i}") | {"track": "lost"} for i in range(20)]
    path.write_text("".join(json.dumps(line) + "\n" for line in (SOURCE, *lost)))
    assert ss.import_file(store, path).rejected == ("rows.jsonl:2: track: 'lost' is not known; put its line above",)


def test_the_house_is_asked_the_same(desk: Store) -> None:
    track = catalogue.track_ids(desk)[0]
    for predicate, value, more in (
        ("recorded_on", "1987-13-45", {}),
        ("tempo", 1e9, {}),
        ("charted", 1, {"weeks": "many"}),
        ("writer", "A\x00", {}),
    ):
        with pytest.raises(StoreError, match="expected"):
            ss.add_fact(desk, track, predicate, value, actor="ben", locator="a letter", qualifiers=more)


def test_every_kind_of_the_vocabulary_has_its_rule() -> None:
    for name in PREDICATES:
        with pytest.raises(ValueError, match="expected"):
            values.check(name, "\x00")
    for p in PREDICATES.values():
        assert set(p.qualifiers) <= set(QUALIFIERS)


@pytest.mark.parametrize(
    "line",
    [TrackLine(kind="track", id="a", title="T", artist="A"), FactLine(kind="fact", track="a", predicate="writer", value="A", source="s")],
)
def test_a_good_line_is_the_same_line(line: Line) -> None:
    bad: list[str] = []
    assert border.admit(line, bad) is line and not bad
