"""Private data is put out of sight before a row is written: addresses of post, mail and telephone, accounts, cards, identity papers.

One function for names, places, phrases, qualifiers, quotes, passages and locators. What is sure is masked; what is unsure is left
as it is, and its fact is flagged. Titles are never touched: "867-5309/Jenny" is a song; only an address of mail to write to goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from songstory import private_numbers, private_places, private_spelt
from songstory.patterns import lazy
from songstory.private_numbers import Find

EMAIL = private_spelt.EMAIL
STAND_INS = (EMAIL, private_numbers.PHONE, private_numbers.ACCOUNT, private_numbers.CARD, private_numbers.IDENTITY, private_places.ADDRESS)
_SHORT = 100  # characters of a text worth remembering: names, charts and dates come again and again
MASKED = "contact data was masked"
_AT = r"(?:\s{0,2}[\[({<_*-]\s?(?:at|@|arroba|ät|a t)\s?[\])}>_*-]\s{0,2}|\s{0,2}[\[({] ?a ?[\])}]\s{0,2}| ?[@＠] ?|%40|&#64;|&commat;)"
_DOT = r"(?:\s{0,2}[\[({<_*-]\s?(?:dot|punkt|punto|point|\.|d o t)\s?[\])}>_*-]\s{0,2}| dot |\.|[．｡]|%2[Ee]"
# A point with blanks around it: "ohm . example", and "ohm. example" where the end is one of the net.
_DOT += r"| \. ?(?=(?-i:[a-z]{2,24})\b)|\. (?=(?-i:com|org|net|info|example|eu|io)\b))"
_EMAIL = lazy(rf"(?i:(?:(?<![\w.+-])[\w.+-]{{1,64}}|[\"“”„«][^\"“”„«»@\n]{{1,64}}[\"“”»]){_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,5}})")
_AT_SIGN = lazy(r"[@＠]|%40|&#64;|&commat;|arroba|[\[({<_*-] ?(?:at|AT|At|ät) ?[\])}>_*-]|[\[({] ?a ?[\])}]")
# What calls to write to an address that stands in a title.
_WRITE_TO = lazy(
    r"(?i:\b(?:e-?mails?|mail|send|write|contact|bookings?|reply|reach|enquir\w{2,4}|inquir\w{2,4}|info|notes|feedback|licen[cs]ing"
    r"|submissions?|kontakt|schreib\w{0,2}|[ée]cri\w{1,4}|correo|courriel|escrib\w{1,3}|scriv\w{1,3})\b[^@＠]{0,30}$)"
)
_POINT = r"(?:dot|point|punkt|punto|ponto|punt)"
_SPELT = lazy(
    r"(?i:\b[\w.+-]{1,64} at [\w-]{1,63} (?:dot [a-z]{2,12}|(?:point|punkt|punto|ponto|punt) "
    r"(?:com|org|net|info|example|eu|de|fr|uk|es|it|nl|ch|pt|io|co))\b"
    r"|\b(?:at[- ]sign|a-sign|the a sign|commercial at|klammeraffe|arroba|chiocciola"
    r"|apenstaartje|snabel-?a|kukac|zavin[áa][čc])\b[^!?]{0,50}\b"
    rf"{_POINT}\b)"
)
_HANDLE = lazy(
    r"(?i:\b(?:dm|pm|message|text|snap\w{0,5}|telegram|whats ?app|insta\w{0,5}|skype|signal|wechat|discord|mail|write to"
    r"|contact|reach)\b[^.!?]{0,30}@[\w.]{3,30})"
)
_MESSENGER = lazy(
    r"(?i:\b(?:t|telegram|wa|m|ig|signal|line|vk|paypal)\.me/[@+\w]|\b(?:chat\.whatsapp|discord)\.(?:com|gg)/\w|\bcash\.app/\$)|(?<![:/])///\w{3,20}\.\w{3,20}\.\w{3,20}"
)
_DOOR = lazy(
    r"(?i:\b(?:door|gate|entry|entrance|access|alarm|key ?pad|key ?safe|key ?box|lock ?box|lift|garage|intercom|building|buzzer)"
    r"(?:[- ](?:entry|door|phone))? ?(?:code|pin|combination)\b[^.!?]{0,20}?\d{2,8}"
    r"|\b(?:code|pin|combination) (?:to|for|of|at) (?:the|his|her|their|my) [^.!?]{0,30}?\b\d{2,8}"
    r"|\bbuzz(?:er)? (?:no\.? |number |flat |apartment )?\d{1,4}\b"
    r"|\b(?:knock|ring)\w{0,3} (?:\w{1,10} ){0,3}?(?:number|no\.?|door|flat|bell) ?#?\d{1,4}\b)"
)
_WHERE = lazy(
    r"[-+]?\d{1,2}\.\d{3,9} ?°? ?[NSns]?[,;/]? {0,2}[-+]?\d{1,3}\.\d{3,9}|\d{1,3}° ?\d{1,2}(?:\.\d{1,6})?['′’]"
    r"|\d{1,3}\.\d{2,9} ?° ?[NSEW]\b|\d{1,3}\.\d{3,9} ?[NSEW]\b|\bgeo:-?\d|\b[Ll]at(?:itude)?[ :=]{1,3}-?\d{1,2}\.\d"
    r"|(?<![\w+])[2-9CFGHJMPQRVWX]{4,8}\+[2-9CFGHJMPQRVWX]{2,3}\b"
)
_PLATE = lazy(
    r"(?i:(?:licen[cs]e|number|registration|car|van|truck|vehicle|kennzeichen|matr[ií]cula|immatriculation|targa)\b[^.!?]{0,20}?"
    r"(?:plates?|reg\w{0,10}|kennzeichen)?)[ ,:]{1,2}(?:plate |no\.? |number )?"
    r"([A-ZÄÖÜÅÆØ]{1,3}[ -]?\d{1,4}[ -]?[A-ZÄÖÜÅÆØ]{1,3}|[A-ZÄÖÜÅÆØ]{1,3}[ -][A-ZÄÖÜÅÆØ]{0,2} ?\d{2,5})\b"
)
_PLATE_WORD = lazy(r"(?i:plate|kennzeichen|matr[ií]cula|immatriculation|targa|registration)")
_LIVES = lazy(r"[Ll]iv[ei]|[Rr]esid|grew up|wohn|habit|vive|mora\b|丁目|番地|[一二三四五六七八九十][号號]")
_ABROAD = lazy(
    r"[@＠\d〇零号號丁番]|&commat|\.me/|\.gg/|\bsign\b|\bdot\b|[Pp]oint|punkt|punto|ponto|klammeraffe|chiocciola|snabel|zavin"
    r"|[Ll]iv[ei]|[Rr]esid|grew up|wohn|habit|vive|mora\b"
)
# One look at a plain text: a sign of an address, a long number, a place on the map, or a word that is long or tells of either.
_SIGN = lazy(
    r"@|%40|&#64|&commat|\.me/|\.gg/|\w\+[2-9A-Z]{2}|///"
    r"|\d(?:[\d ()./_~|·-]{5}|[A-Za-z]?,? (?:[A-Z]{1,2}-)?\d{3,5}[ -][\dA-Z]| \d[A-Z]{2}\b|[A-Z] \d[A-Z]\d)"
    r"|\.\d{3}|[\w./+-]{15}|[\[({] ?a ?[\])}]|[\[({<_*-] ?[aA][tT]\b"
)
_BETWEEN = str.maketrans(dict.fromkeys("\"'(),:;!?-_*/|[]{}<>+=#&.", " "))
_TELLING = ("live", "livi", "resid", "wohn", "habit", "vive")
_BEFORE_NUMBER = lazy(r"[a-z.] ?\d")
_SPELT_OUT = 12  # characters of the shortest address in words
_DIGIT = lazy(r"\d")
_WORD = lazy(r"[^\s,.;:()\"'’“”]+")


def worth_a_look(text: str) -> bool:
    """Whether a text may hold private data at all; of plain signs most say no within two microseconds."""
    if not text.isascii():
        return (
            _ABROAD.search(text) is not None
            or "ドット" in text
            or _tells(_WITHOUT_NUMBER.intersection(text.lower().translate(_BETWEEN).split()), text)
        )
    return _seen(text) if len(text) <= _SHORT else _look(text)


def _look(text: str) -> bool:
    if _SIGN.search(text):
        return True
    lower = text.lower()
    if any([stem in lower for stem in _TELLING]):
        return True
    words = lower.translate(_BETWEEN).split()
    if not _DIGIT.search(lower):
        return _tells(_WITHOUT_NUMBER.intersection(words), text)
    return _tells(_WITH_NUMBER.intersection(words), text) or any(
        [
            lower[m.start() - 2 : m.start() + 1] in private_places.TAILS and lower.endswith(private_places.ENDINGS, 0, m.start() + 1)
            for m in _BEFORE_NUMBER.finditer(lower)
        ]
    )


def _tells(hits: Collection[str], text: str) -> bool:
    """Whether the telling words of a text tell of anything: words for numbers alone do only beside others of their kind."""
    return bool(hits) and (not private_spelt.NUMBERS.issuperset(hits) or private_spelt.worth_a_look(hits, text.translate(_BETWEEN).split()))


_seen = lru_cache(maxsize=16_384)(_look)
_WITHOUT_NUMBER = (
    frozenset("dot mora arroba grew sign punkt punto ponto point klammeraffe chiocciola kukac whatsapp arobase arrobase arobas".split())
    | private_spelt.NUMBERS
    | private_spelt.POINTS
)
_WITH_NUMBER = (
    _WITHOUT_NUMBER
    | {w.lower().strip("./") for w in (*private_places.WORDS, *private_numbers.ID_WORDS)}
    | frozenset(
        "plate plates kennzeichen matricula immatriculation targa registration code pin combination buzz buzzer knock knocked ring lat"
        " latitude geo".split()
    )
)


def mask(text: str, kind: str = "prose", known: Collection[str] = ()) -> tuple[str, str]:
    """Return `text` with private data out of sight, and why it is private, "" where nothing is.

    `kind` is "title", "name", "label", "place", "prose" or "locator"; `known` are titles that stay whatever they look like.
    """
    if kind == "title":
        return _without_mail(text) if "@" in text or "＠" in text else (text, "")
    if not worth_a_look(text):
        return text, ""
    look = _remembered if len(text) <= _SHORT else _mask
    return look(text, kind, tuple(known))


def _without_mail(title: str) -> tuple[str, str]:
    """Return a title without the address of mail that it calls to write to, and why; a title that is an address stays."""
    masked = _EMAIL.sub(lambda m: EMAIL if _WRITE_TO.search(title[max(0, m.start() - 50) : m.start()]) else m.group(), title)
    return masked, MASKED if masked != title else ""


def _mask(text: str, kind: str, known: tuple[str, ...]) -> tuple[str, str]:
    finds = sorted(_finds(text, kind))
    if known:
        finds = [f for f in finds if not _in_a_title(text, f, known)]
    if not finds:
        return text, ""
    parts, last, sure = [], 0, False
    for find in finds:
        if find.stand_in and find.start >= last:
            parts += [text[last : find.start], find.stand_in]
            last, sure = find.end, True
    return "".join((*parts, text[last:])), MASKED if sure else next(f.why for f in finds if f.why)


_remembered = lru_cache(maxsize=16_384)(_mask)


def _in_a_title(text: str, find: Find, known: Collection[str]) -> bool:
    """Whether what was found stands within a title that `text` mentions."""
    for title in known:
        at = text.find(title)
        while at >= 0:
            if at <= find.start and find.end <= at + len(title):
                return True
            at = text.find(title, at + 1)
    return False


def _finds(text: str, kind: str) -> Iterator[Find]:
    if _AT_SIGN.search(text):
        yield from (Find(*m.span(), EMAIL, "") for m in _EMAIL.finditer(text))
    if len(text) >= _SPELT_OUT:
        yield from (Find(*m.span(), "", "words that may be an e-mail address") for m in _SPELT.finditer(text))
    if "@" in text and kind not in {"name", "label"}:
        yield from (Find(*m.span(), "", "an account to write to") for m in _HANDLE.finditer(text) if not _EMAIL.search(m.group()))
    if "/" in text:
        yield from (Find(*m.span(), "", "an account to write to") for m in _MESSENGER.finditer(text))
    words = _WORD.findall(text)
    lower = {w.lower() for w in words}
    if "-" in text:
        lower |= {part for w in lower if "-" in w for part in w.split("-")}
    if len(text) >= _SPELT_OUT:
        yield from private_spelt.finds(text, kind, words, lower)
    digits = len(_DIGIT.findall(text))
    long = private_numbers.runs(text) if digits >= private_numbers.FEW_DIGITS else []
    if digits > 1:
        yield from private_numbers.finds(text, kind, words, lower, long)
    if kind == "locator":
        return
    if digits > 1:
        yield from (Find(*m.span(), "", "how to get into a home") for m in _DOOR.finditer(text))
        yield from (Find(*m.span(), "", "a place on the map") for m in _WHERE.finditer(text))
    if digits and _PLATE_WORD.search(text):
        yield from (Find(*m.span(), "", "the plate of a car") for m in _PLATE.finditer(text))
    if digits or _LIVES.search(text):
        yield from private_places.finds(text, kind, words, lower)
