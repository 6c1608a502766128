"""Words that say whose an address is: of a life, of a flat, and of public houses that only sound like a home."""

from __future__ import annotations

from songstory.patterns import lazy

# Houses that are nobody's home though a word for one stands in their name: Casa da Música, Maison de la Radio, Haus der Kulturen.
PUBLIC_HOUSE = lazy(
    r"(?i:\bcasa (?:d[aei]l{0,2}a? )?(?:m[úu]sica|cultura|popolo|pueblo|teatro|discografica|editrice|arte|espa[ñn]a)\b"
    r"|\bmaison (?:de la |des |du |d[’'])(?:radio|culture|disque|jeunes|arts?|peuple|musique|op[ée]ra|associations)\b"
    r"|\bhaus (?:der|des) (?:kultur\w{0,4}|jugend|rundfunks|musik|kunst|berliner)|\bdom kultury|\bhuis van de muziek"
    r"|\b(?:opera|concert|play|guild|custom|ale|coffee|picture|court|public|music) ?house\b)|дом\w? культуры|[Дд]ом\w? радио|文化の家"
)
_KIN = (
    r"mother|mum|mom|mam|father|dad|parents?|folks|grand(?:mother|father|ma|pa|parents?)|nan|aunt(?:ie)?|uncle|sister|brother|cousin"
    r"|niece|nephew|friend|mate|neighbou?r|girlfriend|boyfriend|wife|husband|partner|fianc[ée]e?|daughter|son|in-law|widow|manager"
)
# Words of a life: they say that an address is a home where nothing says that it is a house of work.
LIVING = lazy(
    rf"(?i:\b(?:his|her|their|my|our|your|[a-z]{{2,12}}[’']s) (?:\w{{1,10}} )?(?:{_KIN})s?[’']s?(?!\w)"
    r"|\bwhere (?:[\w.’'-]{1,20} ){1,4}(?:lives?|lived|stays?|stayed|sleeps?|slept|grew up|was (?:born|raised))\b"
    r"|\b(?:moved|moves|moving|relocat(?:ed|es|ing)) (?:(?:back|house|home|out|up|down|over) )?(?:in|into|to|with)\b"
    r"|\b(?:born|raised|brought up|grew up|sleeps|slept|lodg(?:es|ed|ing)|rent(?:s|ed|ing)|babysat) (?:at|with)\b"
    r"|\bunder (?:a|the|his|her|their|my) bed\b|\bon the (?:stairs|landing|sofa|couch|balcony)\b|\b(?:front|spare|box|living|dining) room\b"
    r"|\b(?:porch|bed-?sit\w{0,5}|door ?bell|(?:top|first|second|third|ring the|bottom) bell|letter ?box|front door|back ?yard|back garden"
    r"|garden shed|land(?:lady|lord)|flatmates?|roommates?|lodgings?|lodger|digs|nursery|mother-in-law|hometown address)\b"
    r"|\b(?:come|came|drop(?:ped|s)?|pop(?:ped|s)?|call(?:ed|s)?|went|go|back|round|over) (?:(?:in|by|on|round|over|back|up|along) )?"
    r"(?:to|at) (?:mine|his|hers|ours|theirs|yours)\b|\bat (?:mine|ours)\b"
    r"|\bd[ée]m[ée]nag\w{1,6}|\bs[’']install\w{1,6}|\bmud(?:ó|ou|aron|aram)\b|\b(?:si )?trasfer[ìi]\w{0,4}|\btrasloc\w{1,4}|\bverhui\w{1,5}"
    r"|\bzog(?:en)? (?:\w{1,8} ){0,2}(?:in|nach|zu|um)\b|\bumgezogen\b|\bflytt(?:ade|et|ede|er|ar)\b|\bprzeprowadz\w{1,6}|\bmuutti\b"
    r"|\bpřestěhova\w{1,3}|\bpreselil\w?\b|\bköltözött\b|\btaşındı\b|\bs-a mutat\b"
    r"|\b(?:seine[mnr]|ihre[mnr]|meine[mnr]) (?:mutter|oma|opa|gro(?:ß|ss)mutter|schwester|tante|eltern|vater|bruder|freundin?)\b"
    r"|\b(?:sa|ma|son|mon|ses|leurs?) (?:m[èe]re|p[èe]re|grand-?m[èe]re|s(?:œ|oe)ur|fr[èe]re|tante|oncle|parents)\b"
    r"|\b(?:su|mi|sus|mis) (?:madre|padres?|abuel[ao]s?|herman[ao]|t[íi][ao]|suegra|novi[ao])\b"
    r"|\b(?:sua|mia|suo|suoi|seu) (?:madre|padre|nonn[ao]|sorella|fratello|zia|genitori|m[ãa]e|pai|av[óô]|irmã[o]?|tia)\b"
    r"|\b(?:haar|zijn|mijn) (?:moeder|vader|oma|zus|broer|ouders|tante|vriendin)\b"
    r"|\b(?:hennes|hans|sin|sina|sine) (?:mamma|mor|far|pappa|mormor|syster|søster|bror|föräldrar|foreldre|forældre)\b)"
    r"|[Пп]ереехал|у (?:матери|мамы|бабушки|родителей|сестры|брата)|引っ越|実家|下宿|暮ら|본가|이사|搬到|搬进|搬進|老家|母亲家"
)
# A number of a flat behind the number of the house.
FLAT = lazy(
    r"\s?[,;/–-]?\s?\(?(?:(?i:(?:flat|apt|apartment|apto?|ap|app(?:artement|artamento|t)?|piso|puerta|pta|esc(?:alera)?|interno|int|scala|m|lok"
    r"|mieszk\w{0,4}|кв|квартира|ап|stan|wohnung|whg|t[üu]r|stiege|lgh|leil|bt|ajtó|byt|daire|d[aeé]pto|depto|departamento|portal|sc|[ée]tage"
    r"|porte|bo[iî]te|bte|hs|bsk|h\.?ø)\b[.:]? ?(?:n[rº°o]\b\.? ?)?#?(?:\d{1,5}|[A-H]\b)"
    r"|\d{1,2}[º°ª] ?(?:izq\w{0,8}|de?re?ch?a|dto|esq\w{0,6}|[a-h]\b|\d)"
    r"|\d{1,2}\. ?(?:og|stock|etage|emelet|sal|t\.?[hv]|vån|krs|patro|poschodie|kat)\b|\d{1,2}(?:e|er|ème|de) (?:étage|verdieping)"
    r"|bajo [a-h]\b|hinterhaus|vorderhaus|seitenflügel)"
    r"|[^\s。]{0,12}(?:コーポ|ハイツ|荘|マンション|アパート|メゾン|ハイム|レジデンス|団地)|[^\s。]{0,12}\d(?:号室|號室|室|호)|\d{1,3}(?:单元|單元|楼|樓))"
)
