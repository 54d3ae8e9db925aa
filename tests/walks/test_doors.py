"""Every door of the house, those of Wagtail and of apps yet to come included: who gets in, and that looking changes nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.models import User
from tests.trainings.factories import UserFactory
from tests.walks.doors import TOKEN, Door, all_doors, factories, furnish, is_shut

pytestmark = pytest.mark.django_db

OURS = {"core", "home", "trainings", "publications", "newsletter", "cartography"}
DOORS = all_doors()
INSIDE = [door for door in DOORS if door.is_backoffice]
# How one gets in, and what the log-in page itself needs: open to everybody.
ENTRANCE = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
PASSWORD_RESET = "/admin/password_reset/"
# Wagtail's own rooms for everybody with access to the admin, whatever the group. They hold forms without rows, or only rows the person may
# see anyway (published pages, images, documents; her own doings). None holds a row of ours that is not public.
COMMON_ROOMS = {
    "wagtail_localize:javascript_catalog",
    "wagtaildocs_chooser:chosen_multiple",
    "wagtailimages_chooser:chosen_multiple",
    "wagtailadmin_dismissibles",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_chooser:choose_results",
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    "wagtailimages_chooser:choose",
    "wagtailimages_chooser:choose_results",
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_api:pages:listing",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_pages:move_confirm",  # "not allowed" is told by its form
    "wagtailadmin_pages:confirm_workflow_cancellation",  # answers "nothing to confirm"
    "wagtailadmin_pages:revisions_index",  # leads to the history, which asks
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chosen",
    "wagtailsnippetchoosers_core_sitetexts:choose",  # words that stand on every public page
    "wagtailsnippetchoosers_core_sitetexts:choose_results",
    "wagtailsnippetchoosers_core_sitetexts:chosen",
    "wagtailsnippetchoosers_core_sitetexts:chosen_multiple",
}
# Fails on purpose, or only shows Wagtail's 404 page.
TEST_PAGES = {"/admin/failwhale/", "/admin/test404/"}
# What a GET may write: who is editing what just now, a picture in another size, the reader's own settings, the counter of a limit.
TRACES = {
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "core_rendition",
    "wagtailusers_userprofile",
    "django_session",
    "core_attempt",
}
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|ALTER|DROP|CREATE)\s+"?(\w+)', re.IGNORECASE)


@pytest.fixture
def furnished(db: None) -> None:
    """A row behind every door with a key."""
    furnish()


def browser_of(*permissions: str, groups: tuple[str, ...] = (), **fields: Any) -> Client:
    user: User = UserFactory(**fields)
    for name in permissions:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def is_entrance(door: Door) -> bool:
    return door.name in ENTRANCE or door.path.startswith(PASSWORD_RESET) or door.path == "/admin/login/"


def test_the_walk_finds_every_part_of_the_house() -> None:
    names = {door.name for door in DOORS}
    assert {"wagtailadmin_pages:edit", "wagtailusers_users:edit", "core_mails:inspect", "trainings_backoffice:mark", "mfa_index"} <= names
    assert {door.package for door in INSIDE} >= {"core", "trainings", "wagtail"}
    assert len(INSIDE) > 250
    assert not {door for door in DOORS if "<" in door.path or "%" in door.path}, "every key is filled in"


def test_rows_stand_behind_the_doors_of_our_own_listings(furnished: None) -> None:
    """A refusal of a row that does not exist would prove nothing: every model with a listing has a factory in tests/<app>/factories.py."""
    made = {factory._meta.model for factory in factories()}
    listed = {door.model for door in INSIDE if door.package in OURS and door.has_key and door.model}
    assert {model.__name__ for model in listed} - {model.__name__ for model in made} == set()


def test_nobody_gets_in_without_an_account(furnished: None) -> None:
    stranger, without_access = Client(headers={"accept-language": "en"}), browser_of()
    open_to = {
        (str(door), method)
        for client in (stranger, without_access)
        for door in INSIDE
        for method in ("get", "post")
        if not is_entrance(door) and not is_shut(client, door.path, method)
    }
    assert open_to == set()


def test_access_to_the_admin_alone_opens_wagtails_common_rooms_and_none_of_ours(furnished: None) -> None:
    colleague = browser_of("wagtailadmin.access_admin")
    opened = {str(door) for door in INSIDE if door.path not in TEST_PAGES and not is_entrance(door) and not is_shut(colleague, door.path)}
    assert sorted(opened - COMMON_ROOMS) == []
    ours = [door for door in INSIDE if door.package in OURS and not is_entrance(door)]
    assert {str(door) for door in ours if not is_shut(colleague, door.path, "post")} == set()


def test_a_group_without_any_right_in_an_app_stays_outside_of_it(furnished: None, settings: Any) -> None:
    """For instance a trainer at the newsletter, an editor at the enrolments; groups and apps are found, not listed."""
    # Who needs a second factor would stop there already, and show nothing about rights.
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]
    opened = set()
    rooms = [door for door in INSIDE if not is_entrance(door) and door.name not in COMMON_ROOMS]
    for group in Group.objects.filter(permissions__codename="access_admin"):
        apps = set(group.permissions.values_list("content_type__app_label", flat=True))
        member = browser_of(groups=(group.name,))
        foreign = [door for door in rooms if door.package in OURS - apps]
        assert foreign, group.name
        opened |= {
            (group.name, str(door), method) for door in foreign for method in ("get", "post") if not is_shut(member, door.path, method)
        }
    assert opened == set()


@pytest.fixture
def writes() -> Iterator[list[str]]:
    """Every statement that writes, except the traces."""
    seen: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        match = WRITE.match(sql)
        if match and match[1] not in TRACES:
            seen.append(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def test_looking_changes_nothing(furnished: None, writes: list[str]) -> None:
    """Somebody who may do everything opens every door of the site, public ones and mailed links included. Nothing fails either."""
    boss = browser_of(is_superuser=True, is_staff=True)
    changed, failed = {}, {}
    for door in DOORS:
        if door.path in TEST_PAGES:
            continue
        writes.clear()
        status = boss.get(door.path).status_code
        if writes:
            changed[str(door)] = list(writes)
        if status >= 500 and door.name != "core:health":  # which says 503: no worker runs here
            failed[str(door)] = status
    assert changed == {}
    assert failed == {}


def test_the_watch_sees_a_view_that_writes(furnished: None, writes: list[str]) -> None:
    """The control: a POST that changes something is noticed."""
    browser_of(is_superuser=True).post(reverse("core_themes:add"), {"slug": "x", "name_fr": "x", "name_nl": "x", "name_en": "x"})
    assert any("core_theme" in sql for sql in writes)


def test_mailed_links_act_on_post_only(furnished: None) -> None:
    """All public doors with a secret answer to GET with a page, a file or a polite no; none of them acts (see the watch above)."""
    stranger = Client()
    secret = [door for door in DOORS if TOKEN[:20] in door.path]
    assert len(secret) >= 5
    assert {door.name: stranger.get(door.path).status_code for door in secret if stranger.get(door.path).status_code >= 500} == {}
