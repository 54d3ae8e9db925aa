"""Logging in: one page, counted tries, and a second factor where a group asks for it."""

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core.models import GroupPolicy, OutgoingMail, User
from followup.roles import FOLLOW_UP
from tests.core.authenticator import code_of
from tests.core.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "secret-for-tests"
LOGIN = "/account/login/"


def browser() -> Client:
    return Client(headers={"accept-language": "en"})


def log_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": user.email, "password": password})


def colleague(*groups: str) -> User:
    user: User = UserFactory()
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def confirm_password(client: Client) -> None:
    """Whoever changes factors types the password again."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302


def main_of(html: str) -> str:
    """The part of a page that differs from others, without its token."""
    part = html[html.index("<main") : html.index("</main")]
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", part)


class TestTheDoor:
    def test_the_address_and_the_password_open_the_admin(self) -> None:
        client, user = browser(), colleague("Coordinator")
        assert log_in(client, user)["Location"] == reverse("wagtailadmin_home")
        assert client.get("/admin/").status_code == 200

    def test_the_address_may_be_typed_in_capitals(self) -> None:
        user = colleague("Coordinator")
        assert browser().post(LOGIN, {"login": user.email.upper(), "password": PASSWORD}).status_code == 302

    @pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/trainings/sessions/", "/fr/_util/login/"])
    def test_every_login_url_leads_to_one_login_page(self, address: str) -> None:
        response = browser().get(address, follow=True)
        assert response.redirect_chain[-1][0].startswith(LOGIN)

    def test_the_way_back_is_kept_and_never_leads_to_another_site(self) -> None:
        user = colleague("Coordinator")
        inside = browser().post(f"{LOGIN}?next=/admin/trainings/sessions/", {"login": user.email, "password": PASSWORD})
        assert inside["Location"] == "/admin/trainings/sessions/"
        outside = browser().post(f"{LOGIN}?next=https://evil.example.org/", {"login": user.email, "password": PASSWORD})
        assert outside["Location"] == reverse("wagtailadmin_home")

    def test_a_wrong_password_and_an_unknown_address_are_answered_alike(self) -> None:
        user = colleague()
        wrong = log_in(browser(), user, "something-else-entirely").content.decode()
        unknown = browser().post(LOGIN, {"login": "nobody@example.org", "password": "something-else-entirely"}).content.decode()
        assert 'class="error-summary"' in wrong
        assert "not correct" in wrong
        assert main_of(wrong).replace(user.email, "") == main_of(unknown).replace("nobody@example.org", "")

    def test_the_page_offers_what_the_site_has_and_nothing_else(self) -> None:
        html = main_of(browser().get(LOGIN).content.decode())
        assert "placeholder" not in html
        assert html.count("password_reset") == 1
        assert "signup" not in html
        assert "Remember" not in html

    @pytest.mark.parametrize("address", ["signup/", "email/", "password/reset/", "password/change/", "login/code/confirm/", "3rdparty/"])
    def test_nobody_makes_an_account_or_changes_an_address_here(self, address: str) -> None:
        client = browser()
        client.force_login(colleague())
        for each in (browser(), client):
            assert each.get(f"/account/{address}", follow=True).status_code == 404
            assert each.post(f"/account/{address}", {"email": "x@example.org", "password1": PASSWORD}, follow=True).status_code == 404


class TestLimits:
    def test_one_address_is_tried_ten_times_whoever_tries_and_whichever_process_answers(self) -> None:
        """The counter of allauth lives in one process; it is emptied here between two tries, as if another one answered."""
        user = colleague("Coordinator")
        for number in range(10):
            cache.clear()
            client = Client(REMOTE_ADDR=f"192.0.2.{number}", headers={"accept-language": "en"})
            assert log_in(client, user, "something-else-entirely").status_code == 200
        cache.clear()
        refused = log_in(browser(), user)
        assert refused.status_code == 429
        assert 0 < int(refused["Retry-After"]) <= 15 * 60
        assert "Too many failed login attempts" in refused.content.decode()

    def test_log_in_is_possible_again_after_fifteen_minutes(self) -> None:
        user = colleague("Coordinator")
        with time_machine.travel("2026-11-24 09:00:00+01:00") as traveller:
            for _number in range(11):
                cache.clear()
                log_in(browser(), user, "something-else-entirely")
            traveller.shift(16 * 60)
            cache.clear()
            assert log_in(browser(), user).status_code == 302

    def test_behind_a_proxy_the_reader_is_counted_and_not_the_proxy(self, settings: Any) -> None:
        settings.TRUSTED_PROXY_COUNT = 1
        for number in range(12):
            client = Client(headers={"x-forwarded-for": f"203.0.113.{number}", "accept-language": "en"})
            assert log_in(client, colleague("Coordinator")).status_code == 302

    def test_forgotten_passwords_are_mailed_three_times_an_hour_and_the_answer_is_always_the_same(self) -> None:
        user = colleague("Coordinator")
        answers = {
            browser().post("/admin/password_reset/", {"email": email})["Location"] for email in (*[user.email] * 5, "nobody@example.org")
        }
        assert answers == {"/admin/password_reset/done/"}
        assert [message.to for message in mail.outbox] == [[user.email]] * 3

    def test_the_mailed_link_sets_a_new_password(self) -> None:
        user = colleague("Coordinator")
        browser().post("/admin/password_reset/", {"email": user.email})
        link = re.search(r"http://testserver(/admin/password_reset/\S+)", str(mail.outbox[0].body))
        assert link
        client = browser()
        form = client.get(link[1], follow=True)
        new = "une-phrase-longue-et-nouvelle"
        client.post(form.redirect_chain[-1][0], {"new_password1": new, "new_password2": new})
        assert log_in(browser(), user, new).status_code == 302
        assert client.get(link[1], follow=True).context["validlink"] is False, "the link works once"

    @pytest.mark.parametrize("weak", ["short", "password12345", "123456789012345"])
    def test_short_and_common_passwords_are_refused(self, weak: str) -> None:
        with pytest.raises(ValidationError):
            validate_password(weak)


class TestSecondFactor:
    """A group asks for it; without one its members reach the page where they set one up, and nothing else."""

    @pytest.fixture
    def guarded(self) -> User:
        GroupPolicy.objects.filter(group__name="Coordinator").update(requires_second_factor=True)
        return colleague("Coordinator")

    def test_who_has_none_is_led_to_setting_one_up(self, guarded: User) -> None:
        client = browser()
        log_in(client, guarded)
        for address in ("/admin/", "/admin/trainings/sessions/", "/admin/api/main/pages/"):
            assert client.get(address)["Location"] == reverse("mfa_index")
        assert client.get(reverse("mfa_index")).status_code == 200

    @time_machine.travel("2026-11-24T10:00:05Z", tick=False)  # a code must not end between being read and being typed
    def test_an_authenticator_app_is_set_up_and_asked_for_from_then_on(self, guarded: User) -> None:
        client = browser()
        log_in(client, guarded)
        confirm_password(client)
        page = client.get(reverse("mfa_activate_totp"), follow=True)
        secret = client.session["mfa.totp.secret"]
        assert page.status_code == 200
        assert "data:image/svg+xml" in page.content.decode()
        assert "img-src 'self' data:" in page["Content-Security-Policy"]
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
        assert Authenticator.objects.filter(user=guarded, type=Authenticator.Type.TOTP).exists()

        later = browser()
        assert log_in(later, guarded)["Location"] == reverse("mfa_authenticate")
        assert later.get("/admin/")["Location"].startswith(LOGIN), "the password alone opens nothing"
        cache.clear()  # the same code is not taken twice
        assert later.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
        assert later.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
        assert later.get("/admin/").status_code == 200

    def test_a_session_opened_before_the_factor_existed_is_asked_again(self, guarded: User) -> None:
        client = browser()
        client.force_login(guarded)
        Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
        assert client.get("/admin/trainings/sessions/?q=a")["Location"].startswith(reverse("mfa_reauthenticate"))

    def test_recovery_codes_alone_are_no_factor(self, guarded: User) -> None:
        client = browser()
        client.force_login(guarded)
        Authenticator.objects.create(user=guarded, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0})
        assert client.get("/admin/")["Location"] == reverse("mfa_index")

    def test_groups_that_do_not_ask_are_left_alone(self) -> None:
        client = browser()
        client.force_login(colleague("Coordinator"))
        assert client.get("/admin/").status_code == 200

    def test_who_reads_follow_up_notes_always_needs_one(self) -> None:
        client = browser()
        client.force_login(colleague(FOLLOW_UP.name))
        GroupPolicy.objects.all().delete()
        assert client.get("/admin/")["Location"] == reverse("mfa_index")

    def test_whoever_may_do_everything_needs_one_too_outside_the_demo(self, settings: Any) -> None:
        settings.SECOND_FACTOR_FOR_SUPERUSERS = True
        client = browser()
        client.force_login(UserFactory(is_superuser=True))
        assert client.get("/admin/")["Location"] == reverse("mfa_index")

    def test_one_can_always_log_out(self, guarded: User) -> None:
        client = browser()
        client.force_login(guarded)
        assert client.post(reverse("wagtailadmin_logout")).status_code == 302
        assert client.get("/admin/")["Location"].startswith(LOGIN)

    @pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"])
    def test_the_pages_of_factors_work_in_the_sites_own_clothes(self, guarded: User, name: str) -> None:
        client = browser()
        log_in(client, guarded)
        confirm_password(client)
        response = client.get(reverse(name))
        assert response.status_code == 200
        assert 'class="site-header"' in response.content.decode()

    def test_a_lost_phone_is_forgotten_by_a_command(self, guarded: User, capsys: pytest.CaptureFixture[str]) -> None:
        for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
            Authenticator.objects.create(user=guarded, type=kind, data={})
        call_command("reset_second_factor", guarded.email.upper())
        assert not Authenticator.objects.exists()
        assert "2 factor(s) removed" in capsys.readouterr().out
        client = browser()
        client.force_login(guarded)
        assert client.get("/admin/")["Location"] == reverse("mfa_index"), "the next log-in asks for a new one"

    def test_whose_phone_is_lost_reads_what_a_recovery_code_is_and_whom_to_ask(self, guarded: User) -> None:
        """At the door, and where the factor is asked for again; names of people, never their emails."""
        UserFactory(is_superuser=True, first_name="Ada", last_name="Exemple")
        UserFactory(is_superuser=True, first_name="Gone", last_name="Away", is_active=False)
        Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
        at_the_door, inside = browser(), browser()
        log_in(at_the_door, guarded)
        inside.force_login(guarded)
        for html in (at_the_door.get(reverse("mfa_authenticate")).content.decode(), inside.get("/admin/", follow=True).content.decode()):
            assert "A recovery code is a code as well" in html
            assert "Ada Exemple" in html
            assert "Gone Away" not in html
            assert "@" not in main_of(html)

    def test_who_waits_at_the_door_while_the_factor_is_reset_logs_in_anew(self, guarded: User) -> None:
        Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
        client = browser()
        log_in(client, guarded)
        assert client.get(reverse("mfa_authenticate")).status_code == 200
        Authenticator.objects.all().delete()
        page = client.get(reverse("mfa_authenticate"), follow=True)
        assert page.redirect_chain == [(LOGIN, 302)]
        assert log_in(client, guarded).status_code == 302
        assert client.get("/admin/")["Location"] == reverse("mfa_index")

    def test_the_command_tells_the_person(self, guarded: User) -> None:
        Authenticator.objects.create(user=guarded, type=Authenticator.Type.TOTP, data={})
        call_command("reset_second_factor", guarded.email)
        assert OutgoingMail.objects.get(to=guarded.email).kind == "core/mail/second_factor_reset"

    @pytest.mark.parametrize("language", ["fr", "nl", "en"])
    def test_a_passkey_has_one_name(self, guarded: User, language: str) -> None:
        """allauth calls it passkey, security key or secret key, from page to page."""
        client = Client(headers={"accept-language": language})
        log_in(client, guarded)
        client.cookies["django_language"] = language
        confirm_password(client)
        pages = [client.get(reverse(name)).content.decode() for name in ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn")]
        words = " ".join(main_of(page) for page in pages)
        assert {"fr": "clé d’accès", "nl": "toegangssleutel", "en": "passkey"}[language] in words.lower()
        assert re.findall("security key|clés? de sécurité|clés? secrète|beveiligingssleutel", words, re.IGNORECASE) == []

    def test_the_account_leads_to_the_second_factor(self) -> None:
        client = browser()
        client.force_login(colleague("Coordinator"))
        assert f'href="{reverse("mfa_index")}"' in client.get(reverse("wagtailadmin_account")).content.decode()

    def test_the_command_names_an_unknown_address(self) -> None:
        with pytest.raises(CommandError, match=r"nobody@example\.org"):
            call_command("reset_second_factor", "nobody@example.org")


class TestTheRuleOfAGroup:
    """An administrator ticks it in Wagtail's own form for groups."""

    def save(self, group: Group, **ticked: str) -> None:
        client = browser()
        client.force_login(UserFactory(is_superuser=True))
        address = reverse("wagtailusers_groups:edit", args=[group.pk])
        form = client.get(address)
        assert 'id="group-policy"' in form.content.decode() or "Second factor" in form.content.decode()
        empty = {
            f"{prefix}-{name}": "0"
            for prefix in ("page_permissions", "collection_permissions", "image_permissions", "document_permissions")
            for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        }
        # What a browser sends back: the ticked ones among those the form shows.
        shown = set(form.context["form"].fields["permissions"].queryset.values_list("pk", flat=True))
        kept = sorted(shown.intersection(group.permissions.values_list("pk", flat=True)))
        read = {field["name"]: field["value"] for field in BeautifulSoup(form.content, "lxml").select("input[name^=initial-policy]")}
        sent = client.post(address, empty | {"name": group.name, "permissions": kept} | read | ticked)
        assert sent.status_code == 302, sent.content.decode()[:3000]

    def test_it_is_ticked_and_unticked(self) -> None:
        group = Group.objects.get(name="Trainer")
        self.save(group, **{"policy-requires_second_factor": "on"})
        assert GroupPolicy.objects.get(group=group).requires_second_factor
        self.save(group)
        assert not GroupPolicy.objects.get(group=group).requires_second_factor

    def test_a_form_opened_earlier_does_not_untick_it(self) -> None:
        """A colleague ticked it meanwhile; here only the name was looked at."""
        group = Group.objects.get(name="Trainer")
        self.save(group, **{"policy-requires_second_factor": "on"})
        self.save(group, **{"initial-policy-requires_second_factor": "False"})
        assert GroupPolicy.objects.get(group=group).requires_second_factor

    def test_it_stays_ticked_where_follow_up_notes_are_read(self) -> None:
        group = Group.objects.get(name=FOLLOW_UP.name)
        self.save(group)
        assert GroupPolicy.objects.get(group=group).requires_second_factor
