"""Forgets the people of sessions long over. What remains of an enrolment names nobody and is counted once a year:
session, status, sector, care zone, language, presence."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, EnrolmentGroup, Interest, Meeting, SessionMessage, SessionTransition, TeamLead
from trainings.privacy.forget import forget_contacts, forget_enrolments
from trainings.privacy.terms import ATTENDED, LONGEST_WISH, TEAM_LEAD, TOLD, UNCONFIRMED, WAITED
from trainings.querysets.enrolments import EnrolmentQuerySet

# What a run counts, in the words the back-office translates.
ENROLMENTS, WISHES = gettext_noop("enrolments"), gettext_noop("wishes to hear of a date")


def prune_enrolments(*, now: datetime.datetime, dry_run: bool = False) -> dict[str, int]:
    """Forgets whose periods are over; {what: how many} (would be forgotten, in a dry run)."""
    enrolments, wishes = enrolments_due(now), _wishes_due(now)
    if dry_run:
        return {ENROLMENTS: enrolments.count(), WISHES: wishes.count()}
    with transaction.atomic():
        # Why a session was called off may be about somebody: the message is kept as long as who got it.
        SessionTransition.objects.filter(session__in=_over(now - WAITED)).exclude(reason="").update(reason="")
        TeamLead.objects.filter(enrolment__session__in=_over(now - TEAM_LEAD)).delete()
        # Words to the people of a session may be about one of them.
        SessionMessage.objects.filter(session__in=_over(now - ATTENDED)).delete()
        forgotten = forget_enrolments(enrolments, now=now)
        known = Enrolment.objects.known().filter(group=OuterRef("pk"))
        forget_contacts(EnrolmentGroup.objects.exclude(contact_email="").exclude(Exists(known)))
        return {ENROLMENTS: forgotten, WISHES: wishes.delete()[0]}


def enrolments_due(now: datetime.datetime) -> EnrolmentQuerySet:
    """Those whose person is to be forgotten."""
    had_a_seat = Q(status=EnrolmentStatus.CONFIRMED) & ~Q(session__status=SessionStatus.CANCELLED)
    return Enrolment.objects.known().filter(Q(session__in=_over(now - ATTENDED)) | Q(~had_a_seat, session__in=_over(now - WAITED)))


def _over(before: datetime.datetime) -> QuerySet[Meeting, Any]:
    """Sessions whose latest meeting ended before that moment."""
    return Meeting.objects.order_by().values("session").annotate(latest=Max("ends_at")).filter(latest__lt=before).values("session")


def _wishes_due(now: datetime.datetime) -> QuerySet[Interest]:
    return Interest.objects.filter(
        Q(confirmed_at=None, created_at__lt=now - UNCONFIRMED) | Q(notified_at__lt=now - TOLD) | Q(created_at__lt=now - LONGEST_WISH)
    )
