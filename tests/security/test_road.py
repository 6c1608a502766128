"""The road never breaks under a person: every act may be repeated, and no error of a database reaches anyone but as one line."""

from collections import Counter

import pytest
from races import at_once
from sqlalchemy import text

import songstory as ss
from songstory import authority
from songstory.errors import Crossed, StoreError, StoreUnavailable
from songstory.store import Store

PERSON = "INSERT INTO actor (name, role, kind, disabled) VALUES ('ada', 'admin', 'person', {})"


FOREIGN: list[tuple[str, dict[str, object], type[StoreError], str]] = [
    (PERSON, {}, Crossed, "look again"),
    ("INSERT INTO actor (name) VALUES ('x')", {}, Crossed, "look again"),
    ("SELECT * FROM nowhere", {}, StoreError, "songstory init"),
    ("SELECT nobody FROM actor", {}, StoreError, "songstory init"),
    ("SELECT id FROM actor WHERE name = :x", {"x": "\ud800"}, StoreError, "unusual"),
    ("SELECT id FROM actor WHERE id = :x", {"x": 10**30}, StoreError, "unusual|taken"),
]


def test_a_foreign_error_is_one_line_with_the_way_out(any_desk: Store) -> None:
    false = "false" if any_desk.dialect == "postgresql" else "0"
    for statement, values, kind, says in FOREIGN:
        with pytest.raises(StoreError, match=says) as found, any_desk.session() as session:
            session.execute(text(statement.format(false)), values).all()
            raise StoreError("it was taken")
        assert type(found.value) is kind and not any(odd in str(found.value) for odd in ("\n", "SELECT", "INSERT"))
    assert authority.check_log(any_desk, actor="ada")  # the store goes on


def test_a_store_that_is_no_store_is_one_line(desk: Store) -> None:
    with desk.session() as session:
        session.execute(text("DROP TABLE publication"))
    with pytest.raises(StoreError, match="songstory init"):
        ss.published(desk, "sledgehammer")


def test_a_fault_of_our_own_keeps_its_trace(desk: Store) -> None:
    with pytest.raises(ZeroDivisionError), desk.session():
        1 / 0  # noqa: B018


def test_one_name_added_many_times_at_once_is_one_person(any_desk: Store) -> None:
    came = at_once([lambda: ss.add_person(any_desk, "ines", "editor", actor="ada")] * 20)
    assert came == Counter(well=20)
    assert issubclass(Crossed, StoreError) and issubclass(StoreUnavailable, StoreError)
