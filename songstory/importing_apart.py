"""Imports an uploaded file in a process of its own, as the dashboard does; the import log tells how far it is."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from songstory import launches
from songstory.decisions import editor
from songstory.errors import RunInProgress, StoreError
from songstory.models import Who
from songstory.store import Store, people, places
from songstory.store.places import Caps

MOST = 50 * 1024 * 1024  # bytes of one upload


def launch(store: Store, name: str, data: bytes, *, actor: Who, caps: Caps = Caps()) -> None:  # noqa: B008  it is frozen
    """Start the import of house files in JSON lines. An editor does. Raise StoreError for a file that is empty or too large,
    RunInProgress where too many wait."""
    with store.session() as session:
        who = editor(session, actor, "import a file")
        if not data.strip():
            raise StoreError(f"{name!r} is empty; choose a file with one JSON object a line")
        if len(data) > MOST:
            raise StoreError(f"{name!r} has {len(data):,} bytes, more than {MOST:,}; import it with: songstory import files FILE")
        folder = Path(tempfile.mkdtemp(prefix=launches.UPLOAD))
        path = folder / (Path(name).name[-100:].replace("\0", "") or "upload.jsonl")
        path.write_bytes(data)
        try:
            places.ask(store, session, "import", who.name, {"path": str(path)}, caps=caps)
        except RunInProgress:
            shutil.rmtree(folder)
            raise
        people.record(session, action="import.start", object_=name[:200], actor=who.name, data={"bytes": len(data)})
    launches.start_waiting(store, caps)
