"""What readers have changes only when somebody has looked: a second file waits, the first can be brought back, and words are true."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publications.enums import EditionStatus, FileState, Withdrawal
from publications.files import reading
from publications.files.reading import read_file
from publications.files.upload import upload_file
from publications.models import Edition, EditionFile, LibraryPage
from publications.works.editions import withdraw_work
from tests.publications import pdfs
from tests.publications.backoffice.pages import action, page
from tests.publications.factories import EditionFactory, EditionFileFactory, WorkFactory, make_pages
from tests.publications.pdfs import changed, good_pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(libraries: dict[str, LibraryPage]) -> Edition:
    """Published, on a public page, with a file."""
    edition: Edition = EditionFactory()
    EditionFileFactory(edition=edition, bytes=b"%PDF-1.7 the first")
    make_pages(edition.work)
    return edition


def second_file(edition: Edition, content: bytes = b"") -> EditionFile:
    file = upload_file(edition=edition, upload=upload(content or good_pdf()), now=timezone.now())
    read_file(file_id=file.pk)
    file.refresh_from_db()
    return file


def first_bytes(client: Client, url: str) -> bytes:
    return next(iter(client.get(url).streaming_content))


def told(librarian: Client, url: str) -> str:
    return " ".join(str(each) for each in get_messages(librarian.post(url).wsgi_request))


class TestASecondFile:
    def test_it_waits_and_readers_keep_the_first(self, librarian: Client, edition: Edition) -> None:
        file = second_file(edition, changed(pdfs.lose_the_tags))
        assert file.state == FileState.CHECKED
        assert first_bytes(librarian, edition.file_url()) == b"%PDF-1.7 the first"
        assert librarian.get(edition.file_url(file.number)).status_code == 404, "nobody guesses the address of what is not offered"
        assert librarian.get(reverse("publications_files:cover", args=[edition.reference, file.number])).status_code == 404
        html = page(librarian, "editions", edition)
        assert "not tagged" in html
        assert action("read_file", file) in html
        assert librarian.get(action("read_file", file)).status_code == 200
        assert f"Look at version {file.number} and offer it" in html

    def test_its_warning_is_read_before_it_is_offered(self, librarian: Client, edition: Edition) -> None:
        file = second_file(edition, changed(pdfs.lose_the_tags))
        html = librarian.get(action("offer_file", file)).content.decode()
        assert "not tagged" in html
        assert "Readers get version 2 instead of version 1" in html
        edition.refresh_from_db()
        assert edition.current_file_id != file.pk, "GET changes nothing"

    def test_offered_it_is_what_readers_get_and_the_first_can_be_brought_back(self, librarian: Client, edition: Edition) -> None:
        first, file = edition.files.get(), second_file(edition)
        assert "Bring this version back" not in page(librarian, "editions", edition)
        assert librarian.post(action("offer_file", file)).status_code == 302
        assert first_bytes(librarian, edition.file_url()) != b"%PDF-1.7 the first"
        assert first_bytes(librarian, edition.file_url(1)) == b"%PDF-1.7 the first"
        assert "Bring this version back" in page(librarian, "editions", edition)
        assert librarian.post(action("offer_file", first)).status_code == 302
        assert first_bytes(librarian, edition.file_url()) == b"%PDF-1.7 the first"
        assert librarian.get(edition.file_url(file.number)).status_code == 200, "who cited it still finds it"

    def test_what_readers_have_already_and_what_is_gone_cannot_be_offered(self, librarian: Client, edition: Edition) -> None:
        first, file = edition.files.get(), second_file(edition)
        assert librarian.post(action("offer_file", first)).status_code == 422
        librarian.post(action("withdraw_file", file), {"reason": Withdrawal.ERROR})
        assert librarian.post(action("offer_file", file)).status_code == 422

    def test_the_file_of_a_draft_needs_no_second_look(self, edition: Edition) -> None:
        Edition.objects.update(status=EditionStatus.DRAFT)
        file = second_file(edition)
        edition.refresh_from_db()
        assert (file.state, edition.current_file) == (FileState.READY, file)

    def test_the_listing_finds_what_waits(self, librarian: Client, edition: Edition) -> None:
        EditionFileFactory(edition=EditionFactory(title="Rien à voir"))
        second_file(edition)
        html = librarian.get(reverse("publications_editions:index"), {"due": "checked"}).content.decode()
        assert edition.title in html
        assert "Rien à voir" not in html

    @pytest.mark.control
    def test_without_the_wait_it_replaces_the_first_at_once(self, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "EditionStatus", type("Nothing", (), {"PUBLISHED": "nothing"}))
        file = second_file(edition)
        edition.refresh_from_db()
        assert edition.current_file == file


class TestTrueWords:
    def test_published_and_seen(self, librarian: Client, edition: Edition) -> None:
        Edition.objects.update(status=EditionStatus.DRAFT)
        assert "readers can have it" in told(librarian, action("publish_edition", edition))

    def test_published_and_nobody_can_see_it(self, librarian: Client) -> None:
        edition = EditionFactory(status=EditionStatus.DRAFT)
        EditionFileFactory(edition=edition)
        assert "has no public page" in librarian.get(action("publish_edition", edition)).content.decode()
        assert "nobody can see it yet" in told(librarian, action("publish_edition", edition))
        assert "has no public page" in page(librarian, "editions", edition)

    def test_published_of_a_withdrawn_publication(self, librarian: Client, edition: Edition) -> None:
        Edition.objects.update(status=EditionStatus.DRAFT)
        withdraw_work(work=edition.work, reason=Withdrawal.ERROR, now=timezone.now())
        assert "nobody can see it yet" in told(librarian, action("publish_edition", edition))
        assert "The publication is withdrawn" in page(librarian, "editions", edition)

    def test_a_publication_offered_again_without_anything_to_have(self, librarian: Client) -> None:
        work = WorkFactory()
        withdraw_work(work=work, reason=Withdrawal.ERROR, now=timezone.now())
        assert "can have none of its editions" in told(librarian, action("restore_work", work))

    def test_an_empty_draft_asks_for_its_file_first(self, librarian: Client) -> None:
        edition = EditionFactory(status=EditionStatus.DRAFT, is_orderable=False)
        html = page(librarian, "editions", edition)
        assert "No file yet, and it is not offered on paper" in html
        assert action("upload_file", edition) in html
