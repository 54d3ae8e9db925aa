"""Every kind of answer has the headers of a public server, with production's own settings, as a browser gets them behind TLS."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, re_path, reverse
from django.views.static import serve

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as house
from core.models import CustomDocument
from tests.config.test_settings import PUBLIC, values
from tests.core.factories import UserFactory
from tests.core.web.observatory import points, score
from tests.publications.factories import EditionFactory, EditionFileFactory, make_library, make_pages
from tests.trainings.factories import make_catalogue

pytestmark = pytest.mark.django_db

OF_PRODUCTION = (
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_SAMESITE",
    "MIDDLEWARE",
)
EVERYWHERE = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
SHARED = ("/static/", "/media/")


def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


def media(request: HttpRequest, path: str) -> Any:
    return serve(request, path, document_root=site_settings.MEDIA_ROOT)


urlpatterns = [path("fr/fails/", fails), re_path(r"^media/(?P<path>.*)$", media), *house]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


@pytest.fixture(scope="session")
def of_production(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Read in a process of its own."""
    return values(root, "production", tmp_path_factory.mktemp("production"), names=OF_PRODUCTION, **PUBLIC)


@pytest.fixture
def public(settings: Any, of_production: dict[str, Any]) -> Any:
    """The site as production runs it."""
    for name, value in of_production.items():
        setattr(settings, name, value)
    settings.ROOT_URLCONF = __name__
    settings.WHITENOISE_USE_FINDERS = True
    settings.ALLOWED_HOSTS = ["smes.example.org"]
    make_catalogue()
    return settings


def browser() -> Client:
    client = Client(headers={"host": "smes.example.org", "accept-language": "fr"})
    client.raise_request_exception = False
    return client


def ask(address: str, method: str = "GET", client: Client | None = None, **headers: str) -> Any:
    return (client or browser()).generic(method, address, secure=True, **headers)


def kinds_of_answers() -> dict[str, tuple[int, Any]]:
    """One answer of each kind there is, with the status it must have."""
    make_library()
    edition = EditionFactory(languages=["fr"])
    EditionFileFactory(edition=edition)
    make_pages(edition.work)
    document = CustomDocument.objects.create(title="Un document", file=ContentFile(b"words", "words.txt"))
    picture = Path(site_settings.MEDIA_ROOT) / "images" / "seen.txt"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text("a picture")
    boss = browser()
    boss.force_login(UserFactory(is_superuser=True))
    strict = Client(enforce_csrf_checks=True, headers={"host": "smes.example.org"})
    return {
        "page": (200, ask("/fr/catalogue-fr/")),
        "form": (200, ask("/account/login/")),
        "missing page": (404, ask("/fr/nulle-part/")),
        "failure": (500, ask("/fr/fails/")),
        "static file": (200, ask("/static/css/site.css")),
        "missing static file": (404, ask("/static/css/nowhere.css")),
        "media": (200, ask("/media/images/seen.txt")),
        "document": (200, ask(document.url)),
        "download": (200, ask(reverse("publications_files:download", args=[edition.reference, edition.file_stem]))),
        "feed": (200, ask(reverse("publications:rss"))),
        "redirect to a language": (302, ask("/")),
        "redirect to the log-in": (302, ask("/admin/")),
        "back-office": (200, ask("/admin/", client=boss)),
        "without its token": (403, strict.post("/account/login/", {"login": "x"}, secure=True)),
        "unknown method": (405, ask("/fr/catalogue-fr/", "PROPFIND")),
        "POST where there is none": (405, ask("/healthz", "POST")),
        "foreign host": (400, ask("/fr/catalogue-fr/", HTTP_HOST="evil.example.net")),
        "robots": (200, ask("/robots.txt")),
        "sitemap": (200, ask("/sitemap.xml")),
        "health": (503, ask("/healthz")),
        "metrics": (302, ask("/metrics")),
        "well-known": (200, ask("/.well-known/security.txt")),
    }


def missing_headers(response: Any) -> dict[str, Any]:
    """What an answer lacks of the headers every answer has."""
    asked = response.wsgi_request.path
    expected = EVERYWHERE | {"Cross-Origin-Resource-Policy": "cross-origin" if asked.startswith(SHARED) else "same-origin"}
    wrong = {name: response.get(name) for name, value in expected.items() if response.get(name) != value}
    if "camera=()" not in response.get("Permissions-Policy", ""):
        wrong["Permissions-Policy"] = response.get("Permissions-Policy")
    policy = response.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy:
        wrong["Content-Security-Policy"] = policy
    # Wagtail gives documents a policy of its own.
    if "frame-ancestors" not in policy and response.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"}:
        wrong["framing"] = policy
    if not response.get("X-Request-ID"):
        wrong["X-Request-ID"] = None
    return wrong


