"""Weighs the wording of a text, beside the rules: whether it tells a personal matter, and whether it speaks to the machine.

A linear model over words, their stems and their neighbours. Its weights were learned from sentences that were written for this
purpose by people who had not seen the rules; `tests/bench/screening` has the sentences and the trainer, and the weights say on what
they rest. A rule knows what it names; this knows how such things are told: "walked into the river with his coat buttoned".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import orjson

PERSONAL = "personal matter"  # what a text is flagged for where no rule names its kind
LONGEST = 600  # characters that are weighed together: a longer text is weighed by its sentences
CONTEXT = 7  # spaces in a text below which a rule is never overruled: there is too little beside its word
_SCALE = 5.0  # of a feature by one over the root of their number, so that long texts weigh no more than short ones
_TOKEN = re.compile(r"[^\W_]{1,40}(?:['’][^\W_]{1,20})?|[?!.:\"“”]")
_MARKS = frozenset('?!.:"“”')
_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "er", "ers")
_SENTENCE = re.compile(r"(?<=[.!?])\s")


def features(text: str) -> set[str]:
    """Return what a text is weighed by: its words, their stems ("~"), and the stems that stand beside each other.

    >>> sorted(features("Ann sang twice."))
    ['< ann', 'ann', 'ann sang', 'sang', 'sang twice', 'twice', 'twice >', '~twice']
    """
    words = _words(text)
    found = set(words)
    last = "<"
    for word in words:
        if word[0] == "^":
            if last == "^":
                continue  # names, however long, are one neighbour
            root = "^"
        else:
            root = stem(word)
            if len(word) > 4:
                found.add(f"~{root[:6]}")
        found.add(f"{last} {root}")
        last = root
    found.add(f"{last} >")
    return found


_features = lru_cache(maxsize=256)(features)  # a text is asked about twice, one question after the other


def _words(text: str) -> list[str]:
    """Return the words in small letters; "^" leads what has a capital within a sentence, as names and titles have."""
    found, begins = [], True
    for word in _TOKEN.findall(text):
        first = word[0]
        if first in _MARKS:
            begins = begins or first in ".:?!"
            if first not in ".:":
                found.append(first if first in "?!" else '"')
            continue
        if first.isdigit():
            found.append("#" if word.isdigit() else "#x")
        else:
            lower = word.lower().replace("’", "'")
            named = first.isupper() and not begins and lower != "i" and not lower.startswith("i'")
            found.append(f"^{lower}" if named else lower)
        begins = False
    return found


@cache
def stem(word: str) -> str:
    """Return a word without its ending, if four letters are left: "walking" is "walk"."""
    return next((word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), word)


@cache
def _learned() -> dict[str, Any]:
    return dict(orjson.loads((Path(__file__).parent / "classifier.json").read_bytes()))


def likely(question: str, text: str, rules: Collection[str] = ()) -> bool:
    """Whether the answer to `question`, "personal" or "order", is likely yes for a text in which `rules` found something.

    Where a rule found something, the model only overrules it if it is quite sure that nothing is meant.
    """
    if rules and text.count(" ") < CONTEXT:
        return True
    learned = _learned()[question]
    cut = learned["cut_of_rules"] if rules else learned["cut"]
    parts = [text] if len(text) <= LONGEST else _SENTENCE.split(text)
    return any(weigh(learned, part, rules) > cut for part in parts)


def weigh(learned: dict[str, Any], text: str, rules: Collection[str] = ()) -> float:
    """Return the log-odds that a model gives to a text."""
    found, weights = _features(text), learned["weights"]
    total = sum([weights[f] for f in found if f in weights])
    said = sum([weights.get(f"!{r}", 0) for r in rules]) + 2 * weights.get("!rule", 0) if rules else 0
    return float(learned["bias"] + total * _SCALE / len(found) ** 0.5 + said) / 100 if found else 0.0
