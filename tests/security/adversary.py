"""Finds every regular expression of the project, and makes the strings that would hurt each of them.

No pattern is listed by hand: compiled ones are found by walking what the modules hold, inline ones by reading the sources.
A string for a pattern is made from the pattern itself: what each of its repeats repeats, after what it wants before, and
followed by what it does not want.
"""

from __future__ import annotations

import ast
import functools
import importlib
import itertools
import pkgutil
import re
import re._constants as op
import re._parser as parser
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import songstory
from songstory.patterns import Lazy

ROOT = Path(__file__).parents[2]
PLACES = ("songstory", "ui")
_CALLS = {"compile", "sub", "subn", "search", "match", "fullmatch", "split", "findall", "finditer"}
_ANCHORED = {"match", "fullmatch"}
# Runs that hurt patterns whatever they are made of: one sign, and two by turns.
PLAIN = (
    " ",
    "a",
    "A",
    "1",
    ".",
    "-",
    "(",
    "[",
    '"',
    "'",
    ",",
    "\n",
    "&",
    "ß",
    "{{",
    "<",
    "a ",
    "A ",
    "1 ",
    ", ",
    ". ",
    "- ",
    " (",
    "Aa ",
    "a1",
    "1.",
    "a-",
    "(a) ",
    "[[a",
    "a, ",
)


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and whether it is only ever tried at one place of a text (`match`, `fullmatch`)."""

    where: str
    pattern: re.Pattern[str]
    anchored: bool


def modules() -> list[Any]:
    """Return every module of the package, imported."""
    for info in pkgutil.walk_packages(songstory.__path__, "songstory."):
        if not info.name.endswith("__main__") and ".migrations" not in info.name:
            importlib.import_module(info.name)
    return [m for name, m in sorted(sys.modules.items()) if name.split(".")[0] == "songstory" and m is not None]


@functools.cache
def patterns() -> list[Found]:
    """Return each pattern of the project once."""
    loaded = modules()
    inline, only = _inline()
    found: dict[tuple[str, int], Found] = {}
    for module in loaded:
        for name, pattern in _held(module):
            if isinstance(pattern.pattern, str):
                anchored = only.get(name.split(".")[-1], set()) <= _ANCHORED and bool(only.get(name.split(".")[-1]))
                found.setdefault((pattern.pattern, pattern.flags), Found(name, pattern, anchored))
    for one in inline:
        found.setdefault((one.pattern.pattern, one.pattern.flags), one)
    return sorted(found.values(), key=lambda f: f.where)


def _held(module: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns that a module holds, in tables and in objects too."""
    seen: set[int] = set()

    def walk(name: str, value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
        if id(value) in seen or depth > 6:
            return
        seen.add(id(value))
        if isinstance(value, Lazy):
            value = value.compiled
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, dict):
            for part in itertools.chain(value.keys(), value.values()):
                yield from walk(name, part, depth + 1)
        elif isinstance(value, list | tuple | set | frozenset):
            for part in value:
                yield from walk(name, part, depth + 1)
        elif type(value).__module__.startswith("songstory"):
            for part in getattr(value, "__dict__", {}).values():
                yield from walk(name, part, depth + 1)

    for name, value in vars(module).items():
        yield from walk(f"{module.__name__}.{name}", value, 0)


def _inline() -> tuple[list[Found], dict[str, set[str]]]:
    """Return the patterns written where they are used, and which methods each named pattern is used with."""
    found, only = [], dict[str, set[str]]()
    for path in sorted(p for place in PLACES for p in (ROOT / place).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        names = vars(sys.modules[module]) if module in sys.modules else {}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner, method = node.func.value, node.func.attr
            if isinstance(owner, ast.Name) and owner.id == "re" and method in _CALLS and node.args:
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                for text in _texts(node.args[0], names):
                    flags = _flags(node)
                    found.append(Found(where, re.compile(text, flags), method in _ANCHORED))
            elif method in _CALLS:
                name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
                only.setdefault(name, set()).add(method)
    return found, only


def _flags(node: ast.Call) -> int:
    given = [ast.unparse(a) for a in [*(k.value for k in node.keywords if k.arg == "flags"), *node.args[1:]]]
    flags = [f for f in given if re.fullmatch(r"re\.[A-Z]+(?: \| re\.[A-Z]+)*", f)]
    return int(eval(flags[0], {"re": re})) if flags else 0


def _texts(node: ast.expr, names: dict[str, Any]) -> Iterator[str]:
    """Yield the text of a pattern; what a name in an f-string stands for is looked up in its module, else a word stands for it."""
    try:
        value = eval(compile(ast.Expression(node), "pattern", "eval"), {**names, "re": re})
        if isinstance(value, str):
            yield value
        return
    except Exception:
        pass
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(p.value) if isinstance(p, ast.Constant) else "word" for p in node.values)


# strings that hurt ---------------------------------------------------------------------------------------------------


