"""Sends the mail of a payment request again."""

import datetime

from django.db import transaction

from core.models import OutgoingMail
from trainings.models import PaymentRequest
from trainings.payment import mails


@transaction.atomic
def resend_payment_request(*, request: PaymentRequest, now: datetime.datetime) -> OutgoingMail | None:
    """The same words and the same document; nothing else happens."""
    return mails.payment_request(request, now=now)
