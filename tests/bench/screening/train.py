"""Trains the weights of `songstory/classifier.json`: python -m screening.train [PROSE.jsonl], from tests/bench, with scikit-learn.

`sentences.jsonl` and `orders.jsonl` say who wrote each line: w1 to w8 wrote for training, "first" and "after" were written to try
the rules, "own" stands in tests/data; none but "own" had seen the rules. PROSE holds sentences of articles, one {"text": ...} a line, that
tell nothing personal so far as the rules know; nothing of them is kept but the weights. The same data and versions give the same file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from songstory import matters, orders
from songstory.classifier import features

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
STRENGTH, FOLDS, LEAST, SCALE = 4.0, 8, 4, 5.0  # C of the regression; folds; hundredths below which a weight is dropped
# log-odds above which a text is flagged, alone and where a rule found something: chosen on folds, for most caught at few false flags
CUTS = {"personal": (-0.3, -2.2), "order": (0.5, -9.0)}
WRITTEN = {f"w{n}" for n in range(1, 9)}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def rules_of(question: str, text: str) -> list[str]:
    return matters.found(text) if question == "personal" else (["order"] if orders.ruled(text) else [])


def weighed(question: str, text: str) -> dict[str, float]:
    found = features(text)
    row = dict.fromkeys(found, SCALE / max(1, len(found)) ** 0.5)
    if rules := rules_of(question, text):
        row |= {"!rule": 2.0, **{f"!{r}": 1.0 for r in rules}}
    return row


def material(question: str, prose: list[str]) -> tuple[list[str], Any, Any, Any]:
    """Return texts, labels, weights and writers."""
    sentences = rows(HERE / "sentences.jsonl")
    if question == "personal":
        told = [(r["text"], r["label"] == "personal", 1.0, r["by"]) for r in sentences]
    else:
        told = [(r["text"], r["label"] == "order", 1.0, r["by"]) for r in rows(HERE / "orders.jsonl")]
        told += [(r["text"], False, 0.3, "sentences") for r in sentences]
    told += [(text, False, 0.5, "prose") for text in prose]
    texts, labels, weights, by = zip(*told, strict=True)
    return list(texts), np.array(labels), np.array(weights), np.array(by)


def learn(question: str, prose: list[str]) -> dict[str, Any]:
    texts, labels, weights, by = material(question, prose)
    counted = [weighed(question, t) for t in texts]
    known = Counter(f for row in counted for f in row)
    kept = [{f: v for f, v in row.items() if known[f] > 1} for row in counted]
    vectors = DictVectorizer()
    table = vectors.fit_transform(kept)
    odds = np.zeros(len(labels))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(table, labels):
        fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(table[train], labels[train], sample_weight=weights[train])
        odds[test] = fitted.decision_function(table[test])
    ruled = np.array([bool(rules_of(question, t)) for t in texts])
    alone, beside = CUTS[question]
    flagged, written = odds > np.where(ruled, beside, alone), np.isin(by, sorted(WRITTEN))
    figures = {
        "caught_of_written": round(float(flagged[written & labels].mean()), 3), "false_of_written": round(float(flagged[written & ~labels].mean()), 3),
        "rules_alone_caught": round(float(ruled[written & labels].mean()), 3), "rules_alone_false": round(float(ruled[written & ~labels].mean()), 3),
        "false_of_prose": round(float(flagged[by == "prose"].mean()), 4) if prose else None,
    }  # fmt: skip
    print(question, figures)
    final = LogisticRegression(C=STRENGTH, max_iter=2000).fit(table, labels, sample_weight=weights)
    found = {n: round(100 * w) for n, w in zip(vectors.get_feature_names_out(), final.coef_[0], strict=True)}
    return {
        "held_out": figures, "lines": dict(sorted(Counter(map(str, by)).items())), "cut": alone, "cut_of_rules": beside, "bias": round(100 * final.intercept_[0]),
        "weights": {n: w for n, w in sorted(found.items()) if abs(w) >= LEAST},
    }  # fmt: skip


def main(prose: str = "") -> None:
    texts = [r["text"] for r in rows(Path(prose))] if prose else []
    found = {
        "schema": 1,
        "trained_on": "sentences written for this purpose by outsiders who had not seen the rules (tests/bench/screening), by language models",
        "prose": f"{len(texts)} sentences of articles on songs in which no rule found anything",
        "with": f"scikit-learn {sklearn.__version__}",
        **{question: learn(question, texts) for question in CUTS},
    }
    path = ROOT / "songstory/classifier.json"
    path.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size, {q: len(found[q]["weights"]) for q in CUTS})  # type: ignore[index, call-overload]


if __name__ == "__main__":
    main(*sys.argv[1:])
