"""Patterns that are compiled when a text first asks for them: most commands look at no text, and a hundred patterns cost each start."""

from __future__ import annotations

import re
from typing import Any, cast


class Lazy:
    """A pattern that is compiled when it is first asked for anything; it answers as the compiled one does."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "compiled":
            value: Any = re.compile(self.pattern, self.flags)
        else:
            value = getattr(self.compiled, name)
        self.__dict__[name] = value  # asked again, it is there
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first asked for anything. A pattern that is broken says so then, not before."""
    return cast("re.Pattern[str]", Lazy(pattern, flags))
