"""What stands in brackets: lists are split outside of them, notes are taken out. Plain code: a pattern would look ahead at each sign."""

from __future__ import annotations


def split(text: str, opening: str = "(", closing: str = ")") -> list[str]:
    """Return the parts of `text` between its commas; a comma belongs to a bracket when the next bracket is a closing one."""
    parts: list[list[str]] = [[]]
    *closed, last = text.split(closing)
    for piece, end in [*((c, closing) for c in closed), (last, "")]:
        outside, mark, inside = piece.rpartition(opening)
        if not end:
            outside, mark, inside = piece, "", ""
        first, *more = outside.split(",")
        parts[-1].append(first)
        parts += [[part] for part in more]
        parts[-1] += [mark, inside, end]
    return ["".join(part) for part in parts]


def notes(text: str, opening: str = "[", closing: str = "]") -> tuple[str, list[str]]:
    """Return `text` without its notes in brackets, and the notes: "Guitar [Solo]" is ("Guitar ", ["Solo"])."""
    kept, found, at = list[str](), list[str](), 0
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        kept.append(text[at:start])
        found.append(text[start + 1 : end])
        at = end + 1
    return "".join([*kept, text[at:]]), found


def without_last(title: str) -> str:
    """Return a title without the note in round brackets that it ends with: "Help! (song)" is "Help!"."""
    if not title.endswith(")"):
        return title
    start = title.find("(", title.rfind(")", 0, -1) + 1)
    return title[:start].rstrip() if start >= 0 else title
