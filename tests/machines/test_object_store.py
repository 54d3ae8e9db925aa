"""Files in an object store: nobody gets one past the view that checks who may read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import Http404
from django.test import Client, RequestFactory
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from config.buckets import storages_in_bucket
from core.files.object_store import ObjectStoreError
from core.files.storage import stream_of
from core.models import CustomDocument, CustomImage
from core.views.media import media
from publications.models import EditionFile
from tests.core.people import browser_of, member
from tests.machines.servers import BUCKET, KEY, SECRET, Store, object_store
from tests.publications.factories import EditionFileFactory, make_library, make_pages
from tests.serving import free_port

CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 40
PLAIN = "storages.backends.s3.S3Storage"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with object_store(tmp_path_factory.mktemp("store")) as running:
        yield running


def use(settings: Any, monkeypatch: pytest.MonkeyPatch, url: str, **changed: Any) -> None:
    """As settings/storage.py does. Fields of private files took their storage when their model was read."""
    told = storages_in_bucket(BUCKET, endpoint_url=url, region="us-east-1", key_id=KEY, secret=SECRET)
    told["default"] |= changed
    settings.STORAGES = settings.STORAGES | told
    for name in ("file", "cover"):
        monkeypatch.setattr(EditionFile._meta.get_field(name), "storage", storages["private"])


@pytest.fixture
def store(db: None, server: Store, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Store:
    use(settings, monkeypatch, server.url)
    return server


def a_document(*, is_private: bool) -> CustomDocument:
    collection = Collection.get_first_root_node().add_child(name="Papiers")
    if is_private:
        CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    document: CustomDocument = CustomDocument.objects.create(
        title="Un document", collection=collection, file=ContentFile(b"words", "words.txt")
    )
    return document


def test_a_private_document_is_for_colleagues_and_streamed_by_the_site(store: Store, client: Client) -> None:
    document = a_document(is_private=True)
    refused = client.get(document.url)
    assert refused.status_code == 302
    assert "login" in refused["Location"]
    answer = browser_of(member()).get(document.url)
    assert answer.getvalue() == b"words"


@pytest.mark.control
def test_a_plain_store_hands_out_links_that_anybody_can_use(
    db: None, server: Store, settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    use(settings, monkeypatch, server.url, BACKEND=PLAIN)
    settings.WAGTAILDOCS_SERVE_METHOD = None
    link = client.get(a_document(is_private=False).url)["Location"]
    assert "X-Amz-Signature" in link
    assert httpx.get(link).content == b"words"


def test_the_store_itself_refuses_strangers(store: Store) -> None:
    document = a_document(is_private=False)
    for path in (f"media/{document.file.name}", "", "?list-type=2"):
        answer = httpx.get(f"{store.url}/{BUCKET}/{path}")
        assert answer.status_code in {400, 401, 403}
        assert b"words" not in answer.content


@pytest.fixture
def published(store: Store) -> EditionFile:
    make_library()
    file: EditionFile = EditionFileFactory(bytes=CONTENT)
    make_pages(file.edition.work)
    return file


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ({}, 200, CONTENT),
        ({"range": "bytes=100-199"}, 206, CONTENT[100:200]),
        ({"range": "bytes=10000-"}, 206, CONTENT[10000:]),
        ({"range": "bytes=-9"}, 206, CONTENT[-9:]),
        ({"range": "bytes=99999-"}, 416, b""),
    ],
    ids=["whole", "a piece", "to the end", "the end", "outside"],
)
def test_publications_are_downloaded_whole_or_in_pieces(
    published: EditionFile, client: Client, asked: dict[str, str], status: int, sent: bytes
) -> None:
    answer = client.get(published.edition.file_url(), headers=asked)
    assert (answer.status_code, answer.getvalue()) == (status, sent)
    if sent:
        assert answer["Content-Length"] == str(len(sent))
        assert client.get(published.edition.file_url(), headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_no_more_is_fetched_than_is_asked_for(published: EditionFile) -> None:
    assert stream_of(published.file, start=100, length=50).read() == CONTENT[100:150]


def test_a_private_file_has_no_url(published: EditionFile) -> None:
    with pytest.raises(ValueError, match="no URL"):
        _url = published.file.url


def test_a_lost_file_and_a_lost_store_are_what_they_are_on_a_disk(
    published: EditionFile, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    published.file.storage.delete(published.file.name)
    with pytest.raises(FileNotFoundError):
        stream_of(published.file)
    use(settings, monkeypatch, f"http://127.0.0.1:{free_port()}")
    with pytest.raises(ObjectStoreError):
        stream_of(EditionFile.objects.get(pk=published.pk).file)


def test_a_file_is_saved_whole_under_its_very_name(store: Store) -> None:
    private: Any = storages["private"]
    for content in (b"one", b"two"):
        private.save_whole("year/1-abc.pdf", content)
    assert private.stream("year/1-abc.pdf").read() == b"two"
    assert private.listdir("year")[1] == ["1-abc.pdf"]


def two_photos() -> list[bytes]:
    """Two machines store a file of the same name at the same moment: both were told that the name is free."""
    storage: Any = storages["default"]
    names = [storage.get_available_name("original_images/photo.jpg") for _machine in range(2)]
    for name, content in zip(names, (b"one", b"two"), strict=True):
        storage._save(name, ContentFile(content))
    return [storage.open(name).read() for name in names]


def test_files_of_the_same_name_never_replace_one_another(store: Store) -> None:
    assert two_photos() == [b"one", b"two"]


@pytest.mark.control
def test_in_a_plain_store_one_of_them_is_lost(db: None, server: Store, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    use(settings, monkeypatch, server.url, BACKEND=PLAIN)
    assert two_photos() == [b"two", b"two"]


def test_pictures_are_shown_and_their_originals_are_not(store: Store, rf: RequestFactory) -> None:
    image = CustomImage.objects.create(title="Une image", file=get_test_image_file())
    rendition = image.get_rendition("max-100x100")
    path = rendition.url.removeprefix("/media/")
    answer: Any = media(rf.get(rendition.url), path)
    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == Path(store.folder, BUCKET, "media", path).read_bytes()
    assert media(rf.get(rendition.url, headers={"if-none-match": answer["ETag"]}), path).status_code == 304
    for hidden in (image.file.name, "documents/words.txt", f"images/../{image.file.name}", "images/unknown.png"):
        with pytest.raises(Http404):
            media(rf.get(f"/media/{hidden}"), hidden)
