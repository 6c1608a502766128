"""Grounding decides whether a sentence says no more than the facts it cites. Fail-closed, offline, the same every time.

The stages stand in files of their own, cheapest first: `citations`, `atoms`, `licence`, `binding`; `plain` holds the
same questions against evidence in prose.
"""

from __future__ import annotations

from collections.abc import Sequence

from songstory.grounding import atoms, binding, citations, licence, plain
from songstory.grounding.terms import Term, terms
from songstory.grounding.text import split, tidy
from songstory.models import Brief, Card, Draft, Fact, Label, Reason, Repair, Sentence, Verdict
from songstory.names import ambiguous_surnames, forms, words
from songstory.vocabulary import PREDICATES

VERIFIER = "rules-1"
HEADLINE = -1
SUPPORTED_CUT = 0.5

Subject = list[tuple[tuple[str, ...], bool]]


def check(draft: Draft, brief: Brief) -> tuple[Verdict, ...]:
    """Return one verdict for each headline and sentence of `draft`, in reading order; cites are F-numbers."""
    facts = {n.number: n.fact for n in brief.facts}
    return check_cards(draft.cards, facts, subject_names(brief.track.title, brief.track.artist_credit))


def check_cards(cards: Sequence[Card], facts: dict[str, Fact], subject: Subject) -> tuple[Verdict, ...]:
    """Return one verdict for each headline and sentence of `cards`, whose cites are the keys of `facts`."""
    cast = ambiguous_surnames(name for f in facts.values() for name in (str(f.value),) if PREDICATES[f.predicate].value == "name")
    found = []
    for c, card in enumerate(cards):
        for s, sentence in [(HEADLINE, card.headline), *enumerate(card.sentences)]:
            verdict = check_sentence(sentence, facts, subject, cast)
            found.append(verdict.model_copy(update={"card": c, "sentence": s}))
    return tuple(found)


def check_sentence(
    sentence: Sentence, facts: dict[str, Fact], subject: Subject, ambiguous: set[tuple[str, ...]] | None = None, prose: Sequence[str] = ()
) -> Verdict:
    """Return the verdict on one sentence against the facts it cites and, if given, evidence in prose."""
    text = tidy(sentence.text)
    usable, reasons = ([], []) if prose and not sentence.cites else citations.check(sentence.cites, facts)
    if reasons:
        refuted = any(r.rule != "citation.missing" for r in reasons)
        return _verdict(Label.REFUTED if refuted else Label.NOT_ENOUGH_INFO, 0.0, reasons)
    if not text.strip():
        return _verdict(Label.NOT_ENOUGH_INFO, 0.0, [Reason(rule="atoms.empty", text="the sentence is empty", repair="Drop it.")])
    title = next((t for t, artist in subject if not artist and len(t) == max(len(s) for s, a in subject if not a)), ())
    licensed: list[Term] = [t for i, fact in enumerate(usable) for t in terms(i, fact, ambiguous or set(), title)]
    reading = atoms.read(text, split(text), usable, licensed, subject)
    if prose:
        return _verdict(*plain.check(reading, usable, [tidy(p) for p in prose]))
    found, label = licence.check(reading, usable)
    bound = binding.check(reading, usable)
    if bound or (found and label is Label.SUPPORTED):
        label = Label.REFUTED
    covered = sum(1 for w, a in zip(reading.words, reading.owner, strict=True) if a is not None or not _refused(w.text, found)) / max(
        1, len(reading.words)
    )
    return _verdict(label, score(not (found or bound), covered, len(found) + len(bound)), [*found, *bound])


def _refused(text: str, reasons: list[Reason]) -> bool:
    return any(text == r.span for r in reasons)


def score(supported: bool, covered: float, against: int) -> float:
    """Return how well a claim is supported, 0 to 1: above `SUPPORTED_CUT` exactly when no stage refuses it."""
    if supported:
        return 1.0
    return round(max(0.0, SUPPORTED_CUT * covered - 0.05 * against), 4)


def _verdict(label: Label, value: float, reasons: list[Reason]) -> Verdict:
    unique = {(r.rule, r.span, r.text): r for r in reasons}
    return Verdict(label=label, score=value, reasons=tuple(unique.values()), verifier=VERIFIER)


def subject_names(title: str, artist_credit: str) -> Subject:
    """Return the song's own names, each with whether it is the artist's: its title with and without brackets, its artists."""
    titles = {words(title), words(title.split(" (", maxsplit=1)[0]), words(title.rsplit(") ", maxsplit=1)[-1])}
    credit = artist_credit.replace(" featuring ", " and ").replace(" ft. ", " and ")
    parts = [artist_credit, *(p.strip() for p in credit.replace(" & ", " and ").replace(",", " and ").split(" and "))]
    artists = forms([p for p in parts if p], True)
    return [(t, False) for t in sorted(titles) if t] + [(a, True) for a in sorted(artists)]


def repairs(draft: Draft, verdicts: Sequence[Verdict]) -> tuple[Repair, ...]:
    """Return what the writer must mend, one instruction per unsupported sentence."""
    found = []
    for v in verdicts:
        if not v.supported:
            card = draft.cards[v.card]
            text = card.headline.text if v.sentence == HEADLINE else card.sentences[v.sentence].text
            found.append(Repair(card=v.card, sentence=v.sentence, text=text, instruction=" ".join(r.repair for r in v.reasons)))
    return tuple(found)


def soften(strict: Verdict, plain_reading: Verdict) -> Verdict:
    """Return `strict` with the score of a reading against the same evidence as prose, kept below the cut: the label stays."""
    return strict.model_copy(update={"score": round(min(plain_reading.score, SUPPORTED_CUT - 0.01), 4)})
