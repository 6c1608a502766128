"""DDEX ERN, 3.8.1 to 4.3.2: sound recordings with ISRC, contributors and roles, P and C lines, and what they say of AI.

Element names differ between the versions; all are read by name, whichever namespace they carry. `ContainsAI` (All, Partly,
None) and `AiContribution` are kept as stated. Absent means unknown, never "none" (ERN 4.3.2).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.records import Recording, Statement
from songstory.sources import xml
from songstory.sources.shapes import entity, partial_date, precision
from songstory.sources.xml import child, children, local, words

log = logging.getLogger(__name__)

MESSAGES = frozenset({"NewReleaseMessage"})
ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
ROLES = {
    "composer": "composer", "lyricist": "lyricist", "composerlyricist": "writer", "songwriter": "writer", "author": "writer", "writer": "writer",
    "producer": "producer", "coproducer": "co_producer", "executiveproducer": "executive_producer", "additionalproducer": "additional_producer",
    "vocalproducer": "vocal_producer", "mixer": "mixer", "mixingengineer": "mixer", "masteringengineer": "mastering_engineer",
    "recordingengineer": "engineer", "engineer": "engineer", "soundengineer": "engineer", "arranger": "arranger", "programmer": "programmer",
    "conductor": "conductor", "remixer": "remixer", "featuredartist": "featured_artist", "mainartist": "performer", "studioproducer": "producer",
    "backgroundvocalist": "vocal", "leadvocalist": "vocal", "vocalist": "vocal", "videodirector": "video_director",
}  # fmt: skip
_PARTS = {"backgroundvocalist": "background vocals", "leadvocalist": "lead vocals", "vocalist": "vocals"}
_INSTRUMENTS = {
    "guitarist": "guitar", "bassist": "bass", "bassguitarist": "bass guitar", "drummer": "drums", "pianist": "piano", "keyboardist": "keyboards",
    "percussionist": "percussion", "violinist": "violin", "cellist": "cello", "saxophonist": "saxophone", "trumpeter": "trumpet",
}  # fmt: skip
_DISCLOSED = {"all": "all", "partly": "partly", "none": "none"}


def source(sender: str) -> Source:
    """Return the source that a sender's messages are: the label itself, trusted in what it says of its own recordings."""
    slug = re.sub(r"[^a-z0-9]+", "-", sender.casefold()).strip("-") or "unknown"
    return Source(key=f"ddex-{slug}", name=f"{sender or 'Unknown sender'} (DDEX)", licence="Facts from the rights holder", trust=85)


def parse(path: Path) -> Iterator[tuple[Source, list[Recording | BadRecord]] | BadRecord]:
    """Yield for each message in a file who sent it and what it says of its recordings. Raise SourceError when unreadable."""
    found = False
    for item in xml.records(path, MESSAGES):
        if isinstance(item, BadRecord):
            yield item
            return
        found = True
        number, message = item
        who = source(_sender(message))
        yield who, list(_message(message, who, path.name, number))
    if not found:
        yield BadRecord(path.name, 1, "message: expected a NewReleaseMessage of DDEX ERN, found another document")


def _sender(message: Any) -> str:
    sender = child(message, "MessageHeader", "MessageSender")
    return words(sender, "PartyName", "FullName") or words(sender, "PartyName") or words(sender, "PartyId") if sender is not None else ""


def _message(message: Any, who: Source, name: str, number: int) -> Iterator[Recording | BadRecord]:
    recordings = [e for e in message.iter() if local(e) == "SoundRecording"]
    parties = {words(p, "PartyReference"): p for p in message.iter() if local(p) == "Party" and words(p, "PartyReference")}
    releases = [e for e in message.iter() if local(e) in {"Release", "TrackRelease"}]
    if not recordings:
        titles = ", ".join(t for r in releases if (t := _title(r)))[:80]
        yield BadRecord(
            name, number, f"ResourceList: the message has no sound recordings ({titles or 'no title'}); nothing to tell of a song"
        )
    for element in recordings:
        yield _recording(element, who, name, number, parties, releases)


def _title(element: Any) -> str:
    for way in (("ReferenceTitle", "TitleText"), ("DisplayTitle", "TitleText"), ("DisplayTitleText",), ("Title", "TitleText")):
        if found := words(element, *way):
            return found
    return ""


def _recording(element: Any, who: Source, name: str, number: int, parties: dict[str, Any], releases: list[Any]) -> Recording | BadRecord:
    reference, title = words(element, "ResourceReference"), _title(element)
    isrc = next((t for e in element.iter() if local(e) == "ISRC" and (t := (e.text or "").strip().replace("-", "").upper())), "")
    if not title:
        return BadRecord(name, number, f"SoundRecording {reference or isrc or '?'}: expected a title, found none")
    subtitle = words(element, "ReferenceTitle", "SubTitle") or words(element, "DisplayTitle", "SubTitle")
    details = [d for d in element if local(d) == "SoundRecordingDetailsByTerritory"] or [element]
    said = [s for part in details for s in _contributors(part, parties)]
    artists = [s.object for s in said if s.predicate == "performer" and s.object]
    said += [*_disclosure(element, releases), *_lines(element, details), *_rights(element, details, _holding(reference, releases))]
    length = _seconds(words(element, "Duration"))
    said += [Statement(predicate="duration", value=length)] if length else []
    version = f"{title} ({subtitle})" if subtitle else title
    return Recording(
        source=who.key, locator=isrc or f"{name} {reference}", title=version, artists=tuple(artists[:8]),
        artist_credit=words(element, "DisplayArtistName") or next((n for d in details if (n := words(d, "DisplayArtistName"))), "")
        or " & ".join(a.name for a in artists[:3]),
        identifiers=(*((("isrc", isrc),) if ISRC.fullmatch(isrc) else ()), (who.key, isrc or f"{name} {reference}")), length_ms=length * 1000 or None,
        statements=tuple({s.model_dump_json(): s for s in said}.values()),
    )  # fmt: skip


