"""Finds what goes with an erasure: the words of a fact, a passage or a person, and the rows that are about their songs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, false, or_, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.types import Text
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as sql_select

from songstory.erased import ERASED, Words, bare, called, spoken, tokens
from songstory.store.tables import EntityNameRow, EntityRow, FactRow, PassageRow, RevisionRow, SourceRow, StoryRow, TrackEntityRow, TrackRow
from songstory.vocabulary import PREDICATES, is_credit

_AT_ONCE = 1_000  # rows, and ids of a list
_ASKED = 40  # phrases looked for by the database; with more, every row is read
_BEAR_ACCENTS = "aceghijklnorstuwyzd"  # the word is looked for with any sign in their place: "Přibylová" is no "pribylova" to a database
_ACCENTED = str.maketrans(_BEAR_ACCENTS, "_" * len(_BEAR_ACCENTS))
_SHORT = 2  # words of a text that may mean something else in another song, such as "power pop" and "Gold"
_FREE = frozenset({"act", "phrase", "quotation"})  # what predicates hold in words of somebody's own
_JOINED = re.compile(r"[&,;/+]|\b(?:feat|featuring|ft|and|with|x|vs)\b\.?")  # what stands between the names of a credit
PEOPLE = ("person", "group", "artist")


@dataclass
class Target:
    """What is to be erased: facts by row id and key, passages, entities and credits of tracks by row id, and the words themselves.

    `words` are looked for in every row of the house, those of `songs` (by the row id of the recording) only in what is
    about that song. `left` names what says the same and stays.
    """

    words: Words = field(default_factory=Words)
    facts: dict[int, str] = field(default_factory=dict)
    passages: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    credits: set[int] = field(default_factory=set)
    songs: dict[int, Words] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def add(self, other: Target) -> None:
        """Take in what another target holds."""
        self.words = self.words | other.words
        self.facts |= other.facts
        self.entities |= other.entities
        for song, words in other.songs.items():
            self.songs[song] = self.songs.get(song, Words()) | words
        self.left += [line for line in other.left if line not in self.left]


class Near:
    """The rows that are about the songs of a target: by table, what is looked for in each by its id."""

    def __init__(self, session: Session, target: Target) -> None:
        self.rows: dict[str, dict[Any, Words]] = {}
        self.stories: dict[str, Words] = {}  # by the id that people see
        self.generations: set[str] = set()
        self.facts: dict[str, Words] = {}  # by key
        for song, own in target.songs.items():
            words = target.words | own
            for fact, key, passage in session.connection().execute(
                select(FactRow.id, FactRow.key, FactRow.passage_id).where(col(FactRow.subject_id) == song)  # type: ignore[call-overload]
            ):
                self._add("fact", fact, words)
                self.facts[key] = words
                if passage is not None:
                    self._add("passage", passage, words)
            about = (
                select(StoryRow.id, StoryRow.uid, RevisionRow.id, RevisionRow.generation)  # type: ignore[call-overload]
                .join(TrackRow, col(TrackRow.id) == StoryRow.track_id)
                .join(RevisionRow, col(RevisionRow.story_id) == StoryRow.id)
                .where(col(TrackRow.recording_id) == song)
            )
            for story, uid, revision, generation in session.connection().execute(about):
                self.stories[uid] = words
                for table in ("publication", "working_copy"):
                    self._add(table, story, words)
                self._add("revision", revision, words)
                self.generations |= {generation} if generation else set()

    def _add(self, table: str, row: Any, words: Words) -> None:
        known = self.rows.setdefault(table, {})
        known[row] = known[row] | words if row in known else words

    def said_of(self, about: str) -> Words | None:
        """Return what is looked for in an event about a revision, a story or a fact; None where it is about no song of these."""
        return self.stories.get(about) or self.stories.get(about.rpartition(".")[0]) or self.facts.get(about)


def of_fact(session: Session, row: FactRow) -> Target:
    """Return what goes with one fact: its words, where nothing else in the house says them too.

    What other facts, sources or songs hold is no secret of this fact ("Billboard Hot 100"): it goes from the fact and from
    what cites it. An account's own words, and the name of somebody whom no other fact names, go from the whole house; the
    rest goes from what is about the song.
    """
    target = Target(facts={int(row.id or 0): row.key})
    if row.object_id is not None and not _linked(session, row.object_id, int(row.id or 0)):
        target.entities.add(row.object_id)
    predicate = PREDICATES.get(row.predicate)
    free = predicate is not None and predicate.value in _FREE
    texts = {t for t in (row.value, row.quote, row.credited_as, row.reference, *row.qualifiers.values()) if isinstance(t, str)} - {
        "",
        ERASED,
    }
    said = {t for t in texts if len(tokens(t)) > _SHORT or t == row.value}
    own = {row.value, row.quote, row.qualifiers.get("short")} if free else {row.value, row.credited_as}
    shared, same = _also_said(session, row, said, target.entities)
    named = predicate is None or predicate.value == "name"
    wide = {t for t in said & own - shared if (len(tokens(t)) > _SHORT if free else named or target.entities)}
    near = Words()
    for text in sorted(said - shared):
        (target.words if text in wide else near).add(text)
    target.songs[row.subject_id] = near
    if free and row.value in shared:
        target.left += [f"fact {key} says the same words and stands; erase it too if they must go" for key in same]
    return target


def _linked(session: Session, entity: int, fact: int) -> bool:
    """Whether another fact names an entity, or a track has it as its artist."""
    facts = sql_select(FactRow.id).where(FactRow.object_id == entity, FactRow.id != fact)
    tracks = sql_select(TrackEntityRow.track_id).where(TrackEntityRow.entity_id == entity, TrackEntityRow.relation == "artist")
    return session.exec(facts).first() is not None or session.exec(tracks).first() is not None


def _also_said(session: Session, row: FactRow, texts: set[str], entities: set[int]) -> tuple[set[str], list[str]]:
    """Return which texts of a fact are said elsewhere in the house too, and the keys of the facts that say its value."""
    wanted, words = {tokens(t): t for t in texts}, Words()
    shared, same = set[str](), list[str]()
    for text in texts:
        words.add(text)
    for fact in _holding(session, FactRow, ("value", "qualifiers", "credited_as", "quote"), words):
        if fact["id"] == row.id or fact["retracted_at"] is not None:
            continue
        held = [fact["value"], fact["credited_as"], *(fact["qualifiers"] or {}).values()]
        held += [] if fact["subject_id"] == row.subject_id else [fact["quote"]]
        shared |= {wanted[known] for t in held if (known := tokens(str(t))) in wanted}
        same += [fact["key"]] if tokens(str(fact["value"])) == tokens(str(row.value)) else []
    for other, columns in ((SourceRow, ("name", "attribution")), (TrackRow, ("title", "artist_credit")), (EntityNameRow, ("name",))):
        for found in _holding(session, other, columns, words):
            if found.get("entity_id") not in entities:
                held = [tokens(found[name]) for name in columns]
                shared |= {text for known, text in wanted.items() if any(_holds(one, known) for one in held)}
    return shared, same


def _holds(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(text[n : n + len(phrase)] == phrase for n in range(len(text) - len(phrase) + 1))


def of_passage(session: Session, row: PassageRow) -> Target:
    """Return what goes with a passage: all facts that rest on it."""
    target = Target(passages={int(row.id or 0)})
    target.words.add(row.text)
    for fact in session.exec(sql_select(FactRow).where(FactRow.passage_id == row.id)):
        target.add(of_fact(session, fact))
    return target


_SAID = (FactRow.value, FactRow.qualifiers, FactRow.quote, FactRow.credited_as, FactRow.reference)


def of_person(session: Session, name: str) -> Target:
    """Return what goes with a person, given by name or by the id of an entity: all their names, every fact that holds one.

    In what is about the songs that name them, their surname and forenames alone go too, but for words that the song, its
    artist or another person of it is called by; those are told in `left`.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    by_uid = session.exec(sql_select(EntityRow.id).where(EntityRow.uid == name)).all()
    wanted = Words()
    wanted.add(name)
    wanted.add(spoken(name))
    target = Target(entities={int(i or 0) for i in by_uid} | _named(session, wanted), names=set() if by_uid else {name})
    names = sql_select(EntityNameRow.name).where(col(EntityNameRow.entity_id).in_(target.entities))
    target.names |= {*session.exec(names).all()}
    groups = sql_select(EntityRow.id).where(col(EntityRow.id).in_(target.entities), EntityRow.kind == "group")
    group = session.exec(groups).first() is not None
    ordinary = {word for one in target.names if (word := _ordinary(session, one))}
    target.words.whole = frozenset(ordinary)
    for one in target.names:
        if " ".join(tokens(bare(one))) not in ordinary:
            target.words.add(one)
            target.words.add(spoken(one) if group else one)
    alone = [] if group else [called(one) for one in target.names if one != ERASED]
    alone += [(word, frozenset()) for word in ordinary]
    columns = (FactRow.id, FactRow.key, FactRow.object_id, FactRow.subject_id, FactRow.passage_id, FactRow.predicate)
    facts = select(*columns, *_SAID)  # type: ignore[call-overload]
    passages = {p["id"] for p in _holding(session, PassageRow, ("text",), target.words) if target.words.in_text(p["text"])}
    songs = _credited(session, target)
    for fact, key, thing, subject, passage, predicate, *texts in session.connection().execute(facts):
        named = is_credit(predicate) and target.words.is_name(str(texts[0]))
        if named or thing in target.entities or subject in target.entities or target.words.in_value(texts):
            target.facts[fact] = key
            songs.add(subject)
        elif passage in passages:
            songs.add(subject)
    for song in songs:
        _called_in(session, target, song, alone)
    parts = {w for one in target.names - {ERASED} for w in tokens(bare(one)) if len(w) > _SHORT}
    for uid in session.exec(sql_select(EntityRow.uid).where(col(EntityRow.id).in_(target.entities))):
        if parts & set(tokens(uid)):
            target.left.append(f"entity.uid {uid!r} is an id and stays")
    return target


