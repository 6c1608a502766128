"""Starts songstory in a process of its own, so that no page waits for it and closing a page stops nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any

from sqlalchemy import URL

NAME = "songstory-apart"  # of the threads that wait for such processes, so that none is left as a zombie


def start(url: URL, words: Sequence[str], *, said: IO[Any] | None = None) -> subprocess.Popen[bytes]:
    """Start `python WORDS` on the store at `url`, apart from this process; what it says on stderr goes to `said`.

    The address, which may hold a password, travels in the environment, where other users of the machine do not see it.
    """
    process = subprocess.Popen(  # noqa: S603 - no shell; the words of a person are arguments and nothing else
        [sys.executable, *words], env={**os.environ, "SONGSTORY_STORE": url.render_as_string(hide_password=False)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said or subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    threading.Thread(target=process.wait, name=NAME, daemon=True).start()
    return process
