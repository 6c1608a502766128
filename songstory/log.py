"""Sets up logging for the CLI. Logs are for operators and may be lost; events are for editors and may not."""

from __future__ import annotations

import logging
import sys

_PLAIN = set(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime"}


class _OneLine(logging.Formatter):
    """One line per record, extras as key=value, a traceback with bars for its line ends; control characters never reach the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        extras = " ".join(f"{k}={v!r}" for k, v in sorted(record.__dict__.items()) if k not in _PLAIN)
        line = f"{record.levelname.lower()} {record.name}: {record.getMessage()} {extras}".rstrip()
        if record.exc_info:
            line += " | " + " | ".join(self.formatException(record.exc_info).splitlines())
        return "".join(c if c.isprintable() else " " for c in line)


def set_up(level: str) -> None:
    """Send songstory's log lines to stderr at `level` (a name of the logging module)."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    logger = logging.getLogger("songstory")
    logger.handlers = [handler]
    logger.setLevel(level.upper())
