"""What all commands share: the settings, the store, and how results are shown."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any

import orjson
import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

from songstory.settings import Settings, load_settings
from songstory.store import Store, open_store
from songstory.store.heads import Key, load_key
from songstory.store.places import Caps

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
AsOption = Annotated[str, typer.Option("--as", help="Who acts; default: SONGSTORY_ACTOR.", metavar="NAME")]
CommentOption = Annotated[str, typer.Option("--comment", "-m", help="A note that is kept with the act.")]
LanguageOption = Annotated[str, typer.Option(help="Language of the story (BCP-47).")]
MarketOption = Annotated[str, typer.Option(help="Market of the story (ISO 3166-1, or world).")]
PageOption = Annotated[int, typer.Option(min=1, help="Which page.")]

out = Console(markup=False, highlight=False, soft_wrap=True)
err = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


@functools.cache
def settings() -> Settings:
    """Return the settings, read once."""
    return load_settings()


def audit_key() -> Key | None:
    """Return the key that signs the heads of the audit log, None where none is set."""
    secret = settings().audit_key
    return load_key(secret.get_secret_value() if secret else "", settings().audit_key_file)


def store(*, create: bool = False) -> Store:
    """Open the store of the settings."""
    return open_store(settings().store, create=create, heads=settings().audit_heads, key=audit_key())


def clean(value: object) -> str:
    """Return text from strangers as one printable line: no escape codes reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in str(value))


def plain(value: Any) -> Any:
    """Return a value as plain data for JSON."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(v) for v in value]
    return value


def print_json(value: Any) -> None:
    """Print a value as indented JSON on stdout."""
    sys.stdout.write(orjson.dumps(plain(value), option=orjson.OPT_INDENT_2).decode() + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """Print rows as a table, or `empty` when there are none."""
    listed = [[clean(cell) for cell in row] for row in rows]
    if not listed:
        out.print(empty)
        return
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in listed:
        shown.add_row(*(Text(cell) for cell in row))
    Console(markup=False, highlight=False).print(shown)


def say(*lines: object) -> None:
    """Print lines, cleaned."""
    for line in lines:
        out.print(clean(line))


def warn(*lines: object) -> None:
    """Print lines on stderr, cleaned."""
    for line in lines:
        err.print(clean(line))


def counted(count: int, noun: str) -> str:
    """Return "1 story" or "2 stories"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def caps() -> Caps:
    """Return how many processes pages may start."""
    return Caps(person=settings().processes_person, house=settings().processes_house)


def actor(name: str) -> str:
    """Return who acts: the name given, or the one of the settings."""
    who = name or settings().actor
    if not who:
        raise typer.BadParameter("say who acts with --as NAME, or set SONGSTORY_ACTOR", param_hint="--as")
    return who
