"""A doctor gives her RIZIV/INAMI number for an accredited day; few read it, and it is gone after half a year."""

import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.core.people import browser_of, member
from tests.trainings.factories import AccreditationNumberFactory, AttendanceFactory, EnrolmentFactory, SessionFactory
from trainings.attendance.accreditation.numbers import compact, is_valid, shown
from trainings.attendance.accreditation.services import InvalidNumber, NotAccredited, erase_accreditation_numbers, give_number
from trainings.enums import EnrolmentStatus, SessionStatus
from trainings.models import AccreditationNumber, Enrolment, Session
from trainings.privacy import erase_person, export_person

pytestmark = pytest.mark.django_db

NUMBER = "18334780004"


@pytest.fixture
def enrolment() -> Enrolment:
    made: Enrolment = EnrolmentFactory(session=SessionFactory(is_accredited=True), name="Dr Exemple")
    return made


class TestTheNumber:
    @pytest.mark.parametrize(
        "number",
        [
            NUMBER,  # 183347 leaves 17 when divided by 97
            "10000007000",  # 100000 leaves 90 when divided by 97
            "10000036000",  # and 53 when divided by 89
        ],
    )
    def test_check_digits_by_either_divisor_are_right(self, number: str) -> None:
        assert is_valid(number)

    @pytest.mark.parametrize(
        "number",
        ["", "18334781004", "1833478000", "183347800044", "81334780004", "1833478000a", "00000097000", "١٨٣٣٤٧٨٠٠٠٤"],
    )
    def test_others_are_not(self, number: str) -> None:
        assert not is_valid(number)

    def test_every_single_wrong_digit_of_the_first_six_is_found(self) -> None:
        for place in range(6):
            for digit in "0123456789":
                changed = NUMBER[:place] + digit + NUMBER[place + 1 :]
                if digit != NUMBER[place] and is_valid(changed):
                    # The second divisor lets through what the first would have found: one in a hundred.
                    assert 89 - int(changed[:6]) % 89 == int(changed[6:8])

    def test_it_is_read_however_it_is_typed(self) -> None:
        assert {compact(typed) for typed in ("1-83347-80-004", "1/83347/80/004", " 1 83347 80 004 ", NUMBER)} == {NUMBER}
        assert shown(NUMBER) == "1-83347-80-004"


class TestGivingIt:
    def page(self, enrolment: Enrolment) -> str:
        return reverse("trainings:accreditation_number", args=[enrolment.token])

    def send(self, client: Client, enrolment: Enrolment, number: str) -> Any:
        started = client.get(self.page(enrolment)).context["form"].initial["started"]
        return client.post(self.page(enrolment), {"number": number, "started": started})

    def test_by_her_own_page_and_back_again(self, client: Client, enrolment: Enrolment) -> None:
        assert self.page(enrolment) in client.get(reverse("trainings:manage_enrolment", args=[enrolment.token])).content.decode()
        assert self.send(client, enrolment, "1-83347-80-004").status_code == 302
        assert AccreditationNumber.objects.get().number == NUMBER
        assert "1-83347-80-004" in client.get(self.page(enrolment)).content.decode()
        self.send(client, enrolment, "")
        assert not AccreditationNumber.objects.exists()

    def test_a_mistyped_one_is_said_to_be(self, client: Client, enrolment: Enrolment) -> None:
        response = self.send(client, enrolment, "1-83347-81-004")
        assert response.status_code == 422
        assert "1-83347-81-004" in response.content.decode()
        with pytest.raises(InvalidNumber):
            give_number(enrolment=enrolment, number="18334781004", now=timezone.now())

    def test_where_the_day_is_not_accredited_nobody_is_asked(self, client: Client) -> None:
        plain = EnrolmentFactory()
        assert client.get(self.page(plain)).status_code == 404
        with pytest.raises(NotAccredited):
            give_number(enrolment=plain, number=NUMBER, now=timezone.now())


class TestReadingIt:
    def export(self, client: Client, session: Session) -> Any:
        return client.post(reverse("trainings_backoffice:export_accreditation", args=[session.pk]))

    def test_the_list_holds_who_was_there_and_gave_a_number(self, enrolment: Enrolment) -> None:
        AccreditationNumberFactory(enrolment=enrolment)
        AttendanceFactory(enrolment=enrolment, minutes=150)
        AttendanceFactory(enrolment=EnrolmentFactory(session=enrolment.session))
        absent = EnrolmentFactory(session=enrolment.session)
        AccreditationNumberFactory(enrolment=absent)
        AttendanceFactory(enrolment=absent, status="absent", minutes=0)
        response = self.export(browser_of(member("Coordinator")), enrolment.session)
        rows = list(load_workbook(BytesIO(response.content)).active.iter_rows(min_row=2, values_only=True))
        assert [(row[0], row[1], row[5], row[6]) for row in rows] == [("1-83347-80-004", "Dr Exemple", 150, 180)]
        assert "no-store" in response["Cache-Control"]

    def test_a_trainer_may_not(self, enrolment: Enrolment) -> None:
        AccreditationNumberFactory(enrolment=enrolment)
        assert self.export(browser_of(member("Trainer")), enrolment.session).status_code in {302, 403, 404}

    def test_no_other_screen_shows_it(self, enrolment: Enrolment) -> None:
        AccreditationNumberFactory(enrolment=enrolment)
        client = browser_of(member("Coordinator"))
        meeting = enrolment.session.meetings.get()
        for path in (
            reverse("trainings_enrolments:inspect", args=[enrolment.pk]),
            reverse("trainings_backoffice:roll_call", args=[meeting.pk]),
            reverse("trainings_sessions:inspect", args=[enrolment.session_id]),
        ):
            html = client.get(path).content.decode()
            assert NUMBER not in html
            assert "83347" not in html


class TestItsTerm:
    def test_half_a_year_after_the_latest_meeting_it_is_gone(self) -> None:
        now = timezone.now()
        long_ago = SessionFactory(is_accredited=True, first_meeting_at=now - datetime.timedelta(days=200))
        recent = SessionFactory(is_accredited=True, first_meeting_at=now - datetime.timedelta(days=100))
        cancelled = EnrolmentFactory(session=recent, status=EnrolmentStatus.CANCELLED)
        called_off = SessionFactory(is_accredited=True, status=SessionStatus.CANCELLED)
        kept = AccreditationNumberFactory(enrolment=EnrolmentFactory(session=recent))
        for gone in (EnrolmentFactory(session=long_ago), cancelled, EnrolmentFactory(session=called_off)):
            AccreditationNumberFactory(enrolment=gone)
        assert erase_accreditation_numbers(now=now, dry_run=True) == 3
        assert erase_accreditation_numbers(now=now) == 3
        assert list(AccreditationNumber.objects.all()) == [kept]

    def test_a_person_gets_it_with_her_data_and_erases_it_with_them(self, enrolment: Enrolment) -> None:
        AccreditationNumberFactory(enrolment=enrolment)
        email = enrolment.email
        assert export_person(email)["enrolments"][0]["riziv_inami_number"][0]["number"] == NUMBER
        erase_person(email, now=timezone.now())
        assert not AccreditationNumber.objects.exists()
