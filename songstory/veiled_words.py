"""Sensitive matters told sideways, by kind: by a sign, a euphemism, or what everybody knew; written as `phrase_table` says.

None of these names its matter. They are the turns in which a paper says what it may not say.
"""

from __future__ import annotations

VEILED_CLASSES = {
    "threw": "threw|throw|throws|throwing|thrown|hurl|hurls|hurled|hurling|flung|flings|lobbed|chucked|flew|flies|flying|aimed",
    "poured": "poured|pours|pouring|emptied|empties|tipped|tips|threw|throws|flung|upended|dumped",
    "drinks": "pint|beer|lager|stout|ale|wine|glass|champagne|drink|cocktail|soup|coffee|jug|bottle|milkshake",
    "staff": """
        waiter|waiters|waitress|receptionist|maid|chambermaid|cleaner|cleaners|assistant|assistants|runner|runners|driver|roadie|roadies|
        engineer|technician|secretary|intern|interns|cook|chef|nurse|porter|steward|stewardess|barman|barmaid|bartender|guard|crew|staff|
        fan|photographer|reporter|journalist|clerk|usher|doorman|hairdresser|stylist|dresser|drummer|bassist|guitarist|singer|keyboardist|
        publicist|promoter|dancer|dancers|wife|husband|manager
    """,
    "coins": "money|dollars|dollar|pounds|pound|euros|euro|francs|marks|lire|kronor|yen|pesos|fee|fees|wages|pay|cheque|share|royalties",
    "luxury": """
        yacht|boat|villa|pool|car|cars|ferrari|porsche|house|horse|racehorse|kitchen|watch|ring|flat|holiday|mansion|jet|ranch|cruise|
        diamonds|furs|vineyard|island|divorce|wedding|chalet|garden|apartment|penthouse|stables
    """,
    "newcomer": """
        girl|girls|woman|women|newcomers|interns|dancers|singers|pupils|students|trainees|choristers|assistants|recruits|each other
    """,
    "sure": "say|says|said|claim|claims|insist|insists|believe|think|swear|suspect|suspected|decided|certain|sure|convinced|guess|guessed",
    "few": "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|hundred|thousand",
    "wiped": "wiped|erased|scrubbed|muted|replaced|re sung|resung|sung again|re recorded|deleted|taped over|recut|given to another",
    "words": "vocal|vocals|verse|verses|voice|part|parts|lines|solo|solos|tracks|drums",
}

