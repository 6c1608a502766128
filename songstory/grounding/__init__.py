"""Grounding decides whether a sentence says no more than the facts it cites. Fail-closed, offline, the same every time.

The stages stand in files of their own, cheapest first: `citations`, `atoms`, `derivations`, `licence`, `binding` (with
`clauses`, `accounts` and `relations`), `copying`; `plain` holds the same questions against evidence in prose.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import combinations

from songstory import blame, things
from songstory.grounding import atoms, binding, citations, copying, derivations, hedging, licence, plain
from songstory.grounding.terms import Term, terms
from songstory.grounding.text import split, strange, tidy
from songstory.models import Brief, Card, Draft, Fact, Label, Reason, Repair, Sentence, Verdict
from songstory.names import TOKEN, ambiguous_surnames, forms, words
from songstory.safe_text import odd_sign, wide_sign
from songstory.vocabulary import PREDICATES

log = logging.getLogger(__name__)
VERIFIER = "rules-5"
HEADLINE = -1
LONGEST_SENTENCE = 2_000  # characters; a longer one is not read, whoever wrote it: no story of ours has one of 400
SUPPORTED_CUT = 0.5
_MOST_FACTS = 6  # up to so many facts are left out in turn: beyond, only those of which the sentence says nothing

_NOTHING = Reason(rule="licence.nothing", text="the sentence says nothing but a hedge", repair="Say what a cited fact says.")
_SHORT = 8  # a citation up to this long is named in a reason; a stored fact's key is not

Subject = list[tuple[tuple[str, ...], bool]]


def check(draft: Draft, brief: Brief) -> tuple[Verdict, ...]:
    """Return one verdict for each headline and sentence of `draft`, in reading order; cites are F-numbers."""
    facts = {n.number: n.fact for n in brief.facts}
    return check_cards(draft.cards, facts, subject_names(brief.track.title, brief.track.artist_credit))


def check_cards(cards: Sequence[Card], facts: dict[str, Fact], subject: Subject) -> tuple[Verdict, ...]:
    """Return one verdict for each headline and sentence of `cards`, whose cites are the keys of `facts`."""
    cast = ambiguous_surnames(name for f in facts.values() for name in (str(f.value),) if PREDICATES[f.predicate].value == "name")
    found = []
    accused = {c: pairs for c, card in enumerate(cards) if (pairs := _accused(card, facts))}
    for c, card in enumerate(cards):
        for s, sentence in [(HEADLINE, card.headline), *enumerate(card.sentences)]:
            verdict = _surely(sentence, facts, subject, cast)
            found.append(verdict.model_copy(update={"card": c, "sentence": s}))
    return (
        tuple(v if v.card not in accused else _blamed(v, cards[v.card], accused[v.card], facts) for v in found) if accused else tuple(found)
    )


def _accused(card: Card, facts: dict[str, Fact]) -> list[tuple[Fact, Fact]]:
    """Return the pairs of facts that accuse somebody when they stand on one card."""
    cited = dict.fromkeys(cite for s in (card.headline, *card.sentences) for cite in s.cites)
    return blame.pairs(facts[cite] for cite in cited if cite in facts) if len(cited) > 1 else []


def _blamed(verdict: Verdict, card: Card, accused: list[tuple[Fact, Fact]], facts: dict[str, Fact]) -> Verdict:
    """Return the verdict on a sentence of a card on which facts accuse somebody together: what cites one of them is not supported."""
    sentence = card.headline if verdict.sentence == HEADLINE else card.sentences[verdict.sentence]
    cited = {facts[cite].key for cite in sentence.cites if cite in facts}
    reasons = [_accusation(sentence.text, one, other) for one, other in accused if {one.key, other.key} & cited]
    if not reasons:
        return verdict
    label = Label.REFUTED if verdict.label is Label.REFUTED else Label.NOT_ENOUGH_INFO
    return verdict.model_copy(
        update={
            "label": label,
            "score": min(verdict.score, SUPPORTED_CUT - 0.01),
            "reasons": (*verdict.reasons, *reasons[:1]),
            "derived": (),
        }
    )


def _accusation(text: str, one: Fact, other: Fact) -> Reason:
    said = f"{one.value!s:.60} / {other.value!s:.60}"
    why = f"one card tells of somebody beside what another fact says of loss or wrong, so that both accuse: {said}"
    repair = "Tell them on different cards, or leave one out; a publisher may clear the pair with two trusted sources for each account."
    return Reason(rule=blame.RULE, span=text, facts=(one.key, other.key), text=why, repair=repair)


def _surely(sentence: Sentence, facts: dict[str, Fact], subject: Subject, cast: set[tuple[str, ...]]) -> Verdict:
    """Return the verdict on a sentence; one that breaks the verifier is refused, and no night or page ends for it."""
    try:
        return check_sentence(sentence, facts, subject, cast)
    except Exception:
        log.exception("the verifier broke on a sentence; it is refused")
        text = "the verifier broke on this sentence, so nothing of it is verified"
        reason = Reason(rule="verifier.broke", span=sentence.text, facts=sentence.cites, text=text, repair="Say it in other words.")
        return _verdict(Label.NOT_ENOUGH_INFO, 0.0, [reason])


def check_sentence(
    sentence: Sentence, facts: dict[str, Fact], subject: Subject, ambiguous: set[tuple[str, ...]] | None = None, prose: Sequence[str] = ()
) -> Verdict:
    """Return the verdict on one sentence against the facts it cites and, if given, evidence in prose.

    `facts` may hold more than is cited: what else is known of the song bears on counts ("its seven writers") and copying.
    """
    if len(sentence.text) > LONGEST_SENTENCE:
        return _verdict(Label.NOT_ENOUGH_INFO, 0.0, [_too_long(sentence)])
    text = tidy(sentence.text)
    usable, reasons = ([], []) if prose and not sentence.cites else citations.check(sentence.cites, facts)
    if reasons:
        refuted = any(r.rule != "citation.missing" for r in reasons)
        return _verdict(Label.REFUTED if refuted else Label.NOT_ENOUGH_INFO, 0.0, reasons)
    if joined := _joined(text, usable):
        return _verdict(Label.REFUTED, 0.0, [joined])
    if unreadable := _unreadable(text, usable, prose, subject):
        return _verdict(Label.NOT_ENOUGH_INFO, 0.0, [unreadable])
    typed = _Case(text, facts, subject, ambiguous or set()).verdict(_in_letters(things.once(usable))) if usable else None
    if typed is not None and (typed.supported or not prose):
        return typed
    label, value, found = plain.check(split(text), [tidy(p) for p in prose])
    if typed is not None and any(r.rule.startswith("binding") for r in typed.reasons):  # what a typed fact contradicts, no prose makes good
        return _verdict(Label.REFUTED, min(value, SUPPORTED_CUT - 0.01), [*typed.reasons, *found])
    return _verdict(label, value, found)


def _too_long(sentence: Sentence) -> Reason:
    """Return why a sentence of such a length is not read: what is unread is not verified."""
    text = f"the sentence has {len(sentence.text):,} characters, more than {LONGEST_SENTENCE:,}"
    return Reason(rule="atoms.long", span=sentence.text[:80], facts=sentence.cites, text=text, repair="Break it up.")


def _joined(text: str, facts: list[Fact]) -> Reason | None:
    """Return why facts may not be joined in one sentence, None where they may: no clearance lets them."""
    pair = next(blame.accusing(facts), None) if len(facts) > 1 else None
    if pair is None:
        return None
    said = f"{pair[0].value!s:.60} / {pair[1].value!s:.60}"
    why = f"the sentence joins what one fact tells of somebody's conduct with another about a person: {said}"
    repair = "Tell them in sentences of different cards, each with its own citation."
    return Reason(rule=blame.JOINED, span=text, facts=(pair[0].key, pair[1].key), text=why, repair=repair)


def _unreadable(text: str, facts: list[Fact], prose: Sequence[str], subject: Subject) -> Reason | None:
    """Return why a text cannot be read at all, None where it can."""
    if not TOKEN.search(text):
        return Reason(rule="atoms.empty", text="the sentence says nothing", repair="Drop it.")
    if odd := odd_sign(text) or wide_sign(text) or next(filter(None, (odd_sign(t) for f in facts for t in _texts(f))), ""):
        return _odd(
            odd,
            facts,
            "is hidden or stands for another letter",
            "Write the word in plain letters; a fact that holds it waits for a person.",
        )
    known = [*prose, *(str(v) for f in facts for v in (f.value, *f.names, *f.qualifiers.values())), *(" ".join(s) for s, _ in subject)]
    if odd := strange(text, known):
        return _odd(odd, facts, "is no letter and in no cited fact", f"Leave the sign U+{ord(odd):04X} out.")
    return None


def _odd(sign: str, facts: list[Fact], what: str, repair: str) -> Reason:
    text = f"the sign U+{ord(sign):04X} {what}"
    return Reason(rule="atoms.sign", span=sign, facts=tuple(f.key for f in facts), text=text, repair=repair)


def _texts(fact: Fact) -> list[str]:
    """Return the words of a fact that a sentence may rest on."""
    return [v for v in (fact.value, *fact.qualifiers.values()) if isinstance(v, str)]


def _in_letters(facts: list[Fact]) -> list[Fact]:
    """Return facts without the names that hold hidden signs or doubles of letters: such a name is no other name of anybody."""
    if all(name.isascii() for f in facts for name in f.names):
        return facts
    return [f.model_copy(update={"names": tuple(n for n in f.names if not odd_sign(n))}) for f in facts]


class _Case:
    """One sentence before its facts. What fewer of the cited facts support, all of them support: a needless citation does no harm."""

    def __init__(self, text: str, facts: dict[str, Fact], subject: Subject, ambiguous: set[tuple[str, ...]]) -> None:
        self.text, self.subject, self.ambiguous = text, subject, ambiguous
        self.words = split(text)
        self.standing = [f for f in facts.values() if f.stands]
        self.labels = {fact.key: cite for cite, fact in facts.items() if len(cite) <= _SHORT}
        self.title = next((t for t, artist in subject if not artist and len(t) == max(len(s) for s, a in subject if not a)), ())

    def verdict(self, usable: list[Fact]) -> Verdict:
        """Return the verdict on all of `usable`, or the first that supports among those on fewer of them."""
        facts = sorted(usable, key=lambda f: f.key)
        whole, told, unlicensed = self._on(facts)
        if whole.supported or len(facts) == 1 or unlicensed:  # fewer facts license no more
            return whole
        tried = [told] if len(told) < len(facts) else []
        if len(told) <= _MOST_FACTS:
            tried += [list(c) for size in range(len(told) - 1, 0, -1) for c in combinations(told, size)]
        return next((v for some in tried if some and (v := self._on(some)[0]).supported), whole)

    def _on(self, facts: list[Fact]) -> tuple[Verdict, list[Fact], bool]:
        """Return the verdict on exactly `facts`, those of them that the sentence says anything of, and whether a word has no licence."""
        licensed: list[Term] = [t for i, fact in enumerate(facts) for t in terms(i, fact, self.ambiguous, self.title)]
        kept, hedged = hedging.without(self.words, facts)
        if not kept:
            return _verdict(Label.NOT_ENOUGH_INFO, 0.0, [_NOTHING]), facts, False
        reading = atoms.read(self.text, kept, facts, licensed, self.subject)
        reading.labels = [self.labels.get(f.key, "the cited fact") for f in facts]
        derived = derivations.derive(reading, facts, self.standing, self.title)
        found, label = licence.check(reading, facts, hedged)
        bound = [*binding.check(reading, facts), *copying.check(reading, facts, self.standing)]
        if bound or (found and label is Label.SUPPORTED):
            label = Label.REFUTED
        against = {r.span for r in found}
        covered = sum(a is not None or w.text not in against for w, a in zip(reading.words, reading.owner, strict=True)) / len(
            reading.words
        )
        value = score(not (found or bound), covered, len(found) + len(bound))
        told = [f for i, f in enumerate(facts) if any(i in a.facts() and a.kind != "trigger" for a in reading.atoms)]
        unlicensed = any(r.rule not in {hedging.DROPPED, hedging.SHARED} for r in found) or any(r.rule.startswith("copying") for r in bound)
        return _verdict(label, value, [*found, *bound], tuple(derived)), told, unlicensed


def score(supported: bool, covered: float, against: int) -> float:
    """Return how well a claim is supported by typed facts, 0 to 1: above `SUPPORTED_CUT` exactly when no stage refuses it."""
    if supported:
        return 1.0
    return round(max(0.0, SUPPORTED_CUT * covered - 0.05 * against), 4)


def _verdict(label: Label, value: float, reasons: Iterable[Reason], derived: tuple[Reason, ...] = ()) -> Verdict:
    unique = {(r.rule, r.span, r.text): r for r in reasons}
    return Verdict(
        label=label, score=value, reasons=tuple(unique.values()), derived=derived if label is Label.SUPPORTED else (), verifier=VERIFIER
    )


def subject_names(title: str, artist_credit: str) -> Subject:
    """Return the song's own names, each with whether it is the artist's: its title with and without brackets, its artists."""
    titles = {words(title), words(title.split(" (", maxsplit=1)[0]), words(title.rsplit(") ", maxsplit=1)[-1])}
    credit = artist_credit.replace(" featuring ", " and ").replace(" ft. ", " and ").replace(" feat. ", " and ")
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
