"""What was erased and how it is known again: by hashes of its words, never by the words. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from songstory.sensitive_words import COMMON

ERASED = "[erased]"  # what stands where words were
FACT, NAME, WHOLE, SURNAME, FORENAME = "fact", "name", "whole", "surname", "forename"  # what is known again
_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"(?<=[.!?])\s+")
# Words of a name that are no name alone: of "Jan van Vale Jr." only "Jan" and "Vale" call the man.
_NO_NAMES = COMMON | frozenset(
    "van von de la le del di da der den dos du el al bin ibn st jr sr ii iii iv mc dj lil mr mrs ms dr sir".split()
)
_ARTICLES = frozenset("the die der das les los las os as".split())  # with which names of groups begin, and without which people say them
_MOST_WORDS = 4  # what has more words is a name that nobody shortens to its last


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: in one case and one form, without what stands between them."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def bare(text: str) -> str:
    """Return a text without its accents: who writes of Beyonce means Beyoncé."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def called(name: str) -> tuple[str, frozenset[str]]:
    """Return the surname and the forenames by which a person may be called alone, folded, "" and none where no word does.

    "Kurt Cobain" is called "cobain" and "kurt"; "Prince" only by the whole name.
    """
    words = [w for w in tokens(bare(name)) if len(w) > 1 and w not in _NO_NAMES]
    if not 2 <= len(tokens(name)) <= _MOST_WORDS or not words:
        return "", frozenset()
    return words[-1], frozenset(words[:-1])


def spoken(name: str) -> str:
    """Return the name of a group as people say it: "Copperline Sisters" of "The Copperline Sisters"; "The Who" stays."""
    first, _, rest = name.partition(" ")
    return rest if first.casefold() in _ARTICLES and len(tokens(rest)) > 1 else name


def digest(words: str) -> str:
    """Return the hash by which words are known again."""
    return hashlib.sha256(words.encode()).hexdigest()[:32]


@dataclass
class Words:
    """Phrases to find in texts, by how many words they have: as they are, or (`hashed`) by their hashes alone.

    `surnames` and `forenames` are words of erased names, folded, that call the person in texts about one song; they are
    found where they begin with a capital, a forename only where no other surname follows it ("Kurt Weill" is another
    man). Hashed ones are hashed together with `song`, the id of the song. `whole` are names that are ordinary words too, such
    as "Rain": they are known again only where they are all that a name says.
    """

    by_length: dict[int, set[str]] = field(default_factory=dict)
    hashed: bool = False
    surnames: frozenset[str] = frozenset()
    forenames: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    song: str = ""

    def add(self, phrase: str) -> None:
        """Take a phrase in, with and without its accents; what stands where words were is none."""
        for words in {tokens(phrase), tokens(bare(phrase))} if phrase != ERASED else ():
            if words:
                self.by_length.setdefault(len(words), set()).add(" ".join(words))

    def __bool__(self) -> bool:
        return bool(self.by_length or self.surnames or self.forenames)

    def __or__(self, other: Words) -> Words:
        lengths = {**self.by_length, **other.by_length}
        return replace(
            self, by_length={n: self.by_length.get(n, set()) | other.by_length.get(n, set()) for n in lengths},
            surnames=self.surnames | other.surnames, forenames=self.forenames | other.forenames,
        )  # fmt: skip

    def phrases(self) -> list[str]:
        """Return all that is looked for, each in the form in which it is compared."""
        return [*(p for found in self.by_length.values() for p in found), *self.surnames, *self.forenames]

    def in_text(self, text: str) -> bool:
        """Whether a text holds one of the phrases, whole words only."""
        return next(self._found(text), None) is not None or self._calls(text)

    def is_name(self, text: str) -> bool:
        """Whether a text is one of the names that are ordinary words, and nothing else."""
        words = " ".join(tokens(bare(text)))
        return bool(self.whole) and (digest(words) if self.hashed else words) in self.whole

    def of_many(self) -> Words:
        """Return the phrases of two and more words: titles of songs hold many a word that is a name too."""
        return Words({n: found for n, found in self.by_length.items() if n > 1}, self.hashed)

    def named_in(self, text: str) -> Words:
        """Return the words that call the persons whose names stand in a text."""
        names = [called(phrase) for phrase in self._found(text)]
        return Words(surnames=frozenset(s for s, _ in names if s), forenames=frozenset().union(*(f for _, f in names)))

    def _found(self, text: str) -> Iterator[str]:
        for words in {tokens(text), tokens(bare(text))} if self.by_length else ():
            for length, known in self.by_length.items():
                for start in range(len(words) - length + 1):
                    phrase = " ".join(words[start : start + length])
                    if (digest(phrase) if self.hashed else phrase) in known:
                        yield phrase

    def _calls(self, text: str) -> bool:
        if not (self.surnames or self.forenames):
            return False
        plain = bare(text)
        words = list(_WORD.finditer(plain))
        for n, word in enumerate(words):
            if not word.group()[0].isupper():
                continue
            known = self._known(word.group())
            if known in self.surnames:
                return True
            if known in self.forenames:
                after = words[n + 1] if n + 1 < len(words) and plain[word.end() : words[n + 1].start()].isspace() else None
                if after is None or not after.group()[0].isupper() or self._known(after.group()) in self.forenames:
                    return True
        return False

    def _known(self, word: str) -> str:
        folded = word.casefold()
        return digest(f"{self.song} {folded}") if self.hashed else folded

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
    """All that a store has erased: the keys of facts, the names of persons by their hashes, and what calls them in which songs."""

    facts: frozenset[str] = frozenset()
    names: Words = field(default_factory=lambda: Words(hashed=True))

    def __bool__(self) -> bool:
        return bool(self.facts or self.names or self.names.whole)

    def in_song(self, track: str) -> Words:
        """Return what may not come back in a fact of the track with this id."""
        return replace(self.names, song=track)


def erasures(rows: Iterable[tuple[str, str, int]]) -> Erasures:
    """Return what was erased from (kind, digest, words)."""
    kinds: dict[str, set[str]] = {kind: set() for kind in (FACT, WHOLE, SURNAME, FORENAME)}
    names: dict[int, set[str]] = {}
    for kind, known, words in rows:
        if kind == NAME:
            names.setdefault(words, set()).add(known)
        else:
            kinds.setdefault(kind, set()).add(known)
    whole, surnames, forenames = (frozenset(kinds[kind]) for kind in (WHOLE, SURNAME, FORENAME))
    known_names = Words(names, hashed=True, surnames=surnames, forenames=forenames, whole=whole)
    return Erasures(frozenset(kinds[FACT]), known_names)
