"""The librarian: uploads, stock, orders, labels, and who may do what."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from publications.enums import EditionStatus, FileState, OrderStatus
from publications.files.reading import read_file
from publications.models import DownloadCount, Edition, EditionFile, PageText, Work
from publications.orders.selectors import edition_stock
from tests.cartography.factories import PlaceFactory
from tests.core.factories import UserFactory
from tests.publications.backoffice.pages import action, page
from tests.publications.factories import (
    EditionFactory,
    EditionFileFactory,
    PaperOrderFactory,
    WorkFactory,
    make_pages,
)
from tests.publications.pdfs import changed, good_pdf, open_a_web_page, run_a_script, upload
from tests.trainings.factories import ModuleFactory, make_sheets
from tests.versions import version_of

pytestmark = pytest.mark.django_db


def test_an_editor_uploads_a_file_and_sees_what_was_read_in_it(librarian: Client) -> None:
    edition = EditionFactory(status=EditionStatus.DRAFT)
    assert "multipart/form-data" in librarian.get(action("upload_file", edition)).content.decode()
    assert librarian.post(action("upload_file", edition), {"file": upload(good_pdf())}).status_code == 302
    file = EditionFile.objects.get()
    assert "being checked" in page(librarian, "editions", edition)
    read_file(file_id=file.pk)
    file.refresh_from_db()
    html = page(librarian, "editions", edition)
    seen = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())
    assert "1 page, " in seen
    assert "Title in the file: Étiquettes d’essai" in seen
    assert "Language in the file: fr" in seen
    assert f"SHA-256 {file.sha256}" in seen
    assert len(file.sha256) == 64
    assert "not tagged" not in html


def test_staff_can_open_a_file_before_it_is_published(librarian: Client, client: Client) -> None:
    file = EditionFileFactory(edition=EditionFactory(status=EditionStatus.DRAFT))
    assert action("read_file", file) in page(librarian, "editions", file.edition)
    answer = librarian.get(action("read_file", file))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not DownloadCount.objects.exists()
    unread = EditionFileFactory(edition=file.edition, number=2, state=FileState.WAITING)
    assert librarian.get(action("read_file", unread), follow=True).status_code == 404, "nobody knows yet what is in it"
    client.logout()
    assert client.get(action("read_file", file)).status_code == 302


def test_a_file_without_tags_carries_a_warning(librarian: Client) -> None:
    file = EditionFileFactory(is_tagged=False, pdf_title="")
    html = page(librarian, "editions", file.edition)
    assert "not tagged" in html
    assert "does not say its title" in html


@pytest.mark.parametrize(
    ("languages", "said", "is_told"), [(["fr"], "en-US", True), (["fr"], "fr-BE", False), (["fr", "nl"], "NL", False), (["fr"], "", False)]
)
def test_a_file_that_says_another_language_carries_a_warning(librarian: Client, languages: list[str], said: str, is_told: bool) -> None:
    """Word says en-US of whatever is written on an English computer."""
    file = EditionFileFactory(edition=EditionFactory(languages=languages), pdf_language=said)
    assert ("wrong voice" in page(librarian, "editions", file.edition)) is is_told


@pytest.mark.parametrize(("content", "words"), [(b"MZ a program", "not a PDF"), (b"", "empty")])
def test_what_is_no_pdf_is_said_at_once(librarian: Client, content: bytes, words: str) -> None:
    edition = EditionFactory()
    answer = librarian.post(action("upload_file", edition), {"file": upload(content)})
    assert words in answer.content.decode()
    assert not EditionFile.objects.exists()


def test_a_file_refused_for_a_link_names_it(librarian: Client) -> None:
    edition = EditionFactory(status=EditionStatus.DRAFT)
    librarian.post(action("upload_file", edition), {"file": upload(changed(open_a_web_page))})
    read_file(file_id=EditionFile.objects.get().pk)
    html = page(librarian, "editions", edition)
    assert "opens a web page without a click" in html
    assert "<code>https://attacker.example/</code>" in html


def test_a_refused_file_says_why_on_the_page_of_the_edition(librarian: Client) -> None:
    edition = EditionFactory()
    librarian.post(action("upload_file", edition), {"file": upload(changed(run_a_script))})
    read_file(file_id=EditionFile.objects.get().pk)
    assert "contains scripts" in page(librarian, "editions", edition)


def test_an_edition_without_anything_to_offer_is_not_published(librarian: Client) -> None:
    edition = EditionFactory(status=EditionStatus.DRAFT, is_orderable=False)
    assert "nothing to offer" in librarian.post(action("publish_edition", edition)).content.decode()
    EditionFileFactory(edition=edition)
    assert librarian.post(action("publish_edition", edition)).status_code == 302
    edition.refresh_from_db()
    assert edition.status == EditionStatus.PUBLISHED


def test_copies_are_printed_handed_out_and_deposited(librarian: Client) -> None:
    edition = EditionFactory()
    day = timezone.localdate().isoformat()
    librarian.post(action("print_copies", edition), {"quantity": 350, "printed_on": day, "cost_centre": "CONNECT"})
    librarian.post(action("move_copies", edition), {"kind": "handed_out", "copies": 40, "note": "journée"})
    librarian.post(action("deposit_copies", edition), {"sent_on": day})
    assert edition_stock(edition).copies == 308
    assert "not so many copies" in librarian.post(action("move_copies", edition), {"kind": "lost", "copies": 400}).content.decode()
    assert "noted before" in librarian.post(action("deposit_copies", edition), {"sent_on": day}).content.decode()
    html = page(librarian, "editions", edition)
    assert "CONNECT" in html
    assert "journée" in html


def test_a_work_is_withdrawn_and_offered_again(librarian: Client) -> None:
    work, newer = WorkFactory(), WorkFactory()
    librarian.post(action("withdraw_work", work), {"reason": "replaced", "replaced_by": newer.pk})
    work.refresh_from_db()
    assert (work.withdrawal, work.replaced_by) == ("replaced", newer)
    librarian.post(action("restore_work", work))
    work.refresh_from_db()
    assert not work.is_withdrawn


def test_an_edition_is_withdrawn(librarian: Client) -> None:
    edition = EditionFactory()
    librarian.post(action("withdraw_edition", edition), {"reason": "rights"})
    edition.refresh_from_db()
    assert (edition.status, edition.withdrawal) == (EditionStatus.WITHDRAWN, "rights")
    assert "does not allow" in librarian.post(action("withdraw_edition", edition), {"reason": "rights"}).content.decode()


def test_a_publication_is_made_with_its_authors_and_what_it_is_related_to_in_one_form(librarian: Client) -> None:
    place, sheet = PlaceFactory(name_fr="Comptoir du Canal"), make_sheets(ModuleFactory())["fr"]
    form = librarian.get(reverse("publications_works:add")).content.decode()
    assert "Comptoir du Canal" in form
    assert reverse("wagtailadmin_choose_page") in form, "pages are searched, not scrolled through"
    assert librarian.get(reverse("wagtailadmin_choose_page")).status_code == 200
    fields = {
        "code": "connect-6", "name": "Connect 6", "kind": "issue", "year": "2026", "publisher": "Smes", "licence": "CC-BY-4.0",
        "authors-TOTAL_FORMS": "1", "authors-INITIAL_FORMS": "0", "authors-0-name": "Équipe PAT", "authors-0-ORDER": "1",
        "place_links-TOTAL_FORMS": "1", "place_links-INITIAL_FORMS": "0", "place_links-0-place": place.pk, "place_links-0-ORDER": "1",
        "page_links-TOTAL_FORMS": "1", "page_links-INITIAL_FORMS": "0", "page_links-0-page": sheet.pk, "page_links-0-ORDER": "1",
    }  # fmt: skip
    assert librarian.post(reverse("publications_works:add"), fields).status_code == 302
    work = Work.objects.get(code="connect-6")
    assert [author.shown_name for author in work.authors.all()] == ["Équipe PAT"]
    assert [link.place for link in work.place_links.all()] == [place]
    assert [link.page_id for link in work.page_links.all()] == [sheet.pk]


@pytest.mark.parametrize("name", ["page_links-{}-page", "place_links-{}-place"])
def test_the_same_page_or_place_twice_is_said_not_crashed_upon(librarian: Client, name: str) -> None:
    row = make_sheets(ModuleFactory())["fr"] if "page" in name.partition("-")[0] else PlaceFactory()
    fields = {"code": "x", "name": "X", "kind": "guide", "year": "2024", "publisher": "Smes", "licence": "unknown"}
    for each in ("authors", "place_links", "page_links"):
        count = "2" if name.startswith(each) else "0"
        fields |= {f"{each}-TOTAL_FORMS": count, f"{each}-INITIAL_FORMS": "0"}
    fields |= {name.format(place): str(row.pk) for place in (0, 1)}
    answer = librarian.post(reverse("publications_works:add"), fields)
    assert answer.status_code == 200
    assert not Work.objects.exists()


@pytest.mark.parametrize(
    ("isbn", "ok"), [("978-2-930123-45-1", False), ("978-0-306-40615-7", True), ("0-306-40615-2", True), ("12", False)]
)
def test_a_wrong_isbn_is_said(librarian: Client, isbn: str, ok: bool) -> None:
    fields = {
        "work": WorkFactory().pk,
        "languages": ["fr", "nl"],
        "title": "Un titre",
        "copies_per_order": 5,
        "low_stock": 20,
        "isbn": isbn,
    }
    assert (librarian.post(reverse("publications_editions:add"), fields).status_code == 302) is ok
    assert Edition.objects.exists() is ok


@pytest.mark.parametrize(("issn", "ok"), [("2049-3630", True), ("2434-561X", True), ("2049-3631", False), ("20493630", False)])
def test_a_wrong_issn_is_said(librarian: Client, issn: str, ok: bool) -> None:
    fields = {"name_fr": "Cahiers", "name_nl": "Schriften", "name_en": "Notebooks", "slug": "cahiers", "issn": issn}
    assert (librarian.post(reverse("publications_series:add"), fields).status_code == 302) is ok


def test_the_dashboard_shows_what_waits(librarian: Client) -> None:
    order = PaperOrderFactory(edition__low_stock=50)
    html = librarian.get(reverse("wagtailadmin_home")).content.decode()
    assert order.name in html
    assert "Few copies left" in html
    assert "Legal deposit to send" in html


@pytest.mark.parametrize(
    "gone",
    [
        {"status": EditionStatus.WITHDRAWN, "withdrawal": "rights"},
        {"is_orderable": False},
        {"work__withdrawn_on": "2026-01-01", "work__withdrawal": "rights"},
    ],
)
def test_copies_nobody_can_order_any_more_do_not_run_low(librarian: Client, gone: dict[str, str]) -> None:
    EditionFactory(copies=3, title="Celle-ci", **gone)
    assert "Few copies left" not in librarian.get(reverse("wagtailadmin_home")).content.decode()
    assert "Celle-ci" not in librarian.get(f"{reverse('publications_editions:index')}?due=low").content.decode()


@pytest.mark.parametrize("due", ["low", "deposit", "untagged", "refused"])
def test_listings_answer_what_is_due(librarian: Client, due: str) -> None:
    edition = EditionFactory(copies=3, title="Celle-ci")
    EditionFileFactory(edition=edition, is_tagged=False)
    if due == "refused":
        EditionFile.objects.create(edition=edition, number=2, state=FileState.REFUSED, refusal="broken", uploaded_at=timezone.now())
    EditionFactory(title="Une autre", is_orderable=False)
    html = librarian.get(f"{reverse('publications_editions:index')}?due={due}").content.decode()
    assert "Celle-ci" in html
    assert "Une autre" not in html


@pytest.mark.parametrize("name", ["orders", "works", "editions", "series"])
def test_listings_cost_the_same_with_few_and_many_rows(librarian: Client, name: str) -> None:
    url = reverse(f"publications_{name}:index")

    def cost() -> int:
        librarian.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert librarian.get(url).status_code == 200
        return len(captured)

    PaperOrderFactory()
    few = cost()
    for _number in range(8):
        PaperOrderFactory()
    assert cost() == few
    assert few <= 45


def test_nobody_else_gets_in(client: Client, libraries: object) -> None:
    """tests/crawl asks every endpoint; here the neighbours: a trainer and a coordinator have no business with orders."""
    order = PaperOrderFactory()
    make_pages(order.edition.work)
    endpoints = [action("send_order", order), action("upload_file", order.edition), reverse("publications_orders:index")]
    for group in ("Trainer", "Coordinator"):
        user = UserFactory()
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        for endpoint in endpoints:
            assert client.get(endpoint).status_code in {302, 403}
            assert order.name not in client.get(endpoint, follow=True).content.decode()
    order.refresh_from_db()
    assert order.status == OrderStatus.RESERVED


def test_an_edition_published_too_early_is_a_draft_again(librarian: Client) -> None:
    edition = EditionFactory()
    PaperOrderFactory(edition=edition)
    assert action("unpublish_edition", edition) in page(librarian, "editions", edition)
    assert "1 order is still open" in librarian.get(action("unpublish_edition", edition)).content.decode()
    assert librarian.post(action("unpublish_edition", edition)).status_code == 302
    edition.refresh_from_db()
    assert edition.status == EditionStatus.DRAFT
    assert "does not allow" in librarian.post(action("unpublish_edition", edition)).content.decode()


def test_who_withdraws_is_told_of_open_orders(librarian: Client) -> None:
    """Nobody else would write to those who wait for copies of it."""
    work = WorkFactory()
    for _number in range(2):
        PaperOrderFactory(edition=EditionFactory(work=work), status=OrderStatus.WAITING, queued_at=timezone.now())
    assert "2 orders are still open" in librarian.get(action("withdraw_work", work)).content.decode()
    assert "1 order is still open" in librarian.get(action("withdraw_edition", work.editions.first())).content.decode()
    assert "still open" not in librarian.get(action("withdraw_work", WorkFactory())).content.decode()


def test_a_code_is_given_once(librarian: Client) -> None:
    """It stands in addresses people have."""
    work = WorkFactory(code="connect-5")
    fields = {"code": "other", "name": "Autre", "kind": "guide", "year": "2024", "publisher": "Smes", "licence": "unknown"}
    for name in ("authors", "place_links", "page_links"):
        fields |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    url = reverse("publications_works:edit", args=[work.pk])
    assert librarian.post(url, fields | version_of(librarian, url)).status_code == 302
    work.refresh_from_db()
    assert (work.code, work.name) == ("connect-5", "Autre")


def test_another_language_of_an_edition_is_searched_too(librarian: Client) -> None:
    """Also in the files that were read before."""
    edition = EditionFactory(languages=["fr", "en"])
    EditionFileFactory(edition=edition, texts=("Een muilkorf", "Une muselière"))
    fields = {"work": edition.work.pk, "languages": ["fr", "nl"], "title": "Un titre", "copies_per_order": 5, "low_stock": 20}
    url = reverse("publications_editions:edit", args=[edition.pk])
    assert librarian.post(url, fields | version_of(librarian, url)).status_code == 302
    kept = sorted(PageText.objects.values_list("language", "page", "text"))
    assert kept == [(code, page, text) for code in ("fr", "nl") for page, text in ((1, "Een muilkorf"), (2, "Une muselière"))]


def test_an_earlier_version_is_withdrawn_and_the_current_one_is_not(librarian: Client) -> None:
    edition = EditionFactory()
    first, second = EditionFileFactory(edition=edition), EditionFileFactory(edition=edition, number=2)
    html = page(librarian, "editions", edition)
    assert action("withdraw_file", first) in html
    assert action("withdraw_file", second) not in html
    assert "upload a better one first" in librarian.post(action("withdraw_file", second), {"reason": "rights"}).content.decode()
    assert librarian.post(action("withdraw_file", first), {"reason": "request"}).status_code == 302
    html = page(librarian, "editions", edition)
    assert "Somebody concerned asked us to take it down." in html
    assert action("withdraw_file", first) not in html
