"""What was cut, rewritten or put back shows against heads kept outside, each told apart, with the first bad place."""

import contextlib
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import songstory
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import text

import songstory as ss
from songstory import authority
from songstory.demo import diagnose
from songstory.errors import AuditBroken, ConfigError, StoreError
from songstory.settings import Settings
from songstory.store import Store, backups, people, proof
from songstory.store.heads import Head, HeadFile, Key, read

Harm = Callable[[Store], None]


def acts(store: Store, many: int, word: str = "act") -> None:
    for number in range(many):
        with store.session() as session:
            people.record(session, action=word, object_=f"x{number}", actor="ben", comment="for a reason")


def cut(store: Store, keep: int) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE seq > :keep"), {"keep": keep})


def rewrite(store: Store, seq: int, column: str = "comment", value: str = "for another") -> None:
    """Change one event and every hash after it, as somebody with the database and this code would."""
    with store.session() as session:
        rows = [dict(r._mapping) for r in session.connection().execute(text("SELECT * FROM event ORDER BY seq"))]
        prev = people.FIRST
        for row in rows:
            row["data"] = json.loads(row["data"]) if isinstance(row["data"], str) else row["data"]
            row[column] = value if row["seq"] == seq else row[column]
            row["prev_hash"] = prev
            row["hash"] = prev = people._hash(row) if row["seq"] >= seq else row["hash"]
        for row in reversed(rows):
            values = {"seq": row["seq"], "prev": row["prev_hash"], "hash": row["hash"], "value": row[column]}
            session.connection().execute(
                text(f"UPDATE event SET prev_hash = :prev, hash = :hash, {column} = :value WHERE seq = :seq"), values
            )


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Store:
    """A store with twelve events, each of whose heads is kept in a file."""
    store.heads = HeadFile(tmp_path / "outside.heads")
    acts(store, 12)
    return store


def verdict(store: Store, *, heads: Path | None = None, typed: tuple[str, ...] = ()) -> tuple[str, int]:
    path = heads or (store.heads and store.heads.path)
    try:
        authority.prove(store, [path] if path else [], typed)
    except AuditBroken as error:
        return error.kind, error.seq
    return "whole", 0


def put_back(store: Store, keep: int, then: int) -> None:
    heads, store.heads = store.heads, None
    cut(store, keep)
    acts(store, then, "later")
    store.heads = heads


