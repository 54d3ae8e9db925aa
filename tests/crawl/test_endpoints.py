"""Every endpoint of the site, those of Wagtail and of apps yet to come included: who gets in, and that looking changes nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from core.models import User
from tests.apps import OURS
from tests.core.factories import UserFactory
from tests.crawl.endpoints import TOKEN, Endpoint, all_endpoints, create_rows, factories, is_refused

pytestmark = pytest.mark.django_db

ENDPOINTS = all_endpoints()
BACKOFFICE = [endpoint for endpoint in ENDPOINTS if endpoint.is_backoffice]
# How one gets in, and what the log-in page itself needs: open to everybody.
LOGIN = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
PASSWORD_RESET = "/admin/password_reset/"
# Wagtail's own views for everybody with access to the admin, whatever the group. They hold forms without rows, or only rows the person
# may see anyway (published pages, images, documents; her own doings). None holds a row of ours that is not public.
SHARED = {
    "wagtail_localize:javascript_catalog",
    "words_of_scripts",  # the same words of the interface, with those we replace
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
# Screens of core about pages: for every group that works on some (core.backoffice.page_access), by rights Wagtail keeps page by page.
ABOUT_PAGES = {
    "core_broken_links:index",
    "core_broken_links:results",
    "core_submit_page",
    "core_translation:languages",
    "core_translation:languages_results",
}
# Each sees what she may repair, so the groups that repair something get in (tests/figures/backoffice/test_missing.py).
OF_MANY_APPS = {"figures_missing"}
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
def created_rows(db: None) -> None:
    """A row behind every endpoint with a key."""
    create_rows()


def browser_of(*permissions: str, groups: tuple[str, ...] = (), **fields: Any) -> Client:
    user: User = UserFactory(**fields)
    for name in permissions:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def is_login(endpoint: Endpoint) -> bool:
    return endpoint.name in LOGIN or endpoint.path.startswith(PASSWORD_RESET) or endpoint.path == "/admin/login/"


def test_the_crawl_finds_every_app() -> None:
    names = {endpoint.name for endpoint in ENDPOINTS}
    assert {"wagtailadmin_pages:edit", "wagtailusers_users:edit", "core_mails:inspect", "trainings_backoffice:mark", "mfa_index"} <= names
    assert {endpoint.package for endpoint in BACKOFFICE} >= {"core", "trainings", "wagtail"}
    assert len(BACKOFFICE) > 250
    assert not {endpoint for endpoint in ENDPOINTS if "<" in endpoint.path or "%" in endpoint.path}, "every key is filled in"


def test_every_model_with_a_listing_has_a_row(created_rows: None) -> None:
    """A refusal of a row that does not exist would prove nothing: every model with a listing has a factory in tests/<app>/factories.py."""
    made = {factory._meta.model for factory in factories()}
    listed = {endpoint.model for endpoint in BACKOFFICE if endpoint.package in OURS and endpoint.has_key and endpoint.model}
    assert {model.__name__ for model in listed} - {model.__name__ for model in made} == set()


def test_without_an_account_everything_is_refused(created_rows: None) -> None:
    stranger, without_access = Client(headers={"accept-language": "en"}), browser_of()
    open_to = {
        (str(endpoint), method)
        for client in (stranger, without_access)
        for endpoint in BACKOFFICE
        for method in ("get", "post")
        if not is_login(endpoint) and not is_refused(client, endpoint.path, method)
    }
    assert open_to == set()


def test_access_to_the_admin_alone_shows_shared_views_of_wagtail_and_none_of_ours(created_rows: None) -> None:
    colleague = browser_of("wagtailadmin.access_admin")
    opened = {
        str(endpoint)
        for endpoint in BACKOFFICE
        if endpoint.path not in TEST_PAGES and not is_login(endpoint) and not is_refused(colleague, endpoint.path)
    }
    assert sorted(opened - SHARED) == []
    ours = [endpoint for endpoint in BACKOFFICE if endpoint.package in OURS and not is_login(endpoint)]
    assert {str(endpoint) for endpoint in ours if not is_refused(colleague, endpoint.path, "post")} == set()


def test_a_group_without_any_right_in_an_app_is_refused_everywhere_in_it(created_rows: None, settings: Any) -> None:
    """For instance a trainer at the newsletter, an editor at the enrolments; groups and apps are found, not listed.

    Rights only add up: where a member of all these groups together is refused, a member of each of them is.
    """
    # Who needs a second factor would stop there already, and show nothing about rights.
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]
    restricted = [each for each in BACKOFFICE if each.package in OURS and not is_login(each) and each.name not in SHARED | OF_MANY_APPS]
    of_pages = set(GroupPagePermission.objects.values_list("group", flat=True))
    opened, tried = set(), set()
    for app in sorted({each.package for each in restricted}):
        without = [
            group
            for group in Group.objects.filter(permissions__codename="access_admin")
            if not group.permissions.filter(content_type__app_label=app).exists()
        ]
        tried |= {group.name for group in without}
        member = browser_of(groups=tuple(group.name for group in without))
        of_no_page = browser_of(groups=tuple(group.name for group in without if group.pk not in of_pages))
        opened |= {
            (str(endpoint), method)
            for endpoint in restricted
            if endpoint.package == app
            for method in ("get", "post")
            if not is_refused(of_no_page if endpoint.name in ABOUT_PAGES else member, endpoint.path, method)
        }
    assert opened == set()
    assert tried == {group.name for group in Group.objects.filter(permissions__codename="access_admin")}


def test_one_group_with_a_right_among_many_is_noticed(created_rows: None) -> None:
    """The control: many groups at once hide no right of one of them."""
    member = browser_of(groups=tuple(Group.objects.exclude(name="Follow-up").values_list("name", flat=True)))
    assert not is_refused(member, reverse("trainings_enrolments:index"), "get")


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


def test_no_get_writes_or_fails(created_rows: None, writes: list[str]) -> None:
    """Somebody who may do everything opens every endpoint of the site, public ones and mailed links included. Nothing fails either."""
    boss = browser_of(is_superuser=True, is_staff=True)
    changed, failed = {}, {}
    for endpoint in ENDPOINTS:
        if endpoint.path in TEST_PAGES:
            continue
        writes.clear()
        status = boss.get(endpoint.path).status_code
        if writes:
            changed[str(endpoint)] = list(writes)
        if status >= 500 and endpoint.name != "core:health":  # which says 503: no worker runs here
            failed[str(endpoint)] = status
    assert changed == {}
    assert failed == {}


def test_the_watch_sees_a_view_that_writes(created_rows: None, writes: list[str]) -> None:
    """The control: a POST that changes something is noticed."""
    browser_of(is_superuser=True).post(reverse("core_themes:add"), {"slug": "x", "name_fr": "x", "name_nl": "x", "name_en": "x"})
    assert any("core_theme" in sql for sql in writes)


def test_mailed_links_act_on_post_only(created_rows: None) -> None:
    """All public endpoints with a secret answer to GET with a page, a file or a polite no; none of them acts (see the watch above)."""
    stranger = Client()
    secret = [endpoint for endpoint in ENDPOINTS if TOKEN[:20] in endpoint.path]
    assert len(secret) >= 5
    assert {
        endpoint.name: stranger.get(endpoint.path).status_code for endpoint in secret if stranger.get(endpoint.path).status_code >= 500
    } == {}
