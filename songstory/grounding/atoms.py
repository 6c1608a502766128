"""Stage 2: finds the atoms of a sentence. An atom is a stretch of words that says one thing a fact can be held against."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from songstory.grounding.terms import Term, dates, numbers
from songstory.grounding.text import Word, find, quotations
from songstory.lexicon import MONTHS, NUMBER_WORDS, ORDINAL_WORDS, TENS
from songstory.models import Fact
from songstory.names import words as fold_words
from songstory.vocabulary import PREDICATES

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DECADE = re.compile(r"(1[5-9]\d|20\d)0s")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_UNITS = {
    "week": "weeks",
    "weeks": "weeks",
    "minute": "minutes",
    "minutes": "minutes",
    "second": "seconds",
    "seconds": "seconds",
    "bpm": "bpm",
    "beats": "bpm",
    "copies": "copies",
    "units": "copies",
    "day": "days",
    "days": "days",
    "year": "years",
    "years": "years",
    "month": "months",
    "months": "months",
    "hour": "hours",
    "hours": "hours",
    "percent": "percent",
}
_PREPOSITIONS = {"on", "from", "for", "in"}
_POSITION = {"number", "no", "#", "position"}


@dataclass
class Atom:
    """One atom: its words [start, end), its kind, and the cited facts that license it, each with the part it plays."""

    start: int
    end: int
    kind: str
    owners: set[tuple[int, str]] = field(default_factory=set)
    value: object = None
    subject: bool = False

    def facts(self) -> set[int]:
        return {f for f, _ in self.owners}


class Reading:
    """A sentence read against its cited facts: the atoms, and which word belongs to which."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.words = text, words
        self.atoms: list[Atom] = []
        self.owner: list[Atom | None] = [None] * len(words)

    def take(self, atom: Atom) -> None:
        self.atoms.append(atom)
        for i in range(atom.start, atom.end):
            self.owner[i] = atom

    def free(self, start: int, end: int) -> bool:
        return all(self.owner[i] is None for i in range(start, end))

    def span(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""


def read(text: str, words: list[Word], facts: list[Fact], terms: list[Term], subject: list[tuple[tuple[str, ...], bool]]) -> Reading:
    """Return the reading of `words`. `subject` holds the song's own names, each with whether it is the artist's."""
    reading = Reading(text, words)
    quoted = {i for i, fact in enumerate(facts) if PREDICATES[fact.predicate].value == "quotation"}
    phrases = _phrases(reading, terms, subject, quoted)
    _take(reading, [p for p in phrases if p.end - p.start > 1])
    _dates(reading, facts, (3, 2))  # before single words: "May" in "5 May 1984" is nobody's name
    _take(reading, [p for p in phrases if p.end - p.start == 1])
    _dates(reading, facts, (1,))
    _numbers(reading, facts)
    _lexicon(reading, facts)
    reading.atoms.sort(key=lambda a: (a.start, a.end))
    return reading


def _phrases(reading: Reading, terms: list[Term], subject: list[tuple[tuple[str, ...], bool]], quoted: set[int]) -> list[Atom]:
    """Return the stretches that facts or the song's names license, the longest first; one may belong to several facts."""
    spans: dict[tuple[int, int], list[tuple[int, str, bool]]] = {}
    for term in terms:
        for span in find(reading.words, term.words):
            whole = span == (0, len(reading.words))
            if term.part == "short" and not whole:
                continue
            if term.part == "value" and term.fact in quoted and not _inside_quotes(reading, span):
                continue
            spans.setdefault(span, []).append((term.fact, term.part, term.name))
    names: dict[tuple[int, int], str] = {}
    for sequence, artist in subject:
        for span in find(reading.words, sequence):
            if artist or _as_title(reading, span):
                names.setdefault(span, "artist" if artist else "title")
                spans.setdefault(span, [])
    found = []
    for span, owners in spans.items():
        person = any(name for _, _, name in owners) or (names.get(span) == "artist" and not owners)
        kind = "name" if person else "title" if span in names else "phrase"
        found.append(Atom(*span, kind, {(f, part) for f, part, _ in owners}, subject=span in names))
    return sorted(found, key=lambda a: (a.start - a.end, a.start))


def _take(reading: Reading, atoms: list[Atom]) -> None:
    for atom in atoms:
        if reading.free(atom.start, atom.end):
            reading.take(atom)


def _inside_quotes(reading: Reading, span: tuple[int, int]) -> bool:
    start, end = reading.words[span[0]].start, reading.words[span[1] - 1].end
    return any(a <= start and end <= b for a, b in quotations(reading.text))


def _as_title(reading: Reading, span: tuple[int, int]) -> bool:
    """Whether a stretch is meant as the song's title: quoted, or capitalised inside the sentence."""
    first = reading.words[span[0]]
    quoted = any(a <= first.start < b for a, b in quotations(reading.text))
    return quoted or (first.capital and (span[0] > 0 or span[1] - span[0] > 1)) or first.text[:1].isdigit()


def _dates(reading: Reading, facts: list[Fact], sizes: tuple[int, ...]) -> None:
    words = reading.words
    known = [(i, iso) for i, fact in enumerate(facts) for iso in dates(fact)]
    for i in range(len(words)):
        if reading.owner[i] is not None:
            continue
        for size in sizes:
            if i + size <= len(words) and reading.free(i, i + size):
                iso = _iso([w.norm for w in words[i : i + size]])
                if iso:
                    owners = {(f, "date") for f, known_iso in known if known_iso == iso or known_iso.startswith(iso + "-")}
                    reading.take(Atom(i, i + size, "date", owners, iso))
                    break


def _iso(parts: list[str]) -> str:
    """Return a written date as ISO text: "26 july 1986", "july 26 1986", "april 1984", "1986", else an empty text."""
    if len(parts) == 1:
        return parts[0] if _YEAR.fullmatch(parts[0]) else ("decade:" + parts[0] if _DECADE.fullmatch(parts[0]) else "")
    if not _YEAR.fullmatch(parts[-1]):
        return ""
    head = parts[:-1]
    month = next((MONTHS[p] for p in head if p in MONTHS), 0)
    if not month:
        return ""
    if len(head) == 1:
        return f"{parts[-1]}-{month:02d}"
    day = next((int(m.group(1)) for p in head if (m := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", p))), 0)
    return f"{parts[-1]}-{month:02d}-{day:02d}" if day else ""


def _numbers(reading: Reading, facts: list[Fact]) -> None:
    words = reading.words
    i = 0
    while i < len(words):
        if reading.owner[i] is not None:
            i += 1
            continue
        value, size = _number(words, i)
        following = words[i + size].norm if value is not None and i + size < len(words) else ""
        if value is None and words[i].norm == "a" and i + 1 < len(words) and words[i + 1].norm in _UNITS and reading.free(i, i + 2):
            value, size, following = 1.0, 1, words[i + 1].norm
        if value is None or not reading.free(i, i + size):
            i += 1
            continue
        kind, end = _number_kind(words, i, i + size, following)
        if kind == "minutes":
            value, end = _seconds(words, value, end)
            kind = "seconds"
        if kind == "plain" and words[i].norm == "one":  # "one of", "the one": a pronoun, not a count
            i += 1
            continue
        if ":" in words[i].text:
            minutes, _, seconds = words[i].text.partition(":")
            value, kind = float(int(minutes) * 60 + int(seconds)), "seconds"
        reading.take(Atom(i, end, "number", _owners(facts, kind, float(value)), (kind, value)))
        i = end


def _number(words: list[Word], i: int) -> tuple[float | None, int]:
    """Return the number that starts at `i` and how many words it takes."""
    norm = words[i].norm
    if norm in TENS:
        nxt = words[i + 1].norm if i + 1 < len(words) and words[i + 1].gap == "-" else ""
        return (TENS[norm] + NUMBER_WORDS[nxt], 2) if nxt in NUMBER_WORDS else (TENS[norm], 1)
    if norm in NUMBER_WORDS:
        return NUMBER_WORDS[norm], 1
    if re.fullmatch(r"\d+(\.\d+)?", norm):
        if i + 1 < len(words) and words[i + 1].norm == "million":
            return float(norm) * 1e6, 2
        return float(norm), 1
    if re.fullmatch(r"\d+:\d\d", words[i].text):
        return 0.0, 1
    if match := _ORDINAL.fullmatch(norm):
        return float(match.group(1)), 1
    return None, 0


def _number_kind(words: list[Word], start: int, end: int, following: str) -> tuple[str, int]:
    before = words[start - 1].norm if start else ""
    if before in _POSITION:
        return "position", end
    if _ORDINAL.fullmatch(words[start].norm) or words[start].norm in ORDINAL_WORDS:
        return "ordinal", end
    if following in _UNITS:
        kind = _UNITS[following]
        if kind == "bpm":
            return kind, end
        if kind == "weeks":
            return _weeks_kind(words, start, end + 1), end + 1
        return kind, end + 1
    return "plain", end


def _weeks_kind(words: list[Word], start: int, end: int) -> str:
    """Return whether weeks are spent on a chart, at its peak, or could be either."""
    after = [w.norm for w in words[end : end + 2]]
    before = [w.norm for w in words[max(0, start - 9) : start]]
    if after == ["on", "the"] or (before[-2:] == ["chart", "for"] and not {"number", "top", "topped"} & set(before)):
        return "weeks_total"
    if (
        after[:1] in (["at"], ["there"])
        or {"there", "held", "top", "topped", "stood"} & set(before)
        or before[-4:] == ["on", "the", "chart", "for"]
    ):
        return "weeks_total" if before[-4:] == ["on", "the", "chart", "for"] else "weeks"
    return "weeks_either"


def _seconds(words: list[Word], minutes: float, end: int) -> tuple[float, int]:
    """Return "four minutes (and) 28 seconds" in seconds, and where it ends."""
    at = end + 1 if end < len(words) and words[end].norm == "and" else end
    if at < len(words):
        value, size = _number(words, at)
        if value is not None and at + size < len(words) and _UNITS.get(words[at + size].norm) == "seconds":
            return minutes * 60 + value, at + size + 1
    return minutes * 60, end


def _owners(facts: list[Fact], kind: str, value: float) -> set[tuple[int, str]]:
    return {
        (i, known)
        for i, fact in enumerate(facts)
        for known, number in numbers(fact).items()
        if number == value and (known == kind or (kind == "weeks_either" and known.startswith("weeks")))
    }


def _lexicon(reading: Reading, facts: list[Fact]) -> None:
    """Take the words by which a cited predicate may be said, longest first."""
    forms: dict[tuple[str, ...], set[tuple[int, str]]] = {}
    for i, fact in enumerate(facts):
        for form in PREDICATES[fact.predicate].words:
            forms.setdefault(fold_words(form), set()).add((i, "says"))
    for words in sorted(forms, key=len, reverse=True):
        for start, end in find(reading.words, words):
            if reading.free(start, end) and not (words[-1] in _PREPOSITIONS and _date_at(reading, end)):
                reading.take(Atom(start, end, "trigger", set(forms[words])))


def _date_at(reading: Reading, at: int) -> bool:
    """Whether a date starts at `at`: the "on" of "on 5 May" says nothing else."""
    atom = reading.owner[at] if at < len(reading.words) else None
    return atom is not None and atom.kind == "date"
