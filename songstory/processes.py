"""Which process this is, and whether one that named itself before is surely gone."""

from __future__ import annotations

import contextlib
import os
import socket
from functools import cache
from pathlib import Path


def me() -> str:
    """Return the name of this process."""
    return named(os.getpid())


def named(pid: int) -> str:
    """Return the name of a process of this machine: its number and moment of birth beside, so that no later one is taken for it."""
    return f"{_machine()}/{pid}/{_born(pid)}"


def gone(name: str) -> bool:
    """Return whether the process of this name is surely gone. Of one on another machine, or in another container, nobody can tell."""
    machine, _, rest = name.rpartition("/")[0].rpartition("/")
    born = name.rpartition("/")[2]
    if machine != _machine() or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return _born(int(rest)) != born


@cache
def _machine() -> str:
    """Return this machine since it was started, and the space in which its process numbers count: containers may share a host's name."""
    boot = space = ""
    with contextlib.suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    with contextlib.suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    return "-".join(part for part in (socket.gethostname(), boot, space) if part)


def _born(pid: int) -> str:
    """Return when a process began, in ticks since the machine did; "" where nobody tells, "dead" for one that only waits to be buried."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "dead" if fields[0] in {"Z", "X"} else fields[19]
