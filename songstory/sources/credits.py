"""Credit cells as people write them: "Ines Okafor (lyrics) & Jonas Brandt [guitar]", "1. A 2. B", "Okafor, Ines; Brandt, Jonas". Pure.

A cell becomes the names in it, each with the predicate of its role. Shares ("50%", "[100]") are confidential: they are dropped before
anything else is read, and no error names them. What cannot be read with confidence is refused as a whole, never told by half.
Some columns name people (writer), where "&" parts two; some name acts (label), whose names hold "&", "and" and "/" themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from songstory.names import fold
from songstory.names import words as fold_words
from songstory.sources import credit_words as say
from songstory.sources.shares import masked, without_private, without_shares
from songstory.vocabulary import by_term, is_credit

MOST = 200  # names in one cell
LONGEST = 20_000  # characters of one cell
PARTS, TURNED = "parts", "turned"  # what a comma does in a column: it parts names, or it turns one round
ACTS = frozenset({"performer", "featured_artist", "remixer", "label", "covers", "covered_by", "remixed_by", "signed_to"})

_WRITERS = frozenset({"writer", "composer", "lyricist"})
_ONLY_FIGURES = re.compile(r"[0-9.,/ %]{1,20}")
_LAST_FIGURE = re.compile(r" [0-9]{1,3}(?:[.,][0-9]{1,4})?$")
_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]{0,120})[)\]}]")
_FIRST, _MOST_HELD, _WRITTEN = (
    0xE000,
    4_000,
    "\uf000",
)  # signs of no script, which stand for what is in brackets, and part a name from another form
_HELD = re.compile("[\ue000-\uf000]")
_HARD = re.compile(r"[;|\n\t•▪◦●‣⁃、，；／]| [/·∙] | // |(?<=[一-鿿])・(?=[一-鿿])")  # the last also stands within foreign names
_NUMBERED = re.compile(r"(?<![^\s\ue000-\uf000])[0-9]{1,2}[.)] ")
_IN_BRACKETS = re.compile(r"(?<!\S)\([0-9]{1,2}\) ")
_DASHED = re.compile(r"(?:^|\n) ?[-–—*] ?")
_AND = re.compile(r" (?:and|und|et|[&+]) |(?<=\w{3})&(?=\w{3})|& ", re.IGNORECASE)
_AND_OF_NAMES = re.compile(r" [ye] ")  # a Spanish or Portuguese name may hold it too
_MEET = re.compile(r" (?:x|×|vs\.?|versus) ")
_FEAT = re.compile(r"(?: |^)[(\[]?(?:feat\.?|ft\.?|featuring) ", re.IGNORECASE)
_KNOWN_AS = re.compile(
    r"[ ,(]{1,2}([paf]/k/a|p\.?k\.?a\.?|professionally known as|a\.?k\.?a\.?|alias|d/?b/?a|f\.?k\.?a\.?|formerly|n[ée]e|geb\.|born) ?",
    re.IGNORECASE,
)
_PROFESSIONALLY = "p"
_AND_OTHERS = re.compile(
    r",? (?:et al\.?|u\. ?a\.?|(?:and|&|und|y|et|e) (?:others|more|andere|otros|autres|outros|altri))$|,? etc\.?$", re.IGNORECASE
)
_TRADITIONAL = re.compile(r"(?:trad(?:itional)?|anon(?:ymous)?|p\.? ?d)\.?[,:; ]{1,2}", re.IGNORECASE)
_LABEL = re.compile(
    r"([^:\ue000-\uf000]{1,40}?) ?: ?|((?:\w{3,12} (?:and|&) )?\w{4,12}) (?:by|von|par|di|por|door) "
    r"|(arr|prod|lyr|mus|text|musik)\. ?(?:by )?",
    re.IGNORECASE,
)
_NEXT_LABEL = re.compile(r",? (?:and |und |& )?(?=(?:\w{3,12} (?:and|&) )?\w{4,12}(?: (?:by|von|par|di|por|door) | ?: ))")
_TRACKS = re.compile(r"(?:tracks?|songs?|titel|pistes?|plages?|pistas?|tracce|traccia|faixas?|#|nos?\.) ?[0-9]", re.IGNORECASE)
_ROLE_SIGNS = re.compile(r"[,/&+;]| and | und | et | y | e ")
_INITIALS = re.compile(r"(?:\w\.? ?-?){1,3}")
_ODD = re.compile(r"[%％=<>{}\\^~_:]|[$€£][0-9]|https?:|www\.|@\w|\?$|[()\[\]]")
_PARTICLES = frozenset("van von de der den del della di da dos du la le el al bin ibn ben mac st o".split())


class Credit(NamedTuple):
    """A name, what it did, and how the cell writes it where that is another way."""

    name: str
    predicate: str
    credited_as: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()


def read(cell: str | Sequence[str], predicate: str, commas: str = "") -> list[Credit]:
    """Return the names of a cell, in its order, each once. Raise ValueError, with what was expected and found, for what is unsure.

    A list gives each name by itself. `commas` is what a comma does in the column, as `commas_of` its cells says, "" where none shows.
    """
    whole = "\n".join(cell) if not isinstance(cell, str) else cell
    if len(whole) > LONGEST:
        raise ValueError(f"expected up to {LONGEST:,} characters, found {len(whole):,}")
    pieces, held = _pieces(cell, predicate)
    if predicate not in ACTS and not commas and _all_turned(pieces):
        commas = TURNED
    found: dict[Credit, None] = {}
    for piece in (p for whole in pieces for p in _relabelled(whole, predicate)):
        for credit in _piece(piece, predicate, commas, held, alone=not isinstance(cell, str)):
            found[credit] = None
    if len(found) > MOST:
        raise ValueError(f"expected up to {MOST} names in one cell, found {len(found):,}")
    return list(found)


def commas_of(cell: str) -> str:
    """Return what a comma does in a cell: PARTS between full names, TURNED where each name is turned round, "" where it may be either."""
    pieces, _ = _pieces(cell, "writer")
    if _all_turned(pieces):
        return TURNED
    full = [sum(" " in part.strip() for part in p.split(",") if fold(part.strip(" .")) not in say.SUFFIXES) for p in pieces if "," in p]
    return PARTS if any(n > 1 for n in full) else ""


def _refused(expected: str, found: str) -> ValueError:
    return ValueError(f"expected {expected}, found {masked(_HELD.sub(' ', found))!r}")


# a cell in pieces ---------------------------------------------------------------------------------------------------


def _pieces(cell: str | Sequence[str], predicate: str) -> tuple[list[str], list[str]]:
    """Return the pieces of a cell that surely are apart, and what stood in brackets: in a piece one sign holds its place."""
    acts = predicate in ACTS
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        if acts and _FEAT.match(match[1].strip()):  # "Mia (feat. Ida)" says what "Mia feat. Ida" does
            return f" {match[1].strip()} "
        held.append(match[1].strip())
        return f" {chr(_FIRST + len(held) - 1)} " if len(held) <= _MOST_HELD else " "

    whole = [cell] if isinstance(cell, str) else list(cell)
    if not acts:
        whole = [without_private(c) for c in whole]
        whole = [_IN_BRACKETS.sub("\n", c) if c.startswith("(1) ") else c for c in whole]
    cells = [without_shares(c, acts=acts) for c in whole]
    texts = [_BRACKET.sub(hold, _HELD.sub(" ", c)) for c in cells]
    if isinstance(cell, str):
        listed = [_DASHED.sub("\n", t) for t in texts]
        listed = [_NUMBERED.sub("\n", t) if len(_NUMBERED.findall(t)) > 1 or _NUMBERED.match(t) else t for t in listed]
        texts = [p for t in listed for p in _HARD.split(t)]
    found: list[str] = []
    for text in (" ".join(t.split()).strip(" ,") for t in texts):
        if found and _HELD.sub("", text).strip() == "" and text:  # a role that a share parted from its name
            found[-1] += f" {text}"
        elif text and not _ONLY_FIGURES.fullmatch(text):
            found.append(text)
    return (found if acts else _without_figures(found)), held


def _without_figures(pieces: list[str]) -> list[str]:
    """Return pieces without the figure at the end of each, which then is a share: "Ines Okafor 50", "Jonas Brandt 50"."""
    parts = [p for piece in pieces for p in piece.split(",")]
    if len(parts) > 1 and all(_LAST_FIGURE.search(p) for p in parts):
        return [_LAST_FIGURE.sub("", p).strip() for p in parts]
    return [p.removesuffix(" 100") for p in pieces]


def _all_turned(pieces: Sequence[str]) -> bool:
    """Whether a list gives each name turned round: "Okafor, Ines; Brandt, Jonas"."""
    return len(pieces) > 1 and all(p.count(",") == 1 and _may_be_turned(*p.split(",")) for p in pieces)


def _may_be_turned(last: str, first: str) -> bool:
    family, given = _HELD.sub("", last).split(), _HELD.sub("", first).split()
    bare = [w for w in family if fold(w) not in _PARTICLES]
    return len(bare) == 1 and 1 <= len(given) <= 3 and fold(given[0].strip(".")) not in say.ARTICLES | say.SUFFIXES


def _piece(piece: str, predicate: str, commas: str, held: Sequence[str], *, alone: bool) -> list[Credit]:
    """Return the names of one piece, which may begin with the role of all of them: "Music: A, B"."""
    text = _AND_OTHERS.sub("", piece)
    text = _TRADITIONAL.sub("", text, count=1) if _TRADITIONAL.match(text) else text
    roles = [(predicate, "")]
    if match := None if predicate in ACTS else _LABEL.match(text):
        named = _roles(next(g for g in match.groups() if g), predicate)
        if named is None and match[1] and _roles(text[match.end() :], predicate) is None:
            raise _refused("names, or a role before a colon such as 'Music: Ines Okafor'", piece)
        if named:
            roles, text = named, text[match.end() :]
    names = [text] if alone or _is_known(text) else _acts(text) if predicate in ACTS else _people(text, commas)
    return [credit for name in names for credit in _named(name, roles, held, people=predicate not in ACTS)]


def _relabelled(piece: str, predicate: str) -> list[str]:
    """Return a piece parted where another role begins: "Lyrics by Ines Okafor, music by Jonas Brandt"."""
    match = None if predicate in ACTS else _LABEL.match(piece)
    if match is None or not _roles(next(g for g in match.groups() if g), predicate):
        return [piece]
    first, *more = _NEXT_LABEL.split(piece[match.end() :])  # "Words and music by" is one role
    return [piece[: match.end()] + first, *more]


def _is_known(text: str) -> bool:
    return fold_words(_HELD.sub("", text)) in say.LAST_HELP


# names in a piece ---------------------------------------------------------------------------------------------------


def _acts(text: str) -> list[str]:
    """Return the acts of a piece. A comma parts them but in lists of single words with "&", which is how bands are named."""
    head, *guests = _FEAT.split(text)
    if guests:
        return [*([head.strip(" ,")] if head.strip(" ,") else []), *(f"feat. {name}" for g in guests for name in _guests(g))]
    met = [p.strip() for p in _MEET.split(text)]
    if len(met) > 1 and all(" " in p for p in met):  # of single words it is how a pair calls itself
        return [name for p in met for name in _acts(p)]
    parts = _glued([p.strip() for p in text.split(",") if p.strip()])
    company = any(set(fold_words(p)) & {*say.COMPANIES, "division", "license", "licence", "co", "kg"} for p in parts)
    if len(parts) < 2 or company:
        return [text] if company else parts
    last = [p.strip() for p in _AND.split(parts[-1])]
    if len(last) > 1 and all(" " not in p for p in (*parts[:-1], *last)):
        return [text]  # "Emerson, Lake & Palmer"
    return [*parts[:-1], *(last if fold(last[-1].split()[0]) not in say.ARTICLES else parts[-1:])]


def _guests(text: str) -> list[str]:
    """Return the acts behind "feat.": there "&" parts two full names, where elsewhere it may be the name of a pair."""
    names = _acts(text.strip(" ,)]"))
    parted = [[n] if _is_known(n) else _and_parted(n) for n in names]
    return [p for n, parts in zip(names, parted, strict=True) for p in (parts if all(" " in x for x in parts) else [n])]


def _people(text: str, commas: str) -> list[str]:
    """Return the people of a piece: "and" and "&" part them, a bare slash does, and a comma where it does not turn a name round."""
    known = [(m[1], m.span()) for m in _KNOWN_AS.finditer(text)]
    for _, (start, end) in reversed(known):  # its slashes part no names
        text = f"{text[:start]} {text[start:end].strip(' (,').replace('/', '')} {text[end:]}"
    segments = [_glued([p.strip() for p in s.split(",") if p.strip() and fold_words(p) not in say.NOBODY]) for s in _and_parted(text)]
    segments = [s for s in segments if s]
    if all(len(s) < 2 for s in segments):
        names = [n for s in segments for n in s]
    elif commas == TURNED or (commas != PARTS and _turned(segments)):
        names = [_turn(s, text) for s in segments]
    elif _listed(segments) or (commas == PARTS and not _pair(segments)):
        names = [n for s in segments for n in s]
    else:
        raise _refused("names parted by ; (a comma may part two names, or turn one round)", text)
    return [part for name in names for part in _slashed(name)]


def _and_parted(text: str) -> list[str]:
    """Return a text parted at "and" and "&", but not before an article; at "y" and "e" only between full names."""
    parts, start = [], 0
    for match in sorted((*_AND.finditer(text), *_AND_OF_NAMES.finditer(text)), key=re.Match.start):
        after = text[match.end() :].partition(",")[0].split()
        if not after or fold(after[0]) in say.ARTICLES or match.start() < start:
            continue
        before = text[start : match.start()].rpartition(",")[2].split()
        if len(before) == 1 and len(after) > 1 and {fold(before[0]), fold(after[0])} <= say.GIVEN:
            continue  # "Tom & Ann Poe" share one family name
        if match[0].strip() in {"y", "e"}:
            following = _AND.split(_AND_OF_NAMES.split(text[match.end() :], maxsplit=1)[0], maxsplit=1)[0].partition(",")[0].split()
            if len(before) < 2 or len(following) < 2:
                continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [p.strip(" ,") for p in (*parts, text[start:]) if p.strip(" ,")]


def _glued(parts: list[str]) -> list[str]:
    """Return the parts between commas, what belongs to the name before it given back: "Davis, Jr.", "Tyler, The Creator"."""
    found: list[str] = []
    for part in parts:
        words = [fold(w.replace(".", "")) for w in part.split()]
        if found and "".join(words) in say.SUFFIXES:
            found[-1] += f", {part}"
        elif found and words == ["the"]:
            found[-1] = f"The {found[-1]}"
        elif found and len(words) > 1 and words[0] == "the":
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _turned(segments: Sequence[Sequence[str]]) -> bool:
    """Whether every segment is one name turned round, and surely so: by initials, by a first name, or by all of several being so."""
    if not all(len(s) == 2 and _may_be_turned(*s) for s in segments):
        return False
    if all(s[0][0].islower() and fold(s[0].split()[0]) in _PARTICLES for s in segments):  # "van der Berg, Pieter"
        return True
    firsts = [_HELD.sub("", s[1]).split() for s in segments]
    sure = [(_INITIALS.fullmatch(" ".join(f[-1:])) and "." in f[-1]) or fold(f[0]) in say.GIVEN for f in firsts]
    return all(sure) and not any(fold(s[0]) in say.GIVEN for s in segments)


def _listed(segments: Sequence[Sequence[str]]) -> bool:
    """Whether commas part names: two of them are full, or "and" ends the list, or there are too many to be pairs."""
    parts = [p for s in segments for p in s]
    full = sum(" " in _HELD.sub("", p).strip() for p in parts)
    return full > 1 or (len(segments) > 1 and len(segments[-1]) == 1) or (full == 0 and len(parts) % 2 == 1)


def _pair(segments: Sequence[Sequence[str]]) -> bool:
    """Whether all there is are two single words, which may be one name turned round even where commas else part names."""
    return [len(s) for s in segments] == [2] and all(" " not in _HELD.sub("", p).strip() for p in segments[0])


def _turn(segment: Sequence[str], text: str) -> str:
    if len(segment) == 1:
        return segment[0]
    if len(segment) != 2:
        raise _refused("names such as 'Okafor, Ines', parted by ;", text)
    return f"{segment[1]} {segment[0]}{_WRITTEN}{', '.join(segment)}"


def _slashed(name: str) -> list[str]:
    """Return the names on both sides of a bare slash; "AC/DC" is one, of capitals alone."""
    if "/" not in name or _WRITTEN in name or _is_known(name):
        return [name]
    parts = [p.strip() for p in name.split("/") if p.strip()]
    return [name] if all(len(p) <= 3 and p.isupper() for p in parts) else parts


def _named(text: str, roles: Sequence[tuple[str, str]], held: Sequence[str], *, people: bool) -> list[Credit]:
    """Return what is said of one name: its roles in brackets, else those given. Nobody is no name; what is doubtful is refused."""
    name, _, written = text.partition(_WRITTEN)
    if name.startswith("feat. "):
        name, roles = name.removeprefix("feat. "), [("featured_artist", "")]
    own, stage, kept = _noted([held[ord(m) - _FIRST] for m in _HELD.findall(name)], roles[0][0])
    ends = not name.strip() or _HELD.match(name.strip()[-1])  # what stands in brackets within a name belongs to it: "Ines (Nes) Okafor"
    whole = not ends or (kept and not people)
    bare = " ".join(_HELD.sub(lambda m: f"({held[ord(m[0]) - _FIRST]})" if whole else " ", name).split())
    bare, after = _with_role(_as_known(stage or bare).strip(" ,-–—*"), roles[0][0]) if people else (bare, [])
    if not bare and any(fold_words(n) not in say.NOBODY for n in kept):
        raise _refused("a name", kept[0])
    if not fold_words(bare) or fold_words(bare) in say.NOBODY:
        return []
    _check(bare, people=people)
    if roles[0][0] in _WRITERS and set(fold_words(bare)) & say.COMPANIES:
        raise _refused("a person who wrote", bare)
    credited = " ".join(_HELD.sub(" ", written).split())
    said = dict.fromkeys([*own, *after] or roles)
    return [Credit(bare, role, credited, (("instrument", of),) if of else ()) for role, of in said]


def _noted(notes: Sequence[str], column: str) -> tuple[list[tuple[str, str]], str, list[str]]:
    """Return what the brackets behind a name say: roles, the name by which the world knows it, and what is neither."""
    roles: list[tuple[str, str]] = []
    stage, kept = "", []
    for note in notes:
        if match := _KNOWN_AS.match(f" {note}"):
            stage = f" {note}"[match.end() :].strip() if match[1].casefold().startswith(_PROFESSIONALLY) else stage
        elif said := _roles(note, column):
            roles += said
        elif set(fold_words(note)) & say.DOUBTS or "?" in note or _TRACKS.match(note):
            raise _refused("a name whose role is sure", note)
        else:
            kept.append(note)
    return roles, stage, kept


def _with_role(name: str, column: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a name and the role behind a dash or a colon: "Ines Okafor - lyrics". Anything else there is no part of a name."""
    for sign in (" - ", " – ", " — ", ": "):
        head, found, tail = name.rpartition(sign)
        if found and head:
            if (said := _roles(tail, column)) is None:
                raise _refused("a name, or a name and its role", name)
            return head.strip(), said
    return name, []


