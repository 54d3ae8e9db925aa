"""Sends the link of 'my trainings'."""

import datetime

from django.db import transaction

from core.mail.message import queue_mail
from core.models import OutgoingMail
from core.text.safety import harmless
from core.web.absolute_urls import absolute_url
from core.web.ratelimit import may_write_again
from trainings.models import Participant
from trainings.my_trainings.links import VALID, sign


@transaction.atomic
def send_link(*, email: str, language: str, now: datetime.datetime) -> OutgoingMail | None:
    """Mails the link, if this address ever enrolled; None if not, or where it was sent too often today.

    The page that asks says the same in all three cases: who does not own the address learns nothing.
    """
    participant = Participant.objects.filter(email=email.strip().lower()).first()
    if participant is None or not may_write_again(scope="my_trainings", key=participant.email, now=now):
        return None
    return mail_link(participant, language=language, now=now)


def mail_link(participant: Participant, *, language: str, now: datetime.datetime) -> OutgoingMail:
    """The mail itself."""
    return queue_mail(
        template="trainings/mail/my_trainings",
        to=participant.email,
        language=language,
        context={
            "name": harmless(participant.name),
            "my_trainings_url": absolute_url("trainings:my_trainings", sign(participant), language=language),
            "days": VALID.days,
        },
        about=f"participant:{participant.pk}",
        now=now,
    )
