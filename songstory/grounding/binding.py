"""Stage 4: who did what. Each name is tied to a role word, each number and date to the one fact whose role word stands by it."""

from __future__ import annotations

from dataclasses import dataclass

from songstory.grounding import accounts
from songstory.grounding.atoms import Atom, Reading
from songstory.models import Fact, Reason
from songstory.vocabulary import PREDICATES

# What a song's own artist may be the subject of without being named in the fact: it is their record.
ARTIST_MAY = frozenset(
    """
    charted released recorded_at recorded_on performed_at track_on single_from sold award samples covers
    interpolates certified featured_in b_side_of video_location ranked honour label published performer written_for
    instrumentation duration tempo key
    """.split()
)
_LINKS = {"and", "with", "both"}
_COMPANIONS = {"with", "alongside"}
_AUXILIARIES = {"was", "is", "were", "are", "been", "be", "had", "has", "have", "both", "also", "then", "that", "who", "which"}
_BEFORE_NOUN = {"the", "a", "an", "its", "one", "main", "principal"}
_PASSIVE = {"was", "is", "were", "are", "been", "be"}
_OUTWARD = {"samples", "covers", "interpolates"}  # the song takes the value
_INWARD = {"sampled_by", "covered_by", "remixed_by"}  # the value takes the song
_SPLITS = {"and", "but", "while"}


@dataclass
class _Group:
    """Names in one list, as "A, B and C"."""

    atoms: list[Atom]

    @property
    def start(self) -> int:
        return self.atoms[0].start

    @property
    def end(self) -> int:
        return self.atoms[-1].end


