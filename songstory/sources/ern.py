"""DDEX ERN, 3.8.1 to 4.3.2: sound recordings with ISRC, contributors and roles, labels, P and C lines, and what they say of AI.

`ContainsAI` (All, Partly, None) and `AiContribution` are kept as stated. Absent means unknown, never "none" (ERN 4.3.2). The
label is the one that a release names; who owns the recording, as the P line says, may be another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from songstory.errors import BadRecord
from songstory.records import Passed, Recording, Statement
from songstory.sources.ddex_terms import (
    ISRC,
    Message,
    Said,
    called,
    credits,
    isrc_of,
    label,
    message,
    name_of,
    seconds,
    sessions,
    sure_date,
    text_of,
    valued,
)
from songstory.sources.shapes import precision
from songstory.sources.xml import child, children, local, words

ROOT = "NewReleaseMessage"
_RELEASES = frozenset({"Release", "TrackRelease", "ClipRelease"})
_EXCERPT = re.compile(r"preview|clip|ringtone", re.IGNORECASE)
_USES = frozenset({"ResourceRelatedResourceReference", "ResourceContainedResourceReference", "ContainedResourceReference"})
_DISCLOSED = {"all": "all", "partly": "partly", "none": "none"}


def parse(element: Any, name: str, number: int) -> tuple[Message, list[Recording | Passed | BadRecord]]:
    """Return a message and what it says of its recordings."""
    found = message(element, name, number)
    return found, list(_recordings(found))


def _recordings(of: Message) -> Iterator[Recording | Passed | BadRecord]:
    listed = child(of.element, "ResourceList")
    recordings = children(listed, "SoundRecording") if listed is not None else []
    releases = [e for e in of.element.iter() if local(e) in _RELEASES]
    if not recordings:
        titles = ", ".join(t for r in releases if (t := called(r)[0]))[:80]
        yield BadRecord(
            of.file, of.number, f"ResourceList: the message has no sound recordings ({titles or 'no title'}); nothing to tell of a song"
        )
    used = {text_of(e) for e in of.element.iter() if local(e) in _USES}
    for recording in recordings:
        yield from _recording(recording, of, releases, used)


def _recording(element: Any, of: Message, releases: list[Any], used: set[str]) -> Iterator[Recording | Passed | BadRecord]:
    reference, (title, version), isrc = words(element, "ResourceReference"), called(element), isrc_of(element)
    held = [r for r in releases if reference and reference in _references(r)]
    if _excerpt(element, held, reference in used):
        yield Passed("excerpt of another recording, or one that a mix uses: no recording of its own")
        return
    details = [d for d in element if local(d) == "SoundRecordingDetailsByTerritory"] or [element]
    if not title:  # before 3.8 only its details by territory may say it
        title, version = next((c for d in details if (c := called(d))[0]), ("", ""))
    if not title:
        yield BadRecord(of.file, of.number, f"SoundRecording {reference or isrc or '?'}: expected a title, found none")
        return
    said = [s for part in details for s in credits(part, of)]
    yield from (s for s in said if isinstance(s, Passed))
    length = seconds(words(element, "Duration"))
    more: list[Said] = [
        *_disclosure(element, releases), *_labels(held, of), *_published(element, details), *sessions(_sessions(element, details)),
        *_rights(element, details, held), *([Statement(predicate="duration", value=length)] if length else []),
    ]  # fmt: skip
    yield from (s for s in more if isinstance(s, Passed))
    artists = tuple({a.id: a for s in _displayed(details, of) if isinstance(s, Statement) and (a := s.object)}.values())
    own = isrc or _proprietary(element) or f"{of.id} {reference}"
    yield Recording(
        source=of.who.key, locator=own, title=title, version=version, release=_release(held, of), artists=artists[:8],
        artist_credit=next((n for d in (element, *details) if (n := words(d, "DisplayArtistName"))), "")
        or " & ".join(a.name for a in artists[:3]),
        identifiers=(*((("isrc", isrc),) if ISRC.fullmatch(isrc) else ()), (of.who.key, own)), length_ms=length * 1000 or None,
        statements=tuple({s.model_dump_json(): s for s in (*said, *more) if isinstance(s, Statement)}.values()),
    )  # fmt: skip


# which recordings there are -----------------------------------------------------------------------------------------


def _references(release: Any) -> set[str]:
    return {text_of(e) for e in release.iter() if local(e) == "ReleaseResourceReference"}


def _excerpt(element: Any, held: list[Any], used: bool) -> bool:
    """Whether an element is a part of a recording: a clip, a ringtone, or what stands in the message only because a mix uses it."""
    kinds = [valued(k) for name in ("Type", "SoundRecordingType") for k in children(element, name)]
    if element.get("IsSupplemental") == "true" or any(_EXCERPT.search(k) for k in kinds):
        return True
    parts = [local(r) == "ClipRelease" or any(_EXCERPT.search(valued(t)) for t in children(r, "ReleaseType")) for r in held]
    return all(parts) if parts else used


def _release(held: list[Any], of: Message) -> str:
    """Return which release of the message a recording stands on: the one with most recordings, for each track may be a release too."""
    largest = max(held, key=lambda r: len(_references(r)), default=None)
    reference = words(largest, "ReleaseReference") if largest is not None else ""
    return f"{of.who.key} {of.id} {reference}".strip()


def _proprietary(element: Any) -> str:
    """Return the sender's own number of a recording with its namespace, "" when there is none."""
    found = next((e for e in element.iter() if local(e) == "ProprietaryId" and text_of(e)), None)
    return f"{found.get('Namespace') or 'own'} {text_of(found)}" if found is not None else ""


