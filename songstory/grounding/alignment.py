"""How closely a claim lies on evidence in prose: the features from which its score is made.

A feature is a number that an editor could check by hand: how many words the evidence lacks, how many names, whether
figures are contradicted, whether one denies what the other says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from songstory.grounding import infobox, quantities
from songstory.grounding.text import Word, split
from songstory.lexicon import NEGATIONS, NUMBER_WORDS
from songstory.names import words as fold_words

STOP = frozenset(
    """
    a an the and or but nor so of to in on at by for from with as into than then that this these those it its is was
    were are be been being am do does did has have had having will would can could may might shall should must there
    here which who whom whose what when where how also both while during such he she they him her them his hers their
    i you we me us my your our one s t re ve ll d m not no
    """.split()
)
_FIRST = frozenset("i i'm im my me we our us mine myself".split())
_TALK = frozenset(
    """
    yes yeah yea well oh wow haha lol sure think guess know love like favorite enjoy great cool good nice awesome
    interesting agree sorry maybe probably really definitely believe hope feel wish heard you your
    """.split()
)
_ALL = frozenset("only all every always never none most first last best worst ever sole entirely exclusively".split())
_VAGUE = frozenset(
    """
    famous popular known successful significant notable renowned prominent important various notably widely critically
    acclaimed beloved unique considered many numerous several likely mainly primarily overall currently making showcasing
    suggests indicating providing contribution legacy talented professional active
    """.split()
)
_ANTONYMS = {
    frozenset(pair.split("/"))
    for pair in """
    first/last before/after more/less most/least male/female man/woman boy/girl brother/sister son/daughter
    father/mother husband/wife he/she his/her him/her won/lost win/lose born/died older/younger oldest/youngest
    elder/younger early/late earlier/later north/south east/west northern/southern eastern/western up/down
    increase/decrease increased/decreased high/low higher/lower highest/lowest largest/smallest bigger/smaller
    big/small large/small long/short longer/shorter good/bad alive/dead single/married success/failure
    successful/unsuccessful positive/negative accept/reject accepted/rejected liked/disliked love/hate open/closed
    began/ended begin/end started/ended start/end always/never all/none many/few common/rare major/minor
    lead/supporting hero/villain black/white hot/cold old/new win/defeat victory/defeat actor/actress king/queen
    prince/princess fiction/nonfiction comedy/tragedy summer/winter spring/autumn democrat/republican
    professional/amateur indoor/outdoor rich/poor wealthy/poor left/right same/different internal/external
    """.split()
}
# What an infobox key is also called in a sentence; general words of press sheets and infoboxes.
_KEYS = {
    "born": "birth birthday birthplace native old age from",
    "died": "death dead deceased passed alive living life",
    "years active": "active career started began begin start performing performed music since decade retired making",
    "genre": "genre style music kind type play plays song album",
    "label": "label signed record company under released",
    "released": "release released came out debuted launch launched",
    "recorded": "recording recorded made created took",
    "length": "long length minute minutes hour duration lasts last runs running time short shorter longer",
    "producer": "produced producer production made",
    "songwriter": "wrote written writer songwriter penned",
    "composer": "composed composer music wrote",
    "associated acts": "worked collaborated collaboration associated with acts collaborate band group member performed together toured",
    "occupation": "works worked job career musician singer actor profession is",
    "instruments": "plays play played instrument musician",
    "spouse": "married wife husband marriage wed spouse",
    "children": "kids child children daughter son father mother parent",
    "website": "website site web page url online",
    "origin": "from originated hails formed began started hometown city country come comes",
    "members": "member members band group people",
    "studio": "studio recorded recording",
    "also known as": "name nickname known called alias stage",
    "birth name": "name born real full",
    "format": "available format sold vinyl cd",
    "frequency": "annual annually yearly year every each",
    "location": "held located place takes in city",
    "director": "directed director directing film",
    "cast member": "cast stars starring star starred features featuring actor actors",
    "instance of": "is a an type",
    "country": "in based located from nation",
    "country of citizenship": "from citizen nationality born",
    "country of origin": "from originated produced made",
    "occupation held": "worked served",
    "performer": "performed sung artist by",
    "position": "served held position",
}


# Words that present a fact and add nothing to it.
_PRESENTING = frozenset(
    """
    under falls fall holds hold held within operates operate including includes include included part presented presents
    associated classified classifies category categorized categorised considered identified serves serving serve
    consists consisted consist comprises various set used other another along addition additional instance individual
    entity person titled called named described listed located situated throughout through around towards among
    features featuring work works working title type belongs belonging also such well following specifically both each
    several two company film country name known
    """.split()
)
_ROLES = frozenset(
    """
    directed director written wrote writer author produced producer founded founder created creator starring starred
    stars played plays published released recorded born died located based headquartered member served won awarded
    married composed composer edited designed built owned invented discovered led succeeded replaced
    """.split()
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without its commonest endings; number words as digits."""
    if word in NUMBER_WORDS:
        return str(NUMBER_WORDS[word])
    for ending in ("ations", "ation", "ingly", "edly", "ings", "ing", "ies", "ied", "ers", "ed", "es", "ly", "er", "or", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)]
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lse":
                base = base[:-1]
            return base.rstrip("eiy") or base
    return word.rstrip("ey") if len(word) > 3 else word


