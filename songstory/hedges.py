"""What weakens or owns a fact's statement, and how it may be said: no hedge of a fact may be lost on the way to a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from songstory.lexicon import DEGREES, LIGHT, NEUTRAL
from songstory.models import Fact
from songstory.names import words

Form = tuple[str, ...]

# Hedges of other languages, with the English words that say the same.
_ABROAD = {
    "allegedly reportedly": "angeblich prétendument supuestamente presuntamente presumibilmente påstås rzekomo",
    "probably": "wahrscheinlich vermutlich wohl probablement probablemente probabilmente waarschijnlijk sannolikt provavelmente",
    "perhaps possibly maybe": "vielleicht möglicherweise peut-être forse quizás quizá talvez misschien kanske måske kanskje może",
    "apparently": "anscheinend offenbar apparemment aparentemente apparentemente blijkbaar",
}
_EQUAL: dict[Form, tuple[Form, ...]] = {
    words(hedge): tuple(words(word) for word in english.split()) for english, abroad in _ABROAD.items() for hedge in abroad.split()
}
# Every form of a degree is a name of it: "in part" is "partly".
_DEGREES: dict[Form, tuple[Form, ...]] = {
    words(name): tuple(words(f) for f in said) for degree, said in DEGREES.items() for name in (degree, *said)
}
# What narrows a statement to a part, a thing or a place: to say it of the song itself is to say more. By predicate.
NARROWS = {
    **dict.fromkeys(("inspired_by", "award", "honour", "ranked", "named_after"), ("what",)),
    "described_as": ("of",),
    "released": ("region", "as"),
    "b_side_of": ("region",),
}
# Whose word it is, and where a figure holds: told wherever the statement is. By predicate.
OWNS = {"described_as": ("by", "how"), "sold": ("region",)}
_SAME = (
    ("over", "more than", "in excess of", "upwards of", "above"),
    ("nearly", "almost", "close to", "just under"),
    ("about", "around", "some", "approximately", "roughly"),
    ("at least", "no fewer than", "not less than"),
)
_MODIFIERS = {form: tuple(words(f) for f in same) for same in _SAME for form in same}


@dataclass(frozen=True)
class Hedge:
    """One hedge of a fact: its text and the forms of which one must be told.

    A `free` hedge is any words at all ("according to Madonna"): it holds for a whole sentence, which may tell of nothing that
    does not carry it. Without forms no sentence can tell it, so the fact is not told.
    """

    text: str
    forms: tuple[Form, ...]
    free: bool = False


# How the composer puts a hedge before a sentence.
_LOWERED = frozenset("It Its The A An This In On At With For".split())
_PREPOSITIONS = frozenset("according as by in per if so selon según secondo laut nach".split())
_ADVERBS = {*_EQUAL, *((word,) for word in "maybe perhaps".split())}
_SAYING = frozenset(
    "says claims claimed suggests suggest believes believe thinks recalls recalled reported reports remembers rumoured rumored".split()
)
_THAT = frozenset(("legend has it", "rumour has it", "it is said", "it is thought", "it has been claimed", "it has been said", "it seems"))
_WEAKENING = ("hedge", "degree", "note", "modifier")


def hedges(fact: Fact) -> tuple[Hedge, ...]:
    """Return the hedges of a fact, whatever stands in its qualifiers that weaken it."""
    given = tuple((key, text) for key in _WEAKENING if (text := str(fact.qualifiers.get(key) or "").strip())) if fact.qualifiers else ()
    return _read(given) if given else ()


@lru_cache(maxsize=4096)
def _read(given: tuple[tuple[str, str], ...]) -> tuple[Hedge, ...]:
    return tuple(_hedge(key, text) for key, text in given)


def _hedge(key: str, text: str) -> Hedge:
    own = words(text)
    if own in _DEGREES:
        return Hedge(text, _DEGREES[own])
    if key == "modifier":
        return Hedge(text, _MODIFIERS.get(" ".join(own), (own,)))
    if key == "note":
        return Hedge(text, (own,) if own else ())
    if not set(own) - NEUTRAL - LIGHT:  # it could not be told from the words of a plain sentence
        return Hedge(text, (), free=True)
    return Hedge(text, (own, *_EQUAL.get(own, ())), free=True)


def hedge_words(fact: Fact) -> set[str]:
    """Return the words by which the degree or the modifier of a fact may be said."""
    return {word for hedge in hedges(fact) if not hedge.free for form in hedge.forms for word in form}


def lead(hedge: str, sentence: str) -> str:
    """Return a sentence that tells `hedge` before `sentence`, an empty text where the composer knows no way to put it."""
    text = hedge.strip(" ,.;:?!()[]\"'\u2026")
    text = text.lower() if text.isupper() and len(text) > 3 else text
    text = " ".join(_EQUAL.get(words(text), ((text,),))[0])
    if not _hedge("hedge", text).forms or any(mark in text for mark in ';:()"?!'):
        return ""
    first = sentence.split(" ", 1)[0]
    rest = sentence[0].lower() + sentence[1:] if first in _LOWERED else sentence
    before, own = text[:1].upper() + text[1:], text.casefold().split()
    if own[0] in _PREPOSITIONS or (len(own) == 1 and (own[0].endswith("ly") or words(text) in _ADVERBS)):
        return f"{before}, {rest}"
    return f"{before} that {rest}" if own[-1] in _SAYING or text.casefold() in _THAT else ""
