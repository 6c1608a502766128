"""Reads typed facts out of plain sentences about a song, each with the exact words it rests on. Silent where a sentence is not plain.

A pattern fires only where the subject is this song, in the indicative, about its first recording; lists of names are
taken whole or not at all. What a pattern cannot read without guessing it leaves to an editor, or to a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songstory import brackets
from songstory.lexicon import MONTHS, NUMBER_WORDS
from songstory.patterns import lazy
from songstory.records import Statement
from songstory.sources.shapes import entity

_ABBREVIATION = lazy(r"(?:\b(?:No|St|Mr|Mrs|Ms|Dr|Jr|Sr|vs|feat|ft|Vol|Pt|Inc|Ltd|Co|etc|ca|op|Op|approx|U\.S|U\.K|e\.g|i\.e)|\b[A-Z])\.$")
_LONGEST = len("approx.") + 1
_BREAK = lazy(r'(?<=[.!?])["”’)\]]*\s+(?=["“(\[]?[A-Z0-9])')
# What makes a sentence tell of something else, or not flatly.
_UNSURE = lazy(
    r"\b(?:not|never|n't|reportedly|allegedly|rumou?r\w*|speculat\w+|might|may have|could|would|supposedly|claim\w*|said|says|according to|initially|"
    r"originally|demo|planned|intended|unreleased|mistaken\w*|incorrectly|falsely|believed|thought to|cover(?:s|ed)? (?:by|version)|remix\w*|"
    r"live version|parody|parodied|if|except|unlike|denied|similar|compared|reminiscent|same team)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset("de da di del della van von der den la le el al bin ben y e of the and &".split())
_TITLES = lazy(
    r"^(?:(?:the|its|their|his|her|a|an|both|all|then|fellow|longtime|long-time|frequent|former|late)\s+)*"
    r"(?:[\w'’.&-]+\s+){0,4}?(?:band ?mates?|members?|singers?|songwriters?|writers?|producers?|co-producers?|guitarists?|bassists?|drummers?|"
    r"keyboardists?|vocalists?|frontman|frontwoman|rappers?|musicians?|duo|trio|teams?|composers?|lyricists?|collaborators?|partners?|"
    r"brothers?|sisters?|husband|wife|directors?|film-?makers?|photographers?|engineers?|DJs?|pianists?|performers?|artists?|group|band)\s*,?\s+"
)
_GOES_ON = (
    r"(?:(?:and|but|while|with|who|which|that|whose|where|when|after|before|during|for|in|on|at|from|as|under|through|via|using|"
    r"over|to|into|about|because|since|until|alongside|featuring|is|was|were|are|has|had)\s++(?!(?:the\s+)?[A-Z]|(?:its|the|their|his|her)\s+[a-z-]+s,?\s+[A-Z])|"
    r"(?:and|while|but)\s++(?:was|were|is|it|its(?!\s+[a-z-]+s,?\s+[A-Z])|has|had|then|also|co-?\w+ed|\w+ed|features?|features|released|recorded|mixed|produced|directed|"
    r"written|engineered|mastered|arranged)\b|"
    r"(?:for|in|on|at|from|as|with|under|during|after|before|who|which|that|while|by|of|to|was|is|featuring|alongside|via)\s)"
)
_ENDS = lazy(
    r"(?<!\s)(?:\s*+(?:(?<!\b[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bJr)\.(?=\s|$)|[;:(\[–—]|"
    rf",(?:\s++{_GOES_ON}|\s*+(?=\d))|$)|\s++{_GOES_ON})"
)
_MONTH = "|".join(m.capitalize() for m in MONTHS)
_DATE = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH}),? (?P<year>\d{{4}})|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}), (?P<year2>\d{{4}})|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}})|(?P<year4>(?:19|20)\d{{2}}))(?!\s*(?:[-–—]|to\b|and\b|through\b))"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
_CHART = (
    r"(?:the )?(?P<chart>(?:(?:US|U\.S\.|UK|U\.K\.|American|British|Irish|Canadian|Australian|New Zealand|German|French|Dutch|Official|Japan|Japanese)\s++)*+"
    r"(?:[A-Z][\w&'/+-]*\s+|\d+\s+|and\s+(?=[A-Z]))*(?:Hot 100|Hot 200|Singles Chart|Singles chart|Singles Charts|Songs chart|Songs|Airplay|"
    r"Airplay chart|Singles|Tracks|Top 40|Top 50|Top 100|Oricon|ARIA|Chart|chart|100))(?=[\s.,;)]|$)"
)
_LEVELS = r"(?:(?:double|triple|quadruple|two|three|four|five|six|seven|eight|nine|ten|\d+)[ -]?(?:times|x|×)?[ -])?(?:gold|silver|platinum|diamond)"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage, to the letter."""

    text: str
    first: bool


