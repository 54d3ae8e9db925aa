"""Reading the mails of a test."""

import base64
import re
from typing import Any

from core.models import OutgoingMail
from trainings.models import Enrolment


def mails_to(email: str) -> list[OutgoingMail]:
    """Oldest first."""
    return list(OutgoingMail.objects.filter(to=email).order_by("pk"))


def kinds_to(email: str) -> list[str]:
    """The names of the mails, oldest first, e.g. `enrolment_confirmed`."""
    return [mail.kind.rsplit("/", 1)[-1] for mail in mails_to(email)]


def latest_mail(enrolment: Enrolment) -> OutgoingMail:
    return OutgoingMail.objects.filter(about=f"enrolment:{enrolment.pk}").latest("pk")


def files_of(mail: OutgoingMail) -> dict[str, bytes]:
    """Shape: {name: content}."""
    attachments: list[dict[str, Any]] = mail.attachments
    return {each["name"]: base64.b64decode(each["content"]) for each in attachments}


def links_in(text: str) -> list[str]:
    return re.findall(r"https?://[^\s\"'<>]+", text)
