"""Takes words out of the house for good: those of a fact, a person or a passage. Hash, who and when stay."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from sqlmodel import Session, col, or_, select

from songstory import fallout, witness
from songstory.authority import admin
from songstory.erased import Words, tokens
from songstory.errors import StoreError
from songstory.models import Status, Value, Who, now
from songstory.sensitive_words import COMMON
from songstory.store import Store, catalogue, erasable, erasures, people, stories
from songstory.store.erasable import Near, Target
from songstory.store.heads import ENDING
from songstory.store.people import ERASE, Record
from songstory.store.tables import EventRow, FactRow, PassageRow, PublicationRow, StoryRow

LONGEST = 500  # characters of a name
_ID = re.compile(r"\d{1,18}", re.ASCII)


class Erasure(Value):
    """What an erasure did: facts by key, rows by table, stories that were pulled or are stale, backups that hold the words still.

    `left` says what stays, each with the way to be rid of it.
    """

    facts: tuple[str, ...]
    rows: dict[str, int]
    stories: tuple[str, ...]
    withdrawn: tuple[str, ...]
    backups: tuple[str, ...]
    left: tuple[str, ...]
    dry: bool


def erase(
    store: Store,
    *,
    actor: Who,
    comment: str,
    fact: str = "",
    person: str = "",
    passage: str = "",
    dry: bool = False,
    cache: Path | None = None,
) -> Erasure:
    """Erase the words of a fact (its key), a person (a name, or the id of an entity) or a passage (its id or hash, or the key of a
    fact that rests on it). An admin does.

    The words go from facts, names, passages, texts, drafts, generations, comments and what is live; the hash of each event
    stays. What cites them is withdrawn, and the next import does not bring them back. `dry` counts and changes nothing;
    `cache` is the folder of what the public sources answered. Raise StoreError for what is not there or without a reason.
    """
    if sum(map(bool, (fact, person, passage))) != 1:
        raise StoreError("say what to erase: one fact, one person or one passage")
    if person and (not tokens(person) or len(person) > LONGEST):
        raise StoreError(f"a person's name or id has letters, and up to {LONGEST} characters")
    if not comment.strip():
        raise StoreError("an erasure needs its reason; it is kept, so it may not hold the words")
    with store.session() as session:
        who = admin(session, actor, "erase")
        if fact and erasures.gone(session, fact):
            return Erasure(facts=(), rows={}, stories=(), withdrawn=(), backups=(), left=(f"fact {fact} was erased before",), dry=dry)
        target, about = _target(session, fact, person, passage)
        alone = Words(surnames=frozenset().union(*(words.surnames for words in target.songs.values())))
        if target.words.in_text(comment) or alone.in_text(comment):
            raise StoreError("the reason holds the words that are to be erased; say it without them")
        backups = [*_backups(session), *_copies(store)]
        act = witness.act()
        touched, withdrawn = ([], []) if dry else _pull(session, target, act)
        done = erasures.erase(session, target, who.name, dry=dry)
        if not dry:
            keys = list(target.facts.values())
            data = {"facts": keys[: witness.KEYS], "rows": dict(done.rows), "events": done.events}
            people.record_many(session, [Record(ERASE, about, data, comment)], actor=who.name, act_id=act)
    left = [*done.left, *_cached(cache, target.words)]
    if not dry and (why := erasures.sweep(store)):
        left.append(why)
    return Erasure(
        facts=tuple(target.facts.values()), rows=dict(done.rows), stories=tuple(dict.fromkeys(touched)), withdrawn=tuple(withdrawn),
        backups=tuple(backups), left=tuple(left), dry=dry,
    )  # fmt: skip


def _target(session: Session, fact: str, person: str, passage: str) -> tuple[Target, str]:
    """Return what to erase, and under which name the log keeps it: never the words."""
    if fact:
        return erasable.of_fact(session, catalogue.fact_row(session, fact)), fact
    if passage:
        same = or_(col(PassageRow.hash) == passage, col(PassageRow.id) == (int(passage) if _ID.fullmatch(passage) else -1))
        rests = select(FactRow.passage_id).where(FactRow.key == passage)  # on which a fact rests: its key is what people see
        row = session.exec(select(PassageRow).where(or_(same, col(PassageRow.id).in_(rests)))).first()
        if row is None:
            raise StoreError(
                f"no passage {passage[:40]!r}; give its id, its hash, or the key of a fact that rests on it: songstory facts TRACK"
            )
        return erasable.of_passage(session, row), f"passage {row.hash}"
    target = erasable.of_person(session, person)
    if not target.entities and (len("".join(words := tokens(person))) < 2 or COMMON.issuperset(words)):
        raise StoreError(f"{person!r} is a word that many texts hold, and nobody here is called so; give the whole name")
    if not target.entities and len(words := tokens(person)) == 1 and (known := erasable.called_so(session, person)):
        raise StoreError(f"{person!r} alone is nobody's whole name; give one of: {', '.join(known)}")
    return target, "person"


def _pull(session: Session, target: Target, act: str) -> tuple[list[str], list[str]]:
    """Withdraw what is live and cites the facts or holds the words; return the stories touched, and those withdrawn."""
    touched: list[str] = []
    before = {s.uid for s in session.exec(select(StoryRow).where(col(StoryRow.live_revision_id).is_not(None)))}
    moment = now()
    erasures.retract(session, target.facts, moment)
    touched += fallout.of_facts(session, list(target.facts), "erased", act=act)
    near = Near(session, target).rows.get("publication", {})
    for publication in session.exec(select(PublicationRow).where(PublicationRow.live)):
        story, words = session.get_one(StoryRow, publication.story_id), near.get(publication.story_id, target.words)
        if story.live_revision_id is not None and words.in_text(publication.body.decode("utf-8", "replace")):
            stories.retire(session, story, moment)
            story.live_revision_id, story.status = None, Status.WITHDRAWN
            story.stale_since, story.stale_reason = moment, "what it tells was erased"
            session.add(story)
            touched.append(story.uid)
            people.record(session, action="story.withdraw", object_=story.uid, actor=people.NIGHT, comment="policy: erased", act_id=act)
    session.flush()
    after = {s.uid for s in session.exec(select(StoryRow).where(col(StoryRow.live_revision_id).is_not(None)))}
    return touched, sorted(before - after)


def _backups(session: Session) -> list[str]:
    """Return the backups that the audit log knows; they hold what is erased here until somebody destroys them."""
    rows: Collection[EventRow] = session.exec(select(EventRow).where(EventRow.action == "store.backup").order_by(col(EventRow.seq))).all()
    found = [(str(r.data.get("path", r.object)), r.at[:16].replace("T", " ")) for r in rows]
    return [f"{path} of {at}{'' if Path(path).exists() else ' (no longer at that place)'}" for path, at in found]


def _copies(store: Store) -> list[str]:
    """Return the copies of a store on SQLite that lie beside it, as a restore and a change of schema leave them."""
    path = Path(str(store.engine.url.database)) if store.dialect == "sqlite" else None
    if path is None or not path.is_file():
        return []
    own = (ENDING, "-wal", "-shm", "-journal")
    return [str(p) for p in sorted(path.parent.glob(f"{path.name}.*")) if p.is_file() and not p.name.endswith(own)]


def _cached(folder: Path | None, words: Words) -> list[str]:
    """Name the kept answers of public sources that hold the words."""
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder and folder.is_dir() else []
    return [f"{p} holds the words; delete it" for p in files if words.in_text(p.read_bytes().decode("utf-8", "replace"))]
