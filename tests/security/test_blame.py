"""Blame by joining: what accuses nobody alone is not joined, and not put beside, what another fact says of a person."""

from pathlib import Path

import pytest
from accusing import beside, house
from factories import brief, fact

import songstory as ss
from songstory import blame, briefs, grounding
from songstory.decisions import clear_blame
from songstory.errors import NotAllowed, SongstoryError, Unsupported
from songstory.fallout import REFUSED
from songstory.generation import brief_of
from songstory.models import Card, Draft, Fact, Sentence, Task, Verdict
from songstory.store import Store, catalogue, citing, material, stories
from songstory.vocabulary import RISKS
from songstory.writers.composer import Composer

SUBJECT = grounding.subject_names("Sledgehammer", "Peter Gabriel")


def did(agent: str, act: str) -> Fact:
    return fact("account", act, key=f"{agent} {act}", agent=agent)


def told(*facts: Fact) -> tuple[Verdict, ...]:
    """Return the verdicts on a card with one sentence for each of `facts`."""
    lines = [Sentence(text=f"{f.qualifiers.get('agent') or 'It is about'} {f.value}.".capitalize(), cites=(f.key,)) for f in facts]
    card = Card(kind="people", headline=Sentence(text="Sledgehammer", cites=(facts[0].key,)), sentences=tuple(lines))
    return grounding.check_cards([card], {f.key: f for f in facts}, SUBJECT)


def rules(verdicts: tuple[Verdict, ...]) -> set[str]:
    return {r.rule for v in verdicts for r in v.reasons}


ACCUSING = [
    (did("Orrin Vale", "left the band in 2019"), did("The band's takings", "were missing in 2019")),
    (did("Orrin Vale", "kept the books"), did("The Loomers", "could not pay the studio")),
    (did("Ana Holt", "locked up that night"), did("Bo Quill", "found the tapes gone")),
    (did("Ana Holt", "drank only tea during the session"), did("Ana Holt", "cancelled six shows")),
    (did("Ana Holt", "played the drums"), did("Bo Quill", "played every drum part again")),
    (did("Ana Holt", "moved to Lisbon in the spring"), fact("about", "two people who no longer share a house")),
    (fact("inspired_by", "Bo Quill"), fact("about", "a man who lies to everyone")),
    (did("The Loomers", "have refused to work with a producer since"), fact("producer", "Bo Quill")),
]
HARMLESS = [
    (fact("writer", "Ana Holt"), fact("producer", "Bo Quill")),
    (did("Ana Holt", "played the marimba"), did("Bo Quill", "played the bass through a tin can")),
    (did("Ana Holt", "moved to Lisbon in the spring"), fact("tempo", 92)),
    (did("Ana Holt", "left the band in 2019"), fact("charted", 3, chart="UK Singles Chart")),
    (did("Ana Holt", "wrote it on a train"), fact("producer", "Bo Quill")),
    (fact("about", "patience"), fact("inspired_by", "her teacher, Mrs Halvorsen")),
    (did("the song", "was left off the album"), did("Bo Quill", "sang it twice")),
    (did("Ana Holt", "left the band in 2019"), fact("recorded_at", "Harbour Studios")),
]


@pytest.mark.parametrize("pair", ACCUSING, ids=lambda p: p[0].key)
@pytest.mark.parametrize("turned", [False, True])
def test_what_accuses_together_does_not_stand_on_one_card(pair: tuple[Fact, Fact], turned: bool) -> None:
    found = told(*(pair[::-1] if turned else pair))
    assert all(not v.supported for v in found) and blame.RULE in rules(found)


@pytest.mark.parametrize("pair", HARMLESS, ids=lambda p: p[0].key)
def test_credits_charts_dates_sound_and_the_making_do(pair: tuple[Fact, Fact]) -> None:
    assert not rules(told(*pair)) & set(blame.RULES)


@pytest.mark.parametrize("pair", ACCUSING, ids=lambda p: p[0].key)
def test_no_clearing_lets_them_be_joined_in_one_sentence(pair: tuple[Fact, Fact]) -> None:
    facts = {f.key: f.model_copy(update={"cleared_beside": (o.key,)}) for f, o in (pair, pair[::-1])}
    assert blame.RULE not in rules(told(*facts.values()))
    joined = Sentence(text=" and ".join(f"{f.qualifiers.get('agent', '')} {f.value}" for f in pair), cites=tuple(facts))
    found = grounding.check_sentence(joined, facts, SUBJECT)
    assert not found.supported and {r.rule for r in found.reasons} == {blame.JOINED}


def test_two_cards_may_tell_them() -> None:
    pair = ACCUSING[0]
    cards = [Card(kind=kind, headline=Sentence(text="Sledgehammer", cites=(f.key,)), sentences=(Sentence(text=f"{f.qualifiers['agent']} {f.value}.", cites=(f.key,)),)) for kind, f in zip(("people", "origin"), pair, strict=True)]  # fmt: skip
    found = grounding.check_cards(cards, {f.key: f for f in pair}, SUBJECT)
    assert not rules(found) & set(blame.RULES) and sum(v.supported for v in found) >= 2


