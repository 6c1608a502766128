"""What became of each column of a table: how many cells were read, which were left out and why, and which columns were not read."""

from __future__ import annotations

from collections import Counter, defaultdict

from songstory.records import ColumnReport, LeftOut
from songstory.sources.shares import masked

EXAMPLES = 3  # of each reason
REASONS = 20  # of each column; further ones count as others
_OTHER = "other reasons"


class Report:
    """Gathers what a parser says of the cells of a table."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}
        self._read: Counter[str] = Counter()
        self._reasons: defaultdict[str, dict[str, LeftOut]] = defaultdict(dict)

    def names(self, column: str, target: str) -> None:
        """Say what a column is read as."""
        self._targets[column] = target

    def unread(self, column: str, why: str) -> None:
        """Say that a column is not read, and why."""
        if column not in self._targets:
            self._targets[column] = ""
            self._reasons[column][why] = LeftOut(why=why, count=0)

    def read(self, column: str) -> None:
        """Count a cell that was read."""
        self._read[column] += 1

    def left_out(self, column: str, row: int, cell: str, why: str) -> None:
        """Count a cell that was left out; its shares of rights are not kept."""
        said = self._reasons[column]
        reason = why.partition(", found ")[0]
        reason = reason if reason in said or len(said) < REASONS else _OTHER
        known = said.get(reason) or LeftOut(why=reason, count=0)
        shown = known.examples if len(known.examples) >= EXAMPLES else (*known.examples, (row, cell[:60]))
        said[reason] = LeftOut(why=reason, count=known.count + 1, examples=shown)

    def columns(self) -> tuple[ColumnReport, ...]:
        """Return what became of each column, those that were read first."""
        told = [
            ColumnReport(
                column=column, target=target, read=self._read[column], left_out=sum(r.count for r in self._reasons[column].values()),
                reasons=tuple(self._reasons[column].values()),
            )
            for column, target in self._targets.items()
        ]  # fmt: skip
        return tuple(sorted(told, key=lambda c: not c.target))


def shown(cell: str | tuple[str, ...], *, credit: bool) -> str:
    """Return a cell as a report may show it: of a credit without figures, which may be shares."""
    text = "; ".join(cell) if isinstance(cell, tuple) else " ".join(cell.split())
    return masked(text) if credit else text
