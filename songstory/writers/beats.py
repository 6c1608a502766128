"""Groups the facts of a brief into beats: what one sentence can say, with the slots a shape may fill.

Every slot remembers the facts it rests on, so that a sentence cites exactly the facts of the slots it uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from songstory.hedges import hedges
from songstory.models import Fact, NumberedFact
from songstory.names import words
from songstory.vocabulary import PREDICATES
from songstory.writers import phrases

Slot = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Names:
    """People to be named, in the order of the facts; rendered when it is known who was named before."""

    items: tuple[tuple[str, str], ...]  # (name, F-number)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.items)

    @property
    def cites(self) -> tuple[str, ...]:
        return tuple(number for _, number in self.items)


@dataclass
class Beat:
    """What one sentence can say: a family of shapes, its slots and name lists, the card it belongs to, how telling it is."""

    family: str
    card: str
    weight: int
    slots: dict[str, Slot] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    short: Slot | None = None
    agent: str = ""
    hedge: str = ""  # told before it, in a sentence of its own

    @property
    def listed(self) -> bool:
        """Whether it holds a list of three names or more."""
        return any(len(n.items) > 2 for n in self.names.values())


class Facts:
    """The facts of a brief by predicate, each handed out once."""

    def __init__(self, numbered: Iterable[NumberedFact]) -> None:
        self._by: dict[str, list[NumberedFact]] = {}
        for item in numbered:
            self._by.setdefault(item.fact.predicate, []).append(item)

    def take(self, predicate: str) -> list[NumberedFact]:
        return self._by.pop(predicate, [])

    def put(self, predicate: str, items: list[NumberedFact]) -> None:
        self._by[predicate] = items

    def peek(self, predicate: str) -> list[NumberedFact]:
        return self._by.get(predicate, [])


def names(items: Iterable[NumberedFact]) -> Names:
    """Return the people that `items` credit."""
    return Names(tuple((str(i.fact.value), i.number) for i in items))


def q(fact: Fact, key: str) -> str:
    """Return a qualifier of `fact` as text, empty when it has none."""
    return str(fact.qualifiers.get(key, ""))


def make_beat(family: str, item: NumberedFact, more: dict[str, str] | None = None, weight: int | None = None) -> Beat:
    """Return a beat on one fact whose slots are `more`, besides its value, year, date, region and the like."""
    fact = item.fact
    n = (item.number,)
    iso = q(fact, "date") or q(fact, "year")
    common = {
        "value": str(fact.value),
        "value_cap": phrases.capital(str(fact.value)),
        "year": _year(fact),
        "region": f" in {q(fact, 'region')}" if q(fact, "region") else "",
        "when": f" {phrases.on_date(iso)}" if iso else "",
        "at": f" {phrases.on_date(iso)}" if iso else "",
    }
    slots: dict[str, Slot] = {k: (v, n) for k, v in {**common, **(more or {})}.items()}
    predicate = PREDICATES[fact.predicate]
    short = q(fact, "short")
    return Beat(
        family,
        predicate.card,
        predicate.salience if weight is None else weight,
        slots,
        short=(short, n) if short and _keeps_hedge(fact, short) else None,
    )


def _keeps_hedge(fact: Fact, short: str) -> bool:
    """Whether the short form of a hedged fact keeps its hedge; a headline says no more than a sentence."""
    said = words(short)
    return all(any(said[i : i + len(f)] == f for f in hedge.forms for i in range(len(said))) for hedge in hedges(fact))


_IN_YEAR = {"remixed_by", "award", "ranked", "honour", "covered_by", "described_as"}


def _year(fact: Fact) -> str:
    """Return the year of an event as " in 2010", that of a work as " (2010)"."""
    year = q(fact, "year")
    return "" if not year else f" in {year}" if fact.predicate in _IN_YEAR else f" ({year})"
