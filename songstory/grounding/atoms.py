"""Stage 2: finds the atoms of a sentence. An atom is a stretch of words that says one thing a fact can be held against."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache

from songstory.grounding.amounts import is_year, iso_date, number_at, number_kind, seconds
from songstory.grounding.terms import Term, dates, numbers
from songstory.grounding.text import Word, quotations
from songstory.lexicon import CAUSES, NEGATIONS, ORDINAL_WORDS, PRONOUNS, SUPERLATIVES, TIME_WORDS
from songstory.models import Fact
from songstory.names import words as fold_words
from songstory.vocabulary import PREDICATES
from songstory.wording import GUARDS

_PREPOSITIONS = {"on", "from", "for", "in"}
_NO_TITLE_ALONE = (
    NEGATIONS | SUPERLATIVES | CAUSES | TIME_WORDS | PRONOUNS | {"the", "a", "an", "it", "its", "this", "that", "in", "on", "at"}
)


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

    def parts(self) -> set[str]:
        return {part for _, part in self.owners}


class Reading:
    """A sentence read against its cited facts: the atoms, and which word belongs to which."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.words = text, words
        self.atoms: list[Atom] = []
        self.labels: list[str] = []
        self.owner: list[Atom | None] = [None] * len(words)
        self._where: dict[str, list[int]] = {}  # each word as compared, and where it stands
        for i, word in enumerate(words):
            self._where.setdefault(word.norm, []).append(i)

    def take(self, atom: Atom) -> None:
        self.atoms.append(atom)
        for i in range(atom.start, atom.end):
            self.owner[i] = atom

    def free(self, start: int, end: int) -> bool:
        return not any(self.owner[start:end])

    @property
    def norms(self) -> Set[str]:
        """The words as compared."""
        return self._where.keys()

    def find(self, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
        """Return the [start, end) positions at which the folded sequence `wanted` stands."""
        firsts = self._where.get(wanted[0])
        if not firsts:  # most that are looked for are not there
            return []
        words, size = self.words, len(wanted)
        whole = [i for i in firsts if i + size <= len(words) and all(words[i + k].norm == wanted[k] for k in range(1, size))]
        return [(i, i + size) for i in whole]

    def span(self, start: int, end: int) -> str:
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""

    def norm(self, i: int) -> str:
        """Return the word at `i` as compared, an empty text past either end."""
        return self.words[i].norm if 0 <= i < len(self.words) else ""

    def at(self, i: int) -> Atom | None:
        """Return the atom that the word at `i` belongs to, None past either end."""
        return self.owner[i] if 0 <= i < len(self.words) else None


def read(text: str, words: list[Word], facts: list[Fact], terms: list[Term], subject: list[tuple[tuple[str, ...], bool]]) -> Reading:
    """Return the reading of `words`. `subject` holds the song's own names, each with whether it is the artist's."""
    reading = Reading(text, words)
    quoted = {i for i, fact in enumerate(facts) if PREDICATES[fact.predicate].value == "quotation"}
    phrases = _phrases(reading, terms, subject, quoted)
    _take(reading, [p for p in phrases if p.end - p.start > 1])
    _dates(reading, facts, (5, 4, 3, 2))  # before single words: "May" in "5 May 1984" is nobody's name
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
        for span in reading.find(term.words):
            whole = span == (0, len(reading.words))
            if term.part == "short" and not whole:
                continue
            if term.part == "value" and term.fact in quoted and not _inside_quotes(reading, span):
                continue
            if term.words == ("us",) and not reading.words[span[0]].text.isupper():
                continue
            spans.setdefault(span, []).append((term.fact, term.part, term.name))
    names: dict[tuple[int, int], str] = {}
    for sequence, artist in subject:
        for span in reading.find(sequence):
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
    """Whether a stretch is meant as the song's title: quoted, or capitalised where a title can stand."""
    first = reading.words[span[0]]
    if any(a <= first.start < b for a, b in quotations(reading.text)):
        return True
    if first.text[:1].isdigit() or span[1] - span[0] > 1:
        return first.capital or first.text[:1].isdigit()
    return first.capital and (span[0] > 0 or first.norm not in _NO_TITLE_ALONE)


def _dates(reading: Reading, facts: list[Fact], sizes: tuple[int, ...]) -> None:
    words = reading.words
    known = [(i, iso) for i, fact in enumerate(facts) for iso in dates(fact)]
    years = {i for i, word in enumerate(words) if is_year(word.norm)}
    for i in range(len(words)):
        if reading.owner[i] is not None:
            continue
        for size in sizes:
            if size > 1 and i not in years and i + size - 1 not in years:  # a date of several words has its year at an end
                continue
            if i + size <= len(words) and reading.free(i, i + size):
                iso = iso_date([w.norm for w in words[i : i + size]])
                if iso:
                    owners = {(f, "date") for f, known_iso in known if known_iso == iso or known_iso.startswith(iso + "-")}
                    reading.take(Atom(i, i + size, "date", owners, iso))
                    break


def _numbers(reading: Reading, facts: list[Fact]) -> None:
    words = [w._replace(norm="·") if _is_said(reading.owner[i]) else w for i, w in enumerate(reading.words)]
    i = 0
    while i < len(words):
        ordinal = ORDINAL_WORDS.get(words[i].norm)
        if ordinal and (owners := _owners(facts, "ordinal", float(ordinal))) and reading.owner[i] is None:
            reading.take(Atom(i, i + 1, "number", owners, ("ordinal", float(ordinal))))
        found = number_at(words, i) if reading.owner[i] is None else None
        if found is None or not reading.free(i, i + found[1]):
            i += 1
            continue
        value, size = found
        kind, start, end = number_kind(words, i, i + size)
        if kind == "minutes":
            value, end = seconds(words, value, end)
            kind = "seconds"
        if (kind == "plain" and words[i].norm in {"one", "a"}) or not reading.free(start, i):  # "one of", "the one": not a count
            i += 1
            continue
        if ":" in words[i].text:
            minutes, _, rest = words[i].text.partition(":")
            value, kind = float(int(minutes) * 60 + int(rest)), "seconds"
        reading.take(Atom(start, end, "number", _owners(facts, kind, float(value)), (kind, value)))
        i = end


def _is_said(atom: Atom | None) -> bool:
    """Whether a word belongs to a name, a title or a longer phrase, so that it says nothing of a number beside it."""
    return atom is not None and (atom.kind in {"name", "title"} or atom.end - atom.start > 1)


def _owners(facts: list[Fact], kind: str, value: float) -> set[tuple[int, str]]:
    return {
        (i, known)
        for i, fact in enumerate(facts)
        for known, number in numbers(fact).items()
        if number == value and (known == kind or (kind == "weeks_either" and known.startswith("weeks")))
    }


def _lexicon(reading: Reading, facts: list[Fact]) -> None:
    """Take the words by which a cited predicate may be said, longest first. A guarded form needs its fact to pass the test."""
    forms: dict[tuple[str, ...], set[tuple[int, str]]] = {}
    seen = reading.norms
    for i, fact in enumerate(facts):
        for words in _plain_forms(fact.predicate):
            if words[0] in seen:
                forms.setdefault(words, set()).add((i, "says"))
        for form, holds in GUARDS.get(fact.predicate, {}).items():
            words = fold_words(form)
            if words[0] in seen and holds(fact.value, fact.qualifiers):
                forms.setdefault(words, set()).add((i, "means"))
    for words in sorted(forms, key=len, reverse=True):
        for start, end in reading.find(words):
            if reading.free(start, end) and not (len(words) == 1 and words[0] in _PREPOSITIONS and _date_at(reading, end)):
                reading.take(Atom(start, end, "trigger", set(forms[words])))


@lru_cache(maxsize=256)
def _plain_forms(predicate: str) -> tuple[tuple[str, ...], ...]:
    return tuple(fold_words(form) for form in PREDICATES[predicate].words)


def _date_at(reading: Reading, at: int) -> bool:
    """Whether a date starts at `at`: the "on" of "on 5 May" says nothing else."""
    atom = reading.at(at)
    return (atom is not None and atom.kind == "date") or (reading.norm(at) == "the" and _date_at(reading, at + 1))
