"""What the dashboard tells of what is held, waits or was lost, to whom, and the way out that it offers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from accusing import beside, house
from pages import opened, pressed, said, served
from sqlalchemy import text

import songstory as ss
from songstory import processes, rechecking
from songstory.store import Store, catalogue, ledger, places, runs, stories


@pytest.fixture
def drafted(desk: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A desk with one draft."""
    ss.generate(desk, "sledgehammer", ss.open_writer(), actor="night")
    with served(desk, monkeypatch):
        yield desk


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
def test_who_may_clears_a_flag_with_a_reason_and_others_are_told_who_may(drafted: Store, flag: str) -> None:
    key = flagged(drafted, flag)
    page = opened("facts", "ben", track="sledgehammer")
    page.selectbox(key="fact").set_value(key).run()
    assert "takes a publisher" in said(page) and not [b for b in page.button if b.label.startswith("Clear the flag")]
    page = opened("facts", "cleo", track="sledgehammer")
    page.selectbox(key="fact").set_value(key).run()
    press = next(b for b in page.button if b.label == f"Clear the flag {flag}")
    press.click().run()
    assert "needs a reason" in said(page) and catalogue.facts_of(drafted, "sledgehammer")
    next(t for t in page.text_input if t.label.startswith("Reason, needed")).set_value("a tempo, no telephone").run()
    next(b for b in page.button if b.label == f"Clear the flag {flag}").click().run()
    assert "The flag is cleared." in said(page)


def test_what_is_to_be_read_again_is_told_on_top_of_the_queue(drafted: Store) -> None:
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben")):
        act(drafted, "sledgehammer.1", actor=who)
    ss.retract(drafted, stories.get_revision(drafted, "sledgehammer.1").cards[0].sentences[0].cites[0], actor="ben", comment="a mistake")
    page = opened("queue", "ben")
    assert "1 story to read again" in said(page)
    next(b for b in page.button if b.label == "Show what is to be read again").click().run()
    assert not page.exception and page.session_state["risk"] == "stale"


def test_a_sentence_that_a_fact_refuses_leads_to_the_facts(drafted: Store) -> None:
    key = flagged(drafted, "private")
    cards = stories.get_revision(drafted, "sledgehammer.1").cards
    line = cards[0].sentences[0].model_copy(update={"cites": (key,)})
    ss.edit(drafted, "sledgehammer.1", (cards[0].model_copy(update={"sentences": (line,)}), *cards[1:]), actor="mara")
    page = opened("story", "ben", id="sledgehammer")
    assert "the way out is on the page of the facts" in said(page)


# what accuses somebody ----------------------------------------------------------------------------------------------------


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


def test_a_sentence_that_joins_what_accuses_stays_refused_and_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = stories.get_revision(store, beside(store, house(store, tmp_path / "x.jsonl", sources=2)))
    first, second = revision.cards[0].sentences
    one = first.model_copy(update={"text": f"{first.text[:-1]} and {second.text}", "cites": (*first.cites, *second.cites)})
    ss.edit(store, revision.id, (revision.cards[0].model_copy(update={"headline": first, "sentences": (one,)}),), actor="mara")
    with served(store, monkeypatch):
        assert "that stays refused whoever clears it" in said(opened("story", "cleo", id="x"))


# what waits, what was lost, what was rechecked ------------------------------------------------------------------------------


def test_who_waits_for_a_process_sees_the_place_in_line_and_who_is_before(drafted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_PROCESSES_HOUSE", "1")
    with drafted.session() as session:
        places.ask(drafted, session, "import", "bea", {}, caps=places.Caps())
    (place,) = places.give(drafted, places.Caps())
    places.take(drafted, place.id, processes.named(os.getpid()), timedelta(hours=1))
    for who, track in (("mara", "silent"), ("ben", "sledgehammer")):
        with drafted.session() as session:
            run = runs.start_one(drafted, session, "m", track, f"{who} asked", "waiting")
            places.ask(drafted, session, "story", who, {"track": track}, run=run, caps=places.Caps())
    page = opened("runs", "ben")
    assert "2 in line, 1 under way; at most 2 for each person and 1 for the house" in said(page)
    (line,) = [t.value for t in page.dataframe if "Asked by" in t.value]
    assert list(line["Place"]) == [1, 2] and list(line["Asked by"]) == ["mara", "ben"] and list(line["Of"]) == ["silent", "sledgehammer"]
    assert "number 2 in line. Before it: what bea, mara asked for." in said(opened("story", "ben", id="sledgehammer"))


def test_what_never_told_its_end_is_said_where_costs_are_shown(drafted: Store) -> None:
    assert "never settled" not in said(opened("overview", "cleo"))
    ledger.reserve(drafted, "", 1.25, {}, seconds=-1)
    st.cache_data.clear()
    assert "$1.25 of it was set aside for calls that never told their end (never settled)" in said(opened("overview", "cleo"))


def test_the_overview_says_that_a_recheck_is_due_and_what_the_last_one_came_to(drafted: Store) -> None:
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(drafted, "sledgehammer.1", actor=who)
    with drafted.session() as session:
        session.connection().execute(text("DELETE FROM setting WHERE name = 'recheck'"))
    assert "songstory recheck" in said(opened("overview", "cleo"))
    flagged(drafted, "quarantined", stories.get_revision(drafted, "sledgehammer.1").cards[0].sentences[0].cites[0])
    assert rechecking.recheck(drafted).stale == 1
    st.cache_data.clear()
    page = opened("overview", "cleo")
    assert "0 stories pulled, 1 to be read again" in said(page) and "songstory recheck" not in said(page)
    page = pressed(page, "Show what is to be read again")
    assert page.session_state["risk"] == "stale" and page.session_state["status"] == "all"
