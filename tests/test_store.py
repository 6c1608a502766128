import contextlib
import gc
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from postgres import fresh_database
from sqlalchemy import select, text

import songstory as ss
from songstory.errors import StoreError
from songstory.models import Usage, now
from songstory.store import HEAD, Store, audit_tables, catalogue, cluster_tables, desk_tables, ledger, migrate, nights, people, tables
from songstory.store.columns import Moment, metadata
from songstory.store.tables import AttemptRow
from songstory.work import Attempt

assert tables and desk_tables and cluster_tables and audit_tables  # the models are known once their modules are loaded


def test_opening_twice_keeps_what_is_there(any_desk: Store) -> None:
    again = ss.open_store(any_desk.engine.url.render_as_string(hide_password=False))
    assert ss.brief_of(again, "sledgehammer").track.title == "Sledgehammer"
    again.close()


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/db", "sqlite:////no/such/folder/x.db", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_bad_address_is_one_line(url: str) -> None:
    with pytest.raises(StoreError) as caught:
        ss.open_store(url)
    assert "\n" not in str(caught.value)


def test_a_missing_store_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="songstory init"):
        ss.open_store(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    assert not (tmp_path / "none.db").exists()


def test_a_store_of_a_newer_songstory_is_refused(any_store: Store) -> None:
    with any_store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer songstory"):
        migrate.upgrade(any_store.engine)


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database at all, just text" * 100)
    with pytest.raises(StoreError, match="not a database"):
        ss.open_store(f"sqlite:///{tmp_path / 'x.db'}")


def test_sqlite_promises_what_was_committed(store: Store) -> None:
    with store.engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("journal_mode", "synchronous", "foreign_keys")]
    assert found == ["wal", 2, 1]


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.session() as session:
        session.execute(
            text(
                "INSERT INTO source (key, name, licence, licence_url, attribution, url, trust, independent_group) VALUES ('x','x','x','','','',1,'')"
            )
        )
        raise RuntimeError
    with store.session() as session:
        assert session.execute(text("SELECT count(*) FROM source")).scalar() == 0


def test_errors_show_no_bound_values(store: Store) -> None:
    with pytest.raises(sqlite3.Error) as caught, store.engine.connect() as connection:
        try:
            connection.execute(text("SELECT * FROM missing WHERE x = :x"), {"x": "canary"})
        except Exception as error:
            assert "canary" not in str(error)
            raise error.__cause__ from None  # type: ignore[misc]
    assert "canary" not in str(caught.value)


def test_naive_times_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="aware"):
        Moment().process_bind_param(now().replace(tzinfo=None), store.engine.dialect)


