"""What the messages of DDEX share, whatever they notify of: senders, parties, roles, titles, versions and sessions.

Element names differ between the standards and their versions; all are read by name, whichever namespace they carry. A party
that has no ISNI is known to its sender alone: names join nobody across senders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from songstory.identifiers import normal
from songstory.models import Entity, Source
from songstory.records import Passed, Statement
from songstory.sources.shapes import common, entity, partial_date, precision
from songstory.sources.xml import child, children, local, words

Said = Statement | Passed
ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
ROLES = {
    "composer": "composer", "lyricist": "lyricist", "librettist": "lyricist", "composerlyricist": "writer", "songwriter": "writer",
    "author": "writer", "writer": "writer", "producer": "producer", "studioproducer": "producer", "recordproducer": "producer",
    "coproducer": "co_producer",
    "executiveproducer": "executive_producer", "coexecutiveproducer": "executive_producer", "additionalproducer": "additional_producer",
    "vocalproducer": "vocal_producer", "mixer": "mixer", "mixingengineer": "mixer", "masteringengineer": "mastering_engineer",
    "recordingengineer": "engineer", "trackingengineer": "engineer", "engineer": "engineer", "soundengineer": "engineer",
    "arranger": "arranger", "musicarranger": "arranger", "stringarranger": "arranger", "vocalarranger": "arranger",
    "hornarranger": "arranger",
    "programmer": "programmer", "computerprogrammer": "programmer", "drumprogrammer": "programmer", "keyboardprogrammer": "programmer",
    "conductor": "conductor", "chorusmaster": "conductor", "choirconductor": "conductor", "remixer": "remixer",
    "featuredartist": "featured_artist", "featuring": "featured_artist", "videodirector": "video_director",
    **dict.fromkeys(
        """mainartist artist performer leadperformer primarymusician mainperformer band ensemble orchestra choir chorus chamberorchestra
        symphonyorchestra stringquartet stringorchestra soloist dj""".split(),
        "performer",
    ),
}  # fmt: skip
PARTS = {
    "leadvocalist": "lead vocals", "leadsinger": "lead vocals", "vocalist": "vocals", "singer": "vocals", "studiovocalist": "vocals",
    "backgroundvocalist": "background vocals", "backingvocalist": "background vocals", "backgroundsinger": "background vocals",
    "harmonyvocalist": "harmony vocals", "choirmember": "choir vocals", "rapper": "rap vocals", "rap": "rap vocals",
}  # fmt: skip
PLAYERS = {
    "guitarist": "guitar", "leadguitarist": "lead guitar", "rhythmguitarist": "rhythm guitar", "acousticguitarist": "acoustic guitar",
    "electricguitarist": "electric guitar", "bassist": "bass", "bassguitarist": "bass guitar", "bassplayer": "bass", "drummer": "drums",
    "pianist": "piano", "keyboardist": "keyboards", "keyboardplayer": "keyboards", "organist": "organ", "percussionist": "percussion",
    "violinist": "violin", "violist": "viola", "cellist": "cello", "doublebassist": "double bass", "harpist": "harp", "flautist": "flute",
    "flutist": "flute", "oboist": "oboe", "clarinetist": "clarinet", "clarinettist": "clarinet", "saxophonist": "saxophone",
    "trumpeter": "trumpet", "trombonist": "trombone", "hornplayer": "horn", "harmonicaplayer": "harmonica", "accordionist": "accordion",
    "synthesizerplayer": "synthesizer", "banjoist": "banjo", "mandolinist": "mandolin",
}  # fmt: skip
# Who plays something: with an instrument its name says all, and without one some of them say nothing that could be told.
_PLAYS = frozenset("musician studiomusician instrumentalist associatedperformer sessionmusician supportingmusician".split())
_ANY_PLAYER = _PLAYS | {"soloist", "performer", "leadperformer", "primarymusician", "artist", "contributor"}
# Instruments as people call them, where their name in the allowed values is another; voices are parts.
_INSTRUMENTS = {"drumkit": "drums", "keyboard": "keyboards", "percussioninstrument": "percussion", "percussionsection": "percussion"}
_VOICES = re.compile(r"(?:.{0,40} )?(?:voice|vocals?|vocalist|singer|soprano|mezzo soprano|contralto|tenor|baritone|countertenor)")
_DISCLOSED = {"all": "all", "partly": "partly", "none": "none"}
_CREDITED = frozenset({"DisplayArtist", "Contributor", "ResourceContributor", "IndirectResourceContributor", "ContributorReference"})
_UNSURE = ("IsApproximate", "IsBefore", "IsAfter")


# who ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Message:
    """A message with who sent it and the parties it lists.

    `scope` stands in the id of all that has no identity of its own; `shared` are the names that several of its parties bear.
    """

    element: Any
    who: Source
    scope: str
    id: str
    file: str
    number: int
    parties: dict[str, Any]
    shared: frozenset[str]


def message(element: Any, file: str, number: int, standard: str = "") -> Message:
    """Return a message of a file; `standard` is "" for ERN, whose senders are the sources that the others do not corroborate."""
    header = child(element, "MessageHeader")
    header = child(element, "FileHeader") if header is None else header
    sender = next((s for s in (child(header, "MessageSender"), child(header, "FileCreator")) if s is not None), None)
    behalf = next((s for s in (child(header, "SentOnBehalfOf"), child(header, "CreatedOnBehalfOf")) if s is not None), None)
    listed = children(element, "PartyList", "Party")
    names = Counter(name_of(p) for p in listed)
    return Message(
        element=element, who=source(name_of(sender) or _dpid(sender), standard), file=file, number=number,
        scope=" ".join(part for party in (sender, behalf) if (part := _dpid(party) or name_of(party))) or "unknown",
        id=words(header, "MessageId") or words(header, "FileId") or f"{file} {number}",
        parties={words(p, "PartyReference"): p for p in listed if words(p, "PartyReference")},
        shared=frozenset(name for name, count in names.items() if count > 1),
    )  # fmt: skip


def source(sender: str, standard: str = "") -> Source:
    """Return the source that a sender's messages are: the label itself, trusted in what it says of its own recordings.

    What it says in another standard than ERN is another source, for neither takes back what the other says, and of its group.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", sender.casefold()).strip("-") or "unknown"
    key = f"ddex-{slug}--{standard.casefold()}" if standard else f"ddex-{slug}"  # no slug holds two hyphens
    return Source(
        key=key, name=f"{sender or 'Unknown sender'} (DDEX{f' {standard}' if standard else ''})", licence="Facts from the rights holder",
        trust=60 if standard else 85, independent_group=f"ddex-{slug}" if standard else "",
    )  # fmt: skip


