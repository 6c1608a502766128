"""Sets up logging for the CLI. Logs are for operators and may be lost; events are for editors and may not."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from datetime import UTC, datetime

import orjson

from songstory import telemetry
from songstory.errors import ConfigError

FORMS = ("text", "json")
_PLAIN = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime"}
_SECRETS = re.compile(
    r"sk-[\w-]{8,}"  # keys of Anthropic and their like
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"  # a name and password in an address
    r"|(?i:(?<=bearer )[\w.~+/-]+=*)"
)


def without_secrets(text: str) -> str:
    """Return text with whatever looks like a key or a password put out."""
    return _SECRETS.sub("***", text)


def _where(record: logging.LogRecord) -> str:
    """Return the class of an error and the places it came through: its words may quote a fact or an answer, and stay out."""
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    frames = traceback.extract_tb(record.exc_info[2])
    return " < ".join([record.exc_info[0].__name__, *(f"{f.name} ({f.filename}:{f.lineno})" for f in reversed(frames))])


class _OneLine(logging.Formatter):
    """One line per record, extras as key=value; control characters never reach the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        extras = " ".join(f"{k}={v!r}" for k, v in sorted(record.__dict__.items()) if k not in _PLAIN)
        line = f"{record.levelname.lower()} {record.name}: {record.getMessage()} {extras}".rstrip()
        if where := _where(record):
            line += f" | {where}"
        return without_secrets("".join(c if c.isprintable() else " " for c in line))


class _Json(logging.Formatter):
    """One JSON object per record: at, level, logger, message, the extras, and the ids of the trace it was written in."""

    def format(self, record: logging.LogRecord) -> str:
        found = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"), "level": record.levelname.lower(),
            "logger": record.name, "message": record.getMessage(), **{k: v for k, v in record.__dict__.items() if k not in _PLAIN},
        }  # fmt: skip
        trace, span = telemetry.ids()
        found |= {k: v for k, v in {"trace_id": trace, "span_id": span, "error": _where(record)}.items() if v}
        return without_secrets(orjson.dumps(found, default=str).decode())


def set_up(level: str, form: str = "text") -> None:
    """Send songstory's log lines to stderr at `level` (a name of the logging module), as text or as JSON. Raise ConfigError."""
    if form not in FORMS:
        raise ConfigError(f"SONGSTORY_LOG_FORMAT: {form!r} is unknown; choose one of: {', '.join(FORMS)}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _OneLine())
    logger = logging.getLogger("songstory")
    logger.handlers = [handler]
    try:
        logger.setLevel(level.upper())
    except ValueError as error:
        raise ConfigError(f"SONGSTORY_LOG_LEVEL: {level!r} is no level; choose DEBUG, INFO, WARNING or ERROR") from error