class Evidence:
    """Evidence in prose, cut into pieces once: rows of "entity | key | values", and sentences."""

    def __init__(self, prose: list[str]) -> None:
        self.table = infobox.read(prose)
        self.rows = self.table.rows
        self.text = " ".join(prose)
        self.lines_of = [frozenset(stem(w.norm) for w in split(p)) for p in prose]
        pieces = [s for p in prose for s in re.split(r"(?<=[.!?])\s+(?=[A-Z\"'])", p) if s.strip()]
        self.pieces = [split(s) for s in pieces]
        self.stems = [frozenset(stem(w.norm) for w in p) for p in self.pieces]
        self.every = frozenset().union(*self.stems)
        self.words = frozenset(w.norm for p in self.pieces for w in p)
        self.keyed = frozenset(
            stem(w) for r in self.rows if r.key for name, said in _KEYS.items() if _same_key(name, r.key) for w in said.split()
        )
        self.heading = any(re.match(r"[A-Z][^.|]{0,60}: ", p) for p in prose)
        keys = [r.key for r in self.rows if r.key]
        self.repeated = len(keys) > len(set(keys))
        self.lines = [(r, _row_values(r), _row_cues(r)) for r in self.rows if r.key]
        self.register = register(prose, bool(keys), self.heading)
        self.initials = frozenset("".join(w.norm[0] for w in run) for p in self.pieces for run in _runs(p) if len(run) > 1)

    def nearest(self, words: list[Word]) -> int:
        """Return the place of the line of evidence that shares most words with a claim."""
        mine = {stem(w.norm) for w in words if w.norm not in STOP}
        return max(range(len(self.lines_of)), key=lambda i: len(mine & self.lines_of[i]), default=0)


def register(prose: list[str], keyed: bool, heading: bool) -> str:
    """Return what kind of evidence this is: Wikidata statements (their keys begin small), a table, an article passage, a sentence."""
    if keyed:
        starts = [line.split(" | ")[1][:1] for line in prose if line.count(" | ") == 2]
        return "statements" if sum(s.islower() for s in starts) * 2 > len(starts) else "table"
    return "article" if heading else "sentence"


def _row_values(row: infobox.Row) -> list[tuple[str, ...]]:
    return [v for v in (fold_words(value) for value in row.values) if v and not (len(v) == 1 and (v[0] in STOP or v[0].isdigit()))]


def _row_cues(row: infobox.Row) -> frozenset[str]:
    """Return the stems of the words by which a sentence may speak of a row."""
    own = {stem(w) for w in fold_words(row.key) if w not in STOP}
    return frozenset(own | {stem(w) for name, said in _KEYS.items() if _same_key(name, row.key) for w in said.split() if w not in STOP})


def _same_key(name: str, key: str) -> bool:
    plain = re.sub(r"\(s\)|[^a-z ]", "", key).strip()
    return plain == name or plain.rstrip("s") == name.rstrip("s")


