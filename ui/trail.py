"""The trail: the stories of the queue in their order, so that next and previous lead from story to story without going back."""

from __future__ import annotations

import shared
import streamlit as st

from songstory.models import Page, Status
from songstory.store import queue
from songstory.store.queue import Filter

SIZE = 25


def lay(wanted: Filter, page: Page, number: int) -> None:
    """Begin a trail at the page of the queue that is on screen."""
    st.session_state["trail"] = {"filter": wanted, "ids": [s.id for s in page.items], "total": page.total, "page": number}


def _laid() -> dict[str, object]:
    if "trail" not in st.session_state:
        wanted = Filter(status=Status.IN_REVIEW)
        lay(wanted, queue.find(shared.store(), wanted, size=SIZE), 1)
    return dict(st.session_state["trail"])


def neighbour(story: str, step: int) -> str:
    """Return the story `step` places on from `story`, "" at the end. At the last one known the queue is asked for more."""
    trail = _laid()
    ids = list(trail["ids"])  # type: ignore[call-overload]
    at = ids.index(story) if story in ids else -1 if step > 0 else len(ids)
    if at + step >= len(ids):
        wanted, number = trail["filter"], int(trail["page"])  # type: ignore[call-overload]
        assert isinstance(wanted, Filter)
        # what was approved has left the list, so the same page holds new stories; only then the next
        for page in (number, number + 1):
            ids += [s.id for s in queue.find(shared.store(), wanted, page=page, size=SIZE).items if s.id not in ids]
            if at + step < len(ids):
                break
        else:
            number += 1
        st.session_state["trail"] = {**trail, "ids": ids, "page": number}
    return str(ids[at + step]) if 0 <= at + step < len(ids) else ""


def place(story: str) -> str:
    """Return where on the trail a story is, in words."""
    ids = list(_laid()["ids"])  # type: ignore[call-overload]
    return f"{ids.index(story) + 1} of {int(_laid()['total']):,} in the queue" if story in ids else ""  # type: ignore[call-overload]
