"""Who stands where in a clause: lists of names, and the role words each is tied to."""

from __future__ import annotations

from dataclasses import dataclass

from songstory.grounding.atoms import Atom, Reading

_COMPANIONS = {"with", "alongside"}
AUXILIARIES = {"was", "is", "were", "are", "been", "be", "had", "has", "have", "both", "also", "then", "that", "who", "which"}
_BEFORE_NOUN = {"the", "a", "an", "its", "one", "main", "principal"}
_PASSIVE = {"was", "is", "were", "are", "been", "be"}


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


def groups(reading: Reading) -> list[Group]:
    """Return the lists of names, joined over commas and "and"."""
    groups: list[Group] = []
    for atom in (a for a in reading.atoms if a.kind == "name"):
        last = groups[-1] if groups else None
        between = reading.words[last.end : atom.start] if last else []
        linked = last is not None and all(w.norm in {"and"} for w in between) and (between or reading.words[atom.start].comma)
        object_list = last is not None and last.start > 0 and reading.words[last.start - 1].norm in {"by", "to", *_COMPANIONS}
        if object_list and between and reading.words[atom.start - 1].comma and rightward(reading, atom.end):
            linked = False  # "by A, and B produced it": B begins a clause of its own
        if linked and last is not None and not reading.words[atom.start].hard_break:
            last.atoms.append(atom)
        else:
            groups.append(Group([atom]))
    return groups


def passive(reading: Reading, trigger: Atom) -> bool:
    """Whether a role word stands in the passive: "was written", "written by"."""
    i = trigger.start - 1
    while i >= 0 and reading.owner[i] is None and reading.words[i].norm in {"also", "both", "and"}:
        i -= 1
    if i >= 0 and reading.owner[i] is not None and reading.owner[i].kind == "trigger":  # type: ignore[union-attr]
        return passive(reading, reading.owner[i])  # type: ignore[arg-type]
    after = reading.words[trigger.end].norm if trigger.end < len(reading.words) else ""
    return after == "by" or (i >= 0 and reading.words[i].norm in _PASSIVE)


def chain(reading: Reading, group: Group, right: list[Atom]) -> list[Atom]:
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


def rightward(reading: Reading, end: int) -> list[Atom]:
    """Return the role words of which a name ending at `end` is the subject: "A wrote", "A both wrote and produced"."""
    i = end
    while (
        i < len(reading.words)
        and reading.owner[i] is None
        and reading.words[i].norm in AUXILIARIES | _BEFORE_NOUN
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
