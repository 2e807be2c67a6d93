"""Logs: one line an event, row ids only, and never the token."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from traceback import extract_tb

import structlog

NOISY = ("apscheduler", "aiohttp", "asyncio", "alembic", "sqlalchemy", "aiosqlite")


class Hiding(logging.Formatter):
    """Renders a line and strikes out every secret that may be in it. Tracebacks stay out."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what must not be in it."""
        error = record.exc_info[0] if record.exc_info else None
        record.exc_info, record.exc_text = None, None
        line = super().format(record) + (f" error={error.__name__}" if error else "")
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return line


def start(level: str, secrets: Iterable[str]) -> None:
    """Sends structlog and the libraries' logs to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Hiding(secrets))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    # it raises what goes wrong, and quotes what came from Telegram besides
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def described(error: BaseException) -> dict[str, str]:
    """An error by its kind and place. Its words stay out of the log: they may hold a name."""
    frames = extract_tb(error.__traceback__)[-3:]
    place = " < ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno}" for f in reversed(frames))
    return {"error": type(error).__name__, "at": place}
