"""Every kind of mail of the site, written in a language. The issue stands among them: its editors write the words, we the frame."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.health.words import Words
from core.mail.foot import Foot
from core.mail.message import queue_mail
from core.models import OutgoingMail
from newsletter.compose.previews import new_token_placeholder
from newsletter.compose.rendering import render_content
from tests.cartography import every_mail as of_the_map
from tests.cartography.factories import PlaceFactory
from tests.core.factories import DutyFactory, IncidentFactory
from tests.core.mailing import CONTEXT
from tests.followup import every_mail as of_support
from tests.followup.factories import RequestFactory
from tests.newsletter import every_mail as of_subscribers
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import FRAME, issue_content
from tests.publications import every_mail as of_orders
from tests.publications.factories import EditionFactory, EditionFileFactory
from tests.trainings import every_mail as of_trainings
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.requests.factories import TrainingRequestFactory
from trainings.my_trainings.services import send_link


@dataclass(frozen=True)
class Said:
    """What arrives: both parts, and where an answer goes."""

    subject: str
    text: str
    html: str
    reply_to: str


def of_training(case: str, language: str) -> OutgoingMail:
    session = SessionFactory(delivery="hybrid", online_url="https://meet.example.org/x", meetings=2)
    return of_trainings.CASES[case](EnrolmentFactory(session=session, language=language), "Hamac")


def of_my_trainings(language: str) -> OutgoingMail:
    mail = send_link(email=EnrolmentFactory().email, language=language, now=timezone.now())
    assert mail
    return mail


def of_order(kind: str, language: str) -> OutgoingMail:
    edition = EditionFactory(title="Hamac", languages=["fr", "nl"])
    EditionFileFactory(edition=edition)
    return of_orders.send(kind, edition, language)


def of_place(case: str, language: str) -> OutgoingMail:
    return of_the_map.CASES[case](PlaceFactory(name_fr=of_the_map.NAME, name_nl=of_the_map.NAME), language)


def to_staff(template: str, context: Callable[[], dict[str, Any]], language: str) -> OutgoingMail:
    """Most are written in French only; their words exist in all three languages."""
    with transaction.atomic():
        words = context()
        reply_to = words["email"] if template == "home/mail/contact_message" else ""
        return queue_mail(
            template=template, to="staff@example.org", language=language, context=words, reply_to=reply_to, now=timezone.now()
        )


TO_STAFF: dict[str, Callable[[], dict[str, Any]]] = {
    "home/mail/contact_message": lambda: CONTEXT,
    "core/mail/duty_in_trouble": lambda: {
        "duty": DutyFactory(last_error="Timeout"),
        "label": "Hamac",
        "duties_url": "https://x.example.org/",
    },
    "core/mail/incident_began": lambda: {
        "incident": IncidentFactory(),
        "words": Words("Hamac", "Timeout", "Hamac"),
        "admin_url": "https://x.example.org/",
    },
    "core/mail/incident_over": lambda: {
        "incident": IncidentFactory(ended_at=timezone.now()),
        "words": Words("Hamac", "Timeout", "Hamac"),
        "admin_url": "https://x.example.org/",
    },
    "core/mail/invitation": lambda: {
        "by": "Zoé",
        "email": "a@example.org",
        "days": 3,
        "password_url": "https://x/",
        "forgotten_url": "https://y/",
    },
    "core/mail/second_factor_reset": lambda: {"name": "Alix", "by": "Zoé", "login_url": "https://x.example.org/"},
    "trainings/mail/request_news": lambda: {
        "request": TrainingRequestFactory(),
        "organisation": "Hamac",
        "request_url": "https://x.example.org/",
    },
    "followup/mail/request_news": lambda: {
        "request": RequestFactory(),
        "asked_by": "Hamac",
        "request_url": "https://x.example.org/",
    },
    "publications/mail/low_stock": lambda: {"edition": EditionFactory(), "copies": 3, "edition_url": "https://x.example.org/"},
    "newsletter/mail/issue_trouble": lambda: {"issue": IssueFactory(), "is_paused": True, "issue_url": "https://x.example.org/"},
}


def issue(language: str, foot: Foot) -> Said:
    frame = replace(FRAME, foot=foot)
    mail = render_content(issue_content(language=language, preheader="Hamac"), frame, new_token_placeholder())
    return Said(mail.subject, mail.text, mail.html, reply_to="")


def cases() -> Iterator[tuple[str, Callable[[str], OutgoingMail]]]:
    """Name, beginning with the kind, and how it is written."""
    for app, names, write in (
        ("trainings", of_trainings.CASES, of_training),
        ("publications", of_orders.TO_READERS, of_order),
        ("cartography", of_the_map.CASES, of_place),
    ):
        yield from ((f"{app}/mail/{case}", partial(write, case)) for case in names)
    yield "trainings/mail/my_trainings", of_my_trainings
    yield from ((f"newsletter/mail/{case}", write) for case, write in of_subscribers.CASES.items())
    yield from ((f"followup/mail/{case}", write) for case, write in of_support.CASES.items())
    yield from ((template, partial(to_staff, template, context)) for template, context in TO_STAFF.items())


EVERY_MAIL = dict(cases())


def said(case: str, language: str) -> Said:
    """The mail of a case, in a language."""
    mail = EVERY_MAIL[case](language)
    return Said(mail.subject, mail.text, mail.html, mail.reply_to)
