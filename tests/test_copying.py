"""No card repeats more than eight words in a row of a passage that may not be copied."""

import pytest
from factories import fact
from test_grounding import rules

from songstory.grounding.copying import may_copy
from songstory.models import Fact

PASSAGE = "He sat down in the empty kitchen and wrote the whole thing on the back of an old envelope before breakfast."
ACT = "sat down in the empty kitchen and wrote the whole thing"


def told(act: str, licence: str) -> tuple[Fact, ...]:
    return (fact("account", act, agent="Peter Gabriel").model_copy(update={"passage": PASSAGE, "licence": licence}),)


@pytest.mark.parametrize("licence", ["CC BY-SA 3.0", "", "all rights reserved"])
def test_nine_words_of_a_protected_passage_are_refused(licence: str) -> None:
    assert rules(f"Peter Gabriel {ACT}.", facts=told(ACT, licence)) == {"copying.passage"}


@pytest.mark.parametrize("licence", ["CC0", "CC BY 4.0", "public domain"])
def test_a_free_passage_may_be_repeated(licence: str) -> None:
    assert not rules(f"Peter Gabriel {ACT}.", facts=told(ACT, licence))


def test_eight_words_may_stand() -> None:
    act = "sat down in the empty kitchen and wrote"
    assert not rules(f"Peter Gabriel {act}.", facts=told(act, "CC BY-SA 3.0"))


def test_names_and_figures_are_nobody_s_wording() -> None:
    names = "Kristoffer Fogelmark, Kristian Lundin, Albin Nedler, Savan Kotecha and Carl Falk"
    facts = tuple(
        fact("writer", n).model_copy(update={"passage": f"It was written by {names}.", "licence": "CC BY-SA 3.0"})
        for n in names.replace(" and ", ", ").split(", ")
    )
    assert not rules(f"It was written by {names}.", facts=facts)


def test_share_alike_is_no_free_licence() -> None:
    assert may_copy("CC0 1.0") and may_copy("CC BY 4.0") and not may_copy("CC BY-SA 4.0") and not may_copy("")
