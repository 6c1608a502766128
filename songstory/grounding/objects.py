"""Stage 4 for things: a statement is about the song, its video, its album or another's work, and its fact must be too."""

from __future__ import annotations

from songstory.grounding.atoms import Atom, Reading
from songstory.grounding.clauses import rightward
from songstory.models import Fact, Reason
from songstory.vocabulary import PREDICATES

# What is said of these belongs to a thing with a name of its own.
NAMED_THINGS = frozenset("samples sampled_by interpolates covers covered_by remixed_by track_on single_from featured_in b_side_of".split())


# Verbs of receiving: their subject is the song or its artist, never who certifies or hands out.
_RECEIVING = ("receiv", "earn", "got", "gain", "obtain", "achiev", "attain", "went", "goes", "won", "win", "reach", "secur", "held", "hold")


def check(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Return the reasons against what the statements of `reading` are about."""
    return [*_ordinals(reading, facts), *_objects(reading, facts), *_givers(reading, facts)]


def _givers(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """Who certifies does not receive: "the BPI earned gold"."""
    return [
        _of_another(reading, atom, facts, "the song")
        for atom in reading.atoms
        if any(part == "by" and facts[f].predicate == "certified" for f, part in atom.owners)
        and reading.norm(atom.end).startswith(_RECEIVING)
    ]


def unsaid(reading: Reading, atom: Atom, facts: list[Fact]) -> Reason:
    """Return the reason against using a figure or a term for something its fact does not say."""
    span = reading.span(atom.start, atom.end)
    titles = ", ".join(sorted({PREDICATES[facts[f].predicate].title.lower() for f in atom.facts()}))
    return Reason(
        rule="binding.kind",
        span=span,
        facts=tuple(facts[f].key for f in sorted(atom.facts())),
        text=f"{span} belongs to: {titles}; the sentence uses it for something else",
        repair=f"Say {span} of its own fact only.",
    )


def _ordinals(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """An ordinal counts the noun after it: "the second single" is not the second track."""
    reasons = []
    for atom in reading.atoms:
        counted = isinstance(atom.value, tuple) and atom.value[0] == "ordinal"
        if not atom.owners or not (counted or "ordinal" in atom.parts()):
            continue
        following, noun = reading.at(atom.end), reading.norm(atom.end)
        own = following is not None and following.kind == "trigger" and bool(following.facts() & atom.facts())
        of_album = noun in {"track", "song", "cut"} and any(facts[f].predicate == "track_on" for f in atom.facts())
        if not own and not of_album and noun in {"track", "song", "cut", "single", "album", "version", "recording"}:
            reasons.append(unsaid(reading, atom, facts))
    return reasons


def _objects(reading: Reading, facts: list[Fact]) -> list[Reason]:
    """A video's director directed the video, not the song; words about the song are not about its video."""
    reasons = []
    for atom in reading.atoms:
        said = {facts[f].predicate for f in atom.facts()}
        after = [w.norm for w in reading.words[atom.end : atom.end + 3]]
        song = after[:1] == ["the"] and after[1:2] and after[1] in {"song", "track", "single", "recording", "record"}
        if atom.kind == "trigger" and said == {"video_director"} and song:
            reasons.append(_of_another(reading, atom, facts, "the video"))
        if _is_album(atom, facts) and _came_out(reading, atom, facts):
            reasons.append(_of_another(reading, atom, facts, "the song"))
        if atom.subject and _of_another_s(reading, atom, facts):
            reasons.append(_of_another(reading, atom, facts, "another work"))
        described = atom.kind == "trigger" and said == {"described_as"}
        later = reading.atoms if described else []
        quoted = next((a for f in atom.facts() for a in later if (f, "value") in a.owners and a.start > atom.end), None)
        if quoted is not None:
            between = {w.norm for w in reading.words[atom.end : quoted.start]}
            if between & {"video", "clip", "album", "film"}:
                reasons.append(_of_another(reading, atom, facts, "the song"))
    return reasons


def _is_album(atom: Atom, facts: list[Fact]) -> bool:
    return not atom.subject and any(part == "value" and facts[f].predicate in {"track_on", "single_from"} for f, part in atom.owners)


def _came_out(reading: Reading, album: Atom, facts: list[Fact]) -> bool:
    """Whether an album is made the subject of what is said of the song: "Tidal came out on 20 April"."""
    if album.start and not reading.words[album.start].hard_break:
        return False
    said = rightward(reading, album.end)
    dated = [a for a in reading.atoms if a.kind == "date" and a.start > album.end]
    counted = any(a.parts() & {"ordinal"} for a in reading.atoms if a.start > album.end)
    release = any(facts[f].predicate in {"released", "label", "single_from"} for t in said for f in t.facts())
    return release and (counted or any(not a.facts() & album.facts() for a in dated))


def _of_another_s(reading: Reading, own: Atom, facts: list[Fact]) -> bool:
    """Whether the song or its artist is joined to another's work or name: "Low Tide by" the artist, another's title."""
    before = reading.at(own.start - 2)
    if before is None or before.subject or not any(facts[f].predicate in NAMED_THINGS | {"remixed_by"} for f in before.facts()):
        return False
    joint = reading.norm(own.start - 1)
    work = any(part == "value" and PREDICATES[facts[f].predicate].value == "term" for f, part in before.owners)
    return (joint == "by" and work and own.kind == "name") or (joint == "s" and before.kind == "name" and own.kind == "title")


def _of_another(reading: Reading, atom: Atom, facts: list[Fact], what: str) -> Reason:
    span = reading.span(atom.start, atom.end)
    keys = tuple(facts[f].key for f in sorted(atom.facts()))
    return Reason(rule="binding.object", span=span, facts=keys, text=f"the cited fact says this of {what}", repair=f"Say it of {what}.")
