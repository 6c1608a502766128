"""What a call costs: prices per model from one dated data file. A price that is not there is unknown, never 0."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from songstory.models import Usage


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


def estimate(model: str, *, prefix: int, own: int, output: int, calls: int, batch: bool, hits: float = 0.0) -> float | None:
    """Return what `calls` would cost in USD at so many tokens each, `hits` of them finding the prefix cached, None when unknown."""
    read = round(calls * hits)
    written = Usage(input_tokens=own, output_tokens=output, cache_write_tokens=prefix if hits else 0)
    plain = Usage(input_tokens=own + prefix, output_tokens=output)
    cached = cost(model, Usage(input_tokens=own, output_tokens=output, cache_read_tokens=prefix), batch=batch)
    missed = cost(model, written if hits else plain, batch=batch)
    return None if cached is None or missed is None else read * cached + (calls - read) * missed
