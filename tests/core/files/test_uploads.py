"""What editors may upload (ASVS 5.0 §5): the kinds, the sizes, the pixels; and where a file's name may lead."""

import io
import zlib
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from core.models import CustomDocument, CustomImage
from tests.core.factories import UserFactory
from tests.core.people import browser_of

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(width: int, height: int) -> bytes:
    """A picture of one colour: few bytes, many pixels."""
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def editor() -> Client:
    return browser_of(UserFactory(is_superuser=True, is_staff=True))


def send_picture(editor: Client, name: str, content: bytes) -> Any:
    return editor.post(reverse("wagtailimages:add"), {"title": "Une image", "file": SimpleUploadedFile(name, content)})


def send_document(editor: Client, name: str, content: bytes) -> Any:
    return editor.post(reverse("wagtaildocs:add"), {"title": "Un document", "file": SimpleUploadedFile(name, content)})


def test_a_picture_is_taken(editor: Client) -> None:
    send_picture(editor, "photo.png", png(20, 20))
    assert CustomImage.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("page.png", b"<!doctype html><script>alert(1)</script>"),
        ("photo.jpg", zlib.compress(b"x" * 1000)),
        ("photo.png", b""),
    ],
    ids=["svg", "svg as png", "html as png", "not a picture", "empty"],
)
def test_what_is_no_picture_or_might_act_is_refused(editor: Client, name: str, content: bytes) -> None:
    response = send_picture(editor, name, content)
    assert response.status_code == 200
    assert not CustomImage.objects.exists()


def test_more_pixels_than_a_page_needs_are_refused_before_they_are_unpacked(editor: Client, settings: Any) -> None:
    content = png(9000, 9000)
    assert len(content) < 100_000, "few bytes"
    assert send_picture(editor, "bomb.png", content).status_code == 200
    assert not CustomImage.objects.exists()
    assert site.WAGTAILIMAGES_MAX_IMAGE_PIXELS <= 50_000_000


@pytest.mark.parametrize(
    ("send", "setting"), [(send_picture, "WAGTAILIMAGES_MAX_UPLOAD_SIZE"), (send_document, "WAGTAILDOCS_MAX_UPLOAD_SIZE")]
)
def test_a_file_larger_than_the_limit_is_refused(editor: Client, settings: Any, send: Any, setting: str) -> None:
    assert getattr(site, setting) <= 20 * 1024 * 1024
    setattr(settings, setting, 1000)
    send(editor, "file.png" if send is send_picture else "file.pdf", png(400, 400) + b"x" * 2000)
    assert not CustomImage.objects.exists()
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("name", ["page.html", "script.js", "drawing.svg", "program.exe", "page.pdf.html"])
def test_a_document_that_might_act_is_refused(editor: Client, name: str) -> None:
    send_document(editor, name, b"<script>alert(1)</script>")
    assert not CustomDocument.objects.exists()


@pytest.mark.parametrize("name", ["../../../etc/passwd.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "a\r\nb: c.pdf", "très long " * 30 + ".pdf"])
def test_the_name_of_an_upload_leads_nowhere_else(editor: Client, name: str) -> None:
    send_document(editor, name, b"%PDF-1.7 x")
    for document in CustomDocument.objects.all():
        assert document.file.name.startswith("documents/")
        assert ".." not in document.file.name
        assert not set("\r\n\\") & set(document.file.name)
        told = editor.get(document.url)["Content-Disposition"]
        assert "\n" not in told
        assert "etc/" not in told


def test_a_document_is_never_run_in_the_browser(editor: Client) -> None:
    send_document(editor, "words.txt", b"<script>alert(1)</script>")
    response = Client().get(CustomDocument.objects.get().url)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Disposition"].startswith("attachment")
