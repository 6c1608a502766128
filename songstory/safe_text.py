"""Text from outside, made safe once: signs that nobody sees are taken out where they carry nothing, and what stays unusual is named.

Pure and fast for plain text. What counts as hidden follows Unicode's own properties (default ignorable, bidi control, private
use); what counts as a double of a letter is the small table below: it names the letters of other scripts that pass for Latin ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from songstory.lookalikes import LATIN
from songstory.patterns import lazy

SHOWN = "⟦U+{:04X}⟧"  # how a hidden or unusual sign is shown to people
_SHORT = 200  # characters of a text worth remembering: names and titles come again and again
_MOST_MARKS = 2  # marks on one letter after normalisation: Vietnamese and Yoruba need no more
_MESSAGE = 6  # hidden signs that spell out something: this many are no accident of a keyboard or a word processor

_C0 = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_BREAKS = "\t\n\r\x0b\x0c\x85\u2028\u2029"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_IGNORED = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tag characters, and what Unicode keeps free to be ignored
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_ZERO = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_SURROGATES = "\ud800-\udfff"
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
)
_BRAILLE_BLANK = "\u2800"
_HIDDEN = lazy(
    f"[{_C0}{_BREAKS}{_BLANKS}\u3000{_SELECTORS}{_BIDI}{_ZERO}{_PRIVATE}{_SURROGATES}{_NONCHARACTERS}{_BRAILLE_BLANK}{_IGNORED}]"
)
_BLANK = frozenset("\t\n\r\u00a0\u3000\u202f\u205f\u1680") | frozenset(map(chr, range(0x2000, 0x200B)))  # seen as the space they are
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_OVERLAYS = frozenset("\u0305\u0332\u0333\u0334\u0335\u0336\u0337\u0338\u033f") | frozenset(map(chr, range(0x20D0, 0x2100))) - {"\u20e3"}
_FORMS = (
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff\u2460-\u24ff\U0001f100-\U0001f1e5"
    "\u1d2c-\u1d6a\u2070-\u209c\u2100-\u214f\u02b0-\u02b8\u02e0-\u02e4"
)
_SMALL = "".join(c for c in LATIN if "\u0250" <= c <= "\u02af" or "\u1d00" <= c <= "\u1d2b" or c in "ꜰꜱ") + "\u0251\u0261"
_OTHERS = (  # letters of the scripts that may meet Latin ones in a word
    "\u0370-\u07ff\u0900-\u0fff\u10a0-\u10ff\u13a0-\u167f\u16a0-\u16ff\u1c80-\u1c8f\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff"
    "\ua640-\ua69f\uab70-\uabbf"
)
# One look at a text: without any of these there is nothing to take out and nothing unusual.
_WORTH_A_LOOK = lazy(
    f"[{_C0}{_BREAKS}{_BLANKS}\u3000{_BIDI}{_ZERO}{_MARKS}{_FORMS}{_SMALL}{_OTHERS}{_BRAILLE_BLANK}"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufffe-\U0010ffff]"
)
_SCRIPTS = (
    (0x00AA, ""), (0x02B0, "Latin"), (0x0300, ""), (0x0370, ""), (0x0400, "Greek"), (0x0530, "Cyrillic"), (0x0590, "Armenian"),
    (0x0600, "Hebrew"), (0x0700, "Arabic"), (0x0750, "Syriac"), (0x0780, "Arabic"), (0x08A0, "other"), (0x0900, "Arabic"),
    (0x10A0, "other"), (0x1100, "Georgian"), (0x1200, "wide"), (0x13A0, "other"), (0x1400, "Cherokee"), (0x1680, "syllabics"),
    (0x16A0, "other"), (0x1700, "runes"), (0x1C80, "other"), (0x1C90, "Cyrillic"), (0x1D00, "other"), (0x1D2C, "Latin"), (0x1E00, ""),
    (0x1F00, "Latin"), (0x2000, "Greek"), (0x2C60, ""), (0x2C80, "Latin"), (0x2D00, "Coptic"), (0x2DE0, "other"), (0x2E00, "Cyrillic"),
    (0xA4D0, "wide"), (0xA500, "Lisu"), (0xA640, "other"), (0xA6A0, "Cyrillic"), (0xA720, "other"), (0xA800, "Latin"), (0xAB30, "other"),
    (0xAB70, "Latin"), (0xABC0, "Cherokee"), (0xAC00, "other"), (0xFB00, "wide"), (0xFB07, "Latin"), (0xFB1D, "Armenian"),
    (0xFB50, "Hebrew"), (0xFE00, "Arabic"), (0xFE70, ""), (0xFF00, "Arabic"), (0x10000, "wide"), (0x10400, "other"),
    (0x10450, "Deseret"), (0x1D400, "other"), (0x1D800, "Latin"), (0x20000, "other"), (0x110000, "wide"),
)  # fmt: skip
# Scripts whose words need joiners: Arabic and its kin, the scripts of India and south-east Asia, Mongolian.
_JOINING = ((0x0600, 0x08FF), (0x0900, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0x1A20, 0x1AAF), (0x1B00, 0x1C4F), (0xA800, 0xAADF),
            (0xABC0, 0xABFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE), (0x10A00, 0x11FFF), (0x1E900, 0x1E95F))  # fmt: skip
_NO_SPACES = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))  # Thai, Lao, Burmese and Khmer part words by U+200B
_HAN = ((0x2E80, 0x2FDF), (0x3001, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_WIDE = lazy("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_ARABIC_OR_HEBREW = lazy("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_TAGGED_FLAG = lazy("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{2,6}\U000e007f")
_HIDDEN_RUN = lazy(f"[{_ZERO}{_SELECTORS}{_BIDI}]{{{_MESSAGE},}}")
_LETTERS = lazy(rf"[^\W\d_]+(?:[{_MARKS}\d]+[^\W\d_]+)*")


def clean(text: str, *, lines: bool = False) -> tuple[str, str]:
    """Return `text` in NFC without the signs that carry nothing, and what is unusual about it still, "" for nothing.

    With `lines` its line breaks and tabs stay, else they become spaces. What a script or an emoji needs stays.
    """
    if text.isascii() and text.isprintable():
        return text, ""
    return _remembered(text, lines) if len(text) <= _SHORT else _clean(text, lines)


def _clean(text: str, lines: bool) -> tuple[str, str]:
    if not _WORTH_A_LOOK.search(text):
        return unicodedata.normalize("NFC", text), ""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if not _HIDDEN.search(normal):
        return normal, _unusual(normal)
    flags = _flags(normal)
    kept = (c if i in flags or not _HIDDEN.match(c) else _stays(normal, i, c, lines) for i, c in enumerate(normal))
    found = unicodedata.normalize("NFC", "".join(kept))
    return found, _told_by_hidden(normal) or _unusual(found)


_remembered = lru_cache(maxsize=8192)(_clean)


def _flags(text: str) -> set[int]:
    """Return where the signs of emoji flags such as that of Scotland stand: the only tag characters that a page needs."""
    return {i for m in _TAGGED_FLAG.finditer(text) for i in range(*m.span())}


def _stays(text: str, i: int, sign: str, lines: bool = False) -> str:
    """Return what stays of the hidden `sign` at `i` of `text`: itself where a script or emoji needs it, a space, or nothing."""
    before, after = text[i - 1] if i else "", text[i + 1] if i + 1 < len(text) else ""
    if sign in _BREAKS:
        return (sign if sign in "\t\n" else "\n") if lines else " "
    if sign == "\u3000":
        return sign if _WIDE.match(before) or _WIDE.match(after) else " "
    if sign == "\u202f" and "\u1800" <= before <= "\u18af":
        return sign
    if unicodedata.category(sign) == "Zs":
        return " "
    needs = _NEEDED.get(sign)
    if needs is None and "\U000e0100" <= sign <= "\U000e01ef":
        needs = _ideograph
    return sign if needs is not None and needs(text, i, before, after) else ""


def _in(sign: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    return bool(sign) and any(low <= ord(sign) <= high for low, high in blocks)


def _pictured(sign: str) -> bool:
    """Whether a sign may be an emoji, or a part of one."""
    return bool(sign) and (sign >= "\U0001f000" or unicodedata.category(sign) in {"So", "Sm"} or sign in "‼⁉〰〽\ufe0f\u20e3")


def _joiner(text: str, i: int, before: str, after: str) -> bool:
    return (_pictured(before) and _pictured(after)) or _in(before, _JOINING)


def _non_joiner(text: str, i: int, before: str, after: str) -> bool:
    return _in(before, _JOINING) and _in(after, _JOINING)


def _word_break(text: str, i: int, before: str, after: str) -> bool:
    return _in(before, _NO_SPACES) and _in(after, _NO_SPACES)


def _picture(text: str, i: int, before: str, after: str) -> bool:
    if before in {*"0123456789#*"} and before:
        return after == "\u20e3"
    return before not in {"\ufe0e", "\ufe0f"} and (_pictured(before) or (before != "" and before in "©®"))


def _ideograph(text: str, i: int, before: str, after: str) -> bool:
    return _in(before, _HAN) or _in(before, ((0x1000, 0x109F),)) or (before != "" and unicodedata.category(before) == "Sm")


def _mongolian(text: str, i: int, before: str, after: str) -> bool:
    return _in(before, ((0x1800, 0x18AF),)) or _in(after, ((0x1800, 0x18AF),))


def _jamo(text: str, i: int, before: str, after: str) -> bool:
    return _in(before if text[i] == "\u1160" else after, ((0x1100, 0x11FF),))


def _braille(text: str, i: int, before: str, after: str) -> bool:
    return any("\u2801" <= c <= "\u28ff" for c in text)


_NEEDED = {
    "\u200d": _joiner, "\u200c": _non_joiner, "\u200b": _word_break, "\ufe0f": _picture, "\ufe0e": _picture,
    **dict.fromkeys(map(chr, range(0xFE00, 0xFE03)), _ideograph), **dict.fromkeys(map(chr, range(0x180B, 0x1810)), _mongolian),
    "\u115f": _jamo, "\u1160": _jamo, _BRAILLE_BLANK: _braille,
}  # fmt: skip


# what stays unusual ---------------------------------------------------------------------------------------------------


def hidden_message(text: str) -> str:
    """Return what tag characters and variation selectors spell out in `text`, as models read it and people do not."""
    tags = "".join(chr(ord(c) - 0xE0000) for c in _TAGGED_FLAG.sub("", text) if "\U000e0020" <= c <= "\U000e007e")
    octets = bytes(n for c in text if (n := _octet(c)) is not None)
    return " ".join(filter(None, (tags, octets.decode("utf-8", "ignore") if len(octets) >= _MESSAGE else "")))


def _octet(sign: str) -> int | None:
    """Return the byte that a variation selector stands for, where a message is smuggled in a row of them."""
    n = ord(sign)
    return n - 0xFE00 if 0xFE00 <= n <= 0xFE0F else n - 0xE0100 + 16 if 0xE0100 <= n <= 0xE01EF else None


def _told_by_hidden(text: str) -> str:
    if len(message := hidden_message(text)) >= _MESSAGE and any(c.isalpha() for c in message):
        return "text in signs that nobody sees"
    if _HIDDEN_RUN.search(text):
        return "a row of signs that nobody sees"
    turned = "\u202e" in text and any(_script(c) not in {"", "Arabic", "Hebrew"} for c in text if c.isalpha())
    if turned or ("\u202d" in text and _ARABIC_OR_HEBREW.search(text)):
        return "letters turned round by U+202E" if turned else "letters turned round by U+202D"
    return ""


def _script(letter: str) -> str:
    n = ord(letter)
    return next(name for end, name in _SCRIPTS if n < end) if n > 0x7F else "Latin"


def _unusual(text: str) -> str:
    """Return the first thing that is unusual about a text without hidden signs, "" for nothing."""
    found = next(_unusual_signs(text), None)
    return f"{found[1]} (U+{ord(text[found[0]]):04X})" if found else ""


def _unusual_signs(text: str) -> Iterator[tuple[int, str]]:
    """Yield (where, what) of each unusual sign, one a word and kind."""
    yield from _marks(text)
    yield from _other_forms(text)
    words = [(m.start(), m.group()) for m in _LETTERS.finditer(text)]
    spoken = [{s for c in word if (s := _script(c)) and c.isalpha()} for _, word in words]
    latin = any("Latin" in s for s in spoken)
    for (start, word), scripts in zip(words, spoken, strict=True):
        if len(scripts - {"wide"}) > 1:
            main = "Latin" if "Latin" in scripts else _script(word[0])
            odd = next(i for i, c in enumerate(word) if c.isalpha() and _script(c) not in {main, "", "wide"})
            yield start + odd, "letters of two scripts in one word"
        elif latin and _passes_for_latin(word, scripts, text):
            yield start, "letters that only look like Latin ones"


def _passes_for_latin(word: str, scripts: set[str], text: str) -> bool:
    """Whether a word among Latin ones is all letters of another script that look Latin, and that script says nothing else here."""
    if not scripts or scripts & {"Latin", "wide"} or not all(c in LATIN for c in word) or (len(word) < 2 and scripts != {"Cyrillic"}):
        return False
    script = next(iter(scripts))
    return all(c in LATIN for c in text if c.isalpha() and _script(c) == script)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    run = 0
    for i, sign in enumerate(text):
        run = run + 1 if _MARK.match(sign) else 0
        if sign in _OVERLAYS:
            yield i, "letters struck out"
        elif run == _MOST_MARKS + 1:
            yield i, "a heap of marks on one letter"


_MARK = lazy(f"[{_MARKS}]")
_SMALL_CAPITALS = lazy(f"[{_SMALL}]")
# One such letter in a word of Latin ones is no play; the alphabets of African languages have ɔ, ʌ and ɯ for their own.
_SINGLE = "".join(c for c in _SMALL if c not in "ɔʌɯ") + "ɾɩ"
_PHONETIC = lazy(f"(?<=[A-Za-z])[{_SINGLE}]|[{_SINGLE}](?=[A-Za-z])")
_TRANSCRIBED = lazy(r"(?:\[[^\]]{0,60}|(?:^|[\s(])/[^/\s][^/]{0,60})$")
_FORM = lazy(f"[{_FORMS}]")
_FULLWIDTH = lazy("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_FEW = 3  # raised, ringed and squared letters are a writer's play, a word of them is none


def _other_forms(text: str) -> Iterator[tuple[int, str]]:
    """Yield letters and digits in a form of their own: mathematical, fullwidth outside of Chinese, Japanese and Korean, ringed, raised."""
    few = []
    wide = bool(_WIDE.search(text))
    for m in _FORM.finditer(text):
        kind = unicodedata.decomposition(m.group()).partition(" ")[0]
        plain = unicodedata.normalize("NFKC", m.group())
        if not plain.isalnum():
            continue
        if kind == "<font>" or (kind == "<wide>" and not wide):
            yield m.start(), "mathematical letters" if kind == "<font>" else "fullwidth letters"
            return
        if plain.isalpha() and kind in {"<super>", "<sub>", "<circle>", "<square>"} and len(plain) == 1:
            few.append(m.start())
    small = [m.start() for m in _SMALL_CAPITALS.finditer(text)]
    for m in _PHONETIC.finditer(text):
        if not _TRANSCRIBED.search(text[: m.start()]):
            yield m.start(), "phonetic letters that pass for Latin ones"
            return
    for where, what in ((few, "ringed or raised letters"), (small, "small capitals")):
        if len(where) >= _FEW:
            yield where[0], what


# showing and comparing ------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """Return `text` with each hidden sign as a mark such as ⟦U+202E⟧, and such a mark after each unusual one; line breaks stay."""
    if (text.isascii() and text.isprintable()) or not _WORTH_A_LOOK.search(text):
        return text
    odd, flags = {i for i, _ in _unusual_signs(text)}, _flags(text)
    return "".join(c if i in flags else _shown(text, i, c, i in odd) for i, c in enumerate(text))


def _shown(text: str, i: int, sign: str, odd: bool) -> str:
    if odd:
        return sign + SHOWN.format(ord(sign))
    if not _HIDDEN.match(sign) or sign in _BLANK:
        return sign
    return sign if _stays(text, i, sign) == sign else SHOWN.format(ord(sign))


def odd_sign(text: str) -> str:
    """Return the first sign of `text` that is hidden and carries nothing, or unusual; "" where all may stand on a page."""
    if (text.isascii() and text.isprintable()) or not _WORTH_A_LOOK.search(text):
        return ""
    flags = _flags(text)
    for i, sign in enumerate(text):
        if i not in flags and _HIDDEN.match(sign) and sign not in _BLANK and _stays(text, i, sign) != sign:
            return sign
    found = next(_unusual_signs(unicodedata.normalize("NFC", text)), None)
    return unicodedata.normalize("NFC", text)[found[0]] if found else ""


def wide_sign(text: str) -> str:
    """Return the first fullwidth letter or digit of `text`, "" for none: usual in a Japanese title, never in a sentence."""
    return "" if text.isascii() or (found := _FULLWIDTH.search(text)) is None else found.group()


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """Return `text` as an eye or a model may read it: hidden signs out, look-alikes as Latin letters, no accents, lower case."""
    if text.isascii() and text.isprintable():
        return text.lower()
    bare = clean(text, lines=True)[0]
    plain = unicodedata.normalize("NFKC", bare).translate(_TO_LATIN)
    apart = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _MARK.match(c) and c not in "\u200b\u200c\u200d")
    return unicodedata.normalize("NFC", apart).casefold()


_TO_LATIN = str.maketrans(LATIN)
