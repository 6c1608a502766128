"""The border: what every line from every door passes, once, before it becomes a row. Pure: a line in, a line out.

What is bad about a whole line is a ValueError; what is bad about one of its cells that it can do without is named, and the
rest goes in. Either way the words are "field: expected, found". What a value may be stands in `values`, the forms of
identifiers in `identifiers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from songstory import edtf, values
from songstory.identifiers import normal
from songstory.records import NAMES, EntityLine, FactLine, FlagLine, Line, PassageLine, Recording, SourceLine, Statement, TrackLine
from songstory.values import MOST
from songstory.vocabulary import ENTITY_KINDS, FLAGS, KEPT, PREDICATES

_MOST_NUMBER = 2_000_000_000  # what an integer column of PostgreSQL holds
_LONGEST_MS = 86_400_000  # a day, as `RANGES` of the vocabulary has it
_RANKS = frozenset({"normal", "preferred", "deprecated"})
_PRECISIONS = frozenset({*edtf.FLAT.values(), *edtf.LESS})


def admit(line: Line, bad: list[str]) -> Line:
    """Return a line as it may be written; what was left out of it is put into `bad`, a sentence each.

    Raise ValueError, naming the field, when nothing of it may be written.
    """
    return _ADMIT[type(line)](line, bad)


def whole(line: Line) -> None:
    """Raise ValueError, naming the field, for a line with a text that holds NUL or half of a character: it came through broken."""
    for name, found in line.__dict__.items():
        if isinstance(found, str):
            _whole(name, found)
        elif name == "qualifiers":
            for key, more in found.items():
                _whole(f"{name}.{key[:40]}", str(more))


def _whole(name: str, found: str) -> None:
    try:
        values.whole(found)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _fact(line: FactLine, bad: list[str]) -> FactLine:
    cells = line.__dict__  # read once: four million facts pass here in an import
    predicate, value, qualifiers = cells["predicate"], cells["value"], cells["qualifiers"]
    if predicate not in PREDICATES and predicate not in KEPT:
        raise ValueError(f"predicate: {predicate[:60]!r} is not in the vocabulary; see: songstory vocabulary")
    try:
        values.check(predicate, value)
    except ValueError as error:
        raise ValueError(f"value: {error}") from error
    if qualifiers:
        values.check_qualifiers(predicate, qualifiers)
    if cells["passage"] is None and cells["source"] is None:
        raise ValueError("source: a fact needs a passage, or a source with a locator")
    if (rank := cells["rank"]) != "normal" and rank not in _RANKS:
        raise ValueError(f"rank: expected one of {', '.join(sorted(_RANKS))}, found {rank[:60]!r}")
    if (precise := cells["precision"]) and precise not in _PRECISIONS:
        raise ValueError(f"precision: expected one of {', '.join([*edtf.FLAT.values(), *edtf.LESS])}, found {precise[:60]!r}")
    if not values.plain("".join([cells[name] or "" for name in _FACT_FIELDS])):
        _texts(line, _FACT_TEXTS)
    return line


def _track(line: TrackLine, bad: list[str]) -> TrackLine:
    cells = line.__dict__
    plain = values.plain(cells["title"]) and values.plain(cells["artist"])
    if not plain or cells["artist_entity"] or cells["recording"] or cells["tier"]:
        _texts(line, _TRACK_TEXTS)
    mended: dict[str, Any] = {}
    if released := cells["released"]:
        try:
            values.check("released", released)
            if not values.flat(released):
                raise ValueError(f"expected a year, a month or a day, found {released[:60]!r}")
        except ValueError as error:
            bad.append(f"released: {error}; left out")
            mended["released"] = ""
    if (length := cells["length_ms"]) is not None and length > _LONGEST_MS:
        bad.append(f"length_ms: expected up to {_LONGEST_MS:,} milliseconds, found {float(length):g}; left out")
        mended["length_ms"] = None
    if (popularity := cells["popularity"]) and abs(popularity) > _MOST_NUMBER:
        bad.append(f"popularity: expected a number up to {_MOST_NUMBER:,}, found {float(popularity):g}; left out")
        mended["popularity"] = 0
    if (pairs := cells["identifiers"]) and (kept := tuple(_identifiers(pairs, bad))) != pairs:
        mended["identifiers"] = kept
    if works := cells["works"]:
        if len(works) > MOST["works"]:
            raise ValueError(f"works: expected up to {MOST['works']:,}, found {len(works):,}")
        for work in works:
            _text("works", work, "key", indexed=True)
    return line.model_copy(update=mended) if mended else line


def _entity(line: EntityLine, bad: list[str]) -> EntityLine:
    if line.type not in ENTITY_KINDS:
        raise ValueError(f"type: expected one of {', '.join(ENTITY_KINDS)}, found {line.type[:60]!r}")
    _texts(line, _ENTITY_TEXTS)
    mended: dict[str, Any] = {}
    for field in NAMES:
        if (given := getattr(line, field)) and (names := tuple(_aliases(given, bad))) != given:
            mended[field] = names
    if line.identifiers and (kept := dict(_identifiers(line.identifiers.items(), bad))) != line.identifiers:
        mended["identifiers"] = kept
    return line.model_copy(update=mended) if mended else line


def _aliases(names: tuple[str, ...], bad: list[str]) -> Iterable[str]:
    if len(names) > MOST["aliases"]:
        bad.append(f"aliases: expected up to {MOST['aliases']:,}, found {len(names):,}; the rest is left out")
    for name in names[: MOST["aliases"]]:
        try:
            values.text(name, "name", indexed=True)
        except ValueError as error:
            bad.append(f"aliases: {error}; left out")
        else:
            yield name


def _identifiers(pairs: Iterable[tuple[str, str]], bad: list[str]) -> Iterable[tuple[str, str]]:
    for count, (scheme, found) in enumerate(pairs, start=1):
        if count > MOST["identifiers"]:
            bad.append(f"identifiers: expected up to {MOST['identifiers']:,}, found more; the rest is left out")
            return
        try:
            values.text(scheme, "word")
            values.text(found, "identifier")
            yield scheme, normal(scheme, found)
        except ValueError as error:
            bad.append(f"identifiers.{scheme[:40]!s}: {error}; left out" if values.shows(scheme) else f"identifiers: {error}; left out")


def _source(line: SourceLine, bad: list[str]) -> SourceLine:
    _texts(line, _SOURCE_TEXTS)
    return line


def _passage(line: PassageLine, bad: list[str]) -> PassageLine:
    _texts(line, _PASSAGE_TEXTS)
    return line


def _flag(line: FlagLine, bad: list[str]) -> FlagLine:
    if line.flag not in FLAGS:
        raise ValueError(f"flag: expected one of {', '.join(FLAGS)}, found {line.flag[:60]!r}")
    _texts(line, _FLAG_TEXTS)
    return line


def recording(record: Recording, bad: list[str]) -> Recording:
    """Return a record of a source as its track may be looked for; identifiers and statements that are none are put into `bad`.

    Raise ValueError, naming the field, when it has no title that can be kept, or no place in its source.
    """
    _text("title", record.title, "title", indexed=True)
    _text("artist", record.artist_credit, "title", empty=True, indexed=True)
    _text("locator", record.locator, "locator", indexed=True)
    kept = tuple(_identifiers(record.identifiers, bad))
    said = tuple(s for s in record.statements if _stated(s, bad))
    if kept != record.identifiers or len(said) < len(record.statements):
        return record.model_copy(update={"identifiers": kept, "statements": said})
    return record


def _stated(said: Statement, bad: list[str]) -> bool:
    """Return whether a statement may be kept, and if not say why in `bad`: a record may wait for a person before its facts are lines."""
    try:
        if said.predicate not in PREDICATES and said.predicate not in KEPT:
            raise ValueError(f"predicate: {said.predicate[:60]!r} is not in the vocabulary; see: songstory vocabulary")
        for name in ("quote", "credited_as", "reference"):
            _whole(name, getattr(said, name))
        try:
            values.check(said.predicate, said.value)
        except ValueError as error:
            raise ValueError(f"value: {error}") from error
        values.check_qualifiers(said.predicate, said.qualifiers)
    except ValueError as error:
        bad.append(f"{said.predicate[:60]}: {error}")
        return False
    return True


# texts --------------------------------------------------------------------------------------------------------------

_Field = tuple[str, str, bool, bool]  # name, kind of text, may be empty, stands in an index


def _texts(line: Line, fields: tuple[_Field, ...]) -> None:
    for name, kind, empty, indexed in fields:
        found = getattr(line, name)
        if found is not None:
            _text(name, found, kind, empty=empty, indexed=indexed)


def _text(name: str, found: str, kind: str, *, empty: bool = False, indexed: bool = False) -> None:
    try:
        values.text(found, kind, empty=empty, indexed=indexed)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


_FACT_FIELDS = ("track", "source", "locator", "object", "passage", "quote", "cell", "credited_as", "reference")
_FACT_TEXTS: tuple[_Field, ...] = (
    ("track", "key", False, True), ("source", "key", False, True), ("locator", "locator", True, True), ("object", "key", False, True),
    ("passage", "key", False, False), ("quote", "quote", True, False), ("cell", "quote", True, False), ("credited_as", "name", True, False),
    ("reference", "reference", True, False),
)  # fmt: skip
_TRACK_TEXTS: tuple[_Field, ...] = (
    ("title", "title", False, True), ("artist", "title", False, True), ("artist_entity", "key", False, True),
    ("recording", "key", False, True), ("tier", "word", True, False),
)  # fmt: skip
_ENTITY_TEXTS: tuple[_Field, ...] = (("key", "key", False, True), ("name", "name", False, True))
_SOURCE_TEXTS: tuple[_Field, ...] = (
    ("key", "word", False, True), ("name", "name", False, False), ("licence", "name", True, False), ("licence_url", "url", True, False),
    ("attribution", "note", True, False), ("url", "url", True, False), ("independent_group", "word", True, False),
)  # fmt: skip
_PASSAGE_TEXTS: tuple[_Field, ...] = (
    ("key", "key", False, False), ("source", "key", False, True), ("locator", "locator", False, True), ("text", "passage", False, False),
    ("licence", "name", True, False), ("revision", "name", True, False),
)  # fmt: skip
_FLAG_TEXTS: tuple[_Field, ...] = (("track", "key", False, True), ("predicate", "word", False, False), ("note", "note", True, False))
_ADMIT: dict[type, Callable[[Any, list[str]], Line]] = {
    SourceLine: _source, PassageLine: _passage, EntityLine: _entity, TrackLine: _track, FactLine: _fact, FlagLine: _flag,
}  # fmt: skip
