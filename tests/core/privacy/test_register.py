"""The register of processing on the public page is made from what the apps declare, and cannot say anything else."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from core.duties.registry import get
from core.models import SiteTexts
from core.privacy import registry
from core.privacy.periods import kept, period_in_words
from core.privacy.registry import registered
from home.models import StandardPage
from publications import privacy as of_publications
from tests.core.factories import SiteTextsFactory
from tests.trainings.factories import make_catalogue

LANGUAGES = [code for code, _name in settings.LANGUAGES]
HOLDINGS = [each for data in registered() for each in data.holdings]


@pytest.mark.parametrize(
    ("days", "words"),
    [(7, "7 days"), (14, "14 days"), (90, "90 days"), (183, "6 months"), (366, "1 year"), (1826, "5 years"), (730, "2 years")],
)
def test_a_term_is_said_as_it_is_meant(days: int, words: str) -> None:
    with translation.override("en"):
        assert period_in_words(datetime.timedelta(days=days)) == words


def test_each_holding_is_said_in_every_language() -> None:
    for holding in HOLDINGS:
        said = set()
        for language in LANGUAGES:
            with translation.override(language):
                said.add(tuple(map(str, (holding.what, holding.purpose, holding.basis.label))))
                assert "{" not in str(holding.kept)
        assert len(said) == len(LANGUAGES), holding.what


def test_each_term_has_a_duty_that_keeps_it() -> None:
    assert [name for name in registry.retention_duties() if get(name) is None] == []
    without = [str(each.what) for each in HOLDINGS if each.kept.periods and not each.duty and "unsubscribe" not in str(each.kept)]
    assert without == []


@pytest.mark.django_db
def test_each_kind_of_an_export_has_a_holding_and_a_name() -> None:
    for data in registered():
        held = {kind for each in data.holdings for kind in each.kinds}
        named = dict(data.kinds)
        exported = set(data.export("nobody@example.org")) if data.app != "followup" else set(named)
        assert exported <= held, data.app
        assert exported <= set(named), data.app


@pytest.fixture
def privacy_pages(db: None) -> dict[str, Any]:
    pages: dict[str, StandardPage] = {}
    for language, catalogue in make_catalogue().items():
        page = StandardPage(title="Vie privée", slug=f"vie-privee-{language}", locale=catalogue.locale)
        page.translation_key = pages["fr"].translation_key if pages else page.translation_key
        pages[language] = catalogue.get_parent().add_child(instance=page)
        SiteTextsFactory(language=language, privacy_page=pages["fr"])
    return pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_it_in_the_language_of_its_reader(client: Client, privacy_pages: dict[str, Any], language: str) -> None:
    page = client.get(privacy_pages[language].url).content.decode()
    with translation.override(language):
        for each in HOLDINGS:
            assert (str(each.kept) in page.replace("&#x27;", "'") or str(each.kept).capitalize() in page) or not each.is_public


def test_another_page_does_not(client: Client, privacy_pages: dict[str, Any]) -> None:
    SiteTexts.objects.update(privacy_page=None)
    assert 'class="register"' not in client.get(privacy_pages["fr"].url).content.decode()


@pytest.mark.control
def test_a_term_that_changes_changes_the_page(client: Client, privacy_pages: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    data = of_publications.PERSONAL_DATA
    first = data.holdings[0]
    longer = replace(first, kept=kept(first.kept.sentence, datetime.timedelta(days=44)))
    monkeypatch.setitem(registry._registered, "publications", replace(data, holdings=(longer, *data.holdings[1:])))
    page = client.get(privacy_pages["fr"].url).content.decode()
    assert "44 jours" in page
