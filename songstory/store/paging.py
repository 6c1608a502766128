"""Pages of long lists: whatever number is asked for, the database gets one that it knows."""

from __future__ import annotations

from typing import Any

_FURTHEST = 2**31  # rows before a page; nobody has as many, and no database counts further than 2**63
_LARGEST = 100_000  # rows of a page


def turned(query: Any, page: int, size: int) -> Any:
    """Return `query` for its page of `size` rows, the first being 1; a page past the end is empty."""
    rows = min(max(size, 0), _LARGEST)
    return query.limit(rows).offset(min((max(page, 1) - 1) * rows, _FURTHEST))
