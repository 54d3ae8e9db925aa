"""Requests in the admin: what waits for whom, and a request taken from the first mail to its sessions by its buttons alone."""

import datetime
from io import BytesIO
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import OutgoingMail
from tests.core.people import browser_of, member
from tests.html import texts
from tests.trainings.factories import ModuleFactory, TrainerFactory, VenueFactory
from tests.trainings.mail import kinds_to
from tests.trainings.requests.factories import TrainingRequestFactory
from tests.trainings.requests.stories import accepted, planned, proposed, span
from tests.versions import Tab, version_of
from trainings.backoffice.requests.fields import MeetingsField, written_spans
from trainings.models import Session, TrainingRequest
from trainings.models.requests import RequestStatus
from trainings.requests.selectors import current_proposal

pytestmark = pytest.mark.django_db
OVERWRITING = {"assign_request", "write_proposal"}


def page(client: Client, request: TrainingRequest) -> str:
    return client.get(reverse("trainings_requests:inspect", args=[request.pk])).content.decode()


def act(client: Client, name: str, pk: int, **typed: Any) -> Any:
    """Opens the form and sends it, with the version it read where it overwrites something."""
    url = reverse(f"trainings_backoffice:{name}", args=[pk])
    return client.post(url, (version_of(client, url) if name in OVERWRITING else {}) | typed)


def next_button(html: str) -> list[str]:
    return texts(html, ".smes-next a.button")


class TestStory:
    def test_from_the_request_to_its_sessions(self, coordinator: Client) -> None:
        module, venue, trainer = ModuleFactory(), VenueFactory(), TrainerFactory()
        request = TrainingRequestFactory(module=module, people=9)
        assert next_button(page(coordinator, request)) == ["Ask what the team needs"]
        act(coordinator, "ask_for_needs", request.pk)
        until = timezone.localdate() + datetime.timedelta(days=20)
        act(
            coordinator,
            "write_proposal",
            request.pk,
            module_1=module.pk,
            dates_1=written_spans([span(40), span(47)]),
            title_2="Une matinée sur mesure",
            dates_2=written_spans([span(54)]),
            price="900 €",
            valid_until=f"{until:%d/%m/%Y}",
            trainers=[trainer.pk],
        )
        assert next_button(page(coordinator, request)) == ["Send the proposal"]
        draft = request.proposals.get()
        assert coordinator.get(reverse("trainings_backoffice:proposal_pdf", args=[draft.pk]))["Content-Type"] == "application/pdf"
        act(coordinator, "send_proposal", request.pk)
        assert next_button(page(coordinator, request)) == [], "it is the turn of the organisation"
        assert kinds_to(request.email) == ["request_step", "request_step"]

        request = accepted(module=module, people=9)
        assert next_button(page(coordinator, request)) == ["Plan the sessions"]
        proposal = current_proposal(request)
        assert proposal
        part = proposal.parts.get()
        form = coordinator.get(reverse("trainings_backoffice:plan_request", args=[request.pk])).content.decode()
        assert written_spans([span(40)]) in form, "the meetings of the proposal are filled in"
        answer = act(
            coordinator,
            "plan_request",
            request.pk,
            venue=venue.pk,
            capacity=9,
            **{f"dates_{part.pk}": written_spans([span(41)])},
        )
        assert answer.status_code == 302
        session = Session.objects.get()
        assert (session.capacity, session.venue, session.meetings.get().starts_at) == (9, venue, span(41)[0])
        request.refresh_from_db()
        assert request.status == RequestStatus.PLANNED
        assert request.owner is not None, "who planned it is in charge"

    def test_a_list_is_pasted_and_what_was_not_understood_stays(self, coordinator: Client) -> None:
        _request, session = planned()
        html = act(coordinator, "request_people", session.pk, people="Do Exemple;do@example.org\nSans adresse").content.decode()
        assert "enrolled, a mail is on its way" in html
        assert "no e-mail address in this line" in html
        assert texts(html, "textarea") == ["Sans adresse"]
        assert session.enrolments.get().transitions.get().by is not None, "the history says who did it"

    def test_a_plan_without_meetings_is_refused_with_words(self, coordinator: Client) -> None:
        request = accepted()
        answer = act(coordinator, "plan_request", request.pk, venue=VenueFactory().pk, capacity=9)
        assert answer.status_code == 422
        assert not Session.objects.exists()


class TestByPhone:
    TYPED: ClassVar = {
        "organisation_name": "Maison Exemple",
        "name": "Alix Exemple",
        "email": "Alix@example.org",
        "language": "nl",
        "purpose": "Een dag over onthaal.",
    }

    def test_a_colleague_notes_it_and_is_in_charge(self) -> None:
        colleague = member("Coordinator")
        browser, url = browser_of(colleague), reverse("trainings_backoffice:note_request")
        assert url in browser.get(reverse("trainings_requests:index")).content.decode()
        response = browser.post(url, self.TYPED)
        request = TrainingRequest.objects.get()
        assert response["Location"] == reverse("trainings_requests:inspect", args=[request.pk])
        assert (request.owner, request.email, request.transitions.get().by) == (colleague, "alix@example.org", colleague)
        assert [(mail.to, mail.language) for mail in OutgoingMail.objects.all()] == [("alix@example.org", "nl")], "nobody else is told"

    def test_without_an_address_nobody_could_follow_it(self, coordinator: Client) -> None:
        response = coordinator.post(reverse("trainings_backoffice:note_request"), self.TYPED | {"email": ""})
        assert response.status_code == 422
        assert not TrainingRequest.objects.exists()


