"""A work that is withdrawn stays where it was: a notice, its citation, what to read instead."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publications.enums import Withdrawal
from publications.models import Work
from publications.services.editions import restore_work, withdraw_edition, withdraw_work
from tests.publications.browsing import page_of
from tests.publications.factories import (
    EditionFactory,
    WorkFactory,
    make_pages,
)

pytestmark = pytest.mark.django_db


def test_a_withdrawn_work_keeps_its_page_as_a_notice_and_offers_nothing(client: Client, work: Work) -> None:
    newer = WorkFactory(code="connect-5-bis", name="La nouvelle version")
    make_pages(newer)
    withdraw_work(work=work, reason=Withdrawal.REPLACED, on=timezone.localdate(), replaced_by=newer)
    html = page_of(client, work)
    assert "Un texte plus récent le remplace." in html
    assert "/files/" not in html
    assert "Citer cette publication" in html
    restore_work(work=work)
    assert "/files/" in page_of(client, work)


def test_what_replaces_a_withdrawn_work_has_its_title_in_the_readers_language(client: Client, work: Work) -> None:
    """The working title is for the desk, and French."""
    newer = WorkFactory(name="Titre de travail")
    pages = make_pages(newer, title_fr="La nouvelle version", title_nl="De nieuwe versie")
    withdraw_work(work=work, reason=Withdrawal.REPLACED, on=timezone.localdate(), replaced_by=newer)

    def instead(language: str) -> Any:
        return BeautifulSoup(page_of(client, work, language), "html.parser").select_one(".notice__body a")

    assert (instead("nl").get_text(), instead("nl")["href"], instead("nl").get("lang")) == ("De nieuwe versie", pages["nl"].url, None)
    pages["en"].unpublish()
    assert (instead("en").get_text(), instead("en")["href"], instead("en")["lang"]) == ("La nouvelle version", pages["fr"].url, "fr")
    pages["fr"].unpublish()
    assert instead("en") is None, "nothing to read instead for anybody"


def test_a_withdrawn_work_is_cited_as_before(client: Client, work: Work) -> None:
    """Who cited it finds the same title, languages and pages, on the page and in the files to take away."""
    pages = [reverse("publications:cite", args=["connect-5", extension]) for extension in ("bib", "ris", "json")]
    cited = [client.get(address).content for address in pages]
    shown = cited_on(page_of(client, work, "en"))
    assert "Dieren en huurders" in shown.get_text()
    withdraw_edition(edition=work.editions.get(), reason=Withdrawal.ERROR)
    assert cited_on(page_of(client, work, "en")) == shown
    withdraw_work(work=work, reason=Withdrawal.ERROR, on=timezone.localdate())
    assert cited_on(page_of(client, work, "en")) == shown
    assert [client.get(address).content for address in pages] == cited


def cited_on(text: str) -> Any:
    return BeautifulSoup(text, "html.parser").select_one(".citation")


def test_a_withdrawn_edition_is_told_beside_those_that_remain(client: Client, work: Work) -> None:
    other = EditionFactory(work=work, languages=["en"], title="An English edition")
    withdraw_edition(edition=other, reason=Withdrawal.ERROR)
    html = page_of(client, work)
    assert "An English edition" in html
    assert "Elle contenait une erreur" in html
