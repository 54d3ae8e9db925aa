"""A person answers the offer of a seat. Pressing twice, or after the deadline, does no harm."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from core.lifecycle.waiting_list import end_of_queue
from trainings.enrolment import notices
from trainings.enrolment.offers.settle import settle_seats, tell_status
from trainings.enrolment.seats import lock_enrolment
from trainings.enrolment.status import change_status
from trainings.enums import EnrolmentStatus, Phase, SystemNote
from trainings.models import Enrolment
from trainings.sessions.seat_counts import session_seats


@transaction.atomic
def accept_offer(*, enrolment: Enrolment, now: datetime.datetime) -> Enrolment:
    """The seat is hers when she answers in time. The caller looks at the status of what comes back.

    Too late, the seat passes on. Pressing all the same says that she still wants one: she waits again, at the end of the list, so that
    nobody falls behind the rank she was told. Where nobody else may have the seat, it is offered to her once more.

    Of a group that is served as one, the answer is that of all.
    """
    current = lock_enrolment(enrolment.pk)
    return accept_all(answering_with(current), now=now)[0]


def accept_all(party: Sequence[Enrolment], *, now: datetime.datetime) -> list[Enrolment]:
    """One answer for all of these people of a session. Call under its lock."""
    late = []
    for each in party:
        if is_open(each, now):
            change_status(each, EnrolmentStatus.CONFIRMED, now=now, reason=SystemNote.OFFER_ACCEPTED)
            notices.notify_status(each, now=now)
        elif each.status == EnrolmentStatus.OFFERED:
            change_status(each, EnrolmentStatus.LAPSED, now=now, reason=SystemNote.OFFER_LAPSED)
        if each.status == EnrolmentStatus.LAPSED:
            late.append(each)
    if not late or late[0].session.phase(now) != Phase.TO_COME:
        return list(party)
    seated = _wait_again(late, now)
    return [seated.get(each.pk, each) for each in party]


@transaction.atomic
def refuse_offer(*, enrolment: Enrolment, now: datetime.datetime) -> Enrolment:
    """She does not want the seat, and leaves the list: it has no other date. The seat passes on at once."""
    current = lock_enrolment(enrolment.pk)
    if current.status in {EnrolmentStatus.OFFERED, EnrolmentStatus.LAPSED}:
        change_status(current, EnrolmentStatus.CANCELLED, now=now, reason=SystemNote.OFFER_REFUSED)
        notices.notify_cancelled(current, now=now)
        settle_seats(current.session, now=now)
    return current


def is_open(enrolment: Enrolment, now: datetime.datetime) -> bool:
    """Whether the offer can be accepted: until its last second."""
    return enrolment.status == EnrolmentStatus.OFFERED and enrolment.answer_by is not None and now <= enrolment.answer_by


def answering_with(enrolment: Enrolment) -> list[Enrolment]:
    """She, first, and those of her group that stand where she stands, when it is served as one."""
    if not enrolment.is_answered_by_contact:
        return [enrolment]
    others = Enrolment.objects.filter(group=enrolment.group_id, status=enrolment.status).exclude(pk=enrolment.pk)
    rows = list(others.select_for_update(of=("self",)).select_related("participant").order_by("queued_at", "pk"))
    for row in rows:
        row.session, row.group = enrolment.session, enrolment.group
    return [enrolment, *rows]


def _wait_again(party: Sequence[Enrolment], now: datetime.datetime) -> dict[int, Enrolment]:
    """To the end of the list; by key, those who have or are offered a seat again."""
    latest = session_seats(party[0].session).latest_in_queue
    for each in party:
        latest = end_of_queue(latest, now=now)
        change_status(each, EnrolmentStatus.WAITING, now=now, reason=SystemNote.STILL_WANTS, queued_at=latest)
    seated = {each.pk: each for each in settle_seats(party[0].session, now=now)}
    tell_status([each for each in party if each.pk not in seated and not each.is_answered_by_contact], now=now)
    return seated
