"""Queues a mail: renders it in the recipient's language and stores it in the transaction of the event it announces."""

import base64
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.validators import validate_email
from django.db import transaction

from core.mail.foot import foot_for
from core.mail.render import printable, render
from core.mail.tasks import deliver_mail
from core.models.mail import OutgoingMail


@dataclass(frozen=True)
class Attachment:
    """A file that travels with a mail."""

    name: str
    type: str
    content: bytes

    def as_json(self) -> dict[str, str]:
        """As the row keeps it; the name without what could leave its header."""
        return {"name": " ".join(printable(self.name).split()), "type": self.type, "content": base64.b64encode(self.content).decode()}


def queue_mail(
    *,
    template: str,
    to: str,
    language: str,
    context: Mapping[str, Any],
    about: str = "",
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    now: datetime.datetime,
) -> OutgoingMail:
    """Writes the mail and enqueues its delivery; both vanish when the caller's transaction is rolled back.

    `template` names three files: `<template>.subject.txt`, `.mjml`, `.txt`. Without `reply_to`, answers go to the contact address of
    the site. Raises TransactionManagementError outside a transaction
    and ValidationError for what is no single email (for example with a line break).
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("queue_mail belongs in the transaction of the fact it tells.")
    validate_email(to)
    foot = foot_for(language)
    reply_to = reply_to or foot.contact_email
    if reply_to:
        validate_email(reply_to)
    parts = render(template, language, context, foot=foot)
    mail = OutgoingMail.objects.create(
        kind=template,
        about=about,
        to=to,
        reply_to=reply_to,
        language=language,
        subject=parts.subject,
        text=parts.text,
        html=parts.html,
        attachments=[attachment.as_json() for attachment in attachments],
        created_at=now,
    )
    deliver_mail.enqueue(mail.pk)
    return mail
