"""Review queue: what waits, where it stands, one page at a time."""

from __future__ import annotations

from typing import Any

import address
import asking
import parts
import safe
import shared
import streamlit as st
import trail

import songstory as ss
from songstory import review
from songstory.models import Role, Status, Story
from songstory.store import disputes, people, queue, stories
from songstory.store.queue import AGES, Filter
from songstory.vocabulary import RISKS

SIZE = 25
EVERY = "all"
SORTS = {"risk": "Riskiest first", "oldest": "Waiting longest", "newest": "Newest first", "title": "By title"}
GROUNDING = {"": "Any grounding", "yes": "With problems", "no": "All supported"}
RISK = {"": "Any risk", "yes": "Carries a risk", "no": "No risk", "stale": "To read again"}
AGE = {"": "Any age", "day": "Over a day", "week": "Over a week", "month": "Over a month"}
assert set(AGE) == {"", *AGES}
_ASKED = {"": None, "yes": True, "no": False}


@st.cache_data(ttl=5, show_spinner=False)
def counts(_store: ss.Store, url: str) -> dict[str, int]:
    """Return how many stories stand at each status; asked anew after five seconds."""
    return stories.status_counts(_store)


@st.cache_data(ttl=60, show_spinner=False)
def refused(_store: ss.Store, url: str) -> int:
    """Return how many stories wait because a fact behind them changed, or a rule did."""
    return queue.find(_store, Filter(stale=True), size=1).total


def outdated() -> None:
    """Lead to the stories that a person has to read again, the gravest on top."""
    st.session_state.update(status=EVERY, risk="stale", sort="risk", page=1)


@st.cache_data(ttl=60, show_spinner=False)
def sources(_store: ss.Store, url: str) -> dict[str, str]:
    """Return the names of the sources that stories rest on."""
    return dict(queue.sources(_store))


def filters(found: dict[str, int], names: dict[str, str]) -> Filter:
    """Draw the filters and return what they say; every one of them stands in the address."""
    asked = {st.query_params.get("status"), st.session_state.get("status")}  # an empty one stays while somebody looks at it
    options = [EVERY, *(s for s in Status if found.get(s) or s in asked)]
    first = Status.IN_REVIEW if found.get(Status.IN_REVIEW) else EVERY

    def with_count(status: str) -> str:
        return f"{str(status).replace('_', ' ')} {sum(found.values()) if status == EVERY else found.get(status, 0):,}"

    address.read("status", options, first)
    st.segmented_control(
        "Status", options, format_func=with_count, key="status", required=True, label_visibility="collapsed", persist_state="session",
        on_change=first_page,
    )  # fmt: skip
    status = address.note("status", first)
    with st.container(horizontal=True, gap="xsmall"):
        search = st.text_input(
            "Title or artist", key="search", bind="query-params", placeholder="Title or artist", icon=":material/search:",
            label_visibility="collapsed", width=180, persist_state="session", max_chars=200, on_change=first_page,
        )  # fmt: skip
        problems = pick("Grounding", GROUNDING, "problems", 148)
        risky = pick("Risk", RISK, "risk")
        source = pick("Source", {"": "Any source", **names}, "source")
        age = pick("Age", AGE, "age")
        sort = pick("Order", SORTS, "sort", 148)
    return Filter(
        status="" if status == EVERY else status,
        search=search or "",
        problems=_ASKED[problems],
        risky=_ASKED.get(risky),
        source=source,
        age=age,
        stale=risky == "stale",
        sort=sort or "risk",
    )


def pick(label: str, options: dict[str, str], key: str, width: int = 126) -> str:
    """Draw one filter and return what was chosen; the first option is the usual one."""
    usual = next(iter(options))
    address.read(key, options, usual)
    st.selectbox(
        label, list(options), format_func=options.__getitem__, key=key, label_visibility="collapsed", width=width, persist_state="session",
        on_change=first_page,
    )  # fmt: skip
    return address.note(key, usual)


def first_page() -> None:
    """Go back to the first page when what is listed changes."""
    st.session_state["page"] = 1


def row(story: Story, left: list[str]) -> dict[str, Any]:
    """Return what the table shows of one story; `left` is what it does without, since sources dispute it."""
    words, tone = safe.STATUSES[story.status]
    why = (
        "it has problems" if story.problems else f"it rests on {RISKS[story.risk]}" if story.risk
        else "a fact behind it changed" if story.stale_since else ""
    )  # fmt: skip
    return {
        "id": story.id, "revision": story.latest_revision, "title": safe.seen(story.title), "artist": safe.seen(story.artist_credit),
        "status": words, "tone": tone,
        "good": story.sentences - story.problems, "total": story.sentences, "number": f"rev {story.number}", "by": safe.seen(story.author),
        "risk": RISKS[story.risk] or ("facts changed" if story.stale_since else ""), "age": safe.age(story.updated_at),
        "stale": safe.seen(story.stale_reason) if story.stale_since else f"left out, disputed: {safe.titles_of(left)}" if left else "",
        "clean": not why and story.status == Status.IN_REVIEW, "why": why,
    }  # fmt: skip