def _as_known(name: str) -> str:
    """Return the name by which the world knows somebody: of "Jane Doe p/k/a Lady J" the second, of "Jane Doe aka Lady J" the first."""
    match = _KNOWN_AS.search(name)
    if match is None:
        return name
    return name[match.end() :].strip() if match[1].casefold().startswith(_PROFESSIONALLY) else name[: match.start()].strip()


def _roles(note: str, column: str) -> list[tuple[str, str]] | None:
    """Return the roles that a note names, each with its instrument; None where any of it is no role."""
    parts = [" ".join(fold_words(p)) for p in _ROLE_SIGNS.split(note) if p.strip()]
    whole = _role(" ".join(fold_words(note)), column)
    if whole and (len(parts) < 2 or not whole[1]):  # "words & music" is one role, "guitar, bass" are two
        return [whole]
    found = [_role(p, column) for p in parts if p and not p.isdecimal()]
    return [f for f in found if f] if found and all(found) else None


def _role(key: str, column: str) -> tuple[str, str] | None:
    if key.rpartition(" ")[2] in say.INSTRUMENTS and key.count(" ") < 2:  # "bass guitar"
        return "instrument", key
    if (named := say.ROLES.get(key)) and is_credit(named):
        return named, ""
    known = by_term(f"{column.replace('_', ' ')} ({key})") or by_term(key)
    return (known.name, "") if known and is_credit(known.name) else None


def _check(name: str, *, people: bool) -> None:
    """Raise ValueError for what may be more or less than a name."""
    words = name.split()
    if (
        _ODD.search(re.sub(r"\([^()]{0,120}\)", "", name))
        or len(words) > (7 if people else 14)
        or not any(c.isalpha() or c.isdigit() for c in name)
    ):
        raise _refused("a name", name)
    if people and (
        any(w.strip(".,") in say.NO_NAMES for w in words) or _LAST_FIGURE.search(name) or ("," in name and not _is_suffixed(name))
    ):
        raise _refused("names parted by ;", name)


def _is_suffixed(name: str) -> bool:
    last = [fold(w.replace(".", "")) for w in name.rpartition(",")[2].split()]
    return "".join(last) in say.SUFFIXES or (len(last) > 1 and last[0] == "the") or _is_known(name)
