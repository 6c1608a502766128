"""The allowed moves, and the acts that make them. One act is one transaction; a refused act is kept in the audit log too."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from songstory import evidence, grounding, pages
from songstory.errors import IllegalMove, NotAllowed, NotClean, ReviewError, StaleRevision, Unsupported
from songstory.models import Actor, Fact, Role, Status, Story, Who, now
from songstory.safe_lines import typed
from songstory.store import Store, catalogue, people, revisions, rules, stories
from songstory.store.revisions import Saved
from songstory.store.tables import ActorRow, ApprovalRow, RevisionRow, StoryRow, TrackRow
from songstory.tellable import STANDS, refusal
from songstory.vocabulary import RISKS

_RANK = {Role.WRITER: 1, Role.EDITOR: 2, Role.PUBLISHER: 3}
OPEN = frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED, Status.APPROVED, Status.PUBLISHED})


@dataclass
class Act:
    """What an act knows while it is checked and made."""

    store: Store
    session: Session
    name: str
    actor: Actor
    comment: str
    solo: bool
    story: StoryRow
    revision: RevisionRow
    act_id: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Fact] | None = None  # of the track, weighed; read once an act


Check = Callable[[Act], None]


@dataclass(frozen=True)
class Move:
    """One allowed move: from which statuses, to which, who may, and what must hold besides."""

    was: frozenset[Status]
    to: Status
    role: Role
    needs: tuple[Check, ...] = ()
    service: bool = False
    live: bool = False  # the act names the live revision, not the newest


def _tellable(act: Act) -> None:
    """Every fact that this revision cites may be told now."""
    facts = _facts(act)
    fallen = [f for k in sorted(stories.cited(act.revision)) if (f := facts.get(k)) is not None and f.status != STANDS]
    if fallen:
        text, repair = refusal(fallen[0], f"the {fallen[0].predicate.replace('_', ' ')} it cites ({fallen[0].key})")
        raise Unsupported(f"{act.revision.uid} may not be told: {text}. {repair} Edit the sentence, or generate again")


def _facts(act: Act) -> dict[str, Fact]:
    if act.facts is None:
        track = act.session.get_one(TrackRow, act.story.track_id)
        act.facts = evidence.facts_of(act.session, track.uid)
    return act.facts


def _supported(act: Act) -> None:
    """Every sentence and headline of this revision is supported by its facts as they stand now."""
    _tellable(act)
    found = stories.revision_value(act.session, act.revision, act.story)
    verdicts = evidence.verdicts(catalogue.track_in(act.session, found.track), _facts(act), found.cards)
    bad = [v for v in verdicts if not v.supported]
    if bad or not verdicts:
        first = f": {bad[0].reasons[0].text}" if bad and bad[0].reasons else ""
        raise Unsupported(
            f"{len(bad) or 'no'} of {len(verdicts)} sentences of {found.id} are not supported{first}; mend them first, there is no override"
        )


def _not_own_text(act: Act) -> None:
    """Four eyes: who wrote since the last approval does not approve. Alone on one machine, the solo setting lifts it."""
    if act.actor.name not in stories.authors_since_approval(act.session, act.story):
        return
    if (
        act.solo
        and len(act.session.exec(select(ActorRow.id).where(ActorRow.kind == "person", col(ActorRow.disabled).is_(False))).all()) == 1
    ):
        act.data["solo"] = True
        return
    raise NotAllowed(f"{act.actor.name} wrote text of this story since it was last approved; another editor must approve it")


def _supported_for_service(act: Act) -> None:
    if act.actor.kind == "service":
        _supported(act)


def _publishing_on(act: Act) -> None:
    rules.must_be_on(act.session, "publishing")


def _says_why(act: Act) -> None:
    if not act.comment.strip():
        raise ReviewError(f"{act.name} needs a reason; give one with --comment")


def _never_live(act: Act) -> None:
    if act.story.live_revision_id is not None:
        raise IllegalMove(f"{act.story.uid} has a live revision; withdraw it instead")


def _is_live(act: Act) -> None:
    if act.story.live_revision_id != act.revision.id:
        raise StaleRevision(f"{act.revision.uid} is not the live revision of {act.story.uid}; look again, then withdraw what is live")


def _pulled_by_policy(act: Act) -> None:
    """It was live until a changed fact pulled it, and no person took it down."""
    last = people.last_on(act.session, act.revision.uid, "story.withdraw")
    if last is None or not last.comment.startswith("policy: "):
        raise IllegalMove(f"{act.revision.uid} was taken down by a person; reopen it, and it goes through review again")


def _as_it_was(act: Act) -> None:
    """The rules that let it live are today's."""
    found = stories.revision_value(act.session, act.revision, act.story)
    if {v.verifier for v in found.verdicts} != {grounding.VERIFIER}:
        raise Unsupported(f"{found.id} was checked by other rules than today's; reopen it, and let a person read it")


