import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

import songstory as ss
from songstory.errors import StoreError
from songstory.models import now
from songstory.store import Store, migrate
from songstory.store.columns import Moment


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
    from songstory.store import people

    assert sum(p.name.startswith("p") for p in people.list_people(desk)) == 20
    people.verify_chain(desk)


def test_the_newest_schema_version_is_that_of_the_migrations() -> None:
    from songstory.store import HEAD, migrate

    assert migrate.head() == HEAD
