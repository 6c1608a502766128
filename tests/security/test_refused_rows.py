"""A row that a database refuses is one line that is named; the good rest of its file goes in, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from songstory.errors import StoreError
from songstory.models import now
from songstory.ownership import Door
from songstory.records import EntityLine, FactLine, Line, PassageLine, SourceLine, TrackLine
from songstory.store import Store
from songstory.store.bulk import Writer
from songstory.store.preparing import Ready

SOURCE = SourceLine(kind="source", key="sheet", name="Sheet", licence="CC0", attribution="The label")
NOISE = "".join(chr(0x4E00 + (i * i * 7919) % 20_000) for i in range(9_000))  # 27 kB that do not compress


def past_the_border(line: Line, **odd: Any) -> Line:
    """Return a line with values that the border never saw."""
    return type(line).model_construct(**{**dict(line), **odd})


def song(i: int) -> list[Line]:
    track = TrackLine(kind="track", id=f"song-{i}", title=f"Song {i}", artist="Somebody")
    passage = PassageLine(kind="passage", key=f"p-{i}", source="sheet", locator=f"page {i}", text=f"Song {i} was recorded at night.")
    fact = FactLine(kind="fact", track=f"song-{i}", predicate="tempo", value=90 + i, source="sheet", locator=f"row {i}")
    told = FactLine(kind="fact", track=f"song-{i}", predicate="recorded_at", value="Abbey Road", passage=f"p-{i}", quote=passage.text)
    return [track, passage, fact, told]


TRACK, ENTITY, FACT = song(90)[0], EntityLine(kind="entity", key="per-x", type="person", name="X"), song(0)[2]
POSTGRES: dict[str, Line] = {
    "a title with NUL": past_the_border(TRACK, title="So\0ng"),
    "a key over the limit of the index": past_the_border(ENTITY, key=NOISE),
    "a name over the limit": past_the_border(ENTITY, name=NOISE),
    "a quote with NUL": past_the_border(FACT, value=7, quote="a\0b"),
    "a length that is no number of the column": past_the_border(TRACK, length_ms=10**30),
    "half of a character": past_the_border(TRACK, title="So\ud800ng"),
    "a column that must be filled": past_the_border(FACT, value=8, rank=None),
}
SQLITE: dict[str, Line] = {name: POSTGRES[name] for name in list(POSTGRES)[-3:]} | {
    "half of a character in a key": past_the_border(ENTITY, key="per-\udfff")
}


def write(store: Store, lines: list[Line]) -> tuple[Writer, list[tuple[int, str]]]:
    """Write lines as one batch, as if they had passed the border."""
    writer = Writer(now(), Door("ada", "ada"))
    with store.session() as session:
        return writer, writer.write(session.connection(), Ready(list(enumerate(lines)), [], {}))


def standing(store: Store) -> list[int]:
    with store.reading() as session:
        return [
            session.connection().execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in ("source", "track", "passage", "fact")
        ]


def test_what_a_database_refuses_is_named_and_the_rest_goes_in(any_store: Store) -> None:
    odd = list((SQLITE if any_store.dialect == "sqlite" else POSTGRES).values())
    lines = [SOURCE, *(line for i in range(20) for line in song(i))]
    places = [3, *(len(lines) * n // len(odd) for n in range(1, len(odd)))]  # from before what refers to it to the last
    for place, line in zip(reversed(places), odd, strict=True):
        lines.insert(place, line)
    writer, bad = write(any_store, lines)
    assert [lines[number] for number, _ in bad] == [line for line in lines if line in odd]
    assert [why for _, why in bad if not why.startswith("the store cannot hold this: ") or "\n" in why] == []
    assert standing(any_store) == [1, 20, 20, 40]
    assert writer.added == {"source": 1, "entity": 20, "name": 20, "track": 20, "link": 20, "passage": 20, "fact": 40}


def test_what_refers_to_a_refused_row_is_named_and_a_later_batch_may_bring_it(any_store: Store) -> None:
    lines = [SOURCE, past_the_border(TRACK, title="So\ud800ng"), *song(90)[1:]]
    _, bad = write(any_store, lines)
    assert [number for number, _ in bad] == [1, 3] and "track: 'song-90' is not known" in bad[1][1]
    _, bad = write(any_store, [SOURCE, *song(90)])
    assert not bad and standing(any_store) == [1, 1, 1, 2]


def test_what_no_line_is_to_blame_for_ends_the_import(any_store: Store) -> None:
    with any_store.session() as session:
        session.connection().execute(text("ALTER TABLE fact RENAME TO elsewhere"))
    with pytest.raises(StoreError, match="songstory init"):
        write(any_store, [SOURCE, *song(1)])