MOVES: dict[str, Move] = {
    "submit": Move(
        frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}),
        Status.IN_REVIEW,
        Role.WRITER,
        (_tellable, _supported_for_service),
        service=True,
    ),
    "request_changes": Move(frozenset({Status.IN_REVIEW, Status.APPROVED}), Status.CHANGES_REQUESTED, Role.EDITOR),
    "approve": Move(frozenset({Status.IN_REVIEW}), Status.APPROVED, Role.EDITOR, (_not_own_text, _supported)),
    "publish": Move(frozenset({Status.APPROVED}), Status.PUBLISHED, Role.PUBLISHER, (_publishing_on, _supported)),
    "discard": Move(
        frozenset({Status.DRAFT, Status.IN_REVIEW, Status.CHANGES_REQUESTED}), Status.DISCARDED, Role.EDITOR, (_never_live, _says_why)
    ),
    "withdraw": Move(OPEN, Status.WITHDRAWN, Role.PUBLISHER, (_is_live,), service=True, live=True),
    "restore": Move(
        frozenset({Status.WITHDRAWN}), Status.PUBLISHED, Role.PUBLISHER, (_publishing_on, _pulled_by_policy, _as_it_was, _supported)
    ),
    "reopen": Move(frozenset({Status.WITHDRAWN, Status.DISCARDED}), Status.DRAFT, Role.EDITOR),
}


def may(actor: Actor, role: Role, *, service: bool = False) -> bool:
    """Whether `actor` may do what needs `role`; an admin may neither approve nor publish, the service user only what says so."""
    if actor.kind == "service":
        return service
    return _RANK.get(actor.role, 0) >= _RANK[role]


def _act(
    store: Store, name: str, revision: str, actor: Who, comment: str = "", *, solo: bool = False, token: str = "", act_id: str = ""
) -> Story:
    """Make the move `name` on the revision that was read, or raise and keep the refusal in the audit log."""
    try:
        with store.session() as session:
            row, story = stories.find_revision(session, revision, lock=True)
            act = Act(store, session, name, people.find_actor(session, actor), typed(comment).strip(), solo, story, row, act_id)
            if token:
                people.use_token(session, token, actor=act.actor.name, action=f"{name}:{revision}")
            _make(act)
            uid = story.uid
        return stories.get_story(store, uid)
    except ReviewError as error:
        note_refusal(store, name, revision, actor, error)
        raise


def _make(act: Act) -> None:
    move, story, revision = MOVES[act.name], act.story, act.revision
    if not may(act.actor, move.role, service=move.service):
        raise NotAllowed(f"{act.actor.name} is {act.actor.role}; to {act.name.replace('_', ' ')} takes {who_may(move.role)}")
    if not move.live and story.latest_revision_id != revision.id:
        newest = act.session.get_one(RevisionRow, story.latest_revision_id)
        raise StaleRevision(
            f"{newest.author} saved {newest.uid} since you read {revision.uid}; compare them, then {act.name.replace('_', ' ')} again"
        )
    if Status(story.status) not in move.was:
        raise IllegalMove(f"{story.uid} is {story.status}; {act.name.replace('_', ' ')} goes from {' or '.join(sorted(move.was))}")
    for check in move.needs:
        check(act)
    was, read = story.status, int(story.latest_revision_id or 0)
    values = _effects(act)
    if not stories.move(act.session, story, was=was, read=read, to=move.to, **values):
        raise StaleRevision(f"{story.uid} moved while you were at it; look again, then {act.name.replace('_', ' ')}")
    people.record(
        act.session,
        action=f"story.{act.name}",
        object_=revision.uid,
        actor=act.actor.name,
        comment=act.comment,
        data={"from": was, "to": str(move.to), **act.data},
        act_id=act.act_id,
    )


def who_may(role: Role) -> str:
    """Return in words who may do what needs `role`."""
    return {Role.WRITER: "a writer, editor or publisher", Role.EDITOR: "an editor or publisher", Role.PUBLISHER: "a publisher"}[role]


def _effects(act: Act) -> dict[str, Any]:
    """Do what comes with the move, in the same transaction; return what else changes on the story."""
    at = now()
    if act.name in {"submit", "request_changes"}:
        stories.void_approvals(act.session, act.revision, at)
    if act.name == "approve":
        act.session.add(ApprovalRow(revision_id=int(act.revision.id or 0), actor=act.actor.name, comment=act.comment, at=at))
        act.session.flush()
    if act.name in {"publish", "restore"}:
        _put(act)
        return {"live_revision_id": act.revision.id, "stale_since": None, "stale_reason": ""}
    if act.name == "withdraw":
        stories.retire(act.session, act.story, at)
        return {"live_revision_id": None}
    return {}


