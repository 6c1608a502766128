"""What a writer remembers between batches, and what one batch adds to it: taken over only once the batch is written."""

from __future__ import annotations

from songstory.models import Source

MISSING_KEPT = 50_000  # names that lines refer to in vain, each told once
PASSAGES_KEPT = 50_000  # how many passages of one import a later fact may still refer to by key


class Remembered:
    """Sources, the latest passages, and what an import wants to know at its end."""

    def __init__(self) -> None:
        self.declared: list[Source] = []  # new sources, until the import keeps them in the audit log
        self.bounded: dict[str, int] = {}  # those that asked for more trust than their door gives
        self.added: dict[str, int] = {}
        self.unchanged = 0
        self.last_key = ""
        self.passages_met = self.known_met = False
        self.made: list[list[int]] = []  # ranges of the row ids of new tracks, until the import notes them
        self.missing: set[str] = set()
        self.known_sources: dict[str, tuple[int, str]] = {}
        self.passages: dict[str, tuple[int, int, str, str]] = {}

    @property
    def sources(self) -> list[str]:
        return sorted(self.known_sources)

    def take(self, new: Remembered) -> None:
        """Add what a batch brought; of passages the latest are kept."""
        for kind, count in new.added.items():
            self.added[kind] = self.added.get(kind, 0) + count
        self.unchanged += new.unchanged
        self.made += new.made
        self.declared += new.declared
        self.bounded |= new.bounded
        self.last_key = new.last_key or self.last_key
        self.passages_met, self.known_met = self.passages_met or new.passages_met, self.known_met or new.known_met
        if len(self.missing) < MISSING_KEPT:
            self.missing |= new.missing
        self.known_sources |= new.known_sources
        self.passages |= new.passages
        for _ in range(len(self.passages) - PASSAGES_KEPT):
            del self.passages[next(iter(self.passages))]
