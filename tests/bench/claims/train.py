"""Trains the weights of `songstory/grounding/weights.json`: python -m claims.train, from tests/bench, with scikit-learn.

Four registers of evidence, each with its own data: Wikidata statements (quintd), tables (our own made-up infoboxes, and
quintd), article passages with a heading (FM2), bare sentences (BEGIN). InfoTabS is never read here. The same data and versions give the same file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from songstory.grounding.alignment import NAMES, Evidence, features
from songstory.grounding.text import split, tidy

from .tables import examples

REGISTERS = (("statements", "quintd_wikidata"), ("table", "quintd_wikidata"), ("article", "fm2"), ("sentence", "begin_wow"))
ROOT = Path(__file__).resolve().parents[3]
MADE_UP, MADE_UP_SEED, SHARE_OF_QUINTD = 2400, 1, 0.5
CARD = {
    "statements": "quintd dev (MIT; facts CC0)",
    "table": "2,400 made-up infobox claims of tests/bench/claims/tables.py, and quintd dev at half their weight",
    "article": "FM2 dev (Apache-2.0)",
    "sentence": "BEGIN wow dev (CC BY 4.0)",
}


def of(claim: str, evidence: list[str]) -> list[float]:
    return features(split(tidy(claim)), Evidence([tidy(e) for e in evidence]))


def load(name: str) -> tuple[list[list[float]], list[bool]]:
    rows = [json.loads(line) for line in (ROOT / f"tests/data/bench/{name}.jsonl").read_text().splitlines()]
    return [of(r["claim"], r["evidence"]) for r in rows], [r["label"] == "supported" for r in rows]


def tree(estimator: Any, rate: float, node: int = 0) -> Any:
    """Return a tree as [feature, threshold, left, right], a leaf as its number."""
    t = estimator.tree_
    if t.children_left[node] < 0:
        return round(float(t.value[node][0][0]) * rate, 5)
    return [
        int(t.feature[node]),
        round(float(t.threshold[node]), 5),
        tree(estimator, rate, t.children_left[node]),
        tree(estimator, rate, t.children_right[node]),
    ]


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """Return a linear part and boosted trees; the score is the mean of their log odds. Both classes weigh the same."""
    weight = weight * np.where(y, weight.sum() / weight[y].sum(), weight.sum() / weight[~y].sum())
    scaler = StandardScaler().fit(x)
    line = LogisticRegression(C=0.3, max_iter=3000).fit(scaler.transform(x), y, sample_weight=weight)
    trees = GradientBoostingClassifier(
        n_estimators=150, max_depth=2, learning_rate=0.04, subsample=0.6, min_samples_leaf=20, max_features=0.4, random_state=0
    )
    trees.fit(x, y, sample_weight=weight)
    slope = line.coef_[0] / scaler.scale_
    start = float(line.intercept_[0] - (slope * scaler.mean_).sum())
    share = float(np.average(y, weights=weight))
    return {
        "bias": round(start, 5), "slope": [round(float(s), 5) for s in slope], "prior": round(float(np.log(share / (1 - share))), 5),
        "trees": [tree(e[0], 0.04) for e in trees.estimators_],
    }  # fmt: skip


def made_up() -> tuple[np.ndarray, np.ndarray]:
    made = examples(MADE_UP_SEED, MADE_UP)
    return np.array([of(claim, evidence) for evidence, claim, _ in made]), np.array([good for *_, good in made])


def joined(x: np.ndarray, y: np.ndarray, extra: tuple[np.ndarray, np.ndarray] | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a labelled set together with the made-up claims, if any; the labelled set weighs half as much as they do."""
    if extra is None:
        return x, y, np.ones(len(y))
    weight = np.r_[np.full(len(y), SHARE_OF_QUINTD * len(extra[1]) / len(y)), np.ones(len(extra[1]))]
    return np.r_[x, extra[0]], np.r_[y, extra[1]], weight


def main() -> None:
    weights = {}
    for register, name in REGISTERS:
        x, y = (np.array(v) for v in load(name))
        weights[register] = fit(*joined(x, y, made_up() if register == "table" else None))
    found = {"schema": 1, "features": list(NAMES), "trained_on": CARD, "with": f"scikit-learn {sklearn.__version__}", "registers": weights}
    (ROOT / "songstory/grounding/weights.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
