"""A request, from the form to the last meeting: who may do what when, and what the contact person reads."""

import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.lifecycle.transitions import TransitionNotAllowed
from tests.trainings.factories import ModuleFactory, VenueFactory, make_sheets
from tests.trainings.forms import send
from tests.trainings.mail import kinds_to, links_in, mails_to
from tests.trainings.requests.factories import TrainingRequestFactory
from tests.trainings.requests.stories import accepted, coordinator, planned, proposed, send_again
from trainings.enrolment.enrol import CannotEnrol
from trainings.enums import EnrolmentStatus, SessionKind, SessionStatus
from trainings.models import Session, TrainingRequest
from trainings.models.requests import RequestStatus, Turn
from trainings.planning.sessions import cancel_session
from trainings.requests.participants.enrol_list import LineStatus, enrol_people, left_over
from trainings.requests.plan import PlanData, finish_requests, plan_request
from trainings.requests.proposals import CannotPropose, ProposalRefusal, accept_proposal
from trainings.requests.selectors import in_turn, requests_with_turn
from trainings.requests.steps import SessionsStand, ask_for_needs, decline_request, tell_needs, withdraw_request
from trainings.requests.words import step_of

pytestmark = pytest.mark.django_db

TYPED = {
    "organisation": "Maison Exemple",
    "name": "Alix Exemple",
    "email": "alix@example.org",
    "language": "fr",
    "purpose": "Nous accueillons depuis peu des personnes qui consomment.",
    "people": "9",
    "period": "au printemps",
}
PEOPLE = "Camille Exemple <camille@example.org>\nDo Exemple;do@example.org;infirmière"


def ask(client: Client, **typed: Any) -> Any:
    return send(client, "/fr/demander-une-formation/", **TYPED | typed)


def page_of(client: Client, request: TrainingRequest, name: str = "follow_request", *args: Any) -> Any:
    with translation.override("fr"):
        return client.get(reverse(f"trainings:{name}", args=[request.token, *args]))


def turn(request: TrainingRequest) -> str:
    return requests_with_turn(timezone.localdate()).get(pk=request.pk).turn


class TestAsking:
    def test_each_sheet_leads_to_the_form_with_its_training_chosen(self, client: Client) -> None:
        sheets = make_sheets(ModuleFactory())
        html = client.get(sheets["fr"].url).content.decode()
        href = f"/fr/demander-une-formation/?module={sheets['fr'].module.number}"
        assert href in html
        form = client.get(href).content.decode()
        assert f'<option value="{sheets["fr"].module.number}" selected' in form

    def test_the_contact_person_gets_a_link_and_the_coordinators_hear_of_it(self, client: Client) -> None:
        sheet, colleague = make_sheets(ModuleFactory())["fr"], coordinator()
        assert ask(client, module=str(sheet.module.number)).status_code == 302
        request = TrainingRequest.objects.get()
        assert (request.status, request.module, request.people, request.period) == ("received", sheet.module, 9, "au printemps")
        [mail] = mails_to("alix@example.org")
        assert sheet.title in mail.subject
        assert any(request.token in link for link in links_in(mail.text))
        assert kinds_to(colleague.email) == ["request_news"]
        assert TYPED["purpose"] in page_of(client, request).content.decode()

    def test_the_same_form_sent_twice_is_one_request(self, client: Client) -> None:
        ask(client)
        ask(client)
        assert TrainingRequest.objects.count() == len(mails_to("alix@example.org")) == 1
        ask(client, period="en automne")
        assert TrainingRequest.objects.count() == 2

    def test_a_link_nobody_has_and_pages_nobody_indexes(self, client: Client) -> None:
        request = TrainingRequestFactory()
        answer = page_of(client, request)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Cache-Control"] == "no-store, private"
        assert client.get(f"/fr/ma-demande/{'x' * 43}/").status_code == 404

    def test_the_mail_says_what_the_page_says(self, client: Client) -> None:
        for request in (proposed(), accepted(), planned()[0]):
            mail = mails_to(request.email)[-1]
            html = unescape(page_of(client, request).content.decode())
            with translation.override("fr"):
                step = step_of(request, now=timezone.now())
            for sentence in (step.title, *step.sentences):
                assert sentence in mail.text
                assert sentence in html


class TestNeeds:
    def test_asked_then_told_and_it_is_our_turn(self, client: Client) -> None:
        request = TrainingRequestFactory()
        assert turn(request) == Turn.OURS
        ask_for_needs(request=request, now=timezone.now(), by=(colleague := coordinator()))
        assert turn(request) == Turn.THEIRS
        send(client, f"/fr/ma-demande/{request.token}/besoins/", message="Une équipe de nuit.")
        request.refresh_from_db()
        assert (request.needs, request.owner) == ("Une équipe de nuit.", colleague)
        assert turn(request) == Turn.OURS
        assert kinds_to(colleague.email) == ["request_news"], "who is in charge hears of it"

    def test_after_the_proposal_it_is_too_late(self) -> None:
        request = proposed()
        with pytest.raises(TransitionNotAllowed):
            tell_needs(request=request, needs="Trop tard", now=timezone.now())