def _dpid(party: Any) -> str:
    return words(party, "PartyId", "DPID") or words(party, "PartyId") if party is not None else ""


def name_of(party: Any) -> str:
    """Return the name of a party, whole or put together, "" when there is none."""
    if party is None:
        return ""
    for way in (("PartyName",), ("Name",), ()):
        part = child(party, *way)
        for last in (("FullName",), ("FullName", "Name")):
            if found := words(part, *last):
                return found
        if joined := " ".join(w for n in ("NamesBeforeKeyName", "KeyName", "NamesAfterKeyName") if (w := words(part, n))):
            return joined
        if way and (found := words(party, *way)):
            return found
    return ""


def person(element: Any, of: Message) -> Entity | None:
    """Return the party itself, or the one of the message's party list that is referred to. AI that is no person is none."""
    reference = next((t for e in element if local(e).endswith(("PartyReference", "ContributorReference")) and (t := text_of(e))), "")
    party = of.parties.get(reference, element)
    name = name_of(party)
    if not name or re.sub(r"\W", "", name).casefold() == "generativeai":
        return None
    isni = next((t for e in party.iter() if (local(e) == "ISNI" or e.get("IsISNI") == "true") and (t := text_of(e))), "")
    try:
        uid = f"isni-{normal('isni', isni)}" if isni else ""
    except ValueError:
        uid = ""  # what is no ISNI says nothing of who it is; the border names it
    alone = f" {of.id} {reference}" if name in of.shared else ""
    return entity(uid or f"ddex-{of.scope}-{name}{alone}", "artist", name, isni=isni)


