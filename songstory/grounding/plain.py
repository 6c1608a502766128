"""Stages 2 to 4 against evidence in prose: names, numbers, dates, wording and order, without typed values."""

from __future__ import annotations

import re
from itertools import pairwise

from songstory.grounding.atoms import Reading
from songstory.grounding.text import Word, split
from songstory.lexicon import NEGATIONS, NEUTRAL, NUMBER_WORDS, PRONOUNS
from songstory.models import Fact, Label, Reason
from songstory.names import words as fold_words
from songstory.vocabulary import PREDICATES

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_CLOSED = (
    NEUTRAL
    | PRONOUNS
    | frozenset(
        """
    would could can may might will shall should must do does did not than then
    """.split()
    )
)
_ENOUGH_IN_ONE = 0.5  # a claim's words may be gathered from several sentences, but half must stand in one


def check(reading: Reading, facts: list[Fact], prose: list[str]) -> tuple[Label, float, list[Reason]]:
    """Return label, score and reasons for a claim against prose, with typed facts beside it where given."""
    sentences = [split(s) for p in prose for s in _SENTENCE.split(p) if s.strip()]
    known = {_stem(w.norm) for s in sentences for w in s}
    for fact in facts:
        known |= {_stem(w) for form in (str(fact.value), *PREDICATES[fact.predicate].words) for w in fold_words(form)}
    content = [w for i, w in enumerate(reading.words) if reading.owner[i] is None and w.norm not in _CLOSED]
    content += [
        w
        for a in reading.atoms
        if a.kind in {"number", "date"} and not a.owners
        for w in reading.words[a.start : a.end]
        if w not in content
    ]
    content += [w for a in reading.atoms if a.subject and not a.owners for w in reading.words[a.start : a.end]] if not known else []
    missing = [w for w in content if _stem(w.norm) not in known and w.norm not in _CLOSED]
    reasons = [_missing(w) for w in missing]
    best = max((_share(content, s) for s in sentences), default=0.0)
    reasons += _negation(reading.words, sentences, content)
    reasons += _order(reading.words, sentences)
    if content and best < _ENOUGH_IN_ONE and not reasons:
        reasons.append(
            Reason(
                rule="plain.scattered",
                span=reading.text,
                text="no one sentence of the evidence says this",
                repair="Keep to what one sentence says.",
            )
        )
    covered = 1 - len(missing) / max(1, len(content))
    if not reasons:
        return Label.SUPPORTED, round(0.5 + 0.5 * best, 4), []
    hard = any(r.rule in {"plain.number", "plain.name", "plain.negation", "plain.order"} for r in reasons)
    value = max(0.0, 0.35 * covered + 0.14 * best - (0.1 if hard else 0.0))
    return (Label.REFUTED if hard else Label.NOT_ENOUGH_INFO), round(value, 4), reasons


def _stem(word: str) -> str:
    if word in NUMBER_WORDS:
        return str(NUMBER_WORDS[word])
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def _share(content: list[Word], sentence: list[Word]) -> float:
    here = {_stem(w.norm) for w in sentence}
    return sum(_stem(w.norm) in here for w in content) / max(1, len(content))


def _missing(word: Word) -> Reason:
    kind = "number" if word.norm[:1].isdigit() or word.norm in NUMBER_WORDS else "name" if word.capital and word.start > 0 else "word"
    return Reason(rule=f"plain.{kind}", span=word.text, text=f"the evidence has no {word.text!r}", repair=f"Leave {word.text!r} out.")


def _negation(words: list[Word], sentences: list[list[Word]], content: list[Word]) -> list[Reason]:
    """What the claim denies, the best matching sentence must deny too, and the other way round."""
    if not sentences:
        return []
    nearest = max(sentences, key=lambda s: (_share(content, s), -len(s)))
    said, known = _denies(words), _denies(nearest)
    if said == known:
        return []
    return [
        Reason(
            rule="plain.negation",
            span=" ".join(sorted(said ^ known)),
            text="the claim and the evidence differ in what they deny",
            repair="Deny only what the evidence denies.",
        )
    ]


def _denies(words: list[Word]) -> set[str]:
    return {"not"} if any(w.norm in NEGATIONS or (w.norm == "t" and w.gap == "'") for w in words) else set()


def _order(words: list[Word], sentences: list[list[Word]]) -> list[Reason]:
    """Two names on both sides of a verb keep their order, unless the verb turns from active to passive."""
    claim = _names(words)
    for sentence in sentences:
        found = _names(sentence)
        for (a, i), (b, j) in pairwise(claim):
            at = {n: k for n, k in found}
            if a in at and b in at and a != b and at[a] > at[b]:
                verbs = {_stem(w.norm) for w in words[i + 1 : j] if w.norm not in _CLOSED and not w.capital}
                there = {_stem(w.norm) for w in sentence[at[b] + 1 : at[a]] if w.norm not in _CLOSED and not w.capital}
                passive = ("by" in {w.norm for w in words[i:j]}) != ("by" in {w.norm for w in sentence[at[b] : at[a]]})
                if verbs & there and not passive:
                    return [
                        Reason(
                            rule="plain.order",
                            span=f"{a} … {b}",
                            text="the claim turns round who did what to whom",
                            repair="Keep the order of the evidence.",
                        )
                    ]
    return []


def _names(words: list[Word]) -> list[tuple[str, int]]:
    """Return the capital runs of a sentence, folded, each with the place of its last word."""
    runs: list[tuple[list[str], int]] = []
    for i, word in enumerate(words):
        if word.capital and word.norm not in _CLOSED:
            if runs and runs[-1][1] == i - 1 and not word.comma:
                runs[-1][0].append(word.norm)
                runs[-1] = (runs[-1][0], i)
            else:
                runs.append(([word.norm], i))
    return [(" ".join(run), at) for run, at in runs]
