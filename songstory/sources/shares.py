"""Shares of rights in cells ("50%", "[100]", "(33.33 %)") and in columns of their own: confidential, so never read, told, kept or named."""

from __future__ import annotations

import re

from songstory.names import words

_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,4})?"
_PER_CENT = r"(?:%|％|(?:percent|per cent|prozent|pct|procent|pour ?cent|por ?cento|por ?ciento|per ?cento)\b)"
_PERCENT = rf"(?:{_NUMBER} ?)?(?:[0-9]{{1,2}}[/⁄][0-9]{{1,3}}|[½⅓⅔¼¾⅕⅙⅛]|{_NUMBER}) ?{_PER_CENT}"
_SHARE_ALONE = re.compile(
    rf"[(\[{{] ?(?:share|split|anteil)?:? ?(?:{_PERCENT}|{_NUMBER}|[0-9]{{1,2}}/[0-9]{{1,3}}) ?[)\]}}]", re.IGNORECASE
)
_SHARE = re.compile(rf"(?<![\w.,])(?:[-–—:=@,] ?)?{_PERCENT}", re.IGNORECASE)
_SHARE_AT_END = re.compile(
    rf"(?: [-–—] ?|[:=] ?)(?:{_NUMBER}|[0-9]{{1,2}}/[0-9]{{1,3}})(?= ?(?:[,;|/\n]|$))"
    r"| [0-9]{1,2}[/⁄][0-9]{1,3}(?= ?(?:[,;|\n]|$))|[½⅓⅔¼¾⅕⅙⅛]"
)
_FIGURES = re.compile(r"[0-9][0-9.,/]{0,8} ?[%％]?|[%％]")
_FOOTNOTES = re.compile(r"(?<=\w)[¹²³⁰⁴-⁹†‡§]{1,4}(?![\w])")
_MAIL = re.compile(r"[<(\[]?(?<![\w.+-])[\w.+-]{1,64}+@[\w.-]{1,250}+[>)\]]?")
_TELEPHONE = re.compile(r",? ?\b(?:tel|phone|mobile|fon|fax)\b[.:]{0,2} ?\+?[0-9][0-9 ()/-]{5,20}", re.IGNORECASE)
_HEADS = frozenset(
    """
    share shares split splits percent percentage pct prozent royalty royalties anteil anteile quota quotas pourcentage porcentaje
    porcentagem percentuale aandeel repartition regalias tantiemen ownership
    """.split()
)


def is_share(column: str) -> bool:
    """Return whether the name of a column says that it holds shares of rights: "Share %", "Writer split", "Anteil"."""
    return "%" in column or not _HEADS.isdisjoint(words(column.replace("_", " ")))


def without_shares(cell: str, *, acts: bool = False) -> str:
    """Return a cell without the shares in it, parted where one stood; of acts only what stands in brackets or behind a name is one."""
    text = _SHARE_ALONE.sub(" ", " ".join(cell.split(" ")))
    text = _SHARE.sub(lambda m: m[0] if acts and not text[: m.start()].strip() else _parting(text, m), text)
    return text if acts else _SHARE_AT_END.sub(" ; ", text)


def without_private(cell: str) -> str:
    """Return a cell without the mail addresses and telephone numbers that stand behind names, and without the signs of footnotes."""
    return _FOOTNOTES.sub("", _TELEPHONE.sub(" ", _MAIL.sub(" ", cell)))


def _parting(text: str, share: re.Match[str]) -> str:
    """Return what stands for a share: nothing in brackets, where it stands beside a role, and the end of a name elsewhere."""
    before = text[: share.start()]
    inside = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
    return " " if inside else " ; "


def masked(text: str) -> str:
    """Return a text for a message, without figures that may be shares."""
    return _FIGURES.sub("…", without_shares(without_private(text[:200])).replace(" ; ", " "))[:60].strip()
