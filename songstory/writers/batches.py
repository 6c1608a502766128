"""Message Batches: half the price, within a day. Sent whole, found again after a crash, collected in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from songstory.errors import AccessRefused, BatchNotFound, ConfigError, WriterError, WriterUnavailable
from songstory.writers import answers

MOST_REQUESTS = 100_000
MOST_BYTES = 250_000_000  # the limit is 256 MB; a little is left for what surrounds the requests
CLOCKS = 600.0  # seconds by which the clocks of the machines and of Claude may differ
ENDS = {"expired": "the batch ended before it was its turn", "canceled": "the batch was cancelled"}
_SAID: dict[str, tuple[type[WriterError], str]] = {
    "invalid_request_error": (WriterError, ""),
    "not_found_error": (AccessRefused, "; check SONGSTORY_MODEL"),
    "permission_error": (AccessRefused, "; check SONGSTORY_ANTHROPIC_API_KEY"),
}


class Batches:
    """Send and collect batches through the SDK."""

    def __init__(self, *, api_key: str | None, base_url: str | None = None, timeout: float = 600.0) -> None:
        import anthropic

        if not api_key:
            raise ConfigError("no key for Claude; set SONGSTORY_ANTHROPIC_API_KEY, or write with the composer: --writer composer")
        self._sdk = anthropic
        self._client = anthropic.Anthropic(
            api_key=api_key, base_url=base_url or None, max_retries=2, timeout=timeout, **answers.own_tracing_off(anthropic.Anthropic)
        )
        self._api = self._client.messages.batches

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, requests: Sequence[dict[str, Any]]) -> str:
        """Send one batch and return its id. Raise WriterUnavailable or WriterError."""
        try:
            return str(self._api.create(requests=list(requests)).id)  # type: ignore[arg-type]
        except Exception as error:
            raise answers.fault(error, self._sdk) from error

    def ended(self, batch: str) -> bool:
        """Return whether a batch has ended."""
        return str(self._ask(lambda: self._api.retrieve(batch)).processing_status) == "ended"

    def since(self, moment: datetime) -> list[tuple[str, int]]:
        """Return (id, requests) of the batches made since a moment, the newest first."""
        found = []
        for batch in self._ask(lambda: list(self._api.list(limit=100))):
            counts = batch.request_counts
            total = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
            if batch.created_at.timestamp() >= moment.timestamp() - CLOCKS:
                found.append((str(batch.id), int(total)))
        return found

    def results(self, batch: str) -> Iterator[tuple[str, dict[str, Any] | None, WriterError | None]]:
        """Yield (custom id, message, error) for each result; the error of what may be asked again is WriterUnavailable."""
        try:
            for line in self._api.results(batch):
                yield _result(line.model_dump(mode="json"))
        except Exception as error:
            raise self._fault(error) from error

    def _ask(self, call: Any) -> Any:
        try:
            return call()
        except Exception as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> WriterError:
        found = answers.fault(error, self._sdk)
        gone = isinstance(error, self._sdk.NotFoundError)
        return BatchNotFound("Claude does not know this batch any more; its stories go back in line") if gone else found


def _result(line: dict[str, Any]) -> tuple[str, dict[str, Any] | None, WriterError | None]:
    name, found = str(line["custom_id"]), line["result"]
    if found["type"] == "succeeded":
        return name, found["message"], None
    if found["type"] in ENDS:
        return name, None, WriterUnavailable(ENDS[found["type"]])
    said = ((found.get("error") or {}).get("error") or {}).get("type", "error")
    kind, hint = _SAID.get(said, (WriterUnavailable, ""))
    return name, None, kind(f"Claude answered {said} within the batch{hint}")


def chunk(requests: Iterator[dict[str, Any]], most: int = MOST_REQUESTS, size: int = MOST_BYTES) -> Iterator[list[dict[str, Any]]]:
    """Yield the requests in batches within both limits, the number and the bytes."""
    part: list[dict[str, Any]] = []
    held = 0
    for request in requests:
        length = len(orjson.dumps(request))
        if part and (len(part) >= most or held + length > size):
            yield part
            part, held = [], 0
        part.append(request)
        held += length
    if part:
        yield part
