"""A group with its places."""

from trainings.enrolment.groups.words import Place
from trainings.models import Enrolment, EnrolmentGroup, Session


def group_of_token(token: str) -> EnrolmentGroup | None:
    """The group of a contact's link, its session with dates and venue; None for a link that is not ours."""
    group = EnrolmentGroup.objects.filter(token=token).exclude(contact_email="").first()
    if group:
        sessions = Session.objects.with_dates().with_seats_left().select_related("venue", "module").prefetch_related("meetings")
        group.session = sessions.get(pk=group.session_id)
    return group


def places_of(group: EnrolmentGroup) -> list[Place]:
    """In the order they were typed; two queries at most. Whoever was forgotten is left out."""
    rows = list(group.enrolments.known().select_related("participant").order_by("pk"))
    queue: list[int] = []
    if any(row.queued_at for row in rows):
        queue = list(Enrolment.objects.waiting().filter(session=group.session_id).values_list("pk", flat=True))
    ranks = {pk: rank for rank, pk in enumerate(queue, start=1)}
    for row in rows:
        row.group, row.session = group, group.session
    return [Place(row, ranks.get(row.pk, 0)) for row in rows]
