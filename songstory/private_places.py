"""Street addresses of many countries: where somebody lives is masked, where a studio, hall or label is known to be stays.

The words beside an address say which it is; where they say nothing it is left as it is, and flagged.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from songstory import private_homes
from songstory.patterns import lazy
from songstory.private_numbers import Find

ADDRESS = "[address]"
_UNSURE = "a street address that may be a person's"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŸŹŻŽА-ЯЁІЇЄΑ-Ω"
_NAME = rf"[{_CAPITAL}][\w'’.-]{{0,30}}"
_OF = r"(?:(?:de|du|des|del|della|delle|dei|degli|do|da|dos|das|la|las|los|le|les|el|di|van|von|der|den|het|of|the|na|em)\s|[dl]['’])"
_NUMBER = r"\d{1,5}(?:[-–/]\d{1,4}){0,3}(?:[-/ ]?(?:[A-Za-z]|[IVX]{1,4}|bis|ter)\b(?!\.? ?\d))?"
_ENGLISH = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Terrace|Way|Close|Row|Grove|Crescent"
    r"|Cres|Gardens|Gdns"
    r"|Square|Sq|Hill|Mews|Walk|Parade|Highway|Hwy|Parkway|Pkwy|Circle|Park|Quay|Wharf|Rise|View|Vale|Green|Alley|Trail|Loop|Path"
    r"|Yard|Heights"
    r"|Esplanade|Broadway|Turnpike|Pike|Crossing|Bend|Ridge|Hollow|Cove|Glen|Marg|Nagar|Chowk|Salai|Bagh|Colony"
    r"|Gali|Gully|Mohalla|Vihar|Enclave|Layout|Peth|Puram|Sarani|Chawl|Bazaa?r)"
)
_FIRST = (  # words for a street that stand before its name
    r"(?i:rue|avenue|av\.|boulevard|bd|bvd|place|chemin|impasse|quai|all[ée]e|cours|route|passage|via|viale|piazza|piazzale|corso"
    r"|vicolo|largo|salita|strada"
    r"|calle|c/|avenida|avda\.?|plaza|paseo|passeig|carrer|camino|ronda|traves[ií]a|rua|travessa|pra[çc]a|alameda|estrada|rodovia"
    r"|ladeira|bulevardul"
    r"|ul\.|ulica|ulice|al\.|aleja|aleje|pl\.|plac|os\.|n[áa]m\.|n[áa]m[ěe]st[íi]|jalan|jl\.|đường|phố|ulitsa|str\.|улица|ул\."
    r"|проспект|пр-т|пр\.|переулок|пер\."
    r"|набережная|бульвар|вулиця|вул\.|οδός|οδ\.|рue|شارع|רחוב)"
)
_FIRST_MORE = (  # the same, less usual: a pattern of its own, so that the others are as fast as they were
    r"(?i:jir[óo]n|callej[óo]n|pasaje|glorieta|rambla|calzada|beco|viela|vico|borgo|contrada|lungomare|lungotevere|ruelle|venelle"
    r"|sentier|mont[ée]e|calea|[șş]oseaua|aleea|intrarea|rruga|trg|obala|cesta|gali|lorong|jln\.?|taman|бул\.|булевард|шоссе"
    r"|площадь|площа|пл\.|проезд|тупик|аллея|пров\.|провулок)"
)
_LAST = (  # endings and words for a street that stand after its name, the number behind them
    r"(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|ufer|damm|gracht|straat|laan|plein|kade|dijk|steeg|singel|gatan|gata|v[äa]gen"
    r"|veien|vegen|gade|vej|katu"
    r"|t[äa]nav|iela|gatv[ėe]|utca|k[öo]r[úu]t"
    r"|stiege?|chaussee|promenade|twiete|redder|siedlung|zeile|gürtel|lände|pfad|graben|markt|dreef|plantsoen|burgwal|sloot|rylaan"
    r"|gränd(?:en)?|stigen|stígur|allén|torget|väg|backen|vænget?|stræde|toften|krogen|svingen|kroken|løkka"
    r"|kuja|polku|kaari|raitti|puiestee|maantee)"
)
_APART = r"(?:Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|utca|út|tér|u\.|Caddesi|Cad\.|Sokak|Sok\.|Sokağı|Bulvarı|Mahallesi)"
_MARK = r"(?:(?:n\.?[º°o]|nr|no|nº|numéro|number|д|№|#|n)[.:]? ?)?"
_NO = r"(?:No|Number|Nr|#)[.:]{0,2} ?"  # House No. 23: India, Pakistan, West Africa
_POSTCODE = r"(?:[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d)"  # United Kingdom, Canada
_STREETS = (  # each with the words that must be there, or another sign that it is worth a try
    ("english", rf"(?<![\w.-]){_NUMBER},? (?:[NSEW]{{1,2}}\.? )?(?:(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th)) ){{1,4}}{_ENGLISH}\b\.?"),
    ("english", r"(?<![\w.-])\d{1,5} (?:Broadway|Bowery|Piccadilly|Kingsway|Strand)\b"),
    ("first", rf"(?<!\w){_FIRST}\s(?:{_OF}){{0,3}}{_NAME}(?:[ -](?:{_OF})?{_NAME}){{0,3}},? {_MARK}{_NUMBER}"),
    ("more", rf"(?<!\w){_FIRST_MORE}\s(?:{_OF}){{0,3}}{_NAME}(?:[ -](?:{_OF})?{_NAME}){{0,3}},? {_MARK}{_NUMBER}"),
    ("more", rf"(?<![\w.-]){_NUMBER},? {_FIRST_MORE}\s(?:{_OF}){{0,3}}{_NAME}(?:[ -](?:{_OF})?{_NAME}){{0,3}}"),
    ("first", rf"(?<![\w.-]){_NUMBER},? {_FIRST}\s(?:{_OF}){{0,3}}{_NAME}(?:[ -](?:{_OF})?{_NAME}){{0,3}}"),
    ("last", rf"(?<!\w)[{_CAPITAL}][\w-]{{0,30}}{_LAST} ?{_NUMBER}"),
    ("apart", rf"(?<!\w)(?:{_NAME} ){{1,3}}{_APART},? {_MARK}{_NUMBER}"),
    ("at", rf"(?<!\w)(?:Am|An der|Auf de[mr]|Im|In der|Unter den|Zum|Zur|Hinter de[mr]) {_NAME}(?: {_NAME})? \d{{1,4}}[a-z]?\b"),
    ("last", rf"(?<![\w-])\d{{1,3}}-\d{{1,3}}(?:-\d{{1,4}})? {_NAME},? [{_CAPITAL}]\w{{1,20}}-(?:ku|shi|cho|machi|gun|to|fu|ken)\b"),
    ("last", rf"(?<![\w-])\d{{1,4}}(?:-\d{{1,4}})?,? [{_CAPITAL}][\w-]{{1,24}}-(?:ro|gil|daero|dong)\b"),
    (
        "east",
        r"[\u4e00-\u9fff]{1,8}[都道府県市区區町村郡][\u3040-\u30ff\u4e00-\u9fff]{0,12}[\d一二三四五六七八九十]{1,4}"
        r"(?:(?:丁目|番地?|号|[-－ー−]|の(?=[\d一二三四五六七八九十]))[\d一二三四五六七八九十]{0,4}){1,4}",
    ),
    ("east", r"[\u4e00-\u9fff]{2,12}(?:路|街|道|巷|弄|胡同)\d{1,5}(?:号|號|弄)"),
    ("east", r"[\uac00-\ud7a3]{1,8}(?:시|구|군|동|읍|면) [\uac00-\ud7a30-9]{1,10}(?:로|길) ?\d{1,4}(?:-\d{1,4})?"),
    ("first", r"(?:شارع|רחוב)\s\S{1,20}(?:\s\S{1,20}){0,3}?\s?[،,]?\s?\d{1,4}|\d{1,4}\s?[،,]?\s?شارع\s\S{1,20}"),
    # A street without a word for one: its number, the postcode and the town behind it; the postcode that is a year is none.
    (
        "post",
        rf"(?<![\w.-]){_NAME}(?: (?:{_OF})?{_NAME}){{0,3}},? {_MARK}{_NUMBER},? (?:[a-z]{{1,4}}\.? \w{{1,5}},? )?"
        rf"(?:[A-Z]{{1,2}}-)?(?:\d{{4}} ?[A-Z]{{2}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}}|\d{{5,6}}|(?!1[89]\d\d|20[0-3]\d)\d{{4}}) {_NAME}",
    ),
    ("post", rf"(?<![\w.-])(?:{_NAME},? ){{2,6}}{_POSTCODE}\b"),
    (
        "house",
        rf"(?<![\w.-])(?:H(?:ouse|se)?|Flat|Door|D|Plot|Q(?:uarter|tr))\b\.? ?{_NO}\d{{1,4}}[\w/-]{{0,8}},? "
        rf"(?:{_NAME}|\d{{1,2}}(?:st|nd|rd|th))(?: (?:{_NAME}|\d{{1,3}}\b)){{0,3}}",
    ),
    (
        "house",
        r"(?<![\w.-])(?:House|Plot|Blo?c?k) \d{1,4}\w?,? (?:Street|Road|Lane|Sector|Phase|Block|Lot|Jalan|Lorong)\b"
        r"(?: [\w-]{1,20}){1,3}(?=, )",
    ),
    (
        "house",
        r"(?<![\w.-])[A-Z]?[-/ ]?\d{1,4}(?:[/-]\w{1,5}){0,3},? (?:\d{1,2}(?:st|nd|rd|th) (?:Cross|Main)|Sector \d{1,3}(?=,? [A-Z]))\b",
    ),
    (
        "grid",
        r"(?<!\w)(?i:carrera|cra\.?|kra\.?|calle|cll\.?|diagonal|transversal|avenida|av\.?) \d{1,3} ?[A-Za-z]?(?: bis)? ?"
        r"(?:#|[Nn][º°o]\.?) ?\d{1,3} ?[A-Za-z]? ?- ?\d{1,3}",
    ),
    ("box", r"\b(?:P\.? ?O\.? Box|Postfach|Apartado(?: de Correos)?|Boîte postale|Casella postale|Postbus|Skr\. poczt\.) \d{1,7}"),
)
_HOUSE_NO = lazy(rf"(?:H(?:ouse|se)?|Flat|D(?:oor)?|Q(?:uarter|tr))\b\.? ?{_NO}")
_STREETS_BY_SIGN = tuple((sign, lazy(pattern)) for sign, pattern in _STREETS)
# What no street word tells of: an address in any land, right behind the words for a home.
_BARE = lazy(
    rf"(?:,|:|\b(?:at|in|on|to|op|aan|am|an|på|i|à|au|em|al|v|ve|na|w)|–|\() ?({_NUMBER},? (?:{_NAME},? ?){{1,4}}|(?:[a-zà-ž]{{1,5}}\. "
    rf"|{_OF}){{0,2}}(?:{_NAME} ){{1,3}}{_NUMBER})"
)
_HOME = lazy(
    r"(?i:\b(?:his|her|their|my|our|[\w.]{1,30}[’']s?) (?:[\w’'-]{1,14} ){0,2}(?:home|house|flat|apartment|condo|bungalow|cottage"
    r"|residence|place|pad|kitchen|bedroom"
    r"|living room|basement|cellar|garage|attic|bathroom|loft|villa|mansion|farmhouse|doorstep|address)\b"
    r"|\b(?:home|house|flat|apartment|residence|basement|kitchen|bedroom|garage|attic|villa|cottage|address) (?:of|belonging"
    r"|where|in which|owned)\b"
    r"|\b(?:lives|lived|living (?:in|at|on|with)|(?:we|they|you|who|still|to|i) live|resid(?:es?|ed|ing|ent)|dwells?|dwelt"
    r"|moved in(?:to)?|stay(?:s|ed) (?:with|at)|(?:home|private) address|at home|home studio|bedroom studio)\b"
    r"|\b(?:en|a|na|da|in) casa|\bcasa d[eioa]\b|\bvive (?:en|in)\b|\bresid[ei]\w{0,4}\b|\bdomicili\w{1,2}\b|\b(?:piso"
    r"|apartamento|appartement|appartamento|maison) d[eiou]"
    r"|\bmora (?:em|na|no)\b|\bchez\b|\bhabite\b|\bdemeure\b|\bzu ?hause\b|\bwohn(?:t|te|haft|ung)\b|\bhaus von\b|\bprivat\w*\b"
    r"|\babita\w*\b|\bthuis\b|\bwoont?\b|\bhuis van\b"
    r"|\bmieszka\w*\b|\bw domu\b|\bhemma hos\b|\bbor (?:på|i)\b|\bhjemme hos\b|\bkotona\b|\basuu\b|\bbydl[íi]\b|\blak(?:ik"
    r"|ás\w*)\b|\bevi(?:nde)?\b|\boturuyor\b|\bikamet\b"
    r"|\b(?:flat|apt|apartment|apto|apt[oº]?|piso|wohnung)\b\.? ?\d)"
    r"|жив[ёе]т|прожива|дома у|квартир|мешка[єе]|вдома|自宅|の家|住んで|住所|住宅|家中|住在|寓所|자택|집에서|거주|منزل|بيت|يسكن|شقة"
)
_VENUE = lazy(
    r"(?i:\b(?:studios?|est[uú]dios?|\w{0,12}studio|sound|recording|recorders|records|halls?|theat(?:re|er)s?|clubs?|church"
    r"|chapel|cathedral|ballroom|arena|stadium|auditorium"
    r"|label|offices?|school|college|university|museum|library|hotel|bar|pub|caf[ée]|venue|opera|conservator\w{1,3}|cinema|store"
    r"|shop|station|temple|synagogue|mosque"
    r"|music|publishing|entertainment|gmbh|ltd|inc|llc|salle|th[ée][âa]tre|teatro|sala|kirche|[ée]glise|iglesia|igreja|chiesa"
    r"|\w{0,12}halle|saal|konzerthaus|philharmonie|kino"
    r"|klub|d[ií]sco\w{0,5}|\w{0,12}(?:verein|saal)|kulturn[íi] d[ůo]m|kult[úu]rny dom"
    r"|pal[aá]cio|palau|palais|palazzo|auditori\w{1,2}|concert\w{0,4}|f(?:il|hil)h?armoni\w{0,4}|filharmon\w{0,4}|teat(?:r|ri|ru|ret|er|tn|teri)"
    r"|th[ée]atre|divadlo|sz[ií]nh[áa]z|schouwburg|tiyatro\w{0,3}|ko[śs]ci[óo][łl]\w{0,2}|kostel\w?|kirk(?:ko|e|en)|kyrkan?|kerk|templom|biserica"
    r"|crkva|cerkev|capela|cappella|chapelle|capilla|c?kat?h?edral[ae]?|cat(?:h[ée]drale|edral|tedrale)|dom(?:kirke|kyrka)\w{0,2}|duomo"
    r"|bas[ií]li[ck]a|basilique|abbaye|abad[ií]a|abbazia|kloster|mosqu[ée]e|moschee|sinagoga|synagoge"
    r"|sello|discogr[áa]fic[ao]|gravadora|disques|discos|dischi|schallplatten|plattenfirma|skivbolag\w{0,2}|pladeselskab\w{0,2}"
    r"|plateselskap\w{0,2}|wytw[óo]rni\w|vydavatel\w{0,6}|levy-?yhti[öo]\w{0,2}|platenmaatschappij|emisora|rundfunk|funkhaus|radiohuset"
    r"|rozg[łl]o[śs]ni\w|omroep|st[üu]dyo\w{0,3}|studij[aou]|stud[ií]o[uvm]?|koncertn\w{1,3}|konser\w{1,8}|op[ée]ra|operahuset|ooppera"
    r"|museo|mus[ée]e|museu|muzeum|universi\w{2,5}|hochschule|escuela|[ée]cole|escola|scuola|biblioth\w{3,6}|biblioteca|zaal|dvorana|s[áa]l"
    r"|ayuntamiento|rathaus|mairie|c[âa]mara municipal|sal[óo]n de actos|centro cultural|centre culturel|kulturhus\w{0,2})\b)"
    r"|スタジオ|ホール|录音|錄音|스튜디오|(?i:студи|клуб|театр|церк|храм|собор|дворец|музе[йя]|филармони|консерватори)|会館|劇場|剧院|劇院|教会|教堂|音楽堂|音乐厅|音樂廳|公会堂|ライブハウス|レコード|唱片|放送|大学|大學"
    r"|극장|교회|음반|방송|공연장|대학|концертн|лейбл|радио|школ|университет|опер[аыны]"
    r"|στούντιο|θέατρο|ωδείο|εκκλησία|μέγαρο|אולפן|תיאטרון|כנסי|היכל|استوديو|مسرح|كنيسة|قاعة|مسجد|معهد|الأوبرا"
)
# Words that mean a home where nothing says that it is a house of work: "bei Jonas", "u Petra doma", "hjemme".
_AT_SOMEBODYS = lazy(
    r"\b(?:[Bb]ei|[Bb]ij|[Hh]os|[Pp]resso|[Kk]od|[Uu]|[Nn]ála) (?:[a-zà-ž]{1,8} )?[A-ZÀ-Þ][a-zß-ž]"
    r"|(?i:\b(?:doma|hjemme|hemma|heima|otthon|acas[aă]|namuose|m[āa]j[āa]s|kodus|w domu|c/o)\b)|[Дд]ома|вкъщи|σπίτι|בבית|في بيت"
)
# What a camera was pointed at: of a place of a video or a photograph such words say that it is no secret.
_LANDMARK = lazy(
    r"(?i:\b(?:doorway|entrance|building|tower|bridge|palace|castle|courthouse|warehouse|factory|mill|diner|restaurant|pier|market|bank"
    r"|hospital|skyscraper|storefront|landmark|monument|gallery|lighthouse|lobby|bakery|laundrette|laundromat|gebäude|turm|brücke|edificio"
    r"|torre|puente|ponte|immeuble|palais|palazzo|ch[âa]teau)s?\b)"
)
_FILMED = lazy(r"(?i:\b(?:video|clip|film(?:ed|ing)?|shot|shoot|photo\w{0,8}|pictured|sleeve|cover|gedreht|rodad[oa]|tourné|girato)\b)")
_OWN_STUDIO = lazy(
    r"(?i:\b(?:home|bedroom|basement|garage|private) studio|studio (?:in|at) (?:his|her|their|my|the) (?:\w{1,12} )?(?:home|house"
    r"|flat|apartment|basement|garage))"
)
_SEEN = lazy(
    r"(?i:\b(?:outside|in front of|opposite|across (?:the street )?from|vor de[mr]|devant|davanti a|delante de"
    r"|fa[cç]ade of|doorway of|entrance (?:of|to)|steps of|stoop of)) (?:the |of |no\.? ?)?$"
)
_IN_YEAR = lazy(
    r"(?i:\b(?:in|since|of|by|until|till|from|to|during|early|late|mid|before|after|around|and|the|an?|his|her|their|january"
    r"|february|march|april|may|june|july|august|september|october|november|december))[ -]$"
)
_MONTH = lazy(r"(?i:\b(?:jan|feb|m[aä]r|apr|may|mai|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]{0,6}\b)")
_NOT_PLACES = lazy(
    r"\b(?:Studio|Take|Track|Side|Part|Pt|Vol|Volume|No|Chapter|Top|Hot|Billboard|Room|Channel|Platform|Version|Mix|Symphony|Opus"
    r"|Op|BBC|Radio|Mark|Mk) ?\d"
)
_MORE = lazy(
    rf",? ?(?:(?i:flat|apt|apartment|unit|suite|floor|apto?|ap|appartement|appt|piso|planta|puerta|esc|int|interno|scala|m|lok|кв"
    rf"|wohnung|top|t[üu]r|stiege|bus|[ée]tage|lgh|byt|daire|bl(?:oc)?|d[eé]?pto|porte|cep|pin(?: ?code)?)\b"
    rf"[.:]? ?#?\w{{1,6}}(?:-\d{{3}})?|\d{{1,2}}\.?[º°ª] ?\w{{1,10}}\.?"
    rf"|(?:\d{{1,2}}\. ?(?:OG|Stock|Etage|emelet|sal|patro)|links|rechts|mitte|tv|th)\b"
    rf"|(?i:near|opp(?:osite|\.)|behind|beside|off|next to|close to) (?:the )?(?:\w{{1,15}} ){{0,2}}\w{{1,15}}(?=,)"
    rf"|、?[^\s、。,.]{{1,12}}\d{{1,4}}(?:号室?|號室?|室|호)?(?=[、。]|$)"
    rf"|\(?\d{{3,6}}(?:[ -]?\d{{2,4}})?(?:[ -]?[A-Z]{{2}}\b)? {_NAME}(?: (?:{_OF})?{_NAME})?)"
)
_PART = rf"(?:{_NAME}|\d[\w/º°-]{{0,10}}|de|la|am|an der|di|do|da|upon|sur|b|ap)"
_SEGMENT = lazy(rf"\s?[,،、]\s?((?:{_PART}(?:[ .]{{1,2}}|(?=[,;)\n]|$))){{1,5}})(?=\s?[,.;)\n]|$|[a-zа-я(])")
_UNIT_BEFORE = lazy(r"(?i:\b(?:flat|apt|apartment|unit|wohnung|piso)\.? ?\w{1,5},? ?)$")
_ROAD_OF_LIFE = lazy(
    rf"(?i:\b(?:lives?|lived|living|resid\w{{1,4}}|grew up|wohnt\w{{0,2}}|habite|vive|abita|mora|mieszka)\b)[^.!?]{{0,40}}\b(?:on"
    rf"|in|at|off) (?:{_NAME} ){{1,3}}{_ENGLISH}\b"
)
_QUOTED = lazy(r"[\"“”„«»]")
_WINDOW = 120  # characters around an address whose words say whose it is


def finds(text: str, kind: str, words: list[str], lower: set[str]) -> Iterator[Find]:
    """Yield the street addresses of `text`: to be masked, or to be flagged where nothing says whose they are."""
    signs = _signs(text, words, lower)
    found = False
    for start, end, sign in _spans(text, signs) if signs else ():
        around = f"{text[max(0, start - _WINDOW) : start]} , {text[end : end + _WINDOW]}"  # Chapel Row is no chapel
        if sign == "post":
            around += text[start:end].rpartition(",")[0]  # whose it is stands in it: "Rivoli Ballroom, Brockley, London SE4 2BN"
        around = private_homes.PUBLIC_HOUSE.sub("hall", around)
        stays = (_VENUE.search(around) and not _OWN_STUDIO.search(around)) or _SEEN.search(text[max(0, start - 30) : start])
        if not stays and (kind == "place" or _FILMED.search(around)):
            stays = _LANDMARK.search(around)
        home = _HOME.search(around) or (
            not stays
            and (
                _AT_SOMEBODYS.search(around)
                or private_homes.FLAT.match(text, end)
                or private_homes.LIVING.search(around)
                or (text[end : end + 1] == "," and _HOUSE_NO.match(text, start))
            )
        )
        if stays and not home:
            found = True
        elif (home and not stays) or kind == "name":
            found = True
            first = start - len(before.group()) if (before := _UNIT_BEFORE.search(text[max(0, start - 20) : start])) else start
            yield Find(first, _whole(text, end), ADDRESS, "")
        elif not _quoted(text, start, end):
            found = True
            yield Find(start, end, "", _UNSURE)
    if not found and "home" in signs:
        yield from _beside_a_home(text)


_SIGNS: dict[str, str] = {
    **dict.fromkeys(re.findall(r"[A-Z][a-z]+", _ENGLISH), "english"),
    **dict.fromkeys("Broadway Bowery Piccadilly Kingsway Strand".split(), "english"),
    **dict.fromkeys(
        "Straße Strasse Str Weg Platz Allee Gasse Ring Damm Ufer utca út tér u Caddesi Cad Sokak Sok Sokağı Bulvarı Mahallesi".split(),
        "apart",
    ),
    **dict.fromkeys("Am An Auf Im Unter Zum Zur Hinter".split(), "at"),
    **dict.fromkeys("Box Postfach Apartado postale Postbus poczt".split(), "box"),
    **dict.fromkeys("House Hse Flat Door Plot Quarter Qtr Blk Block Sector Cross Main H D H.No D.No".split(), "house"),
}
_FIRST_WORDS = frozenset(
    """
    rue avenue av boulevard bd bvd place chemin impasse quai allée allee cours route passage via viale piazza piazzale corso
    vicolo largo salita strada calle
    c/ avenida avda plaza paseo passeig carrer camino ronda travesía travesia rua travessa praça praca alameda estrada rodovia
    ladeira bulevardul ul ulica
    ulice al aleja aleje pl plac os nám nam náměstí namesti jalan jl đường phố ulitsa str улица ул проспект пр-т пр переулок пер
    набережная бульвар вулиця
    вул οδός οδ شارع רחוב
    """.split()
)
_MORE_WORDS = frozenset(
    """
    jirón jiron callejón callejon pasaje glorieta rambla calzada beco viela vico borgo contrada lungomare lungotevere ruelle
    venelle sentier montée calea șoseaua şoseaua aleea intrarea rruga trg obala cesta gali lorong jln taman бул булевард шоссе
    площадь площа проезд тупик аллея пров провулок
    """.split()
)
_GRID_WORDS = frozenset("carrera cra kra cll diagonal transversal calle avenida av".split())  # Colombia: Carrera 11 # 82-71
_HOME_WORDS = frozenset(
    """
    home house flat apartment apt condo bungalow cottage residence pad kitchen bedroom living basement cellar garage attic
    bathroom loft villa mansion
    farmhouse doorstep address lives lived live reside resides resided residing resident residente dwells dwelt moved stays stayed
    casa vive domicilio
    domicilia domicile piso apartamento appartement appartamento maison mora chez habite demeure zuhause hause wohnt wohnte
    wohnhaft wohnung haus privat
    private abita abitava thuis woont woon huis mieszka mieszkał mieszkała domu hemma bor hjemme kotona asuu bydlí bydli lakik
    lakás evi evinde oturuyor
    ikamet apto apartament grew place
    """.split()
)
_HOME_ABROAD = lazy("жи|дом|кварт|меш|вдома|自宅|家|住|寓|자택|집|거주|منزل|بيت|يسكن|شقة")
ENDINGS = tuple(
    "straße strasse str gasse weg platz allee ufer damm gracht straat laan plein kade dijk steeg singel gatan gata vägen vagen ve"
    "ien vegen gade vej "
    "katu tänav iela gatvė gatve utca körút stieg stiege chaussee promenade twiete redder siedlung zeile gürtel lände pfad graben markt "
    "dreef plantsoen burgwal sloot gränd gränden stigen stígur allén torget väg backen vænge vænget stræde "
    "toften krogen svingen kroken løkka kuja polku kaari raitti puiestee maantee "
    "-ku -shi -cho -machi -gun -ken -ro -gil -daero -dong".split()
)
WORDS = frozenset({*_SIGNS, *_FIRST_WORDS, *_MORE_WORDS, *_GRID_WORDS, *_HOME_WORDS, *(e[1:] for e in ENDINGS if e[0] == "-")})
POSTED = lazy(  # a number and a postcode, or a postcode of letters
    r"\d ?[A-Za-z]{0,2},? (?:[a-z]{1,4}\.? \w{1,5},? )?(?:[A-Z]{1,2}-)?\d{2,6}[ -]?\d{0,3} ?[A-Z]|[A-Z]\d[A-Z]? \d[A-Z]|\d[A-Z] \d[A-Z]\d"
)
TAILS = frozenset(e[-3:] for e in ENDINGS)
# The words of streets as they are written: what an address whose number is a word has to have.
STREETS = frozenset(
    {w for w, sign in _SIGNS.items() if sign in {"english", "apart", "house"} and len(w) > 2}
    | {w for w in _FIRST_WORDS | _MORE_WORDS if len(w) > 2}
    | {w.capitalize() for w in _FIRST_WORDS | _MORE_WORDS if len(w) > 2}
) - {"place", "cours", "Place", "route", "passage", "main", "close"}


def ended(words: Collection[str]) -> bool:
    """Whether one of `words` ends as a street does: Lindenstraße, Kerklaan, Storgatan."""
    return any([w.endswith(ENDINGS) for w in words if w[-3:] in TAILS])


_EAST = lazy("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")


def _signs(text: str, words: list[str], lower: set[str]) -> set[str]:
    """Return which kinds of streets and homes the words of a text may tell of."""
    found = {_SIGNS[w] for w in words if w in _SIGNS}
    found |= {"first"} if not lower.isdisjoint(_FIRST_WORDS) else set()
    found |= {"more"} if not lower.isdisjoint(_MORE_WORDS) else set()
    found |= {"grid"} if not lower.isdisjoint(_GRID_WORDS) else set()
    found |= {"last"} if ended(lower) else set()
    found |= {"home"} if not lower.isdisjoint(_HOME_WORDS) else set()
    found |= {"post"} if POSTED.search(text) else set()
    if not text.isascii():
        found |= {"east"} if _EAST.search(text) else set()
        found |= {"home"} if _HOME_ABROAD.search(text) else set()
    return found


def _spans(text: str, signs: set[str]) -> Iterator[tuple[int, int, str]]:
    last = -1
    spans = sorted((*m.span(), sign) for sign, pattern in _STREETS_BY_SIGN if sign in signs for m in pattern.finditer(text))
    for start, end, sign in spans:
        if start >= last and not _is_year(text, start, end):
            last = end
            yield start, end, sign


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether the number of what looks like an address is the year or day of something: "in 1987 Abbey Road", "via Stax Records 1969"."""
    number = re.search(r"\d+", text[start:end])
    if number is None or not 1900 <= int(number.group()) <= 2039:
        return False
    return number.start() > 0 or bool(_IN_YEAR.search(text[max(0, start - 12) : start]))


