"""Who may do what beyond the acts of review: every act of the house by every kind of person; sign-ins, sessions, switches, budgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

import songstory as ss
from songstory import authority, changing, decisions, importing_apart
from songstory.errors import NotAllowed, ReviewError, SessionEnded, StoreError, SwitchedOff
from songstory.models import Identity, Role, now
from songstory.nightly import launching, single
from songstory.store import Store, people, rules
from songstory.writers.scripted import Scripted

TRACK, ISSUER = "sledgehammer", "https://id.example"
WRITERS, EDITORS, PUBLISHERS, ADMIN = {"mara", "ben", "cleo"}, {"ben", "cleo"}, {"cleo"}, {"ada"}
WHO = ["mara", "ben", "cleo", "ada", "night", "gone", "stranger"]

# act: (how it is called by somebody, who may). What is refused for another reason than the person still passed the door.
ACTS: dict[str, tuple[Callable[[Store, str], object], set[str]]] = {
    "add a person": (lambda s, w: authority.add_person(s, "new", "writer", actor=w), ADMIN),
    "keep out": (lambda s, w: authority.disable(s, "bea", actor=w), ADMIN),
    "let in": (lambda s, w: authority.enable(s, "bea", actor=w), ADMIN),
    "sign another out": (lambda s, w: authority.end_sessions(s, "bea", actor=w), ADMIN),
    "switch": (lambda s, w: authority.switch(s, "publishing", False, actor=w), ADMIN),
    "set a budget": (lambda s, w: authority.set_budget(s, "day", 5.0, actor=w), ADMIN),
    "read the audit log": (lambda s, w: authority.audit_log(s, actor=w), PUBLISHERS | ADMIN),
    "check the chain": (lambda s, w: authority.check_log(s, actor=w), PUBLISHERS | ADMIN),
    "generate": (lambda s, w: ss.generate(s, TRACK, ss.open_writer(), actor=w), WRITERS | {"night"}),
    "ask for a story": (lambda s, w: single.launch_story(s, "no-such-track", actor=w, model="m"), WRITERS | {"night"}),
    "edit": (lambda s, w: ss.edit(s, f"{TRACK}.1", ss.generate(s, TRACK, ss.open_writer()).cards, actor=w), WRITERS),
    "revert": (lambda s, w: ss.revert(s, f"{TRACK}.1", ss.generate(s, TRACK, ss.open_writer()).id, actor=w), WRITERS),
    "change": (lambda s, w: changing.change(s, ss.generate(s, TRACK, ss.open_writer()).id, "shorter", Scripted(), actor=w), WRITERS),
    "add a fact": (lambda s, w: ss.add_fact(s, TRACK, "key", "C major", actor=w, locator="p. 1"), EDITORS),
    "retract": (lambda s, w: ss.retract(s, "no-such-fact", actor=w), EDITORS),
    "resolve": (lambda s, w: ss.resolve_conflict(s, "no-such-fact", actor=w), EDITORS),
    "clear a flag": (lambda s, w: decisions.clear_flag(s, "no-such-fact", "disputed", actor=w), EDITORS),
    "trust": (lambda s, w: decisions.set_trust(s, "sheet", 60, actor=w), EDITORS),
    "import": (lambda s, w: importing_apart.launch(s, "empty.jsonl", b" ", actor=w), EDITORS),
    "start a run": (lambda s, w: _with_generation_off(s, lambda: launching.launch(s, "local", actor=w)), EDITORS),
    "stop a run": (lambda s, w: launching.stop(s, "no-such-run", actor=w), EDITORS),
}


def _with_generation_off(store: Store, call: Callable[[], object]) -> None:
    authority.switch(store, "generation", False, actor="ada")
    call()


@pytest.fixture
def house(desk: Store) -> Store:
    authority.add_person(desk, "gone", "publisher", actor="ada")
    authority.disable(desk, "gone", actor="ada")
    people.ensure_service(desk)
    return desk


@pytest.mark.parametrize(("act", "who"), list(product(ACTS, WHO)))
def test_every_act_of_the_house_by_everybody(house: Store, act: str, who: str) -> None:
    call, allowed = ACTS[act]
    if who in allowed:
        try:
            call(house, who)
        except NotAllowed as error:
            raise AssertionError(f"{who} may {act}") from error
        except ss.SongstoryError:
            pass  # past the door; the thing itself is not there
    else:
        with pytest.raises(NotAllowed):
            call(house, who)


@pytest.mark.parametrize("act", ["add a person", "switch", "retract", "trust"])
def test_what_was_refused_changed_nothing(house: Store, act: str) -> None:
    before = (people.list_people(house), rules.read(house))
    with pytest.raises(NotAllowed):
        ACTS[act][0](house, "mara")
    assert (people.list_people(house), rules.read(house)) == before


# sign-ins -------------------------------------------------------------------------------------------------------------


def signed(sub: str = "s-ben", minutes: float = 1, iss: str = ISSUER) -> Identity:
    return Identity(iss=iss, sub=sub, signed_in_at=now() - timedelta(minutes=minutes), label=f"{sub}@label.example")


@pytest.fixture
def signing(desk: Store) -> Store:
    authority.add_person(desk, "ben", "editor", actor="ada", iss=ISSUER, sub="s-ben")
    return desk


def test_authority_is_looked_up_by_issuer_and_subject(signing: Store) -> None:
    assert people.get_actor(signing, signed()).name == "ben"
    for other in (signed("s-eve"), signed(iss="https://evil.example"), signed("ben")):
        with pytest.raises(NotAllowed, match="nobody here signs in"):
            people.get_actor(signing, other)


@pytest.mark.parametrize("minutes", [12 * 60 + 1, -6])
def test_a_sign_in_is_good_for_twelve_hours_and_not_from_the_future(signing: Store, minutes: float) -> None:
    with pytest.raises(SessionEnded):
        people.get_actor(signing, signed(minutes=minutes))


@pytest.mark.parametrize(
    "end",
    [
        lambda s: authority.end_sessions(s, "ben", actor="ada"),
        lambda s: authority.end_sessions(s, "ben", actor=signed()),
        lambda s: authority.sign_out(s, signed(minutes=0)),
        lambda s: authority.add_person(s, "ben", "writer", actor="ada"),
    ],
)
def test_what_ends_sessions_ends_them_wherever_their_cookies_lie(signing: Store, end: Callable[[Store], object]) -> None:
    old, tomorrow = signed(), signed(minutes=-0.1)
    end(signing)
    with pytest.raises(SessionEnded):
        people.get_actor(signing, old)
    assert people.get_actor(signing, tomorrow).name == "ben"


def test_to_sign_out_one_who_is_not_known_is_nothing(signing: Store) -> None:
    authority.sign_out(signing, signed("s-eve"))


def test_an_act_is_kept_under_the_name_and_a_strangers_under_their_sign_in(signing: Store) -> None:
    revision = ss.generate(signing, TRACK, ss.open_writer())
    ss.submit(signing, revision.id, actor=signed())
    with pytest.raises(NotAllowed):
        ss.approve(signing, revision.id, actor=signed("s-eve"))
    newest = people.events(signing, size=2).items
    assert [e.actor for e in newest] == [f"s-eve at {ISSUER}", "ben"]


def test_one_sign_in_is_one_person(signing: Store) -> None:
    with pytest.raises(StoreError, match="ben signs in"):
        authority.add_person(signing, "bea", "editor", actor="ada", iss=ISSUER, sub="s-ben")
    with pytest.raises(ReviewError, match="give both"):
        authority.add_person(signing, "bea", "editor", actor="ada", iss=ISSUER)


def test_the_last_admin_stays(desk: Store) -> None:
    for act in (lambda: authority.disable(desk, "ada", actor="ada"), lambda: authority.add_person(desk, "ada", "writer", actor="ada")):
        with pytest.raises(ReviewError, match="last admin"):
            act()


def test_a_service_user_is_nobodys_name(desk: Store) -> None:
    people.ensure_service(desk)
    with pytest.raises(ReviewError, match="service user"):
        authority.add_person(desk, "night", Role.EDITOR, actor="ada")


# switches and budgets -------------------------------------------------------------------------------------------------


def test_a_switch_stops_publishing_and_lets_it_go_on(desk: Store) -> None:
    revision = ss.generate(desk, TRACK, ss.open_writer())
    ss.submit(desk, revision.id, actor="mara")
    ss.approve(desk, revision.id, actor="ben")
    authority.switch(desk, "publishing", False, actor="ada", comment="lawyers")
    with pytest.raises(SwitchedOff, match="lawyers"):
        ss.publish(desk, revision.id, actor="cleo")
    authority.switch(desk, "publishing", True, actor="ada")
    assert ss.publish(desk, revision.id, actor="cleo").status == "published"


def test_a_switch_stops_generating(desk: Store) -> None:
    authority.switch(desk, "generation", False, actor="ada")
    for call in (lambda: ss.generate(desk, TRACK, ss.open_writer()), lambda: ss.run_night(ss.Night(desk, ss.open_writer()))):
        with pytest.raises(SwitchedOff):
            call()


@pytest.mark.parametrize(("period", "usd"), [("week", 1.0), ("day", -1.0), ("day", 1e12)])
def test_a_budget_is_for_a_known_time_and_no_nonsense(desk: Store, period: str, usd: float) -> None:
    with pytest.raises(ReviewError):
        authority.set_budget(desk, period, usd, actor="ada")


def test_a_budget_is_set_and_left_to_the_environment_again(any_desk: Store) -> None:
    authority.set_budget(any_desk, "day", 5, actor="ada")
    assert rules.budgets(any_desk) == {"day": 5.0}
    authority.set_budget(any_desk, "day", None, actor="ada")
    assert rules.budgets(any_desk) == {}
    with pytest.raises(ReviewError, match="no switch"):
        authority.switch(any_desk, "everything", False, actor="ada")
