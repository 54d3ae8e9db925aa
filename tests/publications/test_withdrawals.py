"""A work that is withdrawn stays where it was: a notice, its citation, what to read instead."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publications.enums import FileState, Withdrawal
from publications.files.upload import CannotWithdraw, withdraw_file
from publications.models import Edition, PageText, Work
from publications.works.editions import restore_work, withdraw_edition, withdraw_work
from tests.publications.browsing import page_of
from tests.publications.factories import (
    EditionFactory,
    EditionFileFactory,
    WorkFactory,
    make_pages,
)

pytestmark = pytest.mark.django_db


def test_a_withdrawn_work_keeps_its_page_as_a_notice_and_offers_nothing(client: Client, work: Work) -> None:
    newer = WorkFactory(code="connect-5-bis", name="La nouvelle version")
    make_pages(newer)
    withdraw_work(work=work, reason=Withdrawal.REPLACED, now=timezone.now(), replaced_by=newer)
    html = page_of(client, work)
    assert "Un texte plus récent le remplace." in html
    assert "/files/" not in html
    assert "Citer cette publication" in html
    restore_work(work=work, now=timezone.now())
    assert "/files/" in page_of(client, work)


def test_what_replaces_a_withdrawn_work_has_its_title_in_the_readers_language(client: Client, work: Work) -> None:
    """The working title is for the librarian, and French."""
    newer = WorkFactory(name="Titre de travail")
    pages = make_pages(newer, title_fr="La nouvelle version", title_nl="De nieuwe versie")
    withdraw_work(work=work, reason=Withdrawal.REPLACED, now=timezone.now(), replaced_by=newer)

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
    withdraw_edition(edition=work.editions.get(), reason=Withdrawal.ERROR, now=timezone.now())
    assert cited_on(page_of(client, work, "en")) == shown
    withdraw_work(work=work, reason=Withdrawal.ERROR, now=timezone.now())
    assert cited_on(page_of(client, work, "en")) == shown
    assert [client.get(address).content for address in pages] == cited


def cited_on(text: str) -> Any:
    return BeautifulSoup(text, "html.parser").select_one(".citation")


def test_a_withdrawn_edition_is_told_beside_those_that_remain(client: Client, work: Work) -> None:
    other = EditionFactory(work=work, languages=["en"], title="An English edition")
    withdraw_edition(edition=other, reason=Withdrawal.ERROR, now=timezone.now())
    html = page_of(client, work)
    assert "An English edition" in html
    assert "Elle contenait une erreur" in html


@pytest.fixture
def renewed(work: Work) -> Edition:
    """The edition of Connect 5, its first version replaced by a second."""
    edition = work.editions.get()
    first = edition.files.get()
    first.cover.save("x.webp", ContentFile(b"RIFF....WEBP"))
    PageText.objects.create(file=first, page=1, language="fr", text="Le nom de Mme Exemple")
    EditionFileFactory(edition=edition, number=2, texts=("Le nom n’y est plus",))
    edition.refresh_from_db()
    return edition


def address_of_version(edition: Edition, number: int) -> str:
    return reverse("publications_files:download_version", args=[edition.reference, number, edition.file_stem])


def test_a_version_that_names_somebody_goes_for_good_and_its_address_says_so(
    client: Client, renewed: Edition, django_capture_on_commit_callbacks: Any
) -> None:
    first = renewed.files.get(number=1)
    bytes_of_it = [Path(first.file.path), Path(first.cover.path)]
    assert all(path.exists() for path in bytes_of_it)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_file(file=first, reason=Withdrawal.REQUEST)
    assert [path for path in bytes_of_it if path.exists()] == []
    assert not PageText.objects.filter(file=first).exists()
    answer = client.get(address_of_version(renewed, 1), headers={"accept-language": "nl"})
    assert answer.status_code == 410
    assert "Iemand die betrokken is, vroeg ons" in answer.content.decode()
    assert client.get(reverse("publications_files:cover", args=[renewed.reference, 1])).status_code == 404
    assert client.get(address_of_version(renewed, 2)).status_code == 200
    assert address_of_version(renewed, 1) not in page_of(client, renewed.work)


def test_what_readers_have_now_is_not_taken_away_under_them(renewed: Edition) -> None:
    with pytest.raises(CannotWithdraw):
        withdraw_file(file=renewed.files.get(number=2), reason=Withdrawal.ERROR)
    withdraw_edition(edition=renewed, reason=Withdrawal.ERROR, now=timezone.now())
    gone = withdraw_file(file=renewed.files.get(number=2), reason=Withdrawal.ERROR)
    renewed.refresh_from_db()
    assert renewed.current_file is None
    with pytest.raises(CannotWithdraw):
        withdraw_file(file=gone, reason=Withdrawal.RIGHTS)


def test_a_withdrawn_version_cannot_keep_its_bytes_whoever_writes_the_row(renewed: Edition) -> None:
    with pytest.raises(IntegrityError, match="withdrawn_keeps_nothing"), transaction.atomic():
        renewed.files.filter(number=1).update(state=FileState.WITHDRAWN, withdrawal=Withdrawal.RIGHTS)
