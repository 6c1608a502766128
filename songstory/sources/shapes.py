"""Reads values out of foreign JSON without trusting its shape: a missing or wrong-typed field is empty, never an exception."""

from __future__ import annotations

import html
import re
from typing import Any

from songstory.models import Entity, Name

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)")


def obj(value: Any, key: str) -> dict[str, Any]:
    """Return the object under `key`, an empty one when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def objs(value: Any, key: str) -> list[dict[str, Any]]:
    """Return the objects in the list under `key`."""
    found = value.get(key) if isinstance(value, dict) else None
    return [v for v in found if isinstance(v, dict)] if isinstance(found, list) else []


def text(value: Any, key: str) -> str:
    """Return the text under `key` without outer blanks, "" when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return " ".join(found.replace("\x00", "").split()) if isinstance(found, str) else ""


def texts(value: Any, key: str) -> list[str]:
    """Return the texts in the list under `key`."""
    found = value.get(key) if isinstance(value, dict) else None
    return [v for v in found if isinstance(v, str) and v] if isinstance(found, list) else []


_TAGS = re.compile(r"</?(?:br|b|i|u|em|strong|su[bp]|span|p|div|a|font|small|big|tt|code|nobr|wbr)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)


def unmarked(found: str) -> str:
    """Return a text without the tags of HTML, its entities resolved, those of entities too: "Tom &amp;amp; Ann<br>" is "Tom & Ann"."""
    if "&" not in found and "<" not in found:
        return found
    for _ in range(2):
        found = html.unescape(found)
    return " ".join(_TAGS.sub(" ", found).split())


def number(value: Any, key: str) -> int:
    """Return the whole number under `key`, 0 when there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, str) and found.isdecimal() and len(found) < 12:
        return int(found)
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e12 else 0


def partial_date(value: str) -> str:
    """Return the part of a date that is given: "1999-03-00" is "1999-03", "1999" stays; "" for what is no date."""
    match = DATE.match(value.lstrip("+"))
    if match is None or match[1] == "0000":
        return ""
    year, month, day = match.groups()
    if not month or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{month}-{day}" if day and 1 <= int(day) <= 31 else f"{year}-{month}"


def precision(date: str) -> str:
    """Return the precision of a partial date: year, month or day."""
    return {4: "year", 7: "month", 10: "day"}.get(len(date), "")


def common(begin: str, end: str) -> str:
    """Return what two partial dates have in common: a session from 29 to 31 May took place in May."""
    if not begin or not end:
        return ""
    for size in (10, 7, 4):
        if len(begin) >= size and begin[:size] == end[:size]:
            return begin[:size]
    return ""


def entity(uid: str, kind: str, name: str, *others: str, **identifiers: str) -> Entity:
    """Return an entity with its primary name, its other names and its identifiers."""
    more = tuple(Name(name=n, kind="alias") for n in dict.fromkeys(others) if n and n != name)
    return Entity(id=uid, kind=kind, names=(Name(name=name), *more), identifiers={k: v for k, v in identifiers.items() if v})
