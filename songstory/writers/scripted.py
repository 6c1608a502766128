"""Answers from a list, for tests and dry runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from songstory.errors import WriterError
from songstory.models import Draft, Task


class Scripted:
    """Return the given drafts in order; an exception in the list is raised. `tasks` keeps what was asked."""

    author_kind = "model"

    def __init__(self, drafts: Iterable[Draft | Exception] = (), model: str = "scripted") -> None:
        self._drafts = iter(drafts)
        self.model = model
        self.options: dict[str, Any] = {}
        self.tasks: list[Task] = []

    def write(self, task: Task) -> Draft:
        """Return the next draft of the list. Raise WriterError when it is used up."""
        self.tasks.append(task)
        try:
            answer = next(self._drafts)
        except StopIteration:
            raise WriterError("the script has no more drafts") from None
        if isinstance(answer, Exception):
            raise answer
        return answer
