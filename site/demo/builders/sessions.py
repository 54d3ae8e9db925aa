"""Venues, sessions around today, and the invented people in them."""

import datetime
from itertools import cycle, islice

from django.utils import timezone, translation

from core.models import Organisation, Sector
from demo.builders.payments import build_payments
from demo.builders.people import Person, invented_people
from trainings.attendance.certificates import issue_for_session
from trainings.enrolment.cancel import cancel_enrolment
from trainings.enrolment.enrol import EnrolmentData
from trainings.enrolment.groups.enrol import enrol_group
from trainings.enrolment.groups.people import Colleague, GroupData
from trainings.enums import AttendanceStatus, Delivery, EnrolmentStatus, SessionKind, SessionStatus
from trainings.mailings.rules import add_starter_rules, switch_rule
from trainings.models import Attendance, CheckIn, Enrolment, EnrolmentTransition, Meeting, Module, Participant, Session, Trainer, Venue
from trainings.models.mailings import MailKind

VENUES = [
    {
        "name": "Maison d’exemple",
        "street": "Rue de l’Exemple 12",
        "postal_code": "1000",
        "municipality_fr": "Bruxelles",
        "municipality_nl": "Brussel",
        "public_transport": "De Brouckère (M1, M5, tram 4, 10)",
        "is_step_free": True,
        "has_accessible_toilet": True,
        "access_notes_fr": "Ascenseur jusqu’à la salle ; place de parking réservée devant la porte.",
        "access_notes_nl": "Lift tot aan de zaal; voorbehouden parkeerplaats voor de deur.",
        "access_notes_en": "Lift to the room; reserved parking space in front of the door.",
    },
    {
        "name": "Atelier d’exemple",
        "street": "Chaussée de l’Exemple 45",
        "postal_code": "1030",
        "municipality_fr": "Schaerbeek",
        "municipality_nl": "Schaarbeek",
        "public_transport": "Gare du Nord / Noordstation (train, tram 3, 4)",
        "is_step_free": False,
        "access_notes_fr": "Six marches à l’entrée ; dites-nous si cela vous gêne, nous changerons de salle.",
        "access_notes_nl": "Zes treden aan de ingang; laat het ons weten als dat een probleem is, dan wisselen we van zaal.",
        "access_notes_en": "Six steps at the entrance; tell us if that is a problem and we will change rooms.",
    },
]
# Module, days from today (the past is negative), language, seats, people enrolled, first hour, venue (None: on line).
SESSIONS = [
    (1, -75, "fr", 14, 13, 9, 0),
    (30, -48, "fr", 20, 18, 9, 1),
    (18, -33, "fr", 14, 9, 9, 0),
    (41, -21, "nl", 12, 8, 9, 1),
    (37, -7, "fr", 12, 11, 9, 0),
    (21, 9, "fr", 16, 5, 9, 1),
    (2, 16, "fr", 14, 14, 9, 0),
    (18, 22, "fr", 14, 11, 9, 1),
    (30, 27, "fr", 20, 20, 9, 0),
    (9, 34, "fr", 24, 6, 13, None),
    (1, 41, "fr", 14, 10, 9, 0),
    (24, 48, "fr", 12, 7, 9, 1),
    (38, 55, "fr", 14, 2, 9, 0),
    (42, 62, "nl", 14, 4, 9, 1),
    (3, 69, "fr", 14, 3, 9, 0),
    (11, 76, "fr", 14, 8, 9, 1),
    (30, 83, "nl", 16, 5, 9, 0),
    (39, 90, "fr", 30, 12, 13, None),
    (7, 97, "fr", 12, 1, 9, 1),
    (36, 104, "fr", 20, 0, 13, None),
    (41, 111, "fr", 14, 6, 9, 0),
    (45, 118, "en", 14, 2, 9, 1),
    (25, 132, "nl", 12, 3, 9, 0),
    (1, 146, "nl", 14, 5, 9, 1),
]
# The session, by its day, that keeps seats until two weeks before, and for whom.
KEEPING, KEPT_SECTOR = 41, "homeless"
WAITING = 3  # people on the list of every full session


def build_sessions(modules: dict[int, Module]) -> None:
    """Sessions before and after today; those behind us have presences."""
    venues = [Venue.objects.create(**venue) for venue in VENUES]
    trainers = list(Trainer.objects.order_by("email"))
    today = timezone.localdate()
    people = cycle(invented_people())
    for index, (number, offset, language, seats, taken, hour, venue) in enumerate(SESSIONS):
        session = Session.objects.create(
            kind=SessionKind.OPEN_TRAINING,
            module=modules[number],
            language=language,
            capacity=seats,
            status=SessionStatus.PUBLISHED,
            delivery=Delivery.ONLINE if venue is None else Delivery.ON_SITE,
            venue=None if venue is None else venues[venue],
            online_url="https://meet.example.org/exemple" if venue is None else "",
        )
        if offset == KEEPING:
            _keep_seats(session, today + datetime.timedelta(days=offset - 14))
            _ask_for_presence(session)
        session.trainers.set(list(islice(cycle(trainers), index % len(trainers), index % len(trainers) + 2)))
        meetings = _plan(session, modules[number], today + datetime.timedelta(days=offset), hour)
        enrolments = _enrol(session, list(islice(people, taken + (WAITING if taken == seats else 0))), meetings[0].starts_at)
        if offset < -14:
            _attend(enrolments, meetings)
    build_payments()
    know_somebody_twice()


