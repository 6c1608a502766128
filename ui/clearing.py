"""The way out of a flag or a pair of facts: the button for who may clear it, with its reason, and for the others why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import safe
import shared
import streamlit as st

from songstory import blame
from songstory.decisions import barred, barred_pair, clear_blame, clear_flag
from songstory.models import Fact, Verdict


def offer(fact: Fact) -> None:
    """Draw, for each flag that may be cleared on a fact, the act or what stands in its way."""
    flags = [f for f in fact.flags if f != "disputed"]
    why = {flag: barred(shared.store(), fact.key, flag, actor=shared.who()) for flag in flags}
    for flag in flags:
        if why[flag]:
            safe.notice(f"The flag {flag} stays: {why[flag]}.")
    mine = [flag for flag in flags if not why[flag]]
    if not mine:
        return
    key = safe.css_key("clear_reason", fact.key)
    label = "Reason, kept in the audit log" if set(mine) == {"sensitive"} else "Reason, needed"  # private, quarantined, of a newer version
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(label, key=key, max_chars=500, width=380)
        for flag in mine:
            st.button(f"Clear the flag {flag}", key=f"clear_{flag}", on_click=clear, args=(fact.key, flag, key))


def clear(fact: str, flag: str, reason: str) -> None:
    """Take a flag off a fact, for the reason in the field."""
    shared.make(clear_flag, fact, flag, comment=shared.field(reason), said="The flag is cleared.")


def accused(verdicts: Sequence[Verdict]) -> dict[tuple[str, str], str]:
    """Return the pairs of facts that accuse somebody together in a text, each with the rule that refuses it."""
    reasons = [r for v in verdicts for r in v.reasons if r.rule in blame.RULES and len(r.facts) == 2]
    return {(min(r.facts), max(r.facts)): r.rule for r in sorted(reasons, key=lambda r: r.rule == blame.JOINED)}


def pairs(track: str, verdicts: Sequence[Verdict], facts: Mapping[str, Fact]) -> None:
    """Draw, for each pair of facts that accuses somebody on a card, the act that lets them stand there or what is in its way."""
    for (first, second), rule in accused(verdicts).items():
        if first not in facts or second not in facts:
            continue
        with st.container(border=True, key=safe.css_key("pair", f"{first} {second}")):
            safe.text("One card must not tell these two side by side, for together they accuse somebody:")
            for key in (first, second):
                safe.text(f"•  {safe.apart(told(facts[key]))}")
            if rule == blame.JOINED:
                safe.text("One sentence tells both; that stays refused whoever clears it. Tell them in two sentences.")
            why = barred_pair(shared.store(), track, first, second, actor=shared.who())
            if why or facts[first].key in facts[second].cleared_beside:
                safe.notice(f"Nothing to be cleared here: {why}." if why else "They may stand on one card; a publisher cleared them.")
                continue
            field = safe.css_key("pair_reason", f"{first} {second}")
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.text_input("Reason, needed", key=field, max_chars=500, width=380)
                name = safe.css_key("clear_pair", f"{first} {second}")
                st.button("Let them stand on one card", key=name, on_click=clear_pair, args=(track, first, second, field))


def told(fact: Fact) -> str:
    """Return what a fact says, in words: an account begins with who did it."""
    return f"{fact.qualifiers.get('agent') or fact.predicate.replace('_', ' ')} {fact.value}"


def clear_pair(track: str, first: str, second: str, reason: str) -> None:
    """Let two facts stand on one card, for the reason in the field."""
    comment = shared.field(reason)
    shared.make(clear_blame, track, first, second, comment=comment, said="Cleared; the text on this page was checked again.")