def label(name: str, of: Message) -> Statement:
    """Return what names the label of a recording."""
    return Statement(predicate="label", value=name, object=entity(f"ddex-{of.scope}-label-{name}", "label", name))


def text_of(element: Any) -> str:
    """Return an element's own text in one line, "" for none."""
    return " ".join((element.text or "").split()) if element is not None else ""


def valued(element: Any) -> str:
    """Return an allowed value, or the one that its sender defines in its place: `UserDefinedValue`."""
    value = text_of(element)
    return " ".join((element.get("UserDefinedValue") or value).split()) if value in {"UserDefined", ""} and element is not None else value


def spaced(value: str) -> str:
    """Return an allowed value as words: "ElectricGuitar" is "electric guitar"; what its sender wrote with blanks stays as it is."""
    if " " in value or not re.search(r"[a-z][A-Z]", value):
        return value.lower() if value.istitle() and value.isalpha() else value
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", value).lower()


# credits ------------------------------------------------------------------------------------------------------------


def credits(element: Any, of: Message) -> Iterator[Said]:
    """Yield what the contributors that stand in an element did; what no role of ours says is passed over, by name."""
    for part in element:
        if local(part) in _CREDITED:
            yield from credit(part, of)


def credit(part: Any, of: Message) -> Iterator[Said]:
    """Yield what one contributor did."""
    someone = person(part, of)
    if someone is None:
        return
    given = [valued(e) for e in part if local(e).endswith("Role")]
    roles = [r for r in given if r and _key(r) not in {"generativeai", "userdefined"}]
    played = [spaced(v) for e in part if local(e) == "InstrumentType" and (v := valued(e)) and v != "UserDefined"]
    more: dict[str, str | int | float] = {}
    if ai := _DISCLOSED.get(words(part, "AiContribution").casefold()):
        more["ai"] = ai
    if not given and local(part) == "DisplayArtist":
        roles = ["MainArtist"]
    yield from hands(someone, roles, played, more)


def hands(someone: Entity, roles: Iterable[str], played: Iterable[str], more: dict[str, str | int | float]) -> Iterator[Said]:
    """Yield what somebody did in some roles, on some instruments: a player with an instrument is told by it alone."""
    played = list(played)
    for instrument in played:
        yield _played(someone, _INSTRUMENTS.get(_key(instrument), instrument), more)
    for role in roles:
        key = _key(role)
        if played and key in _ANY_PLAYER:
            continue
        if key in PLAYERS:
            yield _played(someone, PLAYERS[key], more)
        elif key in PARTS:
            yield _credit("vocal", someone, {"part": PARTS[key], **more})
        elif key in ROLES:
            yield _credit(ROLES[key], someone, more)
        else:
            yield Passed(f"role {role[:60]!r} names no instrument" if key in _PLAYS else f"role {role[:60]!r} is not known")


def _played(someone: Entity, instrument: str, more: dict[str, str | int | float]) -> Statement:
    if _VOICES.fullmatch(instrument.casefold()):
        return _credit("vocal", someone, {"part": "vocals", **more})
    return _credit("instrument", someone, {"instrument": instrument, **more})


def _credit(predicate: str, someone: Entity, more: dict[str, str | int | float]) -> Statement:
    return Statement(predicate=predicate, value=someone.name, object=someone, qualifiers=more)


def _key(role: str) -> str:
    return re.sub(r"[^a-z]", "", role.casefold())


# what it is called --------------------------------------------------------------------------------------------------

_TITLES = ("ReferenceTitle", "DisplayTitle", "Title", "FormalTitle")
_VERSION = re.compile(
    r"\b(?:version|live|remix\w*|mix|edit\w*|re-?master\w*|acoustic|instrumental|demo|karaoke|a ?cappella|unplugged|mono|stereo|take \d+|"
    r"session|re-?record\w*|extended|radio|club|dub|alternat\w+|sped up|slowed\w*)\b",
    re.IGNORECASE,
)


