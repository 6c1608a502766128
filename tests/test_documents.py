"""JSON in every form is a table: lines, an array, a document with the list inside; what lies deeper is a cell by its path."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_parsers_fuzz import JSON, PATIENT

from songstory import importing
from songstory.errors import BadRecord, ConfigError, SongstoryError
from songstory.models import Source
from songstory.records import Recording
from songstory.sources import documents, looks, sheets, tables
from songstory.sources.looks import Asked

DESK = Source(key="desk", name="desk", licence="house")
SONG = {"title": "Night Bus", "artist": "Ana Okafor", "writers": ["Ben Quill", "Cara Lind"]}
NESTED = {"track": {"name": "Night Bus", "artists": [{"name": "Ana", "id": 1}, {"name": "Ben", "id": 2}], "isrc": None, "tags": ["a", "b"]}}


def written(tmp_path: Path, value: Any, name: str = "t.json", indent: int | None = 2) -> Path:
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value, indent=indent))
    return path


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    ("value", "list_at"),
    [
        ([SONG, SONG], ""),
        ({"items": [SONG, SONG], "total": 2}, "items"),
        ({"payload": {"count": 2, "things": [SONG, SONG]}}, "payload.things"),
        ({"data": [SONG, SONG], "next": None, "errors": []}, "data"),
        ({"results": [SONG, SONG], "artists": [{"name": "Ana"}]}, "results"),
        ({"pages": [{"rows": [SONG]}, {"rows": [SONG]}]}, "pages[].rows"),
        ([{"rows": [SONG, SONG]}], "[].rows"),
    ],
)
def test_the_list_of_songs_in_a_document_is_found(tmp_path: Path, value: Any, list_at: str, indent: int | None) -> None:
    path = written(tmp_path, value, indent=indent)
    look = looks.look(path)
    assert look.layout.list_at == list_at and {"title", "artist"} <= {t.name for t in look.mapping.values()}
    found = list(tables.parse(path, DESK, look.mapping, look.layout))
    assert [r.title for r in found if isinstance(r, Recording)] == ["Night Bus"] == [getattr(r, "title", str(r)) for r in found]


@pytest.mark.parametrize("name", ["t.json", "t.jsonl", "t.ndjson"])
@pytest.mark.parametrize("count", [1, 3])
def test_one_object_a_line_is_a_table_as_before(tmp_path: Path, name: str, count: int) -> None:
    path = written(tmp_path, f"{json.dumps(SONG)}\n\n" * count, name)
    assert not importing.is_catalogue(path) and len(list(sheets.rows(path, looks.look(path).layout))) == count


def test_one_object_alone_is_a_row(tmp_path: Path) -> None:
    assert looks.look(written(tmp_path, {**SONG, "links": [{"url": "x"}]})).shown[0]["title"] == "Night Bus"


TWO = {"own": [SONG], "liked": [SONG, SONG], "tags": [{"tag": "x"}]}


def test_several_lists_are_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, TWO)
    with pytest.raises(looks.Several, match=r"2 lists.*own \(1 entry\), liked \(2 entries\).*--table own"):
        looks.look(path)
    assert [looks.look(path, Asked(table=t)).layout.list_at for t in ("liked", "2", "1")] == ["liked", "liked", "own"]
    with pytest.raises(ConfigError, match=r"no list 'none'; it has own, liked, tags"):
        looks.look(path, Asked(table="none"))


def test_an_object_is_a_row_by_its_paths() -> None:
    row = documents.cells({"a": 1, "b": {"c": "x", "d": {"e": [1, 2]}}, "f": [{"g": 1, "h": [{"i": 2}]}, {"g": 3}], "j": [], "k": None})
    plain = {k: v for k, v in row.items() if not documents.shapeless(v)}
    assert plain == {"a": 1, "b.c": "x", "b.d.e": [1, 2], "f[].g": [1, 3], "f[].h[].i": [2], "j": [], "k": None}


@pytest.mark.parametrize(
    ("pairs", "title", "artist"),
    [
        (["title=track.name", "artist=track.artists[].name"], "Night Bus", "Ana, Ben"),
        (["track.name=title", "track.artists[].name=artist"], "Night Bus", "Ana, Ben"),
        (["track.name=title", "track.artists=artist"], "Night Bus", "Ana, Ben"),
        (["track.isrc|track.name=title", "track.tags=artist"], "Night Bus", "a, b"),
    ],
)
def test_a_mapping_names_paths_in_both_orders(tmp_path: Path, pairs: list[str], title: str, artist: str) -> None:
    (found,) = tables.parse(written(tmp_path, [NESTED]), DESK, tables.mapping(pairs))
    assert isinstance(found, Recording) and (found.title, found.artist_credit) == (title, artist)


def test_names_in_a_list_are_names_of_their_own(tmp_path: Path) -> None:
    song = {"title": "A", "artist": {"id": 3, "name": "Ana"}, "crew": [{"name": "Ben"}, {"name": "Cara, the Second"}]}
    (found,) = tables.parse(written(tmp_path, [song]), DESK, tables.mapping(["title=title", "artist=artist", "crew=producer"]))
    assert isinstance(found, Recording) and found.artist_credit == "Ana"
    assert [s.value for s in found.statements] == ["Ben", "Cara, the Second"]


@pytest.mark.parametrize("cell", [{"id": 1}, [{"id": 1}], ["a", {"id": 1}], [["a"]]])
def test_what_is_no_text_is_never_told(tmp_path: Path, cell: Any) -> None:
    path = written(tmp_path, [{"title": "A", "artist": cell}])
    (found,) = tables.parse(path, DESK, tables.mapping(["title=title", "artist=artist"]))
    assert isinstance(found, BadRecord) and "artist" in str(found) and "'id'" not in str(found)


def test_paths_suggest_a_mapping(tmp_path: Path) -> None:
    look = looks.look(written(tmp_path, [{"id": 4, "song": {"name": "A", "album": {"title": "B"}}, "performer": {"name": "C"}, "trackLength": "3:45"}]))
    assert {c: t.name for c, t in look.mapping.items()} == {
        "song.name": "title", "performer.name": "artist", "song.album.title": "track_on", "trackLength": "length",
    }  # fmt: skip


# what is refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{\n "items": [\n  {"title": "A"},\n', r"t\.json:\d+: line: expected one JSON object"),
        ("nothing of the kind", r"t\.json:1: line: expected one JSON object"),
        ("[" * 5_000, "expected one JSON object"),
        ('{\n"a": ' * 5_000, "expected one JSON object"),
    ],
)
def test_what_is_no_json_is_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadRecord, match=says) as error:
        looks.look(written(tmp_path, text))
    assert len(str(error.value)) < 300 and "\n" not in str(error.value)


def test_a_document_beyond_measure_is_named_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT", 100)
    with pytest.raises(BadRecord, match="longer than 100 bytes; expected one object a line"):
        documents.read(written(tmp_path, [SONG] * 9))


def test_wide_and_deep_objects_are_bounded() -> None:
    deep: Any = {"title": "x"}
    for _ in range(500):
        deep = {"a": [deep], "b": deep}
    assert len(documents.cells({"deep": deep, **{f"k{n}": n for n in range(5_000)}})) <= documents.MOST_CELLS + documents.MAX_DEPTH
    assert len(documents.lists(deep)) <= 50


@PATIENT
@given(value=JSON | st.lists(JSON, max_size=3))
def test_any_json_is_a_table_or_named(tmp_path: Path, value: Any) -> None:
    path = written(tmp_path, value)
    try:
        look = looks.look(path)
        list(tables.parse(path, DESK, look.mapping, look.layout))
        list(tables.parse(path, DESK, tables.mapping(["title=title", "artist=artist"]), look.layout))
    except SongstoryError as error:
        assert "\n" not in str(error)


def test_a_key_that_breaks_lines_is_named_in_one() -> None:
    assert str(looks.Several("t.json: 2 lists: a\nb, c", {})) == "t.json: 2 lists: a b, c"
