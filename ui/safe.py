"""The only place where text from facts, models and people meets Streamlit. Such text goes to sinks that show characters as they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from songstory.models import Status
from songstory.vocabulary import CARD_KINDS

_VERDICTS = {
    "supported": (":material/check: supported", "green"),
    "refuted": (":material/close: refuted", "red"),
    "not_enough_info": (":material/help: not enough information", "orange"),
}
_STATUSES = {
    Status.DRAFT: ("draft", "gray"),
    Status.IN_REVIEW: ("in review", "orange"),
    Status.CHANGES_REQUESTED: ("changes requested", "red"),
    Status.APPROVED: ("approved", "blue"),
    Status.PUBLISHED: ("published", "green"),
    Status.WITHDRAWN: ("withdrawn", "gray"),
    Status.DISCARDED: ("discarded", "gray"),
}

_DECK = st.components.v2.component(
    "songstory_cards",
    html='<div class="deck" tabindex="0" role="region" aria-label="Story cards; use the arrow keys"></div>',
    css="""
:host{display:block;container-type:inline-size}
.deck{display:flex;gap:16px;overflow-x:auto;scroll-snap-type:x mandatory;padding:4px 4px 16px;border-radius:22px}
.deck:focus-visible{outline:3px solid #5B3DF5;outline-offset:2px}
.card{flex:0 0 min(352px,86cqw);min-height:400px;border-radius:22px;padding:26px;color:#fff;scroll-snap-align:start;
display:flex;flex-direction:column;
background:linear-gradient(160deg,hsl(var(--hue) 62% 27%),hsl(calc(var(--hue) + 40) 60% 17%));font-family:Newsreader,Georgia,serif}
.kicker{font:600 12px/1 Inter,sans-serif;letter-spacing:.09em;text-transform:uppercase;margin:0 0 14px}
h3{font-weight:500;font-size:27px;line-height:1.15;margin:0 0 14px}
p{font-size:19px;line-height:1.38;margin:0 0 12px}
.bad{border-left:4px solid #FFB4AB;padding-left:10px;background:rgba(184,46,37,.35)}
.why{font:500 12px/1.35 Inter,sans-serif;margin:4px 0 0}
.chip{font:600 11px/1 Inter,sans-serif;border:1px solid rgba(255,255,255,.65);border-radius:9px;padding:3px 7px;margin-left:4px;
vertical-align:middle;display:inline-block}
.foot{margin-top:auto;font:500 12px/1 Inter,sans-serif;text-align:right}
""",
    js="""
export default function({parentElement, data}) {
  const deck = parentElement.querySelector(".deck");
  deck.replaceChildren();
  const add = (to, tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text !== undefined) e.textContent = text;
    to.appendChild(e);
    return e;
  };
  data.cards.forEach((card, i) => {
    const box = add(deck, "article", "card");
    box.style.setProperty("--hue", (data.hue + 47 * i) % 360);
    box.setAttribute("aria-label", `${i + 1} of ${data.cards.length}`);
    add(box, "p", "kicker", card.kicker);
    card.sentences.forEach((s, k) => {
      const line = add(box, k === 0 ? "h3" : "p", s.supported ? "" : "bad", s.text);
      s.cites.forEach(c => add(line, "span", "chip", c));
      if (!s.supported) add(line, "div", "why", s.why);
    });
    add(box, "div", "foot", `${i + 1} / ${data.cards.length}`);
  });
  deck.onkeydown = e => {
    const step = e.key === "ArrowRight" ? 1 : e.key === "ArrowLeft" ? -1 : 0;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (step) { deck.scrollBy({left: step * 368, behavior: still ? "auto" : "smooth"}); e.preventDefault(); }
  };
}
""",
)


def text(value: object) -> None:
    """Show text as it is."""
    st.text(str(value))


def heading(value: object) -> None:
    """Show text from strangers as the heading of a page."""
    st.html("<style>div.st-key-heading [data-testid='stText']{font:500 2rem/1.2 Newsreader,serif;white-space:normal}</style>")
    with st.container(key="heading"):
        st.text(str(value))


def message(value: str, *, good: bool) -> None:
    """Show what came of an act, in a fixed frame around plain text."""
    with st.container(border=True):
        if good:
            st.badge("done", color="green")
        else:
            st.badge("not done", color="red")
        st.text(value)


def kicker(kind: str) -> None:
    """Show the kind of a card in its fixed words."""
    st.subheader(CARD_KINDS.get(kind, "Card"), divider="gray")


def verdict(label: str) -> None:
    """Show a verdict as a fixed word with its colour."""
    words, colour = _VERDICTS[label]
    st.badge(words, color=colour)  # type: ignore[arg-type]


def status(value: Status) -> None:
    """Show a status as a fixed word with its colour."""
    words, colour = _STATUSES[value]
    st.badge(words, color=colour)  # type: ignore[arg-type]


def cards(found: list[dict[str, Any]], hue: int, key: str) -> None:
    """Show story cards as listeners see them; the component writes text only."""
    _DECK(data={"cards": found, "hue": hue}, key=key)


def table(rows: list[dict[str, Any]], *, key: str, height: int | None = None, select: bool = False) -> list[int]:
    """Show rows as a table of plain cells, times to the minute, and return which row is selected."""
    times = {name for row in rows for name, value in row.items() if isinstance(value, datetime)}
    look: dict[str, Any] = {
        "hide_index": True,
        "width": "stretch",
        "height": height or "auto",
        "column_config": {name: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", timezone="UTC") for name in times},
    }
    if not select:
        st.dataframe(rows, key=key, **look)
        return []
    event = st.dataframe(rows, key=key, on_select="rerun", selection_mode="single-row", **look)
    return list(event.selection.rows)
