"""A mail server, a worker, and a database that other processes see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from core.models import Duty, OutgoingMail, WorkerHeartbeat
from tests.core.sink import Sink, listening
from tests.databases import committing


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Mails of this test go to a real SMTP server."""
    with listening() as sink:
        settings.MAILERS = sink.mailers
        yield sink


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """Mails, and the heartbeats of workers, that other processes see."""
    with committing(OutgoingMail, WorkerHeartbeat, DBTaskResult, Duty):
        yield
