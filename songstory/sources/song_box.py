"""What the infobox of a song says, field by field: who wrote and made it, where and when, how long it is and what it is on.

The surest facts of an article. A list is taken whole; what is no flat value, such as a range of dates, is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from songstory import brackets
from songstory.lexicon import MONTHS, SHORT_MONTHS
from songstory.records import Passed, Statement
from songstory.sources.shapes import entity, precision
from songstory.sources.wikitext import Box, Field, free, linked

SONGS = frozenset({"song", "single", "musical composition", "standard"})
Said = Statement | Passed
_NAMES = {
    **dict.fromkeys("writer writers songwriter songwriters author".split(), "writer"),
    **dict.fromkeys("lyricist lyricists lyrics text".split(), "lyricist"),
    **dict.fromkeys("composer composers music".split(), "composer"),
    **dict.fromkeys("producer producers".split(), "producer"),
    **dict.fromkeys("label labels".split(), "label"),
}
# What a note behind a name makes of the field; "" where it takes nothing from it.
_NOTES = {
    ("writer", "lyrics"): "lyricist", ("writer", "words"): "lyricist", ("writer", "lyricist"): "lyricist", ("writer", "text"): "lyricist",
    ("writer", "music"): "composer", ("writer", "composer"): "composer", ("writer", "melody"): "composer",
    ("producer", "executive"): "executive_producer", ("producer", "executive producer"): "executive_producer",
    ("producer", "co."): "co_producer", ("producer", "co-producer"): "co_producer", ("producer", "co"): "co_producer",
    ("producer", "additional"): "additional_producer", ("producer", "add."): "additional_producer",
    ("producer", "vocal"): "vocal_producer", ("producer", "vocals"): "vocal_producer",
    **{("writer", n): "writer" for n in ("words & music", "music & lyrics", "lyrics & music", "music & words")},
    **{(field, "uncredited"): field for field in set(_NAMES.values())},
}  # fmt: skip
_NONE = re.compile(
    r"(?:none|n/?a|unknown|various(?: artists)?|tba|tbd|see below|self[- ](?:produced|released|written)|traditional|"
    r"public domain|—|-|–|non-album (?:single|song|track))",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"(?:US|U\.S\.|USA|UK|U\.K\.|Europe|North America|Worldwide|World|Canada|Australia|New Zealand|Japan|Germany|France|Italy|Spain|Sweden|"
    r"Norway|Denmark|Finland|Netherlands|Belgium|Ireland|Brazil|Mexico|South Korea|Korea|India|Austria|Switzerland|Scandinavia|"
    r"United States|United Kingdom)"
)
_CATALOGUE = re.compile(r"[A-Z]{1,6}[ -]?\d[\d -]{0,12}")  # "QS 4" behind a label
_FORMAT = re.compile(r"(?:digital(?: download)?|download|streaming|physical|vinyl|cd|cassette|(?:7|12)[- ]inch)(?: single)?", re.IGNORECASE)
_AGAIN = re.compile(r"(?<!\s)\s*+[,;]?\s*+\bre-?(?:released|issued|release|issue)\b.*", re.IGNORECASE)
_LIVE = re.compile(r"live,?\s++(?:on\s++)?", re.IGNORECASE)
_ARRANGED = re.compile(r"(?:arranged|arr\.|arrangement)(?: by)?\s++", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3})(?::([0-5]\d)| min(?:utes)?,? ([0-5]?\d) s(?:ec(?:onds)?)?)")
_MONTH = "|".join(sorted((m for m in (*MONTHS, *SHORT_MONTHS)), key=len, reverse=True))
_WHEN = re.compile(
    rf"(?P<iso>\d{{4}}(?:-\d{{2}}(?:-\d{{2}})?)?)|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})|"
    rf"(?P<month2>{_MONTH})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})|(?P<month3>{_MONTH})\.?,? (?P<year3>\d{{4}})",
    re.IGNORECASE,
)
_PROPER = frozenset("Latin Christian African American Celtic Chicago Detroit Memphis Philadelphia Miami Jersey Brazilian British".split())


def statements(box: Box, title: str) -> Iterator[Said]:
    """Yield what the infobox of a song says of it, each with the text that it rests on as the quote."""
    if box.missing:
        yield Passed('infobox: not read; install what reads it with: pip install "songstory[wikipedia]"')
        return
    for name, field in box.fields.items():
        read = _FIELDS.get(name)
        if read is None:
            continue
        if field.items is None:
            yield Passed(f"infobox {name}: {field.why}")
            continue
        found = list(read(name, field, box))
        for said in found:
            yield said.model_copy(update={"quote": _evidence(said, field, len(found) == 1)}) if isinstance(said, Statement) else said


def _evidence(said: Statement, field: Field, alone: bool) -> str:
    """Return what a statement rests on: its item of a list, else the field to the letter, or as it is shown where it has markup.

    The border holds back what could be a fence of a prompt, and now and then a row of strange names, as one that gives orders.
    """
    if not alone:
        return said.quote or str(said.value)
    return free("; ".join(field.items or ()))[:2_000] if re.search(r"[{}<>&]", field.raw) else field.raw[:2_000]


def _left(name: str, why: str) -> Passed:
    return Passed(f"infobox {name}: {why}; left out")


# names --------------------------------------------------------------------------------------------------------------


def _names(name: str, field: Field, box: Box) -> Iterator[Said]:
    for item in people(field.items or ()):
        bare, noted = brackets.notes(item, "(", ")")
        who = " ".join(bare.split()).strip(" ,;'\"")
        predicate = _noted(_NAMES[name], noted)
        if predicate == "writer" and (match := _ARRANGED.match(who)):
            predicate, who = "arranger", who[match.end() :]
        who = _surnamed(who, field) if predicate != "label" else who
        if predicate is None or not _is_name(who) or re.search(r":|\bby\b", who) or len(who.split()) > _MOST_WORDS:
            yield _left(name, "a note that may take from a name" if predicate is None else "no name")
        else:
            kind = "label" if predicate == "label" else "person"
            yield Statement(predicate=predicate, value=who, object=entity(f"name-{predicate}-{who}", kind, who), quote=item)


def _surnamed(who: str, field: Field) -> str:
    """Return the whole name of somebody whose surname is said once for two: "[[Tom Poe|Tom]] and [[Ann Poe]]"."""
    if len(who.split()) != 1:
        return who
    match = re.search(rf"\[\[([^\[\]|]{{1,100}})\|\s{{0,5}}{re.escape(who)}\s{{0,5}}\]\]", field.raw)
    whole = brackets.without_last(match[1].strip()) if match else ""
    _, _, surname = whole.rpartition(" ")
    shared = surname and any(surname == free(i).rpartition(" ")[2] for i in people(field.items or ()) if free(i) != whole)
    return whole if shared and whole.startswith(f"{who} ") else who


def _noted(predicate: str, notes: list[str]) -> str | None:
    """Return what the notes behind a name make of a field, None where one of them may take from it."""
    found = predicate
    notes = [n for n in notes if predicate != "label" or not _CATALOGUE.fullmatch(n.strip()) or _REGION.match(n.strip())]
    for note in (" ".join(n.split()).casefold().replace(" and ", " & ") for n in notes if n.strip()):
        if (predicate, note) in _NOTES:
            found = _NOTES[predicate, note]
        elif predicate != "label" or not _REGION.fullmatch(note.upper() if len(note) < 5 else note.title()):
            return None
    return found


def _is_name(who: str) -> bool:
    odd = re.search(r"[{}\[\]|<>=\n]|https?:", who)
    return len(who) <= 100 and odd is None and re.search(r"\w", who) is not None and not _NONE.fullmatch(who)


_MOST_WORDS = 8  # of a name in an infobox; more of them are a remark


def people(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield the names of a list that is written in lines, with commas, or with "and" between whole names.

    "Ana Okafor and Ben Quill" are two; "Dre & Vidal" and "Florence and the Machine" are one, as far as anybody can see.
    """
    for line in lines:
        for part in _PARTS.split(line):
            pair = re.split(r"\s(?:and|&)\s", part)
            if len(linked(part)) > 1:
                pair = linked(part)
            elif not all(_whole(p) for p in pair):
                pair = [part]
            yield from (name for p in pair if (name := free(p)))


