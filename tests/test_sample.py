"""The bundled catalogue: real songs, every fact with its source, licence and quote or cell."""

import json
from collections import Counter
from typing import Any

import pytest

from songstory import assets
from songstory.errors import NotEnoughFacts
from songstory.generation import brief_of
from songstory.names import words
from songstory.store import Store, catalogue
from songstory.vocabulary import PREDICATES

LINES: list[dict[str, Any]] = [json.loads(line) for line in (assets.sample() / "catalogue.jsonl").read_text(encoding="utf-8").splitlines()]
BY = {kind: [r for r in LINES if r["kind"] == kind] for kind in ("source", "passage", "entity", "track", "fact", "flag")}
PASSAGES = {p["key"]: p for p in BY["passage"]}
TIERS = {t["id"]: t["tier"] for t in BY["track"]}


def test_it_is_small_enough_to_ship() -> None:
    assert sum(f.stat().st_size for f in assets.sample().rglob("*") if f.is_file()) <= 3_000_000


def test_it_has_about_120_tracks_in_three_tiers() -> None:
    counts = Counter(TIERS.values())
    assert 110 <= len(TIERS) <= 150 and counts["story"] >= 60 and counts["credit"] >= 30 and counts["edge"] >= 10


@pytest.mark.parametrize("fact", [f for f in BY["fact"] if f.get("passage")], ids=lambda f: f"{f['track']}-{f['predicate']}")
def test_every_quote_is_a_substring_of_its_passage(fact: dict[str, Any]) -> None:
    assert fact["quote"] and fact["quote"] in PASSAGES[fact["passage"]]["text"]


def test_every_fact_has_a_source_a_locator_a_licence_and_a_quote_or_a_cell() -> None:
    sources = {s["key"]: s for s in BY["source"]}
    for f in BY["fact"]:
        passage = PASSAGES.get(f.get("passage", ""), {})
        assert sources[f.get("source") or passage["source"]]["licence"]
        assert f.get("locator") or passage["locator"]
        assert f.get("quote") or f.get("cell")


def test_a_named_value_stands_in_its_quote() -> None:
    names = {e["key"]: [e["name"], *e.get("aliases", [])] for e in BY["entity"]}
    for f in (f for f in BY["fact"] if f.get("quote") and PREDICATES[f["predicate"]].value == "name" and f["track"] != "clocks"):
        lasts = [words(n)[-1:] for n in names[f["object"]]] + [words(n) for n in names[f["object"]]]
        said = " ".join(words(f["quote"]))
        assert any(" ".join(last) in said for last in lasts), f


def test_a_quote_is_one_sentence_not_a_page() -> None:
    assert max(len(f["quote"]) for f in BY["fact"] if f.get("quote")) < 700


def test_no_lyrics_are_shipped() -> None:
    text = " ".join(p["text"] for p in BY["passage"])
    assert " / And you just wanna " not in text and 'heaven"' not in text and "Mama, I just shot" not in text


def test_own_words_copy_no_more_than_eight_in_a_row() -> None:
    def runs(words: list[str], size: int) -> set[tuple[str, ...]]:
        return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}

    for f in (f for f in BY["fact"] if f["predicate"] in {"account", "about", "inspired_by", "honour"} and f.get("quote")):
        assert not runs(str(f["value"]).casefold().split(), 9) & runs(f["quote"].casefold().split(), 9), f["value"]


def test_edge_tracks_tell_nothing_disputed_or_yield_no_story_and_say_why(sample: Store) -> None:
    for track in (t for t, tier in TIERS.items() if tier == "edge"):
        try:
            assert not any(n.fact.disputed for n in brief_of(sample, track).facts)
        except NotEnoughFacts as error:
            assert "missing:" in str(error)


def test_at_least_a_hundred_tracks_have_a_story(sample: Store) -> None:
    from songstory.store import stories

    assert sum(stories.status_counts(sample).values()) >= 100


def test_a_cell_is_what_the_fact_says() -> None:
    for f in (f for f in BY["fact"] if f["predicate"] == "tempo" and f.get("cell")):
        assert str(f["value"]) == f["cell"]


def test_licences_ship_with_the_data() -> None:
    text = (assets.sample() / "SOURCES.md").read_text(encoding="utf-8")
    assert all(word in text for word in ("CC BY-SA 3.0", "Chris Dalla Riva", "WikiText-2", "2WikiMultihopQA"))


def test_facts_of_one_track_are_not_facts_of_its_namesake(sample: Store) -> None:
    one = {f.key for f in catalogue.facts_of(sample, "take-a-picture-filter")}
    other = {f.key for f in catalogue.facts_of(sample, "take-a-picture-carly-rae-jepsen")}
    assert one and other and not one & other


def test_the_credit_tier_is_read_cell_by_cell() -> None:
    assert all(f["locator"].startswith("billboard_number_ones.csv row ") for f in BY["fact"] if f.get("cell"))
