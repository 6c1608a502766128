"""Editing: a person's text is a new revision, verified as it is saved; a revert is one too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from songstory import evidence
from songstory.errors import IllegalMove, NotAllowed, ReviewError, StaleRevision
from songstory.grounding import LONGEST_SENTENCE
from songstory.models import Card, Revision, Role, Status, Verdict, Who
from songstory.review import OPEN, may, note_refusal, who_may
from songstory.safe_lines import safe_cards, typed
from songstory.store import Store, catalogue, people, revisions, stories, working
from songstory.store.tables import RevisionRow, TrackRow
from songstory.vocabulary import CARD_KINDS

MOST_TYPED = 40_000  # characters of a text, saved or under way: some twenty full cards
MOST_CARDS = 20
MOST_SENTENCES = 12


def edit(store: Store, revision: str, cards: Sequence[Card], *, actor: Who, comment: str = "", token: str = "") -> Revision:
    """Save `cards`, whose cites are fact keys, as a new revision based on the one that was read. It is verified at once.

    What the actor had typed and not saved on this story is forgotten. Raise StaleRevision when somebody saved meanwhile,
    IllegalMove for a withdrawn or discarded story, NotAllowed.
    """
    try:
        with store.session() as session:
            return _save(store, session, revision, cards, actor, comment, token)
    except ReviewError as error:
        note_refusal(store, "edit", revision, actor, error)
        raise


def keep(store: Store, revision: str, cards: Sequence[Card], *, actor: Who) -> None:
    """Keep what the actor typed on top of `revision` and did not save; the same text as the revision's is nothing to keep.

    It is theirs alone until it is saved, and may be any text of a bearable length. Raise NotAllowed, ReviewError, StoryNotFound.
    """
    found = stories.get_revision(store, revision)
    with store.reading() as session:
        who = _writer(session, actor)
    bearable(cards)
    cards = safe_cards(cards)
    if tuple(cards) == found.cards:
        working.forget(store, found.story, actor=who)
    else:
        working.keep(store, revision, cards, actor=who)


def revert(store: Store, revision: str, to: str, *, actor: Who, comment: str = "", token: str = "") -> Revision:
    """Bring the text of the revision `to` back, as a new revision on top of `revision`, the newest. Raise what `edit` does."""
    old, newest = stories.get_revision(store, to), stories.get_revision(store, revision)
    if old.story != newest.story:
        raise IllegalMove(f"{to} is not a revision of {newest.story}")
    return edit(store, revision, old.cards, actor=actor, comment=comment or f"back to revision {old.number}", token=token)


def _save(store: Store, session: Session, revision: str, cards: Sequence[Card], actor: Who, comment: str, token: str) -> Revision:
    row, found = stories.find_revision(session, revision)
    who = _writer(session, actor)
    if token:
        people.use_token(session, token, actor=who, action=f"edit:{revision}")
    track = session.get_one(TrackRow, found.track_id)
    story = stories.lock_story(store, session, track.uid, found.language, found.market)
    if story.latest_revision_id != row.id:
        newest = session.get_one(RevisionRow, story.latest_revision_id)
        raise StaleRevision(
            f"{newest.author} saved {newest.uid} since you read {revision}; nothing was overwritten; compare, then save again"
        )
    if Status(story.status) not in OPEN:
        raise IllegalMove(f"{story.uid} is {story.status}; reopen it before you edit")
    cards, comment = safe_cards(cards, (track.title,)), typed(comment)
    sound(cards)
    text = revisions.NewRevision(
        track=track.uid, language=found.language, market=found.market, base=row.uid, cards=cards, verdicts=_verdicts(session, track, cards),
        author=who, author_kind="person", facts_fingerprint=row.facts_fingerprint, recipe=row.recipe_id, generation=row.generation,
        comment=comment,
    )  # fmt: skip
    (new,) = revisions.add_revisions(store, session, [text])
    if isinstance(new, ReviewError):
        raise new
    working.drop(session, int(story.id or 0), actor=who)
    data = {"base": row.uid, "problems": new.problems}
    people.record(session, action="story.edit", object_=new.id, actor=who, comment=comment, data=data)
    session.expire(story)
    return stories.revision_value(session, *stories.find_revision(session, new.id))


def _writer(session: Session, actor: Who) -> str:
    """Return the name of who edits. Raise NotAllowed."""
    who = people.find_actor(session, actor)
    if who.kind == "service" or not may(who, Role.WRITER):
        raise NotAllowed(f"{who.name} is {who.role}; to edit takes {who_may(Role.WRITER)}")
    return who.name


def _verdicts(session: Session, track: TrackRow, cards: Sequence[Card]) -> tuple[Verdict, ...]:
    return evidence.verdicts(catalogue.track_in(session, track.uid), evidence.facts_of(session, track.uid), cards)


def cards_from(data: Any) -> tuple[Card, ...]:
    """Return cards from plain data that came from a browser. Raise ReviewError for what no card is."""
    try:
        cards = tuple(Card.model_validate(c) for c in data)
    except (ValidationError, TypeError) as error:
        raise ReviewError("what the browser sent is no list of cards; reload the page, your saved changes are kept") from error
    if len(cards) > MOST_CARDS or any(len(c.sentences) > MOST_SENTENCES or c.kind not in CARD_KINDS for c in cards):
        raise ReviewError(f"a story has at most {MOST_CARDS} cards of known kinds, and a card at most {MOST_SENTENCES} sentences")
    return cards


def bearable(cards: Sequence[Card]) -> None:
    """Raise ReviewError for a text that is longer than any story, whatever a page lets somebody type."""
    if sum(len(s.text) for c in cards for s in (c.headline, *c.sentences)) > MOST_TYPED:
        raise ReviewError(f"this text has more than {MOST_TYPED:,} characters and is not kept; take some out")


def sound(cards: Sequence[Card]) -> None:
    """Raise ReviewError for cards that are no story: empty, without a sentence, or with one that is too long."""
    if not cards or any(not c.sentences for c in cards):
        raise ReviewError("a story needs at least one card, and each card at least one sentence")
    if any(not s.text.strip() for c in cards for s in (c.headline, *c.sentences)):
        raise ReviewError("a sentence or headline is empty; write it, or take it out")
    longest = max(len(s.text) for c in cards for s in (c.headline, *c.sentences))
    if longest > LONGEST_SENTENCE:
        raise ReviewError(f"a sentence is longer than {LONGEST_SENTENCE:,} characters ({longest:,}); break it up")
    bearable(cards)
