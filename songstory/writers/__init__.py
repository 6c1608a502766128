"""Writers turn a task into a draft. There is one method, `write(task) -> Draft`, and one choice, `open_writer`."""

from __future__ import annotations

from typing import Any, Protocol

from songstory.errors import ConfigError
from songstory.models import Draft, Task

FEWEST = 3  # sentences that a story of the composer has; fewer are a line of credits


class Writer(Protocol):
    """Whatever can write a draft. `model` and `options` are part of the name under which its drafts are cached."""

    model: str
    options: dict[str, Any]
    author_kind: str

    def write(self, task: Task) -> Draft:
        """Return a draft for `task`. Raise WriterError when there is none."""
        ...


NAMES = ("composer", "anthropic", "scripted")


def open_writer(name: str = "composer", **options: Any) -> Writer:
    """Return the writer called `name`: composer (no model, the default), anthropic (Claude) or scripted (a list).

    `options` go to the writer: `model`, `api_key` and `base_url` for anthropic, `drafts` for scripted. Raise ConfigError
    for an unknown name or a missing key. Only the chosen writer's library is loaded.
    """
    if name == "composer":
        from songstory.writers.composer import Composer

        return Composer()
    if name == "anthropic":
        from songstory.writers.anthropic import Claude

        return Claude(**options)
    if name == "scripted":
        from songstory.writers.scripted import Scripted

        return Scripted(**options)
    raise ConfigError(f"no writer is called {name!r}; choose one of: {', '.join(NAMES)}")
