"""People and switches: who works here and as what, who is signed out, what stops the house, what may be spent."""

from __future__ import annotations

import safe
import shared
import streamlit as st

from songstory import authority
from songstory.models import Role
from songstory.store import people, rules

ROLES: list[Role] = [r for r in Role if r is not Role.SERVICE]


def listed() -> None:
    """Draw the people and what an admin does with each."""
    found = [p for p in people.list_people(shared.store()) if p.kind == "person"]
    rows = [
        {
            "Name": p.name, "Role": str(p.role), "State": "kept out" if p.disabled else "works here", "Issuer": p.iss, "Subject": p.sub,
            "Sign-ins void before": p.sessions_valid_after,
        }
        for p in found
    ]  # fmt: skip
    chosen = safe.table(rows, key="people", select=True)
    if not chosen:
        return safe.text("Select a person to change them.")
    person = found[chosen[0]]
    safe.heading(person.name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = safe.css_key("role", person.name)
        st.selectbox("Role", ROLES, index=ROLES.index(person.role), key=key, width=180)
        st.button("Give this role", key="give_role", on_click=give_role, args=(person.name, key))
        st.button("Sign out everywhere", key="end_sessions", on_click=end, args=(person.name,))
        if person.disabled:
            st.button("Let in again", key="enable", on_click=let_in, args=(person.name,))
        else:
            st.button("Keep out", key="disable", on_click=keep_out, args=(person.name,))
    return None


def give_role(name: str, key: str) -> None:
    """Give a person the role in the field."""
    give(name, shared.field(key), "", "")


def give(name: str, role: str, iss: str, sub: str) -> None:
    """Add a person, or give them another role."""
    shared.make(authority.add_person, name, role, iss=iss.strip(), sub=sub.strip(), said="{result.name} is {result.role}.")


def end(name: str) -> None:
    """Sign a person out everywhere."""
    shared.make(authority.end_sessions, name, said="{result.name} is signed out everywhere.")


def keep_out(name: str) -> None:
    """Keep a person out."""
    shared.make(authority.disable, name, said="{result.name} is kept out.")


def let_in(name: str) -> None:
    """Let a person in again."""
    shared.make(authority.enable, name, said="{result.name} may come in again.")


def add() -> None:
    """Draw the fields of a new person."""
    with st.form("new_person", border=False):
        name = st.text_input("Name", key="new_name", max_chars=100)
        role = st.selectbox("Role", ROLES, key="new_role")
        iss = st.text_input("Issuer, as the sign-in provider tells it", key="new_iss", max_chars=500)
        sub = st.text_input("Subject, as the sign-in provider tells it", key="new_sub", max_chars=500)
        st.text("Who signs in before they are added is shown both words to send to you.")
        if st.form_submit_button("Add this person", type="primary"):
            give(name or "", str(role), iss or "", sub or "")
            st.rerun()


def switches() -> None:
    """Draw the switches that stop the house, and the budgets."""
    found = rules.read(shared.store())
    for name in rules.SWITCHES:
        rule = found[name]
        with st.container(border=True):
            state = "on" if rule.on else f"off, by {rule.actor}, {safe.age(rule.at)}. {rule.comment}"
            safe.text(f"{name.capitalize()} is {state}")
            st.text_input("Reason", key=f"why_{name}", max_chars=500)
            label = f"Switch {name} {'off' if rule.on else 'on'}"
            st.button(label, key=f"switch_{name}", on_click=switch, args=(name, not rule.on), type="secondary")
    for period in rules.BUDGETS:
        rule = found[f"budget_{period}"]
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.number_input(f"Budget of a {period}, USD", 0.0, 1e8, rule.usd, key=f"usd_{period}", width=260, placeholder="not set here")
            st.button("Set", key=f"set_{period}", on_click=budget, args=(period,))
            if rule.usd is not None:
                st.button("Leave it to the environment", key=f"unset_{period}", on_click=unset, args=(period,))


def switch(name: str, on: bool) -> None:
    """Turn a switch."""
    shared.make(authority.switch, name, on, comment=shared.field(f"why_{name}"), said="Done. It holds from the next call on.")


def budget(period: str) -> None:
    """Set a budget to what stands in its field."""
    shared.make(authority.set_budget, period, st.session_state.get(f"usd_{period}"), said="The budget is set.")


def unset(period: str) -> None:
    """Leave a budget to the environment."""
    shared.make(authority.set_budget, period, None, said="The environment decides on this budget again.")


def draw() -> None:
    """Draw the page."""
    st.title("People and switches")
    shared.said()
    who, new, house = st.tabs(["People", "Add a person", "Switches and budgets"])
    with who:
        listed()
    with new:
        add()
    with house:
        switches()


draw()
