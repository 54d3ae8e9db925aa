"""Presence is marked meeting by meeting; certificates attest the minutes really attended."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.fields import public_code
from core.models import OutgoingMail
from tests.core.factories import UserFactory
from tests.trainings.factories import (
    AttendanceFactory,
    CertificateFactory,
    EnrolmentFactory,
    MeetingFactory,
    ModuleFactory,
    SessionFactory,
    make_sheets,
)
from tests.trainings.mail import kinds_to, latest_mail, links_in
from trainings.attendance import certificates
from trainings.attendance.certificate_codes import parsed_code, shown_code
from trainings.attendance.certificates import (
    NotAttended,
    NotPrintable,
    SessionNotOver,
    issue_certificate,
    issue_for_session,
    revoke_certificate,
    unprintable_names,
)
from trainings.attendance.documents import certificate_pdf
from trainings.attendance.mark import CannotMark, MarkRefusal, close_roll, mark_attendance
from trainings.enrolment.access_needs import erase_access_needs
from trainings.enums import AttendanceStatus, SessionStatus
from trainings.models import Attendance, Certificate, Enrolment

pytestmark = pytest.mark.django_db


def afterwards() -> datetime.datetime:
    """When the meetings of the factories are over."""
    return timezone.now() + datetime.timedelta(days=60)


def mark(enrolment: Enrolment, status: AttendanceStatus | None, minutes: int | None = None, meeting: int = 0) -> Attendance | None:
    chosen = enrolment.session.meetings.order_by("starts_at")[meeting]
    return mark_attendance(enrolment=enrolment, meeting=chosen, status=status, minutes=minutes, now=afterwards(), by=None)


@pytest.mark.parametrize(
    ("status", "minutes", "counted"),
    [
        (AttendanceStatus.PRESENT, None, 180),
        (AttendanceStatus.PRESENT, 90, 90),
        (AttendanceStatus.LATE, 150, 150),
        (AttendanceStatus.LATE, None, 180),
        (AttendanceStatus.EXCUSED, None, 0),
        (AttendanceStatus.EXCUSED, 60, 0),
        (AttendanceStatus.ABSENT, 180, 0),
    ],
)
def test_minutes_of_a_three_hour_meeting(status: AttendanceStatus, minutes: int | None, counted: int) -> None:
    attendance = mark(EnrolmentFactory(), status, minutes)
    assert attendance is not None
    assert attendance.minutes == counted


def test_the_latest_mark_counts_and_a_mark_can_be_taken_away() -> None:
    enrolment, trainer = EnrolmentFactory(), UserFactory()
    mark(enrolment, AttendanceStatus.ABSENT)
    meeting = enrolment.session.meetings.get()
    mark_attendance(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT, now=afterwards(), by=trainer)
    [attendance] = Attendance.objects.all()
    assert (attendance.status, attendance.minutes, attendance.marked_by) == ("present", 180, trainer)
    assert mark(enrolment, None) is None
    assert not Attendance.objects.exists()


def test_marks_that_cannot_be_true_are_refused() -> None:
    enrolment = EnrolmentFactory()
    for who, meeting, minutes, reason in [
        (enrolment, MeetingFactory(), None, MarkRefusal.OTHER_SESSION),
        (enrolment, enrolment.session.meetings.get(), 181, MarkRefusal.MINUTES),
        (enrolment, enrolment.session.meetings.get(), -1, MarkRefusal.MINUTES),
    ]:
        with pytest.raises(CannotMark) as refusal:
            mark_attendance(enrolment=who, meeting=meeting, status=AttendanceStatus.PRESENT, minutes=minutes, now=afterwards(), by=None)
        assert refusal.value.reason == reason
    for nobody in (EnrolmentFactory(is_waiting=True), EnrolmentFactory(is_cancelled=True)):
        with pytest.raises(CannotMark) as refusal:
            mark(nobody, AttendanceStatus.PRESENT)
        assert refusal.value.reason == MarkRefusal.NOT_CONFIRMED
    assert not Attendance.objects.exists()


def test_closing_the_roll_makes_the_unmarked_absent_and_leaves_the_others() -> None:
    session, trainer = SessionFactory(), UserFactory()
    present, unmarked = EnrolmentFactory(session=session), EnrolmentFactory(session=session)
    EnrolmentFactory(session=session, is_waiting=True)
    mark(present, AttendanceStatus.PRESENT)
    meeting, now = session.meetings.get(), afterwards()

    close_roll(meeting=meeting, now=now, by=trainer)
    close_roll(meeting=meeting, now=now + datetime.timedelta(hours=1), by=trainer)

    meeting.refresh_from_db()
    assert meeting.roll_closed_at == now
    assert dict(Attendance.objects.values_list("enrolment_id", "status")) == {present.pk: "present", unmarked.pk: "absent"}
    assert mark(unmarked, AttendanceStatus.LATE, 60), "a mistake can be put right afterwards"


def test_a_certificate_attests_the_minutes_attended_and_freezes_the_facts() -> None:
    module = ModuleFactory()
    make_sheets(module, fr="Écouter", nl="Luisteren")
    late_evening = timezone.make_aware(datetime.datetime(2026, 2, 3, 22, 30))
    session = SessionFactory(module=module, meetings=2, first_meeting_at=late_evening)
    enrolment = EnrolmentFactory(session=session, language="nl", name="Dominique Exemple")
    mark(enrolment, AttendanceStatus.PRESENT)
    mark(enrolment, AttendanceStatus.LATE, 120, meeting=1)

    certificate = issue_certificate(enrolment=enrolment, now=afterwards())

    assert (certificate.minutes, certificate.minutes_planned) == (300, 360)
    assert (certificate.name, certificate.title, certificate.language) == ("Dominique Exemple", "Luisteren", "nl")
    assert certificate.starts_on == datetime.date(2026, 2, 3), "the day in Brussels"
    mail = latest_mail(enrolment)
    assert mail.kind == "trainings/mail/certificate"
    assert any(enrolment.token in link and link.endswith(".pdf") for link in links_in(mail.text))
    assert mail.attachments == []

    enrolment.name = "Another Name"
    enrolment.save()
    mark(enrolment, AttendanceStatus.ABSENT)
    same = issue_certificate(enrolment=enrolment, now=afterwards())
    assert (same.pk, same.code, same.name, same.minutes) == (certificate.pk, certificate.code, "Dominique Exemple", 300)
    assert kinds_to(enrolment.participant.email) == ["certificate"]


@pytest.mark.parametrize("status", [None, AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT])
def test_without_an_hour_there_is_nothing_to_attest(status: AttendanceStatus | None) -> None:
    enrolment = EnrolmentFactory()
    if status:
        mark(enrolment, status)
    with pytest.raises(NotAttended):
        issue_certificate(enrolment=enrolment, now=afterwards())
    assert not Certificate.objects.exists()


def test_a_cancelled_enrolment_gets_no_certificate() -> None:
    enrolment = EnrolmentFactory(is_cancelled=True)
    AttendanceFactory(enrolment=enrolment)
    with pytest.raises(NotAttended):
        issue_certificate(enrolment=enrolment, now=afterwards())


@pytest.mark.parametrize("name", ["Zoé \ue000", "ཀརྨ"], ids=["private use", "tibetan"])
def test_a_name_our_fonts_lack_is_refused_before_anything_leaves(name: str) -> None:
    enrolment = EnrolmentFactory(name=name)
    AttendanceFactory(enrolment=enrolment)
    with pytest.raises(NotPrintable):
        issue_certificate(enrolment=enrolment, now=afterwards())
    assert not Certificate.objects.exists()
    assert not OutgoingMail.objects.filter(kind="trainings/mail/certificate").exists()


@pytest.mark.control
def test_without_the_question_boxes_are_mailed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "can_be_printed", lambda *texts: True)
    enrolment = EnrolmentFactory(name="ཀརྨ")
    AttendanceFactory(enrolment=enrolment)
    assert b"pdfuaid" not in certificate_pdf(issue_certificate(enrolment=enrolment, now=afterwards()))
    assert OutgoingMail.objects.filter(kind="trainings/mail/certificate").exists()


def test_one_name_our_fonts_lack_does_not_keep_the_others_waiting() -> None:
    session = SessionFactory()
    people = [EnrolmentFactory(session=session, name=name) for name in ("王小明", "ཀརྨ", "Zoé 🎉")]
    for each in people:
        mark(each, AttendanceStatus.PRESENT)
    assert unprintable_names(session) == [people[1]]
    issued = issue_for_session(session=session, now=afterwards(), by=UserFactory())
    assert {each.enrolment for each in issued} == {people[0], people[2]}


def test_a_session_certifies_those_who_came_and_only_once() -> None:
    session = SessionFactory(meetings=2)
    came, stayed_away, revoked = EnrolmentFactory.create_batch(3, session=session)
    mark(came, AttendanceStatus.PRESENT)
    mark(came, AttendanceStatus.PRESENT, meeting=1)
    mark(stayed_away, AttendanceStatus.ABSENT)
    mark(revoked, AttendanceStatus.PRESENT)
    CertificateFactory(enrolment=revoked, revoked_at=timezone.now())
    issued = issue_for_session(session=session, now=afterwards(), by=UserFactory())
    assert [certificate.enrolment for certificate in issued] == [came]
    assert issue_for_session(session=session, now=afterwards(), by=UserFactory()) == []


def test_a_wrong_certificate_is_revoked_and_issued_again_with_another_code() -> None:
    enrolment = EnrolmentFactory()
    mark(enrolment, AttendanceStatus.PRESENT)
    wrong = issue_certificate(enrolment=enrolment, now=afterwards())
    mark(enrolment, AttendanceStatus.LATE, 60)
    now = timezone.now()
    revoke_certificate(certificate=wrong, now=now, by=UserFactory())
    again = revoke_certificate(certificate=wrong, now=now + datetime.timedelta(days=1), by=UserFactory())
    assert again.revoked_at == now
    right = issue_certificate(enrolment=enrolment, now=afterwards())
    assert (right.minutes, right.revoked_at) == (60, None)
    assert not Certificate.objects.filter(code=wrong.code).exists()


def test_a_code_is_read_however_it_is_typed() -> None:
    code = public_code()
    assert shown_code("ABCDEFGH2345") == "ABCD-EFGH-2345"
    for typed in (shown_code(code), code.lower(), f"  {code[:4]} {code[4:8]}–{code[8:]} ", "_".join(code)):
        assert parsed_code(typed) == code
    for nonsense in ("", "ABC", code + "A", "0" * 12, "ABCD-EFGH-234É", "x" * 5000):
        assert parsed_code(nonsense) == ""


def test_access_needs_are_forgotten_a_week_after_the_latest_meeting() -> None:
    now = timezone.now()
    long_ago = SessionFactory(first_meeting_at=now - datetime.timedelta(days=20))
    between = SessionFactory(first_meeting_at=now - datetime.timedelta(days=20), meetings=4)  # the latest is tomorrow
    recent = SessionFactory(first_meeting_at=now - datetime.timedelta(days=5))
    called_off = SessionFactory(status=SessionStatus.CANCELLED)
    rows = {session: EnrolmentFactory(session=session, access_needs="ramp") for session in (long_ago, between, recent, called_off)}
    out = StringIO()
    call_command("run_duties", only=["erase_access_needs"], stdout=out)
    assert "2 access needs" in out.getvalue()
    assert {session.pk for session, row in rows.items() if Enrolment.objects.get(pk=row.pk).access_needs} == {between.pk, recent.pk}
    assert erase_access_needs(now=now) == 0


def test_nobody_is_marked_at_a_meeting_that_is_still_to_come_and_its_roll_stays_open() -> None:
    enrolment = EnrolmentFactory()
    meeting = enrolment.session.meetings.get()
    arriving = meeting.starts_at - datetime.timedelta(minutes=20)
    with pytest.raises(CannotMark) as refusal:
        mark_attendance(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT, now=timezone.now(), by=None)
    assert refusal.value.reason == MarkRefusal.TOO_EARLY
    with pytest.raises(CannotMark):
        close_roll(meeting=meeting, now=arriving, by=None)
    assert not Attendance.objects.exists()
    assert mark_attendance(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT, now=arriving, by=None), "as they come in"


def test_no_certificate_while_a_meeting_is_still_to_come() -> None:
    session = SessionFactory(meetings=2, first_meeting_at=timezone.now() - datetime.timedelta(days=1))
    enrolment = AttendanceFactory(enrolment=EnrolmentFactory(session=session)).enrolment
    with pytest.raises(SessionNotOver):
        issue_certificate(enrolment=enrolment, now=timezone.now())
    with pytest.raises(SessionNotOver):
        issue_for_session(session=session, now=timezone.now(), by=None)
    assert not Certificate.objects.exists()
    assert issue_certificate(enrolment=enrolment, now=afterwards())
