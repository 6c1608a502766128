"""Takes an import back: what it added stands no longer, what it let fall stands again, and the stories follow.

What it taught of tracks that others speak of too (identifiers, other names, a length where none was known) stays and tells nothing.
A story that only this import pulled goes back to where it was: live again by a publisher who takes the import back, while text,
facts and rules are as they were; else to the queue, for a person to read.
"""

from __future__ import annotations

from sqlmodel import Session

from songstory import fallout, review
from songstory.decisions import editor
from songstory.errors import IllegalMove, ReviewError, SongstoryError
from songstory.models import Role, Status, Value, Who
from songstory.review import may
from songstory.store import Store, disputes, people, stories, taken_back
from songstory.store.intake_tables import IntakeRow

KEYS = 1_000  # facts named in one event


class Undone(Value):
    """What was taken back: facts that stand no longer or again, tracks that went, and the stories that live again, wait, or fell."""

    intake: int
    name: str
    facts: int
    again: int
    tracks: int
    live: tuple[str, ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    fallen: tuple[str, ...] = ()


def undo_import(store: Store, intake: int, *, actor: Who, comment: str = "") -> Undone:
    """Take a finished import back. An editor does; a publisher lets stories live again that it pulled.

    Raise StoreError for one that is not there, IllegalMove where it was taken back, is not finished, or another read the same
    source since; NotAllowed.
    """
    with store.session() as session:
        who = editor(session, actor, "take an import back")
        row = taken_back.claimed(session, intake)
        again = row.undone_at is not None
        name, pulled = row.name, taken_back.pulled_by(session, row.act) if row.act else []
        found = Undone(intake=intake, name=name, facts=0, again=0, tracks=0) if again else _taken_back(session, row, who.name, comment)
        publisher = may(who, Role.PUBLISHER)
    disputes.settle(store)
    fallout.of_dirty(store)
    live, waiting = _restored(store, pulled, actor, intake, publisher=publisher)
    if again and not live and not waiting:
        raise IllegalMove(f"import {intake} was taken back before")
    return found.model_copy(update={"live": live, "waiting": waiting})


def _taken_back(session: Session, row: IntakeRow, who: str, comment: str) -> Undone:
    """Take the facts, tracks and cases of an import back, in the caller's transaction, and keep in the log what was done."""
    added, again = taken_back.take_back_facts(session, row)
    act = people.record(session, action="import.undo", object_=str(row.id), actor=who, comment=comment, data={"name": row.name})
    for action, facts in (("import.retract", added), ("import.reinstate", again)):
        keys = list(facts.values())
        told = [people.Record(action, row.name, {"facts": keys[n : n + KEYS]}) for n in range(0, len(keys), KEYS)]
        people.record_many(session, told, actor=who, act_id=act)
    fallen = fallout.of_facts(session, [*added, *again], f"import {row.id} was taken back", act=act)
    tracks = taken_back.drop_tracks(session, row)
    taken_back.close(session, row)
    return Undone(intake=int(row.id or 0), name=row.name, facts=len(added), again=len(again), tracks=tracks, fallen=tuple(fallen))


def _restored(
    store: Store, pulled: list[str], actor: Who, intake: int, *, publisher: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Bring the stories back that the import pulled; return those that live again, and those that wait, each with the reason."""
    live: list[str] = []
    waiting: list[tuple[str, str]] = []
    why = f"import {intake} was taken back"
    for revision in pulled:
        story = stories.get_story(store, stories.get_revision(store, revision).story)
        if story.status != Status.WITHDRAWN:
            continue  # a person went on with it, or it was brought back before
        refused = _lives_again(store, revision, actor, why) if publisher else "a publisher lets it live again"
        if refused:
            waiting.append((story.id, refused))
            _hand_in(store, str(story.latest_revision), actor, why)
        else:
            live.append(story.id)
    return tuple(live), tuple(waiting)


def _lives_again(store: Store, revision: str, actor: Who, why: str) -> str:
    """Let a text live again; return why it may not, "" where it does."""
    try:
        review.restore(store, revision, actor=actor, comment=why)
    except ReviewError as error:
        return str(error)
    return ""


def _hand_in(store: Store, revision: str, actor: Who, why: str) -> None:
    """Put a story that was pulled back into the queue; what may not be handed in stays a draft, which shows its problems."""
    review.reopen(store, revision, actor=actor, comment=why)
    try:
        review.submit(store, revision, actor=actor, comment=why)
    except SongstoryError:
        return
