"""A poisoned song is one failed item with its reason: in every writer and every mode the night goes on around it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import add_people
from fake_anthropic import FakeAnthropic, true_cards
from poison import WAYS, ends, load, plant

import songstory as ss
from songstory.errors import BriefError, WriterError
from songstory.generation import generate_all
from songstory.models import Card, Draft, Sentence, Task
from songstory.nightly import Night, run_night
from songstory.store import Store, queue, stories
from songstory.writers.anthropic import Claude
from songstory.writers.composer import Composer

SECRET = "the singer's own words"


def songs(store: Store, folder: Path, count: int = 3) -> list[str]:
    load(store, folder, count)
    add_people(store)
    return [f"good-{i}" for i in range(count)]


def test_fifty_ways_are_fifty_named_reasons_and_every_sound_song_is_told(any_store: Store, tmp_path: Path) -> None:
    said = load(any_store, tmp_path, 10)
    done = run_night(Night(any_store, ss.open_writer("composer"), mode="local"))
    found = ends(any_store, done.id)
    assert len({w["way"] for w in WAYS}) == 50 and done.status == "finished"
    assert [t for t, (status, _) in found.items() if status == "ready"] == [f"good-{i}" for i in range(10)]
    assert len(said) == 50 and all(":" in why for why in said.values())  # each is named at the border, with its field
    assert all(why for t, (status, why) in found.items() if status != "ready")


STORED: list[tuple[str, Any, dict[str, Any]]] = [
    ("recorded_on", "1991-13-02", {}), ("charted", 1, {"chart": "Coast Hot 40", "date": "1991-99-99", "weeks": 2}), ("tempo", "fast", {}),
    ("charted", 1, {"chart": "Coast Hot 40", "weeks": "loads"}), ("recorded_at", "Harbour Studio", {"date": "1991-xx"}), ("released", "soon", {}),
    ("published", "", {}), ("charted", 0, {"chart": "Coast Hot 40", "year": "'91"}), ("covered_by", "Ben Quill", {"date": "1991-02-31"}),
    ("duration", -1, {}), ("born", "1991-1-1", {"agent": "Mia Lund"}), ("sold", "many", {}), ("intro_length", 1e300, {}), ("ranked", "first", {}),
]  # fmt: skip


def test_what_an_earlier_version_let_in_is_left_out_and_named(store: Store, tmp_path: Path) -> None:
    bad = songs(store, tmp_path, len(STORED) + 2)
    good = [bad.pop(), bad.pop()]
    for track, stored in zip(bad, STORED, strict=True):
        plant(store, track, *stored)
    done = run_night(Night(store, ss.open_writer("composer"), mode="local"))
    found = ends(store, done.id)
    assert done.status == "finished" and [found[t][0] for t in good] == ["ready"] * 2
    assert {found[t][0] for t in bad} == {"abstained"} and all("malformed and left out: " in found[t][1] for t in bad)
    with pytest.raises(BriefError, match="malformed and left out"):
        ss.generate(store, bad[0], ss.open_writer("composer"))


class Breaking(Composer):
    """A writer that a song breaks."""

    def __init__(self, bad: str) -> None:
        super().__init__()
        self.bad = bad

    def write(self, task: Task) -> Draft:
        if task.brief.track.id == self.bad:
            raise ValueError(SECRET)
        return super().write(task)


class Unkeepable(Breaking):
    """A writer whose text no database can keep."""

    def write(self, task: Task) -> Draft:
        draft = Composer().write(task)
        odd = Sentence(text="Ana Okafor wrote it \ud800.", cites=("F1",))
        return Draft(cards=(Card(kind="people", headline=odd, sentences=(odd, odd, odd)),), model="m") if task.brief.track.id == self.bad else draft


@pytest.mark.parametrize("kind", [Breaking, Unkeepable])
def test_one_song_that_breaks_its_writer_is_one_failed_item(any_store: Store, tmp_path: Path, kind: type[Breaking]) -> None:
    bad, *good = songs(any_store, tmp_path, 3)
    with pytest.raises(ss.SongstoryError):
        ss.generate(any_store, bad, kind(bad))
    done = generate_all(any_store, kind(bad), tracks=[bad, good[0]])
    found = ends(any_store, done.id)
    assert (done.status, found[bad][0], found[good[0]][0]) == ("finished", "failed", "ready") and SECRET not in found[bad][1]
    done = run_night(Night(any_store, kind(bad), mode="local"))
    found = ends(any_store, done.id)
    assert done.status == "finished" and found[bad][0] == "failed" and {found[t][0] for t in good[1:]} == {"ready"}


def test_what_breaks_a_single_story_is_said_in_one_line_without_its_words(store: Store, tmp_path: Path) -> None:
    bad = songs(store, tmp_path)[0]
    with pytest.raises(WriterError, match=r"songstory broke on this song \(ValueError.*\); nothing was written, see the log") as caught:
        ss.generate(store, bad, Breaking(bad))
    assert SECRET not in str(caught.value)


class Asking(Claude):
    """Claude, asked by a writer that a song breaks."""

    bad = ""

    def request(self, task: Task) -> dict[str, Any]:
        if task.brief.track.id == self.bad:
            raise KeyError(SECRET)
        return super().request(task)


@pytest.mark.parametrize("mode", ["live", "batch"])
def test_one_song_that_breaks_the_question_stops_no_night(store: Store, tmp_path: Path, mode: str) -> None:
    bad, *good = songs(store, tmp_path, 4)
    fake = FakeAnthropic()
    claude = Asking(api_key="k", base_url=fake.url)
    claude.bad = bad
    done = run_night(Night(store, claude, mode=mode, api_key="k", base_url=fake.url, sleep=lambda s: None))
    fake.close()
    found = ends(store, done.id)
    assert done.status == "finished" and {found[t][0] for t in good} <= {"ready", "with_problems"}
    assert found[bad][0] == "failed" and "songstory broke on this song (KeyError" in found[bad][1] and SECRET not in found[bad][1]


def poisoned(body: dict[str, Any]) -> str | None:
    """Answer one song with what no store keeps, the others truly."""
    answer = true_cards(body)
    if answer is None or '"Song 0"' not in str(body["messages"]):
        return answer
    cards = json.loads(answer)
    cards["cards"][0]["sentences"][0]["text"] += "\0"
    return json.dumps(cards)


@pytest.mark.parametrize("mode", ["live", "batch"])
def test_an_answer_that_no_store_keeps_stops_no_night(store: Store, tmp_path: Path, mode: str) -> None:
    songs(store, tmp_path, 3)
    fake = FakeAnthropic(write=poisoned)
    claude = Claude(api_key="k", base_url=fake.url)
    done = run_night(Night(store, claude, mode=mode, api_key="k", base_url=fake.url, sleep=lambda s: None))
    fake.close()
    assert done.status == "finished" and {ends(store, done.id)[f"good-{i}"][0] for i in range(3)} == {"ready"}
    for found in queue.list_stories(store).items:
        cards = stories.get_revision(store, f"{found.track}.1").cards
        assert not any("\0" in s.text for card in cards for s in card.sentences)
