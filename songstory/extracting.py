"""Typed facts out of articles: the plain patterns first, and a model where one is given.

Code checks every quote; what fails is dropped and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from songstory import assets, fences, orders, safe_lines
from songstory.models import Prompt, Usage
from songstory.records import Excerpt, Recording, Statement
from songstory.sources import wikipedia
from songstory.sources.extraction import value_in_quote
from songstory.sources.shapes import partial_date, precision
from songstory.vocabulary import PREDICATES

# What a passage of prose may be asked for; accounts and quotations need an editor's hand.
_NOT_ASKED = frozenset({"born", "honour", "contains_ai"})
_PLAIN = frozenset({"name", "date", "ordinal", "phrase", "term", "number"})
ASKED = tuple(p.name for p in PREDICATES.values() if p.value in _PLAIN and p.name not in _NOT_ASKED)
MAX_PASSAGE = 12_000  # characters of one passage that a model is shown


class Reader(Protocol):
    """What reads a prompt and answers with an object of its schema, such as `writers.anthropic.Claude`."""

    def answer(self, prompt: Prompt) -> tuple[dict[str, Any], Usage]:
        """Return the answer. Raise WriterError."""


@dataclass(frozen=True)
class Extraction:
    """What an article says: its recording with statements and passages, and how many statements were dropped, by reason."""

    recording: Recording
    dropped: dict[str, int]


def extract(article: wikipedia.Article, reader: Reader | None = None) -> Extraction | None:
    """Return what an article about a song says, None for another article.

    With a `reader` each passage is also read by the model; only a statement whose quote stands in the passage to the letter
    and whose value stands in the quote is kept. Raise WriterError when the model does not answer.
    """
    recording = wikipedia.record(article)
    if recording is None or reader is None:
        return Extraction(recording, {}) if recording else None
    dropped: Counter[str] = Counter()
    excerpts = {e.key: e for e in recording.excerpts}
    said = list(recording.statements)
    seen = {(s.predicate, str(s.value)) for s in said}
    for number, (heading, told) in enumerate(wikipedia.told(article)):
        passage = safe_lines.typed(told)  # as it would be kept: no model reads what no row may hold
        if safe_lines.holds_back(recording.title, "") or orders.found(passage):
            dropped["passage gives orders"] += 1
            continue
        kept = [s for s in _read(reader, recording.title, passage[:MAX_PASSAGE], dropped) if (s.predicate, str(s.value)) not in seen]
        if kept:
            key = f"s{number}"
            locator = f"{article.title} § {heading}"
            excerpts.setdefault(key, Excerpt(key=key, text=passage, locator=locator, licence=article.licence, revision=article.revision))
            said += [s.model_copy(update={"excerpt": key, "object": wikipedia.own(article.title, s)}) for s in kept]
            seen |= {(s.predicate, str(s.value)) for s in kept}
    return Extraction(recording.model_copy(update={"statements": tuple(said), "excerpts": tuple(excerpts.values())}), dict(dropped))


def prompt(title: str, passage: str) -> Prompt:
    """Return what a model is asked about one passage; the fence is a hash of its text, so that no text can forge its end."""
    env = assets.templates()
    return Prompt(
        system=env.get_template("prompts/extract_system.v1.jinja").render(predicates=ASKED),
        user=env.get_template("prompts/extract.v1.jinja").render(title=title, passage=passage, fence=fences.fence([title, passage])),
        output_schema=_SCHEMA,
    )


_FACT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["predicate", "value", "quote"],
    "properties": {
        "predicate": {"type": "string", "enum": list(ASKED)},
        "value": {"type": "string"},
        "quote": {"type": "string"},
        "chart": {"type": "string"},
        "instrument": {"type": "string"},
    },
}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["facts"],
    "properties": {"facts": {"type": "array", "items": _FACT}},
}


def _read(reader: Reader, title: str, passage: str, dropped: Counter[str]) -> Iterator[Statement]:
    answer, _ = reader.answer(prompt(title, passage))
    facts = answer.get("facts")
    for fact in facts if isinstance(facts, list) else []:
        statement, why = _checked(fact, passage)
        if statement is None:
            dropped[why] += 1
        else:
            yield statement


def _checked(fact: Any, passage: str) -> tuple[Statement | None, str]:
    """Return the statement of one fact of an answer, or None with what is wrong with it."""
    if not isinstance(fact, dict) or not all(isinstance(fact.get(k), str) and fact[k].strip() for k in ("predicate", "value", "quote")):
        return None, "malformed"
    name, quote = fact["predicate"], fact["quote"]
    if name not in ASKED:
        return None, "unknown predicate"
    if quote not in passage:
        return None, "quote not in the passage"
    value: str | int = fact["value"].strip()
    kind = PREDICATES[name].value
    if kind in {"ordinal", "number"}:
        digits = re.sub(r"[,\s]", "", str(value))
        if not digits.isdecimal() or len(digits) > 12:
            return None, "value is no number"
        value = int(digits)
    if kind == "date" and partial_date(str(value)) != value:
        return None, "value is no date"
    more: dict[str, str | int | float] = {
        k: fact[k] for k in ("chart", "instrument") if isinstance(fact.get(k), str) and fact[k] and k in PREDICATES[name].qualifiers
    }
    statement = Statement(
        predicate=name, value=value, qualifiers=more, quote=quote, precision=precision(str(value)) if kind == "date" else "",
        object=wikipedia.own("", Statement(predicate=name, value=value)) if kind == "name" else None,
    )  # fmt: skip
    if not value_in_quote(statement) or any(str(v) not in quote for v in more.values()):
        return None, "value not in the quote"
    return statement, ""
