"""Hard words used of things: a tape that was arrested, a drunken trombone, an abuse of saucepans say nothing of a person.

A figure is taken out of a text only where a thing is what the word is said of: as the subject of its clause with nobody
between, or right after a word that describes it. Whatever a person did or suffered stays.
"""

from __future__ import annotations

from songstory.patterns import lazy

_THING = r"""
    acoustics|accordion|album|amp|amplifier|anthem|arpeggio|arrangement|ballad|banjo|bass|bassline|bassoon|beat|b-side|blues|brass
    |break|breakdown|bridge|cadence|cassette|cello|chord|chorus|clarinet|clavinet|clock|coda|compressor|console|counterpoint|cowbell
    |crescendo|cutlery|cymbal|delay|demo|disc|drone|drum|drum[ ]machine|echo|effect|fade|fanfare|feedback|fiddle|flute|furniture|groove
    |guitar|hammond|handclap|harmonica|harmonium|harmony|harp|harpsichord|hi-hat|hook|horn|instrument|interlude|intro
    |introduction|kettle|keyboard|kitchenware|loop|lyric|machine|mandolin|marimba|master|melody|metronome|microphone|middle[ ]eight
    |mix|motif|note|oboe|orchestration|organ|ostinato|outro|pad|pan|part|passage|pedal|percussion|phrase|pianola|piano|preamp
    |radiator|rasp|record|recorder|reel|refrain|reverb|rhyme|rhythm|riff|sample|sampler|sax|saxophone|scale|sequencer|shaker
    |single|sitar|snare|solo|song|sound|spoon|stanza|string|synth|synthesi[sz]er|tambourine|tape|tempo|theme|theremin|timpani|tone|track|trill
    |trombone|trumpet|tuba|tune|turntable|typewriter|ukulele|verse|vibraphone|vinyl|viola|violin|waltz|waveform|wood|word|xylophone
"""
_THINGS = "(?:" + "|".join(part.strip().replace("[ ]", " ") for part in _THING.replace("\n", "").split("|")) + ")(?:s|es)?"
_NO_PLAYER = (
    r"(?![ -](?:player|teacher|tuner|maker|student|man|woman|girl|boy|singer|tech|technician|shop|dealer|company|label|store|executive"
    r"|boss|promoter|seller|engineer|witness|plugger|virtuoso|prodigy|legend|section|lesson|stool|owner)s?\b)"
)
# Said of things as often as of people.
_HARD = r"""
    abus|addict|ambush|anaemic|arrest|assault|asthmatic|attack|batter|betray|bled|bleed|blind|breakdown|broke[ ]down|bruis|bull(?:y|ie)
    |buried|cheat|chok|clash|collaps|cough|crippl|dead|deadly|deaf|death|deceiv|depress|dies?\b|died|divorc|dizz|drown|drugged|drunk|dying|erotic
    |escap|execut|exhaust|faint|feud|fight|fought|fragile|frail|funeral|grie[fv]|hang|hijack|hook|hostage|hung[ ]?over|insan|intoxicat
    |jealous|kidnap|kill|kiss|limp|loot|manic|mourn|murder|naked|nervous|nude|orphan|panic|paranoi|perish|plunder|quarrel|raid|resurrect
    |row\b|runaway|scream|seduc|seiz|sexual|shipwreck|sick|slave|slur|smother|smuggl|sober|stabb|stagger|stammer|starv|ston(?:ed|ing)|strangl
    |stutter|suffocat|suicid|threat|tortur|trauma|unstable|vertigo|violen|weep|wept|wheez|whip|whisper|wreck|wrestl|argu|dismiss|flirt
"""
_HARDS = "(?:" + "|".join(part.strip().replace("[ ]", " ") for part in _HARD.replace("\n", "").split("|")) + r")\w{0,12}\b"
# Between a thing and what is said of it stands nobody, and no cause, making or theme that would bring somebody in.
_STOP = """
    about after against all another as because before by despite during everybody everyone for from he her him himself his i inspired me my
    nobody of our she since some somebody someone tells their them themselves they to us we when where who whom whose wife husband
    mother father son daughter child man woman girl boy people friend band singer drummer guitarist bassist producer manager label group fan
    husbands wives men women children fans friends singers girls boys sons daughters players musicians section tuner
    made cut sung sang played taped performed done recorded written wrote deals describes recalls with while
"""
_BETWEEN = rf"(?:[ ](?!(?:{'|'.join(_STOP.split())})\b)[\w'’-]{{1,20}}){{0,6}}?"
_DETERMINER = r"(?:the|a|an|its|this|that|each|every|one|both|two|three|most|no)"
_SUBJECT = lazy(
    rf"(?:^|(?<=[.,;:!?\u00b7] )|(?<=\band )|(?<=\bbut )|(?<=\bwhile )|(?<=\buntil )|(?<=\bthat )|(?<=\bwhich ))"
    rf"{_DETERMINER}(?: (?!(?:{'|'.join(_STOP.split())})\b)[\w'’-]{{1,20}}){{0,3}}? {_THINGS}\b{_NO_PLAYER}{_BETWEEN} {_HARDS}"
    r"(?! (?:him|her|them|his|their|a man|a woman|the (?:singer|drummer|guitarist|bassist|producer|manager))\b)"
)
_DESCRIBED = lazy(
    r"\b(?:drunken|dead|dying|naked|nude|crippled|orphan|orphaned|starved|battered|bruised|tortured|murderous|suicidal|violent|manic|paranoid"
    r"|nervous|blind|deaf|sickly|asthmatic|limp|runaway|fugitive|slave|hysterical|jealous|lustful|erotic|seductive|insane|unstable|fragile"
    r"|frail|drowned|strangled|stuttering|stammering|wheezing|schizophrenic|bipolar|psychotic|neurotic|depressive|addictive|intoxicating"
    rf"|killer|abused|tipsy|whispered|whispering|screaming|bleeding|weeping|mournful|exhausted|staggering|stoned"
    rf"|kidnapped|hijacked) {_THINGS}\b{_NO_PLAYER}"
)
_OF_THING = lazy(
    rf"\b(?:abuse|murder|torture|strangling|death|divorce|marriage|kidnapping|arrest|funeral|wreck|ruins|killing|execution|deathbed) of"
    rf"(?: (?:the|a|an|its|his|her|their|melody|old|cheap|innocent|good))?(?: {_THINGS} (?:and|or|from))? {_THINGS}\b{_NO_PLAYER}"
)
# The world's readers and hearers take to a word, a record or a sound as others take to drink.
_PUBLIC = lazy(
    r"\b(?:critics?|reviewers?|listeners|audiences?|programmers|stations|djs|dancers|buyers|the press|the public|the charts?|radio|europe"
    r"|britain|america|nobody|everybody)(?: [\w'’-]{1,15}){0,2}? (?:addicted|hooked|seized|obsessed|intoxicated|seduced|divided"
    r"|killed|murdered|mauled|savaged|slaughtered|fought|argued|quarrel\w{0,3}|infatuated)\b"
)
_FIGURES = (_PUBLIC, _OF_THING, _DESCRIBED, _SUBJECT)


def without(lower: str, mark: str) -> str:
    """Return a text in small letters in which `mark` stands for each hard word that is said of a thing."""
    for figure in _FIGURES:
        lower = figure.sub(mark, lower)
    return lower
