"""Source to facts to store: what is good goes in, what is not is named, one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from songstory import assets
from songstory.errors import BadRecord
from songstory.models import now
from songstory.sources import files
from songstory.store import Store, intakes
from songstory.store.bulk import Writer

BATCH = 5_000


@dataclass(frozen=True)
class Intake:
    """What an import did: rows by kind that went in, one line per record that did not, and what stopped standing."""

    added: dict[str, int]
    unchanged: int = 0
    rejected: tuple[str, ...] = ()
    retracted: int = 0
    conflicts: int = 0
    cases: int = 0
    skipped: str = ""
    counts: dict[str, int] = field(default_factory=dict)


def import_file(
    store: Store, path: str | Path, *, full: bool = False, progress: Callable[[int], None] | None = None, at: datetime | None = None
) -> Intake:
    """Load a catalogue of JSON lines; written twice it changes nothing. `progress` is told how many bytes were read.

    Bad lines are left out and named in the result; each batch of lines is one transaction, and an import that was cut off
    goes on after its last batch. What a record of the file no longer states stops standing; with `full` the file is all
    that its sources say, so what it leaves out stops standing too. Raise SourceError when the file cannot be read.
    """
    file = Path(path)
    digest = files.digest(file)
    if not full and (done := intakes.last_finished(store, digest)):
        return Intake(
            added={}, unchanged=done.line, rejected=tuple(done.rejected), skipped=f"{file.name} was read before and did not change"
        )
    state = intakes.begin(store, file.name, digest, at or now())
    writer = Writer(state.started_at, state.id)
    lines = files.parse(files.read_lines(file, state.position, state.line), file.name)
    rejected = list(state.rejected)
    for batch in _batches(lines):
        good = [(number, line) for number, line, _ in batch if not isinstance(line, BadRecord)]
        rejected += [str(line) for _, line, _ in batch if isinstance(line, BadRecord)]
        with store.session() as session:
            bad = writer.write(session.connection(), good)
            rejected += [str(BadRecord(file.name, number, why)) for number, why in bad]
            number, _, position = batch[-1]
            intakes.advance(session, state.id, writer, rejected, number, position)
        if progress:
            progress(position)
    return _finish(store, state.id, writer, rejected, full)


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    walking = iter(items)
    while batch := list(islice(walking, BATCH)):
        yield batch


def _finish(store: Store, intake: int, writer: Writer, rejected: list[str], full: bool) -> Intake:
    """Close an import: facts no longer stated stop standing, conflicts between sources are found."""
    with store.session() as session:
        fallen = intakes.no_longer_stated(session, intake, writer, full)
        intakes.finish(session, intake)
    return Intake(added=writer.added, unchanged=writer.unchanged, rejected=tuple(sorted(rejected, key=_line)), retracted=len(fallen))


def _line(text: str) -> int:
    number = text.split(":")[1] if text.count(":") > 1 else ""
    return int(number) if number.isdigit() else 0


def import_sample(store: Store) -> Intake:
    """Load the bundled catalogue of real songs."""
    return import_file(store, assets.sample() / "catalogue.jsonl")