def _beside_a_home(text: str) -> Iterator[Find]:
    """Yield an address without a word for a street, behind the words for a home; and a street without a number on which one lives."""
    for bare in _BARE.finditer(text):
        words = text[bare.start() : bare.end() + 12]
        home = _HOME.search(text[max(0, bare.start() - _WINDOW // 2) : bare.start() + 4])
        if home and not (_NOT_PLACES.search(bare.group()) or _MONTH.search(words) or _year_alone(bare.group())):
            yield Find(bare.start(1), _whole(text, bare.end()), ADDRESS, "")
            return
    if match := _ROAD_OF_LIFE.search(text):
        yield Find(match.start(), match.end(), "", _UNSURE)


def _year_alone(words: str) -> bool:
    numbers = re.findall(r"\d+", words)
    return len(numbers) == 1 and 1900 <= int(numbers[0]) <= 2039


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` is within quotation marks, as a title is."""
    return len(_QUOTED.findall(text[:start])) % 2 == 1 and bool(_QUOTED.search(text[end:]))


def _whole(text: str, end: int) -> int:
    """Return where an address ends that goes on behind its street: flat, postcode, town."""
    while True:
        if more := _MORE.match(text, end):
            end = more.end()
            continue
        segment = _SEGMENT.match(text, end)
        if segment is None:
            return end
        following = _SEGMENT.match(text, segment.end())
        last = not text[segment.end() :].strip(" .)") or text[segment.end() :][:1] in {".", ";", ")"} or text[segment.end() :][:2] == ", "
        if any(c.isdigit() for c in segment.group()) or last or (following and any(c.isdigit() for c in following.group())):
            end = segment.end()
            continue
        return end
