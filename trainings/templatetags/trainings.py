"""Filters and tags of the training pages."""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import template
from django.db.models import prefetch_related_objects
from django.utils import formats, timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.languages import current_language, language_name, language_names
from core.text.dates import DAY, DAY_OF_WEEK, DAY_OF_YEAR, MOMENT, written
from core.text.dates import hours as hours_of_day
from trainings.enums import Delivery
from trainings.interests.forms import InterestForm
from trainings.models import CatalogueEdition, Meeting, Session
from trainings.models.money import euros
from trainings.sessions.prices import price_sentences, prices_of
from trainings.sessions.seat_words import SeatWords

register = template.Library()
register.filter(language_name)
register.filter(language_names)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a session, morning and afternoon on one line."""

    starts_at: datetime.datetime
    label: str
    # Who receives the group that day, where a meeting has a host.
    hosts: str = ""


@register.filter
def duration(days: Decimal) -> str:
    """`half a day`, `1 day`, `1.5 days`."""
    if days == Decimal("0.5"):
        return _("half a day")
    number = formats.number_format(days.normalize() if days % 1 else int(days), use_l10n=True)
    return ngettext("%(number)s day", "%(number)s days", math.ceil(days)) % {"number": number}


@register.filter
def price(module: Any) -> str:
    """`free`, `120 €`, `450 € a team`; of a module or of an entry of the catalogue."""
    if not module.price:
        # Translators: a training that costs nothing.
        return _("free of charge")
    amount = formats.number_format(module.price, use_l10n=True, force_grouping=True)
    if module.format == "team":
        return _("%(amount)s € for a team") % {"amount": amount}
    return _("%(amount)s €") % {"amount": amount}


@register.filter
def price_cents(module: Any, session: Any = None) -> int:
    """What it costs in cents, to tell what is free; of a session with a price of its own, that one."""
    return prices_of(module, session).full


@register.simple_tag(takes_context=True)
def price_terms(context: template.Context, module: Any, session: Any = None) -> str:
    """What the price is for, who pays, by when, and what a cancellation costs: for who enrolled, as it was on that day."""
    enrolment = context.get("enrolment")
    on = timezone.localtime(enrolment.created_at).date() if enrolment else clock.today()
    return " ".join(price_sentences(module, session, on=on))


register.filter(euros)


@register.filter
def closes_words(closes_at: datetime.datetime) -> str:
    """`Enrol until 12 January 2027, 17.00`."""
    # Translators: the deadline of a session.
    return _("Enrol until %(moment)s") % {"moment": written(closes_at, MOMENT)}


@register.filter
def seat_policy(session: Session) -> list[str]:
    """Who gets the seats of a session, where they do not simply go in order."""
    return SeatWords(session, clock.now()).policy()


@register.filter
def seats_tone(seats: int | None) -> str:
    """How full: the last word of a class of `.seats`."""
    if not seats:
        return "full"
    return "few" if seats <= 3 else "open"


@register.filter
def dates_until(first: datetime.datetime, last: datetime.datetime | None) -> str:
    """One day, or the first and the last of several."""
    begins = timezone.localtime(first).date()
    ends = timezone.localtime(last).date() if last else begins
    if begins == ends:
        return written(begins, DAY_OF_WEEK)
    begin = written(begins, DAY_OF_YEAR if begins.year == ends.year else DAY)
    return _("%(first)s to %(last)s") % {"first": begin, "last": written(ends)}


@register.filter
def by_day(meetings: Iterable[Meeting]) -> list[Day]:
    """The days of meetings that come in order: `Thursday 7 January 2027, 9.30 to 12.30 and 13.30 to 16.30`."""
    meetings = list(meetings)
    if any(getattr(meeting, "host_id", None) for meeting in meetings):
        prefetch_related_objects(meetings, "host")
    return [_day(list(same_day)) for _date, same_day in groupby(meetings, lambda each: timezone.localtime(each.starts_at).date())]


@register.filter
def when(span: Any) -> str:
    """The day and hours of anything with `starts_at` and `ends_at`: `Thursday 7 January 2027, 9.30 to 12.30`."""
    return _day_and_hours([span])


@register.filter
def when_where(meetings: Iterable[Meeting], session: Session) -> str:
    """For the line an inbox shows below a subject: the first day and its hours, how many more days, and where."""
    days = by_day(meetings)
    more = len(days) - 1
    parts = [days[0].label] if days else []
    if more > 0:
        parts.append(ngettext("%(days)s more day", "%(days)s more days", more) % {"days": more})
    if session.delivery == Delivery.ONLINE:
        parts.append(session.get_delivery_display())
    elif session.venue:
        parts.append(f"{session.venue.name}, {session.venue.municipality}")
    return " · ".join(parts)


def _day(meetings: list[Any]) -> Day:
    hosts = dict.fromkeys(each.host.name for each in meetings if getattr(each, "host", None))
    return Day(meetings[0].starts_at, _day_and_hours(meetings), ", ".join(hosts))


def _day_and_hours(meetings: list[Any]) -> str:
    day = written(meetings[0].starts_at, DAY_OF_WEEK)
    hours_told = get_text_list([hours_of_day(each.starts_at, each.ends_at) for each in meetings], _("and"))
    return f"{day}, {hours_told}"


@register.filter
def hours(minutes: int) -> str:
    """`6 hours`, `7.5 hours`: hours of a certificate."""
    value = Decimal(minutes) / 60
    number = formats.number_format(round(value, 2).normalize() if value % 1 else int(value), use_l10n=True)
    return ngettext("%(number)s hour", "%(number)s hours", math.ceil(value)) % {"number": number}


@register.inclusion_tag("trainings/parts/interest_form.html", takes_context=True)
def interest_form(context: template.Context, module: Any) -> dict[str, Any]:
    """'Tell me when a date is set', for a sheet without a free seat."""
    request = context["request"]
    return {"module": module, "form": InterestForm(request=request, auto_id="interest_%s"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("trainings/parts/frozen_catalogues.html")
def frozen_catalogues() -> dict[str, Any]:
    """The catalogues of years as they were printed, in the reader's language, the latest first. One query."""
    editions = CatalogueEdition.objects.filter(language=current_language()).defer("facts").select_related("catalogue")
    return {"editions": editions.order_by("-catalogue__year")[:3]}
