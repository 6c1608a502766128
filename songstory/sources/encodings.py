"""In which encoding a text file is: UTF-8, or what its bytes plainly are. A guess is shown, and a person says yes to it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from songstory.errors import SourceError

_CHUNK = 1_000_000  # bytes
_SHOWN = 60  # characters of the example
MARKED = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# What texts of European languages have beside ASCII once they are read as cp1252.
_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŠšŽžŒœŸ"
_SIGNS = "‘’“”‚„‹›«»–—…•·¡¿€£§©®™°´ªº½¼¾²³\xa0\xad"
_EUROPEAN = frozenset(_LETTERS + _SIGNS)
# What no such text has: a run of letters that are all beyond ASCII (Cyrillic, Greek), a sign inside a word or that begins one, a
# capital after a small letter.
_STRANGE = re.compile(
    rf"[{_LETTERS}]{{4}}|[A-Za-z{_LETTERS}][¡¿‚„][A-Za-z{_LETTERS}]|[£¼¾²³][A-Za-z{_LETTERS}]|[a-zà-ÿ][ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŠŽŒŸ][a-zà-ÿ]"
)


@dataclass(frozen=True)
class Encoding:
    """The encoding of a text; `example` is a line that shows it, "" for UTF-8, of which nobody needs to be asked."""

    name: str
    example: str = ""


def guess(path: Path) -> Encoding:
    """Return in which encoding a text file is. Raise SourceError, with the way out, where its bytes do not say."""
    try:
        with path.open("rb") as file:
            for mark, name in MARKED.items():
                if file.read(2) == mark:
                    return Encoding(name)
                file.seek(0)
            decoder, row = codecs.getincrementaldecoder("utf-8")(), 1
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
                row += chunk.count(b"\n")
            decoder.decode(b"", final=True)
            return Encoding("utf-8")
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        at = row + error.object[: error.start].count(b"\n")  # what the chunk before left over has no line break
    example = _european(path)
    if not example:
        raise SourceError(f"{path.name}:{at}: not UTF-8, and no text of cp1252; save it as UTF-8, or name its encoding with --encoding")
    return Encoding("cp1252", example)


def _european(path: Path) -> str:
    """Return a line of the file that shows it to be cp1252, "" when it is not."""
    example = ""
    try:
        with path.open(encoding="cp1252", newline="\n") as file:
            while line := file.readline(_CHUNK):
                if line.isascii():
                    continue
                if not all(c.isascii() or c in _EUROPEAN for c in line) or _STRANGE.search(line):
                    return ""
                example = example or _around(line)
    except UnicodeDecodeError:
        return ""
    return example


def _around(line: str) -> str:
    at = next(i for i, c in enumerate(line) if not c.isascii())
    begin = max(0, at - _SHOWN // 2)
    return " ".join(line[begin : begin + _SHOWN].split())
