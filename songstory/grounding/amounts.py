"""Reads dates and numbers as people write them: "the 26th of July 1986", "No. 1", "half a million", "four minutes and 28 seconds"."""

from __future__ import annotations

import re

from songstory.grounding.text import Word
from songstory.lexicon import MONTHS, NUMBER_WORDS, ORDINAL_WORDS, SCALES, SHORT_MONTHS, TENS

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DECADE = re.compile(r"(1[5-9]\d|20\d)0s")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_ORDINAL = re.compile(r"(?<!\d)(\d++)(?:st|nd|rd|th)")
_UNITS = {
    "week": "weeks",
    "minute": "minutes",
    "min": "minutes",
    "mins": "minutes",
    "second": "seconds",
    "sec": "seconds",
    "secs": "seconds",
    "bpm": "bpm",
    "beats": "bpm",
    "copies": "copies",
    "copy": "copies",
    "unit": "copies",
    "sales": "copies",
    "day": "days",
    "year": "years",
    "month": "months",
    "hour": "hours",
    "percent": "percent",
} | {f"{unit}s": f"{unit}s" for unit in ("week", "minute", "second", "day", "year", "month", "hour")}
_UNITS["units"] = "copies"
_POSITION = {"number", "no", "#", "position", "nr"}
_PLACE = {"place", "position", "peak"}  # "7 was its peak"
_PEAK = {"number", "top", "topped", "there", "held", "stood", "summit", "peak", "led", "headed"}


def is_year(word: str) -> bool:
    """Return whether a word can be the year of a date, 1500 to 2099."""
    return _YEAR.fullmatch(word) is not None


def iso_date(parts: list[str]) -> str:
    """Return a written date as ISO text: "26 july 1986", "july 26th 1986", "april 1984", "1986", else an empty text."""
    if len(parts) == 1:
        return parts[0] if _YEAR.fullmatch(parts[0]) else ("decade:" + parts[0] if _DECADE.fullmatch(parts[0]) else "")
    if len(parts) == 3 and _YEAR.fullmatch(parts[0]) and all(re.fullmatch(r"\d{1,2}", p) for p in parts[1:]):
        return f"{parts[0]}-{int(parts[1]):02d}-{int(parts[2]):02d}"
    if not _YEAR.fullmatch(parts[-1]):
        return ""
    head = [p for p in parts[:-1] if p not in {"of", "the"}]
    if len(parts) > 3 and len(head) == len(parts) - 1:
        return ""
    months = [MONTHS.get(p) or SHORT_MONTHS.get(p) or 0 for p in head]
    if sum(m > 0 for m in months) != 1 or len(head) > 2:
        return ""
    month = max(months)
    if len(head) == 1:
        return f"{parts[-1]}-{month:02d}"
    day = next((int(m.group(1)) for p in head if (m := _DAY.fullmatch(p))), 0)
    return f"{parts[-1]}-{month:02d}-{day:02d}" if 1 <= day <= 31 else ""


def number_at(words: list[Word], i: int) -> tuple[float, int] | None:
    """Return the number that starts at word `i` and how many words it takes, None where none starts."""
    norm = words[i].norm
    if re.fullmatch(r"\d+:\d\d", words[i].text):
        return 0.0, 1
    if match := _ORDINAL.fullmatch(norm):
        return float(match.group(1)), 1
    if norm == "half" and [w.norm for w in words[i + 1 : i + 3]] == ["a", "million"]:
        return 500_000.0, 3
    if norm == "a" and i + 1 < len(words) and (words[i + 1].norm in _UNITS or words[i + 1].norm in SCALES):
        return (1.0, 1) if words[i + 1].norm in _UNITS else (float(SCALES[words[i + 1].norm]), 2)
    if re.fullmatch(r"\d+(\.\d+)?", norm):
        value, at = float(norm), i + 1
    elif (small := _spelled(words, i)) is not None:
        value, at = small
    else:
        return None
    while at < len(words) and words[at].norm in SCALES and words[at].gap.strip("-") in {"", " "}:
        value, at = value * SCALES[words[at].norm], at + 1
    return value, at - i


def _spelled(words: list[Word], i: int) -> tuple[float, int] | None:
    """Return a spelled-out number below a hundred, or "two and a half", and where it ends."""
    norm = words[i].norm
    if norm in TENS:
        following = words[i + 1].norm if i + 1 < len(words) and words[i + 1].gap == "-" else ""
        return (float(TENS[norm] + NUMBER_WORDS[following]), i + 2) if following in NUMBER_WORDS else (float(TENS[norm]), i + 1)
    if norm not in NUMBER_WORDS:
        return None
    value, at = float(NUMBER_WORDS[norm]), i + 1
    if [w.norm for w in words[at : at + 3]] == ["and", "a", "half"]:
        return value + 0.5, at + 3
    return value, at


def number_kind(words: list[Word], start: int, end: int) -> tuple[str, int, int]:
    """Return what the number at [start, end) counts, with the marker before it and the unit after it taken in."""
    before = words[start - 1] if start else None
    if before is not None and before.norm in _POSITION and not (before.norm == "no" and not _abbreviated(words, start)):
        marked = before.norm in {"no", "nr"}
        return "position", start - 1 if marked else start, end
    if _ORDINAL.fullmatch(words[start].norm) or words[start].norm in ORDINAL_WORDS:
        return "ordinal", start, end
    following = words[end].norm if end < len(words) else ""
    kind = _UNITS.get(following, "plain")
    if kind == "plain" and {w.norm for w in words[end : end + 3]} & _PLACE:
        return "position", start, end
    if kind == "plain" and {w.norm for w in words[max(0, start - 8) : start]} & {"sold", "copies", "sales", "units"}:
        return "copies", start, end
    if kind == "weeks":
        return _weeks_kind(words, start, end + 1), start, end + 1
    if kind in {"bpm", "plain"}:
        return kind, start, end
    return kind, start, end + 1


def _abbreviated(words: list[Word], at: int) -> bool:
    """Whether "No" before the number at `at` is short for number: "No. 7", "No 7"."""
    return words[at].gap.startswith(".") or (words[at - 1].capital and words[at].text[:1].isdigit())


def _weeks_kind(words: list[Word], start: int, end: int) -> str:
    """Return whether weeks are spent on a chart, at its peak, or could be either."""
    after = [w.norm for w in words[end : end + 4]]
    before = [w.norm for w in words[max(0, start - 12) : start]]
    if after[:1] == ["at"] or after[:3] == ["on", "top", "of"] or after[:2] == ["on", "top"] or after[:3] == ["in", "the", "top"]:
        return "weeks"
    if {"where", "there"} & set(before[-4:]) or after[:1] == ["there"]:
        return "weeks_either"
    if after[:1] in (["on"], ["in"]) and not _PEAK & set(before):
        return "weeks_total"
    if _PEAK & set(before[-8:]) and not {"on", "chart"} & set(before[-2:]):
        return "weeks"
    if before[-4:] == ["on", "the", "chart", "for"] or (before[-2:] == ["chart", "for"] and not _PEAK & set(before)):
        return "weeks_total"
    return "weeks_either"


def seconds(words: list[Word], minutes: float, end: int) -> tuple[float, int]:
    """Return "four minutes (and) 28 seconds" in seconds, and where it ends."""
    at = end + 1 if end < len(words) and words[end].norm == "and" else end
    if at < len(words):
        found = number_at(words, at)
        if found is not None and at + found[1] < len(words) and _UNITS.get(words[at + found[1]].norm) == "seconds":
            return minutes * 60 + found[0], at + found[1] + 1
    return minutes * 60, end
