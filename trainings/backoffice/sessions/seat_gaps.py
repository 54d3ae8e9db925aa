"""Why a free seat is offered to nobody, in words, with the screen where it is mended."""

import datetime
from collections import Counter

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.backoffice.next_step import Gap
from core.text.dates import written
from trainings.enums import EnrolmentStatus, FreedSeats, Phase, SessionStatus
from trainings.models import Session
from trainings.seats.rules import Allotment, Obstacle
from trainings.sessions.offer_plan import WhyByHand, plan_for
from trainings.sessions.seat_rules import allotment_of, rules_in_force

BY_HAND: dict[WhyByHand, Promise] = {
    WhyByHand.CHOSEN: gettext_lazy("This session says that a coordinator gives the seats."),
    WhyByHand.CLOSED: gettext_lazy("The session is closed: nothing is offered by itself."),
    WhyByHand.BEGUN: gettext_lazy("The session has begun: nothing is offered by itself any more."),
    WhyByHand.TOO_NEAR: gettext_lazy("The session begins too soon to wait for an answer by mail: call the people who wait."),
}


def seat_gaps_of(session: Session, *, now: datetime.datetime) -> list[Gap]:
    """A sentence for each reason; nothing where no seat is free, or nobody could take it. At most four queries."""
    if session.status not in {SessionStatus.PUBLISHED, SessionStatus.CLOSED} or session.phase(now) == Phase.OVER:
        return []
    allotment = allotment_of(session, rules_in_force(session, now), now)
    if not allotment.free:
        return []
    free = ngettext("%(count)s seat is free.", "%(count)s seats are free.", allotment.free) % {"count": allotment.free}
    return [Gap(text=f"{free} {reason}", url=url) for reason, url in _reasons(session, allotment, now)]


def _reasons(session: Session, allotment: Allotment, now: datetime.datetime) -> list[tuple[str, str]]:
    found = []
    plan = plan_for(session, now)
    if allotment.line and plan.why is not None:
        found.append((str(BY_HAND[plan.why]), _list_of(session, EnrolmentStatus.WAITING)))
    alone = [party.claims[0] for party in allotment.line if len(party.claims) == 1]
    obstacles = Counter(allotment.obstacle_for(claim) for claim in alone)
    found += _groups(session, allotment)
    form = reverse("trainings_sessions:edit", args=[session.pk])
    if count := obstacles[Obstacle.KEPT]:
        text = ngettext(
            "%(count)s person waits who is of another sector than those the seats are kept for, until %(day)s.",
            "%(count)s people wait who are of other sectors than those the seats are kept for, until %(day)s.",
            count,
        )
        found.append((text % {"count": count, "day": written(session.kept_until)}, f"{form}#id_kept_seats"))
    if count := obstacles[Obstacle.ORGANISATION]:
        text = ngettext(
            "%(count)s person waits whose organisation has all the seats it may have, until %(day)s.",
            "%(count)s people wait whose organisations have all the seats they may have, until %(day)s.",
            count,
        )
        found.append((text % {"count": count, "day": written(session.most_until)}, f"{form}#id_most_per_organisation"))
    if count := obstacles[Obstacle.SECTOR] + obstacles[Obstacle.ZONE]:
        text = ngettext(
            "%(count)s person waits whose sector or care zone has all the seats it may have, until %(day)s.",
            "%(count)s people wait whose sectors or care zones have all the seats they may have, until %(day)s.",
            count,
        )
        found.append((text % {"count": count, "day": written(session.most_until)}, f"{form}#id_most_per_sector"))
    is_somebody_next = obstacles[None] or any(allotment.obstacle_for_all(party) is None for party in allotment.line)
    if is_somebody_next and plan.way != FreedSeats.BY_HAND:
        found.append((_("It is being offered: the worker looks every minute."), ""))
    return found + _passed_over(session)


def _groups(session: Session, allotment: Allotment) -> list[tuple[str, str]]:
    """Groups that want all their seats at once."""
    found = []
    for party in allotment.line:
        if len(party.claims) == 1 or allotment.obstacle_for_all(party) is None:
            continue
        text = (
            _("A group of %(count)s waits for all its seats at once; those that are free in its turn are kept for it.")
            if party.is_held
            else _("A group of %(count)s waits for all its seats at once; nothing is kept for it any more.")
        )
        found.append((text % {"count": len(party.claims)}, _list_of(session, EnrolmentStatus.WAITING)))
    return found


def _passed_over(session: Session) -> list[tuple[str, str]]:
    """People nothing is offered to by itself."""
    found = []
    if count := session.enrolments.waiting().filter(is_held_back=True).count():
        text = ngettext(
            "%(count)s person was put on the list by a coordinator, and gets a seat only from a coordinator.",
            "%(count)s people were put on the list by a coordinator, and get a seat only from a coordinator.",
            count,
        )
        found.append((text % {"count": count}, _list_of(session, EnrolmentStatus.WAITING)))
    count = session.enrolments.filter(status=EnrolmentStatus.LAPSED).count()
    if not count:
        return found
    text = ngettext(
        "%(count)s person did not answer an offer, and gets no other one before she says that she still wants a seat.",
        "%(count)s people did not answer an offer, and get no other one before they say that they still want a seat.",
        count,
    )
    return [*found, (text % {"count": count}, _list_of(session, EnrolmentStatus.LAPSED))]


def _list_of(session: Session, status: EnrolmentStatus) -> str:
    return f"{reverse('trainings_enrolments:index')}?session={session.pk}&status={status}"
