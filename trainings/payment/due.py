"""What one enrolment costs: its price while it has a seat, a share of it after a cancellation. Computed from the facts, never stored."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from trainings.enums import EnrolmentStatus, SessionStatus, SystemNote
from trainings.models import AgreedPrice, Enrolment, EnrolmentTransition, Tier
from trainings.sessions.prices import cancellation_steps, prices_of, share_due


@dataclass(frozen=True, slots=True)
class Due:
    """An amount in cents, and which price it is."""

    cents: int
    tier: Tier = Tier.FULL


def price_for(enrolment: Enrolment, *, claims_reduced: bool = False) -> Due:
    """The price of one person's seat. One query where an organisation of the directory may have an agreement."""
    prices = prices_of(enrolment.session.module, enrolment.session)
    if prices.is_for_team:
        # The organisation is asked for it as one amount.
        return Due(0, Tier.AMOUNT)
    if enrolment.organisation_id and prices.full:
        agreed = AgreedPrice.objects.filter(organisation=enrolment.organisation_id).values_list("percent", flat=True).first()
        if agreed is not None:
            return Due(part(prices.full, agreed), Tier.AGREED)
    if claims_reduced and prices.reduced is not None:
        return Due(prices.reduced, Tier.REDUCED)
    return Due(prices.full)


def due_for(enrolment: Enrolment, *, price: Due) -> Due:
    """What is due of `price` as things stand: all with a seat, nothing without, a share after the person cancelled."""
    if enrolment.session.status == SessionStatus.CANCELLED:
        return Due(0, price.tier)
    if enrolment.status == EnrolmentStatus.CONFIRMED:
        return price
    if enrolment.status != EnrolmentStatus.CANCELLED:
        return Due(0, price.tier)
    gave_up = seat_given_up(enrolment)
    if gave_up is None:
        return Due(0, price.tier)
    cents = part(price.cents, percent_due(enrolment, cancelled_at=gave_up.at))
    return Due(cents, price.tier if cents == price.cents else Tier.SHARE)


def percent_due(enrolment: Enrolment, *, cancelled_at: datetime.datetime) -> int:
    """By the terms of the day she enrolled, and the days of Brussels between her cancellation and the first meeting."""
    starts = enrolment.session.starts
    if starts is None:
        return 0
    days_left = (timezone.localtime(starts).date() - timezone.localtime(cancelled_at).date()).days
    steps = cancellation_steps(timezone.localtime(enrolment.created_at).date())
    return share_due(steps, days_left=days_left)


def seat_given_up(enrolment: Enrolment) -> EnrolmentTransition | None:
    """The step by which somebody who had a seat gave it back; None for who never had one, or whose colleague has it now."""
    latest = enrolment.transitions.filter(to_status=EnrolmentStatus.CANCELLED).last()
    if latest is None or latest.reason == SystemNote.REPLACED:
        return None  # the seat is paid for once, by who has it
    return latest if latest.from_status == EnrolmentStatus.CONFIRMED else None


def part(cents: int, percent: int) -> int:
    """A share in whole cents, half a cent upwards."""
    return (cents * percent + 50) // 100