# A comma within brackets, and one before "Jr.", parts no names; a slash without blanks may be of a name, as in AC/DC.
_PARTS = re.compile(r"(?<!\s)\s*+(?:[,;·•]|(?<=\s)/(?=\s))\s*+(?:and\s++|&\s++)?(?![^()]{0,80}\))(?!(?:Jr|Sr|Inc|Ltd|LLC|II|III)\b)")


def _whole(name: str) -> bool:
    """Whether a text that stands beside "and" is a name of several words, and no band of somebody."""
    return len(name.split()) > 1 and not re.match(r"(?:the|his|her|its|their)\b", name, re.IGNORECASE)


# places, dates and the rest -----------------------------------------------------------------------------------------


def _studios(name: str, field: Field, box: Box) -> Iterator[Said]:
    for item in field.items or ():
        bare, _ = brackets.notes(item, "(", ")")
        for place in re.split(r"(?<!\s)\s*+(?:;|/(?=\s))\s*+", bare):
            where = " ".join(free(place).split()).strip(" ,.;")
            if _is_name(where):
                yield Statement(predicate="recorded_at", value=where, quote=free(item))
            elif where:
                yield _left(name, "what is no place")


def _released(name: str, field: Field, box: Box) -> Iterator[Said]:
    """Yield each date of release that is flat; one with a region in brackets is of that region."""
    first = ""
    for item in field.items or ():
        bare, noted = brackets.notes(_AGAIN.sub("", free(item)), "(", ")")
        date, region = flat_date(bare), noted[0].strip() if len(noted) == 1 else ""
        if date and _FORMAT.fullmatch(region) and len(noted) == 1:  # the song came out with the first of its formats
            if first and first <= date[: len(first)]:
                yield _left(name, "a later format")
                continue
            region = ""
            noted = []
        if not date or len(noted) > 1 or (region and not _REGION.fullmatch(region)):
            yield _left(name, "no flat date")
        else:
            first = first or date
            more: dict[str, str | int | float] = {"region": region} if region and not region.startswith("World") else {}
            yield Statement(predicate="released", value=date, precision=precision(date), qualifiers=more, quote=free(item))


