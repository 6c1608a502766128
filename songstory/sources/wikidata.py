"""Wikidata: what entity JSON (Special:EntityData, dump lines) states of a song, and the names and identifiers of people.

Claims of rank deprecated are passed over, and where one claim of a property is preferred only the preferred ones are
read. A value is another entity; its name comes from `labels`, or from the entities of the same answer. What has no English label goes
by its native one. A date that a claim calls circa, or bounds, is no flat date.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from songstory import edtf
from songstory.errors import BadRecord
from songstory.models import Entity, Source
from songstory.records import Recording, Statement
from songstory.sources import http
from songstory.sources.shapes import entity, number, obj, objs, partial_date, text

log = logging.getLogger(__name__)

SOURCE = Source(
    key="wikidata", name="Wikidata", licence="CC0 1.0", licence_url="https://creativecommons.org/publicdomain/zero/1.0/",
    attribution="Wikidata contributors", url="https://www.wikidata.org/", trust=60, independent_group="wikimedia",
)  # fmt: skip
API = "https://www.wikidata.org/w/api.php"
LANGUAGES = ("en", "mul")
# Where there is no English label: the title or name in its own language, else the label of a language of the Latin alphabet.
_NATIVE = ("P1476", "P1559", "P1705")
_NEXT_LANGUAGES = ("de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "fi")
# Circumstances of a claim: circa; presumably, possibly, disputed, probably.
_CIRCA, _UNSURE = frozenset({"Q5727902"}), frozenset({"Q18122778", "Q30230067", "Q18912752", "Q56644435"})
PEOPLE = {
    "P676": "lyricist", "P86": "composer", "P162": "producer", "P1431": "executive_producer", "P175": "performer", "P57": "video_director",
    "P1434": "arranger", "P6718": "mixer", "P3300": "conductor", "P2438": "featured_artist",
}  # fmt: skip
THINGS = {
    "P136": "genre",
    "P264": "label",
    "P483": "recorded_at",
    "P361": "track_on",
    "P921": "about",
    "P941": "inspired_by",
    "P826": "key",
}
DATES = {"P577": "released", "P10135": "recorded_on"}
RECORDINGS = frozenset({"Q7366", "Q134556", "Q105543609", "Q55850593", "Q2188189", "Q207628", "Q7302866", "Q55850643", "Q63454424"})
# Items that are songs, singles, musical works, compositions, audio tracks.
ALBUM_KINDS = frozenset({"Q482994", "Q208569", "Q222910", "Q209939", "Q169930"})
IDENTIFIERS = {
    "P434": "musicbrainz", "P4404": "musicbrainz", "P435": "musicbrainz-work", "P1953": "discogs", "P1243": "isrc", "P1827": "iswc",
    "P213": "isni",
}  # fmt: skip
_STATED = {"P248": "stated in", "P143": "imported from"}  # what a reference says of an item; P854 is its page, P813 when it was read
_PERSON, _GROUPS = "Q5", {"Q215380", "Q5741069", "Q56816954", "Q2088357", "Q641066", "Q216337", "Q9212979"}
Labels = Mapping[str, str]


def fetch(client: http.Client, qid: str) -> tuple[Any, dict[str, str]]:
    """Return an entity's answer and the labels of the entities it names. Raise SourceError, SourceUnavailable."""
    data = client.json(f"https://www.wikidata.org/wiki/Special:EntityData/{http.path(qid)}.json")
    wanted = sorted({i for found in obj(data, "entities").values() for i in mentioned(found)})
    labels: dict[str, str] = {}
    for start in range(0, min(len(wanted), 200), 50):
        params = {
            "action": "wbgetentities",
            "format": "json",
            "props": "labels",
            "ids": "|".join(wanted[start : start + 50]),
        }
        answer = client.json(API, params)
        labels |= {q: name for q, e in obj(answer, "entities").items() if (name := _label(e))}
    return data, labels


def mentioned(item: Any) -> list[str]:
    """Return the entities that the claims we read name."""
    claims = [(p, c) for p in (*PEOPLE, *THINGS, *DATES, "P2047") for c in _claims(item, p)]
    named = [i for p, c in claims if p not in DATES and (i := _item(obj(c, "mainsnak")))]
    stated = [s for _, c in claims for r in objs(c, "references") for p in _STATED for s in objs(obj(r, "snaks"), p)]
    return [*named, *(i for s in stated if (i := _item(s)))]


