"""What the map knows of a person, what for and how long; given out or erased by her address."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cartography.enums import SubmissionStatus
from cartography.importing.run import KEPT
from cartography.models import Place, PlaceImportRow, Submission, SubmissionTransition
from cartography.places.data import PlaceData
from cartography.places.services import change_place
from cartography.submissions.services import KEEP_SENDER, KEEP_UNCONFIRMED
from core.privacy.periods import kept
from core.privacy.registry import Basis, Holding, Known, PersonalData


def export_person(email: str) -> dict[str, Any]:
    """Everything about one address, as a person may ask for it (GDPR 15 and 20). No secret link."""
    return {
        "messages": [_message(each) for each in Submission.objects.sent_by(email).select_related("place")],
        "records": [
            {"name": place.name_fr, "status": place.status, "last_checked": place.checked_on, "reminders": place.reminder_count}
            for place in Place.objects.reached_at(email)
        ],
        "imported_rows": list(_rows_naming(email).values("place_import__created_at", "name", "outcome")),
    }


def _rows_naming(email: str) -> QuerySet[PlaceImportRow]:
    return PlaceImportRow.objects.filter(values__email__iexact=email.strip())


def _message(sent: Submission) -> dict[str, Any]:
    return {
        "email": sent.email,
        "reference": sent.reference,
        "kind": sent.kind,
        "about": sent.place.name_fr if sent.place else sent.values.get("name_fr", ""),
        "reason": sent.reason,
        "comment": sent.comment,
        "proposed": sent.values,
        "language": sent.language,
        "sent_at": sent.created_at,
        "confirmed_at": sent.confirmed_at,
        "status": sent.status,
        "decided_at": sent.decided_at,
        "answer": sent.decision_note,
    }


@transaction.atomic
def erase_person(email: str, *, now: datetime.datetime) -> dict[str, int]:
    """Forgets one address (GDPR 17).

    What was proposed or reported about a service stays, without who sent it; a proposal not confirmed yet goes altogether.
    """
    sent = Submission.objects.sent_by(email)
    _rows, by_model = sent.filter(status=SubmissionStatus.UNCONFIRMED).delete()
    # The officer may have written a name beside the decision.
    SubmissionTransition.objects.filter(submission__in=sent).update(reason="")
    messages = by_model.get(Submission._meta.label, 0) + sent.update(email="", decision_note="")
    for each in Submission.objects.proposing(email).select_for_update():
        each.values["email"] = ""
        each.save(update_fields=["values"])
    rows = list(_rows_naming(email).select_for_update())
    for row in rows:
        row.values["email"] = ""
        row.save(update_fields=["values"])
    places = list(Place.objects.reached_at(email).select_related("sector"))
    for place in places:
        change_place(place=place, data=PlaceData.from_json(PlaceData.of(place).as_json() | {"email": ""}))
    return {
        gettext_noop("messages about the map"): messages,
        gettext_noop("records of services"): len(places),
        gettext_noop("rows of imports"): len(rows),
    }


PERSONAL_DATA = PersonalData(
    app="cartography",
    label=_("Map"),
    kinds=(
        ("messages", _("Messages about the map")),
        ("records", _("Records of services that show the address")),
        ("imported_rows", _("Rows of imported files")),
    ),
    holdings=(
        Holding(
            what=_("map: e-mail address of who proposes, corrects or reports"),
            purpose=_("to confirm the message, then to tell what was decided"),
            basis=Basis.ASKED,
            kept=kept(_("{0} after the decision"), KEEP_SENDER),
            kinds=("messages",),
            duty="forget_senders",
            stays=_("What was said of the service stays, without who said it."),
        ),
        Holding(
            what=_("map: a message its sender never confirmed"),
            purpose=_("to confirm it"),
            basis=Basis.ASKED,
            kept=kept(_("{0}"), KEEP_UNCONFIRMED),
            duty="forget_senders",
        ),
        Holding(
            what=_("map: rows of an imported file"),
            purpose=_("to decide about each"),
            basis=Basis.INTEREST,
            kept=kept(_("{0}"), KEPT),
            kinds=("imported_rows",),
            duty="forget_import_rows",
        ),
        Holding(
            what=_("map: e-mail address in the record of a service"),
            purpose=_("shown to everybody; no person’s, unless the service gave one"),
            basis=Basis.ASKED,
            kept=kept(_("as long as the record")),
            kinds=("records",),
        ),
    ),
    known=(
        Known(model="cartography.Submission", email="email"),
        Known(model="cartography.Place", email="email"),
        Known(model="cartography.PlaceImportRow", email="values__email"),
    ),
    export=export_person,
    erase=erase_person,
)