def _ordinary(session: Session, name: str) -> str:
    """Return the one word of a name, folded, where the house uses it as a word of the language too, small; "" for other names.

    "Rain" is one where something is about "the sound of rain", "Prince" is none while no text speaks of a prince.
    """
    words, one = tokens(bare(name)), Words()
    if len(words) != 1 or name == ERASED:
        return ""
    one.add(name)
    small = re.compile(rf"(?<!\w){re.escape(words[0])}(?!\w)")
    for rows, columns in ((FactRow, ("value", "quote", "qualifiers")), (PassageRow, ("text",)), (TrackRow, ("title",))):
        for found in _holding(session, rows, columns, one):
            if any(small.search(bare(str(found[name]))) for name in columns):
                return words[0]
    return ""


def _credited(session: Session, target: Target) -> set[int]:
    """Note the tracks that have the person as an artist; return their recordings."""
    linked = sql_select(TrackEntityRow.track_id).where(
        col(TrackEntityRow.entity_id).in_(target.entities), TrackEntityRow.relation == "artist"
    )
    by = {*session.exec(linked)}
    found = {}
    for track in session.exec(sql_select(TrackRow).where(col(TrackRow.id).in_(by))) if by else ():
        found[int(track.id or 0)] = track.recording_id
    names = Words(target.words.by_length, surnames=target.words.whole)
    for track in _holding(session, TrackRow, ("artist_credit",), names):
        credit = track["artist_credit"]
        if target.words.in_text(credit) or any(map(target.words.is_name, _JOINED.split(credit))):
            found[track["id"]] = track["recording_id"]
    target.credits |= set(found)
    return set(found.values())


