"""Steps that several journeys have in common."""

import re

from playwright.sync_api import FilePayload, Page, expect

from demo.builders.people import PASSWORD
from tests.trainings.payment.bank_files import Paid, table

# A person takes more than the two seconds our forms ask for.
FILLED_IN = 2100


def go(page: Page, url: str, status: int = 200) -> None:
    answer = page.goto(url)
    assert answer is not None
    assert answer.status == status, url


def log_in(page: Page, email: str) -> None:
    """On the log-in page, with a demo account."""
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.button--primary").click()
    expect(page).to_have_url(re.compile(r"^[^?]+/admin/"))


def enrol(page: Page, email: str, name: str = "Alix Exemple") -> str:
    """From the page of a module to the receipt. Returns the session's reference."""
    page.locator(".session__action .button").first.click()
    reference = page.url.rstrip("/").rpartition("/")[2]
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=function]").fill("assistante sociale")
    page.locator("[name=organisation]").fill("Résad")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    return reference


def order_two_copies(page: Page, email: str) -> None:
    """On the form of an edition."""
    page.locator("[name=copies]").fill("2")
    page.locator("[name=purpose]").first.check()
    page.locator("[name=name]").fill("Alix Exemple")
    page.locator("[name=street]").fill("Rue de l’Exemple 7")
    page.locator("[name=postal_code]").fill("1030")
    page.locator("[name=municipality]").fill("Schaerbeek")
    page.locator("[name=email]").fill(email)
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()


def communication_of(page: Page) -> str:
    """The structured communication on the page of a payment request."""
    found = re.search(r"\+\+\+\d{3}/\d{4}/\d{5}\+\+\+", page.locator("main").inner_text())
    assert found
    return found[0]


def bring_bank_file(desk: Page, *transfers: Paid) -> None:
    """Logged in as somebody of the accounts: the file of the bank, as its site gives it."""
    desk.goto("/admin/payments/bank-files/bring/")
    file = FilePayload(name="extraits.csv", mimeType="text/csv", buffer=table(*transfers))
    desk.locator("[name=file]").set_input_files(files=[file])
    desk.locator("main form button[type=submit]").click()