def parse(data: Any, name: str = "wikidata", line: int = 1, labels: Labels | None = None) -> Iterator[Recording | Entity | BadRecord]:
    """Yield a recording for a song or single, the names and identifiers of a person or group; other items are named as passed over."""
    if not isinstance(data, dict):
        yield BadRecord(name, line, f"line: expected an entity of Wikidata, found {type(data).__name__}")
        return
    items = [i for i in obj(data, "entities").values() if isinstance(i, dict)] if "entities" in data else [data]
    known = {**{text(i, "id"): _label(i) for i in items}, **(labels or {})}
    for item in items:
        qid = text(item, "id")
        if not qid.startswith("Q") or not isinstance(item.get("claims"), dict):
            yield BadRecord(name, line, f"id: expected an item (Q...) with claims, found {qid or 'none'}")
        elif _kinds(item) & RECORDINGS:
            yield from _recording(item, name, line, known)
        elif found := _entity(item):
            yield found
        else:
            yield BadRecord(
                name, line, f"{qid}: expected a song, a person or a group with a label, found {_label(item) or 'an item without one'}"
            )


def _label(item: Any) -> str:
    """Return the English label of an item, else its title or name in its own language, else a label that there is."""
    labels = obj(item, "labels")
    if english := next((v for code in LANGUAGES if (v := text(obj(labels, code), "value"))), ""):
        return english
    native = [text(v, "text") for p in _NATIVE for c in _claims(item, p) if isinstance(v := _value(obj(c, "mainsnak")), dict)]
    others = [text(obj(labels, code), "value") for code in (*_NEXT_LANGUAGES, *sorted(labels))]
    return next((v for v in [*native, *others] if v), "")


def _names(item: Any) -> list[str]:
    """Return the labels and aliases in all languages of the Latin alphabet and the native one; they feed the name matcher."""
    labels = [text(v, "value") for v in obj(item, "labels").values() if isinstance(v, dict)]
    aliases = [text(a, "value") for key in obj(item, "aliases") for a in objs(obj(item, "aliases"), key)]
    return list(dict.fromkeys(n for n in [*labels, *aliases] if n))


def _claims(item: Any, prop: str) -> list[dict[str, Any]]:
    """Return the claims of a property that hold: the preferred ones, else the normal ones, and none that has ended."""
    found = [
        c for c in objs(obj(item, "claims"), prop) if text(c, "rank") != "deprecated" and text(obj(c, "mainsnak"), "snaktype") == "value"
    ]
    preferred = [c for c in found if text(c, "rank") == "preferred"]
    return preferred or found


def _value(snak: dict[str, Any]) -> Any:
    return obj(snak, "datavalue").get("value")


def _item(snak: dict[str, Any]) -> str:
    value = _value(snak)
    found = number(value, "numeric-id")
    return text(value, "id") or (f"Q{found}" if found else "")


def _date(snak: dict[str, Any]) -> str:
    """Return a time as it is known: Wikidata pads what it does not know, `precision` says how much is."""
    value = _value(snak)
    found = partial_date(text(value, "time")) if isinstance(value, dict) and not text(value, "time").startswith("-") else ""
    size = {9: 4, 10: 7, 11: 10}.get(number(value, "precision"), 0)
    return found[:size] if len(found) >= size else ""


def _dated(claim: dict[str, Any]) -> edtf.Dated | None:
    """Return the date that a claim states: a flat one, or what it is by its circumstances and its bounds."""
    date = _date(obj(claim, "mainsnak"))
    first, last = (_bound(claim, p) for p in ("P1319", "P1326"))
    if first or last:
        found = edtf.read(first if first == last else f"{first or '..'}/{last or '..'}")
        return found and (found if not edtf.flat(found.value) or not _circumstances(claim) else edtf.read(f"{found.value}~"))
    said = _circumstances(claim)
    return edtf.read(f"{date}~" if said & _CIRCA else f"{date}?" if said & _UNSURE else date)


def _bound(claim: dict[str, Any], prop: str) -> str:
    return next((date for s in objs(obj(claim, "qualifiers"), prop)[:1] if (date := _date(s))), "")


def _circumstances(claim: dict[str, Any]) -> set[str]:
    """Return what a claim says of how sure it is, of what we know."""
    return {_item(s) for s in objs(obj(claim, "qualifiers"), "P1480")} & (_CIRCA | _UNSURE)


def _kinds(item: Any) -> set[str]:
    return {_item(obj(c, "mainsnak")) for c in _claims(item, "P31")}


def _qualifiers(claim: dict[str, Any], labels: Labels) -> dict[str, str | int | float]:
    """Return the point in time, the end and the series ordinal of a claim."""
    found: dict[str, str | int | float] = {}
    for prop, key in (("P585", "date"), ("P580", "begin"), ("P582", "end")) if not _circumstances(claim) else ():
        for snak in objs(obj(claim, "qualifiers"), prop)[:1]:
            if date := _date(snak):
                found[key] = date
    for snak in objs(obj(claim, "qualifiers"), "P1545")[:1]:
        if isinstance(_value(snak), str):
            found["position"] = f"track {_value(snak)}"
    return found


