"""Which two facts accuse somebody together though neither does alone: what one tells of a person beside the other's loss or wrong.

An account that tells of somebody's conduct stands beside no other fact about a person or a group; making music is no conduct.
Everybody counts as living. Credits, charts, dates and the sound stay joinable, unless an account is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from songstory import matters
from songstory.conduct_words import LOADED, MAKING, THINGS
from songstory.models import Fact
from songstory.names import words
from songstory.phrase_table import PhraseTable, split
from songstory.sensitive_words import CLASSES, COMMON
from songstory.vocabulary import is_credit

RULE, JOINED = RULES = "story.blame", "binding.blame"

_LEADING = frozenset("had has have also then first later both originally always finally once was were been can".split())
_LOADED = PhraseTable({"loaded": LOADED}, {**CLASSES, "n": "|".join(str(n) for n in range(1, 100))}, COMMON)
_THEMES = frozenset({"about", "inspired_by", "named_after", "described_as"})
_CAPITAL = re.compile(r"[A-Z][\w'’.-]+")


def of_person(fact: Fact) -> bool:
    """Whether a fact is an account of a person or a group."""
    return fact.predicate == "account" and _is_person(str(fact.qualifiers.get("agent") or "the song"))


@lru_cache(maxsize=4096)
def _is_person(agent: str) -> bool:
    plain = words(agent.replace("'s ", " "))
    return not (agent[:1].islower() and plain and (plain[-1] in THINGS or (plain[1:2] and plain[1] in THINGS)))


@lru_cache(maxsize=8192)
def loaded(text: str) -> bool:
    """Whether a text tells of wrongdoing, loss or illness, by its words read in context."""
    if matters.found(text):
        return True
    lower = matters.plain(text)
    likely = _LOADED.likely(split(lower))
    return bool(likely) and bool(_LOADED.labels(lower, likely))


@lru_cache(maxsize=8192)
def _is_making(act: str) -> bool:
    own = act.split()
    while own and own[0] in _LEADING:
        own = own[1:]
    return bool(own) and own[0].casefold() in MAKING


def is_conduct(fact: Fact) -> bool:
    """Whether a fact tells of something that a person or a group did besides making music, or of what came over them."""
    return of_person(fact) and (not _is_making(str(fact.value)) or loaded(str(fact.value)))


def accuse(one: Fact, other: Fact) -> bool:
    """Whether two facts side by side say of somebody what neither says alone."""
    for first, second in ((one, other), (other, one)):
        if is_conduct(first):
            if of_person(second):
                return True
            if second.predicate in _THEMES and (_is_dark(second) or _names(second)):
                return True
            if loaded(str(first.value)) and _names(second) and not _same(first, second):
                return True
        elif second.predicate in _THEMES and first.predicate in _THEMES and _is_dark(first) and _names(second):
            return True
    return False


def _is_dark(fact: Fact) -> bool:
    return isinstance(fact.value, str) and loaded(fact.value)


def _names(fact: Fact) -> bool:
    """Whether a fact names a person: as a credit, or by a capital in what it tells."""
    if is_credit(fact.predicate) or fact.predicate in {"signed_to", "born"}:
        return True
    return fact.predicate == "inspired_by" and bool(_CAPITAL.search(str(fact.value)))


def _same(account: Fact, credit: Fact) -> bool:
    """Whether a credit is that of the agent of an account: what they did for the song is no news of them."""
    return words(str(account.qualifiers.get("agent", ""))) == words(str(credit.value))


def accusing(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield the pairs of facts that accuse somebody together, cleared or not."""
    told = list({f.key: f for f in facts if f.predicate == "account" or f.predicate in _THEMES or _names(f)}.values())
    if any(f.predicate == "account" or f.predicate in _THEMES for f in told):
        yield from ((a, b) for a, b in combinations(told, 2) if accuse(a, b))


def pairs(facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Return the pairs of facts that accuse somebody together and that no publisher cleared."""
    return [(a, b) for a, b in accusing(facts) if a.key not in b.cleared_beside]
