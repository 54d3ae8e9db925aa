"""What Prometheus reads. Events are counted by each process in files of its own, and added up when they are read; facts that stand in the
database are asked there (docs/decisions/0049-one-line-a-request.md)."""

import datetime
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

logger = logging.getLogger(__name__)

EVENTS = CollectorRegistry()
ANSWERS = Histogram(
    "smes_answer_seconds",
    "Time to answer a request, by route and status",
    ["route", "status"],
    buckets=(0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=EVENTS,
)
LOGINS = Counter("smes_logins", "Attempts to log in", ["outcome"], registry=EVENTS)

type Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One figure read when Prometheus asks, with one query or two. `read` answers {values of the labels: figure}."""

    name: str
    meaning: str
    labels: Labels = ()
    read: Callable[[datetime.datetime], Mapping[Labels, float]]


_gauges: dict[str, Gauge] = {}


def register(gauges: Iterable[Gauge]) -> None:
    """Called in an app's `ready()`."""
    _gauges.update({gauge.name: gauge for gauge in gauges})


class Gauges(Collector):
    """The registered gauges at one moment. One that cannot be read is left out, and counted: the others still tell what they can."""

    def __init__(self, now: datetime.datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        unread = 0
        for gauge in _gauges.values():
            family = GaugeMetricFamily(gauge.name, gauge.meaning, labels=gauge.labels)
            try:
                values = gauge.read(self.now)
            except DatabaseError:
                logger.exception("The gauge %s could not be read.", gauge.name)
                unread += 1
                continue
            for labels, value in values.items():
                family.add_metric(labels, value)
            yield family
        failures = GaugeMetricFamily("smes_gauges_unread", "Gauges that could not be read just now")
        failures.add_metric((), unread)
        yield failures


def exposition(*, now: datetime.datetime) -> bytes:
    """Everything, in the text format of Prometheus."""
    events = EVENTS
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # set by config/gunicorn.py: several processes count
        events = CollectorRegistry()
        MultiProcessCollector(events)
    facts = CollectorRegistry()
    facts.register(Gauges(now))
    return generate_latest(events) + generate_latest(facts)