def reference(claim: dict[str, Any], labels: Labels) -> str:
    """Return where Wikidata has a claim from, a line for all its references; "" when it names none."""
    return "; ".join(dict.fromkeys(found for r in objs(claim, "references") if (found := _reference(obj(r, "snaks"), labels))))


def _reference(snaks: dict[str, Any], labels: Labels) -> str:
    named = [f"{how} {labels.get(i) or i}" for p, how in _STATED.items() for s in objs(snaks, p) if (i := _item(s))]
    pages = [page for s in objs(snaks, "P854") if isinstance(page := _value(s), str) and page.startswith(("https://", "http://"))]
    read = [f"read {date}" for s in objs(snaks, "P813")[:1] if (date := _date(s))]
    return ", ".join([*named, *pages, *read])


def _ids(item: Any) -> list[tuple[str, str]]:
    found = [(scheme, _value(obj(c, "mainsnak"))) for p, scheme in IDENTIFIERS.items() for c in _claims(item, p)]
    return [("wikidata", text(item, "id")), *((s, v.replace(" ", "")) for s, v in found if isinstance(v, str) and v)]


def _entity(item: Any) -> Entity | None:
    name, kinds = _label(item), _kinds(item)
    if not name or not (kinds & (_GROUPS | {_PERSON}) or _claims(item, "P434")):
        return None
    kind = "person" if _PERSON in kinds else "group"
    return entity(f"wd-{text(item, 'id')}", kind, name, *_names(item)[:60], **dict(reversed(_ids(item))))


def _recording(item: Any, name: str, line: int, labels: Labels) -> Iterator[Recording | BadRecord]:
    title, qid = _label(item), text(item, "id")
    if not title:
        yield BadRecord(name, line, f"labels: expected a title of {qid} in any language, found none")
        return
    said = list(_statements(item, labels))
    artists = tuple(s.object for s in said if s.predicate == "performer" and s.object)
    ids = [(s, v) for s, v in _ids(item) if s in {"wikidata", "musicbrainz", "isrc"}]
    released = next((str(s.value) for s in said if s.predicate == "released" and edtf.flat(str(s.value))), "")
    revision = item.get("lastrevid")
    yield Recording(
        source=SOURCE.key, locator=qid, title=title, artist_credit=" & ".join(a.name for a in artists), artists=artists,
        identifiers=tuple(ids), released=released, revision=str(revision) if isinstance(revision, int) else "", statements=tuple(said),
    )  # fmt: skip


def _statements(item: Any, labels: Labels) -> Iterator[Statement]:
    for prop, predicate in {**PEOPLE, **THINGS}.items():
        for claim in _claims(item, prop):
            other = _item(obj(claim, "mainsnak"))
            value = labels.get(other, "")
            if not value or any(objs(obj(claim, "qualifiers"), "P582")):
                log.info("passed over", extra={"property": prop, "entity": other, "why": "no label, or ended"})
            elif prop in PEOPLE or predicate == "label":
                named = entity(f"wd-{other}", "label" if predicate == "label" else "artist", value, wikidata=other)
                yield _claimed(claim, labels, predicate=predicate, value=value, object=named)
            else:
                yield _claimed(claim, labels, predicate=predicate, value=value)
    for prop, predicate in DATES.items():
        for claim in _claims(item, prop):
            if date := _dated(claim):
                yield _claimed(claim, labels, predicate=predicate, value=date.value, precision=date.precision)
    for claim in _claims(item, "P2047"):
        if seconds := _seconds(_value(obj(claim, "mainsnak"))):
            yield _claimed(claim, labels, predicate="duration", value=seconds)


def _claimed(claim: dict[str, Any], labels: Labels, **said: Any) -> Statement:
    """Return what a claim states, with its qualifiers, its rank and its references."""
    rank = text(claim, "rank") or "normal"
    more = _qualifiers(claim, labels)
    if said.get("precision") in edtf.LESS and (found := edtf.read(str(said["value"]))):
        more |= {k: v for k, v in (("earliest", found.earliest), ("latest", found.latest)) if v}
    return Statement(qualifiers=more, rank=rank, reference=reference(claim, labels), **said)


def _seconds(value: Any) -> int:
    """Return a quantity of seconds or minutes in seconds, 0 for any other."""
    amount, unit = text(value, "amount").lstrip("+"), text(value, "unit").rsplit("/", 1)[-1]
    factor = {"Q11574": 1, "Q7727": 60}.get(unit, 0)
    return round(float(amount) * factor) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", amount) else 0
