"""Reads a song's title: the words it is known by, its guests, and the notes that make it another recording or mean nothing.

"Proud (Live at Wembley) [feat. Ines]" is `proud`, with the version `live at wembley` and the guest `ines`. A note of which
nobody says what it means ("Proud (Poem for M.)") is neither dropped nor read as part of the title: a person is asked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import islice, pairwise

from rapidfuzz.distance import Levenshtein

from songstory.lexicon import NUMBER_WORDS, TENS
from songstory.names import words

READ_KEPT = 16_384  # titles that are remembered as read, more than an import compares before each of its transactions
NOTES = 16  # different notes of one title that are looked at; a real title has two
BRACKETS = re.compile(r"[\(\[]([^()\[\]]*)[\)\]]")
GUEST = re.compile(r"\b(?:featuring|feat|ft)\b\.?\s", re.IGNORECASE)
_GUEST_NOTE = frozenset({"feat", "ft", "featuring", "with", "starring", "duet"})
# What a note may say without naming another recording, and the words that may stand beside it: "2011 Digital Remaster".
_SAME = frozenset("remaster remastered remasterizado remasterisé remastering ost soundtrack bonus".split())
_SAME_PHRASES = (
    "original version", "original mix", "main version", "bonus track", "original motion picture", "main title", "official audio",
)  # fmt: skip
# Notes that name a cut of the same recording. On one side alone a length must agree; two that differ are asked about.
_CUTS = {
    "mono": "mono", "stereo": "stereo", "explicit": "explicit", "clean": "clean", "radio edit": "edit", "radio version": "edit",
    "single edit": "edit", "album edit": "edit", "edit": "edit", "single version": "single", "original single": "single",
    "album version": "album", "lp version": "album",
}  # fmt: skip
_FROM = ("from", "theme from", "love theme from", "main theme from", "title theme from", "music from", "song from", "title song from")
_FILLER = frozenset(
    """
    the a an in at on of for and edition deluxe anniversary digital digitally hd hq version ver vers mix edit track single album audio
    original lp ep motion picture series film movie soundtrack tv official video hi res 24 bit main title radio
    """.split()
)
# What makes another recording, by the word that says so. Words of one kind mean the same: "Remixed" is a remix.
_VERSIONS = {
    word: kind
    for kind, listed in {
        "live": "live concert unplugged vivo bühne",
        "remix": "remix remixed remixes rmx rework reworked dub vip bootleg mashup flip refix club extended dance",
        "acoustic": "acoustic akustik acustico acustica acoustique stripped piano orchestral strings unplugged",
        "instrumental": "instrumental karaoke backing",
        "a cappella": "cappella capella acapella acappella",
        "demo": "demo demos outtake rehearsal rough",
        "take": "take alternate alternative early session sessions",
        "cover": "cover tribute",
        "again": "rerecorded recorded re new taylor's taylors redux revisited reimagined",
        "speed": "sped slowed nightcore reverb chopped screwed",
        "medley": "medley megamix",
        "part of it": "reprise interlude skit intro outro prelude excerpt snippet",
        "spoken": "poem spoken commentary monologue",
        "mix": "mix",
        "version": "version ver vers",
    }.items()
    for word in listed.split()
}
_PERFORMED = frozenset("live unplugged session sessions concert remix remixed".split())  # "From the BBC Sessions" is no film
_VAGUE = frozenset({"version", "mix"})  # "David Foster Vers.": of whom, not of what kind
_LANGUAGES = frozenset(
    """
    english spanish french german italian portuguese japanese korean mandarin chinese dutch swedish russian hindi español inglés espanol
    ingles français francais deutsch italiano português portugues svenska
    """.split()
)
_PARTS = frozenset("part pt parts pts vol volume no nr number chapter act book teil parte partie pat".split())
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10"}
_ARTICLES = frozenset("the a an le la les los las el der die das de het il lo gli i".split())
_SURE_ROMAN = frozenset({"ii", "iii", "iv"})
DIGITS = {word: str(number) for word, number in NUMBER_WORDS.items() if number <= 12}
# Signs that stand for letters in names (Ke$ha, M/A/R/R/S), and apostrophes that part no words.
SIGNS = str.maketrans({"'": None, "’": None, "‘": None, "ʼ": None, "`": None, "$": "s", "@": "a"})
_SMALL = frozenset("the a an of to in on and or my your is its it oh be for".split())
_KANA = re.compile(r"[\u3040-\u30ff]")


class Grade(IntEnum):
    """How alike two titles, or two artist credits, are."""

    OTHER = 0
    ASK = 1  # something speaks against it, and a person may know better
    NEAR = 2  # a slip of the pen apart: enough where a third thing agrees
    SAME = 3


@dataclass(frozen=True)
class Title:
    """A title as read: its `words` with unknown notes left out, those with them, its versions, part numbers, notes and guests."""

    words: tuple[str, ...]
    all_words: tuple[str, ...]
    versions: frozenset[str]
    version_words: frozenset[str]
    parts: tuple[str, ...]
    notes: tuple[str, ...]
    guests: tuple[str, ...]
    cuts: frozenset[str] = frozenset()
    sides: tuple[tuple[str, ...], ...] = ()  # of a double one, "Aquarius/Let the Sunshine In"
    reissued: bool = False  # a note says so, and with it why the years differ
    kana: str = ""


@lru_cache(maxsize=READ_KEPT)
def read(title: str) -> Title:
    """Return a title as read; nothing of it is lost, for what is not known is a note."""
    bare, guests = _without_guests(_turned(title))
    reissued = False
    versions, said, parts, notes, cuts = set[str](), set[str](), list[str](), list[str](), set[str]()
    for text, whole in islice(_notes(bare), NOTES):
        kind = _meaning(key_words(text))
        bare = bare.replace(whole, " ", 1)
        if kind == "guest":
            guests.append(text)
        elif kind == "cut":
            cuts.add(_cut(key_words(text)))
        elif kind == "part":
            parts.append(_number(key_words(text)))
        elif kind == "note":
            notes.append(" ".join(key_words(text)))
        elif kind == "same":
            reissued = reissued or any(w.startswith("remaster") for w in key_words(text))
        else:
            versions |= {kind}
            said |= set(key_words(text))
    own, trailing = _part_at_end(list(key_words(bare)) or [title.casefold().strip()])
    noted = tuple(w for note in notes for w in note.split())
    return Title(
        words=tuple(own), all_words=(*own, *noted), versions=frozenset(versions), version_words=frozenset(said - _FILLER),
        parts=tuple(p for p in (*trailing, *parts) if p), notes=tuple(notes), guests=tuple(guests),
        cuts=frozenset(cuts), reissued=reissued, kana=_kana(title),
        sides=tuple(key_words(side) for side in bare.split("/")[:NOTES] if any(map(str.isalpha, side))) if "/" in bare else (),
    )  # fmt: skip


def _turned(title: str) -> str:
    """Return "Freak, Le" as "Le Freak"."""
    first, comma, last = title.rpartition(",")
    return f"{last.strip()} {first}" if comma and last.strip().casefold() in _ARTICLES else title


def _kana(title: str) -> str:
    """Return a title with kana as it is told apart by more than its keys: those fold "が" into "か"."""
    wide = unicodedata.normalize("NFKC", title)
    return "".join(c for c in wide.casefold() if c.isalnum()) if _KANA.search(wide) else ""


def key_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text as they are compared: numbers in digits, "Pt. II" as "part 2", no first "the"."""
    found = [DIGITS.get(w, w) for w in words(text.translate(SIGNS))]
    found = [*found[:1], *(_ROMAN.get(w, w) if before in _PARTS else w for before, w in pairwise(found))]
    found = [*("part" if w in {"part", "pt"} and after.isdecimal() else w for w, after in pairwise(found)), *found[-1:]]
    return tuple(found[1:] if len(found) > 1 and found[0] == "the" else found)


