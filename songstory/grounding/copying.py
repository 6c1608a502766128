"""The copying guard: a sentence may not repeat more than eight words in a row of a passage that we may not copy.

Names, titles, dates and numbers are facts and do not count; nor does a quotation that a cited fact allows. Passages under
CC BY-SA may be used, but a card does not carry the share-alike notice, so their wording stays theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from songstory.grounding.atoms import Reading
from songstory.grounding.text import quotations
from songstory.models import Fact, Reason
from songstory.names import words as fold_words
from songstory.vocabulary import PREDICATES

LONGEST = 8
_FREE = ("cc0", "public domain", "own", "mit", "cc by 4", "cc by 3.0 ", "odc")
_FIGURES = {"name", "title", "number", "date"}
_WORDING = {"phrase", "act"}  # value types that are words of ours or theirs, not names


def may_copy(licence: str) -> bool:
    """Whether a licence lets its wording stand on a card without further terms. Unknown means no."""
    low = licence.casefold()
    return low.startswith(_FREE) and "sa" not in low.split("-")


def check(reading: Reading, cited: list[Fact], known: Iterable[Fact]) -> list[Reason]:
    """Return a reason where the sentence repeats a protected passage of any known fact of the song."""
    kept = _own_words(reading, cited)
    if sum(kept) <= LONGEST:
        return []
    said = tuple(w.norm for w in reading.words)
    read = {""}  # many facts of a song rest on one passage, and a quote stands in its own
    for fact in known:
        for text in (fact.passage, fact.quote if fact.quote not in fact.passage else ""):
            if text in read or may_copy(fact.licence):
                continue
            read.add(text)
            if span := _repeated(said, kept, fold_words(text)):
                words = reading.span(*span)
                return [
                    Reason(
                        rule="copying.passage",
                        span=words,
                        facts=(fact.key,),
                        text=f"{span[1] - span[0]} words in a row stand in a passage under {fact.licence or 'no known licence'}",
                        repair=f"Say {words!r} in words of your own.",
                    )
                ]
    return []


def _own_words(reading: Reading, cited: list[Fact]) -> list[bool]:
    """Return for each word whether it counts as wording: not a name, title, figure or allowed quotation."""
    told = {i for i, f in enumerate(cited) if PREDICATES[f.predicate].value in _WORDING}
    quoted = quotations(reading.text)
    return [
        not any(start <= word.start < end for start, end in quoted)
        and (
            atom is None
            or atom.kind == "trigger"
            or (atom.kind not in _FIGURES and any(f in told and p == "value" for f, p in atom.owners))
        )
        for word, atom in zip(reading.words, reading.owner, strict=True)
    ]


def _repeated(said: tuple[str, ...], kept: list[bool], passage: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where the sentence repeats more than `LONGEST` words of wording in a row, None where it does not."""
    starts = _starts(passage)
    for i, pair in enumerate(pairwise(said[: 1 - LONGEST])):
        for at in starts.get(pair, ()):
            end, own = 0, 0
            while i + end < len(said) and at + end < len(passage) and said[i + end] == passage[at + end]:
                own += kept[i + end]
                end += 1
            if own > LONGEST:
                return i, i + end
    return None


@lru_cache(maxsize=512)
def _starts(passage: tuple[str, ...]) -> dict[tuple[str, ...], tuple[int, ...]]:
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for i in range(len(passage) - 1):
        pair = passage[i : i + 2]
        found[pair] = (*found.get(pair, ()), i)
    return found
