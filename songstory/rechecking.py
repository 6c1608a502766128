"""After an upgrade: what stands and what is live is asked again by today's rules, in slices, going on where it was cut off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field
from sqlmodel import Session

from songstory import evidence, fallout, grounding, lapses
from songstory.fallout import REFUSED, Fallen
from songstory.models import Card, Fact, Value, now
from songstory.store import Store, catalogue, citing, people, rechecks, rules
from songstory.store.citing import Text
from songstory.store.rechecks import Lack
from songstory.tellable import RULES

FACTS = 2_000  # facts screened, and
STORIES = 200  # live stories verified, in one reading; only what must change is written, under the lock, by itself
SHOWN = 1_000  # stories that a result lists; the counts are of all
ACT = "house.recheck"  # under which the audit log keeps what each came to
Progress = Callable[[str, int, int], None]


class Recheck(Value):
    """What a recheck found: by which rules, facts screened and flags set, live stories asked, pulled and stale; the first of these."""

    rules: str
    dry_run: bool = False
    facts: int = 0
    flagged: dict[str, int] = Field(default_factory=dict)
    stories: int = 0
    pulled: int = 0
    stale: int = 0
    pulled_stories: tuple[Fallen, ...] = ()
    stale_stories: tuple[Fallen, ...] = ()


def rules_now() -> str:
    """Return the name of the rules by which texts are judged today: those of the verifier and those of the gate."""
    return f"{grounding.VERIFIER} {RULES}"


def due(store: Store) -> str:
    """Return by which rules the store was last rechecked ("none": by none) when they are not today's, "" when it is up to date."""
    with store.reading() as session:
        done = str(rechecks.state(session).get("done", ""))
        return "" if done == rules_now() or (not done and rechecks.is_empty(session)) else done or "none"


def begin(store: Store) -> None:
    """Remember for a store without facts that whatever comes in is judged by today's rules from the start."""
    with store.reading() as session:
        known = rechecks.state(session)
        new = not known and rechecks.is_empty(session)
    if new:
        with store.session() as session:
            rechecks.put_state(session, {"done": rules_now()})


def recheck(store: Store, *, dry_run: bool = False, progress: Progress | None = None) -> Recheck:
    """Flag the standing facts as today's rules would, then ask gate and verifier about every live text.

    Those that cite an uncleared grave or private fact are pulled; all others that fail are stale, at the top of the queue, and
    stay up until a person decides or the policy's days are over. What people cleared stays cleared. Cut off at any point, the
    next one goes on from there; `dry_run` only counts. `progress` is told the step, how many were looked at, and of how many.
    """
    people.ensure_service(store)
    if not dry_run:
        with store.session() as session:
            lapses.of_dirty(session)
    under_way = _Under(store, dry_run, progress)
    under_way.facts()
    under_way.stories()
    return under_way.end()


def nightly(store: Store) -> list[Fallen]:
    """Do what each night does before it writes: recheck where that is due, else ask about what changed; pull what is overdue."""
    found = list(recheck(store).pulled_stories) if due(store) else fallout.of_dirty(store)
    return [*found, *expire(store)]


def expire(store: Store, at: datetime | None = None) -> list[Fallen]:
    """Pull the live stories that today's rules refuse for longer than the policy lets them stay; what passes again is unmarked."""
    days = rules.stale_days(store)
    gone: list[Fallen] = []
    after = -1
    while True:
        with store.reading() as session:
            rows = rechecks.overdue(session, REFUSED, (at or now()) - timedelta(days=days), after=after, limit=STORIES)
            texts = citing.texts(session, rows)
            found = _look(session, texts, {})
        if not rows:
            return gone
        after = rows[-1]
        why = f"refused for more than {days} days"
        over = {r: f.model_copy(update={"pulled": True, "why": f"{f.why}, {why}" if not f.pulled else f.why}) for r, f in found.items()}
        gone += _write(store, texts, over)


def _write(store: Store, seen: Sequence[Text], found: dict[int, Fallen]) -> list[Fallen]:
    """Pull or mark stories as was found, unless their texts moved meanwhile: the next look is for those."""
    if not seen:
        return []
    before = {t.row: t.revisions for t in seen}
    with store.session() as session:
        texts = [t for t in citing.texts(session, list(before), lock=True) if t.revisions == before[t.row]]
        fallout.settle(session, texts, found)
    return [found[t.row] for t in texts if t.row in found]


