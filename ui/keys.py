"""The one table of keys: the pages listen to it, the help shows it, the README repeats it."""

from __future__ import annotations

import safe
import streamlit as st

# key: (where it works, what it does, the button it presses; "" where the page's own part answers)
KEYS: dict[str, tuple[str, str, str]] = {
    "J": ("queue, story", "next story", "next"),
    "K": ("queue, story", "previous story", "previous"),
    "Enter": ("queue", "open the story", ""),
    "X": ("queue", "select the story, or take it out of the selection", ""),
    "Shift+X": ("queue", "select all clean stories of the page, or none", ""),
    "Shift+A": ("queue", "approve what is selected, after one more look", "approve_many"),
    "/": ("queue", "search", ""),
    "G": ("queue", "generate a story", "generate"),
    "A": ("story", "approve", "act-approve"),
    "E": ("story", "request changes", "act-request_changes"),
    "S": ("story", "submit", "act-submit"),
    "Shift+P": ("story", "publish", "act-publish"),
    "W": ("story", "edit the words, or stop editing", "edit"),
    "Ctrl+S": ("story, while editing", "save as a new revision", ""),
    "Backspace": ("story", "undo your last act on this story", "undo"),
    "Q": ("story", "back to the queue", "to_queue"),
    "← →": ("story", "previous or next card", ""),
    "?": ("everywhere", "this help", "help_button"),
}


@st.dialog("Keys", width="medium")
def help_dialog() -> None:
    """Show the keys."""
    safe.table([{"Key": key, "Where": where, "What it does": what} for key, (where, what, _) in KEYS.items()], key="keys_table")
    safe.text("A key pressed before a story was on screen does nothing and says so.")
