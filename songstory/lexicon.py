"""The closed word lists of grounding: what states nothing, and what changes a claim and must be carried by a cited fact."""

from __future__ import annotations

# What a video is made of belongs to the words that may stand beside any predicate of the screen.
SCREEN_WORDS = frozenset("video videos clip film films series show game commercial television screen camera".split())

# Words that state nothing by themselves. Kept short on purpose: a word that could colour a sentence stays out.
NEUTRAL = frozenset(
    """
    a an the this that it its is was were are be been being has had have and or but of to in on at by for from with
    as there where when which who whose what also both while too together alongside along song songs track record
    recording music title version single one ones made do did does credit credits credited behind s
    """.split()
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
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINAL_WORDS = {
    w: n
    for n, w in enumerate(
        """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
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