def _runs(words: list[Word]) -> list[list[Word]]:
    found: list[list[Word]] = []
    for i, word in enumerate(words):
        if word.capital:
            if found and i and words[i - 1] is found[-1][-1]:
                found[-1].append(word)
            else:
                found.append([word])
    return found


def has(evidence: Evidence, word: str) -> bool:
    """Whether the evidence has a word, in another form of it too."""
    s = stem(word)
    if s in evidence.every or word in evidence.initials:
        return True
    return len(s) >= 5 and any(
        len(e) >= 5 and (e.startswith(s[:6]) or s.startswith(e[:6])) and abs(len(e) - len(s)) <= 4 for e in evidence.every
    )


NAMES = (
    "covered", "keyed", "best", "missing", "missing_share", "missing_names", "missing_numbers", "missing_rare", "pairs",
    "run", "size", "evidence_size", "denies", "denied", "opposite", "first_person", "talk", "totals", "vague",
    "figures_good", "figures_bad", "figures_unknown", "names", "second", "order", "question", "rows", "reach", "novel_tail",
    "span_share", "bound", "misbound", "foreign", "heading", "informal", "repeated", "pieces", "missing_roles",
    "missing_words", "missing_verbs", "missing_content", "missing_content_share",
)  # fmt: skip


@dataclass(frozen=True)
class Alignment:
    """A claim laid on evidence: its features in the order of `NAMES`, the content words the evidence lacks, and what speaks against it."""

    values: list[float]
    lacking: list[Word]
    odd: list[str]
    denies: bool
    opposite: bool

    def value(self, name: str) -> float:
        return self.values[NAMES.index(name)]


def features(words: list[Word], evidence: Evidence) -> list[float]:
    """Return the features of a claim against evidence, in the order of `NAMES`."""
    return align(words, evidence).values


def align(words: list[Word], evidence: Evidence) -> Alignment:
    """Lay a claim on evidence."""
    content = [w for w in words if w.norm not in STOP] or words
    found = [has(evidence, w.norm) for w in content]
    keyed = [f or stem(w.norm) in evidence.keyed for w, f in zip(content, found, strict=True)]
    lacking = [w for w, f in zip(content, keyed, strict=True) if not f]
    stems = [stem(w.norm) for w in content]
    shares = sorted((sum(s in p for s in stems) / len(stems) for p in evidence.stems), reverse=True) or [0.0]
    tally = quantities.weigh(words, evidence.table)
    norms = {w.norm for w in words}
    denied = any(_denies(p) for p in evidence.pieces)
    opposite = _opposites(norms, evidence)
    n = len(content)
    values = [
        sum(found) / n,
        sum(keyed) / n,
        shares[0],
        min(len(lacking), 8),
        len(lacking) / n,
        sum(w.capital and w.start > 0 for w in lacking),
        sum(w.norm[:1].isdigit() or w.norm in NUMBER_WORDS for w in lacking),
        sum(len(w.norm) > 6 for w in lacking),
        _pairs(words, evidence),
        _longest(words, evidence) / max(1, len(words)),
        min(len(words), 60),
        min(sum(map(len, evidence.pieces)), 400),
        float(_denies(words)) - float(denied),
        float(denied),
        opposite,
        len(norms & _FIRST - evidence.words),
        len(norms & _TALK - evidence.words),
        len(norms & _ALL - evidence.words),
        len(norms & _VAGUE - evidence.words),
        tally.good,
        tally.bad,
        tally.unknown,
        sum(w.capital and w.start > 0 for w in content) / n,
        shares[1] if len(shares) > 1 else 0.0,
        _disorder(words, evidence),
        float("?" in "".join(w.gap for w in words)),
        float(any(r.key for r in evidence.rows)),
        sum(1 for s in shares if s > 0.0) / len(shares),
        _tail(keyed),
        _span(content, evidence),
        *_bindings(words, evidence),
        float(evidence.heading),
        float(words[0].text[:1].islower()) + float(evidence.text[:1].islower()),
        float(evidence.repeated),
        min(len(evidence.pieces), 20),
        sum(w.norm in _ROLES for w in lacking),
        sum(not w.capital and w.norm.isalpha() for w in lacking) / n,
        sum(w.norm.endswith(("ed", "ing")) for w in lacking),
        min(sum(w.norm not in _PRESENTING for w in lacking), 8),
        sum(w.norm not in _PRESENTING for w in lacking) / n,
    ]
    return Alignment(values, [w for w in lacking if w.norm not in _PRESENTING], tally.odd, _denies(words) != denied, opposite > 0)


