"""Many at once on one story: what they do, and what must have come of it. `make stress` runs them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import songstory as ss
from songstory import authority
from songstory.models import Card, Sentence
from songstory.store import Store, people, stories, working

TRACK = "sledgehammer"
MANY = 100


def at_once(calls: list[Callable[[], object]]) -> Counter[str]:
    """Make all calls at the same moment; return how often each ended how: well, or in which error."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        gate.wait()
        try:
            call()
        except ss.SongstoryError as error:
            return type(error).__name__
        return "well"

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def text_of(cards: tuple[Card, ...], words: str) -> tuple[Card, ...]:
    first = cards[0]
    return (first.model_copy(update={"headline": Sentence(text=words, cites=first.headline.cites)}), *cards[1:])


def crowd(store: Store) -> list[str]:
    """A hundred editors."""
    names = [f"editor-{i}" for i in range(MANY)]
    for name in names:
        authority.add_person(store, name, "editor", actor="ada")
    return names


def everybody_saves(store: Store, names: list[str], round_: int) -> None:
    """All save the same revision: one wins, the others are told, and what they typed is kept."""
    read = ss.generate(store, TRACK, ss.open_writer()) if round_ == 0 else stories.get_revision(store, TRACK)
    mine = {name: text_of(read.cards, f"Round {round_}, {name}") for name in names}
    for name, cards in mine.items():
        working.keep(store, read.id, cards, actor=name)
    came = at_once([lambda n=n: ss.edit(store, read.id, mine[n], actor=n) for n in names])  # type: ignore[misc]
    newest = stories.get_revision(store, TRACK)
    assert came == {"well": 1, "StaleRevision": MANY - 1}
    assert newest.number == read.number + 1 and newest.cards == mine[newest.author] and newest.base == read.id
    kept = [copy for n in names if (copy := working.find(store, TRACK, actor=n)) is not None]
    assert sorted(c.actor for c in kept) == sorted(set(names) - {newest.author}) and all(c.cards == mine[c.actor] for c in kept)
    refused = people.events(store, object_=read.id, action="story.edit.refused", size=1)
    assert refused.total == MANY - 1


def one_token_pressed_by_all(store: Store, round_: int) -> None:
    """The same button, pressed a hundred times at once: one effect, one event."""
    read = (
        ss.generate(store, TRACK, ss.open_writer())
        if round_ == 0
        else ss.edit(store, stories.get_revision(store, TRACK).id, stories.get_revision(store, TRACK).cards, actor="mara")
    )
    ss.submit(store, read.id, actor="mara")
    token = people.issue_token(store, actor="ben", action=f"approve:{read.id}")
    came = at_once([lambda: ss.approve(store, read.id, actor="ben", token=token)] * MANY)
    assert came["well"] == 1 and sum(came.values()) == MANY and set(came) <= {"well", "StaleRevision", "IllegalMove"}
    assert people.events(store, object_=read.id, action="story.approve").total == 1


def approval_meets_an_edit(store: Store, round_: int) -> None:
    """However the two fall: what is approved is the text that was read, or the approval is refused; nothing else is published."""
    read = ss.generate(store, TRACK, ss.open_writer()) if round_ == 0 else stories.get_revision(store, TRACK)
    read = ss.edit(store, read.id, read.cards, actor="mara")
    ss.submit(store, read.id, actor="mara")

    def approve_and_publish() -> None:
        ss.approve(store, read.id, actor="ben")
        ss.publish(store, read.id, actor="cleo")

    at_once([approve_and_publish, lambda: ss.edit(store, read.id, text_of(read.cards, "Not read by anybody"), actor="bea")])
    story = stories.get_story(store, TRACK)
    approved = {e.object for e in people.events(store, action="story.approve", size=500).items}
    assert story.live_revision is None or story.live_revision in approved
    if story.status in {"approved", "published"}:
        assert story.latest_revision == read.id
