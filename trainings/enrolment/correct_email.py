"""Corrects the email of somebody who is enrolled: the right address gets everything again, the wrong one nothing more."""

import datetime

from django.db import transaction

from core.fields import secret_token
from core.lifecycle.transitions import record_transition
from core.models import OutgoingMail, User
from core.models.mail import MailStatus
from trainings.enrolment import notices
from trainings.enrolment.enrol import participant_of
from trainings.enrolment.groups.notices import tell_contact
from trainings.enrolment.groups.words import Event
from trainings.enums import ACTIVE, Phase, SystemNote
from trainings.models import Certificate, Enrolment, EnrolmentGroup, Participant, Session


class SameEmail(Exception):
    """This is the email that is known already."""


class EmailTaken(Exception):
    """Somebody with the new email is in the same session already: two seats would become one person's."""


@transaction.atomic
def correct_email(*, enrolment: Enrolment, email: str, now: datetime.datetime, by: User, with_others: bool = False) -> Enrolment:
    """Gives the enrolment to the participant of `email`; `with_others`: all enrolments of the old one, when it was hers throughout.

    The link in earlier mails dies (whoever reads the wrong mailbox must not cancel the seat), mails still to leave are dropped,
    and the current status is mailed to the new address.
    """
    # Before the locks, as when somebody enrols: whoever waits for this row must not hold others.
    right = participant_of(email=email, name=enrolment.name)
    rows = Enrolment.objects.known().select_for_update(of=("self",)).select_related("session__module", "session__venue", "participant")
    current = rows.get(pk=enrolment.pk)
    wrong = current.participant
    if wrong is None or wrong.pk == right.pk:
        raise SameEmail
    others = list(rows.filter(participant=wrong).exclude(pk=current.pk).order_by("pk")) if with_others else []
    for each in (current, *others):
        _give(each, right, wrong.email, now=now, by=by)
    Participant.objects.filter(pk=wrong.pk, enrolments=None).delete()
    return current


def other_enrolments(enrolment: Enrolment) -> int:
    """How many more enrolments are known under the same email."""
    return Enrolment.objects.known().filter(participant=enrolment.participant_id).exclude(pk=enrolment.pk).count()


def _give(enrolment: Enrolment, to: Participant, old_email: str, *, now: datetime.datetime, by: User) -> None:
    if enrolment.status in ACTIVE and enrolment.session.enrolments.active().filter(participant=to).exists():
        raise EmailTaken
    enrolment.participant = to
    enrolment.token = secret_token()
    if enrolment.group is not None and enrolment.group.contact_email == old_email:
        _give_group(enrolment.group, to.email, enrolment.session, now)
    enrolment.save(update_fields=["participant", "token"])
    OutgoingMail.objects.about_row(enrolment).filter(to=old_email).exclude(status=MailStatus.SENT).delete()
    record_transition(enrolment, enrolment.status, now=now, by=by, reason=SystemNote.EMAIL_CORRECTED)
    _send_again(enrolment, now)


def _give_group(group: EnrolmentGroup, email: str, session: Session, now: datetime.datetime) -> None:
    """She answers for colleagues, too: the link of the group moves with her."""
    group.contact_email, group.token = email, secret_token()
    group.save(update_fields=["contact_email", "token"])
    tell_contact(group, Event.ENROLLED, session=session, now=now)


def _send_again(enrolment: Enrolment, now: datetime.datetime) -> None:
    """What the person still needs: her status while it matters, afterwards her certificate."""
    if enrolment.session.phase(now) != Phase.OVER:
        if enrolment.status in ACTIVE:
            notices.notify_status(enrolment, now=now)
        return
    certificate = Certificate.objects.filter(enrolment=enrolment, revoked_at=None).first()
    if certificate is not None:
        certificate.enrolment = enrolment
        notices.notify_certificate(certificate, now=now)
