"""Email addresses: one way to write each, none that mail cannot reach, and a hint where somebody mistyped."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from core.forms import EmailField
from core.text.email_addresses import COMMON, normalised, suggestion, validate_public_email
from home.models import ContactPage
from newsletter.addresses import address_key
from tests.crawl.endpoints import create_rows
from tests.crawl.forms import OpenForm, open_forms
from tests.crawl.states import create_rows_of_today
from tests.home.factories import add_pages


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" Nora@Example.ORG ", "nora@example.org"),
        ("jan@straße.example", "jan@xn--strae-oqa.example"),
        ("jan@STRASSE.example", "jan@strasse.example"),
        ("jan@Éxample.org", "jan@xn--xample-9ua.org"),
        ("jan@e\u0301xample.org", "jan@xn--xample-9ua.org"),
        ("jan@XN--XAMPLE-9UA.org", "jan@xn--xample-9ua.org"),
        ("jan@例え.テスト", "jan@xn--r8jz45g.xn--zckzah"),
        ("no address", "no address"),
        ("@", "@"),
        ("", ""),
    ],
)
def test_an_address_is_written_one_way_its_domain_as_dns_does_today(written: str, kept: str) -> None:
    """IDNA 2003 would send the mail for straße.example to strasse.example, which is somebody else's."""
    assert normalised(written) == kept
    assert address_key(written) == address_key(kept)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("jan@localhost", "No mail can reach “localhost”"),
        ("jan@printer.local", "No mail can reach"),
        ("jan@[127.0.0.1]", "No mail can reach"),
        ("jan@192.168.10.20", "No mail can reach"),
        (f"{'x' * 65}@example.org", "before the @ is too long"),
        (f"jan@{'x.' * 130}org", "too long"),
        ("jan@example", "not complete"),
        ("jan@@example.org", "not complete"),
        (f"jan@{'é' * 20}{'a' * 40}.org", "not complete"),
        ("zoé@example.org", "not complete"),
        ("jan", "not complete"),
    ],
)
def test_what_mail_cannot_reach_is_refused_and_the_reader_told_why(address: str, reason: str) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refusal:
            validate_public_email(normalised(address))
        assert reason in refusal.value.messages[0]
        with pytest.raises(ValidationError) as in_a_form:
            EmailField().clean(address)
        assert reason in " ".join(in_a_form.value.messages) or "at most 254" in " ".join(in_a_form.value.messages)


@pytest.mark.parametrize("address", [f"{'x' * 64}@example.org", "jan@xn--strae-oqa.example", "o'neil+a@sub.example.org"])
def test_what_mail_can_reach_is_accepted(address: str) -> None:
    validate_public_email(address)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.be", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("hotnail.com", "hotmail.com"),
        ("hotmail.eb", "hotmail.be"),
        ("outlok.be", "outlook.be"),
        ("telnet.be", "telenet.be"),
        ("skynte.be", "skynet.be"),
    ],
)
def test_one_slip_of_the_finger_is_seen(typed: str, meant: str) -> None:
    assert suggestion(f"jan@{typed}") == f"jan@{meant}"


@pytest.mark.parametrize("domain", [*COMMON, "ymail.com", "mail.com", "smes.be", "live.be", "example.org", "outlook.nl", "hotmail.de"])
def test_real_domains_are_left_alone(domain: str) -> None:
    assert suggestion(f"jan@{domain}") == ""


def _sent(client: Client, form: OpenForm, **typed: str) -> tuple[str, str]:
    """The page that answers, and the stamp of its form."""
    html = client.post(form.action, form.filled(**typed)).content.decode()
    stamp = re.search(r'name="started" value="([^"]+)"', html)
    return html, stamp[1] if stamp else ""


@pytest.mark.django_db
def test_every_public_form_asks_once_and_takes_the_same_address_the_second_time(client: Client) -> None:
    create_rows()
    create_rows_of_today()
    add_pages(ContactPage, fr="Contact", nl="Contacteer ons", fields={"recipient": "contact@smes.example.org"})
    forms = [form for form in open_forms() if form.method == "post" and "email" in form.names and "short" not in form.names]
    assert len(forms) >= 5
    for form in forms:
        asked, stamp = _sent(client, form, email="jan@gmial.com")
        again, _stamp = _sent(client, form, email="jan@gmial.com", started=stamp)
        other, _stamp = _sent(client, form, email="jan@hotmial.com", started=stamp)
        assert ["jan@gmail.com" in asked, "jan@gmail.com" in again, "jan@hotmail.com" in other] == [True, False, True], form.action
