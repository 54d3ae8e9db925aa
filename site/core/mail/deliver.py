"""One attempt to deliver one mail."""

import base64

from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from core import clock
from core.models.mail import MailStatus, OutgoingMail


@transaction.atomic
def deliver(mail_id: int) -> str:
    """Sends the mail unless it is sent; returns its status."""
    mail = OutgoingMail.objects.select_for_update().get(pk=mail_id)
    if mail.status == MailStatus.SENT:
        return mail.status
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to])
    message.attach_alternative(mail.html, "text/html")
    for each in mail.attachments:
        message.attach(each["name"], base64.b64decode(each["content"]), each["type"])
    message.send()
    mail.status = MailStatus.SENT
    mail.attempts += 1
    mail.sent_at = clock.now()
    mail.save(update_fields=["status", "attempts", "sent_at"])
    return mail.status
