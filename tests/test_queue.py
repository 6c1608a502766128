"""The queue: filtered, sorted, a page at a time, and deaf to what is no filter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from races import text_of
from sqlalchemy import text

import songstory as ss
from songstory import review
from songstory.errors import NotClean, ReviewError, StaleRevision, StoreError
from songstory.models import now
from songstory.store import Store, people, queue, stories


def ids(store: Store, **filters: Any) -> list[str]:
    return [s.id for s in queue.list_stories(store, size=500, **filters).items]


def test_the_riskiest_come_first_then_those_with_problems_then_the_most_wanted(sample: Store) -> None:
    everything = queue.list_stories(sample, size=500).items
    assert [(-s.risk, -s.problems, -s.priority) for s in everything] == sorted((-s.risk, -s.problems, -s.priority) for s in everything)


def test_pages_hold_every_story_once(sample: Store) -> None:
    whole = ids(sample)
    paged = [s.id for n in range(1, 10) for s in queue.list_stories(sample, page=n, size=17).items]
    assert paged == whole and queue.list_stories(sample, page=99).items == ()


def test_problems_and_risk_are_filters(sample: Store) -> None:
    before, bad = ids(sample, risky=True), stories.get_revision(sample, "in-bloom")
    ss.edit(sample, bad.id, text_of(bad.cards, "He was arrested for murder."), actor="mara")
    assert ids(sample, problems=True) == ["in-bloom"] and "in-bloom" not in {*before, *ids(sample, problems=False)}
    assert sorted(ids(sample, risky=True)) == sorted([*before, "in-bloom"]) and not set(before) & set(ids(sample, risky=False))


def test_a_source_is_a_filter(sample: Store) -> None:
    for key, name in queue.sources(sample):
        found = ids(sample, source=key)
        assert found and name
        assert len(found) < len(ids(sample)) or len(queue.sources(sample)) == 1
    assert ids(sample, source="no-such-source") == []


def test_age_is_a_filter(sample: Store) -> None:
    with sample.session() as session:
        session.execute(
            text("UPDATE story SET updated_at = :old WHERE uid = 'in-bloom'"), {"old": (now() - timedelta(days=9)).isoformat(sep=" ")}
        )
    assert ids(sample, age="week") == ["in-bloom"] == ids(sample, sort="oldest")[:1] and ids(sample, age="month") == []


@pytest.mark.parametrize("search", ["%", "_", "' OR 1=1 --", "\\", ";", "x" * 10_000])
def test_a_search_is_for_its_own_characters(sample: Store, search: str) -> None:
    assert ids(sample, search=search) == []


def test_a_search_finds_title_and_artist_in_any_case(sample: Store) -> None:
    assert "in-bloom" in ids(sample, search="IN BLOOM") and "in-bloom" in ids(sample, search="nirvana")
    assert ids(sample, search="celine dion") == ids(sample, search="Céline Dion") != []


@pytest.mark.parametrize("asked", [{"sort": "risk; DROP TABLE story"}, {"sort": "uid"}, {"age": "century"}])
def test_what_is_not_offered_is_refused(sample: Store, asked: dict[str, str]) -> None:
    with pytest.raises(StoreError, match="choose one of"):
        ids(sample, **asked)


def test_several_are_approved_together_only_when_clean(sample: Store) -> None:
    clean, bad, sensitive, draft = ids(sample, risky=False)[:4]
    for uid, words in ((bad, "It was a smash."), (sensitive, "He was arrested for murder.")):
        found = stories.get_revision(sample, uid)
        ss.edit(sample, found.id, text_of(found.cards, words), actor="mara")
    latest = {uid: stories.get_revision(sample, uid).id for uid in (clean, bad, sensitive, draft)}
    for uid in (clean, bad, sensitive):
        ss.submit(sample, latest[uid], actor="mara")
    found = dict(ss.approve_many(sample, list(latest.values()), actor="ben"))
    assert stories.get_story(sample, clean).status == "approved"
    assert isinstance(found[latest[bad]], NotClean) and isinstance(found[latest[sensitive]], NotClean)
    assert isinstance(found[latest[draft]], ReviewError) and stories.get_story(sample, draft).status == "draft"


def test_a_button_for_several_acts_once_and_for_just_these(sample: Store) -> None:
    uid = ids(sample, risky=False)[0]
    revision = stories.get_revision(sample, uid).id
    ss.submit(sample, revision, actor="mara")
    token = people.issue_token(sample, actor="ben", action=review.many_named([revision]))
    with pytest.raises(StaleRevision):
        ss.approve_many(sample, [revision, "in-bloom.1"], actor="ben", token=token)
    assert not isinstance(ss.approve_many(sample, [revision], actor="ben", token=token)[0][1], ReviewError)
    with pytest.raises(StaleRevision):
        ss.approve_many(sample, [revision], actor="ben", token=token)
