"""Every mail of the map, written to somebody."""

from collections.abc import Callable

from django.utils import timezone

from cartography import mails
from cartography.enums import SubmissionKind, SubmissionStatus
from cartography.models import Place, Submission
from core.models import OutgoingMail
from tests.cartography.factories import SubmissionFactory

NAME = "Maison Hamac"  # a name that is nobody's word
NOTE = "Zinneke."
Write = Callable[[Place, str], OutgoingMail]


def to_service(template: str, **more: object) -> Write:
    """Mails to a service go in the language of the place (see the tests below); the words exist in all three."""
    return lambda place, language: mails._about_place(f"cartography/mail/{template}", place, language=language, now=timezone.now(), **more)


def to_sender(kind: str, status: str) -> Write:
    """The answer to whoever sent something."""

    def write(place: Place, language: str) -> OutgoingMail:
        now = timezone.now()
        sent: Submission = SubmissionFactory(
            kind=kind, status=status, place=place, language=language, decided_at=now, decision_note=NOTE, reference="TTTTTTTT"
        )
        mail = mails.decided(sent, now=now)
        sent.delete()
        return mail

    return write


CASES: dict[str, Write] = {
    "confirm_proposal": lambda place, language: mails.confirm_proposal(
        SubmissionFactory(language=language, values={"name_fr": NAME}), now=timezone.now()
    ),
    "edit_link": lambda place, language: mails.edit_link(place, language=language, now=timezone.now()),
    "confirm_current": to_service("confirm_current", is_last=False),
    "confirm_current, last": to_service("confirm_current", is_last=True),
    "delisted": to_service("delisted", reason=NOTE, was_silent=False),
    "delisted, silent": to_service("delisted", reason="", was_silent=True),
    **{
        f"decided, {kind} {status}": to_sender(kind, status)
        for kind in SubmissionKind.values
        for status in (SubmissionStatus.ACCEPTED.value, SubmissionStatus.REFUSED.value)
    },
}
