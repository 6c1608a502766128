"""The table of states, acts and roles: every pair that is not in it is refused."""

import threading
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from conftest import copied, once
from sqlalchemy import text

import songstory as ss
from songstory import decisions, review
from songstory.errors import IllegalMove, NotAllowed, ReviewError, StaleRevision, StoryNotFound, Unsupported
from songstory.models import Sentence, Status
from songstory.store import Store, catalogue, disputes, people, stories

ACTS: dict[str, Callable[..., ss.Story]] = {name: getattr(review, name) for name in review.MOVES}
# The table of the house, written down a second time so that a slip in the code shows.
ALLOWED = {
    "submit": ({"draft", "changes_requested"}, "in_review", {"mara", "ben", "cleo", "night"}),
    "request_changes": ({"in_review", "approved"}, "changes_requested", {"ben", "cleo"}),
    "approve": ({"in_review"}, "approved", {"ben", "cleo"}),
    "publish": ({"approved"}, "published", {"cleo"}),
    "discard": ({"draft", "in_review", "changes_requested"}, "discarded", {"ben", "cleo"}),
    "reopen": ({"withdrawn", "discarded"}, "draft", {"ben", "cleo"}),
}


@pytest.fixture(scope="module")
def drafted(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with one story, just written."""
    return once(tmp_path_factory, "drafted", lambda store: ss.generate(store, "sledgehammer", ss.open_writer()), small)


@pytest.fixture
def desk(request: pytest.FixtureRequest, small: Path, tmp_path: Path) -> Iterator[Store]:
    """The small catalogue with five people, and the story where a test asks for it."""
    opened = copied(request.getfixturevalue("drafted") if "story" in request.fixturenames else small, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def story(desk: Store) -> ss.Revision:
    return stories.get_revision(desk, "sledgehammer.1")


def put(store: Store, status: str) -> None:
    with store.session() as session:
        session.execute(text("UPDATE story SET status = :s"), {"s": status})


def live(store: Store, revision: ss.Revision) -> None:
    ss.submit(store, revision.id, actor="mara")
    ss.approve(store, revision.id, actor="ben")
    ss.publish(store, revision.id, actor="cleo")


def actions(store: Store) -> list[str]:
    return [e.action for e in reversed(people.events(store, size=200).items)]


@pytest.mark.parametrize(("act", "status"), list(product(ALLOWED, [str(s) for s in Status])))
def test_every_move_from_every_status(desk: Store, story: ss.Revision, act: str, status: str) -> None:
    put(desk, status)
    was, to, _ = ALLOWED[act]
    if status in was:
        assert ACTS[act](desk, story.id, actor="cleo", comment="why").status == to
    else:
        with pytest.raises(IllegalMove):
            ACTS[act](desk, story.id, actor="cleo", comment="why")
        assert stories.get_story(desk, "sledgehammer").status == status


@pytest.mark.parametrize(("act", "who"), list(product(ALLOWED, ["mara", "ben", "cleo", "ada", "night"])))
def test_every_act_by_every_role(desk: Store, story: ss.Revision, act: str, who: str) -> None:
    was, to, who_may = ALLOWED[act]
    put(desk, min(was))
    if who in who_may:
        assert ACTS[act](desk, story.id, actor=who, comment="why").status == to
    else:
        with pytest.raises(NotAllowed):
            ACTS[act](desk, story.id, actor=who, comment="why")
        assert stories.get_story(desk, "sledgehammer").status == min(was) and actions(desk)[-1] == f"story.{act}.refused"


@pytest.mark.parametrize("who", ["mara", "ben", "ada"])
def test_only_a_publisher_or_the_night_withdraws(desk: Store, story: ss.Revision, who: str) -> None:
    live(desk, story)
    with pytest.raises(NotAllowed):
        ss.withdraw(desk, story.id, actor=who)
    assert ss.withdraw(desk, story.id, actor="cleo").status == "withdrawn" and ss.published(desk, "sledgehammer") is None


def test_the_whole_road_on_both_databases(any_desk: Store) -> None:
    revision = ss.generate(any_desk, "sledgehammer", ss.open_writer())
    live(any_desk, revision)
    assert stories.get_story(any_desk, "sledgehammer").live_revision == revision.id
    assert ss.published(any_desk, "sledgehammer")["revision"] == revision.id  # type: ignore[index]
    assert people.verify_chain(any_desk)[0] == len(actions(any_desk))


def test_nobody_approves_their_own_text(desk: Store, story: ss.Revision) -> None:
    edited = ss.edit(desk, story.id, story.cards, actor="ben")
    ss.submit(desk, edited.id, actor="ben")
    with pytest.raises(NotAllowed, match="another editor"):
        ss.approve(desk, edited.id, actor="ben")
    assert ss.approve(desk, edited.id, actor="bea").status == "approved"


def test_after_an_approval_the_old_authors_may_approve_what_others_write(desk: Store, story: ss.Revision) -> None:
    edited = ss.edit(desk, story.id, story.cards, actor="ben")
    ss.submit(desk, edited.id, actor="ben")
    ss.approve(desk, edited.id, actor="bea")
    again = ss.edit(desk, edited.id, story.cards, actor="mara")
    ss.submit(desk, again.id, actor="mara")
    assert ss.approve(desk, again.id, actor="ben").status == "approved"


def test_solo_lifts_four_eyes_for_one_person_only(store: Store, lines: object) -> None:
    ss.import_file(store, str(lines))
    ss.add_person(store, "solo", "publisher")
    revision = ss.generate(store, "sledgehammer", ss.open_writer(), actor="solo")
    ss.submit(store, revision.id, actor="solo")
    assert ss.approve(store, revision.id, actor="solo", solo=True).status == "approved"
    assert people.events(store).items[0].data["solo"] is True


def test_solo_does_not_help_among_several(desk: Store) -> None:
    revision = ss.generate(desk, "sledgehammer", ss.open_writer(), actor="ben")
    ss.submit(desk, revision.id, actor="ben")
    with pytest.raises(NotAllowed):
        ss.approve(desk, revision.id, actor="ben", solo=True)


def false_cards(story: ss.Revision) -> tuple[ss.Card, ...]:
    first = story.cards[0]
    lie = Sentence(text="It is the best song of all time.", cites=first.headline.cites)
    return (first.model_copy(update={"sentences": (*first.sentences, lie)}), *story.cards[1:])


def test_a_manual_edit_is_a_new_revision_and_verified_at_once(desk: Store, story: ss.Revision) -> None:
    edited = ss.edit(desk, story.id, false_cards(story), actor="mara")
    assert (edited.number, edited.base, edited.author_kind) == (2, story.id, "person")
    assert [p.text for p in edited.problems] == ["It is the best song of all time."]


@pytest.mark.parametrize("act", ["approve", "publish"])
def test_there_is_no_override(desk: Store, story: ss.Revision, act: str) -> None:
    edited = ss.edit(desk, story.id, false_cards(story), actor="mara")
    put(desk, min(ALLOWED[act][0]))
    with pytest.raises(Unsupported, match="no override"):
        ACTS[act](desk, edited.id, actor="cleo")


def test_stored_verdicts_are_not_believed(desk: Store, story: ss.Revision) -> None:
    edited = ss.edit(desk, story.id, false_cards(story), actor="mara")
    with desk.session() as session:
        session.execute(text("UPDATE revision SET verdicts = (SELECT verdicts FROM revision WHERE number = 1) WHERE number = 2"))
    put(desk, "in_review")
    with pytest.raises(Unsupported):
        ss.approve(desk, edited.id, actor="cleo")


def test_the_night_submits_only_what_is_fully_supported(desk: Store, story: ss.Revision) -> None:
    edited = ss.edit(desk, story.id, false_cards(story), actor="mara")
    with pytest.raises(Unsupported):
        ss.submit(desk, edited.id, actor="night")
    assert ss.submit(desk, edited.id, actor="mara").status == "in_review"


def test_a_sentence_may_not_lean_on_another_song_s_fact(desk: Store, story: ss.Revision) -> None:
    other = ss.add_fact(desk, "silent", "about", "a quiet night", actor="ben", locator="letter")
    stolen = Sentence(text="The lyrics are about a quiet night.", cites=(other.key,))
    edited = ss.edit(desk, story.id, (story.cards[0].model_copy(update={"sentences": (stolen,)}),), actor="mara")
    assert edited.problems[0].reasons[0].rule == "citation.unknown"


def test_two_editors_cannot_cross(desk: Store, story: ss.Revision) -> None:
    ss.edit(desk, story.id, story.cards, actor="mara")
    with pytest.raises(StaleRevision, match=r"mara saved sledgehammer\.2"):
        ss.submit(desk, story.id, actor="ben")
    with pytest.raises(StaleRevision, match="nothing was overwritten"):
        ss.edit(desk, story.id, story.cards, actor="ben")


def test_of_many_who_save_the_same_revision_one_wins(desk: Store, story: ss.Revision) -> None:
    done: list[str] = []

    def save() -> None:
        try:
            done.append(ss.edit(desk, story.id, story.cards, actor="mara").id)
        except StaleRevision:
            done.append("stale")

    threads = [threading.Thread(target=save) for _ in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(done) == ["sledgehammer.2"] + ["stale"] * 11


def test_a_new_revision_leaves_the_live_one_up(desk: Store, story: ss.Revision) -> None:
    live(desk, story)
    ss.edit(desk, story.id, story.cards, actor="mara")
    found = stories.get_story(desk, "sledgehammer")
    assert (found.status, found.live_revision) == ("draft", story.id) and ss.published(desk, "sledgehammer")


def test_a_live_story_cannot_be_discarded(desk: Store, story: ss.Revision) -> None:
    live(desk, story)
    put(desk, "draft")
    with pytest.raises(IllegalMove, match="withdraw"):
        ss.discard(desk, story.id, actor="ben", comment="why")


def test_a_discard_says_why(desk: Store, story: ss.Revision) -> None:
    with pytest.raises(ReviewError, match="reason"):
        ss.discard(desk, story.id, actor="ben", comment="  ")


def test_withdraw_names_the_live_revision(desk: Store, story: ss.Revision) -> None:
    live(desk, story)
    newer = ss.edit(desk, story.id, story.cards, actor="mara")
    with pytest.raises(StaleRevision, match="not the live revision"):
        ss.withdraw(desk, newer.id, actor="cleo")
    assert ss.withdraw(desk, story.id, actor="cleo").status == "withdrawn"


def test_an_unknown_revision_and_an_unknown_person_are_one_line(desk: Store, story: ss.Revision) -> None:
    with pytest.raises(StoryNotFound):
        ss.submit(desk, "sledgehammer.99", actor="mara")
    with pytest.raises(NotAllowed, match="nobody here is called"):
        ss.submit(desk, story.id, actor="x' OR 1=1 --")


def test_a_token_is_good_once(desk: Store, story: ss.Revision) -> None:
    token = people.issue_token(desk, actor="mara", action=f"submit:{story.id}")
    ss.submit(desk, story.id, actor="mara", token=token)
    put(desk, "draft")
    with pytest.raises(StaleRevision, match="pressed before"):
        ss.submit(desk, story.id, actor="mara", token=token)


@pytest.mark.parametrize(("minutes", "actor", "action"), [(-1, "mara", "submit"), (9, "ben", "submit"), (9, "mara", "publish")])
def test_a_token_is_for_one_person_one_act_and_a_while(desk: Store, story: ss.Revision, minutes: int, actor: str, action: str) -> None:
    token = people.issue_token(desk, actor=actor, action=f"{action}:{story.id}", minutes=minutes)
    with pytest.raises(StaleRevision):
        ss.submit(desk, story.id, actor="mara", token=token)


# decisions ----------------------------------------------------------------------------------------------------------


def key_of(store: Store, predicate: str) -> str:
    return next(f.key for f in catalogue.facts_of(store, "sledgehammer") if f.predicate == predicate)


def test_a_retracted_fact_pulls_the_live_story_and_leaves_a_tombstone(any_desk: Store) -> None:
    revision = ss.generate(any_desk, "sledgehammer", ss.open_writer())
    live(any_desk, revision)
    assert ss.retract(any_desk, key_of(any_desk, "writer"), actor="ben", comment="wrong sheet") == ["sledgehammer"]
    found = stories.get_story(any_desk, "sledgehammer")
    assert found.status == "withdrawn" and "retracted" in found.stale_reason and ss.published(any_desk, "sledgehammer") is None
    assert stories.publications(any_desk, "sledgehammer")[0].withdrawn_at and "story.withdraw" in actions(any_desk)


def test_a_retracted_fact_that_no_story_cites_touches_none(desk: Store, story: ss.Revision) -> None:
    unused = ss.add_fact(desk, "sledgehammer", "key", "E-flat major", actor="ben", locator="score")
    assert ss.retract(desk, unused.key, actor="ben") == []


def test_what_was_retracted_cannot_be_published(desk: Store, story: ss.Revision) -> None:
    ss.submit(desk, story.id, actor="mara")
    ss.approve(desk, story.id, actor="ben")
    ss.retract(desk, key_of(desk, "writer"), actor="ben")
    with pytest.raises(Unsupported, match="retracted"):
        ss.publish(desk, story.id, actor="cleo")


def test_a_person_settles_a_conflict(sample: Store) -> None:
    facts = [f for track, predicate, found in disputes.conflicts(sample) for f in found if track == "help" and predicate == "writer"]
    for fact in facts:
        ss.resolve_conflict(sample, fact.key, actor="ben", comment="sleeve seen")
    assert ss.generate(sample, "help", ss.open_writer()).problems == ()


@pytest.mark.parametrize("act", [lambda s, k: decisions.retract(s, k, actor="mara"), lambda s, k: decisions.resolve_conflict(s, k, actor="mara"),
                                 lambda s, k: decisions.clear_flag(s, k, "sensitive", actor="night"),
                                 lambda s, k: decisions.add_fact(s, "sledgehammer", "key", "C", actor="ada", locator="x")])  # fmt: skip
def test_facts_are_for_editors(desk: Store, act: Callable[[Store, str], object]) -> None:
    people.ensure_service(desk)
    with pytest.raises(NotAllowed):
        act(desk, key_of(desk, "writer"))


@pytest.mark.parametrize(("predicate", "value", "locator"), [("hummed", "x", "l"), ("tempo", "fast", "l"), ("key", "C", " ")])
def test_a_house_fact_needs_a_known_predicate_a_fit_value_and_a_source(desk: Store, predicate: str, value: str, locator: str) -> None:
    with pytest.raises(ss.SongstoryError):
        ss.add_fact(desk, "sledgehammer", predicate, value, actor="ben", locator=locator)


def test_only_an_admin_adds_people_after_the_first(desk: Store) -> None:
    with pytest.raises(NotAllowed):
        ss.add_person(desk, "eve", "publisher", actor="cleo")


@pytest.mark.parametrize(("name", "role"), [("x", "service"), ("x", "king"), ("", "editor"), ("a\nb", "editor"), ("x" * 200, "editor")])
def test_a_person_has_a_printable_name_and_a_known_role(desk: Store, name: str, role: str) -> None:
    with pytest.raises(ReviewError):
        ss.add_person(desk, name, role, actor="ada")


# the audit log ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE event SET actor = 'eve' WHERE seq = 3", "event 3 was changed"),
        ("DELETE FROM event WHERE seq = 3", "event 3 is missing"),
        ("UPDATE event SET hash = 'x' WHERE seq = 2", "event 2 was changed"),
    ],
)
def test_the_chain_names_the_row_that_was_touched(any_desk: Store, statement: str, says: str) -> None:
    with any_desk.session() as session:
        session.execute(text(statement))
    with pytest.raises(ss.SongstoryError, match=says):
        people.verify_chain(any_desk)


def test_a_cut_tail_shows_against_a_head_kept_elsewhere(desk: Store) -> None:
    _, head = people.chain_head(desk)
    with desk.session() as session:
        session.execute(text("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)"))
    people.verify_chain(desk)
    with pytest.raises(ss.SongstoryError, match="tail was cut"):
        people.verify_chain(desk, head=head)
