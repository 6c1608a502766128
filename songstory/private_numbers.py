"""Numbers that belong to a person: telephones, bank accounts, payment cards, identity papers, by their shapes and check digits.

The schemes of music and trade (ISRC, ISWC, ISNI, EAN, catalogue and matrix numbers) look alike and are no secret: they stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from songstory.patterns import lazy


class Find(NamedTuple):
    """What was found, where, and what stands in for it; "" where it is unsure and only flagged."""

    start: int
    end: int
    stand_in: str
    why: str


PHONE, ACCOUNT, CARD, IDENTITY = "[telephone]", "[account]", "[card]", "[identity number]"
_UNSURE_NUMBER = "a number that may be private"

# Characters of an IBAN by country: the registry of SWIFT, release 98.
_IBAN_LENGTHS = dict(
    pair.split(":")
    for pair in """
    AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BI:27 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DJ:27 DK:18 DO:28 EE:20
    EG:29 ES:24 FI:18
    FK:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HN:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26 IT:27 JO:30 KW:30 KZ:20 LB:28
    LC:32 LI:21 LT:20
    LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MN:20 MR:27 MT:31 MU:30 NI:28 NL:18 NO:15 OM:23 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24
    RS:22 RU:33 SA:24
    SC:31 SD:18 SE:24 SI:19 SK:24 SM:27 SO:23 ST:25 SV:28 TL:23 TN:24 TR:26 UA:29 VA:22 VG:24 XK:20 YE:30
    """.split()
)
_IBAN = lazy(r"\b([A-Za-z]{2}\d{2})((?:[ ./_-]?[A-Za-z0-9]){11,30})")
_CARD = lazy(r"(?<![\w.+-])[2-6]\d{3}(?:(?:[ .·_-]| ?[/|] ?)?\d{2,6}){2,4}(?![\w-])")
_SOCIAL_SECURITY = lazy(r"(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])")
_BY_SHAPE = (
    lazy(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)"),  # Brazil, CPF
    lazy(r"(?<![\w.])756\.\d{4}\.\d{4}\.\d{2}(?!\w)"),  # Switzerland, AHV
    lazy(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \d{2} \d{2} \d{2} [A-D](?!\w)"),  # United Kingdom, National Insurance
)
_CODES = (
    lazy(r"(?<!\w)[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z](?!\w)"),  # Italy, codice fiscale
    lazy(r"(?<!\w)[A-Z]{4}\d{6}[HM][A-Z]{5}[0-9A-Z]\d(?!\w)"),  # Mexico, CURP
)
_CODE = 16  # letters and digits of such a code
_NORDIC = lazy(r"(?<![\w-])(?:\d{2})?(\d{2})(\d{2})(\d{2})[-+](\d{4})(?![\w-])")
_FINNISH = lazy(r"(?<![\w-])(\d{2})(\d{2})(\d{2})[-+A](\d{3})([0-9A-Y])(?![\w-])")
_FRENCH = lazy(r"(?<!\w)([12]) ?(\d{2}) ?(0[1-9]|1[0-2]) ?(\d{2}|2[AB]) ?(\d{3}) ?(\d{3}) ?(\d{2})(?!\w)")
_CHINESE = lazy(r"(?<!\w)\d{17}[\dXx](?!\w)")
_ID_WORD = lazy(
    r"(?i:\b(?:national insurance|social (?:security|insurance)|passports?|reisepass\w*|pasaporte|passaporto|passaporte|passeport"
    r"|paspoort|paszport\w*|pass(?:nummer|nr)"
    r"|identity (?:card|number|document)|id (?:card|no|number)|national id|personal(?:ausweis|nummer)|ausweis\w*|steuer-?(?:id"
    r"|nummer|nr)|tax (?:id|number|file)"
    r"|codice fiscale|partita iva|s[ée]curit[ée] sociale|burgerservicenummer|personnummer|f[øo]dselsnummer|henkil[öo]tunnus"
    r"|rodn[ée] [čc][íi]slo|tc kimlik"
    r"|aadhaar|nhs n\w+|medicare|health (?:card|insurance) n\w+|driv(?:er|ing)[’']?s? licen[cs]e|f[üu]hrerschein\w*"
    r"|permis de conduire|kontonummer"
    r"|(?:bank )?account (?:no|number)|sort code|routing number|licencia de conducir|carn[ée]t de identidad|c[ée]dula"
    r"|numero de identificaci[óo]n|kennitala|isikukood|personas kods|asmens kodas|kimlik(?: no)?|osebna izkaznica|osobna iskaznica"
    r"|li[čc]na karta|cod numeric personal|szem[ée]lyi (?:sz[áa]m|igazolv[áa]ny)|ad[óo]azonos[íi]t[óo]|ob[čc]ansk[ýy] pr[ůu]kaz"
    r"|ob[čc]iansky preukaz|osobn[íi] [čc][íi]slo|dow[óo]d\w? osobist\w{1,4}|prawo jazdy|(?:registre|num[ée]ro) national"
    r"|rijksregister\w{0,8}"
    r"|sofi-?nummer|sozialversicherungsn\w{1,5}|rentenversicherungsn\w{1,5}|carte (?:d[’']identit[ée]|vitale)|titre de s[ée]jour"
    r"|carta d[’']identit[àa]|tessera sanitaria|permesso di soggiorno|cart[ãa]o de cidad[ãa]o|(?:carteira|c[ée]dula|bilhete) de identidade"
    r"|documento (?:nacional )?(?:de )?identi\w{3,4}|documento (?:n[º°o]\.?|nr\.?|n[úu]mero)|seguridad social"
    r"|k[öo]rkort|f[øo]rerkort|k[øo]rekort"
    r"|pers\.? ?nr|samordningsnummer|ajokortti|henkil[öo]kortti|voter id|emirates id|iqama|ghana card|visa (?:no|number)"
    r"|green card|mykad|hkid|cnic|kartu tanda penduduk|c[ăa]n c[ướuo]{2}c)\b)"
    r"|\b(?:TCKN|NISS|NUSS|NSS|INPS|SVNR|PPSN?|IRD|UTR|ITIN|EMŠO|EMSO|TAJ|CNH|CCCD|CMND|NIK|KTP|BVN|DPI|CUI|NUIT|CIN|OIB|PRN|CPR-nr"
    r"|НИН|NIN(?=:? ?\d{11}\b)|r\. ?[čc]\.|T\.C\.|SNILS|ΑΜΚΑ|ΑΦΜ|ΑΔΤ|ЕГН|ЛНЧ|ЈМБГ|ЕМБГ|РНОКПП|ІПН|ЖСН|ИИН|ПИНФЛ)\b"
    r"|\b(?:SSN|NINO|DNI|NIF|NIE|CPF|RG|CURP|RFC|CUIL|CUIT|RUT|BSN|CPR|HETU|PESEL|NIP|CNP|EGN|JMBG|OIB|AMKA|SIN|TFN|NRIC|PAN|AHV"
    r"|INSEE|NIR|IK|BIC)\b"
    r"|паспорт\w*|СНИЛС|ИНН|护照|護照|身份证|身分證|旅券|パスポート|マイナンバー|여권|주민등록|جواز|الهوية"
    r"|ταυτότητα\w?|διαβατ[ήη]ρι\w{1,2}|удостоверени\w|[лЛ]ична карта|[пП]аспорт\w*|ідентифікаційн\w{1,3}|водительск\w{2,4} прав"
    r"|个人番号|個人番号|運転免許|驾驶证|駕照|統一編號|外国人登録|외국인등록|운전면허|الرقم القومي|رقم قومي|کد ملی|شماره ملی"
    r"|رخصة|ת\.? ?ז\.?|תעודת זהות|דרכון|מספר זהות"
    r"|आधार|पैन|บัตรประชาชน|ბარათ|անձնագ"
)
_ID_TOKEN = lazy(r"(?<![\w])[A-Z]{0,4} ?\d[\dA-Z ./-]{3,22}[\dA-Z](?!\w)")
ID_WORDS = frozenset(
    """
    national social passport passports reisepass reisepassnummer passnummer pasaporte passaporto passaporte passeport paspoort
    paszport identity id personalausweis ausweis steuer tax codice partita
    sécurité securite burgerservicenummer personnummer fødselsnummer fodselsnummer henkilötunnus rodné rodne tc aadhaar nhs
    medicare health driver driving
    führerschein fuhrerschein permis kontonummer bank account sort routing licencia carnet cedula numero
    kennitala isikukood personas asmens kimlik osebna osobna lična licna numeric személyi szemelyi adóazonosító občanský obcansky osobní
    osobni osobisty osobistego osobistym jazdy national registre rijksregisternummer sofinummer sozialversicherungsnummer
    rentenversicherungsnummer vitale titre carta tessera permesso cartão cartao carteira bilhete documento seguridad körkort førerkort
    kørekort pers samordningsnummer ajokortti henkilökortti voter emirates iqama ghana visa green mykad hkid cnic kartu
    tckn niss nuss nss inps svnr pps ppsn ird utr itin emso taj cnh cccd cmnd nik ktp bvn dpi cui nuit cin prn nin snils
    personalnummer henkilotunnus paszportu passnr steuernummer steuerid reisepasses personalausweises nhs-nummer geburtsnummer rodneho
    ssn nino dni nif nie cpf rg curp rfc cuil cuit rut bsn cpr hetu pesel nip cnp egn jmbg oib amka sin tfn nric pan ahv insee nir ik bic
    """.split()
)
_OTHER_SCRIPT = lazy("[\u0370-\u1fff\u3040-\ud7ff]")  # its words are not parted, or are declined
_ID_REACH = 30  # characters between the word for a paper and its number

FEW_DIGITS = 6  # no number of a person has fewer
_BESIDE = "\u0e00-\u0e4f\u3001-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # Thai, Chinese, Japanese and Korean stand right beside a number
_RUN = lazy(
    rf"(?=[+＋(（\d])(?<![^\W{_BESIDE}])(?<![@,/+-])(?<!\d:)(?:(?<!\.)|(?<=[Tt]el\.)|(?<=[Pp]h\.))(?:[+＋] ?|[(（])?"
    rf"\d[\d ()./‐–－ー（）_~|·-]{{5,24}}\d(?:(?![\w%])|(?=[{_BESIDE}]))"
)
_PHONE_WORD = lazy(
    r"(?i:\b(?:tel|telef\w*|t[ée]l[ée]phone|phones?|phoned|call(?:s|ed|ing)?|ring|rang|dial\w*|mobile|mobil\w*|cell(?:phone)?"
    r"|handy|fax|whats ?app|text(?:ed)?|sms"
    r"|hotline|m[óo]vil|celular|portable|cellulare|komórk\w*|kom|tlf|puh|gsm|(?:phone |his |her |their |my )number)\b)|тел|電話|电话"
    r"|전화|هاتف|携帯|連絡先|联系|聯絡|연락처|โทร|फ़ोन|फोन|τηλ|☎|📞"
)
_SCHEME = lazy(
    r"(?i:\b(?:isrc|iswc|isni|ipi|cae|ean|upc|gtin|jan|isbn|issn|ismn|bar ?code|grid|mbid|catalog(?:ue)?|cat|matrix|label code|lc"
    r"|reel|tape|box|archive|opus"
    r"|bwv|discogs|spotify|musicbrainz|doi|patent|serial|pages?|pp|p)\b)[\w .:#’'-]{0,24}$"
)
_NUMBERED = lazy(r"(?i:\b(?:no|nr|number|num|member(?:ship)?|customer|account|id|code)\b\.?|№|#)[\w .:]{0,16}$")
_THOUSANDS = lazy(r"\d{1,3}(?:[ ,.]\d{3})+")
_DAY = lazy(r"\d{4}[-–/.]\d{1,2}[-–/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})")
_DATES = lazy(r"\d{4}[-–/.]\d{1,2}[-–/.]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4} ?[-–/] ?(?:\d{4}|\d{2})|\d{1,4}[-–]\d{1,4}")
_FREE = lazy(r"(?:\+?1[-. ])?\(?8(?:00|33|44|55|66|77|88)\)?[-. ]\d{3}[-. ]\d{4}|0800[-. ]?[\d -]{5,9}")
_NORTH_AMERICA = lazy(r"(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}")
_LOCAL = lazy(r"\d{3}[-.]\d{4}")
_PERSON = lazy(r"\b[A-ZÀ-Þ][a-zß-ž]{1,20} (?:[A-ZÀ-Þ][\w.’'-]{0,20})|\b[A-ZÀ-Þ][a-zß-ž]{1,20} ?[:,(–-]? ?$")  # a number right beside it
_NARROW = str.maketrans("０１２３４５６７８９－＋（）", "0123456789-+()")
_DIGITS = lazy(r"\d+")


def runs(text: str) -> list[tuple[int, int]]:
    """Return where long numbers stand: most texts hold years and counts only, and are done with here."""
    return [m.span() for m in _RUN.finditer(text) if sum(map(str.isdigit, m.group())) >= FEW_DIGITS]


def finds(text: str, kind: str, words: list[str], lower: set[str], long: list[tuple[int, int]]) -> Iterator[Find]:
    """Yield what in `text` is, or may be, a number of a person; `kind` is that of `privacy.mask`.

    `words` are the words of the text, `lower` the same in lower case, `long` its `runs`.
    """
    named = not ID_WORDS.isdisjoint(lower) or (not text.isascii() and _OTHER_SCRIPT.search(text) is not None)
    found = list(_named_papers(text)) if named else []
    if long:
        found = [
            *_accounts(text),
            *_cards(text),
            *found,
            *_papers(text),
            *(f for start, end in long for f in _phones(text, start, end, kind)),
        ]
    codes = [w for w in words if len(w) >= _CODE - 1 and not w.isalpha()]
    if long or codes or any([w[2:4].isdigit() and w[:2].isalpha() and w[:2].upper() in _IBAN_LENGTHS for w in words]):
        found = [*_accounts(text), *found]
    if any(w.isupper() for w in codes):
        found += [Find(*m.span(), IDENTITY, "") for pattern in _CODES for m in pattern.finditer(text)]
    taken: list[tuple[int, int]] = []
    for find in found:
        if not any(find.start < end and start < find.end for start, end in taken):
            taken.append((find.start, find.end))
            yield find


def _accounts(text: str) -> Iterator[Find]:
    for match in _IBAN.finditer(text):
        wanted = int(_IBAN_LENGTHS.get(match.group(1)[:2].upper(), 0))
        end, count = match.start(), 0
        while wanted and count < wanted and end < match.end():
            count += text[end].isalnum()
            end += 1
        code = "".join(c for c in text[match.start() : end] if c.isalnum()).upper()
        if wanted and count == wanted and int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1:
            yield Find(match.start(), end, ACCOUNT, "")


def _cards(text: str) -> Iterator[Find]:
    for match in _CARD.finditer(text):
        digits = "".join(_DIGITS.findall(match.group()))
        known = (len(digits) in {16, 19} and digits[0] in "2456") or (len(digits) == 15 and digits[:2] in {"34", "37"})
        if (
            (known or (len(digits) == 14 and digits[:2] in {"30", "36", "38", "39"}))
            and _luhn(digits)
            and not _SCHEME.search(text[: match.start()][-40:])
        ):
            yield Find(*match.span(), CARD, "")


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _named_papers(text: str) -> Iterator[Find]:
    """Yield the numbers that stand behind the word for a paper, whatever they look like."""
    for word in _ID_WORD.finditer(text):
        found = next((t for t in _ID_TOKEN.finditer(text, word.end(), word.end() + _ID_REACH + 30) if not _DAY.fullmatch(t.group())), None)
        if found and found.start() - word.end() <= _ID_REACH and _numbered(found.group()):
            yield Find(found.start(), found.end(), IDENTITY, "")


def _numbered(token: str) -> bool:
    digits = sum(map(str.isdigit, token))
    return digits >= 5 or (digits >= 2 and len(token) >= 7 and token.isalnum())


def _papers(text: str) -> Iterator[Find]:
    """Yield the numbers that are of a paper by their shape and check digits."""
    for pattern in (_SOCIAL_SECURITY, *_BY_SHAPE):
        for match in pattern.finditer(text):
            yield Find(*match.span(), IDENTITY, "")
    for match in _NORDIC.finditer(text):
        year, month, day, last = match.groups()
        if _is_date(day, month) and _luhn(f"{year}{month}{day}{last}"):
            yield Find(*match.span(), IDENTITY, "")
    for match in _FINNISH.finditer(text):
        day, month, year, number, check = match.groups()
        if _is_date(day, month) and "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(day + month + year + number) % 31] == check:
            yield Find(*match.span(), IDENTITY, "")
    for match in _FRENCH.finditer(text):
        number = "".join(match.groups()[:6]).replace("2A", "19").replace("2B", "18")
        if 97 - int(number) % 97 == int(match.group(7)):
            yield Find(*match.span(), IDENTITY, "")
    for match in _CHINESE.finditer(text):
        weighed = sum(int(d) * (2 ** (17 - i) % 11) for i, d in enumerate(match.group()[:17])) % 11
        if "10X98765432"[weighed] == match.group()[17].upper():
            yield Find(*match.span(), IDENTITY, "")


def _is_date(day: str, month: str) -> bool:
    try:
        date(2000, int(month), int(day))
    except ValueError:
        return False
    return True


def _phones(text: str, start: int, end: int, kind: str) -> Iterator[Find]:
    number = text[start:end].translate(_NARROW)
    if number.startswith("(") and ")" not in number:
        number, start = number[1:], start + 1
    digits = "".join(_DIGITS.findall(number))
    before, after = text[max(0, start - 40) : start], text[end : end + 12]
    if FEW_DIGITS <= len(digits) <= 16:
        verdict = _phone(number, digits, before, after, kind)
        if verdict is not None:
            stand_in = verdict if kind != "label" else ""
            yield Find(start, end, stand_in, "" if stand_in else _UNSURE_NUMBER)


def _phone(number: str, digits: str, before: str, after: str, kind: str) -> str | None:
    """Return what stands in for a telephone number, "" for one that is unsure, None for a number that is none."""
    called = bool(_PHONE_WORD.search(before[-25:]) or _PHONE_WORD.match(after.strip(" ([")))
    if _FREE.fullmatch(number) or (_SCHEME.search(before) and not called):
        return None
    groups = _DIGITS.findall(number)
    if number[0] in "+＋" or (digits.startswith("00") and len(groups) > 2 and len(digits) >= 9):
        return PHONE if 8 <= len(digits) <= 15 else None
    if kind == "locator" or (_DATES.fullmatch(number) and not _LOCAL.fullmatch(number)):
        return None
    if called and not _DATES.fullmatch(number):
        return PHONE
    if _NORTH_AMERICA.fullmatch(number):
        return PHONE
    if digits[0] == "0" and 9 <= len(digits) <= 11 and len(groups) > 1 and all(len(g) > 1 for g in groups[1:]) and len(groups[0]) <= 5:
        return PHONE
    if _LOCAL.fullmatch(number):
        return PHONE if called else ""
    if _THOUSANDS.fullmatch(number):
        return None
    if len(groups) == 1 and len(digits) in {10, 11} and (_PERSON.search(before) or _PERSON.search(after)):
        return ""
    numbered = len(digits) >= 8 and _NUMBERED.search(before) is not None
    return "" if numbered or (kind == "name" and len(digits) >= 7) else None
