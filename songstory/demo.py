"""The main job on the bundled catalogue: facts to published stories, with three people and no server; and the doctor."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from songstory import assets, authority, intake, private_files, publishing, rechecking, review
from songstory.errors import AuditBroken, SongstoryError, StoreError
from songstory.models import Status
from songstory.settings import Settings
from songstory.store import Store, catalogue, disputes, health, migrate, open_store, people, queue, stories
from songstory.work import RunItem
from songstory.writers import Writer

PEOPLE = {"Ada Admin": "admin", "Mara Lind": "writer", "Ben Okoye": "editor", "Cleo Tan": "publisher"}
_WRITER, _EDITOR, _PUBLISHER = list(PEOPLE)[1:]
AT_THE_DESK = _PUBLISHER  # who sits at the dashboard that the demo serves
PUBLISH = 10
Generate = Callable[[Store, Writer, list[str], str], list[RunItem]]


def walk(folder: Path, writer: Writer, *, limit: int, generate: Generate, say: Callable[..., None]) -> None:
    """Walk the whole road in `folder` and say what came of it. Run again, it goes on where it stood."""
    started = time.monotonic()
    try:
        private_files.folder(folder)
    except OSError as error:
        raise StoreError(f"cannot make {folder}: {error.strerror}; choose another folder with --dir") from error
    store = open_store(f"sqlite:///{folder / 'songs.db'}")
    loaded = intake.import_sample(store)
    if loaded.rejected:
        raise SongstoryError(f"the bundled catalogue is damaged: {loaded.rejected[0]}; install songstory again")
    _people(store)
    wanted = _wanted(store, limit)
    begun = time.monotonic()
    items = generate(store, writer, wanted, people.NIGHT)
    writing = time.monotonic() - begun
    published = _publish(store, items)
    manifest = publishing.export(store, folder / "stories")
    _summary(store, items, folder, writing, time.monotonic() - started, published, len(manifest["files"]) // 2, say)
    store.close()


def _wanted(store: Store, limit: int) -> list[str]:
    """Return the tracks to write; a limited demo takes those with the most facts."""
    tracks = catalogue.track_ids(store)
    if not limit:
        return tracks
    return sorted(tracks, key=lambda t: -len(catalogue.facts_of(store, t)))[:limit]


def _people(store: Store) -> None:
    admin = next(iter(PEOPLE))
    known = {p.name for p in people.list_people(store)}
    for name, role in PEOPLE.items():
        if name not in known:
            authority.add_person(store, name, role, actor=admin)


def _publish(store: Store, items: list[RunItem]) -> int:
    """Let the three people submit, approve and publish until ten stories are live: in turn a long one and a popular one."""
    ready = [i.track for i in items if i.status in {"ready", "unchanged"}]
    long = sorted(ready, key=lambda t: -stories.get_story(store, t).sentences)
    for track in dict.fromkeys(t for pair in zip(long, ready, strict=True) for t in pair):
        if stories.status_counts(store).get(Status.PUBLISHED, 0) >= PUBLISH:
            break
        story = stories.get_story(store, track)
        if story.status is Status.DRAFT and not story.problems and story.latest_revision:
            review.submit(store, story.latest_revision, actor=_WRITER)
            review.approve(store, story.latest_revision, actor=_EDITOR, comment="read against its facts")
            review.publish(store, story.latest_revision, actor=_PUBLISHER)
    return stories.status_counts(store).get(Status.PUBLISHED, 0)


def _summary(
    store: Store, items: list[RunItem], folder: Path, writing: float, total: float, published: int, exported: int, say: Callable[..., None]
) -> None:
    counts = Counter(i.status for i in items)
    page = queue.list_stories(store, size=1_000)
    ready = sum(not s.problems for s in page.items)
    checked = sum(s.sentences for s in page.items if not s.problems)
    say(
        "",
        f"Tracks      {len(items)}",
        f"Ready       {ready} stories; each of their {checked} sentences and headlines is supported by the facts it cites",
        f"Problems    {counts['with_problems']} stories with problems, {counts['failed']} failed",
        f"Abstained   {counts['abstained']}, because:",
    )
    why = Counter(_reason(i.error) for i in items if i.status == "abstained")
    say(*(f"              {n:3} {reason}" for reason, n in why.most_common()))
    if left := disputes.withheld(store):
        say(f"Left out    {len(left):3} stories do without what is disputed between sources; see: songstory conflicts")
    say(*(f"failed: {i.track}: {i.error}" for i in items if i.status == "failed"))
    say(
        f"Published   {published}, by {_WRITER}, {_EDITOR} and {_PUBLISHER}; exported {exported}",
        f"Seconds     {writing:.1f} for the stories, {total:.1f} in all",
        f"Store       {folder / 'songs.db'}",
        f"Card pages  {folder / 'stories'} (open any .html in a browser)",
        f"Audit log   {people.verify_chain(store)[0]} events, chain intact",
    )


def _reason(error: str) -> str:
    text = error.split(": ", 1)[-1]
    return text.split("; missing")[0].split("; resolve")[0]


def diagnose(settings: Settings) -> list[dict[str, Any]]:
    """Return one line per thing that songstory needs: what it is, whether it is well, and what to do if not."""
    lines: list[dict[str, Any]] = []

    def line(what: str, ok: bool, detail: str) -> None:
        lines.append({"what": what, "ok": ok, "detail": detail})

    line("python", sys.version_info >= (3, 11), sys.version.split()[0])
    for name, extra in (("anthropic", "anthropic"), ("streamlit", "ui"), ("psycopg", "postgres")):
        found = importlib.util.find_spec(name) is not None
        line(
            name,
            found or not _needed(name, settings),
            "installed" if found else f'not installed; pip install "songstory[{extra}]" if you want it',
        )
    line("templates", (assets.shipped("templates") / "prompts").is_dir(), str(assets.shipped("templates")))
    key = settings.anthropic_api_key is not None
    wants = settings.writer == "anthropic"
    line(
        "writer",
        settings.writer == "composer" or (wants and key),
        f"{settings.writer}"
        + (f", {settings.model}" if wants else "")
        + ("; set SONGSTORY_ANTHROPIC_API_KEY" if wants and not key else ""),
    )
    line("claude key", key or not wants, "set" if key else "not set; only --writer anthropic needs it")
    try:
        store = open_store(settings.store, create=False, heads=settings.audit_heads)
        counts = stories.status_counts(store)
        line(
            "store",
            True,
            f"{store.url}, schema {migrate.head()}, {catalogue.list_tracks(store, size=1).total} tracks, {sum(counts.values())} stories",
        )
        for what, ok, detail in health.check(store):
            line(what, ok, detail)
        behind = rechecking.due(store)
        told = f"due: last done by the rules {behind}; the next night does it, or now: songstory recheck"
        line("recheck", not behind, told if behind else rechecking.rules_now())
        line("audit log", *_audit(store, settings.audit_heads))
        line(
            "people",
            True,
            ", ".join(f"{p.name} ({p.role})" for p in people.list_people(store) if p.kind == "person")
            or "nobody yet; songstory people add NAME --role admin",
        )
        store.close()
    except SongstoryError as error:
        line("store", False, str(error))
    return lines


def _audit(store: Store, named: Path | None) -> tuple[bool, str]:
    """Return whether the audit log holds against its heads, and in words what it was proven by."""
    kept = store.heads.path if store.heads and store.heads.path.exists() else None
    try:
        proof = authority.prove(store, [kept] if kept else [])
    except (AuditBroken, StoreError) as error:
        return False, f"{error}; see: songstory audit verify"
    if named and not kept and proof.events:
        return False, f"{named}, which SONGSTORY_AUDIT_HEADS names, is not there; bring it back, or begin it with: songstory audit head"
    if not kept:
        return True, f"{proof.events} events, chain intact; no outside head exists: set SONGSTORY_AUDIT_HEADS, or a cut tail will not show"
    near = store.dialect == "sqlite" and kept.parent.resolve() == Path(str(store.engine.url.database)).parent.resolve()
    where = f"{kept}, beside the store: no head is kept outside of this disk, set SONGSTORY_AUDIT_HEADS" if near else str(kept)
    return True, f"{proof.events} events, chain intact; {proof.heads} heads agree in {where}"


def _needed(name: str, settings: Settings) -> bool:
    return (name == "anthropic" and settings.writer == "anthropic") or (name == "psycopg" and settings.store.startswith("postgres"))
