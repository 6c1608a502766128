"""Change by instruction: a person asks, a writer changes the newest text within its facts, and every sentence is checked all the same."""

from __future__ import annotations

from collections.abc import Sequence

from songstory import briefs, calls, edge, editing, generation, grounding, review
from songstory.errors import IllegalMove, NotAllowed, ReviewError, StaleRevision, WriterError
from songstory.models import Brief, Card, Draft, Prompt, Revision, Role, Sentence, Story, Task, Verdict, Who
from songstory.safe_lines import typed
from songstory.store import Store, people, revisions, stories
from songstory.store.revisions import NewRevision
from songstory.work import Purse
from songstory.writers import Writer

LONGEST = 500  # characters of an instruction


def change(
    store: Store, revision: str, instruction: str, writer: Writer, *, actor: Who,
    purse: Purse = Purse(),  # noqa: B008  it is frozen
) -> Revision:  # fmt: skip
    """Let `writer` change the newest text as `instruction` says, and save what comes back as a new revision of `actor`.

    The text that failed is sent back once. What no fact supports is kept as a problem, as in an edit: no instruction lifts a
    check. Raise NotAllowed, StaleRevision when somebody saved meanwhile, IllegalMove, ReviewError for an instruction that is
    empty or too long, BudgetSpent, WriterError, also for a writer that takes no instructions.
    """
    who, story = permitted(store, revision, instruction, actor=actor)
    if writer.author_kind != "model":
        raise WriterError(f"{writer.model} takes no instructions; choose Claude: --writer anthropic, or SONGSTORY_WRITER=anthropic")
    with edge.of_song(story.track, "changed"):
        return _changed(store, story, stories.get_revision(store, revision), instruction.strip(), writer, who, purse)


def _changed(store: Store, story: Story, read: Revision, instruction: str, writer: Writer, who: str, purse: Purse) -> Revision:
    job = generation.prepare(store, story.track, writer, language=story.language, market=story.market)
    brief = job.task.brief
    task = job.task.model_copy(update={"base_cards": _numbered(read.cards, brief), "instruction": typed(instruction).strip()})
    name = briefs.fingerprint(_asked(task), writer.model, writer.options)
    draft = calls.ask(store, writer, task, name, "change", purse)
    draft, verdicts = calls.mend(store, writer, task, draft, grounding.check(draft, brief), name, purse)
    return _save(store, story, brief, draft, verdicts, writer, who, task.instruction)


def permitted(store: Store, revision: str, instruction: str, *, actor: Who) -> tuple[str, Story]:
    """Return who asks and the story, when the change may be asked for. Raise what `change` raises before a writer is asked."""
    try:
        who = generation.allowed(store, actor)
        with store.reading() as session:
            if not review.may(people.find_actor(session, actor), Role.WRITER):
                raise NotAllowed(f"{who} may not change by instruction; that takes {review.who_may(Role.WRITER)}")
        if not instruction.strip() or len(instruction) > LONGEST:
            raise ReviewError(f"say in up to {LONGEST} characters what should change, found {len(instruction.strip())}")
        story = stories.get_story(store, stories.get_revision(store, revision).story)
        if story.latest_revision != revision:
            raise StaleRevision(f"{story.author} saved {story.latest_revision} since you read {revision}; read it, then ask again")
        if story.status not in review.OPEN:
            raise IllegalMove(f"{story.id} is {story.status}; reopen it before you change it")
    except ReviewError as error:
        review.note_refusal(store, "change", revision, actor, error)
        raise
    return who, story


def _numbered(cards: Sequence[Card], brief: Brief) -> tuple[Card, ...]:
    """Return cards that cite keys with the numbers of the brief; a fact that is not in it is cited no more."""
    numbers = {key: n.number for n in brief.facts for key in (n.fact.key, *n.also)}

    def of(sentence: Sentence) -> Sentence:
        return Sentence(text=sentence.text, cites=tuple(dict.fromkeys(numbers[k] for k in sentence.cites if k in numbers)))

    return tuple(
        card.model_copy(update={"headline": of(card.headline), "sentences": tuple(of(s) for s in card.sentences)}) for card in cards
    )


def _asked(task: Task) -> Prompt:
    told = "\n".join(s.text for c in task.base_cards for s in (c.headline, *c.sentences))
    return task.prompt.model_copy(update={"user": f"{task.prompt.user}\n{told}\n{task.instruction}"})


def _save(
    store: Store, story: Story, brief: Brief, draft: Draft, verdicts: Sequence[Verdict], writer: Writer, who: str, why: str
) -> Revision:
    if not draft.cards:
        raise WriterError("the writer gave no card back; nothing was changed; ask in other words")
    cards = generation.cite_keys(draft.cards, brief)
    editing.sound(cards)
    with store.session() as session:
        row, _ = stories.find_revision(session, str(story.latest_revision))
        text = NewRevision(  # the night compares facts, generation and recipe: as after an edit, it leaves the text alone
            track=story.track, language=story.language, market=story.market, base=row.uid, cards=cards, verdicts=verdicts, author=who,
            author_kind=writer.author_kind, facts_fingerprint=row.facts_fingerprint, generation=row.generation, recipe=row.recipe_id,
            comment=why,
        )  # fmt: skip
        (saved,) = revisions.add_revisions(store, session, [text])
        if isinstance(saved, ReviewError):
            raise saved
        data = {"base": story.latest_revision, "writer": writer.model, "problems": saved.problems}
        people.record(session, action="story.change", object_=saved.id, actor=who, comment=why, data=data)
    return stories.get_revision(store, saved.id)
