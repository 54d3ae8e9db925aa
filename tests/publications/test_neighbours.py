"""What stands beside a work: its series, trainings, issues of the newsletter, places of the map."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction

from cartography.enums import PlaceStatus
from cartography.models import Place
from publications.enums import Withdrawal
from publications.models import Work, WorkPlace
from publications.works.editions import withdraw_work
from tests.cartography.factories import PlaceFactory
from tests.newsletter.factories import IssueFactory
from tests.newsletter.issues import edition
from tests.publications.browsing import page_of
from tests.publications.factories import (
    WorkFactory,
    WorkPageFactory,
    make_pages,
)
from tests.trainings.factories import ModuleFactory, make_sheets

pytestmark = pytest.mark.django_db


def test_trainings_and_the_other_numbers_of_the_series_are_near(client: Client, work: Work) -> None:
    sheet = make_sheets(ModuleFactory(), fr="Visites à domicile", nl="Huisbezoeken")["fr"]
    WorkPageFactory(work=work, page=sheet)
    before = WorkFactory(series=work.series, number=4)
    make_pages(before, title_fr="Le numéro d’avant")
    html = page_of(client, work)
    assert "Visites à domicile" in html
    assert "Le numéro d’avant" in html
    assert "Huisbezoeken" in page_of(client, work, "nl"), "in the reader's language"


def test_a_private_page_is_no_neighbour(client: Client, work: Work) -> None:
    """Not even its title."""
    sheet = make_sheets(ModuleFactory(), fr="Visites à domicile", nl="Huisbezoeken")["fr"]
    WorkPageFactory(work=work, page=sheet)
    before = make_pages(WorkFactory(series=work.series, number=4), title_fr="Le numéro d’avant")["fr"]
    for page in (sheet, before):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    html = page_of(client, work)
    assert "Visites à domicile" not in html
    assert "Le numéro d’avant" not in html


def test_pages_stand_in_the_order_the_editor_gave_them(client: Client, work: Work) -> None:
    for place, title in enumerate(("Zone", "Abri", "Midi")):
        WorkPageFactory(work=work, page=make_sheets(ModuleFactory(), fr=title)["fr"], sort_order=place)
    assert list(seen_beside(page_of(client, work))) == ["Zone", "Abri", "Midi"]


def seen_beside(text: str) -> dict[str, str]:
    """What "See also" names. Shape: {title: address}."""
    links = BeautifulSoup(text, "html.parser").select("[aria-labelledby=related-title] h3 a")
    return {link.get_text(): str(link["href"]) for link in links}


def test_an_issue_of_the_newsletter_is_near_in_the_readers_language(client: Client, work: Work) -> None:
    assert seen_beside(page_of(client, work)) == {}
    issue = IssueFactory(number=94)
    sent = {language: edition(issue, language, title=f"N° 94 {language}") for language in ("fr", "nl")}
    for page in sent.values():
        page.get_latest_revision().publish()
    WorkPageFactory(work=work, page=sent["fr"])
    assert seen_beside(page_of(client, work)) == {"N° 94 fr": "/fr/newsletter/no-94/"}
    assert seen_beside(page_of(client, work, "nl")) == {"N° 94 nl": "/nl/newsletter/no-94/"}
    assert seen_beside(page_of(client, work, "en")) == {}, "this issue has no English edition"
    sent["fr"].refresh_from_db()
    sent["fr"].unpublish()
    assert seen_beside(page_of(client, work)) == {}, "nor is a draft shown"


def test_places_of_the_map_are_near_with_their_name_in_the_readers_language(client: Client, work: Work) -> None:
    shown, draft = PlaceFactory(name_fr="Comptoir du Canal", name_nl="Kanaaltoog", slug="comptoir"), PlaceFactory(is_draft=True)
    for order, place in enumerate((draft, shown)):
        WorkPlace.objects.create(work=work, place=place, sort_order=order)
    assert seen_beside(page_of(client, work)) == {"Comptoir du Canal": "/fr/pair-aidance/lieux/comptoir/"}
    html = page_of(client, work, "nl")
    assert seen_beside(html) == {"Kanaaltoog": "/nl/peerhulp/plekken/comptoir/"}
    assert "Schaarbeek" in html
    address = seen_beside(html)["Kanaaltoog"]
    assert client.get(address).status_code == 200
    Place.objects.filter(pk=shown.pk).update(status=PlaceStatus.WITHDRAWN)
    assert seen_beside(page_of(client, work)) == {}, "a withdrawn place is no longer offered"


def test_a_place_stands_once_beside_a_work(work: Work) -> None:
    link = WorkPlace.objects.create(work=work, place=PlaceFactory())
    with pytest.raises(IntegrityError, match="place_once_per_work"), transaction.atomic():
        WorkPlace.objects.create(work=work, place=link.place)
    link.place.delete()
    assert Work.objects.filter(pk=work.pk).exists(), "a place that is deleted takes the link with it, not the work"
    assert not WorkPlace.objects.exists()


def read_about_it(client: Client, address: str) -> dict[str, str]:
    """What "Read about it" names. Shape: {title: address}."""
    links = BeautifulSoup(client.get(address).content, "html.parser").select("[aria-labelledby=elsewhere-title] h3 a")
    return {link.get_text(): str(link["href"]) for link in links}


@pytest.fixture
def tied(work: Work) -> tuple[Work, dict[str, str]]:
    """Connect 5, and by language what shows it: a place of the map and the sheet of a training. Shape: {language: addresses}."""
    place = PlaceFactory(slug="comptoir")
    WorkPlace.objects.create(work=work, place=place)
    sheets = make_sheets(ModuleFactory(), fr="Visites à domicile", nl="Huisbezoeken")
    for sheet in sheets.values():  # both: an editor may have chosen either
        WorkPageFactory(work=work, page=sheet)
    shown = {}
    for language, sheet in sheets.items():
        with translation.override(language):
            shown[language] = (reverse("cartography:place", args=["comptoir"]), sheet.url)
    return work, shown


def test_a_place_and_a_training_name_the_works_that_tell_of_them(client: Client, tied: Any) -> None:
    work, shown = tied
    pages = {page.locale.language_code: page for page in work.pages.select_related("locale")}
    for language, title in (("fr", "Animaux et locataires"), ("nl", "Dieren en huurders")):
        for address in shown[language]:
            assert read_about_it(client, address) == {title: pages[language].url}


def hide_page(work: Work) -> None:
    for page in work.pages.all():
        page.unpublish()


def make_private(work: Work) -> None:
    for page in work.pages.all():
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def withdraw(work: Work) -> None:
    withdraw_work(work=work, reason=Withdrawal.RIGHTS, now=timezone.now())


@pytest.mark.parametrize("hide", [hide_page, make_private, withdraw])
def test_what_readers_cannot_have_is_not_named_there(client: Client, tied: Any, hide: Any) -> None:
    work, shown = tied
    hide(work)
    assert [read_about_it(client, address) for address in shown["fr"]] == [{}, {}]
