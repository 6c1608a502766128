"""The words of sensitive matters by kind; how a table is written says `phrase_table`.

The kinds follow Wikipedia's rule on living persons and the moderation classes of music services. Those of this module are
events that happened in the open: one trusted source and an editor are enough. The grave ones stand in `grave_words`.
"""

from __future__ import annotations

from songstory.grave_words import GRAVE_KINDS
from songstory.veiled_words import VEILED, VEILED_CLASSES

CLASSES = {
    "money": """
        money|cash|royalt*|takings|funds|savings|earnings|proceeds|advance|fee|fees|wages|salary|pension|profits|cheque*|accounts|
        account|books|bank|deposit|donations|grant|till|budget|dollars|pounds|euros|thousands|millions|payments|payment|sum|sums
    """,
    "took": """
        took|take|takes|taking|taken|kept|keep|keeps|keeping|pocket*|stole|steal*|spent|spend*|siphon*|skim*|diverted|diverting|diverts
    """,
    "gone": "missing|gone|vanish*|disappear*|unaccounted|misplaced|misspent|misus*|misappropriat*|withheld|drained|emptied|short|lost",
    "band": """
        band|bands|group|groups|label|line up|lineup|company|trio|quartet|duo|orchestra|choir|studio|job|post|firm|tour|project|team|
        management|manager|producer|singer|guitarist|bassist|drummer|keyboardist|act|cast
    """,
    "family": """
        wife|husband|spouse|partner|girlfriend|boyfriend|fiance|fiancee|children|child|kids|son|sons|daughter|daughters|baby|family|
        marriage|ex|mistress|lover
    """,
    "kin": """
        mother|father|brother|sister|wife|husband|son|daughter|child|baby|parents|mum|mom|dad|grandmother|grandfather|twin|friend|
        bandmate|partner|girlfriend|boyfriend|fiance|fiancee|aunt|uncle|cousin|manager
    """,
    "child": "1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17",
    "his": "his|her|their|its|the",
    "be": "was|is|were|are|been|being|be|got|gets|get|getting",
    "colleague": """
        brother|sister|bandmate*|band|group|guitarist|bassist|drummer|singer|keyboardist|producer|manager|label|partner|rival*|
        colleague*|director|songwriter|writer|co writer|rapper|frontman|former|wife|husband|mother|father|family
    """,
    **VEILED_CLASSES,
}

# Words that most texts hold: no phrase is looked for because of one of them if it has a rarer word.
COMMON = frozenset(
    """
    a about act after again against album all an and appear are as ask asked at back band bands bass bassist be beat beats became
    because become been before behind being both boy break by call called calls came cast chart charted charts choir come comes coming
    company compose composed content copies country couple credit credits dance danced demo demos director down drum drummer drums duo
    each eight eleven end enter film films first five for four from gave get gets getting girl give given go goes gone got group groups
    guitar guitarist had has have having head hear heard help helped her hers him his hit hits house i in into is it its just keep kept
    label labels last late lead left life live lost love loves made make makes man manager mean more music never nine no not of off old
    on one only open orchestra other out over own part performed place places play played plays produce produced producer project radio
    ran record recorded recording records room rooms run said same sang saw second see seen seven shot show shown shows side sing singer
    singers single singles six songwriter spend spent state string strings studio sung take taken takes taking tape tapes team ten than
    that the their them then there they this three time to told too took tour track tracks trio turn turned twelve two under up video
    vocal voice voted walk walked walks want wanted was went were what when where which who with woman word words world write written
    wrote year years
    """.split()
)

