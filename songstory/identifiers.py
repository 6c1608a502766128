"""The forms of the identifiers whose schemes are known, and the one way in which each is written."""

from __future__ import annotations

import re
from collections.abc import Callable

_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_ISWC = re.compile(r"T[0-9]{10}")
_ISNI = re.compile(r"[0-9]{15}[0-9X]")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}")
_NUMBER = re.compile(r"[0-9]{1,12}")


def normal(scheme: str, value: str) -> str:
    """Return an identifier as it is kept: an ISRC without hyphens, a UUID in small letters. Of an unknown scheme it stays as it is.

    Raise ValueError, with what was expected and found, for what is none of its scheme.
    """
    form = _FORMS.get(scheme.casefold())
    if form is None:
        return value
    what, read = form
    kept = read(value)
    if not kept:
        raise ValueError(f"expected {what}, found {value[:60]!r}")
    return kept


def _isrc(value: str) -> str:
    bare = value.replace("-", "").replace(" ", "").upper()
    return bare if _ISRC.fullmatch(bare) else ""


def _iswc(value: str) -> str:
    """Return an ISWC without signs; its last digit checks the nine before (ISO 15707)."""
    bare = value.translate(_NO_SIGNS).upper()
    if not _ISWC.fullmatch(bare):
        return ""
    total = 1 + sum(place * int(digit) for place, digit in enumerate(bare[1:10], start=1))
    return bare if (10 - total % 10) % 10 == int(bare[10]) else ""


def _isni(value: str) -> str:
    """Return an ISNI without blanks; its last sign checks the fifteen before (ISO 7064, MOD 11-2)."""
    bare = value.translate(_NO_SIGNS).upper()
    if not _ISNI.fullmatch(bare):
        return ""
    total = 0
    for digit in bare[:15]:
        total = (total + int(digit)) * 2
    return bare if "0123456789X"[(12 - total % 11) % 11] == bare[15] else ""


def _matching(pattern: re.Pattern[str], change: Callable[[str], str]) -> Callable[[str], str]:
    def read(value: str) -> str:
        kept = change(value)
        return kept if pattern.fullmatch(kept) else ""

    return read


_NO_SIGNS = str.maketrans("", "", " -.")
_MBID = ("an MBID such as 8f3471b5-7e6a-48da-86a9-c1c07a0f47ae", _matching(_UUID, str.lower))
_QID = ("a Wikidata item such as Q1299", _matching(_ITEM, str.upper))
_DISCOGS = ("a Discogs number", _matching(_NUMBER, str.strip))
_FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "isrc": ("an ISRC such as GBAYE8200014", _isrc),
    "iswc": ("an ISWC such as T-034.524.680-1 with its right check digit", _iswc),
    "isni": ("an ISNI of 16 digits with its right check digit", _isni),
    "mbid": _MBID, "musicbrainz": _MBID, "musicbrainz-work": _MBID, "musicbrainz-artist": _MBID, "musicbrainz-label": _MBID,
    "wikidata": _QID, "qid": _QID,
    "discogs": _DISCOGS, "discogs-artist": _DISCOGS, "discogs-label": _DISCOGS, "discogs-release": _DISCOGS, "discogs-master": _DISCOGS,
}  # fmt: skip
