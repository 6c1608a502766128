"""The command that brings in a file of the house, whatever it is: a catalogue, a table, an export of a service, a list of songs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from songstory import import_preview, import_undo, importing, intake, known_tracks
from songstory.cli_imports import counting, loading, report, show_columns
from songstory.cli_shared import AsOption, CommentOption, JsonOption, actor, clean, counted, err, print_json, say, store, table, warn
from songstory.errors import ConfigError
from songstory.import_preview import Preview
from songstory.intake import Intake
from songstory.sources import column_names, looks, playlists, popularity, tables
from songstory.sources.looks import Asked, Look, Several
from songstory.store import Store, intakes

_CASES = 20  # cases, and lines left out, that a dry run shows by name
_SHOWN = 1_000  # characters of the columns that are not read
WHAT = "A catalogue of JSON lines, a table (CSV, Excel, JSON, Parquet), an export of a service, a playlist, a folder of audio files."


def add_to(group: typer.Typer) -> None:
    """Put the command among those that bring facts in."""
    group.command("files")(import_files)
    group.command("log")(list_imports)
    group.command("undo")(undo)


def import_files(
    path: Annotated[Path, typer.Argument(help=WHAT)],
    columns: Annotated[
        list[str] | None, typer.Option("--map", help="COLUMN=TARGET, once a column; default: guessed from the header.")
    ] = None,
    source: Annotated[str, typer.Option(help="Who says it; default: the file's name.")] = "",
    licence: Annotated[str, typer.Option(help="Under which licence.")] = "house",
    trust: Annotated[int, typer.Option(min=0, max=100, help="How far a new source is trusted; below 40 it is not told alone.")] = 50,
    encoding: Annotated[str, typer.Option(help="Of a CSV that is not UTF-8, such as cp1252; default: told by its bytes.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook; default: the first that is visible.")] = "",
    header_row: Annotated[int, typer.Option("--header-row", min=0, help="The row with the names; default: found.")] = 0,
    which: Annotated[str, typer.Option("--table", help="Of several tables in a sheet the number, of several lists the path.")] = "",
    dates: Annotated[str, typer.Option(help="day-first or month-first, where the cells of a column do not show it (05/11/2021).")] = "",
    full: Annotated[bool, typer.Option("--full", help="The file is all its source says: what it leaves out stops standing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    known: Annotated[
        bool | None, typer.Option("--known-only/--new-tracks", help="Enrich known tracks only, as playlists do; or make new ones too.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take what is guessed without asking.")] = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load a house file; bad lines are named, the good rest goes in. An import that was cut off goes on where it stood.

    \b
    Examples:
      songstory import files catalogue.jsonl
      songstory import files charts.xlsx --sheet 2024
      songstory import files YourLibrary.json
      songstory import files my.csv --map "Song=title" --map "Act=artist" --map "UK peak=charted[chart=UK Singles Chart]" --source desk
      songstory import files my.json --map artist=track.artists[].name --map title=track.name
      songstory import files list.m3u; songstory import files FOLDER-OF-AUDIO; songstory import files popularity.json
    """
    opened = store()
    path = path.resolve() if path.is_dir() else path  # "." has no name
    named = source or f"file-{path.stem}"
    if dry_run and not columns and (playlists.is_list(path) or popularity.is_popularity(path)):
        raise ConfigError(f"{path.name}: --dry-run looks at tables and catalogues; a list of known tracks makes none without --new-tracks")
    if not columns and playlists.is_list(path):
        done = known_tracks.import_list(
            opened, path, source=named, licence=licence, trust=trust, encoding=encoding, new_tracks=known is False, actor=loading(as_name)
        )
        return report(done, as_json)
    if not columns and popularity.is_popularity(path):
        return report(known_tracks.import_popularity(opened, path, actor=loading(as_name)), as_json)
    if not columns and importing.is_catalogue(path):
        if dry_run or full:
            seen = import_preview.preview_file(opened, path)
            if dry_run:
                return _show(seen, full, as_json)
            _ask_for_full(path, seen, yes, as_json)
        return report(_catalogue(opened, path, full, as_name, as_json), as_json)
    given = tables.mapping(columns or ())
    look = _look(path, Asked(encoding, sheet, header_row, which, tuple(given)), ask=not (yes or as_json))
    chosen = given or _confirmed(path, look, yes, as_json)
    importing.all_there(path, look, chosen)
    if given and not as_json:
        warn(*look.remarks, _left(look, given))
    order = dates or ("" if yes or as_json else _order(path, chosen, look))
    if dry_run or full:
        seen = importing.preview_table(
            opened, path, source=named, columns=chosen, layout=look.layout, dates=order, new_tracks=not known
        )
        if dry_run:
            return _show(seen, full, as_json)
        _ask_for_full(path, seen, yes, as_json)
    with counting(as_json, "rows") as step:
        done = importing.import_table(
            opened, path, source=named, columns=chosen, licence=licence, trust=trust, layout=look.layout,
            dates=order, new_tracks=not known, full=full, progress=step, actor=loading(as_name),
        )  # fmt: skip
    return report(done, as_json)