def _named(session: Session, wanted: Words) -> set[int]:
    """Return the persons and groups of a name, however it is cased, spaced and accented, a group with or without its article."""
    known = {" ".join(p.split()) for p in wanted.phrases()}
    held = ((n["entity_id"], " ".join(tokens(bare(n["name"])))) for n in _holding(session, EntityNameRow, ("name",), wanted))
    found = {entity for entity, name in held if name in known or spoken(name) in known}
    kinds = sql_select(EntityRow.id).where(col(EntityRow.id).in_(found), col(EntityRow.kind).in_(PEOPLE))
    return {int(i or 0) for i in session.exec(kinds).all()}


def _holding(session: Session, rows: type[SQLModel], columns: Sequence[str], words: Words) -> Iterator[Any]:
    """Yield the rows of a table that may hold the words in one of some columns."""
    table = rows.metadata.tables[str(rows.__tablename__)]
    return rows_holding(session.connection(), table, [table.c[name] for name in columns], words)


def called_so(session: Session, word: str) -> list[str]:
    """Return the names of persons and groups of which a word is a part, some of them."""
    one = Words()
    one.add(word)
    found = {n["entity_id"]: n["name"] for n in _holding(session, EntityNameRow, ("name",), one) if one.in_text(n["name"])}
    kinds = sql_select(EntityRow.id).where(col(EntityRow.id).in_(found), col(EntityRow.kind).in_(PEOPLE))
    return sorted({found[int(i or 0)] for i in session.exec(kinds)})[:3]


