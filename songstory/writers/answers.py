"""Reads Claude's answers: whole ones become drafts, every other end has a name. Faults of the SDK are sorted here and nowhere else."""

from __future__ import annotations

import inspect
from typing import Any

import orjson
from pydantic import ValidationError

from songstory.errors import AccessRefused, BadDraft, SpendCapped, WriterError, WriterRefused, WriterUnavailable
from songstory.models import Card, Draft, Sentence, Usage
from songstory.safe_lines import safe_cards

LATER = {408, 409, 429, 500, 502, 503, 504, 529}
_LATER_TYPES = {"overloaded_error", "rate_limit_error", "api_error", "timeout_error"}
_SPEND = {"billing_error"}
_COUNTS = {
    "input_tokens": "input_tokens", "output_tokens": "output_tokens", "cache_read_tokens": "cache_read_input_tokens",
    "cache_write_tokens": "cache_creation_input_tokens",
}  # fmt: skip
_LARGEST = 2**31 - 1  # what a column holds; no answer uses as many tokens
_NEVER_ASKED = {"ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ClientConnectorError"}  # of the HTTP libraries


def decode(raw: bytes | str, request_id: str = "") -> dict[str, Any]:
    """Return an answer's body as a message. Raise WriterUnavailable for a cut answer, a proxy's page or anything else."""
    try:
        data = orjson.loads(raw)
    except ValueError as error:
        raise unavailable("Claude's answer was not JSON; something between here and there changed or cut it", paid=True) from error
    if not isinstance(data, dict) or not isinstance(data.get("content"), list):
        raise unavailable("Claude's answer was no message; something between here and there changed it", paid=True)
    return {**data, "_request_id": request_id}


def _text(message: dict[str, Any]) -> str:
    return "".join(str(b.get("text") or "") for b in message["content"] if isinstance(b, dict) and b.get("type") == "text")


def stop(message: dict[str, Any]) -> str | None:
    """Return why an answer ended. Raise WriterRefused for a refusal."""
    reason = message.get("stop_reason")
    if reason == "refusal":
        raise WriterRefused("Claude declined to write this story; write it with the composer or by hand")
    return str(reason) if reason is not None else None


def whole(message: dict[str, Any]) -> dict[str, Any]:
    """Return the one JSON object of an answer. Raise BadDraft for less, WriterRefused for a refusal."""
    if (reason := stop(message)) != "end_turn":
        raise BadDraft(f"Claude's answer ended early ({reason})")
    try:
        data = orjson.loads(_text(message))
    except ValueError as error:
        raise BadDraft("Claude's answer is not JSON") from error
    if not isinstance(data, dict):
        raise BadDraft("Claude's answer is not one JSON object")
    return data


def draft(message: dict[str, Any]) -> Draft:
    """Return an answer as a draft. Only `end_turn` with one JSON object of our schema counts; a draft cut short has no cards."""
    reason = stop(message)
    model = str(message.get("model", ""))
    if reason != "end_turn":
        return Draft(cards=(), model=model, stop_reason=str(reason), usage=usage(message))
    try:
        data = orjson.loads(_text(message))
        if not isinstance(data, dict) or set(data) != {"cards"}:
            raise ValueError("expected an object with the one key cards")
        cards = safe_cards(Card.model_validate(c) for c in data["cards"])
    except (ValueError, ValidationError, TypeError) as error:
        raise BadDraft(f"Claude's answer is not a draft: {str(error).splitlines()[0][:200]}") from error
    if not cards or any(not c.sentences for c in cards):
        raise BadDraft("Claude's answer holds no cards, or a card without sentences")
    return Draft(cards=cards, model=model, stop_reason=str(reason), usage=usage(message))