def sentences(passage: str) -> Iterator[Sentence]:
    """Yield the sentences of a passage; an abbreviation or an initial ends none."""
    start = 0
    for match in _BREAK.finditer(passage):
        if _ABBREVIATION.search(passage, max(start, match.start() - _LONGEST), match.start()):
            continue
        if text := passage[start : match.end()].strip():
            yield Sentence(text, start == 0)
        start = match.end()
    if text := passage[start:].strip():
        yield Sentence(text, start == 0)


def extract(passage: str, title: str) -> Iterator[Statement]:
    """Yield what the sentences of `passage` plainly say of the song `title`, each with its sentence as the quote."""
    seen = set()
    for sentence in sentences(passage):
        if "<unk>" in sentence.text or len(sentence.text) > 600 or _UNSURE.search(sentence.text):
            continue
        for statement in _read(sentence.text, title):
            key = statement.model_dump_json(exclude={"quote"})
            if key not in seen and value_in_quote(statement):
                seen.add(key)
                yield statement


def value_in_quote(statement: Statement) -> bool:
    """Return whether the quote holds the value: to the letter, as a written number, or as a written date."""
    value, quote = statement.value, statement.quote
    if isinstance(value, int):
        words = [w for w, n in NUMBER_WORDS.items() if n == value]
        return re.search(rf"\b(?:{value}|{'|'.join(words) or value})\b", quote, re.IGNORECASE) is not None
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", str(value)):
        return str(value)[:4] in quote
    return str(value) in quote


def full_names(said: list[Statement], article: str) -> list[Statement]:
    """Leave out the names that are only the last word of a fuller name in the article: "Martin", where Max Martin is meant."""
    fuller = set(_last_words(article))
    return [s for s in said if s.object is None or " " in str(s.value) or str(s.value) not in fuller]


def _last_words(article: str) -> Iterator[str]:
    """Yield the last word of each row of capitalised words; the first of them may begin within a word, such as co-Writer."""
    last, end, under_way = "", 0, False
    for match in re.finditer(r"[\w'’.-]+", article):
        word = match[0]
        if under_way and "A" <= word[0] <= "Z" and len(word) > 1 and article[end : match.start()].isspace():
            head = word.split(".", maxsplit=1)[0]
            last = head if len(head) > 1 else last
        else:
            if last:
                yield last
            last, under_way = "", re.search(r"\b[A-Z][\w'’.-]", word) is not None
        end = match.end()
    if last:
        yield last


def _read(text: str, title: str) -> Iterator[Statement]:
    for pattern, predicates in _CREDITS:
        for match in pattern.finditer(text):
            if _about_song(text, match.start(), title, video=predicates == ("video_director",)):
                for name in names(text[match.end() :]):
                    for predicate in predicates:
                        uid = f"name-{predicate}-{name}"
                        yield Statement(predicate=predicate, value=name, object=entity(uid, "person", name), quote=text)
    for pattern, read in _OTHERS:
        for match in pattern.finditer(text):
            if _about_song(text, match.start(), title):
                yield from read(match, text)


_CREDITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (lazy(r"\b[Mm]usic (?:was |is )?(?:written|composed) by "), ("composer",)),
    (
        lazy(r"\b(?<!co-)(?<!music )(?<!music was )(?<!lyrics )(?<!lyrics were )(?<!words )(?:[Ww]ritten|penned)(?:,? and recorded)? by "),
        ("writer",),
    ),
    (lazy(r"\b[Ww]ritten(?:, recorded,?)? and produced by "), ("writer", "producer")),
    (lazy(r"\b(?<!co-)(?<!music )(?<!music was )[Cc]omposed by "), ("composer",)),
    (lazy(r"\b[Cc]omposed and produced by "), ("composer", "producer")),
    (lazy(r"\b(?:[Ll]yrics|[Ww]ords) (?:were |are )?(?:written |penned )?by "), ("lyricist",)),
    (lazy(r"(?<!-)(?<!and )(?<!vocal )\b[Pp]roduced(?: and (?:engineered|mixed|arranged))? by "), ("producer",)),
    (lazy(r"\band produced by "), ("producer",)),
    (lazy(r"\b[Pp]roduction (?:was |is )?(?:handled|provided|done|helmed) by "), ("producer",)),
    (lazy(r"\bvideo\b[^.;]{0,90}?\b(?:was |were |is )?directed by "), ("video_director",)),
)


