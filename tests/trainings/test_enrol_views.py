"""Enrolling, as the person who enrols and as the stranger who tries to learn something."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from core.models import OutgoingMail
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.trainings.factories import EnrolmentFactory, ParticipantFactory, SessionFactory, make_sheets
from tests.trainings.mail import latest_mail
from trainings.enums import EnrolmentStatus
from trainings.models import Enrolment, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    made: Session = SessionFactory(capacity=2, meetings=2)
    make_sheets(made.module, fr="Écouter", nl="Luisteren", en="Listening")
    return made


def address(session: Session, language: str = "en") -> str:
    with translation.override(language):
        return reverse("trainings:enrol", args=[session.reference])


def answers(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """What a person types in the form of `url`, with its hidden moment."""
    html = client.get(url).content.decode()
    started = re.search(r'name="started" value="([^"]+)"', html)
    assert started, html[:2000]
    typed = {"name": "Camille Exemple", "email": "camille@example.org", "language": "en", "started": started.group(1)}
    return typed | {name: value for name, value in changed.items() if value is not None}


def enrol(client: Client, session: Session, **changed: Any) -> Any:
    url = address(session)
    return client.post(url, answers(client, url, **changed))


def page_of(client: Client, response: Any) -> str:
    assert response.status_code == 302, response.content.decode()
    return client.get(response["Location"]).content.decode()


def test_before_the_form_the_page_says_when_where_how_many_seats_and_the_price(client: Client, session: Session) -> None:
    html = client.get(address(session)).content.decode()
    before = html[: html.index('<form class="form"')]
    assert "2 places left" in before
    assert "free of charge" in before
    assert "Bruxelles" in before
    assert before.count("<time") == 2


def test_the_form_has_at_most_ten_fields_and_asks_for_no_consent_in_advance(client: Client, session: Session) -> None:
    html = client.get(address(session)).content.decode()
    form = html[html.index('<form class="form"') :]
    form = form[: form.index("</form>")]
    fields = set(re.findall(r'name="([a-z_]+)"', form)) - {"csrfmiddlewaretoken", "started", "website"}
    assert fields == {"name", "email", "function", "organisation", "sector", "language", "access_needs", "wants_newsletter"}
    newsletter = re.search(r'<input[^>]*name="wants_newsletter"[^>]*>', form)
    assert newsletter
    assert "checked" not in newsletter.group()
    assert '<option value="en" selected>' in form


def test_a_seat_is_confirmed_in_the_words_of_the_mail(client: Client, session: Session) -> None:
    html = page_of(client, enrol(client, session))
    enrolment = Enrolment.objects.get()
    assert enrolment.status == EnrolmentStatus.CONFIRMED
    mail = OutgoingMail.objects.get(to="camille@example.org")
    for words in ("You are enrolled", "Your seat is confirmed. We look forward to meeting you."):
        assert words in html
        assert words in mail.text
    assert "We have written to camille@example.org." in html
    assert html.count("Rue de l’Exemple 12") == 1
    assert "Put the dates in your calendar" in html
    assert enrolment.token not in html, "a stranger who typed this address may read the page"


def test_the_waiting_list_tells_the_rank_in_the_words_of_the_mail(client: Client, session: Session) -> None:
    EnrolmentFactory.create_batch(2, session=session)
    EnrolmentFactory(session=session, is_waiting=True)
    assert "Join the waiting list" in client.get(address(session)).content.decode()
    html = page_of(client, enrol(client, session))
    mail = OutgoingMail.objects.get(to="camille@example.org")
    for words in ("You are on the waiting list", "You are number 2 on the waiting list."):
        assert words in html
        assert words in mail.text


def test_the_answer_can_be_bookmarked_and_shows_nothing_of_the_person(client: Client, session: Session) -> None:
    response = enrol(client, session)
    page_of(client, response)
    later = Client().get(response["Location"])
    html = later.content.decode()
    enrolment = Enrolment.objects.get()
    assert "You are enrolled" in html
    for secret in ("Camille", "camille@example.org", enrolment.token, enrolment.reference):
        assert secret not in html
        assert secret not in response["Location"]
    assert later["Cache-Control"] == "no-store, private"
    assert "noindex" in later["X-Robots-Tag"]
    assert later["Referrer-Policy"] == "same-origin"


def test_a_receipt_that_we_did_not_sign_leads_nowhere(client: Client, session: Session) -> None:
    location = enrol(client, session)["Location"]
    assert client.get(location[:-4] + "xxx/").status_code == 404


@pytest.mark.parametrize("state", ["confirmed", "waiting"])
def test_a_stranger_cannot_tell_a_second_enrolment_from_a_first(state: str) -> None:
    """Two sessions as full as one another: in one the address is enrolled, in the other it is not. The answers are the same."""
    pages = []
    for was_enrolled in (True, False):
        session = SessionFactory(capacity=3)
        make_sheets(session.module, fr="Écouter", nl="Luisteren", en="Listening")
        victim = ParticipantFactory(email="victim@example.org", name="Dominique Secret")
        others = 2 if was_enrolled else 3
        if state == "confirmed":
            session.capacity = 5
            session.save()
        EnrolmentFactory.create_batch(others, session=session)
        if was_enrolled:
            EnrolmentFactory(session=session, participant=victim, organisation_name="Maison secrète")
        client = Client()
        url = address(session)
        data = answers(client, url, email="victim@example.org", name="Anyone")
        with CaptureQueriesContext(connection):
            response = client.post(url, data)
        html = page_of(client, response)
        assert "secr" not in html.lower()
        assert "Dominique" not in html
        pages.append(shape(html, response["Location"], session))
        Enrolment.objects.filter(session=session).values_list("status", flat=True)
    assert pages[0] == pages[1]


def shape(html: str, location: str, session: Session) -> tuple[str, int, str]:
    """The page and its address without what differs between any two sessions."""
    anonymous = re.sub(r"\d", "#", html.replace(session.reference, "REFERENCE"))
    anonymous = re.sub(r'(nonce|href|value|datetime)="[^"]*"', "", anonymous)
    return re.sub(r"<svg.*?</svg>", "", anonymous, flags=re.DOTALL), len(location), location.rsplit("/", 2)[0]


def test_the_person_enrolled_twice_gets_a_mail_and_nothing_changes(client: Client, session: Session) -> None:
    page_of(client, enrol(client, session))
    html = page_of(client, enrol(Client(), session, name="Somebody Else", organisation="Elsewhere"))
    enrolment = Enrolment.objects.get()
    assert enrolment.name == "Camille Exemple"
    assert enrolment.organisation_name == ""
    assert "the mail says where that enrolment stands" in html


def test_an_organisation_of_the_directory_is_recognised_and_gives_its_sector(client: Client, session: Session) -> None:
    organisation = OrganisationFactory(name_fr="Maison d’Équité", sector=SectorFactory())
    page_of(client, enrol(client, session, organisation="maison d’equite"))
    enrolment = Enrolment.objects.get()
    assert enrolment.organisation == organisation
    assert enrolment.sector == organisation.sector


def test_what_looks_like_a_domain_is_kept_as_typed_and_harmless_in_the_mail(client: Client, session: Session) -> None:
    page_of(client, enrol(client, session, organisation="vivalis.brussels", name="J.DUPONT evil.com", function="ass.social"))
    enrolment = Enrolment.objects.get()
    assert (enrolment.organisation_name, enrolment.name, enrolment.function) == ("vivalis.brussels", "J.DUPONT evil.com", "ass.social")
    assert "J. DUPONT evil. com" in latest_mail(enrolment).text
    assert "evil.com" not in latest_mail(enrolment).html


@pytest.mark.parametrize("field", ["name", "function", "organisation"])
def test_a_web_address_is_refused_and_nothing_is_lost(client: Client, session: Session, field: str) -> None:
    response = enrol(client, session, **{field: "Collectif https://spam.example.org/x"})
    assert response.status_code == 422
    assert "https://spam.example.org/x" in response.content.decode()
    assert not Enrolment.objects.exists()


def test_an_empty_form_keeps_the_reader_there_and_links_to_each_error(client: Client, session: Session) -> None:
    url = address(session)
    response = client.post(url, answers(client, url, name="", email="nobody", function="Nurse"))
    html = response.content.decode()
    assert response.status_code == 422
    assert re.search(r"<title>\s*Error:", html)
    assert 'href="#id_name"' in html
    assert 'href="#id_email"' in html
    assert 'value="Nurse"' in html
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"name": "x" * 5000},
        {"email": "a" * 400 + "@example.org"},
        {"sector": "not-a-number"},
        {"sector": "99999999999999999999"},
        {"language": "de"},
        {"started": "forged"},
        {"started": ""},
        {"website": "https://robot.example.org"},
        {"access_needs": "x" * 5000},
    ],
)
def test_bad_input_gets_a_message(client: Client, session: Session, bad: dict[str, str]) -> None:
    response = enrol(client, session, **bad)
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    assert not Enrolment.objects.exists()


def test_control_characters_do_no_harm(client: Client, session: Session) -> None:
    response = enrol(client, session, name="Cam\u202eille\u0007 Exemple")
    assert response.status_code == 422
    assert 'value="Camille Exemple"' in response.content.decode(), "taken out, with a word about it"
    assert enrol(client, session, name="Camille Exemple", access_needs="a lift\r\nplease").status_code == 302
    assert Enrolment.objects.get().access_needs == "a lift\nplease"
    assert enrol(Client(), session, email="other@example.org", name="Nul\x00l").status_code == 422


def test_a_form_without_its_token_is_refused_with_a_page(session: Session) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(address(session), {"name": "Camille"})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


def test_lists_and_files_in_place_of_words_are_no_error(client: Client, session: Session) -> None:
    url = address(session)
    data = answers(client, url) | {"name": ["one", "two"], "email[]": "x"}
    assert client.post(url, data).status_code in {302, 422}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": "cancelled"}, "This session is cancelled"),
        ({"status": "closed"}, "Enrolment is closed"),
        ({"enrolment_closes_at": timezone.now() - datetime.timedelta(minutes=1)}, "Enrolment is closed"),
    ],
)
def test_a_session_that_takes_nobody_says_so_and_leads_on(client: Client, session: Session, changes: dict[str, Any], words: str) -> None:
    data = answers(client, address(session))
    Session.objects.filter(pk=session.pk).update(**changes)
    for response in (client.get(address(session)), client.post(address(session), data)):
        html = response.content.decode()
        assert response.status_code == 410
        assert words in html
        assert "#sessions" in html
    assert not Enrolment.objects.exists()


def test_a_session_that_has_begun_takes_nobody(client: Client) -> None:
    session = SessionFactory(first_meeting_at=timezone.now() - datetime.timedelta(hours=1), meetings=2)
    response = client.get(address(session))
    assert response.status_code == 410
    assert "This session has begun" in response.content.decode()


def test_an_unknown_session_and_a_draft_do_not_exist(client: Client) -> None:
    draft = SessionFactory(status="draft")
    assert client.get(address(draft)).status_code == 404
    unknown = client.get(address(draft).replace(draft.reference, "AAAAAAAA"))
    assert unknown.status_code == 404
    assert "This link leads nowhere" in unknown.content.decode()


def test_the_reference_may_be_typed_in_small_letters(client: Client, session: Session) -> None:
    assert client.get(address(session).replace(session.reference, session.reference.lower())).status_code == 200


def test_one_address_cannot_be_flooded(session: Session) -> None:
    results = [enrol(Client(REMOTE_ADDR=f"192.0.2.{number}"), session).status_code for number in range(12)]
    assert results[:10] == [302] * 10
    assert results[10:] == [429, 429]


def test_an_enrolment_costs_at_most_nineteen_queries(client: Client, session: Session) -> None:
    url = address(session)
    data = answers(client, url, organisation="Petit collectif")
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, data)
    assert response.status_code == 302
    assert len(queries) <= 19, [query["sql"][:100] for query in queries]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_page_speaks_the_language_of_its_address(client: Client, session: Session, language: str) -> None:
    html = client.get(address(session, language)).content.decode()
    assert f'<html lang="{language}">' in html
    assert {"fr": "Écouter", "nl": "Luisteren", "en": "Listening"}[language] in html


def test_the_directory_is_suggested_without_accents_and_hidden_rows_never(client: Client) -> None:
    OrganisationFactory(name_fr="Équipe du Parvis", name_nl="")
    OrganisationFactory(name_fr="L’autre équipe", name_nl="")
    OrganisationFactory(name_fr="Équipe cachée", name_nl="", is_listed=False)
    url = reverse("trainings:suggest_organisations")
    assert client.get(url, {"q": "equ"}).json() == {"organisations": ["Équipe du Parvis", "L’autre équipe"]}
    for words in ("", "e", "\x00", "x" * 5000):
        assert client.get(url, {"q": words}).json() == {"organisations": []}
    assert client.post(url).status_code == 405
