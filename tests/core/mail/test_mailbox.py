"""The mailbox of the demo: whole mails in a folder, read on a page that a mail cannot take over, and nowhere else."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from core.mail import mailbox
from core.mail.message import Attachment
from tests.core.mailing import work_off, write_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """A demo with a mailbox of its own."""
    settings.VAR_DIR = tmp_path
    settings.DEMO = True
    settings.MAILERS = {"default": {"BACKEND": "core.mail.mailbox.MailboxBackend"}}
    return tmp_path / "mailbox"


def deliver(**options: Any) -> mailbox.Letter:
    """A mail that has gone the whole way; the latest in the box."""
    write_mail(**options)
    work_off()
    return mailbox.letters()[0]


def test_a_delivered_mail_is_a_file(folder: Path) -> None:
    letter = deliver(to="reader@example.org", context={"message": "Ça va ?"})
    [path] = folder.iterdir()
    assert path.suffix == ".eml"
    assert letter.message["To"] == "reader@example.org"
    assert "Ça va ?" in letter.text
    assert "Ça va ?" in letter.html


def test_the_list_shows_the_latest_first(client: Client, folder: Path) -> None:
    deliver(to="first@example.org")
    deliver(to="second@example.org")
    page = client.get("/mailbox/").content.decode()
    assert page.index("second@example.org") < page.index("first@example.org")


def test_the_date_of_a_mail_is_in_words(client: Client, folder: Path) -> None:
    letter = deliver(now=datetime.datetime(2027, 2, 1, 8, 30, tzinfo=datetime.UTC))
    for address in ("/mailbox/", f"/mailbox/{letter.name}/"):
        assert "1er février 2027, 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30" in client.get(address).content.decode()


def test_a_mail_without_a_date_is_shown_all_the_same(client: Client, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "undated.eml").write_text("Subject: no date\nDate: nonsense\n\nwords")
    assert "no date" in client.get("/mailbox/").content.decode()


def test_an_empty_mailbox_says_so(client: Client, folder: Path) -> None:
    response = client.get("/mailbox/")
    assert response.status_code == 200
    assert "<iframe" not in response.content.decode()


def test_a_mail_shows_its_text_its_page_and_its_files(client: Client, folder: Path) -> None:
    letter = deliver(context={"message": "<script>alert(1)</script>"}, attachments=[Attachment('da"tes é.ics', "text/calendar", b"BEGIN")])
    page = client.get(f"/mailbox/{letter.name}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert f'src="/mailbox/{letter.name}/html/"' in page
    assert f'<a href="/mailbox/{letter.name}/0/">da&quot;tes é.ics</a>' in page

    file = client.get(f"/mailbox/{letter.name}/0/")
    assert file.content == b"BEGIN"
    assert file["Content-Type"].startswith("text/calendar")
    assert file["Content-Disposition"].startswith("attachment; ")
    assert client.get(f"/mailbox/{letter.name}/1/", follow=True).status_code == 404


def test_the_page_of_a_mail_runs_nothing_and_loads_nothing(client: Client, folder: Path) -> None:
    letter = deliver()
    response = client.get(f"/mailbox/{letter.name}/html/")
    policy = {rule.split()[0]: rule.split()[1:] for rule in response["Content-Security-Policy"].split(";") if rule.split()}
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'unsafe-inline'"]
    assert policy["img-src"] == ["'self'"], "the picture of the newsletter is our own"
    assert "script-src" not in policy
    assert policy["sandbox"] == ["allow-popups", "allow-popups-to-escape-sandbox"]
    assert '<base target="_blank">' in response.content.decode()


@pytest.mark.parametrize("address", ["", "{name}/", "{name}/html/", "{name}/0/"])
def test_engines_and_caches_keep_away(client: Client, folder: Path, address: str) -> None:
    letter = deliver(attachments=[Attachment("x.txt", "text/plain", b"x")])
    response = client.get("/mailbox/" + address.format(name=letter.name))
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["", "{name}/", "{name}/html/", "{name}/0/"])
def test_on_a_public_server_there_is_no_mailbox(client: Client, folder: Path, settings: Any, address: str) -> None:
    letter = deliver(attachments=[Attachment("x.txt", "text/plain", b"x")])
    settings.DEMO = False
    assert client.get("/mailbox/" + address.format(name=letter.name), follow=True).status_code == 404


@pytest.mark.parametrize("name", ["nothing", "../secret", "..%2Fsecret", "%2e%2e%2fsecret", "/etc/passwd"])
def test_no_other_file_is_read(client: Client, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    assert mailbox.letter(name) is None
    assert client.get(f"/mailbox/{name}/", follow=True).status_code == 404
