"""Who loads what: the door of an import, and the events that bear witness to it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from songstory import ownership
from songstory.errors import NotAllowed
from songstory.models import Role, Who
from songstory.ownership import Door
from songstory.review import may
from songstory.sources import files
from songstory.store import Store, intakes, people
from songstory.store.bulk import Writer
from songstory.store.people import Record

KEYS = 1_000  # facts named in one event; more make more events
LISTED = 50  # files whose hashes one event lists


@dataclass(frozen=True)
class Loader:
    """Who loads: a person, or nobody by name (`person` False), which the audit log keeps as the service user.

    `vouched`: an editor or above; `unwatched`: nobody works here yet.
    """

    name: str
    person: bool = False
    vouched: bool = False
    unwatched: bool = False

    def file(self, path: Path, digest: str) -> Door:
        """Return the door of a file that this loader brings."""
        return ownership.file(
            path, digest, actor=self.name, person=self.person, vouched=self.vouched, unwatched=self.unwatched
        )  # fmt: skip


def loader(store: Store, actor: Who) -> Loader:
    """Return who loads. Raise NotAllowed for a name that is not known here, once anybody is."""
    with store.reading() as session:
        unwatched = not people.has_people(session)
        if not actor:
            return Loader(people.NIGHT, unwatched=unwatched)
        if unwatched and isinstance(actor, str):
            return Loader(actor, person=True, unwatched=True)
        who = people.find_actor(session, actor)
        return Loader(who.name, person=who.kind == "person", vouched=may(who, Role.EDITOR))


def claim(store: Store, door: Door, key: str) -> None:
    """Raise NotAllowed unless a door may speak for the source `key`."""
    with store.reading() as session:
        if why := door.refusal(key, intakes.owner_of(session, key)):
            raise NotAllowed(why)


def hashes(paths: Sequence[Path]) -> dict[str, str]:
    """Return the hash of each file by its name. Raise SourceError when one cannot be read."""
    return {path.name: files.digest(path) for path in paths}


@dataclass(frozen=True)
class Evidence:
    """What an import is told by: a name, the hashes of what was read, and its door."""

    name: str
    files: Mapping[str, str]
    door: Door

    def _data(self) -> dict[str, Any]:
        listed = dict(list(self.files.items())[:LISTED])
        return {"files": listed, "by": self.door.owner, **({"more": len(self.files) - LISTED} if len(self.files) > LISTED else {})}

    def wrote(self, session: Session, writer: Writer, *, begun: bool) -> None:
        """Keep the sources that a batch declared; of the first batch of a long import, that it has `begun`.

        So an import that is cut off has its witness too.
        """
        told = [Record("import.begin", self.name, self._data())] if begun and writer.batches == 1 else []
        for source in writer.declared:
            told.append(Record("source.declare", source.key, {"name": source.name, "trust": source.trust, **self._data()}))
        people.record_many(session, told, actor=self.door.actor)
        writer.declared.clear()

    def done(self, session: Session, writer: Writer, act: str, fallen: Sequence[str], rejected: int) -> None:
        """Keep what an import did: its counts in one event, and by their keys the facts it let fall."""
        counts = {
            "sources": writer.sources, "added": dict(writer.added), "unchanged": writer.unchanged, "rejected": rejected,
            "retracted": len(fallen),
        }  # fmt: skip
        told = [Record("import", self.name, {**self._data(), **counts})]
        told += [Record("import.retract", self.name, {"facts": list(fallen[n : n + KEYS])}) for n in range(0, len(fallen), KEYS)]
        people.record_many(session, told, actor=self.door.actor, act_id=act)


def act() -> str:
    """Return an id that joins the events of one act."""
    return secrets.token_hex(8)


def bounded(writer: Writer) -> list[str]:
    """Return in words which sources asked for more trust than a file gives."""
    return [
        f"{key} asks for a trust of {asked} and has {writer.door.most}; an editor may give it more: songstory trust {key} {asked} --as NAME"
        for key, asked in writer.bounded.items()
    ]
