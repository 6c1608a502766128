"""Tables of phrases that are looked for in a text: a text that holds none of their rare words costs two set look-ups.

In a table a comma parts phrases; a star stands for any ending, `~` for up to four words, `a|b` for either, and a name in
braces for its class.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Set
from functools import cache, cached_property
from typing import NamedTuple

_WORD = re.compile(r"\w+")
# Between two words at most three signs and four words, so that every pattern is linear.
_ANY = "~"
_GAP, _SOME_WORDS = r"\W{1,3}", r"(?:\W{1,3}\w{1,30}){0,4}?"


def split(lower: str) -> set[str]:
    """Return the words of a text that is in small letters, and their beginnings."""
    words = set(lower.split() if lower.replace(" ", "").isalnum() else _WORD.findall(lower))
    return words.union([word[:4] for word in words], [word[:6] for word in words])


class _Phrase(NamedTuple):
    """One phrase of a table: its label, its text, and what a text must hold one of besides its rarest token."""

    label: str
    text: str
    second: frozenset[str]


class PhraseTable:
    """Phrases by label. `common` are words that most texts hold: no phrase is looked for because of one if it has a rarer word.

    The table is read when it is first asked, so that a command which looks at no text starts without it.
    """

    def __init__(self, phrases: Mapping[str, str], classes: Mapping[str, str], common: Collection[str]) -> None:
        self._phrases = phrases
        self._classes = {name: "|".join(part.strip() for part in text.split("|")) for name, text in classes.items()}
        self._common = frozenset(common)
        self._pattern = cache(self._compiled)

    @cached_property
    def _by_word(self) -> dict[str, list[_Phrase]]:
        found: dict[str, list[_Phrase]] = {}
        for label, table in self._phrases.items():
            for text in map(str.strip, re.sub(r"\|\s+", "|", " ".join(table.split())).split(",")):
                if text:
                    phrase, words = self._read(label, text)
                    for word in words:
                        found.setdefault(word, []).append(phrase)
        return found

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._by_word)

    def _read(self, label: str, text: str) -> tuple[_Phrase, frozenset[str]]:
        """Return a phrase and the words by any of which it is looked for: the forms of its rarest token."""
        tokens = [[form.split(" ")[0] for form in self._forms(token)] for token in text.split() if token != _ANY]
        first, *rest = sorted(tokens, key=self._rarity, reverse=True)
        return _Phrase(label, text, _sought(rest[0]) if rest else frozenset()), _sought(first)

    def _rarity(self, forms: list[str]) -> tuple[bool, int, int]:
        return self._common.isdisjoint(forms), min(map(len, forms)), -len(forms)

    def _forms(self, token: str) -> list[str]:
        """Return the forms of one token of a phrase, a star for any ending."""
        return re.sub(r"\{(\w+)\}", lambda found: self._classes[found[1]], token).split("|")

    def _compiled(self, text: str) -> re.Pattern[str]:
        parts: list[str] = []
        for token in text.split():
            if token == _ANY:
                parts.append(_SOME_WORDS)
                continue
            forms = "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", _GAP) for form in self._forms(token))
            parts.append((_GAP if parts else "") + f"(?:{forms})")
        return re.compile(rf"\b{''.join(parts)}\b")

    def likely(self, words: Set[str]) -> list[_Phrase]:
        """Return the phrases that a text of these words may hold; for most texts none."""
        likely = [p for word in self._words & words for p in self._by_word[word]]
        return [p for p in likely if not (p.second and p.second.isdisjoint(words))] if likely else likely

    def labels(self, lower: str, likely: Collection[_Phrase]) -> list[str]:
        """Return the labels of those phrases of `likely` that a text holds, each once, in order."""
        found: set[str] = set()
        for phrase in likely:
            if phrase.label not in found and self._pattern(phrase.text).search(lower):
                found.add(phrase.label)
        return sorted(found)

    def without(self, lower: str, words: Set[str], mark: str) -> str:
        """Return a text in which `mark` stands for each phrase of the table."""
        for phrase in sorted(self.likely(words), key=lambda p: -len(p.text)):
            lower = self._pattern(phrase.text).sub(mark, lower)
        return lower


def _sought(forms: list[str]) -> frozenset[str]:
    """Return what `split` has of any of these forms."""
    return frozenset(form if not form.endswith("*") else form[:6] if len(form) > 6 else form[:4].rstrip("*") for form in forms)
