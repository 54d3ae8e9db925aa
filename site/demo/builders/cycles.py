"""Two cycles of intervisions, one behind us and one that runs; a table to sign up for; a group of peer workers. All people are invented."""

import datetime
from itertools import cycle as again
from itertools import islice

from django.utils import timezone

from core.models import Organisation, Programme, User
from demo.builders.people import invented_people
from trainings.cycles.copy import copy_cycle
from trainings.enums import AttendanceStatus, EnrolmentStatus, SessionKind, SessionStatus
from trainings.models import Attendance, Audience, CareZone, Cycle, Enrolment, EnrolmentTransition, Meeting, Participant, Session, Trainer

SEATS, ENROLLED, MEETINGS = 10, 7, 4
NORTH = {"title": "Nord", "language": "fr"}
DUTCH = {"title": "Nederlandstalige groep", "language": "nl"}


def build_cycles() -> None:
    """Around today: the first cycle is that of last school year, the second its copy."""
    today = timezone.localdate()
    autumn = today.year if today.month >= 9 else today.year - 1
    owner = User.objects.get(email="coordination@example.org")
    past = _intervisions(autumn - 1, owner)
    running = copy_cycle(cycle=past)
    running.sessions.update(status=SessionStatus.PUBLISHED)
    past.sessions.update(status=SessionStatus.CLOSED)
    for group in (*past.sessions.all(), *running.sessions.all()):
        group.trainers.set(Trainer.objects.order_by("email")[:2])
        _choose_hosts(group)
        _fill(group)
    _table(today, owner)
    _peer_workers(autumn, owner)


def _intervisions(autumn: int, owner: User) -> Cycle:
    day = datetime.date
    cycle = Cycle.objects.create(
        name_fr=f"Intervisions intersectorielles {autumn}-{autumn + 1}",
        name_nl=f"Intersectorale intervisies {autumn}-{autumn + 1}",
        name_en=f"Intersectoral intervisions {autumn}-{autumn + 1}",
        summary_fr="Une dizaine de personnes du social et de la santé, trois heures par mois, chaque fois chez un·e participant·e.",
        summary_nl="Een tiental mensen uit de sociale sector en de gezondheidszorg, drie uur per maand, telkens bij een deelnemer.",
        summary_en="About ten people from social and health services, three hours a month, each time where one of them works.",
        first_day=day(autumn, 10, 1),
        last_day=day(autumn + 1, 6, 30),
        opens_on=day(autumn, 6, 1),
        closes_on=day(autumn, 9, 30),
        asks_care_zone=True,
        owner=owner,
    )
    for number, facts in enumerate((NORTH, DUTCH)):
        group = _group(cycle, day(autumn, 10, 13 + number), MEETINGS, **facts)
        group.most_per_sector, group.most_until = 3, day(autumn, 9, 15)
        group.save()
    return cycle


def _table(today: datetime.date, owner: User) -> None:
    """Sign-up is open."""
    first_day = today + datetime.timedelta(days=79 - today.weekday())
    table = Cycle.objects.create(
        kind=SessionKind.EXCHANGE_TABLE,
        name_fr="Table d’échanges : vieillir sans chez-soi",
        name_nl="Uitwisselingstafel: ouder worden zonder thuis",
        name_en="Exchange table: growing old without a home",
        summary_fr="Une journée d’exemple, à partir de situations que l’on apporte.",
        summary_nl="Een voorbeelddag, vanuit situaties die u meebrengt.",
        summary_en="An example of a day that begins with situations people bring.",
        first_day=first_day,
        last_day=first_day,
        owner=owner,
    )
    group = _group(table, first_day, 1, title="Journée d’exemple", language="fr")
    group.capacity, group.most_per_organisation, group.most_until = 40, 3, first_day - datetime.timedelta(days=14)
    group.status = SessionStatus.PUBLISHED
    group.save()
    _choose_hosts(group)


def _peer_workers(autumn: int, owner: User) -> None:
    """By invitation."""
    cycle = Cycle.objects.create(
        audience=Audience.PEER_WORKERS,
        programme=Programme.SUPPORT,
        name_fr=f"Intervisions de pair·es-aidant·es {autumn}-{autumn + 1}",
        name_nl=f"Intervisies voor peerhelpers {autumn}-{autumn + 1}",
        name_en=f"Intervisions for peer workers {autumn}-{autumn + 1}",
        first_day=datetime.date(autumn, 9, 1),
        last_day=datetime.date(autumn + 1, 6, 30),
        is_by_invitation=True,
        owner=owner,
    )
    group = _group(cycle, datetime.date(autumn, 9, 22), MEETINGS, title="Groupe 1", language="fr")
    group.status = SessionStatus.PUBLISHED
    group.save()
    _choose_hosts(group)
    _fill(group)


def _group(cycle: Cycle, first_day: datetime.date, meetings: int, **facts: str) -> Session:
    """A meeting every four weeks, from 13:30 to 16:30."""
    group = Session.objects.create(kind=cycle.kind, cycle=cycle, capacity=SEATS, status=SessionStatus.DRAFT, **facts)
    for number in range(meetings):
        day = first_day + datetime.timedelta(weeks=4 * number)
        begins = timezone.make_aware(datetime.datetime.combine(day, datetime.time(13, 30)))
        Meeting.objects.create(session=group, starts_at=begins, ends_at=begins + datetime.timedelta(hours=3))
    return group


def _choose_hosts(group: Session) -> None:
    hosts = again(Organisation.objects.filter(is_listed=True, sector__isnull=False).order_by("pk")[:9])
    for meeting, host in zip(group.meetings.order_by("starts_at"), hosts, strict=False):
        meeting.host = host
        meeting.save(update_fields=["host"])


def _fill(group: Session) -> None:
    """Written as rows: demo people get no mail for what happened before the demo began. One of them never told her sector."""
    organisations = list(Organisation.objects.filter(is_listed=True, sector__isnull=False).select_related("sector").order_by("pk")[:20])
    at = group.meetings.earliest("starts_at").starts_at - datetime.timedelta(days=60)
    people = islice(again(invented_people()), group.pk % 50, group.pk % 50 + ENROLLED)
    now = timezone.now()
    for place, person in enumerate(people):
        participant, _created = Participant.objects.get_or_create(email=person.email, defaults={"name": person.name})
        organisation = organisations[(place * 3 + group.pk) % len(organisations)] if place else None
        enrolment = Enrolment.objects.create(
            session=group,
            participant=participant,
            status=EnrolmentStatus.CONFIRMED,
            name=person.name,
            function=person.function,
            organisation=organisation,
            sector=organisation.sector if organisation else None,
            care_zone=CareZone.values[place % len(CareZone.values)],
            language=person.language,
            created_at=at,
        )
        EnrolmentTransition.objects.create(enrolment=enrolment, to_status=enrolment.status, at=at)
        for number, meeting in enumerate(group.meetings.filter(ends_at__lt=now)):
            is_there = (place + number) % 5 != 0
            Attendance.objects.create(
                enrolment=enrolment,
                meeting=meeting,
                status=AttendanceStatus.PRESENT if is_there else AttendanceStatus.EXCUSED,
                minutes=180 if is_there else 0,
                marked_at=meeting.ends_at,
            )
    # The latest roll call is still to be closed.
    over = list(group.meetings.filter(ends_at__lt=now).order_by("starts_at"))
    for meeting in over if group.status == SessionStatus.CLOSED else over[:-1]:
        meeting.roll_closed_at = meeting.ends_at
        meeting.save(update_fields=["roll_closed_at"])
