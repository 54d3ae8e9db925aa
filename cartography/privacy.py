"""What the map knows of a person, what for and how long; given out or erased by her address.

| what | what for | how long |
|---|---|---|
| address of who proposed or reported | to confirm, then to answer | 30 days after the decision |
| a proposal its sender never confirmed | to confirm it | 7 days |
| row of an imported file | to show what became of it | 30 days, gone with the next import |
| address in the record of a service | shown to everybody; no person's, unless the service gave one | as long as the record |
"""

from typing import Any

from django.db import transaction

from cartography.enums import SubmissionStatus
from cartography.models import Place, PlaceImportRow, Submission
from cartography.places.data import PlaceData
from cartography.places.services import change_place


def export_person(email: str) -> dict[str, Any]:
    """Everything about one address, as a person may ask for it (GDPR 15 and 20). No secret link."""
    return {
        "messages": [_message(each) for each in Submission.objects.sent_by(email).select_related("place")],
        "records": [
            {"name": place.name_fr, "status": place.status, "last_checked": place.checked_on, "reminders": place.reminder_count}
            for place in Place.objects.reached_at(email)
        ],
    }


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
def erase_person(email: str) -> dict[str, int]:
    """Forgets one address (GDPR 17); how many messages and records lost it.

    What was proposed or reported about a service stays, without who sent it; a proposal not confirmed yet goes altogether.
    """
    sent = Submission.objects.sent_by(email)
    dropped, _each = sent.filter(status=SubmissionStatus.UNCONFIRMED).delete()
    messages = dropped + sent.update(email="")
    for each in Submission.objects.proposing(email).select_for_update():
        each.values["email"] = ""
        each.save(update_fields=["values"])
    PlaceImportRow.objects.filter(values__email__iexact=email).delete()
    places = list(Place.objects.reached_at(email).select_related("sector"))
    for place in places:
        change_place(place=place, data=PlaceData.from_json(PlaceData.of(place).as_json() | {"email": ""}))
    return {"messages": messages, "records": len(places)}
