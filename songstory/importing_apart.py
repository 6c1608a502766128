"""Imports an uploaded file in a process of its own, as the dashboard does; the import log tells how far it is."""

from __future__ import annotations

import tempfile
from pathlib import Path

from songstory import apart
from songstory.decisions import editor
from songstory.errors import StoreError
from songstory.models import Who
from songstory.store import Store, people

# the child removes the file when it is done, so that nothing uploaded stays behind
_CHILD = """
import os, shutil, sys
import songstory as ss
try:
    from songstory.cli_shared import store
    ss.import_file(store(), sys.argv[1], actor=sys.argv[2])
finally:
    shutil.rmtree(os.path.dirname(sys.argv[1]))
"""
MOST = 50 * 1024 * 1024  # bytes of one upload


def launch(store: Store, name: str, data: bytes, *, actor: Who) -> None:
    """Start the import of house files in JSON lines. An editor does. Raise StoreError for a file that is empty or too large."""
    with store.session() as session:
        who = editor(session, actor, "import a file")
        if not data.strip():
            raise StoreError(f"{name!r} is empty; choose a file with one JSON object a line")
        if len(data) > MOST:
            raise StoreError(f"{name!r} has {len(data):,} bytes, more than {MOST:,}; import it with: songstory import files FILE")
        people.record(session, action="import.start", object_=name[:200], actor=who.name, data={"bytes": len(data)})
    folder = Path(tempfile.mkdtemp(prefix="songstory-upload-"))
    path = folder / (Path(name).name[-100:].replace("\0", "") or "upload.jsonl")
    path.write_bytes(data)
    apart.start(store.engine.url, ["-c", _CHILD, str(path), who.name])
