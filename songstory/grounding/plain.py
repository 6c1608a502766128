"""Stages 2 to 4 against evidence in prose: names, numbers, dates, wording and order, without typed values.

The score is calibrated and ranks; the label is the stricter gate: no rule may speak against the claim, and the score must
reach the cut of its register of evidence.
"""

from __future__ import annotations

from itertools import pairwise

from songstory.grounding import opinion
from songstory.grounding.alignment import STOP, Alignment, Evidence, align, stem
from songstory.grounding.text import Word
from songstory.lexicon import NUMBER_WORDS
from songstory.models import Label, Reason

# Set on the development parts by cross-validation, so that at least 97 % of the unsupported claims are caught.
_CUT = {"statements": 0.95, "table": 0.95, "article": 0.7, "sentence": 0.7}
_MOST_TURNED = 1 / 3  # in a table: the share of word pairs that may stand in another order than in the evidence
_HARD = {"plain.number", "plain.name", "plain.negation", "plain.order", "plain.opposite"}


def check(words: list[Word], prose: list[str]) -> tuple[Label, float, list[Reason]]:
    """Return label, score and reasons for a claim against prose."""
    evidence = Evidence(prose)
    found = align(words, evidence)
    value = round(opinion.weigh(found.values, evidence.register), 4)
    reasons = [
        *map(_missing, found.lacking),
        *_figures(found),
        *_polarity(found),
        *_order(words, evidence.pieces),
        *_manner(found, evidence),
    ]
    if not reasons and value < _CUT[evidence.register]:
        reasons = [_reason("unlike", "", "the evidence does not say this closely enough", "Keep to the words of the evidence.")]
    if not reasons:
        return Label.SUPPORTED, value, []
    nearest, whole = (f"evidence.{evidence.nearest(words)}",) if prose else (), _all(words)
    reasons = [r.model_copy(update={"span": r.span or whole, "facts": nearest}) for r in reasons]
    return (Label.REFUTED if any(r.rule in _HARD for r in reasons) else Label.NOT_ENOUGH_INFO), value, reasons


def _reason(rule: str, span: str, text: str, repair: str) -> Reason:
    return Reason(rule=f"plain.{rule}", span=span, text=text, repair=repair)


def _all(words: list[Word]) -> str:
    return " ".join(w.text for w in words)


def _missing(word: Word) -> Reason:
    kind = "number" if word.norm[:1].isdigit() or word.norm in NUMBER_WORDS else "name" if word.capital and word.start > 0 else "word"
    return _reason(kind, word.text, f"the evidence has no {word.text!r}", f"Leave {word.text!r} out.")


def _figures(found: Alignment) -> list[Reason]:
    return [_reason("number", odd, f"the evidence does not bear out {odd!r}", f"Say {odd!r} as the evidence has it.") for odd in found.odd]


def _polarity(found: Alignment) -> list[Reason]:
    reasons = []
    if found.denies:
        reasons.append(
            _reason("negation", "", "the claim and the evidence differ in what they deny", "Deny only what the evidence denies.")
        )
    if found.opposite:
        reasons.append(_reason("opposite", "", "the claim says the opposite of a word of the evidence", "Use the word of the evidence."))
    return reasons


def _manner(found: Alignment, evidence: Evidence) -> list[Reason]:
    """Refuse what no evidence can bear out: a speaker's own view, a total, and in a table a value told of another row."""
    reasons = []
    if found.value("first_person"):
        reasons.append(_reason("speaker", "", "the claim speaks of its speaker", "Say it of the subject."))
    if found.value("totals"):
        reasons.append(_reason("superlative", "", "the claim says only, all, first or most, and the evidence does not", "Leave it out."))
    if evidence.register in {"statements", "table"} and (
        found.value("misbound") or found.value("missing") or found.value("order") > _MOST_TURNED
    ):
        reasons.append(_reason("row", "", "a value is told of something else than its own line", "Keep each value with its own line."))
    return reasons


def _order(words: list[Word], sentences: list[list[Word]]) -> list[Reason]:
    """Two names on both sides of a verb keep their order, unless the verb turns from active to passive."""
    claim = _names(words)
    for sentence in sentences:
        at = dict(_names(sentence))
        for (a, i), (b, j) in pairwise(claim):
            if a in at and b in at and a != b and at[a] > at[b] and _same_verb(words[i + 1 : j], sentence[at[b] + 1 : at[a]]):
                return [_reason("order", f"{a} … {b}", "the claim turns round who did what to whom", "Keep the order of the evidence.")]
    return []


def _same_verb(here: list[Word], there: list[Word]) -> bool:
    """Whether both stretches hold one verb in one voice."""
    verbs, known = ({stem(w.norm) for w in part if w.norm not in STOP and not w.capital} for part in (here, there))
    return bool(verbs & known) and ("by" in {w.norm for w in here}) == ("by" in {w.norm for w in there})


def _names(words: list[Word]) -> list[tuple[str, int]]:
    """Return the capital runs of a sentence, folded, each with the place of its last word."""
    runs: list[tuple[list[str], int]] = []
    for i, word in enumerate(words):
        if word.capital and word.norm not in STOP:
            if runs and runs[-1][1] == i - 1 and not word.comma:
                runs[-1] = ([*runs[-1][0], word.norm], i)
            else:
                runs.append(([word.norm], i))
    return [(" ".join(run), at) for run, at in runs]
