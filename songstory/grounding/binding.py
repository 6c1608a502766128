"""Stage 4: who did what. Each name is tied to a role word, each number and date to the one fact whose role word stands by it."""

from __future__ import annotations

from songstory.grounding import accounts
from songstory.grounding.atoms import Atom, Reading
from songstory.grounding.clauses import AUXILIARIES, Group, chain, groups, passive, rightward
from songstory.models import Fact, Reason
from songstory.vocabulary import PREDICATES

# What a song's own artist may be the subject of without being named in the fact: it is their record.
ARTIST_MAY = frozenset(
    """
    charted released recorded_at recorded_on performed_at track_on single_from sold award samples covers
    interpolates certified featured_in b_side_of video_location ranked honour label published performer
    instrumentation duration tempo key
    """.split()
)
_OUTWARD = {"samples", "covers", "interpolates"}  # the song takes the value
_INWARD = {"sampled_by", "covered_by", "remixed_by"}  # the value takes the song
_SPLITS = {"and", "but", "while"}
_SELF_SAID = {"key", "genre", "time_signature", "structure"}  # "in E minor" can mean nothing else


def check(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Return the reasons against the way names, roles, numbers and dates are joined in `reading`."""
    return [
        *accounts.check(reading, facts),
        *_names(reading, facts),
        *_pairs(reading, facts),
        *_chunks(reading, facts),
        *_directions(reading, facts),
    ]


def _predicates(atom: Atom, facts: list[Fact]) -> set[str]:
    return {facts[f].predicate for f in atom.facts()}


def _is_credit(atom: Atom, facts: list[Fact]) -> bool:
    return any(PREDICATES[p].family == "credit" for p in _predicates(atom, facts))


# names --------------------------------------------------------------------------------------------------------------


def _names(reading: Reading, facts: list[Fact]) -> list[Reason]:
    reasons: list[Reason] = []
    subjects: list[Group] = []
    has_subject: set[int] = set()
    for group in groups(reading):
        right = rightward(reading, group.end)
        tied = chain(reading, group, right)
        if right and tied == right:
            subjects.append(group)
            has_subject |= {id(t) for t in right}
        for atom in group.atoms:
            reasons += _holds(reading, atom, tied, facts)
    for trigger in reading.atoms:  # a verb without a subject of its own takes the one before it: "A wrote it and produced it"
        earlier = [g for g in subjects if g.end <= trigger.start]
        if not earlier or trigger.kind != "trigger" or id(trigger) in has_subject or not _is_credit(trigger, facts):
            continue
        if reading.words[trigger.start - 1].norm in {"and", *AUXILIARIES} and not passive(reading, trigger):
            for atom in earlier[-1].atoms:
                reasons += _holds(reading, atom, [trigger], facts)
    return reasons


def _holds(reading: Reading, atom: Atom, tied: list[Atom], facts: list[Fact]) -> list[Reason]:
    """Return the reasons against tying `atom` to each role word of `tied`."""
    name = reading.span(atom.start, atom.end)
    if not tied:
        return (
            []
            if _at_home(reading, atom, facts)
            else [
                Reason(
                    rule="binding.unbound",
                    span=name,
                    facts=tuple(facts[f].key for f in sorted(atom.facts())),
                    text=f"the sentence does not say what {name} did",
                    repair=f"Tie {name} to the role the cited fact gives.",
                )
            ]
        )
    reasons = []
    for trigger in tied:
        said = _predicates(trigger, facts)
        holds = any(facts[f].predicate in said for f in atom.facts())
        holds = holds or (atom.subject and bool(said & ARTIST_MAY)) or _at_home(reading, atom, facts)
        if not holds:
            has = sorted({PREDICATES[facts[f].predicate].title.lower() for f in atom.facts()})
            word = reading.span(trigger.start, trigger.end)
            what = f"the cited facts give {name} as {', '.join(has)}" if has else f"no cited fact says what {name} did"
            reasons.append(
                Reason(
                    rule="binding.role",
                    span=f"{name} … {word}",
                    facts=tuple(facts[f].key for f in sorted(atom.facts())),
                    text=f"{what}; the sentence says {word!r}",
                    repair=f"Give {name} only the role of the cited fact.",
                )
            )
    return reasons


def _at_home(reading: Reading, atom: Atom, facts: list[Fact]) -> bool:
    """Whether a name stands where its own fact puts it: before its act, beside its value, or as the song's artist."""
    for f, part in atom.owners:
        if part == "short":
            return True
        if part in {"agent", "by", "publication", "artist", "on"} and any(f in a.facts() and a is not atom for a in reading.atoms):
            return True
        own = part == "value" and facts[f].predicate in {"instrument", "vocal", "label", "covered_by", "covers", "remixed_by"}
        if own and any(f in a.facts() and a is not atom for a in reading.atoms):
            return True
    if not atom.subject:
        return False
    after = reading.words[atom.end].norm if atom.end < len(reading.words) else ""
    before = reading.words[atom.start - 1].norm if atom.start else ""
    possessive = after == "s" and reading.words[atom.end].gap == "'"
    return possessive or (before in {"by", "for"} and not any(a.end <= atom.start and not a.subject for a in reading.atoms))


def _pairs(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Who played what: a name and the instrument or part beside it come from one fact."""
    reasons = []
    parts = [a for a in reading.atoms if any(part in {"instrument", "part"} for _, part in a.owners)]
    names = [a for a in reading.atoms if a.kind == "name"]
    for name in names:
        own = {f for f, part in name.owners if part == "value" and facts[f].predicate in {"instrument", "vocal"}}
        following = next((a.start for a in names if a.start > name.start and a not in _list_of(reading, name)), len(reading.words))
        beside = [p for p in parts if name.end <= p.start < following] or [p for p in reversed(parts) if p.end <= name.start][:1]
        if own and beside and not any(own & p.facts() for p in beside):
            span = f"{reading.span(name.start, name.end)} … {reading.span(beside[0].start, beside[0].end)}"
            reasons.append(
                Reason(
                    rule="binding.role",
                    span=span,
                    facts=tuple(facts[f].key for f in sorted(own)),
                    text=f"the cited facts do not put {span} together",
                    repair="Give each player the instrument or part of the cited fact.",
                )
            )
    return reasons


def _list_of(reading: Reading, name: Atom) -> list[Atom]:
    return next((g.atoms for g in groups(reading) if name in g.atoms), [name])


# numbers, dates, terms ----------------------------------------------------------------------------------------------


def _chunk_bounds(reading: Reading) -> list[tuple[int, int]]:
    """Cut the sentence where one statement ends; a piece without a role word joins its neighbour."""
    cuts = [0]
    for i, word in enumerate(reading.words):
        if i and reading.owner[i] is not None and reading.owner[i] is reading.owner[i - 1]:
            continue
        if i and (word.hard_break or word.comma or (word.norm in _SPLITS and reading.owner[i] is None)):
            cuts.append(i)
    bounds = list(zip(cuts, [*cuts[1:], len(reading.words)], strict=True))
    merged: list[tuple[int, int]] = []
    carry: int | None = None
    for start, end in bounds:
        spoken = any(a.start >= start and a.end <= end and a.kind == "trigger" for a in reading.atoms)
        stated = any(a.start >= start and a.end <= end and a.kind in {"number", "date", "phrase"} for a in reading.atoms)
        if not spoken and merged:
            merged[-1] = (merged[-1][0], end)
        elif not spoken and not merged:
            carry = start if carry is None else carry
        elif not stated and not merged and carry is None:
            merged.append((start, end))
        else:
            merged.append((start if carry is None else carry, end))
            carry = None
    if carry is not None:
        merged.append((carry, len(reading.words)))
    return merged


def _chunks(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """In one statement, the numbers, dates and terms of one predicate come from one fact, and its role word is there."""
    reasons: list[Reason] = []
    spoken: set[str] = set()
    for start, end in _chunk_bounds(reading):
        inside = [a for a in reading.atoms if a.start >= start and a.end <= end]
        spoken_here = set().union(*(_predicates(a, facts) for a in inside if a.kind == "trigger")) if inside else set()
        spoken = spoken_here or spoken
        for atom in inside:
            told = atom.kind in {"number", "date"} or (bool(spoken_here) and _is_term(atom, facts))
            if told and atom.owners and not _said(atom, spoken, inside, facts):
                reasons.append(_unsaid(reading, atom, facts))
        reasons += _one_fact(reading, inside, facts)
    return reasons


def _is_term(atom: Atom, facts: list[Fact]) -> bool:
    """Whether an atom is the value of a fact that needs its role word, such as the album of "the third single from"."""
    values = {"term", "phrase"}
    said = {facts[f].predicate for f, part in atom.owners if part == "value" and PREDICATES[facts[f].predicate].value in values}
    return atom.kind == "phrase" and bool(said) and all(part == "value" for _, part in atom.owners) and not said & _SELF_SAID


def _said(atom: Atom, spoken: set[str], inside: list[Atom], facts: list[Fact]) -> bool:
    """Whether the predicate of an owner is said by a role word, or by a phrase of the same fact."""
    return any(
        facts[f].predicate in spoken or any(f in a.facts() for a in inside if a is not atom and a.kind != "trigger") for f in atom.facts()
    )


def _unsaid(reading: Reading, atom: Atom, facts: list[Fact]) -> Reason:
    span = reading.span(atom.start, atom.end)
    titles = ", ".join(sorted({PREDICATES[facts[f].predicate].title.lower() for f in atom.facts()}))
    return Reason(
        rule="binding.kind",
        span=span,
        facts=tuple(facts[f].key for f in sorted(atom.facts())),
        text=f"{span} belongs to: {titles}; the sentence uses it for something else",
        repair=f"Say {span} of its own fact only.",
    )


def _one_fact(reading: Reading, inside: list[Atom], facts: list[Fact]) -> list[Reason]:
    reasons = []
    parts = [a for a in inside if a.kind in {"number", "date", "phrase"} and a.owners]
    for predicate in {facts[f].predicate for a in parts for f in a.facts()}:
        if predicate in {"account", "instrument", "vocal"}:
            continue
        own = [a for a in parts if all(facts[f].predicate == predicate for f in a.facts())]
        if len(own) > 1 and not set.intersection(*(a.facts() for a in own)):
            spans = " / ".join(reading.span(a.start, a.end) for a in own)
            reasons.append(
                Reason(
                    rule="binding.mixed",
                    span=spans,
                    facts=tuple(facts[f].key for f in sorted(set().union(*(a.facts() for a in own)))),
                    text=f"no single cited fact says {spans} together",
                    repair="Keep each number and date with its own fact.",
                )
            )
    return reasons


def _directions(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """A cover, sample or remix runs one way."""
    reasons = []
    for i, fact in enumerate(facts):
        values = [a for a in reading.atoms if any(f == i and part == "value" for f, part in a.owners)]
        verbs = [a for a in reading.atoms if a.kind == "trigger" and i in a.facts()]
        if not values or not verbs or fact.predicate not in _OUTWARD | _INWARD:
            continue
        value = values[0]
        verb = min(verbs, key=lambda v: max(v.start - value.end, value.start - v.end))
        last = reading.words[verb.end - 1].norm
        turned = passive(reading, verb) or (verb.end < len(reading.words) and reading.words[verb.end].norm == "by")
        verbal = last.endswith(("ed", "s")) and last not in {"versions"}
        wrong = False
        if fact.predicate in _OUTWARD:
            wrong = verbal and (turned or value.end <= verb.start)
        elif verbal:
            wrong = not turned and value.start >= verb.end and not _names_before(reading, verb, i)
        if wrong:
            reasons.append(
                Reason(
                    rule="binding.direction",
                    span=reading.span(min(verb.start, value.start), max(verb.end, value.end)),
                    facts=(fact.key,),
                    text=f"the sentence turns round who {PREDICATES[fact.predicate].title.lower()} whom",
                    repair="Keep the direction of the cited fact.",
                )
            )
    return reasons


def _names_before(reading: Reading, verb: Atom, fact: int) -> bool:
    return any(a.end <= verb.start and fact in a.facts() and a.kind != "trigger" for a in reading.atoms)
