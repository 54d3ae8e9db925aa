"""A secret in a note is found nowhere but sealed in its row: tables, logs, mails, error reports, sessions, cache and files are searched."""

import base64
import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.db.models.signals import pre_save
from django.dispatch import Signal
from django.test import Client
from django.test.signals import template_rendered
from django.urls import reverse
from django.utils import timezone
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

from core.models import User
from followup.duties import erase_notes
from followup.models import File, Note, NoteReading
from followup.notes.sealing import unseal
from followup.roles import FOLLOW_UP
from tests.core.people import member, verified_browser_of
from tests.followup.factories import FileFactory

pytestmark = pytest.mark.django_db
SECRET = "xq7plantedsecret"
TEXT = f"Une phrase avec {SECRET} dedans."


class Broken(Exception):
    """What makes a view fail."""


@pytest.fixture
def nora() -> User:
    return member(FOLLOW_UP.name)


@pytest.fixture
def file(nora: User) -> File:
    made: File = FileFactory(members=[nora])
    return made


@pytest.fixture
def reported(settings: Any) -> Iterator[logging.Handler]:
    """Errors are mailed with all the server knows of them, as a new administrator may set it up one day."""
    settings.ADMINS = ["admin@example.org"]
    handler = AdminEmailHandler(include_html=True)
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@contextmanager
def failing(signal: Signal, template: str = "") -> Iterator[None]:
    """Fails when a row is saved, or when this template is drawn."""

    def fail(**kwargs: Any) -> None:
        if not template or kwargs["template"].name == template:
            raise Broken

    signal.connect(fail, weak=False, sender=None if template else Note)
    try:
        yield
    finally:
        signal.disconnect(fail, sender=None if template else Note)


def in_database(secret: str) -> set[str]:
    """The tables in which it stands, plain, as bytes, or in base 64; sessions are unpacked."""
    shapes = (secret, secret.encode().hex(), *(base64.b64encode(b"x" * pad + secret.encode())[4:-4].decode() for pad in range(3)))
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                text = " ".join(bytes(each).hex() if isinstance(each, bytes | memoryview) else str(each) for each in row)
                if any(shape in text for shape in shapes):
                    found.add(table)
    if any(secret in repr(session.get_decoded()) for session in Session.objects.all()):
        found.add("django_session")
    return found


def in_mails(secret: str) -> bool:
    return any(secret in part for message in mail.outbox for part in (message.subject, str(message.message()), repr(message.alternatives)))


def in_cache_and_files(secret: str) -> bool:
    cached: Any = caches["default"]
    folders = [Path(site_settings.MEDIA_ROOT), Path(site_settings.STORAGES["private"]["OPTIONS"]["location"])]
    files = [path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()]
    kept = [pickle.dumps(list(cached._cache.values())), *(path.read_bytes() for path in files)]
    return any(secret.encode() in each for each in kept)


def use_everything(client: Client, file: File) -> list[bytes]:
    """Written, listed, read, failed while written and while read, searched for, exported; the answers in which no text is due."""
    notes, read = (reverse(f"followup_backoffice:{name}", args=[file.pk]) for name in ("notes", "read_notes"))
    assert client.post(notes, {"text": TEXT}).status_code == 302
    assert SECRET in client.post(read).content.decode()
    with failing(pre_save):
        broken = [client.post(notes, {"text": TEXT})]
    with failing(template_rendered, "followup/backoffice/notes_read.html"):
        broken.append(client.post(read))
    with failing(template_rendered, "followup/backoffice/notes.html"):
        broken.append(client.post(notes, {"text": TEXT * 1000}))  # too long: comes back to be shortened
    assert [response.status_code for response in broken] == [500] * 3
    listings = [reverse(f"followup_{name}:index") for name in ("files", "requests")]
    shown = [
        client.get(path)
        for path in (notes, reverse("followup_files:inspect", args=[file.pk]), *(f"{each}?export=csv" for each in listings))
    ]
    erase_notes(now=timezone.now(), dry_run=False)
    return [b"".join(response.streaming_content) if response.streaming else response.content for response in (*broken, *shown)]


def test_it_is_found_nowhere(nora: User, file: File, reported: logging.Handler, caplog: pytest.LogCaptureFixture) -> None:
    client = verified_browser_of(nora)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answers = use_everything(client, file)
    assert unseal(Note.objects.get().sealed) == TEXT
    assert NoteReading.objects.count() == 2, "the second reading was noted before its page failed"
    assert in_database(SECRET) == set()
    assert len(mail.outbox) >= 3, "each failure was reported"
    assert not in_mails(SECRET)
    assert SECRET not in caplog.text
    assert not in_cache_and_files(SECRET)
    assert not any(SECRET in morsel.value for morsel in client.cookies.values())
    assert not [answer for answer in answers if SECRET.encode() in answer]


@pytest.mark.control
def test_the_search_finds_what_stands_elsewhere(
    nora: User, file: File, reported: AdminEmailHandler, caplog: pytest.LogCaptureFixture
) -> None:
    """The same words as the text of a request, in a form that is not guarded, reported as Django would, in the log, the cache, a file."""
    reported.reporter_class = ExceptionReporter
    file.request.text = TEXT
    file.request.save()
    assert in_database(SECRET) == {"followup_request"}
    client = verified_browser_of(nora)
    client.raise_request_exception = False
    with failing(template_rendered, "core/backoffice/confirm.html"):
        path = reverse("followup_backoffice:note_request")
        assert client.post(path, {"text": TEXT}).status_code == 500
    assert in_mails(SECRET)
    logging.getLogger("followup").warning(TEXT)
    assert SECRET in caplog.text
    caches["default"].set("x", TEXT)
    assert in_cache_and_files(SECRET)
    caches["default"].delete("x")
    session = client.session
    session["x"] = TEXT
    session.save()
    assert "django_session" in in_database(SECRET)


@pytest.mark.control
def test_unsealed_it_would_stand_in_the_database(file: File) -> None:
    Note.objects.create(file=file, sealed=TEXT, written_at=timezone.now())
    assert in_database(SECRET) == {"followup_note"}