def _recorded(name: str, field: Field, box: Box) -> Iterator[Said]:
    """Yield when it was recorded, where that is one date: a range is not cut, and of several days none is the day."""
    dates = [flat_date(_LIVE.sub("", free(item), count=1)) for item in field.items or ()]
    if len(dates) == 1 and dates[0]:
        yield Statement(predicate="recorded_on", value=dates[0], precision=precision(dates[0]))
    else:
        yield _left(name, "no flat date")


def flat_date(text: str) -> str:
    """Return a text that is one date, to the day, the month or the year, as ISO text, "" for anything else."""
    match = _WHEN.fullmatch(text.strip(" .,"))
    if match is None:
        return ""
    if match["iso"]:
        return match["iso"]
    year = match["year"] or match["year2"] or match["year3"]
    month = (match["month"] or match["month2"] or match["month3"]).casefold()
    day = match["day"] or match["day2"] or ""
    return f"{year}-{MONTHS.get(month) or SHORT_MONTHS[month]:02d}" + (f"-{int(day):02d}" if day else "")


def _genres(name: str, field: Field, box: Box) -> Iterator[Said]:
    for item in field.items or ():
        for part in re.split(r"(?<!\s)\s*+[,;/·•]\s*+", item):
            genre = brackets.notes(free(part), "(", ")")[0].strip(" .'\"")
            if not _is_name(genre):
                continue
            first = genre.split()[0]
            small = first[:1].isupper() and first[1:].islower() and first not in _PROPER
            yield Statement(predicate="genre", value=genre[0].lower() + genre[1:] if small else genre, quote=genre)


def _length(name: str, field: Field, box: Box) -> Iterator[Said]:
    """Yield the length, where there is one: of several nobody knows which is heard."""
    found = [_CLOCK.fullmatch(free(item)) for item in field.items or ()]
    if len(found) == 1 and found[0]:
        hours, minutes, seconds, more = (int(g or 0) for g in found[0].groups())
        yield Statement(predicate="duration", value=hours * 3600 + minutes * 60 + seconds + more)
    else:
        yield _left(name, "no single length")


def _album(name: str, field: Field, box: Box) -> Iterator[Said]:
    for item in (part for line in field.items or () for part in linked(line)):
        bare, noted = brackets.notes(free(item), "(", ")")
        title = " ".join(bare.split()).strip(" ,.\"'")
        if not _is_name(title):
            yield _left(name, "no album")
            continue
        year = next((n for n in noted if re.fullmatch(r"\d{4}", n)), "")
        yield Statement(predicate="track_on", value=title, qualifiers={"year": year} if year else {}, quote=free(item))


def _b_side(name: str, field: Field, box: Box) -> Iterator[Said]:
    """A B-side says what stands on the other side, and the vocabulary only what a song is the B-side of."""
    yield _left(name, "it is another song")


_FIELDS: dict[str, Callable[[str, Field, Box], Iterator[Said]]] = {
    **dict.fromkeys(_NAMES, _names), "studio": _studios, "studios": _studios, "released": _released, "recorded": _recorded,
    "genre": _genres, "genres": _genres, "length": _length, "album": _album, "from album": _album, "b-side": _b_side, "bside": _b_side,
}  # fmt: skip
