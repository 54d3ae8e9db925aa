"""What the follow-up knows of a person: the professional who asked. Never of anybody her team supports."""

import datetime
from typing import Any

from core.privacy import Holding, PersonalData
from followup.requests.forget import export_requests, forget_contact


def export(email: str) -> dict[str, Any]:
    """All of one address."""
    return {"requests for support": found} if (found := export_requests(email)) else {}


def erase(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one address; requests and files stay, without a name."""
    return {"requests for support": forget_contact(email, now=now)}


PERSONAL_DATA = PersonalData(
    app="followup",
    holdings=(
        Holding(
            what="requests for support: contact person, e-mail address, phone number, team, what was asked",
            purpose="to answer a team that asks for support, and to follow what was agreed",
            kept="two years after the request or its file ended; team, sector, reason, steps and days are kept without a name",
        ),
        Holding(
            what="notes on files: what a team wrote for itself, sealed; who wrote and who read it",
            purpose="to work on a file together; they are about teams and institutions, and should name nobody",
            kept="24 months after the file is closed, less where a note is erased by its team; their number is kept",
        ),
    ),
    export=export,
    erase=erase,
)