_OPEN_KINDS = {
    "legal dispute": """
        lawsuit*, sued, suing, sues, to sue, plagiari*, infring*, copyright claim, copyright case, settlement, settled out of court,
        out of court, litigat*, defam*, libel*, slander*, injunction*, damages, to court, in court, before a judge, a judge,
        legal action, legal battle, legal fight, legal threat*, legal dispute, lawyers, solicitors, tribunal, broke ~ contract,
        cease and desist, subpoena*, arbitration, ripped off, rip off, copied ~ from, took ~ to court, writ, unauthorised, unauthorized,
        took ~ high court, high court, supreme court, court of, a filing, court filing, court papers, filed against, filed suit,
        filed for, a writ, writs, appeal court, contested ~ credit|copyright|will, lifted from {his} ~ demo|song, a settlement,
        undisclosed sum, paid ~ to drop, dropped ~ claim, gagging order, non disclosure, give up half of, gave up half,
        half of the song in, in a settlement, settled with, settle with, settled the, settled for, settle the case, agreed to pay,
        ordered to pay, {be} ordered to, court order*, court ordered, ordered by a court, won ~ case, lost ~ case, the case, this case,
        a case against, case against, class action, legal, legally, illegally sampled, uncleared sample, sample ~ cleared|clearance,
        copyright, rights dispute, dispute over|about|with, ownership of, claim* a share, claimed ownership, claimed authorship,
        authorship dispute, rival claim, rights to the, trade mark, trademark*, licence fee, royalty claim*, broke {his} contract,
        breach*, barrister*, attorney*, affidavit*, deposition, petitioned, patent, plaintiff*, defendant*, appeal against, appealed,
        hearing at|in|before, overturned, upheld, jury, expert witness, solicitor's letter, legal letter, warning letter
    """,
    "death": """
        died, dies, death*, dead, dying, funeral*, obituar*, fatal*, posthumous*, passed away, drown*, hanged, plane crash, car crash,
        air crash, car accident, road accident, motorcycle accident, crash that, late husband, late wife, late {kin}, widow*, bereav*,
        grief, griev*, mourn*, lifeless, corpse*, body was, dead body, coffin, cremat*, burial, buried {his}, stillborn, terminal,
        lost {his} {kin}, loss of {his} {kin}, lost ~ to cancer, lost {his} life, loss of ~ life, did not live, not live to,
        no longer alive, no longer with us, lived only, lost their lives, lost lives, life support, turned off the machine*,
        last breath, last days, last hours, final days, final hours, hospice, autopsy, inquest, coroner*, post mortem, mortuary,
        wake for, wreckage, wreck, killed in, killed by, perish*, orphan*, ashes, grave, graves, graveside, cemetery, eulogy, memorial,
        murdered, slain, the crash, an accident, accidentally, tragedy, tragic*, gave way, {be} crushed, electrocut*, suffocat*,
        burned to, went down with|over|off, was never found, never woke, never came home, outlived, survived by, estate of {his} late,
        buried {his} wife|husband|mother|father|son|daughter|child|brother|sister|friend, {be} killed, killed on, killed when,
        never lived, never lived to, lived to see, did not survive, not survive, survived him|her, survived the crash|accident|fire,
        {his} killer, lost a child|son|daughter|brother|sister|friend|parent|baby, loss of a|his|her|their, {his} loss,
        his last recording before, last recording before, tomb, headstone, requiem for {his}, in memory of his|her|their,
        memory of {his} late, memory of his|her dead, memory of ~ who died, avalanche, earthquake, shipwreck*, shooting of, stabbing of,
        assassin*, {be} executed by|for|at, electric chair, gallows, massacre*, genocid*, war dead, fell in the war, killed in action,
        missing in action, presumed dead, declared dead, found dead, turned up dead, dropped dead, gave up the ghost, next of kin,
        suicid*, killed himself, killed herself, took|taken|taking {his} own life
    """,
    "dismissal": """
        fired from, {be} fired, fired {his}, fired by, fired the, fire {his}, firing of, {be} sacked, sacked, sacking, dismiss*,
        {be} let go, let ~ go from, {be} axed, axed from, oust*, expel*, expuls*, kicked out, kicked ~ out of, thrown out,
        threw ~ out of, pushed out, forced out, forced ~ out of, forced to resign, forced to leave, forced to step down, shown the door,
        show* ~ the door, dropped by, {be} dropped from, drop ~ from the {band}, lost {his} job, lost {his} contract, lost {his} deal,
        lost {his} record deal, lost {his} place in, asked to leave, told to leave, asked ~ to leave, told ~ to leave,
        asked ~ to resign, resigned, resignation, stripped of, suspended from, {be} suspended, {be} replaced as,
        {be} replaced by ~ drummer|bassist|singer|guitarist|musician|player|producer, replaced ~ after, laid off, redundan*, terminated,
        termination, removed from ~ {band}, {be} removed from, banned from, barred from, blacklisted, not invited back,
        cut from the {band}, out of a job, given ~ notice, ended ~ contract, tore up ~ contract, left ~ under a cloud, frozen out,
        edged out, sent packing, sent home, handed {his} cards, {his} cards, {his} notice, notice on, marching orders, p45, pink slip,
        found another ~ in {his} place, in {his} place, in {his} stead, in her stead, did not quit, not quit, no longer in the {band},
        no longer part, no longer welcome, no longer needed, not wanted, no longer required, not been mentioned, not mentioned ~ since,
        clear {his} ~ out, clear out {his}, cleared {his} desk, locks changed, changed the locks, too old for, too old, too fat,
        too heavy, too slow for, not good enough, ran out of patience, replaced without, without telling, learned ~ from the press|
        papers|newspaper|radio, read in the ~ paper|press that, found out ~ from the press|papers|radio, erased from, airbrushed,
        written out of, parts were wiped, wiped ~ part*|vocals, re recorded without {his}, overdubbed without, contract was not,
        not renewed, let {his} contract, cut loose, bought out, demoted, demotion, passed over, relieved of, parted company,
        parted ways, left the {band}, quit the {band}, quit|quits|leaving the {band}, walked away from the {band},
        {be} out of the {band}, told ~ out of, that {his} services, services ~ no longer, the boot, got the boot, given the boot,
        the push, the chop, the sack, the axe, the elbow, heave ho, voted out, {be} voted out, dispensed with, dispense with, discharg*,
        left behind when, left out of the line up|lineup|band|group|tour, taken off the project|record|album|sleeve|tour|case,
        taken off ~ sleeve, {his} name ~ off the sleeve, name removed, {his} contract torn|cancelled|canceled|ended|terminated|voided|
        broken, contract was torn|cancelled|canceled|ended|voided|bought, eas*|edged|squeezed|frozen|shut|drummed|drove|driven|
        hounded out, squeezed out, drummed out, driven out, hounded out, shut out, booted, ditched, dumped, jettison*,
        let down by ~ label, replaced on ~ tour|stage|record by, replaced her|him with|by, replac* {his} ~ drummer|singer|bassist|
        guitarist|manager|producer, take|took|taking his|her|their place, understudy, stand in for {his}, stood down, stand down,
        step down, stepped down, stepped aside, quit under, quit after, quit over, pay off, paid off, severance, leave of absence,
        gardening leave, on notice, final warning, disciplinary, ban, banned by the {band}|label, never invited, not asked back,
        not called back, uninvited, deselected, downgraded, sidelined, benched, cut from ~ line up|cast|choir|team, excluded, exclusion
    """,
    "feud": """
        feud*, fell out with, fell out over, falling out, fallen out, falling out with, fallout between, fall out with, quarrel*,
        row with, rows with, a row, bitter row, rowed, argued, arguing, argument*, came to blows, exchang* blows, insult*, fist fight*,
        fistfight*, a fight with, fought with, fought over, fought {his}, fighting with, brawl*, scuffl*, punch-up, punch up, punched,
        threw ~ punch, threw ~ bottle|chair|glass|microphone|guitar|ashtray|plate|punch at, headbutt*, not speak* to, not spoken to,
        never spoke to, never spoke again, not spoken since, no longer spoke, no longer speak*, no longer on speaking terms,
        on speaking terms, not speaking, stopped speaking, refus* to speak, refus* to work with, refus* to share, refus* to sing with,
        refus* to appear with, refus* to be in, at odds, at loggerheads, bad blood, animosit*, hostil* between|toward*|to, hatred,
        hated ~ other|{colleague}, hates {his}, resent*, rivalry, rift, tension* between|in the|with|within, clash*, dispute with|over|
        between|about, dispute, disputes, stormed out, storm* out of, walked out, walked out on, walk* out of the|a session*|band|group|
        studio|meeting|tour, war of words, diss track*, diss, dissed, dissing, attack on, attack* on {his}, attacked {his},
        attacked the|a, grudge*, revenge, vendetta*, acrimon*, bitter split, bitter breakup, bitterly, estrange*, ended ~ friendship,
        end of ~ friendship, friendship ended, cut ~ out of {his} will, shouting match, shout* at, yell* at, scream* at, swore at,
        spat at|on|in|with, ultimatum, slammed ~ door, by lawyers only, separate dressing rooms, separate rooms, separate buses,
        would not be in the same room, same room as, unfollow*, mock* {his}, mocking {his}, taunt*, cursed {his}, enmity, enemies,
        enemy, sworn, ruined ~ friendship, turned ~ back on, severed ~ ties, cut ties, broke ties, cut ~ contact, blocked ~ number,
        called him|her|them a|an, not exchanged a word, exchange* ~ word, never ~ see each other, need never see, never see ~ again,
        own bus, separate hotel*, separate planes, separate cars, separate flights, separate studio*, separate sessions, kept apart,
        at opposite ends, opposite sides of the, apart for, never ~ same stage, would not sing with|play|work|record|tour,
        would not speak, will not speak, not on the same, answered with a track, answer track, answer song to, directed at {his},
        dig at, digs at, jibe*, jab at, snub*, ignored {his}, cold shoulder, frosty, icy, civil war, camp* of, power struggle,
        struggle for control, fight for control, custody of the name, rights to the name, two versions of the band,
        creative differences, differences with, personal differences, disagree*, at each other, {his} nemesis, rivals,
        one of them had to, him or me, her or me, refused to sign|play|finish|go on|perform|release, boycotted {his}, broke up with,
        broke with, break with {his}, split from {his}, split with, split from ~ manager|label|band|group, splitting up, the split,
        breakup, implod*, cannot stand, could not stand, can't stand, couldn't stand, swore never, vowed never, never to work,
        never work with, never again work|play|speak|record|tour, have it out, had it out, at war, went to war, declared war,
        get back at, got back at, get even, got even, payback, screaming match, slanging match, called the ~ a nobody|fool|idiot|fake|
        hack|coward|joke, called ~ a nobody|fool|idiot|hack|joke, a nobody, talentless, pushed ~ off, pushed {his} ~ off|over|down|into|
        aside, shoved ~ off, tripped, bad terms, on bad terms, parted on, uneasy, unhappy with {his}, furious with|at, angry with|at,
        anger at, fury at, rage at, enraged, incensed, outraged by {his}, despis*, loath*, detest*, dislik*, cannot bear,
        could not bear, contempt for, scorn*, ridicule|ridiculed|ridicules|ridiculing, jealous*, envy, envious, envied, {be} out of
        spite, spiteful, malic*,
        poison pen, hate mail, dead fish, threat*, only ~ through lawyers|managers|intermediaries, through lawyers,
        communicat* ~ through, communicated only, refused to talk, refuses to talk, refus* to meet, not on terms, not friends,
        no friends, no longer friends, enemies since, fell apart, drift* apart, grew apart, cool* relations, soured, sour relationship,
        turned sour, turned against, turned on {his}, sided against, ganged up, camps, two camps, took sides, mutin*, revolt*,
        rebelled against, stand off, standoff, stalemate, deadlock, impasse, confront*, altercation, shouted down, talked down,
        undermin*, smash* {his} guitar|car|door|window over, chased {his} ~ out, throw* ~ out of the studio|room|house,
        threw {his} ~ out of the studio|room|house, banned {his} ~ from the studio|session|stage|house, locked {his} ~ out of,
        told {his} to shut|leave, walked off, walk* off ~ stage|set|tour|session, left ~ in anger, in anger, in a rage, in a huff,
        in tears, reduced ~ to tears
    """,
    "divorce": """
        divorc*, separated from {his}, separat* from {his} {family}, {be} separated from, their separation, {his} separation,
        separation from, left {his} wife|husband|family|fiance|fiancee, {be} left by {his}, end of {his} marriage, marriage ended,
        marriage was ending, marriage broke, marriage fell, marriage collapsed, marriage ~ end|over|breakdown|collapse|crumbl*,
        breakdown of ~ marriage, failed marriage, failing marriage, broken marriage, troubled marriage, {his} ex wife, {his} ex husband,
        {his} exwife, ex wife*, ex husband*, ex spouse, alimony, prenup*, annul*, moved out of {his}, called off ~ wedding|engagement,
        broke off ~ engagement, jilt*, at the altar, the decree, decree absolute, decree nisi, man and wife, no longer ~ married,
        no longer ~ man, lived apart, living apart, sleeping in separate, separate bedrooms, wedding was, second wife, first wife,
        third wife, second husband, first husband, third husband, former wife|husband, remarr*, wedding ring, took off {his} ring,
        trial separation, walked out on, break up ~ marriage, home wrecker, their break up|breakup|split, {his} ~ split from|with,
        end of the relationship, broke {his} heart, left him|her for|after|because|and|with|when|on|in, left him for, left her for,
        broken home, split up with,
        split from {his} wife|husband|partner, split with {his} wife|husband, marriage, marriages, wife of ~ years, husband of ~ years,
        wife's affair, husband's affair, wife walked|left|threw, husband walked|left|threw, filed the papers, filed ~ papers, filed for,
        walked out of the marriage, walk* out of {his} marriage, out of the marriage, unhappy marriage, unhappily married, loveless,
        left {his} family, leaving {his} wife|husband, married ~ times, three times married, twice married, thrice married,
        married again, rebound, singles again, single again, newly single, settlement with {his} wife|husband, ex wives, ex partner,
        {his} ex, an ex, an ex boyfriend|girlfriend|lover|partner
    """,
}

KINDS = {kind: f"{words}, {VEILED.get(kind, '')}" for kind, words in {**GRAVE_KINDS, **_OPEN_KINDS}.items()}
GRAVE = frozenset(GRAVE_KINDS)
