"""Folds facts that say the same into one thing, however many sources say it: told once, as its fullest fact has it, citing all.

Two names are one where an entity or a folded name is the same ("Beyoncé", "Beyonce"), or one is the other cut short: "Dylan" and
"Bob Dylan", "J. Barry" and "Jeff Barry", "Paul Rothchild" and "Paul A. Rothchild". Two dates are one where one is the other's
beginning; two lines of a chart where chart and position are the same and neither's date or weeks speak against the other's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from songstory import edtf, values
from songstory.matching import title_key
from songstory.models import Fact
from songstory.names import words
from songstory.vocabulary import PREDICATES

SECONDS_APART = 5  # encodes of one recording differ by less
BEATS_APART = 2
YEARS_APART = 5  # "about 1969" and "1969?" contradict nobody who is nearer
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_SHOWN = frozenset({"kind", "short", "note"})  # how a fact is shown, not what it says
_LISTED = re.compile(r"[/,;&]\s*+|(?<!\s)\s++and\s++")
_SEVERAL = re.compile(r"[&;/]|\band\b", re.IGNORECASE)  # a credit of two, which is neither of them
_HYPHENED = re.compile(r"[-–/,;&]\s*+|(?<!\s)\s++and\s++")
# Words of a chart's name without which it is the same chart; and those of a publisher and his land, without which his own charts are.
_CHART_WORDS = frozenset("the magazine chart charts".split())
_BILLBOARD = frozenset("us usa u s billboard".split())
_OF_BILLBOARD = frozenset({"hot 100", "200", "global 200", "hot country songs", "hot r b hip hop songs", "bubbling under hot 100"})


@dataclass(frozen=True)
class Thing:
    """One thing that is said: the `fact` that says most of it, and those that `also` say it, or a part of it."""

    fact: Fact
    also: tuple[Fact, ...] = ()


def of(facts: Sequence[Fact]) -> list[Thing]:
    """Return the things that facts of one recording say, in the order in which they are first said."""
    by_predicate: dict[str, list[list[Fact]]] = defaultdict(list)
    order: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda f: -_fullness(f)):  # the fullest first: what is cut short joins it, and joins no two
        groups = by_predicate[fact.predicate]
        group = next((g for g in groups if says_the_same(g[0], fact)), None)
        if group is None:
            group = []
            groups.append(group)
            order.append(group)
        group.append(fact)
    place = {f.key: i for i, f in enumerate(facts)}
    return [Thing(g[0], tuple(g[1:])) for g in sorted(order, key=lambda g: min(place[f.key] for f in g))]


def once(facts: Sequence[Fact]) -> list[Fact]:
    """Return facts without those of which another one says all."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda f: -_fullness(f)) if len(facts) > 1 else facts:
        if not any(says_all(other, fact) for other in kept):
            kept.append(fact)
    return [f for f in facts if f in kept]


def says_all(own: Fact, other: Fact) -> bool:
    """Whether one fact says the same as another, and leaves out nothing that the other says beside its value."""
    fuller = other.qualifiers.keys() - _SHOWN <= own.qualifiers.keys() and _value_length(own) >= _value_length(other)
    return fuller and says_the_same(own, other)


def _fullness(fact: Fact) -> float:
    """Return how much a fact says: a whole date more than a year, a whole name more than a surname, then what trust it has."""
    return 1_000 * len(fact.qualifiers.keys() - _SHOWN) + 10 * min(_value_length(fact), 90) + fact.trust / 10


def _value_length(fact: Fact) -> int:
    if isinstance(fact.value, int | float):
        return 1
    return len(words(fact.value)) if fact.object else len(fact.value)


def says_the_same(own: Fact, other: Fact) -> bool:
    """Whether two facts of one recording and predicate say the same thing, one of them perhaps less of it."""
    if own.predicate != other.predicate or not _qualified_alike(own, other):
        return False
    if own.source == other.source and own.object != other.object and title_key(str(own.value)) != title_key(str(other.value)):
        return False  # a source knows whom it means by two names
    if not _AGREE.get(own.predicate, same_value)(own, other):
        return False
    exact = values.exact(own.predicate, own.value) and values.exact(other.predicate, other.value)
    return exact or own.value == other.value  # "1970s" agrees with 1975, and does not say it


def _qualified_alike(own: Fact, other: Fact) -> bool:
    """Whether nothing that both say beside their value differs; what only one says must not be what tells two things apart."""
    a = {k: v for k, v in own.qualifiers.items() if k not in _SHOWN}
    b = {k: v for k, v in other.qualifiers.items() if k not in _SHOWN}
    if any(not _alike(k, a[k], b[k]) for k in a.keys() & b.keys()):
        return False
    parting = _PARTING if own.predicate == "charted" else _PARTING | _PLACES  # a chart's name says its land
    return not (parting & (a.keys() ^ b.keys()))


# Qualifiers without which a fact is another one: the guitar that somebody played is not their bass, a chart is not all charts.
_PARTING = frozenset({"agent", "instrument", "part", "chart", "as", "hedge", "ai", "what", "of", "list", "result", "event"})
_PLACES = frozenset({"region"})