def _notes(title: str) -> list[tuple[str, str]]:
    """Return the notes of a title, each as its text and as it stands there: brackets, and what follows the last dash between blanks."""
    found = [(m.group(1), m.group()) for m in BRACKETS.finditer(title) if title[: m.start()].strip()]
    at = max(title.rfind("-"), title.rfind("–"), title.rfind("—"))
    if at > 0 and title[at - 1].isspace() and title[at + 1 : at + 2].isspace():
        tail = title[at + 1 :]
        if _meaning(key_words(tail.split("(")[0].split("[")[0])) != "note":  # "Escape - The Piña Colada Song" is one title
            ends = min((n for n in (tail.find("("), tail.find("[")) if n >= 0), default=len(tail))
            found.append((tail[:ends], title[at : at + 1] + tail[:ends]))
    return found


def _meaning(note: tuple[str, ...]) -> str:
    """Return what a note says: guest, same, part, note (nobody knows), or the kind of version that it names."""
    if not note:
        return "same"
    text = " ".join(note)
    if note[0] in _GUEST_NOTE:
        return "guest"
    if _number(note):
        return "part"
    found = {_VERSIONS[w] for w in note if w in _VERSIONS}
    if any(text == start or text.startswith(f"{start} ") for start in _FROM) and not _PERFORMED & set(note):
        return "same"
    rest = [w for w in note if w not in _FILLER and not w.isdecimal()]
    if _cut(note):
        return "cut"
    anchored = bool(_SAME & set(note)) or any(p in text for p in _SAME_PHRASES) or text in {"original", "single", "version"}
    if anchored and all(w in _SAME for w in rest):
        return "same"
    if found - {"version", "mix", "again"}:
        return min(found - {"version", "mix"})
    if found:
        return "language" if _LANGUAGES & set(note) else min(found)
    return "language" if len(rest) <= 2 and _LANGUAGES & set(note) else "note"


