"""One story: brief, cache, writer, grounding, new revision. No database session is open while a writer writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson
from sqlmodel import Session

from songstory import briefs, calls, edge, evidence, grounding, telemetry
from songstory.errors import BriefError, IllegalMove, NotAllowed, NotEnoughFacts, SongstoryError, StaleRevision, TrackNotFound
from songstory.models import Brief, Card, Draft, Recipe, Revision, Role, Sentence, Task, Verdict, Who
from songstory.store import Store, catalogue, changes, material, people, revisions, rules, runs, stories
from songstory.store.cache import get_draft, put_drafts, recipe_id
from songstory.store.material import Current, Material
from songstory.store.revisions import NewRevision, Saved
from songstory.work import Purse, Run, RunItem
from songstory.writers import FEWEST, Writer

_MAY_GENERATE = {Role.WRITER, Role.EDITOR, Role.PUBLISHER, Role.SERVICE}
_AT_ONCE = 50  # tracks of a run made ready together


def brief_of(store: Store, track: str, *, language: str = "en", market: str = "world") -> Brief:
    """Return the brief of a track. Raise TrackNotFound or NotEnoughFacts."""
    found = material.read(store, [track], language, market).get(track)
    if found is None:
        raise catalogue.no_track(track)
    return briefs.make_brief(found.track, found.facts, language=language, market=market)


def generate(
    store: Store, track: str, writer: Writer, *, actor: Who = people.NIGHT, language: str = "en", market: str = "world",
    purse: Purse = Purse(),  # noqa: B008  it is frozen
) -> Revision:  # fmt: skip
    """Write and check a story, and return its newest revision.

    When neither the facts, the prompt nor the writer changed since the newest revision, that one is returned and nothing
    is written. `purse` says which limits the calls of a model keep. Raise NotEnoughFacts when silence is the answer, IllegalMove
    for a withdrawn or discarded story, NotAllowed, StaleRevision when somebody saved meanwhile, BudgetSpent, or WriterError.
    """
    who = allowed(store, actor)
    with telemetry.span("generate", track=track, language=language, market=market, **versions()):
        with telemetry.span("brief"):
            (found,) = prepare_many(store, [track], writer, language=language, market=market)
        with edge.of_song(track):
            return stories.get_revision(store, _generate(store, found, writer, who, purse)[0])


def versions() -> dict[str, str]:
    """Return the versions of the prompt and of the verifier, as spans tell them."""
    return {"prompt.version": briefs.TEMPLATE, "verifier.version": grounding.VERIFIER}


@dataclass(frozen=True)
class Job:
    """One story to write: its brief and task, the names of its generation and of its facts, and where the track stood."""

    track: str
    task: Task
    name: str
    facts_name: str
    seq: int | None
    current: Current | None

    @property
    def unchanged(self) -> bool:
        """Whether the newest text rests on these very facts, prompt and writer."""
        return self.current is not None and (self.current.facts, self.current.generation) == (self.facts_name, self.name)


@dataclass(frozen=True)
class Prepared:
    """A track that was looked at: the job, or why there is none, and the number of its last change."""

    track: str
    seq: int | None
    job: Job | None = None
    error: SongstoryError | None = None


@dataclass(frozen=True)
class Checked:
    """A draft with the verdict on each of its sentences, ready to be written."""

    job: Job
    draft: Draft
    verdicts: tuple[Verdict, ...]


Outcome = Saved | SongstoryError
Also = Callable[[Session, Sequence[tuple[Checked, Outcome]]], None]


def prepare(store: Store, track: str, writer: Writer, *, language: str = "en", market: str = "world") -> Job:
    """Make a story ready to be written. Raise TrackNotFound, NotEnoughFacts, or IllegalMove for a withdrawn or discarded one."""
    (found,) = prepare_many(store, [track], writer, language=language, market=market)
    if found.job is None:
        raise found.error or TrackNotFound(track)
    return found.job


def prepare_many(store: Store, tracks: Sequence[str], writer: Writer, *, language: str = "en", market: str = "world") -> Iterator[Prepared]:
    """Make a slice of tracks ready to be written, in their order; what stands in the way of one stands in its place."""
    known = material.read(store, tracks, language, market)
    for track in tracks:
        found = known.get(track)
        try:
            if found is None:
                raise catalogue.no_track(track)
            if found.status in stories.CLOSED:
                raise IllegalMove(f"the story of {track!r} is {found.status}; reopen it first: songstory reopen {found.story}")
            with edge.of_song(track, "made ready", BriefError):
                job = _job(found, writer, language, market)
            yield Prepared(track, found.seq, job)
        except SongstoryError as error:
            yield Prepared(track, found.seq if found else None, error=error)


def _job(found: Material, writer: Writer, language: str, market: str) -> Job:
    brief = briefs.make_brief(found.track, found.facts, language=language, market=market)
    task = briefs.make_task(brief)
    name = briefs.fingerprint(task.prompt, writer.model, writer.options)
    return Job(found.track.id, task, name, briefs.facts_fingerprint(brief), found.seq, found.current)


def finish_many(
    store: Store, done: Sequence[Checked], writer: Writer, *, actor: str, also: Also | None = None
) -> list[tuple[Checked, Outcome]]:
    """Write checked drafts in one transaction, each without the sentences its card can do without that are not supported.

    What could not be written has its error in place: NotEnoughFacts, StaleRevision or IllegalMove. `also` is done in the
    same transaction.
    """
    ready = [(c, _fit(c, writer)) for c in done]
    with store.session() as session:
        row = recipe_id(store, session, recipe(writer))
        fit = [c for _, c in ready if isinstance(c, Checked)]
        texts = [_text(c, writer, actor, row) for c in fit]
        saved = dict(zip((c.job.track for c in fit), revisions.add_revisions(store, session, texts), strict=True))
        outcomes: list[tuple[Checked, Outcome]] = [(c, saved[c.job.track] if isinstance(f, Checked) else f) for c, f in ready]
        written = [(c, saved[c.job.track]) for c in fit if isinstance(saved[c.job.track], Saved)]
        put_drafts(store, session, row, [(c.job.name, c.draft) for c, _ in written])
        events = [people.Record("story.generate", s.id, {"writer": writer.model, "problems": s.problems}) for _, s in written]  # type: ignore[union-attr]
        people.record_many(session, events, actor=actor)
        if also:
            also(session, outcomes)
        changes.clean(session, [c.job.seq for c, o in outcomes if isinstance(o, Saved | NotEnoughFacts)])
    return outcomes


def _fit(checked: Checked, writer: Writer) -> Checked | NotEnoughFacts:
    """Return a draft without what it can do without; what the composer could say in two sentences is a line of credits, no story."""
    brief = checked.job.task.brief
    told = sum(len(card.sentences) for card in checked.draft.cards)
    if not told or (told < FEWEST and writer.author_kind == "composer"):
        title, count = brief.track.title, len(brief.facts)
        wanted = briefs.missing([n.fact for n in brief.facts])
        return NotEnoughFacts(f"{title}: {count} facts make no story of three sentences; missing: {wanted}")
    return Checked(checked.job, *_without_failures(checked.draft, checked.verdicts, brief))


def _text(checked: Checked, writer: Writer, actor: str, recipe_row: int) -> NewRevision:
    job, brief = checked.job, checked.job.task.brief
    return NewRevision(
        track=job.track,
        base=job.current.revision if job.current else "",
        cards=cite_keys(checked.draft.cards, brief),
        verdicts=checked.verdicts,
        author=actor,
        author_kind=writer.author_kind,
        language=brief.language,
        market=brief.market,
        facts_fingerprint=job.facts_name,
        recipe=recipe_row,
        generation=job.name,
    )


def _generate(store: Store, found: Prepared, writer: Writer, actor: str, purse: Purse) -> tuple[str, str]:
    """Return the id of the newest revision, and how it went: unchanged, ready or with_problems."""
    job = found.job
    if job is None:
        raise found.error or TrackNotFound(found.track)
    if job.unchanged and job.current:
        with store.session() as session:
            changes.clean(session, [job.seq])
        return job.current.revision, "unchanged"
    kept = get_draft(store, job.name)
    draft, checked = kept or (calls.ask(store, writer, job.task, job.name, "first", purse), False)
    with telemetry.span("check", cached=kept is not None) as told:
        verdicts = grounding.check(draft, job.task.brief)
        if told:
            told.set_attributes({"songstory.sentences": len(verdicts), "songstory.supported": sum(v.supported for v in verdicts)})
    if not checked:
        draft, verdicts = calls.mend(store, writer, job.task, draft, verdicts, job.name, purse)
    with telemetry.span("save"):
        ((_, saved),) = finish_many(store, [Checked(job, draft, verdicts)], writer, actor=actor)
    if isinstance(saved, SongstoryError):
        raise saved
    return saved.id, "with_problems" if saved.problems else "ready"


def allowed(store: Store, actor: Who) -> str:
    """Return the name of who generates; the night is made known when it comes first. Raise NotAllowed, SwitchedOff."""
    if actor == people.NIGHT:
        people.ensure_service(store)
    with store.reading() as session:
        who = people.find_actor(session, actor)
        if who.role not in _MAY_GENERATE:
            raise NotAllowed(f"{who.name} is {who.role}; generating is for writers, editors, publishers and the night")
        rules.must_be_on(session, "generation")
        return who.name


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


def recipe(writer: Writer) -> Recipe:
    """Return how `writer` writes now: the hashes of the prompt's standing part and of the schema's shape, model, options."""
    shape = orjson.dumps(briefs.SCHEMA_SHAPE)
    return Recipe(
        prompt_hash=hashlib.sha256(f"{briefs.TEMPLATE}\x1f{briefs.system_prompt()}".encode()).hexdigest()[:16],
        schema_hash=hashlib.sha256(shape).hexdigest()[:16],
        model=writer.model,
        options=writer.options,
    )


def cite_keys(cards: Sequence[Card], brief: Brief) -> tuple[Card, ...]:
    """Return `cards` with F-numbers replaced by the keys of all facts that say so; an unknown number stays, and the check refuses it."""
    keys = {n.number: (n.fact.key, *n.also) for n in brief.facts}

    def of(sentence: Sentence) -> Sentence:
        return Sentence(text=sentence.text, cites=tuple(dict.fromkeys(k for c in sentence.cites for k in keys.get(c, (c,)))))

    return tuple(
        Card(kind=c.kind, headline=of(c.headline), sentences=tuple(of(s) for s in c.sentences), start_ms=c.start_ms, end_ms=c.end_ms)
        for c in cards
    )


def check_revision(store: Store, revision: str) -> tuple[Verdict, ...]:
    """Check a stored revision again, against its facts as they are now, and return the verdicts. Nothing is written."""
    found = stories.get_revision(store, revision)
    return verdicts_on(store, found.track, found.cards)


def verdicts_on(store: Store, track: str, cards: Sequence[Card]) -> tuple[Verdict, ...]:
    """Return the verdicts on `cards`, whose cites are fact keys, against the facts of `track` as they stand."""
    with store.reading() as session:
        return evidence.verdicts(catalogue.track_in(session, track), evidence.facts_of(session, track), cards)


def generate_all(
    store: Store,
    writer: Writer,
    *,
    actor: Who = people.NIGHT,
    tracks: Sequence[str] | None = None,
    language: str = "en",
    market: str = "world",
    progress: Callable[[RunItem], None] | None = None,
    limits: Mapping[str, float] | None = None,
) -> Run:
    """Write the stories of all tracks (or of `tracks`), one transaction a story, and return the run.

    What happened to each track stands in the run's items: ready, with_problems, unchanged, abstained, skipped or failed. `limits`
    are what the calls of a model may cost, in USD by run, day and month.
    Stopped at any point, the next call goes on where this one ended.
    """
    who = allowed(store, actor)
    wanted = list(tracks) if tracks is not None else catalogue.track_ids(store)
    run = runs.start_run(store, writer.model)
    for start in range(0, len(wanted), _AT_ONCE):
        for found in prepare_many(store, wanted[start : start + _AT_ONCE], writer, language=language, market=market):
            item = _one(store, found, writer, who, Purse(run=run, limits=dict(limits or {})))
            if progress:
                progress(item)
    runs.finish_run(store, run)
    return next(r for r in runs.list_runs(store) if r.id == run)


def _one(store: Store, found: Prepared, writer: Writer, actor: str, purse: Purse) -> RunItem:
    """Return how one track went. This is the edge of a run item: what fails here is kept on the item and the run goes on."""
    why = ""
    try:
        with edge.of_song(found.track):
            _, status = _generate(store, found, writer, actor, purse)
    except SongstoryError as error:
        status, why = ended(error), str(error)
    with store.session() as session:
        runs.note_item(store, session, purse.run, found.track, status, custom_id=found.job.name if found.job else "", error=why)
        if status == "abstained":  # silence is an answer too: it holds until the facts change
            changes.clean(session, [found.seq])
    return RunItem(run=purse.run, track=found.track, status=status, error=why)


def ended(error: SongstoryError) -> str:
    """Return how an item ends that met `error`: abstained, skipped or failed."""
    return "abstained" if isinstance(error, NotEnoughFacts) else "skipped" if isinstance(error, IllegalMove | StaleRevision) else "failed"
