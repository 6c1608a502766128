"""Source to facts to store: what is good goes in, what is not is named, one line each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from songstory import assets
from songstory.errors import BadRecord
from songstory.sources import files
from songstory.store import Store
from songstory.store.bulk import Loader

BATCH = 5_000


@dataclass(frozen=True)
class Intake:
    """What an import did: rows by kind that went in, and one line per row that did not."""

    added: dict[str, int]
    unchanged: int = 0
    rejected: tuple[str, ...] = ()


def import_file(store: Store, path: str | Path, *, progress: Callable[[int], None] | None = None) -> Intake:
    """Load a catalogue of JSON lines; written twice it changes nothing. `progress` is told how many lines were read.

    Bad lines are left out and named in the result; each batch of lines is one transaction. Raise SourceError when the
    file cannot be read.
    """
    file = Path(path)
    added: dict[str, int] = {}
    rejected: list[str] = []
    unchanged = 0
    lines = files.parse(files.fetch(file), file.name)
    done = False
    read = 0
    memory: Loader | None = None
    while not done:
        with store.session() as session:
            loader = Loader(store, session)
            if memory is not None:
                loader._passages, loader._entities, loader._tracks, loader._sources = (
                    memory._passages,
                    memory._entities,
                    memory._tracks,
                    memory._sources,
                )
            for _ in range(BATCH):
                item = next(lines, None)
                if item is None:
                    done = True
                    break
                read += 1
                if isinstance(item, BadRecord):
                    rejected.append(str(item))
                    continue
                number, line = item
                try:
                    with session.begin_nested():
                        _write(loader, line)
                except ValueError as error:
                    rejected.append(str(BadRecord(file.name, number, str(error))))
        for kind, count in loader.added.items():
            added[kind] = added.get(kind, 0) + count
        unchanged += loader.unchanged
        memory = loader
        if progress:
            progress(read)
    return Intake(added=added, unchanged=unchanged, rejected=tuple(rejected))


def _write(loader: Loader, line: files.Line) -> None:
    match line:
        case files.SourceLine():
            loader.source(**line.model_dump(exclude={"kind"}))
        case files.PassageLine():
            loader.passage(line.key, line.source, line.locator, line.text, line.licence, line.revision)
        case files.EntityLine():
            loader.entity(line.key, line.type, line.name, line.aliases, line.identifiers)
        case files.TrackLine():
            loader.track(
                line.id,
                line.title,
                line.artist,
                artist_entity=line.artist_entity,
                recording=line.recording,
                length_ms=line.length_ms,
                released=line.released,
                popularity=line.popularity,
            )
        case files.FactLine():
            loader.fact(
                track=line.track,
                predicate=line.predicate,
                value=line.value,
                object_=line.object,
                qualifiers=dict(line.qualifiers),
                precision=line.precision,
                rank=line.rank,
                quote=line.quote or line.cell,
                passage=line.passage,
                source=line.source,
                locator=line.locator,
                credited_as=line.credited_as,
            )
        case files.FlagLine():
            loader.flag(line.track, line.predicate, line.flag, line.note)


def import_sample(store: Store) -> Intake:
    """Load the bundled catalogue of real songs."""
    return import_file(store, assets.sample() / "catalogue.jsonl")
