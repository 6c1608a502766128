"""Discogs: the monthly dumps of releases, masters, artists and labels, walked an element at a time, however large.

A release gives a recording for each of its tracks. Credits of the release count for all its tracks, but those that one track
may have alone, and all of a compilation, count only where they say so; `tracks` ranges such as "A1 to A4" or "1-1 to 1-3" are
followed. An artist's name variation is kept as credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.records import Passed, Recording, Statement
from songstory.sources import xml
from songstory.sources.discogs_roles import Credit, credits
from songstory.sources.shapes import entity, partial_date, unmarked
from songstory.sources.xml import child, children, local
from songstory.sources.xml import words as raw_words

SOURCE = Source(
    key="discogs", name="Discogs", licence="CC0 1.0", licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="Discogs contributors; monthly data dumps", url="https://www.discogs.com/", trust=60, independent_group="discogs",
)  # fmt: skip
TAGS = frozenset({"release", "master", "artist", "label"})
_MOST_RANGES = 500  # of one credit; no release has more
_VARIOUS = frozenset({"various", "various artists"})
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


def _release(element: Any, name: str, number: int) -> Iterator[Recording | Passed | BadRecord]:
    uid = element.get("id") or words(element, "id")
    tracks = _without_headings([t for t in _tracks(child(element, "tracklist")) if words(t, "title")])
    if not uid or not tracks:
        what = "id: expected the release's number" if not uid else f"tracklist: expected tracks with titles in release {uid}"
        yield BadRecord(name, number, f"{what}, found none")
        return
    order = [words(t, "position") for t in tracks]
    everywhere: list[Statement] = []
    parts: list[tuple[set[int], list[Statement]]] = []
    for artist in _credits(element):
        named = words(artist, "tracks")
        said = list(_said(artist, whole=not named, compilation=_is_compilation(element)))
        yield from (s for s in said if isinstance(s, Passed))
        stated = [s for s in said if isinstance(s, Statement)]
        places = _places(named, order)
        if named and stated and not places:
            yield Passed("credit for tracks that the release does not list")
        if named:
            parts.append((places, stated))
        else:
            everywhere += stated
    about = list(_of_release(element))
    for index, track in enumerate(tracks):
        own = [s for artist in _credits(track) for s in _said(artist)]
        yield from (s for s in own if isinstance(s, Passed))
        said = [*own, *everywhere, *(s for places, some in parts if index in places for s in some), *about]
        yield _recording(element, track, index, uid, [s for s in said if isinstance(s, Statement)])


def _is_compilation(release: Any) -> bool:
    """Whether a release gathers tracks of others or of other releases: who is credited there without tracks may have made one of them."""
    artists = children(child(release, "artists"), "artist") if child(release, "artists") is not None else []
    various = any(words(a, "name").casefold() in _VARIOUS or words(a, "id") == "194" for a in artists)
    return various or any(local_text(d) in {"Compilation", "Mixed"} for d in release.iter() if local(d) == "description")


def words(element: Any, *path: str) -> str:
    """Return the text at a path as it reads: entities and tags of HTML, which people paste into Discogs, are resolved."""
    return unmarked(raw_words(element, *path))


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
        source=SOURCE.key, locator=f"release {uid} track {position or index + 1}", title=words(track, "title"),
        artist_credit=_credit(artists), artists=tuple(a for artist in artists if (a := _artist_of(artist))), release=f"release {uid}",
        identifiers=(("discogs-track", f"{uid}-{position or index + 1}-{index}"),), length_ms=length * 1000 or None,
        released=partial_date(words(release, "released")),
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
    if not name or name.casefold() in _VARIOUS | {"unknown artist", "traditional", "no artist"}:
        return None
    return entity(f"dg-{uid or name}", "artist", name, credited, discogs=uid)


def _said(artist: Any, whole: bool = False, compilation: bool = False) -> Iterator[Statement | Passed]:
    """Yield what one credit says; one of the release without tracks says nothing of what a single track may have alone."""
    person = _artist_of(artist)
    for credit in credits(words(artist, "role")) if person is not None else []:
        if isinstance(credit, Passed):
            yield credit
        elif whole and compilation and not credit.everywhere:
            yield Passed("credit of a compilation that names no tracks")
        elif whole and not credit.everywhere and credit.predicate in _OF_ONE_TRACK:
            yield Passed("guest or player of a release that names no tracks")
        elif person is not None:
            yield _statement(person, credit, words(artist, "anv"))


def _statement(person: Entity, credit: Credit, credited: str) -> Statement:
    return Statement(
        predicate=credit.predicate, value=person.name, object=person, qualifiers=credit.qualifiers, credited_as=_SUFFIX.sub("", credited)
    )  # fmt: skip


# On a release of many tracks these credits, given without tracks, may hold for some of them only.
_OF_ONE_TRACK = frozenset({"featured_artist", "remixer", "instrument", "vocal", "performer", "additional_producer", "co_producer"})


def _of_release(release: Any) -> Iterator[Statement]:
    title = words(release, "title")
    descriptions = {local_text(d) for d in release.iter() if local(d) == "description"}
    if title and "Album" in descriptions and "Compilation" not in descriptions:
        yield Statement(predicate="track_on", value=title)
    for company in children(child(release, "companies"), "company") if child(release, "companies") is not None else []:
        if words(company, "entity_type_name") == "Recorded At" and words(company, "name"):
            yield Statement(predicate="recorded_at", value=_SUFFIX.sub("", words(company, "name")))
    for label in children(child(release, "labels"), "label") if child(release, "labels") is not None else []:
        name = _SUFFIX.sub("", unmarked(label.get("name") or ""))
        if name and not name.startswith("Not On Label"):
            yield Statement(predicate="label", value=name, object=entity(f"dg-label-{label.get('id') or name}", "label", name))


def local_text(element: Any) -> str:
    """Return an element's own text without outer blanks."""
    return unmarked((element.text or "").strip())


def _places(ranges: str, order: list[str]) -> set[int]:
    """Return the places in the track list that ranges such as "A1 to A4, B2" or "1-1 to 1-3" name; empty where they name none."""
    found: set[int] = set()
    known = [_position(p) for p in order]
    for part in re.split(r"[,;&]|(?<!\s)\s++and\s++", ranges)[:_MOST_RANGES]:
        wanted = _position(part)
        ends = next((e for e in _ends(wanted) if e[0] in known and e[1] in known), None)
        if wanted and wanted in known:
            found |= {i for i, p in enumerate(known) if p == wanted}
        elif ends:
            found |= set(range(known.index(ends[0]), len(known) - known[::-1].index(ends[1])))
        elif re.fullmatch(r"[a-z]|.{0,8}[0-9]", wanted):  # a side, or a track of which the list has the parts
            parts = re.compile(re.escape(wanted) + (r"[0-9]" if wanted.isalpha() else r"[a-z.]"))
            found |= {i for i, p in enumerate(known) if parts.match(p)}
    return found


def _position(position: str) -> str:
    """Return a position as it is compared: "CD1-01" is "cd1-1"."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", " ".join(position.replace("–", "-").split()).casefold())


def _ends(part: str) -> Iterator[tuple[str, str]]:
    """Yield the ends that a range may have: at its "to", else at any of its hyphens, for those of positions are hyphens too."""
    for match in re.finditer(r" (?:to|-|thru|through|bis) |-", part[:60]):
        yield part[: match.start()], part[match.end() :]


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
