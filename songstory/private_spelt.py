"""Private data in words: an address of mail spelt out, a telephone said figure by figure, a house whose number is a word.

Words for numbers are known in some twenty languages; what counts, counts in or keeps time is no telephone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from songstory import private_places
from songstory.patterns import lazy
from songstory.private_numbers import PHONE, Find

EMAIL = "[e-mail]"
_FIGURES = """
    zero oh o nought naught zéro cero null nul noll nolla nulla nula ноль нуль нула sıfır sero μηδέν
    one un une uno eins ein een één ett um jeden jedna один одна едно egy yksi bir ένα unu
    two deux dos zwei zwo due twee två dois dwa два две dva kettő kaksi iki δύο doi
    three trois tres drei tre drie três trzy три tři tri három kolme üç τρία trei
    four quatre cuatro vier quattro fyra quatro cztery четыре чотири четири čtyři štyri četiri négy neljä dört τέσσερα patru
    five cinq cinco fünf fuenf cinque vijf fem pięć пять п'ять пет pět päť pet öt viisi beş πέντε cinci
    six seis sechs sei zes sex seks sześć шесть шість шест šest kuusi altı έξι șase
    seven sept siete sieben sette zeven sju syv sete siedem семь сім седем sedm sedem hét seitsemän yedi επτά șapte
    eight huit ocho acht otto åtta åtte otte oito osiem восемь вісім осем osm osem nyolc kahdeksan sekiz οκτώ opt
    nine neuf nueve neun nove negen nio dziewięć девять дев'ять девет devět deväť devet kilenc yhdeksän dokuz εννέα nouă
    """
_TENS = """
    10 ten dix diez zehn dieci tien tio dez dziesięć десять десет
    11 eleven onze once elf undici elva elleve jedenaście одиннадцать
    12 twelve douze doce zwölf dodici twaalf tolv doze dwanaście двенадцать
    13 thirteen treize trece dreizehn tredici dertien tretton treze trzynaście тринадцать
    14 fourteen quatorze catorce vierzehn quattordici veertien fjorton catorze четырнадцать
    15 fifteen quinze quince fünfzehn quindici vijftien femton пятнадцать
    16 sixteen seize dieciséis sechzehn sedici zestien sexton dezesseis dezasseis шестнадцать
    17 seventeen diecisiete siebzehn diciassette zeventien sjutton dezessete семнадцать
    18 eighteen dieciocho achtzehn diciotto achttien arton dezoito восемнадцать
    19 nineteen diecinueve neunzehn diciannove negentien nitton dezenove девятнадцать
    20 twenty vingt veinte zwanzig venti twintig tjugo tyve vinte dwadzieścia двадцать двадесет dvacet
    30 thirty trente treinta dreißig dreissig trenta dertig trettio tredive trinta trzydzieści тридцать třicet
    40 forty fourty quarante cuarenta vierzig quaranta veertig fyrtio førti fyrre quarenta czterdzieści сорок čtyřicet
    50 fifty cinquante cincuenta fünfzig cinquanta vijftig femtio femti halvtreds cinquenta pięćdziesiąt пятьдесят padesát
    60 sixty soixante sesenta sechzig sessanta zestig sextio seksti tres sessenta sześćdziesiąt шестьдесят šedesát
    70 seventy septante setenta siebzig settanta zeventig sjuttio sytti halvfjerds siedemdziesiąt семьдесят
    80 eighty huitante ochenta achtzig ottanta tachtig åttio åtti oitenta osiemdziesiąt восемьдесят
    90 ninety nonante noventa neunzig novanta negentig nittio nitti dziewięćdziesiąt девяносто
    """
# Articles and words that are more often something else: they count within a row of figures only.
_WEAK = frozenset("o oh un une uno ein een um sei sex tres tre due nul pet opt hét once otto dos elf sete null nove".split())
_AND = frozenset("and et y e und en og och i и".split())
_GAP = lazy(r"[ ,./–—-]{1,3}")
_TOKEN = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_FEWEST, _FEWEST_KINDS = 7, 3  # figures of a telephone number, and different ones among them: "two-two-one-two-two" keeps time
_CALLED = lazy(
    r"(?i:\b(?:reach\w{0,3}|call\w{0,3}|ring|rang|phone\w?|dial\w{0,3}|number|mobile|cell|text\w{0,2}|tel\w{0,7}|t[ée]l[ée]phone|numm?er|n[úu]mero"
    r"|num[ée]ro|ll[áa]m\w{1,5}|appel\w{1,3}|(?:an)?ruf\w{0,3}|chiam\w{1,4}|lig(?:a|ue)|zadzwo\w{1,4}|ring)\b|телефон|номер|звон)[^.!?]{0,30}$"
)
_ON = lazy(r"(?i:\b(?:on|at|is|was|unter|au|al|op|på))[ :]{1,2}$")
_JOIN = (
    r"(?:under ?(?:score|line|strich)|unterstrich|tiret(?: du)?(?: bas)?|trait d[’']union|gui[oó]n(?: bajo)?|trattino(?: basso)?"
    r"|sottolineato"
    r"|dash|hyphen|minus|(?:liggend )?streepje|bindestre[ck]k?h?|understre[gk]\w{0,4}|podkre[śs]lnik|podtr[žz][íi]tko|plus"
    r"|(?:нижнее )?подч[её]ркивание|дефис|тире|dot|point|punkt|punto|ponto|punt|kropka|te[čc]ka|bodka|точка|крапка)"
)
_SIGN = (
    r"(?:at[- ]sign|arroba|arr?obas?e|chiocciola|klammeraffe|affenschwanz|apenstaartje|snabel-?a|alfakr[øo]ll|kr[øo]llalfa|kukac"
    r"|zavin[áa][čc]|ma[łl]pa|miukumauku|собака|собачка|маймунка|равлик|παπάκι|kuyruklu a|afna|strudel)"
)
_POINT = r"(?:dot|point|punkt|punto|ponto|punt|kropka|te[čc]ka|bodka|pont|piste|prik|punct|nokta|точка|крапка|τελεία)"


def _in(words: str) -> str:
    """Return a pattern of words between brackets: "ines (arobase) home (point) fr"."""
    return rf" ?[\[({{<] ?{words} ?[\])}}>] ?"


_MAIL = lazy(
    rf"(?i:\b[\w+-]{{1,40}}(?: {_JOIN} [\w+-]{{1,40}}){{1,4}} (?:at|ät|{_SIGN}) [\w-]{{1,40}}(?: {_POINT} [\w-]{{2,40}}){{1,4}}"
    rf"|\b[\w.+-]{{1,64}} {_SIGN} [\w-]{{1,63}}(?: {_POINT} [\w-]{{2,40}}){{1,4}}\b"
    rf"|\b[\w.+-]{{1,64}}(?:{_in(_JOIN)}[\w+-]{{1,40}}){{0,4}}{_in(f'(?:at|ät|a|@|{_SIGN})')}[\w-]{{1,63}}(?:{_in(_POINT)}[\w-]{{2,40}}){{1,4}}\b)"
    r"|[A-Za-z0-9._+-]{1,40} ?アット(?:マーク)? ?[A-Za-z0-9-]{1,40}(?: ?ドット ?[A-Za-z]{2,20}){1,3}"
)
_POINT_WITHIN = lazy(rf"[\[{{<] ?(?i:{_POINT})")
POINTS = frozenset("dot point punkt punto ponto punt kropka tečka tecka bodka prik punct nokta точка крапка τελεία".split())
_KANJI = lazy(r"[〇零一二三四五六七八九○]{2,5}(?:[-‐－ー−の・ ][〇零一二三四五六七八九○]{2,5}){2,3}")
_BEFORE_HOUSE = lazy(r"(?:(?i:\b(?:at|to|is|it[’']s|number|no\.?|num[ée]ro|n[úu]mero|nummer|nr\.?|[àa]|en|in|op|of)|[’']s)|[,:–(]) ?$")
_NUMBERED = lazy(r"(?i:\b(?:number|no\.|num[ée]ro|n[úu]mero|nummer|nr\.|numer|номер)) ?$")
_NEAR = 50  # characters around a number in which its street stands
_ENDS = lazy(r"\s?(?:[,.;:)!?\"”]|$)")
# Of languages that say 21 to 99 in one word: German, Dutch, Italian, Swedish.
_ONES = (
    "ein zwei drei vier fünf sechs sieben acht neun",
    "een twee drie vier vijf zes zeven acht negen",
    "uno due tre quattro cinque sei sette otto nove",
    "ett två tre fyra fem sex sju åtta nio",
)
_COMPOUND_TENS = (
    "zwanzig twintig venti tjugo",
    "dreißig dertig trenta trettio",
    "vierzig veertig quaranta fyrtio",
    "fünfzig vijftig cinquanta femtio",
    "sechzig zestig sessanta sextio",
    "siebzig zeventig settanta sjuttio",
    "achtzig tachtig ottanta åttio",
    "neunzig negentig novanta nittio",
)


@cache
def numbers() -> dict[str, int]:
    """Return what each word for a number says, those of one word from 21 to 99 too."""
    known = {w: n for n, line in enumerate(_FIGURES.strip().splitlines()) for w in line.split()}
    for line in _TENS.strip().splitlines():
        tens, *words = line.split()
        known |= {w: int(tens) for w in words if w not in known}
    german, dutch, italian, swedish = (ones.split() for ones in _ONES)
    for ten, row in enumerate(_COMPOUND_TENS, start=2):
        zwanzig, twintig, venti, tjugo = row.split()
        for unit in range(1, 10):
            one, value = italian[unit - 1], ten * 10 + unit
            een = dutch[unit - 1]
            joined = venti[:-1] if one[0] in "uo" else venti
            for said in (
                f"{german[unit - 1]}und{zwanzig}",
                een + ("ën" if een[-1] == "e" else "en") + twintig,
                joined + one,
                tjugo + swedish[unit - 1],
            ):
                known[said] = value
    return known


# The figures that make a text worth a look where more than three of them stand in it, and every word for a number.
FIGURES = frozenset(_FIGURES.split())
NUMBERS = frozenset(numbers()) - (_WEAK - {"oh", "null"})


def worth_a_look(hits: Collection[str], words: Collection[str]) -> bool:
    """Whether words for numbers, `hits` in lower case, may tell of a telephone or a house; `words` are all of the text as they stand."""
    return len(FIGURES.intersection(hits)) > _FEWEST_KINDS or not private_places.STREETS.isdisjoint(words) or private_places.ended(words)


def finds(text: str, kind: str, words: list[str], lower: set[str]) -> Iterator[Find]:
    """Yield what in `text` is, or may be, private data in words; `kind` is that of `privacy.mask`.

    `words` are the words of the text, `lower` the same in lower case.
    """
    if not POINTS.isdisjoint(lower) or "ドット" in text or _POINT_WITHIN.search(text):
        yield from (Find(*m.span(), EMAIL, "") for m in _MAIL.finditer(text))
    if not text.isascii():
        yield from (Find(*m.span(), PHONE, "") for m in _KANJI.finditer(text) if sum(map(str.isalnum, m.group())) >= _FEWEST)
    hits = NUMBERS.intersection(lower)
    if hits and worth_a_look(hits, words):
        tokens = list(_tokens(text))
        yield from _telephones(text, tokens)
        if kind != "locator":
            yield from _houses(text, kind, [t for t in tokens if t[2] != _HUNDRED])


def _tokens(text: str) -> Iterator[tuple[int, int, str, int]]:
    """Yield (start, end, word, what it says) of every number of a text that is in words; -1 is "double", -2 "triple"."""
    known = numbers()
    for m in _TOKEN.finditer(text):
        word = m.group().lower()
        if word in known:
            yield m.start(), m.end(), word, known[word]
        elif word in _MORE_THAN_ONE:
            yield m.start(), m.end(), word, _MORE_THAN_ONE[word]


_HUNDRED = "hundred"  # two figures of a telephone: "nine hundred"
_MORE_THAN_ONE = {"double": -1, "triple": -2, "treble": -2, _HUNDRED: -1}


def _telephones(text: str, tokens: list[tuple[int, int, str, int]]) -> Iterator[Find]:
    row: list[tuple[int, int, str, int]] = []
    for token in tokens:
        if row and not _GAP.fullmatch(text[row[-1][1] : token[0]][:4]):
            yield from _telephone(text, row)
            row = []
        row.append(token)
    if row:
        yield from _telephone(text, row)


def _telephone(text: str, row: list[tuple[int, int, str, int]]) -> Iterator[Find]:
    """Yield a row of words for numbers that is a telephone: sure where it begins with zero, or a word says so."""
    values = [n for _, _, _, n in row]
    figures = sum(1 - n if n < 0 else 2 if n > 9 else 1 for n in values)
    single = [n for n in values if 0 <= n <= 9]
    if figures < _FEWEST or len(values) < 5 or len({*values}) < _FEWEST_KINDS:
        return
    start, end = row[0][0], row[-1][1]
    before = text[max(0, start - 45) : start]
    said = values[0] == 0 or _CALLED.search(before) is not None
    steps = [b - a for a, b in pairwise(values)]
    if max(map(steps.count, {*steps})) > (len(steps) - 1 if said else len(steps) // 2):
        return  # counted in, out, or by the clock
    grouped = len({text[a[1] : b[0]] for a, b in pairwise(row)}) > 1  # a list of bars or places has one sign between all
    if said or (grouped and _ON.search(before)):
        yield Find(start, end, PHONE, "")
    elif len(single) >= _FEWEST and (grouped or text[row[0][1]] != ","):
        yield Find(start, end, "", "figures in words that may be a telephone")


def _houses(text: str, kind: str, tokens: list[tuple[int, int, str, int]]) -> Iterator[Find]:
    """Yield the addresses of a text whose number of the house is a word: looked for in the text with figures instead."""
    groups = [g for g in _groups(text, tokens) if _by_a_street(text[max(0, g[0] - _NEAR) : g[1] + _NEAR])]
    if not groups:
        return
    parts, shifts, last, length = [], [], 0, 0
    for start, end, figures in groups:
        parts += [text[last:start], figures]
        length += start - last + len(figures)
        shifts.append((length - len(figures), length, start, end))
        last = end
    plain = "".join((*parts, text[last:]))
    words = _WORDS.findall(plain)
    for find in private_places.finds(plain, kind, words, {w.lower() for w in words}):
        at = bisect_left(shifts, (find.start,))
        if at == len(shifts) or shifts[at][0] >= find.end:
            continue
        number_at, number_end, old_start, _ = shifts[at]
        start, end = _back(find.start, shifts, False), _back(find.end, shifts, True)
        called = bool(_NUMBERED.search(text[max(0, old_start - 10) : old_start]))
        big = called or int(re.findall(r"\d+", plain[number_at:number_end])[0]) >= 10
        closed = bool(_ENDS.match(text, end))
        if (find.stand_in and (big or closed or _BEFORE_HOUSE.search(text[max(0, old_start - 9) : old_start]))) or (big and closed):
            yield Find(start, end, find.stand_in, find.why)


_WORDS = lazy(r"[^\s,.;:()\"'’“”]+")


def _by_a_street(around: str) -> bool:
    words = _WORDS.findall(around)
    return not private_places.STREETS.isdisjoint(words) or private_places.ended(words)


def _groups(text: str, tokens: list[tuple[int, int, str, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, figures) of each number in words: "forty-one" is 41, "cuarenta y uno" too, "nineteen eighty-four" is 1984."""
    i = 0
    while i < len(tokens):
        start, end, word, value = tokens[i]
        said = [value]
        i += 1
        while i < len(tokens) and _joined(text[end : tokens[i][0]]):
            end = tokens[i][1]
            said.append(tokens[i][3])
            i += 1
        if min(said) < 0 or (len(said) == 1 and word in _WEAK and not _NUMBERED.search(text[max(0, start - 10) : start])):
            continue
        if text[start].isupper() and start and not _BEFORE_HOUSE.search(text[max(0, start - 10) : start]):
            continue  # Seven Sisters Road
        yield start, end, _spelt(said)


def _joined(gap: str) -> bool:
    return gap in {" ", "-"} or gap.strip() in _AND


def _spelt(said: list[int]) -> str:
    parts: list[int] = []
    for n in said:
        if parts and 20 <= parts[-1] <= 90 and parts[-1] % 10 == 0 and 1 <= n <= 19:
            parts[-1] += n
        else:
            parts.append(n)
    figures = "".join(map(str, parts)) if len(parts) == 2 and parts[0] in {18, 19, 20} else "-".join(map(str, parts[:4]))
    return figures


def _back(at: int, shifts: list[tuple[int, int, int, int]], last: bool) -> int:
    """Return where in the text as it is written a place of the text with figures stands."""
    i = bisect_right(shifts, (at, 0)) - 1 if not last else bisect_left(shifts, (at,)) - 1
    if i < 0:
        return at if last or not shifts or shifts[0][0] != at else shifts[0][2]
    _, new_end, old_start, old_end = shifts[i]
    if at < new_end:
        return old_end if last else old_start
    if not last and i + 1 < len(shifts) and shifts[i + 1][0] == at:
        return shifts[i + 1][2]
    return old_end + at - new_end