def _put(act: Act) -> None:
    """Store the bytes that are served from now on."""
    at = now()
    found = stories.revision_value(act.session, act.revision, act.story)
    facts = catalogue.facts_by_key(act.session, {k for c in found.cards for s in (c.headline, *c.sentences) for k in s.cites})
    sources = catalogue.sources_by_key(act.session, {f.source for f in facts.values()})
    track = catalogue.track_in(act.session, found.track)
    approved = stories.approved_by(act.session, act.revision)
    data = pages.body(
        found,
        track,
        facts,
        sources,
        language=act.story.language,
        market=act.story.market,
        approved_by=approved,
        published_by=act.actor.name,
        at=at,
    )
    stories.put_publication(act.session, act.story, act.revision, track.id, data, pages.etag(data), at)


def note_refusal(store: Store, name: str, object_: str, actor: Who, error: ReviewError) -> None:
    """Keep a refused act in the audit log."""
    with store.session() as session:
        people.record(
            session,
            action=f"story.{name}.refused",
            object_=object_[:200],
            actor=people.name_of(session, actor)[:200],
            data={"error": type(error).__name__, "why": str(error)[:500]},
        )


# the acts -----------------------------------------------------------------------------------------------------------


def submit(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Hand a draft in for review. The service user may when every sentence is supported."""
    return _act(store, "submit", revision, actor, comment, token=token)


def hand_in(session: Session, written: Sequence[Saved], *, actor: str) -> None:
    """Submit for the service user what it wrote in this very transaction, every sentence supported by facts as they stand."""
    move = MOVES["submit"]
    assert move.service and not any(r.problems for r in written)
    revisions.hand_in(session, written)
    data = {"from": str(Status.DRAFT), "to": str(move.to)}
    people.record_many(session, [people.Record("story.submit", r.id, data) for r in written], actor=actor)


def request_changes(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Send a text back to its writer."""
    return _act(store, "request_changes", revision, actor, comment, token=token)


def approve(store: Store, revision: str, *, actor: Who, comment: str = "", solo: bool = False, token: str = "") -> Story:
    """Approve the text that was read. Refused to its authors (but for `solo`) and while any sentence is unsupported."""
    return _act(store, "approve", revision, actor, comment, solo=solo, token=token)


def approve_many(
    store: Store, revisions: Sequence[str], *, actor: Who, comment: str = "", token: str = ""
) -> list[tuple[str, Story | ReviewError]]:
    """Approve each of `revisions` that is clean: every sentence supported, at no risk, its facts unchanged. Return what came of each.

    One act in the audit log. What is not clean is refused with the reason: a person opens and reads it, then approves it by itself.
    A `token` is one for `many_named(revisions)`.
    """
    if token:
        with store.session() as session:
            who = people.find_actor(session, actor)
            people.use_token(session, token, actor=who.name, action=many_named(revisions))
    act = secrets.token_hex(8)
    found: list[tuple[str, Story | ReviewError]] = []
    for revision in dict.fromkeys(revisions):
        try:
            _clean(store, revision)
            found.append((revision, _act(store, "approve", revision, actor, comment, act_id=act)))
        except ReviewError as error:
            found.append((revision, error))
    return found


def many_named(revisions: Sequence[str]) -> str:
    """Return the action of a token that approves just these revisions together."""
    return "approve_many:" + hashlib.sha256("\n".join(sorted(revisions)).encode()).hexdigest()[:32]


def _clean(store: Store, revision: str) -> None:
    with store.reading() as session:
        row, story = stories.find_revision(session, revision)
        flagged = catalogue.flagged(session, stories.cited(row))
    if story.problems or story.risk or story.stale_since is not None or flagged:
        why = "has problems" if story.problems else f"carries a flag ({flagged[0] if flagged else RISKS[story.risk] or 'facts changed'})"
        raise NotClean(f"{story.uid} {why}; open it, read it, and approve it by itself")


def publish(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Make an approved text live: its bytes are stored and served from now on."""
    return _act(store, "publish", revision, actor, comment, token=token)


def discard(store: Store, revision: str, *, actor: Who, comment: str, token: str = "") -> Story:
    """Drop a story that was never live. `comment` says why."""
    return _act(store, "discard", revision, actor, comment, token=token)


def withdraw(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Take the live revision down; a tombstone stays."""
    return _act(store, "withdraw", revision, actor, comment, token=token)


def reopen(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Bring a withdrawn or discarded story back as a draft."""
    return _act(store, "reopen", revision, actor, comment, token=token)


def restore(store: Store, revision: str, *, actor: Who, comment: str = "", token: str = "") -> Story:
    """Let a text live again that a changed fact pulled, once the fact is as it was. A publisher does."""
    return _act(store, "restore", revision, actor, comment, token=token)
