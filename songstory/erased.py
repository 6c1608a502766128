"""What was erased and how it is known again: by hashes of its words, never by the words. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

ERASED = "[erased]"  # what stands where words were
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"(?<=[.!?])\s+")


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: in one case and one form, without what stands between them."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def digest(words: str) -> str:
    """Return the hash by which words are known again."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass
class Words:
    """Phrases to find in texts, by how many words they have: as they are, or (`hashed`) by their hashes alone."""

    by_length: dict[int, set[str]] = field(default_factory=dict)
    hashed: bool = False

    def add(self, phrase: str) -> None:
        """Take a phrase in; what stands where words were is none."""
        if phrase != ERASED and (words := tokens(phrase)):
            self.by_length.setdefault(len(words), set()).add(" ".join(words))

    def __bool__(self) -> bool:
        return bool(self.by_length)

    def in_text(self, text: str) -> bool:
        """Whether a text holds one of the phrases, whole words only."""
        words = tokens(text) if self.by_length else ()
        for length, known in self.by_length.items():
            for start in range(len(words) - length + 1):
                phrase = " ".join(words[start : start + length])
                if (digest(phrase) if self.hashed else phrase) in known:
                    return True
        return False

    def in_value(self, value: Any) -> bool:
        """Whether any text in a value of JSON holds one of the phrases."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, dict):
            return any(self.in_value(v) for v in value.values())
        return isinstance(value, list | tuple) and any(self.in_value(v) for v in value)

    def passage(self, text: str) -> str:
        """Return a passage without the sentences that hold one of the phrases."""
        if not self.in_text(text):
            return text
        kept = " ".join(ERASED if self.in_text(sentence) else sentence for sentence in _BREAK.split(text))
        return ERASED if self.in_text(kept) else kept

    def scrubbed(self, value: Any, keys: Collection[str] = ()) -> Any:
        """Return a value of JSON without the texts that hold a phrase, or that rest on one of the facts `keys`."""
        if isinstance(value, str):
            return ERASED if self.in_text(value) else value
        if isinstance(value, list | tuple):
            return [self.scrubbed(v, keys) for v in value]
        if not isinstance(value, dict):
            return value
        rests = any(set(map(str, cited)) & set(keys) for name in ("cites", "facts") if isinstance(cited := value.get(name), list))
        return {
            name: ERASED if rests and isinstance(v, str) and name in {"text", "span", "repair"} else self.scrubbed(v, keys)
            for name, v in value.items()
        }


@dataclass(frozen=True)
class Erasures:
    """All that a store has erased: the keys of facts, and the names of persons by their hashes."""

    facts: frozenset[str] = frozenset()
    names: Words = field(default_factory=lambda: Words(hashed=True))

    def __bool__(self) -> bool:
        return bool(self.facts or self.names)


def erasures(rows: Iterable[tuple[str, str, int]]) -> Erasures:
    """Return what was erased from (kind, digest, words)."""
    facts, names = set(), Words(hashed=True)
    for kind, known, words in rows:
        if kind == "name":
            names.by_length.setdefault(words, set()).add(known)
        else:
            facts.add(known)
    return Erasures(frozenset(facts), names)
