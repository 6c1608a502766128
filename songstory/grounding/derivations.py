"""Stage 5: arithmetic and counting, each by a small named function that cites all its inputs. Nothing else may be worked out.

A derivation takes over an atom that no fact has as it stands and names the facts it follows from; an editor sees it beside
the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from songstory import values
from songstory.grounding.atoms import Atom, Reading
from songstory.grounding.terms import dates, numbers
from songstory.lexicon import DECADES, LIGHT, MONTHS, NEUTRAL
from songstory.models import Fact, Reason
from songstory.names import words as fold_words

# The plural nouns that count the facts of one predicate.
_COUNTED = {
    "writers": "writer",
    "songwriters": "writer",
    "authors": "writer",
    "composers": "composer",
    "lyricists": "lyricist",
    "producers": "producer",
    "engineers": "engineer",
    "mixers": "mixer",
    "arrangers": "arranger",
    "directors": "video_director",
    "singers": "vocal",
    "guests": "featured_artist",
    "labels": "label",
    "charts": "charted",
}
_UNIT_WORDS = {"days": timedelta(days=1), "weeks": timedelta(days=7)}
_AFTERLIFE = {"covered_by", "sampled_by", "remixed_by", "certified", "award", "ranked", "featured_in"}
_ORDER = {"before": -1, "earlier": -1, "after": 1, "later": 1}


@dataclass(frozen=True)
class _Known:
    """What a derivation may look at: the reading, the cited facts, and all standing facts of the song."""

    reading: Reading
    facts: list[Fact]
    standing: list[Fact]
    title: tuple[str, ...]

    def cited(self, predicate: str) -> set[int]:
        return {i for i, f in enumerate(self.facts) if f.predicate == predicate}


def derive(reading: Reading, facts: list[Fact], standing: list[Fact], title: tuple[str, ...]) -> list[Reason]:
    """Give each atom that follows from cited facts by a named rule to those facts, and return what was derived."""
    known = _Known(reading, facts, standing, title)
    found = [made for rule in _RULES for made in rule(known)]
    reading.atoms.sort(key=lambda a: (a.start, a.end))
    return found


def _made(known: _Known, name: str, atom: Atom, owners: set[int], text: str) -> Reason:
    atom.owners |= {(i, name) for i in owners}
    span = known.reading.span(atom.start, atom.end)
    return Reason(rule=f"derived.{name}", span=span, facts=tuple(known.facts[i].key for i in sorted(owners)), text=text)


def _free_numbers(known: _Known, *kinds: str) -> list[tuple[Atom, str, float]]:
    found = []
    for atom in known.reading.atoms:
        if atom.kind == "number" and not atom.owners and isinstance(atom.value, tuple) and atom.value[0] in kinds:
            found.append((atom, str(atom.value[0]), float(atom.value[1])))
    return found


def count(known: _Known) -> Iterator[Reason]:
    """ "one of its seven writers": as many as the song has, all of them cited."""
    reading = known.reading
    for atom, _, value in _free_numbers(known, "plain"):
        noun = next((reading.norm(i) for i in range(atom.end, min(atom.end + 2, len(reading.words))) if reading.norm(i) in _COUNTED), "")
        cited = known.cited(_COUNTED.get(noun, ""))
        all_names = {fold_words(str(f.value)) for f in known.standing if f.predicate == _COUNTED.get(noun) and f.stands}
        if cited and value == len({fold_words(str(known.facts[i].value)) for i in cited}) == len(all_names):
            yield _made(known, "count", atom, cited, f"{len(all_names)} {noun} are cited, and no more are known")


def partitive(known: _Known) -> Iterator[Reason]:
    """ "A and B, two of its writers": as many as the names it stands beside."""
    reading = known.reading
    for atom, _, value in _free_numbers(known, "plain"):
        nouns = [reading.norm(i) for i in range(atom.end, min(atom.end + 6, len(reading.words)))]
        noun = next((n for n in nouns if n in _COUNTED), "")
        names: list[Atom] = []
        for a in reversed([a for a in reading.atoms if a.kind == "name" and a.end <= atom.start]):
            if not names or all(w.norm == "and" for w in reading.words[a.end : names[-1].start]):
                names.append(a)
        cited = known.cited(_COUNTED.get(noun, ""))
        if reading.norm(atom.end) == "of" and value == len(names) and cited and all(a.facts() & cited for a in names):
            yield _made(known, "partitive", atom, cited, f"{len(names)} of the {noun} are named beside it")


def sum_of_weeks(known: _Known) -> Iterator[Reason]:
    """ "seven weeks in all": the weeks of two or more cited chart facts together."""
    reading = known.reading
    for atom, _, value in _free_numbers(known, "weeks", "weeks_total", "weeks_either"):
        parts = {i: n["weeks"] for i, f in enumerate(known.facts) if "weeks" in (n := numbers(f))}
        told = {"all", "total", "together", "altogether", "combined"} & {reading.norm(i) for i in range(atom.end, atom.end + 3)}
        if told and len(parts) > 1 and sum(parts.values()) == value:
            for i in range(atom.end, atom.end + 3):
                if reading.norm(i) in {"all", "total", "altogether", "combined"} and reading.at(i) is None:
                    reading.take(Atom(i, i + 1, "derived", {(f, "sum_of_weeks") for f in parts}))
            yield _made(known, "sum_of_weeks", atom, set(parts), " + ".join(f"{w:g}" for w in parts.values()))


def top(known: _Known) -> Iterator[Reason]:
    """ "the top ten": a position that is no lower."""
    reading = known.reading
    for atom, _, value in _free_numbers(known, "plain"):
        before = reading.at(atom.start - 1)
        if reading.norm(atom.start - 1) != "top" or (before is not None and before.kind != "trigger"):
            continue
        owners = {i for i, f in enumerate(known.facts) if f.predicate == "charted" and numbers(f).get("position", value + 1) <= value}
        if owners:
            if before is None:
                reading.take(Atom(atom.start - 1, atom.start, "derived", {(i, "top") for i in owners}))
            yield _made(known, "top", atom, owners, f"the position is within the top {value:g}")


def age(known: _Known) -> Iterator[Reason]:
    """ "aged 24 when it was recorded": from a date of birth and the date of what is told."""
    reading = known.reading
    born = [(i, when) for i in known.cited("born") for when in [_day(str(known.facts[i].value))] if when]
    told = [(i, when) for i, f in enumerate(known.facts) if f.predicate != "born" for when in map(_day, dates(f)[:1]) if when]
    for atom, kind, value in _free_numbers(known, "plain", "years"):
        cue = {reading.norm(atom.start - 1), reading.norm(atom.end)} & {"aged", "age", "old", "at", "was", "of"}
        if not cue or (kind == "years" and reading.norm(atom.end) != "old"):
            continue
        for (b, birth), (t, when) in ((x, y) for x in born for y in told):
            years = when.year - birth.year - ((when.month, when.day) < (birth.month, birth.day))
            if years == value and len(born) == 1:
                for i in (atom.start - 1, atom.end):
                    if reading.norm(i) in {"aged", "age", "old"} and reading.at(i) is None:
                        reading.take(Atom(i, i + 1, "derived", {(b, "age"), (t, "age")}))
                yield _made(known, "age", atom, {b, t}, f"born {birth.isoformat()}, then {when.isoformat()}")
                break


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if len(iso) == 10 and values.flat(iso) else None


def between(known: _Known) -> Iterator[Reason]:
    """ "nine days later", "two years before": the time between two cited dates."""
    reading = known.reading
    for atom, unit, value in _free_numbers(known, "days", "weeks", "weeks_either", "weeks_total", "months", "years"):
        if reading.norm(atom.end) not in _ORDER and {reading.norm(atom.end), reading.norm(atom.end + 1)} & {"apart", "between"} == set():
            continue
        word = reading.norm(atom.end)
        pair = _neighbours(known, atom.start, atom.end + 1, word)
        if pair is None:
            continue
        first, second = pair
        if _apart(_first_date(known, first), _first_date(known, second), unit.split("_")[0]) == value:
            text = f"{_first_date(known, first)} and {_first_date(known, second)}"
            yield _made(known, "time_between", atom, {first, second}, text)


def order(known: _Known) -> Iterator[Reason]:
    """ "before it was released": two cited dates in that order."""
    reading = known.reading
    for i, word in enumerate(reading.words):
        if word.norm not in _ORDER or reading.owner[i] is not None:
            continue
        pair = _neighbours(known, i, i + 1, word.norm)
        if pair is None and word.norm == "later" and (after := _afterlife(known, i + 1)):
            atom = Atom(i, i + 1, "derived")
            reading.take(atom)
            yield _made(known, "afterlife", atom, after, "this can only come after the song")
        elif pair is not None:
            first, second = pair
            earlier, later = _first_date(known, first), _first_date(known, second)
            atom = Atom(i, i + 1, "derived")
            reading.take(atom)
            yield _made(known, "order_in_time", atom, {first, second}, f"{earlier} is before {later}")


def _afterlife(known: _Known, at: int) -> set[int]:
    """Return the facts told right after "later" that can only follow the song: covers, samples, remixes, prizes."""
    reading = known.reading
    while reading.norm(at) in LIGHT | NEUTRAL and reading.at(at) is None and not reading.words[at].comma:  # "later gave the song a remix"
        at += 1
    atom = reading.at(at)
    return {f for f in atom.facts() if known.facts[f].predicate in _AFTERLIFE} if atom is not None and atom.kind == "trigger" else set()


def _neighbours(known: _Known, start: int, end: int, word: str) -> tuple[int, int] | None:
    """Return the cited facts told on both sides of a word of order, the earlier first, None where dates do not bear the word out."""
    size = len(known.reading.words)
    right = _dated(known, range(end, size))
    left = _dated(known, range(start - 1, -1, -1), right)
    if right is None and left is not None:  # "released in 1986 and certified two years later": both stand before
        left, right = _dated(known, range(start - 1, -1, -1), left), left
    if left is None and right is not None:  # "Before it was released, it was recorded"
        comma = next((i for i in range(end, size) if known.reading.words[i].comma), size)
        left, right = _dated(known, range(comma, size)), _dated(known, range(end, comma))
    if left is None or right is None or left == right:
        return None
    a, b = _first_date(known, left), _first_date(known, right)
    size = min(len(a), len(b))
    if a[:size] == b[:size]:
        return None
    # "A before B" and "A, later B": A is first. "A after B" and "A, earlier B": B is first.
    left_first = word in {"before", "later"}
    return ((left, right) if left_first else (right, left)) if (a[:size] < b[:size]) == left_first else None


def _dated(known: _Known, places: range, other: int | None = None) -> int | None:
    """Return the dated fact told nearest, going through `places`, that is not `other`."""
    for i in places:
        atom = known.reading.at(i)
        if atom is None or atom.kind == "derived":
            continue
        own = sorted(f for f in atom.facts() if f != other and dates(known.facts[f]))
        own.sort(key=lambda f: len(_first_date(known, f)), reverse=True)
        if own and all(_first_date(known, own[0]).startswith(_first_date(known, f)) for f in own):  # a word for two dates tells neither
            return own[0]
    return None


def _first_date(known: _Known, fact: int) -> str:
    return dates(known.facts[fact])[0]


def _apart(a: str, b: str, unit: str) -> float:
    """Return how many of `unit` lie between two ISO dates, -1 where their precision does not tell."""
    if unit == "years":
        return abs(int(a[:4]) - int(b[:4]))
    if unit == "months" and min(len(a), len(b)) >= 7:
        return abs((int(a[:4]) - int(b[:4])) * 12 + int(a[5:7]) - int(b[5:7]))
    one, two = _day(a), _day(b)
    return abs(one - two) / _UNIT_WORDS[unit] if one and two and unit in _UNIT_WORDS else -1


def calendar(known: _Known) -> Iterator[Reason]:
    """ "in October", "in the 1970s", "on 26 July": the month, decade or day of a cited date."""
    reading = known.reading
    for atom in [a for a in reading.atoms if a.kind == "date" and not a.owners]:
        decade = str(atom.value).removeprefix("decade:")[:3]
        owners = {i for i, f in enumerate(known.facts) if str(atom.value).startswith("decade:") and any(d[:3] == decade for d in dates(f))}
        if owners:
            yield _made(known, "decade", atom, owners, f"the date is in the {decade}0s")
    for i, word in enumerate(reading.words):
        tens = DECADES.get(word.norm, 0) if reading.owner[i] is None and reading.norm(i - 1) in {"the", "early", "mid", "late"} else 0
        owners = {f for f, fact in enumerate(known.facts) if tens and any(d[:3] == f"19{tens // 10}" for d in dates(fact))}
        if owners:
            atom = Atom(i, i + 1, "date")
            reading.take(atom)
            yield _made(known, "decade", atom, owners, f"the date is in the 19{tens}s")
        month = MONTHS.get(word.norm, 0)
        if not month or not word.capital or reading.owner[i] is not None:
            continue
        before, after = reading.words[i - 1].text if i else "", reading.words[i + 1].text if i + 1 < len(reading.words) else ""
        day, start, end = _day_beside(reading, i, before, after)
        owners = {
            f
            for f, fact in enumerate(known.facts)
            if any(len(d) >= 7 and int(d[5:7]) == month and (not day or d[8:10] == f"{day:02d}") for d in dates(fact))
        }
        if owners and (day or word.norm not in {"may", "march"} or reading.norm(i - 1) in {"in", "of", "that", "late", "early", "mid"}):
            for a in [a for a in reading.atoms if start <= a.start < end]:
                reading.atoms.remove(a)
            atom = Atom(start, end, "date")
            reading.take(atom)
            yield _made(known, "month", atom, owners, "the month of the date")


def _day_beside(reading: Reading, i: int, before: str, after: str) -> tuple[int, int, int]:
    """Return the day written beside the month at `i`, 0 without one, and the stretch both take."""
    for text, start, end in ((before, i - 1, i + 1), (after, i, i + 2)):
        digits = text.rstrip("stndrh")
        atom = reading.at(i - 1 if start < i else i + 1)
        if digits.isdecimal() and 1 <= int(digits) <= 31 and (atom is None or (atom.kind == "number" and not atom.owners)):
            return int(digits), start, end
    return 0, i, i + 1


def same_name(known: _Known) -> Iterator[Reason]:
    """ "the album of the same name", "its title track": the song and the album share their name."""
    reading = known.reading
    albums = {i for p in ("track_on", "single_from") for i in known.cited(p)}
    own = {i for i in albums if fold_words(str(known.facts[i].value)) == known.title}
    for phrase in (("of", "the", "same", "name"), ("same", "name"), ("self", "titled"), ("title", "track"), ("title", "song")):
        for i in range(len(reading.words) - len(phrase) + 1):
            if own and reading.free(i, i + len(phrase)) and tuple(w.norm for w in reading.words[i : i + len(phrase)]) == phrase:
                atom = Atom(i, i + len(phrase), "derived")
                reading.take(atom)
                yield _made(known, "same_name", atom, own, "the song and the album have one name")


_RULES: tuple[Callable[[_Known], Iterator[Reason]], ...] = (calendar, same_name, count, partitive, sum_of_weeks, top, age, between, order)
