"""The nightly check of the links of pages: what leads nowhere is listed where it is mended."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from core import clock
from core.links.check import check_pages, public_links
from core.models import BrokenLink
from home.models import StandardPage
from tests.core.factories import UserFactory
from tests.home.factories import add_page

pytestmark = pytest.mark.django_db
REPORT = "core_broken_links:index"


def page_with(*html: str, title: str = "À propos") -> StandardPage:
    return add_page(StandardPage(title=title, body=[("text", each) for each in html]))


def check(answers: dict[str, int | None]) -> set[str]:
    asked: list[str] = []

    def answer(url: str) -> int | None:
        asked.append(url)
        return answers[url]

    check_pages(host="testserver", now=clock.now(), try_it=answer)
    assert len(asked) == len(set(asked)), "each is tried once"
    return set(BrokenLink.objects.values_list("url", flat=True))


def link(href: str) -> str:
    return f'<p><a href="{href}">lien</a></p>'


def test_what_a_server_does_not_know_is_broken_what_it_keeps_from_robots_is_not() -> None:
    answers: dict[str, int | None] = {
        "https://example.org/gone": 404,
        "https://example.org/robots": 403,
        "https://example.org/silent": None,
        "https://example.org/": 200,
    }
    page_with(*map(link, answers))
    page_with(link("https://example.org/gone"), title="Le réseau")
    assert check(answers) == {"https://example.org/gone"}
    assert BrokenLink.objects.count() == 2, "one a page"


def test_pages_of_this_site_are_looked_up() -> None:
    gone = add_page(StandardPage(title="Ancienne page"))
    kept = add_page(StandardPage(title="Membres"))
    page_with(
        f'<p><a linktype="page" id="{gone.pk}">a</a> <a linktype="page" id="{kept.pk}">b</a> <a linktype="page" id="987654">c</a></p>',
        link("/fr/nulle-part/"),
        link(kept.url),
        link("mailto:someone@example.org"),
    )
    gone.unpublish()
    assert check({}) == {"Ancienne page (FR)", "#987654", "/fr/nulle-part/"}


def test_a_mended_link_leaves_the_list() -> None:
    page = page_with(link("https://example.org/gone"))
    assert check({"https://example.org/gone": 410})
    page.body = [("text", link("https://example.org/new"))]
    page.save()
    assert check({"https://example.org/new": 200}) == set()


def test_pages_that_are_not_public_are_not_asked_about() -> None:
    page = page_with(link("https://example.org/gone"))
    page.unpublish()
    assert page.pk not in public_links()


class TestReport:
    @pytest.fixture
    def broken(self) -> BrokenLink:
        return BrokenLink.objects.create(page=page_with(), url="https://example.org/gone", status=404, checked_at=clock.now())

    def browser_of(self, group: str) -> Client:
        user: Any = UserFactory()
        user.groups.set(Group.objects.filter(name=group))
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    def test_it_names_the_link_and_leads_to_its_page(self, broken: BrokenLink) -> None:
        html = self.browser_of("Moderators").get(reverse(REPORT)).content.decode()
        assert "https://example.org/gone" in html
        assert reverse("wagtailadmin_pages:edit", args=[broken.page_id]) in html

    def test_it_is_filtered_by_language(self, broken: BrokenLink) -> None:
        client = self.browser_of("Moderators")
        assert list(client.get(reverse(REPORT), {"language": "fr"}).context["object_list"]) == [broken]
        assert not client.get(reverse(REPORT), {"language": "nl"}).context["object_list"]

    def test_it_can_be_taken_along(self, broken: BrokenLink) -> None:
        assert self.browser_of("Moderators").get(reverse(REPORT), {"export": "xlsx"}).status_code == 200

    def test_control_it_names_nothing_to_who_works_on_no_page(self, broken: BrokenLink) -> None:
        assert self.browser_of("Trainer").get(reverse(REPORT)).status_code in {302, 403}
