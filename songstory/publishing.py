"""What a player's back end reads, and the files others take: the stored bytes of what is live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from songstory import pages, private_files
from songstory.errors import AuditBroken, StoreError
from songstory.models import now
from songstory.store import Store, heads, people, proof, stories
from songstory.store.heads import Head

_SAFE = re.compile(r"[^a-zA-Z0-9~_-]+")


def published_json(store: Store, track: str, *, language: str = "en", market: str = "world") -> bytes | None:
    """Return the stored bytes of the live story of `track`, None when there is none."""
    return stories.published_body(store, track, language, market)


def published(store: Store, track: str, *, language: str = "en", market: str = "world") -> dict[str, Any] | None:
    """Return the live story of `track` as a dictionary, None when there is none."""
    body = published_json(store, track, language=language, market=market)
    return orjson.loads(body) if body is not None else None


def export(store: Store, folder: str | Path, *, at: datetime | None = None) -> dict[str, Any]:
    """Write every live story to `folder` as JSON and as a card page, and return the manifest, which is written last.

    What an earlier export wrote and is live no longer is taken away. File names are made from story ids and stay inside
    the folder; a link in their place is refused. Raise StoreError when the folder cannot be written.
    """
    target = Path(folder)
    try:
        private_files.folder(target)
        before = _manifest(target)
        earlier, anchors = _files(before), heads.of_manifest(before)
        head = _anchored(store, target, anchors)
        files: dict[str, str] = {}
        for story, body in stories.live_publications(store):
            name = _SAFE.sub("-", story)
            for ending, data in ((".json", body), (".html", pages.html(orjson.loads(body)).encode())):
                private_files.write(target / f"{name}{ending}", data)
                files[f"{name}{ending}"] = pages.etag(data)
        for name in earlier - set(files):
            (target / name).unlink(missing_ok=True)
        kept = [*anchors, *([head] if head and head.seq not in {h.seq for h in anchors} else [])]
        audit = {
            "events": head.seq if head else 0, "head": head.hash if head else people.FIRST,
            "heads": [h.model_dump(exclude_defaults=True) for h in kept],
        }  # fmt: skip
        manifest = {"schema": 1, "exported_at": (at or now()).isoformat(), "files": files, "audit": audit}
        private_files.write(target / "manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    except OSError as error:
        raise StoreError(f"cannot write {error.filename or target}: {error.strerror}; choose a folder you may write to") from error
    return manifest


def _anchored(store: Store, target: Path, anchors: Sequence[Head]) -> Head | None:
    """Return the head to keep, signed. Raise AuditBroken when the log is not what earlier exports here were made from."""
    with store.reading() as session:
        try:
            proof.anchored(session, anchors)
        except AuditBroken as error:
            way = f"see: songstory audit verify --heads {target / 'manifest.json'}; nothing was written, export to another folder"
            raise AuditBroken(error.kind, error.seq, f"{error}; {way}") from error
        head = proof.last_head(session)
    return store.heads.key.sign(head) if head and store.heads and store.heads.key else head


def _manifest(target: Path) -> Any:
    """Return the manifest of an earlier export here, None when there is none that can be read."""
    try:
        return orjson.loads((target / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return None


def _files(manifest: Any) -> set[str]:
    """Return the files an earlier export wrote, by its manifest; only plain names count."""
    known = manifest.get("files") if isinstance(manifest, dict) else None
    known = known if isinstance(known, dict) else {}
    return {n for n in known if isinstance(n, str) and Path(n).name == n and n.endswith((".json", ".html"))}