def test_many_threads_may_write(desk: Store) -> None:
    threads = [threading.Thread(target=ss.add_person, args=(desk, f"p{i}", "writer"), kwargs={"actor": "ada"}) for i in range(20)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sum(p.name.startswith("p") for p in people.list_people(desk)) == 20
    people.verify_chain(desk)


def test_a_connection_kept_for_reading_never_serves_a_session(any_store: Store) -> None:
    threads = [threading.Thread(target=any_store.raw) for _ in range(20)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    gc.collect()
    for _ in range(20):
        with contextlib.suppress(KeyError), any_store.session() as session:
            session.connection().execute(text("UPDATE schema_note SET oldest = 'changed'"))
            raise KeyError
    with any_store.reading() as session:
        assert session.connection().execute(text("SELECT oldest FROM schema_note")).scalar_one() != "changed"


@pytest.mark.parametrize("change", ["predicate = 'sung_on_the_moon'", "value = '[1]'", "qualifiers = '[]'"])
def test_a_fact_that_this_version_cannot_read_is_left_out_and_the_rest_stands(any_desk: Store, change: str) -> None:
    facts = catalogue.facts_of(any_desk, "sledgehammer")
    with any_desk.session() as session:
        session.connection().execute(text(f"UPDATE fact SET {change} WHERE key = :key"), {"key": facts[0].key})
    assert catalogue.facts_of(any_desk, "sledgehammer") == facts[1:]
    assert sum(ss.run_night(ss.Night(any_desk, ss.open_writer())).counts.values()) == 2


def test_closing_the_store_closes_what_other_threads_kept(any_store: Store) -> None:
    kept: list[Any] = []
    there, over = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: (kept.append(any_store.raw()), there.set(), over.wait(5)))
    thread.start()
    there.wait(5)
    any_store.close()
    with pytest.raises(Exception, match="closed"):
        kept[0].execute("SELECT 1")
    over.set()
    thread.join()


def test_the_newest_schema_version_is_that_of_the_migrations() -> None:
    assert migrate.head() == HEAD


# what was spent -------------------------------------------------------------------------------------------------------


def asked(store: Store, run: str, at: datetime, dollars: int | None, *, name: str = "g", batch: str = "") -> None:
    used = Usage(input_tokens=(dollars or 0) * 1_000_000, output_tokens=0)
    with store.session() as session:
        row = Attempt(name=name, kind="first", model="nobody-knows" if dollars is None else "claude-haiku-4-5", usage=used, at=at)
        ledger.keep(store, session, [row], [], run=run, batch=batch)


@pytest.fixture
def spender(any_store: Store) -> tuple[Store, str]:
    """A store in which a night spent 1 and 2 dollars in two months, and something unknown; 4 were spent by no run at all."""
    run = nights.open_night(any_store, "w", "live")
    asked(any_store, run, datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC), 1)
    asked(any_store, run, datetime(2026, 4, 1, tzinfo=UTC), 2)
    asked(any_store, run, datetime(2026, 4, 1, tzinfo=UTC), None)
    asked(any_store, "", datetime(2026, 4, 2, tzinfo=timezone(timedelta(hours=2))), 4)  # still the first of April
    return any_store, run


def used(store: Store, run: str, at: datetime) -> dict[str, float]:
    return {name: round(100 - ledger.room(store, run, {name: 100.0}, at=at), 6) for name in ("run", "day", "month")}


def test_the_sums_follow_the_ledger(spender: tuple[Store, str]) -> None:
    store, run = spender
    assert used(store, run, datetime(2026, 4, 1, 12, tzinfo=UTC)) == {"run": 3, "day": 6, "month": 6}
    assert used(store, run, datetime(2026, 4, 2, tzinfo=UTC)) == {"run": 3, "day": 0, "month": 6}
    with store.reading() as session:
        assert ledger.calls_of(session, run) == (3, 3.0)


def test_what_a_batch_brings_twice_is_spent_once(any_store: Store) -> None:
    run = nights.open_night(any_store, "w", "batch")
    for _ in range(2):
        asked(any_store, run, datetime(2026, 4, 1, tzinfo=UTC), 2, batch="b1")
    assert used(any_store, run, datetime(2026, 4, 1, tzinfo=UTC))["run"] == 1  # a batch costs half


def test_an_older_ledger_is_summed_when_the_schema_is_brought_up(spender: tuple[Store, str]) -> None:
    store, run = spender
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)
    before = used(store, run, noon)
    migrated(store, "0007", "head")
    assert used(store, run, noon) == before


def test_what_is_asked_while_the_schema_is_brought_up_is_summed_once(any_store: Store) -> None:
    run, noon, over = nights.open_night(any_store, "w", "live"), datetime(2026, 4, 1, 12, tzinfo=UTC), threading.Event()
    migrated(any_store, "0007")

    def ask_on() -> None:
        while not over.is_set():
            asked(any_store, run, noon, 1)

    threads = [threading.Thread(target=ask_on) for _ in range(4)]
    [t.start() for t in threads]
    migrated(any_store, "head")
    over.set()
    [t.join() for t in threads]
    with any_store.reading() as session:
        calls = session.connection().execute(text("SELECT count(*) FROM attempt")).scalar_one()
        assert ledger.calls_of(session, run) == (calls, float(calls))


