"""What pages and mails of an enrolment say of money, beside its price."""

from typing import Any

from django import template
from django.urls import reverse

from core import clock
from core.web.absolute_urls import absolute_url
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, EnrolmentGroup, PaymentRequest, PaymentSettings
from trainings.payment.groups import group_money
from trainings.payment.selectors import money_state, standing
from trainings.sessions.prices import prices_of

register = template.Library()


@register.inclusion_tag("trainings/parts/money.html")
def money(enrolment: Enrolment) -> dict[str, Any]:
    """On the page of an enrolment: who pays, or where the payment request stands."""
    state = money_state(enrolment)
    return {
        "billing_url": reverse("trainings:billing", args=[enrolment.token]) if state.asks_who_pays else "",
        "has_told_who_pays": state.has_told_who_pays,
        "payment": state.request,
        "payment_url": reverse("trainings:payment", args=[state.request.token]) if state.request else "",
        "standing": standing(state.request, today=clock.today()) if state.request else "",
    }


@register.inclusion_tag("trainings/parts/group_money.html")
def money_of_group(group: EnrolmentGroup) -> dict[str, Any]:
    """On the page of a contact: who pays for all, and where each payment request stands."""
    found = group_money(group)
    return {
        "billing_url": reverse("trainings:group_billing", args=[group.token]) if found.asks_who_pays else "",
        "is_told": found.is_told and not found.to_ask,
        "requests": [
            (each, reverse("trainings:payment", args=[each.token]), standing(each, today=clock.today())) for each in found.requests
        ],
    }


@register.simple_tag
def asks_for_payment(module: Any, session: Any) -> bool:
    """Whether who enrols will be asked who pays."""
    prices = prices_of(module, session)
    return bool(prices.full and not prices.is_for_team) and PaymentSettings.current().can_ask


@register.simple_tag(takes_context=True)
def who_pays_url(context: template.Context) -> str:
    """In a mail to somebody with a seat of which nothing is asked for yet: where she says who pays."""
    enrolment = context.get("enrolment")
    if not enrolment or enrolment.status != EnrolmentStatus.CONFIRMED:
        return ""
    if not asks_for_payment(enrolment.session.module, enrolment.session) or not money_state(enrolment).asks_who_pays:
        return ""
    return absolute_url("trainings:billing", enrolment.token, language=enrolment.language)


def _shown(request: PaymentRequest) -> tuple[PaymentRequest, str, str]:
    return request, reverse("trainings:payment", args=[request.token]), standing(request, today=clock.today())
