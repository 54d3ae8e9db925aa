"""The form of a session as a coordinator sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.versions import version_of
from trainings.models import Session


def form_data(session: Session, **changes: Any) -> dict[str, Any]:
    """What the form of a session sends."""
    sent: dict[str, Any] = {
        "kind": session.kind,
        "module": session.module_id,
        "title": "",
        "language": session.language,
        "delivery": session.delivery,
        "venue": session.venue_id,
        "online_url": "",
        "capacity": session.capacity,
        "freed_seats": session.freed_seats,
        "kept_seats": session.kept_seats,
        "enrolment_closes_at": "",
        "internal_note": "",
        "meetings-INITIAL_FORMS": session.meetings.count(),
        "meetings-MIN_NUM_FORMS": 0,
        "meetings-MAX_NUM_FORMS": 1000,
    }
    for number, meeting in enumerate(session.meetings.all()):
        sent |= {
            f"meetings-{number}-id": meeting.pk,
            f"meetings-{number}-starts_at": f"{timezone.localtime(meeting.starts_at):%Y-%m-%d %H:%M}",
            f"meetings-{number}-ends_at": f"{timezone.localtime(meeting.ends_at):%Y-%m-%d %H:%M}",
        }
    sent["meetings-TOTAL_FORMS"] = session.meetings.count()
    return sent | changes


def save(client: Client, session: Session, **changes: Any) -> Any:
    url = reverse("trainings_sessions:edit", args=[session.pk])
    return client.post(url, form_data(session, **changes) | version_of(client, url), follow=True)
