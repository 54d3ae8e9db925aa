"""Mails about paper copies, one function each. Links are absolute; names typed by the public are stripped of links."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.mail.message import queue_mail
from core.models import OutgoingMail, User
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url, base_url
from publications.models import Edition, PaperOrder
from publications.roles import LIBRARIAN

# How the kinds of all mails to who ordered begin.
TO_READERS = "publications/mail/order_"


def order_reserved(order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """Your copies are put aside."""
    return _about_order("publications/mail/order_reserved", order, now=now)


def order_waiting(order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """There are none left at the moment: you are in the queue."""
    return _about_order("publications/mail/order_waiting", order, now=now)


def order_already(order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """Somebody, probably you, ordered once more: here is where your order stands, and your link."""
    return _about_order("publications/mail/order_already", order, now=now)


def order_sent(order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """The parcel left."""
    return _about_order("publications/mail/order_sent", order, now=now)


def order_cancelled(order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """Nothing will be sent."""
    return _about_order("publications/mail/order_cancelled", order, now=now)


def low_stock(edition: Edition, *, copies: int, now: datetime.datetime) -> list[OutgoingMail]:
    """To everybody of the group that handles orders, in French: few copies are left."""
    librarians = User.objects.filter(groups__name=LIBRARIAN.name, is_active=True).order_by("pk")
    context = {
        "edition": edition,
        "copies": copies,
        "edition_url": base_url() + reverse("publications_editions:inspect", args=[edition.pk]),
    }
    return [
        queue_mail(
            template="publications/mail/low_stock",
            to=user.email,
            language=settings.LANGUAGE_CODE,
            context=context,
            about=f"edition:{edition.pk}",
            now=now,
        )
        for user in librarians
    ]


def _about_order(template: str, order: PaperOrder, *, now: datetime.datetime) -> OutgoingMail:
    """What every mail about an order says: what, how many, where to, and the link to cancel it."""
    context: dict[str, Any] = {
        "name": harmless(order.name),
        "postal_address": harmless(order.postal_address),
        "order": order,
        "edition": order.edition,
        "download_url": _download(order.edition),
        "manage_url": absolute_url("publications:manage_order", order.token, language=order.language),
    }
    return queue_mail(template=template, to=order.email, language=order.language, context=context, about=f"paperorder:{order.pk}", now=now)


def _download(edition: Edition) -> str:
    if edition.current_file_id is None:
        return ""
    return base_url() + edition.file_url()
