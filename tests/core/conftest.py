"""A mail server, a worker, and a database that other processes see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django_tasks_db.models import DBTaskResult

from core.models import OutgoingMail, WorkerHeartbeat
from tests.core.sink import Sink, listening


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Mails of this test go to a real SMTP server."""
    with listening() as sink:
        settings.MAILERS = sink.mailers
        yield sink


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """What the test writes is committed and seen by other processes; afterwards the rows are deleted.

    Not `transaction=True`: that empties the whole database at the end, the rows of migrations included.
    """
    resting = connections["default"]
    connections["default"] = resting.copy()
    try:
        yield
    finally:
        for model in (OutgoingMail, WorkerHeartbeat, DBTaskResult):
            model._default_manager.all().delete()
        connection.close()
        connections["default"] = resting
