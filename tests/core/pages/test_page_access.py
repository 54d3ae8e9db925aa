"""Who works on pages and who does not: the dashboard, the menu and the report that names drafts."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from core.models import User
from tests.core.factories import UserFactory

pytestmark = pytest.mark.django_db

REPORT = "/admin/localize/reports/translations/"


def browser_of(group: str) -> Client:
    user: User = UserFactory()
    user.groups.set(Group.objects.filter(name=group))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


@pytest.mark.parametrize("group", ["Coordinator", "Trainer", "Map"])
def test_who_works_on_no_page_is_led_to_none(group: str) -> None:
    client = browser_of(group)
    home = client.get("/admin/").content.decode()
    assert "smes-without-pages" in home
    assert REPORT not in home
    for address in (REPORT, f"{REPORT}results/"):
        assert client.get(address).status_code in {302, 403}


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_who_works_on_pages_searches_them_and_reads_their_report(group: str) -> None:
    client = browser_of(group)
    home = client.get("/admin/").content.decode()
    assert "smes-without-pages" not in home
    assert REPORT in home
    for address in (REPORT, f"{REPORT}results/"):
        assert client.get(address).status_code == 200


def test_the_help_menu_brings_no_news_of_wagtail() -> None:
    home = browser_of("Coordinator").get("/admin/").content.decode()
    assert "editor-guide" in home
    assert "whats-new-in-wagtail" not in home