def _contributors(part: Any, parties: dict[str, Any]) -> Iterator[Statement]:
    for element in part:
        if local(element) not in {"DisplayArtist", "Contributor", "ResourceContributor", "IndirectResourceContributor"}:
            continue
        person = _party(element, parties)
        roles = [r for e in element if local(e).endswith("Role") and (r := _role(e))]
        if local(element) == "DisplayArtist" and not roles:
            roles = ["mainartist"]
        more: dict[str, str | int | float] = {}
        if ai := _DISCLOSED.get(words(element, "AiContribution").casefold()):
            more["ai"] = ai
        for role in roles if person else []:
            yield from _statement(person, role, more)


def _role(element: Any) -> str:
    value = (element.text or "").strip()
    return re.sub(r"[^a-z]", "", (element.get("UserDefinedValue") or value if value == "UserDefined" else value).casefold())


def _statement(person: Entity | None, role: str, more: dict[str, str | int | float]) -> Iterator[Statement]:
    if person is None:
        return
    if role in _INSTRUMENTS:
        yield Statement(predicate="instrument", value=person.name, object=person, qualifiers={"instrument": _INSTRUMENTS[role], **more})
    elif role in ROLES:
        part: dict[str, str | int | float] = {"part": _PARTS[role]} if role in _PARTS else {}
        yield Statement(predicate=ROLES[role], value=person.name, object=person, qualifiers=part | more)
    elif role:
        log.info("unmapped role", extra={"role": role})


def _party(element: Any, parties: dict[str, Any]) -> Entity | None:
    """Return the party itself, or the one of the message's party list that is referred to. AI that is no person is none."""
    reference = next((t for e in element if local(e).endswith("PartyReference") and (t := (e.text or "").strip())), "")
    party = parties.get(reference, element)
    name = words(party, "PartyName", "FullName") or words(party, "PartyName") or words(party, "FullName")
    if not name or re.sub(r"\W", "", name).casefold() == "generativeai":
        return None
    isni = next((t for e in party.iter() if local(e) == "ISNI" and (t := (e.text or "").strip())), "")
    return entity(f"isni-{isni}" if isni else f"ddex-{reference}-{name}", "artist", name, isni=isni)


def _disclosure(element: Any, releases: list[Any]) -> Iterator[Statement]:
    """Yield what the recording, or the only release of the message, says it contains of AI."""
    stated = words(element, "ContainsAI") or (words(releases[0], "ContainsAI") if len(releases) == 1 else "")
    generative = [c for c in element.iter() if local(c).endswith("Role") and _role(c) == "generativeai"]
    if value := _DISCLOSED.get(stated.casefold()):
        yield Statement(predicate="contains_ai", value=value)
    elif generative:
        yield Statement(predicate="contains_ai", value="unspecified")  # AI took part; the message does not say how far


def _parts(element: Any, details: list[Any]) -> list[Any]:
    """Return where a recording's own lines and dates stand: in itself, in its details by territory, in its editions (4.3.2)."""
    return list(dict.fromkeys([element, *details, *children(element, "SoundRecordingEdition")]))


def _holding(reference: str, releases: list[Any]) -> list[Any]:
    """Return the releases that hold a recording, with their details by territory."""
    held = [
        r
        for r in releases
        if reference and any(local(e) == "ReleaseResourceReference" and (e.text or "").strip() == reference for e in r.iter())
    ]
    return [part for r in held for part in (r, *children(r, "ReleaseDetailsByTerritory"))]


def _rights(element: Any, details: list[Any], releases: list[Any]) -> Iterator[Statement]:
    """Yield the P and C lines as they stand: the recording's own, and those of the releases that hold it, which say so."""
    for parts, more in ((_parts(element, details), {}), (releases, {"of": "release"})):
        for part in parts:
            for kind, predicate in (("PLine", "phonographic_copyright"), ("CLine", "copyright")):
                for line in children(part, kind):
                    owner, stated = words(line, f"{kind}Text") or words(line, f"{kind}Company"), words(line, "Year")
                    year = {"year": stated} if stated.isdecimal() else {}
                    if owner:
                        yield Statement(predicate=predicate, value=owner, qualifiers={**year, **more}, quote=owner)


def _lines(element: Any, details: list[Any]) -> Iterator[Statement]:
    for part in _parts(element, details):
        for line in children(part, "PLine"):
            text = words(line, "PLineText")
            owner = re.sub(r"^[(\s]*+[℗PpCc©]?[)\s]*+\d{4}\s*+", "", text).strip()
            name = words(line, "PLineCompany") or owner
            if name:
                yield Statement(predicate="label", value=name, object=entity(f"ddex-label-{name}", "label", name), quote=text)
        date = partial_date(
            words(part, "FirstPublicationDate") or words(part, "OriginalResourceReleaseDate") or words(part, "ResourceReleaseDate")
        )
        if date:
            yield Statement(predicate="released", value=date, precision=precision(date))


def _seconds(duration: str) -> int:
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", duration)
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0) if match else 0
