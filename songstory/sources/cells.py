"""Cells of house tables, read strictly: what could mean two things is refused in words, never guessed. Pure."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from typing import Any

from songstory.names import words

_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
EMPTY = frozenset(
    """
    n/a|na|n.a.|#n/a|none|null|nan|nil|-|--|–|—|?|??|.|...|…|unknown|[unknown]|(unknown)|tbc|tba|tbd|k.a.|k. a.|unbekannt|inconnu|inconnue|
    desconocido|desconhecido|sconosciuto|onbekend|n.d.|nd|not known|not available|#ref!|#value!|#name?|#div/0!|#null!
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
) | {""}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK = re.compile(r"<br ?/?>|\r\n?|\u2028|\u2029", re.IGNORECASE)

_CLOCK = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:[.,]([0-9]{1,6}))?(?: ?(?:h|min|mins|minutes|minuten|uhr|std)\.?)?")
_PRIMES = re.compile(r"([0-9]{1,3})' ?(?:([0-5]?[0-9])(?:\"|'')|([0-5][0-9]))")  # without the last sign two figures are seconds
_EAST = re.compile(r"([0-9]{1,3}) ?[分분] ?(?:([0-5]?[0-9]) ?[秒초])?")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,30})[)\]]")
_ISO = re.compile(r"p(?:0d)?t(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,6}(?:[.,][0-9]{1,6})?)s)?")
_HOURS = r"(?:([0-9]{1,2}) ?(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|uur)\.?,? ?(?:and |und )?)?"
_MINUTES = r"(?:([0-9]{1,3}) ?(?:m|mins?|minutes?|minuten?|minutos?|minuti|minuto)\.?,? ?(?:and |und )?)?"
_SECONDS = r"(?:([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?(s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|secondi|seconden)?\.?)?"
_WORDED = re.compile(_HOURS + _MINUTES + _SECONDS)
_MILLIS = re.compile(r"([0-9]{1,9}) ?(?:ms|msecs?|milliseconds?|millisekunden)")
_DECIMAL_MINUTES = re.compile(r"([0-9]{1,3})[.,]([0-9]) ?(?:min|mins|minutes|minuten)\.?")
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,20})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,2})?")  # 1,250,000
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,4}")  # 1.250.000
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,'])[0-9]{3})(?:\1[0-9]{3}){0,2}")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,12},[0-9]{1,2}")  # 120,5
_SIGNS = str.maketrans({"’": "'", "′": "'", "‘": "'", "´": "'", "″": '"', "”": '"', "“": '"'})
_DAY = 86_400_000  # milliseconds
_SURE = 30  # seconds: a lower number may as well be minutes, or the part of a day that a spreadsheet makes of a time
_LONGEST_SURE = 3_600  # above, a bare number may be milliseconds
_SECONDS_END = 48_203  # the longest song ever released lasts so long: a higher number of nothing else is milliseconds
_PARTS_OF_DAY = (0.0001, 0.05)  # from 9 seconds to 72 minutes; above, it may be hours that were meant as minutes
FRACTION = re.compile(r"0[.,][0-9]{2,20}")
FACTORS = {"ms": 1.0, "s": 1_000.0, "min": 60_000.0}
_UNITS = {
    word: unit
    for unit, names in {
        "ms": "ms msec msecs millis millisecond milliseconds millisekunden milisegundos millisecondes millisecondi milliseconden",
        "s": "sec secs second seconds sek sekunden segundos secondes secondi seconden",
        "min": "min mins minute minutes minuten minutos minuti",
    }.items()
    for word in names.split()
}
_SHORT_UNIT = re.compile(r"[(\[_ /]s[)\]]?$")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TIMES = frozenset(
    """
    length duration time runtime running dauer lange laenge spieldauer spielzeit laufzeit zeit duree temps duracion duracao tiempo
    tempo durata duur lengte speelduur
    """.split()
)


def content(value: Any, *, stands: bool = False) -> str | tuple[str, ...]:
    """Return what a cell holds as text, its line breaks kept; of a list, and of objects with a name, the names one by one.

    Words for nothing are empty, but where they may be a name and so stand: a song is called "None". Raise ValueError for other objects.
    """
    if isinstance(value, list | tuple):
        found = [content(v, stands=stands) for v in value]
        if not all(isinstance(f, str) for f in found):
            raise ValueError("expected text or a number, found a list in a list")
        return tuple(f for f in found if isinstance(f, str) and f)
    if isinstance(value, dict):
        if not isinstance(name := value.get("name"), str) or not name.strip():
            raise ValueError("expected text or a number, found dict")
        return content(name, stands=stands)
    if isinstance(value, bytes):
        raise ValueError("expected text or a number, found bytes")
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    if text.strip().upper() in _ERRORS:
        raise ValueError(f"expected a value, found {text.strip()}, an error of the spreadsheet")
    text = _BREAK.sub("\n", _ENTITY.sub(lambda m: html.unescape(m[0]), text)).replace("\x00", "")
    text = "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))
    return "" if not stands and text.casefold() in EMPTY else text


