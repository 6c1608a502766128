"""The border: what every line from every door passes, once, before it becomes a row. Pure: a line in, a line out.

What is bad about a whole line is a ValueError; what is bad about one of its cells that it can do without is named, and the
rest goes in. Either way the words are "field: expected, found".
"""

from __future__ import annotations

from songstory.records import Line


def admit(line: Line, bad: list[str]) -> Line:
    """Return a line as it may be written; what was left out of it is put into `bad`, a sentence each.

    Raise ValueError, naming the field, when nothing of it may be written.
    """
    return line
