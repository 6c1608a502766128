"""Around the desk: the overview, runs that a page starts, files that are handed in, the log, the headers."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path

import pytest
from conftest import LINES
from factories import join_apart

import songstory as ss
from songstory import authority, importing_apart, overview
from songstory.errors import ConfigError, RunError, StoreError
from songstory.log import set_up
from songstory.nightly import launching
from songstory.store import Store, catalogue, flagged, intakes, runs


def test_the_overview_counts_what_is_there(sample: Store) -> None:
    found = overview.overview(sample)
    assert found.coverage["tracks"] == 139 and found.coverage["written"] == 124 and found.coverage["live"] == 0
    assert sum(found.waiting.values()) == 0 and found.nights[-1].ready + found.nights[-1].with_problems == 124 and found.wanted


def test_the_overview_tells_the_waiting_and_the_edited(sample: Store) -> None:
    first = ss.edit(sample, "in-bloom.1", ss.generate(sample, "in-bloom", ss.open_writer()).cards[1:], actor="mara")
    ss.submit(sample, first.id, actor="mara")
    found = overview.overview(sample)
    assert found.waiting["under a day"] == 1 and found.edits[0][2] == 1 and 0 < found.edits[0][1] < 1


def test_an_empty_house_has_an_overview(store: Store) -> None:
    assert overview.overview(store).coverage == {"tracks": 0, "written": 0, "handed in": 0, "approved": 0, "live": 0}


def test_a_run_is_started_apart_and_writes(desk: Store) -> None:
    launching.launch(desk, "local", actor="ben", limit=5)
    join_apart()
    (run,) = runs.list_runs(desk)
    assert (run.kind, run.status) == ("night", "finished") and run.counts == {"abstained": 1, "ready": 1}


def test_a_run_that_cannot_begin_says_why(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SONGSTORY_ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(RunError, match=r"did not begin.*SONGSTORY_ANTHROPIC_API_KEY"):
        launching.launch(desk, "live", actor="ben")
    with pytest.raises(ConfigError, match="choose one of"):
        launching.launch(desk, "everything", actor="ben")


def test_only_a_run_under_way_is_stopped(desk: Store) -> None:
    run = runs.start_run(desk, "composer-1")
    launching.stop(desk, run, actor="ben")
    assert runs.stop_asked(desk, run) == "ben"
    runs.finish_run(desk, run)
    with pytest.raises(RunError, match="not under way"):
        launching.stop(desk, run, actor="ben")


def test_an_uploaded_file_is_imported_apart_and_leaves_no_copy(desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    more = LINES.replace(b"sledgehammer", b"red-rain").replace(b"Sledgehammer", b"Red Rain") + b'\n{"kind":"nonsense"}\n'
    importing_apart.launch(desk, "../../evil\0.jsonl", more, actor="ben")
    join_apart()
    assert catalogue.get_track(desk, "red-rain").title == "Red Rain" and not list(tmp_path.glob("songstory-upload-*"))
    assert "evil.jsonl" in intakes.recent(desk)[0].name and len(intakes.recent(desk)[0].rejected) == 1


@pytest.mark.parametrize("data", [b"", b"  \n ", b"x" * (importing_apart.MOST + 1)], ids=["empty", "blank", "too large"])
def test_a_file_that_is_empty_or_too_large_is_refused(desk: Store, data: bytes) -> None:
    with pytest.raises(StoreError):
        importing_apart.launch(desk, "feed.jsonl", data, actor="ben")


def test_facts_that_wait_are_listed_by_flag(sample: Store) -> None:
    counts = flagged.counts(sample)
    for flag, count in counts.items():
        page = flagged.listed(sample, flag, size=500)
        assert len(page.items) == page.total == count and all(title and flag in fact.flags for _, title, fact in page.items)


def test_every_command_of_the_desk_is_audited(desk: Store) -> None:
    authority.switch(desk, "generation", False, actor="ada", comment="freeze")
    newest = authority.audit_log(desk, actor="cleo", action="house.switch_off").items[0]
    assert (newest.object, newest.actor, newest.comment) == ("generation", "ada", "freeze")


def test_a_log_line_is_one_line_whatever_it_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    set_up("INFO")
    try:
        json.loads("{")
    except ValueError as error:
        logging.getLogger("songstory.ui").error("error\n\x1b[31mforged", exc_info=error, extra={"page": "a\nb"})
    logging.getLogger("songstory").handlers, level = [], logging.getLogger("songstory").level
    logging.getLogger("songstory").setLevel(logging.NOTSET)
    assert level == logging.INFO
    line = out.getvalue()
    assert line.count("\n") == 1 and "\x1b" not in line and "JSONDecodeError" in line and "page='a\\nb'" in line
