"""Erased words are nowhere: no table, no file, no export; hash, who and when stay, and the audit log still holds."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import add_people, copied, once
from sqlalchemy import inspect, select, text

import songstory as ss
from songstory import authority, erasing
from songstory.errors import NotAllowed, StoreError
from songstory.store import Store, backups, catalogue, people, stories, working
from songstory.store.tables import PassageRow

NAME = "Ines Vale"
SECRET = "her long illness in the winter of that year"
PASSAGE = f"Night Bus was written by {NAME}. It is about {SECRET}. It was recorded at Harbour Studio in Hull."
LINES = [
    {"kind": "source", "key": "label", "name": "Label sheet", "licence": "CC0"},
    {"kind": "entity", "key": "per-vale", "type": "person", "name": NAME, "aliases": ["Ines M. Vale"]},
    {"kind": "entity", "key": "per-quill", "type": "person", "name": "Ben Quill"},
    {"kind": "track", "id": "night-bus", "title": "Night Bus", "artist": "The Harbour"},
    {"kind": "passage", "key": "p", "source": "label", "locator": "page 1", "text": PASSAGE},
    {"kind": "fact", "track": "night-bus", "predicate": "writer", "value": NAME, "object": "per-vale", "passage": "p", "quote": f"written by {NAME}"},
    {"kind": "fact", "track": "night-bus", "predicate": "producer", "value": "Ben Quill", "object": "per-quill", "source": "label", "locator": "r2"},
    {"kind": "fact", "track": "night-bus", "predicate": "recorded_at", "value": "Harbour Studio", "passage": "p", "quote": "recorded at Harbour Studio"},
    {"kind": "fact", "track": "night-bus", "predicate": "tempo", "value": 96, "source": "label", "locator": "r4"},
    {"kind": "fact", "track": "night-bus", "predicate": "about", "value": SECRET, "passage": "p", "quote": f"It is about {SECRET}"},
]  # fmt: skip


def lived(store: Store, folder: Path) -> Store:
    """A live story about Night Bus, with comments that hold the words, and a kept draft."""
    add_people(store)
    assert not ss.import_file(store, catalogue_file(folder), actor="ben").rejected
    ss.generate(store, "night-bus", ss.open_writer(), actor="mara")
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(store, "night-bus.1", actor=who, comment=f"asked {NAME} about {SECRET}")
    working.keep(store, "night-bus.1", stories.get_revision(store, "night-bus.1").cards, actor="mara")
    return store


@pytest.fixture(scope="module")
def went_live(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of such a store, made once."""
    return once(tmp_path_factory, "went_live", lambda store: lived(store, tmp_path_factory.mktemp("lived")), empty)


@pytest.fixture
def desk(went_live: Path, tmp_path: Path) -> Iterator[Store]:
    opened = copied(went_live, tmp_path)
    catalogue_file(tmp_path)
    yield opened
    opened.close()


def catalogue_file(folder: Path) -> Path:
    path = folder / "label.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES))
    return path


