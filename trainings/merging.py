"""What of the trainings hangs on a person or an organisation and is more than a key that moves along."""

from django.utils.translation import gettext_lazy as _

from core.merging.registry import Holding
from core.text.dates import written
from trainings.models import Certificate, Enrolment
from trainings.people.enrolments import lock_for_undo, marks_of, move_enrolments, put_enrolments_back
from trainings.people.groups import groups_of, move_groups
from trainings.people.merge import PEOPLE
from trainings.people.wishes import move_wishes, wishes_of


def enrolment_line(enrolment: Enrolment) -> str:
    """`12. Accueillir et écouter · confirmed · 3 February 2026`."""
    return f"{enrolment.session.name} · {enrolment.get_status_display()} · {written(enrolment.created_at)}"


KINDS = (PEOPLE,)
HOLDINGS = (
    Holding(
        of=PEOPLE.model,
        model="trainings.Enrolment",
        field="participant",
        label=_("enrolments"),
        rows=lambda person: Enrolment.objects.filter(participant=person).select_related("session__module"),
        line=enrolment_line,
        move=move_enrolments,
        lock=lock_for_undo,
        put_back=put_enrolments_back,
    ),
    Holding(
        of=PEOPLE.model,
        model="trainings.Attendance",
        label=_("presences"),
        rows=marks_of,
        line=lambda mark: f"{written(mark.meeting.starts_at)} · {mark.get_status_display()}",
    ),
    Holding(
        of=PEOPLE.model,
        model="trainings.Certificate",
        label=_("certificates"),
        rows=lambda person: Certificate.objects.filter(enrolment__participant=person),
        line=lambda certificate: f"{certificate.title} · {certificate.code}",
    ),
    Holding(
        of=PEOPLE.model,
        model="trainings.Interest",
        label=_("wishes to hear of a date"),
        rows=wishes_of,
        line=lambda wish: wish.module,
        move=move_wishes,
    ),
    Holding(
        of=PEOPLE.model,
        model="trainings.EnrolmentGroup",
        label=_("groups of colleagues"),
        rows=groups_of,
        line=lambda group: group.session.name,
        move=move_groups,
    ),
)
