"""Somebody enrols in a training that costs money, says who pays, and her organisation pays by bank transfer."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows
from tests.journeys.post import links_of, text_of, wait_for_mail
from tests.journeys.steps import FILLED_IN, bring_bank_file, communication_of, go, log_in
from tests.journeys.variants import two_languages
from tests.serving import Served
from tests.trainings.payment.bank_files import Paid

pytestmark = pytest.mark.browser

ACCOUNTS = "comptabilite@example.org"
# The session to come; the module was given in other years as well.
COSTS_60 = (
    "select s.reference from trainings_session s join trainings_module m on m.id = s.module_id "
    "where m.number = 11 and exists (select 1 from trainings_meeting x where x.session_id = s.id and x.starts_at > now())"
)
WORDS = {
    "fr": ("Dire qui paie", "Demande de paiement", "à payer", "payé"),
    "nl": ("Zeggen wie betaalt", "Betalingsverzoek", "openstaand", "betaald"),
}


@two_languages
def test_from_the_enrolment_to_the_paid_request(open_page: OpenPage, site: Served, rows: Rows, language: str, javascript: bool) -> None:
    say_who, request, is_open, is_paid = WORDS[language]
    address, payer = f"payer.{language}@example.org", f"accounts.{language}@example.org"
    [(reference,)] = rows(COSTS_60)
    with translation.override(language):
        page = open_page(reverse("trainings:enrol", args=[reference]), javascript=javascript, phone=True, language=language)
    page.locator("[name=name]").fill("Dominique Exemple")
    page.locator("[name=email]").fill(address)
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    expect(page.locator("main")).to_contain_text(say_who)

    mail = wait_for_mail(site.folder, address)
    assert say_who in text_of(mail)
    go(page, next(link for link in links_of(mail) if re.search(r"/(qui-paie|wie-betaalt)/$", link)))
    answers = {"name": "Service d’exemple", "email": payer, "street": "Rue 1", "postal_code": "1000", "city": "Bruxelles"}
    for name, value in answers.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("main form button.button--primary").click()
    heading = page.locator("h1")
    expect(heading).to_contain_text(re.compile(rf"^{request} 20\d\d-\d{{4}}"))
    expect(page.locator("main svg").first).to_be_visible()
    expect(page.locator(".page-header__intro")).to_contain_text(is_open)
    communication = communication_of(page)

    sent = wait_for_mail(site.folder, payer)
    assert communication in text_of(sent)
    assert [part.get_content_type() for part in sent.iter_attachments()] == ["application/pdf"]

    desk = open_page("/admin/", language=language)
    log_in(desk, ACCOUNTS)
    bring_bank_file(desk, Paid(6_000, communication, reference=f"J{language}"))
    expect(desk.locator("main")).to_contain_text("60")
    page.reload()
    expect(page.locator(".page-header__intro")).to_contain_text(is_paid)