def _alike(name: str, own: object, other: object) -> bool:
    if own == other:
        return True
    if name == "chart":
        return chart_key(str(own)) == chart_key(str(other))
    a, b = title_key(str(own)), title_key(str(other))
    return a == b or (name in {"date", "year"} and (str(own).startswith(str(other)) or str(other).startswith(str(own))))


def chart_key(name: str) -> str:
    """Return the words that tell one chart from another: "US Billboard Hot 100 chart" is "hot 100", "US Singles Chart" is "us singles"."""
    key = [w for w in words(name) if w not in _CHART_WORDS]
    bare = " ".join(w for w in key if w not in _BILLBOARD)
    return bare if bare in _OF_BILLBOARD else " ".join(key) or title_key(name)


def values_agree(own: Fact, other: Fact) -> bool:
    """Whether the values of two facts of one question agree: a credit of two agrees with each of them, and is not the same thing."""
    if _AGREE.get(own.predicate, same_value)(own, other):
        return True
    return _is_named(own) and _in_credit(str(own.value), str(other.value))


def same_value(own: Fact, other: Fact) -> bool:
    """Whether two facts name the same thing or person, or have the same words or number as their value."""
    if _names(own) & _names(other):
        return True
    return _is_named(own) and same_person(str(own.value), str(other.value))


def _is_named(fact: Fact) -> bool:
    return PREDICATES[fact.predicate].value == "name" if fact.predicate in PREDICATES else fact.object is not None


def _names(fact: Fact) -> set[str]:
    if fact.object:
        return {fact.object, *(title_key(n) for n in (str(fact.value), *fact.names))}
    return {title_key(str(fact.value))}


def same_person(own: str, other: str) -> bool:
    """Whether one name is the other cut short: "J. Barry" for Jeff Barry, "Dylan" for Bob Dylan; a son is not his father."""
    a, b = _plain(own), _plain(other)
    if not a or not b or set(a) & _SUFFIXES != set(b) & _SUFFIXES or _SEVERAL.search(f"{own}\n{other}"):
        return False
    a, b = (tuple(w for w in name if w not in _SUFFIXES) for name in (a, b))
    return bool(a and b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a) or _initials(a, b))


def _in_credit(own: str, other: str) -> bool:
    """Whether one of two credits names both of a pair and the other one of them: "Lennon-McCartney" and John Lennon."""
    a, b = _plain(own), _plain(other)
    return bool(a and b) and (_is_of_pair(own, b[-1]) or _is_of_pair(other, a[-1]) or _holds(own, b) or _holds(other, a))


def _plain(name: str) -> tuple[str, ...]:
    """Return the words of a name as it is spoken: "Smith, John" is John Smith."""
    last, comma, first = name.partition(",")
    turned = comma and len(words(last)) == 1 and len(words(first)) in {1, 2} and set(words(first)) - _SUFFIXES
    return words(f"{first} {last}" if turned else name)


def _initials(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of one surname differ only in that first or middle names stand as initials, or not at all."""
    short, long = sorted((a[:-1], b[:-1]), key=len)
    if not short or not long or short[0][0] != long[0][0]:
        return False
    if 1 not in {len(short[0]), len(long[0])} and short[0] != long[0]:
        return False
    return all(any(w == v or (1 in {len(w), len(v)} and w[0] == v[0]) for v in long) for w in short if len(w) > 1 or len(short) == 1)


def _holds(credit: str, name: tuple[str, ...]) -> bool:
    """Whether `credit` names two in full and `name` is one of them: "Elton John & Bernie Taupin"."""
    return len(name) > 1 and name in {words(p) for p in _LISTED.split(credit)}


def _is_of_pair(credit: str, surname: str) -> bool:
    """Whether `credit` is a list of bare surnames, such as "Spector, Greenwich & Barry", that holds `surname`."""
    parts = [words(p) for p in _HYPHENED.split(credit) if p.strip()]
    return len(parts) > 1 and all(len(p) == 1 for p in parts) and (surname,) in parts


def _dates(own: Fact, other: Fact) -> bool:
    """Whether two dates may mean the same day: "1970s" and "June 1975" do. What a source doubts itself may be off by some years."""
    a, b = _span(str(own.value)), _span(str(other.value))
    if a is None or b is None:
        return own.value == other.value
    return a[0] <= b[1] and b[0] <= a[1]


@lru_cache(maxsize=8_192)
def _span(date: str) -> tuple[str, str] | None:
    found = edtf.read(date)
    if found is None or found.precision not in {"circa", "uncertain"}:
        return edtf.span(date)
    first, last = int(found.earliest[:4]) - YEARS_APART, int(found.latest[:4]) + YEARS_APART
    return f"{first:04d}{found.earliest[4:]}", f"{last:04d}{found.latest[4:]}"


def _within(limit: float) -> Callable[[Fact, Fact], bool]:
    return lambda a, b: abs(float(a.value) - float(b.value)) <= limit


def _tempo(a: Fact, b: Fact) -> bool:
    x, y = sorted((float(a.value), float(b.value)))
    return y - x <= BEATS_APART or abs(y - 2 * x) <= BEATS_APART  # half and double time are one tempo


_AGREE: dict[str, Callable[[Fact, Fact], bool]] = {
    "released": _dates, "recorded_on": _dates, "born": _dates, "tempo": _tempo, "duration": _within(SECONDS_APART),
}  # fmt: skip