def unit_of(header: str) -> str:
    """Return the unit that the name of a column gives its lengths: ms, s or min; "" for none, and for a form such as "min:sec"."""
    said = {_UNITS[w] for w in words(_CAPITALS.sub(" ", header).replace("_", " ")) if w in _UNITS}
    if _SHORT_UNIT.search(header.casefold()):
        said.add("s")
    return said.pop() if len(said) == 1 else ""


def is_time(header: str) -> bool:
    """Return whether the name of a column says that it holds lengths of time."""
    return not _TIMES.isdisjoint(words(_CAPITALS.sub(" ", header).replace("_", " ")))


def milliseconds(
    cell: str, unit: str = "", *, short: bool = False, fractions: bool = False, decimals: bool = False, hours: bool = False
) -> int:
    """Return a length: "3:45", "3m45s", "PT3M45S", "3'45\\"", or a bare number in the `unit` of its column. Raise ValueError.

    With `short` a small number without a unit is seconds, with `fractions` one below 1 is the part of a day that a spreadsheet makes of
    a time, with `decimals` "3.45" minutes are three and 45 hundredths, with `hours` "1:10:00" is not what a spreadsheet made of 1:10.
    """
    text = " ".join(unicodedata.normalize("NFKC", cell[:80].translate(_SIGNS)).casefold().translate(_SIGNS).split())
    text = bare[1].strip() if (bare := _IN_BRACKETS.fullmatch(text)) else text
    found = _written(text, hours)
    if found is None:
        found = _bare(text, unit, short=short, fractions=fractions, decimals=decimals)
    if found is None or not 0 <= found <= _DAY or len(cell) > 80:
        raise ValueError(f"expected a length such as 3:45 or 225 seconds, up to a day, found {cell[:40]!r}")
    return round(found)


def seconds(cell: str, unit: str = "", *, short: bool = False) -> int:
    """Return a length in whole seconds, as `milliseconds` reads it. Raise ValueError."""
    return round(milliseconds(cell, unit, short=short) / 1_000)


def _written(text: str, hours: bool) -> float | None:
    """Return the milliseconds of a length that says its own units, None for what says none, or says what there is not: "1:75"."""
    if match := _CLOCK.fullmatch(text):
        if match[1] and (int(match[2]) > 59 or (not hours and int(match[1]) and match[3] == "00" and not match[4])):
            return None  # a spreadsheet makes 3:45:00 of minutes and seconds
        return _sum(match[1], match[2], match[3]) + float(f"0.{match[4] or 0}") * 1_000
    if match := _PRIMES.fullmatch(text):
        return _sum("", match[1], match[2] or match[3])
    if match := _EAST.fullmatch(text):
        return _sum("", match[1], match[2])
    if match := _MILLIS.fullmatch(text):
        return float(match[1])
    if match := _DECIMAL_MINUTES.fullmatch(text):
        return float(f"{match[1]}.{match[2]}") * FACTORS["min"]
    if (match := _ISO.fullmatch(text)) and any(match.groups()):
        return _sum(match[1], match[2], match[3])
    if (match := _WORDED.fullmatch(text)) and (match[1] or match[2] or match[4]):
        below = float((match[3] or "0").replace(",", ".")) < 60 or not (match[1] or match[2])
        return _sum(match[1], match[2], match[3]) if below and (not match[1] or int(match[2] or 0) < 60) else None
    return None


def _sum(hours: str | None, minutes: str | None, rest: str | None) -> float:
    return (int(hours or 0) * 3_600 + int(minutes or 0) * 60 + float((rest or "0").replace(",", "."))) * 1_000


def _bare(text: str, unit: str, *, short: bool, fractions: bool, decimals: bool) -> float | None:
    """Return the milliseconds of a bare number, None for what may be two lengths."""
    if unit == "ms" and _THOUSANDS.fullmatch(text):  # no length is told in parts of milliseconds
        text = re.sub("[.,']", "", text)
    text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _PLAIN.fullmatch(text):
        return None
    value, part = float(text), text.partition(".")[2].rstrip("0")
    if unit == "min" and part and not decimals:
        return None  # "3.45" may be 3:45
    if unit:
        return value * FACTORS[unit] if value < 1e9 and not (unit == "s" and 0 < value < 1) else None
    if fractions and FRACTION.fullmatch(text):
        return value * _DAY if _PARTS_OF_DAY[0] <= value <= _PARTS_OF_DAY[1] else None
    if value == 0 or (short and value <= _LONGEST_SURE) or (_SURE <= value <= _LONGEST_SURE):
        return value * 1_000
    return value if value > _SECONDS_END else None


def number(cell: str) -> int | float:
    """Return the number of a cell, whose thousands may be parted by commas or dots. Raise ValueError for "12,5000" and the like."""
    if _PLAIN.fullmatch(cell):
        bare = cell
    elif _GROUPED.fullmatch(cell):
        bare = cell.replace(",", "")
    elif _DOTTED.fullmatch(cell):
        bare = cell.replace(".", "")
    elif _DECIMAL_COMMA.fullmatch(cell):
        bare = cell.replace(",", ".")
    else:
        raise ValueError(f"expected a number, found {cell[:40]!r}")
    value = float(bare)
    return int(value) if value.is_integer() else value
