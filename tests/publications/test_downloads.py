"""A reader downloads; the library counts without knowing who."""

import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Attempt
from publications.enums import EditionStatus, FileState, Withdrawal
from publications.files import downloads
from publications.models import DownloadCount, Edition, EditionFile, LibraryPage
from publications.works.editions import withdraw_edition, withdraw_work
from tests.publications.factories import EditionFactory, EditionFileFactory, make_pages

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
ROBOTS = [
    "Googlebot/2.1 (+http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "curl/8.5",
    "python-requests/2.32",
    "",
    "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
    "undici",
    "Java/17.0.2",
    "Java-http-client/21",
    "Python/3.11 aiohttp/3.9.5",
    "GuzzleHttp/7",
    "cohere-ai",
    "Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
]
BROWSERS = [
    FIREFOX,
    CHROME,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0]",
    "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18",
]


@pytest.fixture
def edition(libraries: dict[str, LibraryPage]) -> Edition:
    edition: Edition = EditionFactory(languages=["fr", "nl"], work__code="connect-5")
    EditionFileFactory(edition=edition)
    make_pages(edition.work)
    return edition


def address(edition: Edition, version: int | None = None) -> str:
    if version:
        return reverse("publications_files:download_version", args=[edition.reference, version, edition.file_stem])
    return reverse("publications_files:download", args=[edition.reference, edition.file_stem])


def get(client: Client, url: str, browser: str = FIREFOX, **headers: str) -> Any:
    return client.get(url, headers={"user-agent": browser} | {name.replace("_", "-"): value for name, value in headers.items()})


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def counted() -> int:
    return sum(DownloadCount.objects.values_list("count", flat=True))


def test_a_reader_gets_the_file_under_a_name_that_says_what_it_is(client: Client, edition: Edition) -> None:
    response = get(client, address(edition))
    assert response.status_code == 200
    assert body(response).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="smes-connect-5-fr-nl.pdf"'
    assert response["Content-Language"] == "fr, nl"
    assert response["Link"] == f'<http://testserver{address(edition)}>; rel="canonical"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response


def test_it_is_never_compressed_so_that_its_length_and_ranges_hold(client: Client, edition: Edition) -> None:
    response = get(client, address(edition), accept_encoding="gzip, br")
    assert "Content-Encoding" not in response
    assert int(response["Content-Length"]) == len(body(response))


def test_an_address_with_another_name_leads_to_the_right_one(client: Client, edition: Edition) -> None:
    wrong = reverse("publications_files:download", args=[edition.reference, "old-name"])
    response = get(client, wrong)
    assert (response.status_code, response["Location"]) == (302, address(edition))
    assert counted() == 0


def test_an_older_version_keeps_its_address_and_points_to_the_current_one(client: Client, edition: Edition) -> None:
    EditionFileFactory(edition=edition, number=2, bytes=b"%PDF-1.7 the second")
    assert body(get(client, address(edition))) == b"%PDF-1.7 the second"
    old = get(client, address(edition, version=1))
    assert body(old) != b"%PDF-1.7 the second"
    assert address(edition) in old["Link"]


def test_each_download_adds_one_to_its_day(client: Client, edition: Edition) -> None:
    get(client, address(edition))
    get(client, address(edition), browser=CHROME)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        get(client, address(edition))
    assert list(DownloadCount.objects.values_list("count", flat=True)) == [1, 2]


def test_twice_within_minutes_counts_once_and_later_again(client: Client, edition: Edition) -> None:
    now = timezone.now()
    for minutes, expected in ((0, 1), (1, 1), (9, 1), (11, 2)):
        with time_machine.travel(now + datetime.timedelta(minutes=minutes), tick=False):
            get(client, address(edition))
        assert counted() == expected, minutes


def test_a_head_does_not_count_and_sends_no_bytes(client: Client, edition: Edition) -> None:
    response = client.head(address(edition), headers={"user-agent": FIREFOX})
    assert response.status_code == 200
    assert int(response["Content-Length"]) > 0
    assert response.content == b"" if not response.streaming else body(response) == b""
    assert counted() == 0


def test_what_the_browser_has_already_is_not_sent_again_nor_counted(client: Client, edition: Edition) -> None:
    etag = get(client, address(edition))["ETag"]
    DownloadCount.objects.all().delete()
    Attempt.objects.all().delete()
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        response = get(client, address(edition), if_none_match=known)
        assert response.status_code == 304
        assert response["ETag"] == etag
    assert counted() == 0


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=0-9", 206, b"%PDF-1.7 0"),
        ("bytes=9-12", 206, b"0123"),
        ("bytes=-4", 206, b"6789"),
        ("bytes=2005-", 206, b"6789"),
        ("bytes=2005-99999", 206, b"6789"),
    ],
)
def test_pieces_are_sent_as_asked(client: Client, edition: Edition, asked: str, status: int, sent: bytes) -> None:
    response = get(client, address(edition), range=asked)
    assert response.status_code == status
    assert body(response) == sent
    assert int(response["Content-Length"]) == len(sent)
    assert response["Content-Range"].endswith("/2009")


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=a-b", "bytes=-", "items=0-1", "bytes=0-1,5-6"])
def test_a_range_nobody_understands_gets_the_whole_file(client: Client, edition: Edition, asked: str) -> None:
    response = get(client, address(edition), range=asked)
    assert (response.status_code, len(body(response))) == (200, 2009)


