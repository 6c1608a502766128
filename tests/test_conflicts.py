"""Where sources contradict one another: a conflict is seen, kept out of the brief, and ended by a person or by the sources."""

import pytest

from songstory import briefs, decisions, intake
from songstory.conflicts import corroboration, disputed
from songstory.errors import NotEnoughFacts
from songstory.models import Fact, Source
from songstory.records import Recording, Statement
from songstory.sources.shapes import entity
from songstory.store import Store, catalogue, disputes
from songstory.tellable import weigh


def fact(source: str, predicate: str, value: object, **more: object) -> Fact:
    named = f"{source}-{value}" if predicate in {"writer", "producer", "lyricist", "composer"} else None
    fields = {"names": (str(value),), "qualifiers": more.pop("qualifiers", {}), **more}
    return Fact(key=f"{source}/{predicate}/{value}", subject="rec", predicate=predicate, value=value, object=named, source=source, **fields)  # type: ignore[arg-type]


def keys(*facts: Fact) -> set[object]:
    return {f.value for f in facts if f.key in disputed(facts)}


@pytest.mark.parametrize(
    ("facts", "conflict"),
    [
        ([fact("a", "writer", "Ana Okafor"), fact("b", "writer", "Ben Quill")], {"Ana Okafor", "Ben Quill"}),
        ([fact("a", "writer", "Ana Okafor"), fact("b", "writer", "Ana Okafor")], set()),
        ([fact("a", "writer", "Ana"), fact("a", "writer", "Ben"), fact("b", "writer", "Ana")], set()),  # one list inside the other
        ([fact("a", "writer", "Ana"), fact("a", "writer", "Ben"), fact("b", "writer", "Ana"), fact("b", "writer", "Cy")], {"Ben", "Cy"}),
        ([fact("a", "writer", "Ana"), fact("b", "lyricist", "Ana")], set()),
        ([fact("a", "writer", "John Lennon"), fact("a", "writer", "Paul McCartney"), fact("b", "writer", "Lennon-McCartney")], set()),
        ([fact("a", "writer", "Jeff Barry"), fact("b", "writer", "J. Barry")], set()),
        (
            [fact("a", "writer", "Elton John"), fact("a", "writer", "Bernie Taupin"), fact("b", "writer", "Elton John & Bernie Taupin")],
            set(),
        ),
        ([fact("a", "released", "1986"), fact("b", "released", "1986-04-21")], set()),
        ([fact("a", "released", "1986-04-20"), fact("b", "released", "1986-04-21")], {"1986-04-20", "1986-04-21"}),
        ([fact("a", "released", "197X"), fact("b", "released", "1975-06")], set()),
        ([fact("a", "released", "197X"), fact("b", "released", "1981")], {"197X", "1981"}),
        ([fact("a", "released", "1969~"), fact("b", "released", "1971")], set()),
        ([fact("a", "released", "../1969"), fact("b", "released", "1970")], {"../1969", "1970"}),
        ([fact("a", "tempo", 96), fact("b", "tempo", 192)], set()),
        ([fact("a", "tempo", 96), fact("b", "tempo", 120)], {96, 120}),
        ([fact("a", "duration", 200), fact("b", "duration", 204)], set()),
        ([fact("a", "charted", 1, qualifiers={"chart": "UK"}), fact("b", "charted", 2, qualifiers={"chart": "US"})], set()),
        ([fact("a", "charted", 1, qualifiers={"chart": "UK"}), fact("b", "charted", 2, qualifiers={"chart": "UK"})], {1, 2}),
        ([fact("a", "genre", "pop"), fact("b", "genre", "rock")], set()),
        ([fact("a", "contains_ai", "none"), fact("b", "contains_ai", "partly")], {"none", "partly"}),
        ([fact("a", "writer", "Ana", independent_group="g"), fact("b", "writer", "Ben", independent_group="g")], set()),
    ],
)
def test_what_contradicts_and_what_does_not(facts: list[Fact], conflict: set[object]) -> None:
    assert keys(*facts) == keys(*reversed(facts)) == conflict


def test_a_vague_date_agrees_with_an_exact_one_and_does_not_bear_it_out() -> None:
    assert set(corroboration([fact("a", "released", "197X"), fact("b", "released", "1975")]).values()) == {1}
    assert set(corroboration([fact("a", "released", "1975-06"), fact("b", "released", "1975")]).values()) == {2}


def test_corroboration_counts_independent_groups_and_equal_text_once() -> None:
    two = [fact("a", "tempo", 96), fact("b", "tempo", 97)]
    assert set(corroboration(two).values()) == {2}
    same_text = [fact("a", "tempo", 96, passage="It moves at 96."), fact("b", "tempo", 96, passage="It  moves at 96.")]
    assert set(corroboration(same_text).values()) == {1}


