"""Who stands where in a clause: lists of names, and the role words each is tied to."""

from __future__ import annotations

from dataclasses import dataclass

from songstory.grounding.atoms import Atom, Reading
from songstory.lexicon import LIGHT, WRITING

_COMPANIONS = {"with", "alongside", "featuring"}
AUXILIARIES = {"was", "is", "were", "are", "been", "be", "had", "has", "have", "both", "also", "then", "that", "who", "which"}
_DETERMINERS = {
    "the",
    "a",
    "an",
    "its",
    "one",
    "main",
    "principal",
    "of",
    "this",
    "s",
    "to",
    "as",
    "in",
    "for",
    "credited",
    "behind",
    "their",
    "all",
    "under",
    "with",
    "on",
}
_GLUE = AUXILIARIES | _DETERMINERS | LIGHT | WRITING
_OBJECT = {"it", "the", "song", "track", "this", "recording", "music", "title", "both", "also", "on", "record", "single"}
_PASSIVE = {"was", "is", "were", "are", "been", "be"}
_LEFTWARD = {"by", "from", "of", "to", "for", "together", *_COMPANIONS}


@dataclass
class Group:
    """Names in one list, as "A, B and C"."""

    atoms: list[Atom]

    @property
    def start(self) -> int:
        return self.atoms[0].start

    @property
    def end(self) -> int:
        return self.atoms[-1].end


def is_trigger(atom: Atom | None) -> bool:
    """Whether an atom is a role word."""
    return atom is not None and atom.kind == "trigger"


def groups(reading: Reading) -> list[Group]:
    """Return the lists of names, joined over commas and "and"."""
    groups: list[Group] = []
    for atom in (a for a in reading.atoms if a.kind == "name"):
        last = groups[-1] if groups else None
        between = reading.words[last.end : atom.start] if last else []
        linked = last is not None and all(w.norm in {"and"} for w in between) and (between or reading.words[atom.start].comma)
        object_list = last is not None and last.start > 0 and reading.norm(last.start - 1) in {"by", "to", *_COMPANIONS}
        right = rightward(reading, atom.end) if between else []
        own_verb = right and not _closing(reading, atom.end) and not _participle(reading, right)
        if object_list and own_verb and (reading.words[atom.start - 1].comma or not _passive_before(reading, last)):
            linked = False  # "by A, and B produced it": B begins a clause of its own
        if linked and last is not None and not reading.words[atom.start].hard_break:
            last.atoms.append(atom)
        else:
            groups.append(Group([atom]))
    return groups


def _closing(reading: Reading, end: int) -> bool:
    """Whether what follows a name only adds to it: a relative clause, or "as producer"."""
    return reading.norm(end) in {"who", "which", "as"} or (end < len(reading.words) and reading.words[end].comma)


def _passive_before(reading: Reading, group: Group | None) -> bool:
    return group is not None and reading.norm(group.start - 1) == "by"


def passive(reading: Reading, trigger: Atom) -> bool:
    """Whether a role word stands in the passive: "was written", "written by"."""
    i = trigger.start - 1
    while i >= 0 and reading.owner[i] is None and reading.norm(i) in {"also", "both", "and"}:
        i -= 1
    before = reading.at(i)
    if before is not None and is_trigger(before):
        return passive(reading, before)
    return reading.norm(trigger.end) == "by" or reading.norm(i) in _PASSIVE


def chain(reading: Reading, group: Group, right: list[Atom]) -> list[Atom]:
    """Return the role words that the names of `group` are tied to. "A, who produced it" adds to what stands before A."""
    words = reading.words
    before = reading.norm(group.start - 1)
    previous = reading.at(group.start - 1)
    role = _as_role(reading, group.end)
    if role:
        return role
    relative = right if reading.norm(group.end) == "who" or _apposed(reading, group.end) else []
    left: list[Atom] = []
    if relative:
        relative = [*relative, *_after_aside(reading, relative[-1].end)]
    if before == "with" and _participle(reading, right):
        return right
    if before in _LEFTWARD or (before in {"both", "the", "producer", "writer"} and reading.norm(group.start - 2) in _LEFTWARD):
        left = _leftward(reading, group.start)
    elif before in _PASSIVE:
        left = _copula(reading, group.start - 1)
    elif is_trigger(previous) and previous is not None and not words[group.start].hard_break and not words[group.start].comma:
        left = [previous] if not _possessed(reading, group.end, right) else []
    if left or relative:
        return [*left, *(t for t in relative if t not in left)]
    if right:
        return right
    return _leftward(reading, group.start) if group.start and words[group.start].comma else []


def _participle(reading: Reading, right: list[Atom]) -> bool:
    """Whether the role word is a participle of its own, or follows one: "with A producing", "with A serving as engineer"."""
    if not right:
        return False
    start = right[0].start
    if reading.norm(start - 1) == "as" and reading.norm(start - 2).endswith("ing"):
        return True
    return reading.norm(start).endswith("ing") and reading.norm(start - 1) not in {"the", "in", "for"}


def _possessed(reading: Reading, end: int, right: list[Atom]) -> bool:
    """Whether a name owns the role word on its right: "A's production"."""
    return bool(right) and reading.norm(end) == "s" and right[0].start == end + 1


