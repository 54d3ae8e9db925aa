"""Direction approves the report of a year, takes it home, and corrects it: in French with JavaScript and in Dutch without."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from core.models import Figure, FigureValue, GroupPolicy
from figures.models import Snapshot
from followup.models import Request
from tests.followup.factories import RequestFactory
from tests.journeys.variants import two_languages

pytestmark = pytest.mark.browser
DAY = datetime.date(2021, 3, 4)
REASON = "Une demande notée en retard"


@pytest.fixture
def requests(committed: None) -> Iterator[None]:
    """Seven requests of a year; the second factor of the group has a journey of its own."""
    GroupPolicy.objects.filter(group__name="Direction").update(requires_second_factor=False)
    RequestFactory.create_batch(7, received_on=DAY)
    yield
    GroupPolicy.objects.filter(group__name="Direction").update(requires_second_factor=True)
    Snapshot.objects.all()._raw_delete("default")  # nothing else deletes an approved report
    FigureValue.objects.filter(year=DAY.year).delete()
    Figure.objects.filter(values=None).delete()
    Request.objects.all().delete()


@two_languages
def test_approve_export_correct(enter: Callable[..., Page], requests: None, language: str, javascript: bool) -> None:
    page = enter("Direction", language, javascript=javascript)
    page.goto(f"/admin/report/?year={DAY.year}")
    expect(page.locator("#mob_requests tbody td").first).to_have_text("7")

    page.goto(f"/admin/report/{DAY.year}/approve/")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#mob_requests tbody td").first).to_have_text("7")
    first = Snapshot.objects.get()
    assert FigureValue.objects.get(figure__key="mob_requests", year=DAY.year).value == 7

    page.goto(f"/admin/report/approved/inspect/{first.pk}/")
    href = page.locator(f"a[href*='approved/{first.pk}/figures.xlsx']").first.get_attribute("href")
    assert href is not None
    assert f"smes-{DAY.year}-v1.xlsx" in page.request.get(href).headers["content-disposition"]

    RequestFactory(received_on=DAY)
    page.goto(f"/admin/report/{DAY.year}/approve/")
    expect(page.locator("main tbody tr", has_text="7").first).to_contain_text("8")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main form")).to_be_visible()
    page.locator("[name=note]").fill(REASON)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#mob_requests tbody td").first).to_have_text("8")
    second = Snapshot.objects.get(version=2)
    page.goto(f"/admin/report/approved/{second.pk}/since/{first.pk}/")
    expect(page.locator("main")).to_contain_text(REASON)
    assert first.is_intact
    assert FigureValue.objects.get(figure__key="mob_requests", year=DAY.year).value == 8
