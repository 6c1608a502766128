"""The morning report, and the commands of the night."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_anthropic import FakeAnthropic
from typer.testing import CliRunner

import songstory as ss
from songstory import report
from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import RunError
from songstory.nightly import Night, run_night
from songstory.store import Store

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, lines: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a store with two songs, of which one has too few facts."""
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'songs.db'}")
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()

    def call(*words: object) -> tuple[int, str]:
        done = CliRunner().invoke(app, [str(w) for w in words])
        if done.exception and not isinstance(done.exception, SystemExit):
            return 1, str(done.exception)
        return done.exit_code, done.stdout

    call("init")
    call("import", "files", lines)
    return call


def test_the_report_says_what_was_made_what_waits_and_why(desk: Store) -> None:
    run_night(Night(desk, ss.open_writer()))
    found = report.morning(desk)
    assert found.made == found.counts["ready"] == 1 and len(found.waiting) == found.counts["abstained"] == 1
    assert found.wanted and found.cost_usd is None and found.cache_share is None and found.calls == 0


def test_the_page_shows_text_from_strangers_as_text(desk: Store) -> None:
    run_night(Night(desk, ss.open_writer()))
    found = report.morning(desk).model_copy(update={"problems": (("t", "Song", "<script>alert(1)</script>", "why"),)})
    page = report.html(found)
    assert "<script>" not in page and "&lt;script&gt;" in page and "default-src 'none'" in page and "http://" not in page


def test_without_a_night_there_is_no_report(desk: Store) -> None:
    with pytest.raises(RunError, match="no night yet"):
        report.morning(desk)


def test_the_night_from_plan_to_page(run: Run, tmp_path: Path) -> None:
    assert "2 tracks to look at" in run("nightly", "--dry-run")[1]
    code, said = run("nightly", "--report", tmp_path / "morning.html")
    assert code == 0 and "1 abstained, 1 ready" in said and "Good morning" in (tmp_path / "morning.html").read_text()
    assert "Nothing changed" in run("nightly", "--dry-run")[1] and "nothing to do" in run("nightly")[1]
    assert json.loads(run("report", "--json")[1])["run"]["kind"] == "night"


def test_a_night_with_claude_says_what_it_cost(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = FakeAnthropic()
    for name, value in {"ANTHROPIC_API_KEY": "sk-canary", "ANTHROPIC_BASE_URL": fake.url, "WRITER": "anthropic"}.items():
        monkeypatch.setenv(f"SONGSTORY_{name}", value)
    settings.cache_clear()
    assert "1 calls to claude-haiku-5-5" in run("nightly", "--dry-run")[1]
    code, said = run("nightly", "--live", "--budget", "1")
    fake.close()
    assert code == 0 and "1 call, $0.000" in said and json.loads(run("cost", "--json")[1])[0]["calls"] == 1
    assert b"sk-canary" not in (tmp_path / "songs.db").read_bytes() + said.encode()
    settings.cache_clear()


@pytest.mark.parametrize(
    ("words", "said"),
    [(("report", "nobody"), "no night"), (("cost", "--by", "moon"), "choose day"), (("nightly", "--writer", "anthropic"), "no key")],
)
def test_what_is_wrong_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    code, text = run(*words)
    assert code == 1 and said in text and "\n" not in text.strip()


def test_the_forecast_is_from_the_price_file(run: Run) -> None:
    found = json.loads(run("cost", "--forecast", 1_000_000, "--json")[1])
    rows = {r["model"]: r for r in found["models"]}
    usd = (found["prefix"] + found["own"]) * 0.10 + found["output"] * 0.50  # a million calls at prices a million tokens
    assert rows["claude-haiku-5-5"]["plain"] == pytest.approx(usd) and rows["claude-haiku-5-5"]["batch"] == pytest.approx(usd / 2)
    assert rows["claude-haiku-4-5"]["batch_60"] is None
