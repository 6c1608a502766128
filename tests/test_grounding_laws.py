"""Laws of grounding, over random facts, citations and words: what can never turn a refusal into support."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "bench"))
from claims.mutants import mutants
from claims.sentences import Claim, claims
from claims.world import songs

from songstory.checking import check_claim

Case = tuple[str, list[dict[str, Any]], dict[str, str]]


@lru_cache
def cases() -> list[Case]:
    """Return true sentences and planted errors about made-up songs, each with its facts."""
    world = songs(77, 40)
    true: list[Claim] = claims(world, 78, per=2) + claims(world, 79, free=True, per=1)
    found = [(c.text, list(c.facts), {"title": c.song.title, "artist": c.song.artist}) for c in true]
    for made in mutants(world, true, 80, cap=25).values():
        found += [(text, evidence, {"title": song.title, "artist": song.artist}) for text, evidence, song in made]
    Random(81).shuffle(found)
    return found


def supported(text: str, facts: list[dict[str, Any]], subject: dict[str, str]) -> bool:
    return bool(check_claim({"id": 1, "subject": subject, "claim": text, "evidence": facts})["label"] == "supported")


case = st.integers(0, 10_000).map(lambda i: cases()[i % len(cases())])


@settings(max_examples=300, deadline=None)
@given(case, st.data())
def test_a_word_that_nothing_licenses_never_helps(one: Case, data: st.DataObject) -> None:
    text, facts, subject = one
    parts = text.split(" ")
    at = data.draw(st.integers(0, len(parts)))
    word = data.draw(st.text("bcdfghjklmnpqrstvwxz", min_size=4, max_size=12))
    assert not supported(" ".join([*parts[:at], word, *parts[at:]]), facts, subject)


@settings(max_examples=300, deadline=None)
@given(case, st.data())
def test_leaving_out_a_citation_never_helps(one: Case, data: st.DataObject) -> None:
    text, facts, subject = one
    standing = [f for f in facts if f["status"] == "stands"]
    fewer = [f for f in standing if data.draw(st.booleans())]
    if fewer and supported(text, fewer, subject):
        assert supported(text, standing, subject)


@settings(max_examples=300, deadline=None)
@given(case, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_never_matters(one: Case, dice: Random) -> None:
    text, facts, subject = one
    turned = dice.sample(facts, len(facts))
    first, second = (check_claim({"id": 1, "subject": subject, "claim": text, "evidence": e}) for e in (facts, turned))
    assert (first["label"], first["score"]) == (second["label"], second["score"])


@pytest.mark.parametrize("one", cases()[:60], ids=lambda c: c[0][:40])
def test_the_same_bytes_on_every_rerun(one: Case) -> None:
    text, facts, subject = one
    claim = {"id": 1, "subject": subject, "claim": text, "evidence": facts}
    assert check_claim(claim) == check_claim(claim)
