"""The demo, as `make demo UI=0` runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = subprocess.run(
        [sys.executable, "-m", "songstory", "demo", "--no-ui", "--dir", str(folder)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.mark.parametrize(
    "word", ["Tracks", "Ready", "Abstained", "Published   10", "Seconds", "Store", "Card pages", "disputed between sources", "chain intact"]
)
def test_the_summary_says_what_came_of_it(walked: tuple[Path, str], word: str) -> None:
    assert word in walked[1]


def test_ten_stories_are_out(walked: tuple[Path, str]) -> None:
    manifest = json.loads((walked[0] / "stories" / "manifest.json").read_text())
    assert len(manifest["files"]) == 20


def test_a_second_walk_changes_nothing(walked: tuple[Path, str]) -> None:
    again = subprocess.run(
        [sys.executable, "-m", "songstory", "demo", "--no-ui", "--dir", str(walked[0])], capture_output=True, text=True, timeout=300
    )
    assert again.returncode == 0 and "Published   10" in again.stdout
