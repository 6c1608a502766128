"""No answer, however broken, makes a parser raise: hypothesis throws values of every shape, and genuine ones with parts replaced."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.models import Source
from songstory.sources import ddex, discogs, files, musicbrainz, tables, wikidata, wikipedia
from songstory.sources.extraction import extract

DATA = Path(__file__).parent / "data"
ODD = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.just([])
    | st.just({})
    | st.lists(st.none(), max_size=2)
)
JSON = st.recursive(ODD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12)
GENUINE = {
    "musicbrainz": (musicbrainz.parse, "musicbrainz/picard_recording_credits.json"),
    "release": (musicbrainz.parse, "musicbrainz/picard_release.json"),
    "wikidata": (wikidata.parse, "wikidata/Q494290.json"),
    "wikipedia": (wikipedia.parse, "wikipedia/rest_summary.json"),
    "wikitext": (wikipedia.parse, "wikipedia/revisions_made.json"),
}
PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


def replaced(value: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], odd)
    return copy


@pytest.mark.parametrize("parse", [musicbrainz.parse, wikidata.parse, wikipedia.parse])
@PATIENT
@given(value=JSON)
def test_any_json_is_read_or_named(parse: Callable[..., Iterator[Any]], value: Any) -> None:
    assert all(str(r) for r in parse(value))


@pytest.mark.parametrize("name", sorted(GENUINE))
@PATIENT
@given(data=st.data())
def test_a_genuine_answer_with_odd_parts_is_read_or_named(name: str, data: st.DataObject) -> None:
    parse, file = GENUINE[name]
    value = json.loads((DATA / file).read_text())
    for _ in range(3):
        value = replaced(value, data.draw(st.sampled_from(list(places(value))[:400])), data.draw(ODD))
    assert all(str(r) for r in parse(value))


@pytest.mark.parametrize("name", sorted(GENUINE))
def test_the_empty_twin_of_an_answer_is_named(name: str) -> None:
    def hollow(value: Any) -> Any:
        return (
            {k: hollow(v) for k, v in value.items()}
            if isinstance(value, dict)
            else [hollow(v) for v in value]
            if isinstance(value, list)
            else None
        )

    parse, file = GENUINE[name]
    assert all(isinstance(r, BadRecord) for r in parse(hollow(json.loads((DATA / file).read_text()))))


@pytest.mark.parametrize(("parse", "file"), [(discogs.parse, "discogs/releases.xml"), *((ddex.parse, f"ddex/{m}_made.xml") for m in ("ern-432", "mead-11", "rin-21"))])
@PATIENT
@given(data=st.data())
def test_cut_and_garbled_xml_is_read_or_named(
    parse: Callable[[Path], Iterator[Any]], file: str, data: st.DataObject, tmp_path: Path
) -> None:
    body = bytearray((DATA / file).read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "x.xml"
    path.write_bytes(bytes(body[: data.draw(st.integers(0, len(body)))]))
    assert all(r is not None for r in parse(path))


@PATIENT
@given(body=st.binary(max_size=400))
def test_any_bytes_are_a_table_or_named(body: bytes, tmp_path: Path) -> None:
    for name in ("t.csv", "t.jsonl", "t.parquet"):
        path = tmp_path / name
        path.write_bytes(b"title,artist\n" + body if name == "t.csv" else body)
        try:
            list(tables.parse(path, Source(key="s", name="s", licence="x"), tables.mapping(["title=title", "artist=artist"])))
            list(files.documents(path))
        except (SourceError, ConfigError) as error:
            assert "\n" not in str(error)


@PATIENT
@given(text=st.text(max_size=300), title=st.text(max_size=20))
def test_any_text_is_extracted_from(text: str, title: str) -> None:
    for statement in extract(text, title):
        assert statement.quote in text


@PATIENT
@given(line=st.binary(max_size=200))
def test_any_line_of_a_catalogue_is_read_or_named(line: bytes) -> None:
    try:
        files.parse_line(line)
    except ValueError as error:
        assert str(error)
