"""Mails by rule in the back-office: checked before they are stored, seen before they leave; messages to the people of a session."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core import clock
from tests.trainings.factories import AttendanceFactory, EnrolmentFactory, SessionFactory
from tests.trainings.mail import mails_to
from tests.trainings.mailings.factories import MailRuleFactory, SessionMessageFactory
from tests.trainings.mailings.moments import at, move, session_on
from tests.versions import Tab, version_of
from trainings.mailings.send import send_due_mails
from trainings.models import Enrolment, MailRule, RuleException, Session, SessionMessage, TeamLead, Trainer
from trainings.models.mailings import Audience, Moment

pytestmark = pytest.mark.django_db
NOW = at(3, 1)


@pytest.fixture(autouse=True)
def on_the_first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def form_of_a_rule(**changes: object) -> dict[str, object]:
    """A reminder as somebody types it."""
    words = {f"subject_{code}": "Bientôt : {title}" for code in ("fr", "nl", "en")}
    words |= {f"body_{code}": "Bonjour {name},\n\n{dates}" for code in ("fr", "nl", "en")}
    facts = {"name": "Rappel", "kind": "reminder", "days": 2, "moment": "before_first", "hour": 10, "audience": "seated"}
    return facts | words | changes


def page(client: Client, name: str, *keys: int, **asked: object) -> str:
    response = client.get(reverse(name, args=keys), asked)
    assert response.status_code == 200
    return response.content.decode()


class TestARule:
    def test_is_added_off_looked_at_and_switched_on(self, coordinator: Client) -> None:
        response = coordinator.post(reverse("trainings_mail_rules:add"), form_of_a_rule())
        rule = MailRule.objects.get()
        assert response["Location"] == reverse("trainings_mail_rules:inspect", args=[rule.pk])
        assert not rule.is_on
        assert "2 days before the first meeting, at 10.00" in page(coordinator, "trainings_mail_rules:inspect", rule.pk)
        coordinator.post(reverse("trainings_backoffice:switch_on_mail_rule", args=[rule.pk]))
        rule.refresh_from_db()
        assert rule.active_since == NOW

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"body_nl": ""}, "The words in Dutch are missing"),
            ({"subject_en": ""}, "The words in English are missing"),
            ({"body_fr": "Bonjour {nom}"}, "{nom} is no placeholder of this mail"),
            ({"subject_fr": "{dates}"}, "cannot stand in a subject"),
            ({"body_en": "{dates} soon"}, "{dates} needs a line of its own"),
            ({"hour": 22}, "less than or equal to 20"),
            ({"days": 0}, "greater than or equal to 1"),
            ({"audience": "present"}, "Before the first meeting nobody knows"),
            ({"audience": "waiting", "moment": "after_last"}, "nobody waits for it any more"),
            ({"reaches_late": "on", "moment": "after_last"}, "Only a mail that leaves before a meeting"),
            ({"kind": "payment", "moment": "after_first"}, "needs {payment} in its words"),
            ({"kind": "evaluation", "moment": "after_last", "days": 30, "audience": "present"}, "can be answered from 92 to 183 days"),
            ({"kind": "thanks", "moment": "after_last", "audience": "team_leads"}, "Team leads agreed to the evaluation"),
        ],
    )
    def test_what_is_wrong_is_said_before_it_is_stored(self, coordinator: Client, changes: dict[str, object], said: str) -> None:
        response = coordinator.post(reverse("trainings_mail_rules:add"), form_of_a_rule(**changes))
        assert said in response.content.decode()
        assert not MailRule.objects.exists()

    def test_another_moment_counts_from_now_and_other_words_do_not(self, coordinator: Client) -> None:
        rule = MailRuleFactory()
        since = []
        for typed in ({"subject_fr": "Rappel"}, {"days": "3"}):
            Tab(coordinator, reverse("trainings_mail_rules:edit", args=[rule.pk])).save(**typed)
            rule.refresh_from_db()
            since.append(rule.active_since)
        assert (rule.subject_fr, rule.days) == ("Rappel", 3)
        assert since[0] != NOW
        assert since[1] == NOW

    def test_the_usual_ones_are_added_with_a_button(self, coordinator: Client) -> None:
        url = reverse("trainings_backoffice:add_mail_rules")
        assert "switched off" in page(coordinator, "trainings_backoffice:add_mail_rules")
        coordinator.post(url)
        assert MailRule.objects.count() == 6
        listing = page(coordinator, "trainings_mail_rules:index")
        assert "Reminder, two days before" in listing
        assert url in listing

    def test_the_preview_is_the_mail_to_somebody_of_a_real_session(self, coordinator: Client) -> None:
        rule, session = MailRuleFactory(), session_on(3, 10)
        who = EnrolmentFactory(session=session)
        shown = page(coordinator, "trainings_backoffice:preview_mail_rule", rule.pk, session=session.pk, language="nl")
        assert f"Dag {who.name}," in shown
        assert "woensdag 10 maart 2027" in shown
        assert f"Bonjour {who.name}," in page(coordinator, "trainings_backoffice:preview_mail_rule", rule.pk)
        assert mails_to(who.email) == []

    def test_the_preview_without_any_session_says_so(self, coordinator: Client) -> None:
        assert "Nobody is in this session" in page(coordinator, "trainings_backoffice:preview_mail_rule", MailRuleFactory().pk)


class TestPlannedMails:
    def test_the_session_says_when_and_to_how_many_before_and_after(self, coordinator: Client) -> None:
        MailRuleFactory()
        session = session_on(3, 10)
        EnrolmentFactory.create_batch(2, session=session, created_at=at(1, 5))
        assert "will leave on 8 March 2027, 10.00 to 2 people" in page(coordinator, "trainings_sessions:inspect", session.pk)
        move(session, at(3, 20, 9, 30))
        assert "will leave on 18 March 2027, 10.00 to 2 people" in page(coordinator, "trainings_sessions:inspect", session.pk)
        assert "will leave on 18 March 2027, 10.00 to 2 people" in page(coordinator, "trainings_backoffice:planned_mails")
        send_due_mails(now=at(3, 18, 10))
        assert "18 March 2027, 10.00, to 2 people" in page(coordinator, "trainings_sessions:inspect", session.pk)

    def test_what_depends_on_presence_says_so(self, coordinator: Client) -> None:
        MailRuleFactory(audience=Audience.PRESENT, moment=Moment.AFTER_LAST)
        session = session_on(3, 10)
        EnrolmentFactory(session=session)
        assert "once presence is marked (1 person has a seat)" in page(coordinator, "trainings_sessions:inspect", session.pk)

    def test_one_is_left_out_and_put_back(self, coordinator: Client) -> None:
        rule, session = MailRuleFactory(), session_on(3, 10)
        EnrolmentFactory(session=session, created_at=at(1, 5))
        coordinator.post(reverse("trainings_backoffice:leave_out_mail", args=[session.pk, rule.pk]))
        assert "left out for this session" in page(coordinator, "trainings_sessions:inspect", session.pk)
        coordinator.post(reverse("trainings_backoffice:put_back_mail", args=[session.pk, rule.pk]))
        assert not RuleException.objects.exists()

    def test_a_trainer_sees_those_of_her_sessions_and_changes_none(self, as_trainer: Client, trainer: Trainer) -> None:
        rule, own, other = MailRuleFactory(), session_on(3, 10), session_on(3, 11)
        own.trainers.add(trainer)
        for session in (own, other):
            EnrolmentFactory(session=session, created_at=at(1, 5))
        listing = page(as_trainer, "trainings_backoffice:planned_mails")
        assert own.reference in listing
        assert other.reference not in listing
        assert "leave-out" not in page(as_trainer, "trainings_sessions:inspect", own.pk)
        for name, keys in (("leave_out_mail", [own.pk, rule.pk]), ("write_message", [own.pk]), ("switch_off_mail_rule", [rule.pk])):
            as_trainer.post(reverse(f"trainings_backoffice:{name}", args=keys))
        rule.refresh_from_db()
        assert rule.is_on
        assert not RuleException.objects.exists()


def field(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html) or re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)
    assert found
    return found[1]


class TestWriteToPeople:
    def words(self, **changes: object) -> dict[str, object]:
        return {"audience": "seated", "language": "", "subject": "La salle", "body": "Bonjour {name},\n\nPremier étage."} | changes

    def look(self, client: Client, session: Session, **changes: object) -> dict[str, object]:
        """Writes and looks; answers with the form as the page holds it."""
        url = reverse("trainings_backoffice:write_message", args=[session.pk])
        key = field(client.get(url).content.decode(), "key")
        html = client.post(url, self.words(**changes) | {"key": key}).content.decode()
        assert "gets it" in html or "get it" in html
        return self.words(**changes) | {"key": key, "seen": field(html, "seen"), "send": "1"}

    def test_written_looked_at_sent_once_and_kept(self, coordinator: Client) -> None:
        session = session_on(3, 10)
        who = EnrolmentFactory(session=session)
        url = reverse("trainings_backoffice:write_message", args=[session.pk])
        form = self.look(coordinator, session)
        assert mails_to(who.email) == []
        for _press in range(2):
            coordinator.post(url, form)
        assert [mail.subject for mail in mails_to(who.email)] == ["La salle"]
        message = SessionMessage.objects.get()
        history = page(coordinator, "trainings_sessions:inspect", session.pk)
        assert reverse("trainings_backoffice:message", args=[session.pk, message.pk]) in history
        assert who.name in page(coordinator, "trainings_backoffice:message", session.pk, message.pk)
        assert ModelLogEntry.objects.filter(action="trainings.write_message").exists()

    def test_other_words_or_other_people_are_looked_at_again(self, coordinator: Client) -> None:
        session = session_on(3, 10)
        EnrolmentFactory(session=session)
        url = reverse("trainings_backoffice:write_message", args=[session.pk])
        form = self.look(coordinator, session)
        assert "look again" in coordinator.post(url, form | {"body": "Autre chose"}).content.decode()
        EnrolmentFactory(session=session)
        assert "look again" in coordinator.post(url, form).content.decode()
        assert not SessionMessage.objects.exists()

    def test_a_wrong_placeholder_and_nobody_to_write_to_are_said(self, coordinator: Client) -> None:
        session = SessionFactory()
        url = reverse("trainings_backoffice:write_message", args=[session.pk])
        key = field(coordinator.get(url).content.decode(), "key")
        assert "{nom} is no placeholder" in coordinator.post(url, self.words(body="{nom}") | {"key": key}).content.decode()
        assert "Nobody of this session is meant" in coordinator.post(url, self.words() | {"key": key}).content.decode()

    def test_at_night_it_waits_and_says_so(self, coordinator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(3, 1, 23))
        session = session_on(3, 10)
        who = EnrolmentFactory(session=session)
        coordinator.post(reverse("trainings_backoffice:write_message", args=[session.pk]), self.look(coordinator, session))
        assert mails_to(who.email) == []
        assert "leaves on 2 March 2027, 9.00" in page(
            coordinator, "trainings_backoffice:message", session.pk, SessionMessage.objects.get().pk
        )

    def test_a_message_belongs_to_its_session(self, coordinator: Client) -> None:
        message = SessionMessageFactory()
        other = SessionFactory()
        assert coordinator.get(reverse("trainings_backoffice:message", args=[other.pk, message.pk])).status_code != 200


class TestTeamLead:
    def form(self, **changes: object) -> dict[str, object]:
        return {"name": "Zoé Cheffe", "email": "lead@example.org", "language": "fr", "agrees": "on"} | changes

    def test_is_noted_with_her_agreement_and_forgotten(self, coordinator: Client) -> None:
        who: Enrolment = EnrolmentFactory()
        AttendanceFactory(enrolment=who, marked_at=timezone.now())
        url = reverse("trainings_backoffice:note_team_lead", args=[who.pk])
        assert coordinator.post(url, self.form(agrees="") | version_of(coordinator, url)).status_code == 422
        coordinator.post(url, self.form() | version_of(coordinator, url))
        assert TeamLead.objects.get().agreed_at == NOW
        assert "lead@example.org" in page(coordinator, "trainings_enrolments:inspect", who.pk)
        mine, other = Tab(coordinator, url), Tab(coordinator, url)
        other.save(name="Une autre", agrees="on")
        mine.save(email="new@example.org", agrees="on")
        lead = TeamLead.objects.get()
        assert (lead.name, lead.email) == ("Une autre", "new@example.org"), "what somebody else changed meanwhile stays"
        coordinator.post(reverse("trainings_backoffice:forget_team_lead", args=[who.pk]))
        assert not TeamLead.objects.exists()