@pytest.mark.parametrize("pair", ACCUSING, ids=lambda p: p[0].key)
def test_the_composer_never_writes_such_a_card(pair: tuple[Fact, Fact]) -> None:
    made = briefs.make_brief(brief().track, [*pair, fact("tempo", 99), fact("key", "E minor"), fact("label", "Quay"), fact("writer", "Zoe Orr")])  # fmt: skip
    written = Composer().write(Task(brief=made, prompt=briefs.render(made)))
    known = {n.number: n.fact for n in made.facts}
    assert written.cards
    for card in written.cards:
        assert not blame.pairs(known[c] for s in (card.headline, *card.sentences) for c in s.cites)


def test_an_article_that_is_no_name_loses_its_capital_in_the_middle() -> None:
    facts = [did("Ana Holt", "sang it once"), did("The house choir", "sang it twice"), did("The Edge", "made it loud")]
    for agent in (f.qualifiers["agent"] for f in facts[1:]):
        made = briefs.make_brief(brief().track, [facts[0], *(f for f in facts if f.qualifiers["agent"] == agent), fact("tempo", 99), fact("writer", "Zoe Orr")])  # fmt: skip
        text = " ".join(s.text for c in Composer().write(Task(brief=made, prompt=briefs.render(made))).cards for s in c.sentences)
        assert "and The house" not in text and "and the Edge" not in text


# through the house ---------------------------------------------------------------------------------------------------


def test_such_a_text_is_risky_and_nobody_approves_it(store: Store, tmp_path: Path) -> None:
    keys = house(store, tmp_path / "x.jsonl")
    revision = beside(store, keys)
    story = stories.get_story(store, "x")
    assert RISKS[story.risk] == "a sensitive matter" and story.problems
    with pytest.raises(Unsupported, match=r"so that both accuse"):
        ss.approve(store, revision, actor="ben")
    assert isinstance(ss.approve_many(store, [revision], actor="ben")[0][1], SongstoryError)


def test_a_publisher_clears_just_that_pair_with_two_trusted_sources(any_store: Store, tmp_path: Path) -> None:
    keys = house(any_store, tmp_path / "x.jsonl", sources=2)
    revision = beside(any_store, keys)
    with pytest.raises(NotAllowed, match="publisher"):
        clear_blame(any_store, "x", *keys, actor="ben", comment="both papers say so")
    clear_blame(any_store, "x", *keys, actor="cleo", comment="both papers say so")
    ss.approve(any_store, revision, actor="ben")
    assert ss.publish(any_store, revision, actor="cleo").status == "published"
    again = ss.edit(any_store, revision, stories.get_revision(any_store, revision).cards, actor="mara")
    assert not again.problems and RISKS[stories.get_story(any_store, "x").risk] == "a sensitive matter"


def test_one_source_does_not_clear_it_and_what_accuses_nobody_is_not_cleared(store: Store, tmp_path: Path) -> None:
    one, other = house(store, tmp_path / "x.jsonl")
    with pytest.raises(NotAllowed, match="two trusted sources"):
        clear_blame(store, "x", one, other, actor="cleo", comment="seen")
    tempo = next(f.key for f in catalogue.facts_of(store, "x") if f.predicate == "tempo")
    with pytest.raises(SongstoryError, match="accuse nobody"):
        clear_blame(store, "x", one, tempo, actor="cleo", comment="seen")
    with pytest.raises(SongstoryError, match="reason"):
        clear_blame(store, "x", one, other, actor="cleo", comment=" ")
    with pytest.raises(SongstoryError, match="stands there twice"):
        clear_blame(store, "x", one, one, actor="cleo", comment="seen")


def test_a_night_knows_which_pairs_were_cleared(any_store: Store, tmp_path: Path) -> None:
    keys = house(any_store, tmp_path / "x.jsonl", sources=2)
    before = {n.fact.key: n.fact.cleared_beside for n in brief_of(any_store, "x").facts}
    assert not any(before.values())
    clear_blame(any_store, "x", *keys, actor="cleo", comment="both papers say so")
    made = material.read(any_store, ["x"], "en", "world")["x"].facts
    assert {f.key: f.cleared_beside for f in made if f.cleared_beside} == {keys[0]: (keys[1],), keys[1]: (keys[0],)}
    told = {n.fact.key: n for n in brief_of(any_store, "x").facts if n.fact.cleared_beside}
    assert set(told) == set(keys)
    lines = tuple(Sentence(text=f"{n.fact.qualifiers['agent']} {n.fact.value}.", cites=(n.number,)) for n in told.values())
    draft = Draft(cards=(Card(kind="people", headline=lines[0], sentences=lines),), model="m")
    assert not [r for v in grounding.check(draft, brief_of(any_store, "x")) for r in v.reasons if r.rule in blame.RULES]


def test_clearing_a_pair_takes_the_mark_off_the_stories_that_cite_it(store: Store, tmp_path: Path) -> None:
    keys = house(store, tmp_path / "x.jsonl", sources=2)
    revision = beside(store, keys)
    with store.session() as session:
        (text,) = citing.texts_citing(session, [int(catalogue.fact_row(session, keys[0]).id or 0)])
        citing.mark(session, text, f"{REFUSED}a rule of yesterday", refused=True)
    assert stories.get_story(store, "x").stale_since
    clear_blame(store, "x", *keys, actor="cleo", comment="both papers say so")
    assert not stories.get_story(store, "x").stale_since and stories.get_revision(store, revision)
