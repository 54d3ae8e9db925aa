"""A day's counting on a phone, and the month of a team."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect

from core import clock
from core.models import User
from followup.activities.kinds import load_kinds
from followup.models import Activity, ActivityKind, CountSheet, SheetNumber, SheetTeam
from tests.followup.activities.factories import CountSheetFactory, SheetNumberFactory, SheetTeamFactory
from tests.journeys.axe import AT_REST, run_axe
from tests.journeys.test_accessible_newsletter import OUR_PART
from tests.journeys.variants import two_languages

pytestmark = pytest.mark.browser

# What axe would load beside the page, it would look for at the wrong address.
HERE: dict[str, object] = {"preload": False}

WORDS = {
    "fr": {"undo": "Annuler", "save": "Enregistrer", "rest": "0 là où"},
    "nl": {"undo": "Ongedaan maken", "save": "Opslaan", "rest": "0 waar niets"},
}


@pytest.fixture
def swept(committed: None) -> Iterator[None]:
    yield
    for model in (Activity, ActivityKind, CountSheet, SheetTeam):
        model._default_manager.all().delete()


@two_languages
@pytest.mark.usefixtures("swept")
def test_three_taps_and_a_sheet(enter: Callable[..., Page], language: str, javascript: bool) -> None:
    words = WORDS[language]
    load_kinds()
    this_month = clock.today().replace(day=1)
    last_month = (this_month - datetime.timedelta(days=1)).replace(day=1)
    team = SheetTeamFactory(slug="act", starts_on=last_month)
    SheetNumberFactory(sheet=CountSheetFactory(team=team, first_day=last_month), line="hf_meet_home", number=61)

    page = enter("Communication officer", language, phone=True, javascript=javascript, email="noa@example.org")
    worker = User.objects.get(email="noa@example.org")
    worker.user_permissions.add(*Permission.objects.filter(codename__in=("view_countsheet", "change_countsheet")))

    page.goto("/admin/follow-up/counters/")
    for network in ("Bruss", "Alias"):
        page.locator("#rep").get_by_role("button", name=network).click()
    expect(page.locator(".counters__latest li")).to_have_count(2)
    page.locator(".counters__latest").get_by_role("button", name=words["undo"]).first.click()
    expect(page.locator(".counters__latest li")).to_have_count(1)
    page.locator("#debates input[name=number]").fill("150")
    page.locator("#debates .counter__buttons button").click()
    expect(page.locator(".counters__latest li").first).to_contain_text("150")
    assert sorted(Activity.objects.values_list("kind__slug", "number")) == [("debates", 150), ("rep", 1)]
    assert not javascript or complaints_of_axe(page) == []

    page.goto("/admin/follow-up/sheets/")
    page.locator(f"a[href$='/hf_month/act/{this_month.year}/{this_month.month}/']").click()
    page.locator("#hf_meet_home").fill("610")
    page.locator("#hf_meet_ext").fill("20")
    page.get_by_role("button", name=words["rest"]).click()
    expect(page.locator("#hf_meet_home-said")).to_contain_text("61")
    expect(page.locator(".sheet__total output").first).to_have_text("630")
    assert SheetNumber.objects.get(line="hf_move_out", sheet__first_day=this_month).number == 0
    assert not javascript or complaints_of_axe(page) == []


def complaints_of_axe(page: Page) -> list[str]:
    """On the screen as it stands, once nothing fades in any more."""
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(AT_REST)
    return run_axe(page, OUR_PART, HERE)
