"""A publication and its editions show the one thing to do next, and what is missing for it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publications.enums import EditionStatus, FileState, OrderStatus
from publications.models import Edition, PublicationPage, Work
from tests.html import texts
from tests.publications.backoffice.pages import action, page
from tests.publications.factories import (
    EditionFactory,
    EditionFileFactory,
    PaperOrderFactory,
    WorkAuthorFactory,
    WorkFactory,
    make_library,
    make_pages,
)

pytestmark = pytest.mark.django_db

STEP = ".smes-next a.button"
GAPS = ".smes-gaps li span"


def draft(**facts: object) -> Edition:
    made: Edition = EditionFactory(status=EditionStatus.DRAFT, is_orderable=False, **facts)
    return made


def published_pages(work: Work) -> None:
    make_library()
    make_pages(work)


class TestAnEdition:
    def test_a_draft_without_a_file_gets_one_first(self, librarian: Client) -> None:
        edition = draft()
        html = page(librarian, "editions", edition)
        assert texts(html, STEP) == ["Upload a file"]
        assert "there is nothing to publish" in html

    def test_while_a_file_is_read_there_is_nothing_to_do(self, librarian: Client) -> None:
        edition = draft()
        EditionFileFactory(edition=edition, state=FileState.WAITING)
        html = page(librarian, "editions", edition)
        assert texts(html, STEP) == []
        assert "is being checked" in texts(html, GAPS)[0]

    def test_with_something_to_offer_it_is_published(self, librarian: Client) -> None:
        edition = draft()
        EditionFileFactory(edition=edition)
        edition.refresh_from_db()
        html = page(librarian, "editions", edition)
        assert texts(html, STEP) == ["Publish the edition"]
        assert f'href="{action("publish_edition", edition)}"' in html

    def test_the_page_readers_find_it_by_is_missed_where_it_is_published(self, librarian: Client) -> None:
        edition = draft(languages=["nl"])
        published_pages(edition.work)
        dutch = PublicationPage.objects.filter(work=edition.work, locale__language_code="nl")
        dutch.update(live=False)
        asked = librarian.get(action("publish_edition", edition)).content.decode()
        assert "No published page in this language: Nederlands." in asked
        dutch.update(live=True)
        assert "No published page" not in librarian.get(action("publish_edition", edition)).content.decode()

    def test_an_empty_shelf_asks_for_a_print_run(self, librarian: Client) -> None:
        html = page(librarian, "editions", EditionFactory())
        assert texts(html, STEP) == ["Note a print run"]
        assert "who orders one waits" in html

    def test_copies_from_the_printer_are_deposited(self, librarian: Client) -> None:
        assert texts(page(librarian, "editions", EditionFactory(copies=20)), STEP) == ["Note the legal deposit"]

    def test_nothing_is_left_to_do_of_a_withdrawn_one(self, librarian: Client) -> None:
        assert "smes-next" not in page(librarian, "editions", EditionFactory(status=EditionStatus.WITHDRAWN, withdrawal="outdated"))


class TestAWork:
    def test_it_needs_an_edition_and_an_author(self, librarian: Client) -> None:
        work = WorkFactory()
        html = page(librarian, "works", work)
        assert texts(html, STEP) == ["Add an edition"]
        assert texts(html, GAPS) == ["No author is named. Mend it"]

    def test_its_edition_is_added_below_it(self, librarian: Client) -> None:
        """Nobody chooses the publication again."""
        work = WorkFactory()
        form = librarian.get(f"{reverse('publications_editions:add')}?work={work.pk}").context["form"]
        assert str(form["work"].value()) == str(work.pk)

    def test_a_draft_edition_is_gone_on_with(self, librarian: Client) -> None:
        edition = draft(title="Un guide")
        html = page(librarian, "works", edition.work)
        assert texts(html, STEP) == ["Go on with the edition “Un guide”"]

    def test_the_page_readers_miss_is_named(self, librarian: Client) -> None:
        work = WorkAuthorFactory().work
        EditionFactory(work=work, languages=["fr", "nl"])
        assert len(texts(page(librarian, "works", work), GAPS)) == 2
        published_pages(work)
        PublicationPage.objects.filter(work=work, locale__language_code="nl").update(live=False)
        [gap] = texts(page(librarian, "works", work), GAPS)
        assert "Nederlands" in gap

    def test_all_is_done_where_readers_have_everything(self, librarian: Client) -> None:
        work = WorkAuthorFactory().work
        EditionFactory(work=work, languages=["fr"])
        published_pages(work)
        assert "smes-next" not in page(librarian, "works", work)


class TestAnOrder:
    def test_one_with_reserved_copies_is_sent(self, librarian: Client) -> None:
        order = PaperOrderFactory()
        html = page(librarian, "orders", order)
        assert texts(html, STEP) == ["Note as sent"]
        assert action("send_order", order) in html

    def test_one_that_waits_for_copies_has_no_step(self, librarian: Client) -> None:
        assert texts(page(librarian, "orders", PaperOrderFactory(status=OrderStatus.WAITING, queued_at=timezone.now())), STEP) == []
