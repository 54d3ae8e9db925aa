"""What the public pages know of a person: messages of the contact form, which are mails to Smes."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.mail.retention import KEPT
from core.models import OutgoingMail
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, PersonalData


def export_person(email: str) -> dict[str, Any]:
    """Everything about one email address, as a person may ask for it (GDPR 15 and 20)."""
    return {"contact_messages": list(_messages_of(email).values("created_at", "subject", "text"))}


def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one email address (GDPR 17). What reached the mailbox of Smes is not ours to erase."""
    return {gettext_noop("contact messages"): _messages_of(email).delete()[0]}


def _messages_of(email: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(kind="home/mail/contact_message", text__icontains=email.strip())


PERSONAL_DATA = PersonalData(
    app="home",
    label=_("Contact"),
    kinds=(("contact_messages", _("Messages of the contact form")),),
    holdings=(
        Holding(
            what=_("contact form: name, e-mail address, message"),
            purpose=_("to answer you"),
            basis=Basis.ASKED,
            kept=kept(_("{0} after you sent it"), KEPT),
            kinds=("contact_messages",),
            duty="prune_mails",
        ),
    ),
    export=export_person,
    erase=erase_person,
)
