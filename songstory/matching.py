"""Says whether a record speaks of a track: yes only when nothing speaks against it, no, or a case for a person with the evidence.

Identifiers come first, then title, artist, length and years; names alone never join, and no score outweighs a contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz import fuzz

from songstory import artist_credits, song_titles
from songstory.artist_credits import JOINTS
from songstory.models import Track
from songstory.names import fold, words
from songstory.records import Match, Recording, clock, years_of
from songstory.song_titles import BRACKETS, GUEST, Grade, key_words

NEAR_MS, WITHIN_MS, OTHER_MS = 3_000, 7_000, 60_000  # encodes of one recording differ by seconds, cuts of it by up to a minute
YEARS_APART = 6  # a song comes back on the charts, and is issued anew, within some years; after more it may be another of its name
CASES = 5  # candidates that a case shows
KEYS_KEPT = 8_192  # keys that are remembered, more than an import computes before each of its transactions
_NOTES = 16  # different notes that are looked at; a real title has two
Identifiers = Sequence[tuple[str, str]]
_GIVEN_OUT = frozenset({"musicbrainz", "wikidata"})
# Notes after a title that its key leaves out, so that all versions of a song are found together; `song_titles` tells them apart.
_LEFT_OUT = re.compile(
    r"\b(?:remaster(?:ed)?|mono|stereo|explicit|clean|album version|single version|bonus track|radio edit|edit|"
    r"live|remix|rmx|mix|vocal|club|original|acoustic|demo|instrumental|karaoke|a cappella|acapella|unplugged|session|rehearsal|"
    r"outtake|dub|cover|reprise|rework|extended|version|take|orchestral|piano|strings|tribute|medley|interlude|skit)\b"
)


# the keys that tracks are found by ---------------------------------------------------------------------------------------


@lru_cache(maxsize=KEYS_KEPT)
def title_key(title: str) -> str:
    """Return the folded words of a title without guests and notes such as "(Remastered 2011)"; the key a track is found by."""
    bare = _without_guests(title) or title
    for note in islice(dict.fromkeys([*BRACKETS.findall(bare), *_tail(bare)]), _NOTES):
        if _LEFT_OUT.search(note.casefold()):
            bare = bare.replace(note, " ")
    return " ".join(key_words(bare)) or " ".join(key_words(title)) or title.casefold().strip()


@lru_cache(maxsize=KEYS_KEPT)
def artist_key(credit: str) -> str:
    """Return the folded first name of an artist credit: "Beyoncé feat. JAY-Z" is found by "beyonce"."""
    parts = [" ".join(key_words(p)) for p in JOINTS.split(credit)]
    return next((p for p in parts if p), credit.casefold().strip())


def _without_guests(title: str) -> str:
    """Return what stands before "feat." and a bracket that opens there; guests end with the line, and it must be the last."""
    line = title.rfind("\n", 0, -1)
    if (guest := next((m for m in GUEST.finditer(title) if m.end() > line), None)) is None:
        return title
    bare = title[: guest.start()].rstrip()
    return bare[:-1].rstrip() if bare.endswith(("(", "[")) else bare


def _tail(title: str) -> list[str]:
    """Return the note after the last dash that stands between blanks, if there is one: "Song - Live" is ["Live"]."""
    at = max(title.rfind("-"), title.rfind("–"), title.rfind("—"))
    return [title[at + 1 :].lstrip()] if at > 0 and title[at - 1].isspace() and title[at + 1 : at + 2].isspace() else []


# judging ---------------------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """A track that a record may speak of, the identifiers of its recording, and the years in which it was heard of."""

    track: Track
    identifiers: Identifiers = ()
    years: Collection[int] = ()


class Judgement(NamedTuple):
    """Whether a record speaks of a track (SAME, ASK or OTHER), and in words what agrees and what differs."""

    grade: Grade
    agrees: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


OTHER = Judgement(Grade.OTHER)


def judge(record: Recording, known: Known) -> Judgement:
    """Return whether `record` speaks of a known track. Only what nothing speaks against is the same; the rest is asked or another."""
    shared = [pair for pair in record.identifiers if pair in set(known.identifiers)]
    titles, what = song_titles.compare(song_titles.read(full_title(record)), song_titles.read(known.track.title))
    if shared:
        return _identified(record, known, shared, titles, what)
    if titles is Grade.OTHER:
        return OTHER
    artists, who = _artists(record, known.track)
    if artists is Grade.OTHER:
        return OTHER
    return _named(record, known, (titles, what), (artists, who))


def full_title(record: Recording) -> str:
    """Return a record's title with the version that its source says beside it: "Dancing Queen (Live)"."""
    return f"{record.title} ({record.version})" if record.version and record.version not in record.title else record.title


def _artists(record: Recording, track: Track) -> tuple[Grade, str]:
    own = artist_credits.read(record.artist_credit, song_titles.read(record.title).guests)
    return artist_credits.compare(own, artist_credits.read(track.artist_credit, song_titles.read(track.title).guests))


def _identified(record: Recording, known: Known, shared: Identifiers, titles: Grade, what: str) -> Judgement:
    """Judge a record that shares an identifier with a track: it is the track, unless the two are plainly not one song."""
    agrees = tuple(f"{scheme} {value}" for scheme, value in shared)
    if any(_speaks_for(record.source, scheme) for scheme, _ in shared):
        return Judgement(Grade.SAME, agrees)
    differs = []
    if titles is Grade.OTHER or what.startswith(("version", "part")):
        differs.append(f"title: {full_title(record)!r} and {known.track.title!r}")
    own, other = record.artist_credit, known.track.artist_credit
    if own and _artists(record, known.track)[0] is Grade.OTHER and _in_one_script(own, other):
        differs.append(f"artist: {record.artist_credit!r} and {known.track.artist_credit!r}")
    if (apart := _apart(record, known.track)) is not None and apart > OTHER_MS:
        differs.append(_lengths(record, known.track))
    return Judgement(Grade.ASK if differs else Grade.SAME, agrees, tuple(differs))


