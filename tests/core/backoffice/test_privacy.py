"""The data-protection officer finds a person, reads what is held, exports it and erases it; each look is a row that names nobody."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.accounts.staff import must_require_second_factor, needs_second_factor
from core.models import Duty, ErasureProof, LookUpKind, PersonLookUp, User
from core.privacy.registry import retention_duties
from core.roles import DATA_PROTECTION
from newsletter.models import Subscriber
from tests.core.people import browser_of, member, verified_browser_of
from tests.newsletter.factories import SubscriberFactory
from tests.publications.factories import PaperOrderFactory
from tests.trainings.factories import EnrolmentFactory
from trainings.models import Enrolment
from trainings.roles import COORDINATOR

pytestmark = pytest.mark.django_db
ADDRESS = "alix.maes@example.org"


@pytest.fixture
def officer() -> User:
    return member(DATA_PROTECTION.name)


@pytest.fixture
def browser(officer: User) -> Client:
    return verified_browser_of(officer)


@pytest.fixture
def _alix() -> None:
    EnrolmentFactory(name="Alix Maes", participant__email=ADDRESS, participant__name="Alix Maes", function="=HYPERLINK(1)")
    PaperOrderFactory(name="Alix Maes", email=ADDRESS)
    SubscriberFactory(email=ADDRESS)


def post(browser: Client, name: str, **data: Any) -> Any:
    return browser.post(reverse(f"core_privacy:{name}"), data)


@pytest.mark.usefixtures("_alix")
@pytest.mark.parametrize("words", [ADDRESS, "maes alix", "alix.maes@"])
def test_she_is_found_by_address_or_name(browser: Client, words: str) -> None:
    page = post(browser, "index", words=words)
    assert [(each.email, each.names) for each in page.context["people"]] == [(ADDRESS, {"Alix Maes"})]
    assert page.context["people"][0].apps == {"trainings", "publications", "newsletter", "core"} - ({"core"} if not _has_mail() else set())


def _has_mail() -> bool:
    from core.models import OutgoingMail

    return OutgoingMail.objects.filter(to=ADDRESS).exists()


@pytest.mark.usefixtures("_alix")
def test_her_page_says_what_why_and_until_when(browser: Client) -> None:
    page = post(browser, "person", email=ADDRESS).content.decode()
    for words in (
        "Enrolments (1)",
        "Orders of paper copies (1)",
        "5 years after the latest meeting",
        "90 days after they left",
        "Alix Maes",
    ):
        assert words in page


@pytest.mark.usefixtures("_alix")
def test_each_look_is_a_row_that_names_nobody(browser: Client, officer: User) -> None:
    post(browser, "index", words="Alix Maes")
    post(browser, "person", email=ADDRESS)
    post(browser, "export", email=ADDRESS, language="nl")
    rows = list(PersonLookUp.objects.order_by("pk"))
    assert [row.kind for row in rows] == [LookUpKind.SEARCH, LookUpKind.READ, LookUpKind.EXPORT]
    assert {row.by for row in rows} == {officer}
    assert "alix" not in repr([vars(row) for row in rows]).lower()


@pytest.mark.usefixtures("_alix")
@pytest.mark.parametrize(("language", "heading"), [("fr", "Statut"), ("nl", "Status"), ("en", "Status")])
def test_the_export_is_json_and_tables_in_her_language(browser: Client, language: str, heading: str) -> None:
    answer = post(browser, "export", email=ADDRESS, language=language)
    assert "no-store" in answer["Cache-Control"]
    assert "maes" not in answer["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(archive.read("person.json"))
    assert told["trainings"]["enrolments"][0]["name"] == "Alix Maes"
    [sheet] = [name for name in archive.namelist() if name.startswith("trainings-") and b"HYPERLINK" in archive.read(name)]
    headings, row = csv.reader(io.StringIO(archive.read(sheet).decode("utf-8-sig")), delimiter=";")
    assert heading in headings
    assert "'=HYPERLINK(1)" in row


@pytest.mark.usefixtures("_alix")
def test_she_is_erased_once_the_address_was_typed(browser: Client, officer: User, django_capture_on_commit_callbacks: Any) -> None:
    assert post(browser, "erase", email=ADDRESS, typed="alix@example.org").status_code == 422
    assert Subscriber.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert post(browser, "erase", email=ADDRESS, typed=f" {ADDRESS.upper()}").status_code == 302
    assert not Subscriber.objects.exists()
    assert Enrolment.objects.get().erased_at is not None
    proof = ErasureProof.objects.get()
    assert (proof.by, proof.counts["trainings"]["enrolments"]) == (officer, 1)
    assert "alix" not in repr(vars(proof)).lower()
    page = post(browser, "person", email=ADDRESS).content.decode()
    assert "This address was erased on" in page


@pytest.mark.usefixtures("_alix")
def test_a_colleague_with_an_account_is_not_erased(browser: Client) -> None:
    member(email=ADDRESS)
    assert post(browser, "erase", email=ADDRESS, typed=ADDRESS).status_code == 409
    assert Subscriber.objects.exists()
    assert "closes the account first" in post(browser, "person", email=ADDRESS).content.decode()


def test_it_asks_for_its_own_right_and_a_second_factor(officer: User) -> None:
    path = reverse("core_privacy:index")
    assert verified_browser_of(member(COORDINATOR.name)).get(path).status_code == 302
    assert verified_browser_of(member(COORDINATOR.name, DATA_PROTECTION.name)).get(path).status_code == 200
    assert browser_of(officer).get(path).status_code == 302
    assert needs_second_factor(officer)
    assert must_require_second_factor(officer.groups.get())


@pytest.mark.control
def test_without_the_middleware_the_screen_still_asks_for_the_factor(officer: User, settings: Any) -> None:
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "SecondFactor" not in each]
    assert browser_of(officer).get(reverse("core_privacy:index")).status_code in {302, 403}


def test_nothing_of_a_person_stands_in_a_url(browser: Client) -> None:
    assert {browser.get(reverse(f"core_privacy:{name}")).status_code for name in ("person", "export", "erase")} == {405}


def test_it_shows_when_retention_ran(browser: Client) -> None:
    for name in retention_duties():
        Duty.objects.create(name=name, next_run_at=timezone.now(), last_success_at=timezone.now(), last_outcome={"mails": 3})
    page = browser.get(reverse("core_privacy:index")).content.decode()
    assert "3 mails" in page
    assert "Delete mails written 90 days ago" in page


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_it_is_found_in_the_menu_of_who_may(language: str, browser: Client) -> None:
    page = browser.get(reverse("wagtailadmin_home"), headers={"accept-language": language}).content.decode()
    assert reverse("core_privacy:index") in page
