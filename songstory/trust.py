"""What a source's trust decides: its tier, who counts as a witness, and who may clear a sensitive matter.

A source has a trust of 0 to 100, in three tiers. The rules on sensitive matters follow Wikipedia's on living persons:
what is grave needs two trusted sources that do not copy each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from songstory.classifier import PERSONAL
from songstory.conflicts import alike, independent
from songstory.matching import title_key
from songstory.models import LOW, Fact, Role, Source
from songstory.names import words
from songstory.ownership import HOUSE
from songstory.sensitive_words import GRAVE

TRUSTED = 60
ALERT = 200  # facts about one artist in one import of a source of low trust: a flood that a person should look at
_SOUND = frozenset({"sensitive"})  # what a witness may carry: it says what the matter is, not that the word is doubted
_UNTOLD = frozenset({"kind", "short"})  # how a fact is shown, not what it says
# Words of a locator that say where in a source something stands, not which source it is.
_PLACE = frozenset(
    """
    the a an of in on at and for from p pp pg page pages vol volume no nr number issue edition chapter section line row column article
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    """.split()
)
_ENDINGS = frozenset("www m co com org net ac gov edu".split())  # parts of a host that name nobody
Name = tuple[str, ...]


def tier(trust: int) -> str:
    """Return the tier of a trust: trusted, ordinary or low."""
    return "trusted" if trust >= TRUSTED else "ordinary" if trust >= LOW else "low"


def sound(fact: Fact) -> bool:
    """Whether a fact may witness to another: it stands, and nobody doubts, hides or sets aside what it says."""
    return fact.stands and _SOUND.issuperset(fact.flags)


def says(witness: Fact, fact: Fact) -> bool:
    """Whether one fact says all that another says: the same of the same person, date and chart. What it leaves open it bears not out."""
    asked = ((name, value) for name, value in fact.qualifiers.items() if name not in _UNTOLD)
    agent = title_key(str(witness.qualifiers.get("agent", ""))) == title_key(str(fact.qualifiers.get("agent", "")))
    return agent and all(title_key(str(witness.qualifiers.get(name, ""))) == title_key(str(value)) for name, value in asked)


def witnesses(facts: Sequence[Fact], sources: Iterable[Source] = ()) -> dict[str, tuple[str, int]]:
    """Return for each fact the group it speaks for and its trust. A house fact speaks for the source it names, "" when it names none.

    `sources` are others that are known: what an editor copied from a page of the Gossip Sheet is worth what the Gossip Sheet is.
    """
    groups = independent(facts)
    found = {f.key: (groups[f.key], f.trust) for f in facts}
    named = [f for f in facts if f.source == HOUSE]
    if named:
        known = list(_known(facts, sources))
        for fact in named:
            name = _name(fact.locator)
            own = ("house " + "".join(name), fact.trust) if name else ("", 0)
            group, trust = next(((g, t) for n, g, t in known if name and _same(name, n)), own)
            found[fact.key] = (group, min(trust, fact.trust))
            known.append((name, group, trust))
    return found


def _known(facts: Iterable[Fact], sources: Iterable[Source]) -> Iterator[tuple[Name, str, int]]:
    """Yield the names of the sources that speak for themselves, each with its group and trust; the least trusted first."""
    said = [(f.independent_group or f.source, f.trust, (f.source, f.source_name, _host(f.locator))) for f in facts if f.source != HOUSE]
    said += [(s.independent_group or s.key, s.trust, (s.key, s.name, _host(s.url))) for s in sources if s.key != HOUSE]
    for group, trust, names in sorted(said, key=lambda s: s[1]):
        yield from ((name, group, trust) for text in names if (name := _name(text)))


def _name(text: str) -> Name:
    """Return the words that say which source a locator speaks of: of an address its host, of a text all but dates and pages."""
    if host := _host(text):
        return (host,)
    return tuple(w for w in words(text) if w not in _PLACE and not any(c.isdecimal() for c in w))


def _host(text: str) -> str:
    """Return what names a host: "rollingstone" of https://www.rollingstone.co.uk/1987; "" of what is no address."""
    address = text.strip().partition("://")[2] if "://" in text else text.strip() if text.strip().startswith("www.") else ""
    parts = address.partition("/")[0].partition(":")[0].casefold().split(".")
    return next((p for p in reversed(parts[:-1]) if p and p not in _ENDINGS), "")


def _same(one: Name, other: Name) -> bool:
    """Whether two names may be one source's: equal but for spaces, or one with more words than the other."""
    return "".join(one) == "".join(other) or set(one) <= set(other) or set(other) <= set(one)


def trusted(fact: Fact, facts: Sequence[Fact], sources: Iterable[Source] = ()) -> set[str]:
    """Return the trusted groups, each independent of the others, that say what `fact` says."""
    speaks = witnesses(facts, sources)
    said = (speaks[f.key] for f in alike(fact, facts) if sound(f) and says(f, fact))
    return {group for group, trust in said if group and trust >= TRUSTED}


def matters(fact: Fact) -> frozenset[str]:
    """Return the kinds of matter for which a fact is flagged sensitive, as its note names them."""
    why = (*fact.notes, *("" for _ in fact.flags[len(fact.notes) :]))
    note = next((n for flag, n in zip(fact.flags, why, strict=False) if flag == "sensitive"), "")
    return frozenset(part.strip() for part in note.split(",")) - {""}


def grave(fact: Fact) -> list[str]:
    """Return the grave matters for which a fact is flagged and not cleared."""
    return sorted(GRAVE & matters(fact))


def clearance(fact: Fact, facts: Sequence[Fact], sources: Iterable[Source] = ()) -> tuple[Role | None, str]:
    """Return the least role that may clear the sensitive flag of `fact`, None for nobody yet, and why.

    `facts` are those that stand on the same recording, `sources` all that are known. A grave matter takes two independent
    trusted sources and a publisher, one that only its wording gives away a trusted source and a publisher, who reads what it is; any
    other takes one trusted source and an editor.
    """
    found = trusted(fact, facts, sources)
    if kinds := grave(fact):
        why = f"a matter of {' and '.join(kinds)} needs two trusted sources that do not copy each other"
        return (Role.PUBLISHER, why) if len(found) > 1 else (None, f"{why}, found {len(found)}")
    least = Role.PUBLISHER if PERSONAL in matters(fact) else Role.EDITOR
    return (least, "") if found else (None, "a sensitive matter needs a trusted source, found none")