def _cut(note: tuple[str, ...]) -> str:
    """Return which cut a note names: "2009 Mono Remaster" is mono; "" where it says more than that."""
    bare = [w for w in note if w not in _SAME and not w.isdecimal() and w not in {"digital", "digitally", "the", "mix"}]
    return _CUTS.get(" ".join(bare), "") or (_CUTS.get(bare[0], "") if len(bare) == 2 and bare[1] in {"version", "ver"} else "")


def _number(note: tuple[str, ...]) -> str:
    """Return the number that a note is, of a part or a year: ("part", "2") is "2", ("1959",) is "1959"; else ""."""
    bare = [w for w in note if w not in _PARTS]
    if len(bare) != 1:
        return ""
    named = bare[0].isdecimal() or bare[0] in (_ROMAN if len(note) == 2 else _SURE_ROMAN)
    return _ROMAN.get(bare[0], bare[0]) if named else ""


def _part_at_end(own: list[str]) -> tuple[list[str], list[str]]:
    """Part the number of a part at the end from the title before it: "shine on part 4" is "shine on" and "4"."""
    if len(own) > 2 and own[-2] in _PARTS - {"no", "nr", "number", "act"} and own[-1].isdecimal():
        return own[:-2], [own[-1]]
    if len(own) > 1 and own[-1] in _SURE_ROMAN:
        return [*own[:-1], _ROMAN[own[-1]]], []
    return own, []


def _without_guests(title: str) -> tuple[str, list[str]]:
    """Return a title without what follows "feat.", and that; a version named after the guest stays: "X feat. Vika Extended Mix"."""
    line = title.rfind("\n", 0, -1)
    if (guest := next((m for m in GUEST.finditer(title) if m.end() > line), None)) is None:
        return title, []
    before, after = title[: guest.start()].rstrip(), title[guest.end() :]
    if before.endswith(("(", "[")):
        close = next((n for n, c in enumerate(after) if c in ")]"), len(after))
        return f"{before[:-1].rstrip()} {after[close + 1 :]}".strip(), [after[:close]]
    at = next((n for n, c in enumerate(after) if c in "(["), len(after))
    dash = after.find(" - ")
    at = min(at, dash) if dash > 0 else at
    name, rest = after[:at].split(), after[at:]
    spoken = next((n for n, w in enumerate(name) if n and key_words(w)[:1] and key_words(w)[0] in _VERSIONS), len(name))
    tail = f" ({' '.join(name[spoken:])})" if spoken < len(name) else ""
    return f"{before}{tail} {rest}".strip(), [" ".join(name[:spoken])]


# comparing ------------------------------------------------------------------------------------------------------------


