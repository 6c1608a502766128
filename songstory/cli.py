"""One command per verb of the road. Errors are one line with the way out, exit code 1; wrong usage is exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from songstory import (
    briefs,
    cli_backups,
    cli_files,
    cli_house,
    cli_imports,
    cli_nightly,
    cli_review,
    cli_runs,
    cli_serving,
    cli_writing,
    generation,
    publishing,
    telemetry,
)
from songstory.checking import check_lines
from songstory.cli_shared import (
    AsOption,
    JsonOption,
    LanguageOption,
    MarketOption,
    PageOption,
    clean,
    counted,
    err,
    print_json,
    say,
    settings,
    store,
    table,
    warn,
)
from songstory.cli_writing import run_all, writer
from songstory.conflicts import corroboration
from songstory.errors import BadRecord, SongstoryError
from songstory.log import set_up
from songstory.sensitivity import marks
from songstory.store import catalogue, people
from songstory.tellable import weigh
from songstory.vocabulary import KEPT, PREDICATES
from songstory.workers import planning

LONGEST_LINE = 2_000  # characters of what went wrong; what somebody typed may be longer
ABOUT = """Checked facts about a recording, told as short cards in which every sentence cites what it rests on.

\b
From facts to a live story:
  songstory init
  songstory import sample
  songstory generate --all
  songstory people add ada --role admin --as ada
  songstory people add mara --role writer --as ada
  songstory people add ben --role editor --as ada
  songstory people add cleo --role publisher --as ada
  songstory submit sledgehammer.1 --as mara
  songstory approve sledgehammer.1 --as ben
  songstory publish sledgehammer.1 --as cleo
  songstory export out

SONGSTORY_STORE says which store; without it, songstory.db in this folder. songstory doctor says what is configured.
"""
app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None, help=ABOUT, add_completion=False)
cli_imports.add_to(app)
cli_files.add_to(cli_imports.imports)
cli_nightly.add_to(app)
cli_review.add_to(app)
cli_house.add_to(app)
cli_writing.add_to(app)
cli_runs.add_to(app)
cli_serving.add_to(app)
cli_backups.add_to(app)

TrackArgument = Annotated[str, typer.Argument(help="The id of a track, as `songstory tracks` lists it.")]


@app.command()
def init() -> None:
    """Make the store, or bring it up to date. Example: SONGSTORY_STORE=sqlite:///songs.db songstory init"""
    opened = store(create=True)
    people.ensure_service(opened)
    if opened.dialect == "postgresql" and find_spec("procrastinate"):  # so that workers need no right to make tables
        planning.ready(opened)
    say(f"The store is ready: {opened.url}", "Next: songstory import sample, or songstory import files catalogue.jsonl")


@app.command()
def tracks(
    search: Annotated[str, typer.Option(help="Look in title and artist.")] = "", page: PageOption = 1, as_json: JsonOption = False
) -> None:
    """List the tracks. Example: songstory tracks --search "west end" """
    found = catalogue.list_tracks(store(), search=search, page=page)
    if as_json:
        return print_json(found)
    table(
        ("id", "title", "artist"),
        [(t.id, t.title, t.artist_credit) for t in found.items],
        "No track matches." if search else "No tracks. Load some with: songstory import sample",
    )
    if found.total > found.size:
        say(f"Page {page} of {-(-found.total // found.size)}; {found.total} tracks.")
    return None


