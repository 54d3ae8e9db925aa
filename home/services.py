"""Writes of the public pages: the contact form."""

import datetime

from django.db import transaction

from core.mail.message import queue_mail
from core.models import OutgoingMail


@transaction.atomic
def send_contact_message(
    *, recipient: str, name: str, email: str, subject: str, message: str, language: str, now: datetime.datetime
) -> OutgoingMail:
    """Queues the message to the people of Smes. The sender gets no mail: the form could else be used to write to strangers."""
    return queue_mail(
        template="home/mail/contact_message",
        to=recipient,
        language=language,
        context={"name": name, "email": email, "subject": subject, "message": message},
        about="contact",
        now=now,
    )
