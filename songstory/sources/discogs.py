"""Discogs: the monthly dumps of releases, masters, artists and labels, walked an element at a time, however large.

A release gives a recording for each of its tracks. Roles are Discogs' own words, such as `Written-By` or
`Producer [Additional]`; credits of the release count for all its tracks only where it says so, and `tracks` ranges such
as "A1 to A4" are followed. An artist's name variation is kept as credited.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songstory import brackets
from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.records import Passed, Recording, Statement
from songstory.sources import xml
from songstory.sources.shapes import entity, partial_date
from songstory.sources.xml import child, children, local, words

log = logging.getLogger(__name__)

SOURCE = Source(
    key="discogs", name="Discogs", licence="CC0 1.0", licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="Discogs contributors; monthly data dumps", url="https://www.discogs.com/", trust=60, independent_group="discogs",
)  # fmt: skip
TAGS = frozenset({"release", "master", "artist", "label"})
ROLES = {
    "written-by": "writer", "written by": "writer", "songwriter": "writer", "author": "writer", "music by": "composer", "composed by": "composer",
    "lyrics by": "lyricist", "words by": "lyricist", "producer": "producer", "produced by": "producer", "co-producer": "co_producer",
    "executive-producer": "executive_producer", "executive producer": "executive_producer", "arranged by": "arranger", "engineer": "engineer",
    "recorded by": "engineer", "mixed by": "mixer", "mastered by": "mastering_engineer", "programmed by": "programmer",
    "conductor": "conductor", "remix": "remixer", "featuring": "featured_artist", "vocals": "vocal", "lead vocals": "vocal",
    "backing vocals": "vocal", "harmony vocals": "vocal", "performer": "performer",
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
    twelve-string guitar, 12-string acoustic guitar, fretless bass, upright bass, hammond organ, grand piano
    """.split(",")
)  # fmt: skip
_NOTES = {
    ("producer", "additional"): "additional_producer", ("producer", "executive"): "executive_producer", ("producer", "vocals"): "vocal_producer",
    ("engineer", "recording"): "engineer", ("engineer", "mix"): "mixer", ("engineer", "mastering"): "mastering_engineer", ("engineer", "mixing"): "mixer",
    ("producer", "co-producer"): "co_producer",
}  # fmt: skip
_ALL = re.compile(r"\ball (?:tracks?|songs?|music|titles?|compositions?|lyrics|selections)\b(?: by)?|^all$", re.IGNORECASE)
_HARMLESS = re.compile(r"^(?:uncredited|by|courtesy of .*|appears courtesy of .*|tracks?:? .*)$", re.IGNORECASE)
_SUFFIX = re.compile(r"(?<!\s)\s++\(\d++\)$")  # Discogs numbers namesakes: "Mono (3)"


def parse(path: Path) -> Iterator[Recording | Entity | Passed | BadRecord]:
    """Yield the recordings of the releases in a dump, or the names of its artists and labels; masters are counted as passed over.

    Raise SourceError when the file cannot be read.
    """
    for found in xml.records(path, TAGS):
        if isinstance(found, BadRecord):
            yield found
            continue
        number, element = found
        kind = local(element)
        try:
            yield from _READ[kind](element, path.name, number)
        except ValueError as error:
            yield BadRecord(path.name, number, f"{kind}: {error}")


def _release(element: Any, name: str, number: int) -> Iterator[Recording | BadRecord]:
    uid = element.get("id") or words(element, "id")
    tracks = _without_headings([t for t in _tracks(child(element, "tracklist")) if words(t, "title")])
    if not uid or not tracks:
        what = "id: expected the release's number" if not uid else f"tracklist: expected tracks with titles in release {uid}"
        yield BadRecord(name, number, f"{what}, found none")
        return
    everywhere = [(a, None) for a in _credits(element) if not words(a, "tracks")]
    ranged = [(a, words(a, "tracks")) for a in _credits(element) if words(a, "tracks")]
    order = [words(t, "position") for t in tracks]
    whole = [s for artist, _ in everywhere for s in _said(artist, True)]
    parts = [(_places(places, order), list(_said(artist, False))) for artist, places in ranged]
    about = list(_of_release(element))
    for index, track in enumerate(tracks):
        said = [s for artist in _credits(track) for s in _said(artist, False)] + whole
        said += [s for places, some in parts if index in places for s in some]
        yield _recording(element, track, index, uid, [*said, *about])


