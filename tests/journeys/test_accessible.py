"""axe on every type of page the site has (found in its database, those of later apps included), on every public view and on forms sent
empty: phone and desk, light and dark, in three languages. One page is loaded once and looked at several ways."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from demo.builders.people import PASSWORD
from tests.journeys.axe import FOUR_LOOKS, LOOKS, TWO_LOOKS, faults
from tests.journeys.conftest import OpenPage
from tests.journeys.page_types import Rows, one_of_each_type
from tests.journeys.steps import FILLED_IN, enrol, go, order_two_copies

pytestmark = pytest.mark.browser

LEGAL = ("/fr/mentions-legales/", "/nl/privacy/", "/en/accessibility/", "/fr/a-propos/membres/", "/nl/over-smes/financiering/")
VIEWS = {
    "search": "/en/search/?q=housing",
    "search, empty": "/nl/zoeken/",
    "search, nothing": "/fr/recherche/?q=zzzz",
    "catalogue, filtered": "/nl/opleidingen/?theme=drugs&q=risico",
    "catalogue, nothing found": "/en/trainings/?q=zzzz",
    "library, a word inside a file": "/nl/publicaties/?q=muilkorf",
    "library, nothing found": "/en/publications/?q=zzzz",
    "publication, two editions": "/nl/publicaties/peerhulp-praktijken-en-perspectieven/",
    "publication, reference only": "/en/publications/article-addictions-2024/",
    "publication, withdrawn": "/fr/publications/guide-accueil-2019/",
    "newsletter, form": "/en/newsletter/subscribe/",
    "map, filtered": "/nl/support/kaart-peerhulp/?sector=drugs&view=map",
    "map, nothing found": "/en/support/peer-support-map/?q=zzzz",
    "map, freshness": "/en/peer-support/freshness/",
    "map, to print": "/fr/pair-aidance/imprimer/?region=04000",
    "place": "/fr/pair-aidance/lieux/comptoir-du-canal/",
    "place to propose": "/nl/peerhulp/voorstellen/",
    "place to report": "/en/peer-support/places/comptoir-du-canal/report/",
    "not found": "/fr/cette-page-n-existe-pas/",
    "not found, other language": "/nl/bestaat-niet/",
    "a link that leads nowhere": f"/fr/mon-inscription/{'x' * 43}/",
    "check a certificate": "/fr/verifier-une-attestation/",
    "an unknown certificate": "/nl/attest-controleren/?code=ABCDEFGH2345",
    "what cannot be a code": "/en/check-a-certificate/?code=x",
    "log in": "/account/login/",
    "forgotten password": "/admin/password_reset/",
    "design": "/design/",
    "mailbox": "/mailbox/",
}


def test_axe_finds_nothing_on_any_type_of_page(open_page: OpenPage, rows: Rows) -> None:
    """In French, and once more in Dutch or English, which change words only, at each size and in each scheme."""
    page = open_page("/fr/")
    french, others = one_of_each_type(rows, "fr"), one_of_each_type(rows, "nl", "en")
    assert {"home.homepage", "home.programmepage", "home.eventpage", "home.newspage", "trainings.modulepage"} <= set(french)
    wrong = {}
    for paths, looks in ((french, LOOKS), (others, TWO_LOOKS)):
        for kind, path in paths.items():
            go(page, path)
            if found := faults(page, looks=looks):
                wrong[f"{kind} {path}"] = found
    assert wrong == {}


def test_axe_finds_nothing_on_legal_pages(open_page: OpenPage) -> None:
    page = open_page("/fr/mentions-legales/")
    wrong = {}
    for address in LEGAL:
        go(page, address)
        wrong[address] = faults(page)
    assert {address: found for address, found in wrong.items() if found} == {}


@pytest.mark.parametrize("address", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_a_view(open_page: OpenPage, address: str) -> None:
    """The page that shows every part in all four looks: what a part looks like elsewhere, it looks like there."""
    assert faults(open_page(address), looks=FOUR_LOOKS if address == "/design/" else LOOKS) == {}


def test_axe_finds_nothing_on_the_way_of_an_enrolment(open_page: OpenPage, rows: Rows) -> None:
    """The receipt, the manage page, changing, cancelling, cancelled; the waiting list; a certificate that is checked."""
    page = open_page("/nl/opleidingen/overdosis/")
    enrol(page, "axe@example.org")
    wrong = {"receipt": faults(page)}
    token = rows(
        "select e.token from trainings_enrolment e join trainings_participant p on p.id = e.participant_id "
        "where p.email = 'axe@example.org'"
    )[0][0]
    waiting = rows("select token from trainings_enrolment where status = 'waiting' limit 1")[0][0]
    offered = rows("select token from trainings_enrolment where status = 'offered' limit 1")[0][0]
    keeping = rows("select reference from trainings_session where kept_seats > 0 limit 1")[0][0]
    code = rows("select code from trainings_certificate limit 1")[0][0]
    for name, address in {
        "manage": f"/fr/mon-inscription/{token}/",
        "change": f"/en/my-enrolment/{token}/change/",
        "cancel": f"/nl/mijn-inschrijving/{token}/annuleren/",
        "waiting": f"/fr/mon-inscription/{waiting}/",
        "offered": f"/en/my-enrolment/{offered}/",
        "accept": f"/fr/mon-inscription/{offered}/accepter/",
        "refuse": f"/nl/mijn-inschrijving/{offered}/weigeren/",
        "kept seats": f"/fr/inscription/{keeping}/",
        "certificate": f"/fr/verifier-une-attestation/?code={code}",
    }.items():
        go(page, address)
        wrong[name] = faults(page)
    page.goto(f"/fr/mon-inscription/{token}/annuler/")
    page.locator("main form button").last.click()
    page.goto(f"/fr/mon-inscription/{token}/")
    wrong["cancelled"] = faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_on_tell_me_when(open_page: OpenPage, rows: Rows) -> None:
    """Asking, the answer, confirming, withdrawing, and a session that takes nobody."""
    number = rows("select number from trainings_module order by number limit 1")[0][0]
    page = open_page(f"/fr/prevenez-moi/{number}/")
    wrong = {"ask": faults(page)}
    page.locator("main [name=email]").fill("axe-interest@example.org")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    wrong["asked"] = faults(page)
    token = rows("select token from trainings_interest where email = 'axe-interest@example.org'")[0][0]
    for name, address in {"confirm": f"/nl/verwittig-mij/bevestigen/{token}/", "withdraw": f"/en/tell-me/withdraw/{token}/"}.items():
        go(page, address)
        wrong[name] = faults(page)
    closed = rows(
        "select s.reference from trainings_session s join trainings_meeting m on m.session_id = s.id "
        "group by 1 having max(m.ends_at) < now() limit 1"
    )[0][0]
    go(page, f"/fr/inscription/{closed}/", 410)
    wrong["closed"] = faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_axe_finds_nothing_on_the_way_of_copies_on_paper(open_page: OpenPage, rows: Rows) -> None:
    """The form with copies left and with none, the form sent empty, the receipt, the order managed, cancelled, waiting, sent."""
    editions = "select e.reference from publications_edition e join publications_work w on w.id = e.work_id where w.code = "
    order = "select token from publications_paperorder where "
    reference, none_left = rows(f"{editions}'connect-5'")[0][0], rows(f"{editions}'connect-3'")[0][0]
    page = open_page(f"/fr/commander/{none_left}/")
    expect(page.locator(".notice--important")).to_be_visible()
    wrong = {"form, none left": faults(page)}
    go(page, f"/en/order-copies/{reference}/")
    wrong["form"] = faults(page)
    go(page, f"/nl/bestellen/{reference}/")
    page.locator("[name=copies]").fill("")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").click()
    expect(page.locator(".error-summary")).to_be_visible()
    wrong["form sent empty"] = faults(page)
    order_two_copies(page, "axe-paper@example.org")
    expect(page).to_have_url(re.compile("/nl/bestelling-ontvangen/"))
    wrong["receipt"] = faults(page)
    token = rows(f"{order} email = 'axe-paper@example.org'")[0][0]
    for name, address in {
        "manage": f"/fr/ma-commande/{token}/",
        "cancel": f"/en/my-order/{token}/cancel/",
        "waiting": f"/nl/mijn-bestelling/{rows(f"{order} status = 'waiting'")[0][0]}/",
        "sent": f"/fr/ma-commande/{rows(f"{order} status = 'sent'")[0][0]}/",
    }.items():
        go(page, address)
        wrong[name] = faults(page)
    page.goto(f"/nl/mijn-bestelling/{token}/annuleren/")
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--danger").click()
    expect(page).to_have_url(re.compile(f"/nl/mijn-bestelling/{token}/$"))
    wrong["cancelled"] = faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("address", ["/fr/formations/overdose/", "/nl/contact/", "/account/login/", "/en/check-a-certificate/", "interest"])
def test_axe_finds_nothing_in_a_form_sent_empty(open_page: OpenPage, address: str, rows: Rows) -> None:
    if address == "interest":
        address = f"/nl/verwittig-mij/{rows('select number from trainings_module limit 1')[0][0]}/"
    page = open_page(address)
    if page.locator(".session__action .button").count():
        page.locator(".session__action .button").first.click()
    page.wait_for_timeout(FILLED_IN)
    page.locator("main form button.button--primary").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert faults(page) == {}


def test_axe_finds_nothing_where_somebody_is_refused(open_page: OpenPage) -> None:
    """A form without its token, and a page for other accounts."""
    page = open_page("/fr/contact/")
    page.context.clear_cookies()
    page.locator("main form button.button--primary").click()
    expect(page.locator("h1")).to_be_visible()
    assert urlsplit(page.url).path == "/fr/contact/"
    wrong = {"without its token": faults(page)}
    page.goto("/account/login/?next=/admin/users/")
    page.locator("[name=login]").fill("opleiding@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button.button--primary").first.click()
    expect(page).to_have_url(re.compile("/admin/"))
    page.goto("/account/2fa/")
    wrong["second factor"] = faults(page)
    assert {name: found for name, found in wrong.items() if found} == {}