def mended(message: dict[str, Any], base: tuple[Card, ...], wanted: set[tuple[int, int]]) -> Draft:
    """Return `base` with the sentences that an answer mends, none but those that were asked for. Raise BadDraft, WriterRefused."""
    data = whole(message)
    try:
        given = {(int(s["card"]) - 1, int(s["sentence"]) - 1): Sentence(text=s["text"], cites=s["cites"]) for s in data["sentences"]}
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise BadDraft("Claude's answer mends no sentences") from error
    cards = list(base)
    for (c, s), sentence in given.items():
        if (c, s) in wanted and s < 0:
            cards[c] = cards[c].model_copy(update={"headline": sentence})
        elif (c, s) in wanted:
            sentences = tuple(sentence if i == s else old for i, old in enumerate(cards[c].sentences))
            cards[c] = cards[c].model_copy(update={"sentences": sentences})
    return Draft(cards=safe_cards(cards), model=str(message.get("model", "")), usage=usage(message))


def own_tracing_off(client: Any) -> dict[str, Any]:
    """Return the option that keeps the SDK from spans of its own, where it knows one: they would count each call twice, and an
    environment variable can put the text of prompts into them."""
    return {"open_telemetry": False} if "open_telemetry" in inspect.signature(client).parameters else {}


def word(message: dict[str, Any], key: str) -> str:
    """Return a short text of an answer, such as the name of its model, without signs that a store cannot hold."""
    return "".join(c for c in str(message.get(key) or "")[:100] if c.isprintable())


def usage(message: dict[str, Any]) -> Usage:
    """Return the tokens an answer used; what it does not say is None, and all is when one of its counts can be none."""
    used = message.get("usage")
    used = used if isinstance(used, dict) else {}
    told = {ours: used.get(theirs) for ours, theirs in _COUNTS.items()}
    if any(n is not None and not _is_count(n) for n in told.values()):
        told = {}
    return Usage(**told, request_id=word(message, "_request_id"))


def _is_count(number: Any) -> bool:
    return type(number) is int and 0 <= number <= _LARGEST  # True is an int too


def fault(error: Exception, sdk: Any) -> WriterError:
    """Return what a fault of the SDK means to us: later, never, or that the spending limit is reached. Raise what is no fault of its."""
    if isinstance(error, sdk.APIStatusError):
        status, kind = error.status_code, getattr(error, "type", None)
        detail, after = f"Claude answered {status} {kind or ''}".rstrip(), _retry_after(error)
        if status == 402 or kind in _SPEND or (status == 429 and after is None):
            return SpendCapped(f"{detail} without a time to come back; the spending limit is reached, raise it or wait for the next month")
        if status in LATER or kind in _LATER_TYPES:
            return unavailable(f"{detail}; try again later", after)
        if status in {401, 403}:
            return AccessRefused(f"{detail}; check SONGSTORY_ANTHROPIC_API_KEY")
        if status == 404:
            return AccessRefused(f"{detail}; check SONGSTORY_MODEL")
        return WriterError(f"{detail}: {str(error)[:200]}")
    if isinstance(error, sdk.APIConnectionError):
        return unavailable("Claude could not be reached; check the network, then try again", paid=_asked(error))
    if isinstance(error, ValueError):  # a cut answer or a proxy's page: the SDK lets both through raw
        return unavailable("Claude's answer was not JSON; something between here and there changed or cut it", paid=True)
    if type(error).__module__.split(".")[0] in {"httpx2", "httpx", "httpcore", "httpcore2", "aiohttp", "httpx_aiohttp"}:
        return unavailable("the connection to Claude broke; try again", paid=_asked(error))
    raise error


def _asked(error: BaseException) -> bool:
    """Whether a call may have reached Claude before its connection failed, and so may have been paid for."""
    chain: BaseException | None = error
    while chain is not None:
        if type(chain).__name__ in _NEVER_ASKED:
            return False
        chain = chain.__cause__ or chain.__context__
    return True


def unavailable(text: str, retry_after: float | None = None, *, paid: bool = False) -> WriterUnavailable:
    """Return a fault that is worth another try, after so many seconds when the other side said how long."""
    error = WriterUnavailable(text)
    error.retry_after, error.paid = retry_after, paid
    return error


def _retry_after(error: Any) -> float | None:
    try:
        seconds: float = float(error.response.headers.get("retry-after"))
    except (AttributeError, TypeError, ValueError):
        return None
    return seconds if 0 <= seconds < 1e9 else None
