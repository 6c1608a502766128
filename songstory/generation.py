"""One story: brief, cache, writer, grounding, new revision. No database session is open while a writer writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from songstory import briefs, grounding
from songstory.errors import IllegalMove, NotAllowed, NotEnoughFacts, SongstoryError, StaleRevision, StoryNotFound, WriterError
from songstory.models import Brief, Card, Draft, Recipe, Revision, Role, Run, RunItem, Status, Task, Verdict
from songstory.store import Store, catalogue, changes, people, runs, stories
from songstory.store.cache import get_draft, note_attempt, put_draft, recipe_id
from songstory.store.tables import RevisionRow
from songstory.writers import Writer

_MAY_GENERATE = {Role.WRITER, Role.EDITOR, Role.PUBLISHER, Role.SERVICE}
_CLOSED = {Status.WITHDRAWN, Status.DISCARDED}
COMPLETE = "end_turn"  # the only stop reason whose text is whole


def brief_of(store: Store, track: str, *, language: str = "en", market: str = "world") -> Brief:
    """Return the brief of a track. Raise TrackNotFound or NotEnoughFacts."""
    return briefs.make_brief(catalogue.get_track(store, track), catalogue.facts_of(store, track), language=language, market=market)


def generate(
    store: Store, track: str, writer: Writer, *, actor: str = people.NIGHT, language: str = "en", market: str = "world", run: str = ""
) -> Revision:
    """Write and check a story, and return its newest revision.

    When neither the facts, the prompt nor the writer changed since the newest revision, that one is returned and nothing
    is written. Raise NotEnoughFacts when silence is the answer, IllegalMove for a withdrawn or discarded story, NotAllowed,
    StaleRevision when somebody saved meanwhile, or WriterError.
    """
    return _generate(store, track, writer, actor, language, market, run)[0]


@dataclass(frozen=True)
class Job:
    """One story to write: its brief and task, the names of its generation and of its facts, and where the track stood."""

    track: str
    task: Task
    name: str
    facts_name: str
    seq: int | None
    current: tuple[str, str, str] | None

    @property
    def unchanged(self) -> bool:
        """Whether the newest text rests on these very facts, prompt and writer."""
        return self.current is not None and self.current[1:] == (self.facts_name, self.name)


def prepare(store: Store, track: str, writer: Writer, *, language: str = "en", market: str = "world") -> Job:
    """Make a story ready to be written. Raise NotEnoughFacts, or IllegalMove for a withdrawn or discarded one."""
    seq, current = _before(store, track, language, market)
    brief = brief_of(store, track, language=language, market=market)
    task = briefs.make_task(brief)
    name = briefs.fingerprint(task.prompt, writer.model, writer.options)
    return Job(track, task, name, briefs.facts_fingerprint(brief), seq, current)


def keep(store: Store, job: Job, run: str = "") -> Revision:
    """Leave an unchanged story as it is and take its track off the dirty set."""
    assert job.current is not None
    return _keep(store, job.track, job.current[0], job.seq, run, job.name)


def finish(store: Store, job: Job, draft: Draft, verdicts: Sequence[Verdict], writer: Writer, *, actor: str, run: str = "") -> Revision:
    """Drop what is not supported where its card stands without it, and write the revision. Raise StaleRevision, NotEnoughFacts."""
    if not draft.cards:
        title, count = job.task.brief.track.title, len(job.task.brief.facts)
        raise NotEnoughFacts(f"{title}: the writer found nothing to tell in {count} facts; add facts on how it was made")
    kept, verdicts = _without_failures(draft, verdicts, job.task.brief)
    names = (job.facts_name, job.name)
    return _save(
        store, job.task.brief, kept, verdicts, job.task, writer, actor=actor, seq=job.seq, current=job.current, names=names, run=run
    )


def _generate(store: Store, track: str, writer: Writer, actor: str, language: str, market: str, run: str) -> tuple[Revision, bool]:
    """Return the newest revision, and whether it was written now."""
    allowed(store, actor)
    job = prepare(store, track, writer, language=language, market=market)
    if job.unchanged:
        return keep(store, job, run), False
    found = get_draft(store, job.name)
    draft, checked = found or (_write(store, writer, job.task, job.name, "first"), False)
    verdicts = grounding.check(draft, job.task.brief)
    if not checked:
        draft, verdicts = _mend(store, writer, job.task, draft, verdicts, job.name)
    return finish(store, job, draft, verdicts, writer, actor=actor, run=run), True


def allowed(store: Store, actor: str) -> None:
    """Raise NotAllowed unless `actor` may generate; the night is made known when it comes first."""
    if actor == people.NIGHT:
        people.ensure_service(store)
    role = people.get_actor(store, actor).role
    if role not in _MAY_GENERATE:
        raise NotAllowed(f"{actor} is {role}; generating is for writers, editors, publishers and the night")


def _before(store: Store, track: str, language: str, market: str) -> tuple[int | None, tuple[str, str, str] | None]:
    """Return the number of the track's last change, and of its newest text (id, facts fingerprint, generation)."""
    with store.reading() as session:
        row = catalogue.track_row(session, track)
        seq = changes.dirty_seq(session, int(row.id or 0))
        try:
            story = stories.find_story(session, stories.story_id(track, language, market))
        except StoryNotFound:
            return seq, None
        if Status(story.status) in _CLOSED:
            raise IllegalMove(f"the story of {track!r} is {story.status}; reopen it first: songstory reopen {story.uid}")
        latest = session.get(RevisionRow, story.latest_revision_id) if story.latest_revision_id else None
        return seq, (latest.uid, latest.facts_fingerprint, latest.generation) if latest else None


