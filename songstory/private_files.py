"""Files and folders of the house: for its own user alone, whatever the umask, and never written through a link."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from songstory.errors import StoreError

FILE, FOLDER = 0o600, 0o700
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)


def create(path: Path) -> int:
    """Make a file that was not there and return its descriptor, open for writing. Raise FileExistsError when anything is there."""
    made = os.open(path, _NEW, FILE)
    os.fchmod(made, FILE)  # a umask can only take away, but may take away what the owner needs
    return made


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raise StoreError when a link stands in its place, OSError as the system does."""
    if path.is_symlink():
        raise StoreError(f"{path} is a link; remove it, then try again")
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)  # what was left by an earlier try, or a link that somebody laid there
    with os.fdopen(create(part), "wb") as file:
        file.write(data)
    part.replace(path)


def close_to_others(path: Path) -> None:
    """Take what is everybody's from a file of this user; a group that the house lets in stays."""
    about = path.stat()
    if about.st_mode & 0o007 and about.st_uid == os.geteuid():
        path.chmod(about.st_mode & 0o770)


def folder(path: Path) -> Path:
    """Return the folder at `path`, made with its parents where they are missing. Raise StoreError when it is a link."""
    if path.is_symlink():
        raise StoreError(f"{path} is a link; name the folder that it leads to")
    if not path.is_dir():
        if path.parent != path:
            path.parent.exists() or folder(path.parent)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=FOLDER)
        path.chmod(FOLDER)
    return path
