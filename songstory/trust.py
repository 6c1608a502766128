"""What a source's trust decides: whose word is told alone, whose is not, and who may clear a sensitive matter.

A source has a trust of 0 to 100, in three tiers. The rules on sensitive matters follow Wikipedia's on living persons:
what is grave needs two trusted sources that do not copy each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from songstory.conflicts import alike, independent
from songstory.models import Fact, Role

TRUSTED = 60
LOW = 40  # below it a source is not told alone: another that does not copy it must say the same
ALERT = 200  # facts about one artist in one import of a source of low trust: a flood that a person should look at
GRAVE = frozenset({"crime", "health", "sexuality", "religion or politics", "abuse", "minors", "money"})


def tier(trust: int) -> str:
    """Return the tier of a trust: trusted, ordinary or low."""
    return "trusted" if trust >= TRUSTED else "ordinary" if trust >= LOW else "low"


def tellable(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that may be told: those of a source of low trust only where an independent one says the same."""
    groups = independent(facts)

    def borne_out(fact: Fact) -> bool:
        return any(groups[f.key] != groups[fact.key] for f in alike(fact, facts))

    return [f for f in facts if f.trust >= LOW or borne_out(f)]


def clearance(fact: Fact, facts: Sequence[Fact]) -> tuple[Role | None, str]:
    """Return the least role that may clear the sensitive flag of `fact`, None for nobody yet, and why.

    `facts` are those that stand on the same recording. A grave matter takes two independent trusted sources and a
    publisher; any other takes one trusted source and an editor.
    """
    groups = independent(facts)
    trusted = {groups[f.key] for f in alike(fact, facts) if f.trust >= TRUSTED}
    note = next((n for flag, n in zip(fact.flags, (*fact.notes, *fact.flags), strict=False) if flag == "sensitive"), "")
    grave = sorted(GRAVE & {part.strip() for part in note.split(",")})
    if grave:
        why = f"a matter of {' and '.join(grave)} needs two trusted sources that do not copy each other"
        return (Role.PUBLISHER, why) if len(trusted) > 1 else (None, f"{why}, found {len(trusted)}")
    return (Role.EDITOR, "") if trusted else (None, "a sensitive matter needs a trusted source, found none")
