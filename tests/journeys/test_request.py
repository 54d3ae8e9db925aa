"""An organisation asks for a training, accepts a proposal, and gives the names of its people, and pays: from the sheet to the account."""

import datetime
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import OpenPage
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.steps import FILLED_IN, bring_bank_file, communication_of, log_in
from tests.journeys.variants import two_languages
from tests.journeys.words import WORDS
from tests.serving import Served
from tests.trainings.payment.bank_files import Paid

pytestmark = pytest.mark.browser

COORDINATOR, ACCOUNTS = "coordination@example.org", "comptabilite@example.org"
FORMS = {"fr": "demander-une-formation", "nl": "opleiding-aanvragen"}
ASKED, PAID = {"fr": "Demande de paiement", "nl": "Betalingsverzoek"}, {"fr": "payé", "nl": "betaald"}
PEOPLE = "Robin Exemple;robin.{0}@example.org;infirmier\nSans adresse"


def ask(page: Page, language: str, address: str) -> None:
    """From the sheet to the form that has its training chosen already."""
    page.locator(f"a[href*='{FORMS[language]}']").first.click()
    expect(page.locator("[name=module]")).not_to_have_value("")
    page.locator("[name=purpose]").fill("Notre équipe accueille des personnes qui consomment.")
    page.locator("[name=people]").fill("9")
    page.locator("[name=organisation]").fill(f"Maison Exemple {language}")
    page.locator("[name=name]").fill("Alix Exemple")
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()


def press(page: Page, link: str) -> None:
    """A step of the page of a request: the screen that asks, then its button."""
    page.goto(page.locator(f"a[href*='{link}']").first.get_attribute("href") or "")


def done(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()
    expect(page).to_have_url(re.compile("/inspect/"))


def propose(page: Page, organisation: str) -> None:
    """The coordinator writes a proposal and sends it."""
    page.goto("/admin/trainings/requests/")
    page.get_by_role("link", name=organisation).first.click()
    press(page, "/proposal/")
    day = datetime.date.today() + datetime.timedelta(days=50)
    page.locator("[name=dates_1]").fill(f"{day:%d/%m/%Y} 9:30-12:30")
    page.locator("[name=price]").fill("900 €")
    page.locator("[name=valid_until]").fill(f"{datetime.date.today() + datetime.timedelta(days=20):%d/%m/%Y}")
    done(page)
    press(page, "/send/")
    done(page)


def plan(page: Page) -> None:
    """The next step of an accepted request."""
    page.reload()
    press(page, "/plan/")
    page.locator("[name=venue]").select_option(index=1)
    page.locator("[name^=price_]").fill("900")
    done(page)


def bill(page: Page, payer: str) -> None:
    """Asks the organisation for what was agreed."""
    page.reload()
    press(page, "/payment/")
    for name, value in {"email": payer, "street": "Rue de l’Exemple 1", "postal_code": "1000", "city": "Bruxelles"}.items():
        page.locator(f"[name={name}]").fill(value)
    done(page)


@two_languages
def test_from_the_sheet_to_the_list_of_people_and_the_payment(open_page: OpenPage, site: Served, language: str, javascript: bool) -> None:
    words, address = WORDS[language], f"request.{language}@example.org"
    page = open_page(f"{words.catalogue}{words.slug}/", javascript=javascript, language=language)
    ask(page, language, address)
    received = wait_for_mail(site.folder, address)
    assert words.title in text_of(received)

    staff = open_page("/admin/")
    log_in(staff, COORDINATOR)
    propose(staff, f"Maison Exemple {language}")

    proposed = wait_for_mail(site.folder, address, number=2)
    page.goto(next(link for link in links_of(proposed) if f"/{language}/" in link))
    assert "900 €" in page.locator("main").inner_text()
    page.locator("main a.button--primary").click()
    page.locator("main form button.button--primary").click()

    plan(staff)
    planned = wait_for_mail(site.folder, address, number=4)
    page.goto(next(link for link in links_of(planned) if f"/{language}/" in link))
    page.locator("[name=message]").fill(PEOPLE.format(language))
    page.locator("main form button.button--primary").click()
    expect(page.locator("[name=message]")).to_have_value("Sans adresse")
    expect(page.locator("main")).to_contain_text("Robin Exemple, infirmier")
    assert words.confirmed in text_of(wait_for_mail(site.folder, f"robin.{language}@example.org"))

    payer = f"payer.of.request.{language}@example.org"
    bill(staff, payer)
    asked = wait_for_mail(site.folder, payer)
    page.goto(next(link for link in links_of(asked) if f"/{language}/" in link))
    expect(page.locator("h1")).to_contain_text(ASKED[language])
    desk = open_page("/admin/")
    log_in(desk, ACCOUNTS)
    bring_bank_file(desk, Paid(90_000, communication_of(page), reference=f"Q{language}"))
    page.reload()
    expect(page.locator(".page-header__intro")).to_contain_text(PAID[language])
