"""The doors by which facts come in: a file or an identifier of each source, on its way to `intake`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import defusedxml.ElementTree as ET
import orjson
from defusedxml.common import DefusedXmlException

from songstory.errors import BadRecord, ConfigError, SourceError
from songstory.import_preview import Preview, preview
from songstory.intake import Intake, Progress, Record, import_records
from songstory.models import Source, Who
from songstory.records import Recording
from songstory.sources import (
    archives,
    ddex,
    discogs,
    documents,
    exports,
    files,
    http,
    looks,
    musicbrainz,
    relationships,
    sheets,
    tables,
    tags,
    wikidata,
    wikipedia,
)
from songstory.sources.layouts import Layout
from songstory.sources.looks import Asked
from songstory.sources.reports import Report
from songstory.store import Store, intakes
from songstory.witness import hashes, loader

MAX_XML = 32_000_000


def import_musicbrainz(
    store: Store,
    paths: Sequence[Path],
    *,
    works: Path | None = None,
    new_tracks: bool = True,
    progress: Progress | None = None,
    actor: Who = "",
) -> Intake:
    """Load answers of the web service, JSON or XML, or the lines of a JSON dump; `works` is the work dump that names the writers."""
    index = musicbrainz.WorkIndex(files.documents(works)) if works else None
    try:
        records = chain(index.bad if index else [], _musicbrainz(paths, index))
        return import_records(
            store,
            musicbrainz.SOURCE,
            records,
            name=_names(paths),
            new_tracks=new_tracks,
            progress=progress,
            actor=actor,
            read_from=hashes(paths),
        )
    finally:
        if index:
            index.close()


def _musicbrainz(paths: Sequence[Path], works: relationships.Works | None) -> Iterator[Record]:
    for path in paths:
        for number, value in _xml_or_json(path):
            yield from [value] if isinstance(value, BadRecord) else musicbrainz.parse(value, path.name, number, works)


def _xml_or_json(path: Path) -> Iterator[tuple[int, Any]]:
    if path.suffix.casefold() != ".xml":
        yield from files.documents(path)
        return
    try:
        if path.stat().st_size > MAX_XML:
            raise SourceError(f"{path.name}: longer than {MAX_XML:,} bytes; expected one answer of the web service")
        yield 1, musicbrainz.from_xml(ET.parse(path, forbid_dtd=True).getroot())
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except (ET.ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        yield 1, BadRecord(path.name, getattr(error, "position", (1,))[0], f"xml: expected an answer of MusicBrainz ({error})")


def search_musicbrainz(query: str, client: http.Client) -> list[Recording]:
    """Return up to five recordings that MusicBrainz finds for a title and an artist. Raise SourceError, SourceUnavailable."""
    found = musicbrainz.parse(musicbrainz.fetch(client, query=query))
    return [r for r in found if isinstance(r, Recording)]


def import_wikidata(
    store: Store,
    paths: Sequence[Path],
    *,
    labels: Path | None = None,
    new_tracks: bool = True,
    progress: Progress | None = None,
    actor: Who = "",
) -> Intake:
    """Load entity JSON or dump lines; `labels` is a JSON object that names the entities which the claims point at."""
    known: Mapping[str, str] = {}
    if labels:
        value = next(files.documents(labels))[1]
        if not isinstance(value, dict):
            raise SourceError(f"{labels.name}: expected one JSON object from entity to label")
        known = {str(k): str(v) for k, v in value.items()}
    records = _each(paths, lambda value, name, number: wikidata.parse(value, name, number, known))
    return import_records(
        store, wikidata.SOURCE, records, name=_names(paths), new_tracks=new_tracks, progress=progress, actor=actor, read_from=hashes(paths)
    )


def import_wikipedia(
    store: Store, paths: Sequence[Path], *, new_tracks: bool = True, progress: Progress | None = None, actor: Who = ""
) -> Intake:
    """Load articles about songs with their passages, and the facts their sentences plainly say."""
    return import_records(
        store, wikipedia.SOURCE, _each(paths, wikipedia.parse), name=_names(paths), new_tracks=new_tracks, progress=progress,
        actor=actor, read_from=hashes(paths),
    )  # fmt: skip


def _each(paths: Sequence[Path], parse: Any) -> Iterator[Record]:
    for path in paths:
        for number, value in files.documents(path):
            yield from [value] if isinstance(value, BadRecord) else parse(value, path.name, number)


def import_discogs(
    store: Store, paths: Sequence[Path], *, new_tracks: bool = True, progress: Progress | None = None, actor: Who = ""
) -> Intake:
    """Load monthly dumps, packed or not: artists and labels give names, releases give recordings."""
    records = (r for path in paths for r in discogs.parse(path))
    return import_records(
        store, discogs.SOURCE, records, name=_names(paths), new_tracks=new_tracks, progress=progress, actor=actor, read_from=hashes(paths)
    )


def import_ddex(
    store: Store, paths: Sequence[Path], *, new_tracks: bool = True, progress: Progress | None = None, actor: Who = ""
) -> Intake:
    """Load messages of ERN, MEAD and RIN, alone or in a ZIP; each sender is a source of its own in each of them.

    A message is all that its sender says of its recordings in that standard. What is not validated is said among the alerts.
    """
    done: list[Intake] = []
    bad: list[str] = []
    notices: dict[str, None] = {}
    for path in paths:
        read_from = hashes([path])
        for file in archives.files(path, ".xml"):
            for message in [file] if isinstance(file, BadRecord) else ddex.parse(file):
                if isinstance(message, BadRecord):
                    bad.append(str(message))
                else:
                    notices[ddex.notice(message[0])] = None
                    done.append(
                        import_records(
                            store, *message, name=path.name, new_tracks=new_tracks, progress=progress, actor=actor, read_from=read_from
                        )
                    )
    whole = together(done)
    return replace(whole, rejected=(*bad, *whole.rejected), alerts=(*whole.alerts, *(n for n in notices if n)))


def together(done: Sequence[Intake]) -> Intake:
    """Return several imports as one."""
    added: dict[str, int] = {}
    passed: dict[str, int] = {}
    for one in done:
        for kind, count in one.added.items():
            added[kind] = added.get(kind, 0) + count
        for why, count in one.passed.items():
            passed[why] = passed.get(why, 0) + count
    return Intake(
        added=added, unchanged=sum(d.unchanged for d in done), rejected=tuple(r for d in done for r in d.rejected),
        retracted=sum(d.retracted for d in done), conflicts=sum(d.conflicts for d in done), cases=sum(d.cases for d in done), passed=passed,
        alerts=tuple(a for d in done for a in d.alerts), skipped="; ".join(d.skipped for d in done if d.skipped),
    )  # fmt: skip


def is_catalogue(path: Path) -> bool:
    """Return whether a file is a catalogue of JSON lines, each with its `kind`, and not a table. Raise SourceError when unreadable."""
    if path.suffix.casefold() not in {".jsonl", ".ndjson", ".json"} or path.is_dir():
        return False
    value = documents.read(path)
    if value is documents.LINES:
        value = next((r[1] for r in islice(documents.lines(path), 20) if isinstance(r, tuple)), {"kind": ""})
    return isinstance(value, dict) and "kind" in value and not documents.lists(value) and not exports.known([documents.cells(value)])


def all_there(path: Path, look: looks.Look, columns: Mapping[str, tables.Target]) -> None:
    """Raise ConfigError, naming the columns that there are, for a mapping of one that is not in the table."""
    seen = {*look.names, *(c for row in look.shown for c in row)}
    missing = [c for c in columns if not any(part.strip() in seen for part in c.split("|"))]
    if look.layout.list_at or path.suffix.casefold() in {".json", ".jsonl", ".ndjson"}:  # what few songs have need not be in the first
        missing = [c for c in missing if columns[c].name in {"title", "artist"}]
    if missing and look.names:
        raise ConfigError(f"{path.name}: no column {', '.join(map(repr, missing))}; there are: {', '.join(look.names[:20])}")


def preview_table(
    store: Store,
    path: Path,
    *,
    source: str,
    columns: Mapping[str, tables.Target],
    layout: Layout | None = None,
    dates: str = "",
    new_tracks: bool = True,
) -> Preview:
    """Return what `import_table` would do with these columns, and what it would let fall with `full`. Nothing is written."""
    said = Source(key=source, name=source, licence="house")
    layout, report = layout or Layout("utf-8"), Report()
    records = tables.parse(path, said, columns, layout, known=_shown(path, columns, layout, dates), report=report)
    seen = preview(store, said, records, new_tracks=new_tracks)
    return seen.model_copy(update={"columns": report.columns()})


def import_table(
    store: Store,
    path: Path,
    *,
    source: str,
    columns: Mapping[str, tables.Target] | None = None,
    licence: str = "house",
    trust: int = 50,
    encoding: str = "utf-8",
    layout: Layout | None = None,
    dates: str = "",
    new_tracks: bool = True,
    full: bool = False,
    progress: Progress | None = None,
    actor: Who = "",
) -> Intake:
    """Load a CSV, Excel, JSON or Parquet table, or the tags of a folder of audio files, by a mapping from columns.

    Without one the guess counts that its header suggests.

    `layout` says where in the file the table stands, as `looks.look` finds it.

    `trust`, 0 to 100, is what a new source gets, more than 50 only where an editor or above loads it; one that is known keeps
    its own. `dates`, day-first or month-first, is asked for only where the cells of a column do not show it. Raise ConfigError when no
    column gives a title or an artist, or that order is not known, NotAllowed when the source is another's.
    """
    look = None if columns and layout else looks.look(path, Asked(encoding, columns=tuple(columns or ())))
    layout = layout or (look.layout if look else Layout(encoding))
    chosen = columns or (look.mapping if look else {})
    if not chosen and isinstance(first := next(sheets.rows(path, layout), None), BadRecord):
        raise first
    if not {"title", "artist"} <= {t.name for t in chosen.values()}:
        raise ConfigError(f"{path.name}: say which columns hold title and artist, such as --map 'Song=title' --map 'Act=artist'")
    said = Source(key=source, name=source, licence=licence, trust=trust)
    report = Report()
    records = tables.parse(path, said, chosen, layout, known=_shown(path, chosen, layout, dates), report=report)
    who, read_from = loader(store, actor), {path.name: _listing(path)} if path.is_dir() else hashes([path])
    door = who.file(path, read_from[path.name])
    done = import_records(
        store, said, records, name=path.name, new_tracks=new_tracks, full=full, sheet=True, progress=progress, read_from=read_from,
        read_as=repr((sorted(chosen.items(), key=str), layout, dates)), door=replace(door, most=100) if who.vouched else door,
    )  # fmt: skip
    intakes.keep_report(store, done.id, report.columns())
    return replace(done, columns=report.columns())


def _listing(folder: Path) -> str:
    """Return the hash of what a folder of audio files holds: their names and sizes, for the files themselves may be terabytes."""
    listed = [(str(path.relative_to(folder)), path.stat().st_size) for path in tags.audio_files(folder)]
    return hashlib.sha256(orjson.dumps(listed)).hexdigest()


def _shown(path: Path, chosen: Mapping[str, tables.Target], layout: Layout, dates: str) -> dict[str, tables.Column]:
    """Return what the columns of a table show. Raise ConfigError where a date may be two, and nobody says which."""
    if dates not in {"", *tables.ORDERS}:
        raise ConfigError(f"--dates {dates!r}: expected {' or '.join(tables.ORDERS)}")
    known = tables.look(path, chosen, layout, dates)
    if open_ones := tables.undecided(known):
        raise ConfigError(f"{path.name}: {tables.question(open_ones)}; say --dates {' or --dates '.join(tables.ORDERS)}")
    return known


def import_track(
    store: Store,
    *,
    isrc: str = "",
    mbid: str = "",
    wikidata_id: str = "",
    article: str = "",
    contact: str = "",
    cache: Path | None = None,
    client: http.Client | None = None,
    actor: Who = "",
) -> Intake:
    """Fetch what the public sources say of one recording: MusicBrainz by ISRC or MBID, a Wikidata item, a Wikipedia article.

    `contact` is an e-mail address or a page that the sources are told, `cache` a folder for their answers; a `client` of
    your own stands for both. Raise SourceError when a source has no such record, SourceUnavailable when it does not answer.
    """
    if not any((isrc, mbid, wikidata_id, article)):
        raise ConfigError("name a recording: its ISRC, its MBID, its Wikidata item or its Wikipedia article")
    client = client or http.Client(contact, cache=cache)
    done = []
    if isrc or mbid:
        answer = musicbrainz.fetch(client, isrc=isrc, mbid=mbid)
        done.append(import_records(store, musicbrainz.SOURCE, musicbrainz.parse(answer), actor=actor, read_from=_hash(answer)))
    if wikidata_id:
        data, labels = wikidata.fetch(client, wikidata_id)
        done.append(import_records(store, wikidata.SOURCE, wikidata.parse(data, labels=labels), actor=actor, read_from=_hash(data)))
    if article:
        page = wikipedia.fetch(client, article)
        done.append(import_records(store, wikipedia.SOURCE, wikipedia.parse(page), actor=actor, read_from=_hash(page)))
    return together(done)


def _hash(answer: object) -> dict[str, str]:
    """Return the hash of what a public source answered."""
    return {"answer": hashlib.sha256(orjson.dumps(answer, option=orjson.OPT_SORT_KEYS)).hexdigest()}


def _names(paths: Iterable[Path]) -> str:
    return ", ".join(p.name for p in paths)[:200]