def _displayed(details: list[Any], of: Message) -> Iterator[Said]:
    """Yield who is shown as the artist; where nobody is, who performs."""
    shown = [s for d in details for part in d if local(part) == "DisplayArtist" for s in credits([part], of)]
    performing = [s for s in shown if isinstance(s, Statement) and s.predicate == "performer"]
    yield from performing or (s for d in details for s in credits(d, of) if isinstance(s, Statement) and s.predicate == "performer")


# what is said of them -----------------------------------------------------------------------------------------------


def _disclosure(element: Any, releases: list[Any]) -> Iterator[Statement]:
    """Yield what the recording, or the only release of the message, says it contains of AI."""
    stated = words(element, "ContainsAI") or (words(releases[0], "ContainsAI") if len(releases) == 1 else "")
    generative = [c for c in element.iter() if local(c).endswith("Role") and re.sub(r"[^a-z]", "", valued(c).casefold()) == "generativeai"]
    if value := _DISCLOSED.get(stated.casefold()):
        yield Statement(predicate="contains_ai", value=value)
    elif generative:
        yield Statement(predicate="contains_ai", value="unspecified")  # AI took part; the message does not say how far


def _labels(held: list[Any], of: Message) -> Iterator[Said]:
    """Yield the labels that the releases of a recording name: by name before 4.0, since then by a party of the list."""
    names: dict[str, None] = {}
    for part in (p for r in held for p in _territories(r)):
        names |= dict.fromkeys(n for e in children(part, "LabelName") if (n := text_of(e)))
        for reference in children(part, "ReleaseLabelReference"):
            party = of.parties.get(text_of(reference))
            if party is None or not name_of(party):
                yield Passed("label reference that names no party of the message")
            else:
                names[name_of(party)] = None
    yield from (label(name, of) for name in names)


def _territories(release: Any) -> list[Any]:
    return [release, *children(release, "ReleaseDetailsByTerritory")]


def _parts(element: Any, details: list[Any]) -> list[Any]:
    """Return where a recording's own lines and dates stand: in itself, in its details by territory, in its editions (4.3.2)."""
    return list(dict.fromkeys([element, *details, *children(element, "SoundRecordingEdition")]))


def _sessions(element: Any, details: list[Any]) -> list[Any]:
    return [s for part in _parts(element, details) for s in children(part, "LocationAndDateOfSession")]


def _rights(element: Any, details: list[Any], held: list[Any]) -> Iterator[Statement]:
    """Yield the P and C lines as they stand: the recording's own, and those of the releases that hold it, which say so."""
    of_releases = [part for release in held for part in _territories(release)]
    for parts, more in ((_parts(element, details), {}), (of_releases, {"of": "release"})):
        for part in parts:
            for kind, predicate in (("PLine", "phonographic_copyright"), ("CLine", "copyright")):
                for line in children(part, kind):
                    owner, stated = words(line, f"{kind}Text") or words(line, f"{kind}Company"), words(line, "Year")
                    year = {"year": stated} if stated.isdecimal() else {}
                    if owner:
                        yield Statement(predicate=predicate, value=owner, qualifiers={**year, **more}, quote=owner)


def _published(element: Any, details: list[Any]) -> Iterator[Statement]:
    for part in _parts(element, details):
        names = ("FirstPublicationDate", "OriginalResourceReleaseDate", "ResourceReleaseDate")
        if date := next((d for name in names if (d := sure_date(child(part, name)))), ""):
            yield Statement(predicate="released", value=date, precision=precision(date))
