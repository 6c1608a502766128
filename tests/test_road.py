"""The road never breaks under a person: every act may be repeated, and no error of a database reaches anyone but as one line."""

import hashlib
import shutil
from collections import Counter, deque
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from conftest import LINES, PEOPLE
from postgres import fresh_database
from races import at_once
from sqlalchemy import text

import songstory as ss
from songstory import authority, review, undoing
from songstory.errors import Crossed, NotAllowed, StoreError, StoreUnavailable
from songstory.models import Role, Status
from songstory.review import MOVES
from songstory.store import Store, people, stories

PERSON = "INSERT INTO actor (name, role, kind, disabled) VALUES ('ada', 'admin', 'person', {})"


FOREIGN: list[tuple[str, dict[str, object], type[StoreError], str]] = [
    (PERSON, {}, Crossed, "look again"),
    ("INSERT INTO actor (name) VALUES ('x')", {}, Crossed, "look again"),
    ("SELECT * FROM nowhere", {}, StoreError, "songstory init"),
    ("SELECT nobody FROM actor", {}, StoreError, "songstory init"),
    ("SELECT id FROM actor WHERE name = :x", {"x": "\ud800"}, StoreError, "unusual|taken"),
    ("SELECT id FROM actor WHERE id = :x", {"x": 10**30}, StoreError, "unusual|taken"),
]


def test_a_foreign_error_is_one_line_with_the_way_out(road: Store) -> None:
    false = "false" if road.dialect == "postgresql" else "0"
    for statement, values, kind, says in FOREIGN:
        with pytest.raises(StoreError, match=says) as found, road.session() as session:
            session.execute(text(statement.format(false)), values).all()
            raise StoreError("it was taken")
        assert type(found.value) is kind and not any(odd in str(found.value) for odd in ("\n", "SELECT", "INSERT"))
    assert authority.check_log(road, actor="ada")  # the store goes on


def test_a_store_that_is_no_store_is_one_line(desk: Store) -> None:
    with desk.session() as session:
        session.execute(text("DROP TABLE publication"))
    with pytest.raises(StoreError, match="songstory init"):
        ss.published(desk, "sledgehammer")


def test_a_fault_of_our_own_keeps_its_trace(desk: Store) -> None:
    with pytest.raises(ZeroDivisionError), desk.session():
        1 / 0  # noqa: B018


def test_one_name_added_many_times_at_once_is_one_person(road: Store) -> None:
    came = at_once([lambda: ss.add_person(road, "ines", "editor", actor="ada")] * 20)
    assert came == Counter(well=20)
    assert issubclass(Crossed, StoreError) and issubclass(StoreUnavailable, StoreError)


# acts -----------------------------------------------------------------------------------------------------------------

Stand = tuple[str, bool]  # status, and whether a revision is live
ACTS = {name: getattr(review, name) for name in MOVES}
ROLES = {Role.WRITER: ["mara", "ben", "bea", "cleo", "dora"], Role.EDITOR: ["ben", "bea", "cleo", "dora"], Role.PUBLISHER: ["cleo", "dora"]}


def after(act: str, stand: Stand) -> Stand | None:
    """Where the table says that an act leads on one and the same text; None where it is not allowed."""
    status, live = stand
    if act == "restore":  # only what a changed fact pulled may be restored; no person's act leads there
        return None
    if status not in MOVES[act].was or (act == "withdraw" and not live) or (act == "discard" and live):
        return None
    return str(MOVES[act].to), live if act not in {"publish", "withdraw"} else act == "publish"


def way(stand: Stand, act: str) -> list[str]:
    """The shortest row of acts from where a text stands to where `act` is allowed."""
    queue: deque[tuple[Stand, list[str]]] = deque([(stand, [])])
    seen = {stand}
    while queue:
        here, gone = queue.popleft()
        if after(act, here):
            return gone
        for name in sorted(MOVES):
            if (there := after(name, here)) and there not in seen:
                seen.add(there)
                queue.append((there, [*gone, name]))
    raise AssertionError(f"no way from {stand} to {act}")


PAIRS = [(a, b) for a in sorted(MOVES) for b in sorted(MOVES) if any(
    after(b, there) for s in Status for live in (True, False) if (there := after(a, (str(s), live))))]  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def road(request: pytest.FixtureRequest, empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all roads, on both databases; each test walks on a text of its own."""
    folder = tmp_path_factory.mktemp("road")
    address = f"sqlite:///{shutil.copy(empty, folder / 'road.db')}"
    store = ss.open_store(fresh_database(request.getfixturevalue("postgres"), "road") if request.param == "postgresql" else address)
    (folder / "small.jsonl").write_bytes(LINES)
    ss.import_file(store, folder / "small.jsonl")
    for name, role in {**PEOPLE, "dora": "publisher"}.items():
        ss.add_person(store, name, role, actor="ada")
    yield store
    store.close()


@pytest.fixture
def text_(road: Store, request: pytest.FixtureRequest) -> tuple[Store, str]:
    market = hashlib.sha256(request.node.name.encode()).hexdigest()[:8]
    return road, ss.generate(road, "sledgehammer", ss.open_writer(), market=market).id


def test_every_pair_of_acts_is_walked_again_and_again_by_the_same_and_by_others(text_: tuple[Store, str]) -> None:
    store, revision = text_
    stand, turn = ("draft", False), 0
    for (one, other), same in product(PAIRS, (True, True, False)):
        for act in [*way(stand, one), one, other]:
            if not after(act, stand):
                break  # the pair is for a text that is (or is not) live
            turn += 1
            who = "cleo" if same else ROLES[MOVES[act].role][turn % len(ROLES[MOVES[act].role])]
            found = ACTS[act](store, revision, actor=who, comment="again")
            stand = (str(found.status), found.live_revision is not None)
    assert turn > 3 * len(PAIRS) and people.verify_chain(store)[0] > turn


def test_an_approval_taken_back_is_given_again_and_named_once_on_the_page(text_: tuple[Store, str]) -> None:
    store, revision = text_
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="bea")
    ss.request_changes(store, revision, actor="ben", comment="once more")
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="ben")
    undoing.undo(store, revision.rpartition(".")[0], actor="ben")
    ss.submit(store, revision, actor="mara")
    ss.approve(store, revision, actor="ben")
    ss.publish(store, revision, actor="cleo")
    body = ss.published(store, "sledgehammer", market=stories.get_story(store, revision.rpartition(".")[0]).market)
    assert body is not None and body["approved_by"] == ["ben"]


def test_an_approval_taken_back_opens_no_four_eyes(text_: tuple[Store, str]) -> None:
    store, first = text_
    own = ss.edit(store, first, stories.get_revision(store, first).cards, actor="ben").id
    ss.submit(store, own, actor="ben")
    ss.approve(store, own, actor="bea")
    ss.request_changes(store, own, actor="ben", comment="mine")
    ss.submit(store, own, actor="ben")
    with pytest.raises(NotAllowed, match="another editor"):
        ss.approve(store, own, actor="ben")


def test_of_many_clicks_of_one_person_one_counts_and_the_others_are_told(text_: tuple[Store, str]) -> None:
    store, revision = text_
    for act, role in (("submit", "mara"), ("approve", "ben"), ("publish", "cleo"), ("withdraw", "cleo"), ("reopen", "ben")):
        came = at_once([lambda a=act, r=role: ACTS[a](store, revision, actor=r)] * 16)  # type: ignore[misc]
        assert came["well"] == 1 and came.keys() <= {"well", "IllegalMove", "StaleRevision"}
