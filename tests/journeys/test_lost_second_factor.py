"""A colleague has lost her phone: an administrator resets her second factor, she logs in and sets up a new one."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from demo.builders.people import PASSWORD
from tests.core.authenticator import code_of
from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.steps import log_in

pytestmark = pytest.mark.browser

LOTTE = "opleiding@example.org"
FACTORS = "FROM mfa_authenticator WHERE user_id = (SELECT id FROM core_user WHERE email = '{}')"


@pytest.fixture
def without_factor(rows: Rows) -> Iterator[None]:
    """Other journeys log in with this account as well."""
    yield
    rows(f"DELETE {FACTORS.format(LOTTE)}")


def give_password(page: Page) -> None:
    page.locator("[name=login]").fill(LOTTE)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.button--primary").click()


def set_up(page: Page) -> None:
    """From the account to a second factor that works."""
    page.goto("/admin/account/")
    page.get_by_role("tab", name=re.compile("Plus d.actions")).click()
    page.get_by_role("link", name="Second facteur").click()
    page.get_by_role("link", name="Activer").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.button--primary").click()
    picture = page.get_by_role("img")
    expect(picture).to_have_css("background-color", "rgb(255, 255, 255)")
    page.locator("[name=code]").fill(code_of(page.locator("#authenticator_secret").input_value()))
    page.get_by_role("button", name="Activer").click()
    expect(page).not_to_have_url(re.compile("totp/activate"))


def test_an_administrator_resets_a_lost_second_factor(open_page: OpenPage, rows: Rows, without_factor: None) -> None:
    hers = open_page("/account/login/", dark=True)
    log_in(hers, LOTTE)
    set_up(hers)
    hers.context.clear_cookies()

    hers.goto("/account/login/")
    give_password(hers)
    expect(hers.get_by_role("heading", name="Second facteur")).to_be_visible()
    expect(hers.get_by_text("Un code de récupération est aussi un code")).to_be_visible()
    expect(hers.get_by_text("Ada Exemple")).to_be_visible()

    boss = open_page("/account/login/")
    log_in(boss, "admin@example.org")
    boss.goto("/admin/users/?q=opleiding")
    row = boss.locator("tr", has_text=LOTTE)
    expect(row).to_contain_text("en place")
    row.get_by_role("link").first.click()
    boss.get_by_role("button", name="Actions").first.click()
    boss.get_by_role("link", name="Réinitialiser le second facteur").click()
    expect(boss.get_by_text("Assurez-vous que c’est bien la personne")).to_be_visible()
    boss.get_by_role("button", name="Réinitialiser le second facteur").click()
    expect(boss.get_by_text("Le second facteur est réinitialisé")).to_be_visible()

    hers.goto("/account/login/")
    log_in(hers, LOTTE)
    set_up(hers)
    assert rows(f"SELECT type {FACTORS.format(LOTTE)} ORDER BY type") == [("recovery_codes",), ("totp",)]
    mail = rows(f"SELECT subject FROM core_outgoingmail WHERE \"to\" = '{LOTTE}' AND kind = 'core/mail/second_factor_reset'")
    assert mail == [("Votre second facteur a été réinitialisé",)]


def test_a_passkey_that_is_not_there_is_said(open_page: OpenPage) -> None:
    page = open_page("/account/login/")
    page.evaluate("void (navigator.credentials.get = () => Promise.reject(new DOMException('none', 'NotAllowedError')))")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    expect(page.get_by_role("alert")).to_contain_text("Aucune clé d’accès")
    expect(page.get_by_role("alert")).to_be_focused()