def _show(seen: Preview, full: bool, as_json: bool) -> None:
    """Print what an import would do."""
    if as_json:
        return print_json(seen)
    say(
        f"Would read {counted(seen.read, 'record')}: {seen.joined:,} of known tracks, {counted(seen.new_tracks, 'new track')}, "
        f"{counted(len(seen.cases), 'case')} for a person, {len(seen.rejected):,} left out. Nothing was written."
    )
    rows = [(title, artist, m.track.id if m else "", "; ".join(m.differs) if m else "") for title, artist, m in seen.cases[:_CASES]]
    table(("title", "artist", "could be", "what speaks against it"), rows, "")
    warn(*seen.rejected[:_CASES])
    show_columns(seen.columns)
    say(*(_falling(seen) if full else []))
    return None


def _falling(seen: Preview) -> list[str]:
    live = f", and {counted(len(seen.stories), 'live story')} with them: {', '.join(seen.stories[:_CASES])}"
    return [f"{counted(len(seen.facts), 'fact')} of this source would stop standing{live if seen.stories else ''}."]


def _ask_for_full(path: Path, seen: Preview, yes: bool, as_json: bool) -> None:
    """Say what a file that is all its source says would let fall, and ask."""
    if not seen.facts:
        return
    warn(*_falling(seen))
    if yes:
        return
    if as_json:
        raise ConfigError(f"{path.name}: --full lets {len(seen.facts):,} facts fall; look with --dry-run, then say --yes")
    if not typer.confirm("Let them fall?", default=False, err=True):
        raise typer.Exit(1)


def list_imports(as_json: JsonOption = False) -> None:
    """List the imports, the newest first, each with the number by which it is taken back. Example: songstory import log"""
    found = intakes.recent(store())
    if as_json:
        return print_json(found)
    rows = [
        (i.id, i.name, f"{i.started_at:%Y-%m-%d %H:%M}", i.state, ", ".join(counted(n, k) for k, n in i.added.items()), len(i.rejected))
        for i in found
    ]
    table(("import", "file", "begun", "state", "added", "left out"), rows, "Nothing was imported yet.")
    return None


def undo(
    intake_id: Annotated[int, typer.Argument(metavar="ID", help="An import, as `songstory import log` lists it.")],
    as_name: AsOption = "",
    comment: CommentOption = "",
    as_json: JsonOption = False,
) -> None:
    """Take an import back whole: its facts, its tracks, its cases; stories that it pulled live again by a publisher's hand.

    \b
    Example:
      songstory import undo 7 --as cleo --comment "the wrong sheet"
    """
    done = import_undo.undo_import(store(), intake_id, actor=actor(as_name), comment=comment)
    if as_json:
        return print_json(done)
    say(
        f"Took back import {done.intake} ({done.name}): {counted(done.facts, 'fact')} stopped standing, {done.again:,} stand again, "
        f"{counted(done.tracks, 'track')} gone."
    )
    say(*(f"{story} lives again." for story in done.live), *(f"{story} waits in the queue: {why}" for story, why in done.waiting))
    say(*(f"{story} fell: it rested on this import." for story in done.fallen))
    return None