HARMS: dict[str, tuple[Harm, tuple[str, int]]] = {
    "nothing": (lambda s: None, ("whole", 0)),
    "the last event cut": (lambda s: cut(s, 11), ("cut", 12)),
    "half of it cut": (lambda s: cut(s, 5), ("cut", 6)),
    "all of it cut": (lambda s: cut(s, 0), ("cut", 1)),
    "the first rewritten": (lambda s: rewrite(s, 1), ("rewritten", 1)),
    "one in the middle rewritten": (lambda s: rewrite(s, 7), ("rewritten", 7)),
    "an actor rewritten": (lambda s: rewrite(s, 9, "actor", "eve"), ("rewritten", 9)),
    "the last rewritten": (lambda s: rewrite(s, 12), ("rewritten", 12)),
    "rewritten and cut": (lambda s: (rewrite(s, 4), cut(s, 8))[1], ("rewritten", 4)),
    "put back and gone on": (lambda s: put_back(s, 6, 3), ("restored", 7)),
    "put back and longer than before": (lambda s: put_back(s, 3, 20), ("restored", 4)),
    "emptied and begun anew": (lambda s: put_back(s, 0, 4), ("restored", 1)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_is_told_apart_with_its_first_bad_place(kept: Store, harm: str) -> None:
    do, told = HARMS[harm]
    do(kept)
    assert verdict(kept) == told


def test_both_databases_tell_the_same(any_store: Store, tmp_path: Path) -> None:
    any_store.heads = HeadFile(tmp_path / "outside.heads")
    acts(any_store, 12)
    for harm in ("nothing", "half of it cut", "put back and gone on"):  # each on what the one before left
        HARMS[harm][0](any_store)
        assert verdict(any_store)[0] in {HARMS[harm][1][0]}
    any_store.heads = HeadFile(tmp_path / "anew.heads")
    acts(any_store, 2)
    rewrite(any_store, 9)
    assert verdict(any_store)[0] == "rewritten"


@pytest.mark.parametrize("harm", [h for h in HARMS if h != "nothing"])
def test_one_head_alone_shows_it_too(kept: Store, tmp_path: Path, harm: str) -> None:
    last = read(kept.heads.path).heads[-1]  # type: ignore[union-attr]
    (tmp_path / "one").write_text(last.model_dump_json())
    HARMS[harm][0](kept)
    kind, seq = verdict(kept, heads=tmp_path / "one")
    assert kind in {HARMS[harm][1][0], "cut"} and 0 < seq <= 12
    assert verdict(kept, heads=tmp_path / "one", typed=(f"12:{last.hash}",))[0] == kind
    assert verdict(kept, heads=tmp_path / "one", typed=(last.hash,))[0] == kind


def test_a_hash_alone_that_is_not_there_says_how_to_learn_more(kept: Store) -> None:
    with pytest.raises(AuditBroken, match="give the head as NUMBER:HASH"):
        proof.verify(kept, [Head(seq=0, hash="ab" * 32)])


@pytest.mark.parametrize("action", ["UPDATE event SET actor = 'eve' WHERE seq = 3", "DELETE FROM event WHERE seq = 3"])
def test_what_breaks_the_chain_itself_is_named_without_any_head(kept: Store, action: str) -> None:
    with kept.engine.begin() as connection:
        connection.execute(text(action))
    with pytest.raises(AuditBroken, match="rewritten: event 3") as broken:
        authority.prove(kept)
    assert broken.value.seq == 3


@pytest.mark.parametrize("typed", ["", " ", "nonsense", "x" * 9_000, "1" * 5_000 + ":" + "a" * 64, "-1:" + "a" * 64, "²:" + "a" * 64, "1:", ":", "A" * 64, "a\x1b[31m"])
def test_a_slip_of_the_hand_accuses_no_log(kept: Store, typed: str) -> None:
    with pytest.raises(StoreError, match=r"no head .*give NUMBER:HASH") as told:
        authority.prove(kept, typed=[typed])
    assert not isinstance(told.value, AuditBroken)


def test_a_file_of_heads_that_is_empty_or_gone_proves_nothing_and_says_so(kept: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(StoreError, match="holds no head"):
        authority.prove(kept, [tmp_path / "empty"])
    kept.heads = HeadFile(tmp_path / "no" / "folder")
    with pytest.raises(StoreError, match="was not kept"):
        authority.keep_head(kept)
    ok, said = told(kept, audit_heads=tmp_path / "gone")
    assert not ok and "is not there" in said
    rc, said = shell(kept, "audit", "verify", heads=tmp_path / "gone")
    assert rc == 1 and "is not there" in said and "Traceback" not in said


def test_a_log_without_any_row_is_cut_where_people_work(any_store: Store) -> None:
    any_store.heads = None
    assert authority.prove(any_store).events == 0
    authority.add_person(any_store, "ada", "admin", actor="ada")
    cut(any_store, 0)
    with pytest.raises(AuditBroken, match="cut: it is empty") as broken:
        authority.prove(any_store)
    assert (broken.value.kind, broken.value.seq) == ("cut", 1)


# the file of heads --------------------------------------------------------------------------------------------------


def test_every_act_leaves_a_head_that_only_its_owner_reads(kept: Store) -> None:
    path = kept.heads.path  # type: ignore[union-attr]
    heads = read(path).heads
    assert [h.seq for h in heads] == list(range(1, 13)) and len({h.store for h in heads}) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and heads[-1].hash == people.chain_head(kept)[1]


def test_heads_are_appended_through_no_link(store: Store, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "link").symlink_to(victim)
    store.heads = HeadFile(tmp_path / "link")
    acts(store, 1)
    assert victim.read_text() == "mine"


def test_an_act_that_is_rolled_back_leaves_no_head(kept: Store) -> None:
    with pytest.raises(ZeroDivisionError), kept.session() as session:
        people.record(session, action="act", object_="x", actor="ben")
        raise ZeroDivisionError
    assert len(read(kept.heads.path).heads) == 12 and verdict(kept) == ("whole", 0)  # type: ignore[union-attr]


def test_heads_of_another_store_prove_nothing(kept: Store, tmp_path: Path) -> None:
    other = ss.open_store(f"sqlite:///{tmp_path / 'other.db'}", heads=tmp_path / "other.heads")
    acts(other, 3)
    other.close()
    assert verdict(kept, heads=tmp_path / "other.heads")[0] == "replaced"


def test_a_line_that_was_torn_takes_nothing_from_the_others(kept: Store) -> None:
    path = kept.heads.path  # type: ignore[union-attr]
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])  # a power cut, then work goes on
    count = len(whole.splitlines())
    acts(kept, 1)
    found = read(path)
    assert found.broken == [count] and len(found.heads) == count
    assert authority.prove(kept, [path]).broken == (f"{path}:{count}",)
    with kept.engine.begin() as connection:
        connection.execute(text("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)"))
    assert verdict(kept)[0] == "cut"


@pytest.mark.parametrize("junk", [b"\xff\xfe", b"[]", b"hello", b'{"seq":"x"}', b'{"hash":"a"}\n{}'])
def test_a_file_that_holds_no_heads_is_one_line(kept: Store, tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "junk").write_bytes(junk)
    with pytest.raises(StoreError, match="holds no heads"):
        authority.prove(kept, [tmp_path / "junk"])


# the house's key ----------------------------------------------------------------------------------------------------


def pem(folder: Path, name: str = "audit") -> tuple[Path, Path]:
    key = Ed25519PrivateKey.generate()
    private, public = folder / f"{name}.pem", folder / f"{name}.pub"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def test_signed_heads_hold_and_forged_ones_do_not(store: Store, tmp_path: Path) -> None:
    private, public = pem(tmp_path)
    path = tmp_path / "signed.heads"
    store.heads = HeadFile(path)
    acts(store, 1)  # from before the house had a key
    store.heads = HeadFile(path, Key(private.read_text()))
    acts(store, 3)
    checking = Key(public.read_text())
    assert authority.prove(store, [path], key=checking).heads == 4
    whole = path.read_bytes().splitlines()
    forged = json.loads(whole[2]) | {"hash": "ab" * 32}
    bare = {k: v for k, v in json.loads(whole[2]).items() if k != "signature"}
    foreign = Key(pem(tmp_path, "eve")[0].read_text()).sign(Head.model_validate_json(whole[2])).model_dump()
    for line in (forged, bare, foreign):
        path.write_bytes(b"\n".join([*whole[:2], json.dumps(line).encode(), whole[3]]))
        with pytest.raises(AuditBroken, match="not signed by the house's key"):
            authority.prove(store, [path], key=checking)


@pytest.mark.parametrize("junk", ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "QUFBQQ=="])
def test_a_key_that_is_none_is_one_line_that_does_not_repeat_it(junk: str) -> None:
    with pytest.raises(ConfigError, match="Ed25519") as error:
        Key(junk)
    assert not junk or junk not in str(error.value) or len(junk) == 1


