"""The files operators start from: each command in them is one of ours, with options that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer.main

from songstory.cli import app
from songstory.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
FILES = sorted(p for p in DEPLOY.rglob("*") if p.is_file())
VERBS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def commands(path: Path) -> list[list[str]]:
    """Return the words after "songstory" of each command in a file, as a shell or compose would split them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        return [[w.strip(' "') for w in line.split(",")] for line in re.findall(r"command: \[(.*?)\]", text)]
    lines = re.findall(r"^ExecStart=.*?songstory/.venv/bin/songstory (.*)$", text, re.M)
    return [shlex.split(line.removesuffix("'")) for line in lines]


def test_there_is_a_unit_for_each_job() -> None:
    names = {p.name for p in FILES}
    units = {f"songstory-{unit}" for unit in ("nightly.service", "nightly.timer", "backup.service", "backup.timer", "serve.service", "ui.service")}
    assert units | {"songstory-worker@.service", "compose.yaml"} <= names
    assert sum(len(commands(p)) for p in FILES) >= 9


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_each_command_is_one_of_ours(path: Path) -> None:
    for verb, *words in commands(path):
        known = {o for p in VERBS[verb].params for o in p.opts}
        assert {w for w in words if w.startswith("--")} <= known, verb


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_each_setting_is_one_of_ours_and_no_secret_is_written_down(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    known = {f"SONGSTORY_{name.upper()}" for name in Settings.model_fields} | {"SONGSTORY_DB_PASSWORD", "SONGSTORY_OIDC_"}
    assert set(re.findall(r"SONGSTORY_[A-Z_]+", text)) <= known
    assert not re.search(r"sk-[a-z]", text) and not re.search(r"password: (?!\"\$\{|\{ environment: )", text, re.IGNORECASE)
