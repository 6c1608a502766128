"""Input that is no sentence: a refusal with its rule, in bounded time, never an exception."""

import time

import pytest
from test_grounding import rules, verdict

from songstory.checking import check_claim
from songstory.models import Label

TRUE = "Peter Gabriel wrote it."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "atoms.empty"),
        ("   \n", "atoms.empty"),
        ("...!?", "atoms.empty"),
        (TRUE + "\u202e", "atoms.sign"),
        ("Peter\u200b Gabriel wrote it.", "atoms.sign"),
        (TRUE + "\U000e0041\U000e0042", "atoms.sign"),
        (TRUE + "\x00", "atoms.sign"),
        (TRUE + " \U0001f3b8", "atoms.sign"),
        ("Peter Gabriel wrote it.\u2066", "atoms.sign"),
        ("Peter Gаbriel wrote it.", "atoms.sign"),
        ("Peter Gabriel a écrit la chanson.", "licence.word"),
        ("Das Lied schrieb Peter Gabriel.", "licence.word"),
        ("ピーターが作曲した", "licence.word"),
        ("Peter Gabriel написал эту песню.", "licence.word"),
    ],
)
def test_each_is_refused_by_its_rule(text: str, rule: str) -> None:
    assert rule in rules(text, "F1") and not verdict(text, "F1").supported


def test_a_sign_that_a_cited_name_has_may_stand() -> None:
    fact = {"key": "f1", "predicate": "producer", "value": "★Nova", "aliases": [], "qualifiers": {}}
    assert check_claim({"id": 1, "claim": "★Nova produced it.", "evidence": [fact]})["label"] == "supported"


@pytest.mark.parametrize("cite", ["F１", "F1\u200b", "f1", "Ｆ1", "F01", " F1"])
def test_a_citation_matches_byte_for_byte(cite: str) -> None:
    found = verdict(TRUE, cite)
    assert found.label is Label.REFUTED and found.reasons[0].rule == "citation.unknown"


def test_no_facts_is_not_enough() -> None:
    assert check_claim({"id": 1, "claim": TRUE, "evidence": []})["label"] == "not_enough_info"


WALL = 20  # seconds, forty times the target: a wall against blow-up, no timing; the figure is printed by make bench-grounding
LONG = {
    "words": "haunting " * 1200,
    "names": "Peter Gabriel and " * 600,
    "triggers": "wrote and produced it, haunting " * 350,
    "quotes": '"" ' * 3500,
    "commas": "," * 10_000,
    "numbers": "1 million 2 " * 850,
    "one word": "a" * 10_000,
    "digits": "9" * 10_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_ten_thousand_characters_take_bounded_time(kind: str) -> None:
    start = time.process_time()
    assert not verdict(LONG[kind][:10_000]).supported
    assert time.process_time() - start < WALL


@pytest.mark.parametrize("kind", LONG)
def test_long_prose_claims_are_answered_too(kind: str) -> None:
    assert (
        check_claim({"id": 1, "claim": LONG[kind][:10_000], "evidence": [TRUE, "Song | Producer | Daniel Lanois"]})["label"] != "supported"
    )
