"""One mail in the morning of the day on which an offer ends. An offer of a few hours is not reminded of: it has just been read, or not."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from trainings.enrolment import notices
from trainings.enrolment.groups.notices import tell_contact
from trainings.enrolment.groups.words import Event
from trainings.enrolment.offers.answer import answering_with, is_open
from trainings.enrolment.seats import lock_enrolment
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentTransition
from trainings.sessions.offer_plan import MORNING, SHORTEST


def offers_to_remind(now: datetime.datetime) -> list[int]:
    """Offers of an earlier day that end today, later than in an hour, and were not reminded of. One query."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return []
    midnight = timezone.make_aware(datetime.datetime.combine(local.date(), datetime.time.min))
    tomorrow = timezone.make_aware(datetime.datetime.combine(local.date() + datetime.timedelta(days=1), datetime.time.min))
    made = EnrolmentTransition.objects.filter(
        enrolment=OuterRef("pk"), to_status=EnrolmentStatus.OFFERED, answer_by=OuterRef("answer_by"), at__lt=midnight
    )
    due = Enrolment.objects.offered().filter(Exists(made), reminded_at=None, answer_by__gt=now + SHORTEST, answer_by__lt=tomorrow)
    return list(due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def remind_of_offer(*, enrolment_id: int, now: datetime.datetime) -> int:
    """Mails the person, or the contact of a group that is served as one. Two workers at once: the second finds it done."""
    current = lock_enrolment(enrolment_id)
    if current.reminded_at is not None or not is_open(current, now):
        return 0
    party = answering_with(current)
    Enrolment.objects.filter(pk__in=[each.pk for each in party]).update(reminded_at=now)
    if current.group is not None and current.group.is_together:
        tell_contact(current.group, Event.REMINDED, session=current.session, now=now)
    else:
        notices.remind_of_offer(current, now=now)
    return 1


def remind_of_offers(*, now: datetime.datetime) -> int:
    """The timed duty: one transaction an offer. Returns how many mails left."""
    return sum(remind_of_offer(enrolment_id=pk, now=now) for pk in offers_to_remind(now))
