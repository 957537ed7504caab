"""What a process says of itself: a line for each event, on standard error.

JSON where a program reads it, plain where a person does. Loggers of the standard library
(uvicorn, aiokafka, asyncio …) go the same way. No personal data: our own lines hold ids and
codes only; of others' messages the first line is kept, and of an exception its class and the
places in the code that it came through, never its text, which may quote what was sent or stored.
"""

import logging
import sys
from collections.abc import MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog

from kit import tracing
from kit.jobs import described

Line = MutableMapping[str, Any]
DEEPEST = 30  # frames of a traceback


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Let everything that this process logs go to a stream: lines of ours from `level` on, and of
    other libraries warnings.
    """
    stream = stream or sys.stderr
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        named,
        explained,
    ]
    structlog.configure(
        processors=[*shared, printed(stream)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[from_library, structlog.stdlib.add_logger_name, *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                printed(stream),
            ],
        )
    )
    logging.captureWarnings(True)
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)


def named(_logger: object, _method: str, line: Line) -> Line:
    """Say whose work it is, and in which trace."""
    line.update(tracing.names())
    return line


def from_library(_logger: object, _method: str, line: Line) -> Line:
    """Keep the first line of a message; asyncio adds others, which show objects."""
    line["event"] = str(line["event"]).strip().partition("\n")[0]
    return line


def explained(_logger: object, _method: str, line: Line) -> Line:
    """Put an exception's class and way in the place of its text."""
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line.update(described(error))
        line["way"] = way(error.__traceback__)
    return line


def way(traceback: TracebackType | None) -> list[str]:
    """List the places that an exception came through, the last where it was raised."""
    frames = extract_tb(traceback)[-DEEPEST:]
    return [f"{'/'.join(Path(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]


def printed(stream: TextIO) -> structlog.types.Processor:
    """Choose the form: for a person at a terminal, or for a program."""
    if stream.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(serializer=as_json)


def as_json(line: Line, **_options: object) -> str:
    """Write a line as JSON, whatever it holds."""
    return orjson.dumps(line, default=str).decode()
