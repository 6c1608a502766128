"""What a plain sentence about a song says besides credits: charts, certifications, places and dates, labels, samples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from songstory.lexicon import MONTHS, NUMBER_WORDS
from songstory.patterns import lazy
from songstory.records import Statement
from songstory.sources.shapes import entity

_MONTH = "|".join(m.capitalize() for m in MONTHS)
_DATE = rf"(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH}),? (?P<year>\d{{4}})|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}}), (?P<year2>\d{{4}})|(?P<month3>{_MONTH}),? (?P<year3>\d{{4}})|(?P<year4>(?:19|20)\d{{2}}))(?!\s*(?:[-–—]|to\b|and\b|through\b))"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"
_CHART = (
    r"(?:the )?(?P<chart>(?:(?:US|U\.S\.|UK|U\.K\.|American|British|Irish|Canadian|Australian|New Zealand|German|French|Dutch|Official|Japan|Japanese)\s++)*+"
    r"(?:[A-Z][\w&'/+-]*\s+|\d+\s+|and\s+(?=[A-Z]))*(?:Hot 100|Hot 200|Singles Chart|Singles chart|Singles Charts|Songs chart|Songs|Airplay|"
    r"Airplay chart|Singles|Tracks|Top 40|Top 50|Top 100|Oricon|ARIA|Chart|chart|100))(?=[\s.,;)]|$)"
)
LEVELS = (
    r"(?:(?:[Dd]ouble|[Tt]riple|[Qq]uadruple|two|three|four|five|six|seven|eight|nine|ten|\d+)[ -]?(?:times|x|×)?[ -])?"
    r"(?:[Gg]old|[Ss]ilver|[Pp]latinum|[Dd]iamond)"
)
TOPPED = lazy(r"\b(?:topp(?:ed|ing)|atop|the (?:top|summit) of)\b")
# A label is known by its last word, or by its name: "released by" may name an artist, and "through" a shop.
_LABEL = (
    r"(?:(?:[A-Z][\w'’.&-]*+ ){0,4}(?:Records|Recordings|Entertainment|Music Group|Music Entertainment|Music|Discos|Label)|"
    r"Columbia|Capitol|Epic|Interscope|Atlantic|Motown|RCA Victor|RCA|Def Jam|Island|Virgin|Parlophone|EMI|Mercury|Polydor|A&M|Geffen|Arista|Jive|"
    r"Warner Bros\.|Sire|Stax|Atco|Decca|Tamla|Elektra|Reprise|Chrysalis|Vertigo|Sub Pop|XL|4AD|Roc-A-Fella|Young Money|Cash Money|Big Machine|"
    r"Bad Boy|Death Row|Aftermath)"
)
_BY_LABEL = (
    rf"(?:by|through|via|under|on) (?:the )?(?:(?:record )?labels? )?(?P<label>{_LABEL})(?:(?:,? and|,| &) (?P<label2>{_LABEL}))?"
    r"(?!,? (?:and |& )?[A-Z])(?![\w'’&-])"
)
_RELEASED = (
    r"\b(?:(?:was|is|were) (?:first |officially |commercially |eventually |subsequently |initially |digitally )?|and (?:was )?(?:first )?|^)[Rr]eleased"
)
_AS = r"(?:,? as (?:(?!in\b|on\b|to\b|via\b|by\b)[\w'’\"“”-]++ ){1,14}?|,? )"




def _number(match: re.Match[str]) -> int:
    found = match["number"].casefold()
    return NUMBER_WORDS[found] if found in NUMBER_WORDS else int(found)


def _charted(match: re.Match[str], text: str) -> Iterator[Statement]:
    if not re.search(r"[A-Z]", match["chart"]):
        return  # "the chart" is none that a reader could look up
    yield Statement(predicate="charted", value=_number(match), qualifiers={"chart": match["chart"].strip()}, quote=text)
    at = match.end()
    while more := _AND_NUMBER.match(text, at):
        yield Statement(predicate="charted", value=_number(more), qualifiers={"chart": more["chart"].strip()}, quote=text)
        at = more.end()


def _certified(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="certified", value=match["level"], qualifiers={"by": match["body"].strip()}, quote=text)


def _recorded_at(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="recorded_at", value=match["place"], quote=text)


def _recorded_on(match: re.Match[str], text: str) -> Iterator[Statement]:
    if date := _iso(match):
        yield Statement(predicate="recorded_on", value=date, precision={4: "year", 7: "month", 10: "day"}[len(date)], quote=text)


# A country, or a format, makes a date of release one among several.
_SOMEWHERE = lazy(
    rf"\b(?:[Ii]n|across|throughout) (?:the )?(?!(?:{_MONTH})\b)(?:[A-Z]|\w+ (?:countries|territories|regions))|\bre-?(?:record|releas|issu)\w+|"
    r"\b(?:vinyl|cassette|radio|airplay|streaming|ringtone)\b"
)


def _released(match: re.Match[str], text: str) -> Iterator[Statement]:
    """Yield when, and by whom, a song was released, where no country is named in which it was."""
    if _SOMEWHERE.search(text) or re.match(r" (?:to|for) ", text[match.end() :]):
        return
    found = match.groupdict()
    if any(found.get(k) for k in ("year", "year2", "year3", "year4")) and (date := _iso(match)):
        yield Statement(predicate="released", value=date, precision={4: "year", 7: "month", 10: "day"}[len(date)], quote=text)
    for name in (n for key in ("label", "label2") if (n := found.get(key))):
        yield Statement(predicate="label", value=name, object=entity(f"name-label-{name}", "label", name), quote=text)


def _topped(match: re.Match[str], text: str) -> Iterator[Statement]:
    if re.search(r"[A-Z]", match["chart"]):
        yield Statement(predicate="charted", value=1, qualifiers={"chart": match["chart"].strip()}, quote=text)


def _inspired(match: re.Match[str], text: str) -> Iterator[Statement]:
    value = match["what"].strip()
    if 1 <= len(value.split()) <= 14:
        yield Statement(predicate="inspired_by", value=value, quote=text)


def _samples(match: re.Match[str], text: str) -> Iterator[Statement]:
    artist = (match["artist"] or match["artist2"] or "").strip()
    yield Statement(predicate="samples", value=match["title"].strip(" ,.'\""), qualifiers={"artist": artist} if artist else {}, quote=text)


def _sampled_by(match: re.Match[str], text: str) -> Iterator[Statement]:
    yield Statement(predicate="sampled_by", value=match["title"].strip(" ,."), qualifiers={"artist": match["artist"].strip()}, quote=text)


def _iso(match: re.Match[str]) -> str:
    found = match.groupdict()
    year = next(found[k] for k in ("year", "year2", "year3", "year4") if found.get(k))
    month = next((found[k] for k in ("month", "month2", "month3") if found.get(k)), "")
    day = found.get("day") or found.get("day2") or ""
    return year + (f"-{MONTHS[month.casefold()]:02d}" if month else "") + (f"-{int(day):02d}" if day else "")


_ARTIST = r"[A-Z][\w'’.$&-]*(?:\s+(?:[A-Z][\w'’.$&-]*|of|the|and(?=\s+the\s+[A-Z])|&)){0,12}"
_AND_NUMBER = lazy(rf",?\s*+(?:(?:and|,)\s*+)?(?:at\s++)?number {_NUMBER} (?:on|in) {_CHART}")
FACTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], Iterator[Statement]]], ...] = (
    (lazy(rf"\b(?:peaked at|reached|peaking at|reaching)(?: a peak of)? (?:number |No\. ?|#){_NUMBER} (?:on|in) {_CHART}"), _charted),
    (lazy(rf"\b(?:topped|peaked atop|(?:reached|peaked at|went to|hit) the (?:top|summit) of) {_CHART}"), _topped),
    (lazy(rf"{_RELEASED}{_AS}(?:on|in) {_DATE}(?:,? {_BY_LABEL})?"), _released),
    (lazy(rf"{_RELEASED}{_AS}{_BY_LABEL}(?: (?:on|in) {_DATE})?"), _released),
    (
        lazy(
            rf"\bcertified (?P<level>{LEVELS}) (?:status )?by (?:the )?(?P<body>(?:[A-Z][\w-]*\s+(?:(?:of|and|for|de) )?(?:the )?)*[A-Z][\w-]*)"
        ),
        _certified,
    ),
    (
        lazy(
            r"(?<!-)\brecorded (?:at|in) (?:the )?(?P<place>(?:[A-Z][\w'’&.-]*\s+){0,4}(?:Studios?|Recorders|Sound|Recording Studios?|Sound Studios?|"
            r"Sound Recorders|Recording)(?:\s+[A-Z0-9]\b)?)(?=[\s.,;]|$)"
        ),
        _recorded_at,
    ),
    (lazy(rf"(?<!-)\brecorded (?:on|in) {_DATE}"), _recorded_on),
    (lazy(r"\binspired by (?P<what>[^.;,()]{3,110}?)(?=[.;,()]|(?<!\s)\s++(?:and (?:was|is|has|features)|which|who|while|when|after|as well)\b)"), _inspired),
    (
        lazy(
            rf"\b(?:samples|contains (?:a sample|samples|elements) (?:of|from)|uses a sample (?:of|from)|built around a sample (?:of|from))\s+"
            rf"(?:(?:the )?(?P<artist>{_ARTIST})['’]s?\s+)?(?:\d{{4}}\s+)?(?:(?:song|single|hit|track)\s+)?[\"“](?P<title>[^\"”]{{1,80}})[\"”]"
            rf"(?:(?:\s*+(?:\(\d{{4}}\),?|,))?+\s++by\s++(?:the )?(?P<artist2>{_ARTIST}))?"
        ),
        _samples,
    ),
    (
        lazy(rf"\bsampled by (?:[a-z-]+ ){{0,4}}(?P<artist>{_ARTIST}) (?:in|on|for) (?:the |his |her |their )?(?:\d{{4}} )?(?:song|single|track|hit)? ?[\"“](?P<title>[^\"”]{{1,80}})[\"”]"),
        _sampled_by,
    ),
)  # fmt: skip