def _look(session: Session, texts: Sequence[Text], extra: dict[str, list[Lack]]) -> dict[int, Fallen]:
    """Return what must become of stories by gate and verifier; `extra` are flags that facts would have, by key."""
    cited = citing.cited(session, {r for t in texts for r in t.revisions})
    if extra:
        cited = {r: [_with(f, extra.get(f.key, ())) for f in facts] for r, facts in cited.items()}
    cards = rechecks.cards(session, {t.live for t in texts if t.live})
    found: dict[int, Fallen] = {}
    for text in texts:
        fallen = fallout.judge(session, text, cited) or _verified(session, text, cards.get(text.live or 0))
        if fallen is not None:
            found[text.row] = fallen
    return found


def _verified(session: Session, text: Text, data: Any) -> Fallen | None:
    """Return what the verifier says against a live text, None when every sentence is supported."""
    if data is None:
        return None
    cards = [Card.model_validate(c) for c in data["cards"]]
    bad = next(
        (
            v
            for v in evidence.verdicts(catalogue.track_in(session, text.track), evidence.facts_of(session, text.track), cards)
            if not v.supported
        ),
        None,
    )
    if bad is None:
        return None
    why = f"[{bad.reasons[0].rule}] {bad.reasons[0].text}" if bad.reasons else "a sentence is not supported"
    return Fallen(story=text.story, revision=text.live_id, pulled=False, why=why)


def _with(fact: Fact, lacks: Sequence[Lack]) -> Fact:
    """Return a fact with the flags that it would have."""
    if not lacks:
        return fact
    flags = dict(zip(fact.flags, (*fact.notes, *("" for _ in fact.flags)), strict=False)) | {k.flag: k.note for k in lacks}
    return fact.model_copy(update={"flags": tuple(flags), "notes": tuple(flags.values())})


class _Under:
    """A recheck under way: what it found so far, and where it stands."""

    def __init__(self, store: Store, dry_run: bool, progress: Progress | None) -> None:
        self.store, self.dry, self.progress = store, dry_run, progress
        self.extra: dict[str, list[Lack]] = {}
        self.flagged: Counter[str] = Counter()
        self.pulled: list[Fallen] = []
        self.stale: list[Fallen] = []
        self.counts: Counter[str] = Counter()
        with store.reading() as session:
            self.was = rechecks.state(session)
            self.all = {"facts": rechecks.count_facts(session), "stories": citing.count_live(session)}
        going = self.was.get("under_way") or {}
        goes_on = not dry_run and going.get("rules") == rules_now()
        self.at: dict[str, Any] = dict(going) if goes_on else {"rules": rules_now(), "facts": 0, "stories": 0}

    def facts(self) -> None:
        """Set the flags that standing facts lack."""
        while True:
            with self.store.reading() as session:
                last, count, lacks = rechecks.lacking(session, after=int(self.at["facts"]), limit=FACTS)
            if not count:
                return
            self.at["facts"] = last
            self.flagged.update(k.flag for k in lacks if k.new)
            if self.dry:
                for lack in lacks:
                    self.extra.setdefault(lack.key, []).append(lack)
            else:
                with self.store.session() as session:
                    rechecks.put_flags(self.store, session, lacks)
                    self._keep(session)
            self._tell("facts", count)

    def stories(self) -> None:
        """Ask gate and verifier about every live text."""
        while True:
            with self.store.reading() as session:
                texts = citing.live(session, after=int(self.at["stories"]), limit=STORIES)
                found = _look(session, texts, self.extra)
            if not texts:
                return
            self.at["stories"] = texts[-1].row
            moved = [t for t in texts if t.row in found or t.stale_reason.startswith(REFUSED)]
            for fallen in list(found.values()) if self.dry else _write(self.store, moved, found):
                self.counts["pulled" if fallen.pulled else "stale"] += 1
                kept = self.pulled if fallen.pulled else self.stale
                if len(kept) < SHOWN:
                    kept.append(fallen)
            if not self.dry:
                with self.store.session() as session:
                    self._keep(session)
            self._tell("stories", len(texts))

    def _keep(self, session: Session) -> None:
        rechecks.put_state(session, {**self.was, "under_way": self.at})

    def _tell(self, step: str, count: int) -> None:
        self.counts[step] += count
        if self.progress:
            self.progress(step, self.counts[step], self.all[step])

    def end(self) -> Recheck:
        """Return what was found, and remember by which rules the store was rechecked."""
        found = Recheck(
            rules=rules_now(), dry_run=self.dry, facts=self.counts["facts"], flagged=dict(self.flagged), stories=self.counts["stories"],
            pulled=self.counts["pulled"], stale=self.counts["stale"], pulled_stories=tuple(self.pulled), stale_stories=tuple(self.stale),
        )  # fmt: skip
        if not self.dry:
            with self.store.session() as session:
                rechecks.put_state(session, {"done": rules_now()})
                data = found.model_dump(include={"rules", "facts", "flagged", "stories", "pulled", "stale"})
                people.record(session, action=ACT, object_="house", actor=people.NIGHT, data=data)
        return found
