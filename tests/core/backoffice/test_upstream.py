"""What colleagues see of Wagtail every day: in their language, without dead controls, publish first."""

import re
from pathlib import Path
from typing import Any

import allauth
import polib
import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import GroupPagePermission, Page

from core.models import User
from home.models import NewsPage
from tests.core.factories import UserFactory
from tests.core.people import member
from tests.trainings.factories import make_catalogue

pytestmark = pytest.mark.django_db

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def speaking(user: User, language: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture
def boss() -> Client:
    return speaking(UserFactory(is_superuser=True), "fr")


@pytest.fixture
def news() -> NewsPage:
    home = make_catalogue()["fr"].get_parent()
    page: NewsPage = home.add_child(instance=NewsPage(title="Nouvelle", slug="nouvelle", date="2026-11-30", intro="x", live=False))
    return page


@pytest.mark.parametrize(
    "name",
    ["wagtailadmin_home", "wagtailusers_users:index", "trainings_sessions:index", "wagtailadmin_account", "wagtailadmin_explore_root"],
)
def test_the_title_of_a_tab_ends_with_the_name_of_the_site(boss: Client, name: str) -> None:
    title = TITLE.search(boss.get(reverse(name)).content.decode())
    assert title
    assert title[1].endswith(" - Smes")
    assert "Wagtail" not in title[1]


def test_the_pages_before_the_door_have_it_too() -> None:
    assert "- Smes</title>" in Client().get(reverse("wagtailadmin_password_reset")).content.decode()


def test_no_english_colon_stands_in_the_title_of_a_french_tab(boss: Client) -> None:
    user = UserFactory(first_name="Nele", last_name="Voorbeeld")
    title = TITLE.search(boss.get(reverse("wagtailusers_users:edit", args=[user.pk])).content.decode())
    assert title
    assert " · Nele Voorbeeld - Smes" in title[1]


def test_a_page_has_no_box_that_does_nothing(boss: Client, news: NewsPage) -> None:
    html = boss.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert 'name="seo_title"' in html
    assert 'name="show_in_menus"' not in html


def buttons_of(client: Client, page: Page) -> list[str]:
    """The actions below the form of a page, the one in sight first."""
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    footer = html[html.index('class="footer') :]
    return re.findall(r'name="(action-[\w-]+)"|(?:id="save-draft"|class="[^"]*action-save[^"]*")', footer)


def test_who_may_publish_finds_that_first(boss: Client, news: NewsPage) -> None:
    assert buttons_of(boss, news)[0] == "action-publish"


def test_who_may_not_asks_for_a_review_in_words_of_the_house(news: NewsPage) -> None:
    editor = member("Editors")
    home = news.get_parent()
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.get_or_create(group=editor.groups.get(), page=home, permission=permission)
    html = speaking(editor, "fr").get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert "Demander une relecture" in html
    assert "Moderators approval" not in html
    assert 'name="action-publish"' not in html


@pytest.mark.parametrize(
    ("language", "name", "right"), [("fr", "Coordination", "Peut noter les présences"), ("nl", "Coördinatie", "Mag aanwezigheden")]
)
def test_groups_and_rights_are_in_the_readers_language(language: str, name: str, right: str) -> None:
    client = speaking(UserFactory(is_superuser=True), language)
    group = Group.objects.get(name="Coordinator")
    listing = client.get(reverse("wagtailusers_groups:index")).content.decode()
    assert name in listing
    assert "Coordinator" not in listing
    assert right in client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_users:index")):
        html = client.get(address).content.decode()
        assert name in html
        assert "Coordinator" not in html


def test_publish_in_dutch_is_two_words_apart(boss: Client) -> None:
    catalogue = boss.get(reverse("wagtail_localize:javascript_catalog")).content.decode()
    assert '"Publish in ": "Publier en "' in catalogue
    assert "Publier dans" not in catalogue


def test_a_translation_says_its_day_in_figures(settings: Any) -> None:
    from wagtail_localize.models import DATE_FORMAT
    from wagtail_localize.views.edit_translation import DATE_FORMAT as SHOWN

    assert DATE_FORMAT == SHOWN == "%d/%m/%Y"


def test_the_pages_and_mails_of_the_log_in_say_u() -> None:
    """What allauth says in Dutch, with our own words on top; its sign-up, phone numbers and other sites are not in use."""
    unused = re.compile(r"socialaccount|idp/|headless|usersessions|phone|signup|email_change")
    familiar = re.compile(r"(?i)\b(je|jij|jou|jouw|jezelf)\b")
    theirs = [
        entry
        for entry in polib.pofile(str(Path(allauth.__file__).parent / "locale/nl/LC_MESSAGES/django.po"))
        if entry.msgstr and not all(unused.search(place) for place, _line in entry.occurrences)
    ]
    assert any(familiar.search(entry.msgstr) for entry in theirs), "the control"
    with translation.override("nl"):
        assert [entry.msgid for entry in theirs if familiar.search(translation.gettext(entry.msgid))] == []
