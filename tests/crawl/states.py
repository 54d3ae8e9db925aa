"""Rows in a state of their own: pages that show their form only while a meeting is on, to who pays, to doctors."""

import datetime

from django.urls import reverse
from django.utils import timezone, translation

from tests.crawl.endpoints import KEY
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from tests.trainings.payment.factories import PaymentSettingsFactory
from trainings.attendance.check_in.codes import code_at
from trainings.models import CheckIn, Meeting

TOKEN_OF_TODAY = "d" * 43
MEETING_OF_TODAY = KEY + 1


def create_rows_of_today() -> None:
    """Somebody in a meeting that is on, which costs something and is accredited for doctors."""
    PaymentSettingsFactory()
    begins = timezone.now() - datetime.timedelta(minutes=5)
    session = SessionFactory(price_cents=5_000, is_accredited=True, check_in=CheckIn.WALL, meetings=0)
    Meeting.objects.create(pk=MEETING_OF_TODAY, session=session, starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))
    EnrolmentFactory(session=session, token=TOKEN_OF_TODAY)


def paths_of_today() -> list[str]:
    """Where the forms of those rows are."""
    meeting = Meeting.objects.select_related("session").get(pk=MEETING_OF_TODAY)
    with translation.override("fr"):
        pages = [reverse(f"trainings:{name}", args=[TOKEN_OF_TODAY]) for name in ("billing", "check_in", "accreditation_number")]
        code = code_at(meeting, timezone.now())
        return [*pages, reverse("trainings:check_in_by_code", kwargs={"number": meeting.pk, "code": code})]
