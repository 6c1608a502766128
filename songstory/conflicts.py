"""Finds where sources contradict one another about a recording. Two that say the same corroborate; a silent one says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from songstory import values
from songstory.matching import title_key
from songstory.models import LOW, Fact
from songstory.things import chart_key, values_agree
from songstory.vocabulary import PREDICATES

# Predicates that are one question: who wrote it. Sources divide writing from words and music differently.
_TOGETHER = {"writer": "writing", "composer": "writing", "lyricist": "writing"}
# Lists that a source gives whole: two that differ on both sides contradict each other. One inside the other does not.
_LISTS = frozenset({"writing", "producer", "video_director", "covers"})
# Questions with one answer: what must be equal for two facts to answer the same one.
_SCOPES: dict[str, tuple[str, ...]] = {
    "released": ("region", "as"), "recorded_on": (), "born": ("agent",), "key": (), "tempo": (), "duration": (),
    "charted": ("chart", "region"), "contains_ai": (), "time_signature": (),
}  # fmt: skip
# Those of them that one source too answers but once; it may name several days of recording.
ONE_ANSWER = frozenset(_SCOPES) - {"recorded_on"}
_WEIGHED = frozenset({"disputed", "sensitive"})  # flags with which a fact still speaks against another
RUNS_APART = 2  # years: a song that comes back on a chart has another peak there


def contradicted(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the keys of the standing facts of one recording that others contradict, each with what stands against it.

    Sources contradict one another; and one that gives two answers where there is one contradicts itself. What is set aside, or told
    by a source of low trust, contradicts nobody: a hostile file would silence every song that it names.
    """
    standing = [f for f in facts if f.stands and (f.trust >= LOW or f.borne_out) and _WEIGHED.issuperset(f.flags)]
    return _of_itself(standing) | disputed(standing)


def _of_itself(standing: Sequence[Fact]) -> dict[str, str]:
    found: dict[str, str] = {}
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in standing:
        if fact.predicate in ONE_ANSWER:
            groups[(fact.source, *_scope(fact, fact.predicate))].append(fact)
    for same in groups.values():
        for fact in same if len(same) > 1 else ():
            if against := [f for f in same if not values_agree(fact, f) and _one_run(fact, f)]:
                found[fact.key] = _note(fact.predicate, against)
    return found


def _scope(fact: Fact, name: str) -> tuple[str, ...]:
    return (name, *((chart_key if q == "chart" else title_key)(str(fact.qualifiers.get(q, ""))) for q in _SCOPES[name]))


def _one_run(own: Fact, other: Fact) -> bool:
    """Whether two facts may speak of one run on a chart: those of other years do not contradict each other."""
    if own.predicate != "charted" or other.predicate != "charted":
        return True
    a, b = (str(f.qualifiers.get("date", f.qualifiers.get("year", "")))[:4] for f in (own, other))
    return not (a.isdecimal() and b.isdecimal() and abs(int(a) - int(b)) >= RUNS_APART)


def disputed(facts: Iterable[Fact]) -> dict[str, str]:
    """Return the keys of the standing facts of one recording that sources contradict, each with what stands against it."""
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    standing = [f for f in facts if f.stands]
    sources = _joined(standing, _speaker, origin=False)
    for fact in standing:
        name = _TOGETHER.get(fact.predicate, fact.predicate)
        if name in _LISTS:
            groups[(name,)].append(fact)
        elif name in _SCOPES:
            groups[_scope(fact, name)].append(fact)
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
    """Return those of `facts`, all of one recording, that stand and say what `fact` says; itself among them.

    A date that is no flat one contradicts fewer than it bears out: "1970s" agrees with 1975, and does not say it.
    """
    name = _TOGETHER.get(fact.predicate, fact.predicate)
    same = [f for f in facts if f.stands and _TOGETHER.get(f.predicate, f.predicate) == name and _agree(name, fact, f)]
    exact = values.exact(fact.predicate, fact.value)
    return [f for f in same if f.value == fact.value or (exact and values.exact(f.predicate, f.value))]


def _agree(name: str, a: Fact, b: Fact) -> bool:
    return (name not in _SCOPES or _scope(a, name) == _scope(b, name)) and values_agree(a, b)


def _against(name: str, by_source: Mapping[str, Sequence[Fact]]) -> dict[str, str]:
    """Return the facts of one question on which two sources contradict each other."""
    found: dict[str, str] = {}
    one = name in _SCOPES
    for source, own in by_source.items():
        for other, theirs in by_source.items():
            if source >= other:
                continue
            alone = [f for f in own if not any(_agree(name, f, t) or not _one_run(f, t) for t in theirs)]
            other_alone = [t for t in theirs if not any(_agree(name, f, t) or not _one_run(f, t) for f in own)]
            if (one and len(alone) < len(own)) or not alone or not other_alone:
                continue  # one answer in common is enough, and a list inside another is only shorter
            found |= {f.key: _note(name, theirs) for f in alone} | {t.key: _note(name, own) for t in other_alone}
    return found


def _note(name: str, facts: Sequence[Fact]) -> str:
    values = ", ".join(sorted({str(f.value) for f in facts}))
    title = PREDICATES[name].title.lower() if name in PREDICATES else name
    return f"{facts[0].source_name or facts[0].source} says of the {title}: {values}"[:300]
