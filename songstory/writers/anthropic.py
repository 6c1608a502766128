"""Claude as the writer: structured output with our own fact numbers, one retry policy of our own, only whole answers kept."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from songstory.errors import BadDraft, ConfigError, WriterError, WriterRefused, WriterUnavailable
from songstory.models import Card, Draft, Prompt, Task, Usage

MODEL = "claude-haiku-5-5"
T = TypeVar("T")
MAX_TOKENS = 4_000
TRIES = 4
FIRST_WAIT = 0.5  # seconds; doubled at each try, full jitter, never more than LONGEST_WAIT
LONGEST_WAIT = 30.0
_LATER = {408, 409, 429, 500, 502, 503, 504, 529}
_LATER_TYPES = {"overloaded_error", "rate_limit_error", "api_error", "timeout_error"}


class Claude:
    """Write through the `anthropic` SDK. `sleep` and `jitter` are given by tests; the key comes from settings, never from here."""

    author_kind = "model"

    def __init__(
        self,
        *,
        api_key: str | None = None,
        model: str = MODEL,
        base_url: str | None = None,
        timeout: float = 60.0,
        tries: int = TRIES,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        try:
            import anthropic
        except ModuleNotFoundError:
            raise ConfigError('the anthropic library is missing; install it with: pip install "songstory[anthropic]"') from None
        if not api_key:
            raise ConfigError("no key for Claude; set SONGSTORY_ANTHROPIC_API_KEY, or write with the composer: --writer composer")
        self._sdk = anthropic
        self._client = anthropic.Anthropic(api_key=api_key, base_url=base_url or None, max_retries=0, timeout=timeout)
        self.model, self.tries, self._sleep, self._jitter = model, tries, sleep, jitter
        self.options: dict[str, Any] = {"max_tokens": MAX_TOKENS}

    def write(self, task: Task) -> Draft:
        """Return Claude's draft. Raise WriterUnavailable after the last try, WriterRefused, BadDraft or WriterError."""
        draft, failed = self._patiently(lambda: _draft(self._ask(self._request(task))))
        return draft.model_copy(update={"failed_tries": failed})

    def answer(self, prompt: Prompt) -> tuple[dict[str, Any], Usage]:
        """Return the object that Claude answers `prompt` with, of its schema. Raise as `write` does."""
        return self._patiently(lambda: _object(self._ask(self._body(prompt, prompt.user))))[0]

    def _patiently(self, once: Callable[[], T]) -> tuple[T, tuple[str, ...]]:
        """Return what `once` gives, and what the tries before it said."""
        failed: list[str] = []
        for attempt in range(1, self.tries + 1):
            try:
                return once(), tuple(failed)
            except WriterError as error:
                error.failed_tries = tuple(failed)
                wait = _wait(error, attempt, self._jitter) if isinstance(error, WriterUnavailable) else None
                if attempt == self.tries or wait is None:
                    raise
                failed.append(str(error))
                self._sleep(wait)
        raise AssertionError("unreachable: the last try raises")

    def _ask(self, request: dict[str, Any]) -> Any:
        try:
            return self._client.messages.create(**request)
        except Exception as error:  # the one border at which the SDK's faults are sorted
            raise _sorted(error, self._sdk) from error

    def _request(self, task: Task) -> dict[str, Any]:
        content = task.prompt.user
        if task.repairs:
            given = {"cards": [c.model_dump(mode="json", include={"kind", "headline", "sentences"}) for c in task.base_cards]}
            asked = [
                {"card": r.card + 1, "sentence": "headline" if r.sentence < 0 else r.sentence + 1, "text": r.text, "mend": r.instruction}
                for r in task.repairs
            ]
            content += (
                f"\n\nYour draft:\n{orjson.dumps(given).decode()}\n\nMend these and change nothing else:\n{orjson.dumps(asked).decode()}\n"
            )
        elif task.instruction:
            content += f"\n\nChange the story as asked, within the facts: {orjson.dumps(task.instruction).decode()}\n"
        return self._body(task.prompt, content)

    def _body(self, prompt: Prompt, content: str) -> dict[str, Any]:
        return {
            "model": self.model,
            "max_tokens": MAX_TOKENS,
            "system": [{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": content}],
            "output_config": {"format": {"type": "json_schema", "schema": prompt.output_schema}},
            "thinking": {"type": "disabled"},
        }


def _wait(error: WriterUnavailable, attempt: int, jitter: Callable[[], float]) -> float | None:
    """Return the seconds to wait before the next try; None when waiting would not help (a spend cap, or too long)."""
    if error.retry_after is not None:
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    backoff: float = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return backoff * jitter()


def _sorted(error: Exception, sdk: Any) -> WriterError:
    """Return what an SDK fault means to us: later, never, or refused."""
    if isinstance(error, sdk.APIStatusError):
        status, kind = error.status_code, getattr(error, "type", None)
        detail = f"Claude answered {status} {kind or ''}".rstrip()
        if status in _LATER or kind in _LATER_TYPES:
            return _unavailable(f"{detail}; try again later", _retry_after(error))
        if status in {401, 403}:
            return WriterError(f"{detail}; check SONGSTORY_ANTHROPIC_API_KEY")
        return WriterError(f"{detail}: {str(error)[:200]}")
    if isinstance(error, sdk.APIConnectionError):
        return _unavailable("Claude could not be reached; check the network, then try again")
    if isinstance(error, ValueError):  # a cut answer or a proxy's page: the SDK lets both through raw
        return _unavailable("Claude's answer was not JSON; something between here and there changed or cut it")
    if type(error).__module__.split(".")[0] in {"httpx2", "httpx", "httpcore", "httpcore2"}:
        return _unavailable("the connection to Claude broke; try again")
    raise error


def _unavailable(text: str, retry_after: float | None = None) -> WriterUnavailable:
    error = WriterUnavailable(text)
    error.retry_after = retry_after
    return error


def _retry_after(error: Any) -> float | None:
    try:
        seconds: float = float(error.response.headers.get("retry-after"))
    except (AttributeError, TypeError, ValueError):
        return None
    return seconds


def _stop(answer: Any) -> str | None:
    """Return why the answer ended. Raise WriterUnavailable for what is no message, WriterRefused for a refusal."""
    stop = getattr(answer, "stop_reason", None)
    if stop is None and not hasattr(answer, "content"):
        raise WriterUnavailable("Claude's answer was no message; something between here and there changed it")
    if stop == "refusal":
        raise WriterRefused("Claude declined to write this story; write it with the composer or by hand")
    return stop


def _object(answer: Any) -> tuple[dict[str, Any], Usage]:
    """Return the answer as one JSON object; a whole one only."""
    if (stop := _stop(answer)) != "end_turn":
        raise BadDraft(f"Claude's answer ended early ({stop})")
    text = "".join(str(block.text or "") for block in answer.content if getattr(block, "type", "") == "text")
    try:
        data = orjson.loads(text)
    except ValueError as error:
        raise BadDraft("Claude's answer is not JSON") from error
    if not isinstance(data, dict):
        raise BadDraft("Claude's answer is not one JSON object")
    return data, _usage(answer)


def _draft(answer: Any) -> Draft:
    """Return the answer as a draft. Only `end_turn` with one JSON object of our schema counts."""
    stop = _stop(answer)
    usage = _usage(answer)
    if stop != "end_turn":
        return Draft(cards=(), model=str(answer.model), stop_reason=str(stop), usage=usage)
    text = "".join(str(block.text or "") for block in answer.content if getattr(block, "type", "") == "text")
    try:
        data = orjson.loads(text)
        if not isinstance(data, dict) or set(data) != {"cards"}:
            raise ValueError("expected an object with the one key cards")
        cards = tuple(Card.model_validate(c) for c in data["cards"])
    except (ValueError, ValidationError, TypeError) as error:
        raise BadDraft(f"Claude's answer is not a draft: {str(error).splitlines()[0][:200]}") from error
    if not cards or any(not c.sentences for c in cards):
        raise BadDraft("Claude's answer holds no cards, or a card without sentences")
    return Draft(cards=cards, model=str(answer.model), stop_reason=stop, usage=usage)


def _usage(answer: Any) -> Usage:
    used = getattr(answer, "usage", None)
    return Usage(
        input_tokens=getattr(used, "input_tokens", None),
        output_tokens=getattr(used, "output_tokens", None),
        cache_read_tokens=getattr(used, "cache_read_input_tokens", None),
        cache_write_tokens=getattr(used, "cache_creation_input_tokens", None),
        request_id=str(getattr(answer, "_request_id", "") or ""),
    )
