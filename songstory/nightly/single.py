"""One story at a person's request, in a process of its own: no page waits for a model, and closing the tab stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from songstory import apart, changing, generation
from songstory.errors import RunInProgress, SongstoryError
from songstory.models import Revision, Who, now
from songstory.store import Store, catalogue, people, runs
from songstory.work import Run

LONGEST = timedelta(minutes=10)  # a run of one story that has not ended by then was cut off


def at_work(run: Run) -> bool:
    """Whether a run of one story is under way; one whose process was killed counts as such for ten minutes."""
    return run.status == "running" and now() - run.started_at < LONGEST


def launch_story(store: Store, track: str, *, actor: Who, model: str) -> str:
    """Let Claude write the story of `track` and return the run. Raise NotAllowed, SwitchedOff, RunInProgress, TrackNotFound."""
    who = generation.allowed(store, actor)
    title = catalogue.get_track(store, track).title
    run = _begin(store, track, who, model, f"{who} asked for a story of {title}", "story.ask", track)
    _spawn(store, ["generate", track], who, run)
    return run


def launch_change(store: Store, revision: str, instruction: str, *, actor: Who, model: str) -> str:
    """Let Claude change the newest text as `instruction` says and return the run. Raise what `changing.permitted` does, RunInProgress."""
    who, story = changing.permitted(store, revision, instruction, actor=actor)
    run = _begin(store, story.track, who, model, f"{who} asked: {instruction.strip()}", "story.ask", revision)
    _spawn(store, ["change", revision, instruction.strip()], who, run)
    return run


def _begin(store: Store, track: str, who: str, model: str, note: str, action: str, about: str) -> str:
    last = runs.last_of(store, track)
    if last is not None and at_work(last[0]):
        raise RunInProgress(f"a text of this story is being written already ({last[0].note}); wait until it is there")
    with store.session() as session:
        run = runs.start_one(store, session, model, track, note)
        people.record(session, action=action, object_=about, actor=who, comment=note)
        return run


def _spawn(store: Store, words: Sequence[str], who: str, run: str) -> None:
    options = ["--writer", "anthropic", "--as", who, "--run", run, "--json", "--"]  # what a person wrote stands after the dashes
    apart.start(store.engine.url, ["-m", "songstory", words[0], *options, *words[1:]])


def noted(store: Store, run: str, track: str, call: Callable[[], Revision]) -> Revision:
    """Make `call` and note on the run how it went; what it raises is raised again."""
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