def _in_one_script(own: str, other: str) -> bool:
    """Whether two names are in one script, so that they can be compared: "BTS" and "방탄소년단" may be one."""
    return own.isascii() == other.isascii() or fold(own).isascii() == fold(other).isascii()


def _speaks_for(source: str, scheme: str) -> bool:
    """Whether a source gives out the identifiers of a scheme itself, and parts its recordings by them."""
    return scheme == source and scheme in _GIVEN_OUT


def _named(record: Recording, known: Known, title: tuple[Grade, str], artist: tuple[Grade, str]) -> Judgement:
    """Judge a record by what it names: title and artist are alike at least."""
    track, apart = known.track, _apart(record, known.track)
    years = _years_apart(record, known)
    other_ids = _other_identifiers(record, known)
    sure = title[0] is artist[0] is Grade.SAME
    far = apart is not None and apart > OTHER_MS
    differ = far or (years > YEARS_APART) or (other_ids and ((apart is not None and apart > WITHIN_MS) or years > 1))
    if far or (other_ids and (differ or any(_speaks_for(record.source, s) for s, _, _ in other_ids))):
        return OTHER
    if not sure and (years > YEARS_APART or (artist[0] is Grade.ASK and years > 3)):
        return OTHER
    near = Grade.NEAR in {title[0], artist[0]}
    if near and min(title[0], artist[0]) is Grade.NEAR and apart is not None and apart <= NEAR_MS and not other_ids:
        near = False
    differs = tuple(w for grade, w in (title, artist) if w and (grade is Grade.ASK or near))
    differs += tuple(f"{scheme}: {own} and {their}" for scheme, own, their in other_ids)
    differs += (_lengths(record, track),) if apart is not None and apart > WITHIN_MS else ()
    differs += (f"{years} years apart",) if years > YEARS_APART else ()
    if not differs and not near:
        return Judgement(Grade.SAME, _agreeing(record, track, apart))
    return Judgement(Grade.ASK, _agreeing(record, track, apart), differs)


def _agreeing(record: Recording, track: Track, apart: int | None) -> tuple[str, ...]:
    said = [f"title: {track.title}", f"artist: {track.artist_credit}"]
    return (*said, "length") if apart is not None and apart <= WITHIN_MS else tuple(said)


def _apart(record: Recording, track: Track) -> int | None:
    return abs(record.length_ms - track.length_ms) if record.length_ms and track.length_ms else None


def _lengths(record: Recording, track: Track) -> str:
    return f"length: {clock(record.length_ms or 0)} and {clock(track.length_ms or 0)}"


def _years_apart(record: Recording, known: Known) -> int:
    """Return how far apart the nearest years of both sides are, 0 where one says none."""
    if song_titles.read(full_title(record)).reissued or song_titles.read(known.track.title).reissued:
        return 0
    released = known.track.first_release_date[:4]
    other = {*known.years, int(released)} if released.isdecimal() else set(known.years)
    return min((abs(a - b) for a in years_of(record) for b in other), default=0)


def _other_identifiers(record: Recording, known: Known) -> list[tuple[str, str, str]]:
    """Return (scheme, own, other) where both sides have identifiers of one scheme and share none."""
    found = []
    for scheme in dict.fromkeys(s for s, _ in record.identifiers):
        own = [v for s, v in record.identifiers if s == scheme]
        other = [v for s, v in known.identifiers if s == scheme]
        if other and not set(own) & set(other):
            found.append((scheme, own[0], other[0]))
    return found


def best(record: Recording, candidates: Iterable[Known]) -> tuple[str, list[Match]]:
    """Return ("found", [the match]), ("ask", matches for a person, the best first) or ("none", []).

    A tie is never broken by chance: where two tracks are as good as one another, a person decides.
    """
    judged = [(known, found) for known in candidates if (found := judge(record, known)).grade is not Grade.OTHER]
    if not judged:
        return "none", []
    same = [(known, found) for known, found in judged if found.grade is Grade.SAME]
    if len(same) > 1:
        exact = [(known, found) for known, found in same if _exact(record, known.track)]
        same = exact if len(exact) == 1 else same
    if len(same) == 1:
        return "found", [_match(record, *same[0])]
    matches = sorted((_match(record, known, found) for known, found in judged), key=lambda m: (-m.score, m.track.id))
    return "ask", matches[:CASES]


def _match(record: Recording, known: Known, found: Judgement) -> Match:
    return Match(track=known.track, score=likeness(record, known.track), agrees=found.agrees, differs=found.differs)


def likeness(record: Recording, track: Track) -> float:
    """Return 0 to 100: how alike the letters of title and artist are, for the order in which a person sees candidates."""
    titles = fuzz.ratio(title_key(record.title), title_key(track.title))
    return round((titles + fuzz.ratio(artist_key(record.artist_credit), artist_key(track.artist_credit))) / 2, 1)


def _exact(record: Recording, track: Track) -> bool:
    return [fold(w) for w in words(track.title)] == [fold(w) for w in words(full_title(record))] and words(track.artist_credit) == words(
        record.artist_credit
    )
