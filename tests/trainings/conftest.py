"""Tests that need real commits: several connections at once, on the tests' own database."""

from collections.abc import Iterator

import pytest
from django.db import models
from django_tasks_db.models import DBTaskResult

from core.models import Attempt, Merge, OutgoingMail, Theme, User
from tests.databases import committing
from trainings.models import (
    Attendance,
    AttendanceMark,
    Certificate,
    Enrolment,
    EnrolmentGroup,
    EnrolmentTransition,
    Interest,
    Meeting,
    Module,
    Participant,
    Session,
    TrainingRequest,
    Venue,
)

WRITTEN: tuple[type[models.Model], ...] = (
    Merge, TrainingRequest, Certificate, AttendanceMark, Attendance, EnrolmentTransition, Enrolment, EnrolmentGroup, Participant, Interest,
    Meeting, Session, Module, Theme, Venue, OutgoingMail, Attempt, User, DBTaskResult,
)  # fmt: skip


@pytest.fixture
def committed(db: None) -> Iterator[None]:
    """What the test writes is seen by every thread."""
    with committing(*WRITTEN):
        yield
