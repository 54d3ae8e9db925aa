"""What of the trainings hangs on a person or an organisation and is more than a key that moves along."""

from django.utils.translation import gettext_lazy as _

from core.merging.registry import Holding
from trainings.models import Certificate, Enrolment, Interest
from trainings.people.enrolments import lock_for_undo, marks_of, move_enrolments, put_enrolments_back
from trainings.people.merge import PEOPLE
from trainings.people.wishes import move_wishes, wishes_of

KINDS = (PEOPLE,)
HOLDINGS = (
    Holding(
        of=PEOPLE.model,
        model="trainings.Enrolment",
        field="participant",
        label=_("enrolments"),
        rows=lambda person: Enrolment.objects.filter(participant=person).select_related("session__module"),
        move=move_enrolments,
        lock=lock_for_undo,
        put_back=put_enrolments_back,
    ),
    Holding(of=PEOPLE.model, model="trainings.Attendance", label=_("presences"), rows=marks_of),
    Holding(
        of=PEOPLE.model,
        model="trainings.Certificate",
        label=_("certificates"),
        rows=lambda person: Certificate.objects.filter(enrolment__participant=person),
    ),
    Holding(of=PEOPLE.model, model=Interest._meta.label, label=_("wishes to hear of a date"), rows=wishes_of, move=move_wishes),
)
