"""What a changed fact, flag or trust does to the stories that cite it: some are pulled by policy, others are stale and go on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from songstory import evidence, lapses
from songstory.models import Fact, Value, now
from songstory.store import Store, citing, people
from songstory.store.citing import Text
from songstory.tellable import STANDS, must_go

REFUSED = "today's rules refuse it: "  # how the reason of a story begins that the gate let pass once and would not now
_SAYS = {
    "retracted": "a cited fact was retracted",
    "untrusted": "a source of low trust tells a cited fact alone",
    "sensitive": "a cited fact is a sensitive matter that nobody cleared",
}


class Fallen(Value):
    """A story that may not stay as it is: its id and live text, whether it is pulled (or only stale), and why; with the facts' keys."""

    story: str
    revision: str
    pulled: bool
    why: str
    facts: tuple[str, ...] = ()


def weighed(session: Session, text: Text, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that a text of a story cites, weighed; the others of its track are read only where that decides."""
    known = list(facts)
    if not any(f.status == "untrusted" for f in known):
        return known
    full = evidence.facts_of(session, text.track)
    return [full.get(f.key, f) for f in known]


def judge(session: Session, text: Text, cited: dict[int, list[Fact]]) -> Fallen | None:
    """Return what must become of a story by what its texts cite, None when all of it may be told."""
    facts = {r: weighed(session, text, cited.get(r, ())) for r in text.revisions}
    gone = must_go(facts.get(text.live or 0, ()))
    if text.live and gone:
        return Fallen(story=text.story, revision=text.live_id, pulled=True, why=_says(gone[0]), facts=tuple(f.key for f in gone))
    refused = [f for found in facts.values() for f in found if f.status != STANDS]
    if refused:
        keys = tuple(dict.fromkeys(f.key for f in refused))
        return Fallen(story=text.story, revision=text.live_id, pulled=False, why=_says(refused[0]), facts=keys)
    return None


def _says(fact: Fact) -> str:
    status = "private" if fact.stands and "private" in fact.flags else fact.status
    return _SAYS.get(status, f"a cited fact is {status}")


def judge_all(session: Session, texts: Sequence[Text]) -> dict[int, Fallen]:
    """Return what must become of stories, by row; those that may stay as they are are left out."""
    cited = citing.cited(session, {r for t in texts for r in t.revisions})
    return {t.row: found for t in texts if (found := judge(session, t, cited))}


def settle(
    session: Session, texts: Sequence[Text], found: dict[int, Fallen], *, why: str = "", actor: str = people.NIGHT, act: str = ""
) -> None:
    """Pull or mark stories, locked in this transaction, as was found; take the mark off those that the gate lets pass again."""
    at = now()
    for text in texts:
        fallen = found.get(text.row)
        if fallen is None:
            if text.stale_reason.startswith(REFUSED):
                citing.unmark(session, text)
            continue
        reason = f"{fallen.why}: {why}".rstrip(": ")
        citing.mark(session, text, reason if fallen.pulled else f"{REFUSED}{reason}", refused=not fallen.pulled)
        if fallen.pulled:
            citing.pull(session, [text], at)
            people.record(
                session,
                action="story.withdraw",
                object_=fallen.revision,
                actor=actor,
                comment=f"policy: {fallen.why}",
                data={"fact": next(iter(fallen.facts), ""), "facts": list(fallen.facts[:20])},
                act_id=act,
            )


def of_facts(session: Session, facts: Iterable[int], why: str, *, actor: str = people.NIGHT, act: str = "") -> list[str]:
    """Pull or mark the stories that cite one of these facts, or one cleared on their word; return the ids of those that fell."""
    changed = set(facts)
    texts = citing.texts_citing(session, {*changed, *lapses.of_facts(session, changed, act=act)})
    found = judge_all(session, texts)
    settle(session, texts, found, why=why, actor=actor, act=act)
    return [t.story for t in texts if t.row in found]


# many at once ---------------------------------------------------------------------------------------------------------

SLICE = 500  # stories looked at in one reading; only those to be changed are looked at again under the lock


def sweep(store: Store, rows: Sequence[int], *, why: str = "", act: str = "") -> list[Fallen]:
    """Ask the gate about these stories, and pull or mark those that fail; the write lock is held for those alone."""
    fallen: list[Fallen] = []
    for start in range(0, len(rows), SLICE):
        with store.reading() as session:
            texts = citing.texts(session, rows[start : start + SLICE])
            found = judge_all(session, texts)
        fallen += change(store, [t.row for t in texts if _moves(t, found.get(t.row))], why=why, act=act)
    return fallen


def change(store: Store, rows: Sequence[int], *, why: str = "", act: str = "") -> list[Fallen]:
    """Pull or mark these stories as the gate finds them once they are locked; return what became of them."""
    if not rows:
        return []
    with store.session() as session:
        texts = citing.texts(session, rows, lock=True)
        found = judge_all(session, texts)
        settle(session, texts, found, why=why, act=act)
    return list(found.values())


def _moves(text: Text, found: Fallen | None) -> bool:
    """Whether a story is not marked yet as it was found."""
    marked = text.stale_reason.startswith(REFUSED)
    return marked if found is None else found.pulled or not marked


def of_source(store: Store, source: str, why: str, *, act: str = "") -> list[Fallen]:
    """Ask the gate about every story that cites a fact of a source, or one cleared on its word."""
    with store.session() as session:
        held = lapses.of_source(session, source, act=act)
        rows = {*citing.citing_source(session, source), *(t.row for t in citing.texts_citing(session, held))}
    return sweep(store, sorted(rows), why=why, act=act)


def of_dirty(store: Store) -> list[Fallen]:
    """Ask the gate about every live story whose track changed since it was last written: flags and trust change by many doors."""
    with store.session() as session:
        lapses.of_dirty(session)
    fallen: list[Fallen] = []
    after = 0
    while True:
        with store.reading() as session:
            texts = citing.live_of_dirty(session, after=after, limit=SLICE)
            found = judge_all(session, texts)
        if not texts:
            return fallen
        after = texts[-1].row
        fallen += change(store, [t.row for t in texts if _moves(t, found.get(t.row))])
