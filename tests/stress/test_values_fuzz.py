"""Facts with arbitrary values from every door: none is a traceback, none ends a night."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conftest import add_people
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import songstory as ss
from songstory import importing, intake
from songstory.errors import SongstoryError
from songstory.models import Source
from songstory.nightly import Night, run_night
from songstory.records import Recording, Statement
from songstory.sources import musicbrainz, tables, wikidata
from songstory.store import Store
from songstory.vocabulary import PREDICATES, QUALIFIERS

pytestmark = pytest.mark.stress
RUNS = int(os.environ.get("SONGSTORY_STRESS_VALUES", "20000"))  # facts
AT_ONCE = 20  # facts of one night
ANY = st.one_of(
    st.text(st.characters(codec=None, exclude_categories=[]), max_size=30), st.integers(), st.floats(), st.booleans(), st.none(),
    st.from_regex(r"[0-9]{1,5}(-[0-9]{1,2}(-[0-9]{1,2})?)?", fullmatch=True), st.integers(0, 200), st.text(max_size=3).map(lambda t: t * 700),
)  # fmt: skip
WILD = st.one_of(ANY, st.lists(ANY, max_size=2), st.dictionaries(st.text(max_size=5), ANY, max_size=2))
FACTS = st.lists(
    st.tuples(st.sampled_from(sorted(PREDICATES)), WILD, st.dictionaries(st.sampled_from(sorted(QUALIFIERS)), WILD, max_size=3)),
    min_size=AT_ONCE, max_size=AT_ONCE,
)  # fmt: skip
Said = list[tuple[str, Any, dict[str, Any]]]
numbers = count()


def by_lines(store: Store, folder: Path, track: str, said: Said) -> None:
    lines: list[dict[str, Any]] = [{"kind": "source", "key": "s", "name": "S", "licence": "CC0"}]
    lines += [{"kind": "track", "id": track, "title": f"Song {track}", "artist": "Mia Lund"}]
    lines += [
        {"kind": "fact", "track": track, "predicate": p, "value": v, "qualifiers": q, "source": "s", "locator": track} for p, v, q in said
    ]
    (folder / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    ss.import_file(store, folder / "lines.jsonl")


def by_records(source: Source) -> Callable[[Store, Path, str, Said], None]:
    def load(store: Store, folder: Path, track: str, said: Said) -> None:
        statements = []
        for predicate, value, qualifiers in said:
            with contextlib.suppress(ValidationError):  # what is no value at all no source can hand over
                statements.append(Statement(predicate=predicate, value=value, qualifiers=qualifiers))
        record = Recording(source=source.key, locator=track, title=f"Song {track}", artist_credit="Mia Lund", statements=tuple(statements))
        intake.import_records(store, source, [record])

    return load


def by_table(store: Store, folder: Path, track: str, said: Said) -> None:
    columns = [(f"c{i}", p, v) for i, (p, v, _) in enumerate(said)]
    with (folder / "t.csv").open("w", newline="", encoding="utf-8", errors="replace") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "artist", *(c for c, *_ in columns)])
        writer.writerow([f"Song {track}", "Mia Lund", *(str(v).replace("\0", "") for *_, v in columns)])
    mapped = tables.mapping(["title=title", "artist=artist", *(f"{c}={p}" for c, p, _ in columns)])
    importing.import_table(store, folder / "t.csv", source="desk", columns=mapped)


def by_house(store: Store, folder: Path, track: str, said: Said) -> None:
    by_lines(store, folder, track, [])
    for predicate, value, qualifiers in said:
        with contextlib.suppress(SongstoryError, ValidationError):
            ss.add_fact(store, track, predicate, value, actor="ben", locator="a letter", qualifiers=qualifiers)


DOORS = {
    "lines": by_lines,
    "musicbrainz": by_records(musicbrainz.SOURCE),
    "wikidata": by_records(wikidata.SOURCE),
    "table": by_table,
    "house": by_house,
}


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = ss.open_store(f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'songs.db'}")
    add_people(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize("door", DOORS)
def test_no_value_is_a_traceback_or_ends_a_night(fuzzed: Store, tmp_path: Path, door: str) -> None:
    @settings(max_examples=max(RUNS // AT_ONCE // len(DOORS), 1), deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(FACTS)
    def run(said: Said) -> None:
        DOORS[door](fuzzed, tmp_path, f"t{next(numbers)}", said)
        assert run_night(Night(fuzzed, ss.open_writer("composer"), mode="local")).status == "finished"

    run()