def names(text: str) -> list[str]:
    """Return the names of the list that `text` begins with; none when any of its items is no plain name."""
    end = _ENDS.search(text)
    listed = text[: end.start()] if end else text
    rest = text[len(listed) :]
    if re.match(r"\s+(?:on|in|of|at|from)\s+(?:[\w'’-]+\s+){1,6}(?:producers?|writers?|co-writers?|members?|singers?)\b", rest):
        return []  # the words up to the noun are a title, not a place
    if re.match(r"\s+(?:and|with|alongside)\s+(?:the |its |his |her |their )?[a-z]", rest) and not re.match(
        r"\s+and\s+(?:(?:the\s+)?(?:lyrics|words|music|production|text)\b|was|were|is|it|its|has|had|then|also|features?|released|recorded|mixed|produced|directed|written|engineered|mastered|arranged)\b",
        rest,
    ):
        return []
    found = []
    for item in re.split(r",\s++and\s++|(?<!\s)\s++and\s++|,\s++", listed.strip().rstrip(",.")):
        name = _TITLES.sub("", item.strip()).strip(" ,.\"'") if not _plain(item.strip()) else item.strip()
        if _ROLE_ONLY.fullmatch(item.strip()):
            continue  # "its producers," before the names
        if not _plain(name):
            return []
        found.append(name)
    return found if 0 < len(found) <= 12 else []


_ROLE_ONLY = lazy(
    r"(?:(?:its|the|their|his|her|fellow|band)\s+)*(?:song-?)?(?:producers|co-producers|writers|co-writers|songwriters|members|bandmates)"
)


_MOST_WORDS = 5  # of a name


def _plain(name: str) -> bool:
    words = name.split(maxsplit=_MOST_WORDS)
    if len(words) > _MOST_WORDS:
        return False
    capital = [w for w in words if w[:1].isupper() or w[:1].isdecimal() or w.startswith(("will.", "d'", "k."))]
    small = [w for w in words if w not in capital]
    return (
        bool(capital) and words[0] in capital and set(small) <= _PARTICLES and not _NO_NAME.search(name) and '"' not in name
    )  # fmt: skip


_NO_NAME = lazy(
    r"\b(?:The (?:band|song|duo|group|singer)|It|He|She|They|Them|Album|Records|Billboard|American|British|English|January|Chart)\b|\d{3}"
)


def _about_song(text: str, at: int, title: str, video: bool = False) -> bool:
    """Whether what stands before a pattern makes this song, and nothing else, its subject."""
    before = text[:at]
    quoted = re.findall(r'["“]([^"”]{1,120})["”]', before)
    bare = brackets.without_last(title).strip(" \"'")
    if any(_key(q) != _key(bare) for q in quoted):
        return False
    if not video and re.search(r"\b(?:videos?|clips?|films?|movies?|which|whose|who)\b", before):
        return False
    if not video and _OTHER_WORK.search(_WITHIN.sub("", before)):
        return False
    if video:
        return True
    own = any(_key(q) == _key(bare) for q in quoted)
    noun = re.search(r"\b(?:[Tt]he|[Tt]his) (?:song|track|single|recording|ballad|instrumental|tune)\b", before)
    start = re.match(
        r"(?:It|The music was|Written|Composed|Produced|Recorded|Penned|Lyrics|The lyrics|The music|Music|The lyrics and music|Production)\b",
        text,
    )
    after = (
        re.search(r"\b(?:the|this) (?:song|track|single)\b", text[at:])
        if re.match(r"(?:Written|Composed|Produced|Recorded|Penned)\b", text)
        else True
    )
    return bool((own or noun or start) and after)


_OTHER_WORK = lazy(r"\b(?:albums?|LPs?|EPs?|tour|book|documentary|soundtrack|B-side|version|sequel|episode|show|demo)\b")
# "the second single from their third album" tells of the single.
_WITHIN = lazy(r"\b(?:from|for|on|off|of|to)\s+(?:(?!and\b|but\b|while\b)[\w'’-]+\s+){0,8}?(?:album|LP|EP|soundtrack|show)\b[^,;]*")


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()


# what is no credit ---------------------------------------------------------------------------------------------------


def _number(match: re.Match[str]) -> int:
    found = match["number"].casefold()
    return NUMBER_WORDS[found] if found in NUMBER_WORDS else int(found)