def _keep(store: Store, track: str, revision: str, seq: int | None, run: str, name: str) -> Revision:
    with store.session() as session:
        changes.clean(session, int(catalogue.track_row(session, track).id or 0), seq)
        if run:
            runs.note_item(store, session, run, track, "unchanged", custom_id=name)
    return stories.get_revision(store, revision)


def _write(store: Store, writer: Writer, task: Task, name: str, kind: str) -> Draft:
    """Ask the writer once; every try that may be paid for is noted, whatever becomes of it."""
    paid = writer.author_kind == "model"
    try:
        draft = writer.write(task)
    except WriterError as error:
        for failed in [*error.failed_tries, str(error)] if paid else []:
            note_attempt(store, fingerprint=name, model=writer.model, kind=kind, error=failed)
        raise
    if paid:
        for failed in draft.failed_tries:
            note_attempt(store, fingerprint=name, model=writer.model, kind=kind, error=failed)
        note_attempt(store, fingerprint=name, model=draft.model, kind=kind, usage=draft.usage, stop_reason=draft.stop_reason)
    if draft.stop_reason != COMPLETE:
        raise WriterError(f"the writer stopped early ({draft.stop_reason}); nothing was kept; try again")
    return draft


def _mend(
    store: Store, writer: Writer, task: Task, draft: Draft, verdicts: tuple[Verdict, ...], name: str
) -> tuple[Draft, tuple[Verdict, ...]]:
    """Send what fails back to the writer once; what comes back worse is not taken."""
    if not (again := repair_task(task, draft, verdicts)):
        return draft, verdicts
    try:
        second = _write(store, writer, again, name, "repair")
    except WriterError:
        return draft, verdicts
    return better(draft, verdicts, second, task.brief)


def repair_task(task: Task, draft: Draft, verdicts: Sequence[Verdict]) -> Task | None:
    """Return the task of mending what failed, None when nothing did."""
    repairs = grounding.repairs(draft, verdicts)
    return task.model_copy(update={"base_cards": draft.cards, "repairs": repairs}) if repairs else None


def better(draft: Draft, verdicts: tuple[Verdict, ...], second: Draft, brief: Brief) -> tuple[Draft, tuple[Verdict, ...]]:
    """Return the mended draft with its verdicts, or the first where the second is no better."""
    mended = grounding.check(second, brief)
    failed = sum(not v.supported for v in verdicts)
    return (second, mended) if second.cards and sum(not v.supported for v in mended) <= failed else (draft, verdicts)


def _without_failures(draft: Draft, verdicts: Sequence[Verdict], brief: Brief) -> tuple[Draft, tuple[Verdict, ...]]:
    failed = {(v.card, v.sentence) for v in verdicts if not v.supported}
    if not failed:
        return draft, tuple(verdicts)
    cards = []
    for c, card in enumerate(draft.cards):
        good = tuple(s for i, s in enumerate(card.sentences) if (c, i) not in failed)
        stands = bool(good) and (c, grounding.HEADLINE) not in failed
        cards.append(card.model_copy(update={"sentences": good}) if stands else card)
    kept = draft.model_copy(update={"cards": tuple(cards)})
    return kept, grounding.check(kept, brief)


