"""What the public pages know of a person: messages of the contact form, which are mails to Smes."""

import datetime
from typing import Any

from django.db.models import QuerySet

from core.models import OutgoingMail
from core.privacy import Holding, PersonalData


def export_person(email: str) -> dict[str, Any]:
    """Everything about one email address, as a person may ask for it (GDPR 15 and 20)."""
    return {"contact_messages": list(_messages_of(email).values("created_at", "subject", "text"))}


def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one email address (GDPR 17). What reached the mailbox of Smes is not ours to erase."""
    return {"contact messages": _messages_of(email).delete()[0]}


def _messages_of(email: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(kind="home/mail/contact_message", text__icontains=email.strip())


PERSONAL_DATA = PersonalData(
    app="home",
    holdings=(Holding("name, email address and message of the contact form", "to answer", "90 days (core)"),),
    export=export_person,
    erase=erase_person,
)
