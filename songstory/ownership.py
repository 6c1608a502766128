"""Whose a source is: the door it first came through. A file speaks for no source of an importer, of the house or of another file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

HOUSE = "house"  # the source key of facts that an editor adds by hand; it belongs to that act alone
SAMPLE = "sample"
DECLARED = 50  # the most trust that a file gives its own source; an editor gives more
_IMPORTERS = frozenset({"musicbrainz", "wikidata", "wikipedia", "discogs"})
_SENDERS = "ddex-"  # each sender of DDEX messages is a source of its own


@dataclass(frozen=True)
class Door:
    """Through which door lines come in, and who answers for them.

    A new source is declared by `owner`; `owners` are those whose sources the door may go on speaking for. `vouched`: an
    editor or above answers for it, so it may speak for the sources of others. `unwatched`: nobody works here yet, so files
    that nobody answers for may go on for one another. `most` bounds the trust of a new source, and those of one `origin`
    do not corroborate one another.
    """

    owner: str
    actor: str
    owners: frozenset[str] = frozenset()
    vouched: bool = False
    unwatched: bool = False
    most: int = 100
    origin: str = ""

    @property
    def of_a_file(self) -> bool:
        return bool(self.origin)

    def refusal(self, key: str, declared_by: str | None) -> str:
        """Return why this door may not speak for the source `key`, "" when it may; `declared_by` is None for a new source."""
        owner = declared_by if declared_by is not None else reserved(key)
        if not owner or owner in {self.owner, *self.owners}:
            return ""
        if key == HOUSE:
            return f"source: {HOUSE!r} is for facts that an editor adds by hand; add them with: songstory add-fact"
        if self.vouched or (self.unwatched and owner.startswith("file ")):
            return ""
        return f"source: {key!r} belongs to {spoken(owner)}; a person who answers for this, an editor or above, loads it with --as NAME"


def reserved(key: str) -> str:
    """Return whose a source is by its key alone, "" for one that any door may declare."""
    if key == HOUSE:
        return HOUSE
    return f"importer {key}" if key in _IMPORTERS or key.startswith(_SENDERS) else ""


def spoken(owner: str) -> str:
    """Return an owner in words: the importer wikidata, the person mara, the file a.jsonl."""
    kind, _, name = owner.partition(" ")
    return f"the {kind} {name.split('@')[0]}" if name else f"the {owner}"


def importer(key: str, actor: str) -> Door:
    """Return the door of the importer of a source."""
    return Door(owner=f"importer {key}", actor=actor)


def sample(actor: str) -> Door:
    """Return the door of the bundled catalogue."""
    return Door(owner=SAMPLE, actor=actor)


def house(actor: str) -> Door:
    """Return the door of facts that an editor adds by hand."""
    return Door(owner=HOUSE, actor=actor)


def file(path: Path, digest: str, *, actor: str, person: bool, vouched: bool, unwatched: bool) -> Door:
    """Return the door of one file, loaded by a `person` or by nobody.

    A person owns the sources of the files they load. Where nobody is named the file owns them, by name and place: its
    next version is the same file. Files of one source of authority are one origin: all that nobody answers for, all of a
    person who is no editor, and each file alone that an editor answers for.
    """
    place = f"file {path.name}@{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]}"
    owners = frozenset({place, f"file {path.name}"})  # the name alone: from before places were kept
    if not person:
        return Door(place, actor, owners, unwatched=unwatched, most=DECLARED, origin="files")
    origin = f"file {digest[:16]}" if vouched else f"files of {actor}"
    return Door(f"person {actor}", actor, owners, vouched=vouched, most=DECLARED, origin=origin)
