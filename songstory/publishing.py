"""What a player's back end reads, and the files others take: the stored bytes of what is live."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from songstory import pages, private_files
from songstory.errors import StoreError
from songstory.models import now
from songstory.store import Store, people, stories

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
        earlier = _earlier(target)
        files: dict[str, str] = {}
        for story, body in stories.live_publications(store):
            name = _SAFE.sub("-", story)
            for ending, data in ((".json", body), (".html", pages.html(orjson.loads(body)).encode())):
                private_files.write(target / f"{name}{ending}", data)
                files[f"{name}{ending}"] = pages.etag(data)
        for name in earlier - set(files):
            (target / name).unlink(missing_ok=True)
        count, head = people.chain_head(store)
        manifest = {"schema": 1, "exported_at": (at or now()).isoformat(), "files": files, "audit": {"events": count, "head": head}}
        private_files.write(target / "manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    except OSError as error:
        raise StoreError(f"cannot write {error.filename or target}: {error.strerror}; choose a folder you may write to") from error
    return manifest


def _earlier(target: Path) -> set[str]:
    """Return the files an earlier export wrote here, by its manifest; only plain names count."""
    try:
        known = orjson.loads((target / "manifest.json").read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {n for n in known if isinstance(n, str) and Path(n).name == n and n.endswith((".json", ".html"))}