def _after_aside(reading: Reading, start: int) -> list[Atom]:
    """Return the role words that go on after an aside: "A, one of its writers, also produced it"."""
    for i in range(start, len(reading.words)):
        word = reading.words[i]
        if word.hard_break:
            return []
        verb = (reading.owner[i] is None and word.norm in AUXILIARIES | LIGHT - {"who", "which"}) or is_trigger(reading.owner[i])
        if word.comma and verb and word.norm not in {"who", "which", "that"}:
            found = rightward(reading, i)
            return found if found and not passive(reading, found[0]) else []
    return []


def _apposed(reading: Reading, end: int) -> bool:
    """Whether an apposition follows a name: "A, the producer", "A, one of its writers"."""
    if not (
        end < len(reading.words) and reading.words[end].comma and reading.norm(end) in {"the", "its", "one", "two", "three", "all", "both"}
    ):
        return False
    last = next((i for i in range(end, len(reading.words)) if is_trigger(reading.owner[i])), end)
    after = _after(reading, last)
    if after < len(reading.words) and reading.words[after].comma:
        return True
    return reading.norm(after) not in {"by", "to", "was", "were", "is", "are", "from", "with"} and not _is_name(reading.at(last + 1))


def _as_role(reading: Reading, end: int) -> list[Atom]:
    """Return the role word of "A as producer"."""
    if reading.norm(end) != "as" or reading.at(end) is not None:
        return []
    following = reading.at(end + 1)
    if following is None and reading.norm(end + 1) in {"the", "its", "a", "an"}:
        following = reading.at(end + 2)
    return [following] if following is not None and is_trigger(following) else []


def _copula(reading: Reading, at: int) -> list[Atom]:
    """Return the role words of "The producer of the song was A": the nearest left of the verb at `at`."""
    for i in range(at - 1, -1, -1):
        atom = reading.owner[i]
        if atom is not None and is_trigger(atom):
            return [atom]
        if (atom is not None and atom.kind == "name") or reading.words[i + 1].hard_break:
            return []
    return []


def _leftward(reading: Reading, start: int) -> list[Atom]:
    """Return the nearest role words left of `start`, with those joined to them: "written and produced by"."""
    found: list[Atom] = []
    i = start - 1
    while i >= 0:
        atom = reading.owner[i]
        if atom is not None and is_trigger(atom):
            found.append(atom)
            i = atom.start - 1
            if i < 0 or reading.norm(i) != "and" or reading.words[atom.start].hard_break:
                break
            i -= 1
            following = reading.at(i)
            if following is None or not is_trigger(following):
                break
            continue
        if found or reading.words[i].hard_break:
            break
        i -= 1
    return found


def rightward(reading: Reading, end: int) -> list[Atom]:
    """Return the role words of which a name ending at `end` is the subject: "A wrote", "A wrote it and produced it"."""
    i = end
    comma_seen = False
    while i < len(reading.words) and not reading.words[i].hard_break:
        counted = reading.owner[i]
        if counted is not None and counted.parts() & {"count", "partitive"}:
            i = counted.end
            continue
        if counted is not None:
            break
        owned = reading.norm(i) in _OBJECT and reading.norm(i + 1) == "s"  # "the song's producer"
        after_light = (reading.norm(i), reading.norm(i - 1)) == ("with", "credited") or (
            reading.norm(i) == "it" and reading.norm(i - 1) in LIGHT
        )
        if reading.norm(i) not in _GLUE and not owned and not after_light:
            break
        comma_seen = comma_seen or (i > end and reading.words[i].comma)
        if reading.norm(i) == "to" and reading.norm(i - 1) in {"goes", "go", "went", "belongs", "belong", "up"}:
            return []
        i += 1
    held = reading.at(i)
    if held is not None and "note" in held.parts():
        i += 1
    if comma_seen or (i < len(reading.words) and i > end and reading.words[i].comma):
        return []
    found: list[Atom] = []
    while (atom := reading.at(i)) is not None and is_trigger(atom):
        found.append(atom)
        i = _joined(reading, atom.end)
        if i < 0:
            break
    return found


def _joined(reading: Reading, at: int) -> int:
    """Return where a second role word of the same subject starts: "wrote and produced", "wrote it and also produced it"; else -1."""
    while (reading.at(at) is None and reading.norm(at) in _OBJECT) or _is_title(reading.at(at)):
        at += 1
    if reading.norm(at) != "and" or reading.at(at) is not None or (at < len(reading.words) and reading.words[at].hard_break):
        return -1
    at += 1
    while reading.at(at) is None and reading.norm(at) in {"also", "then", "both"}:
        at += 1
    return at if is_trigger(reading.at(at)) and reading.norm(_after(reading, at)) != "by" else -1


def _after(reading: Reading, at: int) -> int:
    atom = reading.at(at)
    return atom.end if atom is not None else at


def _is_name(atom: Atom | None) -> bool:
    return atom is not None and atom.kind == "name"


def _is_title(atom: Atom | None) -> bool:
    return atom is not None and atom.subject and atom.kind == "title"
