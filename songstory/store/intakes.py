"""Where imports stand: begun, at which byte, finished; and what a source stopped saying."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, text

from songstory.models import Value, now
from songstory.records import ColumnReport
from songstory.store import Store, disputes
from songstory.store.bulk import Writer
from songstory.store.intake_tables import IntakeFactRow, IntakeRow
from songstory.store.tables import SourceRow

NAMED = 10_000  # how many lines that were left out one import remembers by name


class State(Value):
    """An import under way, or done: `position` is the byte and `line` the number of the last line that is in."""

    id: int
    name: str
    position: int
    line: int
    rejected: tuple[str, ...]
    started_at: datetime


def _state(row: IntakeRow) -> State:
    return State(
        id=int(row.id or 0), name=row.name, position=row.position, line=row.line, rejected=tuple(row.rejected), started_at=row.started_at
    )


def last_finished(store: Store, digest: str) -> State | None:
    """Return the import of the very same bytes, when none of its sources was imported again since."""
    with store.reading() as session:
        row = session.exec(
            select(IntakeRow).where(IntakeRow.hash == digest, col(IntakeRow.finished_at).is_not(None)).order_by(col(IntakeRow.id).desc())
        ).first()
        if row is None:
            return None
        later = session.exec(select(IntakeRow.sources).where(col(IntakeRow.id) > row.id)).all()
        return None if any(set(sources) & set(row.sources) for sources in later) else _state(row)


class Import(Value):
    """One import as the log shows it: what came in, and the lines that were left out, each with its reason."""

    id: int
    name: str
    sources: tuple[str, ...]
    added: dict[str, int]
    rejected: tuple[str, ...]
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None = None
    columns: tuple[ColumnReport, ...] = ()

    @property
    def state(self) -> str:
        """Return in a word where it stands."""
        return "taken back" if self.undone_at else "done" if self.finished_at else "cut off, or under way"


def recent(store: Store, limit: int = 50) -> list[Import]:
    """Return the imports of files, the newest first."""
    with store.reading() as session:
        rows = session.exec(select(IntakeRow).order_by(col(IntakeRow.id).desc()).limit(limit))
        return [
            Import(
                id=int(r.id or 0), name=r.name, sources=tuple(r.sources), added=r.added, rejected=tuple(r.rejected),
                started_at=r.started_at, finished_at=r.finished_at, undone_at=r.undone_at,
                columns=tuple(ColumnReport.model_validate(c) for c in r.report),
            )
            for r in rows
        ]  # fmt: skip


def owner_of(session: Session, key: str) -> str | None:
    """Return by which door the source `key` first came, None for one that is not known."""
    return session.exec(select(SourceRow.declared_by).where(SourceRow.key == key)).first()


def begin(store: Store, name: str, digest: str, at: datetime) -> State:
    """Open an import, or take up the one of the same bytes that was cut off."""
    with store.session() as session:
        row = session.exec(select(IntakeRow).where(IntakeRow.hash == digest, col(IntakeRow.finished_at).is_(None))).first()
        if row is None:
            row = IntakeRow(name=name, hash=digest, sources=[], added={}, rejected=[], started_at=at)
            session.add(row)
            session.flush()
        return _state(row)


def advance(session: Session, intake: int, writer: Writer, rejected: list[str], line: int, position: int) -> None:
    """Note how far an import is, in the transaction of its batch.

    Facts may refer to passages above them, so a file that holds passages is begun anew; nothing gets in twice.
    """
    row = session.get_one(IntakeRow, intake)
    row.sources, row.added, row.rejected = writer.sources, dict(writer.added), rejected[:NAMED]
    row.made = _joined([*row.made, *writer.made])
    writer.made.clear()
    if not writer.passages_met:
        row.position, row.line = position, line
    session.add(row)


def _joined(ranges: list[list[int]]) -> list[list[int]]:
    """Return ranges of ids in order, those that touch made one."""
    found: list[list[int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = [found[-1][0], max(last, found[-1][1])]
        else:
            found.append([first, last])
    return found


def keep_report(store: Store, intake: int, columns: Sequence[ColumnReport]) -> None:
    """Keep what became of each column of the table that an import read."""
    with store.session() as session:
        row = session.get_one(IntakeRow, intake)
        row.report = [c.model_dump(mode="json") for c in columns]
        session.add(row)


def finish(session: Session, intake: int, act: str) -> None:
    """Close an import, whose end the audit log tells as `act`."""
    row = session.get_one(IntakeRow, intake)
    row.finished_at, row.act = now(), act
    session.add(row)
    session.exec(delete(IntakeFactRow).where(col(IntakeFactRow.intake_id) == intake))


def no_longer_stated(session: Session, intake: int, writer: Writer, full: bool) -> list[tuple[int, str]]:
    """Let the facts stop standing that records of this import no longer state; return their (id, key).

    With `full` also the facts of records that the import did not meet at all, where its sources have such.
    """
    if not (writer.known_met or full):
        return []
    sources = [source for source, _ in writer.known_sources.values()]
    if not sources:
        return []
    seen = "" if full else "AND r.last_seen = :at"
    rows = session.connection().execute(
        text(
            "SELECT f.id, f.key, t.id FROM fact f LEFT JOIN track t ON t.recording_id = f.subject_id "  # noqa: S608
            "JOIN source_record r ON r.id = f.source_record_id "
            f"WHERE f.retracted_at IS NULL AND f.first_seen < :at {seen} AND r.source_id IN ({', '.join(str(int(s)) for s in sources)}) "
            "AND NOT EXISTS (SELECT 1 FROM intake_fact i WHERE i.intake_id = :intake AND i.fact_id = f.id)"
        ).bindparams(at=moment(session, writer.at), intake=intake)
    )
    found = rows.all()
    fallen = [(int(fact), str(key)) for fact, key, _ in found]
    disputes.unsettle(session, {int(track) for *_, track in found if track is not None})
    for fact, _ in fallen:
        session.connection().execute(
            text("UPDATE fact SET retracted_at = :at WHERE id = :id"), {"at": moment(session, writer.at), "id": fact}
        )
    return fallen


def left_out(session: Session, source: str, stated: Collection[str]) -> dict[int, str]:
    """Return the standing facts of a source, by row, that are not among those stated: what `full` would let fall."""
    rows = session.connection().execute(
        text(
            "SELECT f.id, f.key FROM fact f JOIN source_record r ON r.id = f.source_record_id JOIN source s ON s.id = r.source_id "
            "WHERE f.retracted_at IS NULL AND s.key = :source"
        ),
        {"source": source},
    )
    return {int(row): str(key) for row, key in rows if key not in stated}


def floods(session: Session, writer: Writer, trust: int, most: int) -> list[tuple[str, str, int]]:
    """Return (source, artist, facts) where a source below `trust` said more than `most` new things of one artist in this import."""
    sources = [source for source, _ in writer.known_sources.values()]
    low = session.exec(select(SourceRow.id, SourceRow.key).where(col(SourceRow.id).in_(sources), SourceRow.trust < trust)).all()
    found: list[tuple[str, str, int]] = []
    for source, key in low:
        rows = session.connection().execute(
            text(
                "SELECT min(t.artist_credit), count(*) FROM fact f JOIN source_record r ON r.id = f.source_record_id "
                "JOIN track t ON t.recording_id = f.subject_id WHERE r.source_id = :source AND f.first_seen = :at "
                "GROUP BY t.artist_key HAVING count(*) > :most ORDER BY 1"
            ),
            {"source": source, "at": moment(session, writer.at), "most": most},
        )
        found += [(key, str(artist), int(count)) for artist, count in rows]
    return found


def moment(session: Session, at: datetime) -> object:
    """Return a time as the driver of this store compares it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if session.get_bind().dialect.name == "sqlite" else at