def _tracks(tracklist: Any) -> Iterator[Any]:
    for track in children(tracklist, "track") if tracklist is not None else []:
        subs = children(child(track, "sub_tracks"), "track") if child(track, "sub_tracks") is not None else []
        yield from subs or [track]


def _without_headings(tracks: list[Any]) -> list[Any]:
    """Leave out the lines that head a part of a track list: they have no position where the others have one."""
    placed = [t for t in tracks if words(t, "position") or words(t, "duration")]
    return placed or tracks


def _credits(element: Any) -> list[Any]:
    found = child(element, "extraartists")
    return children(found, "artist") if found is not None else []


def _recording(release: Any, track: Any, index: int, uid: str, said: list[Statement]) -> Recording:
    artists = children(child(track, "artists"), "artist") if child(track, "artists") is not None else []
    artists = artists or (children(child(release, "artists"), "artist") if child(release, "artists") is not None else [])
    position = words(track, "position")
    length = _seconds(words(track, "duration"))
    if position.isdecimal():
        more: dict[str, str | int | float] = {"position": f"track {position}"}
        said = [s.model_copy(update={"qualifiers": more}) if s.predicate == "track_on" else s for s in said]
    if length:
        said.append(Statement(predicate="duration", value=length))
    return Recording(
        source=SOURCE.key, locator=f"release {uid} track {position or index + 1}", title=words(track, "title"), artist_credit=_credit(artists),
        artists=tuple(a for artist in artists if (a := _artist_of(artist))), identifiers=(("discogs-track", f"{uid}-{position or index + 1}-{index}"),),
        length_ms=length * 1000 or None, released=partial_date(words(release, "released")),
        statements=tuple({(s.predicate, s.value, str(s.qualifiers)): s for s in said}.values()),
    )  # fmt: skip


def _credit(artists: list[Any]) -> str:
    """Return an artist credit as printed: the name variation, then the word that joins it to the next."""
    credit = ""
    for artist in artists:
        credit += _SUFFIX.sub("", words(artist, "anv") or words(artist, "name"))
        joint = words(artist, "join")
        credit += f"{joint} " if joint == "," else f" {joint} " if joint else ""
    return " ".join(credit.split()).rstrip(" ,")


def _artist_of(artist: Any) -> Entity | None:
    name, uid, credited = _SUFFIX.sub("", words(artist, "name")), words(artist, "id"), words(artist, "anv")
    if not name or name in {"Various", "Unknown Artist", "Traditional", "No Artist"}:
        return None
    return entity(f"dg-{uid or name}", "artist", name, credited, discogs=uid)


def _said(artist: Any, whole: bool) -> Iterator[Statement]:
    """Yield what one credit says; one of the release without "all tracks" says nothing of a single track, but for writing it whole."""
    person = _artist_of(artist)
    for role in brackets.split(words(artist, "role"), "[", "]"):
        left, noted = brackets.notes(role)
        bare, notes = left.strip().casefold(), [n.strip() for n in noted]
        if person is None or not bare:
            continue
        predicate, qualifiers = _predicate(bare, notes)
        if predicate is None:
            log.info("unmapped role", extra={"role": role})
            continue
        if whole and not any(_ALL.search(n) for n in notes) and predicate in _OF_ONE_TRACK:
            continue
        yield Statement(predicate=predicate, value=person.name, object=person, qualifiers=qualifiers, credited_as=words(artist, "anv"))


