"""Planted errors: each true sentence of the bundled stories is spoiled in known ways, and every spoiled one must be refused.

A short form; the issue on grounding brings the whole bench. The word lists here are not those of the code.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import copied

from songstory import grounding
from songstory.models import Fact, Sentence
from songstory.store import catalogue, queue, stories
from songstory.vocabulary import PREDICATES

Case = tuple[Sentence, dict[str, Fact], grounding.Subject, set[tuple[str, ...]]]
DICE = random.Random(20261122)
MISSES_ALLOWED = 0.01


@pytest.fixture(scope="module")
def cases(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Case]]:
    sample = copied(written, tmp_path_factory.mktemp("mutants"))
    found: list[Case] = []
    for story in queue.list_stories(sample, size=1000).items:
        facts = {f.key: f for f in catalogue.facts_of(sample, story.track)}
        subject = grounding.subject_names(story.title, story.artist_credit)
        cast = grounding.ambiguous_surnames(str(f.value) for f in facts.values() if PREDICATES[f.predicate].value == "name")
        found += [(s, facts, subject, cast) for c in stories.get_revision(sample, story.id).cards for s in c.sentences]
    yield found
    sample.close()


def passes(case: Case, text: str | None = None, cites: tuple[str, ...] | None = None) -> bool:
    sentence, facts, subject, cast = case
    return grounding.check_sentence(Sentence(text=text or sentence.text, cites=cites or sentence.cites), facts, subject, cast).supported


def people(case: Case) -> list[str]:
    return [str(case[1][c].value) for c in case[0].cites if case[1][c].object_kind == "person"]


def swap_person(case: Case) -> Iterator[str]:
    yield from (case[0].text.replace(p, "Wilhelmina Strand") for p in people(case) if p in case[0].text)


def year(case: Case) -> Iterator[str]:
    for m in re.finditer(r"\b(?:1[89]|20)\d\d\b", case[0].text):
        yield from (case[0].text[: m.start()] + str(int(m.group()) + d) + case[0].text[m.end() :] for d in (-1, 10))


def number(case: Case) -> Iterator[str]:
    for m in re.finditer(r"(?<![\w.,:])\d{1,3}(?![\w,:%])", case[0].text):
        yield case[0].text[: m.start()] + str(int(m.group()) + 1) + case[0].text[m.end() :]


def insert(*words: str) -> Callable[[Case], Iterator[str]]:
    def spoil(case: Case) -> Iterator[str]:
        parts = case[0].text.split()
        at = DICE.randrange(1, len(parts)) if len(parts) > 1 else 0
        yield " ".join([*parts[:at], DICE.choice(words), *parts[at:]])

    return spoil


def append(*tails: str) -> Callable[[Case], Iterator[str]]:
    return lambda case: iter([case[0].text.rstrip(".") + DICE.choice(tails)])


def role(case: Case) -> Iterator[str]:
    pairs = {"wrote": "engineered", "produced": "mastered", "directed": "arranged", "written": "mixed"}
    yield from (re.sub(rf"\b{a}\b", b, case[0].text, count=1) for a, b in pairs.items() if re.search(rf"\b{a}\b", case[0].text))


OPERATORS: dict[str, Callable[[Case], Iterator[str]]] = {
    "swap-person-out": swap_person,
    "year": year,
    "number": number,
    "evaluation": insert("gorgeous", "sadly", "million-selling", "controversial", "brilliantly"),
    "superlative": insert("only", "most", "every", "first"),
    "negation": insert("not", "never"),
    "cause": append(" because the label asked for it.", ", inspired by a walk in the rain.", " in order to please the fans."),
    "award": append(" and won two Ivor Novello Awards.", " and was certified diamond in Brazil."),
    "role": role,
}


def test_the_true_sentences_pass(cases: list[Case]) -> None:
    assert all(passes(case) for case in cases) and len(cases) > 300


@pytest.mark.stress
@pytest.mark.parametrize("name", OPERATORS)
def test_planted_errors_are_caught(cases: list[Case], name: str) -> None:
    spoiled = [(case, text) for case in cases for text in OPERATORS[name](case) if text != case[0].text]
    missed = [text for case, text in spoiled if passes(case, text)]
    assert len(spoiled) >= 40 and len(missed) <= MISSES_ALLOWED * len(spoiled), missed[:5]


def test_a_moved_citation_is_caught(cases: list[Case]) -> None:
    moved = [(case, tuple(k for k in case[1] if k not in case[0].cites)[:1]) for case in cases]
    assert not [case[0].text for case, cites in moved if cites and passes(case, cites=cites)]


def test_a_dropped_citation_is_caught(cases: list[Case]) -> None:
    several = [case for case in cases if len(case[0].cites) > 1]
    missed = [case[0].text for case in several for k in case[0].cites if passes(case, cites=tuple(c for c in case[0].cites if c != k))]
    assert len(missed) <= MISSES_ALLOWED * len(several), missed[:5]


def test_a_namesake_s_facts_support_nothing(cases: list[Case]) -> None:
    sentence, facts, subject, cast = next(c for c in cases if len(c[0].cites) > 1)
    other = {k: f.model_copy(update={"value": "Somebody Else", "names": ()}) for k, f in facts.items() if f.object_kind == "person"}
    assert not grounding.check_sentence(sentence, {**facts, **other}, subject, cast).supported or not other
