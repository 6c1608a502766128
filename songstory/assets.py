"""Finds the shipped templates and dashboard, and holds the one jinja environment."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from songstory.safe_text import visible


def shipped(name: str) -> Path:
    """Return the folder shipped under `name`, in a wheel or in a checkout."""
    package = Path(__file__).parent
    installed = package / f"_{name}"
    return installed if installed.is_dir() else package.parent / name


def sample() -> Path:
    """Return the folder of the bundled catalogue."""
    return Path(__file__).parent / "sample"


def environment(folder: Path) -> Environment:
    """Return a strict jinja environment over `folder`; files ending in html.jinja are escaped."""
    found = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    found.filters["seen"] = visible  # for pages that people check: hidden and unusual signs are shown as marks
    return found


@cache
def templates() -> Environment:
    """Return the environment of the shipped templates."""
    return environment(shipped("templates"))
