"""The closed word lists of grounding: what states nothing, and what changes a claim and must be carried by a cited fact."""

from __future__ import annotations

# What a video is made of belongs to the words that may stand beside any predicate of the screen.
SCREEN_WORDS = frozenset("video videos clip film films series show game commercial television screen camera".split())

# Words that state nothing by themselves. Kept short on purpose: a word that could colour a sentence stays out.
NEUTRAL = frozenset(
    """
    a an the this that it its is was were are be been being has had have and or but of to in on at by for from with
    as during there where when which who whose what also both while too together alongside along song songs track record
    recording music title version single one ones made do did does credit credits credited behind s
    """.split()
)

# Words that say nothing beside a role word: "served as producer", "the recording took place". Alone they say too little to
# be bound to a fact, so a sentence of nothing else is refused by the binding stage.
LIGHT = frozenset(
    """
    makes make making saw sees took takes take place did do does done doing handled handle handles handling served
    serves serve serving provided provides provide providing contributed contributes contribute contribution
    contributions received receives earned got get gets gave gives given goes go went come comes came belongs
    belong listed share shares shared sharing joined joins join sat sits chair seat duties duty role roles job
    charge helm oversaw oversees built build uses use used using contain contains containing include includes
    included put puts via among named appear appears appeared appearing session sessions brought brings bring laid
    responsible worked work works working team teamed teams heard can has have having spot slot here care name
    names paired supplied supplies lent lends accompanying part way you hear listen find piece bears bear carries
    carry carried rests rest marks mark marked remain remains attributed ascribed noted documented shown
    represents represented functions functioned achieved achieves attained attains gained gains obtained obtains
    secured enjoyed enjoys additionally addition namely regarding concerning artist musician musicians act person
    people figure figures contributing giving taking getting going coming bringing featuring helmed courtesy
    respectively undertaken undertook lists acting acted acts owe owes owed owing
    stand stands stood standing grant grants granted granting bestowed conferred accorded accord dated
    hand hands deliver delivers delivered delivering executed tasked task tasks assigned entrusted
    capacity rendered how performs reads read features consists consist comprises comprise
    tackled tackle tackling fulfilled fulfils fulfilling filled fills filling assumed assumes occupied occupies
    responsibility responsibilities individual individuals effort efforts services side front department terms lineup
    personnel titled entitled tune composition into onto upon through across inside
    """.split()
)
# "Wrote" says nothing beside a noun for a part of the writing: "wrote the arrangement", "the lyrics were written by".
WRITING = frozenset("wrote written write writes writing penned pens set".split())
# Company words that a label or studio may go without: "Columbia" is Columbia Records.
COMPANY = frozenset("records recordings record music entertainment label studios studio inc ltd".split())

# Phrases that only join: the words of which one alone would be refused.
JOINING = tuple(
    tuple(phrase.split())
    for phrase in """
    as well as, as well, in addition to, in addition, along with, together with, by way of, all told, over on, when it comes to,
    as for, a total of
    """.split(",")
)

# Words that change what a sentence claims. They are never neutral: a cited fact must carry them.
NEGATIONS = frozenset(
    """
    not never no none nobody nothing neither nor without cannot hardly barely isnt wasnt werent didnt doesnt dont
    wont cant couldnt wouldnt hasnt havent hadnt
    """.split()
)
SUPERLATIVES = frozenset(
    """
    only first last most least best worst biggest greatest largest highest lowest longest shortest youngest oldest
    earliest latest best-selling bestselling top-selling all every always ever alone sole single-handedly more fewer
    less than
    """.split()
)
CAUSES = frozenset(
    """
    because since so therefore thus hence due caused cause led leading resulted result thanks order inspired
    inspiring prompted motivated reason why made-for
    """.split()
)
TIME_WORDS = frozenset(
    """
    before after until earlier later previously subsequently soon finally eventually immediately already still yet
    again meanwhile originally initially once now
    """.split()
)
HEDGES = frozenset(
    """
    partly reportedly reported supposedly allegedly possibly probably perhaps thought believed appears apparently
    likely some something mainly mostly about
    """.split()
)
PRONOUNS = frozenset(
    """
    he she they him her them his hers their theirs himself herself themselves we us our you your i me my
    """.split()
)

# The hedge words by which each degree of a fact may be said; a fact that carries a degree must be said with one of them.
DEGREES = {
    "partly": ("partly", "in part", "part of", "among other things"),
    "reportedly": ("reportedly", "is reported", "was reported", "are reported"),
    "supposedly": ("supposedly", "is thought", "is said"),
    "principal": ("principal", "main"),
    "main": ("main", "principal"),
}

NUMBER_WORDS = {
    w: n
    for n, w in enumerate(
        """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """.split()
    )
}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
ORDINAL_WORDS = {
    w: n
    for n, w in enumerate(
        """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """.split()
    )
    if n
}
MONTHS = {
    m: n
    for n, m in enumerate(
        """
    january february march april may june july august september october november december
    """.split(),
        start=1,
    )
}
SHORT_MONTHS = {m[:3]: n for m, n in MONTHS.items()} | {"sept": 9}