@app.command()
def facts(
    track: TrackArgument,
    retracted: Annotated[bool, typer.Option(help="Show also what no longer stands.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what the sources say of a track. Example: songstory facts west-end-girls"""
    found = weigh(catalogue.facts_of(store(), track, retracted=retracted))
    if as_json:
        return print_json(found)
    said_by = corroboration(found)
    rows = [
        (
            f.key,
            f.predicate,
            f.value,
            "; ".join(f"{k}={v}" for k, v in f.qualifiers.items()),
            said_by.get(f.key, ""),
            f"{f.source_name}: {f.locator}",
            marks(f),
        )
        for f in found
    ]
    table(("key", "predicate", "value", "qualifiers", "said by", "source", "flags"), rows, f"No facts on {track} yet.")
    return None


@app.command()
def brief(track: TrackArgument, language: LanguageOption = "en", market: MarketOption = "world", as_json: JsonOption = False) -> None:
    """Print the exact prompt for a track; call no model. Example: songstory brief west-end-girls"""
    made = generation.brief_of(store(), track, language=language, market=market)
    prompt = briefs.render(made)
    if as_json:
        return print_json({"brief": made, "prompt": prompt, "fingerprint": briefs.facts_fingerprint(made)})
    sys.stdout.write(f"--- system ---\n{prompt.system}\n--- user ---\n{prompt.user}")
    return None


@app.command()
def check(
    revision: Annotated[str, typer.Argument(help="A revision, as TRACK.NUMBER; leave out with --jsonl.")] = "",
    jsonl: Annotated[Path | None, typer.Option(help="A file of claims with their evidence, one JSON object a line; - for stdin.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check a revision again, or claims from a file. Example: songstory check west-end-girls.1; songstory check --jsonl claims.jsonl"""
    if bool(revision) == (jsonl is not None):
        raise typer.BadParameter("name a revision, or a file with --jsonl")
    if jsonl is not None:
        return _check_file(jsonl)
    verdicts = generation.check_revision(store(), revision)
    bad = [v for v in verdicts if not v.supported]
    if as_json:
        print_json(verdicts)
    else:
        say(f"{len(verdicts) - len(bad)} of {len(verdicts)} sentences and headlines are supported.")
        say(
            *(
                f"card {v.card + 1}: {d.span!r} is worked out ({d.rule.removeprefix('derived.')}): {d.text}"
                for v in verdicts
                for d in v.derived
            )
        )
        warn(
            *(
                f"card {v.card + 1}, {'headline' if v.sentence < 0 else f'sentence {v.sentence + 1}'}: [{r.rule}] {r.text}"
                for v in bad
                for r in v.reasons
            )
        )
    if bad:
        raise typer.Exit(1)
    return None


def _check_file(path: Path) -> None:
    import orjson

    from songstory.sources.files import fetch

    lines = sys.stdin.buffer if str(path) == "-" else fetch(path)
    failed = False
    for answer in check_lines(lines, "stdin" if str(path) == "-" else path.name):
        if isinstance(answer, BadRecord):
            failed = True
            warn(answer)
        else:
            sys.stdout.write(orjson.dumps(answer).decode() + "\n")
    if failed:
        raise typer.Exit(1)


@app.command()
def published(track: TrackArgument, language: LanguageOption = "en", market: MarketOption = "world") -> None:
    """Print the live story of a track as it is served. Example: songstory published west-end-girls"""
    body = publishing.published_json(store(), track, language=language, market=market)
    if body is None:
        raise SongstoryError(f"nothing is live for {track!r}; see: songstory queue --status approved")
    sys.stdout.write(body.decode() + "\n")


@app.command()
def export(folder: Annotated[Path, typer.Argument(help="Where the files go.")], as_json: JsonOption = False) -> None:
    """Write the published stories as JSON and as card pages. Example: songstory export stories"""
    manifest = publishing.export(store(), folder)
    if as_json:
        return print_json(manifest)
    say(
        f"{counted(len(manifest['files']) // 2, 'story')} written to {folder} as JSON and as card pages."
        if manifest["files"]
        else f"Nothing is published yet; {folder} holds only a manifest."
    )
    return None


@app.command()
def vocabulary(as_json: JsonOption = False) -> None:
    """List the predicates a fact may have. Example: songstory vocabulary"""
    if as_json:
        return print_json(list(PREDICATES.values()))
    table(
        ("predicate", "value", "qualifiers", "told as"),
        [(p.name, p.value, ", ".join(p.qualifiers), p.title) for p in PREDICATES.values()],
        "",
    )
    say(f"Kept and never told: {', '.join(KEPT)}.")
    return None


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Say what is configured and what is wrong. Example: songstory doctor"""
    from songstory import demo

    found = demo.diagnose(settings())
    if as_json:
        print_json(found)
    else:
        for line in found:
            say(f"{'ok     ' if line['ok'] else 'PROBLEM'} {line['what']}: {line['detail']}")
    if not all(line["ok"] for line in found):
        raise typer.Exit(1)


@app.command("demo")
def run_demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo's store and pages go.")] = Path("demo"),
    writer_name: Annotated[str, typer.Option("--writer")] = "composer",
    limit: Annotated[int, typer.Option(min=0, help="At most so many tracks.")] = 0,
    ui: Annotated[bool, typer.Option(help="Serve the dashboard at the end.")] = True,
    port: Annotated[int, typer.Option(help="Port of the dashboard.")] = 8501,
) -> None:
    """Walk the whole road on real songs, no key, no server. Example: songstory demo --no-ui; songstory demo --writer anthropic --limit 3"""
    from songstory import dashboard, demo

    demo.walk(folder, writer(writer_name), limit=limit, generate=run_all, say=say)
    if ui:
        dashboard.serve(settings(), store=f"sqlite:///{folder / 'songs.db'}", port=port, actor=demo.AT_THE_DESK, say=say)


@app.command("ui")
def serve_ui(
    port: Annotated[int, typer.Option(help="Port.")] = 8501,
    address: Annotated[str, typer.Option(help="Address; others than this machine's need a sign-in provider.")] = "127.0.0.1",
    as_name: AsOption = "",
) -> None:
    """Serve the editors' dashboard. Without a sign-in provider: here only. Example: songstory ui --as cleo --port 8600"""
    from songstory import dashboard

    store().close()
    dashboard.serve(settings(), store=settings().store, port=port, address=address, actor=as_name, say=say)


def main() -> None:
    """Run the command line; a songstory error is one line on stderr and exit code 1."""
    end: Callable[[], None] = lambda: None  # noqa: E731
    try:
        set_up(settings().log_level, settings().log_format)
        end = telemetry.set_up(settings().otel, version=version("songstory"))
        app()
    except SongstoryError as error:
        said = clean(f"songstory: {error}")
        err.print(said if len(said) <= LONGEST_LINE else f"{said[:LONGEST_LINE]}…")
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("stopped; what was finished is kept")
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    finally:
        end()
