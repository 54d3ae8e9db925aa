"""Checking a certificate by its code."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from tests.html import text
from tests.trainings.factories import CertificateFactory, EnrolmentFactory
from trainings.attendance import views as certificates
from trainings.models import Certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate() -> Certificate:
    enrolment = EnrolmentFactory(organisation_name="Maison secrète", function="Infirmière", access_needs="rampe")
    made: Certificate = CertificateFactory(enrolment=enrolment, name="Camille Exemple", title="Écouter", minutes=330, minutes_planned=360)
    return made


def address() -> str:
    with translation.override("en"):
        return reverse("trainings:verify_certificate")


def test_the_page_without_a_code_asks_for_one(client: Client) -> None:
    html = client.get(address()).content.decode()
    assert 'name="code"' in html
    main = text(html, "main").lower()
    assert "error" not in main
    assert "(optional)" not in main, "it asks for nothing else"


def test_a_genuine_code_shows_what_the_paper_says_and_no_more(client: Client, certificate: Certificate) -> None:
    response = client.get(address(), {"code": certificate.code})
    html = response.content.decode()
    assert response.status_code == 200
    for words in (
        "This certificate is genuine",
        "Camille Exemple",
        "Écouter",
        "5.5 hours of 6 hours",
        "3 February 2026",
        "10 February 2026",
    ):
        assert words in html
    enrolment = certificate.enrolment
    for secret in ("secr", "Infirm", "rampe", enrolment.participant.email, enrolment.token, enrolment.reference):
        assert secret not in text(html, "main")
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]


def test_spaces_hyphens_and_small_letters_are_forgiven(client: Client, certificate: Certificate) -> None:
    code = certificate.code.lower()
    assert client.get(address(), {"code": f" {code[:4]}-{code[4:8]} {code[8:]} "}).status_code == 200


def test_a_withdrawn_certificate_says_so(client: Client, certificate: Certificate) -> None:
    Certificate.objects.update(revoked_at=timezone.now())
    html = client.get(address(), {"code": certificate.code}).content.decode()
    assert "It is no longer valid." in html
    assert "This certificate is genuine" not in html


def test_an_unknown_code_is_not_a_certificate(client: Client) -> None:
    response = client.get(address(), {"code": "ABCDEFGH2345"})
    assert response.status_code == 404
    assert "We know no certificate with this code" in response.content.decode()


@pytest.mark.parametrize("code", ["", "x", "ABC", "é" * 12, "\x00" * 12, "A" * 5000, "<script>alert(1)</script>", "ABCDEFGH0O1I"])
def test_what_cannot_be_a_code_is_explained(client: Client, code: str) -> None:
    response = client.get(address(), {"code": code})
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_nobody_can_try_codes_without_end(client: Client, certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "CHECKS", 2)
    codes = ["ABCDEFGH2345", "ABCDEFGH2346", certificate.code]
    assert [client.get(address(), {"code": code}).status_code for code in codes] == [404, 404, 429]
    assert client.get(address()).status_code == 200


def test_the_check_only_reads(client: Client) -> None:
    assert client.post(address(), {"code": "x"}).status_code == 405
