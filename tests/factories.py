"""Small true values for tests: a fact, a track, a brief, a card."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

from songstory import apart
from songstory.models import Brief, Card, Draft, Fact, Limits, NumberedFact, Sentence, Track

TRACK = Track(id="sledgehammer", recording="rec-sledgehammer", title="Sledgehammer", artist_credit="Peter Gabriel")


def fact(predicate: str = "writer", value: Any = "Peter Gabriel", *, key: str = "", **more: Any) -> Fact:
    """Return a fact about Sledgehammer; `more` are fields of Fact, or qualifiers when Fact has no such field."""
    fields = {k: v for k, v in more.items() if k in Fact.model_fields}
    qualifiers = {k.rstrip("_"): v for k, v in more.items() if k not in Fact.model_fields}
    person = predicate in {"writer", "producer", "instrument", "vocal", "mixer", "engineer", "composer", "lyricist", "video_director"}
    base = {"object": f"per-{value}" if person else None, "object_kind": "person" if person else "", "source": "test", "locator": "sheet 1"}
    return Fact(
        key=key or f"k-{predicate}-{value}",
        subject="rec-sledgehammer",
        predicate=predicate,
        value=value,
        qualifiers=qualifiers,
        **{**base, **fields},
    )


GABRIEL = fact("writer", "Peter Gabriel")
PRODUCERS = (fact("producer", "Daniel Lanois"), fact("producer", "Peter Gabriel"))
TOP = fact("charted", 1, chart="Billboard Hot 100", date="1986-07-26", weeks=1)
SHOW = fact("featured_in", "Miami Vice", medium="TV show")
TEMPO = fact("tempo", 96)
LABEL = fact("label", "Geffen", object="lab-geffen", object_kind="label")
ALL = (GABRIEL, *PRODUCERS, TOP, SHOW, TEMPO, LABEL)


def brief(*facts: Fact, **more: Any) -> Brief:
    """Return a brief of `facts`, numbered in order."""
    numbered = tuple(NumberedFact(number=f"F{i}", fact=f) for i, f in enumerate(facts or ALL, start=1))
    return Brief(track=TRACK, facts=numbered, card_kinds=("people", "charts"), limits=Limits(cards=3), **more)


def draft(*lines: tuple[str, tuple[str, ...]], headline: tuple[str, tuple[str, ...]] = ("Written by Peter Gabriel", ("F1",))) -> Draft:
    """Return a draft of one card with these (text, cites) lines."""
    card = Card(
        kind="people", headline=Sentence(text=headline[0], cites=headline[1]), sentences=tuple(Sentence(text=t, cites=c) for t, c in lines)
    )
    return Draft(cards=(card,), model="scripted")


TRUE = draft(("Peter Gabriel wrote it and produced it with Daniel Lanois.", ("F1", "F2", "F3")))
FALSE = draft(("Peter Gabriel wrote it and produced it with Daniel Lanois.", ("F1", "F2", "F3")), ("It was a haunting smash.", ("F4",)))


PEOPLE = ["Ana Okafor", "Bea Lindqvist", "Carlo Mendes", "Dana Whitfield", "Esi Adjei", "Femi Balogun", "Greta Holm", "Hugo Navarro"]
_ROOMS = ["Trident Studios", "Abbey Road Studios", "Electric Lady Studios", "Hansa Studios", "Sun Studio", "Muscle Shoals Sound Studio"]


def feed(path: Path, tracks: range, version: int = 0) -> Path:
    """Write a house catalogue: who produced a song, where it was recorded, how high it came."""
    with path.open("w") as file:
        file.write('{"kind":"source","key":"label","name":"Label feed","licence":"CC0"}\n')
        for i in tracks:
            rows = [
                {"kind": "track", "id": f"t{i:07d}", "title": f"Song {i}", "artist": f"Artist {i % 50_000}"},
                {"predicate": "producer", "value": PEOPLE[i % len(PEOPLE)]},
                {"predicate": "recorded_at", "value": _ROOMS[i % len(_ROOMS)]},
                {"predicate": "charted", "value": 1 + (i + version) % 100, "qualifiers": {"chart": "UK Singles Chart"}},
            ]
            for row in rows:
                given = {"kind": "fact", "track": f"t{i:07d}", "source": "label", "locator": f"row {i}"}
                file.write(json.dumps(row if "kind" in row else {**given, **row}) + "\n")
    return path


def join_apart() -> None:
    """Wait for what was started in processes of its own."""
    for thread in (t for t in threading.enumerate() if t.name == apart.NAME):
        thread.join(60)