def dump(store: Store) -> str:
    """Return every text of every table there is, whoever made it."""
    found = []
    with store.engine.connect().execution_options(reading=True) as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                found += [v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
    return "\n".join(found)


def key_of(store: Store, predicate: str) -> str:
    return next(f.key for f in catalogue.facts_of(store, "night-bus") if f.predicate == predicate)


def erase(store: Store, what: str, **more: object) -> erasing.Erasure:
    if what == "fact":
        more["fact"] = key_of(store, "writer")
    elif what == "passage":
        with store.reading() as session:
            more["passage"] = session.connection().execute(select(PassageRow.hash)).scalar_one()
    else:
        more["person"] = what
    return ss.erase(store, actor="ada", comment="asked for by letter", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("what", "gone"), [("fact", NAME), ("passage", SECRET), (NAME, NAME), ("per-vale", NAME), (NAME, "Ines M. Vale")])
def test_no_table_holds_what_was_erased_and_the_log_still_holds(desk: Store, what: str, gone: str) -> None:
    nothing_is_left(desk, what, gone)


def test_postgresql_holds_nothing_of_it_either(any_store: Store, tmp_path: Path) -> None:
    nothing_is_left(lived(any_store, tmp_path), NAME, NAME)


def nothing_is_left(desk: Store, what: str, gone: str) -> None:
    events = people.events(desk, size=500).items
    assert gone in dump(desk)
    done = erase(desk, what)
    assert gone not in dump(desk) and done.withdrawn == ("night-bus",) and not done.dry
    assert ss.published(desk, "night-bus") is None
    kept = {e.seq: e for e in people.events(desk, size=500).items}
    assert all(
        (e.hash, e.actor, e.at, e.action) == (kept[e.seq].hash, kept[e.seq].actor, kept[e.seq].at, kept[e.seq].action) for e in events
    )
    assert authority.prove(desk, [desk.heads.path] if desk.heads else []).events == len(kept)


@pytest.mark.parametrize("what", ["fact", NAME])
def test_the_same_file_does_not_bring_it_back(desk: Store, tmp_path: Path, what: str) -> None:
    erase(desk, what)
    for full in (False, True):
        done = ss.import_file(desk, catalogue_file(tmp_path), full=full, actor="ben")
        assert any("erased" in line for line in done.rejected) or done.skipped
    changed = [line | {"locator": "r9"} if line.get("predicate") == "tempo" else line for line in LINES]
    (tmp_path / "label.jsonl").write_text("\n".join(json.dumps(line) for line in changed))
    done = ss.import_file(desk, tmp_path / "label.jsonl", actor="ben")
    assert any("does not come back" in line for line in done.rejected) and not any(NAME in line for line in done.rejected)
    standing = {f.predicate for f in catalogue.facts_of(desk, "night-bus")}
    assert "writer" not in standing and {"producer", "tempo", "recorded_at"} <= standing
    assert (NAME in dump(desk)) is (what == "fact")  # other words about a person come back unless the person is erased


def test_a_table_that_nobody_thought_of_is_walked_too(desk: Store) -> None:
    with desk.engine.begin() as connection:
        connection.execute(text("CREATE TABLE later (id INTEGER PRIMARY KEY, said TEXT, more JSON)"))
        connection.execute(
            text("INSERT INTO later VALUES (1, :said, :more)"), {"said": f"by {NAME}", "more": json.dumps({"a": [NAME, "x"]})}
        )
    assert erase(desk, NAME).rows["later"] == 1
    assert NAME not in dump(desk)


def test_a_dry_run_counts_and_changes_nothing(desk: Store) -> None:
    before = dump(desk)
    done = erase(desk, NAME, dry=True)
    assert done.dry and done.rows["fact"] >= 1 and done.rows["revision"] == 1 and done.rows["event"] >= 3
    assert dump(desk) == before and ss.published(desk, "night-bus")


@pytest.mark.parametrize("actor", ["mara", "ben", "cleo", "nobody"])
def test_only_an_admin_erases(desk: Store, actor: str) -> None:
    with pytest.raises(NotAllowed):
        ss.erase(desk, actor=actor, comment="x", person=NAME)
    assert NAME in dump(desk)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"comment": ""}, "needs its reason"),
        ({"comment": f"{NAME} asked"}, "holds the words"),
        ({"comment": "asked by the lawyer of Vale"}, "holds the words"),
        ({"comment": "x", "fact": "f-none"}, "one fact, one person"),
        ({"comment": "x", "person": ""}, "one fact, one person"),
        *(({"comment": "x", "person": p}, "has letters, and up to 500") for p in (" ", "...", "x" * 100_000)),
        *(({"comment": "x", "person": p}, "a word that many texts hold") for p in ("a", "The", "it was", "7")),
        *(({"comment": "x", "person": "", "passage": p}, "no passage") for p in ("9" * 30, "9" * 5_000, "²", "-1")),
    ],
)
def test_an_erasure_says_what_it_needs(desk: Store, more: dict[str, str], says: str) -> None:
    with pytest.raises(StoreError, match=says):
        ss.erase(desk, actor="ada", **{"person": NAME, **more})


def test_what_stands_where_words_were_is_no_word_to_erase(desk: Store, tmp_path: Path) -> None:
    key = key_of(desk, "writer")
    ss.erase(desk, actor="ada", comment="a letter", fact=key)
    for more in ({"fact": key}, {"person": "per-vale"}, {"person": "[erased]"}):
        assert not ss.erase(desk, actor="ada", comment="another", **more).rows, more
    again = (
        LINES[0] | {"key": "later"},
        LINES[3],
        LINES[-1] | {"value": "tapes that were erased", "passage": "", "quote": "", "source": "later", "locator": "r1"},
    )
    (tmp_path / "later.jsonl").write_text("\n".join(json.dumps({k: v for k, v in line.items() if v}) for line in again))
    assert not ss.import_file(desk, tmp_path / "later.jsonl").rejected