def test_every_kind_of_answer_has_them(public: Any) -> None:
    answers = kinds_of_answers()
    assert {kind: answer.status_code for kind, (_status, answer) in answers.items()} == {
        kind: status for kind, (status, _answer) in answers.items()
    }
    assert {kind: missing for kind, (_status, answer) in answers.items() if (missing := missing_headers(answer))} == {}


@pytest.mark.control
@pytest.mark.parametrize(
    "middleware", ["HeadersMiddleware", "SecurityMiddleware", "ContentSecurityPolicyMiddleware", "MonitoringMiddleware"]
)
def test_without_a_middleware_they_are_missed(public: Any, middleware: str) -> None:
    public.MIDDLEWARE = [each for each in public.MIDDLEWARE if not each.endswith(f".{middleware}")]
    assert missing_headers(ask("/fr/catalogue-fr/")) != {}


@pytest.mark.parametrize("address", ["/fr/catalogue-fr/", "/account/login/", "/nl/catalogue-nl/", "/en/nowhere/"])
def test_the_observatory_gives_at_least_120_points(public: Any, address: str) -> None:
    response = ask(address)
    assert score(response) >= 120, points(response)
    assert min(points(response).values()) >= 0


@pytest.mark.control
def test_the_observatory_sees_what_is_missing(public: Any) -> None:
    response = ask("/account/login/")
    for header in ("Content-Security-Policy", "Strict-Transport-Security", "Cross-Origin-Resource-Policy"):
        del response[header]
    assert score(response) <= 60, "no extra points either"


def test_without_tls_one_is_sent_to_it_on_the_same_host(public: Any) -> None:
    response = browser().get("/fr/catalogue-fr/?q=x")
    assert (response.status_code, response["Location"]) == (301, "https://smes.example.org/fr/catalogue-fr/?q=x")
    assert "Strict-Transport-Security" not in response, "it means nothing there (RFC 6797 §7.2)"


@pytest.mark.parametrize("host", ["evil.example.net", "smes.example.org.evil.net", "smes.example.org:80@evil.net", "-", "[::1]"])
@pytest.mark.parametrize("address", ["/", "/fr/catalogue-fr/", "/admin/", "/metrics", "/static/css/site.css"])
def test_a_foreign_host_gets_400(public: Any, host: str, address: str) -> None:
    response = ask(address, HTTP_HOST=host)
    # Files are the same for everybody, and are found before anything asks for a host.
    assert response.status_code == (200 if address.startswith("/static/") else 400)
    assert "evil" not in response.get("Location", "")


@pytest.mark.parametrize("address", ["/fr/catalogue-fr/", "/robots.txt", "/sitemap.xml", "/account/login/", "/fr/nulle-part/"])
def test_head_answers_as_get_does_without_a_body(public: Any, address: str) -> None:
    read, looked = ask(address), ask(address, "HEAD")
    assert looked.status_code == read.status_code
    assert looked.content == b""
    assert looked["Content-Type"] == read["Content-Type"]


@pytest.mark.parametrize("address", ["/fr/catalogue-fr/", "/fr/recherche/", "/robots.txt"])
def test_options_says_what_may_be_asked_and_does_nothing(public: Any, address: str) -> None:
    response = ask(address, "OPTIONS")
    assert response.status_code in {200, 405}
    assert "GET" in response["Allow"]
    assert "Access-Control-Allow-Origin" not in response


def test_cookies_are_bound_to_this_host(public: Any) -> None:
    cookies = ask("/account/login/").cookies
    assert set(cookies) == {"__Host-csrf"}
    assert all(cookie["secure"] and cookie["path"] == "/" and not cookie["domain"] for cookie in cookies.values())


def test_security_txt_says_where_to_report_a_hole(public: Any) -> None:
    public.SECURITY_CONTACT = "security@smes.example.org"
    response = ask("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@smes.example.org"
    assert fields["Expires"].endswith("Z")
    assert fields["Preferred-Languages"] == "fr, nl, en"
    assert fields["Canonical"].endswith("/.well-known/security.txt")


def test_a_password_manager_finds_where_a_password_is_changed(public: Any) -> None:
    response = ask("/.well-known/change-password")
    assert (response.status_code, response["Location"]) == (302, "/admin/account/")
