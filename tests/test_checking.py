"""`songstory check --jsonl`: exactly the interface that other people's sets are run through."""

import json

import pytest

from songstory.checking import check_lines
from songstory.errors import BadRecord

FACT = {
    "key": "f7",
    "predicate": "producer",
    "subject": "Sledgehammer",
    "value": "Daniel Lanois",
    "aliases": ["D. Lanois"],
    "qualifiers": {},
    "status": "stands",
    "quote": None,
}
CLAIM = {
    "id": "c1",
    "subject": {"title": "Sledgehammer", "artist": "Peter Gabriel"},
    "claim": "Peter Gabriel produced it with Daniel Lanois.",
    "evidence": ["Sledgehammer | producers | Daniel Lanois; Peter Gabriel", FACT],
}
PROSE = (
    "Mimi is a popular song written by Richard Rodgers, with words by Lorenz Hart. It was featured in the movie Love Me Tonight in 1932."
)


def ask(**change: object) -> dict[str, object] | BadRecord:
    return next(check_lines([json.dumps({**CLAIM, **change}).encode()], "claims.jsonl"))


def test_the_example_of_the_interface_is_supported() -> None:
    assert ask() == {"id": "c1", "label": "supported", "score": 1.0, "reasons": []}


def test_a_refusal_has_the_keys_of_the_interface() -> None:
    answer = ask(claim="Peter Gabriel wrote it with Daniel Lanois.")
    assert isinstance(answer, dict) and answer["label"] == "refuted" and answer["score"] < 0.5  # type: ignore[operator]
    assert all(set(r) == {"rule", "span", "fact", "text"} for r in answer["reasons"])  # type: ignore[attr-defined]


def test_the_subject_may_be_missing() -> None:
    assert ask(subject=None, claim="Daniel Lanois produced it.")["label"] == "supported"  # type: ignore[index]


def test_an_alias_is_the_same_person() -> None:
    assert ask(claim="D. Lanois produced it.", evidence=[FACT])["label"] == "supported"  # type: ignore[index]


@pytest.mark.parametrize("status", ["disputed", "retracted"])
def test_a_fact_that_does_not_stand_supports_nothing(status: str) -> None:
    assert ask(evidence=[{**FACT, "status": status}], claim="Daniel Lanois produced it.")["label"] == "refuted"  # type: ignore[index]


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("Mimi was written by Richard Rodgers.", "supported"),
        ("Mimi was featured in the movie Love Me Tonight.", "supported"),
        ("Mimi was written by Cole Porter.", "refuted"),
        ("Mimi was featured in a movie in 1933.", "refuted"),
        ("Mimi was not written by Richard Rodgers.", "refuted"),
        ("Mimi is a beloved song.", "not_enough_info"),
    ],
)
def test_prose_is_evidence_too(claim: str, label: str) -> None:
    assert ask(subject=None, claim=claim, evidence=[PROSE])["label"] == label  # type: ignore[index]


def test_every_refusal_against_prose_names_words_and_the_nearest_line() -> None:
    answer = ask(subject=None, claim="Mimi was not written by Richard Rodgers.", evidence=["Nothing of it here.", PROSE])
    assert all(r["span"] and r["fact"] == "evidence.1" for r in answer["reasons"])  # type: ignore[index]


def test_no_evidence_is_not_enough() -> None:
    assert ask(evidence=[])["label"] == "not_enough_info"  # type: ignore[index]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"", "line: blank"),
        (b"{", "expected one JSON object"),
        (b"[]", "found list"),
        (b'{"id":"x","evidence":[]}', "claim: expected a text"),
        (b'{"id":"x","claim":"y"}', "evidence: expected a list"),
        (b'{"claim":"y","evidence":[]}', "id: expected"),
        (b'{"id":"x","claim":"y","evidence":[3]}', "evidence.0: expected"),
        (b'{"id":"x","claim":"y","evidence":[{"predicate":"hummed","value":"z"}]}', "evidence.0.predicate"),
        (b'{"id":"x","claim":"y","evidence":[{"predicate":"tempo","value":"fast"}]}', "evidence.0.value"),
        (b'{"id":"x","claim":"y","evidence":[{"predicate":"key","value":"C","status":"maybe"}]}', "evidence.0.status"),
        (b'{"id":"x","claim":"y","evidence":[],"subject":"z"}', "subject: expected"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_checked(line: bytes, says: str) -> None:
    bad, good = check_lines([line, json.dumps(CLAIM).encode()], "claims.jsonl")
    assert isinstance(bad, BadRecord) and str(bad).startswith("claims.jsonl:1: ") and says in str(bad)
    assert isinstance(good, dict) and good["label"] == "supported"


def test_the_same_bytes_for_the_same_input() -> None:
    assert json.dumps(ask(claim="Daniel Lanois wrote it.")) == json.dumps(ask(claim="Daniel Lanois wrote it."))
