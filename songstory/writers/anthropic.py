"""Claude as the writer: structured output with our own fact numbers, one retry policy of our own, only whole answers kept."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from typing import Any, TypeVar

from songstory import telemetry
from songstory.errors import ConfigError, WriterError, WriterShut, WriterUnavailable
from songstory.fences import as_data
from songstory.models import Draft, Prompt, Task, Usage
from songstory.work import Try
from songstory.writers import answers

MODEL = "claude-haiku-5-5"
T = TypeVar("T")
MAX_TOKENS = 2_000
TRIES = 4
FIRST_WAIT = 0.5  # seconds; doubled at each try, full jitter, never more than LONGEST_WAIT
LONGEST_WAIT = 30.0


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
        if find_spec("anthropic") is None:
            raise ConfigError('the anthropic library is missing; install it with: pip install "songstory[anthropic]"')
        if not api_key:
            raise ConfigError("no key for Claude; set SONGSTORY_ANTHROPIC_API_KEY, or write with the composer: --writer composer")
        self._settings: dict[str, Any] = {"api_key": api_key, "base_url": base_url or None, "max_retries": 0, "timeout": timeout}
        self.model, self.tries, self._sleep, self._jitter = model, tries, sleep, jitter
        self.options: dict[str, Any] = {"max_tokens": MAX_TOKENS}

    @cached_property
    def _sdk(self) -> Any:
        """The SDK, loaded with the first call: a night with nothing to ask does not wait a second for it."""
        import anthropic

        return anthropic

    @cached_property
    def _client(self) -> Any:
        return self._sdk.Anthropic(**self._settings, **answers.own_tracing_off(self._sdk.Anthropic))

    def write(self, task: Task) -> Draft:
        """Return Claude's draft. Raise WriterUnavailable after the last try, WriterRefused, BadDraft or WriterError."""
        tries: list[Try] = []
        draft = self._patiently(lambda: self._drafted(task, self._ask(self.request(task), tries)), tries)
        return draft.model_copy(update={"tries": tuple(tries)})

    def answer(self, prompt: Prompt) -> tuple[dict[str, Any], Usage]:
        """Return the object that Claude answers `prompt` with, of its schema. Raise as `write` does."""
        tries: list[Try] = []
        return self._patiently(lambda: _whole(self._ask(self._body(prompt, prompt.user), tries)), tries)

    def _patiently(self, once: Callable[[], T], tries: list[Try]) -> T:
        """Return what `once` gives, which adds to `tries`; what it raises carries them."""
        for attempt in range(1, self.tries + 1):
            try:
                return once()
            except WriterError as error:
                if tries and not tries[-1].error:  # an answer came, and it is no draft
                    tries[-1] = tries[-1].model_copy(update={"error": str(error)})
                error.tries = tuple(tries)
                wait = _wait(error, attempt, self._jitter) if isinstance(error, WriterUnavailable) else None
                if attempt == self.tries or wait is None:
                    raise
                self._sleep(wait)
        raise AssertionError("unreachable: the last try raises")

    def _drafted(self, task: Task, message: dict[str, Any]) -> Draft:
        if task.repairs:
            return answers.mended(message, task.base_cards, {(r.card, r.sentence) for r in task.repairs})
        return answers.draft(message)

    def _ask(self, request: dict[str, Any], tries: list[Try]) -> dict[str, Any]:
        with telemetry.call(request) as call:
            try:
                answer = self._client.messages.with_raw_response.create(**request)
                message = answers.decode(answer.read(), answer.headers.get("request-id", ""))
            except WriterError as error:
                call.failed(error)
                tries.append(Try(error=str(error), paid=error.paid))
                raise
            except Exception as error:  # the one border at which the SDK's faults are sorted
                fault = answers.fault(error, self._sdk)
                call.failed(fault)
                tries.append(Try(error=str(fault), paid=fault.paid))
                raise fault from error
            used = answers.usage(message)
            call.answered(message, used)
            tries.append(Try(model=answers.word(message, "model"), usage=used, stop_reason=answers.word(message, "stop_reason")))
            return message

    def count_tokens(self, prompt: Prompt) -> int:
        """Return how many tokens `prompt` has as a call, counted by Claude at no cost. Raise WriterError."""
        body = self._body(prompt, prompt.user)
        del body["max_tokens"]
        try:
            return int(self._client.messages.count_tokens(**body).input_tokens)
        except Exception as error:
            raise answers.fault(error, self._sdk) from error

    def request(self, task: Task) -> dict[str, Any]:
        """Return the call that a task makes: of a repair, only the sentences that failed are asked for again."""
        content = task.prompt.user
        if task.base_cards:
            given = {"cards": [c.model_dump(mode="json", include={"kind", "headline", "sentences"}) for c in task.base_cards]}
            content += f"\n\nYour draft:\n{as_data(given)}\n\n"
        if task.repairs:
            asked = [{"card": r.card + 1, "sentence": r.sentence + 1, "text": r.text, "mend": r.instruction} for r in task.repairs]
            content += f"Write these sentences anew, by card and sentence (0: the headline), and no others:\n{as_data(asked)}\n"
            return self._body(task.prompt.model_copy(update={"output_schema": repair_schema(task.prompt.output_schema)}), content)
        if task.instruction:
            content += f"Change this draft as asked, within the facts: {as_data(task.instruction)}\n"
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


def repair_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an answer that mends single sentences, from that of a draft."""
    sentence = schema["properties"]["cards"]["items"]["properties"]["headline"]
    place = {"card": {"type": "integer"}, "sentence": {"type": "integer"}}
    item = {**sentence, "required": [*place, *sentence["required"]], "properties": {**place, **sentence["properties"]}}
    array = {"type": "array", "minItems": 1, "items": item}
    return {"type": "object", "additionalProperties": False, "required": ["sentences"], "properties": {"sentences": array}}


def _whole(message: dict[str, Any]) -> tuple[dict[str, Any], Usage]:
    return answers.whole(message), answers.usage(message)


def _wait(error: WriterUnavailable, attempt: int, jitter: Callable[[], float]) -> float | None:
    """Return the seconds to wait before the next try; None when waiting would not help (a spend cap, or too long)."""
    if isinstance(error, WriterShut):
        return None
    if error.retry_after is not None:
        return error.retry_after if error.retry_after <= LONGEST_WAIT else None
    backoff: float = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1))
    return backoff * jitter()
