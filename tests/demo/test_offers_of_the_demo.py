"""The demo shows an open offer and kept seats; here on a session of its own, without loading the rest."""

import datetime

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from demo.builders.sessions import KEPT_SECTOR, _keep_seats, enrol_colleagues, offer_a_seat
from tests.core.factories import SectorFactory
from tests.trainings.factories import EnrolmentFactory, SessionFactory
from trainings.enums import EnrolmentStatus

pytestmark = pytest.mark.django_db


def test_somebody_holds_an_offer_and_its_mail_is_in_the_mailbox() -> None:
    session = SessionFactory(capacity=1)
    EnrolmentFactory(session=session)
    waiting = EnrolmentFactory(session=session, is_waiting=True)
    offer_a_seat()
    waiting.refresh_from_db()
    assert waiting.status == EnrolmentStatus.OFFERED
    assert OutgoingMail.objects.filter(to=waiting.email, kind="trainings/mail/seat_offered").count() == 1


def test_seats_are_kept_for_a_sector_that_the_demo_has() -> None:
    session, sector = SessionFactory(), SectorFactory(slug=KEPT_SECTOR)
    _keep_seats(session, timezone.localdate() + datetime.timedelta(days=9))
    session.refresh_from_db()
    assert (session.kept_seats, list(session.kept_sectors.all())) == (3, [sector])


def test_a_team_lead_has_enrolled_colleagues_and_one_name_follows() -> None:
    session = SessionFactory(capacity=9)
    enrol_colleagues()
    assert sorted(session.enrolments.values_list("name", flat=True)) == ["Collègue de Lou Exemple", "Lou Exemple", "Sacha Exemple"]
    assert OutgoingMail.objects.filter(kind="trainings/mail/group").count() == 1
