"""The whole life of a session, seen by the calendar of somebody who opens every file: never an event too many, never one too few."""

import datetime
import random

import pytest
from django.utils import timezone

from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.trainings.factories import EnrolmentFactory, MeetingFactory, SessionFactory, VenueFactory
from tests.trainings.simulated_calendar import SimulatedCalendar
from trainings.enrolment import notices
from trainings.enrolment.announce import calendar_download, note_new_meetings
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.confirm import confirm_enrolment, move_to_waiting
from trainings.enrolment.move import move_enrolment
from trainings.enums import ACTIVE, EnrolmentStatus, SessionStatus
from trainings.models import Enrolment, Session
from trainings.planning.sessions import cancel_session, notify_of_change

pytestmark = pytest.mark.django_db


class Person:
    """An enrolment, its simulated calendar, and what happens to it."""

    def __init__(self, **session: object) -> None:
        self.enrolment = EnrolmentFactory(session=SessionFactory(meetings=2, **session))
        self.calendar = SimulatedCalendar()
        self.by = UserFactory()
        self.mails = 0
        notices.notify_status(self.fresh(), now=timezone.now())
        self.open_mails()

    def fresh(self) -> Enrolment:
        return Enrolment.objects.select_related("participant", "session__module", "session__venue").get(pk=self.enrolment.pk)

    @property
    def session(self) -> Session:
        return self.fresh().session

    def open_mails(self) -> None:
        mails = OutgoingMail.objects.filter(to=self.fresh().email).order_by("pk")[self.mails :]
        self.mails += len(mails)
        for mail in mails:
            self.calendar.take_mail(mail)

    def download(self) -> None:
        content = calendar_download(self.fresh(), now=timezone.now())
        if content:
            self.calendar.take_file(content)

    def expected(self) -> list[tuple[datetime.datetime, datetime.datetime]]:
        now = self.fresh()
        if now.status != EnrolmentStatus.CONFIRMED or now.session.status == SessionStatus.CANCELLED:
            return []
        return sorted((each.starts_at.replace(microsecond=0), each.ends_at.replace(microsecond=0)) for each in now.session.meetings.all())

    def add_day(self) -> None:
        latest = self.session.meetings.latest("starts_at").starts_at
        MeetingFactory(session=self.session, starts_at=latest + datetime.timedelta(days=7))
        note_new_meetings(self.session, now=timezone.now())

    def take_day_away(self) -> None:
        if self.session.meetings.count() > 1:
            self.session.meetings.first().delete()

    def shift_day(self) -> None:
        meeting = self.session.meetings.last()
        meeting.starts_at += datetime.timedelta(hours=26)
        meeting.ends_at += datetime.timedelta(hours=26)
        meeting.save()

    def change_room(self) -> None:
        Session.objects.filter(pk=self.session.pk).update(venue=VenueFactory())

    def tell(self) -> None:
        notify_of_change(session=self.session, now=timezone.now(), by=self.by)

    def move(self) -> None:
        if self.fresh().status in ACTIVE:
            move_enrolment(enrolment=self.fresh(), to_session=SessionFactory(meetings=2), now=timezone.now(), by=self.by)

    def wait(self) -> None:
        if self.fresh().status in ACTIVE:
            move_to_waiting(enrolment=self.fresh(), now=timezone.now(), by=self.by)

    def confirm(self) -> None:
        if self.fresh().status in ACTIVE:
            confirm_enrolment(enrolment=self.fresh(), now=timezone.now(), by=self.by)


def test_a_day_taken_out_leaves_the_calendar_with_the_mail_that_tells_it() -> None:
    person = Person()
    assert len(person.calendar.shown()) == 2
    person.take_day_away()
    person.tell()
    person.open_mails()
    assert person.calendar.shown() == person.expected()
    assert len(person.calendar.shown()) == 1


@pytest.mark.control
def test_without_the_files_that_cancel_the_day_would_stay_for_ever() -> None:
    person = Person()
    person.take_day_away()
    person.tell()
    mail = OutgoingMail.objects.latest("pk")
    mail.attachments = [each for each in mail.attachments if each["name"] == "smes.ics"]
    person.calendar.take_mail(mail)
    assert len(person.calendar.shown()) == 2


def test_there_and_back_the_dates_count_again() -> None:
    person = Person()
    home = person.session
    person.move()
    person.open_mails()
    move_enrolment(enrolment=person.fresh(), to_session=home, now=timezone.now(), by=person.by)
    person.open_mails()
    assert person.calendar.shown() == person.expected()


def test_who_is_moved_back_to_the_list_or_called_off_keeps_nothing() -> None:
    person = Person()
    person.wait()
    person.open_mails()
    assert person.calendar.shown() == []
    person.confirm()
    person.open_mails()
    assert person.calendar.shown() == person.expected() != []
    person.take_day_away()
    cancel_session(session=person.session, message="", now=timezone.now(), by=person.by)
    person.open_mails()
    assert person.calendar.shown() == []


def test_a_day_added_downloaded_and_taken_away_before_anybody_is_told_is_cancelled_as_well() -> None:
    person = Person()
    person.add_day()
    person.download()
    assert len(person.calendar.shown()) == 3
    person.session.meetings.last().delete()
    person.tell()
    person.open_mails()
    assert person.calendar.shown() == person.expected()
    assert len(person.calendar.shown()) == 2


def test_the_file_of_the_personal_link_alone_keeps_a_calendar_right() -> None:
    person = Person()
    for step in (person.shift_day, person.take_day_away, person.add_day, person.tell, person.change_room, person.move, person.wait):
        step()
        person.download()
        assert person.calendar.shown() == person.expected(), step.__name__
    cancel_enrolment(enrolment=person.fresh(), now=timezone.now(), by=person.by)
    person.download()
    assert person.calendar.shown() == []


@pytest.mark.parametrize("seed", range(25))
def test_whatever_happens_the_calendar_holds_what_takes_place(seed: int) -> None:
    chance = random.Random(seed)
    person = Person(capacity=14)
    for _step in range(8):
        change = chance.choice(
            [person.add_day, person.take_day_away, person.shift_day, person.change_room, person.move, person.wait, person.confirm]
        )
        change()
        if chance.random() < 0.3:
            person.download()
        person.tell()
        person.open_mails()
        assert person.calendar.shown() == person.expected(), (seed, change.__name__)
    cancel_session(session=person.session, message="", now=timezone.now(), by=person.by)
    person.open_mails()
    assert person.calendar.shown() == []
