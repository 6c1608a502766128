"""What the roles of Discogs say: `Written-By`, `Producer [Additional]`, `Engineer [Recording, Mixing]`, one credit or several.

A role is read by the word before its bracket, and by what stands in the bracket where that changes it. A bracket that may take
from a role, such as "[Assistant]", takes it away; those and roles that are not known are passed over, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songstory import brackets
from songstory.records import Passed

ROLES = {
    "written-by": "writer", "songwriter": "writer", "author": "writer", "music by": "composer", "composed by": "composer",
    "lyrics by": "lyricist", "words by": "lyricist", "text by": "lyricist", "libretto by": "lyricist", "producer": "producer",
    "produced by": "producer", "co-producer": "co_producer", "executive-producer": "executive_producer", "arranged by": "arranger",
    "engineer": "engineer", "recorded by": "engineer", "mixed by": "mixer", "mastered by": "mastering_engineer",
    "programmed by": "programmer", "drum programming": "programmer", "conductor": "conductor", "chorus master": "conductor",
    "remix": "remixer", "featuring": "featured_artist", "performer": "performer", "orchestra": "performer", "choir": "performer",
    "ensemble": "performer", "band": "performer", "soloist": "performer",
}  # fmt: skip
INSTRUMENTS = frozenset(
    part.strip()
    for part in """
    guitar, bass, drums, piano, keyboards, percussion, violin, trumpet, organ, flute, cello, electric guitar, acoustic guitar, bass guitar,
    synthesizer, trombone, harmonica, mandolin, saxophone, tenor saxophone, alto saxophone, lead guitar, rhythm guitar, banjo, accordion,
    electric piano, congas, harpsichord, viola, clarinet, oboe, bassoon, french horn, tuba, harp, sitar, tabla, bongos, tambourine, steel guitar,
    pedal steel guitar, slide guitar, double bass, electric bass, acoustic bass, contrabass, vibraphone, marimba, xylophone, timpani, fiddle,
    ukulele, dobro, lap steel guitar, baritone saxophone, soprano saxophone, bass clarinet, piccolo flute, flugelhorn, cornet, euphonium, glockenspiel,
    celesta, clavinet, mellotron, theremin, vocoder, turntables, bells, cowbell, maracas, shaker, djembe, bodhran, tin whistle, bagpipes,
    didgeridoo, koto, shakuhachi, erhu, oud, bouzouki, balalaika, zither, autoharp, dulcimer, melodica, concertina, classical guitar,
    twelve-string guitar, 12-string acoustic guitar, fretless bass, upright bass, hammond organ, grand piano, synth, horn, horns, strings, recorder,
    harmonium, handclaps, whistling, timbales, talking drum, bass trombone, electronic drums, gong, viol, violone, talkbox, electronics
    """.split(",")
)  # fmt: skip
PARTS = {
    "vocals": "vocals", "voice": "vocals", "lead vocals": "lead vocals", "backing vocals": "backing vocals", "harmony vocals": "harmony vocals",
    "chorus": "chorus vocals", "rap": "rap vocals", "mc": "rap vocals", "soprano vocals": "soprano vocals", "alto vocals": "alto vocals",
    "tenor vocals": "tenor vocals", "baritone vocals": "baritone vocals", "bass vocals": "bass vocals", "contralto vocals": "contralto vocals",
}  # fmt: skip
# What a note makes of a role; "" where it leaves the role as it is.
_NOTES = {
    **dict.fromkeys([(r, n) for r in ("written-by", "songwriter", "author") for n in ("lyrics", "words", "text", "lyric")], "lyricist"),
    **dict.fromkeys([(r, n) for r in ("written-by", "songwriter", "author") for n in ("music", "composed", "melody", "composer")], "composer"),
    **dict.fromkeys([("written-by", n) for n in ("music & lyrics", "words & music", "lyrics & music", "music & words")], "writer"),
    ("producer", "additional"): "additional_producer", ("producer", "executive"): "executive_producer", ("producer", "co-producer"): "co_producer",
    ("producer", "co"): "co_producer", ("producer", "vocals"): "vocal_producer", ("producer", "vocal"): "vocal_producer",
    ("engineer", "recording"): "engineer", ("engineer", "tracking"): "engineer", ("engineer", "principal"): "engineer",
    ("engineer", "live recording"): "engineer", ("engineer", "mix"): "mixer", ("engineer", "mixing"): "mixer",
    ("engineer", "mastering"): "mastering_engineer", ("mixed by", "mixing"): "mixer", ("recorded by", "sound recording"): "engineer",
    ("drums", "programmed"): "programmer", ("drums", "programming"): "programmer", ("keyboards", "programming"): "programmer",
    ("keyboards", "programmed"): "programmer", ("synthesizer", "programming"): "programmer", ("synthesizer", "programmed"): "programmer",
}  # fmt: skip
_ALL = re.compile(r"\ball (?:tracks?|songs?|music|titles?|compositions?|lyrics|selections)\b(?: by)?|^all$", re.IGNORECASE)
_HARMLESS = re.compile(
    r"(?:uncredited|not credited|by|credited to|(?:appears )?courtesy of .*|for (?!tracks?\b|songs?\b).*|produced|engineered|mixed|arranged|"
    r"written|composed|featuring|feat\.?|guest|special guest)",
    re.IGNORECASE,
)
# What is arranged, and who is conducted, is a part of the whole in a song; it is said of the song all the same.
_FORCES = re.compile(r"(?:the )?(?:strings?|horns?|brass|woodwinds?|vocals?|choir|chorus|orchestra|rhythm|winds|string quartet)", re.IGNORECASE)
_OF_FORCES = frozenset({"arranged by", "conductor"})
_VOICES = re.compile(r"(?:lead|backing|background|harmony|additional|rap|spoken|soprano|alto|tenor|baritone|bass|choir|chorus)", re.IGNORECASE)
_SPELT = {"written by": "written-by", "executive producer": "executive-producer", "co producer": "co-producer", "drum machine": "drums"}


@dataclass(frozen=True)
class Credit:
    """One thing that a role says of a person; `everywhere` where a note says that it holds for all tracks."""

    predicate: str
    qualifiers: dict[str, str | int | float]
    everywhere: bool = False


def credits(stated: str) -> Iterator[Credit | Passed]:
    """Yield what the roles of one person say: "Engineer [Recording, Mixing]" is an engineer and a mixer."""
    for role in brackets.split(stated, "[", "]"):
        left, noted = brackets.notes(role)
        bare = " ".join(left.split()).casefold()
        if bare:
            yield from _credit(_SPELT.get(bare, bare), [" ".join(n.split()) for n in noted if n.strip()])


def _credit(bare: str, notes: list[str]) -> Iterator[Credit | Passed]:
    left = [n for n in notes if not _all(n) and not _HARMLESS.fullmatch(n)]
    if bare not in ROLES and bare not in INSTRUMENTS and bare not in PARTS:
        yield Passed(f"role {bare[:60]!r} is not known")
        return
    found = [_noted(bare, piece) for note in left for piece in _pieces(bare, note)]
    if None in found and bare in ROLES:
        yield Passed(f"role {bare[:60]!r} with a note that may take from it")
        return
    changed = list(dict.fromkeys(p for p in found if p))
    for predicate in changed or [_plain(bare)]:
        yield Credit(predicate, _qualifiers(bare, predicate, left), any(_all(n) for n in notes))


def _all(note: str) -> bool:
    """Whether a note says that a role holds for all tracks; "All Tracks Except B2" does not."""
    return _ALL.search(note) is not None and not re.search(r"\b(?:except|but|bar)\b", note, re.IGNORECASE)


def _pieces(bare: str, note: str) -> list[str]:
    """Return a note whole where it is known, else what stands between its commas: "Recording, Mixing" is two."""
    whole = note.casefold().replace(" and ", " & ")
    if (bare, whole) in _NOTES:
        return [whole]
    return [p for part in re.split(r"[,&/]", whole) if (p := re.sub(r"(?<!\s)\s++(?:by|production|engineer|engineering)$", "", part.strip()))]


def _noted(bare: str, piece: str) -> str | None:
    """Return what a piece of a note makes of a role, "" where it leaves it as it is, None where it may take from it."""
    if (bare, piece) in _NOTES:
        return _NOTES[bare, piece]
    if _HARMLESS.fullmatch(piece) or (bare in _OF_FORCES and (_FORCES.fullmatch(piece) or piece in INSTRUMENTS)):
        return ""
    return None


def _plain(bare: str) -> str:
    return ROLES.get(bare) or ("instrument" if bare in INSTRUMENTS else "vocal")


def _qualifiers(bare: str, predicate: str, notes: list[str]) -> dict[str, str | int | float]:
    if predicate == "instrument":
        return {"instrument": bare}
    if predicate != "vocal":
        return {}
    voice = next((n.casefold() for n in notes if _VOICES.fullmatch(n)), "")
    return {"part": f"{voice} vocals" if voice and bare in {"vocals", "voice"} else PARTS[bare]}
