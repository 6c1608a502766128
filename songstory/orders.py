"""Finds text that speaks to the machine instead of telling a fact, however it is spelt: encoded, spaced, look-alike, in other languages.

A rule sees only what it knows: the fences of the prompt and the checks of every sentence are what holds, this is the first look.
Most texts leave after one look at how their words begin; the rules stand in `order_rules` and `foreign_orders`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from songstory import classifier
from songstory.ciphers import decoded, rot13
from songstory.foreign_orders import LANGUAGES
from songstory.order_rules import ANYWHERE, FENCES, IF_ASKED
from songstory.patterns import lazy
from songstory.safe_text import hidden_message, skeleton

NOTE = "text that gives orders instead of telling a fact"
MARKUP = "text with markup or a fence of the prompt"
_SHORTEST, _SHORTEST_ABROAD = 10, 6  # characters below which nothing is an order; signs of the east say more
_LONGEST = 20_000  # characters that are looked at
_FEW_WORDS = 4  # a title of so few words such as "Forget the Rules" orders nothing
_HEAD = 4  # letters by which a word is known at first sight
_LONG = 20  # a word as long is more likely a code than a word

_BRACKETS = str.maketrans("‹›〈〉⟨⟩ᐸᐳ˂˃❮❯≺≻∕⁄⧸", "<><><><><><><>///"[:17])
_UNSEEN = lazy("[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]")  # may part words as a space does
# Letters that look like Latin ones to who wants to read them so, as on posters: what no table of confusables has.
_FAUX = str.maketrans("дяиэшщцбчуљφθωξλδσςπψγζфюлгьз", "arnewwu6yyjooweaaesnyrzool" + "rb3")
_FAUX_LETTERS = lazy("[\u0370-\u04ff]")
_LEET = str.maketrans("013457@$!8|", "oieastasibl")
_LEETS = lazy(r"[a-z][013457@$!|]|[013457@$!|][a-z]")
_BACKWARDS = lazy("snoitcur|tpmorp|erongi|tegrof|edirrevo|evorppa|selur|dragersid")
_TURNED = lazy("vafgehp|cebzcg|vtaber|sbetrg|bireevqr|nccebir|ehyrf|qvfertneq|erirny|snpgf")
_SPELT = lazy(r"(?<![a-z])(?:[a-z][ .,*_|/·•-]{1,2}){5,}[a-z](?![a-z])")
_SQUEEZED = lazy(
    r"(?:ignore|disregard|forget|override|bypass)(?:all|any|every|the|of|my|these|those){0,3}(?:previous|prior|above|earlier|your|system)"
    r"(?:instruction|prompt|rule|guideline|fact|order|direction)|approve(?:this|the)(?:story|card|draft)|reveal(?:your|the)(?:system)?prompt"
)
_SQUEEZED_SPELT = lazy(r"(?:ignore|disregard|forget|override|bypass)(?:all|any|the|your|my){0,2}(?:instruction|prompt|rule)")
_WORD = lazy(r"[^\W\d_]+")


def _heads(words: str) -> frozenset[str]:
    return frozenset(w[:_HEAD] for w in words.split())


def _stems(pattern: str) -> frozenset[str]:
    """Return how the words of a pattern begin, so that it is tried only where one of them stands."""
    return frozenset(w[:_HEAD] for w in re.findall(r"(?<![a-z\\])[a-z]{2,}", pattern.replace("\\b", " ").replace("?:", " ")))


def _script(text: str) -> str:
    return next((unicodedata.name(c, "").split()[0] for c in text if c.isalpha()), "")


_ANYWHERE = tuple((_heads(stems), lazy(pattern)) for stems, pattern in ANYWHERE)
_IF_ASKED = tuple((_heads(stems), lazy(pattern)) for stems, pattern in IF_ASKED)
_FOREIGN = tuple(
    (_stems(v), _stems(o), lazy(rf"(?:{v})[^.!?。]{{0,60}}(?:{o})|(?:{o})[^.!?。]{{0,60}}(?:{v})"))
    for v, o in LANGUAGES
    if _script(re.sub(r"\\.|\?:", "", v)) == "LATIN"
)
_SCRIPTS: dict[str, list[re.Pattern[str]]] = {}
for _v, _o in LANGUAGES:
    if (_name := _script(re.sub(r"\\.|\?:", "", _v))) != "LATIN":
        _SCRIPTS.setdefault(_name, []).append(lazy(rf"(?:{_v})[^.!?。]{{0,60}}(?:{_o})|(?:{_o})[^.!?。]{{0,60}}(?:{_v})"))

_CORE = "ignore disregard forget override bypass reveal approve prompt rules previous prior above system secrets output instructions"
_TWINS = {"o": "o0", "i": "i1!", "e": "e3", "a": "a4@", "s": "s5$", "t": "t7", "l": "l1|", "b": "b8"}


def _spellings(words: str) -> Iterator[str]:
    """Yield how the words of orders begin where they are disguised: numbers for letters, turned by thirteen, backwards."""
    for word in words.split():
        for spelling in (word, rot13(word), word[::-1]):
            yield from ("".join(p) for p in product(*(_TWINS.get(c, c) for c in spelling[:_HEAD])) if "".join(p) != word[:_HEAD])


# How the words of an order begin: one of each is worth a closer look, as is a disguised one alone.
_DO = _heads(
    """
    ignore disregard forget override bypass skip overlook discard circumvent repeat reveal print output display disclose leak
    recite dump expose approve publish mark submit pretend roleplay act behave respond answer decode decipher decrypt unscramble
    convert invent fabricate note hello dear hey message attention memo reminder you your you're write add include insert append
    put end begin start open close say cite verify verifier verification checks filters guardrails safeguards sentence sentences
    claims statements new updated next human set kindly pay admin house describe point moment
    """
)
_TO = _heads(
    """
    prompt rule rules guidelines directions directives commands constraints policy safeguards filters messages context secrets
    password configuration story stories card cards draft revision sentence sentences facts headline ai llm language chatbot
    chatgpt gpt claude gemini copilot assistant editor admin developer dan root system above told so before verbatim word
    supported verified approved true correct accepted now task tasks off job role goal objective orders data input document
    passage off disabled suspended lifted nothing only do don't never stop base64 rot13 hex binary morse backwards what whatever
    anything brief status must shall earlier execute obey invented unsourced unverified uncited sold describe override
    """
)
_DISGUISED = frozenset(_spellings(_CORE)) - {"drag"}
_TOLD_ABROAD = frozenset().union(*(v for v, _, _ in _FOREIGN)) - {"cont", "most", "no", "la", "le", "de", "in", "do", "si"}
_OF_ABROAD = frozenset().union(*(o for _, o, _ in _FOREIGN)) - {"la", "le", "de", "die", "all", "to"}
_RARE = ("prompt", "instruc", "jailb", "system:", "verbatim")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_ANY = _DO | _TO | _DISGUISED | _TOLD_ABROAD | _OF_ABROAD | _LETTERS | {"inst", "jail"}
_BETWEEN = str.maketrans(dict.fromkeys("\"'().,:;!?-_*/|[]“”‘’–—", " "))
_SIGNS = lazy(r"[<`{\\]|\|>|\]\(|\[/?[iI][nN]|avascript:|&#|&lt|&gt|&amp|%[2-7][0-9a-fA-F]")
_OTHER_SCRIPT = lazy("[\u0250-\u1dff\u2060-\u206f\u2190-\uffff\U00010000-\U0010ffff\u00ad\u200b-\u200f\u202a-\u202e\u2039\u203a]")


def found(text: str) -> str:
    """Return why `text` is set aside, "" where nothing in it reads as an order or as a fence of the prompt."""
    return ruled(text) or (NOTE if _speaks(text[:_LONGEST]) else "")


def ruled(text: str) -> str:
    """Return why the rules set `text` aside, "" where none does."""
    if len(text) < _SHORTEST and (text.isascii() or len(text) < _SHORTEST_ABROAD):
        return ""
    return _look(text[:_LONGEST]) if _worth_a_look(text) else ""


def _speaks(text: str) -> bool:
    """Whether a text of several words, or what stands encoded in it, is worded as one that speaks to the machine."""
    hidden = decoded(text) if len(text) >= _LONG and _worth_a_look(text) else ()
    return any(classifier.likely("order", read) for read in (text, *hidden) if read.count(" ") > _FEW_WORDS)


def _worth_a_look(text: str) -> bool:
    """Whether a text may hold an order at all: most texts leave here, so it costs a few microseconds."""
    if _SIGNS.search(text):
        return True
    lower = text.lower()
    if not text.isascii():
        if _OTHER_SCRIPT.search(text):
            return True
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if c.isascii())
    words = lower.translate(_BETWEEN).split()
    heads = _ANY.intersection([w[:_HEAD] for w in words])
    if max(map(len, words), default=0) >= _LONG or _coded(words, len(text)):
        return True
    return bool(heads) and (
        not (heads.isdisjoint(_DO) or heads.isdisjoint(_TO))
        or not heads.isdisjoint(_DISGUISED)
        or not (heads.isdisjoint(_TOLD_ABROAD) or heads.isdisjoint(_OF_ABROAD))
        or len(heads & _LETTERS) > 3
        or any(rare in lower for rare in _RARE)
    )


def _coded(words: list[str], length: int) -> bool:
    """Whether a text is hardly of words: pairs of signs, zeros and ones, or dots and dashes."""
    if len(words) <= _SHORTEST_ABROAD:
        return length > max(2 * _LONG, 12 * len(words))
    return not 4 * len(words) <= length <= 12 * len(words) or set(words[len(words) // 2]) <= {"0", "1"}


@lru_cache(maxsize=4096)
def _look(text: str) -> str:
    read = skeleton(text)
    if (not text.isascii() or _SIGNS.search(text)) and any(
        FENCES.search(t) for t in (read.translate(_BRACKETS), text.lower(), *map(str.lower, decoded(text)))
    ):
        return MARKUP
    return NOTE if _speaks_other_tongues(text) or any(_orders(r) for r in _readings(text, read)) else ""


def _readings(text: str, read: str) -> Iterator[str]:
    """Yield the ways in which a text may be read by a machine that is eager to obey."""
    yield read
    if _UNSEEN.search(text):
        yield skeleton(_UNSEEN.sub(" ", text))
    if _FAUX_LETTERS.search(read):
        yield read.translate(_FAUX)
    if hidden := "" if text.isascii() else hidden_message(text):
        yield skeleton(hidden)
    if _LEETS.search(read):
        yield read.translate(_LEET)
    if _BACKWARDS.search(read):
        yield read[::-1]
    if _TURNED.search(read):
        yield rot13(read)
    for other in decoded(text):
        yield skeleton(other)


def _orders(read: str) -> bool:
    flat = " ".join(read.split())
    words = _WORD.findall(flat)
    heads = {w[:_HEAD] for w in words}
    if any(heads & needed and pattern.search(flat) for needed, pattern in _ANYWHERE):
        return True
    if len(words) > _FEW_WORDS and any(heads & needed and pattern.search(flat) for needed, pattern in _IF_ASKED):
        return True
    squeezed = "".join(words)
    return bool(_SQUEEZED.search(squeezed) or (_SPELT.search(flat) and _SQUEEZED_SPELT.search(squeezed)))


def _speaks_other_tongues(text: str) -> bool:
    """Whether a text orders in a language other than English."""
    if text.isascii():
        return _abroad(" ".join(text.lower().split()))
    apart = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f" and c not in "\u200b\u200c\u200d\u2060\u00ad\u0640")
    flat = " ".join(unicodedata.normalize("NFC", bare).split())
    if _abroad(flat):
        return True
    scripts = {unicodedata.name(c, " ").split(" ")[0] for c in {*flat} if c > "\u024f" and c.isalpha()}
    return any(pattern.search(flat) for script in scripts for pattern in _SCRIPTS.get(script, ()))


def _abroad(flat: str) -> bool:
    heads = {w[:_HEAD] for w in _WORD.findall(flat)}
    return any(heads & verbs and heads & objects and pattern.search(flat) for verbs, objects, pattern in _FOREIGN)
