"""The beats of how a song was made: accounts, authors, other hands, the sound."""

from __future__ import annotations

from collections.abc import Iterable

from songstory.models import NumberedFact
from songstory.vocabulary import PREDICATES
from songstory.writers import phrases
from songstory.writers.beats import Beat, Facts, Names, Slot, make_beat, names, q


def _accounts(facts: Facts) -> list[Beat]:
    found = []
    for i, item in enumerate(facts.take("account")):
        fact = item.fact
        beat = make_beat("account", item, {"act": str(fact.value)}, weight=PREDICATES["account"].salience - min(i, 12))
        beat.card = q(fact, "kind") or "origin"
        beat.agent = q(fact, "agent") or "the song"
        found.append(beat)
    return found


def _authors(facts: Facts) -> list[Beat]:
    """Writers, composers, lyricists and producers, joined where the same people meet."""
    writers, film = facts.take("writer"), facts.take("written_for")
    qualified = [i for i in facts.peek("producer") if "note" in i.fact.qualifiers]
    if qualified:
        beat = make_beat("produced_note", qualified[0], {"note": q(qualified[0].fact, "note")})
        beat.names = {"names": names(qualified[:1])}
        facts.put("producer", [i for i in facts.take("producer") if i not in qualified])
        return [beat, *_credited(facts, writers, film)]
    return _credited(facts, writers, film)


def _credited(facts: Facts, writers: list[NumberedFact], film: list[NumberedFact]) -> list[Beat]:
    producers, place = facts.take("producer"), facts.peek("recorded_at")
    w, p = names(writers), names(producers)
    found: list[Beat] = []
    film_slots: dict[str, Slot] = (
        {k: (str(v), (film[0].number,)) for k, v in {"film": film[0].fact.value, "medium": q(film[0].fact, "medium") or "film"}.items()}
        if film
        else {}
    )
    both = Names(tuple((name, f"{n} {dict(p.items)[name]}") for name, n in w.items if name in dict(p.items)))
    if w.items and set(w.texts) == set(p.texts):
        family = "wrote_and_produced_for" if film else "wrote_and_produced"
        return [Beat(family, "people", 72, film_slots, {"names": both}), *_words_and_music(facts)]
    if w.items and film:
        found.append(Beat("wrote_for", "people", 72, film_slots, {"names": w}))
    elif w.items and p.items and set(w.texts) < set(p.texts):
        others = Names(tuple(i for i in p.items if i[0] not in w.texts))
        found.append(Beat("wrote_and_coproduced", "people", 66, {}, {"writers": both, "others": others}))
        return [*found, *_words_and_music(facts)]
    elif w.items and p.items and set(p.texts) < set(w.texts):
        others = Names(tuple(i for i in w.items if i[0] not in p.texts))
        found.append(Beat("produced_and_cowrote", "people", 66, {}, {"producers": both, "others": others}))
        return [*found, *_words_and_music(facts)]
    elif w.items and p.items and len(w.items) + len(p.items) <= 5:
        nouns: dict[str, Slot] = {
            "producer_noun": ("producers" if len(p.items) > 1 else "producer", p.cites),
            "writer_noun": ("writers" if len(w.items) > 1 else "writer", w.cites),
        }
        return [Beat("wrote_then_produced", "people", 64, nouns, {"writers": w, "producers": p}), *_words_and_music(facts)]
    elif w.items and not _told(facts, w):
        found.append(Beat("wrote", "people", 60, {}, {"names": w}))
    elif film:
        found.append(make_beat("written_for", film[0], {"medium": q(film[0].fact, "medium") or "film"}))
    if p.items:
        found.append(_produced(facts, p, bool(place) and len(p.items) <= 2))
    return [*found, *_words_and_music(facts)]


def _told(facts: Facts, writers: Names) -> bool:
    """Whether an account already says that the only writer wrote it."""
    acts = [f for f in (i.fact for i in facts.peek("account")) if str(f.value).startswith("wrote it")]
    return len(writers.items) == 1 and any(q(f, "agent") == writers.texts[0] for f in acts)


def _produced(facts: Facts, p: Names, joined: bool) -> Beat:
    noun = ("producers" if len(p.items) > 1 else "producer", p.cites)
    if not joined:
        return Beat("produced", "people", 52, {"noun": noun}, {"names": p})
    place = make_beat("produced_at", facts.take("recorded_at")[0])
    place.slots["place"] = place.slots["value"]
    place.names, place.card, place.weight = {"names": p}, "studio", 64
    return place


