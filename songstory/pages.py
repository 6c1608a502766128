"""What a published story holds: a revision with its facts and sources, as JSON and as a page of cards."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson

from songstory import assets
from songstory.models import Fact, Revision, Source, Track
from songstory.vocabulary import CARD_KINDS

SCHEMA = 1
# IPTC digital source types: what a machine wrote alone, and what a person then edited.
_SOURCE_TYPE = {"model": "trainedAlgorithmicMedia", "composer": "algorithmicMedia", "person": "compositeWithTrainedAlgorithmicMedia"}


def body(
    revision: Revision,
    track: Track,
    facts: Mapping[str, Fact],
    sources: Sequence[Source],
    *,
    language: str,
    market: str,
    approved_by: Sequence[str],
    published_by: str,
    at: datetime,
) -> bytes:
    """Return the bytes that are stored and served: cards, the facts they cite by number, their sources and licences."""
    cited = list(dict.fromkeys(key for card in revision.cards for s in (card.headline, *card.sentences) for key in s.cites))
    number = {key: i for i, key in enumerate(cited, start=1)}
    names = {s.key: i for i, s in enumerate(sources, start=1)}

    def sentence(s: Any) -> dict[str, Any]:
        return {"text": s.text, "facts": [number[c] for c in s.cites]}

    found: dict[str, Any] = {
        "schema": SCHEMA,
        "story": revision.story,
        "revision": revision.id,
        "track": {"id": track.id, "title": track.title, "artist": track.artist_credit},
        "language": language,
        "market": market,
        "published_at": at.isoformat(),
        "cards": [
            {
                "kind": c.kind,
                "kicker": CARD_KINDS.get(c.kind, c.kind),
                "headline": sentence(c.headline),
                "sentences": [sentence(s) for s in c.sentences],
                **({"start_ms": c.start_ms, "end_ms": c.end_ms} if c.start_ms is not None else {}),
            }
            for c in revision.cards
        ],
        "facts": [_fact(facts[key], number[key], names) for key in cited],
        "sources": [
            {"number": names[s.key], **s.model_dump(include={"name", "licence", "licence_url", "attribution", "url"})} for s in sources
        ],
        "written_by": {"name": revision.author, "kind": revision.author_kind},
        "digital_source_type": _SOURCE_TYPE.get(revision.author_kind, "compositeWithTrainedAlgorithmicMedia"),
        "approved_by": sorted(approved_by),
        "published_by": published_by,
    }
    return orjson.dumps(found)


def _fact(fact: Fact, number: int, sources: Mapping[str, int]) -> dict[str, Any]:
    return {
        "number": number,
        "key": fact.key,
        "predicate": fact.predicate,
        "value": fact.value,
        "qualifiers": {q: v for q, v in fact.qualifiers.items() if q != "short"},
        "source": sources.get(fact.source),
        "locator": fact.locator,
    }


def etag(data: bytes) -> str:
    """Return the name of exactly these bytes."""
    return hashlib.sha256(data).hexdigest()[:32]


def html(published: Mapping[str, Any]) -> str:
    """Return the swipeable page of a published story: one file, no outside request, usable by keyboard and screen reader."""
    hue = int(hashlib.sha256(str(published["story"]).encode()).hexdigest()[:4], 16) % 360
    cards = [{**card, "hue": (hue + 47 * i) % 360} for i, card in enumerate(published["cards"])]
    return assets.templates().get_template("cards/story.html.jinja").render(story=published, cards=cards)
