"""Stage 3: every atom and every word is licensed by a cited fact, by the words of its predicate, or by the neutral list."""

from __future__ import annotations

from songstory.grounding import hedging
from songstory.grounding.atoms import Atom, Reading
from songstory.grounding.text import Word, quotations
from songstory.hedges import hedge_words
from songstory.lexicon import CAUSES, HEDGES, JOINING, LIGHT, NEGATIONS, NEUTRAL, PRONOUNS, SCREEN_WORDS, SUPERLATIVES, TIME_WORDS, WRITING
from songstory.models import Fact, Label, Reason
from songstory.names import words as fold_words
from songstory.vocabulary import PREDICATES
from songstory.wording import GUARDS, SAYS

# What kind of word was refused, so that an editor reads why; the first that fits names the rule.
_CLASSES = (
    ("licence.negation", NEGATIONS, "denies something"),
    ("licence.cause", CAUSES, "states a cause or an aim"),
    ("licence.superlative", SUPERLATIVES, "claims a rank or a total"),
    ("licence.time", TIME_WORDS, "states an order in time"),
    ("licence.hedge", HEDGES, "weakens or hedges"),
)
_PARTS_OF_WRITING = {"composer", "lyricist", "arranger"}


def check(reading: Reading, facts: list[Fact], hedged: set[str]) -> tuple[list[Reason], Label]:
    """Return the reasons against the words of `reading`, and the label they amount to; `hedged` are the free hedges it tells."""
    if not any(a.owners for a in reading.atoms):
        text = "the sentence says nothing of what it cites"
        nothing = Reason(rule="licence.nothing", span=reading.text, facts=_keys(facts), text=text, repair="Say what a cited fact says.")
        return [nothing, *_loose_words(reading, facts)], Label.NOT_ENOUGH_INFO
    reasons = [*_atoms(reading, facts), *_quotations(reading, facts)]
    label = Label.REFUTED if reasons else Label.SUPPORTED
    loose = _loose_words(reading, facts)
    if loose and not reasons:
        label = Label.NOT_ENOUGH_INFO
    overstated = _overstated(reading, facts)
    if overstated and label is Label.SUPPORTED:
        label = Label.REFUTED
    return [*reasons, *loose, *overstated, *hedging.check(reading, facts, hedged)], label


def _keys(facts: list[Fact]) -> tuple[str, ...]:
    return tuple(f.key for f in facts)


def _atoms(reading: Reading, facts: list[Fact]) -> list[Reason]:
    reasons = []
    for atom in reading.atoms:
        if atom.kind in {"date", "number"} and not atom.owners:
            span = reading.span(atom.start, atom.end)
            what = "date" if atom.kind == "date" else "number"
            reasons.append(
                Reason(
                    rule=f"licence.{what}",
                    span=span,
                    facts=_keys(facts),
                    text=f"no cited fact has the {what} {span!r}",
                    repair=f"Use the {what} exactly as a cited fact has it, or leave {span!r} out.",
                )
            )
    return reasons


