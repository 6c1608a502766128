"""Reads what hides in an encoding: base64, hexadecimal, binary, Morse, percent signs, entities, escapes. Text comes out or nothing does."""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[A-Za-z0-9+/_-]{16}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,4000}={0,2}")
_BASE32 = re.compile(r"[A-Z2-7]{16,4000}={0,6}")
_HEX = re.compile(r"(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ ,:]?){8,4000}")
_BINARY = re.compile(r"(?:[01]{7,8}[ ,]?){8,2000}")
_DECIMAL = re.compile(r"(?:\d{2,3}[ ,]{1,2}){8,2000}\d{2,3}")
_ESCAPE = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\x([0-9a-fA-F]{2})")
_MORSE = re.compile(r"(?:[.\-·−–]{1,5}[ /|]{1,3}){8,2000}[.\-·−–]{1,5}")
_SIGNS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. "
    "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
).split()
_CODE = dict(zip(_SIGNS, "abcdefghijklmnopqrstuvwxyz0123456789", strict=True))
_SHORTEST = 8  # letters of a text that is worth reading


def rot13(text: str) -> str:
    """Return `text` with each Latin letter thirteen places on."""
    return codecs.encode(text, "rot13")


def decoded(text: str) -> Iterator[str]:
    """Yield the texts that stand encoded in `text`, readable ones only; what is encoded twice is read twice."""
    for once in _once(text):
        yield once
        yield from _once(once)


def _once(text: str) -> Iterator[str]:
    if "%" in text and (plain := unquote(text)) != text:
        yield plain
    if "&" in text and (plain := html.unescape(text)) != text:
        yield plain
    if "\\" in text and (plain := _ESCAPE.sub(_sign, text)) != text:
        yield plain
    digits = len(_DIGIT.findall(text))
    for worth, pattern, read in (
        (_TOKEN.search(text), _BASE64, _from_base64),
        (_TOKEN.search(text), _BASE32, _from_base32),
        (digits >= _SHORTEST // 2, _HEX, _from_hex),
        (digits >= _SHORTEST * 7, _BINARY, _from_binary),
        (digits >= _SHORTEST * 2, _DECIMAL, _from_decimal),
        (sum(text.count(c) for c in ".-·−–") >= _SHORTEST * 2, _MORSE, _from_morse),
    ):
        for match in pattern.finditer(text) if worth else ():
            if _readable(plain := read(match.group())):
                yield plain


def _sign(match: re.Match[str]) -> str:
    number = int(match.group(1) or match.group(2), 16)
    return chr(number) if number < 0x110000 else ""


def _readable(text: str) -> bool:
    """Whether a text is words rather than chance."""
    return len(text) >= _SHORTEST and sum(c.isalpha() or c == " " for c in text) >= 0.8 * len(text) and text.isprintable()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def _from_base64(code: str) -> str:
    code = code.rstrip("=").translate({45: "+", 95: "/"})
    try:
        return _text(base64.b64decode(code[: len(code) - (len(code) % 4 == 1)] + "=" * (-len(code) % 4)))
    except (binascii.Error, ValueError):
        return ""


def _from_base32(code: str) -> str:
    code = code.rstrip("=")
    try:
        return _text(base64.b32decode(code + "=" * (-len(code) % 8)))
    except (binascii.Error, ValueError):
        return ""


def _from_hex(code: str) -> str:
    digits = re.sub(r"0x|\\x|[^0-9a-fA-F]", "", code)
    return _text(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _from_binary(code: str) -> str:
    bits = re.findall(r"[01]{7,8}", code)
    return _text(bytes(int(b, 2) for b in bits))


def _from_decimal(code: str) -> str:
    return "".join(chr(n) for n in map(int, re.findall(r"\d+", code)) if 31 < n < 127)


def _from_morse(code: str) -> str:
    words = re.split(r" {2,}|[/|]", code.translate({0xB7: ".", 0x2212: "-", 0x2013: "-"}))
    return " ".join("".join(_CODE.get(sign, "") for sign in word.split()) for word in words)
