"""The house itself: which way imports point, how long modules are, what is public, what the README says."""

from __future__ import annotations

import ast
import json
import logging
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest
import typer.main

import songstory as ss
from songstory.cli import app
from songstory.writers import NAMES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "songstory"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "versions" not in p.parts)
README = (ROOT / "README.md").read_text(encoding="utf-8")

GROUND = {
    "border",
    "values",
    "edtf",
    "storable",
    "edge",
    "identifiers",
    "errors",
    "models",
    "records",
    "matching",
    "song_titles",
    "artist_credits",
    "things",
    "sensitivity",
    "safe_text",
    "lookalikes",
    "order_rules",
    "foreign_orders",
    "ciphers",
    "orders",
    "privacy",
    "hedges",
    "private_numbers",
    "private_homes",
    "private_places",
    "private_spelt",
    "safe_lines",
    "fences",
    "blame",
    "conduct_words",
    "matters",
    "sensitive_words",
    "grave_words",
    "veiled_words",
    "figures",
    "music_words",
    "phrase_table",
    "ownership",
    "erased",
    "patterns",
    "brackets",
    "private_files",
    "conflicts",
    "trust",
    "tellable",
    "prices",
    "work",
    "vocabulary",
    "lexicon",
    "wording",
    "classifier",
    "names",
    "settings",
    "assets",
    "apart",
    "processes",
    "telemetry",
    "log",
}
ORGANS = {"store", "sources", "briefs", "writers", "grounding", "pages", "comparing"}
JOINTS = {
    "intake",
    "placing",
    "import_preview",
    "import_undo",
    "evidence",
    "witness",
    "lapses",
    "fallout",
    "rechecking",
    "erasing",
    "authority",
    "editing",
    "calls",
    "changing",
    "undoing",
    "importing_apart",
    "known_tracks",
    "launches",
    "importing",
    "extracting",
    "generation",
    "review",
    "decisions",
    "publishing",
    "checking",
}
LAYERS = [
    GROUND,
    ORGANS,
    JOINTS,
    {"nightly", "report", "overview", "workers", "serving", "sockets", "demo", "dashboard"},
    {
        "",
        "cli",
        "cli_shared",
        "cli_review",
        "cli_imports",
        "cli_files",
        "cli_nightly",
        "cli_house",
        "cli_writing",
        "cli_runs",
        "cli_serving",
        "cli_backups",
        "__main__",
    },
]
SIBLINGS = {
    ("review", "evidence"),
    ("fallout", "evidence"),
    ("fallout", "lapses"),
    ("decisions", "fallout"),
    ("intake", "fallout"),
    ("intake", "placing"),
    ("import_preview", "intake"),
    ("importing", "import_preview"),
    ("import_preview", "placing"),
    ("import_undo", "fallout"),
    ("import_undo", "review"),
    ("import_undo", "decisions"),
    ("intake", "rechecking"),
    ("rechecking", "fallout"),
    ("rechecking", "lapses"),
    ("rechecking", "evidence"),
    ("editing", "evidence"),
    ("generation", "evidence"),
    ("decisions", "review"),
    ("changing", "review"),
    ("changing", "editing"),
    ("changing", "generation"),
    ("changing", "calls"),
    ("generation", "calls"),
    ("workers", "nightly"),
    ("cli", "cli_backups"),
    ("cli_backups", "cli_shared"),
    ("cli", "cli_serving"),
    ("cli_serving", "cli_shared"),
    ("cli", "cli_runs"),
    ("cli_runs", "cli_shared"),
    ("cli", "cli_writing"),
    ("cli_writing", "cli_shared"),
    ("cli_review", "cli_writing"),
    ("editing", "review"),
    ("importing_apart", "decisions"),
    ("importing_apart", "launches"),
    ("undoing", "review"),
    ("undoing", "editing"),
    ("overview", "report"),
    ("intake", "decisions"),
    ("intake", "witness"),
    ("erasing", "witness"),
    ("erasing", "fallout"),
    ("erasing", "authority"),
    ("witness", "review"),
    ("importing", "witness"),
    ("cli", "cli_review"),
    ("cli", "cli_house"),
    ("cli_house", "cli_shared"),
    ("cli", "cli_imports"),
    ("cli", "cli_files"),
    ("cli_files", "cli_imports"),
    ("cli_files", "cli_shared"),
    ("cli_imports", "cli_shared"),
    ("cli", "cli_nightly"),
    ("cli_nightly", "cli_shared"),
    ("importing", "intake"),
    ("known_tracks", "intake"),
    ("known_tracks", "witness"),
    ("cli", "cli_shared"),
    ("cli_review", "cli_shared"),
    ("__main__", "cli"),
    ("cli", ""),
}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def layer(name: str) -> int:
    return next(i for i, rooms in enumerate(LAYERS) if name in rooms)


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports(path: Path) -> set[str]:
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("songstory"):
            found |= {
                f"{node.module}.{a.name}"
                if (node.module == "songstory" and (PACKAGE / f"{a.name}.py").exists()) or (PACKAGE / a.name).is_dir()
                else str(node.module)
                for a in node.names
            }
    return found


