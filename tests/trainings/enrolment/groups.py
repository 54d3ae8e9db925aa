"""A contact and her colleagues, in a story about their places."""

import datetime
from typing import Any

from tests.trainings.enrolment.people import MONDAY
from trainings.enrolment.enrol import EnrolmentData
from trainings.enrolment.groups.enrol import GroupOutcome, enrol_group
from trainings.enrolment.groups.people import Colleague, GroupData
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.seats.modes import GroupMode

CONTACT = "lou@example.org"


def colleagues(count: int, prefix: str = "colleague") -> tuple[Colleague, ...]:
    return tuple(Colleague(name=f"Alex {number}", email=f"{prefix}{number}@example.org") for number in range(1, count + 1))


def group_of(
    size: int, *, together: bool = False, unnamed: int = 0, email: str = CONTACT, prefix: str = "colleague", **facts: Any
) -> GroupData:
    """The contact, who takes part, and her colleagues; `unnamed` of them have no name yet."""
    return GroupData(
        contact=EnrolmentData(name="Lou Exemple", email=email, **facts),
        colleagues=colleagues(size - 1 - unnamed, prefix),
        unnamed=unnamed,
        mode=GroupMode.ALL_OR_NONE if together else GroupMode.AS_MANY_AS_FIT,
    )


def enrol(session: Session, group: GroupData, now: datetime.datetime = MONDAY) -> GroupOutcome:
    return enrol_group(session_id=session.pk, group=group, now=now)


def made(outcome: GroupOutcome) -> EnrolmentGroup:
    """The group that was created."""
    assert outcome.group
    return outcome.group


def places(group: EnrolmentGroup) -> list[Enrolment]:
    return list(group.enrolments.order_by("pk"))


def statuses(group: EnrolmentGroup) -> list[str]:
    return [str(each.status) for each in places(group)]
