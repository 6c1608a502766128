"""Text that every database keeps and every terminal shows: neither NUL nor half of a character is in it."""

from __future__ import annotations

from typing import Any


def storable(text: str) -> str:
    """Return text without NUL, and with a mark where half of a character stood, as lax JSON can spell it out."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    return text.encode(errors="replace").decode().replace("\0", "")


def storable_data(data: Any) -> Any:
    """Return plain data with all its texts storable."""
    if isinstance(data, str):
        return storable(data)
    if isinstance(data, dict):
        return {storable_data(key): storable_data(value) for key, value in data.items()}
    return [storable_data(value) for value in data] if isinstance(data, list | tuple) else data
