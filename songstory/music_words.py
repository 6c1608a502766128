"""The language of music, and names that only sound like a sensitive matter: they are taken out of a text before it is judged.

How a table is written says `phrase_table`.
"""

from __future__ import annotations

MUSIC_CLASSES = {
    "part": """
        chorus|verse|bridge|hook|riff|beat|beats|groove|track|tracks|song|songs|single|album|melody|tune|line|bassline|bass|drum|drums|
        drop|solo|section|vocal|vocals|voice|guitar|guitars|piano|synth|intro|outro|coda|refrain|break|tempo|sound|rhythm|note|notes|
        chord|chords|key|take|arrangement|mix|remix|edit|cut|record|demo|hit|ballad|anthem|sample|loop|strings|organ|snare|blues|tape|
        bar|bars|setlist|playlist
    """,
    "format": """
        single|singles|b side|b sides|a side|double|ep|lp|album|cd|download|digital|vinyl|promo|promotional|maxi|twelve|seven|12|7|
        record|picture disc|cassette|video|live|remix|limited|follow up|lead|second|third|first|fourth|fifth|free|reissue|bonus|flip|
        standalone|soundtrack|triple|instrumental|radio|commercial
    """,
    "prize": "award|awards|prize|prizes|grammy|grammys|trophy|trophies|brit|top",
    "style": "jazz|reggae|disco|pop|punk|country|soul|funk|rock|blues|gospel|folk|metal|house|techno|swing|latin|hip",
    "laughter": "laughter|giggles|silence|noise|feedback|applause|song|tears|dance|falsetto",
    "art": "the|a|an|its|his|her|their",
}

