"""The beats of what became of a song, and the list of all beats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from songstory.hedges import lead
from songstory.models import Fact, NumberedFact
from songstory.writers import phrases
from songstory.writers.beats import Beat, Facts, Slot, make_beat, names, q
from songstory.writers.making import MAKING


def _number_ones(facts: Facts) -> list[Beat]:
    """Chart tops with their weeks, each a beat of its own."""
    found = []
    tops = [i for i in facts.peek("charted") if i.fact.value == 1 and "weeks" in i.fact.qualifiers]
    label = facts.peek("label")
    for item in tops:
        fact = item.fact
        count = int(fact.qualifiers["weeks"])
        more = {
            "one_cap": "Number one",
            "chart": q(fact, "chart"),
            "weeks": phrases.weeks(count),
            "weeks_cap": phrases.capital(phrases.weeks(count)),
        }
        dated = q(fact, "date").count("-") == 2
        if dated:
            more |= {"date_": phrases.date(q(fact, "date")), "at": phrases.on_date(q(fact, "date"))}
        beat = make_beat("number_one" if dated else "number_one_weeks", item, more, weight=55 + min(count, 12))
        if label and dated:
            beat.slots["label"] = (str(label[0].fact.value), (label[0].number,))
        found.append(beat)
    facts.put("charted", [i for i in facts.peek("charted") if i not in tops])
    return found


def _release(facts: Facts) -> list[Beat]:
    """The date of release with whatever goes with it."""
    found: list[Beat] = []
    if published := facts.take("published"):
        found.append(make_beat("published", published[0], {"at": phrases.on_date(str(published[0].fact.value))}))
    for item in facts.take("released"):
        fact = item.fact
        beat = make_beat("out", item, {"at": " " + phrases.on_date(str(fact.value)), "as_": q(fact, "as")})
        label, single, album = facts.peek("label"), facts.peek("single_from"), facts.peek("track_on")
        if q(fact, "as"):
            beat.family = "out_as"
        elif single and not q(fact, "region") and q(single[0].fact, "ordinal"):
            taken = facts.take("single_from")[0]
            beat.family = "out_single"
            beat.slots |= {"ordinal": (q(taken.fact, "ordinal"), (taken.number,)), "album": (str(taken.fact.value), (taken.number,))}
        elif len(label) == 1:
            taken = facts.take("label")[0]
            beat.family = "out_label"
            beat.slots["label"] = (str(taken.fact.value), (taken.number,))
        elif album and not q(fact, "region") and not q(album[0].fact, "position"):
            taken = facts.take("track_on")[0]
            beat.family = "out_album"
            beat.slots["album"] = (str(taken.fact.value), (taken.number,))
        found.append(beat)
    for item in facts.take("single_from"):
        if q(item.fact, "ordinal"):
            found.append(make_beat("single", item, {"ordinal": q(item.fact, "ordinal"), "album": str(item.fact.value)}))
    labels = facts.peek("label")
    topped = any(i.fact.value == 1 and q(i.fact, "date").count("-") == 2 for i in facts.peek("charted"))
    if labels and not topped:
        label_slot = (phrases.series([str(i.fact.value) for i in labels]), tuple(i.number for i in labels))
        found.append(Beat("labels" if len(labels) > 1 else "label", "charts", 20, {"label": label_slot}))
    for item in facts.take("track_on"):
        place = q(item.fact, "position")
        year = f" ({q(item.fact, 'year')})" if q(item.fact, "year") else ""
        found.append(make_beat("album_place" if place else "album", item, {"album": str(item.fact.value), "place": place, "year": year}))
    return found


def _peaks(facts: Facts) -> list[Beat]:
    """Chart positions in pairs; a single one takes its weeks or a certificate along."""
    rest = facts.take("charted")
    certified = facts.take("certified")
    found = []
    while len(rest) >= 2 and not any(k in i.fact.qualifiers for i in rest[:2] for k in ("weeks", "weeks_total")):
        first, second = rest.pop(0), rest.pop(0)
        beat = make_beat("peaks", first, weight=50)
        beat.slots |= _peak_slots(first, "1") | _peak_slots(second, "2")
        found.append(beat)
    for item in rest:
        fact = item.fact
        beat = make_beat("peak", item)
        beat.slots |= _peak_slots(item, "1")
        if "weeks_total" in fact.qualifiers:
            beat.family, beat.slots["total"] = "peak_total", (phrases.weeks(int(fact.qualifiers["weeks_total"])), (item.number,))
            beat.slots["total_cap"] = (phrases.capital(beat.slots["total"][0]), (item.number,))
        elif "weeks" in fact.qualifiers:
            beat.family = "peak_stay"
            beat.slots["weeks"] = (phrases.weeks(int(fact.qualifiers["weeks"])), (item.number,))
            beat.slots["weeks_cap"] = (phrases.capital(beat.slots["weeks"][0]), (item.number,))
        elif certified:
            gold = certified.pop(0)
            beat.family = "peak_certified"
            beat.slots |= {k: v for k, v in _certificate(gold).slots.items() if k in {"value", "region", "by"}}
        found.append(beat)
    return [*found, *(_certificate(item) for item in certified)]


def _peak_slots(item: NumberedFact, which: str) -> dict[str, Slot]:
    n = (item.number,)
    rank = phrases.position(float(item.fact.value))
    iso = q(item.fact, "date") or q(item.fact, "year")
    return {
        f"peak{which}": (rank, n),
        f"peak{which}_cap": (phrases.capital(rank), n),
        f"chart{which}": (q(item.fact, "chart") or "chart", n),
        f"when{which}": (f" {phrases.on_date(iso)}" if iso else "", n),
    }


def _certificate(item: NumberedFact) -> Beat:
    region = q(item.fact, "region")
    more = {"region_cap": f"In {region}," if region else ""}
    if by := q(item.fact, "by"):
        more["by"] = by
    beat = make_beat("certified", item, more)
    if not region:
        del beat.slots["region_cap"]
    return beat


def _each(
    predicate: str, family: str, more: Callable[[Fact], dict[str, str]] = lambda f: {}, needs: Callable[[Fact], bool] = lambda f: True
) -> Callable[[Facts], list[Beat]]:
    def build(facts: Facts) -> list[Beat]:
        return [make_beat(family, item, more(item.fact)) for item in facts.take(predicate) if needs(item.fact)]

    return build


def _what(fact: Fact) -> dict[str, str]:
    what = q(fact, "what") or "{song}"
    return {"what": what, "what_cap": phrases.capital(what), "was": "were" if phrases.plural(what) else "was", "is_": "is"}


def _inspired(facts: Facts) -> list[Beat]:
    found = []
    for item in facts.take("inspired_by"):
        partly = q(item.fact, "degree") == "partly"
        found.append(make_beat("inspired_partly" if partly else "inspired", item, {**_what(item.fact), "degree": ""}))
    return found


def _recorded(fact: Fact) -> dict[str, str]:
    return {"place": str(fact.value), "place_cap": phrases.capital(str(fact.value))}


def _award(fact: Fact) -> dict[str, str]:
    event = q(fact, "event")
    return {**_what(fact), "at_event": f" at the {event}" if event else "", "event": event}


def _awards(facts: Facts) -> list[Beat]:
    return [make_beat("nominated" if q(i.fact, "result") == "nominated" else "award", i, _award(i.fact)) for i in facts.take("award")]


def _ranked(fact: Fact) -> dict[str, str]:
    rank = phrases.position(float(fact.value))
    return {**_what(fact), "rank": rank, "rank_cap": phrases.capital(rank), "by": q(fact, "by"), "list": q(fact, "list")}


def _rankings(facts: Facts) -> list[Beat]:
    found = [make_beat("ranked", i, _ranked(i.fact)) for i in facts.take("ranked") if q(i.fact, "by") and q(i.fact, "list")]
    return [replace(beat, needs=() if beat.slots["what"][0] == "{song}" else ("what",)) for beat in found]


def _honour(fact: Fact) -> dict[str, str]:
    iso = q(fact, "date") or q(fact, "year")
    more = {**_what(fact), "by": q(fact, "by"), "by_cap": phrases.capital(q(fact, "by")), "verb": q(fact, "verb") or "named"}
    return {**more, "when_cap": f"{phrases.capital(phrases.on_date(iso))}, "} if iso else {**more, "by_undated": more["by_cap"]}


def _described(facts: Facts) -> list[Beat]:
    found = []
    for item in facts.take("described_as"):
        fact = item.fact
        pub = f" of {q(fact, 'publication')}" if q(fact, "publication") else ""
        more = {"by": q(fact, "by"), "pub": pub, "of": q(fact, "of") or "{song}", "how": q(fact, "how")}
        found.append(make_beat("described_how" if q(fact, "how") else "described", item, more))
    return found


def _performed(facts: Facts) -> list[Beat]:
    found = []
    for item in facts.take("performed_at"):
        iso = q(item.fact, "date")
        prep = q(item.fact, "prep") or "at"
        more = {"by": q(item.fact, "by"), "prep": prep, "prep_cap": prep.capitalize()}
        if iso:
            more["at_cap"] = f"{phrases.capital(phrases.on_date(iso))}, "
        found.append(make_beat("performed" if q(item.fact, "by") else "performed_plain", item, more))
    return found


def _video(facts: Facts) -> list[Beat]:
    directors, places = facts.take("video_director"), facts.take("video_location")
    if not directors:
        return [make_beat("filmed", i, {"place": f"{q(i.fact, 'prep') or 'at'} {i.fact.value}"}) for i in places]
    beat = Beat("directed", "screen", 40, {"noun": ("directors" if len(directors) > 1 else "director", ())}, {"names": names(directors)})
    if places:
        place = make_beat("directed_at", places[0], {"place": f"{q(places[0].fact, 'prep') or 'at'} {places[0].fact.value}"})
        place.names, place.weight = beat.names, 46
        return [place]
    return [beat]


def _covered(facts: Facts) -> list[Beat]:
    found = []
    plain = [i for i in facts.peek("covered_by") if not (q(i.fact, "year") or q(i.fact, "date"))]
    for group in ([plain] if plain else []) + [[i] for i in facts.peek("covered_by") if i not in plain]:
        iso = q(group[0].fact, "date") or q(group[0].fact, "year")
        beat = make_beat("covered", group[0], {"year": f" {phrases.on_date(iso)}" if iso else ""})
        beat.names = {"names": names(group)}
        found.append(beat)
    facts.take("covered_by")
    return found


def _people(predicate: str, family: str) -> Callable[[Facts], list[Beat]]:
    def build(facts: Facts) -> list[Beat]:
        found = []
        for item in facts.take(predicate):
            beat = make_beat(family, item)
            beat.names = {"names": names([item])}
            found.append(beat)
        return found

    return build


def _term(fact: Fact) -> dict[str, str]:
    return {"artist": q(fact, "artist")} if q(fact, "artist") else {}


def _sold(fact: Fact) -> dict[str, str]:
    mod = q(fact, "modifier")
    return {
        "value": phrases.number(float(fact.value)),
        "unit": q(fact, "unit") or "copies",
        "mod": f"{mod} " if mod else "",
        "mod_cap": f"{mod.capitalize()} " if mod else "",
    }


def _instruments(fact: Fact) -> dict[str, str]:
    value = str(fact.value)
    many = " and " in value or "," in value or value.endswith("s")
    return {"is_": "are" if many else "is"}


_SINGLES: tuple[Callable[[Facts], list[Beat]], ...] = (
    _inspired,
    _awards,
    _described,
    _performed,
    _video,
    _covered,
    _each("recorded_at", "recorded", _recorded),
    _each("recorded_on", "recorded_on", lambda f: {"at": phrases.on_date(str(f.value))}),
    _each("about", "about"),
    _each("instrumentation", "instruments", _instruments),
    _each("intro_length", "intro", lambda f: {"clock": phrases.clock(float(f.value))}),
    _each("samples", "samples", _term),
    _each("interpolates", "interpolates", _term),
    _people("covers", "covers"),
    _people("remixed_by", "remixed"),
    _each("sampled_by", "sampled_by", _term),
    _each("sold", "sold", _sold),
    _rankings,
    _each("honour", "honour", _honour),
    _each("featured_in", "heard_in", lambda f: {"medium": q(f, "medium")}, lambda f: q(f, "medium") != "contest"),
    _each("b_side_of", "b_side"),
)


def beats(numbered: Sequence[NumberedFact]) -> list[Beat]:
    """Return every beat the facts allow, in no particular order; a hedged fact has its own, or none where its hedge cannot be put."""
    plain = [item for item in numbered if not _weakened(item.fact)]
    found = _beats(Facts(plain))
    for item in numbered:
        if hedge := _weakened(item.fact):
            bare = {k: v for k, v in item.fact.qualifiers.items() if k not in {"hedge", "degree", "short"}}
            flat = _beats(Facts([item.model_copy(update={"fact": item.fact.model_copy(update={"qualifiers": bare})})]))
            found += [replace(beat, hedge=hedge) for beat in flat if lead(hedge, "It is.")]
    return found


def _weakened(fact: Fact) -> str:
    """Return the hedge that a fact's own shapes do not tell, an empty text where there is none."""
    hedge, degree = q(fact, "hedge").strip(), q(fact, "degree").strip()
    known = fact.predicate == "inspired_by" and degree == "partly"
    return " ".join(filter(None, (hedge, "" if known else degree)))


def _beats(facts: Facts) -> list[Beat]:
    found: list[Beat] = []
    for build in (*MAKING, _release, _number_ones, _peaks, *_SINGLES):
        found += build(facts)
    return found
