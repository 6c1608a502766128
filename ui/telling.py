"""Turns stories, facts and comparisons into the plain data that the parts in the browser draw."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import safe

import songstory as ss
from songstory import editing, generation
from songstory.comparing import Comparison, Line
from songstory.errors import ReviewError
from songstory.models import Card, Fact, Revision, Story, Verdict
from songstory.sensitivity import marks
from songstory.vocabulary import CARD_KINDS, PREDICATES, RISKS


def page(
    story: Story, revision: Revision, cards: Sequence[Card], verdicts: Sequence[Verdict], facts: Sequence[Fact], place: str
) -> dict[str, Any]:
    """Return a story with its facts, each under its number: the cited ones first, in the order in which they are cited."""
    cited = list(dict.fromkeys(k for c in revision.cards for s in (c.headline, *c.sentences) for k in s.cites))
    place_of = {key: i for i, key in enumerate(cited)}  # as they are read; numbers stay while somebody types
    order = sorted(facts, key=lambda f: (place_of.get(f.key, len(cited)), not f.stands))
    numbers = {f.key: f"F{i}" for i, f in enumerate(order, start=1)}
    judged = {(v.card, v.sentence): v for v in verdicts}
    bad = sum(not v.supported for v in verdicts)
    words, tone = safe.STATUSES[story.status]
    badges = [
        {"text": words, "tone": tone},
        {"text": f"{len(verdicts) - bad} of {len(verdicts)} supported", "tone": "bad" if bad else "good"},
    ]
    badges += [{"text": RISKS[story.risk], "tone": "wait"}] if story.risk else []
    badges += [{"text": "live", "tone": "good"}] if story.live_revision else []
    artist, author = safe.seen(story.artist_credit), safe.seen(revision.author)
    meta = [artist, f"revision {revision.number} by {author}, {safe.age(revision.created_at)}", place]
    return {
        "revision": revision.id, "title": safe.seen(story.title), "artist": artist, "badges": badges, "kinds": CARD_KINDS,
        "meta": [m for m in meta if m], "hue": int(hashlib.sha256(story.id.encode()).hexdigest()[:4], 16) % 360,
        "cards": [_card(card, c, judged, numbers) for c, card in enumerate(cards)], "facts": [_fact(f, numbers[f.key]) for f in order],
    }  # fmt: skip


def _card(card: Card, c: int, judged: dict[tuple[int, int], Verdict], numbers: Mapping[str, str]) -> dict[str, Any]:
    lines = [_line(s.text, s.cites, judged.get((c, i)), numbers) for i, s in [(-1, card.headline), *enumerate(card.sentences)]]
    return {"kind": card.kind, "lines": lines}


def _line(text: str, cites: Sequence[str], verdict: Verdict | None, numbers: Mapping[str, str]) -> dict[str, Any]:
    reasons = () if verdict is None or verdict.supported else verdict.reasons

    def by_number(words: str) -> str:  # a reason names a fact by its key, a reader knows it by its number
        for key in cites:
            words = words.replace(key, numbers.get(key, key)) if key else words
        return safe.seen(words)

    why = [{"span": by_number(r.span), "text": by_number(r.text), "repair": by_number(r.repair)} for r in reasons]
    return {"text": text, "seen": safe.seen(text), "cites": list(cites), "ok": verdict.supported if verdict else None, "why": why}


def _fact(fact: Fact, number: str) -> dict[str, Any]:
    known = PREDICATES.get(fact.predicate)
    agent = str(fact.qualifiers.get("agent", ""))  # an account is told as a sentence: who, then what they did
    left_out = {"short", *(("agent", "kind") if agent else ())}
    more = "; ".join(f"{k.replace('_', ' ')}: {v}" for k, v in fact.qualifiers.items() if k not in left_out)
    told = f"{agent} {fact.value}".strip() + (f" ({more})" if more else "")
    source = [x for x in (fact.source_name, fact.locator, fact.licence) if x]
    return {
        "key": fact.key, "n": number, "kind": known.title if known else fact.predicate.replace("_", " "),
        "text": safe.seen(told), "quote": safe.seen(fact.quote), "source": [safe.seen(x) for x in source], "stands": fact.stands,
        "marks": marks(fact),
    }  # fmt: skip


def cards_from(sent: object) -> tuple[Card, ...]:
    """Return the cards that the browser sent. Raise ReviewError for what no card is."""
    if not isinstance(sent, list) or not all(isinstance(c, dict) and isinstance(c.get("lines"), list) and c["lines"] for c in sent):
        raise ReviewError("what the browser sent is no list of cards; reload the page, what was kept is still there")
    return editing.cards_from([{"kind": c.get("kind"), "headline": c["lines"][0], "sentences": c["lines"][1:]} for c in sent])


def checked(store: ss.Store, story: Story, cards: Sequence[Card]) -> tuple[Verdict, ...]:
    """Return the verdicts on a text that is being typed, against the facts as they stand now."""
    return generation.verdicts_on(store, story.track, cards)


def comparison(found: Comparison) -> dict[str, Any]:
    """Return a comparison as the part draws it: only what changed, each sentence with what became of its support."""
    changed = [line for line in found.lines if line.changed]
    kept = len(found.lines) - len(changed)
    told = [f"{safe.counted(len(changed), 'sentence')} changed, {kept} the same; {found.share:.0%} of the words differ."]
    told += [f"Support gained: {found.gained}."] if found.gained else []
    told += [f"Support lost: {found.lost}."] if found.lost else []
    return {"summary": " ".join(told), "lines": [_compared(line) for line in changed]}


def _compared(line: Line) -> dict[str, Any]:
    words, tone = _VERDICTS[(line.before, line.after)]
    words = f"moved, {words}" if line.moved else words
    cites = []
    cites += [f"{safe.counted(len(line.cites_gone), 'fact')} no longer cited"] if line.cites_gone else []
    cites += [f"{safe.counted(len(line.cites_new), 'fact')} newly cited"] if line.cites_new else []
    pieces = [p.model_dump() | {"text": safe.seen(p.text)} for p in line.pieces]
    where = f"{CARD_KINDS.get(line.card, 'Card')}{', headline' if line.headline else ''}"
    return {
        "where": where, "pieces": pieces, "verdict": words, "tone": tone, "cites": "; ".join(cites)
    }  # fmt: skip


_VERDICTS: dict[tuple[bool | None, bool | None], tuple[str, str]] = {
    (True, True): ("still supported", "good"),
    (False, False): ("still not supported", "bad"),
    (True, False): ("support lost", "bad"),
    (False, True): ("support gained", "good"),
    (None, True): ("new, supported", "good"),
    (None, False): ("new, not supported", "bad"),
    (True, None): ("taken out", ""),
    (False, None): ("taken out", ""),
    (None, None): ("", ""),
}