def test_a_changed_row_is_not_excused_by_an_erasure(desk: Store) -> None:
    erase(desk, NAME)
    with desk.engine.begin() as connection:
        connection.execute(text("UPDATE event SET actor = 'eve' WHERE comment = '[erased]'"))
    with pytest.raises(StoreError, match="rewritten"):
        authority.prove(desk)


def test_no_byte_is_left_in_the_files_and_the_export(desk: Store, tmp_path: Path) -> None:
    live = desk
    ss.export(live, tmp_path / "out")
    backups.witnessed(live, backups.backup(live, tmp_path / "copy.db"))
    done = erase(live, NAME)
    ss.export(live, tmp_path / "out")
    database = Path(str(live.engine.url.database))
    files = [p for p in (*tmp_path.glob(f"{database.name}*"), *(tmp_path / "out").iterdir()) if p.is_file()]
    assert len(files) > 1 and not [p.name for p in files if NAME.encode() in p.read_bytes()]
    assert [b.split(" of ")[0] for b in done.backups] == [str((tmp_path / "copy.db").resolve())]


def test_answers_kept_of_public_sources_are_named(desk: Store, tmp_path: Path) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "a.json").write_text(json.dumps({"writer": NAME}))
    (tmp_path / "cache" / "b.json").write_text("{}")
    assert [w for w in erase(desk, NAME, cache=tmp_path / "cache").left if "delete it" in w] == [
        f"{tmp_path / 'cache' / 'a.json'} holds the words; delete it"
    ]


def test_every_table_of_the_schema_is_walked_or_named_here(store: Store) -> None:
    from songstory.store.erasures import _KEPT

    assert {*inspect(store.engine).get_table_names()} >= _KEPT
    assert {"alembic_version", "actor", "action_token", "erased", "event", "setting", "source_record"} == _KEPT