@pytest.mark.parametrize("asked", ["bytes=2009-", "bytes=-0"])
def test_a_range_beyond_the_file_is_refused(client: Client, edition: Edition, asked: str) -> None:
    response = get(client, address(edition), range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */2009")


def test_a_piece_of_a_file_that_changed_meanwhile_is_the_whole_new_file(client: Client, edition: Edition) -> None:
    assert get(client, address(edition), range="bytes=0-9", if_range='"older"').status_code == 200


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bytes=0-", 200),
        ("bytes=0-99", 206),
        ("bytes=100-199", 206),
        ("bytes=200-", 206),
        ("bytes=-50", 206),
        ("bytes=0-1,5-6", 200),
        ("nonsense", 200),
        ("bytes=9999-", 416),
    ],
)
def test_no_request_for_a_range_counts_not_even_for_the_first_piece(client: Client, edition: Edition, asked: str, status: int) -> None:
    assert get(client, address(edition), range=asked).status_code == status
    assert counted() == 0
    get(client, address(edition))
    assert counted() == 1, "nor does it use up the reader's own download"


@pytest.mark.parametrize("browser", BROWSERS)
def test_browsers_of_people_count(client: Client, edition: Edition, browser: str) -> None:
    assert get(client, address(edition), browser=browser).status_code == 200
    assert counted() == 1


@pytest.mark.control
def test_the_list_of_counter_alone_counts_libraries_and_robots(client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "BROWSERS", ("",))
    monkeypatch.setattr(downloads, "is_crawler", lambda browser: False)
    for robot in ("node-fetch", "Java/17.0.2", "Python/3.11 aiohttp/3.9.5", "cohere-ai"):
        get(client, address(edition), browser=robot)
    assert counted() == 4


@pytest.mark.parametrize("robot", ROBOTS)
def test_robots_get_the_file_and_do_not_count(client: Client, edition: Edition, robot: str) -> None:
    assert get(client, address(edition), browser=robot).status_code == 200
    assert counted() == 0


def test_a_preview_fetched_by_the_browser_on_its_own_does_not_count(client: Client, edition: Edition) -> None:
    get(client, address(edition), sec_purpose="prefetch;prerender")
    assert counted() == 0


def test_nothing_personal_is_kept(client: Client, edition: Edition) -> None:
    """The count is a number a day. What tells readers apart is a keyed hash that goes within minutes."""
    get(client, address(edition))
    assert {field.name for field in DownloadCount._meta.get_fields()} == {"id", "edition", "day", "count"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope || key FROM core_attempt")
        kept = " ".join(row[0] for row in cursor.fetchall())
    assert "127.0.0.1" not in kept
    assert "Firefox" not in kept
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        get(client, address(edition), browser=CHROME)
    assert Attempt.objects.filter(scope="download").count() == 1, "the first reader's row is gone"


def hide_as_draft(edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(status=EditionStatus.DRAFT)


def hide_pages(edition: Edition) -> None:
    for page in edition.work.pages.all():
        page.unpublish()


def make_private(edition: Edition) -> None:
    for library in LibraryPage.objects.all():
        PageViewRestriction.objects.create(page=library, restriction_type="login")


@pytest.mark.parametrize("hide", [hide_as_draft, hide_pages, make_private])
def test_a_draft_or_private_file_cannot_be_reached_by_any_path(client: Client, edition: Edition, hide: Any) -> None:
    hide(edition)
    file = EditionFile.objects.get(edition=edition)
    paths = [
        address(edition),
        address(edition, version=1),
        reverse("publications_files:download", args=[edition.reference, "other"]),
        reverse("publications_files:cover", args=[edition.reference, 1]),
        f"/media/{file.file.name}",
        f"/media/private/{file.file.name}",
        f"/static/{file.file.name}",
        f"/documents/1/{edition.file_stem}.pdf",
        f"/files/../private/{file.file.name}",
    ]
    assert {path: get(client, path).status_code for path in paths} == dict.fromkeys(paths, 404)
    with pytest.raises(ValueError, match="no URL"):
        assert file.file.url


def test_a_withdrawn_edition_or_work_answers_that_it_is_gone_and_why(client: Client, edition: Edition) -> None:
    withdraw_edition(edition=edition, reason=Withdrawal.RIGHTS, now=timezone.now())
    response = get(client, address(edition))
    assert response.status_code == 410
    assert "droit" in response.content.decode() or "right" in response.content.decode()
    assert b"%PDF" not in response.content
    Edition.objects.update(status=EditionStatus.PUBLISHED, withdrawal="")
    assert get(client, address(edition)).status_code == 200
    withdraw_work(work=edition.work, reason=Withdrawal.ERROR, now=timezone.now())
    assert get(client, address(edition)).status_code == 410
    assert counted() == 1


@pytest.mark.parametrize("hide", [hide_pages, make_private])
def test_a_withdrawn_edition_whose_page_is_not_public_looks_like_an_unknown_one(client: Client, edition: Edition, hide: Any) -> None:
    withdraw_edition(edition=edition, reason=Withdrawal.RIGHTS, now=timezone.now())
    hide(edition)
    answer = get(client, address(edition))
    assert answer.status_code == 404
    assert edition.title not in answer.content.decode()


def test_a_refused_or_unread_version_is_no_version(client: Client, edition: Edition) -> None:
    EditionFileFactory(edition=edition, number=2, state=FileState.WAITING)
    assert get(client, address(edition, version=2)).status_code == 404
    assert get(client, address(edition, version=9)).status_code == 404


def test_a_cover_is_kept_by_browsers(client: Client, edition: Edition) -> None:
    file = EditionFile.objects.get(edition=edition)
    file.cover.save("x.webp", ContentFile(b"RIFF....WEBP"))
    response = get(client, reverse("publications_files:cover", args=[edition.reference, 1]))
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
