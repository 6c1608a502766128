"""What the relationships of MusicBrainz say: the artists, works, recordings, places, labels and pages that a recording is tied to.

Relationship types and attributes are those of musicbrainz.org/relationships.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from songstory.models import Entity, Name
from songstory.records import Statement
from songstory.sources.shapes import common, entity, obj, objs, partial_date, precision, text, texts

log = logging.getLogger(__name__)

# Relationship of an artist to a recording -> predicate. `_QUALIFIED` names what an attribute turns a role into.
ROLES = {
    "producer": "producer", "engineer": "engineer", "recording": "engineer", "mix": "mixer", "mastering": "mastering_engineer",
    "arranger": "arranger", "vocal arranger": "arranger", "instrument arranger": "arranger", "programming": "programmer",
    "conductor": "conductor", "remixer": "remixer", "performer": "performer", "vocal": "vocal", "instrument": "instrument",
    "video director": "video_director", "writer": "writer", "composer": "composer", "lyricist": "lyricist",
}  # fmt: skip
_QUALIFIED = {
    ("producer", "additional"): "additional_producer",
    ("producer", "co"): "co_producer",
    ("producer", "executive"): "executive_producer",
    ("producer", "vocal"): "vocal_producer",
    ("performer", "guest"): "featured_artist",
}
_SILENT = frozenset({"solo", "guest", "minor", "video"})  # attributes that take nothing from the role
WORK_ROLES = {"writer": "writer", "composer": "composer", "lyricist": "lyricist", "librettist": "lyricist"}
_PARTIAL = frozenset({"medley", "partial"})  # the writers of a work wrote only a part of such a recording
_RIGHTS = {"phonographic copyright": "phonographic_copyright", "copyright": "copyright"}
_KINDS = {"Person": "person", "Group": "group", "Orchestra": "group", "Choir": "group"}
Works = Callable[[str], list[dict[str, Any]]]


def credit(data: dict[str, Any]) -> tuple[str, tuple[Entity, ...], list[Entity]]:
    """Return the artist credit as printed, its artists, and those it names as guests."""
    shown, artists, guests, guest = "", [], [], False
    for part in objs(data, "artist-credit"):
        found = artist(obj(part, "artist"), text(part, "name"))
        joint = part.get("joinphrase") if isinstance(part.get("joinphrase"), str) else ""
        shown += (text(part, "name") or (found.name if found else "")) + str(joint)
        if found:
            artists.append(found)
            guests += [found] if guest else []
        guest = guest or "feat" in str(joint).casefold() or "ft." in str(joint).casefold()
    return " ".join(shown.split()), tuple(artists), guests


def artist(data: dict[str, Any], *credited: str) -> Entity | None:
    """Return an artist with all names and identifiers that are given, None without an MBID or a name."""
    mbid, name = text(data, "id"), text(data, "name") or text(data, "sort-name")
    if not mbid or not name:
        return None
    ids = {"musicbrainz": mbid, "isni": next(iter(texts(data, "isnis")), "")}
    for relation in objs(data, "relations"):
        url = text(obj(relation, "url"), "resource")
        if text(relation, "type") in {"wikidata", "discogs"}:
            ids[text(relation, "type")] = url.rstrip("/").rsplit("/", 1)[-1]
    return _named(entity(f"mb-{mbid}", _KINDS.get(text(data, "type"), "artist"), name, **ids), data, *credited)


def _named(found: Entity, data: dict[str, Any], *credited: str) -> Entity:
    """Return an entity with its other names; what it is no longer called, or only in its papers, is of a kind that is never told.

    A name it had once may stand on a credit all the same: there the credit says so, and not the entity. A search hint is no name.
    """
    kinds: dict[str, str] = {}
    for alias in objs(data, "aliases"):
        ended = alias.get("ended") is True or bool(text(alias, "end"))
        kind = "legal" if text(alias, "type") == "Legal name" else "former" if ended else "alias"
        if text(alias, "type") != "Search hint" and kinds.get(text(alias, "name"), "alias") == "alias":
            kinds[text(alias, "name")] = kind
    kinds = {**dict.fromkeys(credited, "alias"), **kinds}
    more = tuple(Name(name=n, kind=k) for n, k in kinds.items() if n and n != found.name)
    return found.model_copy(update={"names": (*found.names, *more)})


def statements(data: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    """Yield what the relationships of a recording say of it."""
    for relation in objs(data, "relations"):
        target = text(relation, "target-type") or next((k for k in _BY_TARGET if k in relation), "")
        yield from _BY_TARGET.get(target, _unmapped)(relation, works)


def _unmapped(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    log.info("unmapped relation", extra={"relation": text(relation, "type"), "target": text(relation, "target-type")})
    yield from ()


def _by_artist(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    role, person = text(relation, "type"), artist(obj(relation, "artist"), text(relation, "target-credit"))
    attributes = [a for a in texts(relation, "attributes")]
    predicate = next((_QUALIFIED[(role, a)] for a in attributes if (role, a) in _QUALIFIED), ROLES.get(role))
    left = [a for a in attributes if (role, a) not in _QUALIFIED and a not in _SILENT]
    if person is not None and role in _RIGHTS:
        yield from _by_label({**relation, "label": {"name": person.name}}, works)
        return
    if person is None or predicate is None:
        yield from _unmapped(relation, works)
        return
    more = _dated(relation)
    if predicate in {"instrument", "vocal"}:
        key = "instrument" if predicate == "instrument" else "part"
        credits = obj(relation, "attribute-credits")
        for attribute in left or [""]:
            named = text(credits, attribute) or attribute
            yield _credited(predicate, person, relation, {**({key: named} if named else {}), **more})
    elif left:  # "assistant", "additional": less than the role itself, and no predicate of ours
        log.info("unmapped attribute", extra={"relation": role, "attributes": left})
    else:
        yield _credited(predicate, person, relation, more)


def _dated(relation: dict[str, Any]) -> dict[str, str | int | float]:
    found = {key: partial_date(text(relation, key)) for key in ("begin", "end")}
    return {key: value for key, value in found.items() if value}


def _credited(predicate: str, person: Entity, relation: dict[str, Any], qualifiers: dict[str, str | int | float]) -> Statement:
    return Statement(
        predicate=predicate, value=person.name, object=person, qualifiers=qualifiers, credited_as=text(relation, "target-credit")
    )  # fmt: skip


def _by_work(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    """Yield the writers of the work that was performed, and when the performance was, where a date says so."""
    if not whole(relation):
        yield from _unmapped(relation, works)
        return
    work = obj(relation, "work")
    for statement in written(objs(work, "relations") or (works(text(work, "id")) if works else [])):
        if statement.predicate != "lyricist" or "instrumental" not in texts(relation, "attributes"):
            yield statement
    date = common(partial_date(text(relation, "begin")), partial_date(text(relation, "end")))
    if date:
        yield Statement(predicate="recorded_on", value=date, precision=precision(date))


def whole(relation: dict[str, Any]) -> bool:
    """Whether a recording performs the whole of a work: who wrote that wrote what is heard."""
    return text(relation, "type") == "performance" and not set(texts(relation, "attributes")) & _PARTIAL


def written(relations: Iterable[dict[str, Any]]) -> Iterator[Statement]:
    """Yield who wrote a work, by its relationships to artists; what an attribute such as "additional" narrows is left out."""
    for relation in relations:
        person = artist(obj(relation, "artist"), text(relation, "target-credit"))
        role = WORK_ROLES.get(text(relation, "type"))
        if person and role and not texts(relation, "attributes"):
            yield _credited(role, person, relation, {})


def work_entity(data: dict[str, Any]) -> Entity | None:
    """Return a work with its titles, MBID and ISWC, None without an MBID or a title."""
    mbid, title = text(data, "id"), text(data, "title")
    if not mbid or not title:
        return None
    iswc = next((re.sub(r"[^0-9T]", "", i.upper()) for i in texts(data, "iswcs")), "")
    return _named(entity(f"mb-{mbid}", "work", title, **{"musicbrainz-work": mbid, "iswc": iswc}), data)


def performed(data: dict[str, Any]) -> tuple[Entity, ...]:
    """Return the works that a recording performs as a whole, sung or not at all as written: an instrumental has no words of theirs."""
    found = (work_entity(obj(r, "work")) for r in objs(data, "relations") if whole(r) and "instrumental" not in texts(r, "attributes"))
    return tuple({e.id: e for e in found if e}.values())


def _by_recording(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    other = obj(relation, "recording")
    shown = credit(other)[0]
    if text(relation, "type") != "samples material" or not text(other, "title"):
        yield from _unmapped(relation, works)
        return
    predicate = "sampled_by" if text(relation, "direction") == "backward" else "samples"
    yield Statement(predicate=predicate, value=text(other, "title"), qualifiers={"artist": shown} if shown else {})


def _by_place(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    name = text(obj(relation, "place"), "name")
    date = common(partial_date(text(relation, "begin")), partial_date(text(relation, "end")))
    if text(relation, "type") == "recorded at" and name:
        yield Statement(predicate="recorded_at", value=name, qualifiers={"date": date} if date else {})
    else:
        yield from _unmapped(relation, works)


def _by_label(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    name, kind = text(obj(relation, "label"), "name"), text(relation, "type")
    if name and kind in _RIGHTS:
        year = partial_date(text(relation, "begin"))[:4]
        yield Statement(predicate=_RIGHTS[kind], value=name, qualifiers={"year": year} if year else {})
    else:
        yield from _unmapped(relation, works)


def _by_url(relation: dict[str, Any], works: Works | None) -> Iterator[Statement]:
    """Yield where the recording can be heard, bought or read of; a link that has ended leads nowhere."""
    where = text(obj(relation, "url"), "resource")
    if where.startswith(("https://", "http://")) and relation.get("ended") is not True:
        yield Statement(predicate="link", value=where, qualifiers={"type": text(relation, "type")} if text(relation, "type") else {})


_BY_TARGET: dict[str, Callable[[dict[str, Any], Works | None], Iterator[Statement]]] = {
    "artist": _by_artist,
    "work": _by_work,
    "recording": _by_recording,
    "place": _by_place,
    "label": _by_label,
    "url": _by_url,
}
