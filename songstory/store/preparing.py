"""What takes computing before a batch of lines is written: the border they pass, and the keys their tracks are found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from songstory.border import admit
from songstory.matching import artist_key, title_key
from songstory.records import Line, TrackLine


class Ready(NamedTuple):
    """Lines that passed the border, and (line number, what is wrong) for what did not."""

    lines: list[tuple[int, Line]]
    bad: list[tuple[int, str]]


def prepare(lines: Sequence[tuple[int, Line]]) -> Ready:
    """Do what takes computing, before a transaction is open: the write lock is for writing, and others wait for it."""
    bad: list[tuple[int, str]] = []
    admitted = list(_admitted(lines, bad))
    for _, line in admitted:
        if isinstance(line, TrackLine):  # the keys are remembered, so that the batch finds them
            title_key(line.title)
            artist_key(line.artist)
    return Ready(admitted, bad)


def _admitted(lines: Sequence[tuple[int, Line]], bad: list[tuple[int, str]]) -> Iterator[tuple[int, Line]]:
    """Yield the lines that pass the border; what it leaves out of a line, or the whole line, goes into `bad`."""
    beside: list[str] = []
    for number, line in lines:
        try:
            yield number, admit(line, beside)
        except ValueError as error:
            bad.append((number, str(error)))
        if beside:
            bad += [(number, why) for why in beside]
            beside.clear()
