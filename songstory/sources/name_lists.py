"""Lists of names in prose: taken whole, or not at all. "singer Ana Okafor and producers Ben Quill and J. R. Cole" is three."""

from __future__ import annotations

import re

from songstory.patterns import lazy

_PARTICLES = frozenset("de da di del della van von der den la le el al bin ben y e of the and &".split())
_TITLES = lazy(
    r"^(?:(?:the|its|their|his|her|a|an|both|all|then|fellow|longtime|long-time|frequent|former|late)\s+)*"
    r"(?:[\w'’.&-]+\s+){0,4}?(?:band ?mates?|members?|singers?|songwriters?|writers?|producers?|co-producers?|guitarists?|bassists?|drummers?|"
    r"keyboardists?|vocalists?|frontman|frontwoman|rappers?|musicians?|duo|trio|teams?|composers?|lyricists?|collaborators?|partners?|"
    r"brothers?|sisters?|husband|wife|directors?|film-?makers?|photographers?|engineers?|DJs?|pianists?|performers?|artists?|group|band)\s*,?\s+"
)
_GOES_ON = (
    r"(?:(?:and|but|while|with|who|which|that|whose|where|when|after|before|during|for|in|on|at|from|as|under|through|via|using|"
    r"over|to|into|about|because|since|until|alongside|featuring|is|was|were|are|has|had)\s++(?!(?:the\s+)?[A-Z]|(?:its|the|their|his|her)\s+[a-z-]+s,?\s+[A-Z])|"
    r"(?:and|while|but)\s++(?:was|were|is|it|its(?!\s+[a-z-]+s,?\s+[A-Z])|has|had|then|also|co-?\w+ed|\w+ed|features?|features|released|recorded|mixed|produced|directed|"
    r"written|engineered|mastered|arranged)\b|"
    r"(?:for|in|on|at|from|as|with|under|during|after|before|who|which|that|while|by|of|to|was|is|featuring|alongside|via)\s)"
)
_ENDS = lazy(
    r"(?<!\s)(?:\s*+(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bJr)\.(?=\s|$)|[;:(\[–—]|"
    rf",(?:\s++{_GOES_ON}|\s*+(?=\d))|$)|\s++{_GOES_ON})"
)


# A quotation behind a comma is no item of a list but the subject of what follows; one that a capital follows is a by-name.
_QUOTATION = lazy(
    r',\s++(?:["“][^"”]{1,120}["”](?!\s++[A-Z])|(?:it|its|he|she|they)\b|(?:the|this) (?:song|track|single|recording|ballad|album|EP|video|film)\b)'
)
_MEMBERS = lazy(r"(?:all )?(?:of )?(?:the|its|their) (?:[\w'’-]+ ){0,5}(?:members|musicians|writers|songwriters|producers|singers): (?=[A-Z])")


def names(text: str, title: str = "") -> list[str]:
    """Return the names of the list that `text` begins with; none when any of its items is no plain name.

    A list ends at a quotation, and at the song's own title: 'A, B and C, "Loverboy" is built around ..' is three.
    """
    if members := _MEMBERS.match(text):  # "the band's three members: A, B and C"
        text = text[members.end() :]
    end = _ENDS.search(text)
    listed = text[: end.start()] if end else text
    if quotation := _QUOTATION.search(listed):
        listed = listed[: quotation.start()]
    rest = text[len(listed) :]
    if re.match(r"\s+(?:on|in|of|at|from)\s+(?:[\w'’-]+\s+){1,6}(?:producers?|writers?|co-writers?|members?|singers?)\b", rest):
        return []  # the words up to the noun are a title, not a place
    if re.match(r"\s+(?:and|with|alongside)\s+(?:the |its |his |her |their )?[a-z]", rest) and not re.match(
        r"\s+and\s+(?:(?:the\s+)?(?:lyrics|words|music|production|text)\b|was|were|is|it|its|has|had|then|also|features?|released|recorded|mixed|produced|directed|written|engineered|mastered|arranged)\b",
        rest,
    ):
        return []
    found: list[str] = []
    for item in re.split(r",\s++and\s++|(?<!\s)\s++and\s++|,\s++", listed.strip().rstrip(",.")):
        name = _TITLES.sub("", item.strip()).strip(" ,.\"'") if not _plain(item.strip()) else item.strip()
        if _ROLE_ONLY.fullmatch(item.strip()):
            continue  # "its producers," before the names
        if title and found and _key(name) == _key(title):
            break
        if not _plain(name) or (title and _key(name) == _key(title)):
            return []
        found.append(name)
    return found if 0 < len(found) <= 12 else []


def whole(text: str, title: str = "") -> list[str]:
    """Return the names of a list that `text` is and nothing else: the subject of "Ana Okafor and Ben Quill wrote the song"."""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if first.casefold() in _ROLES:
        text = text[0].lower() + text[1:]  # "Producer Ana Okafor" begins a sentence: a role, and no name
    end = _ENDS.search(text)
    return names(text, title) if end is None or not text[end.start() :].strip() else []


_ROLES = frozenset(
    """singer songwriter singer-songwriter producer co-producer guitarist bassist drummer keyboardist vocalist frontman rapper musician duo trio
    composer lyricist collaborator director filmmaker photographer engineer pianist critic journalist writer author reviewer bandleader
    bandmates brothers sisters partner husband wife group band lead""".split()
)


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()


_ROLE_ONLY = lazy(
    r"(?:(?:its|the|their|his|her|fellow|band|main)\s+)*(?:song-?)?(?:producers?|co-producers?|writers?|co-writers?|songwriters?|members|bandmates)"
)


_MOST_WORDS = 5  # of a name


def _plain(name: str) -> bool:
    words = name.split(maxsplit=_MOST_WORDS)
    if len(words) > _MOST_WORDS:
        return False
    capital = [w for w in words if w[:1].isupper() or w[:1].isdecimal() or w.startswith(("will.", "d'", "k."))]
    small = [w for w in words if w not in capital]
    return (
        bool(capital) and words[0] in capital and set(small) <= _PARTICLES and not _NO_NAME.search(name) and '"' not in name
    )  # fmt: skip


_NO_NAME = lazy(
    r"\b(?:The (?:band|song|duo|group|singer)|It|He|She|They|Them|Album|Records|Billboard|American|British|English|January|Chart)\b|\d{3}"
)
