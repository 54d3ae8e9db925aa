"""What must work on a restored site: its front pages, the secret links people have in their mails, and sealed notes."""

from functools import partial
from typing import Any

from django.conf import settings

from cartography.models import Place
from core.backup.self_check import SAMPLE, MailedLinks, Rows
from core.web.absolute_urls import absolute_url, base_url
from followup.models import Note, Request
from followup.notes.sealing import KeyMissing, unseal
from newsletter.links import preferences_url
from newsletter.models import Subscriber
from publications.models import PaperOrder
from trainings.models import Enrolment, EnrolmentGroup, PaymentRequest, TrainingRequest

# Rows whose link is in a mail in the person's language. Shape: {name of the view: model}.
IN_MAILS: dict[str, Any] = {
    "trainings:manage_enrolment": Enrolment,
    "trainings:group": EnrolmentGroup,
    "trainings:payment": PaymentRequest,
    "trainings:follow_request": TrainingRequest,
    "publications:manage_order": PaperOrder,
    "followup:follow_request": Request,
}


def front_pages() -> list[str]:
    return [f"{base_url()}/{code}/" for code, _ in settings.LANGUAGES]


def links(view: str) -> list[str]:
    """Of the newest rows."""
    return [absolute_url(view, row.token, language=row.language) for row in IN_MAILS[view].objects.order_by("-pk")[:SAMPLE]]


def readers() -> list[str]:
    return [preferences_url(row.token) for row in Subscriber.objects.order_by("-pk")[:SAMPLE]]


def places() -> list[str]:
    rows = Place.objects.visible().order_by("-pk")[:SAMPLE]
    return [absolute_url("cartography:own_place", row.token, language=settings.LANGUAGE_CODE) for row in rows]


def sealed_notes() -> tuple[int, int]:
    """All of them: a note under an older key is the one that is lost. Nobody reads them."""
    total = lost = 0
    for sealed in Note.objects.exclude(sealed="").values_list("sealed", flat=True).iterator():
        total += 1
        try:
            unseal(sealed)
        except KeyMissing:
            lost += 1
    return total, lost


CHECKS = [
    MailedLinks("front pages", front_pages),
    *(MailedLinks(f"links of {view}", partial(links, view)) for view in IN_MAILS),
    MailedLinks("links of readers", readers),
    MailedLinks("links of places", places),
    Rows("notes on files", sealed_notes),
]
