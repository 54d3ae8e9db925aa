"""What a session costs, who pays and by when, what a cancellation costs: the sheet, the form, the pages and the mails say the same."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.enums import Format, SessionKind
from trainings.models import CancellationStep, CancellationTerms, PaymentSettings
from trainings.models.money import euros

# What is given to a team, and paid by its organisation as one.
FOR_A_TEAM = (SessionKind.IN_HOUSE_TRAINING, SessionKind.SUPERVISION)


@dataclass(frozen=True, slots=True)
class Step:
    """Who cancels fewer than `days_before` days before the first day owes `percent` of the price."""

    days_before: int
    percent: int


@dataclass(frozen=True, slots=True)
class Prices:
    """In cents. `is_for_team`: one price for all, asked of the organisation."""

    full: int
    reduced: int | None = None
    is_for_team: bool = False


@dataclass(frozen=True, slots=True)
class SessionPrices:
    """The prices of a session that is still being written."""

    price_cents: int | None
    reduced_price_cents: int | None = None


def prices_of(module: Any, session: Any = None) -> Prices:
    """Of a module, and of a session that has prices of its own."""
    own, reduced = getattr(session, "price_cents", None), getattr(session, "reduced_price_cents", None)
    full = own if own is not None else (module.price * 100 if module else 0)
    is_for_team = getattr(session, "kind", "") in FOR_A_TEAM or bool(module and module.format == Format.TEAM)
    return Prices(full, reduced if reduced is not None and reduced <= full else None, is_for_team)


def cancellation_steps(on: datetime.date) -> list[Step]:
    """The terms for who enrols on that day, the longest notice first. Without any, nothing is due before the first day. One query."""
    in_force = CancellationTerms.objects.filter(in_force_from__lte=on).order_by("-in_force_from").values("pk")[:1]
    steps = CancellationStep.objects.filter(terms__in=in_force).order_by("-days_before")
    return [Step(*each) for each in steps.values_list("days_before", "percent")]


def share_due(steps: Sequence[Step], *, days_left: int) -> int:
    """The percents due of a cancellation so many days before the first day: none left, all is due."""
    if days_left <= 0:
        return 100
    return next((each.percent for each in sorted(steps, key=lambda step: step.days_before) if days_left < each.days_before), 0)


def price_sentences(module: Any, session: Any = None, *, on: datetime.date) -> list[str]:
    """What is to be known of the price by who enrols on that day, in the active language. At most two queries."""
    prices = prices_of(module, session)
    if not prices.full:
        return [_("There is nothing to pay.")]
    settings = PaymentSettings.current()
    if prices.is_for_team:
        amount = _("%(price)s for a team, for the whole training.")
        how = _("You pay nothing on this site: Smes writes to the organisation how and when to pay.")
        return [amount % {"price": euros(prices.full)}, how]
    sentences = [_("%(price)s a person, for the whole training.") % {"price": euros(prices.full)}]
    if prices.reduced is not None:
        sentences.append(_reduced(prices.reduced, settings))
    if not settings.can_ask:
        return [*sentences, _("You pay nothing on this site: Smes writes to you how and when to pay.")]
    how = ngettext(
        "You or your organisation pay by bank transfer, within %(days)s day of the payment request.",
        "You or your organisation pay by bank transfer, within %(days)s days of the payment request.",
        settings.days_to_pay,
    )
    return [*sentences, how % {"days": settings.days_to_pay}, *cancellation_sentences(cancellation_steps(on))]


def _reduced(cents: int, settings: PaymentSettings) -> str:
    if settings.reduced_for:
        return _("Reduced price: %(price)s, for %(whom)s.") % {"price": euros(cents), "whom": settings.reduced_for}
    return _("Reduced price: %(price)s.") % {"price": euros(cents)}


def cancellation_sentences(steps: Sequence[Step]) -> list[str]:
    """What a cancellation costs, in the active language."""
    steps = sorted(steps, key=lambda step: -step.days_before)
    if not any(step.percent for step in steps):
        return [_("If you cancel before the first day, nothing is due. From the first day on, the whole price is due.")]
    sentences = [
        ngettext(
            "If you cancel at least %(days)s day before the first day, nothing is due.",
            "If you cancel at least %(days)s days before the first day, nothing is due.",
            steps[0].days_before,
        )
        % {"days": steps[0].days_before}
    ]
    for step in steps:
        text = ngettext(
            "Less than %(days)s day before: %(percent)s %% of the price.",
            "Less than %(days)s days before: %(percent)s %% of the price.",
            step.days_before,
        )
        sentences.append(text % {"days": step.days_before, "percent": step.percent})
    return [*sentences, _("From the first day on: the whole price.")]