TOWN = [
    {"kind": "source", "key": "hits", "name": "The Town Hits 100 Database", "licence": "CC0"},
    {"kind": "entity", "key": "per-quarrow", "type": "person", "name": "Nils Quarrów"},
    *(
        {"kind": "track", "id": song, "title": title, "artist": "The Ostranders"}
        for song, title in (("harbour", "Harbour Song"), ("mill", "Mill Song"), ("tide", "Tide Song"))
    ),
    *(
        {"kind": "fact", "track": song, "predicate": "charted", "value": place, "qualifiers": {"chart": "Town Hits 100"}, "source": "hits", "locator": song}
        for song, place in (("harbour", 1), ("mill", 4))
    ),
    {"kind": "fact", "track": "harbour", "predicate": "producer", "value": "Nils Quarrów", "object": "per-quarrow", "source": "hits", "locator": "a"},
    {"kind": "fact", "track": "harbour", "predicate": "account", "value": "let Quarrow sleep on the floor", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": "b"},
    {"kind": "fact", "track": "harbour", "predicate": "account", "value": "took the tune from Nils Weill", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": "c"},
    {"kind": "fact", "track": "mill", "predicate": "account", "value": "named the dog Quarrow", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": "d"},
    *(
        {"kind": "fact", "track": song, "predicate": "account", "value": "sold the only copy to a sailor", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": f"e{song}"}
        for song in ("harbour", "tide")
    ),
]  # fmt: skip


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Store:
    return filled(store, tmp_path, TOWN)


def filled(store: Store, folder: Path, lines: list[dict[str, object]]) -> Store:
    add_people(store)
    assert not ss.import_file(store, listed(folder, lines)).rejected
    return store


def listed(folder: Path, lines: list[dict[str, object]]) -> Path:
    path = folder / "town.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def standing(store: Store, *songs: str) -> set[tuple[str, str]]:
    return {(song, str(f.value)) for song in songs for f in catalogue.facts_of(store, song)}


def test_what_others_say_too_is_no_secret_of_one_fact(town: Store) -> None:
    done = ss.erase(town, actor="ada", comment="a letter", fact=next(f.key for f in catalogue.facts_of(town, "harbour") if f.value == 1))
    assert done.rows == {"fact": 1}
    assert [f.qualifiers["chart"] for f in catalogue.facts_of(town, "mill") if f.value == 4] == ["Town Hits 100"]
    assert "The Town Hits 100 Database" in dump(town)


def test_who_else_says_an_erased_account_is_named(town: Store) -> None:
    here, there = (next(f.key for f in catalogue.facts_of(town, song) if "sailor" in str(f.value)) for song in ("harbour", "tide"))
    assert ss.erase(town, actor="ada", comment="a letter", fact=here).left == (
        f"fact {there} says the same words and stands; erase it too if they must go",
    )


@pytest.mark.parametrize("name", ["Nils Quarrow", "nils  quarro\u0301w", "NILS QUARRÓW", "per-quarrow"])
def test_a_person_goes_however_the_name_is_written_and_by_what_calls_them_alone(town: Store, name: str) -> None:
    ss.erase(town, actor="ada", comment="a letter", person=name)
    left = standing(town, "harbour", "mill")
    assert ("harbour", "let Quarrow sleep on the floor") not in left and "Quarrów" not in dump(town)
    assert {("harbour", "took the tune from Nils Weill"), ("mill", "named the dog Quarrow")} <= left


def test_what_calls_an_erased_person_does_not_come_back_to_their_song(town: Store, tmp_path: Path) -> None:
    ss.erase(town, actor="ada", comment="a letter", person="per-quarrow")
    new = [
        {"kind": "fact", "track": song, "predicate": "account", "value": "woke Quarrow at noon", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": f"n{song}"}
        for song in ("harbour", "mill")
    ]  # fmt: skip
    page = {"kind": "passage", "key": "p", "source": "hits", "locator": "page", "text": "Nils Quarrow came. Then Quarrow left. It rained."}
    done = ss.import_file(town, listed(tmp_path, [TOWN[0], *new, page]))
    assert [line.rpartition(": ")[2] for line in done.rejected] == [
        "names a person who was erased; it does not come back",
        "names a person who was erased; the sentence was left out",
    ]
    assert ("mill", "woke Quarrow at noon") in standing(town, "mill")
    with town.reading() as session:
        assert [*session.connection().execute(select(PassageRow.text)).scalars()] == ["[erased] [erased] It rained."]


def test_a_word_that_calls_another_of_the_song_too_stays_and_is_told(town: Store, tmp_path: Path) -> None:
    twin = {"kind": "fact", "track": "harbour", "predicate": "mixer", "value": "Ada Quarrow", "source": "hits", "locator": "z"}
    ss.import_file(town, listed(tmp_path, [TOWN[0], twin]))
    done = ss.erase(town, actor="ada", comment="a letter", person="per-quarrow")
    assert "'Quarrow' alone calls somebody or something else of the same song too; read it: Harbour Song" in done.left
    assert ("harbour", "let Quarrow sleep on the floor") in standing(town, "harbour")


def test_what_was_erased_before_is_said_and_nothing_else_is_touched(desk: Store) -> None:
    key = key_of(desk, "writer")
    ss.erase(desk, actor="ada", comment="a letter", fact=key)
    before = dump(desk)
    again = ss.erase(desk, actor="ada", comment="another", fact=key)
    assert again.left == (f"fact {key} was erased before",) and dump(desk) == before


def test_a_person_of_more_facts_than_a_list_of_a_database_holds_goes_from_all_of_them(town: Store, tmp_path: Path) -> None:
    many = [
        {"kind": "fact", "track": "harbour", "predicate": "account", "value": f"sang verse {n} to Quarrow", "qualifiers": {"agent": "the band"}, "source": "hits", "locator": f"v{n}"}
        for n in range(2_100)
    ]  # fmt: skip
    assert not ss.import_file(town, listed(tmp_path, [TOWN[0], *many])).rejected
    done = ss.erase(town, actor="ada", comment="a letter", person="per-quarrow")
    assert len(done.facts) == done.rows["fact"] == 2_102
    assert not any("Quarrow" in value for _, value in standing(town, "harbour"))


WEATHER = [
    {"kind": "source", "key": "w", "name": "Weather sheet", "licence": "CC0"},
    {"kind": "entity", "key": "per-rain", "type": "person", "name": "Rain"},
    {"kind": "entity", "key": "gro-wires", "type": "group", "name": "The Copper Wires"},
    {"kind": "entity", "key": "per-zoe", "type": "person", "name": "Zoë Přibylová"},
    {"kind": "track", "id": "own", "title": "Low Water", "artist": "Rain", "artist_entity": "per-rain"},
    {"kind": "track", "id": "other", "title": "Rain Over Dunmore", "artist": "Ida Quennell"},
    {"kind": "track", "id": "wires", "title": "Lark Hour", "artist": "The Copper Wires", "artist_entity": "gro-wires"},
    *(
        {"kind": "fact", "track": song, "predicate": p, "value": v, "source": "w", "locator": f"{song} {p}", **more}
        for song, p, v, more in (
            ("own", "writer", "Rain", {"object": "per-rain"}),
            ("own", "about", "the sound of rain on a tin roof", {}),
            ("own", "account", "kept every letter of Rain in a tin", {"qualifiers": {"agent": "the band"}}),
            ("own", "tempo", 92, {}),
            ("other", "about", "rain that never comes", {}),
            ("other", "writer", "Zoe Pribylova", {}),
            ("other", "mixer", "ZOE PRIBYLOVA", {}),
            ("other", "producer", "Zoë Přibylová", {"object": "per-zoe"}),
            ("wires", "about", "a joke of the Copper Wires", {}),
            ("wires", "inspired_by", "a copper wire across a field", {}),
        )
    ),
]  # fmt: skip


@pytest.fixture
def weather(store: Store, tmp_path: Path) -> Store:
    return filled(store, tmp_path, WEATHER)


def test_a_name_that_is_a_word_too_goes_from_its_own_songs_alone(weather: Store, tmp_path: Path) -> None:
    done = ss.erase(weather, actor="ada", comment="a letter", person="Rain")
    assert standing(weather, "own") == {("own", "the sound of rain on a tin roof"), ("own", "92")}
    assert ("other", "rain that never comes") in standing(weather, "other")
    assert catalogue.get_track(weather, "other").title == "Rain Over Dunmore" and catalogue.get_track(weather, "own").artist_credit == "[erased]"
    assert {"entity.uid 'per-rain' is an id and stays"} == {*done.left}
    again = ss.import_file(weather, listed(tmp_path, [*WEATHER[:1], WEATHER[1] | {"key": "new"}, WEATHER[4], WEATHER[5], *WEATHER[7:9], WEATHER[11]]))
    assert [line.split(":")[1] for line in again.rejected] == ["2", "3", "5"], again.rejected


def test_a_name_of_one_word_that_is_no_other_word_goes_from_everywhere_but_titles(weather: Store, tmp_path: Path) -> None:
    more = [
        WEATHER[0],
        {"kind": "track", "id": "ode", "title": "Ode to Quarrelle", "artist": "Ida Quennell"},
        {"kind": "fact", "track": "ode", "predicate": "writer", "value": "Quarrelle", "source": "w", "locator": "q1"},
        {"kind": "fact", "track": "other", "predicate": "account", "value": "was sung to QUARRELLE by a choir", "qualifiers": {"agent": "Ida"}, "source": "w", "locator": "q2"},
    ]  # fmt: skip
    ss.import_file(weather, listed(tmp_path, more))
    done = ss.erase(weather, actor="ada", comment="a letter", person="Quarrelle")
    assert len(done.facts) == 2 and "the title of ode holds the name and stays" in done.left
    assert catalogue.get_track(weather, "ode").title == "Ode to Quarrelle"


@pytest.mark.parametrize("name", ["The Copper Wires", "Copper Wires", "copper wires", "gro-wires"])
def test_a_group_goes_with_its_article_and_without(weather: Store, name: str) -> None:
    ss.erase(weather, actor="ada", comment="a letter", person=name)
    assert "copper wires" not in dump(weather).casefold() and ("wires", "a copper wire across a field") in standing(weather, "wires")


@pytest.mark.parametrize("name", ["Zoe Pribylova", "ZOË PŘIBYLOVÁ", "per-zoe", "zoe přibylova"])
def test_a_person_goes_from_every_spelling_with_any_accent(weather: Store, name: str) -> None:
    ss.erase(weather, actor="ada", comment="a letter", person=name)
    assert not [w for w in ("řibylov", "ribylov") if w in dump(weather).casefold()]


def test_one_word_of_a_name_is_nobody_and_the_whole_names_are_told(weather: Store) -> None:
    with pytest.raises(StoreError, match="alone is nobody's whole name; give one of: Zoë Přibylová"):
        ss.erase(weather, actor="ada", comment="a letter", person="pribylova")


def test_a_passage_is_named_by_a_fact_that_rests_on_it(desk: Store) -> None:
    ss.erase(desk, actor="ada", comment="a letter", passage=key_of(desk, "about"))
    assert SECRET not in dump(desk)
