"""One story at a person's request, in a process of its own: no page waits for a model, and closing the tab stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from songstory import changing, generation, launches
from songstory.errors import RunInProgress, SongstoryError
from songstory.models import Revision, Who, now
from songstory.store import Store, catalogue, people, places, runs
from songstory.store.places import Caps
from songstory.work import Run

LONGEST = timedelta(minutes=10)  # a run of one story that has not ended by then was cut off


def at_work(run: Run) -> bool:
    """Whether a run of one story waits for its turn or is under way; one whose process was lost counts as such for ten minutes."""
    return run.status == "waiting" or (run.status == "running" and now() - run.started_at < LONGEST)


def launch_story(store: Store, track: str, *, actor: Who, model: str, caps: Caps = Caps()) -> str:  # noqa: B008  it is frozen
    """Let Claude write the story of `track`, when it is its turn, and return the run.

    Raise NotAllowed, SwitchedOff, RunInProgress, TrackNotFound.
    """
    who = generation.allowed(store, actor)
    title = catalogue.get_track(store, track).title
    return _begin(store, track, who, model, f"{who} asked for a story of {title}", track, {"track": track}, caps)


def launch_change(
    store: Store, revision: str, instruction: str, *, actor: Who, model: str, caps: Caps = Caps(),  # noqa: B008
) -> str:  # fmt: skip
    """Let Claude change the newest text as `instruction` says, when it is its turn, and return the run.

    Raise what `changing.permitted` does, RunInProgress.
    """
    who, story = changing.permitted(store, revision, instruction, actor=actor)
    given = {"revision": revision, "instruction": instruction.strip()}
    return _begin(store, story.track, who, model, f"{who} asked: {instruction.strip()}", revision, given, caps)


def _begin(store: Store, track: str, who: str, model: str, note: str, about: str, given: dict[str, Any], caps: Caps) -> str:
    with store.session() as session:
        places.alone(store, session)  # looked at and begun in one: of many askers one is first
        last = runs.last_in(session, track)
        if last is not None and at_work(last[0]):
            raise RunInProgress(f"a text of this story is being written already ({last[0].note}); wait until it is there")
        run = runs.start_one(store, session, model, track, note, "waiting")
        places.ask(store, session, "story" if "track" in given else "change", who, given, run=run, caps=caps)
        people.record(session, action="story.ask", object_=about, actor=who, comment=note)
    launches.start_waiting(store, caps)
    return run


def noted(store: Store, run: str, track: str, call: Callable[[], Revision], caps: Caps = Caps()) -> Revision:  # noqa: B008
    """Make `call` and note on the run how it went; what it raises is raised again. Whoever is next in line is started."""
    status, why = "failed", "it was cut off"
    try:
        revision = call()
        status, why = "with_problems" if revision.problems else "ready", ""
        return revision
    except SongstoryError as error:
        status, why = generation.ended(error), str(error)
        raise
    finally:
        with store.session() as session:
            runs.note_item(store, session, run, track, status, error=why)
        runs.finish_run(store, run)
        launches.ended(store, caps, run=run)
