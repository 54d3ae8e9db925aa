"""Six invented requests for support: one just received, one on the phone, one answered with advice, three with a file."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.utils import timezone

from core.models import Sector, User
from followup.enums import EventKind, FileStatus, Origin, Pillar, Reason, RequestStatus
from followup.files.events import log_event
from followup.files.open import open_file
from followup.files.steps import plan_next_step
from followup.files.steps import take_step as take_file_step
from followup.models import File, Request
from followup.notes.write import write_note
from followup.requests.receive import RequestData, note_request, receive_request
from followup.requests.steps import take_step
from followup.roles import FOLLOW_UP

COLLEAGUE = "mobile@example.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that was noted so many days ago."""

    pillar: Pillar
    organisation: str
    days: int
    reason: Reason
    sector: str = ""
    service: str = ""


ADVISED = Asked(pillar=Pillar.MOBILE_TEAM, organisation="Voorbeeldhuis", days=26, reason=Reason.NEWWAYS, sector="homeless")
CALLED = Asked(pillar=Pillar.SUPERVISION, organisation="Maison médicale d’exemple", days=2, reason=Reason.TEAM)
FOLLOWED = Asked(pillar=Pillar.MOBILE_TEAM, organisation="Centre d’accueil d’exemple", days=33, reason=Reason.CONCERN, sector="social")
SILENT = Asked(pillar=Pillar.MOBILE_TEAM, organisation="Service logement d’exemple", days=70, reason=Reason.LOSS, sector="housing")
PEER = Asked(pillar=Pillar.PAT, organisation="Hôpital d’exemple", service="Unité Les Saules", days=90, reason=Reason.PEER, sector="mental")


def build_support() -> None:
    """Days are counted from today; the mail of the one that came by the form is in the demo's mailbox."""
    by = _colleague()
    receive_request(
        data=RequestData(
            pillar=Pillar.MOBILE_TEAM,
            organisation_name="Maison d’accueil d’exemple",
            name="Inès Exemple",
            email="ines.exemple@example.org",
            text="Un résident ne sort plus de sa chambre. L’équipe cherche comment garder le lien.",
            reason=Reason.CONCERN,
            origin=Origin.COLLEAGUE,
        ),
        now=timezone.now(),
    )
    _note(CALLED, by)
    take_step(request=_note(ADVISED, by), to=RequestStatus.ADVICE_ONLY, now=timezone.now(), by=by, on=_ago(25))
    followed = _open(FOLLOWED, by)
    _log(followed, by, (30, EventKind.VISIT), (21, EventKind.CONTACT), (9, EventKind.TEAM_MEETING), (2, EventKind.CONTACT))
    plan_next_step(file=followed, next_step="Revoir l’équipe avant la réunion de réseau", on=_ago(-6), who=by)
    write_note(file=followed, text="L’équipe souhaite que nous venions à deux la prochaine fois.", by=by, now=timezone.now())
    _log(_open(SILENT, by), by, (60, EventKind.VISIT), (41, EventKind.CONTACT))
    peer = _open(PEER, by)
    _log(peer, by, (80, EventKind.INTRODUCTION), (62, EventKind.WORKING_GROUP), (40, EventKind.TRAINING_DAY), (12, EventKind.HIRE))
    take_file_step(file=peer, to=FileStatus.CLOSED, now=timezone.now(), by=by, on=_ago(5))


def _colleague() -> User:
    """The group asks for a second factor, which is set up at the first log-in: printed apart from the other log-ins."""
    password = User.objects.get(email="coordination@example.org").password
    name = {"first_name": "Sami", "last_name": "Exemple"}
    user, _created = User.objects.get_or_create(
        email=COLLEAGUE, defaults={"username": COLLEAGUE, "password": password, "is_staff": True} | name
    )
    user.groups.add(Group.objects.get(name=FOLLOW_UP.name))
    return user


def _ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def _note(asked: Asked, by: User) -> Request:
    data = RequestData(
        pillar=asked.pillar,
        organisation_name=asked.organisation,
        service=asked.service,
        sector=Sector.objects.filter(slug=asked.sector).first(),
        name="Sam Exemple",
        phone="02 000 00 00",
        reason=asked.reason,
        origin=Origin.EARLIER,
    )
    return note_request(data=data, received_on=_ago(asked.days), now=timezone.now(), by=by)


def _open(asked: Asked, by: User) -> File:
    """A few days after the request."""
    return open_file(request=_note(asked, by), opened_on=_ago(asked.days - 3), now=timezone.now(), by=by)


def _log(file: File, by: User, *events: tuple[int, EventKind]) -> None:
    for days, kind in events:
        log_event(file=file, kind=kind, held_on=_ago(days), now=timezone.now(), by=by)
