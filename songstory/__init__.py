"""songstory: checked facts about a recording, told as short cards in which every sentence cites what it rests on.

The names here are what most users need; the public functions of `generation`, `review`, `decisions`, `publishing` and
`intake` are the rest of the API. Each is loaded when it is first used, so that importing songstory costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from songstory.authority import add_person
    from songstory.changing import change
    from songstory.decisions import add_fact, resolve_conflict, retract
    from songstory.editing import edit, revert
    from songstory.erasing import erase
    from songstory.errors import NotEnoughFacts, SongstoryError, StaleRevision, Unsupported
    from songstory.generation import brief_of, check_revision, generate, generate_all
    from songstory.import_undo import undo_import
    from songstory.importing import import_track
    from songstory.intake import import_file, import_sample
    from songstory.models import Card, Fact, Revision, Role, Sentence, Status, Story, Track, Verdict
    from songstory.nightly import Night, dry_run, run_night
    from songstory.publishing import export, published, published_json
    from songstory.rechecking import recheck
    from songstory.report import morning
    from songstory.review import approve, approve_many, discard, publish, reopen, request_changes, restore, submit, withdraw
    from songstory.store import Store, open_store
    from songstory.writers import open_writer

_HOMES = {
    "authority": ("add_person",),
    "changing": ("change",),
    "decisions": ("add_fact", "resolve_conflict", "retract"),
    "editing": ("edit", "revert"),
    "erasing": ("erase",),
    "errors": ("NotEnoughFacts", "SongstoryError", "StaleRevision", "Unsupported"),
    "generation": ("brief_of", "check_revision", "generate", "generate_all"),
    "import_undo": ("undo_import",),
    "importing": ("import_track",),
    "intake": ("import_file", "import_sample"),
    "models": ("Card", "Fact", "Revision", "Role", "Sentence", "Status", "Story", "Track", "Verdict"),
    "nightly": ("Night", "dry_run", "run_night"),
    "publishing": ("export", "published", "published_json"),
    "rechecking": ("recheck",),
    "report": ("morning",),
    "review": ("approve", "approve_many", "discard", "publish", "reopen", "request_changes", "restore", "submit", "withdraw"),
    "store": ("Store", "open_store"),
    "writers": ("open_writer",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Card",
    "Fact",
    "Night",
    "NotEnoughFacts",
    "Revision",
    "Role",
    "Sentence",
    "SongstoryError",
    "StaleRevision",
    "Status",
    "Store",
    "Story",
    "Track",
    "Unsupported",
    "Verdict",
    "add_fact",
    "add_person",
    "approve",
    "approve_many",
    "brief_of",
    "change",
    "check_revision",
    "discard",
    "dry_run",
    "edit",
    "erase",
    "export",
    "generate",
    "generate_all",
    "import_file",
    "import_sample",
    "import_track",
    "morning",
    "open_store",
    "open_writer",
    "publish",
    "published",
    "published_json",
    "recheck",
    "reopen",
    "request_changes",
    "resolve_conflict",
    "restore",
    "retract",
    "revert",
    "run_night",
    "submit",
    "undo_import",
    "withdraw",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'songstory' has no attribute {name!r}")
    value = getattr(import_module(f"songstory.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