def _quotations(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Words in quotation marks are a title or term of a cited fact, or part of a quotation to the letter."""
    exact = [str(f.value) for f in facts if PREDICATES[f.predicate].value == "quotation"]
    reasons = []
    for start, end in quotations(reading.text):
        inside = reading.text[start:end]
        atoms = {id(a): a for w, a in zip(reading.words, reading.owner, strict=True) if start <= w.start and w.end <= end and a is not None}
        words = [w for w in reading.words if start <= w.start and w.end <= end]
        owned = len(atoms) == 1 and all(reading.owner[reading.words.index(w)] is not None for w in words)
        said = next(iter(atoms.values()), None)
        if owned and said is not None and (said.kind != "phrase" or not _is_speech(said, facts) or any(_same(inside, v) for v in exact)):
            continue
        if any(a.end - a.start > len(words) for a in atoms.values()):  # the marks stand inside a longer licensed phrase
            continue
        reasons.append(
            Reason(
                rule="licence.quotation",
                span=inside,
                facts=_keys(facts),
                text=f"no cited fact has the words {inside!r}",
                repair="Quote a cited fact to the letter, or leave the quotation out.",
            )
        )
    return reasons


def _is_speech(atom: Atom, facts: list[Fact]) -> bool:
    return all(PREDICATES[facts[f].predicate].value == "quotation" for f in atom.facts())


def _same(inside: str, value: str) -> bool:
    return inside.strip(" ,.") in value


def _loose_words(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Words that no atom took and that are not neutral."""
    screen = any(
        PREDICATES[f.predicate].card == "screen"
        or f.qualifiers.get("medium")
        or "video" in str(f.qualifiers.get("what", ""))
        or f.qualifiers.get("kind") == "screen"
        for f in facts
    )
    qualifiers = {w for f in facts for w in str(f.qualifiers.get("medium", "")).casefold().split()}
    allowed = {w for f in facts for w in hedge_words(f)}
    joining = {k for phrase in JOINING for start, end in reading.find(phrase) for k in range(start, end)}
    seen_name = False
    spoken = {facts[f].predicate for a in reading.atoms if a.kind == "trigger" for f in a.facts()}
    light = LIGHT | (WRITING if spoken & _PARTS_OF_WRITING else frozenset())
    empty = _empty_pieces(reading)
    reasons = []
    for i, word in enumerate(reading.words):
        atom = reading.owner[i]
        if atom is not None:
            seen_name = seen_name or atom.kind == "name"
            continue
        if (
            i in joining
            or word.norm in NEUTRAL
            or word.norm in allowed
            or word.norm in qualifiers
            or (screen and word.norm in SCREEN_WORDS)
        ):
            continue
        if (word.norm in PRONOUNS and seen_name) or (word.norm in light and i not in empty):
            continue
        reasons.append(_other_role(reading, word, facts) or _refused(word, i, facts))
    return reasons


def _pieces(reading: Reading) -> list[int]:
    """Return for each word the number of its piece: commas, breaks, "and", "but" and "while" part pieces."""
    found, piece = [], 0
    for i, word in enumerate(reading.words):
        piece += reading.owner[i] is None and (word.comma or word.hard_break or word.norm in {"and", "but", "while"})
        found.append(piece)
    return found


def _empty_pieces(reading: Reading) -> set[int]:
    """Return the places of the words in pieces that hold nothing of a fact: light words may not speak alone."""
    pieces = _pieces(reading)
    full = {p for p, a in zip(pieces, reading.owner, strict=True) if a is not None and a.owners}
    return {i for i, p in enumerate(pieces) if p not in full}


_ROLE_WORDS = frozenset(w for p in PREDICATES.values() if p.family == "credit" for w in p.words) - NEUTRAL


def _other_role(reading: Reading, word: Word, facts: list[Fact]) -> Reason | None:
    """Return what a cited fact says of the nearest name, where the sentence gives it a role that no cited fact gives."""
    names = [a for a in reading.atoms if a.kind == "name" and any(PREDICATES[facts[f].predicate].family == "credit" for f in a.facts())]
    if word.norm not in _ROLE_WORDS or not names:
        return None
    atom = min(names, key=lambda a: abs(reading.words[a.start].start - word.start))
    name = reading.span(atom.start, atom.end)
    own = [f for f in sorted(atom.facts()) if facts[f].predicate in SAYS]
    says = " and ".join(f"{reading.labels[f]} says {name} {SAYS[facts[f].predicate]}" for f in own)
    return Reason(
        rule="binding.role",
        span=f"{name} … {word.text}",
        facts=tuple(facts[f].key for f in own),
        text=f"{says}; the sentence says {word.text!r}",
        repair=f"Give {name} only the role of the cited fact.",
    )


def _refused(word: Word, i: int, facts: list[Fact]) -> Reason:
    keys = _keys(facts)
    if word.norm in PRONOUNS:
        return Reason(
            rule="licence.pronoun",
            span=word.text,
            facts=keys,
            text=f"{word.text!r} has no name before it in this sentence",
            repair=f"Write the name instead of {word.text!r}.",
        )
    for rule, members, what in _CLASSES:
        if word.norm in members:
            return Reason(
                rule=rule,
                span=word.text,
                facts=keys,
                text=f"{word.text!r} {what}, and no cited fact does",
                repair=f"Leave {word.text!r} out; say no more than the cited facts.",
            )
    if word.capital and i > 0:
        return Reason(
            rule="licence.name",
            span=word.text,
            facts=keys,
            text=f"no cited fact names {word.text!r}",
            repair=f"Name only whom and what the cited facts name; {word.text!r} is in none of them.",
        )
    return Reason(
        rule="licence.word",
        span=word.text,
        facts=keys,
        text=f"no cited fact says {word.text!r}",
        repair=f"Leave {word.text!r} out or put it in the words of a cited fact.",
    )


def _overstated(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Words that say more than any cited fact of their predicate: "won" of a nomination, "topped" of a number two."""
    reasons = []
    pieces = _pieces(reading)
    for predicate in sorted({f.predicate for f in facts} & set(GUARDS)):
        own = [f for f in facts if f.predicate == predicate]
        met = {pieces[a.start] for a in reading.atoms if a.parts() == {"means"} and any(facts[f].predicate == predicate for f in a.facts())}
        for form, holds in GUARDS[predicate].items():
            if any(holds(f.value, f.qualifiers) for f in own):
                continue
            for start, end in reading.find(fold_words(form)):
                if reading.free(start, end) and pieces[start] not in met:  # "took a nomination" is no prize
                    span = reading.span(start, end)
                    text = f"{span!r} says more than the cited {PREDICATES[predicate].title.lower()}"
                    keys = tuple(f.key for f in own)
                    reasons.append(Reason(rule="licence.overstated", span=span, facts=keys, text=text, repair=f"Leave {span!r} out."))
    return reasons
