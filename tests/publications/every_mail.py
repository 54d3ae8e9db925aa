"""Every mail about copies on paper, written to who ordered them."""

from collections.abc import Callable

from django.utils import timezone

from core.models import OutgoingMail
from publications.enums import OrderStatus
from publications.models import Edition, PaperOrder
from publications.orders import mails
from tests.publications.factories import PaperOrderFactory

Send = Callable[[PaperOrder], OutgoingMail]
TO_READERS: dict[str, Send] = {
    "order_reserved": lambda order: mails.order_reserved(order, now=timezone.now()),
    "order_waiting": lambda order: mails.order_waiting(order, now=timezone.now()),
    "order_already": lambda order: mails.order_already(order, now=timezone.now()),
    "order_sent": lambda order: mails.order_sent(order, now=timezone.now()),
    "order_cancelled": lambda order: mails.order_cancelled(order, now=timezone.now()),
}


def send(kind: str, edition: Edition, language: str, copies: int = 2) -> OutgoingMail:
    """The mail of an order in `language`. The order is closed, so that one address can have several."""
    order = PaperOrderFactory(
        edition=edition, language=language, copies=copies, email="a@example.org", status=OrderStatus.SENT, closed_at=timezone.now()
    )
    return TO_READERS[kind](order)