# On a release of many tracks these credits, given without tracks, may hold for some of them only.
_OF_ONE_TRACK = frozenset({"featured_artist", "remixer", "instrument", "vocal", "performer", "additional_producer", "co_producer"})


def _predicate(bare: str, notes: list[str]) -> tuple[str | None, dict[str, str | int | float]]:
    if bare in INSTRUMENTS:
        return "instrument", {"instrument": bare}
    predicate = ROLES.get(bare)
    left = [n for n in notes if not _ALL.search(n) and not _HARMLESS.match(n)]
    for note in left:
        key = (bare, re.sub(r"(?<!\s)\s++(?:by|production|engineer)$", "", note.casefold()))
        if key not in _NOTES:
            return None, {}  # a note we do not know may take away from the role: "[Assistant]"
        predicate = _NOTES[key]
    return predicate, {"part": bare} if predicate == "vocal" else {}


def _of_release(release: Any) -> Iterator[Statement]:
    title = words(release, "title")
    descriptions = {local_text(d) for d in release.iter() if local(d) == "description"}
    if title and "Album" in descriptions and "Compilation" not in descriptions:
        yield Statement(predicate="track_on", value=title)
    for company in children(child(release, "companies"), "company") if child(release, "companies") is not None else []:
        if words(company, "entity_type_name") == "Recorded At" and words(company, "name"):
            yield Statement(predicate="recorded_at", value=_SUFFIX.sub("", words(company, "name")))
    for label in children(child(release, "labels"), "label") if child(release, "labels") is not None else []:
        name = _SUFFIX.sub("", label.get("name") or "")
        if name and not name.startswith("Not On Label"):
            yield Statement(predicate="label", value=name, object=entity(f"dg-label-{label.get('id') or name}", "label", name))


def local_text(element: Any) -> str:
    """Return an element's own text without outer blanks."""
    return (element.text or "").strip()


def _places(ranges: str, order: list[str]) -> set[int]:
    """Return the places in the track list that a range such as "A1 to A4, B2" names; empty where it names none."""
    found: set[int] = set()
    for part in ranges.split(","):
        ends = [e.strip() for e in re.split(r"(?<!\s)\s++to\s++|[-–]\s*+(?=[A-Z]?\d+$)", part.strip()) if e.strip()]
        if part.strip() in order:
            found.add(order.index(part.strip()))
        elif len(ends) == 2 and ends[0] in order and ends[1] in order:
            found |= set(range(order.index(ends[0]), order.index(ends[1]) + 1))
    return found


def _seconds(duration: str) -> int:
    match = re.fullmatch(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})", duration)
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0


def _artist(element: Any, name: str, number: int) -> Iterator[Entity | BadRecord]:
    uid, main = words(element, "id"), _SUFFIX.sub("", words(element, "name"))
    if not uid or not main:
        yield BadRecord(name, number, "artist: expected an id and a name")
        return
    variations = children(child(element, "namevariations"), "name") if child(element, "namevariations") is not None else []
    kind = "group" if child(element, "members") is not None else "artist"
    yield entity(f"dg-{uid}", kind, main, *(local_text(v) for v in variations), discogs=uid)


def _label(element: Any, name: str, number: int) -> Iterator[Entity | BadRecord]:
    uid, main = words(element, "id"), _SUFFIX.sub("", words(element, "name"))
    yield entity(f"dg-label-{uid}", "label", main) if uid and main else BadRecord(name, number, "label: expected an id and a name")


def _master(element: Any, name: str, number: int) -> Iterator[Passed | BadRecord]:
    """A master groups releases and says nothing of a recording that its releases do not say."""
    if not element.get("id") or not words(element, "title"):
        yield BadRecord(name, number, "master: expected an id and a title")
    else:
        yield Passed("master release: it groups releases, and they are read from the releases dump")


_READ = {"release": _release, "artist": _artist, "label": _label, "master": _master}
