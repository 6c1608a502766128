"""A hedge or owner of a fact is never lost: it is told, or the fact is not."""

import pytest
from factories import brief, fact

from songstory import briefs, grounding
from songstory.models import Card, Fact, Sentence, Task, Verdict
from songstory.writers.composer import Composer

SUBJECT = grounding.subject_names("Sledgehammer", "Peter Gabriel")
HEDGES = ["according to Ana Holt", "probably", "PROBABLY", "(reportedly)", "?? perhaps ??", "by some accounts", "it is rumoured", "its singer says", "selon Ana Holt", "vermutlich", "c.", "not confirmed", "as the drummer told Mojo", "is", "???", "in the"]  # fmt: skip


def verdict(text: str, *facts: Fact) -> Verdict:
    return grounding.check_sentence(Sentence(text=text, cites=tuple(f.key for f in facts)), {f.key: f for f in facts}, SUBJECT)


@pytest.mark.parametrize("hedge", HEDGES)
@pytest.mark.parametrize("text", ["The song is about a lost summer.", "It is about a lost summer.", "A lost summer"])
def test_a_flat_sentence_is_refused_whatever_the_hedge(hedge: str, text: str) -> None:
    assert not verdict(text, fact("about", "a lost summer", hedge=hedge)).supported


@pytest.mark.parametrize(
    ("hedge", "text"),
    [
        ("according to Ana Holt", "According to Ana Holt, the song is about a lost summer."),
        ("PROBABLY", "The song is probably about a lost summer."),
        ("it is rumoured", "It is rumoured that the song is about a lost summer."),
        ("its singer says", "Its singer says the song is about a lost summer."),
        ("said the drummer", "The song is about a lost summer, said the drummer."),
        ("vermutlich", "The song is probably about a lost summer."),
        ("reportedly", "Reportedly, the song is about a lost summer."),
        ("c.", "The song is about a lost summer of c. 1963."),
    ],
)
def test_a_sentence_that_tells_it_is_supported(hedge: str, text: str) -> None:
    value = "a lost summer of 1963" if "1963" in text else "a lost summer"
    assert verdict(text, fact("about", value, hedge=hedge)).supported


def test_a_hedge_is_put_to_nothing_that_does_not_carry_it() -> None:
    hedged, plain = fact("about", "a lost summer", hedge="according to Ana Holt"), fact("writer", "Bo Quill")
    assert not verdict("According to Ana Holt, Bo Quill wrote it.", hedged, plain).supported
    assert not verdict("According to Ana Holt, Bo Quill wrote it about a lost summer.", hedged, plain).supported
    assert not verdict("Bo Quill wrote it about a lost summer.", hedged, plain).supported
    assert verdict("Bo Quill wrote it.", hedged, plain).supported


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (fact("inspired_by", "a letter", degree="in large part"), "The song was inspired by a letter."),
        (fact("inspired_by", "a letter", what="the lyrics"), "The song was inspired by a letter."),
        (fact("producer", "Bo Quill", note="uncredited"), "Bo Quill produced it."),
        (fact("producer", "Bo Quill", note="main"), "Bo Quill remained its producer."),
        (fact("sold", 1_000_000, modifier="nearly"), "It sold 1 million copies."),
        (fact("sold", 1_000_000, region="Japan"), "It sold 1 million copies."),
        (fact("described_as", "a lazy attempt", by="Ann Critic"), 'It is "a lazy attempt".'),
        (fact("described_as", "a lazy attempt", by="Ann Critic", of="the chorus"), 'Ann Critic called it "a lazy attempt".'),
        (fact("described_as", "a lost love", by="Ann Critic", how="says it is about"), 'Ann Critic called it "a lost love".'),
        (fact("award", "Best Song", what="the video"), "It won Best Song."),
        (fact("ranked", 7, by="Mojo", list="Clips", what="the video"), 'It ranked at number seven on "Clips", a list by Mojo.'),
        (fact("honour", "Clip of the Year", by="Mojo", what="the video"), "Mojo named it Clip of the Year."),
        (fact("released", "1994-06-13", region="Japan"), "The song was released on 13 June 1994."),
        (fact("released", "1994-06-13", **{"as": "a new version"}), "It was released on 13 June 1994."),
        (fact("b_side_of", "High Tide", region="Japan"), 'It was the B-side of "High Tide".'),
    ],
)  # fmt: skip
def test_what_restricts_or_owns_a_statement_is_not_dropped(known: Fact, text: str) -> None:
    found = verdict(text, known)
    assert not found.supported and "licence.hedge_dropped" in {r.rule for r in found.reasons}


@pytest.mark.parametrize("hedge", HEDGES)
def test_the_composer_tells_the_hedge_or_leaves_the_fact_out(hedge: str) -> None:
    facts = [fact("about", "a lost summer", hedge=hedge), fact("account", "wrote it on a train", agent="Bo Quill", hedge=hedge)]
    made = briefs.make_brief(brief().track, [*facts, fact("writer", "Ann Other"), fact("tempo", 99), fact("label", "Quay")])
    written = Composer().write(Task(brief=made, prompt=briefs.render(made)))
    assert written.cards and all(v.supported for v in grounding.check(written, made))


def test_the_composer_does_tell_hedged_facts() -> None:
    told = {"according to Ana Holt", "probably", "it is rumoured", "by some accounts"}
    for hedge in told:
        made = briefs.make_brief(
            brief().track, [fact("about", "a lost summer", hedge=hedge), fact("writer", "Ann Other"), fact("tempo", 99)]
        )
        cards: tuple[Card, ...] = Composer().write(Task(brief=made, prompt=briefs.render(made))).cards
        assert any("lost summer" in s.text for c in cards for s in c.sentences), hedge


def test_the_prompt_shows_the_hedge() -> None:
    made = briefs.make_brief(brief().track, [fact("about", "x", hedge="probably"), fact("writer", "Ann Other"), fact("tempo", 99)])
    assert '"hedge":"probably"' in briefs.render(made).user
