"""Bringing readers from elsewhere: any file people have, nobody twice, nobody against her will."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.imports.errors import CannotRead
from newsletter.enums.subscribers import ConsentAction, ImportStatus, LineOutcome, SubscriberStatus, SuppressionReason
from newsletter.models import Consent, Subscriber, SubscriberImport, SubscriberTransition, Suppression
from newsletter.subscribers.importing import run as imports
from newsletter.subscribers.importing.reading import read_file
from newsletter.subscribers.preferences import erase_subscriber, unsubscribe
from newsletter.subscribers.status import suppress
from tests.core.factories import ThemeFactory
from tests.core.mailing import work_off
from tests.newsletter.factories import SubscriberFactory
from tests.newsletter.imports import TODAY, big_file, carry_out, outcomes, upload

pytestmark = pytest.mark.django_db


def outcome_of(subscriber_import: SubscriberImport, email: str) -> str:
    return subscriber_import.lines.get(email=email).outcome


FILES = {
    "plain": b"email\nnora@example.org\njules@example.org\n",
    "UTF-8 with BOM and semicolons": "\ufeffE-mail;Langue\nnora@example.org;nl\njules@example.org;fr\n".encode(),
    "Windows letters": "Prénom;Adresse e-mail;Thèmes\nZoé;nora@example.org;Santé\nJérôme;jules@example.org;\n".encode("cp1252"),
    "UTF-16 of a spreadsheet": "email\tlangue\r\nnora@example.org\tfr\r\njules@example.org\tnl\r\n".encode("utf-16"),
    "no headings": b"nora@example.org\njules@example.org\n",
    "no headings, address second": b"Nora,nora@example.org\nJules,jules@example.org\n",
    "quotes, separators inside them": b'"name","email"\n"Exemple, Nora; or so","nora@example.org"\n"Jules","jules@example.org"\n',
    "empty lines and short lines": b"\n\nemail,language\n\nnora@example.org\n,\njules@example.org,nl,more,than,asked\n",
    "old line ends": b"email\rnora@example.org\rjules@example.org\r",
    "Dutch headings": b"Taal;E-mailadres\nNederlands;nora@example.org\nFrans;jules@example.org\n",
    "NUL among the letters": b"email\nno\x00ra@example.org\njules@example.org\n",
}


@pytest.mark.parametrize("name", FILES)
def test_files_as_people_have_them_are_read(name: str) -> None:
    assert [line["email"] for line in read_file(FILES[name]).lines] == ["nora@example.org", "jules@example.org"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'email;langue\nnora@example.org;"nl\njules@example.org;fr\n',
        b"\n\n",
        b"name;town\nNora;Brussels\n",
        b"email\n",
        b"\x89PNG\r\n\x1a\n",
        b"email\n" + b"x" * (6 * 1024 * 1024),
    ],
)
def test_what_is_no_list_of_addresses_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(CannotRead) as refusal:
        upload(content)
    assert str(refusal.value)
    assert not SubscriberImport.objects.exists()


def test_the_dry_run_writes_nobody_and_says_what_would_become_of_each_line() -> None:
    SubscriberFactory(email="reader@example.org")
    SubscriberFactory(email="asked@example.org", unconfirmed=True)
    SubscriberFactory(email="left@example.org", left=True)
    suppress("erased@example.org", SuppressionReason.ERASED, now=timezone.now())
    subscriber_import = upload(
        "email;langue\nnew@example.org;nl\nReader@Example.org;fr\nasked@example.org;fr\nleft@example.org;fr\nerased@example.org;fr\n"
        "NEW@example.org;nl\nnot an address;fr\ngerman@example.org;de\n"
    )
    before = Subscriber.objects.count()
    work_off()
    subscriber_import.refresh_from_db()
    assert (subscriber_import.status, subscriber_import.done, subscriber_import.total) == (ImportStatus.CHECKED, 8, 8)
    assert Subscriber.objects.count() == before
    assert [line.outcome for line in subscriber_import.lines.all()] == [
        LineOutcome.NEW,
        LineOutcome.KNOWN,
        LineOutcome.UNCONFIRMED,
        LineOutcome.SUPPRESSED,
        LineOutcome.SUPPRESSED,
        LineOutcome.DUPLICATE,
        LineOutcome.INVALID,
        LineOutcome.BAD_LANGUAGE,
    ]
    assert subscriber_import.lines.get(outcome=LineOutcome.DUPLICATE).note == "2"


def test_new_readers_come_with_language_themes_and_the_source_of_their_consent() -> None:
    theme = ThemeFactory(slug="housing", name_fr="Logement")
    subscriber_import = carry_out(upload("email;langue;thèmes\nnora@example.org;néerlandais;Logement, Jardinage\njules@example.org;;\n"))
    assert subscriber_import.status == ImportStatus.DONE
    nora, jules = Subscriber.objects.get(email="nora@example.org"), Subscriber.objects.get(email="jules@example.org")
    assert (nora.language, list(nora.themes.all()), nora.status) == ("nl", [theme], SubscriberStatus.SUBSCRIBED)
    assert (jules.language, jules.confirmed_at.date()) == ("fr", TODAY)
    assert subscriber_import.lines.get(email="nora@example.org").note == "Jardinage"
    line = Consent.objects.of("nora@example.org").get()
    assert (line.action, line.evidence) == (ConsentAction.IMPORTED, "2026-03-12: Paper list, study morning")
    assert SubscriberTransition.objects.count() == 2


def test_known_readers_are_not_touched() -> None:
    reader = SubscriberFactory(email="nora@example.org", language="nl")
    carry_out(upload("email;langue\nnora@example.org;fr\n"))
    reader.refresh_from_db()
    assert reader.language == "nl"


def test_nobody_who_left_or_was_erased_comes_back_by_a_list() -> None:
    """Deletion included: the row is gone, the fingerprint is not."""
    left, erased = SubscriberFactory(email="left@example.org"), SubscriberFactory(email="erased@example.org")
    unsubscribe(subscriber=left, channel="link", now=timezone.now())  # type: ignore[arg-type]
    erase_subscriber(subscriber=erased, channel="link", now=timezone.now())  # type: ignore[arg-type]
    Subscriber.objects.filter(pk=left.pk).delete()
    subscriber_import = carry_out(upload("email\nLEFT@example.org\nerased@EXAMPLE.org\nnew@example.org\n"))
    assert outcomes(subscriber_import) == {LineOutcome.SUPPRESSED: 2, LineOutcome.NEW: 1}
    assert list(Subscriber.objects.values_list("email", flat=True)) == ["new@example.org"]


def test_who_leaves_between_the_dry_run_and_the_import_is_not_brought_back() -> None:
    subscriber_import = upload("email\nnora@example.org\n")
    work_off()
    suppress("nora@example.org", SuppressionReason.UNSUBSCRIBED, now=timezone.now())
    imports.begin_import(import_id=subscriber_import.pk)
    work_off()
    assert outcome_of(subscriber_import, "nora@example.org") == LineOutcome.SUPPRESSED
    assert not Subscriber.objects.exists()


def test_an_import_runs_once_however_often_one_presses() -> None:
    subscriber_import = upload("email\nnora@example.org\n")
    with pytest.raises(imports.ImportRefused):
        imports.begin_import(import_id=subscriber_import.pk)
    carry_out(subscriber_import)
    with pytest.raises(imports.ImportRefused):
        imports.begin_import(import_id=subscriber_import.pk)
    assert Subscriber.objects.count() == 1


def test_a_killed_worker_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third step fails as if the power went; run again, nobody is missed and nobody comes twice."""
    monkeypatch.setattr(imports, "STEP", 10)
    subscriber_import = upload("email\n" + "".join(f"n{number}@example.org\n" for number in range(45)) + "n3@example.org\n")
    imports.check_import(import_id=subscriber_import.pk, now=timezone.now())
    imports.begin_import(import_id=subscriber_import.pk, in_background=False)
    write, calls = imports.write_step, []

    def fail_third(*args: Any) -> None:
        calls.append(1)
        write(*args)
        if len(calls) == 3:
            raise SystemExit("power cut")

    monkeypatch.setattr(imports, "write_step", fail_third)
    with pytest.raises(SystemExit):
        imports.run_import(import_id=subscriber_import.pk, now=timezone.now())
    subscriber_import.refresh_from_db()
    assert (subscriber_import.status, subscriber_import.done, Subscriber.objects.count()) == (ImportStatus.RUNNING, 20, 20)
    imports.run_import(import_id=subscriber_import.pk, now=timezone.now())
    subscriber_import.refresh_from_db()
    assert (subscriber_import.status, subscriber_import.done, Subscriber.objects.count()) == (ImportStatus.DONE, 46, 45)
    assert outcomes(subscriber_import) == {LineOutcome.NEW: 45, LineOutcome.DUPLICATE: 1}
    assert Consent.objects.count() == 45


