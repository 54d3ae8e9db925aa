"""The duty that sends what is due: one transaction a person, with the row of the ledger, so that each mail leaves exactly once."""

import datetime

from django.db import IntegrityError, transaction

from core.models import OutgoingMail
from trainings.enrolment.seats import lock_enrolment
from trainings.mailings.letters import letter_by_rule, send
from trainings.mailings.plan import by_day
from trainings.mailings.selectors import due_mails, turn_of
from trainings.models import MailRule, RuleMail


def send_due_mails(*, now: datetime.datetime) -> int:
    """By day only. Returns how many mails were queued."""
    if by_day(now) != now:
        return 0
    due = [(each.rule, pk) for each in due_mails(now=now) for pk in sorted(each.turns)]
    return sum(send_by_rule(rule_id=rule.pk, enrolment_id=pk, now=now) is not None for rule, pk in due)


@transaction.atomic
def send_by_rule(*, rule_id: int, enrolment_id: int, now: datetime.datetime) -> OutgoingMail | None:
    """Writes the mail of a rule to one person, if it is still due. None: the facts have changed, or somebody else wrote it.

    Under the lock of the session: who cancels or moves at this moment comes wholly before or after.
    """
    enrolment = lock_enrolment(enrolment_id)
    rule = MailRule.objects.get(pk=rule_id)
    due = turn_of(rule, enrolment, now=now)
    written = letter_by_rule(rule, enrolment, now=now) if due else None
    if due is None or written is None:
        return None
    row = RuleMail(
        rule=rule,
        session=enrolment.session,
        enrolment=enrolment,
        turn=due.turns[enrolment.pk],
        planned_at=due.planned_at,
        left_at=now,
    )
    try:
        # The ledger decides, whatever the lock is worth on this database.
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    row.mail = send(written, now=now)
    row.save(update_fields=["mail"])
    return row.mail
