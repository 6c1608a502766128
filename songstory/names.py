"""The forms in which a name may stand on a card: full, credited-as, without its article, by surname."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W_])|[^\W_]+|[$#%&+°♯♭]")
_SUFFIXES = {"jr", "sr", "ii", "iii"}
_SAME = {"&": "and", "+": "and"}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` as it is compared: case, accents and width folded, thousands commas dropped."""
    if word in _SAME:
        return _SAME[word]
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
    return plain.replace(",", "") if plain[:1].isdigit() else plain


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of `text`; hyphens and apostrophes part words, so "co-wrote" is two."""
    return tuple(fold(m.group()) for m in TOKEN.finditer(text))


def surname(name: str) -> str:
    """Return the form used after a first mention: the last word of a plain two- or three-word name, else the name itself."""
    parts = [p for p in name.replace(",", "").split() if fold(p.strip(".")) not in _SUFFIXES]
    plain = 2 <= len(parts) <= 3 and all(p[:1].isupper() and p.replace("-", "").replace("'", "").replace(".", "").isalpha() for p in parts)
    if not plain or fold(parts[0]) in {"the", "le", "la", "el", "los", "lil", "dj", "mc", "dr", "big", "del"}:
        return name
    return parts[-1] if len(parts[-1]) > 2 else name


def forms(names: Iterable[str], person: bool = True) -> set[tuple[str, ...]]:
    """Return the word sequences by which one thing may be called: each name, with and without "the", and a surname."""
    found: set[tuple[str, ...]] = set()
    for name in names:
        full = words(name)
        if not full:
            continue
        found.add(full)
        if full[0] == "the" and set(full[1:]) - {"the"}:
            found.add(full[1:])
        if full[-1] in _SUFFIXES and len(full) > 2:
            found.add(full[:-1])
        if person:
            found.add(words(surname(name)))
    return found


def ambiguous_surnames(names: Iterable[str]) -> set[tuple[str, ...]]:
    """Return the surnames that more than one of `names` would shorten to; those stay in full."""
    unique = {words(name): name for name in names}
    short = Counter(words(surname(name)) for name in unique.values() if surname(name) != name)
    return {key for key, count in short.items() if count > 1}
