"""The enrolment behind a manage link."""

from trainings.models import Enrolment, Session


def enrolment_with_session(token: str) -> Enrolment | None:
    """The enrolment of a manage link, its session with dates, meetings and venue; None for a link that is not ours."""
    enrolment = Enrolment.objects.select_related("organisation", "participant", "certificate").filter(token=token).first()
    if enrolment:
        sessions = Session.objects.with_dates().with_seats_left().select_related("venue", "module").prefetch_related("meetings")
        enrolment.session = sessions.get(pk=enrolment.session_id)
    return enrolment
