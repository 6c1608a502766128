"""The command line as its user meets it: real processes for the exit codes, the app itself for the rest."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from commands import Done, songstory
from typer.testing import CliRunner, Result

from songstory import cli_shared
from songstory.cli import app, main
from songstory.errors import SongstoryError


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("SONGSTORY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 's.db'}")
    cli_shared.settings.cache_clear()
    return tmp_path


def song(*arguments: str, ok: bool = True) -> Result:
    result = CliRunner().invoke(app, arguments, catch_exceptions=True)
    if ok:
        assert result.exit_code == 0, result.output + repr(result.exception)
    return result


def shell(*arguments: str, **env: str) -> Done:
    return songstory(*arguments, env={**os.environ, **env})


@pytest.fixture
def ready(small: Path) -> None:
    shutil.copy(small, "s.db")


def test_the_whole_road_at_a_terminal(place: Path, lines: Path) -> None:
    song("init")
    song("import", "files", str(lines))
    song("people", "add", "ada", "--role", "admin")
    for name, role in (("mara", "writer"), ("ben", "editor"), ("cleo", "publisher")):
        song("people", "add", name, "--role", role, "--as", "ada")
    assert "sledgehammer.1 by night" in song("generate", "sledgehammer").output
    for verb, who in (("submit", "mara"), ("approve", "ben"), ("publish", "cleo")):
        song(verb, "sledgehammer.1", "--as", who)
    assert json.loads(song("published", "sledgehammer").stdout)["revision"] == "sledgehammer.1"
    assert "1 story written" in song("export", "out").output and (place / "out" / "sledgehammer.html").exists()
    assert "none changed or missing" in song("audit", "verify").output
    assert "is withdrawn" in song("withdraw", "sledgehammer.1", "--as", "cleo").output


@pytest.mark.parametrize(
    "command",
    ["tracks", "facts sledgehammer", "brief sledgehammer", "generate sledgehammer", "generate --all", "queue", "conflicts", "runs", "people", "audit", "vocabulary",
     "import sample", "export out", "doctor", "show sledgehammer", "check sledgehammer.1", "submit sledgehammer.1 --as mara"],
)  # fmt: skip
def test_every_command_that_prints_data_speaks_json(ready: None, command: str) -> None:
    song("generate", "sledgehammer")
    json.loads(song(*command.split(), "--json").stdout)


@pytest.mark.parametrize("command", ["tracks", "queue", "conflicts", "runs", "people", "audit", "facts silent"])
def test_empty_lists_say_what_to_do_next(command: str, lines: Path) -> None:
    song("init")
    if "facts" in command:
        song("import", "files", str(lines))
    assert song(*command.split()).output.strip()


def test_every_command_has_help_with_an_example() -> None:
    import typer.main

    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        leaves = getattr(command, "commands", None) or {name: command}
        for leaf in leaves.values():
            assert "Example" in (leaf.help or "") or "Example" in (command.help or ""), name


@pytest.mark.parametrize(
    ("arguments", "env", "says"),
    [
        (["facts", "none"], {}, "no track 'none'"),
        (["tracks"], {"SONGSTORY_STORE": "nonsense"}, "is no database address"),
        (["init"], {"SONGSTORY_STORE": "sqlite:////no/such/folder/s.db"}, "does not exist"),
        (["generate", "sledgehammer", "--writer", "anthropic"], {}, "SONGSTORY_ANTHROPIC_API_KEY"),
        (["generate", "sledgehammer", "--writer", "gpt"], {}, "choose one of"),
        (["generate", "--all"], {"SONGSTORY_STORE": "sqlite:///empty.db"}, "no store at"),
        (["submit", "sledgehammer.9", "--as", "mara"], {}, "no revision"),
        (["import", "files", "none.jsonl"], {}, "cannot read"),
        (["check", "--jsonl", "none.jsonl"], {}, "cannot read"),
        (["published", "sledgehammer"], {}, "nothing is live"),
        (["runs", "none"], {}, "no run"),
        (["trust", "x" * 50_000, "70", "--as", "ben"], {}, "xx…"),
        (["audit", "verify", "--head", "nonsense"], {}, "no head 'nonsense'"),
        (["erase", "--person", "the", "--as", "ada", "-m", "asked"], {}, "give the whole name"),
        (["tracks"], {"SONGSTORY_SOLO": "perhaps"}, "SONGSTORY_SOLO"),
        (["tracks"], {"SONGSTORY_STORE": "postgresql://nobody@127.0.0.1:1/none"}, "check the address"),
    ],
)
def test_what_goes_wrong_is_one_line_with_the_way_out(ready: None, arguments: list[str], env: dict[str, str], says: str) -> None:
    done = shell(*arguments, **env)
    assert done.returncode == 1 and says in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert len(done.stderr) < 2_100
    assert done.stdout == ""


def test_an_empty_catalogue_says_how_to_fill_it(place: Path) -> None:
    song("init")
    done = shell("generate", "--all")
    assert done.returncode == 1 and "songstory import sample" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["no-such-verb"], ["generate"], ["generate", "x", "--all"], ["submit", "x.1"], ["check"], ["tracks", "--page", "0"],
     ["policy", "7", "--usual", "--as", "ada"]],
)
def test_wrong_usage_is_exit_code_2(ready: None, arguments: list[str]) -> None:
    assert shell(*arguments).returncode == 2


def test_bad_lines_are_named_the_rest_goes_in_and_the_exit_code_tells(place: Path) -> None:
    song("init")
    (place / "f.jsonl").write_text('{"kind":"track","id":"a","title":"A","artist":"B"}\n{oops\n{"kind":"track","id":"a b","title":"A","artist":"B"}\n')
    done = shell("import", "files", "f.jsonl")
    assert done.returncode == 1 and "f.jsonl:2:" in done.stderr and "1 track" in done.stdout
    assert "f.jsonl:3: id: expected letters, digits, - and _ only, found 'a b'" in done.stderr.replace('"', "'")


def test_check_answers_line_by_line_and_exits_1_on_a_bad_one(place: Path) -> None:
    (place / "c.jsonl").write_text('{"id":1,"claim":"It is in C.","evidence":["It is in C."]}\n\n')
    done = shell("check", "--jsonl", "c.jsonl")
    assert done.returncode == 1 and json.loads(done.stdout)["label"] == "supported" and "c.jsonl:2: line: blank" in done.stderr


def test_check_reads_standard_input(place: Path) -> None:
    done = songstory("check", "--jsonl", "-", stdin='{"id":1,"claim":"Bob did not.","evidence":["Bob did."]}\n')
    assert done.returncode == 0 and json.loads(done.stdout)["label"] == "refuted"


def test_escape_codes_in_facts_never_reach_the_terminal(place: Path) -> None:
    song("init")
    (place / "f.jsonl").write_bytes(b'{"kind":"track","id":"a","title":"A\\u001b[31mred\\u0007","artist":"[bold]B[/bold]"}\n')
    song("import", "files", "f.jsonl")
    shown = song("tracks").output
    assert "\x1b[31m" not in shown and "\x07" not in shown and "[bold]B[/bold]" in shown


def test_the_doctor_names_what_is_wrong(place: Path) -> None:
    done = shell("doctor", SONGSTORY_WRITER="anthropic")
    assert done.returncode == 1 and "PROBLEM" in done.stdout and "SONGSTORY_ANTHROPIC_API_KEY" in done.stdout


def test_a_key_shows_nowhere(place: Path) -> None:
    done = shell("doctor", SONGSTORY_ANTHROPIC_API_KEY="canary-key")
    assert "canary-key" not in done.stdout + done.stderr


def test_a_house_fact_and_a_retraction_at_the_terminal(ready: None) -> None:
    key = song("add-fact", "sledgehammer", "key", "E-flat major", "--source", "score", "--as", "ben").output.split(":")[0]
    assert "is retracted" in song("retract", key, "--as", "ben", "-m", "wrong page", "--yes").output


def test_our_own_bugs_keep_their_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["songstory", "facts", "none"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1 and issubclass(SongstoryError, Exception)