class TestProposal:
    def test_a_page_that_is_only_read_accepts_nothing(self, client: Client) -> None:
        request = proposed()
        for name in ("read_proposal", "accept_proposal"):
            assert page_of(client, request, name, 1).status_code == 200
        request.refresh_from_db()
        assert request.status == RequestStatus.PROPOSAL

    def test_accepted_by_a_button_once(self, client: Client) -> None:
        request = proposed()
        send(client, f"/fr/ma-demande/{request.token}/accepter/1/")
        request.refresh_from_db()
        assert request.status == RequestStatus.ACCEPTED
        accept_proposal(request=request, version=1, now=timezone.now(), today=timezone.localdate())
        assert kinds_to(request.email) == ["request_step", "request_step"], "pressed twice, it is accepted once"

    def test_the_version_that_was_read_is_the_one_that_is_accepted(self) -> None:
        request = proposed()
        send_again(request, price="1 200 €")
        with pytest.raises(CannotPropose) as refusal:
            accept_proposal(request=request, version=1, now=timezone.now(), today=timezone.localdate())
        assert refusal.value.reason == ProposalRefusal.OTHER_VERSION

    def test_until_its_last_day_and_no_longer(self) -> None:
        request = proposed()
        last = request.proposals.get().valid_until
        with pytest.raises(CannotPropose):
            accept_proposal(request=request, version=1, now=timezone.now(), today=last + datetime.timedelta(days=1))
        accept_proposal(request=request, version=1, now=timezone.now(), today=last)
        assert requests_with_turn(last).get(pk=request.pk).turn == Turn.OURS

    def test_an_old_version_reads_as_it_was_sent(self, client: Client) -> None:
        request = proposed()
        part = request.proposals.get().parts.get()
        before = part.module
        assert before
        send_again(request, price="1 200 €")
        before.name = "Un autre titre"
        before.save()
        html = page_of(client, request, "read_proposal", 1).content.decode()
        assert "900 €, déplacement compris" in html
        assert "Un autre titre" not in html

    def test_as_a_pdf_for_everybody(self, client: Client) -> None:
        request = proposed()
        answer = page_of(client, request, "proposal_pdf", 1)
        assert answer["Content-Type"] == "application/pdf"
        assert b"pdfuaid:part" in answer.content

    def test_changes_are_asked_for_and_it_is_our_turn_again(self, client: Client) -> None:
        request = proposed()
        send(client, f"/fr/ma-demande/{request.token}/modifications/", message="Plutôt le mardi.")
        request.refresh_from_db()
        assert (request.status, request.needs, turn(request)) == (RequestStatus.ANALYSIS, "Plutôt le mardi.", Turn.OURS)
        send_again(request)
        assert list(request.proposals.values_list("version", flat=True)) == [1, 2]


class TestPlanned:
    def test_the_sessions_are_in_house_and_in_no_catalogue(self, client: Client) -> None:
        request, session = planned(module=ModuleFactory())
        assert (session.kind, session.status, session.meetings.count()) == (SessionKind.IN_HOUSE_TRAINING, SessionStatus.PUBLISHED, 2)
        assert session.module
        sheets = make_sheets(session.module)
        assert session.reference not in client.get(sheets["fr"].url).content.decode()
        assert not Session.objects.in_catalogue().filter(pk=session.pk).exists()
        assert any(session.module.name in mail.text for mail in mails_to(request.email)), "the mail names it"

    def test_a_proposal_nobody_accepted_is_not_planned(self) -> None:
        request = proposed()
        with pytest.raises(TransitionNotAllowed):
            plan_request(request=request, data=PlanData(venue=VenueFactory(), capacity=9, spans={}), now=timezone.now(), by=coordinator())
        assert not Session.objects.exists()

    def test_a_declined_request_is_not_accepted_by_an_old_page(self) -> None:
        request = proposed()
        decline_request(request=request, reason="Complet.", now=timezone.now(), by=coordinator())
        with pytest.raises(TransitionNotAllowed):
            accept_proposal(request=request, version=1, now=timezone.now(), today=timezone.localdate())

    def test_it_is_done_when_the_last_meeting_is_over(self) -> None:
        request, session = planned()
        last = session.meetings.latest("starts_at").ends_at
        minute = datetime.timedelta(minutes=1)
        assert [finish_requests(now=at) for at in (last - minute, last + minute, last + 2 * minute)] == [0, 1, 0]
        request.refresh_from_db()
        assert request.status == RequestStatus.DONE

    def test_sessions_are_cancelled_before_the_request_ends(self) -> None:
        request, session = planned()
        with pytest.raises(SessionsStand):
            withdraw_request(request=request, reason="", now=timezone.now(), by=coordinator())
        cancel_session(session=session, message="Reporté", now=timezone.now(), by=coordinator())
        withdraw_request(request=request, reason="Reporté", now=timezone.now(), by=coordinator())
        request.refresh_from_db()
        assert request.status == RequestStatus.WITHDRAWN
        assert finish_requests(now=timezone.now() + datetime.timedelta(days=60)) == 0


