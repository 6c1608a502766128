"""Finds where sources contradict one another about a recording. Two that say the same corroborate; a silent one says nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from songstory.matching import title_key
from songstory.models import Fact
from songstory.names import words
from songstory.vocabulary import PREDICATES

# Predicates that are one question: who wrote it. Sources divide writing from words and music differently.
_TOGETHER = {"writer": "writing", "composer": "writing", "lyricist": "writing"}
# Lists that a source gives whole: two that differ on both sides contradict each other. One inside the other does not.
_LISTS = frozenset({"writing", "producer", "video_director", "covers"})
SECONDS_APART = 5  # encodes of one recording differ by less
BEATS_APART = 2


@dataclass(frozen=True)
class Question:
    """A question with one answer: what must be equal for two facts to answer the same one, and when two answers agree."""

    scope: tuple[str, ...]
    agree: Callable[[Fact, Fact], bool]


def _equal(a: Fact, b: Fact) -> bool:
    return bool(_names(a) & _names(b)) or (a.object is not None and b.object is not None and _same_person(str(a.value), str(b.value)))


_LISTED = re.compile(r"[/,;&]\s*+|(?<!\s)\s++and\s++")
_HYPHENED = re.compile(r"[-–/,;&]\s*+|(?<!\s)\s++and\s++")


def _same_person(own: str, other: str) -> bool:
    """Whether one name is the other cut short: "J. Barry" for Jeff Barry, "Lennon-McCartney" for either of the two."""
    a, b = words(own), words(other)
    if not a or not b:
        return False
    if len(a) > 1 and len(b) > 1 and a[-1] == b[-1] and 1 in {len(a[0]), len(b[0])} and a[0][0] == b[0][0]:
        return True
    return _is_of_pair(own, b[-1]) or _is_of_pair(other, a[-1]) or _holds(own, b) or _holds(other, a)


def _holds(credit: str, name: tuple[str, ...]) -> bool:
    """Whether `credit` names two in full and `name` is one of them: "Elton John & Bernie Taupin"."""
    return len(name) > 1 and name in {words(p) for p in _LISTED.split(credit)}


def _is_of_pair(credit: str, surname: str) -> bool:
    """Whether `credit` is a list of bare surnames, such as "Spector, Greenwich & Barry", that holds `surname`."""
    parts = [words(p) for p in _HYPHENED.split(credit) if p.strip()]
    return len(parts) > 1 and all(len(p) == 1 for p in parts) and (surname,) in parts


def _dates(a: Fact, b: Fact) -> bool:
    return str(a.value).startswith(str(b.value)) or str(b.value).startswith(str(a.value))


def _within(limit: float) -> Callable[[Fact, Fact], bool]:
    return lambda a, b: abs(float(a.value) - float(b.value)) <= limit


def _tempo(a: Fact, b: Fact) -> bool:
    x, y = sorted((float(a.value), float(b.value)))
    return y - x <= BEATS_APART or abs(y - 2 * x) <= BEATS_APART  # half and double time are one tempo


_QUESTIONS = {
    "released": Question(("region", "as"), _dates),
    "recorded_on": Question((), _dates),
    "born": Question(("agent",), _dates),
    "key": Question((), _equal),
    "tempo": Question((), _tempo),
    "duration": Question((), _within(SECONDS_APART)),
    "charted": Question(("chart", "region"), _equal),
    "contains_ai": Question((), _equal),
    "time_signature": Question((), _equal),
}


def disputed(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the keys of the standing facts of one recording that sources contradict, each with what stands against it."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    standing = [f for f in facts if f.stands]
    sources = _joined(standing, _speaker, origin=False)
    for fact in standing:
        name = _TOGETHER.get(fact.predicate, fact.predicate)
        if name in _LISTS:
            groups[(name,)].append(fact)
        elif question := _QUESTIONS.get(name):
            groups[(name, *(title_key(str(fact.qualifiers.get(q, ""))) for q in question.scope))].append(fact)
    found: dict[str, str] = {}
    for (name, *_), same in groups.items():
        by_source = defaultdict(list)
        for fact in same:
            by_source[sources[fact.key]].append(fact)
        if len(by_source) > 1:
            found |= _against(name, by_source)
    return found


def _speaker(fact: Fact) -> str:
    """Return who contradicts others in a fact: its group; of a file's source itself, which may name no group to hide in."""
    return fact.source if fact.origin else fact.independent_group or fact.source


def independent(facts: Iterable[Fact]) -> dict[str, str]:
    """Return for each fact the group it counts for.

    Sources of one group or of one origin (one file, or files that nobody answers for), or with the very same passage, count once.
    """
    return _joined(facts, lambda f: f.independent_group or f.source, origin=True)


def _joined(facts: Iterable[Fact], speaker: Callable[[Fact], str], *, origin: bool) -> dict[str, str]:
    """Return for each fact its speaker, one name for all speakers that a passage, or an origin, holds together."""
    joined: dict[str, str] = {}  # each name points at another of the same group, the last one at itself

    def first(name: str) -> str:
        while joined.setdefault(name, name) != name:
            joined[name] = name = joined[joined[name]]
        return name

    said = []
    for fact in facts:
        said.append((fact.key, speaker(fact)))
        ties = [f"text {' '.join(fact.passage.split())}"] if fact.passage else []
        for tie in [*ties, f"origin {fact.origin}"] if origin and fact.origin else ties:
            joined[first(tie)] = first(said[-1][1])
    return {key: first(name) for key, name in said}


def corroboration(facts: Sequence[Fact]) -> dict[str, int]:
    """Return for each standing fact how many independent groups say the same."""
    standing = [f for f in facts if f.stands]
    sources = independent(standing)
    return {fact.key: len({sources[f.key] for f in alike(fact, standing)}) for fact in standing}


def alike(fact: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """Return those of `facts`, all of one recording, that stand and say what `fact` says; itself among them."""
    name = _TOGETHER.get(fact.predicate, fact.predicate)
    return [f for f in facts if f.stands and _TOGETHER.get(f.predicate, f.predicate) == name and _agree(name, fact, f)]


def _agree(name: str, a: Fact, b: Fact) -> bool:
    question = _QUESTIONS.get(name)
    if question is None:
        return _equal(a, b)
    return all(a.qualifiers.get(q) == b.qualifiers.get(q) for q in question.scope) and question.agree(a, b)


def _against(name: str, by_source: Mapping[str, Sequence[Fact]]) -> dict[str, str]:
    """Return the facts of one question on which two sources contradict each other."""
    found: dict[str, str] = {}
    one = name in _QUESTIONS
    for source, own in by_source.items():
        for other, theirs in by_source.items():
            if source >= other:
                continue
            alone = [f for f in own if not any(_agree(name, f, t) for t in theirs)]
            other_alone = [t for t in theirs if not any(_agree(name, f, t) for f in own)]
            if (one and len(alone) < len(own)) or not alone or not other_alone:
                continue  # one answer in common is enough, and a list inside another is only shorter
            found |= {f.key: _note(name, theirs) for f in alone} | {t.key: _note(name, own) for t in other_alone}
    return found


def _note(name: str, facts: Sequence[Fact]) -> str:
    values = ", ".join(sorted({str(f.value) for f in facts}))
    title = PREDICATES[name].title.lower() if name in PREDICATES else name
    return f"{facts[0].source_name or facts[0].source} says of the {title}: {values}"[:300]


def _names(fact: Fact) -> set[str]:
    if fact.object:
        return {fact.object, *(title_key(n) for n in (str(fact.value), *fact.names))}
    return {title_key(str(fact.value))}
