"""'Tell me when a date is set': asked, confirmed by mail, withdrawn."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from core.models import OutgoingMail
from tests.trainings.factories import EnrolmentFactory, InterestFactory, ModuleFactory, SessionFactory, make_catalogue, make_sheets
from tests.trainings.forms import send
from trainings.models import Interest, Module

pytestmark = pytest.mark.django_db


@pytest.fixture
def module() -> Module:
    made: Module = ModuleFactory()
    make_sheets(made, fr="Écouter", nl="Luisteren", en="Listening")
    return made


def link(name: str, argument: object, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"trainings:{name}", args=[argument])


def test_the_wish_is_noted_and_the_address_asked_to_confirm(client: Client, module: Module) -> None:
    response = send(client, link("register_interest", module.number), email="Camille@Example.org")
    assert "check your inbox" in client.get(response["Location"]).content.decode()
    interest = Interest.objects.get()
    assert interest.email == "camille@example.org"
    assert interest.confirmed_at is None
    assert interest.token in OutgoingMail.objects.get().text


def test_the_answer_is_the_same_for_an_address_we_know(client: Client, module: Module) -> None:
    InterestFactory(module=module, email="known@example.org")
    url = link("register_interest", module.number)
    known = send(client, url, email="known@example.org")
    new = send(client, url, email="new@example.org")
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])


@pytest.mark.parametrize("email", ["", "nobody", "a" * 300 + "@example.org", "x@\x00y.org"])
def test_a_bad_address_is_explained(client: Client, module: Module, email: str) -> None:
    response = send(client, link("register_interest", module.number), email=email)
    assert response.status_code == 422
    assert 'href="#id_email"' in response.content.decode()
    assert not Interest.objects.exists()


def test_the_mailed_link_confirms_by_its_button_only(client: Client, module: Module) -> None:
    interest = InterestFactory(module=module, confirmed_at=None)
    url = link("confirm_interest", interest.token)
    client.get(url)
    assert Interest.objects.get().confirmed_at is None
    response = send(client, url)
    assert "We will tell you" in client.get(response["Location"]).content.decode()
    assert Interest.objects.get().confirmed_at is not None


def test_a_withdrawn_wish_takes_the_address_with_it(client: Client, module: Module) -> None:
    interest = InterestFactory(module=module)
    url = link("withdraw_interest", interest.token)
    client.get(url)
    assert Interest.objects.exists()
    assert "We erased your address" in send(client, url).content.decode()
    assert not Interest.objects.exists()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("number", [0, 999, 99999999999999999999999])
def test_an_unknown_module_leads_nowhere(client: Client, module: Module, number: int) -> None:
    assert client.get(link("register_interest", number)).status_code == 404


def test_the_sheet_offers_the_form_only_where_no_seat_is_free(client: Client, module: Module) -> None:
    sheet = module.pages.get(locale__language_code="en")
    make_catalogue()
    action = f'action="{link("register_interest", module.number)}"'
    assert action in client.get(sheet.url).content.decode()
    session = SessionFactory(module=module, capacity=1)
    open_sheet = client.get(sheet.url)
    assert action not in open_sheet.content.decode()
    assert "csrftoken" not in open_sheet.cookies
    EnrolmentFactory(session=session)
    assert action in client.get(sheet.url).content.decode()


@pytest.mark.parametrize("name", ["confirm_interest", "withdraw_interest"])
class TestPagesBehindTheLink:
    """What every page behind a secret link does (core.views.token)."""

    def test_a_form_filled_in_by_a_robot_changes_nothing(self, client: Client, module: Module, name: str) -> None:
        interest = InterestFactory(module=module, confirmed_at=None)
        response = send(client, link(name, interest.token), website="https://spam.example")
        assert response.status_code == 422
        assert Interest.objects.get().confirmed_at is None

    def test_an_unknown_link_is_explained_whatever_is_asked_of_it(self, client: Client, module: Module, name: str) -> None:
        url = link(name, InterestFactory.build(module=module).token)
        for response in (client.get(url), client.post(url), client.head(url)):
            assert response.status_code == 404
            assert response["Cache-Control"] == "no-store, private"

    def test_nothing_but_get_and_post(self, client: Client, module: Module, name: str) -> None:
        assert client.put(link(name, InterestFactory(module=module).token)).status_code == 405
