"""Trainings after some years: 5,000 enrolments of 3,000 people, with what hangs on them. Written in batches: a minute would be too long."""

import datetime
from itertools import cycle, islice

from django.db import connection
from django.utils import timezone

from core.models import Organisation, OutgoingMail
from tests.trainings.factories import CertificateFactory, ModuleFactory, TrainerFactory, VenueFactory
from tests.trainings.mailings.factories import MailRuleFactory
from tests.trainings.payment.factories import BankFileFactory, BankLineFactory, PaymentRequestFactory, PaymentSettingsFactory
from tests.trainings.questionnaires.factories import QuestionFactory, QuestionnaireFactory, QuestionnaireVersionFactory
from tests.trainings.requests.factories import TrainingRequestFactory
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.models import (
    AnswerSet,
    Attendance,
    BankFileLine,
    BankLine,
    Certificate,
    Enrolment,
    EnrolmentTransition,
    EvaluationRound,
    EvaluationTicket,
    LineOutcome,
    Meeting,
    Participant,
    Payment,
    PaymentLine,
    PaymentRequest,
    RequestTransition,
    RuleMail,
    Session,
    TrainingRequest,
)

ENROLMENTS, PEOPLE, SESSIONS, ORGANISATIONS, MODULES, TRAINERS, REQUESTS = 5_000, 3_000, 250, 400, 50, 30, 200
FULL = 300  # enrolments of the largest session: an afternoon of study
CONFIRMED = "trainings/mail/enrolment_confirmed"
DAY = datetime.timedelta(days=1)
GIVEN, FAMILY = ("Ana", "Bilal", "Camille", "Dirk", "Elif", "Fatou", "Gert", "Hanne", "Idris", "Jo"), ("Exemple", "Voorbeeld", "Van Test")


def make_years_of_trainings() -> None:
    """All of it; the planner of the database knows how much there is."""
    organisations = _organisations()
    sessions = _sessions()
    enrolments = _enrolments(sessions, organisations)
    _presence(enrolments)
    _mails(enrolments)
    _money(enrolments)
    _evaluation(sessions, enrolments)
    _requests(organisations)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _organisations() -> list[Organisation]:
    rows = [Organisation(name_fr=f"Service d’exemple {number}") for number in range(ORGANISATIONS)]
    return list(Organisation.objects.bulk_create(rows))


def _sessions() -> list[Session]:
    """Most of them over; one a day."""
    modules, venues = ModuleFactory.create_batch(MODULES), VenueFactory.create_batch(10)
    trainers = TrainerFactory.create_batch(TRAINERS)
    rows = [
        Session(module=module, venue=venue, capacity=14, status=SessionStatus.PUBLISHED)
        for _number, module, venue in zip(range(SESSIONS), cycle(modules), cycle(venues), strict=False)
    ]
    sessions = Session.objects.bulk_create(rows)
    first = timezone.now().replace(hour=8, minute=30, second=0, microsecond=0) - (SESSIONS - 60) * 3 * DAY
    days = [(sessions[0], timezone.now() - datetime.timedelta(hours=1))]  # the largest is on today
    days += [(session, first + number * 3 * DAY) for number, session in enumerate(sessions[1:])]
    Meeting.objects.bulk_create(
        Meeting(session=session, starts_at=day + week * 7 * DAY, ends_at=day + week * 7 * DAY + datetime.timedelta(hours=3))
        for session, day in days
        for week in range(2)
    )
    pairs = zip(sessions, cycle(trainers), strict=False)
    through = Session.trainers.through
    through.objects.bulk_create(through(session=session, trainer=trainer) for session, trainer in pairs)
    return sessions


def _enrolments(sessions: list[Session], organisations: list[Organisation]) -> list[Enrolment]:
    names = [f"{given} {family} {number}" for number, given, family in zip(range(PEOPLE), cycle(GIVEN), cycle(FAMILY), strict=False)]
    people = Participant.objects.bulk_create(Participant(name=name, email=f"person{at}@example.org") for at, name in enumerate(names))
    places = [sessions[0]] * FULL + list(islice(cycle(sessions[1:]), ENROLMENTS - FULL))
    statuses = cycle([*[EnrolmentStatus.CONFIRMED] * 8, EnrolmentStatus.CANCELLED, EnrolmentStatus.WAITING])
    # Everybody once, then those of the beginning again: some come often.
    who = [*people, *people[:1_500], *people[:400], *people[:100]]
    now = timezone.now()
    rows = [
        Enrolment(
            session=session,
            participant=person,
            name=person.name,
            status=status,
            organisation=organisation,
            created_at=now - number * datetime.timedelta(hours=1),
            queued_at=now if status == EnrolmentStatus.WAITING else None,
            access_needs="boucle magnétique" if number % 50 == 0 else "",
        )
        for number, (session, person, status, organisation) in enumerate(zip(places, who, statuses, cycle(organisations), strict=False))
    ]
    enrolments = Enrolment.objects.bulk_create(rows, ignore_conflicts=False)
    EnrolmentTransition.objects.bulk_create(EnrolmentTransition(enrolment=each, to_status=each.status, at=each.created_at) for each in rows)
    return enrolments


