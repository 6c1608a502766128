"""Stage 1: every sentence cites something, and what it cites exists, is of this track, and stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from songstory.models import Fact, Reason


def check(cites: Iterable[str], facts: Mapping[str, Fact]) -> tuple[list[Fact], list[Reason]]:
    """Return the cited facts that may be relied on, and a reason for each citation that may not. Ids match byte for byte."""
    usable: list[Fact] = []
    reasons: list[Reason] = []
    cited = tuple(cites)
    if not cited:
        reasons.append(
            Reason(rule="citation.missing", text="the sentence cites no fact", repair="Cite the facts this sentence rests on, or drop it.")
        )
    for cite in cited:
        fact = facts.get(cite)
        if fact is None:
            reasons.append(
                Reason(
                    rule="citation.unknown",
                    span=cite,
                    text=f"{cite} is not a fact of this brief",
                    repair=f"Cite only the facts listed; {cite} is not one of them.",
                )
            )
        elif not fact.stands:
            reasons.append(
                Reason(
                    rule="citation.retracted",
                    span=cite,
                    facts=(fact.key,),
                    text=f"{cite} was retracted by its source",
                    repair=f"Leave out what {cite} said.",
                )
            )
        elif fact.disputed:
            reasons.append(
                Reason(
                    rule="citation.disputed",
                    span=cite,
                    facts=(fact.key,),
                    text=f"{cite} is disputed between sources",
                    repair=f"Leave out what {cite} says until the conflict is resolved.",
                )
            )
        elif "quarantined" in fact.flags or "private" in fact.flags:
            reasons.append(
                Reason(
                    rule="citation.flagged",
                    span=cite,
                    facts=(fact.key,),
                    text=f"{cite} is set aside and may not be told",
                    repair=f"Leave out what {cite} says.",
                )
            )
        else:
            usable.append(fact)
    return usable, reasons
