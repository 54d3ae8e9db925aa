"""Takes a person out of rows that stay: what is counted remains, and names nobody."""

import datetime

from django.db.models import QuerySet

from core.fields import readable_code, secret_token
from core.models import OutgoingMail
from trainings.evaluation.answer import forget_drafts
from trainings.models import (
    AccreditationNumber,
    AttendanceMark,
    Certificate,
    EnrolmentGroup,
    EnrolmentTransition,
    EvaluationTicket,
    Participant,
    TeamLead,
    Trainer,
)
from trainings.payment.retention import forget_details
from trainings.querysets.enrolments import EnrolmentQuerySet

NOBODY = "N. N."


def forget_contacts(groups: QuerySet[EnrolmentGroup]) -> None:
    """How many came together, and how, remains."""
    for group in groups:
        OutgoingMail.objects.filter(about=f"enrolmentgroup:{group.pk}").delete()
        group.contact_name, group.contact_email, group.token = NOBODY, "", secret_token()
        group.organisation, group.organisation_name = None, ""
        group.save()


def forget_enrolments(enrolments: EnrolmentQuerySet, *, now: datetime.datetime) -> int:
    """Leaves what is counted. Reasons and mails go too, they name people; whoever has no enrolment left is no participant any more."""
    rows = list(enrolments.select_for_update(of=("self",)))
    EnrolmentTransition.objects.filter(enrolment__in=rows).update(reason="")
    Certificate.objects.filter(enrolment__in=rows).delete()
    forget_drafts(EvaluationTicket.objects.filter(enrolment__in=rows))
    forget_details(rows)
    AccreditationNumber.objects.filter(enrolment__in=rows).delete()
    # What is counted is the presence; who noted it, and when, goes.
    AttendanceMark.objects.filter(enrolment__in=rows).delete()
    TeamLead.objects.filter(enrolment__in=rows).delete()
    OutgoingMail.objects.filter(about__in=[f"enrolment:{row.pk}" for row in rows]).delete()
    for row in rows:
        # New keys: what stands in an old mail leads nowhere.
        row.reference, row.token = readable_code(8), secret_token()
        row.participant, row.organisation = None, None
        row.name, row.function, row.organisation_name, row.access_needs = NOBODY, "", "", ""
        row.wants_newsletter, row.erased_at = False, now
        row.save()
    Participant.objects.filter(enrolments=None).delete()
    return len(rows)


def forget_trainer(trainer: Trainer) -> None:
    """Of the pool no more: the sessions she gave keep a trainer without a name. Her calendar is closed."""
    trainer.absences.all().delete()
    trainer.name, trainer.email, trainer.user, trainer.feed_token = NOBODY, "", None, secret_token()
    trainer.save()
