"""The link of an evaluation in the mails by rule: to whom it is open, once answered no more."""

import pytest

from tests.trainings.evaluation.scenes import make_questionnaire
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory
from tests.trainings.mail import mails_to
from tests.trainings.mailings.factories import MailRuleFactory
from tests.trainings.mailings.moments import at, session_on
from trainings.evaluation.answer import submit_evaluation
from trainings.evaluation.links import evaluation_link
from trainings.evaluation.team_lead import name_team_lead
from trainings.mailings.send import send_due_mails
from trainings.models import Enrolment, MailRule, TeamLead
from trainings.models.mailings import Audience, MailKind, Moment

pytestmark = pytest.mark.django_db


def there(session: object) -> Enrolment:
    enrolment: Enrolment = EnrolmentFactory(session=session, created_at=at(1, 4))
    AttendanceFactory(enrolment=enrolment)
    return enrolment


def rule(kind: MailKind, *, days: int, audience: Audience = Audience.PRESENT) -> MailRule:
    words = {f"body_{language}": "Merci {name} !\n\n{evaluation}" for language in ("fr", "nl", "en")}
    made: MailRule = MailRuleFactory(kind=kind, days=days, moment=Moment.AFTER_LAST, audience=audience, **words)
    return made


def test_thanks_ask_whoever_has_not_answered_yet() -> None:
    make_questionnaire()
    rule(MailKind.THANKS, days=2)
    session = session_on(3, 10)
    asked, done = there(session), there(session)
    submit_evaluation(enrolment=done, kind="hot", answers={}, now=at(3, 10, 13))
    assert send_due_mails(now=at(3, 12, 10)) == 2
    assert evaluation_link(asked, "hot") in mails_to(asked.email)[0].text
    assert "evaluation/" not in mails_to(done.email)[0].text


def test_months_later_only_they_get_a_mail_and_the_team_lead_hers() -> None:
    for purpose in ("cold", "lead"):
        make_questionnaire(purpose)
    rule(MailKind.EVALUATION, days=120)
    rule(MailKind.EVALUATION, days=120, audience=Audience.TEAM_LEADS)
    session = session_on(3, 10)
    asked, done = there(session), there(session)
    name_team_lead(enrolment=asked, name="Sam Exemple", email="lead@example.org", now=at(3, 11))
    TeamLead.objects.update(language="nl")
    submit_evaluation(enrolment=done, kind="cold", answers={}, now=at(7, 1))
    assert send_due_mails(now=at(7, 8, 10)) == 2
    assert evaluation_link(asked, "cold") in mails_to(asked.email)[0].text
    [mail] = mails_to("lead@example.org")
    assert evaluation_link(asked, "lead", language="nl") in mail.text
    assert asked.token not in mail.text
    assert mails_to(done.email) == []


def test_without_an_open_questionnaire_nobody_is_asked() -> None:
    rule(MailKind.EVALUATION, days=120)
    there(session_on(3, 10))
    assert send_due_mails(now=at(7, 8, 10)) == 0
