"""The dashboard without a browser: every page, role and act; what nobody may see; where strangers' text may go."""

from __future__ import annotations

import ast
import colorsys
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from factories import join_apart
from pages import AppTest
from postgres import fresh_database
from sqlalchemy import create_engine, text
from streamlit import config

import songstory as ss
from songstory import assets, authority
from songstory.models import Role, Sentence, Status, now
from songstory.review import MOVES
from songstory.store import Store, people, progress, roster, rules, runs, stories, working
from songstory.work import WorkerSeen
from songstory.workers import planning

UI = assets.shipped("ui")
sys.path.insert(0, str(UI))
SCREENS = sorted(p.stem for p in (UI / "screens").glob("*.py"))
ISSUER = "https://id.example"
TRACK = "sledgehammer"
DESK = {"mara": Role.WRITER, "ben": Role.EDITOR, "cleo": Role.PUBLISHER, "ada": Role.ADMIN}
SINKS = {
    "markdown", "write", "caption", "html", "metric", "badge", "table", "warning", "error", "info", "success", "title", "header", "subheader",
    "latex", "toast", "exception", "status", "expander", "popover",
}  # fmt: skip


@pytest.fixture
def served(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name, role in DESK.items():
        authority.add_person(desk, name, role, actor="ada", iss=ISSUER, sub=name)
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", f"{ISSUER}/.well-known/openid-configuration")
    yield from opened(desk, monkeypatch)


@pytest.fixture
def alone(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    config.set_option("server.address", "127.0.0.1")
    yield from opened(desk, monkeypatch)
    config.set_option("server.address", None)


def opened(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("SONGSTORY_STORE", store.engine.url.render_as_string(hide_password=False))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield store
    import shared

    shared.store().close()
    st.cache_resource.clear()


def claims(who: str, **other: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "iss": ISSUER, "sub": who, "iat": int((now() + timedelta(seconds=2)).timestamp()), **other}


def open_page(name: str = "queue", who: str = "cleo", signed_in: dict[str, Any] | None = None, **query: str) -> AppTest:
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=60)
    app.user = claims(who) if signed_in is None else signed_in
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"screens/{name}.py").run()
    assert not app.exception, app.exception[0].value
    return app


def button(app: AppTest, label: str) -> Any:
    return next((b for b in app.button if b.label.split(" `")[0] == label), None)


def press(app: AppTest, label: str) -> AppTest:
    found = button(app, label)
    assert found is not None, [b.label for b in app.button]
    found.click().run()
    assert not app.exception, app.exception[0].value
    return app


def texts(app: AppTest) -> str:
    return "\n".join(str(e.value) for kind in (app.text, app.title) for e in kind)


def story(store: Store, status: str = "draft") -> ss.Revision:
    """A story that stands at `status`, by the road that leads there."""
    revision = ss.generate(store, TRACK, ss.open_writer())
    roads: dict[str, list[tuple[Callable[..., Any], str]]] = {
        "draft": [], "in_review": [(ss.submit, "mara")], "approved": [(ss.submit, "mara"), (ss.approve, "ben")],
        "changes_requested": [(ss.submit, "mara"), (ss.request_changes, "ben")], "discarded": [(ss.discard, "ben")],
        "published": [(ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")],
        "withdrawn": [(ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo"), (ss.withdraw, "cleo")],
    }  # fmt: skip
    for act, actor in roads[status]:
        act(store, revision.id, actor=actor, comment="why")
    return revision


# pages and roles ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", DESK)
@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_opens_for_its_roles_and_for_no_other(served: Store, screen: str, who: str) -> None:
    import menu

    story(served)
    page = open_page(screen, who, id=TRACK)
    assert (DESK[who] in menu.PAGES[screen][2]) is ("Not your page" not in texts(page))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_page_says_what_to_do_in_an_empty_store(store: Store, monkeypatch: pytest.MonkeyPatch, screen: str) -> None:
    role = "admin" if screen in {"people"} else "publisher"
    authority.add_person(store, "first", "admin", iss=ISSUER, sub="first")
    authority.add_person(store, "cleo", role, actor="first", iss=ISSUER, sub="cleo")
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", ISSUER)
    for _ in opened(store, monkeypatch):
        app = open_page(screen)
        assert len(texts(app)) > 40 or app.dataframe


LABELS = {
    "submit": "Submit", "approve": "Approve", "request_changes": "Request changes", "publish": "Publish", "withdraw": "Withdraw",
    "discard": "Discard", "reopen": "Reopen",
}  # fmt: skip


@pytest.mark.parametrize("who", DESK)
@pytest.mark.parametrize("status", [str(s) for s in Status])
def test_a_page_offers_just_the_acts_of_the_table(served: Store, status: str, who: str) -> None:
    story(served, status)
    app = open_page("story", who, id=TRACK)
    rank = {Role.WRITER: 1, Role.EDITOR: 2, Role.PUBLISHER: 3}
    allowed = {n for n, m in MOVES.items() if status in m.was and rank.get(DESK[who], 0) >= rank[m.role]}
    allowed -= {"restore"}  # comes with the import that is taken back, on the page of sources
    allowed -= {"withdraw"} if status != "published" else {"discard"}
    assert {n for n, label in LABELS.items() if button(app, label)} == allowed


@pytest.mark.parametrize(
    ("before", "who", "label", "after"),
    [
        ("draft", "mara", "Submit", "in_review"), ("in_review", "ben", "Approve", "approved"),
        ("approved", "cleo", "Publish", "published"),
        ("withdrawn", "ben", "Reopen", "draft"),
    ],
)  # fmt: skip
def test_a_button_makes_its_act(served: Store, before: str, who: str, label: str, after: str) -> None:
    story(served, before)
    press(open_page("story", who, id=TRACK), label)
    assert stories.get_story(served, TRACK).status == after


@pytest.mark.parametrize(
    ("before", "label", "after"),
    [("published", "Withdraw", "withdrawn"), ("draft", "Discard", "discarded"), ("in_review", "Request changes", "changes_requested")],
)
def test_what_takes_a_story_down_or_back_asks_once_more_and_for_the_reason(served: Store, before: str, label: str, after: str) -> None:
    story(served, before)
    app = press(open_page("story", "cleo", id=TRACK), label)
    assert stories.get_story(served, TRACK).status == before
    name = label.lower().replace(" ", "_")
    app.text_input(key=f"reason_{name}").set_value("not ours")
    app.button(key=f"confirm_{name}").click().run()
    assert stories.get_story(served, TRACK).status == after
    assert people.last_act(served, TRACK).comment == "not ours"  # type: ignore[union-attr]


def test_a_writer_reads_what_should_change(served: Store) -> None:
    revision = story(served, "in_review")
    ss.request_changes(served, revision.id, actor="ben", comment="shorter, please")
    assert "ben asked for changes just now: “shorter, please”" in texts(open_page("story", "mara", id=TRACK))


def test_an_act_that_others_may_make_is_refused_in_words_when_the_role_changed_meanwhile(served: Store) -> None:
    story(served, "in_review")
    app = open_page("story", "ben", id=TRACK)
    with served.session() as session:
        people.set_actor(session, "ben", role=Role.WRITER)
    assert "ben is writer" in texts(press(app, "Approve")) and stories.get_story(served, TRACK).status == "in_review"


def test_a_second_editor_is_told_and_nothing_is_overwritten(served: Store) -> None:
    revision = story(served, "in_review")
    app = open_page("story", "ben", id=TRACK)
    ss.edit(served, revision.id, revision.cards, actor="mara")
    assert "mara saved sledgehammer.2" in texts(press(app, "Approve"))


def test_pressing_twice_acts_once(served: Store) -> None:
    story(served)
    app = open_page("story", "mara", id=TRACK)
    press(app, "Submit")
    assert [e.action for e in people.events(served).items].count("story.submit") == 1 and not button(app, "Submit")


def test_an_old_revision_is_read_and_not_acted_on(served: Store) -> None:
    revision = story(served)
    ss.edit(served, revision.id, revision.cards, actor="ben")
    app = open_page("story", "cleo", id=TRACK, rev="1")
    assert "the newest is 2" in texts(app) and not button(app, "Submit")


@pytest.mark.parametrize(("before", "who"), [("approved", "ben"), ("in_review", "mara"), ("changes_requested", "ben")])
def test_the_last_act_is_undone_by_who_made_it(served: Store, before: str, who: str) -> None:
    from songstory import undoing

    story(served, before)
    label = undoing.undoable(served, TRACK, who)
    assert label and not button(open_page("story", "cleo", id=TRACK), label)
    press(open_page("story", who, id=TRACK), label)
    assert stories.get_story(served, TRACK).status != before


# what was typed -----------------------------------------------------------------------------------------------------


def changed(revision: ss.Revision, text: str) -> tuple[ss.Card, ...]:
    first = revision.cards[0]
    return (first.model_copy(update={"headline": Sentence(text=text, cites=first.headline.cites)}), *revision.cards[1:])


def test_what_was_typed_is_offered_again_saved_or_dropped(served: Store) -> None:
    revision = story(served)
    working.keep(served, revision.id, changed(revision, "Typed"), actor="mara")
    assert "did not save it" in texts(open_page("story", "mara", id=TRACK))
    assert "mara has unsaved changes" in texts(open_page("story", "ben", id=TRACK))
    press(open_page("story", "mara", id=TRACK), "Save as a new revision")
    assert stories.get_revision(served, TRACK).cards[0].headline.text == "Typed" and working.find(served, TRACK, actor="mara") is None


def test_dropping_what_was_typed_leaves_the_text(served: Store) -> None:
    revision = story(served)
    working.keep(served, revision.id, changed(revision, "Typed"), actor="mara")
    press(open_page("story", "mara", id=TRACK), "Discard the changes")
    assert working.find(served, TRACK, actor="mara") is None and stories.get_revision(served, TRACK).number == 1


@pytest.mark.parametrize(
    ("choice", "text", "number"), [("Save mine on top of revision 2", "Mine", 3), ("Keep theirs, drop mine", "Theirs", 2)]
)
def test_two_who_met_decide_on_a_page_with_both_texts(served: Store, choice: str, text: str, number: int) -> None:
    revision = story(served)
    working.keep(served, revision.id, changed(revision, "Mine"), actor="mara")
    ss.edit(served, revision.id, changed(revision, "Theirs"), actor="ben")
    app = open_page("story", "mara", id=TRACK)
    assert "Two of you changed this story" in texts(app)
    press(app, choice)
    newest = stories.get_revision(served, TRACK)
    assert (newest.number, newest.cards[0].headline.text) == (number, text)


# writers --------------------------------------------------------------------------------------------------------------


def test_a_story_is_generated_from_the_queue(served: Store) -> None:
    press(open_page("queue", "mara"), "Generate a story")
    app = press(open_page("queue", "mara"), "Generate a story")
    app.selectbox(key="song").set_value(TRACK)
    press(app, "Write it")
    assert stories.get_revision(served, TRACK).author == "mara"


def test_an_admin_is_not_offered_to_generate(served: Store) -> None:
    assert not button(open_page("queue", "ada"), "Generate a story")


def test_silence_is_told_in_words(served: Store) -> None:
    app = press(open_page("queue", "mara"), "Generate a story")
    app.selectbox(key="song").set_value("silent")
    assert "Silent" in texts(press(app, "Write it"))


def test_a_change_by_instruction_needs_a_key_and_says_so(served: Store) -> None:
    story(served)
    app = open_page("story", "mara", id=TRACK, view="change")
    assert "SONGSTORY_ANTHROPIC_API_KEY" in texts(app) and not button(app, "Ask Claude")


def test_a_change_is_asked_for_and_followed(served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_ANTHROPIC_API_KEY", "k")
    monkeypatch.setenv("SONGSTORY_ANTHROPIC_BASE_URL", "http://127.0.0.1:9")
    st.cache_resource.clear()
    story(served)
    app = open_page("story", "mara", id=TRACK, view="change")
    assert "say in up to" in texts(press(app, "Ask Claude"))
    app.text_area(key="instruction").set_value("shorter")
    assert "mara asked: shorter" in texts(press(app, "Ask Claude"))


# the address ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("screen", "query", "shown"),
    [
        ("story", {"id": TRACK, "view": "history"}, "Revision 1 by night"), ("story", {"id": TRACK, "view": "compare"}, "one revision so far"),
        ("sources", {"part": "sources"}, "Sources"), ("queue", {"status": "approved"}, "No story matches"),
        ("queue", {"problems": "yes"}, "No story matches"), ("queue", {"status": "in_review 66"}, "Review queue"),
    ],
)  # fmt: skip
def test_a_link_opens_what_it_names(served: Store, screen: str, query: dict[str, str], shown: str) -> None:
    story(served, "in_review")
    assert shown in texts(open_page(screen, "cleo", **query))


def test_what_is_chosen_stands_in_the_address_by_its_name(served: Store) -> None:
    story(served, "in_review")
    app = open_page("queue", "cleo")
    app.selectbox(key="sort").set_value("oldest").run()
    assert app.query_params["sort"] in ("oldest", ["oldest"])
    app.selectbox(key="sort").set_value("risk").run()
    assert "sort" not in app.query_params


# queue, facts, runs, people -----------------------------------------------------------------------------------------


def test_the_queue_says_when_nothing_matches(served: Store) -> None:
    story(served)
    assert "No story matches" in texts(open_page("queue", search="nothing like it"))


@pytest.mark.parametrize("query", [{"status": "<script>"}, {"page": "-3"}, {"page": "999999"}, {"sort": "' OR 1=1 --"}, {"source": "\0"}])
def test_whatever_stands_in_the_address_the_queue_opens(served: Store, query: dict[str, str]) -> None:
    story(served)
    assert "Review queue" in texts(open_page("queue", **query))


@pytest.mark.parametrize("uid", ["<script>", "' OR 1=1 --", "../x", "a" * 5000, "\u202etxt"])
def test_an_unknown_story_is_told_in_words(served: Store, uid: str) -> None:
    assert "no story" in texts(open_page("story", id=uid))


def test_a_fact_is_added_with_its_source_and_retracted_after_a_look_at_what_it_touches(served: Store) -> None:
    app = open_page("facts", "ben", track=TRACK)
    app.selectbox(key="new_predicate").set_value("key").run()
    app.text_input(key="new_value").set_value("E-flat major")
    app.text_input(key="new_locator").set_value("score, p. 1")
    assert "Added as f-" in texts(press(app, "Add the fact"))
    app.selectbox(key="fact").set_value(next(o for o in _fact_keys(served))).run()
    press(app, "Retract …")
    app.button(key="confirm_retract").click().run()
    assert not _fact_keys(served)


def test_a_song_without_a_story_is_found_with_what_it_lacks(served: Store) -> None:
    story(served)
    app = open_page("facts", "mara", untold="true")
    assert app.selectbox[0].options == ["Silent, Nobody"] and "Silent" in texts(app) and "missing" in texts(app)


def _fact_keys(store: Store) -> list[str]:
    from songstory.store import catalogue

    return [f.key for f in catalogue.facts_of(store, TRACK) if f.predicate == "key"]


def test_an_admin_adds_people_switches_the_house_off_and_sets_budgets(served: Store) -> None:
    app = open_page("people", "ada")
    app.text_input(key="new_name").set_value("dora")
    press(app, "Add this person")
    assert people.get_actor(served, "dora").role == Role.WRITER
    press(app, "Switch publishing off")
    app.number_input(key="usd_day").set_value(5.0).run()
    app.button(key="set_day").click().run()
    assert not rules.is_on(served, "publishing") and rules.budgets(served) == {"day": 5.0}


def test_what_is_switched_off_is_refused_with_the_way_out(served: Store) -> None:
    story(served, "approved")
    authority.switch(served, "publishing", False, actor="ada", comment="lawyers")
    assert "lawyers" in texts(press(open_page("story", "cleo", id=TRACK), "Publish"))


def test_the_audit_page_checks_the_chain(served: Store) -> None:
    assert "none was changed" in texts(press(open_page("audit"), "Check the chain"))


# who comes in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signed_in", "words"),
    [
        ({"is_logged_in": False}, "Sign in to review"),
        (claims("stranger"), "nobody here signs in"),
        (claims("cleo", iss="https://other.example"), "nobody here signs in"),
        (claims("other", email="cleo@label.example", email_verified=True), "nobody here signs in"),
        (claims("cleo", email="cleo@label.example", email_verified=False), "not verified"),
        (claims("cleo", email="cleo@label.example"), "not verified"),
        ({**claims("cleo"), "iat": int((now() - timedelta(hours=13)).timestamp())}, "sign in again"),
        ({**claims("cleo"), "iat": int((now() + timedelta(hours=1)).timestamp())}, "sign in again"),
        ({"is_logged_in": True, "iss": ISSUER, "iat": 1}, "did not say sub"),
    ],
)
def test_who_may_not_come_in_sees_the_door_and_nothing_else(served: Store, signed_in: dict[str, Any], words: str) -> None:
    story(served)
    app = open_page("story", signed_in=signed_in, id=TRACK)
    assert words in texts(app) and not button(app, "Submit") and len(app.main) < 3


@pytest.mark.parametrize("end", [authority.end_sessions, authority.disable])
def test_a_session_that_was_ended_opens_nothing_and_acts_no_more(served: Store, end: Callable[..., Any]) -> None:
    story(served)
    old = {**claims("ben"), "iat": int((now() - timedelta(minutes=5)).timestamp())}
    authority.add_person(served, "bea", "editor", actor="ada", iss=ISSUER, sub="bea")
    end(served, "ben", actor="ada")
    app = open_page("story", signed_in=old, id=TRACK)
    assert "this session of ben was ended" in texts(app) and not button(app, "Discard")


def test_alone_at_a_machine_the_one_named_works(alone: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_ACTOR", "cleo")
    st.cache_resource.clear()
    story(alone)
    assert button(open_page("story", signed_in={}, id=TRACK), "Submit")


def test_alone_among_several_one_must_be_named(alone: Store) -> None:
    assert "songstory ui --as NAME" in texts(open_page(signed_in={}))


@pytest.mark.parametrize("address", ["0.0.0.0", "", "192.168.1.5", "localhost.example"])
def test_without_a_provider_nobody_else_is_served(alone: Store, address: str) -> None:
    config.set_option("server.address", address)
    assert "this machine only" in texts(open_page(signed_in={}))


def test_a_store_that_is_down_is_a_page_with_the_way_out(served: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    good = "sqlite:///" + str(served.engine.url.database)
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path}/nowhere/songs.db")
    st.cache_resource.clear()
    app = open_page()
    assert "does not exist" in texts(app) and button(app, "Try again")
    monkeypatch.setenv("SONGSTORY_STORE", good)
    st.cache_resource.clear()


@pytest.fixture
def watched(postgres: str, lines: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store on PostgreSQL with the small catalogue and an editor, that the dashboard shows."""
    url = fresh_database(postgres, "watched")
    store = ss.open_store(url)
    ss.import_file(store, lines)
    authority.add_person(store, "ben", "editor", iss=ISSUER, sub="ben")
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", ISSUER)
    monkeypatch.setenv("SONGSTORY_STORE", url)
    st.cache_resource.clear()
    yield store
    import shared

    shared.store().close()
    store.close()
    st.cache_resource.clear()


def test_a_night_is_handed_to_the_workers_where_there_are_any(watched: Store) -> None:
    assert "run_cluster" not in [c.key for c in open_page("runs", "ben").checkbox]
    roster.seen(watched, WorkerSeen(id="w1", host="here", pid=1, version="1"))
    app = open_page("runs", "ben")
    assert app.checkbox(key="run_cluster").label == "Hand it to the workers (1 now)"
    press(app, "Start the run")
    join_apart()
    (run,) = runs.list_runs(watched)
    assert progress.progress(watched, run.id).slices == {"waiting": 1} and run.status == "running"


def test_a_night_on_many_machines_is_watched_and_stopped(watched: Store) -> None:
    run = planning.hand_out(ss.Night(watched, ss.open_writer()), size=1).id
    app = open_page("runs", "ben")
    assert "0 of 2 tracks" in texts(app) and "Slices: 2 waiting" in texts(app) and "No worker is at it" in texts(app)
    press(app, "Stop this run")
    assert progress.progress(watched, run).status == "stopped" and progress.progress(watched, run).slices == {"closed": 2}


def test_a_store_that_goes_down_while_a_page_is_open_is_told_and_comes_back(
    postgres: str, lines: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database(postgres, "desk")
    store = ss.open_store(url)
    ss.import_file(store, lines)
    authority.add_person(store, "cleo", "publisher", iss=ISSUER, sub="cleo")
    revision = ss.generate(store, TRACK, ss.open_writer())
    store.close()
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", ISSUER)
    monkeypatch.setenv("SONGSTORY_STORE", url)
    st.cache_resource.clear()
    app = open_page("story", "cleo", id=TRACK)
    with_admin(postgres, "ALTER DATABASE desk RENAME TO gone", "desk")
    press(app, "Submit")
    assert "did not answer" in texts(app) and button(app, "Try again")
    with_admin(postgres, "ALTER DATABASE gone RENAME TO desk", "gone")
    press(app, "Try again")
    import shared

    assert button(app, "Submit") and stories.get_story(shared.store(), TRACK).latest_revision == revision.id

    shared.store().close()
    st.cache_resource.clear()


def with_admin(uri: str, statement: str, name: str) -> None:
    """Say something to the server, nobody else being at the database `name`."""
    admin = create_engine(uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name})
        connection.execute(text(statement))
    admin.dispose()


# text of strangers --------------------------------------------------------------------------------------------------


def constant(node: ast.expr) -> bool:
    """A literal, or one put together from literals and from numbers that are formatted as such."""
    if isinstance(node, ast.JoinedStr):
        return all(isinstance(v, ast.Constant) for v in node.values)
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.name)
def test_only_constants_meet_markdown_outside_safe(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)):
        owner = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
        named = {k.arg for k in call.keywords}
        assert not {"unsafe_allow_html", "unsafe_allow_javascript"} & named
        assert call.func.attr != "component" or path.name == "parts.py"
        if call.func.attr in SINKS and owner not in {"safe", "report"}:
            text = call.args[:1]  # the words; what a metric counts is a number, checked below
            assert all(constant(a) for a in text) or (path.name == "safe.py" and _look(a for a in text)), f"{path.name}:{call.lineno}"


def _look(arguments: Any) -> bool:
    return all(isinstance(a, ast.Name) and a.id == "_LOOK" for a in arguments)


# what labels may be put together from: numbers, and words of tables of our own (switches, flags, periods, acts, qualifiers)
OURS = {
    "safe", "counted", "len", "chosen", "period", "name", "flag", "label", "LABELS", "CONFIRMED", "_with_key", "back", "newest", "number", "story",
    "rule", "on", "_WAYS", "way", "qualifier", "replace", "capitalize",
}  # fmt: skip
LABELLED = {
    "button", "download_button", "selectbox", "text_input", "text_area", "number_input", "radio", "segmented_control", "dialog", "tabs",
    "form_submit_button", "checkbox", "toggle", "pills", "multiselect", "file_uploader",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.name)
def test_labels_are_markdown_too_and_name_no_stranger(path: Path) -> None:
    for call in (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in LABELLED and call.args:
            names = {n.id if isinstance(n, ast.Name) else n.attr for n in ast.walk(call.args[0]) if isinstance(n, ast.Name | ast.Attribute)}
            assert names <= OURS, f"{path.name}:{call.lineno} {names - OURS}"


@pytest.mark.parametrize("path", sorted((UI / "components").glob("*.js")), ids=lambda p: p.name)
def test_the_parts_in_the_browser_write_text_only(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for word in (
        "innerHTML",
        "insertAdjacentHTML",
        "outerHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "href",
        "fetch(",
        ".src",
    ):
        assert word not in source, word


def test_pages_hold_no_sql_and_no_tables() -> None:
    for path in UI.rglob("*.py"):
        names = {n.module or "" for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)}
        assert not any(m.startswith(("sqlalchemy", "sqlmodel")) or (m.endswith("tables") and "store" in m) for m in names), path


def test_fonts_are_shipped_with_their_licences_and_nothing_is_fetched_from_outside() -> None:
    assert {p.suffix for p in (UI / "static").iterdir()} == {".woff2", ".txt"}
    for path in [*UI.rglob("*.js"), *UI.rglob("*.css"), UI / ".streamlit" / "config.toml"]:
        assert "http" not in path.read_text(encoding="utf-8"), path


def test_no_folder_is_called_pages() -> None:
    """Streamlit serves the scripts of a folder called pages by their own address, past the door."""
    assert not (UI / "pages").exists()


def test_the_readme_has_the_table_of_keys() -> None:
    from keys import KEYS

    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert all(f"| `{key}` | {where} | {what} |" in readme for key, (where, what, _) in KEYS.items())


# the look -------------------------------------------------------------------------------------------------------------


def _luminance(rgb: tuple[float, float, float]) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """The contrast of WCAG 2.2, section 1.4.3."""
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def rgb(code: str) -> tuple[float, float, float]:
    return tuple(int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def mixed(one: str, two: str, share: float) -> tuple[float, float, float]:
    return tuple(a * share + b * (1 - share) for a, b in zip(rgb(one), rgb(two), strict=True))  # type: ignore[return-value]


THEME = tomllib.loads((UI / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(scheme: str) -> None:
    look, white = THEME[scheme], (1.0, 1.0, 1.0)
    paper, panel, ink = look["backgroundColor"], look["secondaryBackgroundColor"], look["textColor"]
    for ground in (paper, panel, look["sidebar"]["backgroundColor"]):
        assert contrast(rgb(ink), rgb(ground)) >= 4.5 and contrast(rgb(look["linkColor"]), rgb(ground)) >= 4.5
    share = int(re.search(r"--muted:color-mix\(in srgb,var\(--ink\) (\d+)%", css("shared"))[1]) / 100  # type: ignore[index]
    assert contrast(mixed(ink, paper, share), rgb(paper)) >= 4.5 and contrast(white, rgb(look["primaryColor"])) >= 4.5


def css(name: str) -> str:
    return (UI / "components" / f"{name}.css").read_text(encoding="utf-8")


def test_white_words_can_be_read_on_every_badge_and_on_a_card_of_every_hue() -> None:
    for colour in re.findall(r"--(?:good|wait|bad):(#\w{6})", css("shared")):
        assert contrast(rgb("#FFFFFF"), rgb(colour)) >= 4.5
    ((_, s1, l1), (_, s2, l2)) = re.findall(r"hsl\((var\(--hue\)|calc\(var\(--hue\) \+ 38\)) (\d+)% (\d+)%\)", css("story"))
    worst = min(
        contrast((1.0, 1.0, 1.0), colorsys.hls_to_rgb(hue / 360, int(light) / 100, int(full) / 100))
        for hue in range(360)
        for full, light in ((s1, l1), (s2, l2))
    )
    assert worst >= 4.5, worst


def test_who_asks_for_less_motion_gets_none_and_focus_is_seen() -> None:
    for name in ("page", "shared"):
        assert "prefers-reduced-motion:reduce" in css(name) and "focus-visible" in css(name)