def load(store: Store, source: str, *writers: str, tempo: int = 0) -> intake.Intake:
    said = [Statement(predicate="writer", value=w, object=entity(f"{source}-{w}", "person", w)) for w in writers]
    said += [Statement(predicate="tempo", value=tempo)] if tempo else []
    record = Recording(source=source, locator="1", title="In da Club", artist_credit="50 Cent", length_ms=193_000, statements=tuple(said))
    return intake.import_records(store, Source(key=source, name=source, licence="x"), [record])


def the_facts(store: Store) -> list[Fact]:
    (track,) = catalogue.list_tracks(store, search="In da Club").items
    return catalogue.facts_of(store, track.id)


def test_another_song_s_writers_in_one_source_surface_and_stay_out_of_the_brief(any_store: Store) -> None:
    load(any_store, "sheet", "Chris Braide", "Gary Burr", "Aldo Nova")
    assert load(any_store, "label", "50 Cent", "Dr. Dre", "Michael Elizondo").conflicts == 6
    ((_, predicate, facts),) = disputes.conflicts(any_store)
    assert predicate == "writer" and len(facts) == 6
    (track,) = catalogue.list_tracks(any_store).items
    with pytest.raises(NotEnoughFacts, match="disputed"):
        briefs.make_brief(track, the_facts(any_store))


def test_a_person_decides_for_a_whole_record_and_the_decision_holds(desk: Store) -> None:
    load(desk, "memo", "Chris Braide", "Gary Burr")
    load(desk, "label", "50 Cent", "Dr. Dre")
    chosen = next(f for f in the_facts(desk) if f.value == "50 Cent")
    decisions.resolve_conflict(desk, chosen.key, actor="ben", comment="the label's sheet")
    assert {f.value for f in the_facts(desk) if not f.disputed} == {"50 Cent", "Dr. Dre"}
    load(desk, "label", "50 Cent", "Dr. Dre", tempo=90)
    assert {f.value for f in the_facts(desk) if not f.disputed} == {"50 Cent", "Dr. Dre", 90}
    assert disputes.conflicts(desk) == []


def test_a_source_that_takes_it_back_ends_the_conflict(store: Store) -> None:
    load(store, "sheet", "Chris Braide")
    load(store, "label", "50 Cent")
    assert len(disputes.conflicts(store)) == 1
    assert load(store, "sheet", "50 Cent").retracted == 1
    assert disputes.conflicts(store) == [] and {f.value for f in the_facts(store)} == {"50 Cent"}


def test_a_fact_stated_again_stands_again_unless_a_person_retracted_it(desk: Store) -> None:
    load(desk, "memo", "Ana")
    load(desk, "memo", "Ben")
    assert [f.value for f in the_facts(desk)] == ["Ben"]
    load(desk, "memo", "Ana", "Ben")
    assert {f.value for f in the_facts(desk)} == {"Ana", "Ben"}
    ana = next(f for f in the_facts(desk) if f.value == "Ana")
    decisions.retract(desk, ana.key, actor="ben")
    load(desk, "memo", "Ana", "Ben", tempo=90)
    assert {f.value for f in the_facts(desk)} == {"Ben", 90}


def test_a_decision_does_not_hold_for_what_its_record_says_later(desk: Store) -> None:
    load(desk, "memo", "Chris Braide", tempo=120)
    load(desk, "label", "50 Cent", tempo=90)
    chosen = next(f for f in the_facts(desk) if f.value == 90)
    decisions.resolve_conflict(desk, chosen.key, actor="ben", comment="counted")
    assert not next(f for f in the_facts(desk) if f.value == 90).disputed
    load(desk, "label", "50 Cent", tempo=70)
    assert next(f for f in the_facts(desk) if f.value == 70).disputed


def test_who_lets_a_disputed_fact_be_told_has_decided_for_it(desk: Store) -> None:
    load(desk, "memo", "Chris Braide", tempo=120)
    load(desk, "label", "50 Cent", tempo=90)
    one = next(f for f in the_facts(desk) if f.value == 90)
    decisions.clear_flag(desk, one.key, "disputed", actor="ben", comment="counted")
    told = {f.value: f.status for f in weigh(the_facts(desk))}
    assert told[90] == "stands" and told[120] == "disputed"


def test_what_is_trusted_from_now_on_may_contradict(desk: Store) -> None:
    load(desk, "memo", "Chris Braide", tempo=120)
    source = Source(key="fan", name="fan", licence="x", trust=20)
    said = (Statement(predicate="tempo", value=90),)
    intake.import_records(desk, source, [Recording(source="fan", locator="1", title="In da Club", artist_credit="50 Cent", length_ms=193_000, statements=said)])
    assert disputes.conflicts(desk) == []
    decisions.set_trust(desk, "fan", 60, actor="ben")
    assert [predicate for _, predicate, _ in disputes.conflicts(desk)] == ["tempo"]
    decisions.set_trust(desk, "fan", 20, actor="ben")
    assert disputes.conflicts(desk) == []
