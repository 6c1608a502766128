"""Fences: how text from outside stands in a prompt as data, whatever it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson

from songstory.errors import TemplateError

_LENGTH = 24  # hexadecimal digits of a fence: no text can be made to hold the hash of itself and its neighbours


def as_data(value: Any) -> str:
    """Return a value as one line of JSON that opens no tag: a "<" is written as its escape, which reads the same."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode().replace("<", "\\u003c")


def fence(texts: Iterable[str]) -> str:
    """Return the one fence of a prompt: a hash of all its texts, so that equal texts give equal bytes and the cache holds.

    Raise TemplateError when a text holds it all the same: such a prompt is not sent.
    """
    listed = list(texts)
    return held(hashlib.sha256("\x1f".join(listed).encode()).hexdigest()[:_LENGTH], listed)


def held(mark: str, texts: Iterable[str]) -> str:
    """Return a fence that none of `texts` holds. Raise TemplateError for one that a text could close."""
    if any(mark in text for text in texts):
        raise TemplateError("a text holds the fence of its own prompt; nothing is asked; quarantine the fact it stands in")
    return mark