MUSIC = r"""
    shooting ~ scene|scenes|footage|shot|shots|clip|clips, out of character, rehearsed|played|done|worked|loved|covered|bored|
    tickled to death, depress* ~ pedal|pedals|key|keys|button, custody of ~ library| archive|archives|museum|estate, in safe custody,
    dying battery|batteries|amp|amplifier|ember|light|sun|note, {be} beaten with ~ mallet*|stick*|brush*|maraca*|spoon*|hand|hands|
    chain*, came|come|comes|coming out as|on {art} {format}, came| come|comes|coming out as|on {format}, coming out party,
    {part} came|come|comes|coming back as|on|in, compound time|meter|metre|duple|triple|quadruple,
    killer {part}, killer app, murder ballad*, dressed to kill, shot in| on black|film|location|video|colour|color|one|a|slow|digital|
    widescreen|high|\d+, shot on|at|over|around|along ~ beach|desert|day| days|roof|rooftop|street|studio|weekend|night|hotel|theatre|
    warehouse|weeks|hours, shot {art} photograph*|photo|photos|portrait*|video|videos|clip|clips|
    film|footage, shot {art} cover|sleeve|album|single|first|second|music|promotional|whole|official photograph*|photo|photos|picture*|
    image*|video|videos|clip|film, like|as ~ slot machine*, photo|video shooting, shooting {art} video, shooting of,
    shooting star*|script|schedule|location*,
    single shot, died|dies|dying|die down|away|out|fall|seconds|bars|notes| moments, dead ringer|heat|end|stop|silence|silent|centre|
    center|straight|slow|room|air|simple|on|wax|string|strings|note|notes, back from the dead, deadpan, deadline*, death metal,
    stolen moment*, stole|steal|steals|stealing|stolen {art} show|scene, stole| borrowed|lifted {art} {part} ~ his|her|their own,
    left {art} ~ off|out ~ sleeve|cover|label|set|album, abusively, arrested development, arresting, with conviction, convincing*,
    charged {art} {part}, charged with ~ energy|emotion|electricity| feeling|atmosphere, charged with adding|writing|finding|finishing|
    arranging|giving|making|bringing|mixing|recording, gang vocal*| chorus*|shout*|chant*|singing|harmonies, gang of four, chain gang*,
    prison song*|blues|album, disused|former|old|abandoned prison| jail|hospital|asylum|church, {be} filmed ~ prison|jail|hospital,
    breakdown after|before|near|section|where|at ~ {part}, drum| instrumental|acoustic|piano|percussion|bass|rhythmic breakdown,
    breakdown of ~ {part}, split single|singles|ep|release|lp|seven, stroke of luck|midnight|genius, bow|brush|up|down|drum stroke*,
    addictive, infectious*, heroine*, aids to, aids {art} {part}, naked| nude {part}|version, gay abandon|nineties|paree, family affair,
    affair*|affairs of {art} heart, state of affairs, current affairs, religiously, cult classic*|hit|hits|favourite*|favorite*|
    following|film|status|single|album|success|figure|record|band|song, catholic taste*, christian|catholic|jewish|muslim ~ name|rock|
    pop|music|chart|charts|radio|school|high school|church|choir|wedding| folk, transition|transitions from|to|between|into|section|
    passage, in a minor, minor key|chord|chords|role|hit|change|part|edit*| third|seventh|scale, in debt to {art} {style}|{part}|music|
    work|records|tradition, debt to, cell phone*|block, raid| raided on {art} archive*|wardrobe|fridge|vaults, raided {art} archive*|
    wardrobe|fridge|vaults, police siren*|chase|box|band|academy, {be} sober in sound, fell|fall|falls|fallen out of {art} time|tune|
    step|fashion|favour|favor|love|chart|charts|top|list, row| rows of, in|front|back row, a row of, in a row, argument|arguments for|
    that, argued for|that, argues, fought for ~ {part}|version, battle of the bands, clash|clashes of styles|sounds|rhythms|chords|
    cultures|colours, clashing {part}|rhythms|harmonies|colours, attack of {art} {part}|note, sharp|slow|fast|soft attack, attack time,
    attack on {art} {part}, revenge of the, friendly rivalry, fired up|off, {be} fired by {art} idea|sight|sound|success|enthusiasm|
    example, dropped by {art} studio|session|house, dropped ~ from {art} {part}|set, suspended {part}|fourth|second|above|over|in,
    suspended from {art} ceiling|wire|roof|crane|wires| cables|rafters, banned from {art} radio|airplay, let go of,
    {be} replaced by {art} {part}|shorter|longer|new|different|louder| version, removed from {art} {part}|sleeve, cut from {art} {part}|
    film|set, relationship with ~ music|fans|audience|guitar|piano| instrument|city|label|sound, working|professional|good|
    close relationship, relationship between the words|music|sound|voice|{part}, involved with ~ production|recording|making|{part}|
    writing|arrangement, linked to|by|with ~ {part}|segue|crossfade, romance language*, romance of {art} road|sea|city|railway|radio,
    seductive*, {be} seduced by {art} {part}|groove, flirt* with ~ {style}|key, dated to|from|by|in, border radio, victim|
    victims of its|their own success, blind date, deafening*, colour|color blind, hospital radio|ward|bed, retail therapy, deaf ears,
    drunken sailor, drinking song*, sober, needle drop*, needle on|in|into|to {art} groove|record|{part}|vinyl, hooked listeners,
    hooked on {art} {part}|feeling|classics, {be} high on {art} hill|list|chart|charts|roof|mountain|neck|bill,
    dependent on {art} weather|room|{part}, withdrawal|withdrawn of| from ~ sale|chart|charts|shops|radio|{part}, crack of {art} snare|
    whip|drum|dawn, gamble on|that|of|paid, a gamble, gambled on, copied ~ tape|master, {be} copied from {art} {part}|master|original,
    basketball|tennis|royal|food|fashion court*, court dance*| composer*|dress, damages {art} {part}|speaker*, judge of|on {art} talent|
    voice|show|panel, served as ~ {part}|theme|signal|opener| closer|introduction|backdrop|producer|engineer|organist|model|template|
    basis|B-side, hit and run single, on the run in|of, broke| break|breaks|breaking into {laughter}|{art} top|charts|chart|run|smile|
    {style}|mainstream|market, exploits {art} ~ stereo|range| contrast|echo|studio|space|register, manipulat* ~ {part}|samples|
    recordings|sounds|loops, tape manipulation, rigged with ~ microphones|lights|lamps|mics|speakers, slurred {part}|phrase*, smear of,
    suspicious minds, denied ~ number|top, mime| miming|lip sync* in|to|for ~ video|clip|camera|television|playback, blame it on,
    corrupt* file|tape|disk, fake|faked ending|strings| harp|crowd|fade|end|stop|applause, covered|covers|cover up {art} ~ hiss|click|
    splice|edit|noise|cough|mistake, missing bar|beat| verse|tape|tapes|reel|reels|piece|note|link|word|line|part|page, lost and found,
    lost {part}|tapes|weekend|love|recording*, short film*|version|{part}|notice, gone gold|platinum|to, walked|walks|ran|
    made off with ~ {prize}, cleaned up, pocket trumpet| watch|calculator|organ|piano, account|accounts of, by all accounts, on account,
    into account, bank holiday, on|left|south|west| river bank, advance of, in advance, advance copy|copies|single|order|orders|tape,
    split ~ into|between|across ~ two|three|four| parts|halves|channels|speakers, separat* {art} {part} into|onto|from,
    {be} separated by ~ bars|{part}|beats, stereo| channel separation, divorce from {art} {part}|style|past, violent contrast*|drumming|
    storm|crescendo|tempo, {be}|narrowly beaten to, beat|beaten|beats|beating ~ to ~ number|top|prize|finish, off the beaten,
    battered old|acoustic|guitar|piano|upright|suitcase|amp| amplifier, tortured {part}|feedback, slap|slapped {art} bass|strings,
    slapped bass, punched in, punched {art} air|line|{part}, struck {art} chord|string|bell|note|key|gong|{part}, struck by {art} sound|
    idea|beauty|way, choked cymbal*, forced perspective, mourning dove, mournful*, funeral march*|pace|tempo, buried in|under|
    deep ~ mix|reverb|echo|layers|{part}|album, lifeless {part}| machine, bus|airport|train terminal, collapse* into {laughter},
    screams|scream|screaming at {art} end|top|audience|concert|start, shout*|yell* at {art} end|top|start, spat out {art} words|lyrics|
    lines, virgin records|megastore*|radio|emi, outing|outings into|to| on|for|of, live|first|solo|second outing, converted to|
    into ~ mono|stereo|digital|tape|mp3, converted church|barn|chapel|cinema| garage|stable|stables|farm|farmhouse|mill|warehouse,
    voted ~ {part}|best|video, {be} voted, regime of, session* with {art} therapist, storm* {art} chart*, stormed to|into|up ~ chart|
    charts|number|top, tension* between {art} {part}| major|minor|voice|lyrics|words|verse, tension in {art} {part}|music,
    believed|said|thought|supposed|claimed|reported|rumoured to have been ~ recorded|written|inspired|sung|played|composed|released|taped|
    influenced|named, disagree* ~ among|between|with ~ scholars|critics|musicologists|fans|reviewers, testimony|testament to, obsess*
    with|over
    ~ time|sound|detail|{part}|perfection|music|tone, a breakdown happens|begins|follows|arrives|comes|section, clash* with {art} {part}|
    sound|ballad|mood, abandoned {art} idea|plan|attempt|song|track|title|session*, peak* at|on, left {art} previous label,
    claimed|claims ~ was not about, conspiracy theories about, master|masters
    tape*|reel*|recording*|copy|copies|disc*|keyboard|volume|bus,
    justice {be} served, {be} served as|with {art} {part}, dressed as,
    minor
    second|sixth|ninth|tenth|key|mode|triad|interval|arpeggio|blues|keys|chart|success|league|label|revision|dance|radio|changes|works,
    key|keys of a|{be} a minor|flat, seiz* on|upon, killed off {art} idea|notion|rumour|rumor|theory|myth,
    sailor|sailors|sailor's|sailors'
    ~ word|name|term|slang for ~ rum|gin|grog, name|word|term for ~ rum|gin|grog|brandy, runaway success|hit|best|bestseller|single|train|
    favourite|favorite|winner|number|seller, slave reel|clock|machine|tape|deck|unit|drive|oscillator|module|sequencer, is|was|were|not|
    in|just|often the|this|that case, dismiss* {art} ~ idea|suggestion|comparison*|song|single|album|track|criticism|review*, dismisses
    it,
    dismissed it, thrash metal|band|bands|punk, excluded from ~ setlist|album|chart|charts|compilation|soundtrack, in its|the place,
    hitting {art} ~ note|notes|roof|drum|drums|charts|snare|strings|road|top, punch* {art} air, hold up their|its|a ~
    phones|mobile|lighters|
    hands, falling out in|of its|the, playboy magazine, marriage proposal|of ~ style|styles|sound|sounds|words, advertising campaign for,
    {be} shot by ~ director|directors|photographer, video|clip|film|sleeve|cover ~ {be} shot by|in|at|on, weeks|days|hours|day|week of
    shooting, the|video shooting, intimate {part}|biography|concert|show|gig|performance|venue|club|setting, shooting could|took|began|
    started|lasted|wrapped, did not live up, love letter|letters to ~
    {style}|{part}|synthesizer*|synthesiser*|city|radio|vinyl|music|cinema,
    talcum powder, powder blue|keg|room|pink, baking powder, gun powder, white label|labels|noise|vinyl|album, fine art|line|
    tuning, church organ|choir|bells|bell|hall|music|modes, alone with ~ guitar|piano|voice|microphone|organ|strings|metronome,
    open letter to ~ city|radio, leader tape, leader of the orchestra|band|section, poured over ~ {part}, kiss of, swing of ~ party,
    broke|broken|breaking down|up ~ into ~ {part}|stems|sections, ethnic {part}|instrument*|percussion|music|flute, religious music|choir|
    {part}|works, wake up, coup de, coup of, mirror ball, robes, in tongues, hooked up, party that lasted, vote|votes of ~
    listeners|readers|fans,
    hostile crowd|weather, dispute* title, enemy of, violent femmes, twin towers, detail*
"""
# Who is shown in a video did nothing: these words are none where the text speaks of a video, a film, a stage or a sleeve.
ROLES = """
    police* policem*n detective* gang gangs gangster* prison prisoner* inmate* convict convicts criminal* jail cell cells nun nuns
    hospital hospitals wheelchair* surgeon* funeral* coffin* corpse* widow* handcuff* mugshot* detention hostage* robber* thief thieves
    killer killers murderer* catholic religious politician* drunks drunkard* patient* clinic fugitive* refugee* enemy enemies stripper*
    schoolgirl* schoolboy* magistrate* judge court gun
"""
SCREEN = "video videos clip film movie musical opera plays played playing dresses dressed game series scene scenes sleeve"
# Acts, papers and works known by names that sound like a sensitive matter, as they are written.
KNOWN_NAMES = """
    Alcoholics Unanimous, Amyl and the Sniffers, Anti-Nowhere League, Arrested Development, Bad Religion, Barenaked Ladies,
    Black Sabbath, Bronski Beat, Catholic Herald, Cell Block Tango, Christian Death, Christianity Today, Church Times, Cocaine Sundays,
    Crash Test Dummies, Culture Club, Dead Can Dance, Dead Kennedys, Dead Weather, Dead or Alive, Death Cab for Cutie, Death Row,
    Death in Vegas, Drop Dead Gorgeous, Drowning Pool, Eagles of Death Metal, Flesh for Lulu, Folsom Prison Blues, Fun Lovin' Criminals,
    Gang Starr, Gang of Four, Gay Dad, Gay Times, Grateful Dead, Hospital Records, Jailhouse Rock, Jewish Chronicle, Judas Priest,
    Killing Joke, Kool & the Gang, Kool and the Gang, Massive Attack, Megadeth, Murder Inc, Murder by Death, Naked Eyes, Napalm Death,
    Prison Love, Public Enemy, Rage Against the Machine, Rehab Studios, Rolling Stone, Roxy Music, Ruthless Records, Sex Pistols,
    Suicidal Tendencies, Suicide Machines, The Clash, The Cult, The Cure, The Damned, The Killers, The Kills, The Police,
    Violent Femmes, Virgin Records, the Clash, the Cult, the Cure, the Damned, the Killers, the Kills
"""
