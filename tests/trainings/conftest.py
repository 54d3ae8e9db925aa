"""Tests that need real commits: several connections at once, on the tests' own database."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections, models

from core.models import Attempt, OutgoingMail, Theme, User
from trainings.models import (
    Attendance,
    Certificate,
    Enrolment,
    EnrolmentTransition,
    Interest,
    Meeting,
    Module,
    Participant,
    Session,
    Venue,
)

WRITTEN: tuple[type[models.Model], ...] = (
    Certificate, Attendance, EnrolmentTransition, Enrolment, Participant, Interest, Meeting, Session, Module, Theme, Venue,
    OutgoingMail, Attempt, User,
)  # fmt: skip


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """What the test writes is committed and seen by every thread; afterwards the rows are deleted.

    Not `transaction=True`: that empties the whole database at the end, the rows of migrations included. The connection of `db` rests in its
    transaction; the test gets one of its own.
    """
    resting = connections["default"]
    connections["default"] = resting.copy()
    try:
        yield
    finally:
        for model in WRITTEN:
            model._default_manager.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("delete from django_tasks_database_dbtaskresult")
        connection.close()
        connections["default"] = resting
