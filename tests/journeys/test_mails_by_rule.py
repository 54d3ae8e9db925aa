"""A coordinator sets the mails of sessions going and writes to the people of one, in French with JavaScript and in Dutch without."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.models import OutgoingMail
from tests.journeys.variants import two_languages
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.mailings.plan import by_day
from trainings.models import MailRule, Session, SessionMessage

pytestmark = pytest.mark.browser
PLANNED = {"fr": "partira le", "nl": "vertrekt op"}


@pytest.fixture
def session(enter: Callable[..., Page]) -> Iterator[Session]:
    """In a month, with two people who enrolled last week; what was written about it goes with it."""
    made: Session = SessionFactory()
    EnrolmentFactory.create_batch(2, session=made, created_at=timezone.now() - datetime.timedelta(days=7))
    yield made
    SessionMessage.objects.all().delete()
    MailRule.objects.all().delete()


@two_languages
def test_rules_are_added_seen_and_switched_on_and_a_message_leaves_once(
    enter: Callable[..., Page], session: Session, language: str, javascript: bool
) -> None:
    page = enter("Coordinator", language, javascript=javascript)
    page.goto("/admin/trainings/mail-rules/usual/")
    page.locator("main form button[type=submit]").click()
    rule = MailRule.objects.get(kind="reminder")
    page.goto(f"/admin/trainings/mail-rules/{rule.pk}/preview/?session={session.pk}&language={language}")
    expect(page.frame_locator("iframe").get_by_text(session.enrolments.all()[0].name)).to_be_visible()
    page.goto(f"/admin/trainings/mail-rules/inspect/{rule.pk}/")
    page.locator(".smes-next a.button").click()
    page.locator("main form button[type=submit]").click()
    page.goto(f"/admin/trainings/sessions/inspect/{session.pk}/")
    expect(page.locator("main")).to_contain_text(PLANNED[language])

    page.goto(f"/admin/trainings/sessions/{session.pk}/write/")
    page.locator("label", has=page.locator("[name=audience][value=seated]")).click()
    page.locator("[name=subject]").fill("Hamac")
    page.locator("[name=body]").fill("{name},\n\n{dates}")
    page.locator("main form button[type=submit]:not([name])").click()
    assert not SessionMessage.objects.exists()
    page.locator("button[name=send]").click()
    expect(page.locator("main")).to_contain_text("Hamac")
    awake = by_day(timezone.now()) <= timezone.now()
    assert OutgoingMail.objects.filter(subject="Hamac").count() == (2 if awake else 0)
    page.locator("main a", has_text="Hamac").click()
    for enrolment in session.enrolments.all():
        expect(page.locator("main")).to_contain_text(enrolment.name)
