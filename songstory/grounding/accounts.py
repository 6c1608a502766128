"""Stage 4 for accounts: what a fact says somebody did is said of that somebody and nobody else."""

from __future__ import annotations

from songstory.grounding.atoms import Atom, Reading
from songstory.models import Fact, Reason


def check(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """The words of an account follow its own agent."""
    reasons = []
    for atom in reading.atoms:
        acts = [f for f, part in atom.owners if part == "value" and facts[f].predicate == "account"]
        if acts and not any(_agent_before(reading, atom, f, facts) for f in acts):
            fact = facts[acts[0]]
            agent = str(fact.qualifiers.get("agent", "the song"))
            reasons.append(
                Reason(
                    rule="binding.agent",
                    span=reading.span(atom.start, atom.end),
                    facts=(fact.key,),
                    text=f"the fact says this of {agent}; the sentence does not",
                    repair=f"Make {agent} the subject.",
                )
            )
    return reasons


def _agent_before(reading: Reading, act: Atom, fact: int, facts: list[Fact]) -> bool:
    """Whether the agent, or an act of the same agent joined by "and", stands right before `act`."""
    i = act.start - 1
    while i >= 0 and reading.owner[i] is None and reading.words[i].norm in {"and", "who", "which", "then"}:
        i -= 1
    before = reading.owner[i] if i >= 0 else None
    agent = str(facts[fact].qualifiers.get("agent", "the song")).casefold()
    if before is None:
        own = agent in {"the song", "the track", "it", "the single", "the recording", "the composition"}
        return i >= 0 and own and reading.words[i].norm in {"it", "song", "track", "single", "recording", "composition"}
    if (fact, "agent") in before.owners:
        return True
    if before.subject and before.kind == "title":
        return agent in {"the song", "the track", "it", "the single"}
    same = {f for f, part in before.owners if part == "value" and facts[f].predicate == "account"}
    joined = any(str(facts[f].qualifiers.get("agent", "")).casefold() == agent for f in same)
    return joined and any(_agent_before(reading, before, f, facts) for f in same)
