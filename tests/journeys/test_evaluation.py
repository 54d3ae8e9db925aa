"""Somebody evaluates a training at its end, on her phone and in two visits, and again some months later; she names her team lead."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.axe import TWO_LOOKS, faults
from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, wait_for_mail
from tests.journeys.steps import enrol, go
from tests.journeys.variants import two_languages
from tests.journeys.words import WORDS
from tests.serving import Served

pytestmark = pytest.mark.browser

EVALUATE, TEAM_LEAD = "a[href*='/evaluati']", "a[href*='/responsable/'], a[href*='/teamverantwoordelijke/']"


@dataclass
class Calendar:
    """Lets a session be over since some days, and gives its dates back."""

    database: str
    kept: list[tuple[object, ...]] = field(default_factory=list)

    def let_it_end(self, reference: str, days_ago: int) -> None:
        with psycopg.connect(self.database) as connection:
            rows = connection.execute(
                "select m.id, m.starts_at, m.ends_at from trainings_meeting m join trainings_session s on s.id = m.session_id "
                "where s.reference = %s",
                [reference],
            ).fetchall()
            self.kept = self.kept or list(rows)
            connection.execute(
                "update trainings_meeting m set starts_at = m.starts_at - f.gap, ends_at = m.ends_at - f.gap from "
                "(select max(m.ends_at) - now() + make_interval(days => %s) as gap from trainings_meeting m "
                "join trainings_session s on s.id = m.session_id where s.reference = %s) f where m.id = any(%s)",
                [days_ago, reference, [row[0] for row in rows]],
            )

    def turn_back(self) -> None:
        with psycopg.connect(self.database) as connection:
            for key, starts, ends in self.kept:
                connection.execute("update trainings_meeting set starts_at = %s, ends_at = %s where id = %s", [starts, ends, key])


@pytest.fixture
def calendar(site_database: str) -> Iterator[Calendar]:
    calendar = Calendar(site_database)
    yield calendar
    calendar.turn_back()


def send(page: Page) -> None:
    page.locator("main form .button--primary").click()


@two_languages
def test_hot_in_two_visits_then_cold(open_page: OpenPage, site: Served, calendar: Calendar, language: str, javascript: bool) -> None:
    words = WORDS[language]
    address = f"avis.{language}@example.org"
    page = open_page(f"{words.catalogue}{words.slug}/", javascript=javascript, phone=True, language=language)
    reference = enrol(page, address)
    mail = wait_for_mail(site.folder, address)
    manage = next(link for link in links_of(mail) if "/".join(link.split("/")[:4]).endswith(f"/{language}") and link.count("/") > 5)

    calendar.let_it_end(reference, days_ago=1)
    go(page, manage)
    page.locator(EVALUATE).click()
    hot = page.url
    page.locator("textarea").fill("À relire ce soir")
    page.locator("button[name=save]").click()
    go(page, hot)
    expect(page.locator("textarea")).to_have_value("À relire ce soir")
    if javascript:
        assert faults(page, looks=TWO_LOOKS) == {}
    send(page)  # the first question must be answered
    expect(page.locator(".error-summary a")).to_have_count(1)
    page.locator("fieldset").first.locator("input[value='5']").check()
    send(page)
    expect(page.locator(".form--questions")).to_have_count(0)
    go(page, hot)
    expect(page.locator(".form--questions")).to_have_count(0)

    page.locator(TEAM_LEAD).click()
    page.locator("[name=name]").fill("Sam Exemple")
    page.locator("[name=email]").fill(f"lead.{language}@example.org")
    page.locator("[name=agrees]").check()
    send(page)
    expect(page).to_have_url(manage)

    calendar.let_it_end(reference, days_ago=100)
    go(page, manage)
    page.locator(EVALUATE).click()
    page.locator("fieldset").first.locator("input[value='4']").check()
    send(page)
    expect(page.locator(".form--questions")).to_have_count(0)