# exports, backups, doctor, command line -----------------------------------------------------------------------------


def test_a_manifest_keeps_every_head_it_ever_had(kept: Store, tmp_path: Path) -> None:
    for _ in range(3):
        ss.export(kept, tmp_path / "out")
        acts(kept, 2)
    manifest = ss.export(kept, tmp_path / "out")
    assert [h["seq"] for h in manifest["audit"]["heads"]] == [12, 14, 16, 18]
    assert verdict(kept, heads=tmp_path / "out" / "manifest.json") == ("whole", 0)


@pytest.mark.parametrize("harm", [h for h in HARMS if h != "nothing"])
def test_no_export_writes_over_an_anchor_that_speaks_against_it(kept: Store, tmp_path: Path, harm: str) -> None:
    ss.export(kept, tmp_path / "out")
    before = (tmp_path / "out" / "manifest.json").read_bytes()
    HARMS[harm][0](kept)
    with pytest.raises(AuditBroken, match="nothing was written"):
        ss.export(kept, tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").read_bytes() == before


def test_a_manifest_from_before_its_history_is_an_anchor_too(kept: Store, tmp_path: Path) -> None:
    manifest = ss.export(kept, tmp_path / "out")
    del manifest["audit"]["heads"]
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(manifest))
    cut(kept, 5)
    with pytest.raises(AuditBroken, match="cut"):
        ss.export(kept, tmp_path / "out")