def test_a_store_of_the_step_before_tells_its_readers_of_changes_too(postgres: str) -> None:
    store = ss.open_store(fresh_database(postgres, "told"))
    migrated(store, "0007")
    with store.session() as session:
        session.connection().execute(text("DROP TRIGGER publication_changed ON publication"))  # as that step first was
    migrated(store, "head")
    with store.reading() as session:
        told = session.connection().execute(text("SELECT count(*) FROM pg_trigger WHERE tgname = 'publication_changed'"))
        assert told.scalar_one() == 1
    store.close()


def test_old_code_that_knows_no_sums_keeps_them_too(spender: tuple[Store, str]) -> None:
    """The step before this one may go on while machines are upgraded: the store itself adds up."""
    store, run = spender
    noon = datetime(2026, 4, 1, 12, tzinfo=UTC)
    with store.session() as session:
        session.add(AttemptRow(fingerprint="old", model="m", cost_usd=5.0, at=noon))
    assert used(store, run, noon) == {"run": 3, "day": 11, "month": 11}


# the schema, forth and back --------------------------------------------------------------------------------------------


def migrated(store: Store, *targets: str) -> None:
    for target in targets:
        with store.engine.begin() as connection:
            config = migrate._config()
            config.attributes["connection"] = connection
            (command.upgrade if target == "head" else command.downgrade)(config, target)


def dumped(store: Store) -> dict[str, list[str]]:
    """Return every row of every table that the models know, but for what the newest step added."""
    new = {"slice", "worker", "bucket", "schema_note", "spend", "store_identity", "erased", "lease"}
    columns = {
        "run": {"terms"}, "run_item": {"slice"}, "batch": {"slice", "cursor"}, "attempt": {"trace_id"},
        "source": {"declared_by", "origin"}, "approval": {"voided_at"}, "reservation": {"model", "until"},
    }  # fmt: skip
    found = {}
    with store.engine.connect().execution_options(reading=True) as connection:
        for name, table in metadata.tables.items():
            if name not in new:
                kept = [c for c in table.columns if c.name not in columns.get(name, set())]
                found[name] = sorted(str(row) for row in connection.execute(select(*kept)))
    return found


def test_each_step_of_the_schema_goes_back_and_forth_and_keeps_what_is_there(any_desk: Store) -> None:
    ss.run_night(ss.Night(any_desk, ss.open_writer()))
    before = dumped(any_desk)
    migrated(any_desk, "0007", "head", "0006", "head", "0005", "head")
    after = dumped(any_desk)
    assert before.keys() == after.keys() and {n for n in before if before[n] != after[n]} <= {"working_copy", "setting", "intake"}


def test_the_models_are_what_the_migrations_made(any_store: Store) -> None:
    known = {"intake", "intake_fact", "match_case", "line"}  # tables that are written by plain SQL
    with any_store.engine.connect().execution_options(reading=True) as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    told = [d for d in found if d[0] not in {"add_index", "remove_index"} and not (d[0] == "remove_table" and d[1].name in known)]
    assert told == []


_NEXT = f"{int(HEAD) + 1:04}"


@pytest.mark.parametrize(("oldest", "welcome"), [(HEAD, True), (_NEXT, False)])
def test_old_code_works_one_step_behind_where_the_new_schema_lets_it(any_desk: Store, oldest: str, welcome: bool) -> None:
    """Machines are upgraded one by one: a step that only adds says so, and the code before it goes on meanwhile."""
    with any_desk.engine.begin() as connection:
        connection.execute(text("ALTER TABLE run ADD COLUMN colour VARCHAR NOT NULL DEFAULT ''"))
        connection.execute(text("UPDATE alembic_version SET version_num = :next"), {"next": _NEXT})
        connection.execute(text("UPDATE schema_note SET oldest = :oldest"), {"oldest": oldest})
    url = any_desk.engine.url.render_as_string(hide_password=False)
    if welcome:
        old = ss.open_store(url)
        assert ss.run_night(ss.Night(old, ss.open_writer())).status == "finished"
        old.close()
    else:
        with pytest.raises(StoreError, match="newer songstory"):
            ss.open_store(url)
