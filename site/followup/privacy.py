"""What the follow-up knows of a person: the professional who asked. Never of anybody her team supports."""

import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, Known, PersonalData
from followup.requests.forget import MONTH, export_requests, forget_contact


def export(email: str) -> dict[str, Any]:
    """All of one address."""
    return {"requests for support": found} if (found := export_requests(email)) else {}


def erase(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one address; requests and files stay, without a name."""
    return {gettext_noop("requests for support"): forget_contact(email, now=now)}


PERSONAL_DATA = PersonalData(
    app="followup",
    label=_("Support for teams"),
    kinds=(("requests for support", _("Requests for support")),),
    holdings=(
        Holding(
            what=_("request for support: contact person, e-mail address, telephone number, team, what was asked"),
            purpose=_("to answer a team that asks for support, and to follow what was agreed"),
            basis=Basis.ASKED,
            kept=kept(_("{0} after the request or its file ended"), settings.FOLLOW_UP_CONTACT_MONTHS * MONTH),
            kinds=("requests for support",),
            duty="prune_support_requests",
            stays=_("Team, sector, reason, steps and days stay without a name: they are counted."),
        ),
        Holding(
            what=_("notes on files: what a team wrote for itself, sealed; who wrote and who read it"),
            purpose=_("to work on a file together; they are about teams and institutions, and should name nobody"),
            basis=Basis.INTEREST,
            kept=kept(_("{0} after the file is closed, less where its team erases a note"), settings.FOLLOW_UP_NOTES_MONTHS * MONTH),
            duty="erase_notes",
            stays=_("Notes are sealed: only the team of the file can read and erase them."),
            is_public=False,
        ),
    ),
    known=(Known(model="followup.Request", email="email", names=("name",)),),
    keeps=("followup.Note",),
    export=export,
    erase=erase,
)
