"""The commands that copy a store and bring a copy back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.engine import make_url

from songstory.cli_shared import AsOption, JsonOption, counted, err, print_json, say, settings, store
from songstory.errors import ConfigError
from songstory.models import now
from songstory.store import backups
from songstory.witness import loader


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    target: Annotated[Path, typer.Argument(help="A new file to write, or a folder, where it is named by the time.")],
    keep: Annotated[int | None, typer.Option(min=1, help="How many copies stay in the folder.")] = None,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Copy the store while others write, and check the copy.

    \b
    Examples:
      songstory backup songs-2026-11-25.db
      songstory backup backups --keep 14
    """
    folder = target if target.is_dir() else None
    if keep is not None and folder is None:
        raise ConfigError(f"--keep counts the copies of a folder, and {target} is none; make it, or leave --keep out")
    target = folder / backups.name(now()) if folder else target
    opened = store()
    who = loader(opened, as_name or settings().actor).name
    with Progress(TextColumn("Copying"), BarColumn(), DownloadColumn(), TimeElapsedColumn(), console=err, disable=as_json) as progress:
        bar = progress.add_task("copy", total=None)
        done = backups.backup(opened, target, lambda so_far, total: progress.update(bar, completed=so_far, total=total))
        progress.update(bar, completed=done.bytes, total=done.bytes)
    backups.witnessed(opened, done, actor=who)
    gone = backups.rotate(folder, keep) if folder and keep else []
    if as_json:
        return print_json(done)
    say(
        f"{done.bytes:,} bytes at {done.path}, checked: {done.rows['track']:,} tracks, {done.rows['revision']:,} revisions, "
        f"{done.events:,} events.",
        f"The audit log ends with {done.head or 'nothing'}; keep this line elsewhere, and a cut copy is found out.",
        *([f"{counted(len(gone), 'older copy')} taken away."] if gone else []),
    )
    return None


def restore(
    copy: Annotated[Path, typer.Argument(help="A file that songstory backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of the store that is there, which is kept.")] = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Bring a copy back to the place of SONGSTORY_STORE, after checking it. Example: songstory restore songs-2026-11-25.db"""
    address = make_url(settings().store)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise ConfigError(backups.POSTGRESQL)
    lost = backups.ends_with(Path(address.database))
    done = backups.restore(copy, Path(address.database), replace=replace)
    opened = store()
    backups.came_back(opened, done, copy, lost, actor=loader(opened, as_name or settings().actor).name)
    if as_json:
        return print_json(done)
    say(
        f"{done.path} holds {done.rows['track']:,} tracks and {done.events:,} events again.",
        "Next: songstory doctor, songstory audit verify",
    )
    return None
