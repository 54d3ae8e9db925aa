"""The enrolment behind a manage link, and its offer."""

import datetime

from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Session


def enrolment_with_session(token: str) -> Enrolment | None:
    """The enrolment of a manage link, its session with dates, meetings and venue; None for a link that is not ours."""
    enrolment = Enrolment.objects.select_related("organisation", "participant", "certificate", "group").filter(token=token).first()
    if enrolment:
        sessions = Session.objects.with_dates().with_seats_left().select_related("venue", "module").prefetch_related("meetings")
        enrolment.session = sessions.get(pk=enrolment.session_id)
    return enrolment


def offer_until(enrolment: Enrolment) -> datetime.datetime | None:
    """Until when the offer stands, or stood before it lapsed. One query for one that is over."""
    if enrolment.status != EnrolmentStatus.LAPSED:
        return enrolment.answer_by
    return enrolment.transitions.filter(to_status=EnrolmentStatus.OFFERED).values_list("answer_by", flat=True).last()
