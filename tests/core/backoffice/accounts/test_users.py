"""An administrator invites a colleague; the list of users says who may do what and who still needs a second factor."""

import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import GroupPolicy, OutgoingMail, User
from tests.core.factories import UserFactory
from tests.core.people import browser_of, member

pytestmark = pytest.mark.django_db

USERS = reverse("wagtailusers_users:index")
ADD = reverse("wagtailusers_users:add")
LINK = re.compile(r"(/admin/password_reset/confirm/\S+)")
PASSWORD = "une phrase que personne ne devine"


@pytest.fixture
def boss() -> Client:
    return browser_of(UserFactory(is_superuser=True, first_name="Ada", last_name="Exemple"))


def form(**changes: Any) -> dict[str, Any]:
    sent = {"email": "nele@example.org", "first_name": "Nele", "last_name": "Voorbeeld", "language": "nl"}
    return sent | {"groups": [Group.objects.get(name="Coordinator").pk]} | changes


def link_of(mail: OutgoingMail) -> str:
    found = LINK.search(mail.text)
    assert found
    return found[1]


class TestInvitation:
    def test_nobody_invents_a_password_for_somebody_else(self, boss: Client) -> None:
        for address in (ADD, reverse("wagtailusers_users:edit", args=[UserFactory().pk])):
            html = boss.get(address).content.decode()
            assert 'type="password"' not in html
            assert 'name="username"' not in html

    def test_the_new_colleague_gets_a_link_in_her_language_and_logs_in_with_her_own_password(self, boss: Client) -> None:
        assert boss.post(ADD, form()).status_code == 302
        user = User.objects.get(email="nele@example.org")
        mail = OutgoingMail.objects.get(to="nele@example.org")
        assert (mail.language, mail.about) == ("nl", f"user:{user.pk}")
        assert "Ada Exemple" in mail.text
        assert [group.name for group in user.groups.all()] == ["Coordinator"]

        visitor = Client(headers={"accept-language": "nl"})
        page = visitor.get(link_of(mail), follow=True)
        sent = visitor.post(page.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})
        assert sent.status_code == 302
        inside = Client().post("/account/login/", {"login": "nele@example.org", "password": PASSWORD})
        assert inside["Location"] == reverse("wagtailadmin_home")

    def test_the_link_works_once_and_three_days(self, boss: Client) -> None:
        with time_machine.travel("2026-11-24 09:00:00+01:00") as traveller:
            boss.post(ADD, form())
            link = link_of(OutgoingMail.objects.get(to="nele@example.org"))
            assert Client().get(link, follow=True).context["validlink"] is True
            traveller.shift(3 * 24 * 3600 + 60)
            assert Client().get(link, follow=True).context["validlink"] is False

    def test_a_lost_invitation_is_sent_again_and_the_first_link_is_void(self, boss: Client) -> None:
        boss.post(ADD, form())
        user = User.objects.get(email="nele@example.org")
        again = reverse("wagtailusers_users:invite", args=[user.pk])
        assert again in boss.get(reverse("wagtailusers_users:edit", args=[user.pk])).content.decode()
        assert boss.post(again).status_code == 302
        first, second = OutgoingMail.objects.filter(to=user.email).order_by("pk")
        assert Client().get(link_of(first), follow=True).context["validlink"] is False
        assert Client().get(link_of(second), follow=True).context["validlink"] is True

    def test_who_has_logged_in_needs_no_invitation(self, boss: Client) -> None:
        user = UserFactory(last_login=timezone.now())
        again = reverse("wagtailusers_users:invite", args=[user.pk])
        assert again not in boss.get(reverse("wagtailusers_users:edit", args=[user.pk])).content.decode()
        assert boss.post(again).status_code == 422
        assert not OutgoingMail.objects.exists()

    def test_one_email_is_one_account_however_it_is_written(self, boss: Client) -> None:
        UserFactory(email="nele@example.org")
        answer = boss.post(ADD, form(email="Nele@Example.org"))
        assert answer.status_code == 200
        assert "Somebody has an account" in answer.content.decode()

    def test_the_back_office_never_shows_the_link(self, boss: Client) -> None:
        boss.post(ADD, form())
        mail = OutgoingMail.objects.get(to="nele@example.org")
        html = boss.get(reverse("core_mails:inspect", args=[mail.pk])).content.decode()
        assert "/admin/password_reset/confirm/" in html
        assert link_of(mail) not in html

    def test_mails_about_accounts_are_for_administrators(self, boss: Client) -> None:
        boss.post(ADD, form())
        mail = OutgoingMail.objects.get(to="nele@example.org")
        answer = browser_of(member("Coordinator")).get(reverse("core_mails:inspect", args=[mail.pk]), follow=True)
        assert answer.status_code == 404


