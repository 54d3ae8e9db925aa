"""Switches rules on and off, leaves one out for a session, and notes the team leads they may write to."""

import datetime

from django.db import transaction

from core.models import User
from trainings.mailings.starter import STARTER_RULES
from trainings.models import Enrolment, MailRule, RuleException, Session, TeamLead

# What decides when a mail leaves and to whom: changed, the rule counts from that moment on.
TIMING = ("kind", "days", "moment", "hour", "audience", "reaches_late")


@transaction.atomic
def switch_rule(*, rule: MailRule, on: bool, now: datetime.datetime) -> MailRule:
    """On: it counts from now, and writes to nobody about what was due before. Switching on what is on changes nothing."""
    current = MailRule.objects.select_for_update().get(pk=rule.pk)
    if current.is_on != on:
        current.active_since = now if on else None
        current.save(update_fields=["active_since"])
    return current


@transaction.atomic
def count_from_now(*, rule: MailRule, now: datetime.datetime) -> None:
    """After its moment or its people changed: what would have been due before by the new rule never leaves."""
    MailRule.objects.filter(pk=rule.pk).exclude(active_since=None).update(active_since=now)


@transaction.atomic
def leave_out(*, rule: MailRule, session: Session, now: datetime.datetime, by: User) -> RuleException:
    """No mail of this rule for this session. What left, left."""
    exception, _is_new = RuleException.objects.get_or_create(rule=rule, session=session, defaults={"at": now, "by": by})
    return exception


@transaction.atomic
def put_back(*, rule: MailRule, session: Session) -> None:
    """The mail is planned again, if its moment is not too long past."""
    RuleException.objects.filter(rule=rule, session=session).delete()


@transaction.atomic
def add_starter_rules() -> list[MailRule]:
    """The usual rules whose kind and people no rule has yet, switched off, named in the language that is active."""
    known = set(MailRule.objects.values_list("kind", "audience"))
    missing = [facts for facts in STARTER_RULES if (facts["kind"], facts["audience"]) not in known]
    return [MailRule.objects.create(**facts | {"name": str(facts["name"])}) for facts in missing]


@transaction.atomic
def note_team_lead(*, enrolment: Enrolment, name: str, email: str, language: str, now: datetime.datetime, by: User | None) -> TeamLead:
    """She agreed to be asked some months later. Somebody else takes the place of who was noted before."""
    facts = {"name": name, "email": email, "language": language, "agreed_at": now, "noted_by": by}
    lead, _is_new = TeamLead.objects.update_or_create(enrolment=enrolment, defaults=facts)
    return lead


@transaction.atomic
def forget_team_lead(*, enrolment: Enrolment) -> None:
    """She is asked nothing."""
    TeamLead.objects.filter(enrolment=enrolment).delete()
