"""A song with two accounts that accuse somebody together, and a text in which both stand on one card."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import add_people

import songstory as ss
from songstory.decisions import set_trust
from songstory.models import Card, Sentence
from songstory.store import Store, catalogue


def house(store: Store, path: Path, sources: int = 1) -> tuple[str, str]:
    """Load a song with two accounts that accuse together, told by so many trusted sources, and a desk; return their keys."""
    acts = {"Orrin Vale": "left the band in 2019", "Saltmarsh Choir": "could not pay its studio bill in 2019"}
    lines = [{"kind": "track", "id": "x", "title": "Low Water", "artist": "The Halyards"}]
    for n in range(sources):
        lines.append({"kind": "source", "key": f"s{n}", "name": f"Paper {n}", "licence": "CC0", "independent_group": f"g{n}"})
        lines += [{"kind": "fact", "track": "x", "predicate": "account", "value": v, "qualifiers": {"agent": a}, "source": f"s{n}", "locator": f"{n} {a}"} for a, v in acts.items()]  # fmt: skip
    plain = {"writer": "Zoe Orr", "tempo": 92, "about": "patience", "genre": "folk"}
    lines += [{"kind": "entity", "key": "z", "type": "person", "name": "Zoe Orr"}]
    lines += [{"kind": "fact", "track": "x", "predicate": p, "value": v, "source": "s0", "locator": p, **({"object": "z"} if p == "writer" else {})} for p, v in plain.items()]  # fmt: skip
    path.write_text("\n".join(map(json.dumps, lines)))
    assert not ss.import_file(store, path).rejected
    add_people(store)
    for n in range(sources):
        set_trust(store, f"s{n}", 80, actor="ben", independent=True)
    for key in (f.key for f in catalogue.facts_of(store, "x") if f.flags):  # what the words of one alone say was cleared
        with store.session() as session:
            catalogue.clear_flag(session, key, "sensitive")
    facts = {f.qualifiers.get("agent"): f.key for f in catalogue.facts_of(store, "x") if f.source == "s0"}
    return facts["Orrin Vale"], facts["Saltmarsh Choir"]


def beside(store: Store, keys: tuple[str, str]) -> str:
    """Save and hand in a text in which both stand on one card; return its revision."""
    known = {f.key: f for f in catalogue.facts_of(store, "x")}
    lines = tuple(Sentence(text=f"{known[k].qualifiers['agent']} {known[k].value}.", cites=(k,)) for k in keys)
    first = ss.generate(store, "x", ss.open_writer())
    edited = ss.edit(store, first.id, (Card(kind="people", headline=lines[0], sentences=lines),), actor="mara")
    ss.submit(store, edited.id, actor="mara")
    return edited.id
