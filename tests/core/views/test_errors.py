"""Error pages help: what happened, what is not lost, where to go; in the reader's language."""

from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import translation

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as house
from core.views.errors import server_error
from tests.html import texts
from tests.trainings.factories import make_catalogue

pytestmark = pytest.mark.django_db


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret detail")


def forbids(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("secret detail")


def cannot_read(request: HttpRequest) -> HttpResponse:
    raise BadRequest("secret detail")


urlpatterns = [path("fr/fails/", fails), path("nl/forbids/", forbids), path("en/unreadable/", cannot_read), *house]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


@pytest.fixture
def client(settings: Any, db: None) -> Client:
    settings.ROOT_URLCONF = __name__
    make_catalogue()
    client = Client()
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nl/forbids/", 403, 'lang="nl"'),
        ("/en/unreadable/", 400, "We could not read this request"),
        ("/fr/nulle-part/", 404, 'role="search"'),
        ("/nl/nergens/", 404, 'lang="nl"'),
    ],
)
def test_each_error_has_its_page_with_the_menu_of_the_site(client: Client, address: str, status: int, words: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'class="site-header"' in html
    assert "secret detail" not in html
    assert len(texts(html, "h1")) == 1


def test_a_missing_page_offers_a_search_with_the_words_of_its_address(client: Client) -> None:
    html = client.get("/fr/formations/prevenir-les_expulsions/").content.decode()
    assert 'action="/fr/recherche/"' in html
    assert 'value="prevenir les expulsions"' in html


def test_a_failure_says_so_in_three_languages_without_any_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        server_error(HttpRequest())
    assert len(queries) == 0
    response = client.get("/fr/fails/")
    html = response.content.decode()
    assert f"<code>{response['X-Request-ID']}</code>" in html, "what somebody can quote"
    for words in ("Une erreur s’est produite", 'lang="nl"', 'lang="en"'):
        assert words in html
    assert "secret detail" not in html
    assert "http" not in html.replace("http-equiv", ""), "nothing is loaded from anywhere"


def test_a_form_without_its_token_is_explained(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = strict.post("/account/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    html = response.content.decode()
    with translation.override("en"):
        assert "The form has expired" in html
    assert "Nothing was sent" in html


@pytest.mark.parametrize("address", ["/fr/%00/", "/fr/" + "a" * 5000 + "/", "/fr/..%2f..%2fetc/", "/fr/%ff/", "/fr/\u202e/"])
def test_strange_addresses_are_simply_not_found(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code in {400, 404}


FOREIGN = {"HTTP_HOST": "evil.example.net"}


@pytest.mark.parametrize("address", ["/", "/fr/", "/fr/formations/", "/nl/nergens/", "/account/login/", "/admin/", "/robots.txt"])
def test_a_foreign_host_is_refused_and_its_name_repeated_nowhere(client: Client, settings: Any, address: str) -> None:
    settings.ALLOWED_HOSTS = ["smes.example.org"]
    response = client.get(address, **FOREIGN)
    assert response.status_code == 400
    assert "evil" not in response.content.decode()
    assert client.get(address, HTTP_HOST="smes.example.org").status_code < 500


PUBLIC = ["/", "/fr/", "/nl/opleidingen/", "/fr/recherche/", "/account/login/", "/sitemap.xml", "/robots.txt", "/healthz", "/nl/nergens/"]


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "DELETE", "PUT", "PATCH", "CONNECT", "GETT"])
@pytest.mark.parametrize("address", PUBLIC)
def test_a_method_nobody_knows_is_not_taken_for_a_get(client: Client, address: str, method: str) -> None:
    response = client.generic(method, address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"


def test_the_admin_saves_segments_with_methods_of_its_own(client: Client) -> None:
    assert client.generic("PUT", "/admin/").status_code == 302
    assert client.generic("TRACE", "/admin/").status_code == 405


@pytest.mark.control
def test_without_the_middleware_a_page_answers_to_anything(client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "MethodMiddleware" not in each]
    assert client.generic("DELETE", "/").status_code == 302