def attacks(pattern: re.Pattern[str]) -> Iterator[Callable[[int], str]]:
    """Yield makers of strings, of about a length in characters, that would hurt a pattern with overlapping repeats."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    pieces = list(dict.fromkeys((*_pieces(tree, pattern.flags), *(("", p) for p in PLAIN))))
    for before, piece in pieces:
        yield _run(before, piece)
        if before:
            yield _run("", before + piece)


def _run(before: str, piece: str) -> Callable[[int], str]:
    return lambda length: before + piece * (length // len(piece)) + "\x00"


def _pieces(tree: Any, flags: int, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield (what has to stand before, what is repeated) for every repeat of a pattern, those within others too."""
    for code, value in tree:
        if code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            low, high, body = value
            if high > 8:
                for sample in _samples(body):
                    if sample:
                        yield before, sample
            yield from _pieces(body, flags, before)
            before += _sample(body) * max(low, 1)
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _pieces(branch, flags, before)
            before += _sample(value[1][0])
        elif code is op.SUBPATTERN:
            yield from _pieces(value[3], flags, before)
            before += _sample(value[3])
        elif code is op.ATOMIC_GROUP:
            yield from _pieces(value, flags, before)
            before += _sample(value)
        elif code in {op.ASSERT, op.ASSERT_NOT}:
            yield from _pieces(value[1], flags, before)
        else:
            before += _one(code, value)
    if before.strip() or before:
        yield "", before


def _samples(tree: Any) -> list[str]:
    """Return some texts that a part of a pattern takes: of a class its several kinds, of branches each."""
    options: list[list[str]] = []
    for code, value in tree:
        if code is op.BRANCH:
            options.append([s for b in value[1] for s in _samples(b)][:6])
        elif code is op.SUBPATTERN:
            options.append(_samples(value[3]))
        elif code is op.ATOMIC_GROUP:
            options.append(_samples(value))
        elif code in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            low, _, body = value
            options.append([_sample(body) * low, *([s * max(low, 1) for s in _samples(body)][:3])])
        elif code is op.IN:
            options.append(_kinds(value)[:6])
        elif code in {op.ASSERT, op.ASSERT_NOT, op.AT}:
            continue
        else:
            options.append([_one(code, value)])
    return ["".join(parts) for parts in itertools.islice(itertools.product(*options), 8)]


def _sample(tree: Any) -> str:
    return next(iter(_samples(tree)), "")


def _kinds(items: Any) -> list[str]:
    kinds = " aA1.-'(\"_,é\n/:;%"
    negative = bool(items) and items[0][0] is op.NEGATE
    inside = [c for c in kinds if any(_within(i, c) for i in items) is not negative]
    inside += [chr(v if c is op.LITERAL else v[0]) for c, v in items if c in {op.LITERAL, op.RANGE} and not negative]
    return list(dict.fromkeys(inside)) or ["a"]


def _within(item: Any, sign: str) -> bool:
    code, value = item
    if code is op.LITERAL:
        return ord(sign) == value
    if code is op.RANGE:
        return value[0] <= ord(sign) <= value[1]
    if code is op.CATEGORY:
        return _CATEGORIES[value](sign)
    return False


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_SPACE: str.isspace, op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(), op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(), op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}  # fmt: skip


def _one(code: Any, value: Any) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return "b" if value == ord("a") else "a"
    if code is op.ANY:
        return "a"
    if code is op.IN:
        return _kinds(value)[0]
    return ""


# how long ------------------------------------------------------------------------------------------------------------


_STRAIGHT = re.compile(r"[^\x00]*?\x00")  # looks at each sign once: what one way through a text takes on this machine, now
_SUSPECT = 60  # times as long; what takes longer has its growth measured
_GROWN = 12  # times as long as the text before, an eighth or a tenth of this one: 8 or 10 times is linear, 64 or 100 times is quadratic
_STEEP = 8  # four times the text: 4 times as long is linear, 16 times is quadratic, 64 times is cubic
_CUBIC = 32  # for short texts: a bounded repeat that is not yet at its bound looks quadratic


@functools.cache
def _straight(length: int) -> float:
    """Return the seconds that one way through a text of this length takes."""
    return spent(_STRAIGHT.search, "a" * length + "\x00", 20)


def steep(act: Callable[[str], object], make: Callable[[int], str], longest: int = 2_000) -> bool:
    """Return whether `act` grows faster than the texts that `make` gives for a length; short ones first, so that none takes minutes.

    A text is tried at its full length only where it grew at an eighth of it: from 25 signs to 250 a quadratic pattern takes 100
    times as long, a straight one 10 times.
    """
    before = spent(act, make(longest // 80), 2)
    for length, ratio in ((longest // 8, _CUBIC), (longest, _STEEP)):
        text = make(length)
        took = spent(act, text)
        if took < _GROWN * before:
            return False
        if took > _SUSPECT * _straight(length) and _steep(act, make(length // 4), text, ratio):
            return True
        before = took
    return False


def _steep(act: Callable[[str], object], short: str, long: str, ratio: float) -> bool:
    """Return what most of nine measurements say: a busy machine makes a straight line steep once, and a steep one straight."""
    votes = {True: 0, False: 0}
    while max(votes.values()) < 5:
        votes[spent(act, long, 2) > ratio * max(spent(act, short, 5), 1e-6)] += 1
    return votes[True] > votes[False]


def spent(act: Callable[[str], object], text: str, tries: int = 1) -> float:
    """Return the least seconds of this thread's own time that `act` took."""
    best = float("inf")
    for _ in range(tries):
        start = time.thread_time()
        act(text)
        best = min(best, time.thread_time() - start)
    return best


def scan(found: Found) -> Callable[[str], object]:
    """Return what runs a pattern over a whole text, as its callers do."""
    if found.anchored:
        return lambda text: (found.pattern.match(text), found.pattern.fullmatch(text))
    return lambda text: sum(1 for _ in found.pattern.finditer(text))