def check(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Return the reasons against the way names, roles, numbers and dates are joined in `reading`."""
    return [*accounts.check(reading, facts), *_names(reading, facts), *_chunks(reading, facts), *_directions(reading, facts)]


def _predicates(atom: Atom, facts: list[Fact]) -> set[str]:
    return {facts[f].predicate for f in atom.facts()}


def _is_credit(atom: Atom, facts: list[Fact]) -> bool:
    return any(PREDICATES[p].family == "credit" for p in _predicates(atom, facts))


# names --------------------------------------------------------------------------------------------------------------


def _groups(reading: Reading) -> list[_Group]:
    """Return the lists of names, joined over commas and "and"."""
    groups: list[_Group] = []
    for atom in (a for a in reading.atoms if a.kind == "name"):
        last = groups[-1] if groups else None
        between = reading.words[last.end : atom.start] if last else []
        linked = last is not None and all(w.norm in {"and"} for w in between) and (between or reading.words[atom.start].comma)
        if linked and last is not None and not reading.words[atom.start].hard_break:
            last.atoms.append(atom)
        else:
            groups.append(_Group([atom]))
    return groups


def _names(reading: Reading, facts: list[Fact]) -> list[Reason]:
    reasons: list[Reason] = []
    subjects: list[_Group] = []
    has_subject: set[int] = set()
    for group in _groups(reading):
        right = _rightward(reading, group.end)
        chain = _chain(reading, group, right)
        if right and chain == right:
            subjects.append(group)
            has_subject |= {id(t) for t in right}
        for atom in group.atoms:
            reasons += _holds(reading, atom, chain, facts)
    for trigger in reading.atoms:  # a verb without a subject of its own takes the one before it: "A wrote it and produced it"
        earlier = [g for g in subjects if g.end <= trigger.start]
        if not earlier or trigger.kind != "trigger" or id(trigger) in has_subject or not _is_credit(trigger, facts):
            continue
        if reading.words[trigger.start - 1].norm in {"and", *_AUXILIARIES} and not _passive(reading, trigger):
            for atom in earlier[-1].atoms:
                reasons += _holds(reading, atom, [trigger], facts)
    return reasons


def _passive(reading: Reading, trigger: Atom) -> bool:
    i = trigger.start - 1
    while i >= 0 and reading.owner[i] is None and reading.words[i].norm in {"also", "both", "and"}:
        i -= 1
    if i >= 0 and reading.owner[i] is not None and reading.owner[i].kind == "trigger":  # type: ignore[union-attr]
        return _passive(reading, reading.owner[i])  # type: ignore[arg-type]
    after = reading.words[trigger.end].norm if trigger.end < len(reading.words) else ""
    return after == "by" or (i >= 0 and reading.words[i].norm in _PASSIVE)


def _chain(reading: Reading, group: _Group, right: list[Atom]) -> list[Atom]:
    """Return the role words that the names of `group` are tied to. "A, who produced it" adds to what stands before A."""
    words = reading.words
    before = words[group.start - 1].norm if group.start else ""
    previous = reading.owner[group.start - 1] if group.start else None
    role = _as_role(reading, group.end)
    if role:
        return role
    relative = right if group.end < len(words) and words[group.end].norm == "who" else []
    left: list[Atom] = []
    if before in {"by", "from", "of", "to", "together", *_COMPANIONS}:
        left = _leftward(reading, group.start)
    elif before in _PASSIVE:
        left = _copula(reading, group.start - 1)
    elif previous is not None and previous.kind == "trigger" and not words[group.start].hard_break and not words[group.start].comma:
        left = [previous]
    if left or relative:
        return [*left, *(t for t in relative if t not in left)]
    if right:
        return right
    return _leftward(reading, group.start) if group.start and words[group.start].comma else []


def _as_role(reading: Reading, end: int) -> list[Atom]:
    """Return the role word of "A as producer"."""
    if end + 1 < len(reading.words) and reading.words[end].norm == "as" and reading.owner[end] is None:
        nxt = reading.owner[end + 1] or (
            reading.owner[end + 2] if end + 2 < len(reading.words) and reading.words[end + 1].norm in {"the", "its", "a"} else None
        )
        if nxt is not None and nxt.kind == "trigger":
            return [nxt]
    return []


def _copula(reading: Reading, at: int) -> list[Atom]:
    """Return the role word of "The producer of the song was A": the nearest one left of the verb at `at`."""
    for i in range(at - 1, -1, -1):
        atom = reading.owner[i]
        if atom is not None and atom.kind == "trigger":
            return [atom]
        if atom is not None and atom.kind == "name":
            return []
    return []


def _leftward(reading: Reading, start: int) -> list[Atom]:
    """Return the nearest role words left of `start`, with those joined to them: "written and produced by"."""
    found: list[Atom] = []
    i = start - 1
    while i >= 0:
        atom = reading.owner[i]
        if atom is not None and atom.kind == "trigger":
            found.append(atom)
            i = atom.start - 1
            if i < 0 or reading.words[i].norm != "and" or reading.words[atom.start].hard_break:
                break
            i -= 1
            nxt = reading.owner[i] if i >= 0 else None
            if nxt is None or nxt.kind != "trigger":
                break
            continue
        if found or reading.words[i].hard_break:
            break
        i -= 1
    return found


def _rightward(reading: Reading, end: int) -> list[Atom]:
    """Return the role words of which a name ending at `end` is the subject: "A wrote", "A both wrote and produced"."""
    i = end
    while (
        i < len(reading.words)
        and reading.owner[i] is None
        and reading.words[i].norm in _AUXILIARIES | _BEFORE_NOUN
        and not reading.words[i].hard_break
    ):
        i += 1
    if i < len(reading.words) and reading.owner[i] is not None and any(part == "note" for _, part in reading.owner[i].owners):  # type: ignore[union-attr]
        i += 1
    found: list[Atom] = []
    while i < len(reading.words):
        atom = reading.owner[i]
        if atom is None or atom.kind != "trigger":
            break
        found.append(atom)
        i = atom.end
        if i + 1 < len(reading.words) and reading.words[i].norm == "and" and reading.owner[i] is None:
            nxt = reading.owner[i + 1]
            if nxt is not None and nxt.kind == "trigger":
                i += 1
                continue
        break
    return found


def _holds(reading: Reading, atom: Atom, chain: list[Atom], facts: list[Fact]) -> list[Reason]:
    """Return the reasons against tying `atom` to each role word of `chain`."""
    name = reading.span(atom.start, atom.end)
    if not chain:
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
    for trigger in chain:
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
    return possessive or (before in {"by", "for"} and not any(a.kind == "trigger" and a.end <= atom.start for a in reading.atoms))


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
            if atom.kind in {"number", "date"} and atom.owners and not _said(atom, spoken, inside, facts):
                reasons.append(_unsaid(reading, atom, facts))
        reasons += _one_fact(reading, inside, facts)
    return reasons


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
        verb, value = verbs[0], values[0]
        last = reading.words[verb.end - 1].norm
        passive = _passive(reading, verb) or (verb.end < len(reading.words) and reading.words[verb.end].norm == "by")
        verbal = last.endswith(("ed", "s")) and last not in {"versions"}
        wrong = False
        if fact.predicate in _OUTWARD:
            wrong = verbal and (passive or value.end <= verb.start)
        elif verbal:
            wrong = not passive and value.start >= verb.end and not _names_before(reading, verb, i)
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
