"""The dashboard: AppTest opens every page and presses every act; an AST check keeps strangers' text away from markdown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import songstory as ss
from songstory import assets
from songstory.store import Store, people, stories

UI = assets.shipped("ui")
PAGES = sorted(p.name for p in (UI / "pages").glob("*.py"))
TRACK = "sledgehammer"
SINKS = {
    "markdown",
    "write",
    "caption",
    "html",
    "metric",
    "badge",
    "table",
    "warning",
    "error",
    "info",
    "success",
    "title",
    "header",
    "subheader",
    "latex",
    "toast",
}


@pytest.fixture
def served(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    import streamlit as st

    monkeypatch.setenv("SONGSTORY_STORE", desk.engine.url.render_as_string(hide_password=False))
    st.cache_resource.clear()
    yield desk
    import shared

    shared.store().close()
    st.cache_resource.clear()


def open_page(name: str = "queue.py", who: str = "cleo", **query: str) -> AppTest:
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=60)
    app.session_state["actor"] = who
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}").run()
    assert not app.exception, app.exception[0].value
    return app


def press(app: AppTest, label: str) -> AppTest:
    button = next(b for b in app.button if b.label == label)
    button.click().run()
    assert not app.exception, app.exception[0].value
    return app


def texts(app: AppTest) -> str:
    return "\n".join([*(t.value for t in app.text), *(i.value for i in app.info), *(t.value for t in app.title)])


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_and_without_stories(served: Store, page: str) -> None:
    open_page(page)
    ss.generate_all(served, ss.open_writer())
    open_page(page, id=TRACK)


def test_an_empty_store_says_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    monkeypatch.setenv("SONGSTORY_STORE", store.engine.url.render_as_string(hide_password=False))
    st.cache_resource.clear()
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=60).run()
    assert "songstory import sample" in texts(app) and not app.exception
    import shared

    shared.store().close()
    st.cache_resource.clear()


@pytest.mark.parametrize(
    ("before", "who", "label", "status"),
    [
        ([], "mara", "Submit", "in_review"),
        (["submit"], "ben", "Approve", "approved"),
        (["submit"], "ben", "Request changes", "changes_requested"),
        (["submit", "approve"], "cleo", "Publish", "published"),
        (["submit", "approve", "publish"], "cleo", "Withdraw", "withdrawn"),
        (["submit", "approve", "publish", "withdraw"], "ben", "Reopen", "draft"),
    ],
)
def test_every_act_has_a_button(served: Store, before: list[str], who: str, label: str, status: str) -> None:
    revision = ss.generate(served, TRACK, ss.open_writer()).id
    for act, actor in zip(before, ("mara", "ben", "cleo", "cleo"), strict=False):
        getattr(ss, act)(served, revision, actor=actor)
    press(open_page("story.py", who, id=TRACK), label)
    assert stories.get_story(served, TRACK).status == status


def test_a_discard_needs_its_reason(served: Store) -> None:
    ss.generate(served, TRACK, ss.open_writer())
    app = press(open_page("story.py", "ben", id=TRACK), "Discard")
    assert "needs a reason" in texts(app)
    app.text_input[0].set_value("not ours").run()
    press(app, "Discard")
    assert stories.get_story(served, TRACK).status == "discarded"


def test_an_act_a_role_may_not_do_is_refused_in_words(served: Store) -> None:
    ss.submit(served, ss.generate(served, TRACK, ss.open_writer()).id, actor="mara")
    assert "mara is writer" in texts(press(open_page("story.py", "mara", id=TRACK), "Approve"))
    assert stories.get_story(served, TRACK).status == "in_review"


def test_an_edit_is_saved_and_verified_at_once(served: Store) -> None:
    ss.generate(served, TRACK, ss.open_writer())
    app = open_page("story.py", "mara", id=TRACK)
    app.text_area[1].set_value("It is the best song of all time.").run()
    press(app, "Save as a new revision")
    revision = stories.get_revision(served, TRACK)
    assert revision.number == 2 and revision.problems and "licence.superlative" in texts(app)


def test_a_second_editor_is_told_and_nothing_is_overwritten(served: Store) -> None:
    revision = ss.generate(served, TRACK, ss.open_writer())
    app = open_page("story.py", "ben", id=TRACK)
    ss.edit(served, revision.id, revision.cards, actor="mara")
    app.button(key="act-submit").click().run()
    assert "mara saved sledgehammer.2" in texts(app)


def test_the_queue_finds_and_filters(served: Store) -> None:
    ss.generate_all(served, ss.open_writer())
    app = open_page("queue.py", search="nothing like it")
    assert "No story matches" in texts(app)


def test_a_fact_is_added_and_retracted(served: Store) -> None:
    app = open_page("facts.py", "ben")
    app.selectbox(key="track").set_value(TRACK).run()
    app.selectbox(key="new_predicate").set_value("key")
    app.text_input(key="new_value").set_value("E-flat major")
    app.text_input(key="new_locator").set_value("score, p. 1")
    press(app, "Add the fact")
    assert "Added as f-" in texts(app)
    app.selectbox(key="fact").set_value(
        app.selectbox(key="fact").options and next(k for k in _keys(served) if _keys(served)[k] == "key")
    ).run()
    assert "Retracted" in texts(press(app, "Retract"))


def _keys(store: Store) -> dict[str, str]:
    from songstory.store import catalogue

    return {f.key: f.predicate for f in catalogue.facts_of(store, TRACK)}


def test_an_unknown_story_is_told_in_words(served: Store) -> None:
    assert "no story" in texts(open_page("story.py", id="<script>"))


def test_pressing_twice_acts_once(served: Store) -> None:
    ss.generate(served, TRACK, ss.open_writer())
    app = open_page("story.py", "mara", id=TRACK)
    press(app, "Submit")
    assert sum(e.action == "story.submit" for e in people.events(served).items) == 1
    assert "Submit" not in [b.label for b in app.button]


# no text of strangers in markdown -----------------------------------------------------------------------------------


def constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.name)
def test_only_constants_meet_markdown_outside_safe(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)):
        assert call.func.attr != "components" and not {"unsafe_allow_html", "unsafe_allow_javascript"} & {k.arg for k in call.keywords}
        if (
            path.name != "safe.py"
            and call.func.attr in SINKS
            and not (isinstance(call.func.value, ast.Name) and call.func.value.id == "safe")
        ):
            assert all(constant(a) for a in call.args), f"{path.name}:{call.lineno} {call.func.attr}"


def test_the_component_writes_text_only() -> None:
    source = (UI / "safe.py").read_text(encoding="utf-8")
    assert not any(word in source for word in ("innerHTML", "insertAdjacentHTML", "outerHTML", "document.write"))


def test_pages_hold_no_sql_and_no_tables() -> None:
    for path in UI.rglob("*.py"):
        names = {n.module or "" for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)}
        assert not any(m.startswith(("sqlalchemy", "sqlmodel", "songstory.store.tables")) for m in names), path


def test_fonts_are_shipped_with_their_licences() -> None:
    assert {p.suffix for p in (UI / "static").iterdir()} == {".woff2", ".txt"}
    assert "http" not in (UI / ".streamlit" / "config.toml").read_text(encoding="utf-8")
