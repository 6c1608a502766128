"""The way out of a flag: the button for who may take it off, with its reason, and for the others why not."""

from __future__ import annotations

import safe
import shared
import streamlit as st

from songstory.decisions import barred, clear_flag
from songstory.models import Fact

_REASONED = {"private", "quarantined"}  # cleared with a reason only


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
    needed = "needed" if _REASONED & set(mine) else "kept in the audit log"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(f"Reason, {needed}", key=key, max_chars=500, width=380)
        for flag in mine:
            st.button(f"Clear the flag {flag}", key=f"clear_{flag}", on_click=clear, args=(fact.key, flag, key))


def clear(fact: str, flag: str, reason: str) -> None:
    """Take a flag off a fact, for the reason in the field."""
    shared.make(clear_flag, fact, flag, comment=shared.field(reason), said="The flag is cleared.")
