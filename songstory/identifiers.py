"""The forms of the identifiers whose schemes are known, and the one way in which each is written."""

from __future__ import annotations

import re
import unicodedata
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


def read(scheme: str, cell: str) -> tuple[str, ...]:
    """Return the identifiers of a cell as they are kept, each once: people write labels before them, paste addresses, name several ISRCs.

    Raise ValueError, with what was expected and found, when any of it is none of its scheme: the address of an artist names no recording.
    """
    scheme = scheme.casefold()
    text = unicodedata.normalize("NFKC", cell[:_LONGEST_CELL]).strip(" \t\n{}[]<>\"'")
    parts = [text]
    if scheme == "isrc":
        parts = [bare for p in _PARTS.split(text) if (bare := _LABEL.sub("", p).strip())]
        parts = [q for p in parts for q in ([p] if _isrc(p) else p.split())]
    if len(cell) > _LONGEST_CELL or not parts:
        raise ValueError(f"expected {_FORMS[scheme][0] if scheme in _FORMS else 'an identifier'}, found {cell[:60]!r}")
    return tuple(dict.fromkeys(normal(scheme, _bare(scheme, part)) for part in parts))


def _bare(scheme: str, text: str) -> str:
    """Return an identifier without its address or its label; of the address of another kind of thing all, which then is refused."""
    if (brief := _BRIEF.fullmatch(text)) and _BRIEF_KINDS[brief[1]] == scheme:
        return brief[2]
    match = _URI.match(text) or _ADDRESS.match(_LABEL.sub("", text).strip())
    if match is None:
        return _LABEL.sub("", text).strip()
    host, kind, found = match.group("host", "kind", "id")
    right = host.casefold() == _HOSTS.get(scheme) and kind.casefold() in _KINDS.get(scheme, {kind.casefold()})
    return (found.partition("-")[0] if host.casefold() == "discogs" else found) if right else text


def _isrc(value: str) -> str:
    bare = value.translate(_NO_SIGNS).upper()
    return bare if _ISRC.fullmatch(bare) and bare[5:].strip("0") else ""  # a code of zeros alone fills a cell, and names nothing


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


def _spotify(value: str) -> str:
    bare = _bare("spotify", value)  # files of lines hold URIs too
    return bare if _BASE62.fullmatch(bare) else ""


_LONGEST_CELL = 2_000
_PARTS = re.compile(r"[;,|/\n\t]")
_LABEL = re.compile(
    r"^(?:urn:)?(?:isrc|iswc|isni|mbid|musicbrainz|wikidata|qid|discogs|spotify)(?: (?:code|id|track|recording))?[ :#=]{1,3}", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,20}\.)?(?P<host>musicbrainz|wikidata|discogs|spotify|isni)\.(?:org|com)/(?:intl-[a-z]{2}/|[a-z]{2}/|embed/|[^/]{1,120}/(?=release/))?"
    r"(?P<kind>[a-zA-Z:]{1,20})/(?:[A-Za-z]{1,12}:)?(?P<id>[A-Za-z0-9-]{1,60})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_BRIEF = re.compile(r"([rmal])([0-9]{1,12})")  # as Discogs writes links in its own texts: [r249504]
_BRIEF_KINDS = {"r": "discogs-release", "m": "discogs-master", "a": "discogs-artist", "l": "discogs-label"}
_URI = re.compile(r"(?P<host>spotify):(?P<kind>[a-z]{1,12}):(?P<id>[A-Za-z0-9]{1,40})")
_HOSTS = {
    **dict.fromkeys(("mbid", "musicbrainz", "musicbrainz-work", "musicbrainz-artist", "musicbrainz-label"), "musicbrainz"),
    **dict.fromkeys(("wikidata", "qid"), "wikidata"),
    **dict.fromkeys(("discogs", "discogs-artist", "discogs-label", "discogs-release", "discogs-master"), "discogs"),
    "spotify": "spotify", "isni": "isni",
}  # fmt: skip
_KINDS = {
    "mbid": frozenset({"recording"}), "musicbrainz": frozenset({"recording"}), "spotify": frozenset({"track"}),
    **{f"musicbrainz-{k}": frozenset({k}) for k in ("work", "artist", "label")},
    **{f"discogs-{k}": frozenset({k}) for k in ("artist", "label", "release", "master")},
}  # fmt: skip
_BASE62 = re.compile(r"[A-Za-z0-9]{22}")
_NO_SIGNS = str.maketrans("", "", " -.‐‑‒–—―−")  # office programs make dashes of hyphens
_NIL = "00000000-0000-0000-0000-000000000000"
_MBID = ("an MBID such as 8f3471b5-7e6a-48da-86a9-c1c07a0f47ae", _matching(_UUID, lambda v: "" if v == _NIL else v.lower()))
_QID = ("a Wikidata item such as Q1299", _matching(_ITEM, str.upper))
_DISCOGS = ("a Discogs number", _matching(_NUMBER, str.strip))
_FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "isrc": ("an ISRC such as GBAYE8200014", _isrc),
    "iswc": ("an ISWC such as T-034.524.680-1 with its right check digit", _iswc),
    "isni": ("an ISNI of 16 digits with its right check digit", _isni),
    "mbid": _MBID, "musicbrainz": _MBID, "musicbrainz-work": _MBID, "musicbrainz-artist": _MBID, "musicbrainz-label": _MBID,
    "wikidata": _QID, "qid": _QID, "spotify": ("a Spotify track such as 6rqhFgbbKwnb9MLmUQDhG6", _spotify),
    "discogs": _DISCOGS, "discogs-artist": _DISCOGS, "discogs-label": _DISCOGS, "discogs-release": _DISCOGS, "discogs-master": _DISCOGS,
}  # fmt: skip
