"""Sessions and passwords of colleagues (ASVS 5.0 §6.2, §7, §8.3): when they begin, when they end, and what ends them at once."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.models import User
from tests.core.accounts.test_accounts import browser, colleague, log_in
from tests.core.authenticator import code_of
from tests.core.factories import UserFactory

pytestmark = pytest.mark.django_db
LISTING = "/admin/trainings/sessions/"
# One of 64 characters, with what people like to type.
PHRASE = "  Un château, drie kastelen & one castle : 64 tekens lang, é’ß 🏰  "


def logged_in(*groups: str) -> tuple[Client, User]:
    client, user = browser(), colleague(*groups)
    log_in(client, user)
    assert client.get("/admin/").status_code == 200
    return client, user


def is_out(client: Client) -> bool:
    return bool(client.get("/admin/").status_code == 302)


def test_a_session_gets_a_new_key_when_somebody_logs_in() -> None:
    client = browser()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[site.SESSION_COOKIE_NAME] = session.session_key
    log_in(client, colleague("Coordinator"))
    assert client.cookies[site.SESSION_COOKIE_NAME].value != session.session_key


def test_logging_out_ends_the_session_on_the_server() -> None:
    client, _user = logged_in("Coordinator")
    key = client.cookies[site.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    thief = browser()
    thief.cookies[site.SESSION_COOKIE_NAME] = key
    assert is_out(thief)
    assert not Session.objects.filter(pk=key).exists()


def test_a_session_ends_twelve_hours_after_it_began_however_busy_it_was() -> None:
    with time_machine.travel("2026-11-24T08:00:00Z", tick=False) as clock:
        client, _user = logged_in("Coordinator")
        clock.shift(11 * 3600)
        assert not is_out(client)
        clock.shift(3601)
        assert is_out(client)


def test_an_account_that_is_closed_is_out_at_the_next_click() -> None:
    client, user = logged_in("Coordinator")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert is_out(client)


def test_a_new_password_ends_every_other_session() -> None:
    """So an administrator who resets it, or the person herself, throws out whoever is in."""
    client, user = logged_in("Coordinator")
    user.set_password("another secret for tests")
    user.save()
    assert is_out(client)


def test_a_right_that_is_taken_away_is_gone_at_the_next_click() -> None:
    client, user = logged_in("Coordinator")
    assert client.get(LISTING).status_code == 200
    user.groups.clear()
    assert client.get(LISTING).status_code == 302


@pytest.mark.parametrize("password", ["abcdefghijklmnopq", "correct horse battery staple", "ÉÉÉÉÉ ééééé ooooo", PHRASE])
def test_any_characters_make_a_password_if_there_are_fifteen(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("password", ["Short-1!", "12345678901234567", "passwordpassword"])
def test_a_short_or_well_known_one_does_not(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


def test_a_password_is_taken_exactly_as_it_was_typed() -> None:
    user: User = UserFactory()
    user.set_password(PHRASE)
    user.save()
    assert len(PHRASE) >= 64
    for wrong in (PHRASE.strip(), PHRASE[:-3], PHRASE.lower(), PHRASE[:63]):
        log_in(client := browser(), user, wrong)
        assert is_out(client)
    log_in(client := browser(), user, PHRASE)
    assert client.get("/admin/").status_code in {200, 302}
    assert client.session.get("_auth_user_id") == str(user.pk)


def test_the_field_of_a_password_may_be_pasted_into_and_filled_by_a_manager() -> None:
    html = browser().get("/account/login/").content.decode()
    field = next(part for part in html.split("<input") if 'name="password"' in part).partition(">")[0]
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "maxlength" not in field
    assert not [
        path for path in Path(site.BASE_DIR, "static", "js").rglob("*.js") if "onpaste" in path.read_text() or '"paste"' in path.read_text()
    ]


@time_machine.travel("2026-11-24T10:00:05Z", tick=False)
def test_a_code_of_the_authenticator_app_works_once() -> None:
    secret = "JBSWY3DPEHPK3PXP"
    user = colleague("Coordinator")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
    answers = []
    for _again in range(2):
        client = browser()
        log_in(client, user)
        answers.append(client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code)
    assert answers == [302, 200]


def test_nobody_gives_herself_a_role_with_a_field_the_form_does_not_have(settings: Any) -> None:
    """ASVS 5.0 §15.3.3: fields are named one by one, never taken as they come."""
    client, user = logged_in("Coordinator")
    claimed = {"is_superuser": "on", "is_staff": "on", "groups": ["1", "2", "3"], "is_active": "on"}
    claimed |= {f"name_email-{name}": value for name, value in claimed.items()} | {
        "name_email-first_name": "Zoé",
        "name_email-last_name": "Y",
    }
    client.post(reverse("wagtailadmin_account"), claimed)
    user.refresh_from_db()
    assert not user.is_superuser
    assert set(user.groups.values_list("name", flat=True)) == {"Coordinator"}


@pytest.mark.parametrize("address", ["/admin/", LISTING, "/admin/account/", "/account/2fa/"])
def test_no_cache_keeps_a_page_of_a_colleague(address: str) -> None:
    client, _user = logged_in("Coordinator")
    told = client.get(address, follow=True)["Cache-Control"]
    assert "private" in told
    assert "no-store" in told or "no-cache" in told
