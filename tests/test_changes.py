"""The dirty set, kept by triggers on both databases."""

import pytest
from sqlalchemy import text

from songstory.store import Store, catalogue, changes


def clean_all(store: Store) -> None:
    with store.session() as session:
        session.execute(text("DELETE FROM dirty"))


def facts(store: Store) -> dict[str, str]:
    return {f.predicate: f.key for f in catalogue.facts_of(store, "sledgehammer")}


def test_new_tracks_are_dirty(any_desk: Store) -> None:
    assert {track for _, track, _ in changes.dirty(any_desk)} == {"sledgehammer", "silent"}


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("UPDATE fact SET retracted_at = '2026-01-01T00:00:00+00:00' WHERE predicate = 'tempo'", "fact_changed"),
        (
            "INSERT INTO fact_flag (fact_id, flag, note, actor, at) SELECT id, 'disputed', '', '', '2026-01-01' FROM fact WHERE predicate = 'tempo'",
            "flag_set",
        ),
        ("UPDATE entity_name SET name = 'Dan Lanois' WHERE name = 'Daniel Lanois'", "name_changed"),
        ("DELETE FROM entity_name WHERE name = 'D. Lanois'", "name_removed"),
        ("DELETE FROM track_entity WHERE relation = 'artist'", "unlinked"),
    ],
)
def test_whoever_changes_it_the_track_is_dirty(any_desk: Store, statement: str, cause: str) -> None:
    clean_all(any_desk)
    with any_desk.session() as session:
        session.execute(text(statement))
    assert [(track, why) for _, track, why in changes.dirty(any_desk)] == [("sledgehammer", cause)]


def test_clearing_a_flag_makes_dirty(any_desk: Store) -> None:
    with any_desk.session() as session:
        catalogue.set_flag(session, facts(any_desk)["tempo"], "sensitive")
    clean_all(any_desk)
    with any_desk.session() as session:
        catalogue.clear_flag(session, facts(any_desk)["tempo"], "sensitive")
    assert changes.dirty(any_desk)[0][2] == "flag_cleared"


def test_a_change_that_came_meanwhile_stays_dirty(any_desk: Store) -> None:
    with any_desk.session() as session:
        row = catalogue.track_row(session, "sledgehammer")
        seen = changes.dirty_seq(session, int(row.id or 0))
        catalogue.retract(session, facts(any_desk)["tempo"])
        changes.clean(session, [seen])
    assert "sledgehammer" in {track for _, track, _ in changes.dirty(any_desk)}


def test_a_number_once_used_is_never_used_again(any_desk: Store) -> None:
    last = max(seq for seq, _, _ in changes.dirty(any_desk))
    clean_all(any_desk)
    with any_desk.session() as session:
        catalogue.retract(session, facts(any_desk)["tempo"])
    assert changes.dirty(any_desk)[0][0] > last