VEILED: dict[str, str] = {
    "addiction": """
        something|anything|stuff white, white stuff|dust, white lines on, powder on|up|in|from|that, powders, with a rolled, rolled up ~
        note|
        banknote|dollar|bill, rolled banknote*, rolled note*, mirror and ~ razor|blade, razor blade ~ mirror, chopped ~ lid|mirror|table,
        sugar bowl|that ~ not, sugar ~ never ~ tea|coffee, wraps, a wrap of, little|small|plastic bag|bags of, baggie*,
        funny|special|herbal
        cigarettes|tobacco|tea, sweet smoke, party favours|favors, chemical help|assistance, chemically, nostril*, runny nose,
        a nose that, sniffing, sniffles, the gear, pupils like|wide, dilated, glassy eyed, medicine ~ no doctor, not ~ from a chemist|
        pharmacist, brown sugar ~ spoon, burnt spoon*, bent spoon*, blackened spoon*, spoons ~ burned|black, thermos|teapot|flask|mug ~
        not|
        never ~ tea|coffee|water, not water in, stronger than tea|coffee, cup ~ no tea|coffee, smelled of ~ drink|spirits|alcohol|liquor,
        breath smelled|smelt, smell* of liquor, spirits cabinet, hid|hides|hidden|hide ~ bottles, drinks ~ before noon|breakfast, before
        breakfast,
        thirst, thirsty nights, ashtray ~ spoon, delivery man, deliveries ~ after midnight, man who brought, smoke that, white envelope*,
        little envelope*, foil, crystals, needles, long sleeves
    """,
    "legal dispute": """
        summons, summonsed, summoned to|before, process server*, served ~ papers|notice|documents|summons, served with a|papers|notice,
        {be} served at|in|by|on, serve ~ papers, papers ~ handed|served, hand* ~ papers to, man|woman|courier with papers,
        legal papers, legal documents, case number, registered letter, notary, settlement, a stamped envelope
    """,
    "sexuality": """
        likes|liked|prefers|preferred|fancies|fancied|loves boys|girls|men|women, like* his own sex, own sex, hired|paid|arranged ~
        girlfriend|boyfriend|fiancee|fiance|date, girlfriend|boyfriend|wife|fiancee|husband ~ for show|cameras|press|papers|magazines,
        girl|woman|man on ~ arm, marriage ~ for show|press|label|cameras|cover, cover for his|her|their, hired to ~ keep|hide|stop,
        keep ~ press|magazines|papers|fans|label quiet|guessing|away, so that nobody|no one would|should ask|know|guess, his roommate|
        flatmate|lodger of, flatmate of, roommate of, lodger of, introduced as ~ cousin|secretary|assistant|lodger|nephew|niece|flatmate,
        called ~ cousin|lodger|secretary|flatmate in|to|by, passed off as ~ cousin|secretary|assistant|lodger|nephew|niece, cousin in
        ~ interviews, friend he|she lives|lived with, man he|she lives|lived with, woman he|she lives|lived with,
        the operation, had an operation, sex change, change of sex, operation ~ as, came|come back as, lived|lives|living as a man|woman,
        became a woman|man, born as, {his} old name, {his} birth name, a new name and, under ~ old name, wedding ~ two men|women|brides|
        grooms, two brides|grooms, bachelor all, never ~ married and, {his} tastes,
        that way inclined, not the marrying, of that kind, wrote he ~ for, changed ~ pronoun*, meant a man|woman|boy|girl
    """,
    "religion or politics": """
        tithe*, tithing, tenth of ~ goes|fee|fees|income|earnings|everything, a tenth of, ten per cent ~ church|elder|pastor|temple|god,
        found|finds|met|accepted|discovered|serves jesus|god|christ|allah|faith|religion, jesus ~ saved|told|asked, for jesus, to jesus,
        the lord jesus, of the lord, elder|elders who|of|picks|
        chose|choose|decide*|forbid*|allow*, the elder, the elders, fellowship of|that, brethren, congregation, disciple*, followers of a,
        spiritual leader|teacher|master|guide|adviser, his|her master ~ says|told|forbids, outsiders, outside the
        fellowship|church|community|temple|circle,
        those outside, unbeliever*, believers, gave|gives|signed over all ~ own*|possessions|money|savings, gives all, temple of,
        church of the, church that, church which, church where ~ nobody|members|leader, church ~ forbids|owns|runs|takes, bible study,
        prayer group|meeting|meetings|circle, prays, praying before|with, speaks|spoke|speaking in tongues, tongues, the saved, {be}
        saved,
        retreat ~ leader|master, the leader ~ picks|chose|chooses|forbids|decides|marries, in the|a|their compound, white robes, robes,
        renounce*, gave up ~ for god|jesus, god told, told by god,
        called by god, devout*, pious, ramadan, sabbath,
        a party that|which|whose wants|wanted|would|hates|hated|calls|called|opposes|blames|leader*|aim|aims|program*, party ~ foreigners|
        migrants|immigrants|minorities, foreigners ~ out|gone|home, send ~ foreigners|them home, dues to, party card, party badge,
        membership
        card, member|members|membership of|in a|the ~ party|front|league|movement|brotherhood, carries|carried|holds|held ~ card of,
        pays|paid ~ dues|subscription to|of, national front, brown shirt*, blackshirt*, skinhead*, hooligan*, swastika*, armband*,
        salute*,
        ultras, marches|marched with|behind, against foreigners|immigrants|migrants|jews|muslims|gays|blacks|minorities, pure blood,
        fatherland, banned party|organisation|organization|group, prophet
    """,
    "abuse": """
        {threw} ~ at ~ {staff}, {threw} ~ at him|her|them|people, flew|flies|flying past ~ {staff}, flew|flies|flying past ~ head|ear,
        ducked ~ bottle|glass|plate|chair|phone|telephone|ashtray, warn* ~ alone, warn* ~ {newcomer}, {newcomer} ~ warned, told
        ~ {newcomer} ~ not to|never, {newcomer} ~ told ~ not to|never, not|never|nobody|no one|none|avoid*|refus* ~ alone with,
        be|left|being|stay alone with him|her|the, not to get in|into the lift|elevator|car|taxi with, in|into ~ lift|elevator with,
        hands to himself, wandering hands, hands ~ wander*, {newcomer} ~ in pairs, lock* ~ doors when, locked ~ door ~ when|behind,
        kept ~ distance from him, knew not to, learned|learnt not to, whisper network, list ~ of men, {newcomer} ~ cried|crying|tears,
        flinch*, walk* on eggshells, sunglasses ~ indoors|bruise|eye, covered with make up, makeup ~ cheek|eye|neck, fell down ~ stairs,
        walked into a door, quiet when he, hid* from him|her, made ~ cry, {be} made to ~ kneel|strip|beg|apologise|sleep,
        fines for, fined ~ singers|band|musicians|players, docked ~ pay, spat in|at, kept ~ passport*
    """,
    "money": """
        wait|waiting|waits|waited for his|her|their ~ {coins}, waiting to be paid, waits to be paid, waited ~ to be paid, still owed,
        never|not got|received|saw|given his|her|their ~ {coins}, last|final ~ {few} ~ euros|dollars|pounds|francs|coins|pennies|pence,
        last|final euros|dollars|pounds|coins|pennies|pence, his|her|their last|final {few}, down to his|her|their last|final, last coins,
        two|second|three|double set|sets|pair|pairs of books|ledgers|accounts, one ledger|book|set for, ledger for, ledgers, kept ~
        ledger,
        books for the ~ taxman|tax|label|band, not for the rent|wages|bills|band, rent ~ not paid|unpaid|late|overdue, late with ~ rent,
        could not|cannot afford, slept|sleeps|sleeping on ~ floor|floors|sofa|sofas|benches, slept ~ in the van|station, lived on bread|
        rice|noodles|biscuits, nothing to eat, sold {his} ~ to eat|for food|for rent, cheque* bounced, bounced cheque*, card was declined,
        card ~ declined, {coins} bought ~ {luxury}, paid|pays|paying for ~ {luxury} of|and, advance ~ bought ~ {luxury},
        bought ~ manager|{his} ~ {luxury} with, {luxury} of the manager|promoter|label|producer, {coins} ~ went on|into|to ~ {luxury},
        while the ~ slept|starved|went|lived|walked, paid in beer|sandwiches|promises|exposure, worked for nothing, work* unpaid,
        worked ~ without pay, the bank took, furniture ~ collected|taken|sold, pawnbroker*, pawn*, sold {his} ~ piano|guitar|car|ring to
        pay,
        electricity ~ cut, phone ~ cut off, taxman, tax inspector*, tax men
    """,
    "dismissal": """
        voted|vote|votes ~ off|against him|her|him|her|them, by ~ votes to, {few} votes to, vote of no, decided|agreed|ruled|resolved ~
        would|
        should|could not|never ~ come|tour|return|play|sing|go|join|appear|record, did not|not|never|declined to take|took|taken up
        ~ option, option on, option ~ not|lapse*|expire*, did not renew|extend, not renewed|extended, contract ~ ran out|lapsed|expired|
        run out, {words} ~ {wiped}, {wiped} {his} ~ {words}, {words} ~ sung|played again by, sung|played again by
        somebody|someone|another|a,
        {words} ~ taken off|removed|overdubbed by, {be} pushed, jumped or ~ pushed, pushed not, jump ~ pushed, whatever the ~ press
        release|
        statement|label ~ says, cropped ~ photo*|picture, {be} cropped, cut out of the photo*, left off the
        poster*|sleeve|photo*|tour|bill,
        painted over, given to somebody|someone|another else, learned|learnt|found out|heard ~ from a|the|his|her ~
        fan|poster|email|website|
        bus driver, by email, by fax, by text message, by telegram, no longer on the payroll, payroll, keys back, hand* back ~ keys,
        asked for ~ keys, his|her chair was, new singer before, another singer|drummer|bassist|guitarist|player was already, was already
        rehearsing, one seat too, seat on the bus was, ticket ~ cancelled, suitcase ~ stood|outside|waiting, out on the street
    """,
    "accusation": """
        sleuth*, forums, message boards ~ {sure}, reddit, forum ~ {sure}, commenters, bloggers ~ {sure}, fans {sure}|have|are ~ that,
        fans ~ {sure} ~
        stole|lied|wrote|killed|cheated|hid|paid, some|many|people|others|neighbours|insiders|colleagues|sources {sure} ~
        that|he|she|his|her,
        some|many|people|others|neighbours|insiders {sure}, internet ~ {sure}, {be} certain ~ that, theory that, fan theories,
        denies|deny|denied|denying, says|insists|maintains|swears|swore|insisted|maintained he|she|they ~ never|not|innocent|knew|nothing,
        says he|she|they never|did|had|was|knew, insists|maintains|swears he|she|they, {his} innocence, {be} innocent of,
        insists|maintains|swears ~ innocent, proclaim* ~ innocence, never touched|laid|took|met|knew|saw the|
        them|it, had nothing to do, nothing to do with, clear {his} name, cleared {his} name, {his} version of, whatever he|she says,
        no comment, would not comment, declined to comment, refus* to comment, too similar, convenient*, suspicious*,
        asked about the ~ missing|fire|night|accident|letter*|money
    """,
    "feud": """
        {poured} ~ {drinks} ~ over him|her|the|a|his|its|{staff}, {poured} ~ {drinks} ~ over, {drinks} ~ poured|emptied|tipped over, a
        swipe,
        swipe* at, swiping at, a sideswipe, taken|read|heard|understood|meant|seen ~ as ~ swipe|attack|dig|insult|jab|slight|rebuke,
        aimed at {his}|an ~ old|former|first, not|never|nobody ~ invited|asked to, nobody invited, without inviting,
        everyone|everybody|all
        ~ invited|asked but|except, everyone|everybody|all ~ but|except ~ invited|asked, all but ~ invited|asked, reunion ~ without|not|
        nobody|except|but, left off ~ guest list, not on ~ guest list, does|did|do|will|would not answer {his}, does|did|do|will|would not
        return ~ calls|letters, returned ~ unopened, unopened, never say* {his} name, not say {his} name, name ~ not|never spoken,
        name is not ~ spoken|said|mentioned, in different hotels|cars|buses|rooms, different hotels|buses, travel* in separate, not look*
        at,
        crosses|crossed the street, leaves|left the room when, would|will not shake, shake hands with, tore up|tears up {his}|the|a
        ~ photograph|picture|letter|contract, cut {his} face, keyed {his}, let down {his} tyres, traded barbs, barbed, sour grapes,
        last straw, sent back ~ wedding, not at ~ wedding|funeral, stayed away from ~ wedding|funeral
    """,
    "self-harm": """
        hid|hides|hide|hiding|hidden|lock|locks|locked|takes|took|keeps ~ keys|knives|pills|razors|razor|medicine|tablets|powders|belts
        ~ from|away|when, hid|hides|hide|hiding ~ car keys, knives ~ drawer|locked, powders from,
        scar|scars|mark|marks|cuts|plaster|plasters|
        bandage|bandages on|at|round|around|across|under ~ wrist|wrists|arm|arms|forearm|throat|neck|cuff|cuffs|sleeve|sleeves,
        wrist|wrists ~ scar*|bandage*|stitch*|plaster*|cuff*|tape*, bandag* ~ cuff*|sleeve*|wrist*, long sleeves in, farewell, goodbye
        note,
        note ~ goodbye|farewell|sorry|pillow|forgive, left ~ note for|to|on|that|saying, letter ~ began|said|read ~
        not|sorry|forgive|when,
        do not look for, don't look for, forgive me, by the time you, letter ~ to be opened, letters to ~ opened after, put {his} affairs,
        gave away ~ guitars|belongings|cat|dog|records|everything, nobody left him|her|them alone, not|never left ~ alone at|after|since,
        someone|somebody|friend|friends ~ sat|slept|stayed|watch* ~ night, slept outside|across {his} door, balcony ~ locked|door|rail*,
        windows ~ locked|screwed|nailed, river ~ coat|shoes, shoes ~ bridge|beach|shore|platform, talked ~ down from, fished ~ out of,
        pulled ~ from the ~ river|canal|sea|lake|water|railing*, stood on ~ bridge|roof|parapet|railing*, parapet
    """,
    "divorce": """
        wife|husband|spouse ~ recognised|recognized|heard ~ herself|himself, wife|husband ~ recognised|recognized, packed|packs|packing
        a|her|his|their ~ bag|bags|suitcase|suitcases|things|trunk, took|takes|taking the|her|his children|kids|boys|girls to,
        back to|with her|his mother|parents, moved back to|in with {his} mother|parents, sleeps|slept in the guest|spare room, guest room,
        no longer wears, without|no ~ wedding ring, ring ~ missing|gone|tray|drawer, wedding photograph* ~ cut|burned|gone, house ~ sold ~
        two|half, half the furniture, divided the furniture|records|house, new curtains and, second toothbrush, papers on the kitchen
    """,
    "relationship": """
        with|wearing|in|had|shared|share the same ~ sunburn|tan|hotel|taxi|room|island|perfume|shirt|scarf|beach|ring|key, same
        sunburn|tan,
        same tan, asked|ask|asks if|whether ~ about|for|meant, if|whether it is about, is it about, only|just|merely
        smiled|smiles|
        smile|smiling|laughs|laughed|blushes|blushed|grins|grinned|winks|winked, smil* when asked, blush*, will|would|does|did not say
        who|
        whether|whom|if|which, refus* to say who|whom|if|whether, married ~ weatherman|producer|actor|actress|singer|footballer|man|woman|
        minister|manager|director|neighbour|dentist|teacher, wears|wore {his} shirt|scarf|coat|jumper|ring|jacket, {his} toothbrush,
        two toothbrushes, two|one coffee cups|cup|bed|key, by the back door|stairs|entrance, left ~ by the back, not ~ alone in ~
        hotel|room,
        only one bed|room, one|single room ~ two, lipstick on, an earring, perfume on, phone ~ off all, weekends in, late night
        calls|visits,
        his car ~ outside her, her car ~ outside his, outside his|her house|flat all, breakfast together, at breakfast ~ together, seen
        at ~ window, not ~ for {his} wife|husband, who is not {his} wife|husband, not {his} wife|husband
    """,
    "minors": "teenage sister|brother|daughter|son, schoolbag, homework, school uniform, school bus",
    "money gone missing": """
        asked|ask where ~ {money}, jar|box|tin|envelope|till ~ empty|lighter|short, nobody ~ found|saw ~ {money}, new car ~ week|month
        after,
        week|month after ~ new car, {money} ~ meant for, only he|she had the combination, key to the ~ safe|box|till|office
    """,
}
