"""`make bench`: the whole report over ten years of data at ten times the volume of 2024, in less than two seconds and sixty queries;
and its screen, with the year before counted beside.

Memory is flat: a year among ten takes no more of it than the only one.
"""

import datetime
import time
import tracemalloc
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.figures.period import Period, Scope
from core.models import Organisation
from figures.report.reading import Report, read_report
from followup.enums import RequestStatus
from followup.models import File, FileEvent, Request, RequestTransition
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.core.people import member, verified_browser_of
from tests.followup.factories import FileEventFactory, FileFactory, RequestFactory
from tests.trainings.factories import ModuleFactory, ParticipantFactory, SessionFactory
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionStatus
from trainings.models import Attendance, Enrolment, EnrolmentTransition, Meeting, Module, Participant, Session

YEARS = range(2015, 2025)
TIMES = 10
SESSIONS, ENROLMENTS, REQUESTS = 28 * TIMES, 431 * TIMES, 55 * TIMES
EVENTS_A_FILE = 8
SECONDS, QUERIES = 2, 60
BRUSSELS = ZoneInfo("Europe/Brussels")


def moment(year: int, number: int) -> datetime.datetime:
    """Some morning of the year."""
    return datetime.datetime(year, 1, 1, 9, 30, tzinfo=BRUSSELS) + datetime.timedelta(days=number * 7 % 360)


def train(year: int, module: Module, people: list[Participant], organisations: list[Organisation]) -> None:
    """Sessions of two half-days, each with its people, and a roll of each half-day."""
    sessions = Session.objects.bulk_create(
        SessionFactory.build(module=module, venue=None, capacity=40, status=SessionStatus.CLOSED) for _number in range(SESSIONS)
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(session=session, starts_at=at, ends_at=at + datetime.timedelta(hours=3), roll_closed_at=at)
        for number, session in enumerate(sessions)
        for at in (moment(year, number), moment(year, number) + datetime.timedelta(hours=4))
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            session=sessions[number % SESSIONS],
            participant=people[number * 13 % len(people)],
            name="",
            language="fr",
            status=EnrolmentStatus.CONFIRMED,
            created_at=moment(year, number),
            organisation=organisations[number % len(organisations)],
            sector=organisations[number % len(organisations)].sector,
        )
        for number in range(ENROLMENTS)
    )
    EnrolmentTransition.objects.bulk_create(
        EnrolmentTransition(enrolment=enrolment, to_status=enrolment.status, at=enrolment.created_at) for enrolment in enrolments
    )
    Attendance.objects.bulk_create(
        Attendance(enrolment=enrolment, meeting=meeting, status=AttendanceStatus.PRESENT, minutes=180, marked_at=meeting.starts_at)
        for number, enrolment in enumerate(enrolments)
        for meeting in meetings[number % SESSIONS * 2 : number % SESSIONS * 2 + 2]
    )


def follow_up(year: int, organisations: list[Organisation]) -> None:
    """Requests that opened a file, with what was done for them."""
    days = [moment(year, number).date() for number in range(REQUESTS)]
    requests = Request.objects.bulk_create(
        RequestFactory.build(
            received_on=day,
            status=RequestStatus.FILE_OPENED,
            organisation=organisations[n % len(organisations)],
            sector=organisations[n % len(organisations)].sector,
        )
        for n, day in enumerate(days)
    )
    RequestTransition.objects.bulk_create(
        RequestTransition(request=request, to_status=request.status, at=moment(year, number)) for number, request in enumerate(requests)
    )
    files = File.objects.bulk_create(FileFactory.build(request=request, opened_on=request.received_on) for request in requests)
    FileEvent.objects.bulk_create(
        FileEventFactory.build(file=file, held_on=file.opened_on) for file in files for _number in range(EVENTS_A_FILE)
    )


def measured(scope: Scope) -> tuple[Report, float, int, int]:
    """The report, its seconds (the best of three), its queries, and the most memory at once."""
    times = []
    for _turn in range(3):
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            report = read_report(scope)
            times.append(time.perf_counter() - start)
    tracemalloc.start()
    read_report(scope)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return report, min(times), len(captured), peak


def measured_screen(browser: Client) -> tuple[float, int]:
    """Its seconds (the best of three) and its queries."""
    times = []
    for _turn in range(3):
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            assert browser.get(f"/admin/report/?year={YEARS[-1]}").status_code == 200
            times.append(time.perf_counter() - start)
    return min(times), len(captured)


@pytest.mark.django_db
def bench_the_whole_report_over_ten_years(capsys: pytest.CaptureFixture[str]) -> None:
    sectors = SectorFactory.create_batch(12)
    organisations = [OrganisationFactory(sector=sectors[number % len(sectors)]) for number in range(300)]
    module = ModuleFactory()
    people = Participant.objects.bulk_create(ParticipantFactory.build() for _number in range(ENROLMENTS))
    scope = Scope(Period.of_year(YEARS[-1]))
    first = None
    for year in reversed(YEARS):
        train(year, module, people, organisations)
        follow_up(year, organisations)
        if first is None:
            first = measured(scope)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    report, seconds, queries, peak = measured(scope)
    assert first is not None
    with capsys.disabled():
        print(
            f"\n{len(report.figures)} figures, {ENROLMENTS * len(YEARS)} enrolments, {REQUESTS * len(YEARS)} requests: {seconds:.2f} s, "
            f"{queries} queries, {peak / 1e6:.1f} MB (of one year alone: {first[1]:.2f} s, {first[3] / 1e6:.1f} MB)"
        )
    assert seconds < SECONDS
    assert queries <= QUERIES
    assert peak < first[3] * 1.5
    seconds, queries = measured_screen(verified_browser_of(member("Direction")))
    with capsys.disabled():
        print(f"Its screen with the year before, which nobody approved: {seconds:.2f} s, {queries} queries")
    assert seconds < SECONDS
    assert queries <= QUERIES