def _charted(match: re.Match[str], text: str) -> Iterator[Statement]:
    if not re.search(r"[A-Z]", match["chart"]):
        return  # "the chart" is none that a reader could look up
    yield Statement(predicate="charted", value=_number(match), qualifiers={"chart": match["chart"].strip()}, quote=text)
    at = match.end()
    while more := _AND_NUMBER.match(text, at):
        yield Statement(predicate="charted", value=_number(more), qualifiers={"chart": more["chart"].strip()}, quote=text)
        at = more.end()


def _certified(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="certified", value=match["level"], qualifiers={"by": match["body"].strip()}, quote=text)


def _recorded_at(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="recorded_at", value=match["place"], quote=text)


def _recorded_on(match: re.Match[str], text: str) -> Iterator[Statement]:
    if date := _iso(match):
        yield Statement(predicate="recorded_on", value=date, precision={4: "year", 7: "month", 10: "day"}[len(date)], quote=text)


def _inspired(match: re.Match[str], text: str) -> Iterator[Statement]:
    value = match["what"].strip()
    if 1 <= len(value.split()) <= 14:
        yield Statement(predicate="inspired_by", value=value, quote=text)


def _samples(match: re.Match[str], text: str) -> Iterator[Statement]:
    artist = (match["artist"] or match["artist2"] or "").strip()
    yield Statement(predicate="samples", value=match["title"].strip(" ,.'\""), qualifiers={"artist": artist} if artist else {}, quote=text)


def _sampled_by(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="sampled_by", value=match["title"].strip(" ,."), qualifiers={"artist": match["artist"].strip()}, quote=text)


def _iso(match: re.Match[str]) -> str:
    found = match.groupdict()
    year = next(found[k] for k in ("year", "year2", "year3", "year4") if found.get(k))
    month = next((found[k] for k in ("month", "month2", "month3") if found.get(k)), "")
    day = found.get("day") or found.get("day2") or ""
    return year + (f"-{MONTHS[month.casefold()]:02d}" if month else "") + (f"-{int(day):02d}" if day else "")


_ARTIST = r"[A-Z][\w'’.$&-]*(?:\s+(?:[A-Z][\w'’.$&-]*|of|the|and(?=\s+the\s+[A-Z])|&)){0,12}"
_AND_NUMBER = lazy(rf",?\s*+(?:(?:and|,)\s*+)?(?:at\s++)?number {_NUMBER} (?:on|in) {_CHART}")
_OTHERS = (
    (lazy(rf"\b(?:peaked at|reached)(?: a peak of)? number {_NUMBER} (?:on|in) {_CHART}"), _charted),
    (
        lazy(
            rf"\bcertified (?P<level>{_LEVELS}) (?:status )?by (?:the )?(?P<body>(?:[A-Z][\w-]*\s+(?:(?:of|and|for|de) )?(?:the )?)*[A-Z][\w-]*)"
        ),
        _certified,
    ),
    (
        lazy(
            r"(?<!-)\brecorded (?:at|in) (?:the )?(?P<place>(?:[A-Z][\w'’&.-]*\s+){0,4}(?:Studios?|Recorders|Sound|Recording Studios?|Sound Studios?|"
            r"Sound Recorders|Recording)(?:\s+[A-Z0-9]\b)?)(?=[\s.,;]|$)"
        ),
        _recorded_at,
    ),
    (lazy(rf"(?<!-)\brecorded (?:on|in) {_DATE}"), _recorded_on),
    (lazy(r"\binspired by (?P<what>[^.;,()]{3,110}?)(?=[.;,()]|(?<!\s)\s++(?:and (?:was|is|has|features)|which|who|while|when|after|as well)\b)"), _inspired),
    (
        lazy(
            rf"\b(?:samples|contains (?:a sample|samples|elements) (?:of|from)|uses a sample (?:of|from)|built around a sample (?:of|from))\s+"
            rf"(?:(?:the )?(?P<artist>{_ARTIST})['’]s?\s+)?(?:\d{{4}}\s+)?(?:(?:song|single|hit|track)\s+)?[\"“](?P<title>[^\"”]{{1,80}})[\"”]"
            rf"(?:(?:\s*+(?:\(\d{{4}}\),?|,))?+\s++by\s++(?:the )?(?P<artist2>{_ARTIST}))?"
        ),
        _samples,
    ),
    (
        lazy(rf"\bsampled by (?:[a-z-]+ ){{0,4}}(?P<artist>{_ARTIST}) (?:in|on|for) (?:the |his |her |their )?(?:\d{{4}} )?(?:song|single|track|hit)? ?[\"“](?P<title>[^\"”]{{1,80}})[\"”]"),
        _sampled_by,
    ),
)  # fmt: skip