def _presence(enrolments: list[Enrolment]) -> None:
    """Half of the rolls are marked, and so many have a certificate."""
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(starts_at__lt=timezone.now()):
        meetings.setdefault(meeting.session_id, []).append(meeting)
    seated = [each for each in enrolments if each.status == EnrolmentStatus.CONFIRMED and each.session_id in meetings]
    Attendance.objects.bulk_create(
        Attendance(enrolment=each, meeting=meeting, status=AttendanceStatus.PRESENT, minutes=180, marked_at=meeting.ends_at)
        for each in seated
        for meeting in meetings[each.session_id]
    )
    Certificate.objects.bulk_create(CertificateFactory.build(enrolment=each) for each in seated[: len(seated) // 2])


def _mails(enrolments: list[Enrolment]) -> None:
    rule, now = MailRuleFactory(active_since=timezone.now() - 900 * DAY), timezone.now()
    mails = OutgoingMail.objects.bulk_create(
        OutgoingMail(
            to=f"person{each.pk}@example.org", kind="trainings/mail/enrolment_confirmed", about=f"enrolment:{each.pk}", created_at=now
        )
        for each in enrolments
        for _copy in range(2)
    )
    RuleMail.objects.bulk_create(
        RuleMail(rule=rule, session_id=each.session_id, enrolment=each, planned_at=now, left_at=now, mail=mail)
        for each, mail in zip(enrolments[:3_000], mails, strict=False)
    )


def _money(enrolments: list[Enrolment]) -> None:
    """A third was asked to pay, most have; one file of the bank has 500 lines."""
    PaymentSettingsFactory()
    asked = PaymentRequest.objects.bulk_create(PaymentRequestFactory.build() for _each in enrolments[::3])
    PaymentLine.objects.bulk_create(
        PaymentLine(request=request, enrolment=enrolment, description="Accueillir", amount_cents=request.total_cents)
        for request, enrolment in zip(asked, enrolments[::3], strict=True)
    )
    transfers = BankLine.objects.bulk_create(BankLineFactory.build(amount_cents=12_000) for _each in range(len(asked) * 4 // 5 + 60))
    paid = list(zip(asked, transfers, strict=False))[: -len(asked) // 5]
    Payment.objects.bulk_create(
        Payment(request=request, transfer=transfer, amount_cents=12_000, received_on=transfer.booked_on, noted_at=timezone.now())
        for request, transfer in paid
    )
    file = BankFileFactory()
    BankFileLine.objects.bulk_create(
        BankFileLine(bank_file=file, number=number, outcome=LineOutcome.PAID, amount_cents=12_000, transfer=transfer)
        for number, transfer in enumerate(transfers[:500], start=1)
    )


def _evaluation(sessions: list[Session], enrolments: list[Enrolment]) -> None:
    """Ten scales and a remark; half of those who were there answered."""
    version = QuestionnaireVersionFactory(questionnaire=QuestionnaireFactory(purpose="hot"), is_open=True)
    questions = [QuestionFactory(version=version, sort_order=order) for order in range(10)]
    questions.append(QuestionFactory(version=version, kind="long_text", sort_order=10))
    by_id, today = {each.pk: each for each in sessions}, timezone.localdate()
    answers = {each.key: 4 for each in questions[:10]} | {questions[10].key: "Merci pour les exemples."}
    who = [each for each in enrolments if each.status == EnrolmentStatus.CONFIRMED][::2]
    AnswerSet.objects.bulk_create(
        AnswerSet(version=version, language="fr", session=by_id[each.session_id], answers=answers, saved_on=today, submitted_on=today)
        for each in who
    )
    EvaluationTicket.objects.bulk_create(EvaluationTicket(enrolment=each, kind="hot", is_used=True) for each in who)
    EvaluationRound.objects.bulk_create(
        EvaluationRound(
            session=each, kind="hot", closed_at=timezone.now(), invited=14, answered=8, module=each.module, year=today.year, trainer_ids=[]
        )
        for each in sessions[1:120]
    )


def _requests(organisations: list[Organisation]) -> None:
    modules = ModuleFactory.create_batch(5)
    rows = [
        TrainingRequestFactory.build(module=module, organisation=organisation, created_at=timezone.now() - number * DAY)
        for number, module, organisation in zip(range(REQUESTS), cycle(modules), cycle(organisations), strict=False)
    ]
    requests = TrainingRequest.objects.bulk_create(rows)
    RequestTransition.objects.bulk_create(RequestTransition(request=each, to_status=each.status, at=each.created_at) for each in requests)
