"""My training courses: a link sent to an address shows all that it is enrolled in."""

import datetime
import json
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.trainings.factories import CertificateFactory, EnrolmentFactory, ParticipantFactory, SessionFactory, make_sheets
from tests.trainings.forms import send
from tests.trainings.mail import kinds_to, links_in
from trainings.enrolment.correct_email import correct_email
from trainings.models import Enrolment, Participant
from trainings.my_trainings.links import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille() -> Participant:
    made: Participant = ParticipantFactory(email="camille@example.org", name="Camille Exemple")
    return made


def link(name: str, *arguments: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"trainings:{name}", args=arguments)


def enrolled(camille: Participant, days: int = 30, **facts: object) -> Enrolment:
    session = SessionFactory(first_meeting_at=timezone.now() + datetime.timedelta(days=days))
    make_sheets(session.module, fr="Écouter", nl="Luisteren", en="Listening")
    made: Enrolment = EnrolmentFactory(session=session, participant=camille, **facts)
    return made


class TestAskingForTheLink:
    def test_whoever_enrolled_gets_a_link_that_opens_all(self, client: Client, camille: Participant) -> None:
        enrolled(camille)
        send(client, link("ask_for_my_trainings"), email="Camille@Example.org")
        mail = OutgoingMail.objects.get()
        (url,) = {each for each in links_in(mail.text) if "/my-trainings/" in each}
        assert "Listening" in client.get(re.sub(r"^https?://[^/]+", "", url)).content.decode()

    def test_a_stranger_to_us_is_told_the_same_and_gets_nothing(self, client: Client, camille: Participant) -> None:
        known = send(client, link("ask_for_my_trainings"), email=camille.email)
        unknown = send(client, link("ask_for_my_trainings"), email="nobody@example.org")
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert [mail.to for mail in OutgoingMail.objects.all()] == [camille.email]

    def test_nobody_fills_an_inbox_with_links(self, client: Client, camille: Participant) -> None:
        for _time in range(4):
            assert send(client, link("ask_for_my_trainings"), email=camille.email).status_code == 302
        assert len(kinds_to(camille.email)) == 1

    def test_in_the_language_of_the_page(self, client: Client, camille: Participant) -> None:
        send(client, link("ask_for_my_trainings", language="nl"), email=camille.email)
        assert OutgoingMail.objects.get().subject == "Uw opleidingen: de link die u vroeg"


class TestThePage:
    def test_what_is_to_come_stands_before_what_is_over(self, client: Client, camille: Participant) -> None:
        past = enrolled(camille, days=-30)
        CertificateFactory(enrolment=past)
        later, soon = enrolled(camille, days=20, is_waiting=True), enrolled(camille, days=10)
        page = client.get(link("my_trainings", sign(camille))).content.decode()
        places = [page.index(each.reference) for each in (soon, later, past)]
        assert places == sorted(places)
        assert "You are on the waiting list." in page
        assert link("download_certificate", past.token) in page
        assert link("manage_enrolment", soon.token) in page

    def test_nobody_else_s_enrolment_is_on_it(self, client: Client, camille: Participant) -> None:
        enrolled(camille)
        other = enrolled(ParticipantFactory())
        assert other.reference not in client.get(link("my_trainings", sign(camille))).content.decode()

    def test_it_takes_the_same_queries_for_one_and_for_ten(
        self, client: Client, camille: Participant, django_assert_max_num_queries: object
    ) -> None:
        enrolled(camille)
        with django_assert_max_num_queries(16) as one:  # type: ignore[operator]
            client.get(link("my_trainings", sign(camille)))
        for day in range(9):
            enrolled(camille, days=day + 2)
        with django_assert_max_num_queries(len(one)):  # type: ignore[operator]
            client.get(link("my_trainings", sign(camille)))

    def test_after_a_week_the_link_is_over(self, client: Client, camille: Participant) -> None:
        url = link("my_trainings", sign(camille))
        assert client.get(url).status_code == 200
        with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
            assert client.get(url).status_code == 404

    def test_a_corrected_address_ends_the_link_of_the_old_one(self, client: Client, camille: Participant) -> None:
        enrolment = enrolled(camille)
        url = link("my_trainings", sign(camille))
        correct_email(enrolment=enrolment, email="dominique@example.org", now=timezone.now(), by=None)
        assert client.get(url).status_code == 404

    def test_it_is_kept_from_caches_and_search_engines(self, client: Client, camille: Participant) -> None:
        response = client.get(link("my_trainings", sign(camille)))
        assert response["Cache-Control"] == "no-store, private"
        assert "noindex" in response["X-Robots-Tag"]

    def test_a_link_made_up_leads_nowhere(self, client: Client, camille: Participant) -> None:
        assert client.get(link("my_trainings", sign(camille)[:-2] + "xx")).status_code == 404


class TestMailAgain:
    def test_the_status_comes_again_and_at_most_once_an_hour(self, client: Client, camille: Participant) -> None:
        enrolment = enrolled(camille)
        url = link("mail_again", sign(camille), enrolment.reference)
        assert "on its way" in client.post(url, follow=True).content.decode()
        assert "just written" in client.post(url, follow=True).content.decode()
        assert kinds_to(camille.email) == ["enrolment_confirmed"]

    def test_only_of_one_s_own_enrolments_and_only_by_the_button(self, client: Client, camille: Participant) -> None:
        other = enrolled(ParticipantFactory())
        client.post(link("mail_again", sign(camille), other.reference))
        assert client.get(link("mail_again", sign(camille), other.reference)).status_code == 405
        assert not OutgoingMail.objects.exists()


class TestMyData:
    def test_it_is_taken_as_a_file_without_secret_links(self, client: Client, camille: Participant) -> None:
        enrolment = enrolled(camille, function="Infirmière")
        response = client.get(link("my_data", sign(camille)))
        assert "attachment" in response["Content-Disposition"]
        assert json.loads(response.content)["enrolments"][0]["function"] == "Infirmière"
        assert enrolment.token not in response.content.decode()

    def test_it_is_erased_by_the_button_only_and_the_seat_given_back(self, client: Client, camille: Participant) -> None:
        enrolment = enrolled(camille)
        url = link("erase_my_data", sign(camille))
        client.get(url)
        assert Participant.objects.filter(pk=camille.pk).exists()
        assert "erased your data" in send(client, url).content.decode()
        enrolment.refresh_from_db()
        assert (enrolment.status, enrolment.participant, enrolment.name) == ("cancelled", None, "N. N.")
        assert client.get(link("my_trainings", sign(camille))).status_code == 404
