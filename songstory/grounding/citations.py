"""Stage 1: every sentence cites something, and what it cites exists, is of this track, and stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from songstory.models import Fact, Reason

# Why a fact that exists may not be relied on: the rule, whether it is so, the reason, the repair. The first that holds counts.
_FAULTS: tuple[tuple[str, Callable[[Fact], bool], str, str], ...] = (
    ("citation.retracted", lambda f: not f.stands, "{} was retracted by its source", "Leave out what {} said."),
    ("citation.disputed", lambda f: f.disputed, "{} is disputed between sources", "Leave out what {} says until the conflict is resolved."),
    (
        "citation.flagged",
        lambda f: "quarantined" in f.flags or "private" in f.flags,
        "{} is set aside and may not be told",
        "Leave out what {} says.",
    ),
)
_MISSING = Reason(rule="citation.missing", text="the sentence cites no fact", repair="Cite the facts this sentence rests on, or drop it.")


def check(cites: Iterable[str], facts: Mapping[str, Fact]) -> tuple[list[Fact], list[Reason]]:
    """Return the cited facts that may be relied on, and a reason for each citation that may not. Ids match byte for byte."""
    cited = tuple(cites)
    reasons = [reason for cite in cited if (reason := _fault(cite, facts.get(cite)))] if cited else [_MISSING]
    spoilt = {reason.span for reason in reasons}
    return [facts[cite] for cite in cited if cite not in spoilt], reasons


def _fault(cite: str, fact: Fact | None) -> Reason | None:
    """Return why `cite` may not be relied on, None where it may."""
    if fact is None:
        text, repair = f"{cite} is not a fact of this brief", f"Cite only the facts listed; {cite} is not one of them."
        return Reason(rule="citation.unknown", span=cite, facts=(cite,), text=text, repair=repair)
    for rule, holds, text, repair in _FAULTS:
        if holds(fact):
            return Reason(rule=rule, span=cite, facts=(fact.key,), text=text.format(cite), repair=repair.format(cite))
    return None
