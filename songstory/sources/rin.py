"""DDEX RIN, 1.0 to 2.1: what a studio notes of a recording: who did what, on which instrument, in which session, of which work.

Read from the public documentation and one public file that a studio wrote in 1.0, not validated: no schema was at hand, and no
message of a delivery was seen yet. What the vocabulary has no word for is counted as passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from songstory.errors import BadRecord
from songstory.models import Entity
from songstory.records import Passed, Recording, Statement
from songstory.sources.ddex_terms import (
    ISRC,
    Message,
    Said,
    called,
    credits,
    hands,
    isrc_of,
    message,
    name_of,
    person,
    seconds,
    sessions,
    spaced,
    text_of,
)
from songstory.sources.xml import child, children, local, words

ROOT = "RecordingInformationNotification"
# What a recording is found by, and what is read of it elsewhere; all else of it that says something is counted.
_READ = frozenset(
    """Type SoundRecordingType DisplayArtistName DisplayArtist MainArtist SoundRecordingId ResourceReference Title DisplayTitle Version
    VersionType KeySignature TimeSignature Tempo Duration Genre Contributor ContributorReference SoundRecordingMusicalWorkReference
    SampledSoundRecording SoundRecordingSessionReference SoundRecordingRecordingComponentReference SequenceNumber IsMedley ContainsSamples
    Status""".split()
)
_KEY = re.compile(r"[A-G](?:[ -]?(?:sharp|flat)|[#♯♭])? ?(?:major|minor)", re.IGNORECASE)


def parse(element: Any, name: str, number: int) -> tuple[Message, list[Recording | Passed | BadRecord]]:
    """Return a message and what it says of its recordings."""
    found = message(element, name, number, "RIN")
    return found, list(_recordings(found))


def _recordings(of: Message) -> Iterator[Recording | Passed | BadRecord]:
    found = children(of.element, "ResourceList", "SoundRecording")
    for recording in found:
        yield from _recording(recording, of)
    if not found:
        yield BadRecord(of.file, of.number, "ResourceList: the message has no sound recordings; nothing to tell of a song")


def _recording(element: Any, of: Message) -> Iterator[Recording | Passed | BadRecord]:
    (title, version), reference = called(element), words(element, "ResourceReference")
    identity = child(element, "SoundRecordingId")
    isrc = isrc_of(identity) if identity is not None else ""
    if not title:
        yield BadRecord(of.file, of.number, f"SoundRecording {isrc or reference or '?'}: expected a title, found none")
        return
    held = _sessions(element, of)
    length = seconds(words(element, "Duration"))
    said: list[Said] = [
        *credits(element, of), *_written(element, of), *_components(element, of), *_present(held, of), *sessions(held), *_sound(element),
        *_samples(element), *([Statement(predicate="duration", value=length)] if length else []), *_unread(element),
    ]  # fmt: skip
    yield from (s for s in said if isinstance(s, Passed))
    artists = _artists(element, of)
    own = isrc or f"{of.id} {reference}"
    yield Recording(
        source=of.who.key, locator=own, title=title, version=version or words(element, "Version"), release=f"{of.who.key} {of.id}",
        artist_credit=words(element, "DisplayArtistName") or " & ".join(a.name for a in artists[:3]), artists=artists[:8],
        identifiers=(*((("isrc", isrc),) if ISRC.fullmatch(isrc) else ()), (of.who.key, own)), length_ms=length * 1000 or None,
        statements=tuple({s.model_dump_json(): s for s in said if isinstance(s, Statement)}.values()),
    )  # fmt: skip


def _artists(element: Any, of: Message) -> tuple[Entity, ...]:
    """Return the artists that are shown; 1.0 names the main artist by the reference alone."""
    main = [of.parties[r] for e in children(element, "MainArtist") if (r := text_of(e)) in of.parties]
    return tuple({a.id: a for e in (*children(element, "DisplayArtist"), *main) if (a := person(e, of))}.values())


def _listed(of: Message, kind: str, name: str, references: list[str]) -> list[Any]:
    """Return the elements of a list of the message that a recording refers to."""
    wanted = set(references)
    return [e for e in children(of.element, f"{kind}List", kind) if words(e, name) in wanted]


def _references(element: Any, name: str) -> list[str]:
    return [text_of(e) for e in children(element, name) if text_of(e)]


# where, and who was there -------------------------------------------------------------------------------------------


def _sessions(element: Any, of: Message) -> list[Any]:
    """Return the sessions of a recording: those it names, and those that name it."""
    named, own = set(_references(element, "SoundRecordingSessionReference")), words(element, "ResourceReference")
    return [
        s
        for s in children(of.element, "SessionList", "Session")
        if words(s, "SessionReference") in named or (own and own in _references(s, "SessionSoundRecordingReference"))
    ]


def _present(held: list[Any], of: Message) -> Iterator[Said]:
    """Yield what the people of a session did; of a session for several recordings nobody knows on which of them."""
    for session in held:
        said = list(credits(session, of))
        if len(_references(session, "SessionSoundRecordingReference")) == 1:
            yield from said
        elif said:
            yield Passed("people of a session for several recordings: not said on which they are")


def _components(element: Any, of: Message) -> Iterator[Said]:
    """Yield who played the components, "tracks" to a studio, that a recording is made of."""
    used = _references(element, "SoundRecordingRecordingComponentReference")
    for component in _listed(of, "RecordingComponent", "RecordingComponentReference", used):
        yield from credits(component, of)


# what it is -----------------------------------------------------------------------------------------------------------


def _written(element: Any, of: Message) -> Iterator[Said]:
    """Yield who wrote the work of a recording; of a medley each wrote a part."""
    works = _listed(of, "MusicalWork", "MusicalWorkReference", _references(element, "SoundRecordingMusicalWorkReference"))
    if len(works) > 1 or words(element, "IsMedley") == "true":
        yield Passed("works of a medley: nobody wrote it all")
    elif works:
        yield from credits(works[0], of)
        for writer in children(works[0], "Writer"):
            if someone := person(writer, of):
                yield from hands(someone, ["Writer"], (), {})


def _sound(element: Any) -> Iterator[Said]:
    key, metre, tempo = (words(element, name) for name in ("KeySignature", "TimeSignature", "Tempo"))
    if _KEY.fullmatch(key):
        yield Statement(predicate="key", value=key)
    if re.fullmatch(r"\d{1,2}/\d{1,2}", metre):
        yield Statement(predicate="time_signature", value=metre)
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", tempo):
        yield Statement(predicate="tempo", value=round(float(tempo)))
    for genre in children(element, "Genre"):
        if name := words(genre, "GenreText") or words(genre, "GenreCategory", "Value"):
            yield Statement(predicate="genre", value=spaced(name))


def _samples(element: Any) -> Iterator[Said]:
    for sample in children(element, "SampledSoundRecording"):
        artist = words(sample, "DisplayArtistName") or " & ".join(n for e in children(sample, "DisplayArtist") if (n := name_of(e)))
        if title := called(sample)[0]:
            yield Statement(predicate="samples", value=title, qualifiers={"artist": artist} if artist else {})
        else:
            yield Passed("RIN SampledSoundRecording: it does not say of what")


def _unread(element: Any) -> Iterator[Said]:
    for part in element:
        if local(part) not in _READ and (len(part) or text_of(part)):
            yield Passed(f"RIN {local(part)[:40]}: the vocabulary has no word for it")
