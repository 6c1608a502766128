"""What sensitive matters a text speaks of, read in context: names, titles and the language of music say nothing."""

from __future__ import annotations

import re

from songstory import figures
from songstory.music_words import KNOWN_NAMES, MUSIC, MUSIC_CLASSES, ROLES, SCREEN
from songstory.patterns import lazy
from songstory.phrase_table import PhraseTable, split
from songstory.sensitive_words import CLASSES, COMMON, KINDS

_MARK = " \u00b7 "  # stands where something was taken out, so that its neighbours do not join
_KINDS = PhraseTable(KINDS, CLASSES, COMMON)
_MUSIC = PhraseTable({"music": MUSIC}, {**CLASSES, **MUSIC_CLASSES}, COMMON)
_ROLES = PhraseTable({"role": ",".join(ROLES.split())}, {}, ())
_SCREEN = frozenset(SCREEN.split())
_SMALL = frozenset("of the and in for to a an on at by with from or n feat. ft. featuring".split())
# A title in quotation marks, a name that a word announces or that a name's own noun ends: each written in capitals throughout.
_CAPITALS = r"(?:[A-Z][\w'’]{0,30}|&|of|the|and|in|for|to|a|on|at|by|with|from|my|your|is|or|n)"
_NAMED = lazy(
    rf'(?<!was )(?<!were )(?<!is )(?<!been )["“] ?(?:[A-Z][\w\'’]{{0,30}}|\d{{1,4}})(?:[ -]{_CAPITALS}){{0,7}}[!?.,]?["”]'
    rf"|\b(?:band|group|duo|film|movie|album|song|single|book|novel|series|show|musical|magazine|play|club|studio"
    rf"|named after|called|titled|entitled)"
    rf" (?:the |The )?[A-Z][\w'’]{{1,30}}(?: [A-Z][\w'’]{{1,30}}){{0,4}}"
    rf"|\b(?:{'|'.join(re.escape(name.strip()) for name in KNOWN_NAMES.split(','))})\b"
    r"|(?<=\w )(?:Foster|Brandy|Cash|Grant|Mason|Sherry|Banks|Judge|Law|Price|Blood|Weed|Coke|Savage|Fisher"
    r"|Monk|Hooker|Slaughter|Bishop|Pope|Cane|Payne|Gunn)\b"
    r"|\b(?:[A-Z][\w'’]{1,30} (?:Foster|Brandy|Cash|Grant|Mason|Gay|Christian|Outlaw|Judge|Graves?)"
    r"|(?:Christian|Faith|Gay|Foster|Cash) [A-Z][\w'’]{1,30})\b"
    r"|(?<!was )(?<!were )\b[A-Z]\w{1,30}[?!](?= [a-z])|(?<=\w )[A-G](?:[ -](?:flat|sharp))? (?:minor|major)\b"  # a name with a mark, a key
    rf"|\bThe [A-Z][\w'’]{{1,30}}(?: [A-Z][\w'’]{{1,30}}){{0,3}}"
    rf"|\b[A-Z][\w'’]{{1,30}} (?:[A-Z][\w'’]{{1,30}} ){{0,2}}(?:Today|Times|Magazine|Records|Media|Tour|Post|Herald|Review|News"
    rf"|Weekly|Press|Band|Orchestra|Choir|Studios?|Festival|Boys|Girls)\b"
)


def found(text: str, own: tuple[str, ...] = ()) -> list[str]:
    """Return the kinds of sensitive matters that `text` speaks of; `own` are the names of its song and artists."""
    words = split(text.casefold())
    likely = _KINDS.likely(words)
    if not likely:
        return []
    lower = plain(text, own)
    kinds = _KINDS.labels(lower, likely)
    return _KINDS.labels(figures.without(lower, _MARK), likely) if kinds else kinds


def plain(text: str, own: tuple[str, ...] = ()) -> str:
    """Return a text in small letters without its names, its titles and the language of music."""
    for name in filter(_is_name, own):
        text = re.sub(rf"(?<!was )(?<!were )(?<!been )(?<!\w){re.escape(name)}(?!\w)", _MARK, text)
    lower = _NAMED.sub(_MARK, text).casefold()
    words = split(lower)
    lower = _MUSIC.without(lower, words, _MARK)
    return lower if _SCREEN.isdisjoint(words) else _ROLES.without(lower, words, _MARK)


def _is_name(text: str) -> bool:
    """Whether each word of it is written as that of a name, so that no phrase of a sentence passes for one."""
    return bool(text) and all(not word[0].islower() or word in _SMALL for word in text.split())
