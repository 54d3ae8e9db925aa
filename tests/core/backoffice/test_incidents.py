"""What is wrong with the site stands on the dashboard too: a mail about the mail server may not arrive."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.health.checks import CHECKS
from core.models import Incident
from tests.core.factories import UserFactory

pytestmark = pytest.mark.django_db
HEADING = "Something is wrong with the site"


@pytest.fixture
def incident() -> Incident:
    check = next(check for check in CHECKS if check.name == "mail")
    return Incident.objects.create(check_name=check.name, reason=next(iter(check.reasons)), began_at=timezone.now())


def dashboard(client: Client, *codenames: str) -> str:
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home"), headers={"Accept-Language": "en"}).text


def test_whoever_is_mailed_reads_it_on_the_dashboard(client: Client, incident: Incident) -> None:
    text = dashboard(client, "view_incident")
    assert HEADING in text
    assert str(next(check for check in CHECKS if check.name == "mail").reasons[incident.reason]) in text


def test_nobody_else_does(client: Client, incident: Incident) -> None:
    assert HEADING not in dashboard(client)


def test_nothing_stands_there_once_it_is_over(client: Client, incident: Incident) -> None:
    Incident.objects.update(ended_at=incident.began_at + datetime.timedelta(minutes=9))
    assert HEADING not in dashboard(client, "view_incident")


def test_the_right_is_given_in_the_form_of_a_group(admin_client: Client) -> None:
    pk = Permission.objects.get(codename="view_incident").pk
    assert f'value="{pk}"' in admin_client.get(reverse("wagtailusers_groups:add")).text
