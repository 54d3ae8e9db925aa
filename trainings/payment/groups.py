"""Colleagues enrolled in one go: their contact says once who pays for all."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from trainings.enums import ACTIVE, EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, PaymentRequest, PaymentSettings
from trainings.payment.billing import Party, keep_billing_details
from trainings.payment.request import request_payment
from trainings.querysets.enrolments import EnrolmentQuerySet
from trainings.sessions.prices import prices_of


@dataclass(frozen=True, slots=True)
class GroupMoney:
    """What the page of a group says of money. `to_ask`: seats of which nothing is asked for; `waiting`: places without a seat."""

    requests: list[PaymentRequest]
    to_ask: list[Enrolment]
    waiting: list[Enrolment]
    is_told: bool = False

    @property
    def asks_who_pays(self) -> bool:
        return bool(self.to_ask or self.waiting)


def group_money(group: EnrolmentGroup) -> GroupMoney:
    """At most four queries."""
    prices = prices_of(group.session.module, group.session)
    requests = list(PaymentRequest.objects.with_balance().filter(pk__in=_asked(group).values("payment_lines__request")))
    if not prices.full or prices.is_for_team or not PaymentSettings.current().can_ask:
        return GroupMoney(requests, [], [])
    rows = group.enrolments.known().filter(status__in=ACTIVE).exclude(pk__in=_asked(group).values("pk")).order_by("pk")
    open_places = list(rows.select_related("billing"))
    to_ask = [row for row in open_places if row.status == EnrolmentStatus.CONFIRMED]
    waiting = [row for row in open_places if row not in to_ask]
    return GroupMoney(requests, to_ask, waiting, is_told=bool(waiting) and all(hasattr(row, "billing") for row in waiting))


def _asked(group: EnrolmentGroup) -> EnrolmentQuerySet:
    return Enrolment.objects.filter(group=group, payment_lines__is_void=False)


@transaction.atomic
def request_for_group(*, group: EnrolmentGroup, party: Party, now: datetime.datetime) -> PaymentRequest | None:
    """One request for all who have a seat; who waits is asked for once she has one, without being told again. None: nobody has one yet."""
    money = group_money(group)
    for enrolment in (*money.to_ask, *money.waiting):
        keep_billing_details(enrolment=enrolment, party=party, now=now)
    if not money.to_ask:
        return None
    return request_payment(enrolments=money.to_ask, billed_party=party, language=group.language, now=now)
