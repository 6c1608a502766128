"""Starts a night in a process of its own, as the dashboard does: closing the tab, or the dashboard, does not stop it."""

from __future__ import annotations

import tempfile
import time
from typing import Any

from songstory import launches
from songstory.decisions import editor
from songstory.errors import ConfigError, RunError
from songstory.launches import MODES
from songstory.models import Who
from songstory.store import Store, nights, people, places, rules, runs
from songstory.store.places import Caps

_START_SECONDS = 20.0  # a night that cannot begin says so within this time, also on a machine at full load
_LOOK_SECONDS = 0.1


def launch(
    store: Store, mode: str, *, actor: Who, limit: int = 0, budget: float | None = None, cluster: bool = False,
    caps: Caps = Caps(),  # noqa: B008  it is frozen
) -> None:  # fmt: skip
    """Start a night: local (the composer), live or batch (Claude); `cluster` hands it to the workers. An editor does.

    Where no process may be started now it waits in line.

    Raise RunInProgress, RunError with what it said.
    """
    if mode not in MODES:
        raise ConfigError(f"no mode {mode!r}; choose one of: {', '.join(MODES)}")
    with nights.only_one(store), store.session() as session:
        who = editor(session, actor, "start a run")
        rules.must_be_on(session, "generation")
        data: dict[str, Any] = {"mode": mode, "limit": limit, "budget": budget, "cluster": cluster}
        place = places.ask(store, session, "night", who.name, data, caps=caps)
        people.record(session, action="run.start", object_="night", actor=who.name, data=data)
    before = _newest(store)
    with tempfile.TemporaryFile() as said:
        process = launches.start_waiting(store, caps, said={place: said}).get(place)
        if process is None:
            return
        ends = time.monotonic() + _START_SECONDS
        while (code := process.poll()) is None:
            if _newest(store) != before or time.monotonic() > ends:
                return
            time.sleep(_LOOK_SECONDS)
        said.seek(0)
        told = said.read().decode(errors="replace").strip().splitlines()
    if code and not _began(store):
        raise RunError(f"the night did not begin: {told[-1].removeprefix('songstory: ') if told else f'exit code {code}'}")


def _newest(store: Store) -> tuple[str, str] | None:
    """Return the newest run and how it stands: a night that begins makes another, or takes up the one that was stopped."""
    last = runs.list_runs(store, 1)
    return (last[0].id, last[0].status) if last else None


def _began(store: Store) -> bool:
    """Whether a night ran to some end; what went wrong with its items stands in the run itself."""
    last = runs.list_runs(store, 1)
    return bool(last) and last[0].kind == "night" and last[0].status in {"finished", "stopped"}


def stop(store: Store, run: str, *, actor: Who) -> None:
    """Ask a run to stop before its next calls; what came back is kept. An editor does. Raise RunError for one that does not run."""
    with store.session() as session:
        who = editor(session, actor, "stop a run")
        runs.ask_stop(session, run, who.name)
        people.record(session, action="run.stop", object_=run, actor=who.name)