class TestList:
    def test_each_person_has_a_seat_and_her_own_mail(self) -> None:
        request, session = planned()
        outcomes = enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())
        assert [each.status for each in outcomes] == [LineStatus.ENROLLED, LineStatus.ENROLLED]
        assert kinds_to("do@example.org") == ["enrolment_confirmed"]
        enrolled = session.enrolments.get(participant__email="do@example.org")
        assert (enrolled.function, enrolled.organisation_name) == ("infirmière", request.organisation_name)
        assert enrolled.transitions.get().reason == "on_list"

    def test_sent_twice_changes_nothing_and_writes_to_nobody(self) -> None:
        request, session = planned()
        enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())
        again = enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())
        assert {each.status for each in again} == {LineStatus.ALREADY}
        assert len(mails_to("do@example.org")) == 1

    def test_more_people_than_seats_wait(self) -> None:
        request, session = planned(capacity=1)
        outcomes = enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())
        assert [each.status for each in outcomes] == [LineStatus.ENROLLED, LineStatus.WAITING]
        assert session.enrolments.filter(status=EnrolmentStatus.WAITING).count() == 1

    def test_nothing_is_lost_what_was_not_understood_comes_back(self, client: Client) -> None:
        request, session = planned()
        typed = f"Nom;E-mail\n{PEOPLE}\nSans adresse"
        html = send(client, f"/fr/ma-demande/{request.token}/liste/", message=typed).content.decode()
        assert "Sans adresse</textarea>" in html
        assert session.enrolments.count() == 2
        outcomes = enrol_people(request=request, session=session, text=typed, now=timezone.now())
        assert left_over(outcomes) == "Sans adresse"

    def test_the_link_to_share_leads_to_the_form_of_the_session(self, client: Client) -> None:
        request, session = planned()
        html = page_of(client, request, "request_people").content.decode()
        assert f"/fr/inscription/{session.reference}/" in html
        assert client.get(f"/fr/inscription/{session.reference}/").status_code == 200

    def test_the_list_of_another_request_is_not_filled_by_this_one(self) -> None:
        request, _session = planned()
        _other, theirs = planned()
        with pytest.raises(CannotEnrol):
            enrol_people(request=request, session=theirs, text=PEOPLE, now=timezone.now())

    def test_nobody_is_added_once_it_has_begun(self, client: Client) -> None:
        request, session = planned()
        session.meetings.filter(pk=session.meetings.earliest("starts_at").pk).update(starts_at=timezone.now() - datetime.timedelta(hours=1))
        url = f"/fr/ma-demande/{request.token}/liste/"
        assert "<textarea" not in client.get(url).content.decode()
        with pytest.raises(CannotEnrol):
            enrol_people(request=request, session=session, text=PEOPLE, now=timezone.now())


class TestEnds:
    def test_declined_with_a_reason_that_is_read(self, client: Client) -> None:
        request = TrainingRequestFactory()
        decline_request(request=request, reason="Nous n’avons personne avant l’été.", now=timezone.now(), by=coordinator())
        assert "Nous n’avons personne avant l’été." in mails_to(request.email)[-1].text
        assert "Nous n’avons personne avant l’été." in page_of(client, request).content.decode()

    def test_withdrawn_by_link_and_who_is_in_charge_hears_of_it(self, client: Client) -> None:
        request = TrainingRequestFactory(owner=(colleague := coordinator()))
        send(client, f"/fr/ma-demande/{request.token}/retirer/", message="")
        assert TrainingRequest.objects.get(pk=request.pk).status == RequestStatus.WITHDRAWN
        assert kinds_to(colleague.email) == ["request_news"]
        assert page_of(client, request, "withdraw_request").status_code == 302, "nothing is left to withdraw"


def test_what_waits_for_us_comes_first() -> None:
    theirs = proposed()
    over = TrainingRequestFactory(status=RequestStatus.DECLINED)
    old = TrainingRequestFactory(created_at=timezone.now() - datetime.timedelta(days=9))
    new = TrainingRequestFactory()
    assert list(in_turn(requests_with_turn(timezone.localdate()))) == [old, new, theirs, over]
