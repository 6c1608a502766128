"""The edge of one song: whatever breaks within is one song's failure, told in a line, and stops no other."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from songstory.errors import SongstoryError, WriterError

log = logging.getLogger(__name__)


@contextmanager
def of_song(track: str, doing: str = "written", kind: type[SongstoryError] = WriterError) -> Iterator[None]:
    """Do what is within for one song; an error that nobody foresaw is raised as `kind`, in one line.

    What songstory knows how to explain passes as it is. The log gets class and places of the rest: its words may quote a fact.
    """
    try:
        yield
    except SongstoryError:
        raise
    except Exception as error:  # one song that nobody foresaw is told, and holds up no other
        log.exception("a song could not be %s", doing, extra={"track": track})
        raise kind(broke(error)) from error


def broke(error: BaseException) -> str:
    """Return in words that songstory broke on a song: the class of the error and where it happened, never what it says."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "songstory" in Path(f.filename).parts]
    where = f" in {Path(frames[-1].filename).stem}.{frames[-1].name}" if frames else ""
    return f"songstory broke on this song ({type(error).__name__}{where}); nothing was written, see the log"
