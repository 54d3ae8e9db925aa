"""A contact fills in one page, reads one mail, and keeps one link: looking changes nothing, pressing acts."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from core import clock
from tests.core.factories import UserFactory
from tests.html import text, texts
from tests.trainings.enrolment.groups import CONTACT, enrol, group_of, made, places, statuses
from tests.trainings.enrolment.people import IN_FIVE_WEEKS, MONDAY, full_session, status_of
from tests.trainings.factories import EnrolmentFactory, SessionFactory, make_sheets
from tests.trainings.forms import send, started
from tests.trainings.mail import kinds_to, links_in, mails_to
from trainings.models import Enrolment, EnrolmentGroup, Session
from trainings.my_trainings.links import sign
from trainings.planning.sessions import change_capacity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture
def session() -> Session:
    made_here: Session = SessionFactory(capacity=4, first_meeting_at=IN_FIVE_WEEKS)
    make_sheets(made_here.module, fr="Écouter", nl="Luisteren", en="Listening")
    return made_here


@pytest.fixture
def group(session: Session) -> EnrolmentGroup:
    return made(enrol(session, group_of(3, unnamed=1, language="en")))


def url(name: str, *args: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"trainings:{name}", args=args)


TYPED = {
    "name": "Lou Exemple",
    "email": CONTACT,
    "organisation": "Relais",
    "language": "en",
    "takes_part": "on",
    "name_1": "Alex Un",
    "email_1": "alex1@example.org",
    "name_2": "Alex Deux",
    "email_2": "alex2@example.org",
    "unnamed": "0",
    "mode": "as_many_as_fit",
}


def fill_in(client: Client, session: Session, **changed: Any) -> Any:
    return send(client, url("enrol_colleagues", session.reference), **(TYPED | changed))


class TestTheForm:
    def test_three_are_enrolled_and_the_page_says_what_the_mail_says(self, client: Client, session: Session) -> None:
        answer = fill_in(client, session)
        assert answer.status_code == 302, texts(answer.content.decode(), "li")
        page = client.get(answer["Location"]).content.decode()
        assert text(page, "h1") == "You are enrolled"
        assert "3 of you have a seat." in page
        assert CONTACT not in page.replace(f"We have written to {CONTACT}.", "")
        assert [each.organisation_name for each in Enrolment.objects.all()] == ["Relais"] * 3
        mail = mails_to(CONTACT)[-1]
        assert "Alex Deux: has a seat" in mail.text
        group = EnrolmentGroup.objects.get()
        assert any(each.endswith(url("group", group.token)) for each in links_in(mail.html))

    def test_a_contact_who_does_not_come_has_no_place(self, client: Client, session: Session) -> None:
        fill_in(client, session, takes_part="")
        assert Enrolment.objects.count() == 2
        assert kinds_to(CONTACT) == ["group"]

    def test_names_follow(self, client: Client, session: Session) -> None:
        fill_in(client, session, name_2="", email_2="", unnamed="2")
        assert sorted(Enrolment.objects.values_list("name", flat=True)) == [
            "Alex Un",
            "Colleague of Lou Exemple",
            "Colleague of Lou Exemple",
            "Lou Exemple",
        ]

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"email_2": ""}, "A colleague needs a name and an e-mail address."),
            ({"email_2": "alex1@example.org"}, "This address stands here twice."),
            ({"email_2": CONTACT}, "This address stands here twice."),
            ({"name_1": "", "email_1": "", "name_2": "", "email_2": ""}, "Name a colleague, or say how many names follow."),
            ({"unnamed": "9"}, "You can enrol at most 10 people at once."),
            ({"unnamed": "3", "mode": "all_or_none"}, "This session has 4 seats: you cannot all be in it."),
            ({"name_1": "www.example.org"}, "Please write this without a web address."),
        ],
        ids=["half", "twice", "contact twice", "alone", "too many", "too many for the session", "link"],
    )
    def test_what_is_wrong_is_said_beside_what_was_typed(
        self, client: Client, session: Session, changed: dict[str, str], said: str
    ) -> None:
        answer = fill_in(client, session, **changed)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "Lou Exemple" in answer.content.decode()
        assert not Enrolment.objects.exists()

    def test_the_form_costs_few_queries(self, client: Client, session: Session) -> None:
        address = url("enrol_colleagues", session.reference)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        assert len(captured) <= 12

    @pytest.mark.parametrize(("language", "heading"), [("fr", "S’inscrire avec des collègues"), ("nl", "Inschrijven met collega’s")])
    def test_every_language_has_its_words(self, client: Client, session: Session, language: str, heading: str) -> None:
        page = client.get(url("enrol_colleagues", session.reference, language=language)).content.decode()
        assert text(page, "h1") == heading


class TestTheLink:
    def test_it_shows_where_all_stand_and_changes_nothing(self, client: Client, group: EnrolmentGroup) -> None:
        response = client.get(url("group", group.token))
        assert texts(response.content.decode(), "h3") == ["Lou Exemple", "Alex 1", "Colleague of Lou Exemple"]
        assert response["Cache-Control"] == "no-store, private"
        with CaptureQueriesContext(connection) as captured:
            client.get(url("group", group.token))
        assert len(captured) <= 12

    def test_a_name_is_given(self, client: Client, group: EnrolmentGroup) -> None:
        unnamed = places(group)[2]
        address = url("group_place", group.token, unnamed.reference)
        typed = {"name": "Noa Exemple", "email": "noa@example.org", "function": "", "language": "nl"}
        answer = client.post(address, typed | {"started": started(client, address)}, follow=True)
        assert "Noa Exemple" in texts(answer.content.decode(), "h3")
        assert kinds_to("noa@example.org") == ["enrolment_confirmed"]

    def test_one_of_three_is_replaced(self, client: Client, group: EnrolmentGroup) -> None:
        old = places(group)[1]
        address = url("group_place", group.token, old.reference)
        typed = {
            "name": "Noa Exemple",
            "email": "noa@example.org",
            "function": "nurse",
            "language": "en",
            "started": started(client, address),
        }
        answer = client.post(address, typed, follow=True)
        assert "The place is now that of Noa Exemple." in answer.content.decode()
        assert status_of(old) == "cancelled"
        assert kinds_to("colleague1@example.org") == ["enrolment_confirmed", "enrolment_cancelled"]
        again = client.post(address, typed, follow=True)
        assert (again.status_code, kinds_to("noa@example.org")) == (200, ["enrolment_confirmed"]), "pressed twice is pressed once"

    def test_with_the_same_address_the_details_are_corrected(self, client: Client, group: EnrolmentGroup) -> None:
        place = places(group)[1]
        address = url("group_place", group.token, place.reference)
        typed = {"name": "Alexandra Un", "email": place.email, "function": "", "language": "en", "started": started(client, address)}
        client.post(address, typed)
        place.refresh_from_db()
        assert (place.name, place.status) == ("Alexandra Un", "confirmed")

    def test_who_is_there_already_cannot_take_a_place(self, client: Client, group: EnrolmentGroup) -> None:
        first, second, _unnamed = places(group)
        address = url("group_place", group.token, second.reference)
        typed = {"name": "Lou", "email": first.email, "language": "en", "started": started(client, address)}
        answer = client.post(address, typed)
        assert answer.status_code == 422
        assert "This address has a place in this session already." in answer.content.decode()

    def test_some_places_are_cancelled(self, client: Client, group: EnrolmentGroup) -> None:
        address = url("cancel_places", group.token)
        chosen = [each.reference for each in places(group)[1:]]
        answer = client.post(address, {"places": chosen, "started": started(client, address)}, follow=True)
        assert "2 places are cancelled." in answer.content.decode()
        assert statuses(group) == ["confirmed", "cancelled", "cancelled"]
        again = client.post(address, {"places": chosen, "started": started(client, address)}, follow=True)
        assert again.status_code == 200, "pressed twice is pressed once"

    def test_a_place_of_another_group_is_not_there(self, client: Client, group: EnrolmentGroup) -> None:
        other = EnrolmentFactory(session=group.session)
        assert client.get(url("group_place", group.token, other.reference)).status_code == 404

    def test_offered_seats_are_accepted_for_all(self, client: Client) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True, language="en")))
        change_capacity(session=session, capacity=4, now=MONDAY, by=UserFactory())
        mail = mails_to(CONTACT)[-1]
        assert mail.subject.startswith("Seats for your group")
        address = url("accept_group_offer", group.token)
        assert any(each.endswith(address) for each in links_in(mail.text))
        assert "held until 14 January 2027" in client.get(address).content.decode()
        colleague = places(group)[1]
        page = client.get(url("accept_offer", colleague.token), follow=True).content.decode()
        assert "Lou Exemple answers for all of you." in page
        assert statuses(group) == ["offered"] * 2
        client.post(address, {"started": started(client, address)})
        assert statuses(group) == ["confirmed"] * 2

    def test_the_contact_may_take_the_seats_one_by_one(self, client: Client) -> None:
        session, _seated, [] = full_session(capacity=2, waiting=0)
        group = made(enrol(session, group_of(2, together=True, language="en")))
        assert "kept for you until there are enough" in client.get(url("group", group.token)).content.decode()
        address = url("one_by_one", group.token)
        client.post(address, {"started": started(client, address)})
        group.refresh_from_db()
        assert not group.is_together


def test_who_cannot_come_gives_her_place_to_a_colleague(client: Client, session: Session) -> None:
    me = EnrolmentFactory(session=session, language="en", organisation_name="Relais")
    assert "Give my place to a colleague" in client.get(url("manage_enrolment", me.token)).content.decode()
    address = url("replace_me", me.token)
    typed = {"name": "Noa Exemple", "email": "noa@example.org", "language": "en", "started": started(client, address)}
    answer = client.post(address, typed, follow=True)
    assert text(answer.content.decode(), "h1") == "Your enrolment is cancelled"
    new = Enrolment.objects.get(participant__email="noa@example.org")
    assert (new.status, new.organisation_name) == ("confirmed", "Relais")
    assert client.get(address, follow=True).status_code == 410
    again = client.post(address, typed, follow=True)
    assert (again.status_code, kinds_to("noa@example.org")) == (200, ["enrolment_confirmed"]), "pressed twice is pressed once"


def test_who_is_enrolled_brings_colleagues_and_types_nothing_of_herself_again(client: Client, session: Session) -> None:
    me = EnrolmentFactory(session=session, language="en", organisation_name="Relais", participant__email=CONTACT)
    address = url("bring_colleagues", me.token)
    page = client.get(address).content.decode()
    assert f'value="{CONTACT}"' in page
    assert 'value="Relais"' in page
    typed = {name: TYPED[name] for name in ("email", "organisation", "language", "name_1", "email_1", "mode")} | {"name": me.name}
    answer = client.post(address, typed | {"started": started(client, address)})
    assert answer.status_code == 302, texts(answer.content.decode(), "li")
    assert [each.organisation_name for each in places(EnrolmentGroup.objects.get())] == ["Relais"]
    assert kinds_to(CONTACT) == ["group"]


def test_once_the_session_is_over_nobody_brings_colleagues(client: Client, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    me = EnrolmentFactory(session=session, language="en", status="cancelled")
    page = client.get(url("bring_colleagues", me.token))
    assert (page.status_code, text(page.content.decode(), "h1")) == (410, "Your enrolment is cancelled")
    monkeypatch.setattr(clock, "now", lambda: IN_FIVE_WEEKS.replace(hour=20))
    assert client.get(url("bring_colleagues", me.token)).status_code == 410


def test_a_session_that_became_too_small_says_what_to_do(client: Client, session: Session) -> None:
    address = url("enrol_colleagues", session.reference)
    moment = started(client, address)
    Session.objects.filter(pk=session.pk).update(capacity=2)
    changed = TYPED | {"mode": "all_or_none", "started": moment}
    answer = client.post(address, changed)
    assert answer.status_code == 422
    assert not Enrolment.objects.exists()


def test_my_training_courses_lead_to_the_group_she_answers_for(client: Client, group: EnrolmentGroup) -> None:
    me = places(group)[0].participant
    assert me
    page = client.get(url("my_trainings", sign(me))).content.decode()
    assert url("group", group.token) in page
    assert "Give my place to a colleague" in page
