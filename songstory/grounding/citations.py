"""Stage 1: every sentence cites something, and what it cites exists, is of this track, and may be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from songstory.models import Fact, Reason
from songstory.tellable import STANDS, refusal

_MISSING = Reason(rule="citation.missing", text="the sentence cites no fact", repair="Cite the facts this sentence rests on, or drop it.")


def check(cites: Iterable[str], facts: Mapping[str, Fact]) -> tuple[list[Fact], list[Reason]]:
    """Return the cited facts that may be relied on, and a reason for each citation that may not. Ids match byte for byte."""
    cited = tuple(cites)
    reasons = [reason for cite in cited if (reason := _fault(cite, facts.get(cite)))] if cited else [_MISSING]
    spoilt = {reason.span for reason in reasons}
    return [facts[cite] for cite in cited if cite not in spoilt], reasons


def _fault(cite: str, fact: Fact | None) -> Reason | None:
    """Return why `cite` may not be relied on, None where it may: one rule for each status that a fact can have."""
    if fact is None:
        text, repair = f"{cite} is not a fact of this brief", f"Cite only the facts listed; {cite} is not one of them."
        return Reason(rule="citation.unknown", span=cite, facts=(cite,), text=text, repair=repair)
    if fact.status == STANDS:
        return None
    text, repair = refusal(fact, cite)
    return Reason(rule=f"citation.{fact.status}", span=cite, facts=(fact.key,), text=text, repair=repair)
