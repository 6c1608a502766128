"""What is live when rules change: facts are flagged as today's rules would, grave and private matters pulled, all else waits on top."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import songstory as ss
from songstory import authority, decisions, demo, fallout, rechecking
from songstory.errors import NotAllowed, ReviewError
from songstory.models import Card, Sentence, now
from songstory.settings import Settings
from songstory.store import Store, catalogue, people, queue, rules, stories

GRAVE = "was arrested for cocaine possession"
MILD = "died in 1994"
TRACK = '{"kind":"track","id":"%s","title":"Sample","artist":"Nobody"}'
FACT = '{"kind":"fact","track":"%s","predicate":"about","value":"%s","source":"sheet","locator":"%s"}'


def live(store: Store, folder: Path, track: str, about: str = "", *, told: bool = True) -> str:
    """Put a story live that tells what a song is about, from before there were rules: nothing was flagged then."""
    if about:
        (folder / f"{track}.jsonl").write_text(f"{TRACK % track}\n{FACT % (track, about, track)}")
        assert not ss.import_file(store, folder / f"{track}.jsonl", actor="ben").rejected
        unflag(store)
        (fact,) = catalogue.facts_of(store, track)
        line = Sentence(text="Peter Gabriel wrote it." if not told else f"The song is about {about}.", cites=(fact.key,))
        cards = (Card(kind="story", headline=line, sentences=(line,)),)
    return put_live(store, track, cards if about else ())


def put_live(store: Store, track: str, cards: tuple[Card, ...]) -> str:
    revision = ss.generate(store, "sledgehammer", ss.open_writer()).id if not cards else written(store, track, cards)
    with store.session() as session:  # as it was published then, whatever the rules say now
        row, story = stories.find_revision(session, revision)
        story.live_revision_id, story.status = row.id, "published"
        session.add(story)
        stories.put_publication(session, story, row, track, b"{}", "e", now())
    return revision


def written(store: Store, track: str, cards: tuple[Card, ...]) -> str:
    from songstory.store.revisions import NewRevision, Saved, add_revisions

    with store.session() as session:
        (saved,) = add_revisions(
            store, session, [NewRevision(track=track, base="", cards=cards, verdicts=(), author="old", author_kind="person")]
        )
    assert isinstance(saved, Saved)
    return saved.id


def unflag(store: Store) -> None:
    with store.session() as session:
        session.execute(text("DELETE FROM fact_flag"))


def older(store: Store) -> None:
    """Let the store be one of an earlier version."""
    with store.session() as session:
        session.execute(text("DELETE FROM setting WHERE name = 'recheck'"))


@pytest.fixture
def old(any_desk: Store, tmp_path: Path) -> Store:
    """A store of an earlier version: one story live that is good, one grave, one private, one mild, one that nothing supports."""
    live(any_desk, tmp_path, "sledgehammer")
    for track, about in (("grave", GRAVE), ("private", "a call to ines@label.example"), ("mild", MILD)):
        live(any_desk, tmp_path, track, about)
    live(any_desk, tmp_path, "loose", "night buses", told=False)
    older(any_desk)
    return any_desk


def test_the_first_recheck_pulls_what_is_grave_or_private_and_puts_the_rest_on_top(old: Store) -> None:
    counted = ss.recheck(old, dry_run=True)
    assert (counted.pulled, counted.stale) == (2, 2) and rechecking.due(old) == "none"
    assert all(stories.get_story(old, t).live_revision for t in ("grave", "mild", "loose", "sledgehammer"))
    done = ss.recheck(old)
    assert (done.flagged, done.pulled, done.stale) == (counted.flagged, counted.pulled, counted.stale) and not rechecking.due(old)
    assert {f.story for f in done.pulled_stories} == {"grave", "private"} and ss.published(old, "grave") is None
    assert stories.get_story(old, "sledgehammer").stale_since is None
    top = [s.id for s in queue.find(old, queue.Filter(status="published")).items]
    assert set(top[:2]) == {"mild", "loose"} and all(stories.get_story(old, t).stale_reason.startswith(fallout.REFUSED) for t in top[:2])


def test_the_first_night_does_it_by_itself_and_the_report_lists_it(old: Store) -> None:
    ss.run_night(ss.Night(old, ss.open_writer()))
    report = ss.morning(old)
    assert any(name.startswith("grave.") for name, _ in report.pulled) and {"mild", "loose"} <= {s for s, _ in report.stale}
    assert not rechecking.due(old) and not [
        line for line in demo.diagnose(Settings(store=address(old))) if line["what"] == "recheck" and not line["ok"]
    ]


def test_what_the_first_night_flags_is_written_anew_in_that_night(any_desk: Store, tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_text(FACT % ("sledgehammer", GRAVE, "p1"))
    assert not ss.import_file(any_desk, tmp_path / "f.jsonl", actor="ben").rejected
    unflag(any_desk)
    ss.run_night(ss.Night(any_desk, ss.open_writer()))  # a night of before these rules
    assert "arrested" in str(stories.get_revision(any_desk, "sledgehammer").cards)
    older(any_desk)
    ss.run_night(ss.Night(any_desk, ss.open_writer()))
    assert "arrested" not in str(stories.get_revision(any_desk, "sledgehammer").cards)


def address(store: Store) -> str:
    return store.engine.url.render_as_string(hide_password=False)


def test_what_stays_refused_is_pulled_when_the_days_are_over_and_an_admin_sets_them(desk: Store, tmp_path: Path) -> None:
    live(desk, tmp_path, "mild", MILD)
    older(desk)
    ss.recheck(desk)
    with pytest.raises(NotAllowed):
        authority.set_stale_days(desk, 1, actor="cleo")
    assert rules.stale_days(desk) == 14 and not rechecking.expire(desk, now() + timedelta(days=13))
    authority.set_stale_days(desk, 3, actor="ada")
    assert [f.story for f in rechecking.expire(desk, now() + timedelta(days=4))] == ["mild"] and ss.published(desk, "mild") is None
    assert "3 days" in people.events(desk, action="story.withdraw").items[0].comment


def test_a_refused_story_that_passes_again_is_marked_no_more(desk: Store, tmp_path: Path) -> None:
    live(desk, tmp_path, "mild", MILD)
    older(desk)
    ss.recheck(desk)
    decisions.set_trust(desk, "sheet", 80, actor="ben")
    decisions.clear_flag(desk, catalogue.facts_of(desk, "mild")[0].key, "sensitive", actor="ben")
    found = stories.get_story(desk, "mild")
    assert (found.stale_since, found.stale_reason) == (None, "") and found.live_revision
    assert not ss.recheck(desk).flagged and not rechecking.expire(desk, now() + timedelta(days=99))  # what a person cleared stays cleared


def test_a_recheck_that_was_cut_off_goes_on_where_it_stood(desk: Store, tmp_path: Path) -> None:
    live(desk, tmp_path, "grave", GRAVE)
    older(desk)

    def cut(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ss.recheck(desk, progress=cut)
    assert rechecking.due(desk) and "sensitive" in catalogue.facts_of(desk, "grave")[0].flags
    done = ss.recheck(desk)
    assert (done.facts, done.pulled) == (0, 1) and ss.recheck(desk).facts > 0


def test_a_new_store_has_nothing_to_recheck(desk: Store) -> None:
    assert not rechecking.due(desk)
    assert not demo.diagnose(Settings(store=address(desk)))[0]["detail"].startswith("due")


@pytest.mark.parametrize("flag", ["private", "quarantined", "odd"])
def test_what_is_set_aside_takes_a_publisher_and_a_reason(desk: Store, flag: str) -> None:
    key = catalogue.facts_of(desk, "sledgehammer")[0].key
    with desk.session() as session:
        catalogue.set_flag(session, key, flag)
    with pytest.raises(NotAllowed, match="publisher"):
        decisions.clear_flag(desk, key, flag, actor="ben", comment="why")
    with pytest.raises(ReviewError, match="reason"):
        decisions.clear_flag(desk, key, flag, actor="cleo")
    decisions.clear_flag(desk, key, flag, actor="cleo", comment="a studio")
    assert catalogue.facts_of(desk, "sledgehammer")[0].status == "stands"


def test_lost_trust_reaches_the_stories_at_once(any_desk: Store) -> None:
    revision = ss.generate(any_desk, "sledgehammer", ss.open_writer())
    ss.submit(any_desk, revision.id, actor="mara")
    ss.approve(any_desk, revision.id, actor="ben")
    ss.publish(any_desk, revision.id, actor="cleo")
    decisions.set_trust(any_desk, "sheet", 10, actor="ben")
    found = stories.get_story(any_desk, "sledgehammer")
    assert found.live_revision and "low trust" in found.stale_reason
    decisions.set_trust(any_desk, "sheet", 50, actor="ben")
    assert stories.get_story(any_desk, "sledgehammer").stale_since is None


def test_an_import_that_flags_what_is_live_pulls_it(desk: Store, tmp_path: Path) -> None:
    live(desk, tmp_path, "sledgehammer")
    (tmp_path / "flag.jsonl").write_text('{"kind":"flag","track":"sledgehammer","predicate":"writer","flag":"private","note":"a home"}')
    ss.import_file(desk, tmp_path / "flag.jsonl", actor="ben")
    assert stories.get_story(desk, "sledgehammer").status == "withdrawn"