def called(element: Any) -> tuple[str, str]:
    """Return the title of a recording and the version it is: subtitles of that type, or the type of version that it states.

    "Proud" with the subtitle "Live" is "Proud", "Live"; "Side B" with the subtitle "Dope Song" is "Side B (Dope Song)", "".
    """
    found = next((t for name in _TITLES if (t := child(element, name)) is not None and _title_text(t)), None)
    title = _title_text(found) if found is not None else words(element, "DisplayTitleText")
    beside, versions = [], [w for e in (found, element) if e is not None and (w := words(e, "VersionTitle"))]
    for sub in children(found, "SubTitle") if found is not None else []:
        text = text_of(sub) or words(sub, "Title")
        kind = (sub.get("SubTitleType") or "").casefold()
        if text and (kind.startswith("version") or (not kind and _VERSION.search(text))):
            versions.append(text)
        elif text and sub.get("IsDisplayedInTitle") != "false":
            beside.append(text)
    stated = [spaced(v).removesuffix("version").strip().capitalize() for e in children(element, "VersionType") if (v := valued(e))]
    version = ", ".join(dict.fromkeys(v.strip("()[] ") for v in versions)) or ", ".join(dict.fromkeys(s for s in stated if s))
    return " ".join([title, *(f"({b.strip('()[] ')})" for b in beside if b.casefold() not in title.casefold())]).strip(), version


def _title_text(title: Any) -> str:
    return words(title, "TitleText") or words(title, "TitleText", "Title")


def isrc_of(element: Any) -> str:
    """Return the first ISRC under an element, without hyphens."""
    return next((t for e in element.iter() if local(e) == "ISRC" and (t := text_of(e).replace("-", "").replace(" ", "").upper())), "")


def seconds(duration: str) -> int:
    """Return the whole seconds of a duration such as PT3M45S, 0 for what is none."""
    match = re.fullmatch(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d{1,9})?S)?", duration)
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0) if match else 0


# where and when -----------------------------------------------------------------------------------------------------

_RECORDS = re.compile(r"record|track|live", re.IGNORECASE)
_ELSEWHERE = re.compile(r"mix|master|edit|overdub|transfer|remix|production|rehears|programming|safet", re.IGNORECASE)


def sessions(found: Iterable[Any]) -> Iterator[Said]:
    """Yield where a recording was recorded, and the day, month or year that all of those sessions share; others are passed over."""
    places: dict[str, list[tuple[str, str]]] = {}
    spans: list[tuple[str, str]] = []
    for session in found:
        kinds = [valued(k) for k in children(session, "SessionType")]
        if kinds and not any(_RECORDS.search(k) and not _ELSEWHERE.search(k) for k in kinds):
            yield Passed(f"session of {kinds[0][:40]!r}: not where it was recorded")
            continue
        span = _span(session)
        spans.append(span)
        venue = child(session, "Venue")
        for place in [name for v in (venue, session) if v is not None and (name := words(v, "VenueName"))][:1]:
            places.setdefault(place, []).append(span)
    for place, when in places.items():
        date = shared(when)
        yield Statement(predicate="recorded_at", value=place, qualifiers={"date": date} if date else {})
    if date := shared(spans):
        yield Statement(predicate="recorded_on", value=date, precision=precision(date))
    elif any(begin for begin, _ in spans):
        yield Passed("sessions over more than a year, or of no exact date")


def shared(spans: list[tuple[str, str]]) -> str:
    """Return what the dates of all spans have in common, "" where one of them has no date."""
    date = spans[0][0] if spans else ""
    for begin, end in spans:
        date = common(common(date, begin), common(date, end))
    return date


def _span(session: Any) -> tuple[str, str]:
    """Return when a session began and ended; one that only says when it began was on that day. What is about a date is none."""
    period = child(session, "Period")
    bounds = []
    for name in ("Start", "End"):
        places = [p for p in (period, session) if p is not None]
        stated = [e for p in places for kind in ("Date", "DateTime") if (e := child(p, name + kind)) is not None]
        sure = [e for e in stated if not any(e.get(flag) == "true" for flag in _UNSURE)]
        bounds.append(partial_date(text_of(sure[0])) if sure else "?" if stated else "")
    begin, end = bounds
    return (begin, end or begin) if begin not in {"", "?"} and end != "?" else ("", "")


def sure_date(element: Any) -> str:
    """Return the date in an element, "" where it is only about a date."""
    return "" if element is None or any(element.get(flag) == "true" for flag in _UNSURE) else partial_date(text_of(element))
