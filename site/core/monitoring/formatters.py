"""How a log line looks: JSON for programs, words for people."""

import datetime
import json
import logging

from core.monitoring.request_ids import current_id

# What a line may say besides its message. Nothing else of a record is written.
FIELDS = ("method", "route", "status", "ms", "queries", "user")


def _fields(record: logging.LogRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in FIELDS if getattr(record, name, None) is not None and _is_plain(record, name)}


def _is_plain(record: logging.LogRecord, name: str) -> bool:
    return isinstance(getattr(record, name), str | int | float)


class JsonFormatter(logging.Formatter):
    """One JSON object a line (https://jsonlines.org)."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"time": moment, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if request_id := current_id():
            line["request_id"] = request_id
        line |= _fields(record)
        if record.exc_text or record.exc_info:
            line["traceback"] = record.exc_text or self.formatException(record.exc_info)  # type: ignore[arg-type]  # one of both is there
        return json.dumps(line, ensure_ascii=False)


class LineFormatter(logging.Formatter):
    """For people: the same facts on one line, a traceback below it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        facts = [f"{name}={value}" for name, value in _fields(record).items()]
        facts += [f"request={request_id}"] if (request_id := current_id()) else []
        return " ".join([super().formatMessage(record), *facts])
