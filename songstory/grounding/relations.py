"""Stage 4 for covers, samples, remixes, sparks, themes, names and signings: each runs one way, and a sentence must keep it."""

from __future__ import annotations

from songstory.grounding.atoms import Atom, Reading
from songstory.models import Fact, Reason
from songstory.vocabulary import PREDICATES
from songstory.wording import SAYS

# For each predicate, which side takes: the song, or the value of the fact.
_TAKER = {
    "samples": "song",
    "interpolates": "song",
    "covers": "song",
    "sampled_by": "value",
    "covered_by": "value",
    "remixed_by": "value",
    "remixer": "value",
    "named_after": "song",
    "signed_to": "song",
    "inspired_by": "song",
    "about": "song",
}
_TO_THE_VALUE, _JOINTS = {"named_after", "signed_to"}, {"after", "for", "to", "with", "by", "from"}
# Verbs whose subject takes: "A sampled B", "the song explores B".
_STEMS = tuple(
    """
    sampl borrow interpolat cover remix recycl reus repurpos incorporat rework revisit reviv tackl remak remad redo redid interpret
    reinterpret revamp explor address chronicl recount narrat depict portray discuss examin treat
    """.split()
)
# Verbs whose subject gives: "a train ride inspired the song".
_GIVING = ("inspir", "spark", "prompt", "trigger", "spur", "influenc")
# First words of phrases whose subject takes, and, of the forms that end with the second, whose subject is taken.
_DRAWING = frozenset(
    """
    draws draw drew built based takes took pulls pulled makes made borrows grew grows stems derived rooted speaks talks meditates
    reflects deals sings looks centres centers revolves hinges turns
    """.split()
)
_ENTERING = frozenset("in into".split())
_PIECES = frozenset("piece bit part portion section snippet excerpt elements".split())
_NOUNS = {"sample", "samples", "interpolation", "cover", "covers", "remix", "version", "versions", "rendition", "remake", "sampling"}
_ORIGINALS = {"original", "originals", "originally"}
_DETERMINERS = {"a", "an", "the", "its", "one", "this", "s", "cover", "his", "her", "their"}
_SONG = {"it", "this", "song", "track", "recording", "single"}
_PASSIVE = {"was", "is", "were", "are", "been", "be", "being"}
Side = tuple[int, str]