def test_imports_point_down() -> None:
    for path in MODULES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py").replace("__init__", "")
        for module in imports(path):
            other = room(module)
            if other == own or (own, other) in SIBLINGS:
                continue
            same = own in GROUND and other in GROUND
            assert same or layer(other) < layer(own), f"{own} imports {module}"


def test_no_module_is_longer_than_400_lines() -> None:
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_public_things_have_docstrings() -> None:
    for path in MODULES:
        tree = nodes(path)[0]
        assert isinstance(tree, ast.Module)
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not node.name.endswith("Row")
                and not node.name.endswith("Line")
            ):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


def test_no_dangerous_calls() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\b(eval|exec|pickle\.|yaml\.load|shell=True|os\.system)\b\(?",
            text.replace("os.execve", "").replace("session.exec", "").replace("exec_driver_sql", ""),
        )


def test_a_log_line_names_nothing_that_a_record_has_already() -> None:
    """Logging raises KeyError for such a name, but only where its level is on."""
    for path in [*MODULES, *sorted((ROOT / "ui").rglob("*.py"))]:
        taken = {*logging.LogRecord("", 0, "", 0, "", (), None).__dict__, "message", "asctime"}
        for call in (n for n in nodes(path) if isinstance(n, ast.Call)):
            for extra in (k.value for k in call.keywords if k.arg == "extra" and isinstance(k.value, ast.Dict)):
                assert not taken & {k.value for k in extra.keys if isinstance(k, ast.Constant)}, f"{path.name}:{call.lineno}"


def test_importing_songstory_loads_no_writer_and_no_dashboard() -> None:
    code = "import songstory, sys; print([m for m in ('anthropic', 'streamlit', 'onnxruntime', 'psycopg', 'procrastinate', 'starlette', 'opentelemetry', 'httpx2', 'alembic', 'typer') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60).stdout.strip() == "[]"


def test_public_names_are_those_of_all() -> None:
    assert sorted(name for names in ss._HOMES.values() for name in names) == sorted(ss.__all__)
    assert all(getattr(ss, name) is not None for name in ss.__all__) and set(ss.__all__) <= set(dir(ss))
    with pytest.raises(AttributeError):
        ss.no_such_name  # noqa: B018


def test_every_verb_of_the_command_line_is_in_the_readme() -> None:
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert not [v for v in verbs if not re.search(rf"songstory {v}\b", README)]


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.S)
    assert code
    done = subprocess.run([sys.executable, "-c", code.group(1)], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["track"]["title"] == "West End Girls"


def test_the_stories_of_the_readme_are_as_they_are_printed(sample: ss.Store) -> None:
    shown = re.findall(r"<!-- story: (\S+) -->\n(.*?)<!-- end -->", README, re.S)
    assert len(shown) == 3
    for track, text in shown:
        from songstory.store import stories

        plain = re.sub(r"\s+", " ", re.sub(r"\*\*|> ?", "", text))
        for card in stories.get_revision(sample, track).cards:
            assert card.headline.text in plain and all(s.text in plain for s in card.sentences), track


def test_the_lock_pins_and_hashes_everything_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"(?m)^[a-zA-Z0-9_.-]+==", lock)
    assert pins and "://" not in lock and "--index-url" not in lock
    blocks = re.split(r"(?m)^(?=[a-zA-Z0-9_.-]+==)", lock)[1:]
    assert all("--hash=sha256:" in b for b in blocks)
    names = {p.removesuffix("==").casefold().replace("_", "-") for p in pins}
    assert {"hatchling", "editables", "streamlit", "anthropic", "psycopg-binary", "pytest"} <= names


def test_everything_declared_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").casefold()
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    assert not [w for w in wanted if not re.search(rf"(?m)^{re.split(r'[^a-zA-Z0-9_.-]', w)[0].casefold()}==", lock)]


def test_the_wheel_works_outside_the_checkout(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), str(ROOT)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    code = "import songstory, songstory.assets as a; print(songstory.__file__); print(a.shipped('ui') / '.streamlit' / 'config.toml'); from songstory.cli import app; app()"
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, "demo", "--no-ui", "--limit", "3"], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300
    )
    where, config = done.stdout.splitlines()[:2]
    assert where.startswith(str(tmp_path)) and Path(config).exists() and "_ui" in config, done.stderr
    assert (tmp_path / "demo" / "stories" / "manifest.json").exists()


def test_no_machine_path_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.split()
    for name in (n for n in listed if not n.endswith((".woff2", ".png", ".gz"))):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"(?<!musicbrainz\.org)/(work|root|home/\w+)/", text) or name == "tests/test_house.py", name


def test_writers_are_the_three_of_the_house() -> None:
    assert NAMES == ("composer", "anthropic", "scripted")
