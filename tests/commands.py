"""Runs the command line in processes of its own, each forked from one that has loaded songstory: a start takes milliseconds, not seconds."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["songstory.cli", "anthropic"])


@dataclass(frozen=True)
class Done:
    """How a process ended and what it said."""

    returncode: int
    stdout: str
    stderr: str


def _main(words: tuple[str, ...], env: dict[str, str], folder: str, streams: tuple[str, str, str]) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND if number else os.O_RDONLY), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.argv = ["songstory", *words]
    from songstory.cli import main

    main()


def begin(*words: str, env: Mapping[str, str] = os.environ, streams: tuple[str, str, str] = (os.devnull,) * 3) -> BaseProcess:
    """Start `songstory WORDS` in this folder and return its process; `streams` are the files of its input, output and errors."""
    process = _FORKS.Process(target=_main, args=(words, dict(env), os.getcwd(), streams))
    process.start()
    return process


def songstory(*words: str, env: Mapping[str, str] = os.environ, stdin: str = "", seconds: float = 120) -> Done:
    """Run `songstory WORDS` in this folder to its end and return how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        given, out, err = (Path(folder) / name for name in ("in", "out", "err"))
        for path in (given, out, err):
            path.write_text(stdin if path == given else "", encoding="utf-8")
        process = begin(*words, env=env, streams=(str(given), str(out), str(err)))
        process.join(seconds)
        assert process.exitcode is not None, f"songstory {' '.join(words)} runs for more than {seconds} seconds"
        return Done(process.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