def _denies(words: list[Word]) -> bool:
    return any(w.norm in NEGATIONS or (w.norm == "t" and w.gap == "'") for w in words)


def _pairs(words: list[Word], evidence: Evidence) -> float:
    """Return the share of neighbouring word pairs of the claim that stand together in the evidence."""
    pairs = {(stem(a.norm), stem(b.norm)) for a, b in pairwise(words)}
    known = {(stem(a.norm), stem(b.norm)) for p in evidence.pieces for a, b in pairwise(p)}
    return len(pairs & known) / max(1, len(pairs))


def _longest(words: list[Word], evidence: Evidence) -> int:
    """Return the longest run of words that the claim shares with one piece of evidence."""
    mine = [stem(w.norm) for w in words]
    best = 0
    for piece in evidence.pieces:
        theirs = [stem(w.norm) for w in piece]
        last = [0] * (len(theirs) + 1)
        for a in mine:
            row = [0] * (len(theirs) + 1)
            for j, b in enumerate(theirs, 1):
                if a == b:
                    row[j] = last[j - 1] + 1
                    best = max(best, row[j])
            last = row
    return best


def _opposites(norms: set[str], evidence: Evidence) -> int:
    return sum(1 for pair in _ANTONYMS if len(pair & norms) == 1 and len(pair & evidence.words) == 1 and not pair & norms & evidence.words)


def _disorder(words: list[Word], evidence: Evidence) -> float:
    """Return the share of content word pairs that stand in the other order in the best piece of evidence."""
    best, most = None, 0
    for piece, stems in zip(evidence.pieces, evidence.stems, strict=True):
        shared = sum(stem(w.norm) in stems for w in words)
        if shared > most:
            best, most = piece, shared
    if best is None:
        return 0.0
    where: dict[str, int] = {}
    for i, w in enumerate(best):
        where.setdefault(stem(w.norm), i)
    places = [where[s] for s in (stem(w.norm) for w in words if w.norm not in STOP) if s in where]
    turned = sum(a > b for i, a in enumerate(places) for b in places[i + 1 :])
    total = len(places) * (len(places) - 1) / 2
    return turned / total if total else 0.0


def _bindings(words: list[Word], evidence: Evidence) -> tuple[float, float, float]:
    """Return how many values of the claim stand by a word for their own row, by a word for another row only, and by none."""
    bound = misbound = foreign = 0
    norms = [w.norm for w in words]
    stems = [stem(n) for n in norms]
    for row, own, cues in evidence.lines:
        for value in own:
            at = next((i for i in range(len(norms) - len(value) + 1) if tuple(norms[i : i + len(value)]) == value), -1)
            if at < 0:
                continue
            near = set(stems[max(0, at - 5) : at] + stems[at + len(value) : at + len(value) + 3])
            others = {c for r, _, k in evidence.lines if r is not row and r.key != row.key and value not in _ for c in k} - cues
            if near & cues:
                bound += 1
            elif near & others:
                misbound += 1
            else:
                foreign += 1
    return float(min(bound, 6)), float(min(misbound, 6)), float(min(foreign, 6))


def _tail(found: list[bool]) -> float:
    """Return the longest run of content words that the evidence lacks."""
    best = run = 0
    for f in found:
        run = 0 if f else run + 1
        best = max(best, run)
    return float(best)


def _span(content: list[Word], evidence: Evidence) -> float:
    """Return how much of the evidence's own content the claim takes up."""
    mine = {stem(w.norm) for w in content}
    own = {s for s in evidence.every if len(s) > 3}
    return len(mine & own) / max(1, len(own))
