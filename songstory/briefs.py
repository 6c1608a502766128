"""A brief is all that a writer may know: facts chosen and numbered, the cards wanted, the limits. It renders as a prompt."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from jinja2 import TemplateError as JinjaError

from songstory import assets, fences, things, values
from songstory.errors import NotEnoughFacts, TemplateError
from songstory.models import Brief, Fact, Limits, NumberedFact, Prompt, Task, Track
from songstory.tellable import may_be_told, weigh
from songstory.vocabulary import CARD_KINDS, PREDICATES

TEMPLATE = "story.v1"
SYSTEM = "system.v2"
MIN_THINGS = 3  # fewer than three things to tell is not a story
SCHEMA_SHAPE = ["cards", "kind", "headline", "sentences", "text", "cites"]  # what makes an answer of another shape another recipe
_PER_KIND = 14  # what each further thing of one kind loses in salience, so that kinds stay mixed
_THINGS = {6: 18, 3: 9, 2: 5}  # how many things a set of so many cards can use
_WHERE = frozenset(
    """
    charted released label track_on single_from certified duration tempo key time_signature published sold b_side_of
    featured_in performed_at ranked covered_by intro_length
    """.split()
)


def make_brief(track: Track, facts: Iterable[Fact], *, language: str = "en", market: str = "world") -> Brief:
    """Return the brief of `track`: the facts worth telling, numbered F1 upwards in the order a story is told.

    What may not be told is left out, as `tellable` says, so is what an earlier version let in and the border refuses today, and
    so are dates that are no flat ones ("1970s", "about 1969"). What several sources say alike is one thing that cites them all.
    Raise NotEnoughFacts, naming what is missing, when no story would stand.
    """
    known = list(facts)
    exact = (f for f in may_be_told(known) if f.predicate in PREDICATES and values.sound(f) and values.exact(f.predicate, f.value))
    said = things.of(list(exact))
    also = {thing.fact.key: tuple(f.key for f in thing.also) for thing in said}
    usable = [thing.fact for thing in said]
    told = _told_together(usable)
    _enough(track, known, usable, told)
    cards = _cards(usable, told)
    chosen = _choose(told, _THINGS[cards])
    ordered = sorted((f for thing in chosen for f in thing), key=_telling_order(usable))
    numbered = tuple(NumberedFact(number=f"F{i}", fact=f, also=also[f.key]) for i, f in enumerate(ordered, start=1))
    kinds = tuple(k for k in CARD_KINDS if k in {_card(f) for f in ordered})
    return Brief(
        track=track, facts=numbered, card_kinds=kinds, language=language, market=market, limits=Limits(cards=cards), template=TEMPLATE
    )


def _card(fact: Fact) -> str:
    kind = str(fact.qualifiers.get("kind", ""))
    return kind if kind in CARD_KINDS else PREDICATES[fact.predicate].card


def _told_together(facts: Sequence[Fact]) -> list[list[Fact]]:
    """Group the facts that are told as one thing: all the names of one role; everything else stands alone."""
    roles: dict[str, list[Fact]] = {}
    alone: list[list[Fact]] = []
    for fact in facts:
        if PREDICATES[fact.predicate].family == "credit" or fact.predicate == "label":
            roles.setdefault(fact.predicate, []).append(fact)
        else:
            alone.append([fact])
    return [*roles.values(), *alone]


def _enough(track: Track, known: Sequence[Fact], usable: Sequence[Fact], told: Sequence[list[Fact]]) -> None:
    """Raise NotEnoughFacts unless three different things can be told, one of interest; a dispute silences what it is about."""
    wanted = f"missing: {missing(usable)}{_left_out(known)}"
    if len(told) < MIN_THINGS:
        count = f"{len(told)} thing{'s' if len(told) != 1 else ''}"
        raise NotEnoughFacts(f"{track.title}: {count} can be told, at least {MIN_THINGS} are needed; {wanted}")
    if all(f.predicate in _WHERE for f in usable):
        raise NotEnoughFacts(f"{track.title}: only dates, charts and lists are known; {wanted}")


def _left_out(known: Sequence[Fact]) -> str:
    """Return in words what stands and may not be told: what one decision would add, and what is malformed."""
    standing = [f for f in known if f.stands and f.predicate in PREDICATES]
    disputed = withheld(standing)
    odd = _titles(f for f in standing if not values.sound(f))
    vague = [f for f in standing if not f.flags and values.sound(f) and not values.exact(f.predicate, f.value)]
    dates = dict.fromkeys(f"{PREDICATES[f.predicate].title.lower()} {f.value}" for f in vague)
    told = f"; disputed between sources: {', '.join(disputed)}; resolve the conflict, then generate again" if disputed else ""
    told += f"; malformed and left out: {', '.join(odd)}" if odd else ""
    return f"{told}; not exact enough to be told: {', '.join(dates)}" if dates else told


def withheld(facts: Sequence[Fact]) -> list[str]:
    """Return the titles of what is left out of a story because sources dispute it: what one decision each would add."""
    return _titles(f for f in weigh(facts) if f.stands and f.disputed and f.predicate in PREDICATES)


def _titles(facts: Iterable[Fact]) -> list[str]:
    return sorted({PREDICATES[f.predicate].title.lower() for f in facts})


def missing(facts: Sequence[Fact]) -> str:
    """Return in words what a listener would want to know and no fact says."""
    have = {PREDICATES[f.predicate].family for f in facts} | {_card(f) for f in facts}
    wanted = {
        "who wrote or produced it": "credit",
        "how it came about": "origin",
        "how it was recorded": "studio",
        "how it sounds": "sound",
        "what became of it": "charts",
    }
    return ", ".join(what for what, kind in wanted.items() if kind not in have) or "more facts of any kind"


def _cards(facts: Sequence[Fact], told: Sequence[list[Fact]]) -> int:
    """Return how many cards the evidence carries: a paragraph is not spread over six cards."""
    places = {f.locator for f in facts if f.passage}
    if len(places) >= 3 and len(told) >= 9:
        return 6
    return 3 if len(told) >= 6 else 2


def _choose(told: Sequence[list[Fact]], limit: int) -> list[list[Fact]]:
    """Take the most telling things, each kind losing weight as it is used."""
    left = list(told)
    taken: list[list[Fact]] = []
    used: Counter[str] = Counter()

    def weight(thing: list[Fact]) -> float:
        return PREDICATES[thing[0].predicate].salience - _PER_KIND * used[_card(thing[0])]

    while left and len(taken) < limit:
        best = max(left, key=weight)
        left.remove(best)
        taken.append(best)
        used[_card(best[0])] += 1
    return taken


def _telling_order(facts: Sequence[Fact]) -> Callable[[Fact], tuple[int, int]]:
    kinds = list(CARD_KINDS)
    place = {f.key: i for i, f in enumerate(facts)}
    return lambda fact: (kinds.index(_card(fact)), place[fact.key])


# the prompt ---------------------------------------------------------------------------------------------------------


def output_schema(brief: Brief) -> dict[str, Any]:
    """Return the JSON schema of a draft: our own fact numbers and card kinds are enums, no other key may appear."""
    sentence = {
        "type": "object",
        "additionalProperties": False,
        "required": ["text", "cites"],
        "properties": {
            "text": {"type": "string"},
            "cites": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": [n.number for n in brief.facts]}},
        },
    }
    card = {
        "type": "object",
        "additionalProperties": False,
        "required": ["kind", "headline", "sentences"],
        "properties": {
            "kind": {"type": "string", "enum": list(CARD_KINDS)},
            "headline": sentence,
            "sentences": {"type": "array", "minItems": 1, "items": sentence},
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["cards"],
        "properties": {"cards": {"type": "array", "minItems": 1, "items": card}},
    }


@cache
def system_prompt(templates: Path | None = None) -> str:
    """Return the standing part of every prompt, the same for all songs, so that it can be cached. Raise TemplateError."""
    env = assets.environment(templates) if templates else assets.templates()
    try:
        return env.get_template(f"prompts/{SYSTEM}.jinja").render(limits=Limits(), kinds=CARD_KINDS)
    except JinjaError as error:
        raise TemplateError(f"prompt template {SYSTEM}: {error.message}; compare it with the shipped {SYSTEM}.jinja") from error


def render(brief: Brief, templates: Path | None = None) -> Prompt:
    """Return the exact prompt of `brief`. Raise TemplateError when a template is missing or uses an unknown variable."""
    env = assets.environment(templates) if templates else assets.templates()
    bodies = [fact_text(n.fact) for n in brief.facts]
    mark = fences.fence((brief.track.title, brief.track.artist_credit, *bodies))
    facts = [{"number": n.number, "fence": mark, "body": body} for n, body in zip(brief.facts, bodies, strict=True)]
    try:
        system = system_prompt(templates)
        user = env.get_template(f"prompts/{brief.template}.jinja").render(brief=brief, facts=facts, kinds=CARD_KINDS)
    except JinjaError as error:
        name = getattr(error, "name", None) or brief.template
        raise TemplateError(f"prompt template {name}: {error.message}; compare it with the shipped {brief.template}.jinja") from error
    return Prompt(system=system, user=user, output_schema=output_schema(brief))


def fact_text(fact: Fact) -> str:
    """Return a fact as one line of JSON: data, whatever its text says."""
    body: dict[str, Any] = {
        "predicate": fact.predicate,
        "value": fact.value,
        **({"qualifiers": fact.qualifiers} if fact.qualifiers else {}),
    }
    if fact.quote:
        body["quote"] = fact.quote
    return fences.as_data(body)


def facts_fingerprint(brief: Brief) -> str:
    """Return the name of what the brief says: the keys and texts of its facts in order, its language, market and limits."""
    body = [
        brief.track.id,
        brief.track.title,
        brief.track.artist_credit,
        brief.language,
        brief.market,
        brief.limits.model_dump(),
        [[n.fact.key, n.number, *n.also] for n in brief.facts],
    ]
    return "b1-" + hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def fingerprint(prompt: Prompt, model: str, options: dict[str, Any]) -> str:
    """Return the name under which this generation is cached and batched: all that can change its text, nothing else."""
    body = [prompt.system, prompt.user, prompt.output_schema, model, options]
    return "g1-" + hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()[:48]  # a batch id holds 64 characters


def make_task(brief: Brief) -> Task:
    """Return the first piece of work on `brief`."""
    return Task(brief=brief, prompt=render(brief))
