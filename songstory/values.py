"""What a fact may say: one row a kind of value, joined to the vocabulary by the kind of each predicate and each qualifier.

Dates are those of the calendar, whole or partial; numbers are finite and within the range of their predicate; texts show
something and are no longer than their kind allows. Whoever takes values in asks here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial

from songstory import edtf
from songstory.models import Fact
from songstory.vocabulary import ANNOUNCED, ANYWHERE, BOUNDS, COUNTS, FIRST_YEARS, KEPT, KEPT_QUALIFIERS, PREDICATES, QUALIFIERS, RANGES

Scalar = str | int | float
Rule = Callable[[str, Scalar], None]  # predicate, what was found; raises ValueError with what was expected and found

# The most characters of each kind of text. The longest title of an album ever released has 865; the longest name known 254.
LONGEST = {
    "title": 1_000, "name": 500, "key": 1_000, "locator": 1_000, "url": 2_000, "value": 1_000, "quotation": 2_000, "link": 2_000,
    "qualifier": 500, "quote": 5_000, "note": 1_000, "reference": 5_000, "passage": 200_000, "identifier": 200, "word": 100,
}  # fmt: skip
MOST = {"qualifiers": 20, "identifiers": 500, "aliases": 2_000, "works": 500}  # of one line
INDEXED = 2_000  # bytes of a text that an index of PostgreSQL is sure to take; its pages end at 2,704
_BREAKS = re.compile("[\x00\ud800-\udfff]")  # what no database keeps: NUL, and half of a character that JSON can spell out
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"[0-9]{4}")
_COUNT = re.compile(r"[0-9]{1,15}")
_EMPTY_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their class that show nothing


def text(found: str, kind: str, *, empty: bool = False, indexed: bool = False) -> None:
    """Raise ValueError, with what was expected and found, for a text that is too long, shows nothing or cannot be kept."""
    if found.isascii() and found.isprintable():
        if len(found) > LONGEST[kind]:
            raise ValueError(_too_long(found, LONGEST[kind]))
        if not empty and not found.strip():
            raise ValueError(f"expected words, found {found[:60]!r}")
        return
    if not found and empty:
        return
    whole(found)
    if len(found) > LONGEST[kind]:
        raise ValueError(_too_long(found, LONGEST[kind]))
    if indexed and len(found) * 4 > INDEXED < len(found.encode()):
        raise ValueError(f"expected up to {INDEXED:,} bytes, found {len(found.encode()):,}")
    if not empty and not shows(found):
        raise ValueError(f"expected words, found only signs that show nothing: {found[:30]!a}")


def whole(found: str) -> None:
    """Raise ValueError for a text that came through broken: with NUL, or with half of a character."""
    if broken := _BREAKS.search(found):
        what = "a NUL character" if broken[0] == "\x00" else "half of a character (a lone surrogate)"
        raise ValueError(f"expected text, found {what} at {broken.start() + 1:,}")


def _too_long(found: str, longest: int) -> str:
    return f"expected up to {longest:,} characters, found {len(found):,}"


def shows(found: str) -> bool:
    """Return whether a text shows anything: a letter, a digit or a sign, and not only blanks and marks of control."""
    return any(c.isprintable() and not c.isspace() and c not in _EMPTY_LETTERS for c in found)


@lru_cache(maxsize=65_536)
def year_of(date: str) -> int:
    """Return the year of a whole or partial date of the calendar, 0 for what is none."""
    match = _DATE.fullmatch(date)
    if match is None:
        return 0
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    return year if 1 <= month <= 12 and year and 1 <= day <= monthrange(year, month)[1] else 0


def flat(found: Scalar) -> bool:
    """Return whether a date may be told as it stands: a year, a month or a day, and no range, guess or decade."""
    return bool(year_of(found)) if isinstance(found, str) else type(found) is int


def exact(predicate: str, value: Scalar) -> bool:
    """Return whether what `predicate` says is exact enough to be told: anything, but of dates only the flat ones."""
    known = PREDICATES.get(predicate)
    return known is None or known.value != "date" or flat(value)


def check(predicate: str, value: Scalar) -> None:
    """Raise ValueError, with what was expected and found, for a value that `predicate` cannot have."""
    _VALUES[predicate](predicate, value)


def check_qualifiers(predicate: str, qualifiers: Mapping[str, Scalar]) -> None:
    """Raise ValueError, naming the qualifier, for one that `predicate` cannot have, or whose content is none of its kind."""
    if len(qualifiers) > MOST["qualifiers"]:
        raise ValueError(f"qualifiers: expected up to {MOST['qualifiers']}, found {len(qualifiers)}")
    rules = _QUALIFIED[predicate]
    for name, found in qualifiers.items():
        rule = rules.get(name)
        if rule is None:
            known = ", ".join(PREDICATES[predicate].qualifiers if predicate in PREDICATES else sorted(KEPT_QUALIFIERS)) or "none of its own"
            raise ValueError(f"qualifiers.{name[:40]}: {predicate} has no such qualifier; it has: {known}")
        try:
            rule(predicate, found)
        except ValueError as error:
            raise ValueError(f"qualifiers.{name}: {error}") from error
    if len(qualifiers) > 1:
        _together(qualifiers)


def _together(qualifiers: Mapping[str, Scalar]) -> None:
    weeks, total = qualifiers.get("weeks"), qualifiers.get("weeks_total")
    if weeks is not None and total is not None and int(weeks) > int(total):
        raise ValueError(f"qualifiers.weeks: expected no more than weeks_total ({total}), found {weeks}")
    begin, end = qualifiers.get("begin"), qualifiers.get("end")
    if begin is not None and end is not None and str(end)[: len(str(begin))] < str(begin)[: len(str(end))]:
        raise ValueError(f"qualifiers.end: expected no day before begin ({begin}), found {end}")


def sound(fact: Fact) -> bool:
    """Return whether a fact would be taken in today; one that was stored by an earlier version may not be, and is not told.

    A qualifier that its predicate does not have is no harm: nobody reads it.
    """
    if (name := fact.predicate) not in _VALUES:
        return False
    try:
        check(name, fact.value)
        check_qualifiers(name, {q: v for q, v in fact.qualifiers.items() if q in _QUALIFIED[name]} if fact.qualifiers else {})
    except ValueError:
        return False
    return True


# one rule a kind ----------------------------------------------------------------------------------------------------


def plain(found: Scalar) -> bool:
    """Return whether a value is a short text of printable ASCII that shows something: what most are, and no rule refuses."""
    return type(found) is str and 0 < len(found) <= 100 and found.isascii() and found.isprintable() and not found.isspace()


def _words(longest: str, predicate: str, found: Scalar) -> None:
    if plain(found):
        return
    if not isinstance(found, str):
        raise ValueError(f"expected words, found the number {_shown(found)[:30]}; put it in quotation marks")
    text(found, longest)


def _dated(predicate: str, found: Scalar) -> None:
    """A date as a fact states it: a flat one, or in a form of ISO 8601-2 what is less exact; some day of it lies in time."""
    if not isinstance(found, str) or year_of(found) or (less := edtf.read(found)) is None:
        return _date(predicate, found)
    first, last = FIRST_YEARS.get(predicate, 1_000), _this_year() + (5 if predicate in ANNOUNCED else 0)
    if (less.latest and int(less.latest[:4]) < first) or (less.earliest and int(less.earliest[:4]) > last):
        raise ValueError(f"expected a date from {first} to {last}, found {_shown(found)}")
    return None


def _bound(predicate: str, found: Scalar) -> None:
    """The first or the last day that a date may mean; it may lie ahead, where the date itself is a decade."""
    if not isinstance(found, str) or not year_of(found):
        raise ValueError(f"expected a date such as 1986, 1986-04 or 1986-04-21, found {_shown(found)}")


def _date(predicate: str, found: Scalar) -> None:
    year = year_of(found) if isinstance(found, str) else found if type(found) is int and 1_000 <= found <= 9_999 else 0
    if not year:
        raise ValueError(f"expected a date such as 1986, 1986-04 or 1986-04-21, found {_shown(found)}")
    _in_time(predicate, int(year), found)


def _year(predicate: str, found: Scalar) -> None:
    if not (type(found) is int or (isinstance(found, str) and _YEAR.fullmatch(found))):
        raise ValueError(f"expected a year such as 1986, found {_shown(found)}")
    _in_time(predicate, int(found), found)


def _in_time(predicate: str, year: int, found: Scalar) -> None:
    first = FIRST_YEARS.get(predicate, 1_000)
    if year < first:
        raise ValueError(f"expected a date from {first} on, found {_shown(found)}")
    if year > 2_020 and year > (last := _this_year() + (5 if predicate in ANNOUNCED else 0)):
        raise ValueError(f"expected a date up to {last}, found {_shown(found)}")


def _this_year() -> int:
    return (datetime.now(UTC) + timedelta(days=1)).year  # somewhere it is tomorrow already


def _number(predicate: str, found: Scalar) -> None:
    low, high, whole = RANGES[predicate]
    if type(found) is int and low <= found <= high:
        return
    if isinstance(found, str | bool) or not low <= found <= high or (whole and found != int(found)):
        raise ValueError(f"expected a {'whole ' if whole else ''}number from {low:,} to {high:,} for {predicate}, found {_shown(found)}")


def _count(name: str, predicate: str, found: Scalar) -> None:
    low, high = COUNTS[name]
    number = int(found) if isinstance(found, str) and _COUNT.fullmatch(found) else found if type(found) is int else -1
    if not low <= number <= high:
        raise ValueError(f"expected a whole number from {low:,} to {high:,}, found {_shown(found)}")


def _place(predicate: str, found: Scalar) -> None:
    """A place in a row: a number from 1 on, or words such as "second" or "track 5"."""
    plain = isinstance(found, str) and any(c.isalpha() for c in found)
    number = int(found) if isinstance(found, str) and _COUNT.fullmatch(found) else found if type(found) is int else 0
    if not plain and not 1 <= number <= 9_999:
        raise ValueError(f'expected a place such as "second", "track 5" or 5, found {_shown(found)}')
    if isinstance(found, str):
        text(found, "word")


_KEY = re.compile(
    r"[a-h](?:[ -]?(?:flat|sharp|natural)|[♭♯#b]|is|es|s)?"
    r"(?:[ -]?(?:(?:harmonic |melodic |natural )?(?:major|minor)|maj|min|m|dur|moll|ionian|dorian|phrygian|lydian|mixolydian|aeolian|"
    r"locrian|blues|pentatonic(?: major| minor)?)(?: scale| mode| blues| pentatonic)?)?"
)
_METRE = re.compile(r"[1-9][0-9]?(?:/(?:1|2|4|8|16|32|64))?")
_PARTS = re.compile(r"[/,;&–→]| and | to | or ")
_NO_ONE_KEY = frozenset({"atonal", "none", "no key", "modal"})
_METRES = frozenset({"common time", "cut time", "free time", "alla breve", "free", "compound"})


def _key(predicate: str, found: Scalar) -> None:
    _words("word", predicate, found)
    if not all(_KEY.fullmatch(p) or p in _NO_ONE_KEY for p in (part.strip() for part in _PARTS.split(str(found).casefold()))):
        raise ValueError(f'expected a key such as "C-sharp minor", found {_shown(found)}')


def _metre(predicate: str, found: Scalar) -> None:
    _words("word", predicate, found)
    if not all(_METRE.fullmatch(p.strip()) or p.strip() in _METRES for p in re.split(r"[,;&–→+]| and | to | or ", str(found).casefold())):
        raise ValueError(f'expected a time signature such as "4/4", found {_shown(found)}')


def _shown(found: Scalar) -> str:
    try:
        return ascii(found) if isinstance(found, str) and not found.isprintable() else repr(found)[:60]
    except ValueError:  # Python refuses to spell out an integer of thousands of digits
        return "a number of thousands of digits"


_KINDS: dict[str, Rule] = {
    "name": partial(_words, "name"),
    "term": partial(_words, "value"),
    "phrase": partial(_words, "value"),
    "act": partial(_words, "value"),
    "quotation": partial(_words, "quotation"),
    "date": _dated,
    "number": _number,
    "ordinal": _number,
    "seconds": _number,
}
_FORMED: dict[str, Rule] = {"key": _key, "time_signature": _metre}
_VALUES: dict[str, Rule] = {
    **{name: _FORMED.get(name) or _KINDS[p.value] for name, p in PREDICATES.items()},
    **dict.fromkeys(KEPT, partial(_words, "link")),
}
_OF_KINDS: dict[str, Rule] = {"date": _date, "year": _year, "place": _place, "words": partial(_words, "qualifier")}
_OF_QUALIFIERS: dict[str, Rule] = {
    **{name: partial(_count, name) if kind == "count" else _OF_KINDS[kind] for name, kind in QUALIFIERS.items()},
    **dict.fromkeys(BOUNDS, _bound),
}
_QUALIFIED: dict[str, dict[str, Rule]] = {
    **{name: {q: _OF_QUALIFIERS[q] for q in (*p.qualifiers, *ANYWHERE)} for name, p in PREDICATES.items()},
    **{name: {q: _OF_QUALIFIERS[q] for q in KEPT_QUALIFIERS} for name in KEPT},
}
