"""Story: the cards as listeners see them, each sentence beside its facts and verdict, and every act."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import safe
import shared
import streamlit as st

import songstory as ss
from songstory.models import Fact, Reason, Revision, Status, Verdict
from songstory.store import catalogue, people, stories
from songstory.vocabulary import CARD_KINDS

ACTS: dict[str, tuple[str, str | None, Callable[..., ss.Story]]] = {
    "submit": ("Submit", "S", ss.submit),
    "approve": ("Approve", "A", ss.approve),
    "request_changes": ("Request changes", "E", ss.request_changes),
    "publish": ("Publish", "Shift+P", ss.publish),
    "withdraw": ("Withdraw", None, ss.withdraw),
    "discard": ("Discard", None, ss.discard),
    "reopen": ("Reopen", None, ss.reopen),
}


def verdict_of(revision: Revision, card: int, sentence: int) -> Verdict | None:
    """Return the verdict on one sentence; -1 is the headline."""
    return next((v for v in revision.verdicts if (v.card, v.sentence) == (card, sentence)), None)


def deck(revision: Revision, facts: dict[str, Fact]) -> None:
    """Draw the cards."""
    numbers = {key: f"F{i}" for i, key in enumerate(facts, start=1)}
    drawn = []
    for c, card in enumerate(revision.cards):
        lines = []
        for s, sentence in [(-1, card.headline), *enumerate(card.sentences)]:
            verdict = verdict_of(revision, c, s)
            bad = verdict is not None and not verdict.supported
            why = "; ".join(r.text for r in verdict.reasons) if verdict and bad else ""
            lines.append({"text": sentence.text, "cites": [numbers.get(k, "?") for k in sentence.cites], "supported": not bad, "why": why})
        drawn.append({"kicker": CARD_KINDS.get(card.kind, card.kind), "sentences": lines})
    hue = int(hashlib.sha256(revision.story.encode()).hexdigest()[:4], 16) % 360
    safe.cards(drawn, hue, key=f"deck-{revision.id}")


def show_fact(number: str, fact: Fact) -> None:
    """Draw one fact with its quote, source and licence."""
    with st.container(border=True):
        more = "; ".join(f"{k}: {v}" for k, v in fact.qualifiers.items() if k != "short")
        safe.text(f"{number} · {fact.predicate.replace('_', ' ')}: {fact.value}" + (f" ({more})" if more else ""))
        if fact.quote:
            safe.text(f"“{fact.quote}”")
        safe.text(f"{fact.source_name} · {fact.locator} · {fact.licence}" + ("" if fact.stands else " · retracted"))


def row(revision: Revision, facts: dict[str, Fact], card: int, index: int, sentence: ss.Sentence, editable: bool) -> ss.Sentence:
    """Draw one sentence beside its facts and its verdict; return it as it stands in the fields."""
    verdict = verdict_of(revision, card, index)
    numbers = {key: f"F{i}" for i, key in enumerate(facts, start=1)}
    left, right = st.columns([3, 2])
    with left:
        key = f"{revision.id}-{card}-{index}"
        label = "Headline" if index < 0 else f"Sentence {index + 1}"
        words = st.text_area(label, sentence.text, key=f"text-{key}", height="content", disabled=not editable)
        cites = st.multiselect(
            "Cites",
            list(facts),
            [k for k in sentence.cites if k in facts],
            format_func=lambda k: numbers[k],
            key=f"cites-{key}",
            disabled=not editable,
        )
    with right:
        if verdict is not None:
            safe.verdict(verdict.label)
            for reason in verdict.reasons:
                safe.text(f"{reason.rule}, “{reason.span}”, {named(reason, numbers)}: {reason.text}")
            for worked in verdict.derived:
                safe.text(f"“{worked.span}” is worked out from {named(worked, numbers)}: {worked.text}")
        for cited in sentence.cites:
            if cited in facts:
                show_fact(numbers[cited], facts[cited])
            else:
                st.text("This fact is gone.")
    return ss.Sentence(text=words or "", cites=tuple(cites))


def named(reason: Reason, numbers: dict[str, str]) -> str:
    """Return the facts of a reason under the numbers on screen."""
    return ", ".join(numbers.get(key, "a fact that is gone") for key in reason.facts) or "no fact"


def editor(revision: Revision, facts: dict[str, Fact], editable: bool) -> None:
    """Draw the rows of all sentences, and save them as a new revision."""
    drafted = []
    for c, card in enumerate(revision.cards):
        safe.kicker(card.kind)
        lines = [row(revision, facts, c, s, sentence, editable) for s, sentence in [(-1, card.headline), *enumerate(card.sentences)]]
        kept = tuple(s for s in lines[1:] if s.text.strip())
        drafted.append(card.model_copy(update={"headline": lines[0], "sentences": kept or (lines[1],)}))
    st.button(
        "Save as a new revision",
        on_click=shared.make,
        args=(ss.edit, revision.id, drafted),
        kwargs={"said": "Saved as {result.id} and verified."},
        disabled=not editable or tuple(drafted) == revision.cards,
        key="save",
    )


def acts(story: ss.Story, revision: Revision) -> None:
    """Draw the bar of acts; each names the revision on screen and carries a token that is good once."""
    comment = st.text_input(
        "Comment", key=f"comment-{revision.id}", placeholder="A note that is kept with the act; a discard needs a reason"
    )
    with st.bottom, st.container(horizontal=True):
        for name, (label, shortcut, act) in ACTS.items():
            target = story.live_revision if name == "withdraw" else revision.id
            offered = target is not None and revision.id == story.latest_revision and name in offered_acts(story)
            if not offered:
                continue
            more = {"solo": shared.settings().solo} if name == "approve" else {}
            st.button(
                label,
                key=f"act-{name}",
                shortcut=shortcut,
                type="primary" if name in {"approve", "publish"} else "secondary",
                on_click=shared.make,
                args=(act, target),
                kwargs={"comment": comment, "said": f"{label}: done.", "token": token(name, str(target)), **more},
            )


def offered_acts(story: ss.Story) -> set[str]:
    """Return the acts that the story's status allows; the service decides again when one is pressed."""
    from songstory.review import MOVES

    return {name for name, move in MOVES.items() if story.status in move.was and (name != "withdraw" or story.live_revision)}


