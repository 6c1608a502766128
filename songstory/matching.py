"""Finds the track a record speaks of: by identifier first, else by title, artist credit and length with a score. Names alone never join."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from rapidfuzz import fuzz

from songstory.lexicon import NUMBER_WORDS
from songstory.models import Track
from songstory.names import fold, words
from songstory.records import Match

ACCEPT = 90.0  # a candidate at least this like, and clearly before the next one, is the track
ASK = 80.0  # between the two a person decides
LEAD = 4.0  # how far the best must stand before the second
SAME_LENGTH_MS, NEAR_LENGTH_MS, OTHER_LENGTH_MS = 3_000, 7_000, 20_000  # encodes differ by seconds; other versions by more
JOINTS = re.compile(r"\b(?:featuring|feat|ft|with|presents|pres|versus|vs|and|und|et|y|con|x)\b\.?|[&+,;/·]", re.IGNORECASE)
_GUEST = re.compile(r"\b(?:featuring|feat|ft)\b\.?\s", re.IGNORECASE)
_BRACKETS = re.compile(r"[\(\[]([^()\[\]]*)[\)\]]")
_PART_ONE = re.compile(r"(?<![,\s(\[])[,\s(\[]++(?:part|pt)\.?\s*+(?:1|i|one)\b[)\]]?\s*+$", re.IGNORECASE)
KEYS_KEPT = 8_192  # keys that are remembered, more than an import computes before each of its transactions
_NOTES = 16  # different notes that are looked at; a real title has two
# Notes after a title that name the same recording, and those that name another one.
_SAME = re.compile(
    r"\b(?:remaster(?:ed)?|mono|stereo|explicit|clean|album version|single version|original (?:mix|version)|bonus track|radio edit|edit)\b"
)
_OTHER = re.compile(
    r"\b(?:live|remix|rmx|mix|vocal|club|original|acoustic|demo|instrumental|karaoke|a cappella|acapella|unplugged|session|rehearsal|"
    r"outtake|dub|cover|reprise|rework|extended|version|take|orchestral|piano|strings|tribute|medley|interlude|skit)\b"
)


@lru_cache(maxsize=KEYS_KEPT)
def title_key(title: str) -> str:
    """Return the folded words of a title without guests and notes such as "(Remastered 2011)"; the key a track is found by."""
    bare = _without_guests(title) or title
    for note in islice(dict.fromkeys([*_BRACKETS.findall(bare), *_tail(bare)]), _NOTES):
        if _SAME.search(note.casefold()) or _OTHER.search(note.casefold()):
            bare = bare.replace(note, " ")
    return _joined(bare) or _joined(title) or title.casefold().strip()


@lru_cache(maxsize=KEYS_KEPT)
def artist_key(credit: str) -> str:
    """Return the folded first name of an artist credit: "Beyoncé feat. JAY-Z" is found by "beyonce"."""
    parts = [_joined(p) for p in JOINTS.split(credit)]
    return next((p for p in parts if p), credit.casefold().strip())


def _without_guests(title: str) -> str:
    """Return what stands before "feat." and a bracket that opens there; guests end with the line, and it must be the last."""
    line = title.rfind("\n", 0, -1)
    if (guest := next((m for m in _GUEST.finditer(title) if m.end() > line), None)) is None:
        return title
    bare = title[: guest.start()].rstrip()
    return bare[:-1].rstrip() if bare.endswith(("(", "[")) else bare


def _tail(title: str) -> list[str]:
    """Return the note after the last dash that stands between blanks, if there is one: "Song - Live" is ["Live"]."""
    at = max(title.rfind("-"), title.rfind("–"), title.rfind("—"))
    return [title[at + 1 :].lstrip()] if at > 0 and title[at - 1].isspace() and title[at + 1 : at + 2].isspace() else []


def _joined(text: str) -> str:
    found = [_DIGITS.get(w, w) for w in words(text.translate(_SIGNS))]
    found = [*found[:1], *(_ROMAN.get(w, w) if before in _PARTS else w for before, w in pairwise(found))]
    found = [*("part" if w in _PARTS and after.isdecimal() else w for w, after in pairwise(found)), *found[-1:]]
    return " ".join(found[1:] if len(found) > 1 and found[0] == "the" else found)


# Signs that stand for letters in names (Ke$ha, P!nk, M/A/R/R/S), and apostrophes that part no words.
_SIGNS = str.maketrans({"'": None, "’": None, "‘": None, "$": "s", "@": "a"})
_PARTS = frozenset({"part", "pt"})
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_DIGITS = {word: str(number) for word, number in NUMBER_WORDS.items() if number <= 12}


def _notes(title: str) -> frozenset[str]:
    """Return the words that make a title another recording: live, remix and the like, with the rest of their note."""
    found = [n.casefold() for n in [*_BRACKETS.findall(title), *_tail(title)]]
    return frozenset(" ".join(words(n)) for n in found if _OTHER.search(n) and not _SAME.search(n))


def _numbers(key: str) -> list[str]:
    return [w for w in key.split() if w.isdecimal() or w in {"i", "ii", "iii", "iv", "v"}]


def score(title: str, credit: str, length_ms: int | None, track: Track) -> float:
    """Return 0 to 100: how surely `track` is the recording of this title, artist credit and length in milliseconds.

    Another version (live, remix), another number in the title or a length further off than 20 s is 0.
    """
    if _notes(title) != _notes(track.title):
        return 0.0
    alike = _titles(title, track.title)
    artists = _artists(credit, track.artist_credit)
    if alike < 88 or artists < 75:
        return 0.0
    apart = abs(length_ms - track.length_ms) if length_ms and track.length_ms else None
    if apart is not None and apart > OTHER_LENGTH_MS:
        return 0.0
    return (
        0.5 * alike
        + 0.4 * artists
        + (8.0 if apart is None else 10.0 if apart <= SAME_LENGTH_MS else 6.0 if apart <= NEAR_LENGTH_MS else 0.0)
    )


def _titles(own: str, other: str) -> float:
    """Return how alike two titles are; a subtitle in brackets, a second side or "Part 1" may be missing on one of them."""
    a, b = title_key(own), title_key(other)
    if a == b:
        return 100.0
    if _forms(own) & _forms(other):
        return 96.0
    if _numbers(a) != _numbers(b):
        return 0.0
    return fuzz.ratio(a.replace(" ", ""), b.replace(" ", ""))


@lru_cache(maxsize=8192)
def _forms(title: str) -> frozenset[str]:
    """Return the keys a title may also go by: without its brackets, either side of a double one, without "Part 1"."""
    bare = _BRACKETS.sub(" ", title)
    sides = [s for text in (title, bare) for s in [text, *text.split("/")] if s.strip()]
    parts = [_PART_ONE.sub("", s) for s in sides]
    return frozenset(key for s in [*sides, *parts] if (key := title_key(s)) and len(key) > 1)


def _artists(own: str, other: str) -> float:
    """Return how alike two artist credits are: the first names count, guests may be missing on one side."""
    a, b = _credited(own), _credited(other)
    if a[0] == b[0] or " ".join(a) == " ".join(b):
        return 100.0
    if set(a) <= set(b) or set(b) <= set(a):
        return 96.0
    short, long = sorted((a[0].split(), b[0].split()), key=len)
    if len(short) == 1 < len(long) and len(short[0]) > 3 and short[0] in {long[0], long[-1]}:
        return 82.0  # "Nilsson", "Janet": enough beside an equal title, and only just
    squeezed = fuzz.ratio("".join(a), "".join(b))
    return max(
        squeezed, fuzz.ratio(a[0], b[0]) if min(len(a[0]), len(b[0])) > 4 else 0.0, 92.0 if set(a) & set(b) and len(a) > 1 < len(b) else 0.0
    )


@lru_cache(maxsize=8192)
def _credited(credit: str) -> tuple[str, ...]:
    return tuple(p for p in (_joined(part) for part in JOINTS.split(credit)) if p) or (credit.casefold().strip(),)


def best(title: str, credit: str, length_ms: int | None, candidates: Iterable[Track]) -> tuple[str, list[Match]]:
    """Return ("found", [the match]), ("ask", matches for a person, the best first) or ("none", []).

    A tie is never broken by chance: two tracks as like as one another go to a person.
    """
    scored = sorted((Match(track=t, score=round(s, 1)) for t in candidates if (s := score(title, credit, length_ms, t)) >= ASK), key=_rank)
    if not scored:
        return "none", []
    lead = scored[0].score - scored[1].score if len(scored) > 1 else 100.0
    if scored[0].score >= ACCEPT and lead >= LEAD:
        return "found", scored[:1]
    exact = [m for m in scored if _exact(m.track, title, credit)]
    if scored[0].score >= ACCEPT and len(exact) == 1 and exact[0] is scored[0] and lead > 0:
        return "found", exact
    return "ask", scored[:5]


def _exact(track: Track, title: str, credit: str) -> bool:
    return [fold(w) for w in words(track.title)] == [fold(w) for w in words(title)] and words(track.artist_credit) == words(credit)


def _rank(match: Match) -> tuple[float, str]:
    return -match.score, match.track.id


def same_thing(own: Sequence[tuple[str, str]], other: Sequence[tuple[str, str]]) -> bool | None:
    """Return True when two sets of identifiers share one, False when an MBID denies it, None when they cannot tell."""
    if set(own) & set(other):
        return True
    ids = [{v for s, v in found if s == "musicbrainz"} for found in (own, other)]
    return False if ids[0] and ids[1] else None