def test_an_error_ends_an_import_and_the_same_file_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody watches a bar that never moves again."""
    monkeypatch.setattr(imports, "STEP", 10)
    lines = "email\n" + "".join(f"n{number}@example.org\n" for number in range(25))
    subscriber_import = upload(lines)
    imports.check_import(import_id=subscriber_import.pk, now=timezone.now())
    imports.begin_import(import_id=subscriber_import.pk, in_background=False)
    with monkeypatch.context() as broken:
        write = imports.write_step

        def fail_after_one(subscriber_import: SubscriberImport, *args: Any) -> None:
            if subscriber_import.done:
                raise RuntimeError("something else")
            write(subscriber_import, *args)

        broken.setattr(imports, "write_step", fail_after_one)
        with pytest.raises(RuntimeError):
            imports.run_import(import_id=subscriber_import.pk, now=timezone.now())
    subscriber_import.refresh_from_db()
    assert (subscriber_import.status, subscriber_import.done, Subscriber.objects.count()) == (ImportStatus.FAILED, 10, 10)
    assert subscriber_import.finished_at
    again = upload(lines)
    carry_out(again)
    assert outcomes(again) == {LineOutcome.NEW: 15, LineOutcome.KNOWN: 10}
    assert Subscriber.objects.count() == 25


def test_without_a_source_there_is_no_import() -> None:
    with pytest.raises(Exception, match="newsletter_import_has_a_source"):
        upload("email\nnora@example.org\n", source="   ")


def test_a_large_file_counts_right() -> None:
    """Several batches of lines. How long 5,000 take: tests/bench/bench_import.py."""
    Suppression.objects.all().delete()
    for number in range(0, 2000, 20):
        suppress(f"left-{number}@example.org", SuppressionReason.UNSUBSCRIBED, now=timezone.now())
    subscriber_import = carry_out(upload(big_file(2000)))
    assert outcomes(subscriber_import) == {LineOutcome.NEW: 1700, LineOutcome.DUPLICATE: 200, LineOutcome.SUPPRESSED: 100}
    assert Subscriber.objects.count() == Consent.objects.count() == 1700


def test_the_command_does_the_same_and_its_dry_run_writes_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(FILES["Windows letters"])
    options = {"source": "Paper list", "agreed_on": TODAY}
    call_command("import_subscribers", str(path), dry_run=True, **options)
    assert "     2  new reader" in capsys.readouterr().out
    assert not Subscriber.objects.exists()
    call_command("import_subscribers", str(path), **options)
    assert Subscriber.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("import_subscribers", str(path), source=" ", agreed_on=TODAY)
    with pytest.raises(CommandError):
        call_command("import_subscribers", str(tmp_path / "missing.csv"), **options)