def approve(chosen: list[str], titles: list[str]) -> None:
    """Ask once more before several stories are approved, with the list of them."""

    @st.dialog(f"Approve {len(chosen)} stories?", width="medium", on_dismiss=shared.answered)
    def question() -> None:
        if shared.asked("approve_many") is None:
            st.rerun()
        st.text("Every sentence of these is supported and none carries a flag:")
        for title in titles:
            safe.text(f"•  {title}")
        with st.container(horizontal=True):
            label = f"Approve {safe.counted(len(chosen), 'story')}"
            action = review.many_named(chosen)
            token = people.issue_token(shared.store(), actor=shared.desk().name, action=action)
            st.button(label, type="primary", key="confirm_many", on_click=approve_now, args=(chosen, token))
            st.button("Not yet", key="not_many", on_click=shared.answered)

    question()


def approve_now(chosen: list[str], token: str) -> None:
    """Approve the chosen stories and say what came of each that was refused."""
    shared.answered()
    try:
        found = ss.approve_many(shared.store(), chosen, actor=shared.who(), token=token)
    except ss.SongstoryError as error:
        return shared.tell(str(error), good=False)
    refused = [str(what) for _, what in found if isinstance(what, ss.SongstoryError)]
    counts.clear()
    done = f"{safe.counted(len(found) - len(refused), 'story')} approved."
    return shared.tell("\n".join([done, *refused]), good=not refused)


def several(offered: dict[str, str], ticked: list[str]) -> None:
    """Offer to approve what is selected of this page."""
    chosen = [r for r in ticked if r in offered]
    if chosen:
        with st.bottom, st.container(horizontal=True):
            label = f"Approve {safe.counted(len(chosen), 'story')} …"
            st.button(label, type="primary", key="approve_many", on_click=shared.ask, args=("approve_many",))
            st.text("Only stories without problems and without a flag can be selected.")
        if shared.asked("approve_many") is not None:
            approve(chosen, [offered[r] for r in chosen])


def draw() -> None:
    """Draw the queue."""
    store = shared.store()
    if there := st.session_state.pop("lead_to", ""):
        counts.clear()
        st.switch_page("screens/story.py", query_params={"id": there})
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.title("Review queue", width="content")
        if review.may(shared.desk(), Role.WRITER):
            st.button("Generate a story `G`", key="generate", on_click=shared.ask, args=("generate",), icon=":material/auto_awesome:")
    if shared.asked("generate") is not None:
        asking.generate()
    shared.said()
    found = counts(store, store.url)
    if not found:
        safe.lead(
            "No stories yet. Load a catalogue and write the first ones: songstory import sample, then songstory generate --all; "
            "or start a run on the page Runs."
        )
        return
    waits = refused(store, store.url)
    if waits and st.session_state.get("risk") != "stale":
        with st.container(horizontal=True, vertical_alignment="center"):
            safe.notice(f"{safe.counted(waits, 'story')} to read again: a fact behind it changed, or a rule did.")
            st.button("Show what is to be read again", key="outdated", on_click=outdated)
    wanted = filters(found, sources(store, store.url))
    number = int(st.session_state.get("page") or st.query_params.get("page") or 1) if str(st.query_params.get("page", "1")).isdigit() else 1
    page = queue.find(store, wanted, page=number, size=SIZE)
    if not page.items and page.total:
        number = -(-page.total // SIZE)
        page = queue.find(store, wanted, page=number, size=SIZE)
    if not page.items:
        safe.lead("No story matches. Clear the search, or choose another status or filter.")
        return
    trail.lay(wanted, page, number)
    status = wanted.status == ""
    head = [["", ""], ["Song", ""], *([["Status", "wide"]] if status else []), ["Supported", ""], ["Risk", ""]]
    head += [["Revision", "wide num"], ["By", "wide"], ["Touched", "wide num"]]
    picks = wanted.status == Status.IN_REVIEW
    left = disputes.withheld(store, {s.track for s in page.items})
    part = parts.queue(
        {
            "rows": [row(s, left.get(s.track, [])) for s in page.items],
            "columns": head, "status": status, "picks": picks, "label": "Stories", "ticked": [],
            "page": f"{wanted}/{number}/{st.session_state.get('approved_times', 0)}",
        },
        key="stories",
    )  # fmt: skip
    safe.pages(page.total, SIZE, "page")
    if part.open and part.open in {s.id for s in page.items}:
        st.switch_page("screens/story.py", query_params={"id": part.open})
    if picks:
        several({str(s.latest_revision): s.title for s in page.items}, list(part.ticked or []))


draw()
