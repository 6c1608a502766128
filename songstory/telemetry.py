"""Spans and metrics by OpenTelemetry, where it is set up; nothing at all where it is not.

Names and attributes are those of OpenTelemetry's conventions for generative AI. No prompt, fact or answer text, and no key, is
ever in them: ids, counts, versions and durations only. A program of your own that sets OpenTelemetry up sees them too.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from songstory.errors import ConfigError
from songstory.models import Usage

EXPORTERS = ("off", "console", "otlp")
_SECONDS = (0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)  # as the conventions advise
_TOKENS = (1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144)
_MISSING = 'OpenTelemetry is missing; install it with: pip install "songstory[otel]"'


def _loaded() -> Any:
    """The tracing API, when somebody has set it up; loading it here would cost every program that does not."""
    return sys.modules.get("opentelemetry.sdk.trace") and sys.modules["opentelemetry.trace"]


@contextlib.contextmanager
def span(name: str, **attributes: Any) -> Iterator[Any]:
    """Measure what is done within, as a child of the span around it. Attributes get the prefix "songstory."."""
    trace = _loaded()
    if not trace:
        yield None
        return
    told = {f"songstory.{k}": v for k, v in attributes.items() if v is not None}
    tracer = trace.get_tracer("songstory")  # the words of an error may quote a fact or a key: its class alone is told
    with tracer.start_as_current_span(name, attributes=told, record_exception=False, set_status_on_exception=False) as current:
        try:
            yield current
        except BaseException as error:
            current.set_attribute("error.type", type(error).__name__)
            current.set_status(trace.StatusCode.ERROR)
            raise


def ids() -> tuple[str, str]:
    """Return the ids of the present trace and span, "" where there is none."""
    trace = _loaded()
    context = trace.get_current_span().get_span_context() if trace else None
    return (f"{context.trace_id:032x}", f"{context.span_id:016x}") if context and context.is_valid else ("", "")


class Call:
    """One call to a model, as it is told: what was asked, what came, how long it took, which trace it is in."""

    def __init__(self, body: dict[str, Any], current: Any) -> None:
        self._body, self._span, self._start = body, current, time.monotonic()
        self.trace = ids()[0]

    def answered(self, message: dict[str, Any], used: Usage) -> None:
        """Tell what came back: the model, the stop reason, the tokens; those read from the cache count as input too."""
        cached, written = used.cache_read_tokens or 0, used.cache_write_tokens or 0
        tokens = {"input": (used.input_tokens or 0) + cached + written, "output": used.output_tokens or 0}
        if self._span:
            self._span.set_attributes(
                {
                    "gen_ai.response.model": str(message.get("model", "")),
                    "gen_ai.response.id": str(message.get("id", "")),
                    "gen_ai.response.finish_reasons": [str(message.get("stop_reason", ""))],
                    "gen_ai.usage.input_tokens": tokens["input"],
                    "gen_ai.usage.output_tokens": tokens["output"],
                    "gen_ai.usage.cache_read.input_tokens": cached,
                    "gen_ai.usage.cache_creation.input_tokens": written,
                }
            )
        for kind, n in tokens.items():
            _record("gen_ai.client.token.usage", "{token}", n, {**self._about(), "gen_ai.token.type": kind})
        self._lasted()

    def failed(self, error: BaseException) -> None:
        """Tell that the call failed, and with what class of error; its words may hold what must not be told."""
        kind = type(error).__name__
        if self._span:
            self._span.set_attribute("error.type", kind)
            self._span.set_status(sys.modules["opentelemetry.trace"].StatusCode.ERROR)
        self._lasted(**{"error.type": kind})

    def _about(self) -> dict[str, str]:
        return {"gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.request.model": str(self._body.get("model"))}

    def _lasted(self, **more: str) -> None:
        _record("gen_ai.client.operation.duration", "s", time.monotonic() - self._start, {**self._about(), **more})


@contextlib.contextmanager
def call(body: dict[str, Any], **attributes: Any) -> Iterator[Call]:
    """Measure one call to a model."""
    with span(f"chat {body.get('model')}", **attributes) as current:
        told = Call(body, current)
        if current:
            current.set_attributes({**told._about(), "gen_ai.request.max_tokens": int(body.get("max_tokens") or 0)})
        yield told


def count(name: str, n: float = 1, **attributes: str) -> None:
    """Add to a counter of songstory: "stories" by outcome, "cost" in USD, "slices" by how they ended."""
    if _loaded():
        _counter(f"songstory.{name}").add(n, attributes)


def _record(name: str, unit: str, value: float, attributes: dict[str, str]) -> None:
    if _loaded():
        _histogram(name, unit).record(value, attributes)


@cache
def _counter(name: str) -> Any:
    return _meter().create_counter(name)


@cache
def _histogram(name: str, unit: str) -> Any:
    edges = _SECONDS if unit == "s" else _TOKENS
    return _meter().create_histogram(name, unit=unit, explicit_bucket_boundaries_advisory=edges)


def _meter() -> Any:
    from opentelemetry import metrics

    return metrics.get_meter("songstory")


# at the doors ---------------------------------------------------------------------------------------------------------


def set_up(exporter: str, *, version: str) -> Callable[[], None]:
    """Send spans and metrics to the console (stderr) or by OTLP; return what flushes and ends it. Raise ConfigError.

    Where OTLP goes, and with what, OpenTelemetry's own OTEL_… variables say.
    """
    if exporter not in EXPORTERS:
        raise ConfigError(f"SONGSTORY_OTEL: {exporter!r} is unknown; choose one of: {', '.join(EXPORTERS)}")
    try:
        return _start(exporter, version) if exporter != "off" else lambda: None
    except ModuleNotFoundError as error:
        raise ConfigError(_MISSING) from error


def _start(exporter: str, version: str) -> Callable[[], None]:
    from opentelemetry import metrics, trace
    from opentelemetry.exporter.prometheus import PrometheusMetricReader
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

    about = Resource.create({"service.name": "songstory", "service.version": version})
    spans = TracerProvider(resource=about)
    readers: list[Any] = [PrometheusMetricReader()]
    if exporter == "console":
        spans.add_span_processor(BatchSpanProcessor(ConsoleSpanExporter(out=sys.stderr)))
    elif exporter == "otlp":
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

        spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    meters = MeterProvider(resource=about, metric_readers=readers)
    trace.set_tracer_provider(spans)
    metrics.set_meter_provider(meters)

    def end() -> None:
        spans.shutdown()
        meters.shutdown()

    return end


def serve_metrics(address: str, *, version: str) -> Callable[[], None]:
    """Serve what is counted as Prometheus text on `address` (HOST:PORT); return what ends it. Raise ConfigError."""
    host, _, port = address.rpartition(":")
    try:
        from prometheus_client import start_http_server

        end: Callable[[], None] = (lambda: None) if _loaded() else _start("off", version)
        server, thread = start_http_server(int(port), host or "127.0.0.1")
    except ModuleNotFoundError as error:
        raise ConfigError(_MISSING) from error
    except (OSError, ValueError, OverflowError) as error:
        raise ConfigError(f"cannot serve metrics on {address!r}: {error}; give HOST:PORT, such as 127.0.0.1:9464") from error

    def close() -> None:
        server.shutdown()
        server.server_close()
        thread.join()
        end()

    return close
