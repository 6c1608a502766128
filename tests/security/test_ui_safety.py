"""What editors see of hostile text: every hidden sign as a mark, no line turned around, and no cell that a spreadsheet computes."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from factories import fact
from pages import AppTest
from sqlalchemy import text
from test_blame import beside, house

import songstory as ss
from songstory import assets, authority, comparing, pages, processes, rechecking
from songstory.store import Store, catalogue, ledger, places, runs, stories

UI = assets.shipped("ui")
sys.path.insert(0, str(UI))

import safe  # noqa: E402  it lies in the folder that was just named
import telling  # noqa: E402

ISSUER = "https://id.example"
HIDDEN = {
    "turned": "Queue in \u202ethe", "tag": "Ines\U000e0041\U000e0042 Okafor", "zero width": "Ines\u200b Okafor", "soft hyphen": "Oka\u00adfor",
    "joiner": "a\u2060b", "look-alike": "Sοlar", "control": "a\x07b", "isolate": "a\u2067b", "filler": "a\u3164b",
}  # fmt: skip
FORMULAS = [
    "=1+1",
    "+44 20",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1+1",
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
]
PAGES = sorted(p.stem for p in (UI / "screens").glob("*.py"))


def calls(path: Path) -> Iterator[ast.Call]:
    return (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda p: p.name)
def test_tables_and_outside_words_are_drawn_in_one_place(path: Path) -> None:
    for call in calls(path):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if path.name != "safe.py":
            assert name not in {"dataframe", "data_editor", "table"} or ast.unparse(call.func) == "safe.table", f"{path.name}:{call.lineno}"
            assert ast.unparse(call.func) != "st.text" or isinstance(call.args[0], ast.Constant), f"{path.name}:{call.lineno}"


# cells ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_where_it_is_downloaded(text: str) -> None:
    assert safe.cell(text).startswith("'")
    out = io.StringIO()
    csv.writer(out).writerow([safe.cell(text)])
    assert not re.match(r'"?\s*[=+\-@＝＋－＠]', out.getvalue())


@pytest.mark.parametrize("value", [0, -5, 3.5, True, None, "West End Girls", "a=b", "1986-07-26", "it's", "Ænima"])
def test_what_is_no_formula_stays_as_it_is(value: Any) -> None:
    assert safe.cell(value) == value and type(safe.cell(value)) is type(value)


# what is seen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_sign_is_a_mark_wherever_a_story_is_drawn(words: str) -> None:
    told_of = fact("writer", words, source_name=words, locator=words, quote=words)
    drawn = [
        safe.seen(words),
        safe.cell(words),
        {k: v for k, v in telling._fact(told_of, "F1").items() if k != "key"},
        telling._line(words, ["k"], None, {})["seen"],
    ]
    for shown in drawn:
        told = json.dumps(shown, ensure_ascii=False)
        assert "⟦U+" in told and not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\u3164\U000e0000-\U000e007f]", told)


def test_what_is_typed_is_not_changed_by_how_it_is_shown() -> None:
    line = telling._line(HIDDEN["tag"], [], None, {})
    assert line["text"] == HIDDEN["tag"] and line["seen"] == "Ines⟦U+E0041⟧⟦U+E0042⟧ Okafor"


@pytest.mark.parametrize("text", ["שיר אחד", "أغنية", "ژاله"])
def test_letters_from_right_to_left_keep_to_themselves(text: str) -> None:
    assert safe.apart(text) == f"\u2068{text}\u2069" and safe.apart("West End Girls") == "West End Girls"


# pages ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A desk whose store was filled before anything was cleaned at the border."""
    ss.generate(desk, "sledgehammer", ss.open_writer(), actor="night")
    with desk.session() as session:
        run = session.connection().execute
        run(text("UPDATE track SET title = :t, artist_credit = :a"), {"t": HIDDEN["turned"], "a": HIDDEN["tag"]})
        run(text("UPDATE source SET name = :n"), {"n": FORMULAS[-1]})
    with served(desk, monkeypatch):
        yield desk


