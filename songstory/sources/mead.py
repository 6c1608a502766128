"""DDEX MEAD, 1.0.1 and 1.1: what a label tells of a recording beside its release, such as genre, tempo, themes, samples, charts and awards.

Read from the public documentation and one public message of a demonstration, not validated: no schema was at hand, and no
message of a delivery was seen yet. What the vocabulary has no word for, prose above all, is counted as passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    isrc_of,
    message,
    name_of,
    person,
    sessions,
    spaced,
    sure_date,
    text_of,
    valued,
)
from songstory.sources.shapes import entity
from songstory.sources.xml import child, children, local, words

ROOT = "MeadMessage"
_SILENT = frozenset("MetadataSourceReference ResourceSummary UsedMusicalWork LocationAndDateOfSession InstrumentUsed Contributor".split())
_EVENT = re.compile(r"\b(?:awards?|prizes?|prix|festival|honou?rs|brits|grammys)\b", re.IGNORECASE)


def parse(element: Any, name: str, number: int) -> tuple[Message, list[Recording | Passed | BadRecord]]:
    """Return a message and what it says of its recordings; releases, works and parties are passed over but for who wrote a work."""
    found = message(element, name, number, "MEAD")
    return found, list(_resources(found))


def _resources(of: Message) -> Iterator[Recording | Passed | BadRecord]:
    works = {w: e for e in children(of.element, "WorkInformationList", "WorkInformation") if (w := words(e, "MusicalWorkReference"))}
    listed = children(of.element, "ResourceInformationList", "ResourceInformation")
    for resource in listed:
        yield from _resource(resource, of, works)
    for kind in ("ReleaseInformation", "PartyInformation"):
        yield from (Passed(f"MEAD {kind}: it speaks of no recording") for _ in children(of.element, f"{kind}List", kind))
    if not listed:
        yield BadRecord(of.file, of.number, "ResourceInformationList: the message has no recordings; nothing to tell of a song")


def _resource(element: Any, of: Message, works: dict[str, Any]) -> Iterator[Recording | Passed | BadRecord]:
    summary = child(element, "ResourceSummary")
    (title, version), isrc = called(summary) if summary is not None else ("", ""), isrc_of(summary) if summary is not None else ""
    if not title:
        yield BadRecord(of.file, of.number, f"ResourceInformation {isrc or '?'}: expected a title, found none")
        return
    work = _work(element, works)
    said: list[Said] = [
        *credits(element, of), *credits(summary, of), *_instruments(element), *sessions(children(element, "LocationAndDateOfSession")),
        *_session_credits(element, of), *_told(element), *(_written(work, of) if work is not None else ()),
    ]  # fmt: skip
    yield from (s for s in said if isinstance(s, Passed))
    artists = tuple(a for e in children(summary, "DisplayArtist") if (a := person(e, of)))
    own = isrc or next((t for e in summary.iter() if local(e) == "ProprietaryId" and (t := text_of(e))), f"{of.id} {title}")
    yield Recording(
        source=of.who.key, locator=own, title=title, version=version, release=f"{of.who.key} {of.id}", artists=artists[:8],
        artist_credit=words(summary, "DisplayArtistName") or " & ".join(a.name for a in artists[:3]),
        identifiers=(*((("isrc", isrc),) if ISRC.fullmatch(isrc) else ()), (of.who.key, own)), works=_performed(work),
        statements=tuple({s.model_dump_json(): s for s in said if isinstance(s, Statement)}.values()),
    )  # fmt: skip


def _told(element: Any) -> Iterator[Said]:
    for part in element:
        if (read := _READ.get(local(part))) is not None:
            yield from read(part)
        elif local(part) not in _SILENT:
            yield Passed(f"MEAD {local(part)[:40]}: the vocabulary has no word for it")


def _values(part: Any) -> list[str]:
    return [spaced(v) for e in children(part, "Value") if (v := valued(e)) and v != "UserDefined"]


# one reader for each kind of fact ----------------------------------------------------------------------------------


def _genre(part: Any) -> Iterator[Said]:
    yield from (Statement(predicate="genre", value=value) for value in _values(part))


def _about(part: Any) -> Iterator[Said]:
    yield from (Statement(predicate="about", value=value) for value in _values(part))


def _tempo(part: Any) -> Iterator[Said]:
    stated = words(part, "Value")
    if children(part, "Modulation") or not re.fullmatch(r"\d{1,3}(?:\.\d{1,3})?", stated):
        yield Passed("MEAD BeatsPerMinute: more than one tempo, or none")
    else:
        yield Statement(predicate="tempo", value=round(float(stated)))


def _metre(part: Any) -> Iterator[Said]:
    beats, note = words(part, "Meter", "NumberOfBeatsInBar"), words(part, "Meter", "NoteEquivalentToBeat")
    if beats.isdecimal() and note.isdecimal() and not children(part, "Modulation"):
        yield Statement(predicate="time_signature", value=f"{beats[:2]}/{note[:2]}")
    else:
        yield Passed("MEAD TimeSignature: more than one metre, or none")


def _key(part: Any) -> Iterator[Said]:
    note, mode = valued(child(part, "RootChordNote")), valued(child(part, "Mode")) or valued(child(part, "RootChordQuality"))
    match = re.fullmatch(r"([A-G])[ -]?(sharp|flat|#|b|♯|♭)?", note, re.IGNORECASE)
    if match and mode.casefold() in {"major", "minor"} and not children(part, "Modulation"):
        sign = {"sharp": "-sharp", "#": "-sharp", "♯": "-sharp", "": ""}.get((match[2] or "").casefold(), "-flat")
        yield Statement(predicate="key", value=f"{match[1].upper()}{sign} {mode.casefold()}")
    else:
        yield Passed("MEAD Harmony: more than one key, or none")


def _sample(part: Any) -> Iterator[Said]:
    other = child(part, "RelatedResource")
    title = called(other)[0] if other is not None else ""
    artist = " & ".join(n for e in children(other, "DisplayArtist") if (n := name_of(e))) if other is not None else ""
    flags = {"samples": words(part, "ContainsSamples"), "sampled_by": words(part, "IsContainedInSample")}
    predicate = next((p for p, flag in flags.items() if flag == "true"), "")
    if title and predicate:
        yield Statement(predicate=predicate, value=title, qualifiers={"artist": artist} if artist else {})
    else:
        yield Passed("MEAD Sample: it does not say of what")


def _chart(part: Any) -> Iterator[Said]:
    """Yield the top position in a chart with the date on which an entry says it was reached, or the best of the entries."""
    name = next((n for e in children(part, "ChartName") if (n := words(e, "Name") or text_of(e))), "")
    entries = [(p, sure_date(child(e, "Date"))) for e in children(part, "ChartEntry") if (p := _place(words(e, "Position")))]
    best = _place(words(part, "TopPosition")) or min((p for p, _ in entries), default=0)
    if not name or not best:
        yield Passed("MEAD HistoricChartingInformation: without a chart, or without a position")
        return
    more: dict[str, str | int | float] = {"chart": name}
    if date := next((d for p, d in sorted(entries, key=lambda e: e[1]) if p == best and d), ""):
        more["date"] = date
    if weeks := re.fullmatch(r"P(\d{1,4})W", words(part, "DurationInCharts")):
        more["weeks_total"] = int(weeks[1])
    yield Statement(predicate="charted", value=best, qualifiers=more)


def _place(stated: str) -> int:
    return int(stated) if re.fullmatch(r"[0-9]{1,4}", stated) else 0


def _award(part: Any) -> Iterator[Said]:
    """Yield an award that was won, or was not: where it is not said which, nothing can be told."""
    name = words(part, "AwardName", "Name") or words(part, "AwardName")
    result = {"true": "won", "false": "nominated"}.get(words(part, "IsWinner"))
    if not name or result is None:
        yield Passed("MEAD Award: it does not say of what, or whether it was won")
        return
    more: dict[str, str | int | float] = {"result": result}
    if (body := name_of(child(part, "AwardingBody"))) and _EVENT.search(body):
        more["event"] = body
    if year := sure_date(child(part, "Date"))[:4]:
        more["year"] = year
    yield Statement(predicate="award", value=name, qualifiers=more)


_READ: dict[str, Callable[[Any], Iterator[Said]]] = {
    "GenreCategory": _genre, "SubGenreCategory": _genre, "Theme": _about, "LyricTheme": _about, "BeatsPerMinute": _tempo,
    "TimeSignature": _metre, "Harmony": _key, "Sample": _sample, "HistoricChartingInformation": _chart, "Award": _award,
}  # fmt: skip


# what several parts say together -------------------------------------------------------------------------------------


def _instruments(element: Any) -> Iterator[Said]:
    """Yield the instruments that are heard, as one list; a voice is none."""
    heard = [v for e in children(element, "InstrumentUsed") for v in _values(e) if not re.search(r"voice|vocal", v)]
    heard = list(dict.fromkeys({"drum kit": "drums", "percussion section": "percussion", "keyboard": "keyboards"}.get(v, v) for v in heard))
    if heard:
        yield Statement(predicate="instrumentation", value=" and ".join(p for p in (", ".join(heard[:-1]), heard[-1]) if p))


def _session_credits(element: Any, of: Message) -> Iterator[Said]:
    yield from (s for session in children(element, "LocationAndDateOfSession") for s in credits(session, of))


def _work(element: Any, works: dict[str, Any]) -> Any:
    """Return the work that a recording uses, None where it uses several: who wrote one of them did not write it all."""
    used = [text_of(e) for w in children(element, "UsedMusicalWork") for e in w if local(e).endswith("MusicalWorkReference")]
    return works.get(used[0]) if len(used) == 1 else None


def _written(work: Any, of: Message) -> Iterator[Said]:
    for writer in children(work, "WorkSummary", "Writer"):
        if someone := person(writer, of):
            yield Statement(predicate="writer", value=someone.name, object=someone)
    for theme in children(work, "Theme"):
        yield from _about(theme)


def _performed(work: Any) -> tuple[Entity, ...]:
    """Return the work of an ISWC: without one it is known to nobody else."""
    if work is None:
        return ()
    iswc = next((re.sub(r"[^0-9T]", "", t.upper()) for e in work.iter() if local(e) == "ISWC" and (t := text_of(e))), "")
    summary = child(work, "WorkSummary")
    title = next((t for e in children(summary, "WorkTitle") if (t := words(e, "TitleText", "Title") or words(e, "TitleText"))), "")
    return (entity(f"iswc-{iswc}", "work", title, iswc=iswc),) if iswc and title else ()