def offer_a_seat() -> None:
    """Somebody cancels in a full session: the first who waits holds an offer, and its mail is in the demo's mailbox."""
    now = timezone.now()
    full = Session.objects.upcoming(now).with_seats().filter(waiting_count__gt=0, free_seats=0).first()
    if full is not None:
        cancel_enrolment(enrolment=full.enrolments.confirmed()[0], now=now)


def enrol_colleagues() -> None:
    """A team lead has enrolled two colleagues with her, one name follows: her mail with the link of the group is in the demo's mailbox."""
    now = timezone.now()
    quiet = Session.objects.in_catalogue().open_for_enrolment(now).with_seats().filter(free_seats__gt=5).last()
    if quiet is not None:
        contact = EnrolmentData(name="Lou Exemple", email="lou.equipe@example.org", organisation_name="Équipe d’exemple")
        colleague = Colleague(name="Sacha Exemple", email="sacha.equipe@example.org")
        enrol_group(session_id=quiet.pk, group=GroupData(contact=contact, colleagues=(colleague,), unnamed=1), now=now)


def build_mail_rules() -> None:
    """The usual mails by rule; those that leave before and right after a session are on."""
    with translation.override("fr"):
        rules = add_starter_rules()
    for rule in rules:
        if rule.kind in {MailKind.REMINDER, MailKind.PRACTICAL, MailKind.THANKS}:
            switch_rule(rule=rule, on=True, now=timezone.now())


def know_somebody_twice() -> None:
    """One of the people enrolled before with another address, and typed the organisation as nobody knows it."""
    first = Session.objects.order_by("pk").first()
    enrolment = first.enrolments.confirmed().select_related("participant").first() if first else None
    if first is None or enrolment is None or enrolment.participant is None:
        return
    email = enrolment.participant.email.replace("@", "+avant@")
    twice = Participant.objects.create(email=email, name=" ".join(reversed(enrolment.name.split())))
    facts = {"status": EnrolmentStatus.CANCELLED, "name": twice.name, "organisation_name": "asbl L’Exemple du coin"}
    old = Enrolment.objects.create(session=first, participant=twice, created_at=enrolment.created_at, **facts)
    EnrolmentTransition.objects.create(enrolment=old, to_status=old.status, at=old.created_at)


def issue_certificates() -> None:
    """The people of the first session hold their certificates, and find the mail in the demo's mailbox."""
    first = Session.objects.order_by("pk").first()
    if first is not None:
        issue_for_session(session=first, now=timezone.now(), by=None)


def _keep_seats(session: Session, until: datetime.date) -> None:
    """Three seats for people who work with homeless people, and not a whole team from one place."""
    session.kept_seats, session.kept_until = 3, until
    session.most_per_organisation, session.most_until = 2, until
    session.save()
    session.kept_sectors.set(Sector.objects.filter(slug=KEPT_SECTOR))


def _ask_for_presence(session: Session) -> None:
    """Accredited for doctors, with a code on a screen, and a certificate for four hours of five."""
    session.certificate_percent, session.check_in, session.is_accredited = 80, CheckIn.SCREEN, True
    session.save()


def _plan(session: Session, module: Module, first_day: datetime.date, hour: int) -> list[Meeting]:
    """Half-days: morning 9:30 to 12:30, afternoon 13:30 to 16:30, a week between two days, never on a weekend."""
    day, meetings = first_day, []
    for half in range(int(module.days * 2)):
        if half and half % 2 == 0:
            day += datetime.timedelta(days=7)
        while day.weekday() > 4:
            day += datetime.timedelta(days=1)
        start = datetime.time(9 if (half % 2 == 0 and hour == 9) else 13, 30)
        begins = timezone.make_aware(datetime.datetime.combine(day, start))
        meetings.append(Meeting.objects.create(session=session, starts_at=begins, ends_at=begins + datetime.timedelta(hours=3)))
    return meetings


def _enrol(session: Session, people: list[Person], first: datetime.datetime) -> list[Enrolment]:
    """Written as rows: demo people get no mail for what happened before the demo began."""
    organisations = list(Organisation.objects.filter(is_listed=True).select_related("sector").order_by("pk"))
    enrolments = []
    for place, person in enumerate(people):
        participant, _created = Participant.objects.get_or_create(email=person.email, defaults={"name": person.name})
        waiting = place >= session.capacity
        at = min(timezone.now(), first) - datetime.timedelta(days=40 - place)
        organisation = organisations[(place * 7 + session.pk) % len(organisations)]
        enrolment = Enrolment.objects.create(
            session=session,
            participant=participant,
            status=EnrolmentStatus.WAITING if waiting else EnrolmentStatus.CONFIRMED,
            name=person.name,
            function=person.function,
            organisation=organisation,
            sector=organisation.sector,
            language=person.language,
            created_at=at,
            queued_at=at if waiting else None,
        )
        EnrolmentTransition.objects.create(enrolment=enrolment, to_status=enrolment.status, at=at)
        enrolments.append(enrolment)
    return enrolments


def _attend(enrolments: list[Enrolment], meetings: list[Meeting]) -> None:
    """Nine in ten are there; one is excused, one is missed."""
    for meeting in meetings:
        minutes = int(meeting.duration.total_seconds() // 60)
        for place, enrolment in enumerate(enrolments):
            status = (AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)[place % 2] if place % 10 == 9 else AttendanceStatus.PRESENT
            Attendance.objects.create(
                enrolment=enrolment,
                meeting=meeting,
                status=status,
                minutes=minutes if status == AttendanceStatus.PRESENT else 0,
                marked_at=meeting.ends_at,
            )
        meeting.roll_closed_at = meeting.ends_at
        meeting.save(update_fields=["roll_closed_at"])
