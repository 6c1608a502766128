"""Cuts a sentence into words that remember where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from songstory.names import TOKEN, fold

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00a0": " "})
_BREAK = re.compile(r"[;:]|\s[–—-]+\s|—")
_END = re.compile(r"[.!?]\s")
_PLAIN = frozenset("+&%$#°♯♭'\"()[]/.,;:!?-–—…*@_=~^`´|\\{}<>£€¥©®™×")


class Word(NamedTuple):
    """One word: as written, as compared, its offsets, and what stood between it and the word before."""

    text: str
    norm: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def hard_break(self) -> bool:
        """Whether a clause ends before this word whatever the words are."""
        return bool(_BREAK.search(self.gap)) or (self.capital and bool(_END.search(self.gap)))

    @property
    def comma(self) -> bool:
        return "," in self.gap or "(" in self.gap or ")" in self.gap


def tidy(text: str) -> str:
    """Return `text` with one form of quotation marks, hyphens and spaces, everything else as it is."""
    return unicodedata.normalize("NFC", text.translate(_QUOTES))


def strange(text: str, known: Iterable[str]) -> str:
    """Return the first sign that is no letter, digit or common mark and stands in no text of `known`, else an empty text.

    Control, format and private signs (zero-width, right-to-left, tags, NUL), emoji and the like carry meaning past a reader.
    """
    odd = [c for c in dict.fromkeys(text) if not (c.isalnum() or c == " " or c in _PLAIN or unicodedata.category(c) in {"Mn", "Mc"})]
    if not odd:
        return ""
    seen = set().union(*map(set, known)) if odd else set()
    return next((c for c in odd if c not in seen), "")


def split(text: str) -> list[Word]:
    """Return the words of `text` in order."""
    found: list[Word] = []
    last = 0
    for match in TOKEN.finditer(text):
        found.append(Word(match.group(), fold(match.group()), match.start(), match.end(), text[last : match.start()]))
        last = match.end()
    return found


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the character ranges inside double quotation marks."""
    marks = [i for i, c in enumerate(text) if c == '"']
    return [(marks[i] + 1, marks[i + 1]) for i in range(0, len(marks) - 1, 2)]
