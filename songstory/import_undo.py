"""Takes an import back whole: what it added stands no longer, what it let fall stands again, and the stories follow.

A story that only this import pulled goes back to where it was: live again by a publisher who takes the import back, while text,
facts and rules are as they were; else to the queue, for a person to read.
"""

from __future__ import annotations

from songstory import fallout, review
from songstory.decisions import editor
from songstory.errors import ReviewError, SongstoryError
from songstory.models import Role, Status, Value, Who
from songstory.review import may
from songstory.store import Store, disputes, people, stories, taken_back

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
        name, pulled = row.name, taken_back.pulled_by(session, row.act) if row.act else []
        added, again = taken_back.take_back_facts(session, row)
        act = people.record(session, action="import.undo", object_=str(intake), actor=who.name, comment=comment, data={"name": name})
        for action, facts in (("import.retract", added), ("import.reinstate", again)):
            keys = [f.key for f in facts]
            told = [people.Record(action, name, {"facts": keys[n : n + KEYS]}) for n in range(0, len(keys), KEYS)]
            people.record_many(session, told, actor=who.name, act_id=act)
        fallen = fallout.of_facts(session, [int(f.id or 0) for f in (*added, *again)], f"import {intake} was taken back", act=act)
        tracks = taken_back.drop_tracks(session, row)
        taken_back.close(session, row)
        publisher = may(who, Role.PUBLISHER)
        counts = len(added), len(again)
    disputes.settle(store)
    fallout.of_dirty(store)
    live, waiting = _restored(store, pulled, actor, intake, publisher=publisher)
    return Undone(
        intake=intake, name=name, facts=counts[0], again=counts[1], tracks=tracks, live=live, waiting=waiting, fallen=tuple(fallen)
    )


def _restored(
    store: Store, pulled: list[str], actor: Who, intake: int, *, publisher: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Bring the stories back that the import pulled; return those that live again, and those that wait, each with the reason."""
    live: list[str] = []
    waiting: list[tuple[str, str]] = []
    for revision in pulled:
        story = stories.get_story(store, stories.get_revision(store, revision).story)
        if story.status != Status.WITHDRAWN:
            continue  # a person went on with it
        why = f"import {intake} was taken back"
        try:
            if not publisher:
                raise ReviewError("a publisher lets it live again")
            review.restore(store, revision, actor=actor, comment=why)
            live.append(story.id)
        except ReviewError as error:
            waiting.append((story.id, str(error)))
            _hand_in(store, str(story.latest_revision), actor, why)
    return tuple(live), tuple(waiting)


def _hand_in(store: Store, revision: str, actor: Who, why: str) -> None:
    """Put a story that was pulled back into the queue; what may not be handed in stays a draft, which shows its problems."""
    review.reopen(store, revision, actor=actor, comment=why)
    try:
        review.submit(store, revision, actor=actor, comment=why)
    except SongstoryError:
        return
