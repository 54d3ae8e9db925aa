"""What the report lacks is repaired where it is said: in French with JavaScript and in Dutch without."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from core.models import Organisation, Sector
from tests.core.factories import OrganisationFactory, SectorFactory
from tests.journeys.variants import two_languages
from tests.trainings.figures.scenes import at, present, session
from trainings.models import Enrolment

pytestmark = pytest.mark.browser
YEAR = 2021


@pytest.fixture
def sector(committed: None) -> Iterator[Sector]:
    """Three people of the year told no sector, two of one organisation that is not in the directory."""
    row = SectorFactory(slug="homeless-example")
    made: list[Organisation] = [OrganisationFactory(sector=None)]
    held = session(at(YEAR, 3, 5, 9))
    for name in ("Atelier Exemple", "Atelier Exemple"):
        present(held, organisation_name=name, sector=None)
    present(held, name="Alix Exemple", organisation=made[0], organisation_name="", sector=None)
    Enrolment.objects.update(created_at=datetime.datetime(YEAR, 1, 8, 9, tzinfo=datetime.UTC))
    yield row
    Enrolment.objects.update(sector=None, organisation=None)
    Organisation.objects.filter(pk=made[0].pk).delete()
    row.delete()


def lines_of_the_report(page: Page) -> str:
    """The sectors of the participants, as the report tells them."""
    page.goto(f"/admin/report/?year={YEAR}")
    return page.locator("#tr_sector").inner_text()


@two_languages
def test_missing_data_repaired(enter: Callable[..., Page], sector: Sector, language: str, javascript: bool) -> None:
    page = enter("Coordinator", language, javascript=javascript)
    assert sector.name_fr not in lines_of_the_report(page)
    page.locator("a[href*='missing-data']").last.click()
    page.locator("#asked-year").fill(str(YEAR))
    page.locator(".smes-scope button").click()

    # In one go, for the two people of one organisation.
    row = page.locator("section[aria-labelledby=sectors] tr", has_text="Atelier Exemple")
    row.locator("select").select_option(str(sector.pk))
    row.locator("button").click()
    expect(page.locator("section[aria-labelledby=sectors]")).not_to_contain_text("Atelier Exemple")

    # One by one, on the form of the enrolment, which leads back to the list.
    page.locator("a[href*='id_sector']", has_text="Alix Exemple").click()
    page.locator("#id_sector").select_option(str(sector.pk))
    page.locator("main form button[type=submit]").last.click()
    expect(page).to_have_url(re.compile(rf"missing-data/\?year={YEAR}"))
    expect(page.locator("a[href*='id_sector']")).to_have_count(0)

    counted = lines_of_the_report(page)
    assert re.search(r"\b3\b", counted), counted
    assert set(Enrolment.objects.values_list("sector", flat=True)) == {sector.pk}