def _words_and_music(facts: Facts) -> list[Beat]:
    composers, lyricists = names(facts.take("composer")), names(facts.take("lyricist"))
    if composers.items and lyricists.items:
        beat = Beat("music_and_words", "people", 62, {}, {"composers": composers, "lyricists": lyricists})
        if published := facts.take("published"):
            beat.slots["published"] = (f"published {phrases.on_date(str(published[0].fact.value))}", (published[0].number,))
        return [beat]
    if composers.items:
        return [Beat("composed", "people", 58, {}, {"names": composers})]
    return [Beat("lyrics", "people", 58, {}, {"names": lyricists})] if lyricists.items else []


def _hands(facts: Facts) -> list[Beat]:
    """The other credits, one beat a role."""
    families = {
        "co_producer": "co_produced",
        "vocal_producer": "vocal_production",
        "additional_producer": "additional_production",
        "engineer": "engineered",
        "mixer": "mixed",
        "arranger": "arranged",
        "mastering_engineer": "mastered",
        "programmer": "programmed",
        "conductor": "conducted",
        "executive_producer": "executive",
        "remixer": "remixed",
        "featured_artist": "guests",
    }
    found = []
    for predicate, family in families.items():
        items = facts.take(predicate)
        plain = [i for i in items if "note" not in i.fact.qualifiers]
        for group in ([plain] if plain else []) + [[i] for i in items if i not in plain]:
            beat = make_beat(family, group[0])
            beat.names = {"names": names(group)}
            if note := q(group[0].fact, "note"):
                beat.slots["note"] = (note, (group[0].number,))
                beat.needs = ("note",)
            found.append(beat)
    for part, items in _by_qualifier(facts.take("vocal"), "part").items():
        beat = make_beat("sang", items[0], {"part": part, "part_cap": phrases.capital(part)})
        beat.names = {"names": names(items)}
        found.append(beat)
    if players := [i for i in facts.take("instrument") if q(i.fact, "instrument")]:
        beat = make_beat("played", players[0])
        cites = tuple(i.number for i in players)
        plays = phrases.series([f"{i.fact.value} plays {q(i.fact, 'instrument')}" for i in players])
        on = phrases.series([f"{i.fact.value} on {q(i.fact, 'instrument')}" for i in players])
        beat.slots = {"players": (plays, cites), "players_low": (plays, cites), "on_list": (on, cites)}
        if len(players) == 1:
            beat.slots["instrument"] = (q(players[0].fact, "instrument"), cites)
            beat.names = {"names": names(players)}
        found.append(beat)
    return found


def _by_qualifier(items: Iterable[NumberedFact], key: str) -> dict[str, list[NumberedFact]]:
    found: dict[str, list[NumberedFact]] = {}
    for item in items:
        found.setdefault(q(item.fact, key) or "vocals", []).append(item)
    return found


def _sound(facts: Facts) -> list[Beat]:
    """Tempo, key, length and genre, joined."""
    slots: dict[str, Slot] = {}
    parts = []
    for predicate, slot, show in (("tempo", "bpm", str), ("key", "key", str), ("duration", "clock", phrases.clock)):
        if items := facts.take(predicate):
            slots[slot] = (show(items[0].fact.value), (items[0].number,))  # type: ignore[arg-type]
            parts.append(slot)
    families = {
        ("bpm", "key", "clock"): "sound",
        ("bpm", "key"): "tempo_key",
        ("bpm", "clock"): "tempo_clock",
        ("key", "clock"): "key_clock",
        ("bpm",): "tempo",
        ("key",): "key",
        ("clock",): "clock",
    }
    found = []
    if genre := facts.take("genre"):
        word = str(genre[0].fact.value)
        cites = (genre[0].number,)
        genre_slots: dict[str, Slot] = {
            "genre": (word, cites),
            "a": (phrases.article(word), cites),
            "a_cap": (phrases.article(word).capitalize(), cites),
        }
        if parts == ["clock"]:
            return [Beat("genre_clock", "sound", 34, {**slots, **genre_slots})]
        found.append(Beat("genre", "sound", 32, genre_slots))
    if parts:
        found.append(Beat(families[tuple(parts)], "sound", 26 + 3 * len(parts), slots))
    return found


MAKING = (_authors, _accounts, _hands, _sound)
