"""`songstory check --jsonl`: claims from a file against the evidence each one brings, one JSON line back for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from songstory import grounding
from songstory.errors import BadRecord
from songstory.models import Fact, Sentence, Verdict
from songstory.names import words
from songstory.sources.files import broken
from songstory.tellable import REFUSED, STANDS
from songstory.vocabulary import PREDICATES, by_term

_STATUS = {STANDS, *REFUSED}


def check_lines(lines: Iterable[bytes], name: str) -> Iterator[dict[str, Any] | BadRecord]:
    """Yield an answer `{id, label, score, reasons}` for each claim and a BadRecord for each bad or blank line."""
    for number, raw in enumerate(lines, start=1):
        try:
            yield check_claim(_load(raw))
        except ValueError as error:
            yield BadRecord(name, number, str(error))


def _load(raw: bytes) -> dict[str, Any]:
    if not raw.strip():
        raise ValueError("line: blank; expected one JSON object")
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"line: expected one JSON object ({broken(error)})") from error
    if not isinstance(data, dict):
        raise ValueError(f"line: expected one JSON object, found {type(data).__name__}")
    return data


def check_claim(data: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to one claim. Raise ValueError naming the field that is wrong and what was expected."""
    claim, evidence = data.get("claim"), data.get("evidence")
    if not isinstance(claim, str):
        raise ValueError("claim: expected a text")
    if not isinstance(evidence, list):
        raise ValueError("evidence: expected a list of texts and facts")
    identifier = data.get("id")
    if not isinstance(identifier, str | int):
        raise ValueError("id: expected a text or a number")
    title, artist = _subject(data.get("subject"))
    facts: dict[str, Fact] = {}
    prose: list[str] = []
    for i, item in enumerate(evidence):
        if isinstance(item, dict):
            fact = _fact(item, i)
            facts[fact.key] = fact
        elif isinstance(item, str):
            facts |= {f.key: f for f in _piped(item, i)}
            prose.append(item)
        else:
            raise ValueError(f"evidence.{i}: expected a text or a fact, found {type(item).__name__}")
    subject = grounding.subject_names(title, artist) if title or artist else []
    given = [f for f in facts.values() if f.source == "given"]
    prose += [_line(f) for f in given] if prose else []
    return _answer(identifier, grounding.check_sentence(Sentence(text=claim, cites=tuple(facts)), facts, subject, prose=prose))


def _line(fact: Fact) -> str:
    """Return a typed fact as a line of a table, so that it is read with the prose beside it."""
    values = "; ".join(str(v) for v in (fact.value, *fact.qualifiers.values()))
    return f"{fact.subject or 'The song'} | {PREDICATES[fact.predicate].title} | {values}"


def _answer(identifier: str | int, verdict: Verdict) -> dict[str, Any]:
    reasons = [{"rule": r.rule, "span": r.span, "fact": r.facts[0] if r.facts else None, "text": r.text} for r in verdict.reasons]
    return {"id": identifier, "label": str(verdict.label), "score": verdict.score, "reasons": reasons}


def _subject(data: Any) -> tuple[str, str]:
    if data is None:
        return "", ""
    if not isinstance(data, dict):
        raise ValueError("subject: expected an object with title and artist")
    title, artist = data.get("title", ""), data.get("artist", "")
    if not isinstance(title, str) or not isinstance(artist, str):
        raise ValueError("subject: title and artist are texts")
    return title, artist


def _fact(item: dict[str, Any], i: int) -> Fact:
    name = item.get("predicate")
    predicate = PREDICATES.get(str(name)) or by_term(str(name))
    if predicate is None:
        raise ValueError(f"evidence.{i}.predicate: {name!r} is not in the vocabulary; see: songstory vocabulary")
    value = item.get("value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"evidence.{i}.value: expected a text or a number")
    if predicate.value in {"number", "ordinal", "seconds"} and isinstance(value, str):
        try:
            value = float(value.replace(",", ""))
        except ValueError:
            raise ValueError(f"evidence.{i}.value: expected a number for {name}") from None
    status = item.get("status", "stands")
    if status not in _STATUS:
        raise ValueError(f"evidence.{i}.status: expected one of {', '.join(sorted(_STATUS))}, found {status!r}")
    aliases, qualifiers = item.get("aliases") or [], item.get("qualifiers") or {}
    if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
        raise ValueError(f"evidence.{i}.aliases: expected a list of texts")
    if not isinstance(qualifiers, dict) or not all(isinstance(v, str | int | float) for v in qualifiers.values()):
        raise ValueError(f"evidence.{i}.qualifiers: expected an object of texts and numbers")
    from songstory.models import now

    return Fact(
        key=str(item.get("key") or f"e{i}"),
        subject=str(item.get("subject") or ""),
        predicate=predicate.name,
        value=value,
        names=tuple(aliases),
        qualifiers=qualifiers,
        quote=str(item.get("quote") or ""),
        source="given",
        flags=(status,) if status not in {STANDS, "retracted", "untrusted"} else (),
        retracted_at=now() if status == "retracted" else None,
        trust=0 if status == "untrusted" else 50,
    )


def _piped(text: str, i: int) -> list[Fact]:
    """Read "Title | role | A; B" as typed facts where the vocabulary knows the role; else return nothing."""
    parts = [p.strip() for p in text.split("|")]
    predicate = by_term(parts[1]) if len(parts) == 3 else None
    if predicate is None or predicate.value != "name" or not words(parts[2]):
        return []
    return [
        Fact(key=f"e{i}.{k}", subject=parts[0], predicate=predicate.name, value=value.strip(), quote=text, source="piped")
        for k, value in enumerate(parts[2].split(";"))
        if value.strip()
    ]
