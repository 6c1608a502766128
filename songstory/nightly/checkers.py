"""Check drafts on every core. Processes of our own, started only for a night that is long enough, that end when it ends.

They are not those of `multiprocessing`: that runs the caller's main module again, which breaks scripts that do not expect it.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import queue
import struct
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from pydantic import TypeAdapter

from songstory import edge, grounding
from songstory.errors import WriterError
from songstory.models import Brief, Draft, Verdict

log = logging.getLogger(__name__)
WORTH = 200  # checks for which starting processes pays
_LENGTH = struct.Struct(">Q")

Pair = tuple[Draft, Brief]
Verdicts = tuple[Verdict, ...]
Answer = Verdicts | str  # the verdicts on a draft, or in words that it broke the verifier
_PAIRS = TypeAdapter(list[Pair])
_VERDICTS = TypeAdapter(list[Answer])


class Checkers:
    """Checks drafts in processes beside this one, or here while there are few. `close` ends them."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._idle: queue.SimpleQueue[subprocess.Popen[bytes]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []

    def start(self, expected: int, processes: int = 0) -> None:
        """Start one process a core (or so many) when so many checks are expected that it pays."""
        wanted = processes or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        if self._threads is not None or expected < WORTH or wanted < 2:
            return
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        command = [sys.executable, "-c", "from songstory.nightly.checkers import serve; serve()"]
        for _ in range(wanted):
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env)  # noqa: S603  our own module
            self._all.append(process)
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(wanted, thread_name_prefix="checker")

    def submit(self, pairs: Sequence[Pair]) -> Future[list[Answer]]:
        """Return the verdicts on drafts and their briefs, in order, once they are there; words in place of those of a draft that broke."""
        if self._threads is not None:
            return self._threads.submit(self._there, list(pairs))
        done: Future[list[Answer]] = Future()
        done.set_result(_checked(pairs))
        return done

    def _there(self, pairs: list[Pair]) -> list[Answer]:
        process = self._idle.get()
        try:
            assert process.stdin is not None and process.stdout is not None
            _put(process.stdin, _PAIRS.dump_json(pairs))
            found = _VERDICTS.validate_json(_take(process.stdout))
        except (OSError, EOFError, ValueError):  # the last: a draft with signs that no pipe carries
            log.warning("a checker ended early; its work is done here")
            return _checked(pairs)
        finally:
            self._idle.put(process)
        return found

    def close(self) -> None:
        """End the processes; what is under way is awaited."""
        if self._threads is not None:
            self._threads.shutdown()
        for process in self._all:
            with contextlib.suppress(OSError):
                if process.stdin:
                    process.stdin.close()
            process.wait()
            if process.stdout:
                process.stdout.close()
        self.__init__()  # type: ignore[misc]


def collect_seldom() -> None:
    """Look for garbage less often, in a process that is all ours: a night makes hardly any cycles, and looking cost a sixth of its time."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def serve() -> None:
    """Check what comes in on standard input until it ends."""
    collect_seldom()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write among the answers
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            _put(answers, _VERDICTS.dump_json(_checked(_PAIRS.validate_json(_take(sys.stdin.buffer)))))


def _checked(pairs: Sequence[Pair]) -> list[Answer]:
    return [_check(draft, brief) for draft, brief in pairs]


def _check(draft: Draft, brief: Brief) -> Answer:
    try:
        with edge.of_song(brief.track.id, "checked"):
            return grounding.check(draft, brief)
    except WriterError as error:
        return str(error)


def _put(pipe: Any, data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.flush()


def _take(pipe: Any) -> bytes:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    data: bytes = pipe.read(_LENGTH.unpack(head)[0])
    return data
