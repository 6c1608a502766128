"""Stage 3 for hedges: what weakens or owns a fact is told with it, or the sentence is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from songstory.grounding.atoms import Reading
from songstory.grounding.text import Word
from songstory.hedges import NARROWS, OWNS, Form, hedges
from songstory.models import Fact, Reason
from songstory.names import words as fold_words

DROPPED, SHARED = "licence.hedge_dropped", "licence.hedge_shared"
_SONG = frozenset("it its song track single recording record title composition".split())


def without(words: list[Word], facts: Sequence[Fact]) -> tuple[list[Word], set[str]]:
    """Return `words` without the free hedges of `facts`, and the texts of those told: the rest is read as a plain sentence."""
    free = [hedge for fact in facts for hedge in hedges(fact) if hedge.free]
    if not free:
        return words, set()
    norms = [w.norm for w in words]
    told, gone = set(), set()
    for hedge in free:
        for form in hedge.forms:
            starts = [i for i in range(len(norms) - len(form) + 1) if tuple(norms[i : i + len(form)]) == form]
            told |= {hedge.text} if starts else set()
            gone |= {i + k for i in starts for k in range(len(form))}
    return [w for i, w in enumerate(words) if i not in gone], told


def check(reading: Reading, facts: list[Fact], told: set[str]) -> list[Reason]:
    """Return the reasons against what `reading` leaves out of its facts; `told` are the free hedges that were taken out of it."""
    used = sorted({f for atom in reading.atoms if atom.kind != "trigger" for f in atom.facts()})
    reasons = [reason for i in used for reason in (*_weaker(reading, i, facts[i], told), *_owners(reading, i, facts[i]))]
    return [*reasons, *_shared([facts[i] for i in used], told)]


def _weaker(reading: Reading, i: int, fact: Fact, told: set[str]) -> Iterator[Reason]:
    for hedge in hedges(fact):
        if not (hedge.text in told if hedge.free else any(_said(reading, i, form) for form in hedge.forms)):
            yield _dropped(reading, fact, hedge.text)


def _said(reading: Reading, i: int, form: Form) -> bool:
    """Whether a hedge stands in a sentence as such or in the fact's own short form, not as a part of a name or a phrase."""
    for start, end in reading.find(form):
        owners = [a for a in reading.owner[start:end] if a is not None]
        if all(a.kind in {"trigger", "number"} or {(i, "note"), (i, "short")} & set(a.owners) for a in owners):
            return True
    return False


def _owners(reading: Reading, i: int, fact: Fact) -> Iterator[Reason]:
    """Whose word it is stands with it; what is said of a part, a thing or a place is not said of the song."""
    parts = {part for atom in reading.atoms for f, part in atom.owners if f == i}
    for key in OWNS.get(fact.predicate, ()):
        if fact.qualifiers.get(key) and key not in parts:
            yield _dropped(reading, fact, str(fact.qualifiers[key]))
    for key in NARROWS.get(fact.predicate, ()):
        text = str(fact.qualifiers.get(key) or "")
        if text and key not in parts and not _SONG & set(fold_words(text)) and _speaks_of_song(reading):
            yield _dropped(reading, fact, text)


def _speaks_of_song(reading: Reading) -> bool:
    return any(a.subject and a.kind == "title" for a in reading.atoms) or any(
        a is None and w.norm in _SONG for w, a in zip(reading.words, reading.owner, strict=True)
    )


def _shared(used: list[Fact], told: set[str]) -> list[Reason]:
    """A free hedge holds for the whole sentence: what does not carry it is told in another."""
    return [
        Reason(
            rule=SHARED,
            span=text,
            facts=(fact.key,),
            text=f"the sentence puts {text!r} to what a cited fact says without it",
            repair=f"Tell what is said {text!r} in a sentence of its own.",
        )
        for text in sorted(told)
        for fact in used
        if text not in {h.text for h in hedges(fact)}
    ]


def _dropped(reading: Reading, fact: Fact, text: str) -> Reason:
    return Reason(
        rule=DROPPED,
        span=reading.text,
        facts=(fact.key,),
        text=f"the fact says {text!r}, and the sentence leaves it out",
        repair=f"Keep {text!r}.",
    )
