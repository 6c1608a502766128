"""Compares two revisions word by word, and says which support was gained or lost between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from songstory.models import Card, Revision, Sentence, Value

_WORDS = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.4  # from here on two sentences are one that was changed, below they are one gone and one new


class Piece(Value):
    """A run of words: same, gone or new."""

    kind: str
    text: str


class Line(Value):
    """One sentence in both revisions: its words, where it stands, what it cites, and whether it was and is supported.

    `before` or `after` is None where the sentence is not there; `moved` says that the same words stand in another place now.
    """

    card: str
    headline: bool
    pieces: tuple[Piece, ...]
    before: bool | None
    after: bool | None
    cites_gone: tuple[str, ...] = ()
    cites_new: tuple[str, ...] = ()
    moved: bool = False

    @property
    def changed(self) -> bool:
        words = self.moved or any(p.kind != "same" for p in self.pieces)
        return words or bool(self.cites_gone or self.cites_new) or self.before != self.after


class Comparison(Value):
    """All sentences of two revisions side by side. `share` is the part of the words that changed, 0 to 1."""

    old: str
    new: str
    lines: tuple[Line, ...]
    share: float

    @property
    def gained(self) -> int:
        return sum(line.after is True and line.before is False for line in self.lines)

    @property
    def lost(self) -> int:
        return sum(line.after is False and line.before is not False for line in self.lines)


class _Told(Value):
    card: str
    headline: bool
    sentence: Sentence
    supported: bool


def _told(revision: Revision) -> list[_Told]:
    verdicts = {(v.card, v.sentence): v.supported for v in revision.verdicts}
    return [
        _Told(card=card.kind, headline=s < 0, sentence=sentence, supported=verdicts.get((c, s), False))
        for c, card in enumerate(revision.cards)
        for s, sentence in [(-1, card.headline), *enumerate(card.sentences)]
    ]


def compare(old: Revision, new: Revision) -> Comparison:
    """Return the two revisions side by side, sentence by sentence, in the order of the new one."""
    lines = [_line(gone, come, moved=moved) for gone, come, moved in _moves(_pairs(_told(old), _told(new)))]
    return Comparison(old=old.id, new=new.id, lines=tuple(lines), share=changed_share(old.cards, new.cards))


def _moves(pairs: list[tuple[_Told | None, _Told | None]]) -> Iterator[tuple[_Told | None, _Told | None, bool]]:
    """Yield the pairs; a sentence that went from one place and came in another is one that moved, and told once, where it is now."""
    gone: dict[str, list[_Told]] = {}
    for old, new in pairs:
        if old is not None and new is None:
            gone.setdefault(old.sentence.text, []).append(old)
    origins = {id(new): gone[new.sentence.text].pop(0) for old, new in pairs if new and not old and gone.get(new.sentence.text)}
    told = {id(old) for old in origins.values()}
    for old, new in pairs:
        if new is not None and id(new) in origins:
            yield origins[id(new)], new, True
        elif old is None or new is not None or id(old) not in told:
            yield old, new, False


def _pairs(before: Sequence[_Told], after: Sequence[_Told]) -> list[tuple[_Told | None, _Told | None]]:
    """Match equal sentences first, then in each gap those most alike; what is left is gone or new."""
    matcher = SequenceMatcher(None, [t.sentence.text for t in before], [t.sentence.text for t in after], autojunk=False)
    pairs: list[tuple[_Told | None, _Told | None]] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += list(zip(before[a:b], after[c:d], strict=True))
        else:
            pairs += _gap(list(before[a:b]), list(after[c:d]))
    return pairs


def _gap(gone: list[_Told], come: list[_Told]) -> list[tuple[_Told | None, _Told | None]]:
    pairs: list[tuple[_Told | None, _Told | None]] = []
    for new in come:
        scored = [(SequenceMatcher(None, _words(old.sentence.text), _words(new.sentence.text)).ratio(), i) for i, old in enumerate(gone)]
        best, index = max(scored, default=(0.0, 0))
        if best >= _ALIKE:
            pairs += [(old, None) for old in gone[:index]]
            pairs.append((gone[index], new))
            del gone[: index + 1]
        else:
            pairs.append((None, new))
    return pairs + [(old, None) for old in gone]


def _line(old: _Told | None, new: _Told | None, *, moved: bool) -> Line:
    told = new or old
    assert told is not None
    was, now = (set(t.sentence.cites) if t else set() for t in (old, new))
    return Line(
        card=told.card, headline=told.headline, pieces=pieces(old.sentence.text if old else "", new.sentence.text if new else ""),
        before=old.supported if old else None, after=new.supported if new else None,
        cites_gone=tuple(sorted(was - now)), cites_new=tuple(sorted(now - was)), moved=moved,
    )  # fmt: skip


def _words(text: str) -> list[str]:
    return _WORDS.findall(text)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words of two texts as runs that are the same, gone or new, in reading order."""
    a, b = _words(old), _words(new)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece(kind="same", text="".join(a[i:j])))
            continue
        found += [Piece(kind="gone", text="".join(a[i:j]))] if j > i else []
        found += [Piece(kind="new", text="".join(b[k:m]))] if m > k else []
    return tuple(found)


def changed_share(old: Sequence[Card], new: Sequence[Card]) -> float:
    """Return which part of the words differs between two texts, 0 to 1: the edit distance that the overview shows."""
    a, b = (" ".join(s.text for c in cards for s in (c.headline, *c.sentences)).split() for cards in (old, new))
    return 1 - SequenceMatcher(None, a, b, autojunk=False).ratio() if a or b else 0.0