def _called_in(session: Session, target: Target, song: int, alone: Sequence[tuple[str, frozenset[str]]]) -> None:
    """Add what calls a person alone in one song, and the facts about it that do."""
    others = _others_of(session, target, song)
    surnames = {s for s, _ in alone if s}
    forenames = frozenset().union(*(f for _, f in alone)) - surnames
    for word in sorted((surnames | forenames) & others):
        target.left.append(
            f"{word.title()!r} alone calls somebody or something else of the same song too; read it: {_title(session, song)}"
        )
    words = Words(surnames=frozenset(surnames - others), forenames=frozenset(forenames - others))
    target.songs[song] = words
    about = select(FactRow.id, FactRow.key, *_SAID).where(col(FactRow.subject_id) == song)  # type: ignore[call-overload]
    target.facts |= {fact: key for fact, key, *texts in session.connection().execute(about) if words.in_value(texts)}


def _title(session: Session, song: int) -> str:
    return str(session.exec(sql_select(TrackRow.title).where(TrackRow.recording_id == song)).first() or "a song without a track")


def _others_of(session: Session, target: Target, song: int) -> set[str]:
    """Return the words by which a song, its artist and its other people are called."""
    texts = [t for row in session.exec(sql_select(TrackRow).where(TrackRow.recording_id == song)) for t in (row.title, row.artist_credit)]
    about = sql_select(FactRow.value, FactRow.object_id, FactRow.predicate).where(FactRow.subject_id == song)
    for value, thing, predicate in session.exec(about).all():
        named = thing is not None or ((known := PREDICATES.get(predicate)) and known.value in {"name", "term"})
        if named and thing not in target.entities and isinstance(value, str):
            texts.append(value)
    kept = [t for t in texts if not target.words.in_text(t) and not target.words.is_name(t)]
    return {w for text in kept for w in tokens(bare(text))}


def rows_holding(
    connection: Connection, table: Table, texts: Sequence[Any], words: Words, ids: Collection[Any] = (), by: str = "id"
) -> Iterator[Any]:
    """Yield the rows that may hold the words, as the database can tell, then those with `ids`, some of them a second time."""
    phrases = [max(p.split(), key=len) for p in words.phrases()]
    query = select(table).execution_options(yield_per=_AT_ONCE)
    if len(phrases) > _ASKED or not all(p.isascii() for p in phrases):
        yield from connection.execute(query).mappings()
        return
    binary = [c for c in texts if isinstance(c.type, LargeBinary)]
    like = [sql_cast(c, Text).ilike(f"%{p.translate(_ACCENTED)}%") for c in texts if c not in binary for p in phrases]
    yield from connection.execute(query.where(or_(false(), *like, *(c.is_not(None) for c in binary)))).mappings()
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):  # databases limit the length of a list
        yield from connection.execute(query.where(table.c[by].in_(wanted[start : start + _AT_ONCE]))).mappings()