def token(name: str, revision: str) -> str:
    """Return the one-use token of this button; a new one once it was used."""
    key = f"token-{name}-{revision}-{shared.actor()}"
    if key not in st.session_state or st.session_state.get("said"):
        st.session_state[key] = people.issue_token(shared.store(), actor=shared.actor(), action=f"{name}:{revision}")
    return str(st.session_state[key])


def draw() -> None:
    """Draw the page of the story named in the address."""
    store = shared.store()
    wanted = st.query_params.get("id") or st.session_state.get("open_story", "")
    if not wanted:
        st.title("Story")
        st.info("Choose a story in the review queue.")
        return
    try:
        story = stories.get_story(store, wanted)
        revision = stories.get_revision(store, story.latest_revision or wanted)
    except ss.SongstoryError as error:
        st.title("Story")
        safe.message(str(error), good=False)
        return
    safe.heading(story.title)
    with st.container(horizontal=True):
        safe.status(story.status)
        good = len(revision.verdicts) - len(revision.problems)
        by = f"revision {revision.number} by {revision.author}"
        safe.text(f"{story.artist_credit} · {by} · {good} of {len(revision.verdicts)} supported")
    if story.stale_since:
        st.warning("A fact behind this story changed; read it again.")
        safe.text(story.stale_reason)
    shared.said()
    known = {f.key: f for f in catalogue.facts_of(store, story.track, retracted=True)}
    deck(revision, known)
    words, history = st.tabs(["Sentences and facts", "History"])
    with words:
        editor(revision, known, story.status not in {Status.WITHDRAWN, Status.DISCARDED})
    with history:
        past = stories.history(store, story.id)
        safe.table(
            [
                {
                    "Revision": r.id,
                    "By": r.author,
                    "Kind": r.author_kind,
                    "Problems": len(r.problems),
                    "Saved": r.created_at,
                    "Comment": r.comment,
                }
                for r in past
            ],
            key="history",
        )
        found = [e for r in past for e in people.events(store, object_=r.id).items]
        safe.table([{"When": e.at, "Who": e.actor, "Act": e.action, "What": e.object, "Comment": e.comment} for e in found], key="events")
    acts(story, revision)


draw()
