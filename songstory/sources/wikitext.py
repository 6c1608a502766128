"""Infoboxes in wikitext: the first of an article, each field raw and as it is shown, one text for each item of a list.

Read with mwparserfromhell, the extra `wikipedia`. A template that is not known makes its whole field unread: what it stands for
cannot be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

MOST = 12_000  # characters of an infobox; long ones have 5,000
LINK = "\ue000"  # stands at both ends of a link: what it shows is one thing, whatever signs it holds
_HELD = str.maketrans(",/&;", "\ue001\ue002\ue003\ue004")  # stand for those signs within a link: "Tyler, the Creator" is one name
_FREE = str.maketrans("\ue001\ue002\ue003\ue004\ue005", ",/&; ", LINK)
_START = re.compile(r"\{\{\s*+infobox[\s_]++([^|}<\n]{1,60})", re.IGNORECASE)
_LISTS = frozenset(
    name.strip()
    for name in """
    hlist, flatlist, flat list, plainlist, plain list, ubl, ublist, unbulleted list, unbulletedlist, bulleted list, blist, ul, ordered list,
    cslist, comma separated entries, csv, collapsible list, tree list, multiple values
    """.split(",")
)
_AS_IT_IS = frozenset(
    "nowrap nobr nobreak nobold nowraplinks small smaller big larger italic italics noitalic normal lowercase sic abbr tooltip".split()
)
_SILENT = frozenset("r ref rp note notetag cn fact dubious clarify when who flagicon anchor clear -".split())
_SILENT_WORDS = (
    "cite ", "citation", "efn", "sfn", "refn", "harv", "verify", "better source", "failed ver", "update", "use dmy", "use mdy", "flag icon",
)  # fmt: skip
_DOTS = frozenset({"·", "•", "dot", "bullet", "middot", "bold middot", "\\", "pipe", "spaced ndash", "break", "br", "crlf", "newline"})
_DATES = frozenset({"start date", "startdate", "release date", "start date and age", "releasedate", "start-date", "date", "dts"})


@dataclass(frozen=True)
class Field:
    """One field: as it stands in the wikitext, and the items that are shown; None where a template of it is not known."""

    raw: str
    items: tuple[str, ...] | None
    why: str = ""


@dataclass(frozen=True)
class Box:
    """An infobox: its kind, such as "song", and its fields by name; `missing` where what reads it is not installed."""

    kind: str
    fields: dict[str, Field]
    missing: bool = False


class _Unread(Exception):
    """Stands for a template that is not known."""


@cache
def _parser() -> Any:
    try:
        import mwparserfromhell
    except ImportError:
        return None
    return mwparserfromhell


def first(wiki: str) -> Box | None:
    """Return the first infobox of an article, None without one, or one that has no end."""
    start = _START.search(wiki)
    body = _balanced(wiki, start.start()) if start else ""
    if start is None or not body:
        return None
    kind = " ".join(start[1].replace("_", " ").split()).casefold()
    parser = _parser()
    if parser is None:
        return Box(kind, {}, missing=True)
    try:
        template = next(iter(parser.parse(body).ifilter_templates(recursive=False)), None)
        return Box(kind, dict(_fields(template)) if template is not None else {})
    except (RecursionError, parser.parser.ParserError):
        return Box(kind, {})


def _balanced(wiki: str, start: int) -> str:
    """Return a template from its braces to theirs, "" where they do not close soon."""
    depth = 0
    for match in re.finditer(r"\{\{|\}\}", wiki[start : start + MOST]):
        depth += 1 if match[0] == "{{" else -1
        if depth == 0:
            return wiki[start : start + match.end()]
    return ""


def _fields(template: Any) -> Iterator[tuple[str, Field]]:
    for param in template.params:
        name, raw = str(param.name).strip().casefold().replace("_", " "), str(param.value).strip()
        if not raw:
            continue
        try:
            yield name, Field(raw, tuple(items(_shown(param.value.nodes))))
        except _Unread as error:
            yield name, Field(raw, None, str(error))


def items(shown: str) -> list[str]:
    """Return the items of a list, a line each, without outer blanks; a line that is a note in brackets belongs to the one above."""
    found: list[str] = []
    for line in (" ".join(line.split()).strip(" \t·•*") for line in shown.split("\n")):
        if found and re.fullmatch(r"\([^()]*+\)", line):
            found[-1] += f" {line}"
        elif line.replace(LINK, ""):
            found.append(line)
    return found


def free(item: str) -> str:
    """Return an item as it reads, with the signs of its links again."""
    return " ".join(item.translate(_FREE).split())


def linked(item: str) -> list[str]:
    """Return the parts of an item that is nothing but links, between commas, signs or "and"; else the item alone."""
    parts = re.split(rf"(?<={LINK})\s*+(?:,\s*+(?:and\s++|&\s*+)?|/|&|;|and)\s*+(?={LINK})", item)
    return parts if all(p.startswith(LINK) and p.endswith(LINK) and p.count(LINK) == 2 for p in parts) else [item]


# what is shown ------------------------------------------------------------------------------------------------------


def _shown(nodes: Sequence[Any]) -> str:
    return "".join(_SHOWN.get(type(node).__name__, str)(node) for node in nodes)


def _code(code: Any) -> str:
    return _shown(code.nodes) if code is not None else ""


def _link(node: Any) -> str:
    target = str(node.title).strip()
    if re.match(r"(?:file|image|category|media):", target, re.IGNORECASE):
        return ""
    shown = _code(node.text) if node.text is not None else target.lstrip(":")
    return _one(shown) if shown.strip() else ""


def _one(shown: str) -> str:
    """Return a text as one thing, which nothing parts."""
    return LINK + re.sub(r"\s(?=(?:and|with)\s)", "\ue005", shown.replace(LINK, "").strip().translate(_HELD)) + LINK


def _tag(node: Any) -> str:
    name = str(node.tag).strip().casefold()
    if name in {"ref", "references", "style", "gallery", "score", "templatestyles", "hr", "s", "strike", "del"}:
        return ""
    if name in {"br", "li", "dt", "dd", "p", "div", "ul", "ol"}:
        return f"\n{_code(node.contents)}" if name != "br" else "\n"
    return _code(node.contents)


def _template(node: Any) -> str:
    name = " ".join(str(node.name).replace("_", " ").split()).casefold()
    given = [p for p in node.params if not p.showkey]
    if name in _LISTS:
        return "\n" + "\n".join(_code(p.value) for p in given) + "\n"
    if name in _DATES:
        return _date([_code(p.value).strip() for p in given])
    if name in {"duration", "length"}:
        return _length(node, given)
    if name in _DOTS:
        return "\n"
    if name in _SILENT or name.startswith(_SILENT_WORDS):
        return ""
    if name in {",", "comma"}:
        return ", "
    last = {"lang": 1, "langx": 1, "transl": 1, "transliteration": 1}.get(name)
    if last is not None or name in _AS_IT_IS or name.startswith(("lang-", "nihongo", "korean")):
        return _parameter(given, last or 0)
    if name in {"ill", "interlanguage link"} or name.startswith("interlanguage link"):
        other = [_code(node.get("lt").value)] if node.has("lt") else [_parameter(given, 0)]
        return _one(other[0])
    if name == "url" and len(given) > 1:
        return _one(_parameter(given, 1))
    if name == "sortname":
        return _one(" ".join(_code(p.value).strip() for p in given[:2]))
    raise _Unread(f"template {name[:40]!r} is not known")


def _parameter(given: list[Any], place: int) -> str:
    """Return a parameter by its place; of text in another script and in ours, the last that is given stands for it."""
    return _code(given[min(place, len(given) - 1)].value) if given else ""


def _date(parts: list[str]) -> str:
    """Return the date of a template such as {{Start date|1999|5|31}} as ISO text; a time of day in it is left out."""
    numbers = [p for p in parts[:3] if p]
    if not numbers or not all(re.fullmatch(r"\d{1,4}", n) for n in numbers) or len(numbers[0]) != 4:
        raise _Unread("a date that is not in numbers")
    return "-".join([numbers[0], *(f"{int(n):02d}" for n in numbers[1:])])


def _length(node: Any, given: list[Any]) -> str:
    named = {k: _code(node.get(k).value).strip() for k in ("h", "m", "s") if node.has(k)}
    parts = [named.get(k, "") or "0" for k in ("h", "m", "s")] if named else [_code(p.value).strip() for p in given]
    if not parts or not all(re.fullmatch(r"[\d:]{1,8}", p) for p in parts):
        raise _Unread("a length that is not in numbers")
    whole = ":".join(parts).split(":")[-3:]
    hours, minutes, seconds = (int(p or 0) for p in (["0"] * (3 - len(whole)) + whole))
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


_SHOWN: dict[str, Any] = {
    "Wikilink": _link, "Tag": _tag, "Template": _template, "Comment": lambda node: "", "HTMLEntity": lambda node: str(node.normalize()),
    "ExternalLink": lambda node: _code(node.title), "Heading": lambda node: _code(node.title), "Argument": lambda node: "",
}  # fmt: skip
