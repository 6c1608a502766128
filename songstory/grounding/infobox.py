"""Reads infobox lines and press sheets: "entity | key | values" as topics with dates, spans, lengths and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from songstory import brackets
from songstory.lexicon import MONTHS, SHORT_MONTHS

PRESENT = 2019.0  # "present" says no year; ages in the evidence say it, else this stands in (used for scores only, never for a label)
_KEY_TOPICS = {
    "released": "released",
    "release date": "released",
    "published": "released",
    "publication date": "released",
    "inception": "released",
    "recorded": "recorded",
    "length": "length",
    "duration": "length",
    "running time": "length",
    "years active": "active",
    "active": "active",
    "born": "born",
    "date of birth": "born",
    "died": "died",
    "date of death": "died",
    "founded": "founded",
    "dates": "held",
    "date": "held",
}
# The words by which a sentence speaks of a topic.
CUES = {
    "recorded": frozenset("recorded recording record taped sessions produce produced making make made complete".split()),
    "released": frozenset("released release out debuted published issued launched releasing dropped".split()),
    "length": frozenset("long length minutes minute hour hours runs runtime lasts duration seconds shorter".split()),
    "active": frozenset(
        """active career performing started began start begin performed together making since retired stopped quit
        musician musicians music playing industry formed broke disbanded existed starting beginning working""".split()
    ),
    "born": frozenset("born birth birthday birthdate".split()),
    "died": frozenset("died dead death deceased passed lived death".split()),
    "founded": frozenset("founded established created".split()),
    "held": frozenset("held takes place date celebrated observed".split()),
}
_MONTH = {**SHORT_MONTHS, **MONTHS}
_ISO = re.compile(r"\(\s*\d{4}(?:-\d\d-\d\d)?\s*\)")
_CLOCK = re.compile(r"(?<![\d:])(\d{1,3})\s?:\s?([0-5]\d)(?:\s?:\s?([0-5]\d))?")
_AGE = re.compile(r"\bage[d]?\W{0,3}(\d{1,3})")
_DATE = re.compile(r"[A-Za-z]+|\d+")


@dataclass(frozen=True)
class When:
    """A date as far as it is known."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> float:
        return self.year + (max(self.month, 1) - 1) / 12 + (max(self.day, 1) - 1) / 365

    @property
    def last(self) -> float:
        return self.year + (self.month or 12) / 12 if not self.day else self.first


@dataclass(frozen=True)
class Span:
    """From one date to another; `open` where it runs up to the present."""

    start: When
    end: When
    open: bool = False

    @property
    def length(self) -> float:
        return max(0.0, (PRESENT if self.open else self.end.first) - self.start.first)


@dataclass(frozen=True)
class Row:
    """A line of evidence: its key where it is "entity | key | values", its text, and its values one by one."""

    key: str
    text: str
    values: tuple[str, ...]

    @cached_property
    def topic(self) -> str:
        return _KEY_TOPICS.get(re.sub(r"\(s\)", "", self.key).strip(), "")

    @cached_property
    def spans(self) -> list[Span]:
        return spans(self.text)


@dataclass
class Table:
    """All rows of the evidence by topic."""

    rows: list[Row]
    topics: dict[str, list[Span]] = field(default_factory=dict)
    lengths: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        for row in self.rows:
            if row.topic == "length":
                self.lengths += [_minutes(m.groups()) for m in _CLOCK.finditer(row.text)]
            elif row.topic:
                self.topics.setdefault(row.topic, []).extend(row.spans)

    @cached_property
    def present(self) -> float:
        """The year of writing: what an age and a year of birth add up to, else a stand-in."""
        for row in self.rows:
            age = _AGE.search(row.text)
            if row.topic == "born" and age and row.spans:
                return row.spans[0].start.first + int(age.group(1)) + 0.5
        return PRESENT

    def length_of(self, span: Span) -> float:
        return max(0.0, (self.present if span.open else span.end.first) - span.start.first)

    def count(self, noun: str) -> int | None:
        """Return how many values the row of `noun` has, None without such a row."""
        stem = noun.rstrip("s")
        for row in self.rows:
            key = re.sub(r"[^a-z ]", "", row.key.replace("(s)", "s"))
            if len(stem) > 3 and any(part.rstrip("s") == stem for part in key.split()):
                digits = re.match(r"\d+", row.text)
                return int(digits.group()) if digits and len(row.values) <= 2 and len(digits.group()) < 3 else len(row.values)
        return None


def read(evidence: list[str]) -> Table:
    """Return the evidence as a table; a passage is a row without a key."""
    found = []
    for line in evidence:
        parts = [p.strip() for p in line.split(" | ", 2)]
        if len(parts) == 3:
            values = tuple(v.strip() for listed in brackets.split(parts[2]) for v in re.split(r"[;\n]|\s{2,}", listed) if v.strip(" ()"))
            found.append(Row(parts[1].casefold(), parts[2], values))
        else:
            found.append(Row("", line, ()))
    return Table(found)


def spans(text: str) -> list[Span]:
    """Return the dates of a text as spans; a single date is a span of its own."""
    found = []
    for part in re.split(r"[;()]", _ISO.sub(" ", text)):
        sides = [s for s in re.split(r"[-–—]|\bto\b|\buntil\b", part) if s.strip()]
        last = None
        for left, right in pairwise(sides):
            end, start = _when(right, None), None
            short = re.match(r"\s*(\d\d)\b(?!\s*,)", right)
            if re.match(r"\s*present", right, re.IGNORECASE):
                start = _when(left, None)
                if start:
                    found.append(Span(start, start, True))
            elif end or short:
                start = _when(left, end)
                if end is None and start is not None and short and not start.month:
                    end = When(start.year // 100 * 100 + int(short.group(1)))
                if start and end and start.first <= end.first:
                    found.append(Span(start, end))
            last = right
        if len(sides) == 1 or (last is not None and not found):
            found += [Span(w, w) for w in [_when(part, None)] if w]
    return found


def _when(text: str, fill: When | None) -> When | None:
    """Return the date written in `text`; what it lacks is taken from `fill`."""
    year = month = day = 0
    for token in _DATE.findall(text):
        if token.isdecimal():
            if len(token) == 4 and 1000 <= int(token) <= 2099:
                year = year or int(token)
            elif int(token) <= 31 and not day and len(token) < 3:
                day = int(token)
        else:
            month = month or _MONTH.get(token.casefold(), 0)
    if not year and fill and (month or day):
        year, month = fill.year, month or fill.month
    return When(year, month, day if month else 0) if year else None


def _minutes(groups: tuple[str | None, ...]) -> float:
    a, b, c = (int(g or 0) for g in groups)
    return a * 60 + b + c / 60 if groups[2] else a + b / 60