def test_a_proposal_has_room_for_one_training_more_than_were_written(coordinator: Client) -> None:
    request, module = TrainingRequestFactory(), ModuleFactory()
    until = timezone.localdate() + datetime.timedelta(days=20)
    typed = {"price": "900 €", "valid_until": f"{until:%d/%m/%Y}"}
    act(coordinator, "write_proposal", request.pk, **typed, **{f"module_{number}": module.pk for number in (1, 2, 3)})
    html = coordinator.get(reverse("trainings_backoffice:write_proposal", args=[request.pk])).content.decode()
    assert 'name="module_4"' in html
    assert 'name="module_5"' not in html
    act(coordinator, "write_proposal", request.pk, **typed, **{f"module_{number}": module.pk for number in (1, 2, 3, 4)})
    assert request.proposals.get().parts.count() == 4


class TestListing:
    def test_says_whose_turn_it_is_and_since_when(self, coordinator: Client) -> None:
        old = TrainingRequestFactory(created_at=timezone.now() - datetime.timedelta(days=9))
        theirs = proposed()
        html = coordinator.get(reverse("trainings_requests:index")).content.decode()
        assert html.index(old.organisation_name) < html.index(theirs.organisation_name)
        assert "waits for us" in html
        filtered = coordinator.get(reverse("trainings_requests:index"), {"turn": "theirs"}).content.decode()
        assert theirs.organisation_name in filtered
        assert old.organisation_name not in filtered

    def test_an_export_holds_them(self, coordinator: Client) -> None:
        request = TrainingRequestFactory()
        answer = coordinator.get(reverse("trainings_requests:index"), {"export": "xlsx"})
        rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)  # type: ignore[attr-defined, union-attr]
        assert request.reference in rows[1]

    def test_costs_the_same_for_many(self, coordinator: Client, django_assert_max_num_queries: Any) -> None:
        for _each in range(30):
            TrainingRequestFactory()
        with django_assert_max_num_queries(30):
            coordinator.get(reverse("trainings_requests:index"))

    def test_a_trainer_sees_none(self, as_trainer: Client) -> None:
        request = TrainingRequestFactory()
        for url in (reverse("trainings_requests:index"), reverse("trainings_requests:inspect", args=[request.pk])):
            assert as_trainer.get(url).status_code == 302
        assert act(as_trainer, "decline_request", request.pk, reason="x").status_code == 302
        request.refresh_from_db()
        assert request.status == RequestStatus.RECEIVED


def test_a_lost_link_is_mailed_again(coordinator: Client) -> None:
    request = TrainingRequestFactory()
    act(coordinator, "resend_request", request.pk)
    assert kinds_to(request.email) == ["request_step"]


def test_two_coordinators_on_one_draft(coordinator: Client) -> None:
    """Who saves second keeps what the first one changed, and is told."""
    request = proposed()
    url = reverse("trainings_backoffice:write_proposal", args=[request.pk])
    hers, his = Tab(coordinator, url), Tab(browser_of(member("Coordinator")), url)
    his.save(price="850 €")
    hers.save(introduction="Comme convenu au téléphone.")
    draft = request.proposals.order_by("-version").first()
    assert draft
    assert (draft.price, draft.introduction) == ("850 €", "Comme convenu au téléphone.")


def test_who_is_in_charge_is_chosen_among_those_who_may(coordinator: Client) -> None:
    request, colleague, trainer = TrainingRequestFactory(), member("Coordinator"), member("Trainer")
    act(coordinator, "assign_request", request.pk, owner=trainer.pk)
    request.refresh_from_db()
    assert request.owner is None
    act(coordinator, "assign_request", request.pk, owner=colleague.pk)
    request.refresh_from_db()
    assert request.owner == colleague
    mine = browser_of(colleague).get(reverse("trainings_requests:index"), {"owner": "me"}).content.decode()
    assert request.organisation_name in mine


@pytest.mark.parametrize(
    "line",
    [
        "19/01/2027 9:30-12:30",
        "19.01.2027 9h30 – 12h30",
        "19-1-2027, 9.30 à 12.30",
        "19/01/2027 9:30 to 12:30",
        "19/01/2027 9h30 tot 12.30",
    ],
    ids=["plain", "french", "comma", "english", "dutch"],
)
def test_meetings_are_read_as_people_type_them(line: str) -> None:
    [(start, end)] = MeetingsField().clean(line)
    assert (timezone.localtime(start).isoformat(), timezone.localtime(end).isoformat()) == (
        "2027-01-19T09:30:00+01:00",
        "2027-01-19T12:30:00+01:00",
    )


@pytest.mark.parametrize(
    "text",
    ["demain", "31/02/2027 9:30-12:30", "19/01/2027 12:30-9:30", "19/01/3027 9:30-12:30", "19/01/2027 9:30-10:00\n19/01/2027 9:30-12:30"],
    ids=["words", "no-day", "backwards", "far", "twice"],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Exception, match=r"."):
        MeetingsField().clean(text)