def check(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Return a reason for each cited relation that the sentence turns round."""
    reasons = []
    for i, fact in enumerate(facts):
        taker = _TAKER.get(fact.predicate)
        sides = _sides(reading, i) if taker else []
        if not any(side == "value" for _, side in sides):
            continue
        for verb in reading.atoms:
            if verb.kind != "trigger" or i not in verb.facts():
                continue
            if fact.predicate in _TO_THE_VALUE:
                wrong = _away_from_value(reading, verb, sides)
                reasons += [_turned(reading, verb, fact)] if wrong else []
            elif taker not in _takers(reading, verb, sides, str(taker)):
                reasons.append(_turned(reading, verb, fact))
    return reasons


def _sides(reading: Reading, fact: int) -> list[Side]:
    """Return where the sentence names the song and where the other thing, in order."""
    found: list[Side] = []
    for atom in reading.atoms:
        if any(f == fact and part in {"value", "artist"} for f, part in atom.owners):
            found.append((atom.start, "value"))
        elif atom.subject or (fact, "agent") in atom.owners:
            found.append((atom.start, "song"))
    found += [(i, "song") for i, w in enumerate(reading.words) if w.norm in _SONG and _means_the_song(reading, i)]
    return sorted(found)


def _means_the_song(reading: Reading, i: int) -> bool:
    word = reading.norm(i)
    if reading.at(i) is not None and reading.owner[i].kind not in {"trigger"}:  # type: ignore[union-attr]
        return False
    return word in {"it", "this"} or reading.norm(i - 1) in {"the", "this"}


def _takers(reading: Reading, verb: Atom, sides: list[Side], expected: str) -> set[str]:
    """Return who may be the taker by the build of the sentence; the expected one where the build does not tell."""
    word = reading.norm(verb.start)
    left, right = _nearest(reading, verb, sides, -1), _nearest(reading, verb, sides, 1)
    after = reading.norm(verb.end)
    other = {"song": "value", "value": "song", "": ""}
    if (
        (verb.end - verb.start > 1 and not word.startswith(_STEMS) and word not in _NOUNS | _ORIGINALS)
        or word in _DRAWING
        or word in _PIECES
    ):
        return {_phrase_taker(reading, verb, left, right) or expected}
    if word.startswith(_GIVING):
        return {_giving_taker(reading, verb, left, right) or expected}
    if not (word.startswith(_STEMS) or word in _NOUNS | _ORIGINALS):
        return {expected}
    if word in _ORIGINALS:
        owner = right if after in {"by", "is", "was", "of"} else left if _owned(reading, verb) else ""
        return {other[owner] or expected}
    if word in _NOUNS and (reading.norm(verb.start - 1) in _DETERMINERS or after in {"of", "by", "from", "version"}):
        return {_noun_taker(reading, verb, left, right) or expected}
    if (after in {"from", "of"} and word.startswith(("borrow",))) or (
        word.endswith("ed") and after == "from" and not word.startswith("borrow")
    ):
        return {(left if word.startswith("borrow") else other[right]) or expected}
    if word.endswith("ed") and _is_passive(reading, verb):
        return {right or other[left] or expected}
    subject, taken = left, right
    if subject and taken and subject == taken:
        return {subject}
    return {subject or other[taken] or expected}


def _phrase_taker(reading: Reading, verb: Atom, left: str, right: str) -> str:
    """Return the taker of "draws on X", "a piece of X" and "turns up in X", an empty text where the phrase does not tell."""
    other = {"song": "value", "value": "song", "": ""}
    first, last = reading.norm(verb.start), reading.norm(verb.end - 1)
    if first in _PIECES:
        return other[right] if reading.norm(verb.end - 1) in {"of", "from"} or reading.norm(verb.end) in {"of", "from"} else ""
    if left == right:
        return ""
    return right if last in _ENTERING else left if first in _DRAWING else ""


def _giving_taker(reading: Reading, verb: Atom, left: str, right: str) -> str:
    """Return what was inspired: "B inspired A", "A was inspired by B"."""
    other = {"song": "value", "value": "song", "": ""}
    if left and left == right:
        return ""
    word = reading.norm(verb.start)
    if word == "inspiration":
        return right if left and reading.norm(verb.end) in {"for", "behind", "to"} else ""
    if word.endswith("ed") and (reading.norm(verb.end) == "by" or _is_passive(reading, verb)):
        return left or other[right]
    return right or other[left] if word.endswith(("ed", "s", "ing")) else ""


def _away_from_value(reading: Reading, verb: Atom, sides: list[Side]) -> bool:
    """Whether "named after", "signed to" or "signed" leads to the wrong end: a song is named after the thing, an act signs to a label."""
    last = reading.norm(verb.end - 1)
    joint = last if last in _JOINTS else reading.norm(verb.end)
    right = _nearest(reading, verb, sides, 1)
    if reading.norm(verb.start).startswith("named") or joint in _JOINTS:
        return joint in _JOINTS and right == "song"
    return reading.norm(verb.start) in {"signed", "signs", "sign"} and right == "value"  # "the act signed the label"


def _noun_taker(reading: Reading, verb: Atom, left: str, right: str) -> str:
    """Return the taker of "a sample of X", "a cover by X", "X's remix"."""
    other = {"song": "value", "value": "song", "": ""}
    after = reading.norm(verb.end)
    if after == "version":
        after = reading.norm(verb.end + 1)
    taken_first = reading.norm(verb.start).startswith(("sampl", "interpol"))
    if after in {"of", "from"}:
        return other[right]
    if after == "by":
        return other[right] if taken_first else right
    if _owned(reading, verb):
        return left
    return ""


def _owned(reading: Reading, verb: Atom) -> bool:
    return reading.norm(verb.start - 1) == "s" or (reading.norm(verb.start - 1) == "cover" and reading.norm(verb.start - 2) == "s")


def _is_passive(reading: Reading, verb: Atom) -> bool:
    i = verb.start - 1
    while reading.norm(i) in {"also", "later", "since", "been"} and i > 0:
        i -= 1
    return (
        reading.norm(verb.end) in {"by", "in"} or reading.norm(i) in _PASSIVE or reading.norm(verb.start - 1) == "been" or verb.start == 0
    )


def _nearest(reading: Reading, verb: Atom, sides: list[Side], step: int) -> str:
    """Return whose name is nearest on one side of `verb`, an empty text where none is before a break."""
    found = [s for s in sides if (s[0] < verb.start if step < 0 else s[0] >= verb.end)]
    if not found:
        return ""
    place, side = found[-1] if step < 0 else found[0]
    between = range(place + 1, verb.start + 1) if step < 0 else range(verb.end, place + 1)
    return "" if any(reading.words[i].hard_break and ":" not in reading.words[i].gap for i in between) else side


def _turned(reading: Reading, verb: Atom, fact: Fact) -> Reason:
    says = SAYS.get(fact.predicate) or f"{PREDICATES[fact.predicate].title.lower()} of the song"
    return Reason(
        rule="binding.direction",
        span=reading.span(verb.start, verb.end),
        facts=(fact.key,),
        text=f"the fact says {fact.value}: {says}; the sentence turns round who takes from whom",
        repair="Keep the direction of the cited fact.",
    )
