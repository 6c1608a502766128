"""Looks at the words of a fact at intake: sensitive matters, private contact data, and text that gives orders. It flags, it never drops.

The categories follow Wikipedia's rule on living persons (contentious and poorly sourced is left out at once) and the
moderation classes that music services use. A false flag costs an editor one click; a missed one may cost a person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from songstory import orders
from songstory.models import Fact

# A star stands for any ending.
_CATEGORIES = {
    "crime": r"""
        arrest*, murder*, kill(?:ed|ing|er|s)?, manslaughter, convict*, prison*, jail(?:s|ed)?, felon*, indict*, fraud*,
        robber*, theft, stolen, assault*, stabb*, shooting, shot dead, gunned down, gang*, drug deal*, traffick*, terroris*,
        crime*, criminal*, police, sentenced, charged with, on trial, court case, guilty, laundering, blackmail*, kidnap*,
        arson, probation
    """,
    "legal dispute": r"""
        lawsuit*, sued, suing, sues, plagiari*, infring*, copyright claim, settlement, settled out of court, litigation,
        defamation, libel, injunction, damages
    """,
    "health": r"""
        cancer, hiv, aids, illness*, disease*, diagnos*, overdos*, addict*, alcoholi*, rehab*, depress(?:ion|ive), bipolar,
        schizophren*, mental health, breakdown, anorexi*, eating disorder, self harm*, heroin, cocaine, cancer, tumou?r,
        stroke, heart attack, dementia, autis*, miscarriage, abortion*, pregnan*, disab(?:led|ility), epilep*, alzheimer*,
        coma
    """,
    "sexuality": r"""
        sexual*, gay, lesbian, homosexual*, bisexual*, transgender, queer, coming out, came out as, affair, infidelity,
        prostitut*, erotic*, porn*, nude, naked, sex tape, orgasm*
    """,
    "religion or politics": r"""
        religio*, muslim*, islam*, jew(?:s|ish)?, judaism, antisemit*, anti semit*, christian(?:s|ity)?, catholic*,
        scientolog*, jehovah*, atheis*, blasphem*, satan*, nazi*, holocaust, racis[mt]*, ku klux klan, apartheid, genocide,
        communis[mt], fascis[mt], politician, election, protest against, abortion rights
    """,
    "death": r"""
        died, death*, dead, dying, suicid*, killed himself, killed herself, took (?:his|her) own life, funeral, obituary,
        fatal*, posthumous*, passed away, drowned, hanged, plane crash, car crash, late husband, late wife
    """,
    "abuse": r"""
        abus*, rape*, rapist, molest*, harass*, domestic violence, beat(?:en)? (?:his|her) *, incest, paedophil*, pedophil*,
        groom(?:ed|ing), battered, torture*
    """,
    "minors": r"""
        underage, under age, child abuse, minors, schoolgirl*, schoolboy*, teenage girl*, aged (?:\d|1[0-7]), (?:\d|1[0-7])[-
        ]years?[- ]old*
    """,
    "money": r"""
        bankrupt*, tax evasion, insolven*, in debt, unpaid tax*
    """,
}
_PATTERNS = {
    name: re.compile(r"\b(?:" + "|".join(p.strip().replace("*", r"\w*") for p in " ".join(text.split()).split(",")) + r")\b", re.IGNORECASE)
    for name, text in _CATEGORIES.items()
}
# A word that begins like one of these is worth the patterns; most texts hold none.
_HINTS = frozenset(
    found.group()[:4]
    for text in _CATEGORIES.values()
    for part in " ".join(text.split()).split(",")
    if (found := re.match(r"[a-z]+", part.strip()))
)

_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")
_PHONE = re.compile(
    r"(?<![\w.,:/-])(?:\+|00)\d[\d ()./-]{7,18}\d(?!\w)"
    r"|(?<![\w.,:/-])\(?0\d{2,4}\)?[ /-]\d{3,4}[ -]?\d{3,5}(?!\w)"
    r"|\b\d{3}-\d{3}-\d{4}\b|\(\d{3}\)\s?\d{3}-\d{4}\b"
)
_STREET = re.compile(
    r"\b(?:lives? at|home address|resides at|address(?: is)?:?)\s+\d{1,5}\s+[A-Z][\w.']*(?:\s+[A-Z][\w.']*){0,3}", re.IGNORECASE
)
_MASKS = ((_EMAIL, "[e-mail]"), (_PHONE, "[telephone]"), (_STREET, "[address]"))
_CONTACT = re.compile(r"@|\d{3}[^\d]?\d|address|lives? at|resides", re.IGNORECASE)


def mask(text: str) -> str:
    """Return `text` with e-mail addresses, telephone numbers and home addresses put out of sight."""
    if not _CONTACT.search(text):
        return text
    for pattern, stand_in in _MASKS:
        text = pattern.sub(stand_in, text)
    return text


@lru_cache(maxsize=8192)
def flags(text: str, told: bool = True) -> tuple[tuple[str, str], ...]:
    """Return (flag, note) for what `text` holds: sensitive with its categories, quarantined for orders, private where it was masked.

    `told` is False for names, titles, dates and numbers: a song called "Killing Me Softly" is not sensitive.
    """
    found = []
    if told and ("year" in text or any(w[:4] in _HINTS for w in text.casefold().replace("-", " ").replace('"', " ").split())):
        names = [name for name, pattern in _PATTERNS.items() if pattern.search(text)]
        found += [("sensitive", ", ".join(names))] if names else []
    if why := orders.found(text):
        found.append(("quarantined", why))
    if any(stand_in in text for _, stand_in in _MASKS):
        found.append(("private", "contact data was masked"))
    return tuple(found)


def marks(fact: Fact) -> str:
    """Return the flags of a fact with what they are for, and whether it was retracted or may not be told alone, as people read them."""
    why = (*fact.notes, *("" for _ in fact.flags[len(fact.notes) :]))
    flagged = (f"{flag} ({note})" if note else flag for flag, note in zip(fact.flags, why, strict=True))
    return "; ".join((*flagged, *((fact.status,) if fact.status in {"retracted", "untrusted"} else ())))