def _catalogue(opened: Store, path: Path, full: bool, as_name: str, as_json: bool) -> Intake:
    total = path.stat().st_size
    shown = (TextColumn(clean(path.name)), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*shown, console=err, disable=as_json) as progress:
        bar = progress.add_task("bytes", total=total)
        return intake.import_file(
            opened, path, full=full, progress=lambda read: progress.update(bar, completed=read), actor=loading(as_name)
        )


def _look(path: Path, asked: Asked, *, ask: bool) -> Look:
    """Return the look at a file; who is there is asked which of its tables is meant, and in which encoding it is."""
    try:
        look = looks.look(path, asked)
    except Several as error:
        if not ask:
            raise
        listed = list(error.choices)
        say(f"{path.name} holds more than one table:", *(f"  {n}: {what}" for n, what in enumerate(error.choices.values(), start=1)))
        number = typer.prompt("Which one?", type=int, default=1, err=True)
        if not 1 <= number <= len(listed):
            raise ConfigError(f"{path.name}: no table {number}; name one of them with --table") from error
        return _look(path, replace(asked, table=listed[number - 1]), ask=ask)
    if look.encoding.example:
        warn(f"{path.name} is not UTF-8; as {look.encoding.name} it reads: {look.encoding.example}")
        if ask and not typer.confirm(f"Read it as {look.encoding.name}?", default=True, err=True):
            raise ConfigError(f"{path.name}: not UTF-8; name its encoding, as --encoding {look.encoding.name}, or save it as UTF-8")
    return look


def _confirmed(path: Path, look: Look, yes: bool, as_json: bool) -> dict[str, tables.Target]:
    """Show the guessed mapping with the first rows, and ask."""
    guessed = look.mapping
    if not {"title", "artist"} <= {t.name for t in guessed.values()}:
        raise ConfigError(_no_song(path, look.names, {t.name for t in guessed.values()}))
    if as_json:
        return guessed
    warn(*look.remarks)
    if yes:
        warn(_left(look, guessed))
        return guessed
    table(("column", "says", "for example"), [(c, t.name, _example(look.shown, c)) for c, t in guessed.items()], "")
    say("", _left(look, guessed))
    table(list(guessed)[:6], [[row.get(c, "") for c in list(guessed)[:6]] for row in look.shown], "No rows.")
    if not typer.confirm("Load the table so?", default=True, err=True):
        raise typer.Exit(1)
    return guessed


def _left(look: Look, mapped: Mapping[str, tables.Target]) -> str:
    left = "; ".join(f"{column} ({why})" for column, why in column_names.unread(look.names, mapped, look.shown).items())
    return f"Not read: {left[:_SHOWN] or 'nothing'}. Change it with --map COLUMN=TARGET."


def _order(path: Path, chosen: Mapping[str, tables.Target], look: Look) -> str:
    """Ask once what comes first where dates may be two, "" where they are sure."""
    open_ones = tables.undecided(tables.look(path, chosen, look.layout))
    if not open_ones:
        return ""
    day = typer.confirm(f"{path.name}: {tables.question(open_ones)}. Does the day come first?", default=True, err=True)
    return tables.ORDERS[0] if day else tables.ORDERS[1]


def _no_song(path: Path, names: list[str], guessed: Collection[str]) -> str:
    if not names:
        return f"{path.name}: no table in it; expected a header with the names of the columns, and rows below it"
    listed, missing = ", ".join(names[:12]), [name for name in ("title", "artist") if name not in guessed]
    return (
        f"{path.name}: no column looks like the {' or the '.join(missing)} among {listed}; "
        f"name {'them' if len(missing) > 1 else 'it'} with --map COLUMN={' --map COLUMN='.join(missing)} beside --map for the others, "
        "and with --header-row N where another row holds the names"
    )


def _example(shown: list[dict[str, Any]], column: str) -> str:
    return next((str(row[column])[:60] for row in shown if row.get(column)), "")
