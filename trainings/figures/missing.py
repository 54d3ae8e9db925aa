"""What would make the figures complete: who is in charge of it, and the screen where it is repaired."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.figures.definitions import MissingFact
from core.figures.period import Scope
from trainings.enums import EnrolmentStatus, SessionKind, SessionStatus
from trainings.figures.held import held_meetings, participations
from trainings.models import Enrolment, Meeting, Session

SECTORS = ("tr_sector", "hf_tr_sector", "pat_tr_sector", "all_sector", "interv_ended_sector", "interv_begun_sector", "pat_interv_sector")
INSTITUTIONS = ("tr_institutions", "hf_tr_institutions", "pat_tr_institutions", "all_institutions", "interv_bodies")
PRESENCES = ("tr_participants", "tr_people", "tr_attended", "pat_tr_participants", "hf_tr_participants", "table_participants", "all_people")
CYCLES = ("interv_groups", "interv_participants", "interv_meetings", "pat_iv_meet")


def missing_facts(scope: Scope) -> Iterable[MissingFact]:
    """Six queries at most. In charge: who looks after the cycle, else the first trainer with an account, else nobody."""
    sessions = Session.objects.filter(pk__in=_held(scope).values("session"))
    chosen = list(sessions.select_related("cycle", "module").prefetch_related("trainers"))
    in_charge = {session.pk: person_in_charge(session) for session in chosen}
    yield from _of_people(scope, in_charge)
    yield from _of_sessions(scope, chosen, in_charge)


def person_in_charge(session: Session) -> int | None:
    """The key of a user."""
    if session.cycle is not None and session.cycle.owner_id is not None:
        return session.cycle.owner_id
    return next((trainer.user_id for trainer in session.trainers.all() if trainer.user_id is not None), None)


def _held(scope: Scope) -> Any:
    return held_meetings(scope.period).filter(counts_for__in=scope.programmes)


def _of_people(scope: Scope, in_charge: dict[int, int | None]) -> Iterator[MissingFact]:
    """A sector or an institution nobody knows. Of people who were forgotten nothing can be repaired."""
    counted = Q(pk__in=participations(scope.period).filter(counts_for__in=scope.programmes).values("pk"))
    seated = Q(status=EnrolmentStatus.CONFIRMED, session__in=_held(scope).values("session"))
    people = Enrolment.objects.known().filter(counted | seated).filter(Q(sector=None) | Q(organisation=None))
    for enrolment in people.select_related("session__module", "organisation"):
        person = in_charge.get(enrolment.session_id)
        form = reverse("trainings_backoffice:change_enrolment", args=[enrolment.pk])
        if enrolment.sector_id is None:
            yield MissingFact(label=_("Sector unknown"), person_id=person, row=enrolment, url=f"{form}#id_sector", figures=SECTORS)
        if enrolment.organisation_id is None:
            yield MissingFact(
                label=_("Institution not in the directory"),
                person_id=person,
                row=enrolment,
                url=f"{form}#id_organisation",
                figures=INSTITUTIONS,
            )


def _of_sessions(scope: Scope, sessions: Iterable[Session], in_charge: dict[int, int | None]) -> Iterator[MissingFact]:
    """Roll calls to do, sessions that are over and not closed, groups without a cycle."""
    for meeting in _held(scope).filter(roll_closed_at=None).select_related("session__module"):
        url = reverse("trainings_backoffice:roll_call", args=[meeting.pk])
        yield MissingFact(
            label=_("Roll call not done"), person_id=in_charge.get(meeting.session_id), row=meeting, url=url, figures=PRESENCES
        )
    ends = dict(
        Meeting.objects.filter(session__in=[each.pk for each in sessions]).order_by().values_list("session").annotate(latest=Max("ends_at"))
    )
    for session in sessions:
        person = in_charge[session.pk]
        if session.status == SessionStatus.PUBLISHED and ends[session.pk] < clock.now():
            url = reverse("trainings_backoffice:close_session", args=[session.pk])
            yield MissingFact(label=_("Session over and not closed"), person_id=person, row=session, url=url)
        if session.kind == SessionKind.INTERVISION and session.cycle_id is None:
            url = f"{reverse('trainings_sessions:edit', args=[session.pk])}#id_cycle"
            yield MissingFact(label=_("Group without a cycle"), person_id=person, row=session, url=url, figures=CYCLES)
