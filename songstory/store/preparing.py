"""What takes computing before a batch of lines is written: the border they pass, and the keys their tracks are found by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from songstory.border import admit, whole
from songstory.matching import artist_key, title_key
from songstory.records import FactLine, Line, TrackLine
from songstory.safe_lines import clean_line, is_plain, mask_line


class Ready(NamedTuple):
    """Lines that passed the border, clean and masked, and (line number, what is wrong) for what did not.

    `notes` say by line number why a line is set aside (`quarantined`) or `private`; `raw` is the fact before it was masked, where
    only its song's title can tell whether it must be.
    """

    lines: list[tuple[int, Line]]
    bad: list[tuple[int, str]]
    notes: dict[int, dict[str, Any]]


def prepare(lines: Sequence[tuple[int, Line]]) -> Ready:
    """Do what takes computing, before a transaction is open: the write lock is for writing, and others wait for it."""
    bad: list[tuple[int, str]] = []
    notes: dict[int, dict[str, Any]] = {}
    admitted = list(_admitted(lines, bad, notes))
    for _, line in admitted:
        if isinstance(line, TrackLine):  # the keys are remembered, so that the batch finds them
            title_key(line.title)
            artist_key(line.artist)
    return Ready(admitted, bad, notes)


def _admitted(
    lines: Sequence[tuple[int, Line]], bad: list[tuple[int, str]], notes: dict[int, dict[str, Any]]
) -> Iterator[tuple[int, Line]]:
    """Yield the lines that pass the border; what it leaves out of a line, or the whole line, goes into `bad`."""
    beside: list[str] = []
    titles: dict[str, tuple[str, ...]] = {}
    for number, raw in lines:
        try:
            if type(raw) is FactLine and is_plain(raw):
                yield number, admit(raw, beside)
                continue
            clean, odd = clean_line(raw)
            if clean is not raw:
                whole(raw)
            admitted = admit(clean, beside)
            line, private = mask_line(admitted, partial(_titles, titles, admitted))
            if odd or private:
                notes[number] = {"quarantined": odd, "private": private}
                if private and isinstance(admitted, FactLine) and isinstance(line, FactLine) and admitted.track not in titles:
                    notes[number]["raw"] = admitted.model_copy(update={"locator": line.locator})
            if isinstance(line, TrackLine):
                titles[line.id] = (line.title,)
            yield number, line
        except ValueError as error:
            bad.append((number, str(error)))
        if beside:
            bad += [(number, why) for why in beside]
            beside.clear()


def _titles(known: dict[str, tuple[str, ...]], line: Line) -> tuple[str, ...]:
    """Return the title of the song that a fact speaks of, where a line of this batch named it."""
    return known.get(line.track, ()) if isinstance(line, FactLine) else ()
