"""Real servers, taken away one after the other: what readers see, what becomes of what they sent, and that all is caught up once."""

import datetime
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from django.conf import settings

from core.models import CustomDocument, MailServerOutage, OutgoingMail
from tests.core.factories import UserFactory
from tests.core.health.house import LARGEST_FILE, House, own_database, wait_until
from tests.core.mailing import write_mail
from tests.core.people import browser_of
from tests.core.sink import listening
from tests.machines.servers import shared_cache

AT_SCALE = bool(os.environ.get("FAULTS_AT_SCALE"))
MAILS = 200 if AT_SCALE else 12
# Its servers take long to end beside other tests: `FAULTS_AT_SCALE=1` runs it.
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not AT_SCALE, reason="FAULTS_AT_SCALE is not set")]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: pytest.Item) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())  # type: ignore[attr-defined]
        server = stack.enter_context(own_database())
        sink = stack.enter_context(listening())
        cache_folder = tmp_path_factory.mktemp("cache")
        cache = ExitStack()
        url = cache.enter_context(shared_cache(cache_folder))
        house = House(server, sink, folder, url)
        house.cache = cache
        try:
            wait_until(house.is_well, "the house does not begin")
            yield house
        finally:
            house.stop()
            cache.close()


@pytest.fixture(autouse=True)
def _in_order(house: House) -> Iterator[None]:
    """Each fault is over before the next."""
    house.sink.received.clear()
    yield
    if house.has_cache:
        wait_until(house.is_well, "the house is not well again")


def queued() -> bool:
    return OutgoingMail.objects.filter(status="queued").exists()


def arrived(house: House) -> Counter[str]:
    return Counter(str(message["Message-ID"]) for message in house.sink.messages)


def test_while_the_database_is_away_the_site_says_so(house: House) -> None:
    seen: dict[str, httpx.Response] = {}

    def look() -> None:
        for path in ("/nl/", "/fr/formations/", "/account/login/", "/healthz", "/healthz?ready", "/healthz?live", "/robots.txt"):
            seen[path] = httpx.get(f"{house.url}{path}", timeout=20)

    house.restart_database(look)
    assert [seen[path].status_code for path in ("/nl/", "/fr/formations/")] == [503, 503]
    assert seen["/nl/"].headers["retry-after"] == "60"
    for words in ("De site kan nu even niet antwoorden", "Le site ne peut pas répondre", "The site cannot answer just now"):
        assert words in seen["/nl/"].text
    assert seen["/healthz"].status_code == seen["/healthz?ready"].status_code == 503
    assert seen["/healthz"].json()["checks"]["database"]["reason"] == "unreachable"
    assert seen["/healthz?live"].status_code == 200
    assert all(answer.status_code in {200, 302, 503} for answer in seen.values())
    write_mail(to="after@example.org")
    wait_until(lambda: not queued(), "the worker does not go on")
    assert len(arrived(house)) == arrived(house).total() == 1
    assert house.worker.poll() is None, "the worker is another one"


@pytest.mark.parametrize("fault", ["silent", "closed"])
def test_the_mail_server_is_silent_or_closed(house: House, fault: str) -> None:
    """It takes connections and never says a word, or takes none: all mails wait together, and each arrives once."""
    setattr(house.sink, fault, True)
    try:
        for number in range(MAILS):
            write_mail(to=f"m{number}@example.org")
        wait_until(lambda: house.health().get("mail") == "server_away", "nobody noticed")
        assert not house.sink.received
    finally:
        setattr(house.sink, fault, False)
    wait_until(lambda: not queued(), "mails wait for ever")
    assert len(arrived(house)) == arrived(house).total() == MAILS
    assert not MailServerOutage.objects.exists()
    tries = OutgoingMail.objects.filter(to__startswith="m").values_list("attempts", flat=True)
    assert set(tries) == {1}, "tries were spent on a server that was away"


def test_a_killed_worker_is_replaced(house: House) -> None:
    house.sink.pauses = [20]
    house.sink.began.clear()
    mail = write_mail(to="killed@example.org")
    assert house.sink.began.wait(20)
    house.worker.kill()
    house.worker.wait(10)
    house.start_worker()
    wait_until(lambda: OutgoingMail.objects.get(pk=mail.pk).status == "sent", "the mail is lost")
    assert len(arrived(house)) == 1


def test_the_disk_is_full(house: House) -> None:
    """A file that does not fit is refused with a word; no half of it stays, and one that fits is taken."""
    chief = browser_of(UserFactory(is_superuser=True))
    cookies = {settings.SESSION_COOKIE_NAME: chief.cookies[settings.SESSION_COOKIE_NAME].value}
    documents = house.folder / "media" / "documents"
    with httpx.Client(base_url=house.url, cookies=cookies, timeout=30, headers={"Referer": house.url}) as client:
        answers = [upload(client, size) for size in (LARGEST_FILE * 3, LARGEST_FILE // 10)]
    assert [answer.status_code for answer in answers] == [503, 302]
    assert "revenez en arrière avec le bouton de votre navigateur" in answers[0].text
    [document] = CustomDocument.objects.all()
    assert [path.name for path in documents.iterdir()] == [Path(document.file.name).name]


def upload(client: httpx.Client, size: int) -> httpx.Response:
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken)" value="([^"]+)"', client.get("/admin/documents/add/").text))
    file = ("notes.txt", os.urandom(size), "text/plain")
    return client.post("/admin/documents/add/", data=hidden | {"title": "Notes", "collection": "1"}, files={"file": file})


def test_the_media_store_is_gone(house: House) -> None:
    """Mounted no more: the folder is there and empty. A download is not found, never broken, and is there when the store is."""
    media = house.folder / "media"
    (media / "documents").mkdir(parents=True, exist_ok=True)
    (media / "documents" / "there.txt").write_text("words")
    document = CustomDocument.objects.create(title="Là", file="documents/there.txt")
    path = f"{house.url}/documents/{document.pk}/there.txt"
    away = media.rename(media.with_name("away"))
    media.mkdir()
    try:
        CustomDocument.objects.exclude(pk=document.pk).delete()
        assert httpx.get(path).status_code in {404, 503}
        assert house.health() == {"media": "gone"}
        assert httpx.get(f"{house.url}/healthz?ready").status_code == 200
    finally:
        media.rmdir()
        away.rename(media)
    assert httpx.get(path).text == "words"


def test_the_shared_cache_is_gone(house: House) -> None:
    """Last: it stays away. The site goes on without it."""
    pages = ("/account/login/", "/fr/formations/", "/robots.txt")
    before = [httpx.get(f"{house.url}{path}").status_code for path in pages]
    house.has_cache = False
    house.cache.close()
    wait_until(lambda: house.health() == {"cache": "unreachable"}, "nobody noticed")
    begun = time.monotonic()
    assert [httpx.get(f"{house.url}{path}").status_code for path in pages] == before
    assert time.monotonic() - begun < 5, "pages wait for a dead cache"