def compare(own: Title, other: Title) -> tuple[Grade, str]:
    """Return how alike two titles are, and in words what differs where that is for a person to weigh."""
    if own.versions - _VAGUE != other.versions - _VAGUE:
        return Grade.OTHER, ""
    if own.parts != other.parts and own.parts and other.parts:
        return Grade.OTHER, ""
    grade = _words(own, other)
    if grade is Grade.OTHER:
        return grade, ""
    if own.version_words != other.version_words or own.versions != other.versions:
        one, two = sorted((" ".join(sorted(own.version_words)), " ".join(sorted(other.version_words))))
        return Grade.ASK, f"version: {one or 'not named'} and {two or 'not named'}"
    if own.parts != other.parts:
        return Grade.ASK, f"part {' '.join(own.parts or other.parts)} on one side only"
    if sorted(own.notes) != sorted(other.notes) and _bag(own) != _bag(other):
        return Grade.ASK, f"note on one side only: {'; '.join(sorted(set(own.notes) ^ set(other.notes)))}"
    if own.cuts != other.cuts:
        one, two = (", ".join(sorted(t.cuts)) or "no cut" for t in (own, other))
        return (Grade.ASK if own.cuts and other.cuts else Grade.NEAR), f"{one} and {two}"
    if grade is Grade.ASK:
        return grade, "one title is only a part of the other"
    if own.kana != other.kana and own.kana and other.kana:
        return Grade.NEAR, "kana differ"
    return grade, "" if grade is Grade.SAME else "the titles are spelled differently"


def _words(own: Title, other: Title) -> Grade:
    if own.words == other.words or _bag(own) == _bag(other):
        return Grade.SAME
    grades = {slip(own.words, other.words), slip(own.all_words, other.all_words)}
    best = max(grades)
    return best if best is not Grade.OTHER else _sides(own, other)


def _bag(title: Title) -> list[str]:
    return sorted(w for w in title.all_words if w != "the")


def _sides(own: Title, other: Title) -> Grade:
    """Return ASK where one title is the beginning or the end of the other: one side of a double one, or it has a subtitle."""
    if own.words in other.sides or other.words in own.sides:
        return Grade.ASK
    short, long = sorted((own.all_words, other.all_words), key=len)
    ends = (long[: len(short)], long[-len(short) :]) if short else ()
    telling = len(short) > 1 or (len(short) == 1 and len(short[0]) > 5 and len(long) > 2)
    return Grade.ASK if telling and len(long) - len(short) > 1 and short in ends else Grade.OTHER


def slip(own: tuple[str, ...], other: tuple[str, ...]) -> Grade:
    """Return SAME for spellings of the same words, NEAR where one of many letters or a small word differs, else OTHER.

    "Livin' on a Prayer" is "Living on a Prayer"; "Bohemian Rapsody" is near; "Shuffle" and "Twist" are two words.
    """
    if own == other:
        return Grade.SAME
    if not own or not other:
        return Grade.OTHER
    if _spelled(own) == _spelled(other):
        return Grade.SAME
    if _figures(own) != _figures(other):
        return Grade.OTHER
    if len(own) != len(other):
        a, b = [w for w in own if w not in _SMALL], [w for w in other if w not in _SMALL]
        return Grade.NEAR if a == b and len(a) > 1 else Grade.OTHER
    apart = [(a, b) for a, b in zip(own, other, strict=True) if a != b]
    return Grade.NEAR if len(apart) == 1 and _mistyped(*apart[0]) else Grade.OTHER


def _figures(found: tuple[str, ...]) -> list[str]:
    return [_SPELLINGS.get(w, w) for w in found if w.isdecimal() or w in NUMBER_WORDS or w in TENS]


def _mistyped(own: str, other: str) -> bool:
    """Whether two words are a letter apart, or two where they are long; the first letter is seldom mistyped."""
    least = min(len(own), len(other))
    most = 2 if least > 7 else 1 if least > 3 else 0
    return most > 0 and own[0] == other[0] and Levenshtein.distance(own, other, score_cutoff=most) <= most


def _spelled(found: tuple[str, ...]) -> str:
    """Return words run together in one spelling: "rock 'n' roll" and "rock & roll" are one, so are "livin'" and "living"."""
    return "".join(_SPELLINGS.get(w) or (w[:-1] if w.endswith("ing") and len(w) > 5 else w) for w in found)


_SPELLINGS = {word: str(number) for word, number in {**NUMBER_WORDS, **TENS}.items()} | {
    "n": "and", "colour": "color", "honour": "honor", "favourite": "favorite", "theatre": "theater", "grey": "gray", "ok": "okay",
    "u": "you", "ur": "your", "til": "until", "till": "until", "cuz": "because", "thru": "through", "tonite": "tonight", "nite": "night",
    "luv": "love", "wanna": "wantto", "gonna": "goingto",
}  # fmt: skip
