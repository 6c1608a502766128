"""Figures of a claim against plain evidence: years, spans, ages, lengths and counts that it bears out or contradicts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from songstory.grounding.amounts import number_at
from songstory.grounding.infobox import CUES, Span, Table
from songstory.grounding.text import Word, split
from songstory.lexicon import DECADES, MONTHS, ORDINAL_WORDS, SHORT_MONTHS

_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
_CLOCK = re.compile(r"(\d{1,3})\s?:\s?([0-5]\d)")
_UNITS = {"year": 1.0, "years": 1.0, "month": 1 / 12, "months": 1 / 12, "week": 7 / 365, "weeks": 7 / 365, "day": 1 / 365, "days": 1 / 365,
          "decade": 10.0, "decades": 10.0, "century": 100.0, "centuries": 100.0}  # fmt: skip
_MORE = {"over", "exceeds", "exceeding", "above", "beyond", "longer", "older", "plus"}
_LESS = {"under", "below", "almost", "nearly", "shorter", "younger", "within", "fewer"}
_MANY = {"multiple", "several", "many", "various", "numerous", "different"}
_START = {"since", "started", "began", "start", "begin", "starting", "beginning", "from", "formed"}
# Seasons of the northern half, with the months at either end left open; used for scores only.
_SEASONS = {"spring": {3, 4, 5, 6}, "summer": {6, 7, 8, 9}, "autumn": {9, 10, 11, 12}, "fall": {9, 10, 11, 12}, "winter": {12, 1, 2, 3}}
_UNBROKEN = {"continuously", "uninterrupted", "nonstop", "constantly", "straight", "hiatus", "break"}
_SLACK = {"year": 1.0, "years": 1.0, "decade": 3.0, "decades": 3.0}


@dataclass
class Tally:
    """How many figures of a claim the evidence bears out, contradicts, or says nothing about; `odd` are those it contradicts."""

    good: int = 0
    bad: int = 0
    unknown: int = 0
    odd: list[str] = field(default_factory=list)

    def add(self, holds: bool | None, what: str) -> None:
        if holds is None:
            self.unknown += 1
        elif holds:
            self.good += 1
        else:
            self.bad += 1
            self.odd.append(what)


class Scale:
    """Weighs the figures of one claim."""

    def __init__(self, words: list[Word], table: Table) -> None:
        self.words, self.table = words, table
        self.text = " ".join(r.text for r in table.rows)
        self.years = [int(y) for y in _YEAR.findall(self.text)]
        self.numbers = {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", self.text) if n.strip(",")}
        self.norms = [w.norm for w in words]
        told = split(self.text)
        self.counted = _counted(told)
        self.spelled = {found[0] for k in range(len(told)) if (found := number_at(told, k)) is not None}

    def weigh(self) -> Tally:
        """Return what the evidence says of each figure."""
        tally, i = Tally(), 0
        while i < len(self.words):
            step, verdict = self._at(i)
            if step:
                tally.add(verdict, self.norms[i])
            i += max(step, 1)
        self._spans_said(tally)
        return tally

    def _at(self, i: int) -> tuple[int, bool | None]:
        """Return how many words the figure at `i` takes, 0 for none, and whether it holds."""
        norm, words = self.norms[i], self.words
        decade = self._decade(i)
        if decade is not None:
            return 1, self._any_in(i, *decade)
        if re.fullmatch(r"(1[0-9]|20)\d\d", norm):
            return 1, self._year(int(norm), i)
        if norm in _SEASONS and self.norms[i + 1 : i + 2] == ["of"]:
            return 1, self._season(norm, i)
        if norm == "hour" and i and self.norms[i - 1] in {"an", "1"}:
            return 1, self._length(60.0, self._comparison(i - 1, i))
        if norm in MONTHS and words[i].capital and (norm != "may" or self.norms[i - 1 : i] in (["in"], ["of"])):
            return 1, self._month(MONTHS[norm], i)
        if norm in _MANY:
            count = self._count(i + 1)
            return (1, count > 1) if count is not None else (0, None)
        if norm in {"teen", "teens", "teenager", "teenage"}:
            return 1, self._aged(range(13, 20), i)
        if norm in ORDINAL_WORDS and norm != "first":
            return 1, self._beside(float(ORDINAL_WORDS[norm]), i + 1, "=")
        if norm == "a" or norm in ORDINAL_WORDS:
            return 0, None
        found = number_at(words, i)
        if found is None:
            return 0, None
        return found[1], self._figure(found[0], i, i + found[1])

    # topics ---------------------------------------------------------------------------------------------------------

    def topic(self, i: int) -> str:
        """Return the topic that the words around `i` speak of, the nearest cue first, an empty text for none."""
        best, where = 99, ""
        for j, norm in enumerate(self.norms):
            distance = abs(i - j) + (1 if j > i else 0)
            if distance < best:
                for topic, cues in CUES.items():
                    if norm in cues and self.table.topics.get(topic):
                        best, where = distance, topic
        return where

    def _pool(self, i: int) -> list[Span]:
        return self.table.topics.get(self.topic(i), [])

    def _year(self, year: int, i: int) -> bool | None:
        before = set(self.norms[max(0, i - 4) : i])
        pool = self._pool(i)
        if not pool:
            return self._loose_year(year, before)
        starts, ends = [s.start.year for s in pool], [int(self.table.present) if s.open else s.end.year for s in pool]
        if "before" in before or "prior" in before:
            return min(starts) < year
        if "after" in before:
            return max(ends) >= year
        if self.topic(i) == "active":
            if before & _START:
                return year in starts
            if before & {"until", "till", "ended", "stopped", "retired", "to", "broke", "disbanded"}:
                return year in ends
            return any(a <= year <= b for a, b in zip(starts, ends, strict=True))
        if "by" in before or "between" in before:
            return min(starts) <= year
        return any(a <= year <= b for a, b in zip(starts, ends, strict=True))

    def _loose_year(self, year: int, before: set[str]) -> bool | None:
        if not self.years:
            return None
        if "before" in before or "by" in before:
            return min(self.years) <= year
        if "after" in before or "since" in before:
            return max(self.years) >= year
        return year in self.years

    def _decade(self, i: int) -> tuple[int, int] | None:
        """Return the first and the last year of a decade or a century written at `i`."""
        norm = self.norms[i]
        if match := re.fullmatch(r"((?:1[5-9]|20)\d)0s", norm):
            start = int(match.group(1)) * 10
        elif re.fullmatch(r"(?:1[5-9]|20)\d0|\d0", norm) and self.norms[i + 1 : i + 2] == ["s"] and "'" in self.words[i + 1].gap:
            start = int(norm) if len(norm) == 4 else 1900 + int(norm)
        elif match := re.fullmatch(r"(\d)0s", norm):
            if i and self.norms[i - 1] in {"his", "her", "their"}:
                return None
            start = 1900 + int(match.group(1)) * 10
        elif norm in DECADES and i and self.norms[i - 1] in {"the", "early", "late", "mid"}:
            start = 1900 + DECADES[norm]
        elif (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", norm)) and self.norms[i + 1 : i + 2] == ["century"]:
            start = (int(match.group(1)) - 1) * 100
            return start, start + 99
        else:
            return None
        part = set(self.norms[max(0, i - 2) : i])
        return (start, start + 5) if "early" in part else (start + 5, start + 9) if "late" in part else (start, start + 9)

    def _any_in(self, i: int, first: int, last: int) -> bool | None:
        pool = self._pool(i)
        before = set(self.norms[max(0, i - 4) : i])
        if pool:
            if self.topic(i) == "active" and before & _START:
                return any(first <= s.start.year <= last for s in pool)
            return any(s.start.year <= last and (self.table.present if s.open else s.end.year) >= first for s in pool)
        return any(first <= y <= last for y in self.years) if self.years else None

    def _season(self, season: str, i: int) -> bool | None:
        months = {m for s in self._pool(i) for m in (s.start.month, s.end.month) if m}
        return bool(months & _SEASONS[season]) if months else None

    def _month(self, month: int, i: int) -> bool | None:
        pool = [m for s in self._pool(i) for m in (s.start.month, s.end.month) if m]
        if pool:
            return min(pool) <= month <= max(pool) or month in pool
        known = {n for name, n in (MONTHS | SHORT_MONTHS).items() if re.search(rf"\b{name}\b", self.text.casefold())}
        return month in known if known else None

    # figures --------------------------------------------------------------------------------------------------------

    def _figure(self, value: float, start: int, end: int) -> bool | None:
        unit = self.norms[end] if end < len(self.norms) else ""
        test = self._comparison(start, end)
        if self.words[start].text.count(":") == 1 and ":" in self.words[start].text:
            return self.words[start].text in self.text.replace(" : ", ":")
        if unit in {"minutes", "minute", "mins", "hour", "hours"} or self.norms[start - 1 : start] == ["an"]:
            return self._length(value * (60 if unit.startswith("hour") else 1), test)
        if unit == "old" or "age" in self.norms[max(0, start - 2) : start] or self._age_of(start, end):
            return self._aged(range(int(value), int(value) + 1), start) if test == "=" else None
        if unit in _UNITS:
            lasting = self._lasting(value * _UNITS[unit], unit, test, start)
            return lasting if lasting is not None else self._beside(value, end, test)
        count = self._count(end)
        if count is not None:
            return _compare(count, value, test, 0.0)
        beside = self._beside(value, end, test)
        if beside is not None:
            return beside
        if value in self.numbers or value in self.spelled:
            return True
        if test != "=" and self.numbers:
            return any(_compare(n, value, test, 0.0) for n in self.numbers)
        return False if value >= 2 else None

    def _beside(self, value: float, at: int, test: str) -> bool | None:
        """Hold a number against those that the evidence puts beside the same noun, None where it has none."""
        for norm in self.norms[at : at + 2]:
            known = self.counted.get(_noun(norm))
            if known:
                return any(_compare(k, value, test, 0.0) for k in known)
        return None

    def _comparison(self, start: int, end: int) -> str:
        before, after = self.norms[max(0, start - 3) : start], self.norms[end : end + 3]
        if before[-2:] in (["more", "than"], ["at", "least"], ["longer", "than"]) or _MORE & set(before[-2:]) or "more" in after[:2]:
            return ">"
        if before[-2:] in (["less", "than"], ["fewer", "than"], ["at", "most"], ["shorter", "than"]) or _LESS & set(before[-2:]):
            return "<"
        return "="

    def _length(self, minutes: float, test: str) -> bool | None:
        known = self.table.lengths or [int(a) + int(b) / 60 for a, b in _CLOCK.findall(self.text)]
        return any(_compare(k, minutes, test, 1.0 if minutes > 1 else 0.5) for k in known) if known else None

    def _lasting(self, years: float, unit: str, test: str, i: int) -> bool | None:
        """Hold a stretch of time against the span of its topic, or against the time between two topics the claim speaks of."""
        said = {t for t, cues in CUES.items() if set(self.norms) & cues and self.table.topics.get(t)}
        known: list[float] = []
        topic = self.topic(i)
        if {"recorded", "released"} <= said and set(self.norms) & {"after", "before", "later", "between", "release"}:
            known += [abs(r.start.first - s.end.first) for r in self.table.topics["released"] for s in self.table.topics["recorded"]]
        elif self.norms[i + 1 : i + 4].count("after") or self.norms[i + 1 : i + 4].count("before"):
            pools = [s.start.first for t in said for s in self.table.topics[t]] + [
                s.start.first for r in self.table.rows if not r.topic for s in r.spans
            ]
            known += [abs(a - b) for k, a in enumerate(pools) for b in pools[k + 1 :]]
        elif self.norms[i + 1 : i + 4].count("ago"):
            known += [self.table.present - x.first for t in said for s in self.table.topics[t] for x in (s.start, s.end)]
        elif topic in {"active", "recorded", "held"}:
            pool = self.table.topics[topic]
            known += [self.table.length_of(s) for s in pool]
            if len(pool) > 1:
                known.append(sum(self.table.length_of(s) for s in pool))
                known.append(max(self.table.present if s.open else s.end.first for s in pool) - min(s.start.first for s in pool))
        elif "born" in said and "died" in said:
            known += [d.start.first - b.start.first for b in self.table.topics["born"] for d in self.table.topics["died"]]
        if not known:
            return None
        slack = _SLACK.get(unit, max(_UNITS[unit] * 1.2, years * 0.25))
        return any(_compare(k, years, test, slack) for k in known)

    def _age_of(self, start: int, end: int) -> bool:
        return bool({"was", "were", "at"} & set(self.norms[max(0, start - 1) : start])) and (
            end >= len(self.norms) or self.norms[end] in {"when", "years"}
        )

    def _aged(self, ages: range, i: int) -> bool | None:
        """Hold an age against the time from birth to each other date, or to now."""
        born = self.table.topics.get("born", [])
        if not born:
            return None
        birth = born[0].start.first
        said = [t for t, cues in CUES.items() if t not in {"born", "length"} and set(self.norms) & cues and self.table.topics.get(t)]
        dates = [s.start.first for t in said for s in self.table.topics[t]] or [
            s.start.first for r in self.table.rows if r.topic != "born" for s in r.spans
        ] + ([] if self.table.topics.get("died") else [self.table.present])
        return any(int(d - birth + slack) in ages for d in dates for slack in (0.0, 0.99, -0.5))

    def _count(self, at: int) -> int | None:
        for j in range(at, min(at + 4, len(self.words))):
            if self.words[j].comma or self.words[j].hard_break or self.norms[j] in _UNITS:
                break
            if (count := self.table.count(self.norms[j])) is not None:
                return count
        return None

    def _spans_said(self, tally: Tally) -> None:
        """Count what is said without a figure: "the same year", "one label", "no longer active", "is still active"."""
        norms = set(self.norms)
        active = self.table.topics.get("active", [])
        if active and norms & {"still", "currently", "longer"} and "active" in norms:
            tally.add(any(s.open for s in active) != bool({"no", "not"} & norms), "active")
        if len(active) > 0 and norms & _UNBROKEN and not norms & {"hiatus", "break"}:
            tally.add(len(active) == 1, "continuously")
        elif len(active) > 0 and norms & {"hiatus", "breaks"}:
            tally.add(len(active) > 1, "hiatus")
        released, recorded = self.table.topics.get("released", []), self.table.topics.get("recorded", [])
        if released and recorded and "same" in norms and "year" in norms:
            tally.add(any(r.start.year == s.end.year for r in released for s in recorded), "same year")


def _noun(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else ""


def _counted(words: list[Word]) -> dict[str, set[float]]:
    """Return the numbers of a text by the nouns that follow them: "16 seasons", "sixth most populous"."""
    found: dict[str, set[float]] = {}
    for i, word in enumerate(words):
        number = (float(ORDINAL_WORDS[word.norm]), 1) if word.norm in ORDINAL_WORDS else number_at(words, i)
        if number is None or word.norm == "a":
            continue
        for follower in words[i + number[1] : i + number[1] + 3]:
            if noun := _noun(follower.norm):
                found.setdefault(noun, set()).add(number[0])
    return found


def _compare(known: float, said: float, test: str, slack: float) -> bool:
    return known >= said if test == ">" else known <= said if test == "<" else abs(known - said) <= slack


def weigh(words: list[Word], table: Table) -> Tally:
    """Hold each figure of a claim against the evidence."""
    return Scale(words, table).weigh()
