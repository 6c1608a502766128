"""Weighs the features of a claim against prose into one calibrated score, with weights that ship beside this file.

The model card stands in the file itself and in the README: what it was trained on, by `tests/bench/claims/train.py`. It
ranks; a verdict of "supported" needs the rule stages as well.
"""

from __future__ import annotations

from functools import cache
from math import exp
from pathlib import Path
from typing import Any

import orjson


@cache
def weights() -> dict[str, Any]:
    """Return the shipped weights by register: table, article, sentence."""
    return dict(orjson.loads((Path(__file__).parent / "weights.json").read_bytes()))


def weigh(features: list[float], register: str, model: dict[str, Any] | None = None) -> float:
    """Return how well the evidence supports the claim, 0 to 1; 0.5 is the cut at which both kinds of error weigh the same."""
    model = (model or weights())["registers"][register]
    line = model["bias"] + sum(s * f for s, f in zip(model["slope"], features, strict=True))
    trees = model["prior"] + sum(_leaf(tree, features) for tree in model["trees"])
    return 1 / (1 + exp(-max(-30.0, min(30.0, (line + trees) / 2))))


def _leaf(node: Any, features: list[float]) -> float:
    while isinstance(node, list):
        node = node[2] if features[node[0]] <= node[1] else node[3]
    return float(node)
