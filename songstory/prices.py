"""What a call costs: prices per model from one dated data file. A price that is not there is unknown, never 0."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from songstory.models import Usage

_LARGEST = 10_000_000  # tokens of one call that no model can take or give; a count beyond it is no count
_OVERHEAD = 5_000  # tokens that Claude may add to a prompt: the schema of the answer, its own instructions


class Most(NamedTuple):
    """The most tokens that one call may use, in and out: what is reserved for it."""

    input: int
    output: int


MOST = Most(16_000, 4_000)  # of a call whose prompt is not at hand: more than one of ours asks for


@cache
def table() -> dict[str, Any]:
    """Return the price file: its date, the factor of a batch, and the prices per million tokens by model."""
    data: dict[str, Any] = orjson.loads((Path(__file__).parent / "prices.json").read_bytes())
    return data


def of(model: str) -> dict[str, float | None] | None:
    """Return the prices of `model`, None when they are unknown; a dated name such as claude-haiku-4-5-20251001 has those of its family."""
    known: dict[str, dict[str, float | None]] = table()["models"]
    return known.get(model) or known.get(re.sub(r"-\d{8}$", "", model))


def cost(model: str, usage: Usage, *, batch: bool = False) -> float | None:
    """Return what a call cost in USD, None when the price or the tokens are unknown. Cache writes count as those of five minutes."""
    price = of(model)
    if price is None or usage.input_tokens is None or usage.output_tokens is None:
        return None
    parts = (
        (usage.input_tokens, price["input"]),
        (usage.output_tokens, price["output"]),
        (usage.cache_read_tokens or 0, price["cache_read"]),
        (usage.cache_write_tokens or 0, price["cache_write_5m"]),
    )
    if any(each is None for _, each in parts):
        return None
    whole = sum(tokens * float(each or 0) for tokens, each in parts) / 1e6
    return whole * float(table()["batch_factor"]) if batch else whole


def most(body: dict[str, Any]) -> Most:
    """Return the most tokens that a call may use: two bytes of the prompt a token, and as many out as its body allows."""
    return Most(sum(len(str(body[k]).encode()) for k in ("system", "messages")) // 2, int(body["max_tokens"]))


def reserved(model: str, most: Most, *, batch: bool = False) -> float | None:
    """Return what is reserved for a call of `model` in USD, None when its price is unknown."""
    return cost(model, Usage(input_tokens=most.input, output_tokens=most.output), batch=batch)


def charged(asked: str, answered: str, usage: Usage, most: Most | None = None, *, batch: bool = False) -> float | None:
    """Return what a paid call counts as in USD: what its answer tells, where that can be true, else what was reserved for it.

    An answer that names a model without a price counts at the price of the model that was asked for; of two prices the dearer
    counts. None only where no price is known at all.
    """
    told = usage if _can_be(usage, most) else Usage(input_tokens=(most or MOST).input, output_tokens=(most or MOST).output)
    return max((usd for m in {asked, answered} if (usd := cost(m, told, batch=batch)) is not None), default=None)


def _can_be(usage: Usage, most: Most | None) -> bool:
    """Whether a call can have used this: nothing negative or untold, no more than its prompt has bytes, no more out than was allowed."""
    read, out = usage.input_tokens, usage.output_tokens
    cached = (usage.cache_read_tokens or 0, usage.cache_write_tokens or 0)
    if read is None or out is None or min(read, out, *cached) < 0:
        return False
    if most is None:
        return max(read, out, *cached) <= _LARGEST
    return read + sum(cached) <= 2 * most.input + _OVERHEAD and out <= most.output


def estimate(model: str, *, prefix: int, own: int, output: int, calls: int, batch: bool, hits: float = 0.0) -> float | None:
    """Return what `calls` would cost in USD at so many tokens each, `hits` of them finding the prefix cached, None when unknown."""
    read = round(calls * hits)
    written = Usage(input_tokens=own, output_tokens=output, cache_write_tokens=prefix if hits else 0)
    plain = Usage(input_tokens=own + prefix, output_tokens=output)
    cached = cost(model, Usage(input_tokens=own, output_tokens=output, cache_read_tokens=prefix), batch=batch)
    missed = cost(model, written if hits else plain, batch=batch)
    return None if cached is None or missed is None else read * cached + (calls - read) * missed
