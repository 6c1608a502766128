"""The gate: whether a fact may be told. The brief, the verifier, every act, the night and the pages ask it, and no other.

A fact may be told when it stands, nobody disputes it, no flag is on it, and its source may tell it alone or an independent
one says the same. `Fact.status` holds the answer once its recording's facts were weighed; unweighed, low trust is a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from songstory.conflicts import ONE_ANSWER, alike, contradicted
from songstory.models import LOW, Fact
from songstory.trust import grave, says, sound, witnesses

STANDS = "stands"
RULES = "gate-4"  # raised whenever what may be told is decided otherwise: by the gate, by trust, or by what a fact is flagged for
# Why a fact of a status may not be told, and the way out; {} is how the sentence cites it. Any other status is a flag nobody foresaw.
REFUSED: dict[str, tuple[str, str]] = {
    "retracted": ("{} was retracted by its source", "Leave out what {} said."),
    "disputed": ("{} is disputed between sources", "Leave out what {} says until an editor resolves the conflict."),
    "quarantined": (
        "{} is quarantined: it gives orders instead of telling a fact",
        "Leave out what {} says until a publisher clears its flag, with a reason.",
    ),
    "private": ("{} holds private data", "Leave out what {} says until a publisher clears its flag, with a reason."),
    "sensitive": (
        "{} is a sensitive matter that nobody cleared",
        "Leave out what {} says until its flag is cleared: by an editor with one trusted source, a grave matter by a publisher with two "
        "that do not copy each other.",
    ),
    "untrusted": (
        "{} is told by a source of low trust alone",
        "Leave out what {} says until a source that does not copy it says the same, or an editor raises its source's trust.",
    ),
}
_OTHER = ("{} is set aside ({status}) and may not be told", "Leave out what {} says until a publisher clears its flag, with a reason.")


def weigh(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts of one recording, each with whether an independent one that itself stands says the same.

    Asked only of sources of low trust: the others may tell alone. Two of low trust that do not copy each other bear each other out.
    What others contradict is disputed though nobody flagged it yet, unless a person chose it.
    """
    return _undisputed(_borne_out(facts))


def _borne_out(facts: Sequence[Fact]) -> list[Fact]:
    if not any(f.trust < LOW or f.borne_out for f in facts):
        return list(facts)
    speaks = witnesses(facts)

    def borne_out(fact: Fact) -> bool:
        own = speaks[fact.key][0]
        return any(sound(f) and says(f, fact) and speaks[f.key][0] not in {"", own} for f in alike(fact, facts))

    weighed = ((f, f.trust < LOW and f.stands and borne_out(f)) for f in facts)
    return [f if f.borne_out == found else f.model_copy(update={"borne_out": found}) for f, found in weighed]


def _undisputed(facts: Sequence[Fact]) -> list[Fact]:
    """Return facts with the flag of a dispute on those that others contradict which may be told: a flag that was lost tells nothing.

    What a person chose stands, unless they chose two answers where there is one.
    """
    asked = [f for f in facts if f.status == STANDS]
    against = contradicted(asked) if len(asked) > 1 else {}
    if not against:
        return list(facts)
    chosen = [f for f in asked if f.chosen]
    both = contradicted(chosen) if len(chosen) > 1 else {}
    refused = against.keys() - {f.key for f in chosen if f.key not in both or f.predicate not in ONE_ANSWER}
    return [_disputed(f, against[f.key]) if f.key in refused else f for f in facts]


def _disputed(fact: Fact, note: str) -> Fact:
    return fact.model_copy(update={"flags": (*fact.flags, "disputed"), "notes": (*fact.notes, note)})


def may_be_told(facts: Sequence[Fact]) -> list[Fact]:
    """Return those of the facts of one recording that may be told."""
    return [f for f in weigh(facts) if f.status == STANDS]


def refusal(fact: Fact, cite: str) -> tuple[str, str]:
    """Return why a fact, cited as `cite`, may not be told, and the way out; only for one that may not."""
    text, repair = REFUSED.get(fact.status, _OTHER)
    return text.format(cite, status=fact.status), repair.format(cite)


def must_go(facts: Iterable[Fact]) -> list[Fact]:
    """Return those facts that no live text may cite for a day: retracted ones, and grave or private matters that nobody cleared."""
    return [f for f in facts if not f.stands or "private" in f.flags or ("sensitive" in f.flags and grave(f))]
