"""What a page shows stands in its address, by name and not by label, so that a link means the same tomorrow.

Streamlit's own binding writes labels: a count in a label would make yesterday's link void.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st


def enter(page: str) -> bool:
    """Note which page is drawn; who comes from another page by the menu finds the choices of before. Return whether one comes."""
    st.session_state["came"] = page != st.session_state.get("page_drawn")
    st.session_state["page_drawn"] = page
    return bool(st.session_state["came"])


def read(key: str, options: Iterable[str], default: str) -> str:
    """Return what the address says under `key`, and put it into the field of that key; what is not offered is the default."""
    offered, written = list(options), st.session_state.get(f"address_{key}", "")
    asked = st.query_params.get(key, "")
    value = st.session_state.get(key)
    if asked != written and (asked or not st.session_state.get("came")):  # a link was opened, or the browser went back
        value = asked
    value = value if value in offered else default
    st.session_state[key] = value  # also when it is the same: a field whose labels changed would forget it
    return str(value)


def note(key: str, default: str) -> str:
    """Put what stands in the field of `key` into the address, the default as nothing at all; return it."""
    value = str(st.session_state.get(key) or default)
    st.session_state[f"address_{key}"] = "" if value == default else value
    if value != default:
        if st.query_params.get(key) != value:
            st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
    return value
