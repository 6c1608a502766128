"""Reads typed facts out of plain sentences about a song, each with the exact words it rests on. Silent where a sentence is not plain.

A pattern fires only where the subject is this song, in the indicative, about its first recording; lists of names are
taken whole or not at all. What a pattern cannot read without guessing it leaves to an editor, or to a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from songstory import brackets
from songstory.lexicon import NUMBER_WORDS
from songstory.patterns import lazy
from songstory.records import Statement
from songstory.sources.name_lists import names, whole
from songstory.sources.sentence_facts import FACTS, LEVELS, TOPPED
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
    if statement.predicate == "charted" and value == 1 and TOPPED.search(quote):
        return True
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
                yield from _credited(predicates, names(text[match.end() :], title), text)
    yield from _active(text, title)
    for pattern, read in FACTS:
        for match in pattern.finditer(text):
            if _about_song(text, match.start(), title):
                yield from read(match, text)
    for match in _CERTIFIED_IT.finditer(text):
        if _is_it(match["object"], title) and "album" not in text[: match.start()]:
            yield Statement(predicate="certified", value=match["level"], qualifiers={"by": match["body"].strip()}, quote=text)


def _credited(predicates: tuple[str, ...], people: list[str], text: str) -> Iterator[Statement]:
    for name in people:
        for predicate in predicates:
            uid = f"name-{predicate}-{name}"
            yield Statement(predicate=predicate, value=name, object=entity(uid, "person", name), quote=text)


_SOLELY = r"(?:solely |entirely |exclusively |jointly |collectively |together )?"
_CREDITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (lazy(rf"\b[Mm]usic (?:was |is )?{_SOLELY}(?:written|composed) {_SOLELY}by "), ("composer",)),
    (
        lazy(
            r"\b(?<!co-)(?<!music )(?<!music was )(?<!lyrics )(?<!lyrics were )(?<!words )(?:[Ww]ritten|penned)"
            rf"(?:,? and recorded| and sung)? {_SOLELY}by "
        ),
        ("writer",),
    ),
    (lazy(rf"\b[Ww]ritten(?:, recorded,?)? and produced {_SOLELY}by "), ("writer", "producer")),
    (lazy(rf"\b(?<!co-)(?<!music )(?<!music was )[Cc]omposed {_SOLELY}by "), ("composer",)),
    (lazy(rf"\b[Cc]omposed and produced {_SOLELY}by "), ("composer", "producer")),
    (lazy(rf"\b(?:[Ll]yrics|[Ww]ords) (?:were |are )?(?:written |penned )?{_SOLELY}by "), ("lyricist",)),
    (lazy(rf"(?<!-)(?<!and )(?<!vocal )\b[Pp]roduced(?: and (?:engineered|mixed|arranged))? {_SOLELY}by "), ("producer",)),
    (lazy(rf"\band produced {_SOLELY}by "), ("producer",)),
    (lazy(r"\b[Pp]roduction (?:was |is )?(?:handled|provided|done|helmed) by "), ("producer",)),
    (lazy(r"\bvideo\b[^.;]{0,90}?\b(?:was |were |is )?directed by "), ("video_director",)),
)

# the active voice ----------------------------------------------------------------------------------------------------

# "In May 1986, Ana Okafor and Ben Quill wrote the song": who begins the sentence, or a clause of it, and the song is what they made.
_OBJECT = (
    r"(?P<object>(?:the|this) (?:song|track|single|recording|tune|ballad)|(?:the )?(?:song |track |single )?[\"“][^\"”]{1,120}[\"”]|"
    r"(?:the |its |the song['’]s )(?P<part>lyrics|words|music|melody))"
)
_WHEN = r"(?:(?:In|On) (?:[A-Z][a-z]{2,8} )?(?:\d{1,2},? )?\d{4}, |Together, |Later, )?"
_MADE = lazy(
    rf"{_WHEN}(?P<who>[A-Z][^.;:\"“”]{{1,160}}?) (?:later |also |then |solely |himself |herself |themselves )?"
    rf"(?P<verb>wrote and produced|wrote|composed|penned|produced|mixed|engineered|arranged) {_OBJECT}(?![\w'’-])"
)
_VERBS = {
    "wrote and produced": ("writer", "producer"), "wrote": ("writer",), "penned": ("writer",), "composed": ("composer",),
    "produced": ("producer",), "mixed": ("mixer",), "engineered": ("engineer",), "arranged": ("arranger",),
}  # fmt: skip
_PARTS = {"lyrics": "lyricist", "words": "lyricist", "music": "composer", "melody": "composer"}
_FILMED = lazy(
    rf"{_WHEN}(?P<who>[A-Z][^.;:\"“”]{{1,160}}?) (?:also )?directed (?:its|the|the (?:song|track|single)['’]s) "
    r"(?:accompanying |official |corresponding )?(?:music )?(?:video|clip)(?![\w'’-])(?: (?:for|of|to) (?P<object>(?:the|this) (?:song|track|single)|"
    r"[\"“][^\"”]{1,120}[\"”]))?"
)
_WITH = lazy(r"(?:,? (?:along|together|jointly|in collaboration|in partnership))?,? ?(?:with|alongside) ")
_CERTIFIED_IT = lazy(
    r"\b(?:The |the )?(?P<body>(?:[A-Z][\w&-]* (?:(?:of|and|for|de) )?(?:the )?){1,8})(?:\([A-Z]{2,8}\) )?(?:has |have |had |later |also )*+"
    rf"certified (?P<object>the (?:song|single|track|recording)|[\"“][^\"”]{{1,120}}[\"”]) (?:as )?(?P<level>{LEVELS})\b"
)


def _active(text: str, title: str) -> Iterator[Statement]:
    """Yield what a sentence says of those who made this song, or its video, in the active voice."""
    if (video := _FILMED.match(text)) and _is_it(video["object"] or "the song", title):
        yield from _credited(("video_director",), whole(video["who"], title), text)
    at = 0
    while match := _MADE.match(text, at):
        rest = text[match.end() :]
        predicates = (_PARTS[match["part"]],) if match["part"] else _VERBS[match["verb"]]
        people = whole(match["who"], title)
        if _is_it(match["object"], title, rest) and people and (more := _companions(rest, title)) is not None:
            yield from _credited(predicates, [*people, *more], text)
        joint = re.match(r",? (?:and|while) (?=[A-Z])", rest)
        if joint is None:
            return
        at = match.end() + joint.end()


def _is_it(said: str, title: str, rest: str = "") -> bool:
    """Whether what somebody made is this song, or the words or the music of it, and not those of something else that is named next."""
    quoted = re.search(r'["“]([^"”]{1,120})["”]', said)
    if quoted is not None and not _same(quoted[1], title):
        return False
    after = re.match(r'(?: (?P<of>to|for|of) (?:(?P<own>(?:the|this) (?:song|track|single))\b)?)?\s*+(?:["“](?P<quoted>[^"”]{1,120})["”])?', rest)
    if after is not None and after["quoted"]:
        return _same(after["quoted"], title)
    if after is not None and after["of"] and not after["own"] and re.search(r"lyrics|words|music|melody", said):
        return False
    if re.match(r"\s*+(?:and|,) (?:the |its )?(?:album|film|video|LP|EP|rest|other)|['’]s", rest):
        return False
    return _GOES_ON.match(rest) is not None


# What may follow the song that somebody made; a verb makes it what somebody wrote about: 'Ann wrote "Night Bus" is great'.
_GOES_ON = lazy(
    r"\s*+(?:$|[.,;:()–—]|(?:in|on|at|for|about|after|before|while|when|during|with|alongside|together|along|jointly|and|to|of|as|from|within|over|"
    r"under|using|because|but|which|where|himself|herself|themselves|back|years|several|two|three)\b|[\"“])"
)


def _companions(rest: str, title: str) -> list[str] | None:
    """Return those with whom somebody made the song, None where somebody is named who cannot be read: a list is taken whole."""
    joined = _WITH.match(rest)
    clause = re.split(r"[.;]|,(?! (?:and )?[A-Z])", rest, maxsplit=1)[0]
    if joined is None:
        return None if re.search(r"\b(?:with|alongside)\b", clause) else []
    return names(rest[joined.end() :], title) or None


def _same(quoted: str, title: str) -> bool:
    return _key(quoted) == _key(brackets.without_last(title).strip(" \"'"))


def _about_song(text: str, at: int, title: str, video: bool = False) -> bool:
    """Whether what stands before a pattern makes this song, and nothing else, its subject."""
    before = text[:at]
    quoted = re.findall(r'["“]([^"”]{1,120})["”]', before)
    if any(not _same(q, title) for q in quoted):
        return False
    if not video and re.search(r"\b(?:videos?|clips?|films?|movies?|which|whose|who)\b", before):
        return False
    if not video and _OTHER_WORK.search(_WITHIN.sub("", before)):
        return False
    if video:
        return True
    own = bool(quoted)
    noun = re.search(r"\b(?:[Tt]he|[Tt]his) (?:song|track|single|recording|ballad|instrumental|tune)\b", before)
    start = re.match(
        r"(?:It|The music was|Written|Composed|Produced|Recorded|Penned|Released|Lyrics|The lyrics|The music|Music|The lyrics and music|Production)\b",
        text,
    )
    after = _subject_after(text, title) if re.match(r"(?:Written|Composed|Produced|Recorded|Penned|Released)\b", text) else True
    return bool((own or noun or start) and after)


def _subject_after(rest: str, title: str) -> bool:
    """Whether a sentence that begins with what was done, such as "Written by ..", goes on with this song as what it was done to."""
    quoted = re.search(r',\s++["“]([^"”]{1,120})["”]', rest)
    if quoted is not None:
        return _same(quoted[1], title)
    if re.search(r"\b(?:the|this) (?:song|track|single|recording|ballad)\b|,\s++it\b", rest):
        return True
    return f", {brackets.without_last(title)} " in rest


_OTHER_WORK = lazy(r"\b(?:albums?|LPs?|EPs?|tour|book|documentary|soundtrack|B-side|version|sequel|episode|show|demo)\b")
# "the second single from their third album" tells of the single.
_WITHIN = lazy(r"\b(?:from|for|on|off|of|to)\s+(?:(?!and\b|but\b|while\b)[\w'’-]+\s+){0,8}?(?:album|LP|EP|soundtrack|show)\b[^,;]*")


def _key(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold()