@contextmanager
def served(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the dashboard show this store, with people who sign in."""
    for name, role in {"cleo": "publisher", "ben": "editor", "ada": "admin"}.items():
        authority.add_person(store, name, role, actor="ada", iss=ISSUER, sub=name)
    monkeypatch.setenv("SONGSTORY_OIDC_METADATA_URL", ISSUER)
    monkeypatch.setenv("SONGSTORY_STORE", store.engine.url.render_as_string(hide_password=False))
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    import shared

    shared.store().close()
    st.cache_resource.clear()


def opened(screen: str, who: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(UI / "app.py"), default_timeout=60)
    app.user = {"is_logged_in": True, "iss": ISSUER, "sub": who, "iat": int(time.time()) + 2}
    for key, value in query.items():
        app.query_params[key] = value
    app.switch_page(f"screens/{screen}.py").run()
    assert not app.exception, app.exception[0].value
    return app


def said(app: AppTest) -> str:
    return "\n".join(str(e.value) for e in app.text)


@pytest.mark.parametrize("screen", PAGES)
def test_no_page_shows_a_hidden_sign_or_hands_out_a_formula(hostile: Store, screen: str) -> None:
    more = {"part": "sources"} if screen == "sources" else {}
    app = opened(screen, "ada" if screen == "people" else "cleo", id="sledgehammer", track="sledgehammer", **more)
    words = [str(e.value) for kind in (app.text, app.title) for e in kind] + [o for box in app.selectbox for o in box.options]
    assert not [w for w in words if re.search("[\u202a-\u202e\U000e0000-\U000e007f]", w)]
    for table in app.dataframe:
        rows = list(csv.reader(io.StringIO(table.value.to_csv(index=False))))
        assert not [c for row in rows for c in row if re.match(r"\s*[=+@]|\s*-\D", c)]
    assert not any("sign in again" in w for w in words), "the control: the page is drawn"
    assert screen != "sources" or any("'=cmd" in t.value.to_csv() for t in app.dataframe)


class Bare(HTMLParser):
    """Collects words that stand in no element of their own direction."""

    def __init__(self) -> None:
        super().__init__()
        self.own, self.bare = 0, list[str]()

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.own += tag == "bdi" or ("dir", "auto") in attributes

    def handle_endtag(self, tag: str) -> None:
        self.own -= tag in {"bdi", "h1"}

    def handle_data(self, data: str) -> None:
        self.bare += [data] if not self.own else []


def test_outside_words_on_the_page_of_a_story_keep_their_direction(hostile: Store) -> None:
    with hostile.session() as session:
        session.connection().execute(text("UPDATE track SET title = 'שיר אחד', artist_credit = 'أغنية'"))
    story = ss.generate(hostile, "sledgehammer", ss.open_writer(), actor="night")
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(hostile, story.id, actor=who)
    reader = Bare()
    reader.feed(pages.html(ss.published(hostile, "sledgehammer")).split("<main>")[1])
    assert not [w for w in reader.bare if re.search("Daniel Lanois|Geffen|שיר|أغنية", w)]


def test_a_comparison_shows_marks_too(hostile: Store) -> None:
    before = stories.get_revision(hostile, "sledgehammer.1")
    line = before.cards[0].sentences[0].model_copy(update={"text": HIDDEN["tag"]})
    after = before.model_copy(update={"id": "sledgehammer.2", "cards": (before.cards[0].model_copy(update={"sentences": (line,)}),)})
    told = json.dumps(telling.comparison(comparing.compare(before, after)), ensure_ascii=False)
    assert "⟦U+E0041⟧" in told and not re.search("[\U000e0000-\U000e007f]", told)


# the way out ------------------------------------------------------------------------------------------------------------


def flagged(store: Store, flag: str, fact: str = "") -> str:
    """Put a flag on a fact, that of the tempo by itself, as an import or a new rule does; return the fact's key."""
    with store.session() as session:
        key = fact or session.connection().execute(text("SELECT key FROM fact WHERE predicate = 'tempo'")).scalar_one()
        session.connection().execute(
            text(
                "INSERT INTO fact_flag (fact_id, flag, note, actor, at) SELECT id, :f, 'telephone number', 'night', CURRENT_TIMESTAMP FROM fact WHERE key = :k"
            ),
            {"f": flag, "k": key},
        )
    return str(key)


@pytest.mark.parametrize("flag", ["private", "quarantined"])
def test_who_may_clears_a_flag_with_a_reason_and_others_are_told_who_may(hostile: Store, flag: str) -> None:
    key = flagged(hostile, flag)
    page = opened("facts", "ben", track="sledgehammer")
    page.selectbox(key="fact").set_value(key).run()
    assert "takes a publisher" in said(page) and not [b for b in page.button if b.label.startswith("Clear the flag")]
    page = opened("facts", "cleo", track="sledgehammer")
    page.selectbox(key="fact").set_value(key).run()
    press = next(b for b in page.button if b.label == f"Clear the flag {flag}")
    press.click().run()
    assert "needs a reason" in said(page) and catalogue.facts_of(hostile, "sledgehammer")
    next(t for t in page.text_input if t.label.startswith("Reason, needed")).set_value("a tempo, no telephone").run()
    next(b for b in page.button if b.label == f"Clear the flag {flag}").click().run()
    assert "The flag is cleared." in said(page)


def test_what_is_to_be_read_again_is_told_on_top_of_the_queue(hostile: Store) -> None:
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben")):
        with hostile.session() as session:
            session.connection().execute(text("UPDATE track SET title = 'Sledgehammer', artist_credit = 'Peter Gabriel'"))
        act(hostile, "sledgehammer.1", actor=who)
    ss.retract(hostile, stories.get_revision(hostile, "sledgehammer.1").cards[0].sentences[0].cites[0], actor="ben", comment="a mistake")
    page = opened("queue", "ben")
    assert "1 story to read again" in said(page)
    next(b for b in page.button if b.label == "Show what is to be read again").click().run()
    assert not page.exception and page.session_state["risk"] == "stale"


def test_a_sentence_that_a_fact_refuses_leads_to_the_facts(hostile: Store) -> None:
    key = flagged(hostile, "private")
    cards = stories.get_revision(hostile, "sledgehammer.1").cards
    line = cards[0].sentences[0].model_copy(update={"cites": (key,)})
    ss.edit(hostile, "sledgehammer.1", (cards[0].model_copy(update={"sentences": (line,)}), *cards[1:]), actor="mara")
    page = opened("story", "ben", id="sledgehammer")
    assert "the way out is on the page of the facts" in said(page)


# what accuses somebody ----------------------------------------------------------------------------------------------------


def pressed(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception, app.exception[0].value
    return app


@pytest.mark.parametrize(("who", "sources", "why"), [("ben", 2, "takes a publisher"), ("cleo", 1, "two trusted sources")])
def test_who_may_not_clear_a_pair_that_accuses_is_told_why(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: str, sources: int, why: str
) -> None:
    beside(store, house(store, tmp_path / "x.jsonl", sources=sources))
    with served(store, monkeypatch):
        page = opened("story", who, id="x")
        assert "together they accuse somebody" in said(page) and "Orrin Vale left the band" in said(page) and why in said(page)
        assert "Let them stand on one card" not in [b.label for b in page.button]


def test_a_publisher_clears_a_pair_that_accuses_with_a_reason(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = beside(store, house(store, tmp_path / "x.jsonl", sources=2))
    with served(store, monkeypatch):
        page = pressed(opened("story", "cleo", id="x"), "Let them stand on one card")
        assert "needs a reason" in said(page) and "together they accuse somebody" in said(page)
        next(t for t in page.text_input if t.label == "Reason, needed").set_value("both papers say so")
        page = pressed(page, "Let them stand on one card")
        assert "checked again" in said(page) and "together they accuse" not in said(page)
    assert ss.approve(store, revision, actor="ben").status == "approved"


def test_a_sentence_that_joins_what_accuses_stays_refused_and_says_so(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision = stories.get_revision(store, beside(store, house(store, tmp_path / "x.jsonl", sources=2)))
    first, second = revision.cards[0].sentences
    one = first.model_copy(update={"text": f"{first.text[:-1]} and {second.text}", "cites": (*first.cites, *second.cites)})
    ss.edit(store, revision.id, (revision.cards[0].model_copy(update={"headline": first, "sentences": (one,)}),), actor="mara")
    with served(store, monkeypatch):
        assert "that stays refused whoever clears it" in said(opened("story", "cleo", id="x"))


# what waits, what was lost, what was rechecked ------------------------------------------------------------------------------


def test_who_waits_for_a_process_sees_the_place_in_line_and_who_is_before(hostile: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_PROCESSES_HOUSE", "1")
    with hostile.session() as session:
        places.ask(hostile, session, "import", "bea", {}, caps=places.Caps())
    (place,) = places.give(hostile, places.Caps())
    places.take(hostile, place.id, processes.named(os.getpid()), timedelta(hours=1))
    for who, track in (("mara", "silent"), ("ben", "sledgehammer")):
        with hostile.session() as session:
            run = runs.start_one(hostile, session, "m", track, f"{who} asked", "waiting")
            places.ask(hostile, session, "story", who, {"track": track}, run=run, caps=places.Caps())
    page = opened("runs", "ben")
    assert "2 in line, 1 under way; at most 2 for each person and 1 for the house" in said(page)
    (line,) = [t.value for t in page.dataframe if "Asked by" in t.value]
    assert list(line["Place"]) == [1, 2] and list(line["Asked by"]) == ["mara", "ben"] and list(line["Of"]) == ["silent", "sledgehammer"]
    assert "number 2 in line. Before it: what bea, mara asked for." in said(opened("story", "ben", id="sledgehammer"))


def test_what_never_told_its_end_is_said_where_costs_are_shown(hostile: Store) -> None:
    assert "never settled" not in said(opened("overview", "cleo"))
    ledger.reserve(hostile, "", 1.25, {}, seconds=-1)
    st.cache_data.clear()
    assert "$1.25 of it was set aside for calls that never told their end (never settled)" in said(opened("overview", "cleo"))


def test_the_overview_says_that_a_recheck_is_due_and_what_the_last_one_came_to(hostile: Store) -> None:
    with hostile.session() as session:
        session.connection().execute(text("UPDATE track SET title = 'Sledgehammer', artist_credit = 'Peter Gabriel'"))
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(hostile, "sledgehammer.1", actor=who)
    with hostile.session() as session:
        session.connection().execute(text("DELETE FROM setting WHERE name = 'recheck'"))
    assert "songstory recheck" in said(opened("overview", "cleo"))
    flagged(hostile, "quarantined", stories.get_revision(hostile, "sledgehammer.1").cards[0].sentences[0].cites[0])
    assert rechecking.recheck(hostile).stale == 1
    st.cache_data.clear()
    page = opened("overview", "cleo")
    assert "0 stories pulled, 1 to be read again" in said(page) and "songstory recheck" not in said(page)
    page = pressed(page, "Show what is to be read again")
    assert page.session_state["risk"] == "stale" and page.session_state["status"] == "all"
