"""Date cells as people write them: "July 1, 1982", "26. September 1969", "1982年7月1日", "05/11/2021", "c. 1969", "the 1970s". Pure.

What is a year, a month or a day becomes a flat date. What is less becomes what it is, in a form of ISO 8601-2, and is never cut.
What may be two dates, and what is none, is refused in words. Each way of writing has its line in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from songstory import edtf
from songstory.edtf import Dated
from songstory.sources import date_words as say
from songstory.sources.date_parts import DAY_FIRST, LONGEST, MONTH_FIRST, OPEN, ORDERS, Part, Undecided, iso, order_of, part, plain

__all__ = ["DAY_FIRST", "MONTH_FIRST", "OPEN", "ORDERS", "Undecided", "is_serial", "order_of", "read"]
FIRST_YEAR, LAST_YEAR = 1_000, 2_100
_EXCEL = date(1899, 12, 30)  # day 0 of spreadsheets, from their day 61 on: they hold 1900 for a leap year
_SERIALS = (10_000, (date(LAST_YEAR, 12, 31) - _EXCEL).days)  # below, a number is a year
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]{1,12})?")
_MARKED = re.compile(r"\(([^()]{4,30})\)|(?:℗|\(p\)) ?([0-9]{4})")
_CLOCK = re.compile(
    r"[t ,]{1,3}(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2}))?"
)


def read(cell: str, order: str = "", *, serials: bool = False) -> Dated:
    """Return the date of a cell. Raise ValueError with what was expected and found, Undecided where the order of the column decides.

    `order` is that of the column, day-first or month-first; with `serials` a number may count days as spreadsheets do.
    """
    text = plain(cell)
    whole = len(cell.strip()) <= LONGEST
    found = ((_serial(text) if serials else None) or edtf.read(text.upper())) if whole else None
    if found is None and whole:
        text = _without_day_and_time(_unmarked(text))
        named = part(text, order)
        value = iso(named, cell) if named and named.year else "" if named else _less(text, order, cell)
        found = edtf.read(value)
    if found is None:
        raise ValueError(f"expected a date such as 1986, April 1986 or 21 April 1986, found {cell[:40]!r}")
    if any(d and not FIRST_YEAR <= int(d[:4]) <= LAST_YEAR for d in found[2:]):
        raise ValueError(f"expected a date such as 1986, of the years {FIRST_YEAR} to {LAST_YEAR}, found {cell[:40]!r}")
    return found


def is_serial(cell: str) -> bool:
    """Return whether a cell holds a number that may count the days of a spreadsheet."""
    return _serial(cell.strip()) is not None


def _serial(text: str) -> Dated | None:
    match = _SERIAL.fullmatch(text)
    if match is None or not _SERIALS[0] <= int(match[1]) <= _SERIALS[1]:
        return None
    return edtf.read((_EXCEL + timedelta(days=int(match[1]))).isoformat())


def _unmarked(text: str) -> str:
    """Return a date without round brackets around all of it, or the sign that stands before the year of a recording: "(1959)", "℗ 1978"."""
    match = _MARKED.fullmatch(text)
    return match[1] or match[2] if match else text


def _without_day_and_time(text: str) -> str:
    """Return a date without the day of the week before it and the time of day after it: "Mon, 5 May 1986 10:00" is "5 May 1986"."""
    for match in _CLOCK.finditer(text):
        if match.end() == len(text) and match.start():
            text = text[: match.start()]
            break
    word, _, rest = text.partition(" ")
    return rest if word.rstrip(".,") in say.WEEKDAYS and rest else text


# what is no flat date -----------------------------------------------------------------------------------------------

_Reader = Callable[[str, str, str], str]


def _either_of(words: str, *phrases: str) -> str:
    return "|".join(sorted((re.escape(w) for w in (*words.split(), *phrases)), key=len, reverse=True))


class _Around(NamedTuple):
    """What stands before or after a date and makes it less than one."""

    before: re.Pattern[str]
    after: re.Pattern[str]


_CIRCA = _Around(
    re.compile(rf"(?:{_either_of(say.ABOUT, *say.ABOUT_PHRASES)})(?:\. ?| |(?=[0-9]))(?:(?:the|das|il|el|le|o|het) )?|[~≈±] ?"),
    re.compile(rf"(?:-ish| or so|~| \(?(?:{_either_of(say.ABOUT)})\.?\)?)$"),
)
_PART_OF = _Around(
    re.compile(rf"(?:(?:the|at the|to|a) )?(?:{_either_of(say.PARTS_OF)})(?:[ -]|\. ?)(?:(?:of|de|des|del|di|der|do|van|of the) )?"),
    re.compile(r"(?!)"),
)
_DECADE = re.compile(
    r"(?:(?:the|die|den|der|les|los|gli|os|de|annees|anos|anni|jaren|in the) ?){0,3}'?([0-9]{4}|[0-9]{2}|[a-zß]{5,12})"
    r"(?:'?s| ?er(?:n)?(?: jahren?)?|年代)?"
)
_DIGIT_UNKNOWN = re.compile(r"[0-9]{3}\?")
_DECADE_SIGN = re.compile(r"[0-9]'?s$|er(?:n)?(?: jahren?)?$|年代$|^(?:les |los |de |os |gli )?(?:annees|anos|anni|jaren) |ies$")
_CENTURY = re.compile(
    r"(?:the |das |le |el |il |o |de )?(?:([0-9]{1,2})(?:st|nd|rd|th|e|\.)? ?(?:century|c\.|jahrhundert|jh\.?|jhd\.?|siecle|eeuw|世紀)"
    r"|(?:siglo|seculo) (xxi|xx|xix)|(xxi|xx|xix)e? (?:siecle|secolo))"
)
_SEASON = re.compile(
    r"(?:(?:the|in|im|in the|en|au) |(?:a )?l' ?)?([a-z]{3,10})(?: of| de| del| des| d'| van)? ([0-9]{4})(?:[/–-]([0-9]{4}|[0-9]{2}))?"
)
_SHORT_YEAR = re.compile(r"'(3[2-9]|[4-9][0-9])(?![0-9s'])")
_SEASON_LAST = re.compile(r"([0-9]{4})[ -]([a-z]{3,10})")
_BEFORE = _Around(
    re.compile(rf"(?:{_either_of(say.BEFORE, *say.BEFORE_PHRASES)})[ -]|[<≤] ?|\.\.\.? ?|– ?"), re.compile(r" or (?:earlier|before)$")
)
_AFTER = _Around(
    re.compile(rf"(?:{_either_of(say.AFTER, *say.AFTER_PHRASES)})[ -]|[>≥] ?"),
    re.compile(r"(?:[–-] ?(?:present|now|today|heute|date|aujourd'hui|hoy|oggi|hoje|heden)?| onwards?| or (?:later|after)|\.\.\.?)$"),
)
_PERHAPS = _Around(
    re.compile(rf"(?:{_either_of(say.PERHAPS)}),? |[?\[]"), re.compile(rf"(?:\?|\(\?\)|\[\?\]|\((?:{_either_of(say.PERHAPS)})\))$")
)
_BETWEEN = re.compile(rf"(?:{_either_of(say.BETWEEN)}) ")
_OR = re.compile(rf" (?:{_either_of(say.OR)}) ")
_TO = re.compile(rf" (?:{_either_of(say.TO)}) | ?– ?| - | / |[-/~]")
_AND = re.compile(rf" (?:{_either_of(say.AND)}) | ?& ?")
_ROMAN = {"xix": 19, "xx": 20, "xxi": 21}


def _less(text: str, order: str, cell: str) -> str:
    """Return what a text that is no flat date says, in a form of ISO 8601-2; "" for what is no date."""
    return next((found for reader in _READERS if (found := reader(text, order, cell))), "")


def _flat(text: str, order: str, cell: str) -> str:
    named = part(text.strip(), order)
    return iso(named, cell) if named and named.year else ""


def _inner(around: _Around, text: str) -> str:
    """Return the date without the words around it, "" where there are none."""
    if match := around.before.match(text):
        bare = text[match.end() :].strip()
        return bare.removesuffix("]") if match[0] == "[" else bare
    return text[: match.start()].strip() if (match := around.after.search(text)) else ""


def _circa(text: str, order: str, cell: str) -> str:
    """ "c. 1969", "um 1969", "1969 (approx.)"; "about 1969?" is no surer. The late part of a year is no year told plainly either."""
    inner = _inner(_CIRCA, text).removesuffix("?").strip() or _inner(_PART_OF, text)
    flat = _flat(inner, order, cell) if inner else ""
    return f"{flat}~" if flat else _decade(inner, order, cell)


def _decade(text: str, order: str, cell: str) -> str:
    """ "1970s", "die 70er Jahre", "late seventies". "The 20s" may be those of two centuries, and "the 1900s" a century or ten years."""
    if _DIGIT_UNKNOWN.fullmatch(text):  # "197?"
        return text.replace("?", "X")
    match = _DECADE.fullmatch(text) if _DECADE_SIGN.search(text) else None
    if match is None:
        return _decade(inner, order, cell) if (inner := _inner(_PART_OF, text)) else ""
    tens = say.DECADES.get(match[1].removesuffix("ern"), 0) or say.DECADES.get(match[1] + "er", 0)
    named = int(match[1]) if match[1].isdecimal() else 1_900 + tens if tens else 1
    year = 1_900 + named if 30 <= named <= 99 else named
    if year % 10 or year < FIRST_YEAR or (year % 100 == 0 and year < 2_000):
        return ""
    return f"{year // 10}X"


def _century_of(text: str, order: str, cell: str) -> str:
    match = _CENTURY.fullmatch(text)
    number = (int(match[1]) if match[1] else _ROMAN[match[2] or match[3]]) if match else 0
    return f"{number - 1:02d}XX" if 11 <= number <= 21 else ""


def _season(text: str, order: str, cell: str) -> str:
    """ "Spring 1969", "im Herbst 1977", "Winter 1969/70", "summer of '69"."""
    text = _SHORT_YEAR.sub(r"19\1", text)
    match, last = _SEASON.fullmatch(text), _SEASON_LAST.fullmatch(text)
    word, year = (match[1], match[2]) if match else (last[2], last[1]) if last else ("", "")
    if match and match[3] and not f"{int(year) + 1:04d}".endswith(match[3]):  # only the next year can be part of it
        return ""
    return f"{year}-2{say.SEASONS[word]}" if word in say.SEASONS else ""


def _perhaps(text: str, order: str, cell: str) -> str:
    """ "1969?", "probably 1969", "[1969]" as libraries write what they infer; of what is vague already the doubt adds nothing."""
    inner = _inner(_PERHAPS, text)
    if not inner:
        return ""
    flat = _flat(inner, order, cell)
    return f"{flat}?" if flat else _less(inner, order, cell) if len(inner) < len(text) else ""


def _before(text: str, order: str, cell: str) -> str:
    flat = _flat(inner, order, cell) if (inner := _inner(_BEFORE, text)) else ""
    return f"../{flat}" if flat else ""


def _after(text: str, order: str, cell: str) -> str:
    inner = _inner(_AFTER, text)
    flat = _flat(inner.removesuffix(" on").removesuffix(" onwards").removesuffix(" onward"), order, cell) if inner else ""
    return f"{flat}/.." if flat else ""


def _sides(pattern: re.Pattern[str], text: str, order: str) -> Iterator[tuple[Part, Part]]:
    """Yield the two dates on both sides of a sign, each with what only the other says: "29–31 May 1969", "1969–70"."""
    for match in pattern.finditer(text):
        one, other = part(text[: match.start()].strip(" ,"), order), part(text[match.end() :].strip(" ,"), order)
        if match[0] in text[: match.start()] and match[0] in "-/" and other and not other.year:
            continue  # "1969-7-1-2"
        if one and other and (found := _completed(one, other)):
            yield found


def _completed(one: Part, other: Part) -> tuple[Part, Part] | None:
    if one.year and not one.month and not (other.month or other.year):  # "1969–70", "1999–00"
        year = one.year - one.year % 100 + (other.day or 100)
        return (one, Part(year)) if one.year < year <= one.year + 99 and (other.day or year == one.year + 1) else None
    year, month = one.year or other.year, one.month or (other.month if one.day else 0)
    other_month = other.month or (one.month if other.day else 0)
    first, last = Part(year, month, one.day), Part(other.year or one.year, other_month, other.day)
    sound = year and not (first.day and not first.month) and not (last.day and not last.month)
    return (first, last) if sound and (bool(first.day) == bool(last.day) or (one.year and other.year)) else None


def _choice(text: str, order: str, cell: str) -> str:
    """ "1969 or 1970", "July or August 1969"."""
    found = [sorted((iso(one, cell), iso(other, cell))) for one, other in _sides(_OR, text, order)]
    return f"[{','.join(found[0])}]" if found and found[0][0] != found[0][1] else ""


def _range(text: str, order: str, cell: str) -> str:
    """ "1969–1970", "29.–31. Mai 1969", "between June and July 1969"; "and" alone joins only what follows upon one another."""
    lead = _BETWEEN.match(text)
    bare = text[lead.end() :] if lead else text
    pairs: Iterable[tuple[Part, Part]] = _sides(_TO, bare, order)
    if (first := next(iter(pairs), None)) is None:
        joined = list(_sides(_AND, bare, order))
        first = next((p for p in joined if lead or _follow(*p)), None)
    return f"{iso(first[0], cell)}/{iso(first[1], cell)}" if first else _decades(bare, order, cell)


def _decades(text: str, order: str, cell: str) -> str:
    """ "1960s–70s", "the 1960s and 1970s"."""
    for match in (*_TO.finditer(text), *_AND.finditer(text)):
        one, other = (_decade(t.strip(), order, cell) for t in (text[: match.start()], text[match.end() :]))
        if one < other and one:
            return f"{one[:3]}0/{other[:3]}9"
    return ""


def _follow(one: Part, other: Part) -> bool:
    """Whether two years, months or days follow upon one another: of January and July nobody says that it took all months between."""
    if one.day or other.day:
        return one[:2] == other[:2] and other.day == one.day + 1
    if one.month or other.month:
        return other.year * 12 + other.month == one.year * 12 + one.month + 1
    return other.year == one.year + 1


_READERS: tuple[_Reader, ...] = (
    _century_of, _decade, _season, _circa, _choice, _range, _before, _after, _perhaps,
)  # fmt: skip