def shell(store: Store, *words: str, heads: Path | None = None) -> tuple[int, str]:
    """Run the command line on this store in a process of its own; return its exit code and what it printed."""
    store.close()
    env = {**os.environ, "SONGSTORY_STORE": store.engine.url.render_as_string(), **({"SONGSTORY_AUDIT_HEADS": str(heads)} if heads else {})}
    with contextlib.chdir(database(store).parent):
        done = songstory(*words, env=env)
    return done.returncode, done.stdout + done.stderr


def database(store: Store) -> Path:
    return Path(str(store.engine.url.database))


def test_a_restored_backup_says_so_itself(store: Store, tmp_path: Path) -> None:
    acts(store, 9)
    backups.witnessed(store, backups.backup(store, tmp_path / "copy.db"), actor="ada")
    acts(store, 9)
    assert shell(store, "restore", "copy.db", "--replace")[0] == 0
    code, said = shell(store, "audit", "verify", "--json")
    assert (code, json.loads(said)["what"], json.loads(said)["first_bad"]) == (1, "restored", 10)
    (event,) = people.events(store, action="store.restore").items
    assert (event.data["events"], event.data["was"]["events"]) == (9, 19)


def test_a_copied_file_put_back_by_hand_is_found_out_once_it_goes_on(store: Store, tmp_path: Path) -> None:
    acts(store, 5)
    backups.backup(store, tmp_path / "old.db")
    acts(store, 5)
    store.close()
    for ending in ("", "-wal", "-shm"):
        database(store).with_name(database(store).name + ending).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", database(store))
    assert verdict(store) == ("cut", 6)
    acts(store, 2)
    assert verdict(store) == ("restored", 6)


def told(store: Store, **more: object) -> tuple[bool, str]:
    lines = diagnose(Settings(store=store.engine.url.render_as_string(), _env_file=None, **more))
    return next((bool(x["ok"]), str(x["detail"])) for x in lines if x["what"] == "audit log")


def test_doctor_says_where_no_head_is_kept_outside(store: Store, tmp_path: Path) -> None:
    assert "no outside head exists" in told(store)[1]
    acts(store, 2)
    assert "no head is kept outside of this disk" in told(store)[1]
    (tmp_path / "away").mkdir()
    store.heads = HeadFile(tmp_path / "away" / "songs.heads")
    acts(store, 2)
    ok, said = told(store, audit_heads=tmp_path / "away" / "songs.heads")
    assert ok and said.startswith("4 events") and "SONGSTORY_AUDIT_HEADS" not in said
    cut(store, 3)
    assert told(store, audit_heads=tmp_path / "away" / "songs.heads") == (
        False,
        told(store, audit_heads=tmp_path / "away" / "songs.heads")[1],
    )


def test_a_store_keeps_its_name_through_a_backup(store: Store, tmp_path: Path) -> None:
    backups.backup(store, tmp_path / "copy.db")
    with store.reading() as session, sqlite3.connect(tmp_path / "copy.db") as copy:
        assert proof.store_uid(session) == copy.execute("SELECT uid FROM store_identity").fetchone()[0]
    assert os.path.getsize(tmp_path / "copy.db")