class TestTheList:
    def words_of(self, html: str, email: str) -> str:
        row = next(row for row in html.split("<tr")[1:] if email in row)
        return " ".join(re.sub(r"<[^>]+>", " ", row.partition("</tr>")[0]).split())

    def test_it_shows_groups_and_whether_the_second_factor_stands(self, boss: Client) -> None:
        GroupPolicy.objects.filter(group__name="Coordinator").update(requires_second_factor=True)
        GroupPolicy.objects.filter(group__name="Trainer").update(requires_second_factor=False)
        safe, missing, free = member("Coordinator", "Trainer"), member("Coordinator"), member("Trainer")
        Authenticator.objects.create(user=safe, type=Authenticator.Type.TOTP, data={})
        Authenticator.objects.create(user=missing, type=Authenticator.Type.RECOVERY_CODES, data={})
        reader = UserFactory()
        reader.user_permissions.add(Permission.objects.get(codename="read_follow_up_notes"))
        html = boss.get(USERS).content.decode()
        assert "Coordinator, Trainer" in self.words_of(html, safe.email)
        assert "set up" in self.words_of(html, safe.email)
        assert "still missing" in self.words_of(html, missing.email)
        assert "still missing" in self.words_of(html, reader.email)
        assert "not needed" in self.words_of(html, free.email)

    def test_more_users_cost_no_more_queries(self, boss: Client, django_assert_max_num_queries: Any) -> None:
        for _number in range(15):
            member("Coordinator", "Trainer")
        boss.get(USERS)
        with django_assert_max_num_queries(25):
            boss.get(USERS)


class TestALostSecondFactor:
    @pytest.fixture
    def colleague(self) -> User:
        user = member("Coordinator", first_name="Camille", last_name="Exemple")
        for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
            Authenticator.objects.create(user=user, type=kind, data={})
        return user

    def reset_url(self, user: User) -> str:
        return reverse("wagtailusers_users:reset_factor", args=[user.pk])

    def test_an_administrator_resets_it_and_the_person_is_told(self, boss: Client, colleague: User) -> None:
        url = self.reset_url(colleague)
        assert url in boss.get(reverse("wagtailusers_users:edit", args=[colleague.pk])).content.decode()
        assert "on a number you know" in boss.get(url).content.decode()
        assert Authenticator.objects.filter(user=colleague).count() == 2, "looking changes nothing"
        assert boss.post(url).status_code == 302
        assert not Authenticator.objects.filter(user=colleague).exists()
        mail = OutgoingMail.objects.get(to=colleague.email)
        assert "Ada Exemple" in mail.text

    def test_the_history_says_who_did_it_and_names_nobody(self, boss: Client, colleague: User) -> None:
        boss.post(self.reset_url(colleague))
        entry = ModelLogEntry.objects.get(action="core.reset_second_factor")
        assert (entry.user.first_name, entry.label) == ("Ada", f"user {colleague.pk}")

    def test_nobody_resets_her_own(self) -> None:
        boss = UserFactory(is_superuser=True)
        Authenticator.objects.create(user=boss, type=Authenticator.Type.RECOVERY_CODES, data={})
        client = browser_of(boss)
        assert self.reset_url(boss) not in client.get(reverse("wagtailusers_users:edit", args=[boss.pk])).content.decode()
        answer = client.post(self.reset_url(boss))
        assert answer.status_code == 422
        assert "ask another administrator" in answer.content.decode()
        assert Authenticator.objects.filter(user=boss).exists()

    def test_the_right_to_edit_users_is_not_enough(self, colleague: User) -> None:
        """Whoever resets a factor and reads the mail of a new password would become somebody else."""
        secretary = member("Coordinator")
        secretary.user_permissions.add(*Permission.objects.filter(content_type__app_label="core", codename__endswith="_user"))
        client = browser_of(secretary)
        assert client.get(reverse("wagtailusers_users:edit", args=[colleague.pk])).status_code == 200
        for name in ("reset_factor", "invite"):
            assert client.post(reverse(f"wagtailusers_users:{name}", args=[colleague.pk])).status_code in {302, 403}
        assert Authenticator.objects.filter(user=colleague).count() == 2
        assert not OutgoingMail.objects.exists()

    def test_who_has_none_is_said_to_have_none(self, boss: Client) -> None:
        answer = boss.post(self.reset_url(member("Coordinator")))
        assert answer.status_code == 422
        assert "no second factor" in answer.content.decode()