def _save(
    store: Store,
    brief: Brief,
    draft: Draft,
    verdicts: Sequence[Verdict],
    task: Task,
    writer: Writer,
    *,
    actor: str,
    seq: int | None,
    current: tuple[str, str, str] | None,
    names: tuple[str, str],
    run: str,
) -> Revision:
    track, facts_name, name = brief.track.id, *names
    with store.session() as session:
        story = stories.lock_story(store, session, track, brief.language, brief.market)
        latest = session.get(RevisionRow, story.latest_revision_id) if story.latest_revision_id else None
        if (latest.uid if latest else None) != (current[0] if current else None):
            raise StaleRevision(
                f"somebody saved {latest.uid if latest else track} meanwhile; nothing was overwritten; generate again if you still want to"
            )
        recipe = recipe_id(store, session, recipe_of(task, writer))
        put_draft(store, session, name, recipe, draft)
        row = stories.add_revision(
            session,
            story,
            cards=cite_keys(draft.cards, brief),
            verdicts=verdicts,
            author=actor,
            author_kind=writer.author_kind,
            facts_fingerprint=facts_name,
            recipe=recipe,
            generation=name,
            base=latest.id if latest else None,
        )
        people.record(
            session, action="story.generate", object_=row.uid, actor=actor, data={"writer": writer.model, "problems": story.problems}
        )
        changes.clean(session, int(story.track_id or 0), seq)
        if run:
            runs.note_item(store, session, run, track, "with_problems" if story.problems else "ready", custom_id=name)
        return stories.revision_value(session, row, story)


def recipe_of(task: Task, writer: Writer) -> Recipe:
    """Return how `writer` writes now: the hashes of the prompt's standing part and of the schema's shape, model, options."""
    schema = {**task.prompt.output_schema, "facts": "enum"}
    shape = orjson.dumps(sorted(schema), option=orjson.OPT_SORT_KEYS)
    return Recipe(
        prompt_hash=hashlib.sha256(f"{task.brief.template}\x1f{task.prompt.system}".encode()).hexdigest()[:16],
        schema_hash=hashlib.sha256(shape).hexdigest()[:16],
        model=writer.model,
        options=writer.options,
    )


def cite_keys(cards: Sequence[Card], brief: Brief) -> tuple[Card, ...]:
    """Return `cards` with F-numbers replaced by fact keys; an unknown number stays as it is and is refused by the check."""
    keys = {n.number: n.fact.key for n in brief.facts}

    def swap(card: Card) -> Card:
        return card.model_copy(
            update={
                "headline": card.headline.model_copy(update={"cites": tuple(keys.get(c, c) for c in card.headline.cites)}),
                "sentences": tuple(s.model_copy(update={"cites": tuple(keys.get(c, c) for c in s.cites)}) for s in card.sentences),
            }
        )

    return tuple(swap(card) for card in cards)


def check_revision(store: Store, revision: str) -> tuple[Verdict, ...]:
    """Check a stored revision again, against its facts as they are now, and return the verdicts. Nothing is written."""
    found = stories.get_revision(store, revision)
    return verdicts_on(store, found.track, found.cards)


def verdicts_on(store: Store, track: str, cards: Sequence[Card]) -> tuple[Verdict, ...]:
    """Return the verdicts on `cards`, whose cites are fact keys, against the facts of `track` as they stand."""
    about = catalogue.get_track(store, track)
    facts = {f.key: f for f in catalogue.facts_of(store, track, retracted=True)}
    return grounding.check_cards(cards, facts, grounding.subject_names(about.title, about.artist_credit))


def generate_all(
    store: Store,
    writer: Writer,
    *,
    actor: str = people.NIGHT,
    tracks: Sequence[str] | None = None,
    language: str = "en",
    market: str = "world",
    progress: Callable[[RunItem], None] | None = None,
) -> Run:
    """Write the stories of all tracks (or of `tracks`), one transaction a story, and return the run.

    What happened to each track stands in the run's items: ready, with_problems, unchanged, abstained, skipped or failed.
    Stopped at any point, the next call goes on where this one ended.
    """
    allowed(store, actor)
    wanted = list(tracks) if tracks is not None else catalogue.track_ids(store)
    run = runs.start_run(store, writer.model)
    for track in wanted:
        item = _one(store, track, writer, actor, language, market, run)
        if progress:
            progress(item)
    runs.finish_run(store, run)
    return next(r for r in runs.list_runs(store) if r.id == run)


def _one(store: Store, track: str, writer: Writer, actor: str, language: str, market: str, run: str) -> RunItem:
    """Return how one track went. This is the edge of a run item: what fails here is kept on the item and the run goes on."""
    with store.reading() as session:
        row = int(catalogue.track_row(session, track).id or 0)
        seq = changes.dirty_seq(session, row)
    try:
        revision, written = _generate(store, track, writer, actor, language, market, run)
    except SongstoryError as error:
        status = "abstained" if isinstance(error, NotEnoughFacts) else "skipped" if isinstance(error, IllegalMove) else "failed"
        with store.session() as session:
            runs.note_item(store, session, run, track, status, error=str(error))
            if status == "abstained":  # silence is an answer too: it holds until the facts change
                changes.clean(session, row, seq)
        return RunItem(run=run, track=track, status=status, error=str(error))
    return RunItem(run=run, track=track, status=("with_problems" if revision.problems else "ready") if written else "unchanged")
